//! The file, line and column of a diagnostic.

use super::At;
use crate::source::{LineColumn, Source, Sources};

/// A source, and a position in it if it is known.
pub(super) struct ResolvedLocation<'sources> {
    pub(super) source: &'sources Source,
    pub(super) place: Option<LineColumn>,
}

impl<'sources> ResolvedLocation<'sources> {
    pub(super) fn of(at: At, sources: &'sources Sources) -> Option<Self> {
        match at {
            At::Node(origin) => Some(Self {
                source: sources.get(origin.source)?,
                place: sources.locate(origin),
            }),
            At::Position { source, line, column } => Some(Self {
                source: sources.get(source)?,
                place: Some(LineColumn {
                    line,
                    column,
                    alias: None,
                }),
            }),
            At::Nowhere => None,
        }
    }

    pub(super) fn line(&self) -> Option<usize> {
        self.place.map(|place| place.line)
    }

    pub(super) fn column(&self) -> Option<usize> {
        self.place.map(|place| place.column)
    }
}

/// The note on a node that was reached through an alias.
pub(super) const ALIAS: &str = "reached through the alias here";
