//! Finds the references of all documents that the client depends on, and reads what they lead to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::places::Place;
use super::reader::DocumentReader;
use super::shelf::{Shelf, Unresolved};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::field::{TEXTS, is_data, is_extension, is_lazy};
use crate::document::{FieldContent, FieldUse, Kind, Node};
use crate::source::{Origin, Pointer, Sources};

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Object(Kind),
    Map(Kind),
    List(Kind),
    Text,
    Plain,
}

/// What is to be done about references.
#[derive(Debug, Default)]
pub(super) struct Edits {
    /// Texts of references, and what they lead to.
    pub(super) rewritten: Vec<(Place, Place)>,
    /// Objects that are references where the specification has none, and what they lead to.
    pub(super) copied: BTreeMap<Place, Place>,
    /// Texts for people that are not found.
    pub(super) emptied: Vec<Place>,
}

/// A search under way.
pub(super) struct Search<'run> {
    pub(super) shelf: Shelf<'run>,
    /// The kind of the root document.
    root: Kind,
    open: VecDeque<(Form, Place)>,
    seen: BTreeSet<(Form, Place)>,
    pub(super) edits: Edits,
    /// The objects in other documents that a reference leads to.
    pub(super) reached: BTreeSet<(Kind, Place)>,
    /// Why references lead nowhere, by the origins of their texts.
    pub(super) unresolved: BTreeMap<Origin, Unresolved>,
}

/// The node that is visited, and where it stands.
#[derive(Clone, Copy)]
struct Visited<'node> {
    document: usize,
    node: &'node Node,
    at: &'node Pointer,
    base: &'node str,
}

impl<'run> Search<'run> {
    /// Goes through `root` and all that it refers to.
    pub(super) fn of(
        root: Node,
        reader: &'run dyn DocumentReader,
        sources: &'run mut Sources,
        diagnostics: &'run mut Diagnostics,
    ) -> Self {
        let kind = Kind::of_document(&root);
        let mut search = Self {
            root: kind,
            shelf: Shelf::new(root, reader, sources, diagnostics),
            open: VecDeque::new(),
            seen: BTreeSet::new(),
            edits: Edits::default(),
            reached: BTreeSet::new(),
            unresolved: BTreeMap::new(),
        };
        let start = Place {
            document: 0,
            pointer: Pointer::root(),
        };
        search.open.push_back((Form::Object(kind), start));
        while let Some((form, place)) = search.open.pop_front() {
            let tree = search.shelf.documents[place.document].node.clone();
            if let Some(node) = place.pointer.follow(&tree) {
                let base = search.shelf.base_at(&place);
                let visited = Visited {
                    document: place.document,
                    node,
                    at: &place.pointer,
                    base: &base,
                };
                search.visit(form, visited);
            }
        }
        search
    }

    /// Goes through a node and what it holds.
    fn visit(&mut self, form: Form, visited: Visited<'_>) {
        let Visited { document, node, at, .. } = visited;
        let base = match form {
            Form::Object(Kind::Schema) if node.get("$id").is_some() => {
                self.shelf.own_base_at(document, at).map(str::to_owned)
            }
            _ => None,
        };
        let visited = Visited {
            base: base.as_deref().unwrap_or(visited.base),
            ..visited
        };
        if let Some(text) = node.get("$ref").filter(|text| text.as_str().is_some()) {
            self.add(form, visited, text);
            if !matches!(form, Form::Object(kind) if kind.may_be_reference()) {
                return;
            }
        }
        match form {
            Form::Object(Kind::Discriminator) => self.add_mapping(visited),
            Form::Object(kind) => self.visit_fields(kind, visited),
            Form::Map(kind) => {
                for (name, member) in node.as_object().into_iter().flatten() {
                    self.visit(
                        Form::Object(kind),
                        Visited {
                            node: member,
                            at: &at.child(name),
                            ..visited
                        },
                    );
                }
            }
            Form::List(kind) => {
                for (index, element) in node.as_array().into_iter().flatten().enumerate() {
                    self.visit(
                        Form::Object(kind),
                        Visited {
                            node: element,
                            at: &at.element(index),
                            ..visited
                        },
                    );
                }
            }
            Form::Text | Form::Plain => {}
        }
    }

    fn visit_fields(&mut self, kind: Kind, visited: Visited<'_>) {
        for (name, value) in visited.node.as_object().into_iter().flatten() {
            let Some((content, FieldUse::Used)) = kind.field(name).filter(|_| !is_extension(name)) else {
                continue;
            };
            // Of the other components, those count that something refers to.
            if is_lazy(kind, name) {
                continue;
            }
            let form = match content {
                FieldContent::One(kind) => Form::Object(kind),
                FieldContent::Map(kind) => Form::Map(kind),
                FieldContent::List(kind) => Form::List(kind),
                FieldContent::SchemaOrList if value.as_array().is_some() => Form::List(Kind::Schema),
                FieldContent::SchemaOrList => Form::Object(Kind::Schema),
                FieldContent::Plain if is_data(name) => continue,
                // They may stand in files of their own.
                FieldContent::Plain if TEXTS.contains(&name.as_str()) => Form::Text,
                FieldContent::Plain => Form::Plain,
            };
            self.visit(
                form,
                Visited {
                    node: value,
                    at: &visited.at.child(name),
                    ..visited
                },
            );
        }
    }

