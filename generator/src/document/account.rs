//! What becomes of every key of a document, by the grammar.

use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};

use super::normalise::is_sibling_kept;
use crate::document::bundle::{Bundle, documents};
use crate::document::field::{TEXTS, is_lazy};
use crate::document::grammar::containers::Containers;
use crate::document::grammar::standing::{ObjectAt, object_at};
use crate::document::keywords::{self, Keyword, formats};
use crate::document::reference::{Reference, Resolver, Target};
use crate::document::version::{Version, Written};
use crate::document::{FieldContent, FieldUse, Kind, Node, Object, Value};
use crate::source::{DOCUMENTS, Pointer};

const NOT_IN_3_0: &str = "not a field of this object in OpenAPI 3.0";
const UNKNOWN: &str = "not a field of this object in the specification";
const EXTENSION: &str = "an extension";
const READ_IN_PART: &str = "only the targets of references in it are read";

/// What becomes of a key that is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is ignored, for the reason given.
    Ignored(&'static str),
    /// No object of the kind has it, or its value is no value for it.
    Refused(&'static str),
}

/// A key that is not used.
#[derive(Debug)]
pub(crate) struct Key<'run> {
    /// The kind of the object that has it.
    pub(crate) kind: Kind,
    /// Where the object stands.
    pub(crate) at: Pointer,
    /// The key, or the index of an element.
    pub(crate) name: Cow<'run, str>,
    /// Its value.
    pub(crate) value: &'run Node,
    /// What becomes of it.
    pub(crate) fate: Fate,
}

impl Key<'_> {
    /// Returns whether it is an extension that is not known.
    pub(crate) fn is_extension(&self) -> bool {
        matches!(self.fate, Fate::Ignored(EXTENSION))
    }

    /// Returns whether no object of the kind has such a key.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self.fate, Fate::Refused(UNKNOWN | NOT_IN_3_0))
    }
}

/// What becomes of every key of a document.
#[derive(Debug, Default)]
pub(crate) struct KeyUsage<'run> {
    /// How many keys are used.
    pub(crate) used: usize,
    /// The keys that are not.
    pub(crate) keys: Vec<Key<'run>>,
    /// Of those that are used, the summaries and descriptions: where each stands, its key, and its text.
    pub(crate) texts: Vec<(Pointer, &'run str, &'run str)>,
    /// Of those that are used, the examples: where each stands, its key or index, and its value.
    pub(crate) examples: Vec<(Pointer, Cow<'run, str>, &'run Node)>,
}

/// An account in the making.
struct UsageWalk<'run> {
    bundle: &'run Bundle,
    document: &'run Node,
    containers: Containers,
    version: Written,
    account: KeyUsage<'run>,
    /// What references of used objects lead to.
    targets: BTreeSet<Target>,
    /// Those of them that are still to be gone through.
    open: VecDeque<(Kind, Target)>,
    /// Targets outside of all known fields.
    outside: Vec<Target>,
}

impl<'run> KeyUsage<'run> {
    /// Goes through the documents of a run.
    pub(crate) fn of(bundle: &'run Bundle) -> Self {
        let document = &bundle.root;
        let mut walk = UsageWalk {
            bundle,
            document,
            containers: Containers::of(document),
            version: Written::of(document).unwrap_or(Written::V3_1),
            account: Self::default(),
            targets: BTreeSet::new(),
            open: VecDeque::new(),
            outside: Vec::new(),
        };
        walk.visit(Kind::of_document(document), document, &Pointer::root());
        while let Some((kind, target)) = walk.open.pop_front() {
            if let Some(node) = Resolver::new(document).node(&target) {
                walk.visit(kind, node, target.pointer());
            }
        }
        walk.finish()
    }
}

impl<'run> UsageWalk<'run> {
    fn visit(&mut self, kind: Kind, node: &'run Node, at: &Pointer) {
        let Some(members) = node.as_object() else { return };
        if kind == Kind::Schema && self.containers.has(at) {
            for (name, member) in members {
                self.account.used += 1;
                self.visit(kind, member, &at.child(name));
            }
            return;
        }
        if kind == Kind::Components {
            self.visit_components(members, at);
            return;
        }
        let reference = members.get("$ref").filter(|_| kind.may_be_reference());
        if let Some(reference) = reference {
            self.add_target(kind, reference);
        }
        for (name, value) in members {
            if matches!(kind, Kind::OpenApi | Kind::Swagger) && name == DOCUMENTS && value.is_synthesized {
                continue;
            }
            let fate = match reference {
                Some(_) if name == "$ref" => None,
                Some(_) => self
                    .fate_of_sibling(kind, name, value)
                    .or_else(|| self.fate(kind, node, name, value)),
                None => self.fate(kind, node, name, value),
            };
            if let Some(fate) = fate {
                self.put(kind, at, name, value, fate);
                continue;
            }
            self.account.used += 1;
            if let Some(text) = value.as_str().filter(|_| TEXTS.contains(&name.as_str())) {
                self.account.texts.push((self.bundle.places.read_at(at), name, text));
            }
            self.note_examples(kind, at, name, value);
            if let Some((content, _)) = self.field(kind, name, value)
                && content != FieldContent::Plain
                && !(kind == Kind::Swagger && is_lazy(kind, name))
            {
                self.descend(kind, content, value, &at.child(name));
            }
        }
    }

