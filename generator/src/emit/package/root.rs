//! The crate's root.

use syn::{Item, parse_quote};

use crate::emit::client::servers;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::package::front_page;
use crate::emit::scope::availability;
use crate::emit::{Package, Runtime, SourceFile};
use crate::model::{Api, Availability, Content, ModulePath, Shape};

/// Returns `lib.rs`.
pub(in crate::emit) fn root(api: &Api, package: &Package) -> SourceFile {
    let mut paragraphs = vec![format!(
        "{}, version {}.",
        text::markdown(&api.title, Room::FILE),
        text::markdown(&api.version, Room::FILE)
    )];
    paragraphs.push(text::markdown(&api.description, Room::FILE));
    paragraphs.extend(front_page::sections(api, package));
    // docs.rs documents with all features, and says of each item which ones it needs.
    let documentation = parse_quote!(#![cfg_attr(docsrs, feature(doc_cfg))]);
    SourceFile {
        path: "lib.rs".to_owned(),
        docs: paragraphs,
        attributes: [documentation].into_iter().chain(allowances(api)).collect(),
        items: items(api, package),
    }
}

/// Returns the module of the enums and the headers of responses that several operations have, if there are any.
fn responses(api: &Api) -> Option<Item> {
    let mut used = Availability::never();
    let headers = api.header_sets.iter().map(|set| &set.availability);
    let sets = api.response_sets.iter().map(|set| &set.availability).chain(headers);
    let has_any = sets.clone().next().is_some();
    sets.for_each(|availability| used.extend(availability));
    let cfg = availability::attribute(api, &used);
    has_any.then(|| {
        parse_quote!(
            #cfg
            pub mod responses;
        )
    })
}

/// Returns the module of the webhooks and callbacks, if there are any.
fn webhooks(api: &Api) -> Option<Item> {
    let cfg = availability::attribute(api, &api.webhook_availability);
    (!api.webhooks.is_empty()).then(|| {
        parse_quote!(
            #cfg
            pub mod webhooks;
        )
    })
}

/// Returns the modules of the crate, and what it re-exports.
fn items(api: &Api, package: &Package) -> Vec<Item> {
    let has_ids = api
        .modules
        .iter()
        .any(|module| matches!(module.path, ModulePath::Ids(_)));
    let ids: Option<Item> = has_ids.then(|| {
        parse_quote!(
            pub mod ids;
        )
    });
    let runtime: Item = match package.runtime {
        Runtime::Copied => parse_quote!(
            pub mod runtime;
        ),
        Runtime::Shared(_) => parse_quote!(
            pub use apicrate_runtime as runtime;
        ),
    };
    let mut items: Vec<Item> = vec![parse_quote!(
        mod client;
    )];
    items.extend(ids);
    items.push(parse_quote!(
        pub mod operations;
    ));
    items.extend(responses(api));
    items.extend((package.runtime == Runtime::Copied).then(|| runtime.clone()));
    items.push(parse_quote!(
        pub mod schemas;
    ));
    items.extend((!api.schemes.is_empty()).then(|| -> Item {
        parse_quote!(
            pub mod security;
        )
    }));
    items.extend(servers::are_needed(api).then(|| -> Item {
        parse_quote!(
            pub mod servers;
        )
    }));
    items.extend(webhooks(api));
    items.push(parse_quote! {
        #[cfg(feature = "blocking")]
        pub use client::BlockingClient;
    });
    items.push(parse_quote! {
        #[cfg(feature = "async")]
        pub use client::Client;
    });
    items.push(parse_quote!(
        pub use client::{ClientBuilder, SERVER};
    ));
    items.extend((package.runtime != Runtime::Copied).then_some(runtime));
    items.push(parse_quote!(
        pub use runtime::{AnyError, HasSchema, Error, Json, Map, Maybe, Number, ResponseValue, Scalar};
    ));
    items
}

/// Returns what the whole crate allows, for names that the document has chosen.
fn allowances(api: &Api) -> Vec<syn::Attribute> {
    // The default of clippy's `disallowed-names`.
    let is_disallowed = |name: &String| ["foo", "baz", "quux"].contains(&name.as_str());
    let fields = api.types.iter().flat_map(|named| match &named.shape {
        Shape::Object(object) => object.properties.iter().map(|property| &property.field).collect(),
        _ => Vec::new(),
    });
    let operations = api.operations();
    let parts = operations
        .clone()
        .filter_map(|operation| match &operation.body.as_ref()?.content {
            Content::Parts(parts) => Some(parts.parts.iter().map(|part| &part.field)),
            _ => None,
        });
    let parameters = operations.flat_map(|operation| operation.parameters.iter().map(|parameter| &parameter.field));
    let mut allowed = Vec::new();
    if fields.chain(parameters).chain(parts.flatten()).any(is_disallowed) {
        allowed.push(parse_quote!(#![allow(clippy::disallowed_names, reason = "the document calls them so")]));
    }
    allowed
}
