//! Enums of unions: one declaration each, which a macro of the runtime expands.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use crate::emit::docs::deprecation;
use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constraints::{self, Around};
use crate::emit::types::declaration;
use crate::emit::types::files;
use crate::model::{Assertion, Constraints, Conversion, Discriminator, JsonTypes, Named, Source, Union, Variant};

/// Returns the declaration of a union.
pub(in crate::emit) fn item(scope: &Scope<'_>, named: &Named, union: &Union) -> Item {
    let (name, docs, static_name) = (ident(&named.name), files::type_docs(named), ident(&named.static_name));
    let (words, composition) = (words(union), composition(named, union));
    let keywords = keywords(scope, named, composition.as_ref());
    let has_schemas = composition.is_some() || compares_schemas(union);
    let variants = union.variants.iter().enumerate().map(|(index, variant)| {
        let (variant_name, type_) = (ident(&variant.name), scope.type_(&variant.type_));
        let docs = text::documented(&variant.docs);
        let deprecated = deprecation::attribute(&variant.docs, "variant");
        let from = from(scope, named, index, variant);
        let values = values(scope, union, index, has_schemas);
        quote!(#docs #deprecated #variant_name(#type_) #from = #values,)
    });
    let unknown = ident(&union.unknown);
    let tokens = quote! {
        #docs
        pub enum #name #words: #static_name #keywords {
            #(#variants)*
            ..#unknown
        }
    };
    declaration::item("union", tokens)
}

/// Returns the words after the name: the property that chooses a variant.
fn words(union: &Union) -> Option<TokenStream> {
    let discriminator = union.discriminator.as_ref().map(|discriminator| {
        let property = &discriminator.property;
        if chooses_alone(union, discriminator) {
            quote!(only_by #property)
        } else {
            quote!(by #property)
        }
    });
    discriminator.map(|words| quote!((#words)))
}

/// Returns the keyword whose schemas are those of the variants, and the keywords around it.
fn composition<'api>(named: &'api Named, union: &Union) -> Option<(&'static str, Around<'api>)> {
    let is_composition = |assertion: &Assertion| matches!(assertion, Assertion::AnyOf(_) | Assertion::OneOf(_));
    let around = Around::find(&named.constraints, is_composition)?;
    let (name, schemas): (_, &[Constraints]) = match around.own? {
        Assertion::AnyOf(schemas) => ("any_of", schemas),
        Assertion::OneOf(schemas) => ("one_of", schemas),
        _ => return None,
    };
    let of_variants = union.variants.iter().map(|variant| &variant.constraints);
    schemas.iter().eq(of_variants).then_some((name, around))
}

/// Returns the keywords of the schema, without those of the variants.
fn keywords(scope: &Scope<'_>, named: &Named, composition: Option<&(&str, Around<'_>)>) -> TokenStream {
    if let Some((name, around)) = composition {
        let (name, keywords) = (ident(name), (!around.is_empty()).then(|| around.brackets(scope)));
        return quote!(#name #keywords);
    }
    let keywords = named
        .constraints
        .0
        .iter()
        .map(|keyword| constraints::keyword(scope, keyword));
    quote!([#(#keywords),*])
}

/// Returns the types that convert into a variant.
fn from(scope: &Scope<'_>, named: &Named, index: usize, variant: &Variant) -> Option<TokenStream> {
    let sources: Vec<&Source> = named
        .conversions
        .iter()
        .filter_map(|conversion| match conversion {
            Conversion::Variant(variant, source) if *variant == index => Some(source),
            _ => None,
        })
        .collect();
    match sources.as_slice() {
        [] => None,
        [Source::Value(type_)] if *type_ == variant.type_ => Some(quote!(from)),
        [Source::Scalars, ..] => Some(quote!(from(scalars))),
        several => {
            let types = several.iter().filter_map(|source| match source {
                Source::Value(type_) => Some(scope.type_(type_)),
                Source::Str => Some(quote!(&str)),
                Source::Scalars | Source::Reference(_) => None,
            });
            Some(quote!(from(#(#types),*)))
        }
    }
}

/// Returns which values have a variant: their JSON types, values of the discriminator, and the schema.
fn values(scope: &Scope<'_>, union: &Union, index: usize, has_schemas: bool) -> TokenStream {
    let kinds: Vec<_> = KINDS
        .iter()
        .filter(|(_, types)| union.candidates(*types).contains(&index))
        .map(|(name, _)| ident(name))
        .collect();
    let kinds = match kinds.as_slice() {
        [] => quote!(never),
        all if all.len() == KINDS.len() => quote!(any),
        some => quote!(#(#some)|*),
    };
    let mapping = union
        .discriminator
        .iter()
        .flat_map(|discriminator| &discriminator.mapping);
    let values = mapping
        .filter(|(_, chosen)| *chosen == index)
        .map(|(value, _)| quote!(#value));
    let schema = has_schemas.then(|| constraints::reference(scope, &union.variants[index].constraints));
    let arguments: Vec<TokenStream> = values.chain(schema).collect();
    let arguments = (!arguments.is_empty()).then(|| quote!((#(#arguments),*)));
    quote!(#kinds #arguments)
}

/// Returns whether all variants are objects, and a value of the discriminator chooses each.
fn chooses_alone(union: &Union, discriminator: &Discriminator) -> bool {
    let mut variants = union.variants.iter().enumerate();
    variants.all(|(index, variant)| {
        is_chosen(discriminator, index) && JsonTypes::OBJECT.or(JsonTypes::NULL).has(variant.kinds)
    })
}

/// Returns whether a value of the discriminator chooses a variant.
fn is_chosen(discriminator: &Discriminator, index: usize) -> bool {
    discriminator.mapping.iter().any(|(_, chosen)| *chosen == index)
}

/// Returns whether variants for values of one JSON type are told apart by their schemas.
fn compares_schemas(union: &Union) -> bool {
    let is_open = |types: JsonTypes, index: &usize| {
        let by = union.discriminator.as_ref().filter(|_| types == JsonTypes::OBJECT);
        by.is_none_or(|discriminator| !is_chosen(discriminator, *index))
    };
    let chosen = union.discriminator.as_ref();
    !chosen.is_some_and(|discriminator| chooses_alone(union, discriminator))
        && KINDS.iter().any(|(_, types)| {
            let candidates = union.candidates(*types).into_iter();
            candidates.filter(|index| is_open(*types, index)).count() > 1
        })
}

const KINDS: [(&str, JsonTypes); 6] = [
    ("null", JsonTypes::NULL),
    ("boolean", JsonTypes::BOOLEAN),
    ("number", JsonTypes::NUMBER),
    ("string", JsonTypes::STRING),
    ("array", JsonTypes::ARRAY),
    ("object", JsonTypes::OBJECT),
];