    /// Notes what a reference leads to.
    fn add(&mut self, form: Form, visited: Visited<'_>, text: &Node) {
        let Visited { document, at, base, .. } = visited;
        let Some(words) = text.as_str() else { return };
        let is_reference = matches!(form, Form::Object(kind) if kind.may_be_reference());
        // Where the specification has no reference, the root document has none to a part of itself.
        if document == 0 && !is_reference && words.starts_with('#') {
            return;
        }
        let is_file = form == Form::Text && !words.contains('#') && !is_named_data(words);
        let target = if is_file {
            self.shelf.load_text(base, words)
        } else {
            self.shelf.resolve(document, base, words)
        };
        let place = Place {
            document,
            pointer: at.clone(),
        };
        let target = match target {
            Ok(target) if is_reference || self.shelf.node(&target).is_some() => target,
            Ok(target) => {
                let address = self.shelf.in_tree(&target);
                let fault = Unresolved {
                    code: "dangling-reference",
                    message: format!("dangling reference: there is nothing at {address}"),
                    help: "correct the reference, or add what is missing there".to_owned(),
                };
                return self.fail(form, place, text, fault);
            }
            Err(fault) => return self.fail(form, place, text, fault),
        };
        let is_within_root = document == 0 && target.document == 0 && !self.shelf.names_root(base, words);
        if !is_within_root && is_reference {
            let pointer = place.pointer.child("$ref");
            self.edits.rewritten.push((Place { pointer, ..place }, target.clone()));
        } else if !is_within_root {
            self.edits.copied.insert(place, target.clone());
        }
        self.follow(form, target, is_reference);
    }

    /// Adds what a reference leads to, to what is gone through.
    fn follow(&mut self, form: Form, target: Place, is_reference: bool) {
        if let (Form::Object(kind), true) = (form, is_reference && target.document != 0) {
            self.reached.insert((kind, target.clone()));
        }
        // These are gone through where they stand.
        if target.document == 0 && is_component(self.root, &target.pointer) {
            return;
        }
        if self.seen.insert((form, target.clone())) {
            self.open.push_back((form, target));
        }
    }

    /// Reports a reference that leads nowhere; those of Reference Objects are reported where their targets are needed.
    fn fail(&mut self, form: Form, place: Place, text: &Node, fault: Unresolved) {
        if matches!(form, Form::Object(kind) if kind.may_be_reference()) {
            self.unresolved.insert(text.origin, fault);
            return;
        }
        let pointer = self.shelf.in_tree(&place).child("$ref");
        let Unresolved { code, message, help } = fault;
        let diagnostic = if form == Form::Text {
            let message = format!("{message}; the client does not depend on it");
            Diagnostic::warning(code, text.origin, pointer, message)
        } else {
            Diagnostic::error(code, text.origin, pointer, message).with_safe_reading()
        };
        self.shelf.diagnostics.push(diagnostic.with_help(help));
        if form == Form::Text {
            self.edits.emptied.push(place);
        }
    }

    /// Notes what the mapping of a discriminator leads to. A value may be the name of a component
    /// ([OpenAPI 3.0.4 §4.7.25.1](https://spec.openapis.org/oas/v3.0.4.html#options-for-mapping-values-to-schemas)).
    fn add_mapping(&mut self, visited: Visited<'_>) {
        let Visited {
            document,
            node,
            at,
            base,
        } = visited;
        for (value, text) in node.get("mapping").and_then(Node::as_object).into_iter().flatten() {
            let Some(words) = text.as_str() else { continue };
            let named = |document| Place {
                document,
                pointer: Pointer::of(["components", "schemas", words]),
            };
            let target = if self.shelf.node(&named(document)).is_some() {
                named(document)
            } else if self.shelf.node(&named(0)).is_some() || !words.contains(['#', '/', '.']) {
                continue;
            } else {
                // What leads nowhere is reported with all other mappings.
                let Ok(target) = self.shelf.resolve(document, base, words) else {
                    continue;
                };
                target
            };
            if (document == 0 && target.document == 0) || self.shelf.node(&target).is_none() {
                continue;
            }
            let pointer = at.child("mapping").child(value);
            self.edits.rewritten.push((Place { document, pointer }, target.clone()));
            self.follow(Form::Object(Kind::Schema), target, true);
        }
    }
}

impl Shelf<'_> {
    /// Returns the pointer of a place into the tree of all documents.
    pub(super) fn in_tree(&self, place: &Place) -> Pointer {
        match self.documents.get(place.document) {
            Some(document) if place.document > 0 => Pointer::to_document(&document.name).join(&place.pointer),
            _ => place.pointer.clone(),
        }
    }
}

/// Returns whether a reference to a whole file leads to one of YAML or JSON.
fn is_named_data(reference: &str) -> bool {
    let name = reference.to_ascii_lowercase();
    [".yaml", ".yml", ".json"]
        .iter()
        .any(|extension| name.ends_with(extension))
}

/// Returns whether a component of the root document, which is of the kind `root`, stands at `pointer` that is part of the
/// client even if nothing refers to it.
fn is_component(root: Kind, pointer: &Pointer) -> bool {
    let segments: Vec<String> = pointer.segments().collect();
    let (holder, section) = match (root, segments.as_slice()) {
        (Kind::Swagger, [section, _]) => (Kind::Swagger, section),
        (Kind::OpenApi, [components, section, _]) if components == "components" => (Kind::Components, section),
        _ => return false,
    };
    let is_section = matches!(holder.field(section), Some((FieldContent::Map(_), FieldUse::Used)));
    is_section && !is_lazy(holder, section)
}
