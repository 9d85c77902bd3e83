//! Lowers the normalised document to the model.
//!
//! Components are lowered one by one, in the order of their names, then path
//! items in the order of their paths: the order of a document's keys carries no
//! meaning, so it must not show. A piece that is not understood costs itself,
//! and the ledger says so.

mod all_of;
mod ambiguity;
mod body;
mod checks;
mod components;
mod discriminator;
mod encoding;
mod form;
mod inline;
mod integer;
mod kinds;
mod media_type;
mod merge;
mod method;
mod object;
mod object_form;
mod operation;
mod paging;
mod parameter;
mod parse;
mod parts;
mod path;
mod path_key;
mod pattern;
mod place;
mod reading;
mod reply;
mod required;
mod response_content;
mod rule;
mod schema;
mod security;
mod server;
mod string_enum;
mod style;
mod tuple;
mod union;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use typed_arena::Arena;

use self::inline::Composed;
use self::place::{Home, Place};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Kind, Node, Origin, Pointer};
use crate::model::{Api, Docs, JsonTypes, Named, Rule, Shape, TypeId};
use crate::names::{self, Namespace};

/// What a run was asked for, beyond the document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// Tags and operation ids; empty for all operations.
    pub only: Vec<String>,
    /// Headers of every request; `{info.version}` stands for the document's version.
    pub headers: Vec<(String, String)>,
}

/// Something of the document that the crate does not express.
#[derive(Debug, Clone, PartialEq)]
pub struct Degraded {
    /// The node that holds the keyword.
    pub origin: Origin,
    /// The keyword.
    pub keyword: String,
    /// What became of it.
    pub reason: String,
    /// Where the keyword itself stands, as far as it does.
    pub place: Origin,
    /// Whether a diagnostic tells of it already.
    pub is_told: bool,
    /// Whether nothing is lost: the document itself says that it does not count, or says it twice.
    pub is_ignored: bool,
}

/// Lowers the normalised document `root`.
pub fn lower(root: &Node, selection: &Selection, diagnostics: &mut Diagnostics) -> (Api, Vec<Degraded>) {
    let arena = Arena::new();
    let mut cx = Context::new(root, &arena, diagnostics);
    components::declare(&mut cx);
    components::lower(&mut cx);
    let api = operation::lower_all(&mut cx, selection);
    (api, cx.degraded)
}

/// What lowering knows so far.
struct Context<'run> {
    root: &'run Node,
    /// Schemas that were merged from several; they are no nodes of the document.
    arena: &'run Arena<Node>,
    diagnostics: &'run mut Diagnostics,
    degraded: Vec<Degraded>,
    types: Vec<Named>,
    /// Components of the section `schemas`, by name.
    components: BTreeMap<String, TypeId>,
    /// Inline types, by the node that they were made of and the module that they are in.
    inline: BTreeMap<(Origin, Home), TypeId>,
    /// Inline schemas that are composed of others and are being lowered, and those within them that have been.
    composed: Vec<Composed<'run>>,
    /// How many schemas, properties and branches were written out within composed inline schemas.
    nested: usize,
    /// How many may be.
    most_nested: usize,
    /// The JSON types of schemas, by their addresses, and whether they are those that are meant.
    known_types: RefCell<BTreeMap<(usize, bool), JsonTypes>>,
    /// The types of each module, in the order in which they were made.
    modules: BTreeMap<String, Vec<TypeId>>,
    /// The type names of each namespace: all of `schemas` is one, each other module is its own.
    namespaces: BTreeMap<String, Namespace>,
    /// The unions whose branches are being given what stands beside them, by the node that has them.
    spread_unions: Vec<Origin>,
    /// How many have been spread within the first of these.
    spreads: usize,
    /// The addresses of branches that are made up of several schemas: no place of the document has them.
    made_up: BTreeSet<usize>,
    /// The names of statics, by the same namespaces.
    statics: BTreeMap<String, Namespace>,
    /// Whether any schema asks of members or elements that others leave unevaluated.
    has_unevaluated: bool,
    /// Types of path parameters, by name and schema.
    ids: BTreeMap<(String, String), TypeId>,
    /// The security schemes.
    schemes: security::Schemes,
    /// The servers.
    servers: server::Servers,
}

impl<'run> Context<'run> {
    fn new(root: &'run Node, arena: &'run Arena<Node>, diagnostics: &'run mut Diagnostics) -> Self {
        Self {
            root,
            arena,
            diagnostics,
            degraded: Vec::new(),
            types: Vec::new(),
            components: BTreeMap::new(),
            inline: BTreeMap::new(),
            composed: Vec::new(),
            nested: 0,
            most_nested: inline::most_nested(root),
            known_types: RefCell::default(),
            modules: BTreeMap::new(),
            namespaces: BTreeMap::new(),
            spread_unions: Vec::new(),
            spreads: 0,
            made_up: BTreeSet::new(),
            statics: BTreeMap::new(),
            has_unevaluated: has_key(root, &["unevaluatedProperties", "unevaluatedItems"]),
            ids: BTreeMap::new(),
            schemes: security::Schemes::default(),
            servers: server::Servers::default(),
        }
    }

    /// Returns the node that a `$ref` of the normalised document leads to.
    fn target(&self, reference: &str) -> Option<(&'run Node, Pointer)> {
        let pointer = Pointer::of_reference(reference)?;
        let root = self.root;
        Some((pointer.follow(root)?, pointer))
    }

