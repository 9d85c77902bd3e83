//! The `use` items of an emitted module.

use std::cell::RefCell;
use std::collections::BTreeSet;

use syn::parse_quote;

use crate::emit::scope::paths::ident;
use crate::emit::scope::uses::Uses;

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

    /// Returns the `use` items for the items that have `uses`.
    pub(in crate::emit) fn items(&self, uses: &Uses<'_>) -> Vec<syn::Item> {
        let mut items: Vec<syn::Item> = Vec::new();
        let siblings: Vec<_> = self.siblings.borrow().iter().map(|name| ident(name)).collect();
        if !siblings.is_empty() {
            items.push(match siblings.as_slice() {
                [only] => parse_quote!(use super::#only;),
                many => parse_quote!(use super::{#(#many), *};),
            });
        }
        let module = |name: &String| -> syn::Item {
            let module = ident(name);
            parse_quote!(use crate::#module;)
        };
        let modules = self.modules.borrow();
        let (before, after): (Vec<&String>, Vec<&String>) = modules.iter().partition(|name| name.as_str() < "runtime");
        items.extend(before.into_iter().map(module));
        let [names_runtime, names_codegen] = uses.modules;
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
        items.extend(after.into_iter().map(module));
        items
    }
}
