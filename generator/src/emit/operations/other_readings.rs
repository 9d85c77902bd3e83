//! Streams and requests for alternative media types.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::text;
use crate::emit::operations::responses;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::declaration;
use crate::model::{Alternative, Api, Expected, Operation, Responses, Status, Stream};

/// Returns the methods of an operation's request that stream its responses.
pub(in crate::emit) fn streams(scope: &Scope<'_>, operation: &Operation) -> Option<Item> {
    methods(
        scope,
        operation,
        &operation.request_type,
        operation.streams.iter(),
        &operation.success,
    )
}

fn methods<'api>(
    scope: &Scope<'_>,
    operation: &Operation,
    type_: &str,
    streams: impl Iterator<Item = &'api Stream>,
    success: &Responses,
) -> Option<Item> {
    let type_ = ident(type_);
    let methods: Vec<TokenStream> = streams
        .map(|stream| stream_methods(scope.api, operation, stream, success))
        .collect();
    (!methods.is_empty()).then(|| parse_quote!(impl #type_ { #(#methods)* }))
}

/// Returns the requests of an operation that ask for other media types.
pub(in crate::emit) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    let others = operation.alternatives.iter();
    others.flat_map(|other| alternative(scope, operation, other)).collect()
}

fn alternative(scope: &Scope<'_>, operation: &Operation, other: &Alternative) -> Vec<Item> {
    let (type_, request) = (ident(&other.type_name), ident(&operation.request_type));
    let (method, media_type) = (ident(&other.method), &other.media_type);
    let result = responses::result(scope, operation, &other.success);
    let mut items: Vec<Item> = vec![declaration::item(
        "request_as",
        quote! {
            #request.#method() -> #type_ as #media_type;
            #result
        },
    )];
    items.extend(methods(
        scope,
        operation,
        &other.type_name,
        other.stream.iter(),
        &other.success,
    ));
    // Requests whose body is of another media type get the same responses.
    if !operation.is_variant {
        let media_type = text::literal(media_type);
        let docs = format!(
            "The documented successes of [`{}()`] as {media_type}.",
            operation.function
        );
        items.extend(responses::type_(scope, &other.success, false, &docs));
    }
    items
}

/// A kind of method: what makes it one, and what waits for what it calls.
struct CallKind {
    feature: &'static str,
    client: TokenStream,
    asynchronous: TokenStream,
    wait: TokenStream,
}

fn kinds() -> [CallKind; 2] {
    [
        CallKind {
            feature: "async",
            client: quote!(Client),
            asynchronous: quote!(async),
            wait: quote!(.await),
        },
        CallKind {
            feature: "blocking",
            client: quote!(BlockingClient),
            asynchronous: quote!(),
            wait: quote!(),
        },
    ]
}

/// Returns the methods that send a request and give the body of the response while it comes in.
fn stream_methods(api: &Api, operation: &Operation, stream: &Stream, success: &Responses) -> TokenStream {
    let scope = Scope::nowhere(api);
    let failure = responses::failure_type(operation);
    let (arguments, item) = match stream {
        Stream::Bytes(statuses) => (is_wanted(statuses, success), quote!()),
        Stream::Lines { accept, type_ } => {
            let type_ = scope.type_(type_);
            (quote!(&self, #accept), quote!(<#type_>))
        }
        Stream::Events { type_, is_text, end } => {
            let type_ = scope.type_(type_);
            let read = ident(if *is_text { "event_text" } else { "from_str" });
            let end = end.as_ref().map_or_else(|| quote!(None), |end| quote!(Some(#end)));
            let format = quote!(codegen::EventFormat { read: codegen::#read, end: #end });
            (quote!(self, #format), quote!(<Self, #type_>))
        }
    };
    let words = text::attributes(&[words(stream).to_owned()]);
    let methods = kinds().into_iter().zip(names(stream)).map(|(kind, (method, given))| {
        let (method, given) = (ident(method), ident(given));
        let CallKind {
            feature,
            client,
            asynchronous,
            wait,
        } = kind;
        quote! {
            #words
            ///
            /// # Errors
            ///
            /// If the request does not conform to the document, the call fails, or the response is not a
            /// documented success of this media type.
            #[cfg(feature = #feature)]
            pub #asynchronous fn #method(self, client: &crate::#client) -> Result<crate::runtime::ResponseValue<crate::runtime::#given #item>, crate::runtime::Error<#failure>> {
                crate::runtime::#given::open(&client.0, #arguments)#wait
            }
        }
    });
    quote!(#(#methods)*)
}

/// Returns the names of the two methods, async and blocking, and of the types that they give.
fn names(stream: &Stream) -> [(&'static str, &'static str); 2] {
    match stream {
        Stream::Bytes(_) => [("stream", "ByteStream"), ("stream_blocking", "ByteReader")],
        Stream::Lines { .. } => [("lines", "JsonLines"), ("lines_blocking", "BlockingJsonLines")],
        Stream::Events { .. } => [("events", "Events"), ("events_blocking", "BlockingEvents")],
    }
}

fn words(stream: &Stream) -> &'static str {
    match stream {
        Stream::Bytes(_) => "Sends the request, and returns the body of the response as it is received.",
        Stream::Lines { .. } => {
            "Sends the request, and returns the values of the response, one per line, as they are received."
        }
        Stream::Events { .. } => "Sends the request, and returns the server-sent events as they are received.",
    }
}

/// Returns the arguments that say which responses come in as bytes: those with the statuses, of the media types that
/// are expected.
fn is_wanted(statuses: &[Status], success: &Responses) -> TokenStream {
    let is_all = success.cases.iter().all(|response| statuses.contains(&response.status));
    let mut arms: Vec<(TokenStream, &Expected)> = Vec::new();
    for response in success
        .cases
        .iter()
        .filter(|response| statuses.contains(&response.status))
    {
        let pattern = responses::pattern(response.status, &success.cases);
        match arms.iter_mut().find(|(_, known)| **known == response.expected) {
            Some((patterns, _)) => *patterns = quote!(#patterns | #pattern),
            None => arms.push((pattern, &response.expected)),
        }
    }
    let arms: Vec<(TokenStream, Option<TokenStream>)> = arms
        .into_iter()
        .map(|(patterns, expected)| (patterns, responses::is_expected(expected)))
        .collect();
    match arms.as_slice() {
        [(_, None)] if is_all => quote!(&self, |_| true),
        [(_, Some(check))] if is_all => quote!(&self, |response| #check),
        [(patterns, None)] => quote!(&self, |response| matches!(response.status.as_u16(), #patterns)),
        [(patterns, Some(check))] => quote!(&self, |response| matches!(response.status.as_u16(), #patterns) && #check),
        _ => {
            let arms = arms.iter().map(|(patterns, check)| {
                let check = check.clone().unwrap_or_else(|| quote!(true));
                quote!(#patterns => #check,)
            });
            quote!(&self, |response| match response.status.as_u16() { #(#arms)* _ => false })
        }
    }
}
