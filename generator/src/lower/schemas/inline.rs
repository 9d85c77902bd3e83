//! Gives inline schemas that need one a type of their own.

use crate::document::{Node, Value};
use crate::lower::schemas::parts::UNIONS;
use crate::lower::schemas::schema::{Lowered, is_bare_reference};
use crate::lower::{Context, NamingContext, address, docs};
use crate::model::{Shape, Type, TypeId};

/// How many inline schemas that are composed of others may lie in one another.
///
/// The nesting of schemas in real documents is small. A schema that refers to itself, with more to merge each time,
/// would have no end.
const DEEPEST: usize = 64;

/// How often a schema of the document may be nested in merges of itself, each time with another schema.
const DEEPEST_OF_ONE: usize = 4;

/// How many schemas, properties and branches may be written out within composed schemas, whatever the document's size;
/// a larger document may have as many as it has nodes.
const LEAST_NESTED: usize = 8_000;

/// An inline schema that is composed of others, in the module where its type is written.
pub(in crate::lower) struct Composed<'run> {
    node: &'run Node,
    place: NamingContext,
    type_: Progress,
}

/// How far lowering has come with a composed schema.
enum Progress {
    /// It is being lowered; its type is declared, if a recursive reference needs it.
    Open(Option<TypeId>),
    /// It has this type.
    Done(Type),
}

