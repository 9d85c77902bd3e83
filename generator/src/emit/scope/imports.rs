//! The `use` items of an emitted module.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;
use syn::parse_quote;

use crate::emit::scope::paths::ident;

/// What a module uses of others, gathered while it is written.
#[derive(Debug, Default)]
pub(in crate::emit) struct Imports {
    siblings: RefCell<BTreeSet<String>>,
    modules: RefCell<BTreeSet<String>>,
    codegen: RefCell<BTreeSet<String>>,
}

impl Imports {
    /// Uses an item of a module beside this one.
    pub(in crate::emit) fn add_sibling(&self, name: &str) {
        self.siblings.borrow_mut().insert(name.to_owned());
    }

    /// Uses a module of the crate.
    pub(in crate::emit) fn add_module(&self, name: &str) {
        self.modules.borrow_mut().insert(name.to_owned());
    }

    /// Uses an item of the runtime's `codegen` by its bare name.
    pub(in crate::emit) fn add_codegen(&self, name: &str) {
        self.codegen.borrow_mut().insert(name.to_owned());
    }

    /// Returns the `use` items for the items of `body`.
    pub(in crate::emit) fn items(&self, body: &[syn::Item]) -> Vec<syn::Item> {
        let mut items: Vec<syn::Item> = Vec::new();
        let siblings: Vec<_> = self.siblings.borrow().iter().map(|name| ident(name)).collect();
        if !siblings.is_empty() {
            items.push(match siblings.as_slice() {
                [only] => parse_quote!(use super::#only;),
                many => parse_quote!(use super::{#(#many), *};),
            });
        }
        for module in self.modules.borrow().iter().map(|name| ident(name)) {
            items.push(parse_quote!(use crate::#module;));
        }
        let [names_runtime, names_codegen] = named_modules(body);
        if names_runtime {
            items.push(parse_quote!(
                use crate::runtime;
            ));
        }
        let codegen: Vec<_> = self.codegen.borrow().iter().map(|name| ident(name)).collect();
        match (names_codegen, codegen.as_slice()) {
            (true, []) => items.push(parse_quote!(
                use crate::runtime::codegen;
            )),
            (true, names) => items.push(parse_quote!(use crate::runtime::codegen::{self, #(#names),*};)),
            (false, []) => {}
            (false, [only]) => items.push(parse_quote!(use crate::runtime::codegen::#only;)),
            (false, names) => items.push(parse_quote!(use crate::runtime::codegen::{#(#names),*};)),
        }
        items
    }
}

/// Modules that paths may go through, and that are imported where one does.
const MODULES: [&str; 2] = ["runtime", "codegen"];

/// Returns which of [`MODULES`] paths of the items go through.
fn named_modules(body: &[syn::Item]) -> [bool; 2] {
    let mut named = [false; 2];
    for item in body {
        if named == [true; 2] {
            break;
        }
        look(quote!(#item), &mut named);
    }
    named
}

/// Notes which of [`MODULES`] paths in the tokens start with.
fn look(tokens: TokenStream, named: &mut [bool; 2]) {
    let mut trees = tokens.into_iter().peekable();
    let (mut is_behind_colons, mut is_joint) = (false, false);
    while let Some(tree) = trees.next() {
        let is_start = !is_behind_colons;
        // The second colon of `::` stands alone, behind one that does not.
        let is_colon = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ':');
        is_behind_colons = is_colon && is_joint;
        is_joint =
            matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint);
        match tree {
            TokenTree::Ident(ident) => {
                let is_path = matches!(trees.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint);
                let index = MODULES.iter().position(|module| ident == *module);
                if let Some(index) = index.filter(|_| is_path && is_start) {
                    named[index] = true;
                }
            }
            TokenTree::Group(group) => look(group.stream(), named),
            _ => {}
        }
    }
}
