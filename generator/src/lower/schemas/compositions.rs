//! The composed inline schemas that are being lowered, and a bound for what is expanded within them.

use crate::document::{Node, Value};
use crate::lower::schemas::naming::NamingContext;
use crate::model::{ModulePath, Type, TypeId};

/// The maximum depth of nested composed inline schemas.
///
/// The nesting of schemas in real documents is small. A schema that refers to itself, with more to merge each time,
/// would have no end.
const DEEPEST: usize = 64;

/// How often a schema of the document may be nested in merges of itself, each time with another schema.
const DEEPEST_OF_ONE: usize = 4;

/// How many properties and subschemas may be expanded within composed schemas of a small document. A larger document
/// may have as many as it has nodes.
const LEAST_NESTED: usize = 8_000;

/// The inline schemas that are composed of others and are being lowered, and those within them that have been.
pub(in crate::lower) struct Compositions<'run> {
    list: Vec<Composed<'run>>,
    /// How many composed schemas, properties and subschemas were expanded within composed schemas.
    nested: usize,
    /// The maximum of `nested`.
    most_nested: usize,
}

/// An inline schema that is composed of others, in the module where its type is written.
pub(in crate::lower) struct Composed<'run> {
    node: &'run Node,
    pub(in crate::lower) place: NamingContext,
    pub(in crate::lower) type_: Progress,
}

/// How far lowering has come with a composed schema.
pub(in crate::lower) enum Progress {
    /// It is being lowered; its type is declared, if a recursive reference needs it.
    Open(Option<TypeId>),
    /// It has this type.
    Done(Type),
}

impl<'run> Compositions<'run> {
    /// Returns the compositions of the document `root`.
    pub(in crate::lower) fn new(root: &Node) -> Self {
        Self {
            list: Vec::new(),
            nested: 0,
            most_nested: count_nodes(root).max(LEAST_NESTED),
        }
    }

    /// Starts the composed schema `node`, and returns its index.
    pub(in crate::lower) fn open(&mut self, node: &'run Node, place: &NamingContext) -> usize {
        self.count_nested(1);
        self.list.push(Composed {
            node,
            place: place.clone(),
            type_: Progress::Open(None),
        });
        self.list.len() - 1
    }

    /// Ends the composed schema at `index`, which has this type.
    ///
    /// The end of the outermost one ends all within it.
    pub(in crate::lower) fn close(&mut self, index: usize, type_: &Type) {
        if index == 0 {
            self.list.clear();
        } else {
            self.list[index].type_ = Progress::Done(type_.clone());
        }
    }

    /// Returns the type that was declared for the composed schema at `index`, if a recursive reference needed it.
    pub(in crate::lower) fn declared(&self, index: usize) -> Option<TypeId> {
        match self.list[index].type_ {
            Progress::Open(id) => id,
            Progress::Done(_) => None,
        }
    }

    /// Returns the composed schema that is equal to `node` and in the same module.
    pub(in crate::lower) fn find(&mut self, node: &Node, module: &ModulePath) -> Option<&mut Composed<'run>> {
        let mut list = self.list.iter_mut();
        list.find(|known| known.place.module == *module && is_same(known.node, node))
    }

    /// Counts the schemas that are expanded within a composed schema.
    pub(in crate::lower) fn count_nested(&mut self, count: usize) {
        if !self.list.is_empty() {
            self.nested += count;
        }
    }

    /// Returns whether one more composed schema at `node` would be nested too deeply, or make the output too large.
    pub(in crate::lower) fn is_full(&self, node: &Node) -> bool {
        let is_open = |known: &&Composed<'_>| matches!(known.type_, Progress::Open(_));
        let is_same_place = |known: &&Composed<'_>| known.node.origin == node.origin;
        let open = self.list.iter().filter(is_open);
        !self.list.is_empty()
            && (self.nested >= self.most_nested
                || open.clone().count() >= DEEPEST
                || open.filter(is_same_place).count() >= DEEPEST_OF_ONE)
    }
}

/// Returns how many nodes are in the tree of `node`.
fn count_nodes(node: &Node) -> usize {
    let members = node
        .as_object()
        .into_iter()
        .flatten()
        .map(|(_, value)| count_nodes(value));
    let elements = node.as_array().into_iter().flatten().map(count_nodes);
    1 + members.chain(elements).sum::<usize>()
}

/// Returns whether two nodes are equal copies of one node.
fn is_same(left: &Node, right: &Node) -> bool {
    left.origin == right.origin
        && match (&left.value, &right.value) {
            (Value::Array(left), Value::Array(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_same(left, right))
            }
            (Value::Object(left), Value::Object(right)) => {
                let has_same =
                    |(name, left): (&String, &Node)| right.get(name).is_some_and(|right| is_same(left, right));
                left.len() == right.len() && left.iter().all(has_same)
            }
            _ => left == right,
        }
}