    /// Notes the values of a field that holds examples.
    fn note_examples(&mut self, kind: Kind, at: &Pointer, name: &'run str, value: &'run Node) {
        if !matches!(name, "example" | "examples" | "value" | "dataValue") {
            return;
        }
        let at = &self.bundle.places.read_at(at);
        let examples = &mut self.account.examples;
        match (kind, name, value.as_array()) {
            (Kind::Schema, "examples", Some(list)) => {
                let at = at.child(name);
                let elements = list.iter().enumerate();
                examples.extend(elements.map(|(index, element)| (at.clone(), index.to_string().into(), element)));
            }
            (Kind::SwaggerResponse, "examples", None) => {
                let at = at.child(name);
                let members = value.as_object().into_iter().flatten();
                examples.extend(members.map(|(key, member)| (at.clone(), key.into(), member)));
            }
            (Kind::Schema, "examples", None) | (_, "example", _) | (Kind::Example, "value" | "dataValue", _) => {
                examples.push((at.clone(), name.into(), value));
            }
            _ => {}
        }
    }

    /// Components other than schemas and security schemes are part of the client where something refers to them.
    fn visit_components(&mut self, members: &'run Object, at: &Pointer) {
        for (section, objects) in members {
            if let Some(fate) = self.fate(Kind::Components, objects, section, objects) {
                self.put(Kind::Components, at, section, objects, fate);
                continue;
            }
            self.account.used += 1;
            if let Some((content, _)) = Kind::Components
                .field(section)
                .filter(|_| !is_lazy(Kind::Components, section))
            {
                self.descend(Kind::Components, content, objects, &at.child(section));
            }
        }
    }

    /// Returns what becomes of a property beside a reference, if it is not used.
    fn fate_of_sibling(&self, kind: Kind, name: &str, value: &Node) -> Option<Fate> {
        match kind {
            Kind::Schema if !self.has_old_schemas() || is_sibling_kept(self.name_in_3_0(name), value) => None,
            Kind::Schema => Some(Fate::Ignored("sibling of a $ref, which is ignored in 3.0")),
            _ => Some(Fate::Ignored("stands beside a $ref")),
        }
    }

    /// Returns what becomes of a property, if it is not used.
    fn fate(&self, kind: Kind, holder: &Node, name: &str, value: &Node) -> Option<Fate> {
        let is_older = self.has_old_schemas() && kind == Kind::Schema && keywords::is(name, Keyword::is_identifier);
        match self.field(kind, name, value) {
            Some(_) if is_older => Some(Fate::Refused(NOT_IN_3_0)),
            Some((_, FieldUse::Ignored(reason))) => Some(Fate::Ignored(reason)),
            // Values may be `null` and mean it; other objects call theirs as schemas do.
            Some(_) if matches!(value.value, Value::Null) && !keywords::is(name, Keyword::holds_values) => {
                Some(Fate::Ignored("it has no value"))
            }
            Some((content, _)) => is_other_form(content, value).map(Fate::Refused).or_else(|| {
                let is_format = kind == Kind::Schema && name == "format";
                is_format.then(|| formats::loss(holder)).flatten().map(Fate::Ignored)
            }),
            None if name.starts_with("x-") => Some(Fate::Ignored(EXTENSION)),
            None => Some(Fate::Refused(UNKNOWN)),
        }
    }

    /// Returns whether the schemas are those of 3.0, or of the version before it.
    fn has_old_schemas(&self) -> bool {
        self.version.form() == Version::V3_0
    }

