//! Finds the cause of an error of `serde_yaml`.
//!
//! `serde_yaml` tells little about its errors, so the events of the text are read once more.

use std::collections::BTreeMap;

use libyaml_safer::EventData;

use super::syntax;
use crate::diagnostic::Diagnostic;
use crate::source::sources::text_start;
use crate::source::yaml_events::Events;
use crate::source::{Origin, Source};

/// Returns a diagnostic of the error. `last` is the last node that was read.
pub(super) fn diagnose(index: u16, source: &Source, error: &serde_yaml::Error, last: Origin) -> Diagnostic {
    if let Some(diagnostic) = YamlEvents::default().run(index, source) {
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

/// Iterates over the events, up to the first one that is not supported.
#[derive(Default)]
struct YamlEvents {
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

/// The cause of an error, found in the events of a text.
enum YamlCause {
    ManyDocuments,
    UnknownAlias(String),
    CollectionAsKey,
}

impl YamlEvents {
    fn run(mut self, index: u16, source: &Source) -> Option<Diagnostic> {
        for event in Events::new(&source.text) {
            let (data, offset) = match event {
                Ok(event) => event,
                Err(fault) => {
                    let innermost = self.open.last().map(|open| open.offset);
                    return Some(syntax::fault(index, source, &fault, innermost));
                }
            };
            if let Err(cause) = self.event(data, offset) {
                let here = syntax::at(index, source, offset);
                return Some(match cause {
                    YamlCause::ManyDocuments => syntax::many_documents(here),
                    YamlCause::UnknownAlias(anchor) => syntax::unknown_alias(here, &anchor),
                    YamlCause::CollectionAsKey => syntax::collection_as_key(here),
                });
            }
        }
        None
    }

    fn event(&mut self, data: EventData, offset: usize) -> Result<(), YamlCause> {
        match data {
            EventData::StreamStart { .. } | EventData::StreamEnd | EventData::DocumentEnd { .. } => {}
            EventData::DocumentStart { .. } => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(YamlCause::ManyDocuments);
                }
            }
            EventData::SequenceEnd | EventData::MappingEnd => {
                self.open.pop();
            }
            EventData::Alias { anchor } => match self.anchors.get(&anchor) {
                None => return Err(YamlCause::UnknownAlias(anchor)),
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

    fn anchored(&mut self, anchor: Option<String>, is_collection: bool) -> Result<(), YamlCause> {
        self.anchors.extend(anchor.map(|anchor| (anchor, is_collection)));
        self.node(is_collection)
    }

    /// Takes a node in the place where it stands.
    fn node(&mut self, is_collection: bool) -> Result<(), YamlCause> {
        if let Some(Open {
            key_is_next: Some(key_is_next),
            ..
        }) = self.open.last_mut()
        {
            if *key_is_next && is_collection {
                return Err(YamlCause::CollectionAsKey);
            }
            *key_is_next = !*key_is_next;
        }
        Ok(())
    }
}
