//! Decides which Cargo features the crate has, and what is compiled with which.
//!
//! Each resource is a feature that turns on its operations and the types that these are made of. What every resource is
//! made of needs none of them. A crate of a single resource, or of components alone, has nothing to choose.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, ApiPart, Availability, Constraints, Feature, ModulePath, Operation, Shape, TypeId, Webhooks};
use crate::names;

/// Decides the features of `api`, and the availability of its resources, types and modules.
pub(super) fn settle(api: &mut Api) {
    if api.resources.is_empty() {
        return;
    }
    let graph = Graph::of(api);
    let mut features = of_resources(api);
    let mut available = graph.available_with_resources(api.resources.len());
    for (part, reached) in graph.others(api, &available) {
        let feature = Availability::AnyOf(BTreeSet::from([features.len()]));
        for unit in reached {
            available[unit].extend(&feature);
        }
        features.push(part);
    }
    api.features = features;
    if let Some(unit) = graph.webhooks {
        api.webhook_availability = available[unit].clone();
    }
    for (resource, available) in api.resources.iter_mut().zip(&available) {
        resource.availability = available.clone();
    }
    for (named, unit) in api.types.iter_mut().zip(&graph.unit_of) {
        named.availability = available[*unit].clone();
    }
    for module in &mut api.modules {
        module.availability = Availability::never();
        for id in &module.types {
            module.availability.extend(&api.types[id.index()].availability);
        }
    }
}

/// Returns the features of the resources, if there are several.
fn of_resources(api: &Api) -> Vec<Feature> {
    let modules = api.resources.iter().map(|resource| resource.module.as_str());
    if modules.len() < 2 {
        return Vec::new();
    }
    let names = names::feature_names(modules.clone()).into_iter();
    let features = names.zip(modules).map(|(name, module)| Feature {
        name,
        part: ApiPart::Resource(module.to_owned()),
    });
    features.collect()
}

/// What refers to what: units of items that are compiled together.
///
/// The items of a module are one unit: a resource with the types in its module, a component with its inline types.
struct Graph {
    /// The unit of each type. The first units are the resources.
    unit_of: Vec<usize>,
    /// The unit of webhooks and callbacks, if there are any.
    webhooks: Option<usize>,
    /// The units that each unit refers to.
    uses: Vec<BTreeSet<usize>>,
}

impl Graph {
    fn of(api: &Api) -> Self {
        let modules = api.resources.iter().enumerate();
        let mut units: BTreeMap<ModulePath, usize> = modules
            .map(|(index, resource)| (ModulePath::Operations(resource.module.clone()), index))
            .collect();
        let webhooks = (!api.webhooks.is_empty()).then_some(units.len());
        units.extend(webhooks.map(|unit| (ModulePath::Webhooks, unit)));
        let mut count = units.len();
        let mut unit_of = Vec::with_capacity(api.types.len());
        for named in &api.types {
            let next = count;
            let unit = *units.entry(named.module.clone()).or_insert(next);
            count += usize::from(unit == next);
            unit_of.push(unit);
        }
        let mut graph = Self {
            unit_of,
            webhooks,
            uses: vec![BTreeSet::new(); count],
        };
        for (index, named) in api.types.iter().enumerate() {
            let unit = graph.unit_of[index];
            let types = named.shape.types().into_iter().flat_map(super::all_ids);
            graph.refer(unit, types);
            graph.constrain(unit, &named.constraints);
            if let Shape::Union(union) = &named.shape {
                for variant in &union.variants {
                    graph.constrain(unit, &variant.constraints);
                }
            }
        }
        if let Some(unit) = webhooks {
            let types = api.webhooks.iter().flat_map(Webhooks::types);
            graph.refer(unit, types.flat_map(super::all_ids));
        }
        for (unit, resource) in api.resources.iter().enumerate() {
            for operation in &resource.operations {
                graph.operate(unit, operation);
            }
        }
        graph
    }

    fn operate(&mut self, unit: usize, operation: &Operation) {
        for parameter in &operation.parameters {
            self.refer(unit, super::all_ids(&parameter.type_));
            self.constrain(unit, &parameter.constraints);
        }
        if let Some(body) = &operation.body {
            self.refer(unit, body.content.types().into_iter().flat_map(super::all_ids));
            if let Some(constraints) = body.content.constraints() {
                self.constrain(unit, constraints);
            }
        }
        self.refer(unit, operation.response_types().flat_map(super::all_ids));
        let items = operation.paging.iter().map(|paging| &paging.item);
        self.refer(unit, items.flat_map(super::all_ids));
    }

    fn refer(&mut self, unit: usize, types: impl IntoIterator<Item = TypeId>) {
        let units = types.into_iter().map(|id| self.unit_of[id.index()]);
        self.uses[unit].extend(units);
    }

    fn constrain(&mut self, unit: usize, constraints: &Constraints) {
        for assertion in &constraints.0 {
            self.refer(unit, assertion.reference());
            for constraints in assertion.subschemas() {
                self.constrain(unit, constraints);
            }
        }
    }

    /// Returns the units that `start` leads to, with those of `start`.
    fn reached_from(&self, start: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<usize> = start.into_iter().collect();
        while let Some(unit) = open.pop() {
            if reached.insert(unit) {
                open.extend(&self.uses[unit]);
            }
        }
        reached
    }

    /// Returns what each unit is compiled with by the features of the resources, which are the first `count` units.
    fn available_with_resources(&self, count: usize) -> Vec<Availability> {
        let mut reached_by = vec![BTreeSet::new(); self.uses.len()];
        for resource in 0..count {
            for unit in self.reached_from([resource]) {
                reached_by[unit].insert(resource);
            }
        }
        let availability = |by: BTreeSet<usize>| {
            if by.len() == count {
                Availability::Always
            } else {
                Availability::AnyOf(by)
            }
        };
        reached_by.into_iter().map(availability).collect()
    }

    /// Returns the features of the units that no resource leads to, each with all units that it turns on. `available`
    /// is what the units are compiled with by the features of the resources.
    fn others(&self, api: &Api, available: &[Availability]) -> Vec<(Feature, BTreeSet<usize>)> {
        let is_left = |unit: &usize| available[*unit] == Availability::never();
        let types = api.webhook_types.iter().map(|id| self.unit_of[id.index()]);
        let webhooks = self.reached_from(types.chain(self.webhooks));
        // The operations of a module that is not written were all skipped.
        let types = api.types.iter().zip(&self.unit_of);
        let written = types.filter(|(named, _)| !matches!(named.module, ModulePath::Operations(_)));
        let unreferenced = written.map(|(_, unit)| *unit).filter(is_left);
        let unreferenced = self.reached_from(unreferenced.filter(|unit| !webhooks.contains(unit)));
        let feature = |name: &str, part, reached: BTreeSet<usize>| {
            let name = name.to_owned();
            reached.iter().any(is_left).then_some((Feature { name, part }, reached))
        };
        let features = [
            feature(names::WEBHOOKS, ApiPart::Webhooks, webhooks),
            feature(names::UNREFERENCED, ApiPart::Unreferenced, unreferenced),
        ];
        features.into_iter().flatten().collect()
    }
}
