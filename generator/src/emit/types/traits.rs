//! Implementations of traits of the standard library.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::scope::paths::ident;
use crate::model::Derives;

/// Returns the `#[derive]` of a type.
pub(in crate::emit) fn derive(derives: &Derives) -> TokenStream {
    let names = derives.iter().map(|derive| ident(derive.name()));
    quote!(#[derive(#(#names),*)])
}

/// Returns the `Default` of a type whose constructor takes no arguments, where it cannot be derived.
pub(in crate::emit) fn default(name: &str) -> Item {
    let name = ident(name);
    parse_quote! {
        impl Default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}
