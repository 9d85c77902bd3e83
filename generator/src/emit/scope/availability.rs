//! Items that only some Cargo features of the crate have.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, parse_quote};

use crate::model::{Api, Availability};

/// Returns the attribute of an item with this availability, if it needs one.
pub(in crate::emit) fn attribute(api: &Api, availability: &Availability) -> Option<Attribute> {
    let condition = condition(api, availability)?;
    Some(parse_quote!(#[cfg(#condition)]))
}

/// Returns the attribute of an item with this availability that is there for tests, which give responses.
pub(in crate::emit) fn attribute_for_tests(api: &Api, availability: &Availability) -> Attribute {
    match condition(api, availability) {
        Some(condition) => parse_quote!(#[cfg(all(feature = "mock", #condition))]),
        None => parse_quote!(#[cfg(feature = "mock")]),
    }
}

fn condition(api: &Api, availability: &Availability) -> Option<TokenStream> {
    let names = api.feature_names(availability)?;
    Some(match names.as_slice() {
        [only] => quote!(feature = #only),
        many => {
            let features = many.iter().map(|name| quote!(feature = #name));
            quote!(any(#(#features),*))
        }
    })
}
