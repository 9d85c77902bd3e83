//! What stands at a place of a document, by the grammar.

use super::containers::Containers;
use super::{Holds, Kind, Node, Pointer};

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// An object of the specification.
    Object(Kind),
    /// Something else that the specification knows, in words.
    Other(&'static str),
    /// Something of which the specification says nothing, such as the value of an extension.
    Unknown,
}

/// What a way through a document has come to.
#[derive(Clone, Copy)]
enum Step {
    Object(Kind),
    Map(Kind),
    List(Kind),
    Container,
    Plain,
    Unknown,
}

/// Returns what stands at `pointer` of `document`.
pub(super) fn standing(document: &Node, containers: &Containers, pointer: &Pointer) -> Standing {
    let (mut step, mut at, mut node) = (Step::Object(Kind::OpenApi), Pointer::root(), Some(document));
    for segment in pointer.segments() {
        at = at.child(&segment);
        node = node.and_then(|node| match node.as_array() {
            Some(elements) => elements.get(segment.parse::<usize>().ok()?),
            None => node.get(&segment),
        });
        step = match step {
            Step::Object(kind) => match kind.field(&segment) {
                Some((Holds::One(kind), _)) => Step::Object(kind),
                Some((Holds::Map(kind), _)) => Step::Map(kind),
                Some((Holds::List(kind), _)) => Step::List(kind),
                Some((Holds::SchemaOrList, _)) if node.is_some_and(|node| node.as_array().is_some()) => {
                    Step::List(Kind::Schema)
                }
                Some((Holds::SchemaOrList, _)) => Step::Object(Kind::Schema),
                Some((Holds::Plain, _)) => Step::Plain,
                None => Step::Unknown,
            },
            Step::Map(kind) | Step::List(kind) => Step::Object(kind),
            Step::Container => Step::Object(Kind::Schema),
            Step::Plain => Step::Plain,
            Step::Unknown => Step::Unknown,
        };
        if containers.has(&at) {
            step = Step::Container;
        }
    }
    match step {
        Step::Object(kind) => Standing::Object(kind),
        Step::Map(kind) => Standing::Other(match kind {
            Kind::Schema => "a map of schemas",
            _ => "a map of objects",
        }),
        Step::List(kind) => Standing::Other(match kind {
            Kind::Schema => "a list of schemas",
            _ => "a list of objects",
        }),
        Step::Container => Standing::Other("a map of schemas"),
        Step::Plain => Standing::Other("a plain value"),
        Step::Unknown => Standing::Unknown,
    }
}
