//! Prints syntax: header, documentation, items with blank lines between them.

mod declarations;
#[cfg(test)]
mod declarations_tests;
mod tokens;
mod uses;

use std::mem;

use proc_macro2::TokenStream;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ImplItem, Item, Member};

use crate::emit::SourceFile;

/// Returns the text of a file under `header`.
#[must_use]
pub(crate) fn render(file: SourceFile, header: &str) -> String {
    let mut text = format!("{header}\n\n");
    for line in crate::emit::doc_lines(&file.docs) {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    if !file.docs.is_empty() {
        text.push('\n');
    }
    let mut attributes = file.attributes;
    let mut run: Vec<Item> = Vec::new();
    let mut blocks: Vec<String> = Vec::new();
    // Whether the items before are `use` items, and whether these are public.
    let mut uses = None;
    for mut item in file.items {
        let last = uses.take();
        if let Item::Use(item) = item {
            blocks.extend(printed(mem::take(&mut attributes), mem::take(&mut run)));
            uses = Some(is_public(&item.vis));
            if uses != last {
                blocks.push(String::new());
            }
            if let Some(block) = blocks.last_mut() {
                uses::write(item, block);
            }
        } else if let Some(declaration) = declarations::declaration(&mut item) {
            blocks.extend(printed(mem::take(&mut attributes), mem::take(&mut run)));
            blocks.push(declaration);
        } else {
            run.push(item);
        }
    }
    blocks.extend(printed(attributes, run));
    text.push_str(&blocks.join("\n"));
    text
}

/// Returns the text of attributes and items, or none if there are none.
fn printed(attrs: Vec<Attribute>, mut items: Vec<Item>) -> Option<String> {
    if attrs.is_empty() && items.is_empty() {
        return None;
    }
    space(&mut items);
    if !attrs.is_empty() && !items.is_empty() {
        items.insert(0, Item::Verbatim(TokenStream::new()));
    }
    let mut syntax = syn::File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    };
    Layout.visit_file_mut(&mut syntax);
    let printed = prettyplease::unparse(&syntax);
    Some(lay_out_long_lines(printed.trim_start()))
}

/// Breaks what prettyplease leaves long, as rustfmt does: each feature of an attribute `cfg` that does not fit in one line
/// has a line of its own, and the value of a constant or an alias stands under its name.
fn lay_out_long_lines(text: &str) -> String {
    let mut laid_out = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let start = line.trim_start();
        if line.chars().count() > declarations::WIDTH
            && ["pub const ", "pub type "].iter().any(|item| start.starts_with(item))
            && let Some((name, value)) = line.split_once(" = ")
        {
            let indent = &line[..line.len() - start.len()];
            laid_out.extend([name, " =\n    ", indent, value, "\n"]);
            continue;
        }
        laid_out.push_str(line);
        if line.trim_start() == "#[cfg(" {
            let indent = &line[..line.len() - line.trim_start().len()];
            let end = format!("{indent})]");
            let condition: String = lines.by_ref().take_while(|line| *line != end).map(str::trim).collect();
            let any = condition.strip_prefix("any(").and_then(|rest| rest.strip_suffix(')'));
            let (open, features, close) = match any {
                Some(features) => ("any(", features, format!("{indent}))]")),
                None => ("", condition.as_str(), end),
            };
            laid_out.push_str(open);
            let features: Vec<&str> = features.split(',').map(str::trim).collect();
            for line in features.join(",\n").lines() {
                laid_out.extend(["\n", indent, "    ", line]);
            }
            laid_out.extend(["\n", &close]);
        }
        laid_out.push('\n');
    }
    laid_out
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
        (Item::Mod(first), Item::Mod(second)) => first.content.is_none() && second.content.is_none(),
        (Item::Macro(_), Item::Macro(_)) => true,
        _ => false,
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

/// Puts empty items between those of `impl` blocks, and shortens the fields of struct expressions.
struct Layout;

impl VisitMut for Layout {
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

    fn visit_field_value_mut(&mut self, field: &mut syn::FieldValue) {
        if let (Member::Named(name), Expr::Path(path)) = (&field.member, &field.expr)
            && path.path.is_ident(name)
        {
            field.colon_token = None;
        }
        visit_mut::visit_field_value_mut(self, field);
    }
}

#[cfg(test)]
mod tests {
    use syn::{Block, Item, parse_quote};

    use super::render;
    use crate::emit::SourceFile;

    /// Returns the text of a function with this body.
    fn printed(body: &Block) -> String {
        let function: Item = parse_quote!(fn f() #body);
        let file = SourceFile {
            path: String::new(),
            docs: Vec::new(),
            attributes: Vec::new(),
            items: vec![function],
        };
        render(file, "")
    }

    #[test]
    fn a_long_condition_has_a_line_for_each_feature() {
        let conditional = |names: &[&str]| {
            let file = SourceFile {
                path: "f.rs".to_owned(),
                docs: Vec::new(),
                attributes: Vec::new(),
                items: vec![parse_quote!(
                    #[cfg(any(#(feature = #names),*))]
                    mod f;
                )],
            };
            render(file, "// Header.")
        };
        let short = "// Header.\n\n#[cfg(any(feature = \"a\", feature = \"b\"))]\nmod f;\n";
        assert_eq!(conditional(&["a", "b"]), short);
        let name = "a_name_of_twenty_four_en";
        let line = format!("    feature = \"{name}\"");
        for count in [3, 4] {
            let features = vec![line.as_str(); count].join(",\n");
            let long = format!("// Header.\n\n#[cfg(any(\n{features}\n))]\nmod f;\n");
            assert_eq!(conditional(&vec![name; count]), long);
        }
    }

    #[test]
    fn a_field_with_a_variable_of_its_name_is_written_once() {
        let text = printed(&parse_quote!({
            S {
                a,
                r#type,
                b: a,
                c: c.into(),
            }
        }));
        assert!(text.contains("S { a, r#type, b: a, c: c.into() }"), "{text}");
    }
}
