//! Files of types: one for each component, with its inline types beside it.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, Item, ItemEnum, ItemStruct, ItemType, Visibility, parse_quote};

use crate::emit::SourceFile;
use crate::emit::docs::deprecation;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::scope::availability;
use crate::emit::scope::names::Names;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::scope::uses::Uses;
use crate::emit::types::constraints;
use crate::emit::types::former;
use crate::emit::types::object;
use crate::emit::types::string_enum;
use crate::emit::types::traits;
use crate::emit::types::tuple;
use crate::emit::types::union;
use crate::model::{Conversion, Docs, Module, Named, Resource, Shape, Source, Type, TypeId};

/// Returns the file of a module of types.
pub(in crate::emit) fn file(names: &Names<'_>, module: &Module) -> SourceFile {
    let api = names.api;
    let scope = Scope::new(names, &module.path);
    let first = module.types.first().map(|id| api.named(*id));
    let mut body: Vec<Item> = module.types.iter().flat_map(|id| items(&scope, *id)).collect();
    body.extend(constraints::statics(&scope, &module.types));
    let (items, attributes) = with_imports(names, &scope, body, None);
    SourceFile {
        path: module.path.file(),
        docs: first
            .map(|named| vec![format!("Schema `{}`.", named.docs.pointer.address())])
            .unwrap_or_default(),
        attributes,
        items,
    }
}

/// Returns the items of a module after the `use` items that they need, and the attributes of the module.
pub(in crate::emit) fn with_imports(
    names: &Names<'_>,
    scope: &Scope<'_>,
    mut body: Vec<Item>,
    resource: Option<&Resource>,
) -> (Vec<Item>, Vec<Attribute>) {
    let mut uses = Uses::of(names, &mut body);
    let mut items = scope.imports.items(&uses);
    uses.look_at(&mut items);
    items.extend(body);
    (items, deprecation::allowance(names, &uses, resource))
}

/// Returns the names of the types that callers see of a file's items.
pub(in crate::emit) fn exports(items: &[Item]) -> Vec<String> {
    let public = items.iter().flat_map(|item| match item {
        Item::Macro(item) => declared(item.mac.tokens.clone()),
        Item::Struct(ItemStruct { ident, vis, .. })
        | Item::Enum(ItemEnum { ident, vis, .. })
        | Item::Type(ItemType { ident, vis, .. })
            if matches!(vis, Visibility::Public(_)) =>
        {
            vec![ident.clone()]
        }
        _ => Vec::new(),
    });
    public.map(|name| name.to_string()).collect()
}

/// Returns the names of the types that a declaration makes: of the type, and of the struct from which `new` takes values.
fn declared(tokens: TokenStream) -> Vec<Ident> {
    let mut trees = tokens.into_iter();
    let is_start = |tree: &TokenTree| matches!(tree, TokenTree::Ident(word) if word == "struct" || word == "enum");
    let (Some(_), Some(TokenTree::Ident(name))) = (trees.find(is_start), trees.next()) else {
        return Vec::new();
    };
    let mut names = vec![name];
    if let Some(TokenTree::Group(words)) = trees.next() {
        let words: Vec<TokenTree> = words.stream().into_iter().collect();
        names.extend(words.windows(3).find_map(|words| match words {
            [TokenTree::Ident(new), TokenTree::Punct(_), TokenTree::Ident(required)] if new == "new" => {
                Some(required.clone())
            }
            _ => None,
        }));
    }
    names
}

/// Returns the items of one type, but for its static.
pub(in crate::emit) fn items(scope: &Scope<'_>, id: TypeId) -> Vec<Item> {
    let named = scope.api.named(id);
    let mut items = shape_items(scope, named, id);
    items.extend(former::items(named));
    items
}

