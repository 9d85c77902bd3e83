//! The clients: what sends calls.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::client::builder;
use crate::emit::client::security;
use crate::emit::client::servers;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::scope::paths::ident;
use crate::emit::{Package, SourceFile};
use crate::model::{Api, Scheme, SchemeKind};

/// Returns `client.rs`.
pub(in crate::emit) fn client(api: &Api, package: &Package) -> SourceFile {
    let server = api.server.clone().unwrap_or_default();
    let server_docs = if server.is_empty() {
        "The base URL of the API. The document has none, so a client needs one."
    } else {
        "The base URL of the API, from the document."
    };
    let first = api.servers.first().filter(|_| api.server.is_some());
    let mut server_docs = vec![server_docs.to_owned()];
    server_docs.extend(first.map(|server| text::markdown(&server.docs.text, Room::FILE)));
    if servers::are_needed(api) {
        server_docs.push("Other servers are in [`servers`](crate::servers).".to_owned());
    }
    let server_docs = text::attributes(&server_docs);
    let has_schemes = !api.schemes.is_empty();
    let credentials = has_schemes.then(|| quote!(Credentials,));
    let security: Option<Item> = has_schemes.then(|| {
        parse_quote!(
            use crate::security;
        )
    });
    let mut items: Vec<Item> = vec![
        parse_quote!(
            use crate::runtime::{RequestDefaults, #credentials ConfigError};
        ),
        parse_quote!(
            #[cfg(feature = "client")]
            use crate::runtime::{self, Call, Error, Options, ResponseValue};
        ),
    ];
    items.extend(security);
    items.push(parse_quote!(#server_docs pub const SERVER: &str = #server;));
    for kind in [ClientKind::Async, ClientKind::Blocking] {
        items.extend(client_items(api, kind));
    }
    items.extend(builder::items(api, package));
    SourceFile {
        path: "client.rs".to_owned(),
        docs: vec!["The client and its builder.".to_owned()],
        attributes: Vec::new(),
        items,
    }
}

/// A kind of client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ClientKind {
    Async,
    Blocking,
}

impl ClientKind {
    fn name(self) -> &'static str {
        match self {
            Self::Async => "Client",
            Self::Blocking => "BlockingClient",
        }
    }

    fn runtime_type(self) -> &'static str {
        match self {
            Self::Async => "AsyncClient",
            Self::Blocking => "BlockingClient",
        }
    }

    fn docs(self) -> &'static str {
        match self {
            Self::Async => "A client of the API. Clones share their connections.",
            Self::Blocking => {
                "A client of the API that blocks the thread while it waits. Clones share their connections."
            }
        }
    }

    /// Returns the feature that it takes.
    fn feature(self) -> &'static str {
        match self {
            Self::Async => "async",
            Self::Blocking => "blocking",
        }
    }

    /// Returns the feature that brings something to carry its requests.
    fn complete_feature(self) -> &'static str {
        match self {
            Self::Async => "reqwest",
            Self::Blocking => "blocking",
        }
    }

    /// Returns the method of the builder that makes it.
    fn build(self) -> &'static str {
        match self {
            Self::Async => "build",
            Self::Blocking => "build_blocking",
        }
    }

    /// Returns the method of a request that sends it, the word that makes a function one of this kind, and the
    /// word that waits for what it gives.
    fn words(self) -> (&'static str, TokenStream, TokenStream) {
        match self {
            Self::Async => ("send", quote!(async), quote!(.await)),
            Self::Blocking => ("send_blocking", quote!(), quote!()),
        }
    }
}

fn client_items(api: &Api, kind: ClientKind) -> Vec<Item> {
    let (name, runtime_type) = (ident(kind.name()), ident(kind.runtime_type()));
    let (feature, complete) = (kind.feature(), kind.complete_feature());
    let struct_docs = text::attributes(&[kind.docs().to_owned()]);
    let constructors = constructors(api, kind);
    let (send, asynchronous, wait) = kind.words();
    let call_docs = text::attributes(&[format!(
        "Sends a request and decodes the response, as `request.{send}(&client)` does."
    )]);
    vec![
        parse_quote! {
            #struct_docs
            #[cfg(feature = #feature)]
            #[derive(Debug, Clone)]
            pub struct #name(pub(crate) runtime::#runtime_type);
        },
        parse_quote! {
            #[cfg(feature = #complete)]
            impl #name { #constructors }
        },
        parse_quote! {
            #[cfg(feature = #feature)]
            impl #name {
                /// Returns a builder for a client.
                #[must_use]
                pub fn builder() -> ClientBuilder {
                    ClientBuilder::default()
                }

                /// Returns a client with other options, for one call or for all further calls.
                #[must_use]
                pub fn with(&self, change: impl FnOnce(Options) -> Options) -> Self {
                    Self(self.0.with(change))
                }

                #call_docs
                ///
                /// # Errors
                ///
                /// If the request does not conform to the document, the call fails, or the response is not a
                /// documented success.
                pub #asynchronous fn call<C: Call>(&self, call: &C) -> Result<ResponseValue<C::Success>, Error<C::Failure>> {
                    self.0.call(call)#wait
                }

                /// Sends a request without validating it.
                ///
                /// # Errors
                ///
                /// If the call fails, or the response is not a documented success.
                pub #asynchronous fn call_unchecked<C: Call>(&self, call: &C) -> Result<ResponseValue<C::Success>, Error<C::Failure>> {
                    self.0.with(Options::unchecked).call(call)#wait
                }
            }
        },
    ]
}

/// Returns what `new` does, in words.
fn new_docs(api: &Api) -> Vec<String> {
    let named = |scheme: &Scheme| {
        let names: Vec<String> = security::arguments(scheme)
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        names.join(" and ")
    };
    match api.schemes.as_slice() {
        [] => vec!["Makes a client.".to_owned()],
        [scheme] => vec![
            format!(
                "Makes a client that sends {} with every request that needs credentials.",
                named(scheme)
            ),
            text::markdown(&scheme.docs.text, Room::ITEM),
        ],
        _ => vec!["Makes a client without credentials. To set credentials, use [`builder`](Self::builder).".to_owned()],
    }
}

/// Returns what makes a client in one step.
fn constructors(api: &Api, kind: ClientKind) -> TokenStream {
    let build = ident(kind.build());
    let new_docs = text::attributes(&new_docs(api));
    let (arguments, set) = match api.schemes.as_slice() {
        [scheme] => {
            let setter = ident(&scheme.setter);
            let names: Vec<_> = security::arguments(scheme).iter().map(|name| ident(name)).collect();
            let type_ = if scheme.kind == SchemeKind::Basic {
                quote!(impl AsRef<str>)
            } else {
                quote!(impl Into<String>)
            };
            (quote!(#(#names: #type_),*), quote!(.#setter(#(#names),*)))
        }
        _ => (quote!(), quote!()),
    };
    let from_env = api.environment.as_ref().map(|environment| {
        let docs = text::attributes(&[builder::from_env_docs(api, environment, "a client")]);
        quote! {
            #docs
            ///
            /// # Errors
            ///
            /// If a variable is missing or invalid.
            pub fn from_env() -> Result<Self, ConfigError> {
                ClientBuilder::from_env()?.#build()
            }
        }
    });
    quote! {
        #new_docs
        ///
        /// # Errors
        ///
        /// If TLS cannot be set up, or the credentials have characters that are invalid in a header.
        pub fn new(#arguments) -> Result<Self, ConfigError> {
            ClientBuilder::default()#set.#build()
        }

        #from_env
    }
}
