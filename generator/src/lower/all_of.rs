//! Lowers `allOf`: one type that has what all of the parts have.
//!
//! The rule of the schema keeps every part; only the type is merged. A union
//! among the parts is spread over the rest: each of its branches becomes a type
//! that has what the branch and all other parts have.

use std::collections::BTreeSet;

use super::schema::Lowered;
use super::{Context, Place};
use crate::document::{Node, Object, Value};
use crate::model::Type;

/// Keywords that give a value its structure; a part without them only narrows.
const STRUCTURE: [&str; 12] = [
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

/// The keywords of unions.
pub(super) const UNIONS: [&str; 2] = ["oneOf", "anyOf"];

/// How deep parts may lead to further parts.
const DEEPEST: usize = 32;

/// What merging parts came to.
#[derive(Default)]
struct Merged<'run> {
    members: Object,
    /// The unions among the parts: the keyword, and the node that has it.
    unions: Vec<(&'static str, &'run Node)>,
    /// The schemas that were merged: to merge one again adds nothing, and one may lead to itself.
    seen: BTreeSet<*const Node>,
}

impl<'run> Context<'run> {
    /// Lowers a schema that has `allOf`, members beside a union, or siblings beside a `$ref`.
    pub(super) fn lower_all_of(&mut self, node: &'run Node, place: &Place) -> Lowered {
        if let Some(reference) = only_reference(node) {
            return Lowered::Type(self.component(reference).map_or(Type::Json, Type::Named));
        }
        if self.types_of(node, 0).is_empty() {
            self.degrade(node, "allOf", "the parts are of different types, so no value is valid");
            return Lowered::Type(Type::Json);
        }
        let mut merged = Merged::default();
        self.merge(node, &mut merged, 0);
        let Merged {
            mut members,
            mut unions,
            ..
        } = merged;
        unions.retain(|(keyword, holder)| !self.is_circular(node, keyword, holder));
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
                self.spread_unions.push(holder.origin);
                let lowered = self.lower_union(spread, keyword, place);
                self.spread_unions.pop();
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

    /// Returns the keywords of `node` and of all its parts.
    pub(super) fn merged_members(&self, node: &'run Node) -> Object {
        let mut merged = Merged::default();
        self.merge(node, &mut merged, 0);
        merged.members
    }

    /// Returns whether a union is being spread already, or has `node` itself as a branch, as
    /// where a parent lists its children and they refer to it.
    fn is_circular(&self, node: &'run Node, keyword: &str, holder: &'run Node) -> bool {
        let is_node = |branch: &'run Node| self.resolve(branch).origin == node.origin;
        self.spread_unions.contains(&holder.origin) || self.branches(holder, keyword).into_iter().any(is_node)
    }

    /// Returns whether a branch under `keyword` of `holder` declares members of its own, or is no object at all.
    fn gives_members(&self, holder: &'run Node, keyword: &str) -> bool {
        self.branches(holder, keyword).into_iter().any(|branch| {
            let mut merged = Merged::default();
            self.merge(branch, &mut merged, 0);
            !merged.unions.is_empty() || MEMBERS.iter().any(|key| merged.members.contains_key(*key))
        })
    }

    /// Returns a schema with the union of `holder`, each of whose branches has what the rest of `node` has.
    fn spread(&mut self, node: &'run Node, keyword: &str, holder: &'run Node) -> &'run Node {
        let rest = self.without_unions(node, 0, &mut BTreeSet::new());
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

    /// Returns `node` without the unions among its parts; what a reference leads to is
    /// written out where it holds one.
    fn without_unions(&self, node: &'run Node, depth: usize, seen: &mut BTreeSet<*const Node>) -> Node {
        let Some(members) = node.as_object().filter(|_| depth < DEEPEST) else {
            return node.clone();
        };
        // A part that was written out already asks nothing more, here where all parts have to hold.
        if !seen.insert(std::ptr::from_ref(node)) {
            return Node::new(node.origin, Value::Object(Object::new()));
        }
        let target = members
            .get("$ref")
            .and_then(Node::as_str)
            .and_then(|text| self.target(text))
            .map(|(target, _)| target);
        let mut parts: Vec<Node> = Vec::new();
        let mut rest = Object::new();
        for (key, value) in members {
            match (key.as_str(), target) {
                ("$ref", Some(target)) if self.has_union(target, depth + 1) => {
                    parts.push(self.without_unions(target, depth + 1, seen));
                }
                ("allOf", _) => {
                    let list = value.as_array().into_iter().flatten();
                    parts.extend(list.map(|part| self.without_unions(part, depth + 1, seen)));
                }
                (
                    "oneOf"
                    | "anyOf"
                    | "discriminator"
                    | "title"
                    | "description"
                    | "unevaluatedProperties"
                    | "unevaluatedItems",
                    _,
                ) => {}
                _ => {
                    rest.insert(key.clone(), value.clone());
                }
            }
        }
        if !parts.is_empty() {
            rest.insert("allOf".to_owned(), Node::new(node.origin, Value::Array(parts)));
        }
        Node::new(node.origin, Value::Object(rest))
    }

    fn has_union(&self, node: &'run Node, depth: usize) -> bool {
        let mut merged = Merged::default();
        self.merge(node, &mut merged, depth);
        !merged.unions.is_empty()
    }

    fn merge(&self, node: &'run Node, merged: &mut Merged<'run>, depth: usize) {
        let Some(members) = node.as_object().filter(|_| depth < DEEPEST) else {
            return;
        };
        if !merged.seen.insert(std::ptr::from_ref(node)) {
            return;
        }
        let parts = members.get("allOf").and_then(Node::as_array).unwrap_or_default();
        if let Some((target, _)) = members
            .get("$ref")
            .and_then(Node::as_str)
            .and_then(|text| self.target(text))
        {
            self.merge(target, merged, depth + 1);
        }
        for part in parts {
            self.merge(part, merged, depth + 1);
        }
        for keyword in UNIONS {
            if members.contains_key(keyword) {
                merged.unions.push((keyword, node));
            }
        }
        for (key, value) in members {
            let known = merged.members.get_mut(key).map(|node| &mut node.value);
            match (key.as_str(), known, &value.value) {
                ("$ref" | "allOf" | "oneOf" | "anyOf" | "discriminator", ..)
                | ("additionalProperties", Some(_), Value::Bool(true)) => {}
                ("title" | "description" | "deprecated", ..) if depth > 0 => {}
                ("properties" | "patternProperties", Some(Value::Object(known)), Value::Object(more)) => {
                    merge_members(known, more);
                }
                ("enum", Some(Value::Array(known)), Value::Array(more)) => known.retain(|value| more.contains(value)),
                ("required", Some(Value::Array(known)), Value::Array(more)) => known.extend(more.iter().cloned()),
                _ => {
                    merged.members.insert(key.clone(), value.clone());
                }
            }
        }
    }
}

/// Adds the schemas of `more` to `known`.
fn merge_members(known: &mut Object, more: &Object) {
    for (name, schema) in more {
        let slot = known.entry(name.clone()).or_insert_with(|| schema.clone());
        // `true` says nothing; of two schemas the later one is the narrower by custom.
        if schema.as_object().is_some_and(|members| !members.is_empty()) {
            slot.clone_from(schema);
        }
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
                text.push_str(&format!("    {name}{index}: {{{keyword}: [{next}, {next}, {own}]}}\n"));
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
