//! Setters of structs that callers build.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::paths::ident;

/// Returns the method that takes `argument` for a field and sets it to `value`.
pub(super) fn method(
    field: &str,
    docs: &[String],
    deprecated: Option<&TokenStream>,
    (argument, value): (&TokenStream, &TokenStream),
) -> TokenStream {
    let (field, docs) = (ident(field), docs::attributes(docs));
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #field(mut self, #field: #argument) -> Self {
            self.#field = #value;
            self
        }
    }
}
