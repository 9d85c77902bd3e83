//! Faults that leave no tree: what they are called, where they are, what would correct them.

use super::MAX_DEPTH;
use crate::diagnostic::{At, Diagnostic};
use crate::source::yaml_events::YamlError;
use crate::source::{Origin, Source};

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
        "the aliases expand to too many nodes",
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

pub(super) fn many_documents(at: At) -> Diagnostic {
    Diagnostic::error_at("yaml-multiple-documents", at, "a second YAML document starts here")
        .with_help("keep one document in the file; a line with `---` or `...` ends the one before it")
}

pub(super) fn unknown_alias(at: At, anchor: &str) -> Diagnostic {
    Diagnostic::error_at(
        "yaml-unknown-alias",
        at,
        format!("unknown alias: there is no anchor `&{anchor}` before it"),
    )
    .with_help(format!(
        "define `&{anchor}` further up; if text that starts with `*` is meant, put it in quotes"
    ))
}

pub(super) fn collection_as_key(at: At) -> Diagnostic {
    Diagnostic::error_at("yaml-key", at, "a list or a map cannot be a key")
        .with_help("put the key in quotes when it starts with `{` or `[`")
}

/// Reports a fault that the parser found; `innermost` is where the last open list or map starts.
pub(super) fn fault(index: u16, source: &Source, fault: &YamlError, innermost: Option<usize>) -> Diagnostic {
    let Some(offset) = fault.offset else {
        return forbidden_character(index, source);
    };
    let here = at(index, source, offset);
    let (context, start) = fault.context.unwrap_or(("", offset));
    let is_end = source.text.get(offset..).is_some_and(|rest| rest.trim().is_empty());
    match fault.problem {
        "found unexpected end of stream" | "found unexpected document indicator" => {
            unclosed(at(index, source, start), "this quote is never closed").with_help(
                "close the quote; inside of single quotes write `'` as `''`, inside of double quotes `\"` as `\\\"`",
            )
        }
        problem if is_end && (problem.contains("',' or") || context == "while parsing a flow node") => {
            let start = innermost.unwrap_or(start);
            let closing = if source.text.get(start..).is_some_and(|text| text.starts_with('[')) {
                ']'
            } else {
                '}'
            };
            unclosed(at(index, source, start), "this bracket is never closed")
                .with_help(format!("close it with `{closing}`"))
        }
        problem @ ("did not find expected ',' or ']'" | "did not find expected ',' or '}'") => {
            let closing = if problem.ends_with("']'") { ']' } else { '}' };
            unclosed(here, &format!("expected `,` or `{closing}`"))
                .with_related(at(index, source, start), "what is not closed starts here")
                .with_help(format!("add the missing comma or the closing `{closing}`"))
        }
        problem if problem.contains("tab character") || is_indented_by_tab(source, offset) => {
            Diagnostic::error_at("yaml-tab", here, "a tab is used for indentation")
                .with_help("indent with spaces; YAML does not allow tabs there")
        }
        problem => {
            let message = format!("{problem} {context}");
            Diagnostic::error_at("yaml-syntax", here, message.trim_end()).with_help(help_for(problem))
        }
    }
}

fn unclosed(at: At, message: &str) -> Diagnostic {
    Diagnostic::error_at("yaml-unclosed", at, message)
}

fn help_for(problem: &str) -> &'static str {
    match problem {
        "mapping values are not allowed in this context" => {
            "put a value that contains `: ` in quotes, or check the indentation of this line and the one before it"
        }
        "found character that cannot start any token" => {
            "put text that starts with a character of YAML's own (`@`, `` ` ``, `%`) in quotes"
        }
        "could not find expected ':'" => "write `key: value`, or indent the line so that it belongs to the text above",
        "did not find expected key" | "did not find expected '-' indicator" => {
            "line this up with the other entries; a quoted value ends at its closing quote"
        }
        "block sequence entries are not allowed in this context" => "start the list on a line of its own",
        "found unknown escape character" => "in double quotes write a backslash as `\\\\`, or use single quotes",
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
    let found = source.text.char_indices().find(|(_, character)| !allowed(*character));
    let (offset, character) = found.unwrap_or_default();
    let message = format!("the character U+{:04X} is not allowed in YAML", u32::from(character));
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
