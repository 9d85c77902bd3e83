//! Finds what has one value alone, so that constructors can fill it in.
//!
//! A `const` says so, and an `enum` of one value. A discriminator does, too, where its mapping
//! gives the schema one value.

use serde_json::Value;

use crate::model::{
    Api, Assertion, Constant, Constraints, Content, Location, PartContent, Presence, Property, Shape, Type, TypeId,
};

/// How far references are followed; a cycle of them fixes nothing.
const DEEPEST: usize = 16;

/// Notes the constants of properties, elements, parts and parameters.
pub(super) fn mark(api: &mut Api) {
    let fixed = fixed_by_discriminators(api);
    for index in 0..api.types.len() {
        let id = TypeId::new(index);
        let constants: Vec<Option<Constant>> = members(&api.types[index].shape)
            .iter()
            .map(|property| {
                let by_schema = || of_property(api, &api.types[index].constraints, property);
                let by_discriminator = || of_discriminator(api, &fixed, id, property);
                by_schema().or_else(by_discriminator)
            })
            .collect();
        for (property, constant) in members_mut(&mut api.types[index].shape).iter_mut().zip(constants) {
            property.constant = constant;
        }
    }
    let mut resources = std::mem::take(&mut api.resources);
    for operation in resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        for parameter in &mut operation.parameters {
            if parameter.required && parameter.location != Location::Path {
                let value = only_value(api, &parameter.constraints, 0);
                parameter.constant = value.and_then(|value| held(api, &parameter.type_, &value));
            }
        }
        if let Some(Content::Parts(parts)) = operation.body.as_mut().map(|body| &mut body.content) {
            for part in &mut parts.parts {
                let type_ = match &part.content {
                    PartContent::Value(type_, _) if part.required => type_,
                    _ => continue,
                };
                let value = value_of_property(api, &parts.constraints, &part.wire);
                part.constant = value.and_then(|value| held(api, type_, &value));
            }
        }
    }
    api.resources = resources;
}

fn members(shape: &Shape) -> &[Property] {
    match shape {
        Shape::Object(object) => &object.properties,
        Shape::Tuple(tuple) => &tuple.elements,
        _ => &[],
    }
}

fn members_mut(shape: &mut Shape) -> &mut [Property] {
    match shape {
        Shape::Object(object) => &mut object.properties,
        Shape::Tuple(tuple) => &mut tuple.elements,
        _ => &mut [],
    }
}

/// Returns the constant of a required property or element of a type with these constraints.
fn of_property(api: &Api, constraints: &Constraints, property: &Property) -> Option<Constant> {
    if property.presence != Presence::Required {
        return None;
    }
    held(
        api,
        &property.type_,
        &value_of_property(api, constraints, &property.wire)?,
    )
}

/// Returns the only value that the property `wire` can have: the name of a property, or the index of an element.
fn value_of_property(api: &Api, constraints: &Constraints, wire: &str) -> Option<Value> {
    let mut subschemas = Vec::new();
    subschemas_of_property(api, constraints, wire, 0, &mut subschemas);
    subschemas
        .into_iter()
        .find_map(|constraints| only_value(api, constraints, 0))
}

fn subschemas_of_property<'api>(
    api: &'api Api,
    constraints: &'api Constraints,
    wire: &str,
    depth: usize,
    found: &mut Vec<&'api Constraints>,
) {
    if depth == DEEPEST {
        return;
    }
    for assertion in &constraints.0 {
        match assertion {
            Assertion::Properties(subschemas) => {
                found.extend(
                    subschemas
                        .iter()
                        .filter(|(name, _)| name == wire)
                        .map(|(_, constraints)| constraints),
                );
            }
            Assertion::PrefixItems(subschemas) => {
                let index: Option<usize> = wire.parse().ok();
                found.extend(index.and_then(|index| subschemas.get(index)));
            }
            Assertion::Reference(id) => {
                subschemas_of_property(api, &api.named(*id).constraints, wire, depth + 1, found);
            }
            Assertion::AllOf(subschemas) => {
                for constraints in subschemas {
                    subschemas_of_property(api, constraints, wire, depth + 1, found);
                }
            }
            _ => {}
        }
    }
}

