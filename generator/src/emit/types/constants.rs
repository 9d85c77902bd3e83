//! Constants: the defaults of the document, and values that constructors fill in.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Item;

use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::declaration;
use crate::model::{Constant, DefaultConstant, Presence, Property, Shape};

/// Returns the declaration of the constants for the defaults of properties or parameters, each with its name in the
/// document, if there are any.
pub(in crate::emit) fn defaults<'api>(
    scope: &Scope<'_>,
    name: &str,
    defaults: impl Iterator<Item = (&'api str, &'api DefaultConstant)>,
) -> Option<Item> {
    let constants: Vec<TokenStream> = defaults
        .map(|(wire, default)| constant(scope, name, wire, default))
        .collect();
    (!constants.is_empty()).then(|| declaration::item("defaults", quote!(#(#constants)*)))
}

fn constant(scope: &Scope<'_>, name: &str, wire: &str, default: &DefaultConstant) -> TokenStream {
    let (name, constant) = (ident(name), ident(&default.name));
    let (type_, value) = match &default.value {
        Constant::String(text) => (quote!(&'static str), quote!(#text)),
        other => (scope.type_(&default.type_), value(scope, other)),
    };
    quote!(#name::#constant(#wire): #type_ = #value;)
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
