//! Defaults of the document, offered as constants.
//!
//! They are never sent unasked: what a server takes for absent is the server's to say.

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::docs;
use super::paths::{Scope, ident};
use crate::model::{Docs, Integer, Shape, Type};

/// Returns the constant with the default of a member or parameter, where the document has one that Rust can hold so.
pub(super) fn default(scope: &Scope<'_>, field: &str, wire: &str, type_: &Type, docs: &Docs) -> Option<TokenStream> {
    let default: Value = serde_json::from_str(docs.default.as_deref()?).ok()?;
    let (type_, value) = constant(scope, type_, &default)?;
    let name = ident(&format!("DEFAULT_{}", field.to_shouty_snake_case()));
    let docs = docs::attributes(&[format!("What {} counts as where it is absent.", docs::literal(wire))]);
    Some(quote!(#docs pub const #name: #type_ = #value;))
}

fn constant(scope: &Scope<'_>, type_: &Type, value: &Value) -> Option<(TokenStream, TokenStream)> {
    match type_ {
        Type::Boolean => value.as_bool().map(|value| (quote!(bool), quote!(#value))),
        Type::Integer(integer) => integer_constant(scope, *integer, value),
        Type::Number => {
            let literal = Literal::f64_unsuffixed(value.as_f64().filter(|value| value.is_finite() && *value >= 0.0)?);
            Some((quote!(f64), quote!(#literal)))
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

fn integer_constant(scope: &Scope<'_>, integer: Integer, value: &Value) -> Option<(TokenStream, TokenStream)> {
    let literal = match integer {
        Integer::I32 => i32::try_from(value.as_i64()?).ok().map(Literal::i32_unsuffixed),
        Integer::I64 => value.as_i64().map(Literal::i64_unsuffixed),
        Integer::U32 => u32::try_from(value.as_u64()?).ok().map(Literal::u32_unsuffixed),
        Integer::U64 => value.as_u64().map(Literal::u64_unsuffixed),
    }?;
    Some((scope.type_(&Type::Integer(integer)), quote!(#literal)))
}