/// Returns the only value that satisfies the constraints, if `const` or `enum` says so.
fn only_value(api: &Api, constraints: &Constraints, depth: usize) -> Option<Value> {
    let inner = |constraints: &Constraints| only_value(api, constraints, depth + 1);
    if depth == DEEPEST {
        return None;
    }
    constraints.0.iter().find_map(|assertion| match assertion {
        Assertion::Const(text) => serde_json::from_str(text).ok(),
        Assertion::Enum(texts) => match texts.as_slice() {
            [only] => serde_json::from_str(only).ok(),
            _ => None,
        },
        Assertion::Reference(id) => inner(&api.named(*id).constraints),
        Assertion::AllOf(subschemas) => subschemas.iter().find_map(inner),
        Assertion::AnyOf(subschemas) | Assertion::OneOf(subschemas) => match subschemas.as_slice() {
            [only] => inner(only),
            _ => None,
        },
        _ => None,
    })
}

/// Returns `value` as `type_` holds it, where a constructor can write it down.
fn held(api: &Api, type_: &Type, value: &Value) -> Option<Constant> {
    match type_ {
        Type::Boolean => value.as_bool().map(Constant::Boolean),
        Type::Integer(integer) => {
            let value = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from))?;
            integer.can_represent(value).then_some(Constant::Integer(value))
        }
        Type::Number => value.as_f64().filter(|value| value.is_finite()).map(Constant::Number),
        Type::String => value.as_str().map(|text| Constant::String(text.to_owned())),
        Type::Nullable(inner) => Some(Constant::Some(Box::new(held(api, inner, value)?))),
        Type::Named(id) => match &api.named(*id).shape {
            Shape::StringEnum(listed) => {
                let text = value.as_str()?;
                let index = listed.values.iter().position(|listed| listed.wire == text)?;
                Some(Constant::Variant(*id, index))
            }
            Shape::Wrapper(inner) => Some(Constant::Wrapper(*id, Box::new(held(api, inner, value)?))),
            Shape::Alias(inner) => held(api, inner, value),
            _ => None,
        },
        _ => None,
    }
}

/// A property of a type, and the value that a discriminator gives it.
type Fixed = (TypeId, String, String);

fn fixed_by_discriminators(api: &Api) -> Vec<Fixed> {
    let unions = api.types.iter().filter_map(|named| match &named.shape {
        Shape::Union(union) => Some((union, union.discriminator.as_ref()?)),
        _ => None,
    });
    let fixed = unions.flat_map(|(union, discriminator)| {
        discriminator.fixed.iter().filter_map(|(value, index)| {
            let id = named_by(api, &union.variants[*index].type_)?;
            Some((id, discriminator.property.clone(), value.clone()))
        })
    });
    fixed.collect()
}

/// Returns the type that `type_` is another name for, if it has one.
fn named_by(api: &Api, type_: &Type) -> Option<TypeId> {
    match type_ {
        Type::Boxed(inner) => named_by(api, inner),
        Type::Named(id) => match &api.named(*id).shape {
            Shape::Alias(inner) => named_by(api, inner),
            _ => Some(*id),
        },
        _ => None,
    }
}

/// Returns the value of a discriminator, where all unions with that variant agree on it.
///
/// A union cannot be read without it, so that a property which may be absent is filled in too.
fn of_discriminator(api: &Api, fixed: &[Fixed], id: TypeId, property: &Property) -> Option<Constant> {
    let mut values = fixed
        .iter()
        .filter(|(of, wire, _)| *of == id && *wire == property.wire)
        .map(|(_, _, value)| value);
    let first = values.next().filter(|_| !property.docs.read_only)?;
    let is_one = values.all(|other| other == first);
    is_one.then(|| held(api, &property.type_, &Value::String(first.clone())))?
}
