//! Bodies of several parts: the struct of the parts that callers give.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::deprecation;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::operations::body::described;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constants;
use crate::emit::types::required::{self, Given};
use crate::emit::types::setter;
use crate::emit::types::traits;
use crate::model::{Content, Derive, Operation, Part, PartContent, PartHeader, Parts};

/// Returns the struct of the parts of a body, if it has one.
pub(in crate::emit) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    match operation.body.as_ref().map(|body| &body.content) {
        Some(Content::Parts(parts)) => [
            Some(definition(scope, operation, parts)),
            required(scope, parts),
            Some(inherent(scope, parts)),
            Some(payload(parts)),
            parts.has_default_impl.then(|| traits::default(&parts.name)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        _ => Vec::new(),
    }
}

/// Returns the struct of the required parts, where callers give them by one.
fn required(scope: &Scope<'_>, parts: &Parts) -> Option<Item> {
    let required = parts.required.as_ref()?;
    let given = parts.given().map(|part| Given {
        field: ident(&part.field),
        type_: part_types(scope, part).0,
        docs: part_docs(part, None),
    });
    let words = format!("The required parts of [`{}`].", parts.name);
    Some(required::definition(required, &words, given.collect()))
}

/// Returns the type of a part's field, the type of the argument that gives its value, and how.
fn part_types(scope: &Scope<'_>, part: &Part) -> (TokenStream, TokenStream, TokenStream) {
    let field = ident(&part.field);
    let (type_, argument, value) = match &part.content {
        // A list without elements is no part at all.
        PartContent::File { is_list: true, .. } => {
            return (
                quote!(Vec<runtime::Upload>),
                quote!(Vec<runtime::Upload>),
                quote!(#field),
            );
        }
        PartContent::File { .. } => (
            quote!(runtime::Upload),
            quote!(impl Into<runtime::Upload>),
            quote!(#field.into()),
        ),
        PartContent::Value(type_, _) => {
            let (argument, value) = scope.argument(type_, &field);
            (scope.type_(type_), argument, value)
        }
    };
    if part.required {
        (type_, argument, value)
    } else {
        (quote!(Option<#type_>), argument, quote!(Some(#value)))
    }
}

fn definition(scope: &Scope<'_>, operation: &Operation, parts: &Parts) -> Item {
    let (name, other) = (ident(&parts.name), ident(&parts.other));
    let docs = text::attributes(&text::text(
        &parts.docs,
        &format!("The parts of the body of [`{}()`].", operation.function),
        Room::FILE,
    ));
    let derive = traits::derive(&parts.derives);
    let fields = parts.parts.iter().map(|part| {
        let (field, (type_, ..)) = (ident(&part.field), part_types(scope, part));
        let docs = text::attributes(&part_docs(part, None));
        let deprecated = deprecation::attribute(&part.docs, "part");
        quote!(#docs #deprecated pub #field: #type_,)
    });
    let headers = parts
        .parts
        .iter()
        .flat_map(|part| part.headers.iter().map(move |header| (part, header)));
    let headers = headers.map(|(part, header)| {
        let (field, type_) = (ident(&header.field), scope.type_(&header.type_));
        let docs = text::attributes(&header_docs(part, header, None));
        let deprecated = deprecation::attribute(&header.docs, "header");
        quote!(#docs #deprecated pub #field: Option<#type_>,)
    });
    parse_quote! {
        #docs
        #derive
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #(#headers)*
            /// Parts that the schema does not define, by name.
            pub #other: Vec<(String, runtime::Upload)>,
        }
    }
}

fn inherent(scope: &Scope<'_>, parts: &Parts) -> Item {
    let (name, other, add) = (ident(&parts.name), ident(&parts.other), ident(&parts.add));
    let constructor = constructor(scope, parts);
    let setters = parts.parts.iter().filter(|part| !part.required).map(|part| {
        let (_, argument, value) = part_types(scope, part);
        let deprecated = deprecation::attribute(&part.docs, "part");
        setter::method(
            &part.field,
            &part_docs(part, Some("Sets")),
            deprecated.as_ref(),
            (&argument, &value),
        )
    });
    let headers = parts
        .parts
        .iter()
        .flat_map(|part| part.headers.iter().map(move |header| (part, header)));
    let header_setters = headers.map(|(part, header)| {
        let (argument, value) = scope.argument(&header.type_, &ident(&header.field));
        let deprecated = deprecation::attribute(&header.docs, "header");
        let docs = header_docs(part, header, Some("Sets"));
        setter::method(
            &header.field,
            &docs,
            deprecated.as_ref(),
            (&argument, &quote!(Some(#value))),
        )
    });
    parse_quote! {
        impl #name {
            #constructor

            #(#setters)*

            #(#header_setters)*

            /// Adds a part that the schema does not define.
            #[must_use]
            pub fn #add(mut self, name: impl Into<String>, content: impl Into<runtime::Upload>) -> Self {
                self.#other.push((name.into(), content.into()));
                self
            }
        }
    }
}

/// Returns what makes a payload of the parts.
fn payload(parts: &Parts) -> Item {
    let (name, other) = (ident(&parts.name), ident(&parts.other));
    let calls = parts.parts.iter().map(part_call);
    parse_quote! {
        impl codegen::Parts for #name {
            fn payload(&self, media_type: &'static str) -> codegen::Payload {
                codegen::Multipart::new(media_type)
                    #(#calls)*
                    .others(&self.#other)
                    .payload()
            }
        }
    }
}

fn constructor(scope: &Scope<'_>, parts: &Parts) -> TokenStream {
    if parts.derives.has(Derive::Default) {
        return quote! {
            /// Makes a body without parts.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let arguments = if let Some(required) = &parts.required {
        let name = ident(&required.name);
        quote!(required: #name)
    } else {
        let arguments = parts.given().map(|part| {
            let (field, (_, argument, _)) = (ident(&part.field), part_types(scope, part));
            quote!(#field: #argument)
        });
        quote!(#(#arguments),*)
    };
    let values = parts.parts.iter().map(|part| {
        let (field, (_, _, value)) = (ident(&part.field), part_types(scope, part));
        if let Some(constant) = &part.constant {
            let value = constants::value(scope, constant);
            return quote!(#field: #value);
        }
        match (&part.content, part.required) {
            (_, true) if parts.required.is_some() => quote!(#field: required.#field),
            (_, true) => quote!(#field: #value),
            (PartContent::File { is_list: true, .. }, false) => quote!(#field: Vec::new()),
            (_, false) => quote!(#field: None),
        }
    });
    let headers = parts.parts.iter().flat_map(|part| &part.headers).map(|header| {
        let field = ident(&header.field);
        quote!(#field: None)
    });
    let other = ident(&parts.other);
    let first = match parts.given().next() {
        None => "Makes a body without optional parts.",
        Some(_) => "Makes a body from its required parts.",
    };
    let filled = parts.parts.iter().filter(|part| part.constant.is_some());
    let filled = constants::filled_in(filled.map(|part| part.wire.as_str()));
    let docs = text::attributes(&[first.to_owned()].into_iter().chain(filled).collect::<Vec<_>>());
    quote! {
        #docs
        #[must_use]
        pub fn new(#arguments) -> Self {
            Self { #(#values,)* #(#headers,)* #other: Vec::new() }
        }
    }
}

/// Returns the documentation of a part, or with a verb that of its setter.
fn part_docs(part: &Part, verb: Option<&str>) -> Vec<String> {
    text::of_name(&part.docs, verb, "Part", (&part.wire, &part.field), Room::ITEM)
}

/// Returns the documentation of the header of a part, or with a verb that of its setter.
fn header_docs(part: &Part, header: &PartHeader, verb: Option<&str>) -> Vec<String> {
    let words = format!("Header of the part {}", text::literal(&part.wire));
    text::of_name(&header.docs, verb, &words, (&header.wire, &header.field), Room::ITEM)
}

/// Returns what adds a part with its headers to a body.
fn part_call(part: &Part) -> TokenStream {
    let (field, wire) = (ident(&part.field), &part.wire);
    let call = match &part.content {
        PartContent::Value(_, encoding) => {
            let encoding = described(encoding);
            let value = if part.required {
                quote!(Some(&self.#field))
            } else {
                quote!(self.#field.as_ref())
            };
            quote!(.value(#wire, #value, #encoding))
        }
        PartContent::File {
            media_types,
            is_list,
            is_declared,
        } => {
            let files = if part.required && !is_list {
                quote!([&self.#field])
            } else {
                quote!(&self.#field)
            };
            let method = ident(if *is_declared { "files" } else { "contents" });
            quote!(.#method(#wire, #files, #media_types))
        }
    };
    let headers = part.headers.iter().map(|header| {
        let (field, name, required) = (ident(&header.field), &header.wire, header.required);
        quote!(.header(#wire, #name, self.#field.as_ref(), #required))
    });
    quote!(#call #(#headers)*)
}