    /// Returns the type of the component that a `$ref` leads to.
    fn component(&self, reference: &str) -> Option<TypeId> {
        let pointer = Pointer::of_reference(reference)?;
        let name = pointer.segments().nth(2)?;
        self.components.get(&name).copied()
    }

    /// Follows `node`, an object of the kind `kind` at `pointer`, through references to others of its kind.
    ///
    /// What still is a reference then leads nowhere, or to another kind of object; that was reported where it stands.
    fn follow(&self, kind: Kind, node: &'run Node, pointer: Pointer) -> (&'run Node, Pointer) {
        let section = Pointer::of(["components", kind.component().unwrap_or_default()]);
        let mut found = (node, pointer);
        // Circles of references were refused; the set is for a document that has errors.
        let mut seen = BTreeSet::new();
        while seen.insert(address(found.0)) {
            let reference = found.0.get("$ref").and_then(Node::as_str);
            match reference.and_then(|reference| self.target(reference)) {
                Some(next) if next.1.starts_with(&section) => found = next,
                _ => break,
            }
        }
        found
    }

    /// Follows a node through references until it is none.
    fn resolve(&self, node: &'run Node) -> &'run Node {
        let mut node = node;
        // Circles of references were refused; the set is for a document that has errors.
        let mut seen = BTreeSet::new();
        while let Some(target) = self.referred(node).filter(|_| seen.insert(address(node))) {
            node = target;
        }
        node
    }

    /// Returns what the `$ref` of `node` leads to.
    fn referred(&self, node: &Node) -> Option<&'run Node> {
        let reference = node.get("$ref").and_then(Node::as_str)?;
        self.target(reference).map(|(target, _)| target)
    }

    /// Returns what is said of a place whose values have the schema `node`: what a component
    /// that it refers to says of its use holds there too.
    fn docs_of_use(&self, node: &'run Node) -> Docs {
        let (own, target) = (docs(node), self.resolve(node));
        let of_target = docs(target);
        Docs {
            read_only: own.read_only || of_target.read_only,
            write_only: own.write_only || of_target.write_only,
            default: own.default.or(of_target.default),
            ..own
        }
    }

    /// Notes that `keyword` of `node` is not expressed.
    fn degrade(&mut self, node: &Node, keyword: &str, reason: impl Into<String>) {
        self.note(node, keyword, reason.into(), false);
    }

    /// Notes that `keyword` of `node` has nothing to say.
    fn ignore(&mut self, node: &Node, keyword: &str, reason: impl Into<String>) {
        self.note(node, keyword, reason.into(), true);
    }

    fn note(&mut self, node: &Node, keyword: &str, reason: String, is_ignored: bool) {
        self.degraded.push(Degraded {
            origin: node.origin,
            keyword: keyword.to_owned(),
            reason,
            place: node.get(keyword).map_or(node.origin, |value| value.origin.key()),
            is_told: false,
            is_ignored,
        });
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Returns a name for a type in `home` that no other type there has.
    fn take_type_name(&mut self, home: &Home, words: &str) -> String {
        self.namespaces
            .entry(home.namespace())
            .or_default()
            .take(&names::type_name(words), words)
    }

    /// Returns a name for the static of the type `name` in `home`; `noun` says what it holds.
    fn take_static_name(&mut self, home: &Home, name: &str, noun: &str) -> String {
        let candidate = names::static_name(name, noun);
        self.statics
            .entry(home.namespace())
            .or_insert_with(|| {
                let mut statics = Namespace::default();
                for local in names::LOCAL_STATICS {
                    statics.reserve(local);
                }
                statics
            })
            .take(&candidate, name)
    }

    /// Makes room for a type whose shape is not known yet.
    fn declare(&mut self, home: &Home, words: &str, docs: Docs) -> TypeId {
        let name = self.take_type_name(home, words);
        let static_name = self.take_static_name(home, &name, "SCHEMA");
        let id = TypeId::new(self.types.len());
        self.types.push(Named {
            static_name,
            name,
            module: home.path(),
            docs,
            shape: Shape::Alias(crate::model::Type::Json),
            rule: Rule::default(),
            has_static: false,
            is_eq: false,
            is_default: false,
            is_input: false,
            is_nullable: false,
        });
        self.modules.entry(home.path()).or_default().push(id);
        id
    }

    /// Settles what a declared type is.
    fn define(&mut self, id: TypeId, shape: Shape, rule: Rule) {
        let named = &mut self.types[id.index()];
        named.shape = shape;
        named.rule = rule;
    }
}

/// Returns what tells a node from all others, whatever they hold.
fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

/// Returns whether any object within `node` has one of the keys.
fn has_key(node: &Node, keys: &[&str]) -> bool {
    let members = node.as_object().into_iter().flatten();
    let elements = node.as_array().into_iter().flatten();
    members
        .map(|(key, value)| keys.contains(&key.as_str()) || has_key(value, keys))
        .chain(elements.map(|element| has_key(element, keys)))
        .any(|has| has)
}

fn is_set(node: &Node, keyword: &str) -> bool {
    node.get(keyword).and_then(Node::as_bool) == Some(true)
}

/// Returns what `node` says of itself in words.
///
/// The pointer is filled in at the end, when origins are turned into pointers.
fn docs(node: &Node) -> Docs {
    let text = |key| {
        node.get(key)
            .and_then(Node::as_str)
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    Docs {
        title: text("title"),
        text: text("description"),
        origin: Some(node.origin),
        pointer: Pointer::root(),
        deprecated: is_set(node, "deprecated"),
        read_only: is_set(node, "readOnly"),
        write_only: is_set(node, "writeOnly"),
        default: node.get("default").map(ToString::to_string),
    }
}
