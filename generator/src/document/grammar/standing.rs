//! Determines the object at a pointer of a document, by the grammar.

use crate::document::grammar::containers::Containers;
use crate::document::{FieldContent, Kind, Node};
use crate::source::Pointer;

/// The object at a pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum ObjectAt {
    /// An object of the specification.
    Object(Kind),
    /// Something else that the specification defines, described in words.
    Other(&'static str),
    /// Something that the specification does not define, such as the value of an extension.
    Unknown,
}

/// The current position in the grammar.
#[derive(Clone, Copy)]
enum Position {
    Object(Kind),
    Map(Kind),
    List(Kind),
    Container,
    Plain,
    Unknown,
}

/// Returns the object at `pointer` of `document`.
pub(in crate::document) fn object_at(document: &Node, containers: &Containers, pointer: &Pointer) -> ObjectAt {
    let root = Position::Object(Kind::of_document(document));
    let (mut step, mut at, mut node) = (root, Pointer::root(), Some(document));
    let mut rest = pointer.clone();
    if let (Some(name), within) = pointer.in_document() {
        at = Pointer::to_document(&name);
        node = at.follow(document);
        let is_root = |node: &&Node| node.get("openapi").is_some() || node.get("swagger").is_some();
        // What another file than such a document holds, what refers to it says.
        step = match node.filter(is_root) {
            Some(node) => Position::Object(Kind::of_document(node)),
            None => Position::Unknown,
        };
        rest = within;
    }
    for segment in rest.segments() {
        at = at.child(&segment);
        node = node.and_then(|node| match node.as_array() {
            Some(elements) => elements.get(segment.parse::<usize>().ok()?),
            None => node.get(&segment),
        });
        step = match step {
            Position::Object(kind) => match kind.field(&segment) {
                Some((FieldContent::One(kind), _)) => Position::Object(kind),
                Some((FieldContent::Map(kind), _)) => Position::Map(kind),
                Some((FieldContent::List(kind), _)) => Position::List(kind),
                Some((FieldContent::SchemaOrList, _)) if node.is_some_and(|node| node.as_array().is_some()) => {
                    Position::List(Kind::Schema)
                }
                Some((FieldContent::SchemaOrList, _)) => Position::Object(Kind::Schema),
                Some((FieldContent::Plain, _)) => Position::Plain,
                None => Position::Unknown,
            },
            Position::Map(kind) | Position::List(kind) => Position::Object(kind),
            Position::Container => Position::Object(Kind::Schema),
            Position::Plain => Position::Plain,
            Position::Unknown => Position::Unknown,
        };
        if containers.has(&at) {
            step = Position::Container;
        }
    }
    match step {
        Position::Object(kind) => ObjectAt::Object(kind),
        Position::Map(kind) => ObjectAt::Other(match kind {
            Kind::Schema => "a map of schemas",
            _ => "a map of objects",
        }),
        Position::List(kind) => ObjectAt::Other(match kind {
            Kind::Schema => "a list of schemas",
            _ => "a list of objects",
        }),
        Position::Container => ObjectAt::Other("a map of schemas"),
        Position::Plain => ObjectAt::Other("a plain value"),
        Position::Unknown => ObjectAt::Unknown,
    }
}
