//! Request bodies: the types that callers give, and what is made of them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use super::parameter::style_name;
use super::paths::{Scope, ident};
use super::required::{self, Given};
use super::{constants, docs, object_use};
use crate::model::{Body, Content, Encoding, Operation, Part, PartContent, Parts, Type};

/// Returns the type of a body, the type of the argument that gives one, and how.
pub(super) fn types(scope: &Scope<'_>, body: &Body) -> (TokenStream, TokenStream, TokenStream) {
    let name = ident(&body.field);
    let type_ = match &body.content {
        Content::Json(type_, _) => type_,
        Content::Form(form) => &form.type_,
        Content::Parts(parts) => {
            let type_ = ident(&parts.name);
            return (quote!(#type_), quote!(#type_), quote!(#name));
        }
        Content::Text => return (quote!(String), quote!(impl Into<String>), quote!(#name.into())),
        Content::Bytes => {
            return (
                quote!(runtime::Upload),
                quote!(impl Into<runtime::Upload>),
                quote!(#name.into()),
            );
        }
    };
    let (argument, value) = scope.argument(type_, &name);
    (scope.type_(type_), argument, value)
}

/// Returns what a body is where it is not `null`, if it may be absent and may be `null`.
pub(super) fn maybe(body: &Body) -> Option<&Type> {
    match &body.content {
        Content::Json(Type::Nullable(inner), _) if !body.required => Some(inner),
        _ => None,
    }
}

/// Returns the type of the HTTP request's body, and the function that makes the request.
pub(super) fn request(operation: &Operation) -> (TokenStream, TokenStream) {
    if operation.body.as_ref().is_some_and(|body| body.content.is_streamed()) {
        (quote!(runtime::Body), quote!(into_request))
    } else {
        (quote!(bytes::Bytes), quote!(into_http))
    }
}

/// Returns the method that makes the payload of a request.
pub(super) fn payload(body: &Body) -> TokenStream {
    let field = ident(&body.field);
    let payload = if body.required {
        made(body, &quote!(self.#field), &quote!(&self.#field))
    } else if maybe(body).is_some() {
        let null = made(body, &quote!(runtime::Json::Null), &quote!(&runtime::Json::Null));
        let value = made(body, &quote!(value), &quote!(value));
        quote! {
            match &self.#field {
                runtime::Maybe::Absent => runtime::Payload::None,
                runtime::Maybe::Null => #null,
                runtime::Maybe::Value(value) => #value,
            }
        }
    } else {
        let payload = made(body, &quote!(value), &quote!(value));
        quote! {
            match &self.#field {
                Some(value) => #payload,
                None => runtime::Payload::None,
            }
        }
    };
    quote! {
        fn payload(&self) -> runtime::Payload {
            #payload
        }
    }
}

/// Returns what makes a payload of a body, as a place and as a reference to it.
fn made(body: &Body, place: &TokenStream, reference: &TokenStream) -> TokenStream {
    let media_type = &body.media_type;
    match &body.content {
        Content::Json(..) => quote!(runtime::Payload::json(#media_type, #reference)),
        Content::Text => quote!(runtime::Payload::bytes(#media_type, #place.clone())),
        Content::Bytes => quote!(runtime::Payload::upload(#media_type, #reference)),
        Content::Parts(_) => quote!(#place.payload(#media_type)),
        Content::Form(form) => {
            let encodings = form.encodings.iter().map(|(name, encoding)| {
                let encoding = described(encoding);
                quote!((#name, #encoding))
            });
            let encodings = quote!(&[#(#encodings),*]);
            if form.is_multipart {
                quote!(runtime::Multipart::new(#media_type).object(#reference, #encodings).payload())
            } else {
                quote!(runtime::Payload::form(#media_type, #reference, #encodings))
            }
        }
    }
}

fn described(encoding: &Encoding) -> TokenStream {
    match encoding {
        Encoding::Content(media_type) if media_type.is_empty() => quote!(runtime::Encoding::USUAL),
        Encoding::Content(media_type) => quote!(runtime::Encoding::Content(#media_type)),
        Encoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let (style, reserved) = (
                ident(style_name(*style)),
                allow_reserved.then(|| quote!(.allow_reserved())),
            );
            quote!(runtime::Encoding::style(runtime::Style::#style, #explode) #reserved)
        }
    }
}

/// Returns the struct of the parts of a body, if it has one.
pub(super) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    match operation.body.as_ref().map(|body| &body.content) {
        Some(Content::Parts(parts)) => [
            Some(definition(scope, operation, parts)),
            required(scope, parts),
            Some(inherent(scope, parts)),
            (!is_default(parts) && parts.given().next().is_none()).then(|| object_use::default(&parts.name)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        _ => Vec::new(),
    }
}

/// Returns whether a body can do without any part.
fn is_default(parts: &Parts) -> bool {
    parts.parts.iter().all(|part| !part.required)
}

/// Returns the struct of the required parts, where callers give them by one.
fn required(scope: &Scope<'_>, parts: &Parts) -> Option<Item> {
    let name = parts.required.as_deref()?;
    let given = parts.given().map(|part| {
        let is_copy = matches!(&part.content, PartContent::Value(type_, _) if required::is_copy(scope, type_));
        Given {
            field: ident(&part.field),
            type_: part_types(scope, part).0,
            docs: docs::text(&part.docs, &docs::literal(&part.wire)),
            is_copy,
        }
    });
    let words = format!("The required parts of [`{}`].", parts.name);
    Some(required::definition(name, &words, given.collect()))
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
    let docs = docs::attributes(&docs::text(
        &parts.docs,
        &format!("The parts of the body of [`{}()`].", operation.function),
    ));
    let default = is_default(parts).then(|| quote!(, Default));
    let fields = parts.parts.iter().map(|part| {
        let (field, (type_, ..)) = (ident(&part.field), part_types(scope, part));
        let docs = docs::attributes(&docs::text(&part.docs, &docs::literal(&part.wire)));
        quote!(#docs pub #field: #type_,)
    });
    let headers = parts.parts.iter().flat_map(|part| &part.headers).map(|header| {
        let (field, type_) = (ident(&header.field), scope.type_(&header.type_));
        let docs = docs::attributes(&docs::text(&header.docs, &docs::literal(&header.wire)));
        quote!(#docs pub #field: Option<#type_>,)
    });
    parse_quote! {
        #docs
        #[derive(Debug, Clone #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #(#headers)*
            /// Parts that the document does not describe, by name.
            pub #other: Vec<(String, runtime::Upload)>,
        }
    }
}

fn inherent(scope: &Scope<'_>, parts: &Parts) -> Item {
    let (name, other, add) = (ident(&parts.name), ident(&parts.other), ident(&parts.add));
    let constructor = constructor(scope, parts);
    let setters = parts.parts.iter().filter(|part| !part.required).map(|part| {
        let (_, argument, value) = part_types(scope, part);
        setter(&part.field, &docs::literal(&part.wire), &argument, &value)
    });
    let headers = parts
        .parts
        .iter()
        .flat_map(|part| part.headers.iter().map(move |header| (part, header)));
    let header_setters = headers.map(|(part, header)| {
        let (argument, value) = scope.argument(&header.type_, &ident(&header.field));
        let words = format!(
            "the header {} of {}",
            docs::literal(&header.wire),
            docs::literal(&part.wire)
        );
        setter(&header.field, &words, &argument, &quote!(Some(#value)))
    });
    let calls = parts.parts.iter().map(part_call);
    parse_quote! {
        impl #name {
            #constructor

            #(#setters)*

            #(#header_setters)*

            /// Adds a part that the document does not describe.
            #[must_use]
            pub fn #add(mut self, name: impl Into<String>, content: impl Into<runtime::Upload>) -> Self {
                self.#other.push((name.into(), content.into()));
                self
            }

            fn payload(&self, media_type: &'static str) -> runtime::Payload {
                runtime::Multipart::new(media_type)
                    #(#calls)*
                    .others(&self.#other)
                    .payload()
            }
        }
    }
}

fn constructor(scope: &Scope<'_>, parts: &Parts) -> TokenStream {
    if is_default(parts) {
        return quote! {
            /// Makes a body without any part.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let arguments = if let Some(name) = parts.required.as_deref().map(ident) {
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
            (_, true) if value.to_string() == part.field => quote!(#field),
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
        Some(_) => "Makes a body of its required parts.",
    };
    let filled = parts.parts.iter().filter(|part| part.constant.is_some());
    let filled = constants::filled_in(filled.map(|part| part.wire.as_str()));
    let docs = docs::attributes(&[first.to_owned()].into_iter().chain(filled).collect::<Vec<_>>());
    quote! {
        #docs
        #[must_use]
        pub fn new(#arguments) -> Self {
            Self { #(#values,)* #(#headers,)* #other: Vec::new() }
        }
    }
}

fn setter(field: &str, words: &str, argument: &TokenStream, value: &TokenStream) -> TokenStream {
    let (field, docs) = (ident(field), docs::attributes(&[format!("Sets {words}.")]));
    quote! {
        #docs
        #[must_use]
        pub fn #field(mut self, #field: #argument) -> Self {
            self.#field = #value;
            self
        }
    }
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
