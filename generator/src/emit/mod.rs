//! Writes the model down as Rust syntax.
//!
//! An emitter is a `match` over the model and a `quote!`. It never reads the
//! document, and it decides nothing: the model has every fact.

mod client;
mod docs;
mod operations;
mod package;
mod scope;
mod target;
mod types;

use std::collections::BTreeMap;

pub(crate) use docs::text::lines as doc_lines;
pub use target::{Package, Runtime, SharedRuntime};

use crate::model::{Api, Needs};

/// One emitted file as syntax.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
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
pub(crate) fn emit(api: &Api, package: &Package) -> impl Iterator<Item = SourceFile> {
    [package::root::root(api, package), client::clients::client(api, package)]
        .into_iter()
        .chain(client::security::file(api))
        .chain(client::servers::file(api))
        .chain(operations::responses::file(api))
        .chain(types::files::schemas(api))
        .chain(types::files::ids(api))
        .chain(operations::operation::operations(api))
}

/// Returns the files of the crate that are text: its manifest and the runtime.
#[must_use]
pub(crate) fn texts(api: &Api, package: &Package) -> BTreeMap<String, String> {
    let mut texts = package::runtime::sources(api, package);
    texts.insert("Cargo.toml".to_owned(), package::manifest::manifest(api, package));
    texts
}

/// Returns the files of a crate with the runtime alone, as far as it is needed.
pub(crate) fn runtime_texts(needs: &Needs, package: &Package) -> BTreeMap<String, String> {
    let mut texts = package::runtime::crate_sources(needs);
    texts.insert(
        "Cargo.toml".to_owned(),
        package::manifest::runtime_manifest(needs, package),
    );
    texts
}