fn shape_items(scope: &Scope<'_>, named: &Named, id: TypeId) -> Vec<Item> {
    match &named.shape {
        Shape::Object(shape) => object::items(scope, named, shape),
        Shape::StringEnum(shape) => vec![string_enum::item(scope, named, shape)],
        Shape::Union(shape) => vec![union::item(scope, named, shape)],
        Shape::Tuple(shape) => tuple::items(scope, named, shape),
        Shape::CheckedString { .. } => checked_string(scope, named, id),
        Shape::Wrapper(type_) => wrapper(scope, named, type_),
        Shape::Alias(type_) => {
            let (name, docs, type_) = (ident(&named.name), type_docs(named), scope.type_(type_));
            vec![parse_quote!(#docs pub type #name = #type_;)]
        }
    }
}

/// Returns the documentation of a type: what the document says, and where.
pub(in crate::emit) fn type_docs(named: &Named) -> proc_macro2::TokenStream {
    let mut paragraphs = text::text(&named.docs, "", Room::ITEM);
    let (places, described) = equal_schemas(named);
    paragraphs.extend(schema_places(named, places));
    if !described.is_empty() {
        paragraphs.push(format!("Equal schemas:\n{}", described.join("\n")));
    }
    let (docs, deprecated) = (
        text::attributes(&paragraphs),
        deprecation::attribute(&named.docs, "schema"),
    );
    quote!(#docs #deprecated)
}

/// Returns the paragraph that says where the schema of a type is, and other schemas of which nothing is said. The first
/// ones stand for all.
fn schema_places(named: &Named, mut places: Vec<String>) -> Option<String> {
    const SHOWN: usize = 4;
    if named.docs.pointer.as_str().is_empty() {
        return None;
    }
    let more = places.len().saturating_sub(SHOWN);
    // One more takes no more room than to say so.
    if more > 1 {
        places.truncate(SHOWN);
        places.push(format!("{more} more"));
    }
    places.insert(0, format!("`{}`", named.docs.pointer.address()));
    Some(format!("Schema: {}", places.join("\nand ")))
}

/// Returns the places of the other schemas that became the type, and the list of those of which the document says
/// something of their own.
fn equal_schemas(named: &Named) -> (Vec<String>, Vec<String>) {
    let (mut places, mut described) = (Vec::new(), Vec::new());
    for docs in named.equal.iter().filter(|docs| !docs.pointer.as_str().is_empty()) {
        let pointer = docs.pointer.address();
        let own = Docs {
            title: docs.title.clone(),
            text: docs.text.clone(),
            ..Docs::default()
        };
        let paragraphs = text::text(&own, "", Room::ITEM.in_item(&pointer));
        let is_place = paragraphs.concat().is_empty();
        let (list, item) = if is_place {
            (&mut places, format!("`{pointer}`"))
        } else {
            (&mut described, text::list_item(&pointer, &paragraphs))
        };
        if *docs.pointer != *named.docs.pointer && !list.contains(&item) {
            list.push(item);
        }
    }
    (places, described)
}

/// Returns the one line that ties a type to its schema and to serde.
pub(in crate::emit) fn schema_line(named: &Named) -> Item {
    let (name, static_name) = (ident(&named.name), ident(&named.static_name));
    parse_quote!(codegen::has_schema!(#name, #static_name);)
}

fn checked_string(scope: &Scope<'_>, named: &Named, id: TypeId) -> Vec<Item> {
    let (name, static_name, docs) = (ident(&named.name), ident(&named.static_name), type_docs(named));
    let derive = traits::derive(&named.derives);
    let mut items: Vec<Item> = vec![
        parse_quote! {
            #docs
            #derive
            pub struct #name(String);
        },
        parse_quote!(codegen::checked_string!(#name, #static_name);),
        schema_line(named),
    ];
    items.extend(named.conversions.iter().filter_map(|conversion| match conversion {
        Conversion::From(Source::Value(Type::Named(other))) => {
            let (cfg, other) = source(scope, named, *other);
            Some(parse_quote! {
                #cfg
                impl From<#other> for #name {
                    fn from(id: #other) -> Self {
                        Self(id.into())
                    }
                }
            })
        }
        Conversion::From(Source::Reference(other)) if *other != id => {
            let (cfg, other) = source(scope, named, *other);
            Some(parse_quote! {
                #cfg
                impl From<&#other> for #name {
                    fn from(id: &#other) -> Self {
                        Self(id.as_str().to_owned())
                    }
                }
            })
        }
        // The macro has those that all checked strings have.
        _ => None,
    }));
    items
}

/// Returns the path of `other`, from which `named` has a conversion, and the attribute of that where not all features
/// with the one have the other. Nothing is imported then.
fn source(scope: &Scope<'_>, named: &Named, other: TypeId) -> (Option<Attribute>, TokenStream) {
    let availability = &scope.api.named(other).availability;
    if availability.covers(&named.availability) {
        return (None, scope.named(other));
    }
    let cfg = availability::attribute(scope.api, availability);
    (cfg, Scope::nowhere(scope.api).named(other))
}

fn wrapper(scope: &Scope<'_>, named: &Named, type_: &Type) -> Vec<Item> {
    let (name, docs, inner) = (ident(&named.name), type_docs(named), scope.type_(type_));
    let derive = traits::derive(&named.derives);
    let line: Item = match type_ {
        Type::String => parse_quote!(codegen::wrapper!(#name, string);),
        // Named outright: an implementation for a type that is only named by another trait would keep crates that use
        // this one from converting into a type of theirs in general.
        Type::Boolean | Type::Integer(_) | Type::Number => parse_quote!(codegen::wrapper!(#name, scalar, #inner);),
        Type::Array(_) | Type::Map(_) => parse_quote!(codegen::wrapper!(#name, collection);),
        _ => parse_quote!(codegen::wrapper!(#name);),
    };
    vec![
        parse_quote! {
            #docs
            #derive
            pub struct #name(pub #inner);
        },
        parse_quote! {
            impl codegen::Wrapper for #name {
                type Inner = #inner;
            }
        },
        line,
        schema_line(named),
    ]
}
