//! Setters of structs that callers build.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::text;
use crate::emit::scope::paths::ident;

/// Returns the method that takes `argument` for a field and sets it to `value`.
pub(in crate::emit) fn method(
    field: &str,
    docs: &[String],
    deprecated: Option<&TokenStream>,
    (argument, value): (&TokenStream, &TokenStream),
) -> TokenStream {
    let (field, docs) = (ident(field), text::attributes(docs));
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
