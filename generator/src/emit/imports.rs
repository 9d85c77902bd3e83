//! The `use` items of an emitted module.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::parse_quote;

use super::paths::ident;

/// What a module uses of others, gathered while it is written.
#[derive(Debug, Default)]
pub(super) struct Imports {
    siblings: RefCell<BTreeSet<String>>,
    modules: RefCell<BTreeSet<String>>,
    runtime: RefCell<BTreeSet<String>>,
}

impl Imports {
    /// Uses an item of a module beside this one.
    pub(super) fn add_sibling(&self, name: &str) {
        self.siblings.borrow_mut().insert(name.to_owned());
    }

    /// Uses a module of the crate.
    pub(super) fn add_module(&self, name: &str) {
        self.modules.borrow_mut().insert(name.to_owned());
    }

    /// Uses an item of the runtime by its bare name.
    pub(super) fn add_runtime(&self, name: &str) {
        self.runtime.borrow_mut().insert(name.to_owned());
    }

    /// Returns the `use` items for the items of `body`.
    pub(super) fn items(&self, body: &[syn::Item]) -> Vec<syn::Item> {
        let mut items: Vec<syn::Item> = Vec::new();
        let siblings: Vec<_> = self.siblings.borrow().iter().map(|name| ident(name)).collect();
        if !siblings.is_empty() {
            items.push(match siblings.as_slice() {
                [only] => parse_quote!(use super::#only;),
                many => parse_quote!(use super::{#(#many),*};),
            });
        }
        for module in self.modules.borrow().iter().map(|name| ident(name)) {
            items.push(parse_quote!(use crate::#module;));
        }
        let runtime: Vec<_> = self.runtime.borrow().iter().map(|name| ident(name)).collect();
        let names_module = body.iter().any(|item| mentions_runtime(quote!(#item)));
        match (names_module, runtime.as_slice()) {
            (true, []) => items.push(parse_quote!(
                use crate::runtime;
            )),
            (true, names) => items.push(parse_quote!(use crate::runtime::{self, #(#names),*};)),
            (false, []) => {}
            (false, [only]) => items.push(parse_quote!(use crate::runtime::#only;)),
            (false, names) => items.push(parse_quote!(use crate::runtime::{#(#names),*};)),
        }
        items
    }
}

/// Returns whether the tokens name the runtime as a module.
fn mentions_runtime(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == "runtime",
        TokenTree::Group(group) => mentions_runtime(group.stream()),
        _ => false,
    })
}
