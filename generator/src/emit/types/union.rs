//! Enums of unions, and the selection of their variants.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::deprecation;
use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constraints;
use crate::emit::types::files;
use crate::emit::types::traits;
use crate::model::{Conversion, Discriminator, JsonTypes, Named, Source, Type, Union, VARIANT_STATICS};

/// Returns the items of a union.
pub(in crate::emit) fn items(scope: &Scope<'_>, named: &Named, union: &Union) -> Vec<Item> {
    let mut items = vec![definition(scope, named, union)];
    items.extend(conversions(scope, named, union));
    items.push(decode(scope, named, union));
    items.push(encode(named, union));
    items.push(files::schema_line(named));
    items
}

fn definition(scope: &Scope<'_>, named: &Named, union: &Union) -> Item {
    let (name, docs, unknown) = (ident(&named.name), files::type_docs(named), ident(&union.unknown));
    let derive = traits::derive(&named.derives);
    let variants = union.variants.iter().map(|variant| {
        let (variant_name, type_) = (ident(&variant.name), scope.type_(&variant.type_));
        let docs = text::attributes(&text::text(&variant.docs, &kinds_words(variant.kinds)));
        let deprecated = deprecation::attribute(&variant.docs, "variant");
        quote!(#docs #deprecated #variant_name(#type_),)
    });
    let body = quote! {
        #(#variants)*
        /// An unknown value: it matches no subschema.
        #unknown(runtime::UnknownValue),
    };
    parse_quote! {
        #docs
        #derive
        #[non_exhaustive]
        pub enum #name { #body }
    }
}

fn kinds_words(kinds: JsonTypes) -> String {
    let names: Vec<&str> = kinds
        .iter()
        .map(|(name, _)| name)
        .filter(|name| *name != "null")
        .collect();
    let names: Vec<&str> = match names.as_slice() {
        ["integer", "number"] => vec!["number"],
        other => other
            .iter()
            .copied()
            .filter(|name| *name != "integer" || !other.contains(&"number"))
            .collect(),
    };
    match names.as_slice() {
        [] => "Any value.".to_owned(),
        [only] => format!("{} {only}.", if only.starts_with(['a', 'i', 'o']) { "An" } else { "A" }),
        [first @ .., last] => format!("One of {} and {last}.", first.join(", ")),
    }
}

fn conversions(scope: &Scope<'_>, named: &Named, union: &Union) -> Vec<Item> {
    let name = ident(&named.name);
    let variants = named.conversions.iter().filter_map(|conversion| match conversion {
        Conversion::Variant(index, source) => Some((&union.variants[*index], source)),
        _ => None,
    });
    let items = variants.filter_map(|(variant, source)| {
        let variant_name = ident(&variant.name);
        let item: Item = match source {
            Source::Scalars => parse_quote!(codegen::scalar_variant!(#name, #variant_name);),
            Source::Str => parse_quote! {
                impl From<&str> for #name {
                    fn from(value: &str) -> Self {
                        Self::#variant_name(value.into())
                    }
                }
            },
            Source::Value(type_) => {
                let type_ = scope.type_(type_);
                let value = if matches!(variant.type_, Type::Boxed(_)) {
                    quote!(Box::new(value))
                } else {
                    quote!(value)
                };
                parse_quote! {
                    impl From<#type_> for #name {
                        fn from(value: #type_) -> Self {
                            Self::#variant_name(#value)
                        }
                    }
                }
            }
            Source::Reference(_) => return None,
        };
        Some(item)
    });
    items.collect()
}

fn decode(scope: &Scope<'_>, named: &Named, union: &Union) -> Item {
    let (name, unknown) = (ident(&named.name), ident(&union.unknown));
    let (statics, choice) = match &union.discriminator {
        Some(discriminator) if chooses_alone(union, discriminator) => {
            let choice = by_discriminator(scope, union, discriminator, &[], &mut Vec::new());
            (Vec::new(), quote!(|reader, _| #choice))
        }
        _ => by_kind(scope, union),
    };
    let kinds: Vec<_> = KINDS
        .iter()
        .filter(|(_, types)| !union.candidates(*types).is_empty())
        .map(|(name, _)| ident(name))
        .collect();
    let accepts = (kinds.len() < 6).then(|| {
        quote! {
            fn accepts(kind: codegen::Kind) -> bool {
                matches!(kind, #(codegen::Kind::#kinds)|*)
            }
        }
    });
    parse_quote! {
        impl runtime::Decode for #name {
            fn decode(reader: &mut codegen::Reader<'_>) -> Result<Self, codegen::Fault> {
                #(#statics)*
                reader.union(#choice, Self::#unknown)
            }

            #accepts
        }
    }
}

/// Returns whether all variants are objects, and a value of the discriminator chooses each.
fn chooses_alone(union: &Union, discriminator: &Discriminator) -> bool {
    let is_chosen = |index: usize| discriminator.mapping.iter().any(|(_, chosen)| *chosen == index);
    let mut variants = union.variants.iter().enumerate();
    variants.all(|(index, variant)| is_chosen(index) && JsonTypes::OBJECT.or(JsonTypes::NULL).has(variant.kinds))
}

/// Selects by the discriminator. `open` are the variants without a mapped value.
fn by_discriminator(
    scope: &Scope<'_>,
    union: &Union,
    discriminator: &Discriminator,
    open: &[usize],
    statics: &mut Vec<TokenStream>,
) -> TokenStream {
    let (property, chosen) = (&discriminator.property, chosen(union, discriminator));
    if open.is_empty() {
        let arms = chosen.iter().map(|(values, read)| quote!(#values => #read,));
        return quote! {
            match reader.discriminator(#property)?.as_str() {
                #(#arms)*
                other => reader.unknown_discriminator(other),
            }
        };
    }
    let arms = chosen.iter().map(|(values, read)| quote!(Ok(#values) => #read,));
    let others = among(scope, union, open, statics);
    quote!(match reader.discriminator(#property).as_deref() { #(#arms)* _ => #others, })
}

/// Returns the values of the discriminator that select a variant, as a pattern, and the expression that decodes it.
fn chosen(union: &Union, discriminator: &Discriminator) -> Vec<(TokenStream, TokenStream)> {
    let arms = union.variants.iter().enumerate().filter_map(|(index, variant)| {
        let values: Vec<&String> = discriminator
            .mapping
            .iter()
            .filter(|(_, mapped)| *mapped == index)
            .map(|(value, _)| value)
            .collect();
        let variant_name = ident(&variant.name);
        (!values.is_empty()).then(|| (quote!(#(#values)|*), quote!(reader.value().map(Self::#variant_name))))
    });
    arms.collect()
}

/// Selects by the JSON type of the value, and among variants of one type by their schemas.
fn by_kind(scope: &Scope<'_>, union: &Union) -> (Vec<TokenStream>, TokenStream) {
    let mut statics: Vec<TokenStream> = Vec::new();
    let mut arms: Vec<(Vec<proc_macro2::Ident>, Vec<usize>)> = Vec::new();
    for (kind, types) in KINDS {
        let candidates = union.candidates(types);
        if candidates.is_empty() {
            continue;
        }
        // The discriminator is a property of objects alone.
        let is_apart = kind == "Object" && union.discriminator.is_some();
        match arms.iter_mut().find(|(_, known)| *known == candidates && !is_apart) {
            Some((kinds, _)) => kinds.push(ident(kind)),
            None => arms.push((vec![ident(kind)], candidates)),
        }
    }
    let taken: Vec<String> = arms
        .iter()
        .flat_map(|(kinds, _)| kinds)
        .map(ToString::to_string)
        .collect();
    let left: Vec<_> = KINDS
        .iter()
        .filter(|(kind, _)| taken.iter().all(|taken| taken != kind))
        .map(|(kind, _)| ident(kind))
        .collect();
    let arms: Vec<TokenStream> = arms
        .into_iter()
        .map(|(kinds, candidates)| {
            let choice = match &union.discriminator {
                Some(discriminator) if kinds == ["Object"] => {
                    let is_open = |index: &usize| discriminator.mapping.iter().all(|(_, chosen)| chosen != index);
                    let open: Vec<usize> = candidates.into_iter().filter(is_open).collect();
                    by_discriminator(scope, union, discriminator, &open, &mut statics)
                }
                _ => among(scope, union, &candidates, &mut statics),
            };
            quote!(#(codegen::Kind::#kinds)|* => #choice,)
        })
        .collect();
    let rest = (!left.is_empty()).then(|| quote!(#(codegen::Kind::#left)|* => reader.no_variant(kind),));
    (statics, quote!(|reader, kind| match kind { #(#arms)* #rest }))
}

/// Decodes the variant of `candidates` that matches best. Their schemas become a static if there are several.
fn among(scope: &Scope<'_>, union: &Union, candidates: &[usize], statics: &mut Vec<TokenStream>) -> TokenStream {
    let read = |index: &usize| {
        let variant_name = ident(&union.variants[*index].name);
        quote!(reader.value().map(Self::#variant_name))
    };
    match candidates {
        [only] => read(only),
        [first @ .., last] => {
            let name = ident(VARIANT_STATICS[statics.len()]);
            let subschemas = candidates
                .iter()
                .map(|index| constraints::reference(scope, &union.variants[*index].constraints));
            let length = Literal::usize_unsuffixed(candidates.len());
            statics.push(quote!(static #name: [&runtime::Schema; #length] = [#(#subschemas),*];));
            let indexes = (0..first.len()).map(Literal::usize_unsuffixed);
            let reads = first.iter().map(read);
            let rest = read(last);
            quote!(match reader.best_variant(&#name)? { #(#indexes => #reads,)* _ => #rest, })
        }
        [] => quote!(reader.no_variant(kind)),
    }
}

const KINDS: [(&str, JsonTypes); 6] = [
    ("Null", JsonTypes::NULL),
    ("Boolean", JsonTypes::BOOLEAN),
    ("Number", JsonTypes::NUMBER),
    ("String", JsonTypes::STRING),
    ("Array", JsonTypes::ARRAY),
    ("Object", JsonTypes::OBJECT),
];

fn encode(named: &Named, union: &Union) -> Item {
    let name = ident(&named.name);
    let variants = union
        .variants
        .iter()
        .map(|variant| &variant.name)
        .chain([&union.unknown])
        .map(|variant_name| ident(variant_name));
    parse_quote! {
        impl runtime::Encode for #name {
            fn encode(&self, writer: &mut codegen::Writer) {
                match self {
                    #(Self::#variants(value) => value.encode(writer),)*
                }
            }
        }
    }
}
