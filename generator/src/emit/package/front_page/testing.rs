//! The section about tests without a server.

use proc_macro2::Ident;
use quote::quote;

use crate::emit::package::front_page::request::Made;
use crate::emit::package::front_page::snippet::Snippet;
use crate::emit::package::front_page::{Page, client, section as titled};
use crate::emit::scope::paths::ident;
use crate::model::{Derive, Operation, Payload, Shape, Status, Type};

/// Returns the section about the mock, with an operation whose success is easily made, if there is one.
pub(super) fn section(page: &Page<'_>) -> Option<String> {
    let easy = page.find(|operation| success(page, operation).is_some());
    let request = easy.or_else(|| page.find(|_| true))?;
    let value = success(page, request.operation);
    let (krate, made, module) = (&page.krate, request.made(), request.module());
    let call = ident(&request.operation.request_type);
    let call = quote!(#module::#call);
    let runtime = quote!(#krate::runtime);
    let mut snippet = Snippet::default()
        .import(&quote!(#krate), "Client")
        .import(&runtime, "Mock")
        .import(&quote!(#krate::runtime::http), "StatusCode");
    if value.is_none() {
        snippet = snippet.import(&runtime, "MockResponse");
    }
    if let Some(root) = value.as_ref().and_then(|(_, value)| value.root) {
        snippet = snippet.import(&quote!(#krate), root);
    }
    let builder = client::for_tests(page);
    let (answer, outcome) = if let Some((status, Made { tokens: value, .. })) = value {
        let answer = quote!(mock.on::<#call>().respond(StatusCode::#status, &#value););
        let outcome = quote! {
            let response = #made.send(&client).await?;
            assert_eq!(response.status(), StatusCode::#status);
        };
        (answer, outcome)
    } else {
        let answer = quote!(mock.on::<#call>().answer(MockResponse::empty(StatusCode::NOT_IMPLEMENTED)););
        let outcome = quote! {
            let error = #made.send(&client).await.unwrap_err();
            assert_eq!(error.status(), Some(StatusCode::NOT_IMPLEMENTED));
        };
        (answer, outcome)
    };
    let code = request.start(snippet, false).shown(
        "",
        quote! {
            let mock = Mock::new();
            #answer
            let client = #builder.mock(&mock).build()?;

            #outcome
            let requests = mock.requests_of::<#call>();
            assert_eq!(requests.len(), 1);
        },
    );
    Some(titled(
        "Tests without a server",
        &[
            "With the feature `mock`, a client sends its requests to a mock in the same process. It answers with what was \
             queued for an operation, and records the requests."
                .to_owned(),
            code.fenced(),
        ],
    ))
}

/// Returns a status and a value of an operation's success, where one is easily made.
fn success(page: &Page<'_>, operation: &Operation) -> Option<(Ident, Made)> {
    let response = operation
        .success
        .cases
        .first()
        .filter(|_| operation.success.enum_name.is_none())?;
    let status = match response.status {
        Status::Code(200) | Status::Range(2) | Status::Default => "OK",
        Status::Code(201) => "CREATED",
        Status::Code(202) => "ACCEPTED",
        Status::Code(_) | Status::Range(_) => return None,
    };
    match &response.payload {
        Some(Payload::Json(type_, _)) => Some((ident(status), made(page, type_)?)),
        _ => None,
    }
}

/// Returns a value of a type that is made of nothing.
fn made(page: &Page<'_>, type_: &Type) -> Option<Made> {
    match type_ {
        Type::Array(_) => Some(Made {
            tokens: quote!(Vec::new()),
            root: None,
        }),
        Type::Named(id) => {
            let named = page.api.named(*id);
            if let Shape::Alias(inner) = &named.shape {
                return made(page, inner);
            }
            let is_default = named.has_default_impl || named.derives.has(Derive::Default);
            is_default.then(|| Made::of(page, named, |path| quote!(#path::default())))
        }
        _ => None,
    }
}