    /// Returns the name that 3.0 has for a keyword of schemas.
    fn name_in_3_0<'name>(&self, name: &'name str) -> &'name str {
        match name {
            "x-nullable" if self.version == Written::V2_0 => "nullable",
            _ => name,
        }
    }

    /// Returns what a field holds and what becomes of it, where its value is `value`. In Swagger 2.0 a discriminator is
    /// the name of a property.
    fn field(&self, kind: Kind, name: &str, value: &Node) -> Option<(FieldContent, FieldUse)> {
        let is_name = self.version == Written::V2_0 && name == "discriminator" && value.as_str().is_some();
        match kind {
            Kind::Schema if is_name => Some((FieldContent::Plain, FieldUse::Used)),
            Kind::Schema => kind.field(self.name_in_3_0(name)),
            _ => kind.field(name),
        }
    }

    fn put(&mut self, kind: Kind, at: &Pointer, name: impl Into<Cow<'run, str>>, value: &'run Node, fate: Fate) {
        self.account.keys.push(Key {
            kind,
            at: self.bundle.places.read_at(at),
            name: name.into(),
            value,
            fate,
        });
    }

    /// Goes through what a field of an object of the kind `kind` holds.
    fn descend(&mut self, kind: Kind, content: FieldContent, value: &'run Node, at: &Pointer) {
        let fits = |held: Kind, node: &Node| held == Kind::Schema || node.as_object().is_some();
        match (content, &value.value) {
            (FieldContent::One(held), _) => self.visit(held, value, at),
            (FieldContent::SchemaOrList, Value::Object(_)) => self.visit(Kind::Schema, value, at),
            (FieldContent::Map(held), Value::Object(members)) => {
                for (name, member) in members {
                    if fits(held, member) {
                        self.account.used += 1;
                        self.visit(held, member, &at.child(name));
                    } else {
                        self.put(kind, at, name, member, Fate::Refused("no object"));
                    }
                }
            }
            (FieldContent::List(_) | FieldContent::SchemaOrList, Value::Array(elements)) => {
                let held = if let FieldContent::List(held) = content {
                    held
                } else {
                    Kind::Schema
                };
                for (index, element) in elements.iter().enumerate() {
                    if fits(held, element) {
                        self.visit(held, element, &at.element(index));
                    } else {
                        self.put(kind, at, index.to_string(), element, Fate::Refused("no object"));
                    }
                }
            }
            _ => {}
        }
    }

    /// Notes what a reference of a used object leads to.
    fn add_target(&mut self, kind: Kind, reference: &Node) {
        let Some(target) = Reference::target_of(reference) else {
            return;
        };
        if !self.targets.insert(target.clone()) {
            return;
        }
        let segments: Vec<String> = target.pointer().segments().collect();
        let section = match segments.as_slice() {
            [components, section, _] if components == "components" => Some((Kind::Components, section)),
            [section, _] if self.version == Written::V2_0 => Some((Kind::Swagger, section)),
            _ => None,
        };
        if target.is_foreign() || section.is_some_and(|(holder, section)| is_lazy(holder, section)) {
            self.open.push_back((kind, target));
        } else if object_at(self.document, &self.containers, target.pointer()) == ObjectAt::Unknown {
            self.outside.push(target.clone());
            self.open.push_back((kind, target));
        }
    }

    /// Tells of what no reference leads to in another document.
    fn put_unreached(&mut self, at: &Pointer, node: &'run Node, copied: &BTreeSet<Target>) {
        let own = Target::at(at.clone());
        if self.targets.contains(&own) || copied.contains(&own) {
            return;
        }
        for (name, member) in node.as_object().into_iter().flatten() {
            let own = Target::at(at.child(name));
            if own.holds_any_of(&self.targets) || own.holds_any_of(copied) {
                self.account.used += 1;
                self.put_unreached(&at.child(name), member, copied);
            } else {
                let fate = Fate::Ignored("unused: no reference leads to it");
                self.put(Kind::Components, at, name, member, fate);
            }
        }
    }

    /// Tells of components that nothing refers to, and of what is outside of all fields, but read all the same.
    fn finish(mut self) -> KeyUsage<'run> {
        let (holder, at) = match self.version {
            Written::V2_0 => (Kind::Swagger, Pointer::root()),
            _ => (Kind::Components, Pointer::of(["components"])),
        };
        let components = at.follow(self.document).and_then(Node::as_object);
        for (section, objects) in components.into_iter().flatten() {
            if !is_lazy(holder, section) {
                continue;
            }
            let at = at.child(section);
            for (name, object) in objects.as_object().into_iter().flatten() {
                let own = Target::at(at.child(name));
                if own.holds_any_of(&self.targets) {
                    self.account.used += 1;
                } else {
                    let fate = Fate::Ignored("unused: no request or response refers to it");
                    self.put(holder, &at, name, object, fate);
                }
            }
        }
        let copied: BTreeSet<Target> = self.bundle.places.sources().cloned().map(Target::at).collect();
        for (name, document) in documents(self.document) {
            self.put_unreached(&Pointer::to_document(name), document, &copied);
        }
        self.outside.sort();
        for key in &mut self.account.keys {
            if matches!(key.fate, Fate::Refused(UNKNOWN) | Fate::Ignored(EXTENSION)) {
                let own = Target::at(key.at.child(&key.name));
                if self.outside.iter().any(|target| target.starts_with(&own)) {
                    key.fate = Fate::Ignored(READ_IN_PART);
                }
            }
        }
        self.account
    }
}

/// Returns why a value cannot be what a field holds, if it cannot; of keywords of schemas the diagnostics tell more.
fn is_other_form(content: FieldContent, value: &Node) -> Option<&'static str> {
    let (is_object, is_list) = (value.as_object().is_some(), value.as_array().is_some());
    match content {
        FieldContent::One(Kind::Schema) => (!is_object && value.as_bool().is_none()).then_some("no schema"),
        FieldContent::One(Kind::Pagination) | FieldContent::Plain => None,
        FieldContent::SchemaOrList => (!is_object && !is_list && value.as_bool().is_none()).then_some("no schema"),
        FieldContent::One(_) => (!is_object).then_some("no object"),
        FieldContent::Map(_) => (!is_object).then_some("not a map of objects"),
        FieldContent::List(_) => (!is_list).then_some("not a list of objects"),
    }
}
