//! Gives inline schemas that need one a type of their own.

use super::parts::UNIONS;
use super::schema::{Lowered, is_bare_reference};
use super::{Context, Place, address, docs};
use crate::document::{Node, Value};
use crate::model::{Shape, Type, TypeId};

/// How many inline schemas that are composed of others may lie in one another.
const DEEPEST: usize = 16;

/// How many of them may lie in one.
const MOST: usize = 100;

/// How many of them a document may have, where each lies in another one; each branch of a union within counts too.
const MOST_IN_ALL: usize = 8_000;

/// An inline schema that is composed of others, in the module where its type is written.
pub(super) struct Composed<'run> {
    node: &'run Node,
    place: Place,
    type_: Progress,
}

/// How far lowering has come with a composed schema.
enum Progress {
    /// It is being lowered; what leads back to it has made room for its type, if it has one.
    Open(Option<TypeId>),
    /// It has this type.
    Done(Type),
}

impl<'run> Context<'run> {
    /// Returns the type of `node`, which is `null` aside what `node` becomes.
    ///
    /// Merging the parts of a schema writes the schemas of its members out, and so may lead to itself, with no
    /// component between: it is recognised, and gets a type that holds itself.
    pub(super) fn lower_inline(&mut self, node: &'run Node, place: &Place) -> Type {
        if !self.is_composed(node) {
            return match self.lower_schema(node, place) {
                Lowered::Type(type_) => type_,
                Lowered::Shape(shape) => {
                    let id = self.declare_inline(node, place);
                    self.define_inline(id, node, place, shape)
                }
            };
        }
        if let Some(type_) = self.recognise(node, place) {
            return type_;
        }
        let is_open = |known: &&Composed<'_>| matches!(known.type_, Progress::Open(_));
        if self.composed.iter().filter(is_open).count() >= DEEPEST
            || self.composed.len() >= MOST
            || (!self.composed.is_empty() && self.nested >= MOST_IN_ALL)
        {
            self.degrade(
                node,
                "allOf",
                "too many schemas are composed in one another, so it is any JSON value",
            );
            return Type::Json;
        }
        let index = self.composed.len();
        self.nested += usize::from(index > 0);
        self.composed.push(Composed {
            node,
            place: place.clone(),
            type_: Progress::Open(None),
        });
        let lowered = self.lower_schema(node, place);
        let declared = match self.composed[index].type_ {
            Progress::Open(id) => id,
            Progress::Done(_) => None,
        };
        let type_ = match (lowered, declared) {
            (Lowered::Type(type_), None) => type_,
            (Lowered::Type(type_), Some(id)) => {
                let shape = match type_ {
                    Type::Named(other) if other == id => Shape::Alias(Type::Json),
                    Type::Named(_) | Type::Json => Shape::Alias(type_),
                    other => Shape::Wrapper(other),
                };
                self.define_inline(id, node, place, shape)
            }
            (Lowered::Shape(shape), declared) => {
                let id = declared.unwrap_or_else(|| self.declare_inline(node, place));
                self.define_inline(id, node, place, shape)
            }
        };
        if index == 0 {
            self.composed.clear();
        } else {
            self.composed[index].type_ = Progress::Done(type_.clone());
        }
        type_
    }

    /// Returns whether lowering `node` merges it with other schemas, or, where it is a union of one branch, that.
    fn is_composed(&self, node: &'run Node) -> bool {
        let mut node = node;
        // Branches lie within one another, so their number is that of the levels of a document.
        loop {
            if is_merged(node) {
                return true;
            }
            let Some(keyword) = UNIONS.into_iter().find(|keyword| node.get(keyword).is_some()) else {
                return false;
            };
            match self.branches(node, keyword).as_slice() {
                [only] => node = only,
                _ => return false,
            }
        }
    }

    /// Returns the type of a schema that is being lowered, or was within the one that is.
    fn recognise(&mut self, node: &'run Node, place: &Place) -> Option<Type> {
        let is_known = |known: &Composed<'_>| known.place.module == place.module && is_same(known.node, node);
        let index = self.composed.iter().position(is_known)?;
        let type_ = match &self.composed[index].type_ {
            Progress::Done(type_) => type_.clone(),
            Progress::Open(Some(id)) => Type::Named(*id),
            Progress::Open(None) => {
                let place = self.composed[index].place.clone();
                let id = self.declare_inline(node, &place);
                self.composed[index].type_ = Progress::Open(Some(id));
                Type::Named(id)
            }
        };
        Some(type_)
    }

    /// Gives an inline schema a name beside its parent.
    fn declare_inline(&mut self, node: &'run Node, place: &Place) -> TypeId {
        let mut docs = docs(node);
        docs.origin = docs.origin.filter(|_| !self.is_made_up(node));
        self.declare(&place.module, &place.words, docs)
    }

    fn define_inline(&mut self, id: TypeId, node: &'run Node, place: &Place, shape: Shape) -> Type {
        let rule = self.lower_rule(node, &place.module);
        self.define(id, shape, rule);
        let type_ = Type::Named(id);
        let is_nullable = matches!(self.nullable(node, type_.clone()), Type::Nullable(_));
        self.types[id.index()].is_nullable = is_nullable;
        if !self.is_made_up(node) {
            self.inline.insert((node.origin, place.module.clone()), id);
        }
        type_
    }

    /// Returns whether `node` is no schema of the document, but made up of several.
    ///
    /// The list of parts of a made-up schema stands where the schema does, which it never does in a document.
    pub(super) fn is_made_up(&self, node: &Node) -> bool {
        let is_list_made_up = node.get("allOf").is_some_and(|parts| parts.origin == node.origin);
        is_list_made_up || self.made_up.contains(&address(node))
    }
}

/// Returns whether lowering `node` merges it with other schemas.
fn is_merged(node: &Node) -> bool {
    let has = |keyword: &&str| node.get(keyword).is_some();
    let is_union = UNIONS.iter().any(&has);
    node.get("allOf").is_some()
        || (node.get("$ref").is_some() && !is_bare_reference(node))
        || (is_union && super::all_of::MEMBERS.iter().any(has))
}

/// Returns whether two nodes are copies of one, in all that they hold.
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

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::document::{Sources, normalise, read};
    use crate::lower::{Selection, lower};

    /// Each branch has the union again, and so each branch of that: the types are counted over the whole document.
    #[test]
    fn unions_within_their_branches_have_a_bound() {
        let branch =
            "{allOf: [{$ref: '#/components/schemas/Range'}, {type: object, properties: {limit: {type: integer}}}]}";
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: Ranges, version: 1.0.0}}\ncomponents:\n  schemas:\n    Range: {{type: object, properties: {{within: {{oneOf: [{}]}}}}}}\n",
            vec![branch; 50].join(", ")
        );
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let document = read(&mut sources, "ranges.yaml", &text, &mut diagnostics).unwrap();
        let document = normalise(&document, &mut diagnostics).unwrap();
        let (api, degraded) = lower(&document, &Selection::default(), &mut diagnostics);
        assert!(api.types.len() < 1000, "{} types", api.types.len());
        assert!(
            degraded
                .iter()
                .any(|degraded| degraded.reason.starts_with("too many schemas are composed"))
        );
    }
}
