//! The client: where the API is, and what every request carries.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use super::{Package, SourceFile, docs};
use crate::model::Api;

/// Returns `client.rs`.
pub(super) fn client(api: &Api, package: &Package) -> SourceFile {
    let server = api.server.clone().unwrap_or_default();
    let server_docs = if server.is_empty() {
        "The base URL of the API. The document names none, so a client has to be given one."
    } else {
        "The base URL of the API, as the document has it."
    };
    let server_docs = docs::attributes(&[server_docs.to_owned()]);
    let mut items: Vec<Item> = vec![
        parse_quote!(
            use std::time::Duration;
        ),
        parse_quote!(
            use crate::runtime::{Base, SetupError};
        ),
        parse_quote!(
            #[cfg(feature = "reqwest")]
            use crate::runtime::{Call, Error, HttpClient, Reply, Validation};
        ),
        parse_quote!(#server_docs pub const SERVER: &str = #server;),
    ];
    items.extend(client_items(api, package));
    items.extend(builder_items(api, package));
    SourceFile {
        path: "client.rs".to_owned(),
        docs: vec!["The client, and what it takes to make one.".to_owned()],
        attributes: Vec::new(),
        items,
    }
}

fn client_items(api: &Api, package: &Package) -> Vec<Item> {
    let bearer_docs = docs::markdown(&api.bearer_docs);
    let new_docs = docs::attributes(&[
        if api.has_bearer {
            "Makes a client that sends `token` with every request which asks for credentials.".to_owned()
        } else {
            "Makes a client.".to_owned()
        },
        bearer_docs,
    ]);
    let (argument, set) = if api.has_bearer {
        (quote!(token: impl Into<String>), quote!(.token(token)))
    } else {
        (quote!(), quote!())
    };
    let from_env = package.environment.as_deref().map(|prefix| from_env(api, prefix));
    vec![
        parse_quote! {
            /// A client of the API. Clones share their connections.
            #[cfg(feature = "reqwest")]
            #[derive(Debug, Clone)]
            pub struct Client {
                http: HttpClient,
            }
        },
        parse_quote! {
            #[cfg(feature = "reqwest")]
            impl Client {
                #new_docs
                ///
                /// # Errors
                ///
                /// When TLS cannot be set up, or a header cannot hold what it was given.
                pub fn new(#argument) -> Result<Self, SetupError> {
                    Self::builder()#set.build()
                }

                #from_env

                /// Makes a client step by step.
                #[must_use]
                pub fn builder() -> ClientBuilder {
                    ClientBuilder::default()
                }

                /// Sends a request and decodes the reply; `request.send(&client)` does the same.
                ///
                /// # Errors
                ///
                /// When the request breaks the document's rules, the call fails, or the reply is no
                /// documented success.
                pub async fn call<C: Call>(&self, call: &C) -> Result<Reply<C::Success>, Error<C::Failure>> {
                    self.http.call(call, Validation::On).await
                }

                /// Sends a request without holding it to the document first.
                ///
                /// # Errors
                ///
                /// When the call fails, or the reply is no documented success.
                pub async fn call_unchecked<C: Call>(&self, call: &C) -> Result<Reply<C::Success>, Error<C::Failure>> {
                    self.http.call(call, Validation::Off).await
                }
            }
        },
    ]
}

fn from_env(api: &Api, prefix: &str) -> TokenStream {
    let (token, url) = (format!("{prefix}_TOKEN"), format!("{prefix}_URL"));
    let docs = if api.has_bearer {
        format!("Makes a client with the token in `{token}`, at the base URL in `{url}` or else [`SERVER`].")
    } else {
        format!("Makes a client at the base URL in `{url}` or else [`SERVER`].")
    };
    let docs = docs::attributes(&[docs]);
    let set_token = api.has_bearer.then(|| {
        quote! {
            let token = std::env::var(#token).map_err(|_| SetupError::Variable(#token))?;
            builder = builder.token(token);
        }
    });
    quote! {
        #docs
        ///
        /// # Errors
        ///
        /// When a variable is missing or holds what a client cannot be made of.
        pub fn from_env() -> Result<Self, SetupError> {
            let mut builder = Self::builder();
            #set_token
            if let Ok(url) = std::env::var(#url) {
                builder = builder.base_url(url);
            }
            builder.build()
        }
    }
}

fn builder_items(api: &Api, package: &Package) -> Vec<Item> {
    let token_field = api.has_bearer.then(|| quote!(token: Option<String>,));
    let token_value = api.has_bearer.then(|| quote!(token: None,));
    let token_debug = api
        .has_bearer
        .then(|| quote!(.field("token", &self.token.as_ref().map(|_| "…"))));
    vec![
        parse_quote! {
            /// Makes a client step by step.
            #[derive(Clone)]
            pub struct ClientBuilder {
                url: String,
                #token_field
                headers: Vec<(String, String)>,
                timeout: Duration,
                #[cfg(feature = "reqwest")]
                http: Option<reqwest::Client>,
            }
        },
        parse_quote! {
            impl Default for ClientBuilder {
                fn default() -> Self {
                    Self {
                        url: SERVER.to_owned(),
                        #token_value
                        headers: Vec::new(),
                        timeout: Duration::from_secs(30),
                        #[cfg(feature = "reqwest")]
                        http: None,
                    }
                }
            }
        },
        parse_quote! {
            /// Shows everything but the credentials.
            impl std::fmt::Debug for ClientBuilder {
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    formatter
                        .debug_struct("ClientBuilder")
                        .field("url", &self.url)
                        #token_debug
                        .field("timeout", &self.timeout)
                        .finish_non_exhaustive()
                }
            }
        },
        builder_impl(api, package),
    ]
}

/// Returns what sets the client up, and what makes it.
fn builder_impl(api: &Api, package: &Package) -> Item {
    let agent = format!("{}/{}", package.name, package.version);
    let token_setter = api.has_bearer.then(|| {
        quote! {
            /// Sets the bearer token.
            #[must_use]
            pub fn token(mut self, token: impl Into<String>) -> Self {
                self.token = Some(token.into());
                self
            }
        }
    });
    let token_use = api.has_bearer.then(|| {
        quote! {
            if let Some(token) = &self.token {
                base = base.bearer(token)?;
            }
        }
    });
    let headers = api.headers.iter().map(|(name, value)| quote!(.header(#name, #value)?));
    parse_quote! {
        impl ClientBuilder {
            #token_setter

            /// Sets the base URL, in place of [`SERVER`].
            #[must_use]
            pub fn base_url(mut self, url: impl Into<String>) -> Self {
                self.url = url.into();
                self
            }

            /// Adds a header to every request.
            #[must_use]
            pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.headers.push((name.into(), value.into()));
                self
            }

            /// Sets how long a call may take, the reply included; 30 seconds unless set.
            #[must_use]
            pub fn timeout(mut self, timeout: Duration) -> Self {
                self.timeout = timeout;
                self
            }

            /// Sends through `http`, in place of a client with rustls and the time limit.
            #[cfg(feature = "reqwest")]
            #[must_use]
            pub fn http_client(mut self, http: reqwest::Client) -> Self {
                self.http = Some(http);
                self
            }

            /// Returns what all requests have in common, for an HTTP client of your own.
            ///
            /// # Errors
            ///
            /// When the URL is none, or a header cannot hold what it was given.
            pub fn base(&self) -> Result<Base, SetupError> {
                let mut base = Base::new(&self.url)?.user_agent(#agent)?#(#headers)*;
                #token_use
                for (name, value) in &self.headers {
                    base = base.header(name, value)?;
                }
                Ok(base)
            }

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// When TLS cannot be set up, the URL is none, or a header cannot hold what it was given.
            #[cfg(feature = "reqwest")]
            pub fn build(self) -> Result<Client, SetupError> {
                let base = self.base()?;
                let http = match self.http {
                    Some(http) => HttpClient::with_http(base, http),
                    None => HttpClient::new(base, self.timeout)?,
                };
                Ok(Client { http })
            }
        }
    }
}
