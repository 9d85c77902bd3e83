//! The servers of the document, where there is more than one to choose from.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::SourceFile;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::scope::paths::ident;
use crate::model::{Api, Need, Server, ServerVariable};

/// Returns whether there is anything to choose.
pub(in crate::emit) fn are_needed(api: &Api) -> bool {
    api.needs(Need::ServerVariables) || api.servers.len() > 1 || own(api).next().is_some()
}

/// Returns the servers, by URL, that operations go to in place of the base URL.
pub(in crate::emit) fn own(api: &Api) -> impl Iterator<Item = &str> {
    api.servers.iter().filter_map(|server| server.own.as_deref())
}

/// Returns `servers.rs`, where there is anything to choose.
pub(in crate::emit) fn file(api: &Api) -> Option<SourceFile> {
    if !are_needed(api) {
        return None;
    }
    let mut items: Vec<Item> = Vec::new();
    if api.needs(Need::ServerVariables) {
        items.push(parse_quote!(
            use crate::runtime::ConfigError;
        ));
        items.push(parse_quote!(
            use crate::runtime::codegen::server_url;
        ));
    }
    for server in &api.servers {
        if server.variables.is_empty() {
            items.push(constant(server));
        } else {
            items.extend(with_variables(server));
        }
    }
    Some(SourceFile {
        path: "servers.rs".to_owned(),
        docs: vec!["The servers of the document, as base URLs for the client builder.".to_owned()],
        attributes: Vec::new(),
        items,
    })
}

fn server_docs(server: &Server) -> TokenStream {
    let mut paragraphs = text::text(&server.docs, "A server of the API.", Room::FILE);
    paragraphs.push(text::literal(&server.url));
    if server.own.is_some() {
        paragraphs.push("Some operations use this server instead of the default one.".to_owned());
    }
    text::attributes(&paragraphs)
}

fn constant(server: &Server) -> Item {
    let (docs, name, url) = (server_docs(server), ident(&server.name), &server.url);
    parse_quote!(#docs pub const #name: &str = #url;)
}

fn with_variables(server: &Server) -> Vec<Item> {
    let (docs, name, url) = (server_docs(server), ident(&server.name), &server.url);
    let fields: Vec<_> = server.variables.iter().map(|variable| ident(&variable.field)).collect();
    let defaults = server.variables.iter().map(|variable| &variable.default);
    let setters = server.variables.iter().map(setter);
    let default_url = server.own.as_ref().map(|url| {
        quote! {
            /// The URL with the default values of its variables, which identifies the server in the client builder.
            pub const DEFAULT_URL: &str = #url;
        }
    });
    let variables = server.variables.iter().zip(&fields).map(|(variable, field)| {
        let (name, values) = (&variable.name, &variable.values);
        quote!((#name, &self.#field, &[#(#values),*]))
    });
    vec![
        parse_quote! {
            #docs
            #[derive(Debug, Clone, PartialEq, Eq)]
            pub struct #name { #(#fields: String),* }
        },
        parse_quote! {
            /// The variables have their default values.
            impl Default for #name {
                fn default() -> Self {
                    Self { #(#fields: #defaults.to_owned()),* }
                }
            }
        },
        parse_quote! {
            impl #name {
                #default_url

                #(#setters)*

                /// Returns the URL.
                ///
                /// # Errors
                ///
                /// If the value of a variable is not allowed.
                pub fn url(&self) -> Result<String, ConfigError> {
                    server_url(#url, &[#(#variables),*])
                }
            }
        },
    ]
}

fn setter(variable: &ServerVariable) -> TokenStream {
    let field = ident(&variable.field);
    let mut paragraphs = text::text(
        &variable.docs,
        &format!("Sets {}.", text::literal(&variable.name)),
        Room::ITEM,
    );
    let literals = |values: &[String]| {
        values
            .iter()
            .map(|value| text::literal(value))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let default = text::literal(&variable.default);
    paragraphs.push(if variable.values.is_empty() {
        format!("Default: {default}")
    } else {
        format!("One of {}. Default: {default}", literals(&variable.values))
    });
    let docs = text::attributes(&paragraphs);
    quote! {
        #docs
        #[must_use]
        pub fn #field(mut self, #field: impl Into<String>) -> Self {
            self.#field = #field.into();
            self
        }
    }
}
