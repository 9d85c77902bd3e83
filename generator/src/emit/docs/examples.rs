//! Examples of the document in documentation.

use crate::emit::docs::markdown::{self, NO_BREAK};
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::model::Example;

/// Returns a paragraph with examples: short ones end its sentence, a long one is a block of its own.
pub(in crate::emit) fn added(paragraph: String, examples: &[Example], room: Room) -> Vec<String> {
    match examples {
        [] => vec![paragraph],
        [long] if !long.is_inline() => {
            let words = text::markdown(long.summary.trim_end_matches(['.', ':']), room.below());
            let words = if words.is_empty() { "For example" } else { &words };
            vec![paragraph, format!("{words}:"), format!("```json\n{}\n```", long.text)]
        }
        short => vec![ended(&paragraph, &list(short), room)],
    }
}

/// Returns examples as code, each with its summary.
fn list(examples: &[Example]) -> String {
    let items = examples.iter().map(|example| {
        let literal = markdown::code_span(&example.text, false).replace(NO_BREAK, " ");
        match text::markdown(&example.summary, Room::LINE) {
            summary if summary.is_empty() || summary.contains('\n') => literal,
            summary => format!("{literal} ({})", summary.trim_end_matches('.')),
        }
    });
    let items: Vec<String> = items.collect();
    match items.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        items => items.concat(),
    }
}

/// Returns a paragraph whose sentence ends with the examples.
fn ended(paragraph: &str, examples: &str, room: Room) -> String {
    let (paragraph, comma, end) = match paragraph.strip_suffix('.') {
        _ if paragraph.is_empty() => return format!("For example {examples}."),
        Some(open) => (open, ", for", "."),
        None if paragraph.ends_with(['!', '?', ':', ')']) => (paragraph, " For", "."),
        None => (paragraph, ", for", ""),
    };
    let last = paragraph.lines().last().unwrap_or_default();
    let before = if last.len() == paragraph.len() { room.taken } else { 0 };
    let addition = format!("{comma} example {examples}{end}");
    if before + last.chars().count() + addition.chars().count() <= room.width {
        return format!("{paragraph}{addition}");
    }
    // The list stands on a line of its own.
    let (first, rest) = addition.split_at(addition.find("example").unwrap_or_default());
    format!("{paragraph}{}\n{rest}", first.trim_end())
}
