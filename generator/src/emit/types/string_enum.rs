//! Enums of strings.

use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::deprecation;
use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::files;
use crate::emit::types::traits;
use crate::model::{Named, StringEnum};

/// Returns the items of an enum of strings.
pub(in crate::emit) fn items(_scope: &Scope<'_>, named: &Named, shape: &StringEnum) -> Vec<Item> {
    let (name, docs) = (ident(&named.name), files::type_docs(named));
    let derive = traits::derive(&named.derives);
    let unknown = ident(&shape.unknown);
    let variants: Vec<_> = shape.values.iter().map(|value| ident(&value.variant)).collect();
    let wires: Vec<&String> = shape.values.iter().map(|value| &value.wire).collect();
    let variant_docs = shape.values.iter().map(|value| {
        let mut paragraphs = vec![text::literal(&value.wire)];
        paragraphs.extend(text::text(&value.docs, ""));
        let (docs, deprecated) = (
            text::attributes(&paragraphs),
            deprecation::attribute(&value.docs, "value"),
        );
        quote!(#docs #deprecated)
    });
    let others = match variants.as_slice() {
        [] => None,
        [only] => Some(quote!(Self::#only => None,)),
        _ => Some(quote!(_ => None,)),
    };
    let body = quote! {
        #(#variant_docs #variants,)*
        /// An unknown value: the document does not list it.
        #unknown(runtime::UnknownString),
    };
    vec![
        parse_quote! {
            #docs
            #derive
            #[non_exhaustive]
            pub enum #name { #body }
        },
        parse_quote! {
            impl runtime::StringEnum for #name {
                const LISTED: &'static [Self] = &[#(Self::#variants),*];

                fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #wires,)*
                        Self::#unknown(text) => text.as_str(),
                    }
                }

                fn from_unknown(text: runtime::UnknownString) -> Self {
                    Self::#unknown(text)
                }

                fn as_unknown(&self) -> Option<&runtime::UnknownString> {
                    match self {
                        Self::#unknown(text) => Some(text),
                        #others
                    }
                }
            }
        },
        if shape.is_open {
            parse_quote!(codegen::string_enum!(#name, open);)
        } else {
            parse_quote!(codegen::string_enum!(#name);)
        },
        files::schema_line(named),
    ]
}
