//! Items that only some Cargo features of the crate have.

use quote::quote;
use syn::{Attribute, parse_quote};

use crate::model::{Api, Availability};

/// Returns the attribute of an item with this availability, if it needs one.
pub(in crate::emit) fn attribute(api: &Api, availability: &Availability) -> Option<Attribute> {
    let names = api.feature_names(availability)?;
    Some(match names.as_slice() {
        [only] => parse_quote!(#[cfg(feature = #only)]),
        many => {
            let features = many.iter().map(|name| quote!(feature = #name));
            parse_quote!(#[cfg(any(#(#features),*))])
        }
    })
}
