//! The security schemes, and how the builder of the clients takes their credentials.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::SourceFile;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::scope::paths::ident;
use crate::model::{Api, Flow, Flows, Location, Scheme, SchemeKind};

/// Returns `security.rs`, where there is a scheme.
pub(in crate::emit) fn file(api: &Api) -> Option<SourceFile> {
    if api.schemes.is_empty() {
        return None;
    }
    let mut items: Vec<Item> = vec![parse_quote!(
        use crate::runtime::codegen::{Scheme, SchemeKind};
    )];
    for scheme in &api.schemes {
        items.push(described(scheme));
        items.extend(scheme.flows.as_ref().map(|flows| described_flows(scheme, flows)));
    }
    Some(SourceFile {
        path: "security.rs".to_owned(),
        docs: vec!["The security schemes of the document.".to_owned()],
        attributes: Vec::new(),
        items,
    })
}

fn described(scheme: &Scheme) -> Item {
    let (static_name, name) = (ident(&scheme.static_name), &scheme.name);
    let instead = format!("The scheme {}.", text::literal(name));
    let docs = text::attributes(&text::text(&scheme.docs, &instead, Room::FILE));
    let kind = match &scheme.kind {
        SchemeKind::Bearer => quote!(SchemeKind::Bearer),
        SchemeKind::Basic => quote!(SchemeKind::Basic),
        SchemeKind::ApiKey(Location::Query, name) => quote!(SchemeKind::Query(#name)),
        SchemeKind::ApiKey(Location::Cookie, name) => quote!(SchemeKind::Cookie(#name)),
        SchemeKind::ApiKey(_, name) => quote!(SchemeKind::Header(#name)),
    };
    parse_quote!(#docs pub static #static_name: Scheme = Scheme { name: #name, kind: #kind };)
}

fn described_flows(scheme: &Scheme, flows: &Flows) -> Item {
    let name = ident(&flows.static_name);
    let docs = text::attributes(&[format!("The token endpoints of {}.", text::literal(&scheme.name))]);
    let flow = |flow: Option<&Flow>, scopes: &[String]| {
        let Some(Flow { token_url, .. }) = flow else {
            return quote!(None);
        };
        quote!(Some(crate::runtime::Flow { token_url: #token_url, scopes: &[#(#scopes),*] }))
    };
    let client_credentials = flow(flows.client_credentials.as_ref(), &flows.scopes);
    // Where none are asked for, a refresh token is good for all that were granted.
    let refresh_token = flow(flows.refresh_token.as_ref(), &[]);
    parse_quote! {
        #docs
        #[cfg(feature = "client")]
        pub static #name: crate::runtime::Flows = crate::runtime::Flows {
            client_credentials: #client_credentials,
            refresh_token: #refresh_token,
        };
    }
}

/// Returns what the arguments of a setter are called.
pub(in crate::emit) fn arguments(scheme: &Scheme) -> &'static [&'static str] {
    match scheme.kind {
        SchemeKind::Bearer => &["token"],
        SchemeKind::Basic => &["user", "password"],
        SchemeKind::ApiKey(..) => &["key"],
    }
}

/// Returns the builder's methods that set credentials.
pub(in crate::emit) fn setters(api: &Api) -> impl Iterator<Item = TokenStream> {
    let is_single = api.schemes.len() == 1;
    api.schemes.iter().map(move |scheme| {
        let (setter, static_name) = (ident(&scheme.setter), ident(&scheme.static_name));
        let mut paragraphs = vec![setter_docs(scheme, is_single)];
        if let SchemeKind::ApiKey(Location::Query, _) = scheme.kind {
            paragraphs
                .push("The key is part of the URL of each request, so whatever logs the URL logs the key.".to_owned());
        }
        if !is_single {
            paragraphs.push(text::markdown(&scheme.docs.text, Room::ITEM));
        }
        let docs = text::attributes(&paragraphs);
        if scheme.kind == SchemeKind::Basic {
            return quote! {
                #docs
                #[must_use]
                pub fn #setter(mut self, user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
                    self.credentials.set_basic(&security::#static_name, user.as_ref(), password.as_ref());
                    self
                }
            };
        }
        let argument = ident(arguments(scheme)[0]);
        quote! {
            #docs
            #[must_use]
            pub fn #setter(mut self, #argument: impl Into<String>) -> Self {
                self.credentials.set(&security::#static_name, #argument);
                self
            }
        }
    })
}

fn setter_docs(scheme: &Scheme, is_single: bool) -> String {
    let name = text::literal(&scheme.name);
    match &scheme.kind {
        SchemeKind::Bearer if is_single => "Sets the bearer token.".to_owned(),
        SchemeKind::Bearer => format!("Sets the bearer token of the scheme {name}."),
        SchemeKind::Basic => format!("Sets user and password of the scheme {name}."),
        SchemeKind::ApiKey(location, key) => {
            let place = match location {
                Location::Query => "the query has as",
                Location::Cookie => "is the cookie",
                Location::Header | Location::Path | Location::Querystring => "is the header",
            };
            format!(
                "Sets the key of the scheme {name}, which {place} {}.",
                text::literal(key)
            )
        }
    }
}

/// Returns the builder's methods that have a client obtain its tokens.
pub(in crate::emit) fn grants(api: &Api) -> Option<Item> {
    let is_single = api.schemes.len() == 1;
    let with_flows = api
        .schemes
        .iter()
        .filter_map(|scheme| Some((scheme, scheme.flows.as_ref()?)));
    let methods: Vec<TokenStream> = with_flows
        .map(|(scheme, flows)| grant_methods(scheme, flows, is_single))
        .collect();
    (!methods.is_empty()).then(|| {
        parse_quote! {
            #[cfg(feature = "client")]
            impl ClientBuilder { #(#methods)* }
        }
    })
}

fn grant_methods(scheme: &Scheme, flows: &Flows, is_single: bool) -> TokenStream {
    let (static_name, flows_name) = (ident(&scheme.static_name), ident(&flows.static_name));
    let grant = ident(&flows.setter);
    let of = if is_single {
        String::new()
    } else {
        format!(" for the scheme {}", text::literal(&scheme.name))
    };
    let client_credentials = flows.client_credentials.as_ref().map(|flow| {
        let name = ident(&flow.setter);
        let docs = text::attributes(&[format!(
            "Makes the client obtain its tokens{of} itself, with the scopes that the operations require."
        )]);
        quote! {
            #docs
            #[must_use]
            pub fn #name(self, id: impl Into<String>, secret: impl Into<String>) -> Self {
                self.#grant(runtime::Grant::client_credentials(id, secret))
            }
        }
    });
    let refresh_token = flows.refresh_token.as_ref().map(|flow| {
        let name = ident(&flow.setter);
        let docs = text::attributes(&[format!(
            "Makes the client obtain its tokens{of} with a refresh token. A public client has no secret."
        )]);
        quote! {
            #docs
            #[must_use]
            pub fn #name(self, id: impl Into<String>, secret: Option<&str>, refresh_token: impl Into<String>) -> Self {
                let grant = runtime::Grant::refresh_token(id, refresh_token);
                self.#grant(match secret {
                    Some(secret) => grant.secret(secret),
                    None => grant,
                })
            }
        }
    });
    let docs = text::attributes(&[format!(
        "Makes the client obtain its tokens{of} with a grant, instead of a fixed token."
    )]);
    quote! {
        #client_credentials

        #refresh_token

        #docs
        #[must_use]
        pub fn #grant(mut self, grant: runtime::Grant) -> Self {
            self.config.grant(&security::#static_name, grant, &security::#flows_name);
            self
        }
    }
}
