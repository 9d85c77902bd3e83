//! Reads the types of bodies that are sent as parts: their constructors, and the part that each field is.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{ImplItem, Item, Type};

use super::request::wrapped;
use super::{Struct, arguments};

/// A body that is sent as parts.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) name: String,
    /// The arguments of `new`.
    pub(crate) arguments: Vec<(String, Type)>,
    pub(crate) parts: Vec<Part>,
    /// Whether it takes parts that the schema does not define.
    pub(crate) takes_others: bool,
}

/// A part, and the field that has it.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) field: String,
    /// The type without its presence.
    pub(crate) value: Type,
    pub(crate) is_required: bool,
    /// The name of the part.
    pub(crate) name: String,
}

/// Returns the types of `items` that are sent as parts.
pub(super) fn all(items: &[Item], structs: &[Struct]) -> Vec<Form> {
    let sent = items.iter().filter_map(|item| match item {
        Item::Impl(item) => {
            let (of, _) = item.trait_.as_ref()?;
            let is_parts = of.segments.last().is_some_and(|last| last.ident == "Parts");
            let name = is_parts.then(|| name_of(&item.self_ty)).flatten()?;
            let names = item.items.iter().flat_map(|item| match item {
                ImplItem::Fn(function) => {
                    let block = &function.block;
                    part_names(quoted(block))
                }
                _ => Vec::new(),
            });
            Some((name, names.collect::<Vec<_>>()))
        }
        _ => None,
    });
    sent.filter_map(|(name, names)| form(name, &names, items, structs))
        .collect()
}

fn form(name: String, names: &[(String, String)], items: &[Item], structs: &[Struct]) -> Option<Form> {
    let new = items.iter().find_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() && name_of(&item.self_ty)? == name => {
            item.items.iter().find_map(|item| match item {
                ImplItem::Fn(function) if function.sig.ident == "new" => Some(&function.sig),
                _ => None,
            })
        }
        _ => None,
    })?;
    let structure = structs.iter().find(|structure| structure.name == name)?;
    let parts = structure.fields.iter().filter_map(|(field, whole)| {
        let (_, name) = names.iter().find(|(named, _)| named == field)?;
        let optional = wrapped(whole).filter(|(presence, _)| presence == "Option" || presence == "Maybe");
        Some(Part {
            field: field.clone(),
            is_required: optional.is_none(),
            value: optional.map_or_else(|| whole.clone(), |(_, value)| value),
            name: name.clone(),
        })
    });
    Some(Form {
        parts: parts.collect(),
        arguments: arguments(new),
        takes_others: structure.fields.iter().any(|(field, _)| field == "other"),
        name,
    })
}

fn name_of(of: &Type) -> Option<String> {
    match of {
        Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

fn quoted(block: &syn::Block) -> TokenStream {
    use quote::ToTokens as _;

    block.to_token_stream()
}

/// Returns the fields that a method chain sends, `.value("name", self.field …)`, and the names of their parts.
fn part_names(tokens: TokenStream) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for tree in tokens {
        let TokenTree::Group(group) = tree else { continue };
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        if group.delimiter() == Delimiter::Parenthesis
            && let Some(TokenTree::Literal(literal)) = inner.first()
            && let Ok(name) = syn::parse_str::<syn::LitStr>(&literal.to_string())
        {
            found.extend(field_of_self(group.stream()).map(|field| (field, name.value())));
        }
        found.extend(part_names(group.stream()));
    }
    found
}

/// Returns the first field of `self` that is named.
fn field_of_self(tokens: TokenStream) -> Option<String> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        match (tree, trees.get(index + 2)) {
            (TokenTree::Ident(word), Some(TokenTree::Ident(field))) if word == "self" => {
                return Some(field.to_string());
            }
            (TokenTree::Group(group), _) => {
                if let Some(field) = field_of_self(group.stream()) {
                    return Some(field);
                }
            }
            _ => {}
        }
    }
    None
}
