//! Gives inline schemas that need one a type of their own.

use crate::document::Node;
use crate::document::keywords::{PROPERTIES, UNIONS};
use crate::lower::context::docs;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::compositions::Progress;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::schemas::parts::union_keyword;
use crate::lower::schemas::schema::{Lowered, is_bare_reference};
use crate::lower::schemas::types::Types;
use crate::lower::schemas::union::UnionForm;
use crate::model::{Shape, Type, TypeId};

impl<'run> Schemas<'run> {
    /// Returns the type of the inline schema `node`.
    ///
    /// Merging subschemas expands the schemas of properties, and so may be recursive without a component in between.
    /// Such a schema is recognised, and gets a recursive type.
    pub(in crate::lower) fn lower_inline(&mut self, node: &'run Node, place: &NamingContext) -> Type {
        if !self.is_composed(node) {
            return match self.lower_schema(node, place) {
                Lowered::Type(type_) => type_,
                Lowered::Shape(shape) => {
                    let id = declare_inline(&mut self.types, node, place);
                    self.define_inline(id, node, place, shape)
                }
            };
        }
        if let Some(type_) = self.recognise(node, place) {
            return type_;
        }
        if self.compositions.is_full(node) {
            self.cx
                .degrade(node, "allOf", "too many nested compositions, so it is any JSON value");
            return Type::Json;
        }
        let index = self.compositions.open(node, place);
        let lowered = self.lower_schema(node, place);
        let type_ = match (lowered, self.compositions.declared(index)) {
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
                let id = declared.unwrap_or_else(|| declare_inline(&mut self.types, node, place));
                self.define_inline(id, node, place, shape)
            }
        };
        self.compositions.close(index, &type_);
        type_
    }

    /// Returns whether lowering `node` merges it with other schemas. A union of one subschema is lowered as that.
    fn is_composed(&self, node: &'run Node) -> bool {
        let mut node = node;
        // Each subschema is nested in the one before, so the depth of the document bounds their number.
        loop {
            if is_merged(node) {
                return true;
            }
            let form = union_keyword(node).map(|keyword| self.union_form(node, keyword));
            match form {
                Some(UnionForm::One(only)) => node = only,
                _ => return false,
            }
        }
    }

    /// Returns the type of a composed schema that is being lowered, or was lowered within the outermost one.
    fn recognise(&mut self, node: &'run Node, place: &NamingContext) -> Option<Type> {
        let known = self.compositions.find(node, &place.module)?;
        Some(match &known.type_ {
            Progress::Done(type_) => type_.clone(),
            Progress::Open(Some(id)) => Type::Named(*id),
            Progress::Open(None) => {
                let id = declare_inline(&mut self.types, node, &known.place);
                known.type_ = Progress::Open(Some(id));
                Type::Named(id)
            }
        })
    }

    fn define_inline(&mut self, id: TypeId, node: &'run Node, place: &NamingContext, shape: Shape) -> Type {
        let constraints = self.lower_constraints(node, &place.module);
        self.types.define(id, shape, constraints);
        let type_ = Type::Named(id);
        let is_nullable = matches!(self.nullable(node, type_.clone()), Type::Nullable(_));
        self.types[id].is_nullable = is_nullable;
        if !node.is_synthesized {
            self.inline.insert((node.origin, place.module.clone()), id);
        }
        type_
    }
}

/// Gives an inline schema a name beside its parent.
fn declare_inline(types: &mut Types, node: &Node, place: &NamingContext) -> TypeId {
    let mut docs = docs(node);
    *docs.origin = docs.origin.filter(|_| !node.is_synthesized);
    types.declare_inline(place, docs)
}

/// Returns whether lowering `node` merges it with other schemas.
fn is_merged(node: &Node) -> bool {
    let has = |keyword: &&str| node.get(keyword).is_some();
    let is_union = UNIONS.iter().any(&has);
    node.get("allOf").is_some()
        || (node.get("$ref").is_some() && !is_bare_reference(node))
        || (is_union && PROPERTIES.iter().any(has))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::diagnostic::Diagnostics;
    use crate::document::{Bundle, normalise, read};
    use crate::lower::{Degraded, Selection, lower};
    use crate::model::{Api, Shape};
    use crate::source::Sources;

    const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Ranges, version: 1.0.0}\ncomponents:\n  schemas:\n";

    fn lowered(schemas: &str) -> (Api, Vec<Degraded>) {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let text = format!("{HEAD}{schemas}");
        let document = read(&mut sources, "ranges.yaml", &text, &mut diagnostics).unwrap();
        let document = normalise(&Bundle::alone(document), &mut diagnostics).unwrap();
        let lowered = lower(&document, None, &Selection::default(), &mut diagnostics);
        (lowered.api, lowered.degraded)
    }

    fn is_cut_off(degraded: &[Degraded]) -> bool {
        degraded
            .iter()
            .any(|degraded| degraded.reason.starts_with("too many nested compositions"))
    }

    /// Each subschema contains the union again, recursively: the types are counted over the whole document.
    #[test]
    fn unions_within_their_subschemas_have_a_bound() {
        let subschema =
            "{allOf: [{$ref: '#/components/schemas/Range'}, {type: object, properties: {limit: {type: integer}}}]}";
        let (api, degraded) = lowered(&format!(
            "    Range: {{type: object, properties: {{within: {{oneOf: [{}]}}}}}}\n",
            vec![subschema; 50].join(", ")
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

    /// A long union whose subschemas all narrow one component is no cycle, however long it is.
    #[test]
    fn many_subschemas_may_be_composed_of_one_component() {
        let subschemas: Vec<String> = (0..300)
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
            subschemas.join(", ")
        ));
        assert!(!is_cut_off(&degraded));
    }
}
