//! What the items of a module name.

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Item, Path};

use crate::emit::scope::names::Names;

/// Modules that paths may start with, and that are imported where one does.
const MODULES: [&str; 2] = ["runtime", "codegen"];

/// What items name, as far as other items or attributes depend on it.
///
/// The syntax is walked as it is: to make tokens of it takes as long as to make it. `VisitMut` changes nothing here.
pub(in crate::emit) struct Uses<'names> {
    names: &'names Names<'names>,
    /// Which of [`MODULES`] paths start with.
    pub(in crate::emit) modules: [bool; 2],
    /// Whether something deprecated is named, or the attribute itself.
    pub(in crate::emit) deprecated: bool,
}

impl<'names> Uses<'names> {
    /// Looks at items.
    pub(in crate::emit) fn of(names: &'names Names<'names>, items: &mut [Item]) -> Self {
        let mut uses = Self {
            names,
            modules: [false; 2],
            deprecated: false,
        };
        uses.look_at(items);
        uses
    }

    /// Looks at more items.
    pub(in crate::emit) fn look_at(&mut self, items: &mut [Item]) {
        for item in items {
            if self.is_settled() {
                break;
            }
            self.visit_item_mut(item);
        }
    }

    /// Returns whether nothing changes any more.
    fn is_settled(&self) -> bool {
        self.deprecated && self.modules == [true; 2]
    }

    fn ident(&mut self, ident: &Ident) {
        self.deprecated = self.deprecated
            || ident == "deprecated"
            || self.names.has_deprecated_types() && self.names.is_deprecated_type(&ident.to_string());
    }

    /// Looks at the first segment of a path that has more.
    fn segment(&mut self, ident: &Ident) {
        if let Some(index) = MODULES.iter().position(|module| ident == *module) {
            self.modules[index] = true;
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let is_joint_colon = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint);
        let mut trees = tokens.into_iter().peekable();
        let (mut is_behind_colons, mut is_joint) = (false, false);
        while let Some(tree) = trees.next() {
            let is_start = !is_behind_colons;
            // The second colon of `::` stands alone, behind one that does not.
            is_behind_colons = is_joint && matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ':');
            is_joint = is_joint_colon(&tree);
            match tree {
                TokenTree::Ident(ident) => {
                    if is_start && trees.peek().is_some_and(is_joint_colon) {
                        self.segment(&ident);
                    }
                    self.ident(&ident);
                }
                TokenTree::Group(group) => {
                    let inner = group.stream();
                    // So the group is the only one to have its tokens, and they are not copied.
                    drop(group);
                    self.tokens(inner);
                }
                _ => {}
            }
            if self.is_settled() {
                break;
            }
        }
    }
}

impl VisitMut for Uses<'_> {
    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        self.ident(ident);
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        if let Some(first) = path.segments.first().filter(|_| path.segments.len() > 1) {
            self.segment(&first.ident);
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_token_stream_mut(&mut self, tokens: &mut TokenStream) {
        self.tokens(tokens.clone());
    }
}
