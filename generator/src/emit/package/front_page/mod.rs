//! The documentation of the crate's root: short sections with code for what this crate has.
//!
//! The code calls operations of the document with the credentials that it asks for. `tests/tests/front_page.rs` compiles it.

mod calls;
mod client;
mod crate_features;
mod listening;
mod request;
mod snippet;
mod testing;

use proc_macro2::{Ident, TokenStream};

use crate::emit::Package;
use crate::emit::docs::room::Room;
use crate::emit::docs::words::wrap;
use crate::emit::package::front_page::request::Request;
use crate::model::{Api, Operation};

/// Returns the sections.
pub(in crate::emit) fn sections(api: &Api, package: &Package) -> Vec<String> {
    let mut sections = code(api, package).unwrap_or_default();
    sections.push(crate_features::section(api));
    sections
}

/// Returns the sections with code, unless there is nothing to call.
fn code(api: &Api, package: &Package) -> Option<Vec<String>> {
    // A package whose name is no identifier has no crate that could be named.
    let krate = syn::parse_str::<Ident>(&package.name.replace('-', "_")).ok()?;
    let page = Page { api, krate };
    let first = page.find(|_| true)?;
    let sections = [
        Some(client::section(&page)),
        Some(calls::section(&first)),
        Some(calls::errors(&page, &first)),
        Some(client::timeouts(&page)),
        Some(client::headers(&page)),
        listening::pages(&page),
        listening::streams(&page),
        testing::section(&page),
    ];
    Some(sections.into_iter().flatten().collect())
}

/// What the sections are about.
struct Page<'api> {
    api: &'api Api,
    /// The name of the crate.
    krate: Ident,
}

impl Page<'_> {
    /// Returns the operation that is the simplest to call of those that are `wanted`.
    fn find(&self, wanted: impl Fn(&Operation) -> bool) -> Option<Request<'_>> {
        let resources = self.api.resources.iter();
        let operations =
            resources.flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)));
        operations
            .filter(|(_, operation)| wanted(operation))
            .map(|(resource, operation)| Request::new(self, resource, operation))
            .min_by_key(Request::cost)
    }

    /// Returns a path of the crate as another crate writes it: it starts with the crate's name.
    fn outside(&self, tokens: TokenStream) -> TokenStream {
        snippet::outside(tokens, &self.krate)
    }
}

/// Returns a section: a title, and paragraphs, of which code, lists and tables are not wrapped.
fn section(title: &str, paragraphs: &[String]) -> String {
    let mut blocks = vec![format!("# {title}")];
    let is_block = |text: &String| ["```", "- ", "| "].iter().any(|start| text.starts_with(start));
    let filled = paragraphs.iter().filter(|paragraph| !paragraph.is_empty());
    blocks.extend(filled.map(|paragraph| {
        if is_block(paragraph) {
            paragraph.clone()
        } else {
            wrap(paragraph, Room::FILE.width, 0).join("\n")
        }
    }));
    blocks.join("\n\n")
}
