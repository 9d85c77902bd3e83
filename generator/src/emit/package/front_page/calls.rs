//! The sections about calling an operation, and about what goes wrong.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::package::front_page::request::Request;
use crate::emit::package::front_page::snippet::Snippet;
use crate::emit::package::front_page::{Page, section as titled};
use crate::emit::scope::paths::ident;
use crate::model::{Payload, Response, Status};

/// Returns the section about a call.
pub(super) fn section(request: &Request<'_>) -> String {
    let (krate, made) = (&request.page.krate, request.made());
    let has_value = request.operation.success.enum_name.is_some()
        || request
            .operation
            .success
            .cases
            .iter()
            .any(|response| response.payload.is_some());
    let value = has_value.then(|| quote!(println!("{:?}", response.into_inner());));
    let snippet = Snippet::default()
        .import_hidden(&quote!(#krate), "Client")
        .argument(quote!(client: Client));
    let code = request.start(snippet, true).shown(
        "",
        quote! {
            let response = #made.send(&client).await?;
            println!("{}", response.status());
            #value
        },
    );
    titled(
        "Calling an operation",
        &[
            format!(
                "The modules of [`operations`] have a function for each operation, whose arguments are what the document \
                 requires. What is optional has a method of the request. {}",
                request.given_words()
            ),
            code.fenced(),
            "A request that does not conform to the document is not sent. With the feature `blocking`, \
             `send_blocking(&client)` sends it by a `BlockingClient`. `into_http` and `decode` are for another HTTP client."
                .to_owned(),
        ],
    )
}

/// Returns the section about errors, with a documented failure if there is one.
pub(super) fn errors(page: &Page<'_>, first: &Request<'_>) -> String {
    let with_failures = page.find(|operation| operation.failure.enum_name.is_some());
    let is_first = first.operation.failure.enum_name.is_some();
    let request = if is_first {
        first
    } else {
        with_failures.as_ref().unwrap_or(first)
    };
    let (krate, made) = (&request.page.krate, request.made());
    let matched = matched(request);
    let snippet = Snippet::default()
        .import_hidden(&quote!(#krate), "Client")
        .argument(quote!(client: Client));
    let code = request.start(snippet, false).shown(
        "",
        quote! {
            if let Err(error) = #made.send(&client).await {
                #matched
            }
        },
    );
    titled(
        "Errors",
        &[
            "An [`Error`] says what went wrong: the request does not conform to the document, there is no response, its \
             status is a documented failure or none that the document has, or its body cannot be decoded. `{}` prints \
             what happened, and `{:#}` the causes too."
                .to_owned(),
            code.fenced(),
            "`?` converts the errors of all operations to [`AnyError`], for functions that call several.".to_owned(),
        ],
    )
}

/// Returns the `match` over an error, with an arm for a documented failure if there is one.
fn matched(request: &Request<'_>) -> TokenStream {
    let Some(failure) = documented_failure(request) else {
        return quote! {
            match error.status() {
                Some(status) => println!("{status} {error:#}"),
                None if error.is_timeout() => println!("no response in time"),
                None if error.is_retryable() => println!("try again later: {error:#}"),
                None => println!("{error:#}"),
            }
        };
    };
    quote! {
        match error.failure() {
            #failure
            Some(other) => println!("another documented failure: {other}"),
            None if error.is_timeout() => println!("no response in time"),
            None if error.is_retryable() => println!("try again later: {error:#}"),
            None => println!("{:?} {error:#}", error.status()),
        }
    }
}

/// Returns the arm for a documented failure: the status 404, or the first.
fn documented_failure(request: &Request<'_>) -> Option<TokenStream> {
    let failures = &request.operation.failure;
    let not_found = |response: &&Response| response.status == Status::Code(404);
    let response = failures.cases.iter().find(not_found).or(failures.cases.first())?;
    let (module, name) = (request.module(), ident(failures.enum_name.as_ref()?));
    let variant = ident(&response.variant);
    let status = match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(_) | Status::Default => "documented failure".to_owned(),
    };
    let (body, shown, value) = match &response.payload {
        None => (None, status, None),
        Some(Payload::Bytes) => (
            Some(quote!((body))),
            format!("{status}: {{}} bytes"),
            Some(quote!(, body.len())),
        ),
        Some(_) => (Some(quote!((body))), format!("{status}: {{body:?}}"), None),
    };
    Some(quote!(Some(#module::#name::#variant #body) => println!(#shown #value),))
}
