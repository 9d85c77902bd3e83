//! Decides which defaults of the document are constants of the crate.
//!
//! They are never sent unasked: what an absent value means is up to the server.

use serde_json::Value;

use crate::model::{Api, Constant, DefaultConstant, Docs, Shape, Type};
use crate::names;

/// Decides the constants of properties and parameters.
pub(super) fn settle(api: &mut Api) {
    for index in 0..api.types.len() {
        let Shape::Object(object) = &api.types[index].shape else {
            continue;
        };
        let properties = object.properties.iter();
        let defaults: Vec<Option<DefaultConstant>> = properties
            .map(|property| of(api, &property.field, &property.type_, &property.docs))
            .collect();
        if let Shape::Object(object) = &mut api.types[index].shape {
            for (property, default) in object.properties.iter_mut().zip(defaults) {
                property.default = default;
            }
        }
    }
    let mut resources = std::mem::take(&mut api.resources);
    for operation in resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        for parameter in &mut operation.parameters {
            parameter.default = of(api, &parameter.field, &parameter.type_, &parameter.docs);
        }
    }
    api.resources = resources;
}

/// Returns the constant for the default of a field, if it has one that a constant of Rust can hold.
fn of(api: &Api, field: &str, type_: &Type, docs: &Docs) -> Option<DefaultConstant> {
    let default: Value = serde_json::from_str(docs.default.as_deref()?).ok()?;
    let (type_, value) = held(api, type_, &default)?;
    Some(DefaultConstant {
        name: names::default_name(field),
        type_,
        value,
    })
}

/// Returns the type of the constant and its value, where a value of `type_` has one.
fn held(api: &Api, type_: &Type, value: &Value) -> Option<(Type, Constant)> {
    let constant = match type_ {
        Type::Boolean => Constant::Boolean(value.as_bool()?),
        Type::Integer(integer) => {
            let value = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from))?;
            Constant::Integer(Some(value).filter(|value| integer.can_represent(*value))?)
        }
        Type::Number => Constant::Number(value.as_f64().filter(|value| value.is_finite())?),
        Type::String | Type::DateTime | Type::Date => {
            return Some((Type::String, Constant::String(value.as_str()?.to_owned())));
        }
        Type::Nullable(inner) | Type::Boxed(inner) => return held(api, inner, value),
        Type::Named(id) => match &api.named(*id).shape {
            Shape::StringEnum(listed) => {
                let text = value.as_str()?;
                let index = listed.values.iter().position(|listed| listed.wire == text)?;
                Constant::Variant(*id, index)
            }
            Shape::CheckedString { .. } => return held(api, &Type::String, value),
            Shape::Wrapper(inner) | Shape::Alias(inner) => return held(api, inner, value),
            _ => return None,
        },
        _ => return None,
    };
    Some((type_.clone(), constant))
}
