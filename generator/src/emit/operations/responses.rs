//! Responses: the type of each status.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::SourceFile;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::operations::headers;
use crate::emit::scope::availability;
use crate::emit::scope::names::Names;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::declaration;
use crate::emit::types::files;
use crate::model::{Availability, Expected, ModulePath, Operation, Payload, Response, Responses, Status};

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

/// Returns what a call returns, and how a success is read where it is no enum.
pub(in crate::emit) fn result(scope: &Scope<'_>, operation: &Operation, success: &Responses) -> TokenStream {
    let (type_, failure) = (responses_type(scope, success), failure_type(operation));
    let reads = match (&success.enum_name, success.cases.as_slice()) {
        (Some(_), _) => Vec::new(),
        (None, []) => vec![quote!(nothing(200..=299))],
        (None, _) => by_reading(success)
            .into_iter()
            .map(|(statuses, response)| {
                let (read, expected) = (reading(response.payload.as_ref()), expected(&response.expected));
                quote!(#read(#statuses) #expected)
            })
            .collect(),
    };
    let reads = (!reads.is_empty()).then(|| quote!(= #(#reads)*));
    quote!(-> Result<#type_, #failure> #reads;)
}

/// Returns the file of the enums and the headers of responses that several operations have, if there are any.
pub(in crate::emit) fn file(names: &Names<'_>) -> Option<SourceFile> {
    let api = names.api;
    if api.response_sets.is_empty() && api.header_sets.is_empty() {
        return None;
    }
    let scope = Scope::new(names, &ModulePath::Responses);
    let enums = api.response_sets.iter().map(|set| {
        let kind = if set.is_failure { "failures" } else { "successes" };
        let docs = format!("The documented {kind} of several operations.");
        let item = enum_(&scope, &set.name, (&set.cases, set.is_failure), &docs);
        (item, &set.availability)
    });
    let headers = api.header_sets.iter().map(|set| {
        let docs = "The documented headers of the responses of several operations.".to_owned();
        (
            headers::struct_(&scope, &set.name, &set.headers, docs),
            &set.availability,
        )
    });
    let (mut body, availabilities): (Vec<Item>, Vec<&Availability>) = enums.chain(headers).unzip();
    for (item, availability) in body.iter_mut().zip(&availabilities) {
        if let Item::Macro(item) = item {
            item.attrs.extend(availability::attribute(api, availability));
        }
    }
    let (items, mut attributes) = files::with_imports(names, &scope, body, None);
    if !availabilities.windows(2).all(|pair| pair[0] == pair[1]) {
        attributes.push(parse_quote!(#![allow(unused_imports, reason = "only some features use them")]));
    }
    Some(SourceFile {
        path: ModulePath::Responses.file(),
        docs: vec!["Documented responses that several operations have.".to_owned()],
        attributes,
        items,
    })
}

/// Returns the types of the responses of an operation.
pub(in crate::emit) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    let words = |kind: &str| format!("The documented {kind} of [`{}()`].", operation.function);
    let success = type_(scope, &operation.success, false, &words("successes"));
    let failure = type_(scope, &operation.failure, true, &words("failures"));
    success.into_iter().chain(failure).collect()
}

/// Returns the type of responses, if it has a name: an enum, or an alias of one that several operations have.
pub(in crate::emit) fn type_(scope: &Scope<'_>, responses: &Responses, is_failure: bool, docs: &str) -> Option<Item> {
    let name = responses.enum_name.as_ref()?;
    let Some(set) = &responses.set else {
        return Some(enum_(scope, name, (&responses.cases, is_failure), docs));
    };
    let (name, set) = (ident(name), ident(set));
    let docs = text::attributes(&[docs.to_owned()]);
    scope.imports.add_module(ModulePath::Responses.root());
    Some(parse_quote!(#docs pub type #name = responses::#set;))
}

/// Returns the enum of documented responses.
fn enum_(scope: &Scope<'_>, name: &str, (cases, is_failure): (&[Response], bool), docs: &str) -> Item {
    let (name, docs) = (ident(name), text::attributes(&[docs.to_owned()]));
    let variants = cases.iter().map(|response| {
        let (variant, read) = variant(scope, response);
        let statuses = match response.status {
            Status::Default if is_failure => quote!(_),
            status => pattern(status, cases),
        };
        let words = is_failure.then(|| {
            let words = response.status.to_string();
            quote!(#words in)
        });
        quote!(#variant = #words #statuses #read)
    });
    let declared = if is_failure { "failures" } else { "successes" };
    declaration::item(
        declared,
        quote! {
            #docs
            pub enum #name { #(#variants,)* }
        },
    )
}

/// Returns the variant for a response with its documentation, and how its body is read.
fn variant(scope: &Scope<'_>, response: &Response) -> (TokenStream, Option<TokenStream>) {
    let name = ident(&response.variant);
    let docs = text::attributes(&docs(response));
    let Some(payload) = &response.payload else {
        return (quote!(#docs #name), None);
    };
    let type_ = payload_type(scope, Some(payload));
    let (read, expected) = (reading(Some(payload)), expected(&response.expected));
    (quote!(#docs #name(#type_)), Some(quote!(=> #read #expected)))
}

/// Returns the documentation of a response: its status, and what the document says of it.
fn docs(response: &Response) -> Vec<String> {
    let status = status_words(response.status);
    let mut paragraphs = text::text(&response.docs, "", Room::MEMBER.behind(&format!("{status}: ")));
    match paragraphs.first_mut() {
        // A heading, a list or a table stands by itself.
        Some(first) if first.starts_with(char::is_alphanumeric) => *first = format!("{status}: {first}"),
        _ => paragraphs.insert(0, format!("{status}.")),
    }
    paragraphs
}

fn status_words(status: Status) -> String {
    match status {
        Status::Code(code) => format!("Status {code}"),
        Status::Range(hundred) => format!("Any other status from {hundred}00 to {hundred}99"),
        Status::Default => "Any other status".to_owned(),
    }
}

/// Returns the statuses of responses of one type, those together that are read alike.
fn by_reading(responses: &Responses) -> Vec<(TokenStream, &Response)> {
    let mut all: Vec<(TokenStream, &Response)> = Vec::new();
    for response in &responses.cases {
        let statuses = pattern(response.status, &responses.cases);
        match all.last_mut() {
            Some((known, last)) if last.expected == response.expected => *known = quote!(#known | #statuses),
            _ => all.push((statuses, response)),
        }
    }
    all
}

/// Returns a pattern for the statuses of a response among others; those of a default are successes.
pub(in crate::emit) fn pattern(status: Status, responses: &[Response]) -> TokenStream {
    let codes: Vec<u16> = responses.iter().filter_map(|response| response.status.code()).collect();
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

/// Returns the function of the runtime that reads a body.
fn reading(payload: Option<&Payload>) -> Ident {
    ident(match payload {
        None => "nothing",
        Some(Payload::Json(..)) => "json",
        Some(Payload::Text) => "text",
        Some(Payload::Bytes) => "bytes",
    })
}

/// Returns the check of a media type before the body is read; none where any is expected.
fn expected(expected: &Expected) -> Option<TokenStream> {
    match expected {
        Expected::Any => None,
        Expected::Unless { media_type, others } => Some(quote!(.unless(#media_type, &[#(#others),*]))),
        Expected::Only { media_type, others } => Some(quote!(.only(#media_type, &[#(#others),*]))),
    }
}

/// Returns an expression that says of `response` whether its media type is one that is expected; none where any is.
pub(in crate::emit) fn is_expected(media_type: &Expected) -> Option<TokenStream> {
    expected(media_type).map(|check| quote!(response #check.is_ok()))
}
