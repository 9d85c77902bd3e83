//! Reports unions of objects whose subschemas cannot be distinguished.

use crate::document::{Node, Object};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::string_enum::listed_strings;
use crate::model::JsonTypes;

impl<'run> Schemas<'run> {
    /// Records that two subschemas under `keyword` of `node` define the same properties and no value distinguishes
    /// them: such a value is decoded as the first.
    pub(in crate::lower) fn note_ambiguity(&mut self, node: &'run Node, keyword: &str, subschemas: &[&'run Node]) {
        if node.get("discriminator").is_some() {
            return;
        }
        let objects: Vec<Object> = subschemas
            .iter()
            .filter(|subschema| self.types_of(subschema) == JsonTypes::OBJECT)
            .map(|subschema| self.merge(subschema).members)
            .collect();
        let pairs = objects
            .iter()
            .enumerate()
            .flat_map(|(index, first)| objects[index + 1..].iter().map(move |second| (first, second)));
        if pairs.into_iter().any(|(first, second)| is_alike(first, second)) {
            let reason = "two subschemas define the same properties and cannot be distinguished: a value that matches both is decoded as the first";
            self.cx.degrade(node, keyword, reason);
        }
    }
}

/// Returns whether two objects define the same properties, and no property distinguishes their values.
fn is_alike(first: &Object, second: &Object) -> bool {
    let names = |members: &Object| -> Vec<String> {
        let properties = members
            .get("properties")
            .and_then(Node::as_object)
            .into_iter()
            .flatten();
        let mut names: Vec<String> = properties.map(|(name, _)| name.clone()).collect();
        names.sort();
        names
    };
    let required = |members: &Object| -> Vec<String> {
        let list = members.get("required").and_then(Node::as_array).into_iter().flatten();
        let mut names: Vec<String> = list.filter_map(Node::as_str).map(str::to_owned).collect();
        names.sort();
        names.dedup();
        names
    };
    let property = |members: &Object, name: &str| members.get("properties")?.get(name).cloned();
    names(first) == names(second)
        && required(first) == required(second)
        && names(first)
            .iter()
            .all(|name| match (property(first, name), property(second, name)) {
                (Some(first), Some(second)) => may_be_equal(&first, &second),
                _ => true,
            })
}

/// Returns whether the types and the listed values of both schemas allow a common value.
fn may_be_equal(first: &Node, second: &Node) -> bool {
    let types = crate::lower::schemas::schema::declared_types;
    if types(first).and(types(second)).is_empty() {
        return false;
    }
    match (listed_strings(&[first]), listed_strings(&[second])) {
        (Some(first), Some(second)) => first.iter().any(|text| second.contains(text)),
        _ => true,
    }
}
