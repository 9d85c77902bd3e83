//! Prints syntax: header, documentation, items with blank lines between them.

use proc_macro2::TokenStream;
use syn::visit_mut::{self, VisitMut};
use syn::{ImplItem, Item};

use crate::emit::SourceFile;

/// Returns the text of a file under `header`.
#[must_use]
pub fn render(file: SourceFile, header: &str) -> String {
    let mut items = file.items;
    space(&mut items);
    let mut syntax = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: file.attributes,
        items,
    };
    Spacing.visit_file_mut(&mut syntax);
    let mut text = format!("{header}\n\n");
    for line in crate::emit::doc_lines(&file.docs) {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    if !file.docs.is_empty() {
        text.push('\n');
    }
    text.push_str(prettyplease::unparse(&syntax).trim_start());
    text
}

/// Puts an empty item between items, but for runs of `use`, `mod` and one-line macros.
///
/// prettyplease prints no blank lines of its own; an empty verbatim item prints as one.
fn space(items: &mut Vec<Item>) {
    let mut spaced: Vec<Item> = Vec::with_capacity(items.len() * 2);
    for item in items.drain(..) {
        if spaced.last().is_some_and(|last| !belongs(last, &item)) {
            spaced.push(Item::Verbatim(TokenStream::new()));
        }
        spaced.push(item);
    }
    *items = spaced;
}

fn belongs(first: &Item, second: &Item) -> bool {
    match (first, second) {
        (Item::Use(first), Item::Use(second)) => is_public(&first.vis) == is_public(&second.vis),
        (Item::Mod(first), Item::Mod(second)) => first.content.is_none() && second.content.is_none(),
        (Item::Macro(_), Item::Macro(_)) => true,
        _ => false,
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

struct Spacing;

impl VisitMut for Spacing {
    fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
        let mut spaced: Vec<ImplItem> = Vec::new();
        for member in item.items.drain(..) {
            let is_run = matches!((spaced.last(), &member), (Some(ImplItem::Type(_)), ImplItem::Type(_)));
            if !spaced.is_empty() && !is_run {
                spaced.push(ImplItem::Verbatim(TokenStream::new()));
            }
            spaced.push(member);
        }
        item.items = spaced;
        visit_mut::visit_item_impl_mut(self, item);
    }
}