impl<'run> Context<'run> {
    /// Returns the type of the inline schema `node`.
    ///
    /// Merging subschemas expands the schemas of properties, and so may be recursive without a component in between.
    /// Such a schema is recognised, and gets a recursive type.
    pub(in crate::lower) fn lower_inline(&mut self, node: &'run Node, place: &NamingContext) -> Type {
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
        if self.contains_composition(node) {
            self.degrade(node, "allOf", "too many nested compositions, so it is any JSON value");
            return Type::Json;
        }
        let index = self.composed.len();
        self.count_nested(1);
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

    /// Returns whether one more composed schema at `node` would be nested too deeply, or make the output too large.
    fn contains_composition(&self, node: &Node) -> bool {
        let is_open = |known: &&Composed<'_>| matches!(known.type_, Progress::Open(_));
        let is_same_place = |known: &&Composed<'_>| known.node.origin == node.origin;
        let open = self.composed.iter().filter(is_open);
        !self.composed.is_empty()
            && (self.nested >= self.most_nested
                || open.clone().count() >= DEEPEST
                || open.filter(is_same_place).count() >= DEEPEST_OF_ONE)
    }

    /// Counts the schemas that are expanded within a composed schema.
    pub(in crate::lower) fn count_nested(&mut self, count: usize) {
        if !self.composed.is_empty() {
            self.nested += count;
        }
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
    fn recognise(&mut self, node: &'run Node, place: &NamingContext) -> Option<Type> {
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
    fn declare_inline(&mut self, node: &'run Node, place: &NamingContext) -> TypeId {
        let mut docs = docs(node);
        *docs.origin = docs.origin.filter(|_| !self.is_synthesized(node));
        self.declare(&place.module, &place.words, docs)
    }

    fn define_inline(&mut self, id: TypeId, node: &'run Node, place: &NamingContext, shape: Shape) -> Type {
        let constraints = self.lower_constraints(node, &place.module);
        self.define(id, shape, constraints);
        let type_ = Type::Named(id);
        let is_nullable = matches!(self.nullable(node, type_.clone()), Type::Nullable(_));
        self.types[id.index()].is_nullable = is_nullable;
        if !self.is_synthesized(node) {
            self.inline.insert((node.origin, place.module.clone()), id);
        }
        type_
    }

    /// Returns whether `node` is no schema of the document, but synthesized of several.
    ///
    /// The list of subschemas of a synthesized schema has the origin of the schema, which never happens in a document.
    pub(in crate::lower) fn is_synthesized(&self, node: &Node) -> bool {
        let is_list_made_up = node.get("allOf").is_some_and(|parts| parts.origin == node.origin);
        is_list_made_up || self.synthesized.contains(&address(node))
    }
}

/// Returns how much may be written out within composed schemas of the document `root`.
pub(in crate::lower) fn most_nested(root: &Node) -> usize {
    fn count(node: &Node) -> usize {
        let members = node.as_object().into_iter().flatten().map(|(_, value)| count(value));
        let elements = node.as_array().into_iter().flatten().map(count);
        1 + members.chain(elements).sum::<usize>()
    }
    count(root).max(LEAST_NESTED)
}

/// Returns whether lowering `node` merges it with other schemas.
fn is_merged(node: &Node) -> bool {
    let has = |keyword: &&str| node.get(keyword).is_some();
    let is_union = UNIONS.iter().any(&has);
    node.get("allOf").is_some()
        || (node.get("$ref").is_some() && !is_bare_reference(node))
        || (is_union && crate::lower::schemas::all_of::MEMBERS.iter().any(has))
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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::diagnostic::Diagnostics;
    use crate::document::{normalise, read};
    use crate::lower::{Degraded, Selection, lower};
    use crate::model::{Api, Shape};
    use crate::source::Sources;

    const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Ranges, version: 1.0.0}\ncomponents:\n  schemas:\n";

    fn lowered(schemas: &str) -> (Api, Vec<Degraded>) {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let text = format!("{HEAD}{schemas}");
        let document = read(&mut sources, "ranges.yaml", &text, &mut diagnostics).unwrap();
        let document = normalise(&document, &mut diagnostics).unwrap();
        lower(&document, &Selection::default(), &mut diagnostics)
    }

    fn is_cut_off(degraded: &[Degraded]) -> bool {
        degraded
            .iter()
            .any(|degraded| degraded.reason.starts_with("too many nested compositions"))
    }

    /// Each branch has the union again, and so each branch of that: the types are counted over the whole document.
    #[test]
    fn unions_within_their_branches_have_a_bound() {
        let branch =
            "{allOf: [{$ref: '#/components/schemas/Range'}, {type: object, properties: {limit: {type: integer}}}]}";
        let (api, degraded) = lowered(&format!(
            "    Range: {{type: object, properties: {{within: {{oneOf: [{}]}}}}}}\n",
            vec![branch; 50].join(", ")
        ));
        assert!(api.types.len() < 1000, "{} types", api.types.len());
        assert!(is_cut_off(&degraded));
    }

    /// Each property has all of them again, with one more.
    #[test]
    fn properties_that_hold_their_schema_have_a_bound() {
        let mut properties = String::new();
        for index in 0..60 {
            let own = format!("{{type: object, properties: {{own{index}: {{type: integer}}}}}}");
            writeln!(
                properties,
                "        part{index}: {{allOf: [{{$ref: '#/components/schemas/Range'}}, {own}]}}"
            )
            .unwrap();
        }
        let (api, _) = lowered(&format!(
            "    Range:\n      type: object\n      properties:\n{properties}"
        ));
        let properties = api.types.iter().map(|named| match &named.shape {
            Shape::Object(object) => object.properties.len(),
            _ => 0,
        });
        let properties: usize = properties.sum();
        assert!(properties < 20_000, "{properties} properties");
    }

    /// A long union whose branches all narrow one component is no cycle, however long it is.
    #[test]
    fn many_branches_may_be_composed_of_one_component() {
        let branches: Vec<String> = (0..300)
            .map(|index| {
                format!(
                    "{{allOf: [{{$ref: '#/components/schemas/Detail'}}, {{properties: {{issue: {{enum: [I{index}]}}}}}}]}}"
                )
            })
            .collect();
        let detail = "{allOf: [{type: string}, {minLength: 1}]}";
        let (_, degraded) = lowered(&format!(
            "    Detail: {{type: object, required: [issue], properties: {{issue: {detail}, note: {detail}}}}}\n    \
             Failure: {{type: object, properties: {{details: {{type: array, items: {{anyOf: [{}]}}}}}}}}\n",
            branches.join(", ")
        ));
        assert!(!is_cut_off(&degraded));
    }
}
