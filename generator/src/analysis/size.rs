//! Boxes variants of unions that would make every value of the union large.

use super::recursion::box_type;
use crate::model::{Api, Presence, Shape, Type, TypeId};

/// A variant of more bytes than this is boxed where another variant is small.
const LARGE: usize = 128;

/// Boxes the large variants of unions whose variants differ in size.
pub(super) fn box_large_branches(api: &mut Api) {
    let sizes: Vec<Vec<usize>> = api
        .types
        .iter()
        .map(|named| match &named.shape {
            Shape::Union(union) => union
                .variants
                .iter()
                .map(|variant| size_of(api, &variant.type_, 0))
                .collect(),
            _ => Vec::new(),
        })
        .collect();
    for (named, sizes) in api.types.iter_mut().zip(sizes) {
        let Shape::Union(union) = &mut named.shape else {
            continue;
        };
        for (variant, size) in union.variants.iter_mut().zip(sizes) {
            if size > LARGE {
                box_type(&mut variant.type_);
            }
        }
    }
}

/// Returns about how many bytes a value of `type_` takes on a 64-bit machine.
pub(super) fn size_of(api: &Api, type_: &Type, depth: usize) -> usize {
    const DEEPEST: usize = 8;
    match type_ {
        Type::Boolean => 1,
        Type::Integer(_) | Type::Number | Type::Boxed(_) => 8,
        Type::Json | Type::Scalar => 32,
        Type::Decimal | Type::String | Type::DateTime | Type::Date | Type::Array(_) | Type::Map(_) => 24,
        Type::Nullable(inner) => size_of(api, inner, depth) + 8,
        Type::Named(_) if depth == DEEPEST => LARGE + 1,
        Type::Named(id) => size_of_named(api, *id, depth + 1),
    }
}

fn size_of_named(api: &Api, id: TypeId, depth: usize) -> usize {
    match &api.named(id).shape {
        Shape::Object(object) => {
            let fields = object.properties.iter().map(|property| {
                let flag = if property.presence == Presence::Required { 0 } else { 8 };
                size_of(api, &property.type_, depth) + flag
            });
            fields.sum::<usize>() + 24 + object.additional_properties.as_ref().map_or(0, |_| 24)
        }
        Shape::Tuple(tuple) => {
            let elements = tuple
                .elements
                .iter()
                .map(|element| size_of(api, &element.type_, depth) + 8);
            elements.sum::<usize>() + 24
        }
        Shape::StringEnum(_) | Shape::CheckedString { .. } => 24,
        Shape::Union(union) => {
            union
                .variants
                .iter()
                .map(|variant| size_of(api, &variant.type_, depth))
                .max()
                .unwrap_or(0)
                .max(8)
                + 8
        }
        Shape::Wrapper(type_) | Shape::Alias(type_) => size_of(api, type_, depth),
    }
}
