//! The clients: what sends calls.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use super::paths::ident;
use super::{Package, SourceFile, builder, docs, security, servers};
use crate::model::{Api, Scheme, SchemeKind};

/// Returns `client.rs`.
pub(super) fn client(api: &Api, package: &Package) -> SourceFile {
    let server = api.server.clone().unwrap_or_default();
    let server_docs = if server.is_empty() {
        "The base URL of the API. The document names none, so a client has to be given one."
    } else {
        "The base URL of the API, as the document has it."
    };
    let first = api.servers.first().filter(|_| api.server.is_some());
    let mut server_docs = vec![server_docs.to_owned()];
    server_docs.extend(first.map(|server| docs::markdown(&server.docs.text)));
    if servers::are_needed(api) {
        server_docs.push("[`servers`](crate::servers) has others.".to_owned());
    }
    let server_docs = docs::attributes(&server_docs);
    let has_schemes = !api.schemes.is_empty();
    let credentials = has_schemes.then(|| quote!(Credentials,));
    let security: Option<Item> = has_schemes.then(|| {
        parse_quote!(
            use crate::security;
        )
    });
    let mut items: Vec<Item> = vec![
        parse_quote!(
            use crate::runtime::{Base, #credentials SetupError};
        ),
        parse_quote!(
            #[cfg(feature = "client")]
            use crate::runtime::{self, Call, Error, Options, Reply};
        ),
    ];
    items.extend(security);
    items.push(parse_quote!(#server_docs pub const SERVER: &str = #server;));
    for kind in [Kind::Async, Kind::Blocking] {
        items.extend(client_items(api, package, kind));
    }
    items.extend(builder::items(api, package));
    SourceFile {
        path: "client.rs".to_owned(),
        docs: vec!["The client, and what it takes to make one.".to_owned()],
        attributes: Vec::new(),
        items,
    }
}

/// A kind of client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Async,
    Blocking,
}

impl Kind {
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

fn client_items(api: &Api, package: &Package, kind: Kind) -> Vec<Item> {
    let (name, runtime_type) = (ident(kind.name()), ident(kind.runtime_type()));
    let (feature, complete) = (kind.feature(), kind.complete_feature());
    let struct_docs = docs::attributes(&[kind.docs().to_owned()]);
    let constructors = constructors(api, package, kind);
    let (send, asynchronous, wait) = kind.words();
    let call_docs = docs::attributes(&[format!(
        "Sends a request and decodes the reply; `request.{send}(&client)` does the same."
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
                /// Makes a client step by step.
                #[must_use]
                pub fn builder() -> ClientBuilder {
                    ClientBuilder::default()
                }

                /// Returns the same client with other options, for one call or for good.
                #[must_use]
                pub fn with(&self, change: impl FnOnce(Options) -> Options) -> Self {
                    Self(self.0.with(change))
                }

                #call_docs
                ///
                /// # Errors
                ///
                /// When the request breaks the document's rules, the call fails, or the reply is no
                /// documented success.
                pub #asynchronous fn call<C: Call>(&self, call: &C) -> Result<Reply<C::Success>, Error<C::Failure>> {
                    self.0.call(call)#wait
                }

                /// Sends a request without holding it to the document first.
                ///
                /// # Errors
                ///
                /// When the call fails, or the reply is no documented success.
                pub #asynchronous fn call_unchecked<C: Call>(&self, call: &C) -> Result<Reply<C::Success>, Error<C::Failure>> {
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
                "Makes a client that sends {} with every request which asks for credentials.",
                named(scheme)
            ),
            docs::markdown(&scheme.docs.text),
        ],
        _ => vec!["Makes a client without credentials; [`builder`](Self::builder) makes one that has some.".to_owned()],
    }
}

/// Returns what makes a client in one step.
fn constructors(api: &Api, package: &Package, kind: Kind) -> TokenStream {
    let build = ident(kind.build());
    let new_docs = docs::attributes(&new_docs(api));
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
    let from_env = package.environment.as_ref().map(|prefix| {
        let docs = docs::attributes(&[builder::from_env_docs(api, prefix, "a client")]);
        quote! {
            #docs
            ///
            /// # Errors
            ///
            /// When a variable is missing or holds what a client cannot be made of.
            pub fn from_env() -> Result<Self, SetupError> {
                ClientBuilder::from_env()?.#build()
            }
        }
    });
    quote! {
        #new_docs
        ///
        /// # Errors
        ///
        /// When TLS cannot be set up, or a header cannot hold what it was given.
        pub fn new(#arguments) -> Result<Self, SetupError> {
            ClientBuilder::default()#set.#build()
        }

        #from_env
    }
}
