//! Enums of strings.

use quote::quote;
use syn::{Item, parse_quote};

use super::paths::{Scope, ident};
use super::{deprecation, docs, types};
use crate::model::{Named, StringEnum};

/// Returns the items of an enum of strings.
pub(super) fn items(_scope: &Scope<'_>, named: &Named, shape: &StringEnum) -> Vec<Item> {
    let (name, docs) = (ident(&named.name), types::type_docs(named));
    let unlisted = ident(&shape.unlisted);
    let variants: Vec<_> = shape.values.iter().map(|value| ident(&value.variant)).collect();
    let wires: Vec<&String> = shape.values.iter().map(|value| &value.wire).collect();
    let variant_docs = shape.values.iter().map(|value| {
        let mut paragraphs = vec![docs::literal(&value.wire)];
        paragraphs.extend(docs::text(&value.docs, ""));
        let (docs, deprecated) = (
            docs::attributes(&paragraphs),
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
        /// A value that the document does not list.
        #unlisted(runtime::Unlisted),
    };
    vec![
        parse_quote! {
            #docs
            #[derive(Debug, Clone, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name { #body }
        },
        parse_quote! {
            impl runtime::StringEnum for #name {
                const LISTED: &'static [Self] = &[#(Self::#variants),*];

                fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #wires,)*
                        Self::#unlisted(text) => text.as_str(),
                    }
                }

                fn unlisted(text: runtime::Unlisted) -> Self {
                    Self::#unlisted(text)
                }

                fn as_unlisted(&self) -> Option<&runtime::Unlisted> {
                    match self {
                        Self::#unlisted(text) => Some(text),
                        #others
                    }
                }
            }
        },
        if shape.is_open {
            parse_quote!(runtime::string_enum!(#name, open);)
        } else {
            parse_quote!(runtime::string_enum!(#name);)
        },
        types::schema_line(named),
    ]
}
