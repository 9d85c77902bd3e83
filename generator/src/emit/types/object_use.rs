//! What callers build structs with, and reach their properties by.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::deprecation;
use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constants;
use crate::emit::types::setter;
use crate::model::{Named, Object, Presence, Property};

/// Returns the constants of defaults, and the access to properties with open names.
pub(in crate::emit) fn inherent(scope: &Scope<'_>, named: &Named, object: &Object) -> Vec<Item> {
    let defaults = object
        .properties
        .iter()
        .filter_map(|property| Some((property.wire.as_str(), property.default.as_ref()?)));
    let mut items: Vec<Item> = constants::defaults(scope, &named.name, defaults).into_iter().collect();
    if let Some(additional_properties) = &object.additional_properties {
        let (name, methods) = (
            ident(&named.name),
            additional_property_methods(scope, named, additional_properties),
        );
        items.push(parse_quote!(impl #name { #(#methods)* }));
    }
    items
}

/// Returns what builds a type that only responses have: for tests, which give responses.
pub(in crate::emit) fn for_tests(named: &Named, methods: &[TokenStream]) -> Option<Item> {
    let name = ident(&named.name);
    (!methods.is_empty()).then(|| {
        parse_quote! {
            #[cfg(feature = "mock")]
            impl #name { #(#methods)* }
        }
    })
}

/// Returns the documentation of a constructor.
pub(in crate::emit) fn constructor_docs<'api>(
    noun: &str,
    given: usize,
    filled: impl Iterator<Item = &'api Property>,
) -> TokenStream {
    let first = match given {
        0 => format!("Makes a value without optional {noun}."),
        _ => format!("Makes a value from its required {noun}."),
    };
    let filled = constants::filled_in(filled.map(|property| property.wire.as_str()));
    text::attributes(&[first].into_iter().chain(filled).collect::<Vec<_>>())
}

/// Returns the setter of an optional property or element.
pub(in crate::emit) fn setter(scope: &Scope<'_>, property: &Property, docs: &[String]) -> TokenStream {
    let field = ident(&property.field);
    let deprecated = deprecation::attribute(&property.docs, "property");
    let (argument, value) = if property.presence == Presence::Maybe {
        let type_ = scope.type_(&property.type_);
        (quote!(impl Into<runtime::Maybe<#type_>>), quote!(#field.into()))
    } else {
        let (argument, value) = scope.argument(&property.type_, &field);
        (argument, quote!(Some(#value)))
    };
    setter::method(&property.field, docs, deprecated.as_ref(), (&argument, &value))
}

/// Returns what keeps an item to tests, where it builds what only responses have.
fn only_for_tests(named: &Named) -> Option<TokenStream> {
    (!named.is_input).then(|| quote!(#[cfg(feature = "mock")]))
}

fn additional_property_methods(scope: &Scope<'_>, named: &Named, additional_properties: &Property) -> Vec<TokenStream> {
    let (field, type_) = (
        ident(&additional_properties.field),
        scope.type_(&additional_properties.type_),
    );
    let mut methods = vec![quote! {
        /// Returns the value of an additional property.
        #[must_use]
        pub fn get(&self, name: &str) -> Option<&#type_> {
            self.#field.get(name)
        }
    }];
    let (argument, value) = scope.argument(&additional_properties.type_, &ident("value"));
    let cfg = only_for_tests(named);
    methods.push(quote! {
        /// Sets an additional property.
        #cfg
        #[must_use]
        pub fn entry(mut self, name: impl Into<String>, value: #argument) -> Self {
            self.#field.insert(name, #value);
            self
        }
    });
    methods
}

/// Returns what makes a struct that declares no property as good as the map of its properties.
pub(in crate::emit) fn as_map(scope: &Scope<'_>, named: &Named, object: &Object) -> Vec<Item> {
    let Some(additional_properties) = object
        .additional_properties
        .as_ref()
        .filter(|_| object.properties.is_empty())
    else {
        return Vec::new();
    };
    let (name, field, type_) = (
        ident(&named.name),
        ident(&additional_properties.field),
        scope.type_(&additional_properties.type_),
    );
    let mut items: Vec<Item> = vec![
        parse_quote! {
            impl std::ops::Deref for #name {
                type Target = runtime::Map<#type_>;

                fn deref(&self) -> &Self::Target {
                    &self.#field
                }
            }
        },
        parse_quote! {
            impl std::ops::DerefMut for #name {
                fn deref_mut(&mut self) -> &mut Self::Target {
                    &mut self.#field
                }
            }
        },
    ];
    let cfg = only_for_tests(named);
    items.push(parse_quote! {
        #cfg
        impl<K: Into<String>> FromIterator<(K, #type_)> for #name {
            fn from_iter<I: IntoIterator<Item = (K, #type_)>>(members: I) -> Self {
                Self { #field: members.into_iter().collect(), ..Self::default() }
            }
        }
    });
    items
}
