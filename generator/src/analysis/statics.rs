//! Marks the schemas that the crate needs as statics.

use std::collections::BTreeMap;

use crate::model::{Api, Availability, Constraints, ModulePath, Shape, TypeId};

/// Marks the schemas of types that validate themselves, and those that others refer to; and of these the ones that
/// another module refers to, and with which features.
///
/// Another name for a type has no values of its own to validate.
pub(super) fn mark(api: &mut Api) {
    let mut found = References::default();
    let validates = |index: &usize| !matches!(api.types[*index].shape, Shape::Alias(_));
    found.open = (0..api.types.len()).filter(validates).map(TypeId::new).collect();
    for resource in &api.resources {
        let module = ModulePath::Operations(resource.module.clone());
        let from = (&module, &resource.availability);
        for operation in &resource.operations {
            for parameter in &operation.parameters {
                found.add(api, from, &parameter.constraints);
            }
            if let Some(constraints) = operation.body.as_ref().and_then(|body| body.content.constraints()) {
                found.add(api, from, constraints);
            }
        }
    }
    for named in &api.types {
        if let Shape::Union(union) = &named.shape {
            for variant in &union.variants {
                found.add(api, (&named.module, &named.availability), &variant.constraints);
            }
        }
    }
    while let Some(id) = found.open.pop() {
        if !std::mem::replace(&mut api.types[id.index()].has_static, true) {
            let named = api.named(id);
            found.add(api, (&named.module, &named.availability), &named.constraints);
        }
    }
    for (id, uses) in found.uses {
        let named = &mut api.types[id.index()];
        named.may_static_be_unused = matches!(named.shape, Shape::Alias(_)) && !uses.of_all.covers(&named.availability);
        named.is_static_shared = uses.of_others.is_some();
        named.static_availability = uses.of_others.unwrap_or_default();
    }
}

/// The references to the schemas of named types.
#[derive(Default)]
struct References {
    /// What is referred to, and not looked into yet.
    open: Vec<TypeId>,
    /// What is referred to.
    uses: BTreeMap<TypeId, Uses>,
}

/// The features with which anything refers to a schema.
struct Uses {
    /// Of all modules.
    of_all: Availability,
    /// Of modules other than its own, if there are any.
    of_others: Option<Availability>,
}

impl References {
    /// Adds the types whose constraints `constraints` refers to, from a module with what is compiled with some features.
    fn add(&mut self, api: &Api, from: (&ModulePath, &Availability), constraints: &Constraints) {
        let (module, availability) = from;
        for assertion in &constraints.0 {
            if let Some(id) = assertion.reference() {
                self.open.push(id);
                let uses = self.uses.entry(id).or_insert_with(|| Uses {
                    of_all: Availability::never(),
                    of_others: None,
                });
                uses.of_all.extend(availability);
                if api.named(id).module != *module {
                    let of_others = uses.of_others.get_or_insert_with(Availability::never);
                    of_others.extend(availability);
                }
            }
            for constraints in assertion.subschemas() {
                self.add(api, from, constraints);
            }
        }
    }
}
