//! Enums of strings: one declaration each, which a macro of the runtime expands.

use quote::quote;
use syn::Item;

use crate::emit::docs::deprecation;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constraints::Around;
use crate::emit::types::declaration;
use crate::emit::types::files;
use crate::model::{Assertion, Named, StringEnum};

/// Returns the declaration of an enum of strings.
pub(in crate::emit) fn item(scope: &Scope<'_>, named: &Named, shape: &StringEnum) -> Item {
    let (name, docs, static_name) = (ident(&named.name), files::type_docs(named), ident(&named.static_name));
    let unknown = ident(&shape.unknown);
    let keywords = around(named, shape).map(|around| around.brackets(scope));
    let values = shape.values.iter().map(|value| {
        let (variant, wire) = (ident(&value.variant), &value.wire);
        let instead = if wire.is_empty() { "The empty string." } else { "" };
        let docs = text::attributes(&text::text(&value.docs, instead, Room::MEMBER));
        let deprecated = deprecation::attribute(&value.docs, "value");
        quote!(#docs #deprecated #variant = #wire,)
    });
    let open = shape.is_open.then(|| quote!([open]));
    let tokens = quote! {
        #docs
        pub enum #name: #static_name #keywords {
            #(#values)*
            ..#open #unknown
        }
    };
    declaration::item("string_enum", tokens)
}

/// Returns the keywords around `enum`, if this lists the values of the enum.
pub(in crate::emit) fn around<'api>(named: &'api Named, shape: &StringEnum) -> Option<Around<'api>> {
    let around = Around::find(&named.constraints, |assertion| matches!(assertion, Assertion::Enum(_)))?;
    let Some(Assertion::Enum(texts)) = around.own else {
        return None;
    };
    // A value that is escaped in JSON has another text there.
    let is_plain = |wire: &str| !wire.contains(|sign: char| sign == '"' || sign == '\\' || sign.is_control());
    let values = shape.values.iter().map(|value| value.wire.as_str());
    let are_values = values.clone().all(is_plain) && texts.iter().cloned().eq(values.map(|wire| format!("\"{wire}\"")));
    are_values.then_some(around)
}
