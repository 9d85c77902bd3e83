//! The texts of a run, and the positions of their nodes.

use std::sync::OnceLock;

use crate::source::Origin;
use crate::source::node_offsets::{self, NodeOffset};

/// One text: a document, or an overlay.
#[derive(Debug)]
pub struct Source {
    /// Its name, as diagnostics show it.
    pub name: String,
    /// The text.
    pub text: String,
    syntax: Syntax,
    /// Where each line starts; made when the first place is asked for.
    lines: OnceLock<Vec<usize>>,
    /// Where each node starts; made when the first node is asked for.
    node_offsets: OnceLock<Vec<NodeOffset>>,
}

/// The grammar by which a text is read, and so the one by which its nodes are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259).
    Json,
    /// [YAML 1.1](https://yaml.org/spec/1.1/), as libyaml reads it.
    Yaml,
}

/// A position in a source. Lines and columns start at 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The line and column of the YAML alias through which the node was reached.
    ///
    /// The node itself is at the anchor. For nested aliases, this is the innermost one.
    pub alias: Option<(usize, usize)>,
}

/// The texts of a run, in the order in which they were read.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds a text and returns its index.
    ///
    /// [`read`](crate::document::read()) does this; a text that is shown but never read needs it too.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u16 {
        let index = u16::try_from(self.0.len()).unwrap_or(u16::MAX);
        let text = text.into();
        let syntax = if looks_like_json(&text) {
            Syntax::Json
        } else {
            Syntax::Yaml
        };
        self.0.push(Source {
            name: name.into(),
            text,
            syntax,
            lines: OnceLock::new(),
            node_offsets: OnceLock::new(),
        });
        index
    }

    /// Returns the source `index`.
    #[must_use]
    pub fn get(&self, index: u16) -> Option<&Source> {
        self.0.get(usize::from(index))
    }

    /// Returns the position of a node.
    ///
    /// The first call for a source parses it again with a parser that tracks positions. A run without diagnostics never
    /// does.
    #[must_use]
    pub fn locate(&self, origin: Origin) -> Option<LineColumn> {
        let source = self.get(origin.source)?;
        let node_offset = source.node_offsets().get(usize::try_from(origin.index).ok()?)?;
        let (line, column) = source.position(node_offset.offset);
        Some(LineColumn {
            line,
            column,
            alias: node_offset.alias.map(|offset| source.position(offset)),
        })
    }

    /// Says that a text which looked like JSON was read as YAML after all.
    pub(crate) fn read_as_yaml(&mut self, index: u16) {
        if let Some(source) = self.0.get_mut(usize::from(index)) {
            source.syntax = Syntax::Yaml;
        }
    }
}

impl Source {
    /// Returns the line `number`, counted from 1, without its line break.
    #[must_use]
    pub fn line(&self, number: usize) -> Option<&str> {
        let lines = self.lines();
        let start = *lines.get(number.checked_sub(1)?)?;
        let end = lines.get(number).map_or(self.text.len(), |next| next - 1);
        let line = self.text.get(start..end)?;
        Some(line.strip_suffix('\r').unwrap_or(line))
    }

    /// Returns the line and column of the byte `offset`.
    pub(crate) fn position(&self, offset: usize) -> (usize, usize) {
        let lines = self.lines();
        let line = lines.partition_point(|start| *start <= offset).max(1);
        let start = lines.get(line - 1).copied().unwrap_or_default();
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    pub(crate) fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// Returns where the lines start: the first one behind a byte order mark, which has no column.
    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let breaks = self.text.match_indices('\n').map(|(offset, _)| offset + 1);
            std::iter::once(text_start(&self.text)).chain(breaks).collect()
        })
    }

    pub(crate) fn node_offsets(&self) -> &[NodeOffset] {
        self.node_offsets.get_or_init(|| match self.syntax {
            Syntax::Json => node_offsets::of_json(&self.text),
            Syntax::Yaml => node_offsets::of_yaml(&self.text),
        })
    }
}

/// Returns how many bytes the byte order mark takes that some editors put first.
pub(crate) fn text_start(text: &str) -> usize {
    if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    }
}

/// Returns whether a text starts as a JSON object or array does.
///
/// Such a text can be a YAML flow collection too; [`read`](crate::document::read()) decides by trying.
fn looks_like_json(text: &str) -> bool {
    text[text_start(text)..].trim_start().starts_with(['{', '['])
}

#[cfg(test)]
mod tests {
    use super::Sources;

    #[test]
    fn lines_and_columns_count_characters() {
        let mut sources = Sources::default();
        let index = sources.add("a.yaml", "\u{feff}é: x\r\nb:\tç z\n");
        let source = sources.get(index).unwrap();
        let positions: Vec<_> = "é:xbçz"
            .chars()
            .map(|character| source.position(source.text.find(character).unwrap()))
            .collect();
        assert_eq!(positions, [(1, 1), (1, 2), (1, 4), (2, 1), (2, 4), (2, 6)]);
        assert_eq!(source.position(usize::MAX), (3, 1));
        let lines: Vec<_> = (0..5).map(|number| source.line(number)).collect();
        assert_eq!(lines, [None, Some("é: x"), Some("b:\tç z"), Some(""), None]);
    }
}
