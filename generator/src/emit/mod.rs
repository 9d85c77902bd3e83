//! Writes the model down as Rust syntax.
//!
//! An emitter is a `match` over the model and a `quote!`. It never reads the
//! document, and it decides nothing: the model has every fact.

mod body;
mod builder;
mod client;
mod constants;
mod deprecation;
mod docs;
mod html;
mod imports;
mod krate;
mod manifest;
mod markdown;
#[cfg(test)]
mod markdown_tests;
mod object;
mod object_use;
mod operation;
mod pages;
mod parameter;
mod parts;
mod paths;
mod reading;
mod reply;
mod request_field;
mod request_function;
mod required;
mod rule;
mod runtime;
mod security;
mod servers;
mod setter;
mod string_enum;
mod tuple;
mod types;
mod union;
mod words;

use std::collections::BTreeMap;

pub use docs::lines as doc_lines;
pub use krate::{Package, Runtime};

use crate::model::Api;

/// One emitted file as syntax.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path below the crate's `src`.
    pub path: String,
    /// What `//!` says, in Markdown.
    pub docs: Vec<String>,
    /// The attributes of the module as a whole.
    pub attributes: Vec<syn::Attribute>,
    /// The items, in order.
    pub items: Vec<syn::Item>,
}

/// Returns the files of the crate's `src` that are made from the model, each made when it is asked for: the syntax of
/// a large crate takes many times the memory of its text.
pub fn emit(api: &Api, package: &Package) -> impl Iterator<Item = SourceFile> {
    [krate::root(api, package), client::client(api, package)]
        .into_iter()
        .chain(security::file(api))
        .chain(servers::file(api))
        .chain(types::schemas(api))
        .chain(types::ids(api))
        .chain(operation::operations(api))
        .chain(runtime::module_list(api, package))
}

/// Returns the files of the crate that are text: its manifest and the runtime.
#[must_use]
pub fn texts(api: &Api, package: &Package) -> BTreeMap<String, String> {
    let mut texts = runtime::sources(api, package);
    texts.insert("Cargo.toml".to_owned(), manifest::manifest(api, package));
    texts
}
