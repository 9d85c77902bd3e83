//! Lowers `allOf` to one type with the properties of all subschemas.
//!
//! Only the type is merged; the constraints keep every subschema. A union within the `allOf` is distributed: each of
//! its variants becomes a type with the properties of the variant and of all other subschemas.

use crate::document::keywords::{self, Keyword, PROPERTIES};
use crate::document::{Node, Object, Value};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::merge::Merged;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::schemas::schema::Lowered;
use crate::model::Type;

impl<'run> Schemas<'run> {
    /// Lowers a schema that has `allOf`, properties beside a union, or siblings beside a `$ref`.
    pub(in crate::lower) fn lower_all_of(&mut self, node: &'run Node, place: &NamingContext) -> Lowered {
        if let Some(reference) = self.cx.sole_reference(node) {
            return Lowered::Type(self.component(reference).map_or(Type::Json, Type::Named));
        }
        if self.types_of(node).is_empty() {
            self.cx
                .degrade(node, "allOf", "the parts are of different types, so no value is valid");
            return Lowered::Type(Type::Json);
        }
        let Merged {
            mut members,
            mut unions,
            clash,
        } = self.merge(node);
        if let Some(reason) = clash {
            self.cx.degrade(node, "allOf", reason);
            return Lowered::Type(Type::Json);
        }
        if !unions.is_empty() && self.distribution.is_full() {
            let reason = "too many combinations of unions; the properties of this one are untyped";
            self.cx.degrade(node, "allOf", reason);
            unions.clear();
        }
        let parts = self.cx.parts(node);
        unions.retain(|(_, holder)| !self.is_circular(&parts, holder));
        let has_members = PROPERTIES.iter().any(|key| members.contains_key(*key));
        let shaping = unions
            .iter()
            .find(|(keyword, holder)| !has_members || self.has_properties(holder, keyword));
        if unions.len() > 1 && shaping.is_some() {
            let reason = "only one of several unions is typed; the properties of the others are untyped";
            self.cx.degrade(node, "allOf", reason);
        }
        match shaping.copied() {
            Some((keyword, holder)) if has_members || unions.len() > 1 => {
                let distributed = self.distribute(node, keyword, holder);
                self.distribution.enter(holder.origin);
                let lowered = self.lower_union(distributed, keyword, place);
                self.distribution.leave();
                lowered
            }
            shaping => {
                if let Some((keyword, holder)) = shaping
                    && let Some(subschemas) = holder.get(keyword)
                {
                    members.insert(keyword.to_owned(), subschemas.clone());
                    members.extend(
                        holder
                            .get("discriminator")
                            .map(|node| ("discriminator".to_owned(), node.clone())),
                    );
                }
                let merged: &'run Node = self.arena.alloc(Node::new(node.origin, Value::Object(members)));
                self.lower_schema(merged, place)
            }
        }
    }

    /// Returns whether a union is being distributed already, or has one of the sibling schemas as a subschema. A parent
    /// that lists its children, which refer to it, is such a union.
    fn is_circular(&self, parts: &[&'run Node], holder: &'run Node) -> bool {
        let is_listed = |part: &&'run Node| self.cx.is_listed_in(part, holder);
        self.distribution.is_open(holder.origin) || parts.iter().any(is_listed)
    }

    /// Returns whether a subschema under `keyword` of `holder` declares properties of its own, or is no object at all.
    fn has_properties(&self, holder: &'run Node, keyword: &str) -> bool {
        self.variant_schemas(holder, keyword).into_iter().any(|subschema| {
            let merged = self.merge(subschema);
            !merged.unions.is_empty() || PROPERTIES.iter().any(|key| merged.members.contains_key(*key))
        })
    }

    /// Returns a schema with the union of `holder`, each of whose subschemas also has the rest of `node`.
    fn distribute(&self, node: &'run Node, keyword: &str, holder: &'run Node) -> &'run Node {
        let rest = self.cx.without_unions(node);
        let list = |nodes: Vec<Node>| Node::new(node.origin, Value::Array(nodes));
        let subschemas = self.variant_schemas(holder, keyword).into_iter().map(|subschema| {
            let mut members = Object::default();
            let component = subschema
                .get("$ref")
                .and_then(Node::as_str)
                .and_then(|text| self.component(text));
            let title = match component {
                Some(id) => Some(Node::string(node.origin, &self.types[id].name)),
                None => subschema.get("title").cloned(),
            };
            members.extend(title.map(|title| ("title".to_owned(), title)));
            members.insert("allOf".to_owned(), list(vec![subschema.clone(), rest.clone()]));
            Node::synthesized(subschema.origin, Value::Object(members))
        });
        let mut members = Object::default();
        members.insert(keyword.to_owned(), list(subschemas.collect()));
        members.extend(
            holder
                .get("discriminator")
                .map(|node| ("discriminator".to_owned(), node.clone())),
        );
        self.arena.alloc(Node::new(node.origin, Value::Object(members)))
    }
}

