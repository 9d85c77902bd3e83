//! Faults that leave no tree: what they are called, where they are, what would mend them.

use std::collections::BTreeMap;

use libyaml_safer::EventData;

use super::MAX_DEPTH;
use crate::diagnostic::{At, Diagnostic};
use crate::document::events::{self, Events};
use crate::document::source::text_start;
use crate::document::{Origin, Source};

/// Reports lists and maps that are nested too deep.
pub(super) fn too_deep(at: At) -> Diagnostic {
    let message = format!("lists and maps are nested more than {MAX_DEPTH} levels deep");
    Diagnostic::error_at("too-deep", at, message).with_help(
        "move inner schemas to `components/schemas` and refer to them with `$ref`; \
         a YAML alias must not stand inside of its own anchor",
    )
}

/// Reports aliases that stand for more nodes than anyone would write; `origin` is where it was enough.
pub(super) fn alias_bomb(origin: Origin) -> Diagnostic {
    Diagnostic::error_at(
        "yaml-alias-bomb",
        At::Node(origin),
        "the aliases stand for too many nodes",
    )
    .with_help("use `$ref` instead of aliases to anchors that hold aliases themselves")
}

/// Reports a document without content.
pub(super) fn empty(source: u16) -> Diagnostic {
    let at = At::Position {
        source,
        line: 1,
        column: 1,
    };
    Diagnostic::error_at("empty-document", at, "the document is empty")
        .with_help("an OpenAPI document starts with `openapi: 3.0.3` or `openapi: 3.1.0`")
}

/// Says why `serde_yaml` could not read a text; `last` is the last node that it came to.
///
/// `serde_yaml` tells little about its errors, so the events of the text are read once more.
pub(super) fn diagnose(
    index: u16,
    source: &Source,
    error: &serde_yaml::Error,
    last: Origin,
) -> Diagnostic {
    if let Some(diagnostic) = faulty_event(index, source) {
        return diagnostic;
    }
    match error.location() {
        // What is left without a place is serde_yaml's own limit of repeated aliases.
        None => alias_bomb(last),
        Some(location) => {
            let here = at(index, source, text_start(&source.text) + location.index());
            Diagnostic::error_at("yaml-syntax", here, error.to_string())
                .with_help("correct the value, or remove the tag before it")
        }
    }
}

/// What is open around an event.
enum Open {
    List,
    Map { key_is_next: bool },
}

/// Walks the events up to the first one that no document of ours may have.
fn faulty_event(index: u16, source: &Source) -> Option<Diagnostic> {
    // Whether what each anchor names is a list or a map.
    let mut anchors = BTreeMap::new();
    let mut open = Vec::new();
    let mut documents = 0;
    for event in Events::new(&source.text) {
        let (data, offset) = match event {
            Ok(event) => event,
            Err(fault) => return Some(syntax_fault(index, source, &fault)),
        };
        let here = at(index, source, offset);
        let is_key = matches!(open.last(), Some(Open::Map { key_is_next: true }));
        let (anchor, opens) = match data {
            EventData::DocumentStart { .. } => {
                documents += 1;
                if documents > 1 {
                    return Some(many_documents(here));
                }
                continue;
            }
            EventData::SequenceEnd | EventData::MappingEnd => {
                open.pop();
                continue;
            }
            EventData::StreamStart { .. }
            | EventData::StreamEnd
            | EventData::DocumentEnd { .. } => continue,
            EventData::Alias { anchor } => match anchors.get(&anchor) {
                None => return Some(unknown_alias(here, &anchor)),
                Some(true) if is_key => return Some(collection_as_key(here)),
                Some(_) => (None, None),
            },
            EventData::Scalar { anchor, .. } => (anchor, None),
            EventData::SequenceStart { anchor, .. } => (anchor, Some(Open::List)),
            EventData::MappingStart { anchor, .. } => {
                (anchor, Some(Open::Map { key_is_next: true }))
            }
        };
        if is_key && opens.is_some() {
            return Some(collection_as_key(here));
        }
        if let Some(Open::Map { key_is_next }) = open.last_mut() {
            *key_is_next = !*key_is_next;
        }
        anchors.extend(anchor.map(|anchor| (anchor, opens.is_some())));
        open.extend(opens);
    }
    None
}

fn many_documents(at: At) -> Diagnostic {
    Diagnostic::error_at(
        "yaml-many-documents",
        at,
        "a second YAML document starts here",
    )
    .with_help("keep one document in the file; a line with `---` or `...` ends the one before it")
}

