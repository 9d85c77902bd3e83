//! Settles what callers give by name, now that it is known what they give at all.

use crate::model::{Api, BY_NAME, Content, Shape};

/// Takes the names back of structs that would hold fewer than [`BY_NAME`] values.
pub(super) fn settle(api: &mut Api) {
    for named in &mut api.types {
        match &mut named.shape {
            Shape::Object(object) if object.given().count() < BY_NAME => object.required = None,
            Shape::Tuple(tuple) if tuple.given().count() < BY_NAME => tuple.required = None,
            _ => {}
        }
    }
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        if operation.required_beside_path() < BY_NAME {
            operation.required = None;
        }
        if let Some(Content::Parts(parts)) = operation.body.as_mut().map(|body| &mut body.content)
            && parts.given().count() < BY_NAME
        {
            parts.required = None;
        }
    }
}
