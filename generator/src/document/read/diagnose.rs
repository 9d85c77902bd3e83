//! Finds out why `serde_yaml` could not read a text.
//!
//! `serde_yaml` tells little about its errors, so the events of the text are read once more.

use std::collections::BTreeMap;

use libyaml_safer::EventData;

use super::syntax;
use crate::diagnostic::Diagnostic;
use crate::document::events::Events;
use crate::document::source::text_start;
use crate::document::{Origin, Source};

/// Says what is wrong; `last` is the last node that the reading came to.
pub(super) fn diagnose(index: u16, source: &Source, error: &serde_yaml::Error, last: Origin) -> Diagnostic {
    if let Some(diagnostic) = Walk::default().run(index, source) {
        return diagnostic;
    }
    match error.location() {
        // What is left without a place is serde_yaml's own limit of repeated aliases.
        None => syntax::alias_bomb(last),
        Some(location) => {
            let here = syntax::at(index, source, text_start(&source.text) + location.index());
            Diagnostic::error_at("yaml-syntax", here, error.to_string())
                .with_help("correct the value, or remove the tag before it")
        }
    }
}

/// A walk through the events up to the first one that no document of ours may have.
#[derive(Default)]
struct Walk {
    documents: usize,
    /// Whether what each anchor names is a list or a map.
    anchors: BTreeMap<String, bool>,
    /// What is open around the next event.
    open: Vec<Open>,
}

/// A list or a map.
struct Open {
    offset: usize,
    /// What comes next in a map: a key or its value; `None` in a list.
    key_is_next: Option<bool>,
}

/// What an event may be found guilty of.
enum Guilt {
    ManyDocuments,
    UnknownAlias(String),
    CollectionAsKey,
}

impl Walk {
    fn run(mut self, index: u16, source: &Source) -> Option<Diagnostic> {
        for event in Events::new(&source.text) {
            let (data, offset) = match event {
                Ok(event) => event,
                Err(fault) => {
                    let innermost = self.open.last().map(|open| open.offset);
                    return Some(syntax::fault(index, source, &fault, innermost));
                }
            };
            if let Err(guilt) = self.event(data, offset) {
                let here = syntax::at(index, source, offset);
                return Some(match guilt {
                    Guilt::ManyDocuments => syntax::many_documents(here),
                    Guilt::UnknownAlias(anchor) => syntax::unknown_alias(here, &anchor),
                    Guilt::CollectionAsKey => syntax::collection_as_key(here),
                });
            }
        }
        None
    }

    fn event(&mut self, data: EventData, offset: usize) -> Result<(), Guilt> {
        match data {
            EventData::StreamStart { .. } | EventData::StreamEnd | EventData::DocumentEnd { .. } => {}
            EventData::DocumentStart { .. } => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Guilt::ManyDocuments);
                }
            }
            EventData::SequenceEnd | EventData::MappingEnd => {
                self.open.pop();
            }
            EventData::Alias { anchor } => match self.anchors.get(&anchor) {
                None => return Err(Guilt::UnknownAlias(anchor)),
                Some(opens) => self.node(*opens)?,
            },
            EventData::Scalar { anchor, .. } => self.anchored(anchor, false)?,
            EventData::SequenceStart { anchor, .. } => {
                self.anchored(anchor, true)?;
                self.open.push(Open {
                    offset,
                    key_is_next: None,
                });
            }
            EventData::MappingStart { anchor, .. } => {
                self.anchored(anchor, true)?;
                self.open.push(Open {
                    offset,
                    key_is_next: Some(true),
                });
            }
        }
        Ok(())
    }

    fn anchored(&mut self, anchor: Option<String>, is_collection: bool) -> Result<(), Guilt> {
        self.anchors.extend(anchor.map(|anchor| (anchor, is_collection)));
        self.node(is_collection)
    }

    /// Takes a node in the place where it stands.
    fn node(&mut self, is_collection: bool) -> Result<(), Guilt> {
        if let Some(Open {
            key_is_next: Some(key_is_next),
            ..
        }) = self.open.last_mut()
        {
            if *key_is_next && is_collection {
                return Err(Guilt::CollectionAsKey);
            }
            *key_is_next = !*key_is_next;
        }
        Ok(())
    }
}
