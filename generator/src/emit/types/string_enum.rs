//! Enums of strings: one declaration each, which a macro of the runtime expands.

use quote::quote;
use syn::Item;

use crate::emit::docs::deprecation;
use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constraints;
use crate::emit::types::declaration;
use crate::emit::types::files;
use crate::emit::types::traits;
use crate::model::{Assertion, Named, StringEnum};

/// Returns the declaration of an enum of strings.
pub(in crate::emit) fn item(scope: &Scope<'_>, named: &Named, shape: &StringEnum) -> Item {
    let (name, docs, static_name) = (ident(&named.name), files::type_docs(named), ident(&named.static_name));
    let derive = traits::derive_but_eq(&named.derives);
    let unknown = ident(&shape.unknown);
    let schema = keywords(named, shape).map(|keywords| {
        let keywords = keywords
            .into_iter()
            .map(|assertion| constraints::keyword(scope, assertion));
        quote!([#(#keywords),*])
    });
    let values = shape.values.iter().map(|value| {
        let (variant, wire) = (ident(&value.variant), &value.wire);
        let instead = if wire.is_empty() { "The empty string." } else { "" };
        let docs = text::attributes(&text::text(&value.docs, instead));
        let deprecated = deprecation::attribute(&value.docs, "value");
        quote!(#docs #deprecated #variant = #wire,)
    });
    let open = shape.is_open.then(|| quote!([open]));
    let tokens = quote! {
        #docs
        #derive
        pub enum #name: #static_name #schema {
            #(#values)*
            ..#open #unknown
        }
    };
    declaration::item("string_enum", tokens)
}

/// Returns the keywords of a schema but for `enum`, if this lists the values of the enum.
pub(in crate::emit) fn keywords<'api>(named: &'api Named, shape: &StringEnum) -> Option<Vec<&'api Assertion>> {
    let is_enum = |assertion: &&Assertion| matches!(assertion, Assertion::Enum(_));
    let (enums, keywords): (Vec<_>, Vec<_>) = named.constraints.0.iter().partition(is_enum);
    // A value that is escaped in JSON has another text there.
    let is_plain = |wire: &str| !wire.contains(|sign: char| sign == '"' || sign == '\\' || sign.is_control());
    let values = shape.values.iter().map(|value| &value.wire);
    let are_values = match enums.as_slice() {
        [Assertion::Enum(texts)] => {
            values.clone().all(|wire| is_plain(wire))
                && texts.iter().cloned().eq(values.map(|wire| format!("\"{wire}\"")))
        }
        _ => false,
    };
    are_values.then_some(keywords)
}
