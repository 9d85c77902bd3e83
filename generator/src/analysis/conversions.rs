//! Decides which conversions the types have.

use crate::model::{Api, Conversion, Shape, Source, Type, TypeId, Union, Variant};

/// Decides the conversions of all types.
pub(super) fn settle(api: &mut Api) {
    for index in 0..api.types.len() {
        api.types[index].conversions = of_type(api, TypeId::new(index));
    }
}

fn of_type(api: &Api, id: TypeId) -> Vec<Conversion> {
    match &api.named(id).shape {
        Shape::Union(union) => of_union(api, union),
        Shape::CheckedString { from } => of_checked_string(id, from),
        Shape::Wrapper(type_) => of_wrapper(type_),
        Shape::StringEnum(listed) if listed.is_open => vec![Conversion::From(Source::Str)],
        Shape::StringEnum(_) | Shape::Object(_) | Shape::Tuple(_) | Shape::Alias(_) => Vec::new(),
    }
}

/// Returns a conversion for each variant whose type no other variant has.
fn of_union(api: &Api, union: &Union) -> Vec<Conversion> {
    // An alias is no type of its own, so it may be the type of another variant under a second name.
    let resolved: Vec<Type> = union
        .variants
        .iter()
        .map(|variant| resolve_alias(api, payload(variant)))
        .collect();
    let mut conversions = Vec::new();
    for (index, variant) in union.variants.iter().enumerate() {
        if resolved.iter().filter(|other| **other == resolved[index]).count() > 1 {
            continue;
        }
        let borrowed = match resolved[index] {
            Type::Scalar => Some(Source::Scalars),
            Type::String => Some(Source::Str),
            _ => None,
        };
        let sources = borrowed.into_iter().chain([Source::Value(payload(variant).clone())]);
        conversions.extend(sources.map(|source| Conversion::Variant(index, source)));
    }
    conversions
}

/// Returns the type that callers give a variant: what is boxed without the box.
fn payload(variant: &Variant) -> &Type {
    match &variant.type_ {
        Type::Boxed(inner) => inner,
        other => other,
    }
}

fn of_checked_string(id: TypeId, from: &[TypeId]) -> Vec<Conversion> {
    let mut conversions = vec![
        Conversion::TryFrom(Source::Str),
        Conversion::TryFrom(Source::Value(Type::String)),
        Conversion::Into(Type::String),
        Conversion::From(Source::Reference(id)),
    ];
    for other in from {
        conversions.push(Conversion::From(Source::Value(Type::Named(*other))));
        conversions.push(Conversion::From(Source::Reference(*other)));
    }
    conversions
}

fn of_wrapper(inner: &Type) -> Vec<Conversion> {
    let mut conversions = vec![Conversion::From(Source::Value(inner.clone()))];
    if matches!(inner, Type::Boolean | Type::Integer(_) | Type::Number | Type::String) {
        conversions.push(Conversion::Into(inner.clone()));
    }
    if *inner == Type::String {
        conversions.push(Conversion::From(Source::Str));
    }
    conversions
}

/// Returns the type that `type_` is, without other names for it.
fn resolve_alias(api: &Api, type_: &Type) -> Type {
    let inner = |inner: &Type| Box::new(resolve_alias(api, inner));
    match type_ {
        Type::Named(id) => match &api.named(*id).shape {
            Shape::Alias(type_) => resolve_alias(api, type_),
            _ => type_.clone(),
        },
        Type::Array(element) => Type::Array(inner(element)),
        Type::Map(value) => Type::Map(inner(value)),
        Type::Nullable(value) => Type::Nullable(inner(value)),
        Type::Boxed(value) => Type::Boxed(inner(value)),
        other => other.clone(),
    }
}
