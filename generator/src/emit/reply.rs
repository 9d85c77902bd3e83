//! Replies: which type a status gives.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use super::docs;
use super::paths::{Scope, ident};
use crate::model::{Expected, Operation, Payload, Replies, Reply, Status};

/// Returns the type of what a body holds.
pub(super) fn payload_type(scope: &Scope<'_>, payload: Option<&Payload>) -> TokenStream {
    match payload {
        None => quote!(()),
        Some(Payload::Json(type_, _)) => scope.type_(type_),
        Some(Payload::Text) => quote!(String),
        Some(Payload::Bytes) => quote!(bytes::Bytes),
    }
}

/// Returns the type of successes.
pub(super) fn replies_type(scope: &Scope<'_>, replies: &Replies) -> TokenStream {
    match (&replies.enum_name, replies.cases.first()) {
        (Some(name), _) => {
            let name = ident(name);
            quote!(#name)
        }
        (None, Some(reply)) => payload_type(scope, reply.payload.as_ref()),
        (None, None) => quote!(()),
    }
}

/// Returns the type of the operation's failures.
pub(super) fn failure_type(operation: &Operation) -> TokenStream {
    if let Some(name) = &operation.failure.enum_name {
        let name = ident(name);
        quote!(#name)
    } else {
        quote!(runtime::NoFailure)
    }
}

/// Returns the expression that decodes a success, given `reply`.
pub(super) fn success_body(success: &Replies) -> TokenStream {
    let name = success.enum_name.as_ref();
    if success.cases.is_empty() {
        return quote! {
            match reply.status.as_u16() {
                200..=299 => Some(Ok(())),
                _ => None,
            }
        };
    }
    decode(success, name.map(|_| quote!(Self::Success)).as_ref(), true)
}

/// Returns the enum of several replies, and what decodes it if they are failures.
pub(super) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    let mut items = Vec::new();
    if operation.success.enum_name.is_some() {
        items.push(definition(scope, operation, &operation.success, "successes"));
    }
    if let Some(name) = &operation.failure.enum_name {
        items.push(definition(scope, operation, &operation.failure, "failures"));
        let (name, body) = (ident(name), decode(&operation.failure, Some(&quote!(Self)), false));
        items.push(words(&name, &operation.failure));
        let reply = ident(if is_read(&operation.failure) { "reply" } else { "_reply" });
        items.push(parse_quote! {
            impl runtime::Failure for #name {
                fn failure(#reply: &runtime::RawReply) -> Option<Result<Self, runtime::DecodeError>> {
                    #body
                }
            }
        });
    }
    items
}

