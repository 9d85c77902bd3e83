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
mod threads;
mod types;

use std::collections::BTreeMap;

pub(crate) use docs::text::lines as doc_lines;
pub use target::{Package, Runtime, SharedRuntime};

use crate::emit::scope::names::Names;
use crate::model::{Api, Module, Needs, Resource};

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

/// A file of the crate's `src` that is made from the model.
#[derive(Debug, Clone, Copy)]
enum Part<'api> {
    /// `operations/mod.rs`.
    Operations,
    /// The file of a resource.
    Resource(&'api Resource),
    /// The file of a module of types.
    Types(&'api Module),
    /// `lib.rs`.
    Root,
    /// `client.rs`.
    Client,
    /// `security.rs`.
    Security,
    /// `servers.rs`.
    Servers,
    /// `responses.rs`.
    Responses,
    /// `webhooks.rs`.
    Webhooks,
}

/// Makes the files of the crate's `src` that are made from the model, and returns what `render` makes of each.
///
/// Each is rendered when it is made: the syntax of a large crate takes many times the memory of its text. Threads share
/// the work. Syntax stays in the thread that makes it; the order of the result is not defined.
pub(crate) fn emit<T: Send>(api: &Api, package: &Package, render: impl Fn(SourceFile) -> T + Sync) -> Vec<T> {
    let names = Names::of(api);
    let types = api.modules.iter().filter(|module| module.path.is_private());
    // Those of resources are the largest: what is made last should take no time.
    let parts: Vec<Part<'_>> = [Part::Operations]
        .into_iter()
        .chain(api.resources.iter().map(Part::Resource))
        .chain(types.map(Part::Types))
        .chain([
            Part::Root,
            Part::Client,
            Part::Security,
            Part::Servers,
            Part::Responses,
            Part::Webhooks,
        ])
        .collect();
    let made = threads::map(&parts, |part| {
        let file = part.file(&names, package)?;
        let exports = match part {
            Part::Types(module) => Some((*module, types::files::exports(&file.items))),
            _ => None,
        };
        Some((render(file), exports))
    });
    let (mut rendered, exports): (Vec<T>, Vec<_>) = made.into_iter().flatten().unzip();
    let exports: Vec<_> = exports.into_iter().flatten().collect();
    rendered.extend(types::roots::files(&names, &exports).into_iter().map(render));
    rendered
}

impl Part<'_> {
    /// Makes the file, if the crate has it.
    fn file(self, names: &Names<'_>, package: &Package) -> Option<SourceFile> {
        let api = names.api;
        match self {
            Self::Operations => Some(operations::operation::root(api)),
            Self::Resource(resource) => Some(operations::operation::file(names, resource)),
            Self::Types(module) => Some(types::files::file(names, module)),
            Self::Root => Some(package::root::root(api, package)),
            Self::Client => Some(client::clients::client(api, package)),
            Self::Security => client::security::file(api),
            Self::Servers => client::servers::file(api),
            Self::Responses => operations::responses::file(names),
            Self::Webhooks => operations::webhooks::file(names),
        }
    }
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
