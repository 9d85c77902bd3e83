//! Marks the types that callers build to send them.

use crate::model::{Api, Payload, TypeId};

/// Marks what request bodies and parameters are made of.
pub(super) fn mark(api: &mut Api) {
    let mut open: Vec<TypeId> = Vec::new();
    for operation in api.resources.iter().flat_map(|resource| &resource.operations) {
        for parameter in &operation.parameters {
            open.extend(super::all_ids(&parameter.type_));
        }
        if let Some(Payload::Json(type_, _)) = operation.body.as_ref().map(|body| &body.payload) {
            open.extend(super::all_ids(type_));
        }
    }
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut api.types[id.index()].is_input, true) {
            let inner = super::types_in(&api.types[id.index()].shape);
            open.extend(inner.into_iter().flat_map(super::all_ids));
        }
    }
}
