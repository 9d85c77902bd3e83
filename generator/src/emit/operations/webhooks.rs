//! What the server sends: an enum of the webhooks of the document, and one of the callbacks of its operations.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use crate::emit::SourceFile;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::operations::responses;
use crate::emit::scope::names::Names;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constraints;
use crate::emit::types::declaration;
use crate::emit::types::files;
use crate::model::{ModulePath, Payload, Webhook, Webhooks};

/// Returns the file of the webhooks and callbacks, if there are any.
pub(in crate::emit) fn file(names: &Names<'_>) -> Option<SourceFile> {
    let api = names.api;
    if api.webhooks.is_empty() {
        return None;
    }
    let scope = Scope::new(names, &ModulePath::Webhooks);
    let module = api.modules.iter().find(|module| module.path == ModulePath::Webhooks);
    let ids = module.map(|module| module.types.as_slice()).unwrap_or_default();
    let mut body: Vec<Item> = api.webhooks.iter().map(|webhooks| enum_(&scope, webhooks)).collect();
    body.extend(ids.iter().flat_map(|id| files::items(&scope, *id)));
    body.extend(constraints::statics(&scope, ids));
    let (items, attributes) = files::with_imports(names, &scope, body, None);
    Some(SourceFile {
        path: ModulePath::Webhooks.file(),
        docs: vec![
            "Requests that the server sends: those of webhooks and callbacks.".to_owned(),
            "Each is decoded by its name and the bytes of its body. Check the signature of a request first, if it has one."
                .to_owned(),
        ],
        attributes,
        items,
    })
}

/// Returns the enum of webhooks or callbacks.
fn enum_(scope: &Scope<'_>, webhooks: &Webhooks) -> Item {
    let words = if webhooks.are_callbacks {
        "A request of a callback of an operation.\n\nIts name is the id of the operation and that of the callback, with a slash between them."
    } else {
        "A request of a webhook of the document."
    };
    let (name, docs) = (ident(&webhooks.name), text::attributes(&[words.to_owned()]));
    let variants = webhooks.webhooks.iter().map(|webhook| variant(scope, webhook));
    declaration::item(
        "webhooks",
        quote! {
            #docs
            pub enum #name { #(#variants,)* }
        },
    )
}

/// Returns the variant of a webhook: the type of its body, its name, and how the body is read.
fn variant(scope: &Scope<'_>, webhook: &Webhook) -> TokenStream {
    let (name, wire) = (ident(&webhook.variant), &webhook.wire);
    let mut paragraphs = text::text(&webhook.docs, "", Room::MEMBER);
    paragraphs.push(format!("Decoded by the name {}.", text::literal(wire)));
    let docs = text::attributes(&paragraphs);
    let Some(payload) = &webhook.payload else {
        return quote!(#docs #name = #wire);
    };
    let type_ = responses::payload_type(scope, Some(payload));
    let read = ident(match payload {
        Payload::Json(..) => "json",
        Payload::Text => "text",
        Payload::Bytes => "bytes",
    });
    quote!(#docs #name(#type_) = #wire => #read)
}
