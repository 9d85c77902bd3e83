//! Defaults of the document, offered as constants.
//!
//! They are never sent unasked: what a server takes for absent is the server's to say.

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::model::{Constant, Docs, Integer, Presence, Property, Shape, Type};

/// Returns the constant with the default of a property or parameter, where the document has one that Rust can hold so.
pub(in crate::emit) fn default(
    scope: &Scope<'_>,
    field: &str,
    wire: &str,
    type_: &Type,
    docs: &Docs,
) -> Option<TokenStream> {
    let default: Value = serde_json::from_str(docs.default.as_deref()?).ok()?;
    let (type_, value) = constant(scope, type_, &default)?;
    let name = ident(&format!("DEFAULT_{}", field.to_shouty_snake_case()));
    let docs = text::attributes(&[format!("Default of {}.", text::literal(wire))]);
    Some(quote!(#docs pub const #name: #type_ = #value;))
}

/// Returns the value of what has one value alone.
pub(in crate::emit) fn value(scope: &Scope<'_>, constant: &Constant) -> TokenStream {
    match constant {
        Constant::Boolean(value) => quote!(#value),
        Constant::Integer(value) => integer(*value),
        Constant::Number(value) => number(*value),
        Constant::String(text) if text.is_empty() => quote!(String::new()),
        Constant::String(text) => quote!(#text.to_owned()),
        Constant::Variant(id, index) => {
            let type_ = scope.named(*id);
            let variant = match &scope.api.named(*id).shape {
                Shape::StringEnum(listed) => listed.values.get(*index).map(|listed| ident(&listed.variant)),
                _ => None,
            };
            quote!(#type_::#variant)
        }
        Constant::Wrapper(id, inner) => {
            let (type_, inner) = (scope.named(*id), value(scope, inner));
            quote!(#type_(#inner))
        }
        Constant::Some(inner) => {
            let inner = value(scope, inner);
            quote!(Some(#inner))
        }
    }
}

fn integer(value: i128) -> TokenStream {
    let digits = readable(&Literal::u128_unsuffixed(value.unsigned_abs()));
    if value < 0 { quote!(-#digits) } else { quote!(#digits) }
}

fn number(value: f64) -> TokenStream {
    let digits = readable(&Literal::f64_unsuffixed(value.abs()));
    if value < 0.0 { quote!(-#digits) } else { quote!(#digits) }
}

/// Returns a literal with its digits in groups of three, as clippy's `unreadable_literal` likes long ones.
fn readable(literal: &Literal) -> Literal {
    const SHORT: usize = 5;
    let text = literal.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_plain = text.chars().all(|digit| digit.is_ascii_digit() || digit == '.');
    if !is_plain || (whole.len() <= SHORT && fraction.len() <= SHORT) {
        return literal.clone();
    }
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    if text.contains('.') {
        grouped.push('.');
    }
    for (index, digit) in fraction.chars().enumerate() {
        if index > 0 && index.is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped.parse().unwrap_or_else(|_| literal.clone())
}

/// Returns the field of a property that a constructor does not ask for.
pub(in crate::emit) fn unasked(scope: &Scope<'_>, property: &Property) -> TokenStream {
    let field = ident(&property.field);
    let value = property.constant.as_ref().map(|constant| value(scope, constant));
    match (property.presence, value) {
        (Presence::Required, value) => quote!(#field: #value),
        (Presence::Optional, None) => quote!(#field: None),
        (Presence::Optional, Some(value)) => quote!(#field: Some(#value)),
        (Presence::Maybe, None) => quote!(#field: runtime::Maybe::Absent),
        (Presence::Maybe, Some(value)) => quote!(#field: runtime::Maybe::Value(#value)),
    }
}

/// Says which properties a constructor fills in, if it does.
pub(in crate::emit) fn filled_in<'api>(wires: impl Iterator<Item = &'api str>) -> Option<String> {
    let wires: Vec<String> = wires.map(text::literal).collect();
    match wires.as_slice() {
        [] => None,
        [only] => Some(format!("It sets {only}, which has only one value.")),
        [first @ .., last] => Some(format!(
            "It sets {} and {last}, which have only one value.",
            first.join(", ")
        )),
    }
}

fn constant(scope: &Scope<'_>, type_: &Type, value: &Value) -> Option<(TokenStream, TokenStream)> {
    match type_ {
        Type::Boolean => value.as_bool().map(|value| (quote!(bool), quote!(#value))),
        Type::Integer(integer) => integer_constant(scope, *integer, value),
        Type::Number => {
            let value = number(value.as_f64().filter(|value| value.is_finite())?);
            Some((quote!(f64), value))
        }
        Type::String | Type::DateTime | Type::Date => value.as_str().map(|text| (quote!(&'static str), quote!(#text))),
        Type::Nullable(inner) | Type::Boxed(inner) => constant(scope, inner, value),
        Type::Named(id) => match &scope.api.named(*id).shape {
            Shape::StringEnum(listed) => {
                let text = value.as_str()?;
                let listed = listed.values.iter().find(|listed| listed.wire == text)?;
                let (type_, variant) = (scope.named(*id), ident(&listed.variant));
                Some((quote!(#type_), quote!(#type_::#variant)))
            }
            Shape::CheckedString { .. } => constant(scope, &Type::String, value),
            Shape::Wrapper(inner) | Shape::Alias(inner) => constant(scope, inner, value),
            _ => None,
        },
        _ => None,
    }
}

fn integer_constant(scope: &Scope<'_>, type_: Integer, value: &Value) -> Option<(TokenStream, TokenStream)> {
    let value = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from))?;
    let value = type_.can_represent(value).then(|| integer(value))?;
    Some((scope.type_(&Type::Integer(type_)), value))
}
