//! The documents of a run: each is read once, when a reference first leads there.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::places::Place;
use super::reader::{DocumentReader, DocumentText, Unread, UnreadCause};
use super::resources::Resources;
use crate::diagnostic::Diagnostics;
use crate::document::Node;
use crate::document::read::read;
use crate::document::reference::{Fragment, Reference};
use crate::document::version::Written;
use crate::source::{Origin, Pointer, Sources};

/// More documents than this have no place among the sources of a run.
const MOST_DOCUMENTS: usize = 60_000;

/// More references than this, each in the middle of the way of another, are a circle, or of no use.
const MOST_STEPS: usize = 64;

/// A document.
pub(super) struct Document {
    /// The URI that it was read at.
    uri: String,
    /// Its name in pointers: its URI, relative to that of the root document.
    pub(super) name: String,
    pub(super) node: Rc<Node>,
    resources: Resources,
}

/// Why a reference leads nowhere, in the words of a diagnostic.
#[derive(Debug, Clone)]
pub(crate) struct Unresolved {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: String,
}

impl From<Unread> for Unresolved {
    fn from(unread: Unread) -> Self {
        Self {
            code: unread.cause.code(),
            message: unread.message,
            help: unread.help,
        }
    }
}

/// The documents of a run.
pub(super) struct Shelf<'run> {
    reader: &'run dyn DocumentReader,
    sources: &'run mut Sources,
    pub(super) diagnostics: &'run mut Diagnostics,
    /// The documents; the root document is the first.
    pub(super) documents: Vec<Document>,
    /// Their names.
    names: BTreeSet<String>,
    /// What came of each URI that was asked for.
    asked: BTreeMap<String, Result<usize, Unresolved>>,
    /// The texts that are no trees, by their URIs.
    texts: BTreeMap<String, usize>,
    /// The resources that have a URI of their own.
    resources: BTreeMap<String, Place>,
}

impl<'run> Shelf<'run> {
    pub(super) fn new(
        root: Node,
        reader: &'run dyn DocumentReader,
        sources: &'run mut Sources,
        diagnostics: &'run mut Diagnostics,
    ) -> Self {
        let mut shelf = Self {
            reader,
            sources,
            diagnostics,
            documents: Vec::new(),
            names: BTreeSet::new(),
            asked: BTreeMap::new(),
            texts: BTreeMap::new(),
            resources: BTreeMap::new(),
        };
        // Identifiers of schemas are of JSON Schema, which 3.0 has a part of alone.
        let uri = reader.root();
        let resources = if matches!(Written::of(&root), Some(Written::V2_0 | Written::V3_0)) {
            Resources::default()
        } else {
            Resources::of(&root, &uri)
        };
        shelf.add(uri, root, resources);
        shelf
    }

    /// Returns the base URI of the node at `place`.
    pub(super) fn base_at(&self, place: &Place) -> String {
        let document = &self.documents[place.document];
        document
            .resources
            .base_at(&place.pointer)
            .unwrap_or(&document.uri)
            .to_owned()
    }

    /// Returns the base URI that starts at the node at `pointer` of a document or around it, if it has one of its own.
    pub(super) fn own_base_at(&self, document: usize, pointer: &Pointer) -> Option<&str> {
        self.documents[document].resources.base_at(pointer)
    }

    /// Returns whether a reference names the root document, be it from within.
    pub(super) fn names_root(&self, base: &str, text: &str) -> bool {
        let reference = Reference::parse(text);
        let root = &self.documents[0];
        let uri = reference.uri(base);
        reference.document().is_some()
            && (uri == root.uri || root.resources.base_at(&Pointer::root()) == Some(uri.as_str()))
    }

    /// Returns the node at a place.
    pub(super) fn node(&self, place: &Place) -> Option<&Node> {
        place.pointer.follow(&self.documents[place.document].node)
    }

    /// Returns the place that a reference in the document `from` leads to, where `base` is the base URI. Nothing may be
    /// there.
    pub(super) fn resolve(&mut self, from: usize, base: &str, text: &str) -> Result<Place, Unresolved> {
        let mut steps = MOST_STEPS;
        self.resolve_within(from, base, text, &mut steps)
    }

    /// Does what [`Self::resolve`] does; `steps` is how many references may be followed, all in all.
    fn resolve_within(&mut self, from: usize, base: &str, text: &str, steps: &mut usize) -> Result<Place, Unresolved> {
        let reference = Reference::parse(text);
        let resource = self.resource(from, base, reference)?;
        let target = match reference.fragment() {
            Fragment::Pointer(below) => {
                let found = resource.below(&below);
                // `#` is meant to be the document, where the resource has no such part.
                let whole = Place {
                    document: resource.document,
                    pointer: below,
                };
                if self.node(&found).is_none() && self.node(&whole).is_some() {
                    whole
                } else {
                    found
                }
            }
            Fragment::Anchor(name) => {
                let resources = &self.documents[resource.document].resources;
                let anchored = resources.anchored(&resource.pointer, name).cloned();
                let pointer = anchored.ok_or_else(|| Unresolved {
                    code: "unknown-anchor",
                    message: format!("dangling reference: no schema there has `$anchor: {name}`"),
                    help: "add the anchor to the intended schema, or refer to it by a JSON Pointer".to_owned(),
                })?;
                Place { pointer, ..resource }
            }
            Fragment::Malformed(fragment) => {
                return Err(Unresolved {
                    code: "reference-pointer",
                    message: format!("the fragment {fragment:?} of the reference is not a JSON Pointer"),
                    help: "behind the `#` stands a JSON Pointer, such as `/components/schemas/name`".to_owned(),
                });
            }
        };
        self.follow_references(target, steps)
    }

