//! Lowers the normalised document to the model.
//!
//! Components are lowered one by one, in the order of their names, then path items in the order of their paths: the
//! order of keys in the document has no meaning, so it must not affect the output. An unsupported operation or schema
//! is skipped or less precise, with a line in the ledger.

mod operations;
mod schemas;
mod security;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use typed_arena::Arena;

use self::schemas::inline::Composed;
use self::schemas::naming::NamingContext;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Kind, Node};
use crate::model::{Api, Constraints, Derives, Docs, JsonTypes, ModulePath, Named, Shape, TypeId};
use crate::names::{self, Namespace};
use crate::source::{Origin, Pointer};

/// The selection of operations, and configured headers.
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
    /// What happens instead.
    pub reason: String,
    /// The origin of the keyword, or of the node if it lacks the keyword.
    pub place: Origin,
    /// Whether a diagnostic reports it.
    pub is_reported: bool,
    /// Whether nothing is lost: the keyword has no effect, or is redundant.
    pub is_ignored: bool,
}

/// Lowers the normalised document `root`.
pub fn lower(root: &Node, selection: &Selection, diagnostics: &mut Diagnostics) -> (Api, Vec<Degraded>) {
    let arena = Arena::new();
    let mut cx = Context::new(root, &arena, diagnostics);
    schemas::components::declare(&mut cx);
    schemas::components::lower(&mut cx);
    let api = operations::operation::lower_all(&mut cx, selection);
    (api, cx.degraded)
}

