//! Lowers `allOf`: one type that has what all of the parts have.
//!
//! The rule of the schema keeps every part; only the type is merged. A union
//! among the parts is spread over the rest: each of its branches becomes a type
//! that has what the branch and all other parts have.

use super::merge::Merged;
use super::schema::Lowered;
use super::{Context, Place};
use crate::document::{Node, Object, Value};
use crate::model::Type;

/// Keywords that give a value its structure; a part without them only narrows.
pub(super) const STRUCTURE: [&str; 12] = [
    "type",
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "enum",
    "const",
    "oneOf",
    "anyOf",
    "format",
    "required",
];

/// Keywords that declare members of an object.
pub(super) const MEMBERS: [&str; 3] = ["properties", "patternProperties", "additionalProperties"];

/// How many unions may be spread within one.
const MOST_SPREADS: usize = 40;

impl<'run> Context<'run> {
    /// Lowers a schema that has `allOf`, members beside a union, or siblings beside a `$ref`.
    pub(super) fn lower_all_of(&mut self, node: &'run Node, place: &Place) -> Lowered {
        if let Some(reference) = self.sole_reference(node) {
            return Lowered::Type(self.component(reference).map_or(Type::Json, Type::Named));
        }
        if self.types_of(node).is_empty() {
            self.degrade(node, "allOf", "the parts are of different types, so no value is valid");
            return Lowered::Type(Type::Json);
        }
        let Merged {
            mut members,
            mut unions,
            clash,
        } = self.merge(node);
        if let Some(reason) = clash {
            self.degrade(node, "allOf", reason);
            return Lowered::Type(Type::Json);
        }
        if !unions.is_empty() && self.spreads >= MOST_SPREADS {
            let reason = "unions are spread over too many others; the members of this one are kept untyped";
            self.degrade(node, "allOf", reason);
            unions.clear();
        }
        let parts = self.parts(node);
        unions.retain(|(_, holder)| !self.is_circular(&parts, holder));
        let has_members = MEMBERS.iter().any(|key| members.contains_key(*key));
        let shaping = unions
            .iter()
            .find(|(keyword, holder)| !has_members || self.gives_members(holder, keyword));
        if unions.len() > 1 && shaping.is_some() {
            let reason = "one union of several is typed; the members of the others are kept untyped";
            self.degrade(node, "allOf", reason);
        }
        match shaping.copied() {
            Some((keyword, holder)) if has_members || unions.len() > 1 => {
                let spread = self.spread(node, keyword, holder);
                self.spreads += 1;
                self.spread_unions.push(holder.origin);
                let lowered = self.lower_union(spread, keyword, place);
                self.spread_unions.pop();
                if self.spread_unions.is_empty() {
                    self.spreads = 0;
                }
                lowered
            }
            shaping => {
                if let Some((keyword, holder)) = shaping
                    && let Some(branches) = holder.get(keyword)
                {
                    members.insert(keyword.to_owned(), branches.clone());
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

    /// Returns the reference that `node` is, or only narrows. A child that says no more than that it has what its
    /// parent has is no other name for the parent, where that lists the child among its branches.
    fn sole_reference(&self, node: &'run Node) -> Option<&'run str> {
        let reference = only_reference(node)?;
        let (target, _) = self.target(reference)?;
        let is_parent = self.parts(target).iter().any(|part| self.is_listed_in(node, part));
        (!is_parent).then_some(reference)
    }

    /// Returns whether a union is being spread already, or lists one of the parts beside it, as where a parent lists
    /// its children and they refer to it.
    fn is_circular(&self, parts: &[&'run Node], holder: &'run Node) -> bool {
        let is_listed = |part: &&'run Node| self.is_listed_in(part, holder);
        self.spread_unions.contains(&holder.origin) || parts.iter().any(is_listed)
    }

    /// Returns whether a branch under `keyword` of `holder` declares members of its own, or is no object at all.
    fn gives_members(&self, holder: &'run Node, keyword: &str) -> bool {
        self.branches(holder, keyword).into_iter().any(|branch| {
            let merged = self.merge(branch);
            !merged.unions.is_empty() || MEMBERS.iter().any(|key| merged.members.contains_key(*key))
        })
    }

    /// Returns a schema with the union of `holder`, each of whose branches has what the rest of `node` has.
    fn spread(&mut self, node: &'run Node, keyword: &str, holder: &'run Node) -> &'run Node {
        let rest = self.without_unions(node);
        let list = |nodes: Vec<Node>| Node::new(node.origin, Value::Array(nodes));
        let branches = self.branches(holder, keyword).into_iter().map(|branch| {
            let mut members = Object::new();
            let component = branch
                .get("$ref")
                .and_then(Node::as_str)
                .and_then(|text| self.component(text));
            let title = match component {
                Some(id) => Some(Node::string(node.origin, &self.types[id.index()].name)),
                None => branch.get("title").cloned(),
            };
            members.extend(title.map(|title| ("title".to_owned(), title)));
            members.insert("allOf".to_owned(), list(vec![branch.clone(), rest.clone()]));
            Node::new(branch.origin, Value::Object(members))
        });
        let mut members = Object::new();
        members.insert(keyword.to_owned(), list(branches.collect()));
        members.extend(
            holder
                .get("discriminator")
                .map(|node| ("discriminator".to_owned(), node.clone())),
        );
        let spread: &'run Node = self.arena.alloc(Node::new(node.origin, Value::Object(members)));
        let branches = spread.get(keyword).and_then(Node::as_array).into_iter().flatten();
        self.made_up
            .extend(branches.map(|branch| std::ptr::from_ref(branch).addr()));
        spread
    }
}

/// Returns the reference of a schema that only narrows or documents what one reference gives.
pub(super) fn only_reference(node: &Node) -> Option<&str> {
    let members = node.as_object()?;
    if members
        .keys()
        .any(|key| STRUCTURE.contains(&key.as_str()) && key != "type")
    {
        return None;
    }
    let parts = members.get("allOf").and_then(Node::as_array).unwrap_or_default();
    let mut references = members.get("$ref").into_iter().collect::<Vec<_>>();
    for part in parts {
        let has_structure = part
            .as_object()
            .is_some_and(|members| members.keys().any(|key| STRUCTURE.contains(&key.as_str())));
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

    /// Schemas that lead to themselves or to each other by many ways: to go every way takes longer than anybody waits.
    const CIRCLES: &[&str] = &[
        "    A: {properties: {a: {}}, anyOf: [{$ref: '#/components/schemas/A'}], oneOf: [{$ref: '#/components/schemas/A'}]}",
        "    A: {$ref: '#/components/schemas/A', anyOf: [{$ref: '#/components/schemas/A'}], oneOf: [{$ref: '#/components/schemas/A'}]}",
        "    A: {allOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}, {properties: {a: {}}}]}
    B: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/C'}, {properties: {b: {}}}]}
    C: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {properties: {c: {}}}]}",
    ];

    #[test]
    fn a_schema_to_which_many_ways_lead_is_looked_at_once() {
        for schemas in CIRCLES {
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
                // A document is refused with a reason, or gives a crate; either in no time.
                assert_eq!(run.output.is_none(), run.diagnostics.has_errors(), "{schemas}");
            }
        }
    }

    /// Each component has two parts, and both lead to the next one: 2^40 ways from the first to the last.
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
