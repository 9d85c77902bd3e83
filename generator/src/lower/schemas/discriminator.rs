//! Lowers discriminators: which value of a property selects which subschema of a union
//! ([OpenAPI 3.1.1 §4.8.25](https://spec.openapis.org/oas/v3.1.1.html#discriminator-object)).

use std::collections::BTreeSet;

use crate::document::Node;
use crate::document::keywords::UNIONS;
use crate::lower::context::NodeId;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::json_types::list;
use crate::lower::schemas::parts::{inline_parts, union_keyword};
use crate::lower::schemas::string_enum::listed_strings;
use crate::model::{Discriminator, JsonTypes, TypeId};
use crate::source::Pointer;

/// Why a part of a mapping has no effect.
const NOT_A_SUBSCHEMA: &str = "the schema is not one of the subschemas of the union";

/// A subschema of a union. If it is a union itself, the family includes the subschemas of that union.
struct Family<'run> {
    /// The components that the subschema refers to.
    own: Vec<TypeId>,
    /// The components that subschemas of the inner unions refer to.
    inner: Vec<TypeId>,
    /// The schemas that are not unions.
    leaves: Vec<&'run Node>,
    /// The discriminators of the inner unions.
    discriminators: Vec<&'run Node>,
}

impl<'run> Schemas<'run> {
    /// Returns which values select which of `subschemas`, those of the union of `node`.
    ///
    /// The values are, in order of precedence: those of the mapping, the names of the components among the subschemas
    /// and among those of inner unions, the values that the mapping of an inner union has, and those that only one
    /// subschema lists for the property.
    pub(in crate::lower) fn lower_discriminator(
        &self,
        node: &'run Node,
        subschemas: &[&'run Node],
    ) -> Option<Discriminator> {
        let discriminator = node
            .get("discriminator")
            .or_else(|| self.inherited_discriminator(node))?;
        let property = discriminator.get("propertyName")?.as_str()?.to_owned();
        let families: Vec<Family<'run>> = subschemas.iter().map(|subschema| self.family(subschema)).collect();
        let index_of = |id: TypeId| {
            let own = families.iter().position(|family| family.own.contains(&id));
            own.or_else(|| families.iter().position(|family| family.inner.contains(&id)))
        };
        let mut mapping: Vec<(String, usize)> = Vec::new();
        for (value, id) in self.mapped(discriminator) {
            mapping.extend(index_of(id).map(|index| (value.clone(), index)));
        }
        // The name of a component is a value too, unless the mapping gives it another meaning
        // (https://spec.openapis.org/oas/v3.1.1.html#discriminator-object).
        let names = self.components.iter();
        let names: Vec<(String, usize)> = names
            .filter_map(|(name, id)| Some((name.clone(), index_of(*id)?)))
            .collect();
        let fixed = fixed_values(&mapping, &names);
        add_new(&mut mapping, names);
        for (index, family) in families.iter().enumerate() {
            let is_same = |inner: &&&Node| inner.get("propertyName").and_then(Node::as_str) == Some(&property);
            for inner in family.discriminators.iter().filter(is_same) {
                let values = self.mapped(inner).into_iter().map(|(value, _)| (value.clone(), index));
                add_new(&mut mapping, values.collect());
            }
        }
        let listed: Vec<BTreeSet<&str>> = families
            .iter()
            .map(|family| self.listed_for(family, &property))
            .collect();
        for (index, values) in listed.iter().enumerate() {
            let is_shared = |value: &str| {
                let mut others = listed.iter().enumerate().filter(|(other, _)| *other != index);
                others.any(|(_, others)| others.contains(value))
            };
            let alone = values.iter().filter(|value| !is_shared(value));
            add_new(&mut mapping, alone.map(|value| ((*value).to_owned(), index)).collect());
        }
        // A subschema that no value selects is tried where nothing is selected, so the default has no values. What it
        // loses by that if there are others is reported (`report_mapping`).
        let default = self.default_of(discriminator).and_then(index_of);
        mapping.retain(|(_, index)| Some(*index) != default);
        (!mapping.is_empty()).then_some(Discriminator {
            property,
            mapping,
            fixed,
        })
    }

    /// Records which parts of the own discriminator of the union `node` have no effect, or less than they should.
    /// `subschemas` are those of its variants, and `found` is what was lowered of it.
    pub(in crate::lower) fn report_mapping(
        &mut self,
        node: &'run Node,
        subschemas: &[&'run Node],
        found: Option<&Discriminator>,
    ) {
        let Some(discriminator) = node.get("discriminator") else {
            return;
        };
        let families: Vec<Family<'run>> = subschemas.iter().map(|subschema| self.family(subschema)).collect();
        let index_of = |id: TypeId| {
            let is_of = |family: &Family<'_>| family.own.contains(&id) || family.inner.contains(&id);
            families.iter().position(is_of)
        };
        if let Some(mapping) = discriminator.get("mapping") {
            let mapped = self.mapped(discriminator).into_iter();
            for (value, _) in mapped.filter(|(_, id)| index_of(*id).is_none()) {
                self.cx.ignore(mapping, value, NOT_A_SUBSCHEMA);
            }
        }
        let Some(default) = self.default_of(discriminator) else {
            return;
        };
        let Some(default) = index_of(default) else {
            self.cx.ignore(discriminator, "defaultMapping", NOT_A_SUBSCHEMA);
            return;
        };
        let is_selected =
            |index: usize| found.is_some_and(|found| found.mapping.iter().any(|(_, known)| *known == index));
        let is_tried = |(index, subschema): (usize, &&'run Node)| {
            index != default && !is_selected(index) && self.types_of(subschema).has(JsonTypes::OBJECT)
        };
        if subschemas.iter().enumerate().any(is_tried) {
            let reason =
                "another subschema that no value selects is tried with it, and the one that matches best is taken";
            self.cx.degrade(discriminator, "defaultMapping", reason);
        }
    }

    /// Returns the component that a discriminator selects for objects without a value that is mapped
    /// ([OpenAPI 3.2 §4.25](https://spec.openapis.org/oas/v3.2.0.html#discriminator-object)).
    fn default_of(&self, discriminator: &Node) -> Option<TypeId> {
        let text = discriminator.get("defaultMapping")?.as_str()?;
        let by_name = Pointer::of(["components", "schemas", text]).to_fragment();
        self.component(&by_name).or_else(|| self.component(text))
    }

    /// Returns the values that a discriminator maps, and the components that it maps them to.
    fn mapped(&self, discriminator: &'run Node) -> Vec<(&'run String, TypeId)> {
        let mapping = discriminator
            .get("mapping")
            .and_then(Node::as_object)
            .into_iter()
            .flatten();
        let mapped = mapping.filter_map(|(value, reference)| Some((value, self.component(reference.as_str()?)?)));
        mapped.collect()
    }

    /// Returns the schemas of a subschema of a union. A union that contains itself adds nothing.
    fn family(&self, subschema: &'run Node) -> Family<'run> {
        let mut family = Family {
            own: Vec::new(),
            inner: Vec::new(),
            leaves: Vec::new(),
            discriminators: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        let mut open = vec![(subschema, true)];
        while let Some((subschema, is_own)) = open.pop() {
            let mut node = subschema;
            // A subschema of a distributed union is composed of a component and sibling keywords.
            let first = list(subschema, "allOf")
                .first()
                .filter(|part| part.get("$ref").is_some());
            let mut reference = first.unwrap_or(subschema);
            while let Some(target) = self.cx.referred(reference).filter(|_| seen.insert(NodeId(reference))) {
                let id = reference
                    .get("$ref")
                    .and_then(Node::as_str)
                    .and_then(|text| self.component(text));
                let ids = if is_own { &mut family.own } else { &mut family.inner };
                ids.extend(id);
                (node, reference) = (target, target);
            }
            let holders = inline_parts(node);
            let unions = holders
                .iter()
                .flat_map(|part| UNIONS.iter().flat_map(|keyword| list(part, keyword)));
            let unions: Vec<&'run Node> = unions.collect();
            if unions.is_empty() {
                family.leaves.push(subschema);
            } else if seen.insert(NodeId(node)) {
                let inner = holders.iter().filter_map(|part| part.get("discriminator"));
                family.discriminators.extend(inner);
                // The subschemas of an inline union are subschemas of the outer union too.
                let is_inline = is_own && std::ptr::eq(node, subschema);
                open.extend(unions.into_iter().rev().map(|inner| (inner, is_inline)));
            }
        }
        family
    }

    /// Returns the strings that the schemas of a family list for `property`; none if one of them lists nothing.
    fn listed_for(&self, family: &Family<'run>, property: &str) -> BTreeSet<&'run str> {
        let mut all = BTreeSet::new();
        for leaf in &family.leaves {
            let mut of_leaf: Option<BTreeSet<&'run str>> = None;
            for part in self.cx.parts(leaf) {
                let schema = part.get("properties").and_then(|members| members.get(property));
                let Some(strings) = schema.and_then(|schema| listed_strings(&[self.cx.resolve(schema)])) else {
                    continue;
                };
                let strings: BTreeSet<&str> = strings.into_iter().collect();
                of_leaf = Some(match of_leaf {
                    Some(known) => known.intersection(&strings).copied().collect(),
                    None => strings,
                });
            }
            match of_leaf {
                Some(strings) => all.extend(strings),
                None => return BTreeSet::new(),
            }
        }
        all
    }

    /// Returns the discriminator of the parent that all subschemas of a union have in their `allOf`
    /// ([OpenAPI 3.0.4 §4.7.25.3](https://spec.openapis.org/oas/v3.0.4.html#discriminator-object)).
    fn inherited_discriminator(&self, node: &'run Node) -> Option<&'run Node> {
        let keyword = union_keyword(node)?;
        let parent = |subschema: &'run Node| {
            let parts = self.cx.resolve(subschema).get("allOf").and_then(Node::as_array)?;
            let parents = parts.iter().filter(|part| part.get("$ref").is_some());
            parents
                .map(|part| self.cx.resolve(part))
                .find_map(|part| part.get("discriminator"))
        };
        let subschemas = self.variant_schemas(node, keyword);
        let (first, others) = subschemas.split_first()?;
        let found = parent(first)?;
        let is_same = |subschema: &&'run Node| parent(subschema).is_some_and(|other| other.origin == found.origin);
        others.iter().all(is_same).then_some(found)
    }
}

/// Returns the values that are the only ones to select their subschema: the key of the mapping, else its name.
fn fixed_values(mapping: &[(String, usize)], names: &[(String, usize)]) -> Vec<(String, usize)> {
    let mut values = mapping.to_vec();
    for (name, index) in names {
        let is_new = mapping.iter().all(|(value, _)| value != name);
        // The mapping takes precedence over the name of the schema.
        if is_new && values.iter().all(|(_, known)| known != index) {
            values.push((name.clone(), *index));
        }
    }
    let count = |index: usize| values.iter().filter(|(_, known)| *known == index).count();
    values.iter().filter(|(_, index)| count(*index) == 1).cloned().collect()
}

/// Adds the values that are not known.
fn add_new(mapping: &mut Vec<(String, usize)>, values: Vec<(String, usize)>) {
    for (value, index) in values {
        if mapping.iter().all(|(known, _)| *known != value) {
            mapping.push((value, index));
        }
    }
}
