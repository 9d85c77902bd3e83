//! Keeps from `serde_yaml` what it cannot stand.
//!
//! Only texts that look suspicious are read event by event for this; the others pay for one look
//! at their bytes.

use std::collections::{BTreeMap, BTreeSet};

use libyaml_safer::{EventData, MappingStyle, SequenceStyle};

use super::{MAX_DEPTH, syntax};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::source::yaml_events::Events;

/// Returns what a text has that `serde_yaml` must not see.
///
/// The time that libyaml takes for a token grows with the depth of flow collections, and
/// `serde_yaml` loads a whole document before a visitor can stop it. When an anchor is defined
/// twice, which YAML allows, `serde_yaml` 0.9 resolves aliases to the wrong one of later anchors.
pub(super) fn check(index: u16, source: &Source) -> Option<Diagnostic> {
    if !has_many_brackets(&source.text) && !has_repeated_anchors(&source.text) {
        return None;
    }
    let mut depth: usize = 0;
    let mut anchors = BTreeMap::new();
    // Of further documents, which are refused, only the depth matters: `serde_yaml` loads them too.
    let mut is_first = true;
    for (data, offset) in Events::new(&printable(&source.text)).map_while(Result::ok) {
        let is_flow = matches!(
            data,
            EventData::SequenceStart {
                style: SequenceStyle::Flow,
                ..
            } | EventData::MappingStart {
                style: MappingStyle::Flow,
                ..
            }
        );
        let anchor = match data {
            EventData::SequenceEnd | EventData::MappingEnd => {
                depth = depth.saturating_sub(1);
                None
            }
            EventData::SequenceStart { anchor, .. } | EventData::MappingStart { anchor, .. } => {
                // Inside of a flow collection all collections are.
                depth += usize::from(is_flow);
                anchor
            }
            EventData::Scalar { anchor, .. } => anchor,
            EventData::DocumentEnd { .. } => {
                is_first = false;
                None
            }
            _ => None,
        };
        if depth > MAX_DEPTH {
            return Some(syntax::too_deep(syntax::at(index, source, offset)));
        }
        let Some(anchor) = anchor.filter(|_| is_first) else {
            continue;
        };
        if let Some(first) = anchors.get(&anchor) {
            let here = syntax::at(index, source, offset);
            let first = syntax::at(index, source, *first);
            return Some(
                Diagnostic::error_at("yaml-duplicate-anchor", here, format!("duplicate anchor `&{anchor}`"))
                    .with_related(first, "the first one is here")
                    .with_help("rename the second one and its aliases"),
            );
        }
        anchors.insert(anchor, offset);
    }
    None
}

/// Returns a text of the same length in which every character is one that
/// [YAML 1.1 §5.1](https://yaml.org/spec/1.1/#id868508) allows.
///
/// `libyaml-safer` refuses a text for another one before it gives any event, wherever that stands; `serde_yaml` reads up
/// to there.
fn printable(text: &str) -> String {
    let is_printable = |character: char| matches!(character, '\t' | '\n' | '\r' | '\u{85}' | ' '..='~' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..);
    let is_mark = |offset: usize, character: char| offset > 0 && character == '\u{feff}';
    let neutral = |character: char| match character.len_utf8() {
        1 => 'x',
        2 => 'é',
        _ => '日',
    };
    text.char_indices()
        .map(|(offset, character)| {
            if is_printable(character) && !is_mark(offset, character) {
                character
            } else {
                neutral(character)
            }
        })
        .collect()
}

/// Returns whether many brackets are open at once, in strings or not.
fn has_many_brackets(text: &str) -> bool {
    const MANY: usize = 1000;
    let mut open: usize = 0;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > MANY
    })
}

/// Returns whether a word that could be an anchor comes twice, in strings or not.
fn has_repeated_anchors(text: &str) -> bool {
    let mut names = BTreeSet::new();
    text.match_indices('&').any(|(offset, _)| {
        let rest = &text[offset + 1..];
        let in_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
        let length = rest.find(|character| !in_name(character)).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(length);
        let may_end = behind
            .chars()
            .next()
            .is_none_or(|next| next.is_whitespace() || "?:,]}%@`".contains(next));
        length > 0 && may_end && !names.insert(name)
    })
}
