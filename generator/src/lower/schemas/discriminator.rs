//! Lowers discriminators: which value of a property chooses which branch of a union
//! ([OpenAPI 3.1.1 §4.8.25](https://spec.openapis.org/oas/v3.1.1.html#discriminator-object)).

use std::collections::BTreeSet;

use crate::document::Node;
use crate::lower::context::NodeId;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::json_types::list;
use crate::lower::schemas::parts::{UNIONS, inline_parts, union_keyword};
use crate::lower::schemas::string_enum::listed_strings;
use crate::model::{Discriminator, TypeId};

/// A branch, with all that the union behind it has, if it is one.
struct Family<'run> {
    /// The components that the branch is.
    own: Vec<TypeId>,
    /// The components among the branches of the union that it is.
    inner: Vec<TypeId>,
    /// The schemas that are no unions.
    leaves: Vec<&'run Node>,
    /// The discriminators of the unions.
    discriminators: Vec<&'run Node>,
}

impl<'run> Schemas<'run> {
    /// Returns which values choose which of `branches`, those of the union of `node`.
    ///
    /// These are, each unless one before it says otherwise: the values of the mapping, the names of the branches and of
    /// the branches of unions among them, the values that such a union maps, and those that one branch alone
    /// lists for the property.
    pub(in crate::lower) fn lower_discriminator(
        &self,
        node: &'run Node,
        branches: &[&'run Node],
    ) -> Option<Discriminator> {
        let discriminator = node
            .get("discriminator")
            .or_else(|| self.inherited_discriminator(node))?;
        let property = discriminator.get("propertyName")?.as_str()?.to_owned();
        let families: Vec<Family<'run>> = branches.iter().map(|branch| self.family(branch)).collect();
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
        (!mapping.is_empty()).then_some(Discriminator {
            property,
            mapping,
            fixed,
        })
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
    fn family(&self, branch: &'run Node) -> Family<'run> {
        let mut family = Family {
            own: Vec::new(),
            inner: Vec::new(),
            leaves: Vec::new(),
            discriminators: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        let mut open = vec![(branch, true)];
        while let Some((branch, is_own)) = open.pop() {
            let mut node = branch;
            // A branch may be composed of a component and more, as one is over which a union was spread.
            let first = list(branch, "allOf").first().filter(|part| part.get("$ref").is_some());
            let mut reference = first.unwrap_or(branch);
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
                family.leaves.push(branch);
            } else if seen.insert(NodeId(node)) {
                let inner = holders.iter().filter_map(|part| part.get("discriminator"));
                family.discriminators.extend(inner);
                // The branches of a union that is written within another are branches of that.
                let is_inline = is_own && std::ptr::eq(node, branch);
                open.extend(unions.into_iter().rev().map(|inner| (inner, is_inline)));
            }
        }
        family
    }

    /// Returns the strings that the schemas of a family list for `property`; none where one of them lists nothing.
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

    /// Returns the discriminator of the parent that all branches of a union have in their `allOf`
    /// ([OpenAPI 3.0.4 §4.7.25.3](https://spec.openapis.org/oas/v3.0.4.html#discriminator-object)).
    fn inherited_discriminator(&self, node: &'run Node) -> Option<&'run Node> {
        let keyword = union_keyword(node)?;
        let parent = |branch: &'run Node| {
            let parts = self.cx.resolve(branch).get("allOf").and_then(Node::as_array)?;
            let parents = parts.iter().filter(|part| part.get("$ref").is_some());
            parents
                .map(|part| self.cx.resolve(part))
                .find_map(|part| part.get("discriminator"))
        };
        let branches = self.branches(node, keyword);
        let (first, others) = branches.split_first()?;
        let found = parent(first)?;
        let is_same = |branch: &&'run Node| parent(branch).is_some_and(|other| other.origin == found.origin);
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
