//! Responses: the type of each status.

use std::mem::discriminant;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::model::{Expected, Operation, Payload, Response, Responses, Status};

/// Returns the type of what a body holds.
pub(in crate::emit) fn payload_type(scope: &Scope<'_>, payload: Option<&Payload>) -> TokenStream {
    match payload {
        None => quote!(()),
        Some(Payload::Json(type_, _)) => scope.type_(type_),
        Some(Payload::Text) => quote!(String),
        Some(Payload::Bytes) => quote!(bytes::Bytes),
    }
}

/// Returns the type of successes.
pub(in crate::emit) fn responses_type(scope: &Scope<'_>, responses: &Responses) -> TokenStream {
    match (&responses.enum_name, responses.cases.first()) {
        (Some(name), _) => {
            let name = ident(name);
            quote!(#name)
        }
        (None, Some(response)) => payload_type(scope, response.payload.as_ref()),
        (None, None) => quote!(()),
    }
}

/// Returns the type of the operation's failures.
pub(in crate::emit) fn failure_type(operation: &Operation) -> TokenStream {
    if let Some(name) = &operation.failure.enum_name {
        let name = ident(name);
        quote!(#name)
    } else {
        quote!(runtime::NoFailure)
    }
}

/// Returns the expression that decodes a success, given `reply`.
pub(in crate::emit) fn success_body(success: &Responses) -> TokenStream {
    let name = success.enum_name.as_ref();
    if success.cases.is_empty() {
        return quote! {
            match response.status.as_u16() {
                200..=299 => Some(Ok(())),
                _ => None,
            }
        };
    }
    decode(success, name.map(|_| quote!(Self::Success)).as_ref(), true)
}

/// Returns the enum of several responses, and what decodes it if they are failures.
pub(in crate::emit) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    let mut items = Vec::new();
    if operation.success.enum_name.is_some() {
        items.push(definition(scope, operation, &operation.success, "successes"));
    }
    if let Some(name) = &operation.failure.enum_name {
        items.push(definition(scope, operation, &operation.failure, "failures"));
        let (name, body) = (ident(name), decode(&operation.failure, Some(&quote!(Self)), false));
        items.push(words(&name, &operation.failure));
        let response = ident(if is_read(&operation.failure) {
            "response"
        } else {
            "_response"
        });
        items.push(parse_quote! {
            impl codegen::Failure for #name {
                fn failure(#response: &runtime::RawResponse) -> Option<Result<Self, runtime::DecodeError>> {
                    #body
                }
            }
        });
    }
    items
}

/// Returns what prints the failures.
fn words(name: &syn::Ident, failures: &Responses) -> Item {
    let variants = failures.cases.iter().map(|response| {
        let variant = ident(&response.variant);
        let body = response.payload.as_ref().map(|_| quote!((body)));
        let status = response.status.to_string();
        quote!(#variant #body = #status,)
    });
    parse_quote!(codegen::failure!(#name { #(#variants)* });)
}

/// Returns whether it takes a look at the response to tell which of the failures it is, and what it says.
fn is_read(failure: &Responses) -> bool {
    !matches!(failure.cases.as_slice(), [only] if only.status == Status::Default && only.payload.is_none())
}

pub(in crate::emit) fn definition(
    scope: &Scope<'_>,
    operation: &Operation,
    responses: &Responses,
    words: &str,
) -> Item {
    let name = ident(responses.enum_name.as_deref().unwrap_or_default());
    let enum_docs = text::attributes(&[format!("The documented {words} of [`{}()`].", operation.function)]);
    let variants = responses.cases.iter().map(|response| {
        let variant = ident(&response.variant);
        let mut paragraphs = text::text(&response.docs, "");
        paragraphs.push(status_words(response.status));
        let docs = text::attributes(&paragraphs);
        match &response.payload {
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
fn decode(responses: &Responses, enum_: Option<&TokenStream>, is_success: bool) -> TokenStream {
    let mut has_rest = false;
    let mut arms: Vec<(TokenStream, &Response)> = Vec::new();
    for response in &responses.cases {
        let pattern = if response.status == Status::Default && !is_success {
            has_rest = true;
            quote!(_)
        } else {
            pattern(response.status, responses)
        };
        match arms.last_mut() {
            // Two arms that do the same are one.
            Some((known, last)) if !has_rest && is_decoded_alike(last, response, enum_.is_some()) => {
                *known = quote!(#known | #pattern);
            }
            _ => arms.push((pattern, response)),
        }
    }
    if let (true, [(_, only)]) = (has_rest, arms.as_slice()) {
        let value = value(only, enum_);
        return quote!(Some(#value));
    }
    let arms = arms.into_iter().map(|(pattern, response)| {
        let value = value(response, enum_);
        quote!(#pattern => Some(#value),)
    });
    let rest = (!has_rest).then(|| quote!(_ => None,));
    quote! {
        match response.status.as_u16() {
            #(#arms)*
            #rest
        }
    }
}

/// Returns whether the same expression decodes both responses, into the enum of responses if there is one.
fn is_decoded_alike(first: &Response, second: &Response, has_enum: bool) -> bool {
    let is_same_payload = match (&first.payload, &second.payload) {
        (None, None) => true,
        // The type of a JSON value is inferred.
        (Some(first_payload), Some(second_payload)) => {
            discriminant(first_payload) == discriminant(second_payload) && first.expected == second.expected
        }
        _ => false,
    };
    is_same_payload && (!has_enum || first.variant == second.variant)
}

/// Returns a pattern for the statuses of a response among others; those of a default are successes.
pub(in crate::emit) fn pattern(status: Status, responses: &Responses) -> TokenStream {
    let codes: Vec<u16> = responses
        .cases
        .iter()
        .filter_map(|response| response.status.code())
        .collect();
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

fn value(response: &Response, enum_: Option<&TokenStream>) -> TokenStream {
    let variant = ident(&response.variant);
    let expected = match &response.expected {
        Expected::Any => None,
        Expected::Unless { media_type, others } => Some(quote!(response.unless(#media_type, &[#(#others),*]))),
        Expected::Only { media_type, others } => Some(quote!(response.only(#media_type, &[#(#others),*]))),
    };
    let read = match (&response.payload, expected) {
        (None, _) => return enum_.map_or_else(|| quote!(Ok(())), |enum_| quote!(Ok(#enum_::#variant))),
        (Some(Payload::Json(..)), None) => quote!(response.json()),
        (Some(Payload::Json(..)), Some(expected)) => quote!(#expected.and_then(runtime::RawResponse::json)),
        (Some(Payload::Text), None) => quote!(response.text()),
        (Some(Payload::Text), Some(expected)) => quote!(#expected.and_then(runtime::RawResponse::text)),
        (Some(Payload::Bytes), None) => {
            let body = quote!(response.body.clone());
            return enum_.map_or_else(|| quote!(Ok(#body)), |enum_| quote!(Ok(#enum_::#variant(#body))));
        }
        (Some(Payload::Bytes), Some(expected)) => quote!(#expected.map(|response| response.body.clone())),
    };
    enum_.map_or_else(|| read.clone(), |enum_| quote!(#read.map(#enum_::#variant)))
}

/// Returns an expression that says of `response` whether its media type is one that is expected; none where any is.
pub(in crate::emit) fn is_expected(expected: &Expected) -> Option<TokenStream> {
    match expected {
        Expected::Any => None,
        Expected::Unless { media_type, others } => Some(quote!(response.unless(#media_type, &[#(#others),*]).is_ok())),
        Expected::Only { media_type, others } => Some(quote!(response.only(#media_type, &[#(#others),*]).is_ok())),
    }
}
