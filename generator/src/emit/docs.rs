//! Descriptions of a document as documentation of Rust.
//!
//! A description is data: whatever it holds, it must not end the comment, be
//! compiled as an example, or be taken for a link.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Docs;

/// How long a line of prose gets.
const WIDTH: usize = 96;

/// Returns `#[doc]` attributes for the paragraphs.
pub(super) fn attributes(paragraphs: &[String]) -> TokenStream {
    let lines = lines(paragraphs)
        .into_iter()
        .map(|line| if line.is_empty() { line } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Returns the lines of the paragraphs, an empty one between each two.
#[must_use]
pub fn lines(paragraphs: &[String]) -> Vec<String> {
    let filled = paragraphs.iter().filter(|paragraph| !paragraph.is_empty());
    let mut lines: Vec<String> = Vec::new();
    for paragraph in filled {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        // A lone carriage return would be an error of syntax, and a name may hold any character.
        let plain = |line: &str| line.replace(|character: char| character.is_control() || is_bidi(character), " ");
        lines.extend(paragraph.lines().map(plain));
    }
    lines
}

/// Returns what the document says: its words, or `instead` where it has none.
pub(super) fn text(docs: &Docs, instead: &str) -> Vec<String> {
    let title = sentence(&docs.title);
    let text = markdown(&docs.text);
    let mut paragraphs = match (docs.title.is_empty(), docs.text.is_empty()) {
        (true, true) => vec![instead.to_owned()],
        (true, false) => vec![text],
        (false, true) => vec![title],
        (false, false) if docs.text.trim_end_matches('.') == docs.title.trim_end_matches('.') => vec![text],
        (false, false) => vec![title, text],
    };
    if docs.deprecated {
        paragraphs.push("The document calls this deprecated.".to_owned());
    }
    if docs.read_only {
        paragraphs.push("Only replies have it.".to_owned());
    }
    if docs.write_only {
        paragraphs.push("Only requests have it.".to_owned());
    }
    // A long one is better read in the document.
    if let Some(default) = docs.default.as_ref().filter(|default| default.len() <= 80) {
        paragraphs.push(format!("Default: {}", literal(default)));
    }
    paragraphs
}

/// Returns the documentation of what has the name `wire` outside of Rust, and `field` in it.
///
/// With a verb it is that of a method. `words` say what kind of name it is.
pub(super) fn of_name(docs: &Docs, verb: Option<&str>, words: &str, (wire, field): (&str, &str)) -> Vec<String> {
    let name = literal(wire);
    let instead = match verb {
        Some(verb) => format!("{verb} {name}."),
        None => name.clone(),
    };
    let mut paragraphs = text(docs, &instead);
    let is_named = paragraphs.first() == Some(&instead);
    if !is_named && wire != field {
        paragraphs.push(format!("{words}: {name}"));
    }
    paragraphs
}

/// Returns an item of a list: a name of Rust, and what the document says of it.
pub(super) fn list_item(name: &str, paragraphs: &[String]) -> String {
    let text = paragraphs.join("\n\n");
    // A block of its own cannot stand behind the name.
    let is_block = text.starts_with(['-', '*', '#', '|', '>', '`', '~'])
        && !paragraphs
            .first()
            .is_some_and(|first| first.starts_with('`') && !first.starts_with("```"));
    let text = text.replace('\n', "\n  ").replace("\n  \n", "\n\n");
    if is_block {
        format!("- `{name}`:\n\n  {text}")
    } else {
        format!("- `{name}`: {text}")
    }
}

/// Returns a text of the wire as code.
pub(super) fn literal(text: &str) -> String {
    match text {
        "" => "the empty string".to_owned(),
        text if text.contains('`') || text.trim() != text || text.contains(char::is_control) => {
            format!("`` {} ``", text.escape_debug())
        }
        text => format!("`{text}`"),
    }
}

/// Returns what lets a function have more arguments than clippy likes, where the document requires them.
pub(super) fn allow_many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7).then(|| quote!(#[expect(clippy::too_many_arguments, reason = "the document requires them all")]))
}

/// Returns a title as a sentence.
fn sentence(title: &str) -> String {
    let text = markdown(title);
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) {
        text
    } else {
        format!("{text}.")
    }
}

/// Returns Markdown of the document as Markdown that rustdoc takes for prose.
pub(super) fn markdown(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut is_fenced = false;
    for line in text.lines() {
        let line = line
            .trim_end()
            .replace(|character: char| character.is_control() || is_bidi(character), " ");
        let trimmed = line.trim_start();
        if let Some(info) = trimmed.strip_prefix("```").or_else(|| trimmed.strip_prefix("~~~")) {
            let is_closed_again = info.len() > 3 && info.ends_with("```");
            is_fenced = !is_fenced && !is_closed_again;
            written.push_str(if is_fenced { "```text\n" } else { "```\n" });
        } else if is_fenced {
            written.push_str(&line);
            written.push('\n');
        } else {
            // Four spaces would make an example of it.
            let indent = (line.len() - trimmed.len()).min(3);
            for piece in wrap(&prose(trimmed), indent) {
                written.push_str(&" ".repeat(indent));
                written.push_str(&piece);
                written.push('\n');
            }
        }
    }
    if is_fenced {
        written.push_str("```\n");
    }
    written.trim_end().to_owned()
}

/// Characters that would show the text in another order than it stands.
fn is_bidi(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn wrap(line: &str, indent: usize) -> Vec<String> {
    let starts_block =
        line.starts_with(['|', '#', '>', '-', '*', '+', '=']) || line.starts_with(|first: char| first.is_ascii_digit());
    if starts_block || line.chars().count() + indent <= WIDTH {
        return vec![line.to_owned()];
    }
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let current = lines.last_mut().map_or(0, |line| line.chars().count());
        // A line must not start with what would begin a list, a heading or a quotation.
        let may_start =
            !word.starts_with(['-', '*', '+', '#', '>', '|', '=']) && !word.ends_with(['.', ')']) || word.len() > 4;
        if current > 0 && current + word.chars().count() + indent >= WIDTH && may_start {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// Escapes what rustdoc would take for a link or a tag, and marks code as code.
fn prose(line: &str) -> String {
    let mut written = String::with_capacity(line.len());
    // Every second piece between backticks is code; an odd backtick is none.
    let pieces: Vec<&str> = line.split('`').collect();
    let is_even = pieces.len().is_multiple_of(2);
    for (index, piece) in pieces.iter().enumerate() {
        let is_code = index % 2 == 1 && !(is_even && index + 1 == pieces.len());
        if index > 0 {
            written.push_str(if is_even && index + 1 == pieces.len() {
                "\\`"
            } else {
                "`"
            });
        }
        if is_code {
            written.push_str(piece);
        } else {
            let words: Vec<String> = piece.split(' ').map(word).collect();
            written.push_str(&words.join(" "));
        }
    }
    written
}

fn word(word: &str) -> String {
    let core = word.trim_matches(|character: char| "()[]{},.;:!?\"'*_<>".contains(character));
    if word.starts_with("http://") || word.starts_with("https://") {
        let end = word.trim_end_matches(['.', ',', ';', ')', ':']).len();
        return format!("<{}>{}", &word[..end], &word[end..]);
    }
    if is_code(core) && !word.contains(['[', ']', '<', '>', '/', '\\']) {
        return word.replacen(core, &format!("`{core}`"), 1);
    }
    let mut escaped = String::with_capacity(word.len());
    // `[text](address)` is a link of its own and stays one where the address is absolute.
    let is_link = word.contains("](http");
    for character in word.chars() {
        match character {
            '[' | ']' if !is_link => {
                escaped.push('\\');
                escaped.push(character);
            }
            '<' | '>' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// Returns whether a word reads as a name of code, as clippy's `doc_markdown` sees it.
fn is_code(word: &str) -> bool {
    let inner_capitals = word
        .chars()
        .skip(1)
        .filter(|character| character.is_uppercase())
        .count();
    let has_lower = word.chars().any(char::is_lowercase);
    let is_camel = inner_capitals > 0 && has_lower && word.chars().all(char::is_alphanumeric) && !word.ends_with('s');
    let is_plural_acronym = word.ends_with('s') && word[..word.len() - 1].chars().all(char::is_uppercase);
    let is_snake = word.contains('_')
        && word
            .chars()
            .all(|character| character.is_alphanumeric() || character == '_');
    (is_camel || is_snake || word.contains("::")) && !is_plural_acronym
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn prose_stays_prose() {
        let table = [
            ("See https://example.com/a.", "See <https://example.com/a>."),
            ("An [array] of <T>", "An \\[array\\] of \\<T\\>"),
            ("Set dataTable or data_table", "Set `dataTable` or `data_table`"),
            ("    let x = 1;", "   let x = 1;"),
            ("```\ncode\n```", "```text\ncode\n```"),
            ("```js\nopen", "```text\nopen\n```"),
            ("see [this](https://a.b)", "see [this](https://a.b)"),
            ("a ` b", "a \\` b"),
            ("*/ \" \\ #", "*/ \" \\ #"),
        ];
        for (text, expected) in table {
            assert_eq!(markdown(text), expected, "{text}");
        }
    }

    #[test]
    fn long_lines_are_wrapped() {
        let text = "word ".repeat(60);
        assert!(markdown(&text).lines().all(|line| line.chars().count() <= 96));
    }
}