    /// Returns the place that `place` stands for where a reference stands in the middle of the way there.
    fn follow_references(&mut self, place: Place, steps: &mut usize) -> Result<Place, Unresolved> {
        let mut way = Pointer::root();
        let segments: Vec<String> = place.pointer.segments().collect();
        let mut node = self.documents[place.document].node.as_ref();
        for (index, segment) in segments.iter().enumerate() {
            if let Some(next) = Pointer::of([segment]).follow(node) {
                node = next;
                way = way.child(segment);
                continue;
            }
            let Some(text) = node.get("$ref").and_then(Node::as_str).map(str::to_owned) else {
                break;
            };
            let Some(left) = steps.checked_sub(1) else { break };
            *steps = left;
            let at = Place {
                document: place.document,
                pointer: way,
            };
            let base = self.base_at(&at);
            let next = self.resolve_within(place.document, &base, &text, steps)?;
            let rest = Pointer::of(&segments[index..]);
            return self.follow_references(next.below(&rest), steps);
        }
        Ok(place)
    }

    /// Returns the resource that a reference leads to.
    fn resource(&mut self, from: usize, base: &str, reference: Reference<'_>) -> Result<Place, Unresolved> {
        let uri = reference.uri(base);
        if let Some(known) = self.resources.get(&uri) {
            return Ok(known.clone());
        }
        if reference.document().is_none() {
            return Ok(Place {
                document: from,
                pointer: Pointer::root(),
            });
        }
        let found = self.load(&uri);
        // What an identifier says of a document need not be where it lies; the other documents lie beside it.
        let retrieved = reference.uri(&self.documents[from].uri);
        let found = match found {
            Err(fault) if retrieved != uri => self.load(&retrieved).map_err(|_| fault),
            found => found,
        };
        found.map(|document| Place {
            document,
            pointer: Pointer::root(),
        })
    }

    /// Returns the document at `uri`.
    fn load(&mut self, uri: &str) -> Result<usize, Unresolved> {
        if let Some(known) = self.asked.get(uri) {
            return known.clone();
        }
        let outcome = self.read(uri);
        self.asked.insert(uri.to_owned(), outcome.clone());
        outcome
    }

    fn read(&mut self, uri: &str) -> Result<usize, Unresolved> {
        let DocumentText { uri, name, text } = self.text_at(uri)?;
        if let Some(known) = self.asked.get(&uri) {
            return known.clone();
        }
        let node = read(self.sources, &name, &text, self.diagnostics).ok_or_else(|| Unresolved {
            code: UnreadCause::Unreadable.code(),
            message: format!("{name} is not read: its text is neither YAML nor JSON"),
            help: "the other errors say where, and what would help".to_owned(),
        })?;
        let resources = Resources::of(&node, &uri);
        Ok(self.add(uri, node, resources))
    }

    fn text_at(&self, uri: &str) -> Result<DocumentText, Unresolved> {
        if self.documents.len() >= MOST_DOCUMENTS {
            return Err(Unresolved {
                code: UnreadCause::NotAllowed.code(),
                message: format!("the documents are more than {MOST_DOCUMENTS}"),
                help: "bundle some of them".to_owned(),
            });
        }
        Ok(self.reader.read(uri)?)
    }

    /// Returns the document whose only node is the text that a reference leads to, for descriptions in Markdown.
    pub(super) fn load_text(&mut self, base: &str, text: &str) -> Result<Place, Unresolved> {
        let uri = Reference::parse(text).uri(base);
        let whole = |document| Place {
            document,
            pointer: Pointer::root(),
        };
        if let Some(known) = self.texts.get(&uri) {
            return Ok(whole(*known));
        }
        let found = self.text_at(&uri)?;
        let source = self.sources.add(found.name, found.text.as_str());
        let origin = Origin {
            source,
            index: 0,
            copy: 0,
        };
        let words = found.text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let name = self.name(&found.uri);
        self.documents.push(Document {
            uri: found.uri,
            name,
            node: Rc::new(Node::string(origin, words)),
            resources: Resources::default(),
        });
        self.texts.insert(uri, self.documents.len() - 1);
        Ok(whole(self.documents.len() - 1))
    }

    /// Returns the name of the next document: its URI, relative to that of the root document. A file that is read both as
    /// a text and as a tree is two documents.
    fn name(&mut self, uri: &str) -> String {
        let relative = self.documents.first().map(|root| Reference::relative(&root.uri, uri));
        let own = relative.unwrap_or_default();
        let mut name = own.clone();
        let mut number = 2;
        while !self.names.insert(name.clone()) {
            name = format!("{own}?{number}");
            number += 1;
        }
        name
    }

    fn add(&mut self, uri: String, node: Node, resources: Resources) -> usize {
        let index = self.documents.len();
        let name = self.name(&uri);
        for (own, pointer) in resources.uris() {
            let place = Place {
                document: index,
                pointer: pointer.clone(),
            };
            self.resources.entry(own.clone()).or_insert(place);
        }
        self.asked.insert(uri.clone(), Ok(index));
        self.documents.push(Document {
            name,
            uri,
            node: Rc::new(node),
            resources,
        });
        index
    }
}

impl Place {
    /// Returns the place that lies below this by `pointer`.
    fn below(&self, pointer: &Pointer) -> Self {
        Self {
            document: self.document,
            pointer: self.pointer.join(pointer),
        }
    }
}
