//! Files of the modules around those of types: they declare these, and re-export the types.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Item, parse_quote};

use crate::emit::SourceFile;
use crate::emit::docs::deprecation;
use crate::emit::scope::availability;
use crate::emit::scope::names::Names;
use crate::emit::scope::paths::ident;
use crate::emit::scope::uses::Uses;
use crate::model::{Api, Availability, Module, ModulePath, Shape};

/// Returns the files of the modules around those of types: `schemas/mod.rs`, and `ids/mod.rs` where there are any.
/// Each names what the modules in it define: all modules of types are here, with their exports.
pub(in crate::emit) fn files(names: &Names<'_>, modules: &[(&Module, Vec<String>)]) -> Vec<SourceFile> {
    let (ids, schemas): (Vec<_>, Vec<_>) = modules
        .iter()
        .partition(|(module, _)| matches!(module.path, ModulePath::Ids(_)));
    let docs = vec!["The types of the document's components.".to_owned()];
    let mut files = vec![file(names, "schemas/mod.rs", docs, &schemas)];
    if !ids.is_empty() {
        let docs = vec![
            "The types of path parameters.".to_owned(),
            "Each has its own type, so that swapped arguments do not compile. \
             `\"…\".parse()` validates the text against the pattern of the document."
                .to_owned(),
        ];
        files.push(file(names, "ids/mod.rs", docs, &ids));
    }
    files
}

/// Returns the file of a module around others: these, their types, and then what the crate alone uses of them.
fn file(names: &Names<'_>, path: &str, docs: Vec<String>, modules: &[&(&Module, Vec<String>)]) -> SourceFile {
    let (mut items, mut public, mut shared) = (Vec::new(), Reexports::default(), Reexports::default());
    for (module, exports) in modules {
        let Some(name) = module.path.segments().last().map(ident) else {
            continue;
        };
        let cfg = availability::attribute(names.api, &module.availability);
        items.push(parse_quote!(#cfg mod #name;));
        add_types(names.api, module, exports, &name, &mut public);
        add_statics(names.api, module, &name, &mut shared);
    }
    items.extend(public.items(&quote!(pub)));
    items.extend(shared.items(&quote!(pub(crate))));
    let uses = Uses::of(names, &mut items);
    SourceFile {
        path: path.to_owned(),
        docs,
        attributes: deprecation::allowance(names, &uses, None),
        items,
    }
}

/// Adds the types that a module defines.
fn add_types(api: &Api, module: &Module, exports: &[String], name: &Ident, reexports: &mut Reexports) {
    let types = module.types.iter().map(|id| api.named(*id));
    // What builds types that only responses have is there for tests.
    let for_tests = types
        .filter(|named| !named.is_input)
        .filter_map(|named| match &named.shape {
            Shape::Object(object) => Some(ident(&object.required.as_ref()?.name)),
            _ => None,
        });
    let for_tests: Vec<Ident> = for_tests.collect();
    let public = exports.iter().map(|name| ident(name));
    let public = public.filter(|name| !for_tests.contains(name)).collect();
    reexports.add(availability::attribute(api, &module.availability), name, public);
    let for_tests_cfg = availability::attribute_for_tests(api, &module.availability);
    reexports.add(Some(for_tests_cfg), name, for_tests);
}

/// Adds the statics of a module to which other modules refer.
fn add_statics(api: &Api, module: &Module, name: &Ident, reexports: &mut Reexports) {
    let types = module.types.iter().map(|id| api.named(*id));
    let mut shared: BTreeMap<&Availability, Vec<Ident>> = BTreeMap::new();
    for named in types.filter(|named| named.is_static_shared) {
        let names = shared.entry(&named.static_availability).or_default();
        names.push(ident(&named.static_name));
    }
    for (availability, names) in shared {
        reexports.add(availability::attribute(api, availability), name, names);
    }
}

/// The re-exports of modules, those with the same condition together.
///
/// Each is named: the compiler resolves globs one by one until none brings anything new, which takes the square of
/// their number.
#[derive(Default)]
struct Reexports {
    groups: BTreeMap<String, (Option<Attribute>, Vec<TokenStream>)>,
}

impl Reexports {
    /// Adds what a module defines, if that is anything.
    fn add(&mut self, cfg: Option<Attribute>, module: &Ident, mut names: Vec<Ident>) {
        names.sort();
        let tree = match names.as_slice() {
            [] => return,
            [only] => quote!(#module::#only),
            many => quote!(#module::{#(#many),*}),
        };
        let condition = cfg.to_token_stream().to_string();
        let (_, trees) = self.groups.entry(condition).or_insert((cfg, Vec::new()));
        trees.push(tree);
    }

    fn items(self, visibility: &TokenStream) -> impl Iterator<Item = Item> {
        self.groups.into_values().map(move |(cfg, trees)| -> Item {
            match trees.as_slice() {
                [only] => parse_quote!(#cfg #visibility use self::#only;),
                many => parse_quote!(#cfg #visibility use self::{#(#many),*};),
            }
        })
    }
}
