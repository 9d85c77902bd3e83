//! Descriptions of a document as documentation of Rust.
//!
//! A description is data: whatever it holds, it must not end the comment, be
//! compiled as an example, or be taken for a link.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::examples;
use crate::emit::docs::markdown;
use crate::emit::docs::room::Room;
use crate::emit::docs::words::{self, is_bidi};
use crate::model::Docs;

/// Returns `#[doc]` attributes for the paragraphs.
pub(in crate::emit) fn attributes(paragraphs: &[String]) -> TokenStream {
    let lines = lines(paragraphs)
        .into_iter()
        .map(|line| if line.is_empty() { line } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Returns the lines of the paragraphs, an empty one between each two.
#[must_use]
pub(crate) fn lines(paragraphs: &[String]) -> Vec<String> {
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
pub(in crate::emit) fn text(docs: &Docs, instead: &str, room: Room) -> Vec<String> {
    let title = sentence(&docs.title, room);
    let is_first = title.is_empty() || docs.text.trim_end_matches('.') == docs.title.trim_end_matches('.');
    let text = markdown(&docs.text, if is_first { room } else { room.below() });
    let mut paragraphs = match (docs.title.is_empty(), docs.text.is_empty()) {
        (true, true) => {
            let instead = words::wrap(instead, room.width, room.taken).join("\n");
            examples::added(instead, &docs.examples, room)
        }
        (true, false) => vec![text],
        (false, true) => examples::added(title, &docs.examples, room),
        (false, false) if is_first => vec![text],
        (false, false) => vec![title, text],
    };
    if docs.deprecated {
        paragraphs.push("Deprecated in the document.".to_owned());
    }
    if docs.read_only {
        paragraphs.push("Only in responses (`readOnly`).".to_owned());
    }
    if docs.write_only {
        paragraphs.push("Only in requests (`writeOnly`).".to_owned());
    }
    // A long one is better read in the document.
    if let Some(default) = docs.default.as_ref().filter(|default| default.len() <= 80) {
        paragraphs.push(format!("Default: {}", literal(default)));
    }
    paragraphs
}

/// Returns `#[doc]` attributes for what the document says of a field or a variant that a declaration names.
pub(in crate::emit) fn documented(docs: &Docs) -> TokenStream {
    attributes(&text(docs, "", Room::MEMBER))
}

/// Returns the documentation of what has the name `wire` outside of Rust, and `field` in it.
///
/// With a verb it is that of a method. `words` say what kind of name it is.
pub(in crate::emit) fn of_name(
    docs: &Docs,
    verb: Option<&str>,
    words: &str,
    (wire, field): (&str, &str),
    room: Room,
) -> Vec<String> {
    let name = literal(wire);
    let instead = match verb {
        Some(verb) => format!("{verb} {name}."),
        None => name.clone(),
    };
    let mut paragraphs = text(docs, &instead, room);
    let is_named = docs.title.is_empty() && docs.text.is_empty();
    if !is_named && wire != field {
        paragraphs.push(format!("{words}: {name}"));
    }
    paragraphs
}

/// Returns an item of a list: a name of Rust, and what the document says of it, with the [room](Room::in_item) behind it.
pub(in crate::emit) fn list_item(name: &str, paragraphs: &[String]) -> String {
    let filled = paragraphs.iter().filter(|paragraph| !paragraph.is_empty());
    let text = filled.cloned().collect::<Vec<_>>().join("\n\n");
    // A block of its own cannot stand behind the name.
    let is_block = text.starts_with(['-', '*', '#', '|', '>', '`', '~'])
        && !paragraphs
            .first()
            .is_some_and(|first| first.starts_with('`') && !first.starts_with("```"));
    let text = text.replace('\n', "\n  ").replace("\n  \n", "\n\n");
    // The text may start with the name itself.
    if text
        .strip_prefix(&format!("`{name}`"))
        .is_some_and(|rest| rest.starts_with(','))
    {
        return format!("- {text}");
    }
    if is_block {
        format!("- `{name}`:\n\n  {text}")
    } else {
        format!("- `{name}`: {text}")
    }
}

/// Returns a text of the wire as code.
pub(in crate::emit) fn literal(text: &str) -> String {
    match text {
        "" => "the empty string".to_owned(),
        text if text.contains('`') || text.trim() != text || text.contains(char::is_control) => {
            format!("`` {} ``", text.escape_debug())
        }
        text => format!("`{text}`"),
    }
}

/// Returns what lets a function have more arguments than clippy likes, where the document requires them.
pub(in crate::emit) fn allow_many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7).then(|| quote!(#[expect(clippy::too_many_arguments, reason = "the document requires them all")]))
}

/// Returns a title as a sentence.
fn sentence(title: &str, room: Room) -> String {
    let text = markdown(title, room);
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) {
        text
    } else {
        format!("{text}.")
    }
}

/// Returns Markdown of the document as Markdown that rustdoc takes for prose.
pub(in crate::emit) fn markdown(text: &str, room: Room) -> String {
    markdown::prose(text, room)
}
