//! The events of a YAML text, each with its byte offset.
//!
//! This is `libyaml-safer`, which has the grammar of `serde_yaml` and knows
//! places, behind a few lines that keep it from its known panics.

use std::io::Cursor;

use libyaml_safer::{Encoding, EventData, Mark, Parser};

use crate::source::sources::text_start;

/// Reads a YAML text event by event.
pub(crate) struct Events {
    parser: Parser<Cursor<Vec<u8>>>,
    /// Where spaces were put in, as offsets into the text with the spaces.
    spaces: Vec<usize>,
    /// The bytes before the parsed text.
    start: usize,
    /// The bytes of the whole text.
    end: usize,
    over: bool,
}

/// A fault of syntax in a YAML text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct YamlError {
    /// What the parser did not like.
    pub(crate) problem: &'static str,
    /// Where; `None` for a character that YAML does not allow.
    pub(crate) offset: Option<usize>,
    /// What the parser was doing, and where that began.
    pub(crate) context: Option<(&'static str, usize)>,
}

impl Events {
    pub(crate) fn new(text: &str) -> Self {
        let start = text_start(text);
        let (mut parsed, spaces) = separate_tags(&text[start..]);
        // A text that ends inside of an escape (`"\`) makes the scanner look beyond its end.
        parsed.push('\n');
        let mut parser = Parser::new();
        // Without this, it would look for a byte order mark, and not count it.
        parser.set_encoding(Encoding::Utf8);
        parser.set_input(Cursor::new(parsed.into_bytes()));
        Self {
            parser,
            spaces,
            start,
            end: text.len(),
            over: false,
        }
    }

    fn offset(&self, mark: Mark) -> usize {
        let index = usize::try_from(mark.index).unwrap_or(usize::MAX);
        let inserted = self.spaces.partition_point(|space| *space < index);
        index.saturating_sub(inserted).saturating_add(self.start).min(self.end)
    }
}

/// Ends behind the end of the stream, or behind the first fault.
impl Iterator for Events {
    type Item = Result<(EventData, usize), YamlError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        match self.parser.parse() {
            Ok(event) => {
                self.over = event.data == EventData::StreamEnd;
                Some(Ok((event.data, self.offset(event.start_mark))))
            }
            Err(error) => {
                self.over = true;
                let context = error.context().zip(error.context_mark());
                Some(Err(YamlError {
                    problem: error.problem(),
                    offset: error.problem_mark().map(|mark| self.offset(mark)),
                    context: context.map(|(words, mark)| (words, self.offset(mark))),
                }))
            }
        }
    }
}

/// Puts a space between each tag and a comma right behind it; returns where the spaces are.
///
/// `[!a,b]` panics in `libyaml-safer` 0.3, where libyaml reads a tag and a comma. In the text of a
/// scalar or a comment the space does no harm, because only the places of nodes are asked for; in
/// a directive it would, so these stay as they are.
fn separate_tags(text: &str) -> (String, Vec<usize>) {
    let mut separated = String::with_capacity(text.len() + 1);
    let mut spaces = Vec::new();
    let directives = directives_length(text);
    // Where the characters began, before a comma, that can be a tag.
    let mut start = 0;
    let mut copied = 0;
    for (offset, byte) in text.bytes().enumerate().skip(directives) {
        if byte == b',' && ends_with_tag(&text[start..offset]) {
            separated.push_str(&text[copied..offset]);
            copied = offset;
            spaces.push(separated.len());
            separated.push(' ');
        }
        if !byte.is_ascii_alphanumeric() && !b"-_;/?:@&=+$.%!~*'()>".contains(&byte) {
            start = offset + 1;
        }
    }
    separated.push_str(&text[copied..]);
    (separated, spaces)
}

/// Returns whether `run`, all of the characters that the scanner takes for a tag
/// ([YAML 1.1 §5.6](https://yaml.org/spec/1.1/#id868524)), ends with one, or with one like `!<name>`.
///
/// A `!` in the middle of a word starts no tag; one behind `:`, `?` or a closing quote can.
fn ends_with_tag(run: &str) -> bool {
    let starts_tag = |(offset, _)| offset == 0 || run[..offset].ends_with([':', '?', '\'']);
    run.ends_with('>') || run.match_indices('!').any(starts_tag)
}

/// Returns the length of the lines before the first one that is no directive, comment or blank.
fn directives_length(text: &str) -> usize {
    let is_before = |line: &&str| line.trim().is_empty() || line.starts_with(['%', '#']);
    // All that YAML 1.1 takes for a line break.
    text.split_inclusive(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
        .take_while(is_before)
        .map(str::len)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{Events, YamlError};

    /// Prints what each event starts with, or how the text fails.
    fn starts(text: &str) -> Vec<&str> {
        Events::new(text)
            .map(|event| match event {
                Ok((_, offset)) => text[offset..].get(..2).unwrap_or_default(),
                Err(YamlError { problem, .. }) => problem,
            })
            .collect()
    }

    #[test]
    fn a_tag_before_a_comma_does_no_harm() {
        assert_eq!(
            starts("[!a,!<b,c>,xy]"),
            ["[!", "[!", "[!", "!a", "!<", "xy", "", "", ""]
        );
    }

    #[test]
    fn a_directive_is_left_alone() {
        assert_eq!(starts("%TAG !e! tag:e!,2000:\n---\n!e!x a\n")[1..3], ["%T", "!e"]);
    }

    #[test]
    fn a_text_may_end_inside_of_an_escape() {
        assert_eq!(starts("\"\\").last(), Some(&"found unexpected end of stream"));
    }

    #[test]
    fn a_byte_order_mark_counts_as_bytes() {
        assert_eq!(starts("\u{feff}ab: cd")[2..5], ["ab", "ab", "cd"]);
    }
}
