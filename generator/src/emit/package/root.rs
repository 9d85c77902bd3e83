//! The crate's root.

use std::fmt::Write as _;

use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::client::security;
use crate::emit::client::servers;
use crate::emit::docs::text;
use crate::emit::{Package, Runtime, SourceFile};
use crate::model::{Api, Content, Location, ModulePath, Operation, Payload, Resource, Shape, Type};

/// Returns `lib.rs`.
pub(in crate::emit) fn root(api: &Api, package: &Package) -> SourceFile {
    let mut paragraphs = vec![format!(
        "{}, version {}.",
        text::markdown(&api.title),
        text::markdown(&api.version)
    )];
    paragraphs.push(text::markdown(&api.description));
    paragraphs.extend(quick_start(api, package));
    SourceFile {
        path: "lib.rs".to_owned(),
        docs: paragraphs,
        attributes: allowances(api),
        items: items(api, package),
    }
}

/// Returns the modules of the crate, and what it re-exports.
fn items(api: &Api, package: &Package) -> Vec<Item> {
    let has_ids = api.modules.iter().any(|module| module.path == ModulePath::Ids);
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
            pub use client_runtime as runtime;
        ),
    };
    let mut items: Vec<Item> = vec![parse_quote!(
        mod client;
    )];
    items.extend(ids);
    items.push(parse_quote!(
        pub mod operations;
    ));
    items.extend((!api.response_sets.is_empty()).then(|| -> Item {
        parse_quote!(
            pub mod responses;
        )
    }));
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

/// Returns an example that calls the simplest operation: a `GET` whose arguments are texts.
fn quick_start(api: &Api, package: &Package) -> Option<String> {
    let is_text = |type_: &Type| match type_ {
        Type::String => true,
        Type::Named(id) => matches!(
            api.named(*id).shape,
            Shape::CheckedString { .. } | Shape::Wrapper(Type::String) | Shape::Alias(Type::String)
        ),
        _ => false,
    };
    let is_simple = |operation: &&Operation| {
        operation.method == "GET"
            && operation.body.as_ref().is_none_or(|body| !body.required)
            && operation
                .parameters
                .iter()
                .filter(|parameter| parameter.is_given())
                .all(|parameter| is_text(&parameter.type_))
            && operation
                .success
                .cases
                .first()
                .is_some_and(|response| matches!(response.payload, Some(Payload::Json(..))))
    };
    let candidates = api
        .resources
        .iter()
        .flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)));
    let simple = candidates.filter(|(_, operation)| is_simple(operation));
    let (resource, operation) = simple.min_by_key(|(_, operation)| {
        operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required && parameter.location == Location::Path)
            .count()
    })?;
    Some(example(api, package, resource, operation))
}

fn example(api: &Api, package: &Package, resource: &Resource, operation: &Operation) -> String {
    let krate = package.name.replace('-', "_");
    let client = match (&api.environment, api.schemes.as_slice()) {
        (Some(_), _) => "Client::from_env()?".to_owned(),
        (None, [scheme]) => {
            let arguments: Vec<String> = security::arguments(scheme)
                .iter()
                .map(|name| format!("{name:?}"))
                .collect();
            format!("Client::new({})?", arguments.join(", "))
        }
        (None, _) => "Client::new()?".to_owned(),
    };
    let mut example = String::from("# Quick start\n\n```no_run\n");
    let _ = writeln!(example, "use {krate}::{{Client, operations::{}}};\n", resource.module);
    let _ = writeln!(
        example,
        "# async fn example() -> Result<(), Box<dyn std::error::Error>> {{"
    );
    let _ = writeln!(example, "let client = {client};");
    let (mut arguments, mut by_name) = (Vec::new(), Vec::new());
    for parameter in operation.parameters.iter().filter(|parameter| parameter.is_given()) {
        let value = parameter.example.as_deref().unwrap_or("…");
        let literal = syn::LitStr::new(value, proc_macro2::Span::call_site());
        let literal = quote!(#literal);
        let _ = match &parameter.type_ {
            Type::Named(id) if matches!(api.named(*id).shape, Shape::CheckedString { .. }) => {
                let named = api.named(*id);
                let module = named.module.rust_path();
                writeln!(
                    example,
                    "let {}: {krate}::{module}::{} = {literal}.parse()?;",
                    parameter.field, named.name
                )
            }
            _ => writeln!(example, "let {} = {literal};", parameter.field),
        };
        match (&operation.required, parameter.location) {
            (None, _) | (_, Location::Path) => arguments.push(parameter.field.clone()),
            (Some(_), _) => by_name.push(format!("{0}: {0}.into()", parameter.field)),
        }
    }
    if let Some(required) = &operation.required {
        let (module, type_name) = (&resource.module, &required.type_.name);
        arguments.push(format!("{module}::{type_name} {{ {} }}", by_name.join(", ")));
    }
    let _ = writeln!(
        example,
        "let response = {}::{}({}).send(&client).await?;",
        resource.module,
        operation.function,
        arguments.join(", ")
    );
    example.push_str("println!(\"{:?}\", *response);\n# Ok(())\n# }\n```");
    example
}