fn unknown_alias(at: At, anchor: &str) -> Diagnostic {
    Diagnostic::error_at(
        "yaml-unknown-alias",
        at,
        format!("no anchor `&{anchor}` stands before this alias"),
    )
    .with_help(format!(
        "define `&{anchor}` further up; if text that starts with `*` is meant, put it in quotes"
    ))
}

fn collection_as_key(at: At) -> Diagnostic {
    Diagnostic::error_at("yaml-key", at, "a list or a map stands where a key belongs")
        .with_help("put the key in quotes when it starts with `{` or `[`")
}

fn syntax_fault(index: u16, source: &Source, fault: &events::Fault) -> Diagnostic {
    let Some(offset) = fault.offset else {
        return forbidden_character(index, source);
    };
    let here = at(index, source, offset);
    let (context, start) = fault.context.unwrap_or(("", offset));
    let start = at(index, source, start);
    let message = format!("{} {context}", fault.problem);
    match fault.problem {
        "found unexpected end of stream" | "found unexpected document indicator" => {
            Diagnostic::error_at("yaml-unclosed", start, "this quote is never closed")
                .with_help("close the quote; inside of single quotes write `'` as `''`, inside of double quotes `\"` as `\\\"`")
        }
        "did not find expected ',' or ']'" | "did not find expected ',' or '}'" => {
            let closing = if fault.problem.ends_with("']'") { ']' } else { '}' };
            Diagnostic::error_at("yaml-unclosed", here, format!("expected `,` or `{closing}`"))
                .with_related(start, "what is not closed starts here")
                .with_help(format!("add the missing comma or the closing `{closing}`"))
        }
        _ if source.text.get(offset..).is_some_and(|rest| rest.trim().is_empty()) && context == "while parsing a flow node" => {
            Diagnostic::error_at("yaml-unclosed", start, "the text ends before a bracket is closed")
                .with_help("close it with `]` or `}`")
        }
        problem if problem.contains("tab character") || is_indented_by_tab(source, offset) => {
            Diagnostic::error_at("yaml-tab", here, "a tab is used for indentation")
                .with_help("indent with spaces; YAML does not allow tabs there")
        }
        _ => Diagnostic::error_at("yaml-syntax", here, message.trim_end()).with_help(help_for(fault.problem)),
    }
}

fn help_for(problem: &str) -> &'static str {
    match problem {
        "mapping values are not allowed in this context" => {
            "put a value that contains `: ` in quotes, or check the indentation of this line and the one before it"
        }
        "found character that cannot start any token" => {
            "put text that starts with a character of YAML's own (`@`, `` ` ``, `%`) in quotes"
        }
        "could not find expected ':'" => {
            "write `key: value`, or indent the line so that it belongs to the text above"
        }
        "did not find expected key" | "did not find expected '-' indicator" => {
            "line this up with the other entries; a quoted value ends at its closing quote"
        }
        "block sequence entries are not allowed in this context" => {
            "start the list on a line of its own"
        }
        "found unknown escape character" => {
            "in double quotes write a backslash as `\\\\`, or use single quotes"
        }
        "found undefined tag handle" => "put text that starts with `!` in quotes",
        _ => "check the indentation, and put text with characters of YAML's own in quotes",
    }
}

/// Reports the first character outside of [YAML 1.1 §5.1](https://yaml.org/spec/1.1/#id868518).
fn forbidden_character(index: u16, source: &Source) -> Diagnostic {
    let allowed = |character: char| match character {
        '\t' | '\n' | '\r' | '\u{85}' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    };
    let found = source
        .text
        .char_indices()
        .find(|(_, character)| !allowed(*character));
    let (offset, character) = found.unwrap_or_default();
    let message = format!(
        "the character U+{:04X} is not allowed in YAML",
        u32::from(character)
    );
    Diagnostic::error_at("yaml-syntax", at(index, source, offset), message)
        .with_help("remove the character, or write it as an escape in double quotes")
}

/// Returns whether a tab is among the blanks that the line of `offset` starts with.
fn is_indented_by_tab(source: &Source, offset: usize) -> bool {
    let (line, _) = source.position(offset);
    let text = source.line(line).unwrap_or_default();
    text.chars()
        .take_while(|character| character.is_whitespace())
        .any(|character| character == '\t')
}

pub(super) fn at(index: u16, source: &Source, offset: usize) -> At {
    let (line, column) = source.position(offset);
    At::Position {
        source: index,
        line,
        column,
    }
}