/// Returns the reference of a schema that only narrows or documents its target.
pub(in crate::lower) fn only_reference(node: &Node) -> Option<&str> {
    let members = node.as_object()?;
    let is_structure = |keyword: &Keyword| keyword.gives_structure() || keyword.is_union();
    if members
        .keys()
        .any(|key| key != "type" && keywords::is(key, is_structure))
    {
        return None;
    }
    let parts = members.get("allOf").and_then(Node::as_array).unwrap_or_default();
    let mut references = members.get("$ref").into_iter().collect::<Vec<_>>();
    for part in parts {
        let has_structure = part
            .as_object()
            .is_some_and(|members| keywords::has(members, is_structure));
        match part.get("$ref") {
            Some(reference) if !has_structure => references.push(reference),
            None if !has_structure && part.get("allOf").is_none() => {}
            _ => return None,
        }
    }
    match references.as_slice() {
        [only] => only.as_str(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Input, Options, Strictness, generate};

    /// Schemas that refer to themselves or to each other on many paths: following every path would take exponential
    /// time.
    const CYCLES: &[&str] = &[
        "    A: {properties: {a: {}}, anyOf: [{$ref: '#/components/schemas/A'}], oneOf: [{$ref: '#/components/schemas/A'}]}",
        "    A: {$ref: '#/components/schemas/A', anyOf: [{$ref: '#/components/schemas/A'}], oneOf: [{$ref: '#/components/schemas/A'}]}",
        "    A: {allOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}, {properties: {a: {}}}]}
    B: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/C'}, {properties: {b: {}}}]}
    C: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {properties: {c: {}}}]}",
    ];

    #[test]
    fn a_schema_on_many_paths_is_visited_once() {
        for schemas in CYCLES {
            for strictness in [Strictness::Usual, Strictness::Lenient] {
                let text = format!(
                    "openapi: 3.1.0\ninfo: {{title: Pets, version: 1.0.0}}\ncomponents:\n  schemas:\n{schemas}\n"
                );
                let options = Options {
                    strictness,
                    ..Options::new("pets")
                };
                let run = generate(
                    &Input {
                        name: "pets.yaml",
                        text: &text,
                        overlays: &[],
                    },
                    &options,
                );
                // A document is refused with a reason, or gives a crate; either without delay.
                assert_eq!(run.output.is_none(), run.diagnostics.has_errors(), "{schemas}");
            }
        }
    }

    /// Each component has two subschemas that both refer to the next one: 2^40 paths from the first to the last.
    #[test]
    fn a_ladder_of_components_takes_a_step_for_each() {
        let mut text = "openapi: 3.1.0\ninfo: {title: Pets, version: 1.0.0}\ncomponents:\n  schemas:\n".to_owned();
        for index in 0..40 {
            let next = format!("{{$ref: '#/components/schemas/A{}'}}", index + 1);
            for keyword in ["allOf", "oneOf"] {
                let own = format!("{{properties: {{{keyword}{index}: {{}}}}}}");
                let name = if keyword == "allOf" { "A" } else { "B" };
                let next = next.replace("/A", &format!("/{name}"));
                let line = format!("    {name}{index}: {{{keyword}: [{next}, {next}, {own}]}}\n");
                text.push_str(&line);
            }
        }
        text.push_str("    A40: {type: object, properties: {last: {type: string}}}\n    B40: {type: object}\n");
        let run = generate(
            &Input {
                name: "pets.yaml",
                text: &text,
                overlays: &[],
            },
            &Options::new("pets"),
        );
        assert!(run.output.is_some(), "{:?}", run.diagnostics);
    }
}
