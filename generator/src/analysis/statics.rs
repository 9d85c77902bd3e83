//! Marks the schemas that the crate needs as statics.

use crate::model::{Api, Constraints, ModulePath, Shape, TypeId};

/// Marks the schemas of types that validate themselves, and those that others refer to; and of these the ones that
/// another module refers to.
///
/// Another name for a type has no values of its own to validate.
pub(super) fn mark(api: &mut Api) {
    let mut found = References::default();
    let validates = |index: &usize| !matches!(api.types[*index].shape, Shape::Alias(_));
    found.open = (0..api.types.len()).filter(validates).map(TypeId::new).collect();
    for resource in &api.resources {
        let module = ModulePath::Operations(resource.module.clone());
        for operation in &resource.operations {
            for parameter in &operation.parameters {
                found.add(api, &module, &parameter.constraints);
            }
            if let Some(constraints) = operation.body.as_ref().and_then(|body| body.content.constraints()) {
                found.add(api, &module, constraints);
            }
        }
    }
    for named in &api.types {
        if let Shape::Union(union) = &named.shape {
            for variant in &union.variants {
                found.add(api, &named.module, &variant.constraints);
            }
        }
    }
    while let Some(id) = found.open.pop() {
        if !std::mem::replace(&mut api.types[id.index()].has_static, true) {
            let named = api.named(id);
            found.add(api, &named.module, &named.constraints);
        }
    }
    for id in found.shared {
        api.types[id.index()].is_static_shared = true;
    }
}

/// The references to the schemas of named types.
#[derive(Default)]
struct References {
    /// What is referred to, and not looked into yet.
    open: Vec<TypeId>,
    /// What modules other than its own refer to.
    shared: Vec<TypeId>,
}

impl References {
    /// Adds the types whose constraints `constraints` refers to from `module`.
    fn add(&mut self, api: &Api, module: &ModulePath, constraints: &Constraints) {
        for assertion in &constraints.0 {
            if let Some(id) = assertion.reference() {
                self.open.push(id);
                if api.named(id).module != *module {
                    self.shared.push(id);
                }
            }
            for constraints in assertion.subschemas() {
                self.add(api, module, constraints);
            }
        }
    }
}