/// The state of lowering.
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
    inline: BTreeMap<(Origin, ModulePath), TypeId>,
    /// Inline schemas that are composed of others and are being lowered, and those within them that have been.
    composed: Vec<Composed<'run>>,
    /// How many schemas, properties and branches were written out within composed inline schemas.
    nested: usize,
    /// How many may be.
    most_nested: usize,
    /// The JSON types of schemas, by their addresses, and whether they are those that are meant.
    known_types: RefCell<BTreeMap<(usize, bool), JsonTypes>>,
    /// The types of each module, in the order in which they were made.
    modules: BTreeMap<ModulePath, Vec<TypeId>>,
    /// The type names of each namespace: all of `schemas` is one, each other module is its own.
    namespaces: BTreeMap<String, Namespace>,
    /// The unions that are being distributed over their siblings, by their node.
    spread_unions: Vec<Origin>,
    /// How many have been spread within the first of these.
    spreads: usize,
    /// The addresses of branches that are synthesized of several schemas: no place of the document has them.
    synthesized: BTreeSet<usize>,
    /// The names of statics, by the same namespaces.
    statics: BTreeMap<String, Namespace>,
    /// Whether any schema has an `unevaluated…` keyword.
    has_unevaluated: bool,
    /// Types of path parameters, by name and schema.
    ids: BTreeMap<(String, String), TypeId>,
    /// The security schemes.
    schemes: security::Schemes,
    /// The servers.
    servers: operations::server::Servers,
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
            most_nested: schemas::inline::most_nested(root),
            known_types: RefCell::default(),
            modules: BTreeMap::new(),
            namespaces: BTreeMap::new(),
            spread_unions: Vec::new(),
            spreads: 0,
            synthesized: BTreeSet::new(),
            statics: BTreeMap::new(),
            has_unevaluated: has_key(root, &["unevaluatedProperties", "unevaluatedItems"]),
            ids: BTreeMap::new(),
            schemes: security::Schemes::default(),
            servers: operations::server::Servers::default(),
        }
    }

    /// Returns the target of a `$ref` of the normalised document.
    fn target(&self, reference: &str) -> Option<(&'run Node, Pointer)> {
        let pointer = Pointer::of_reference(reference)?;
        let root = self.root;
        Some((pointer.follow(root)?, pointer))
    }

    /// Returns the type of the component that is the target of a `$ref`.
    fn component(&self, reference: &str) -> Option<TypeId> {
        let pointer = Pointer::of_reference(reference)?;
        let name = pointer.segments().nth(2)?;
        self.components.get(&name).copied()
    }

    /// Follows `node`, an object of the kind `kind` at `pointer`, through references to others of its kind.
    ///
    /// If the result still is a reference, it is dangling or its target is another kind of object, which was reported.
    fn follow(&self, kind: Kind, node: &'run Node, pointer: Pointer) -> (&'run Node, Pointer) {
        let section = Pointer::of(["components", kind.component().unwrap_or_default()]);
        let mut found = (node, pointer);
        // Reference cycles were reported; the set is for documents with errors.
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
        // Reference cycles were reported; the set is for documents with errors.
        let mut seen = BTreeSet::new();
        while let Some(target) = self.referred(node).filter(|_| seen.insert(address(node))) {
            node = target;
        }
        node
    }

    /// Returns the target of the `$ref` of `node`.
    fn referred(&self, node: &Node) -> Option<&'run Node> {
        let reference = node.get("$ref").and_then(Node::as_str)?;
        self.target(reference).map(|(target, _)| target)
    }

    /// Returns the annotations of a use of the schema `node`, including `readOnly`, `writeOnly` and `default` of a
    /// referenced component.
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

    /// Records that `keyword` of `node` is not supported.
    fn degrade(&mut self, node: &Node, keyword: &str, reason: impl Into<String>) {
        self.note(node, keyword, reason.into(), false);
    }

    /// Records that `keyword` of `node` has no effect.
    fn ignore(&mut self, node: &Node, keyword: &str, reason: impl Into<String>) {
        self.note(node, keyword, reason.into(), true);
    }

    fn note(&mut self, node: &Node, keyword: &str, reason: String, is_ignored: bool) {
        self.degraded.push(Degraded {
            origin: node.origin,
            keyword: keyword.to_owned(),
            reason,
            place: node.get(keyword).map_or(node.origin, |value| value.origin.key()),
            is_reported: false,
            is_ignored,
        });
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Returns a unique name for a type in `module_path`.
    fn take_type_name(&mut self, module_path: &ModulePath, words: &str) -> String {
        self.namespaces
            .entry(module_path.rust_path())
            .or_default()
            .take(&names::type_name(words), words)
    }

    /// Returns a unique name for the static of the type `name` in `module_path`. `noun` describes the static.
    fn take_static_name(&mut self, module_path: &ModulePath, name: &str, noun: &str) -> String {
        let candidate = names::static_name(name, noun);
        self.statics
            .entry(module_path.rust_path())
            .or_insert_with(|| {
                let mut statics = Namespace::default();
                for local in names::LOCAL_STATICS {
                    statics.reserve(local);
                }
                statics
            })
            .take(&candidate, name)
    }

    /// Declares a type whose shape is not known yet.
    fn declare(&mut self, module_path: &ModulePath, words: &str, docs: Docs) -> TypeId {
        let name = self.take_type_name(module_path, words);
        let static_name = self.take_static_name(module_path, &name, "SCHEMA");
        let id = TypeId::new(self.types.len());
        self.types.push(Named {
            static_name,
            name,
            module: module_path.clone(),
            docs,
            shape: Shape::Alias(crate::model::Type::Json),
            constraints: Constraints::default(),
            has_static: false,
            conversions: Vec::new(),
            derives: Derives::default(),
            has_default_impl: false,
            is_input: false,
            is_nullable: false,
        });
        self.modules.entry(module_path.clone()).or_default().push(id);
        id
    }

    /// Defines a declared type.
    fn define(&mut self, id: TypeId, shape: Shape, constraints: Constraints) {
        let named = &mut self.types[id.index()];
        named.shape = shape;
        named.constraints = constraints;
    }
}

/// Returns the identity of a node.
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

/// Returns the annotations of `node`.
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
        title: text("title").into(),
        text: text("description").into(),
        origin: Some(node.origin).into(),
        pointer: Pointer::root().into(),
        deprecated: is_set(node, "deprecated"),
        read_only: is_set(node, "readOnly"),
        write_only: is_set(node, "writeOnly"),
        default: node.get("default").map(ToString::to_string),
    }
}
