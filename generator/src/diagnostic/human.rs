//! Renders diagnostics for people, in the manner of rustc.

use std::fmt::Write as _;

use super::spot::{ALIAS, ResolvedLocation};
use super::{At, Diagnostic};
use crate::source::Sources;

/// How many characters of a long line are shown on each side of the caret.
const AROUND: usize = 60;

/// Renders the first of several diagnostics that say the same of different places as lines of text, with their number.
///
/// ```text
/// error[duplicate-key]: the key `get` occurs twice in the same object
///   --> openapi.yaml:14:5
///    |
/// 14 |     get:
///    |     ^
///    = pointer: /paths/~1data/get
///    = openapi.yaml:9:5: the first one is here
///    = help: remove or rename one of the two
/// ```
///
/// Control characters that a document brings in, and those that turn the direction of writing, are
/// shown as escapes, so that it cannot talk to the terminal.
#[must_use]
pub fn render_first(diagnostic: &Diagnostic, count: usize, sources: &Sources) -> String {
    let location = ResolvedLocation::of(diagnostic.at, sources);
    let number = location
        .as_ref()
        .and_then(ResolvedLocation::line)
        .map(|line| line.to_string())
        .unwrap_or_default();
    let margin = " ".repeat(number.len());
    let mut lines = vec![format!(
        "{}[{}]: {}",
        diagnostic.severity.as_str(),
        diagnostic.code,
        printable(&diagnostic.message)
    )];
    if let Some(location) = &location {
        lines.push(format!("{margin}--> {}", address(location)));
        excerpt(location, &number, &mut lines);
    }
    if !diagnostic.pointer.in_document().1.as_str().is_empty() {
        lines.push(format!(
            "{margin} = pointer: {}",
            printable(diagnostic.pointer.in_document().1.as_str())
        ));
    }
    if let Some((location, (line, column))) = location
        .as_ref()
        .and_then(|location| Some((location, location.place?.alias?)))
    {
        lines.push(format!(
            "{margin} = {}:{line}:{column}: {ALIAS}",
            printable(&location.source.name)
        ));
    }
    for (at, words) in &diagnostic.related {
        lines.push(format!(
            "{margin} = {}{}",
            related_address(*at, sources),
            printable(words)
        ));
    }
    if count > 1 {
        lines.push(format!(
            "{margin} = note: found in {count} places, of which this is the first; `--verbose` shows them all"
        ));
    }
    if let Some(help) = &diagnostic.help {
        let mut label = " = help: ";
        for line in help.lines() {
            lines.push(format!("{margin}{label}{}", printable(line)));
            label = "         ";
        }
    }
    lines
        .iter()
        .fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

fn address(location: &ResolvedLocation<'_>) -> String {
    let name = printable(&location.source.name);
    match location.place {
        Some(place) => format!("{name}:{}:{}", place.line, place.column),
        None => name,
    }
}

fn related_address(at: At, sources: &Sources) -> String {
    ResolvedLocation::of(at, sources)
        .map(|location| address(&location) + ": ")
        .unwrap_or_default()
}

/// Adds the line of the source with a caret below the column.
fn excerpt(location: &ResolvedLocation<'_>, number: &str, lines: &mut Vec<String>) {
    let Some(place) = location.place else { return };
    let Some(line) = location.source.line(place.line) else {
        return;
    };
    let margin = " ".repeat(number.len());
    let (text, caret) = cut(line, place.column.saturating_sub(1));
    lines.push(format!("{margin} |"));
    lines.push(format!("{number} | {text}"));
    lines.push(format!("{margin} | {}^", " ".repeat(caret)));
}

/// Cuts a long line around the character `index`; returns what is left, and where the character is in it.
///
/// Every character takes one column, so that the caret stands where it should.
fn cut(line: &str, index: usize) -> (String, usize) {
    let length = line.chars().count();
    let index = index.min(length);
    let from = if length <= 2 * AROUND {
        0
    } else {
        index.saturating_sub(AROUND)
    };
    let to = if length <= 2 * AROUND {
        length
    } else {
        (index + AROUND).min(length)
    };
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    text.extend(
        line.chars()
            .skip(from)
            .take(to - from)
            .map(|character| match character {
                '\t' => ' ',
                other if !is_safe(other) => char::REPLACEMENT_CHARACTER,
                other => other,
            }),
    );
    if to < length {
        text.push('…');
    }
    (text, index - from + usize::from(from > 0))
}

/// Returns `text` with its control characters as escapes.
fn printable(text: &str) -> String {
    let mut printed = String::with_capacity(text.len());
    for character in text.chars() {
        if is_safe(character) {
            printed.push(character);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(printed, "{}", character.escape_unicode());
        }
    }
    printed
}

fn is_safe(character: char) -> bool {
    !character.is_control() && !matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
