//! Structs by which callers give what is required, where there are two or more of it.
//!
//! They are open to literals on purpose: a name that the document adds, changes or takes away is an
//! error where a caller writes one, and the order of the names means nothing.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::traits;
use crate::model::{Property, RequiredStruct, Type};

/// What a caller has to give.
pub(in crate::emit) struct Given {
    /// The name of the field.
    pub(in crate::emit) field: Ident,
    /// The type of the value.
    pub(in crate::emit) type_: TokenStream,
    /// What the document says of it.
    pub(in crate::emit) docs: Vec<String>,
}

impl Given {
    /// Makes it of a property or element, with its documentation.
    pub(in crate::emit) fn property(scope: &Scope<'_>, property: &Property, docs: Vec<String>) -> Self {
        Self {
            field: ident(&property.field),
            type_: scope.type_(unboxed(&property.type_)),
            docs,
        }
    }
}

/// Returns the struct that holds what is given; `words` say whose it is.
pub(in crate::emit) fn definition(required: &RequiredStruct, words: &str, given: Vec<Given>) -> Item {
    let (name, docs) = (ident(&required.name), text::attributes(&[words.to_owned()]));
    let derive = traits::derive(&required.derives);
    let fields = given.into_iter().map(|given| {
        let (docs, field, type_) = (text::attributes(&given.docs), given.field, given.type_);
        quote!(#docs pub #field: #type_,)
    });
    parse_quote! {
        #docs
        #derive
        pub struct #name { #(#fields)* }
    }
}

/// Returns the arguments of the constructor of a type: the struct `required` where it has a name, else one by one.
pub(in crate::emit) fn arguments<'api>(
    scope: &Scope<'_>,
    required: Option<&RequiredStruct>,
    given: impl Iterator<Item = &'api Property>,
) -> TokenStream {
    if let Some(name) = required.map(|required| ident(&required.name)) {
        return quote!(required: #name);
    }
    let arguments = given.map(|property| {
        let field = ident(&property.field);
        let (argument, _) = scope.argument(&property.type_, &field);
        quote!(#field: #argument)
    });
    quote!(#(#arguments),*)
}

/// Returns the field of a given property, as the constructor fills it in.
pub(in crate::emit) fn value(scope: &Scope<'_>, required: Option<&RequiredStruct>, property: &Property) -> TokenStream {
    let field = ident(&property.field);
    if required.is_some() {
        let is_boxed = matches!(property.type_, Type::Boxed(_));
        let value = quote!(required.#field);
        let value = if is_boxed { quote!(Box::new(#value)) } else { value };
        return quote!(#field: #value);
    }
    let (_, value) = scope.argument(&property.type_, &field);
    quote!(#field: #value)
}

fn unboxed(type_: &Type) -> &Type {
    match type_ {
        Type::Boxed(inner) => inner,
        other => other,
    }
}