/// Returns what prints the failures.
fn words(name: &syn::Ident, failures: &Replies) -> Item {
    let variants = failures.cases.iter().map(|reply| {
        let variant = ident(&reply.variant);
        let body = reply.payload.as_ref().map(|_| quote!((body)));
        let status = reply.status.to_string();
        quote!(#variant #body = #status,)
    });
    parse_quote!(runtime::failure!(#name { #(#variants)* });)
}

/// Returns whether it takes a look at the reply to tell which of the failures it is, and what it says.
fn is_read(failure: &Replies) -> bool {
    !matches!(failure.cases.as_slice(), [only] if only.status == Status::Default && only.payload.is_none())
}

pub(super) fn definition(scope: &Scope<'_>, operation: &Operation, replies: &Replies, words: &str) -> Item {
    let name = ident(replies.enum_name.as_deref().unwrap_or_default());
    let enum_docs = docs::attributes(&[format!("The documented {words} of [`{}()`].", operation.function)]);
    let variants = replies.cases.iter().map(|reply| {
        let variant = ident(&reply.variant);
        let mut paragraphs = docs::text(&reply.docs, "");
        paragraphs.push(status_words(reply.status));
        let docs = docs::attributes(&paragraphs);
        match &reply.payload {
            None => quote!(#docs #variant,),
            payload => {
                let type_ = payload_type(scope, payload.as_ref());
                quote!(#docs #variant(#type_),)
            }
        }
    });
    parse_quote! {
        #enum_docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants)* }
    }
}

fn status_words(status: Status) -> String {
    match status {
        Status::Code(code) => format!("Status {code}."),
        Status::Range(hundred) => format!("Any other status from {hundred}00 to {hundred}99."),
        Status::Default => "Any other status.".to_owned(),
    }
}

/// Returns a `match` over the status; `enum_` is the path of the enum, if there is one.
fn decode(replies: &Replies, enum_: Option<&TokenStream>, is_success: bool) -> TokenStream {
    let mut has_rest = false;
    let mut arms: Vec<(TokenStream, TokenStream)> = Vec::new();
    for reply in &replies.cases {
        let pattern = if reply.status == Status::Default && !is_success {
            has_rest = true;
            quote!(_)
        } else {
            pattern(reply.status, replies)
        };
        let value = value(reply, enum_);
        match arms.last_mut() {
            // Two arms that do the same are one.
            Some((known, last)) if !has_rest && last.to_string() == value.to_string() => {
                *known = quote!(#known | #pattern);
            }
            _ => arms.push((pattern, value)),
        }
    }
    if let (true, [(_, only)]) = (has_rest, arms.as_slice()) {
        return quote!(Some(#only));
    }
    let arms = arms
        .into_iter()
        .map(|(pattern, value)| quote!(#pattern => Some(#value),));
    let rest = (!has_rest).then(|| quote!(_ => None,));
    quote! {
        match reply.status.as_u16() {
            #(#arms)*
            #rest
        }
    }
}

/// Returns a pattern for the statuses of a reply among others; those of a default are successes.
pub(super) fn pattern(status: Status, replies: &Replies) -> TokenStream {
    let codes: Vec<u16> = replies.cases.iter().filter_map(|reply| reply.status.code()).collect();
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(hundred) => range(hundred * 100, hundred * 100 + 99, &codes),
        Status::Default => range(200, 299, &codes),
    }
}

/// Returns a pattern for the statuses from `low` to `high` but for `codes`.
fn range(low: u16, high: u16, codes: &[u16]) -> TokenStream {
    let mut codes: Vec<u16> = codes
        .iter()
        .copied()
        .filter(|code| (low..=high).contains(code))
        .collect();
    codes.sort_unstable();
    let mut parts = Vec::new();
    let mut from = low;
    for end in codes.into_iter().chain([high + 1]) {
        if from < end {
            let (first, last) = (Literal::u16_unsuffixed(from), Literal::u16_unsuffixed(end - 1));
            parts.push(if from == end - 1 {
                quote!(#first)
            } else {
                quote!(#first..=#last)
            });
        }
        from = end + 1;
    }
    quote!(#(#parts)|*)
}

fn value(reply: &Reply, enum_: Option<&TokenStream>) -> TokenStream {
    let variant = ident(&reply.variant);
    let expected = match &reply.expected {
        Expected::Any => None,
        Expected::Unless { media_type, others } => Some(quote!(reply.unless(#media_type, &[#(#others),*]))),
        Expected::Only { media_type, others } => Some(quote!(reply.only(#media_type, &[#(#others),*]))),
    };
    let read = match (&reply.payload, expected) {
        (None, _) => return enum_.map_or_else(|| quote!(Ok(())), |enum_| quote!(Ok(#enum_::#variant))),
        (Some(Payload::Json(..)), None) => quote!(reply.json()),
        (Some(Payload::Json(..)), Some(expected)) => quote!(#expected.and_then(runtime::RawReply::json)),
        (Some(Payload::Text), None) => quote!(reply.text()),
        (Some(Payload::Text), Some(expected)) => quote!(#expected.and_then(runtime::RawReply::text)),
        (Some(Payload::Bytes), None) => {
            let body = quote!(reply.body.clone());
            return enum_.map_or_else(|| quote!(Ok(#body)), |enum_| quote!(Ok(#enum_::#variant(#body))));
        }
        (Some(Payload::Bytes), Some(expected)) => quote!(#expected.map(|reply| reply.body.clone())),
    };
    enum_.map_or_else(|| read.clone(), |enum_| quote!(#read.map(#enum_::#variant)))
}

/// Returns an expression that says of `reply` whether its media type is one that is expected; none where any is.
pub(super) fn is_expected(reply: &Reply) -> Option<TokenStream> {
    match &reply.expected {
        Expected::Any => None,
        Expected::Unless { media_type, others } => Some(quote!(reply.unless(#media_type, &[#(#others),*]).is_ok())),
        Expected::Only { media_type, others } => Some(quote!(reply.only(#media_type, &[#(#others),*]).is_ok())),
    }
}
