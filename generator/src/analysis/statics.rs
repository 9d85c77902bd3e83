//! Marks the schemas that the crate needs as statics.

use crate::model::{Api, Constraints, Shape, TypeId};

/// Marks the schemas of types that validate themselves, and those that others refer to.
///
/// Another name for a type has no values of its own to validate.
pub(super) fn mark(api: &mut Api) {
    let validates = |index: &usize| !matches!(api.types[*index].shape, Shape::Alias(_));
    let mut open: Vec<TypeId> = (0..api.types.len()).filter(validates).map(TypeId::new).collect();
    for operation in api.resources.iter().flat_map(|resource| &resource.operations) {
        operation
            .parameters
            .iter()
            .for_each(|parameter| references(&parameter.constraints, &mut open));
        if let Some(constraints) = operation.body.as_ref().and_then(|body| body.content.constraints()) {
            references(constraints, &mut open);
        }
    }
    for named in &api.types {
        if let Shape::Union(union) = &named.shape {
            union
                .variants
                .iter()
                .for_each(|variant| references(&variant.constraints, &mut open));
        }
    }
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut api.types[id.index()].has_static, true) {
            references(&api.types[id.index()].constraints, &mut open);
        }
    }
}

/// Adds the types whose schemas the constraints refer to.
fn references(constraints: &Constraints, found: &mut Vec<TypeId>) {
    for assertion in &constraints.0 {
        found.extend(assertion.reference());
        assertion
            .subschemas()
            .into_iter()
            .for_each(|constraints| references(constraints, found));
    }
}
