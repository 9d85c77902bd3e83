//! The sections about clients: credentials, timeouts and retries, headers and logging.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use crate::emit::client::{builder, security, servers};
use crate::emit::package::front_page::snippet::Snippet;
use crate::emit::package::front_page::{Page, section as titled};
use crate::emit::scope::paths::ident;
use crate::model::{Scheme, SchemeKind, Server};

/// A base URL for documents that have none.
const BASE_URL: &str = "https://api.example.com";

/// Returns the section about making a client.
pub(super) fn section(page: &Page<'_>) -> String {
    let krate = &page.krate;
    let mut paragraphs = Vec::new();
    let mut snippet = Snippet::default().import(&quote!(#krate), "Client");
    let mut variables = false;
    if let Some(environment) = &page.api.environment {
        paragraphs.push(builder::from_env_docs(page.api, environment, "a client").replace("Makes", "`from_env` makes"));
        snippet = snippet.shown("", quote!(let client = Client::from_env()?;));
        variables = true;
    }
    for (index, (comment, made)) in constructors(page).into_iter().enumerate() {
        let comment = match (variables, index) {
            (true, 0) => "Or without the environment:",
            (false, 0) => "",
            _ => comment,
        };
        snippet = snippet.shown(comment, quote!(let client = #made;));
    }
    paragraphs.insert(0, words(page));
    paragraphs.push(snippet.fenced());
    paragraphs.extend(other_schemes(page).into_iter().flatten());
    paragraphs.extend(other_servers(page));
    titled("A client", &paragraphs)
}

fn words(page: &Page<'_>) -> String {
    let what = match page.api.schemes.as_slice() {
        [] => "The document asks for no credentials.",
        [_] => "Operations that need credentials get those of the client.",
        _ => "Operations get those of the client's credentials that they ask for.",
    };
    let server = if page.api.server.is_none() {
        " The document has no server, so a client needs a base URL."
    } else {
        ""
    };
    format!("Clones of a client share their connections. {what}{server}")
}

/// Returns the expressions that make a client, each with a comment.
fn constructors(page: &Page<'_>) -> Vec<(&'static str, TokenStream)> {
    let base_url = base_url(page);
    let built = |credentials: &[TokenStream]| quote!(Client::builder()#(#credentials)*#base_url.build()?);
    match page.api.schemes.as_slice() {
        [] if base_url.is_none() => vec![("", quote!(Client::new()?))],
        [scheme] => {
            let by_grant = client_credentials(scheme).map(|credentials| ("", built(&[credentials])));
            let by_token = if base_url.is_some() {
                built(&[credentials(scheme)])
            } else {
                let arguments = security::arguments(scheme);
                quote!(Client::new(#(#arguments),*)?)
            };
            let comment = "Or with a token that the caller has obtained:";
            by_grant.into_iter().chain([(comment, by_token)]).collect()
        }
        _ => {
            let chosen = usual_schemes(page);
            let credentials: Vec<TokenStream> = chosen
                .iter()
                .map(|scheme| client_credentials(scheme).unwrap_or_else(|| credentials(scheme)))
                .collect();
            vec![("", built(&credentials))]
        }
    }
}

/// Returns the schemes that most operations ask for together.
fn usual_schemes<'api>(page: &Page<'api>) -> Vec<&'api Scheme> {
    let mut counts: BTreeMap<&[String], usize> = BTreeMap::new();
    for operation in page.api.operations() {
        // The first alternative that asks for anything.
        if let Some(first) = operation.security.iter().find(|schemes| !schemes.is_empty()) {
            *counts.entry(first).or_default() += 1;
        }
    }
    let most = counts.values().max().copied().unwrap_or_default();
    let chosen = counts
        .into_iter()
        .find(|(_, count)| *count == most)
        .map(|(schemes, _)| schemes);
    let is_chosen = |scheme: &&Scheme| chosen.is_some_and(|schemes| schemes.contains(&scheme.static_name));
    page.api.schemes.iter().filter(is_chosen).collect()
}

/// Returns the call of the builder that sets the credentials of a scheme.
fn credentials(scheme: &Scheme) -> TokenStream {
    let (setter, arguments) = (ident(&scheme.setter), security::arguments(scheme));
    quote!(.#setter(#(#arguments),*))
}

/// Returns the call of the builder that has the client obtain its tokens, if the document says how.
fn client_credentials(scheme: &Scheme) -> Option<TokenStream> {
    let setter = ident(&scheme.flows.as_ref()?.client_credentials.as_ref()?.setter);
    Some(quote!(.#setter("id", "secret")))
}

fn base_url(page: &Page<'_>) -> Option<TokenStream> {
    page.api.server.is_none().then(|| quote!(.base_url(#BASE_URL)))
}

/// Returns the list of the credentials that the code does not show.
fn other_schemes(page: &Page<'_>) -> Option<[String; 2]> {
    if page.api.schemes.len() < 2 {
        return None;
    }
    let chosen = usual_schemes(page);
    let others = page.api.schemes.iter().filter(|scheme| !chosen.contains(scheme));
    let items: Vec<String> = others
        .map(|scheme| {
            let what = match &scheme.kind {
                SchemeKind::Bearer => "a bearer token",
                SchemeKind::Basic => "user and password",
                SchemeKind::ApiKey(..) => "an API key",
            };
            format!("- [`{0}`](ClientBuilder::{0}): {what}", scheme.setter)
        })
        .collect();
    let words = "Other credentials that operations ask for:".to_owned();
    (!items.is_empty()).then(|| [words, items.join("\n")])
}

/// Returns what is said of other servers, with an example if all operations may go to one.
fn other_servers(page: &Page<'_>) -> Vec<String> {
    if !servers::are_needed(page.api) {
        return Vec::new();
    }
    let words = "[`servers`] has the servers of the document as base URLs.".to_owned();
    // The first is the default; those of single operations are not for all.
    let is_choice =
        |(index, server): &(usize, &Server)| server.own.is_none() && (*index > 0 || !server.variables.is_empty());
    let choices = page.api.servers.iter().enumerate().filter(is_choice);
    let Some((_, server)) = choices.min_by_key(|(_, server)| server.variables.is_empty()) else {
        return vec![words];
    };
    let (krate, name) = (&page.krate, ident(&server.name));
    let url = if server.variables.is_empty() {
        quote!(servers::#name)
    } else {
        let setters = server.variables.iter().map(|variable| {
            let other = variable.values.iter().find(|value| **value != variable.default);
            let (field, value) = (ident(&variable.field), other.unwrap_or(&variable.default));
            quote!(.#field(#value))
        });
        quote!(servers::#name::default()#(#setters)*.url()?)
    };
    let code = Snippet::default()
        .import(&quote!(#krate), "Client")
        .import(&quote!(#krate), "servers")
        .shown("", quote!(let builder = Client::builder().base_url(#url);));
    vec![words, code.fenced()]
}

/// Returns the builder of a client that needs no credentials.
pub(super) fn for_tests(page: &Page<'_>) -> TokenStream {
    let base_url = base_url(page);
    quote!(Client::builder()#base_url)
}

/// Returns the builder of a client with its credentials, and the name that it takes.
fn usual_builder(page: &Page<'_>) -> (TokenStream, &'static str) {
    if page.api.environment.is_some() {
        return (quote!(ClientBuilder::from_env()?), "ClientBuilder");
    }
    let base_url = base_url(page);
    let chosen = match page.api.schemes.as_slice() {
        [only] => vec![only],
        _ => usual_schemes(page),
    };
    let credentials = chosen.into_iter().map(credentials);
    (quote!(Client::builder()#(#credentials)*#base_url), "Client")
}

/// Returns the section about timeouts and retries.
pub(super) fn timeouts(page: &Page<'_>) -> String {
    let krate = &page.krate;
    let (builder, imported) = usual_builder(page);
    let code = Snippet::default()
        .import(&quote!(std::time), "Duration")
        .import(&quote!(#krate), imported)
        .import(&quote!(#krate::runtime), "Backoff")
        .shown(
            "",
            quote! {
                let client = #builder
                    .timeout(Duration::from_secs(20))
                    .options(|options| options.retry(Backoff::default().attempts(5)))
                    .build()?;
            },
        )
        .shown(
            "For some calls only:",
            quote! {
                let hasty = client.with(|options| options.timeout(Duration::from_secs(2)).retry(Backoff::never()));
            },
        );
    let has_effects = page.api.operations().any(|operation| !operation.is_safe);
    let words = if has_effects {
        "A call that has an effect is retried only if it has an idempotency key (`idempotency_key` of the options), or \
         if the policy allows it (`Backoff::retry_unsafe`)."
    } else {
        ""
    };
    titled(
        "Timeouts and retries",
        &[
            "By default a call ends after 60 seconds, and a safe request is sent up to three times: after a failed \
             connection, and after the statuses 408, 429, 500, 502, 503 and 504."
                .to_owned(),
            code.fenced(),
            words.to_owned(),
        ],
    )
}

/// Returns the section about headers and logging.
pub(super) fn headers(page: &Page<'_>) -> String {
    let krate = &page.krate;
    let (builder, imported) = usual_builder(page);
    let runtime = quote!(#krate::runtime);
    let mut code = Snippet::default().import(&quote!(#krate), imported);
    for name in ["Interceptor", "RawResponse", "Sent", "TransportError"] {
        code = code.import(&runtime, name);
    }
    let code = code
        .item(parse_quote! { struct Log; })
        .item(parse_quote! {
            impl Interceptor for Log {
                fn after_receive(&self, sent: Sent<'_>, outcome: Result<&RawResponse, &TransportError>) {
                    match outcome {
                        Ok(response) => println!("{} {} {:?}", sent.id(), response.status, sent.elapsed),
                        Err(error) => println!("{} {error}", sent.id()),
                    }
                }
            }
        })
        .shown(
            "",
            quote!(let client = #builder.header("X-Job", "nightly").interceptor(Log).build()?;),
        )
        .shown(
            "For some calls only:",
            quote!(let traced = client.with(|options| options.header("X-Trace", "4bf92f35"));),
        );
    titled(
        "Headers and logging",
        &[
            "An interceptor sees every request before it is sent, and every response. With the feature `tracing` each \
             attempt is an event, without URL, headers and body."
                .to_owned(),
            code.fenced(),
        ],
    )
}
