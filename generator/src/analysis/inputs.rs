//! Finds which types callers build, and which servers do.

use crate::model::{Api, Presence, Shape, Type, TypeId};

/// Marks what request bodies and parameters are made of, and gives way where a
/// property is required on the other way alone.
///
/// `readOnly` properties are required of responses, `writeOnly` ones of requests
/// ([OpenAPI 3.0.4 §4.7.24.2](https://spec.openapis.org/oas/v3.0.4.html#fixed-fields-20)).
/// Where one type serves both ways, such a property may be absent.
pub(super) fn mark(api: &mut Api) {
    let is_input = reachable(api, &sent(api));
    let is_output = reachable(api, &received(api));
    for (index, named) in api.types.iter_mut().enumerate() {
        // What nothing sends or receives, such as a webhook's body, is for callers to use as they like.
        named.is_input = is_input[index] || !is_output[index];
        let Shape::Object(object) = &mut named.shape else {
            continue;
        };
        for property in &mut object.properties {
            let gives_way =
                (property.docs.read_only && is_input[index]) || (property.docs.write_only && is_output[index]);
            if gives_way && property.presence == Presence::Required {
                property.presence = match &mut property.type_ {
                    Type::Nullable(inner) => {
                        property.type_ = std::mem::replace(&mut **inner, Type::Json);
                        Presence::Maybe
                    }
                    _ => Presence::Optional,
                };
            }
        }
    }
}

/// Returns the types that requests start from.
fn sent(api: &Api) -> Vec<TypeId> {
    let mut ids = Vec::new();
    for operation in api.operations() {
        for parameter in &operation.parameters {
            ids.extend(super::all_ids(&parameter.type_));
        }
        for type_ in operation.body.iter().flat_map(|body| body.content.types()) {
            ids.extend(super::all_ids(type_));
        }
    }
    ids
}

/// Returns the types that responses start from.
fn received(api: &Api) -> Vec<TypeId> {
    let operations = api.operations();
    operations
        .flat_map(|operation| operation.response_types().flat_map(super::all_ids))
        .collect()
}

/// Returns which types `start` leads to.
fn reachable(api: &Api, start: &[TypeId]) -> Vec<bool> {
    let mut found = vec![false; api.types.len()];
    let mut open = start.to_vec();
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut found[id.index()], true) {
            let inner = api.types[id.index()].shape.types();
            open.extend(inner.into_iter().flat_map(super::all_ids));
        }
    }
    found
}
