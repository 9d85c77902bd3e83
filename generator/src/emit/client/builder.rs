//! The builder of the clients: where the API is, and what every request carries.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::Package;
use crate::emit::client::security;
use crate::emit::client::servers;
use crate::emit::docs::text;
use crate::emit::scope::paths::ident;
use crate::model::{Api, Environment, Scheme};

/// Returns the builder.
pub(in crate::emit) fn items(api: &Api, package: &Package) -> Vec<Item> {
    let has_schemes = !api.schemes.is_empty();
    let field = has_schemes.then(|| quote!(credentials: Credentials,));
    let value = has_schemes.then(|| quote!(credentials: Credentials::default(),));
    let debug = has_schemes.then(|| quote!(.field("credentials", &self.credentials)));
    // Whether a base URL was set counts where it is not that of all operations.
    let has_own = servers::own(api).next().is_some();
    let (url_type, derives) = if has_own {
        (quote!(Option<String>), quote!(Clone, Default))
    } else {
        (quote!(String), quote!(Clone))
    };
    let servers = has_own.then(|| quote!(servers: Vec<(String, String)>,));
    let mut items: Vec<Item> = vec![parse_quote! {
        /// Returns a builder for a client.
        #[derive(#derives)]
        pub struct ClientBuilder {
            url: #url_type,
            #servers
            #field
            headers: Vec<(String, String)>,
            #[cfg(feature = "client")]
            config: runtime::ClientConfig,
        }
    }];
    if !has_own {
        items.push(parse_quote! {
            impl Default for ClientBuilder {
                fn default() -> Self {
                    Self {
                        url: SERVER.to_owned(),
                        #value
                        headers: Vec::new(),
                        #[cfg(feature = "client")]
                        config: runtime::ClientConfig::default(),
                    }
                }
            }
        });
    }
    items.extend([
        parse_quote! {
            /// Does not print credentials.
            impl std::fmt::Debug for ClientBuilder {
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    formatter
                        .debug_struct("ClientBuilder")
                        .field("url", &self.url)
                        #debug
                        .finish_non_exhaustive()
                }
            }
        },
        request_defaults_impl(api, package),
    ]);
    items.extend(security::grants(api));
    items.extend([config_impl(), build_impl()]);
    items
}

/// Returns what a client from the environment is made of, in words.
pub(in crate::emit) fn from_env_docs(api: &Api, environment: &Environment, what: &str) -> String {
    let url = &environment.url;
    match (api.schemes.as_slice(), environment.credentials.as_slice()) {
        ([scheme], [variables]) => {
            let pairs = security::arguments(scheme).iter().zip(variables);
            let pairs: Vec<String> = pairs
                .map(|(argument, variable)| format!("{argument} in `{variable}`"))
                .collect();
            format!(
                "Makes {what} with the {}, and the base URL in `{url}`, or [`SERVER`] if it is not set.",
                pairs.join(" and the ")
            )
        }
        (_, []) => format!("Makes {what} with the base URL in `{url}`, or [`SERVER`] if it is not set."),
        (_, credentials) => {
            let variables: Vec<String> = credentials
                .iter()
                .flatten()
                .map(|variable| format!("`{variable}`"))
                .collect();
            format!(
                "Makes {what} with the credentials in {}, and the base URL in `{url}`, or [`SERVER`] if it is not set.",
                variables.join(", ")
            )
        }
    }
}

fn from_env(api: &Api, environment: &Environment) -> TokenStream {
    let url = &environment.url;
    let docs = text::attributes(&[from_env_docs(api, environment, "a builder")]);
    let is_single = api.schemes.len() == 1;
    let schemes = api.schemes.iter().zip(&environment.credentials);
    let sets = schemes.map(|(scheme, variables)| set_from_env(scheme, variables, is_single));
    let errors = if api.schemes.is_empty() {
        "None. An invalid URL is an error of the function that makes the client."
    } else {
        "If a variable is missing."
    };
    let errors = text::attributes(&[errors.to_owned()]);
    quote! {
        #docs
        ///
        /// # Errors
        ///
        #errors
        pub fn from_env() -> Result<Self, ConfigError> {
            let mut builder = Self::default();
            #(#sets)*
            if let Ok(url) = std::env::var(#url) {
                builder = builder.base_url(url);
            }
            Ok(builder)
        }
    }
}

/// Returns what sets the credentials of a scheme from the environment: of several schemes each may be missing.
fn set_from_env(scheme: &Scheme, variables: &[String], is_required: bool) -> TokenStream {
    let setter = ident(&scheme.setter);
    let names: Vec<_> = security::arguments(scheme).iter().map(|name| ident(name)).collect();
    let read = |variable: &String| quote!(std::env::var(#variable).map_err(|_| ConfigError::Variable(#variable))?);
    if is_required {
        let read = variables.iter().map(read);
        return quote! {
            #(let #names = #read;)*
            builder = builder.#setter(#(#names),*);
        };
    }
    let (first, first_name) = (&variables[0], &names[0]);
    let (rest, rest_names) = (variables[1..].iter().map(read), &names[1..]);
    quote! {
        if let Ok(#first_name) = std::env::var(#first) {
            #(let #rest_names = #rest;)*
            builder = builder.#setter(#(#names),*);
        }
    }
}

/// Returns the settings that all requests share.
fn request_defaults_impl(api: &Api, package: &Package) -> Item {
    let agent = format!("{}/{}", package.name, package.version);
    let from_env = api.environment.as_ref().map(|environment| from_env(api, environment));
    let setters = security::setters(api);
    let credentials = (!api.schemes.is_empty()).then(|| quote!(.credentials(&self.credentials)?));
    let headers = api.headers.iter().map(|(name, value)| quote!(.header(#name, #value)?));
    let (server_setters, base) = server_setters(api);
    parse_quote! {
        impl ClientBuilder {
            #from_env

            #(#setters)*

            #server_setters

            /// Adds a header to every request.
            #[must_use]
            pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.headers.push((name.into(), value.into()));
                self
            }

            /// Returns the settings that all requests share, for use with another HTTP client.
            ///
            /// # Errors
            ///
            /// If the base URL is not a valid URL, or a header or the credentials have invalid characters.
            pub fn request_defaults(&self) -> Result<RequestDefaults, ConfigError> {
                let mut base = #base.user_agent(#agent)?#credentials #(#headers)*;
                for (name, value) in &self.headers {
                    base = base.header(name, value)?;
                }
                Ok(base)
            }
        }
    }
}

/// Returns what sets where requests go, and the expression of the base that they go to.
fn server_setters(api: &Api) -> (TokenStream, TokenStream) {
    let own: Vec<&str> = servers::own(api).collect();
    if own.is_empty() {
        let setter = quote! {
            /// Sets the base URL. Default: [`SERVER`].
            #[must_use]
            pub fn base_url(mut self, url: impl Into<String>) -> Self {
                self.url = url.into();
                self
            }
        };
        return (setter, quote!(RequestDefaults::new(&self.url)?));
    }
    let setters = quote! {
        /// Sets the base URL. Default: [`SERVER`]. It also replaces the servers of single operations: all requests with
        /// their credentials go to it, except to those set by [`server_url`](Self::server_url).
        #[must_use]
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.url = Some(url.into());
            self
        }

        /// Sets the base URL of the operations whose own server is `server`, one of [`servers`](crate::servers).
        #[must_use]
        pub fn server_url(mut self, server: impl Into<String>, url: impl Into<String>) -> Self {
            self.servers.push((server.into(), url.into()));
            self
        }
    };
    let base = quote!(RequestDefaults::with_servers(SERVER, self.url.as_deref(), &[#(#own),*], &self.servers)?);
    (setters, base)
}

/// Returns what sets clients up.
fn config_impl() -> Item {
    parse_quote! {
        #[cfg(feature = "client")]
        impl ClientBuilder {
            /// Changes the options of calls: timeouts, retries, redirects, maximum response size.
            #[must_use]
            pub fn options(mut self, change: impl FnOnce(Options) -> Options) -> Self {
                self.config.options = change(self.config.options);
                self
            }

            /// Sets the time limit of a call, including all attempts. Default: 60 seconds.
            #[must_use]
            pub fn timeout(self, timeout: std::time::Duration) -> Self {
                self.options(|options| options.timeout(timeout))
            }

            /// Sets the time limit for connecting. Default: 10 seconds.
            #[must_use]
            pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.config.connect_timeout(timeout);
                self
            }

            /// Adds an interceptor, which sees every request before it is sent, and every response.
            #[must_use]
            pub fn interceptor(mut self, interceptor: impl runtime::Interceptor + 'static) -> Self {
                self.config.interceptor(interceptor);
                self
            }

            /// Sets the clock that is used instead of the system's.
            #[must_use]
            pub fn clock(mut self, clock: impl runtime::Clock + 'static) -> Self {
                self.config.clock(clock);
                self
            }
        }
    }
}

/// Returns what makes clients.
fn build_impl() -> Item {
    parse_quote! {
        #[cfg(feature = "client")]
        impl ClientBuilder {
            /// Sets the transport, in place of reqwest with rustls. A `reqwest::Client` is a transport too.
            #[cfg(feature = "async")]
            #[must_use]
            pub fn transport(mut self, transport: impl runtime::Transport + 'static) -> Self {
                self.config.transport(transport);
                self
            }

            /// Sets the timer, in place of tokio's.
            #[cfg(feature = "async")]
            #[must_use]
            pub fn timer(mut self, timer: impl runtime::Timer + 'static) -> Self {
                self.config.timer(timer);
                self
            }

            /// Sets the transport of blocking clients, in place of ureq with rustls.
            #[cfg(feature = "blocking")]
            #[must_use]
            pub fn blocking_transport(mut self, transport: impl runtime::BlockingTransport + 'static) -> Self {
                self.config.blocking_transport(transport);
                self
            }

            /// Sends requests to a mock instead of a server.
            #[cfg(feature = "mock")]
            #[must_use]
            pub fn mock(mut self, mock: &runtime::Mock) -> Self {
                self.config.mock(mock);
                self
            }

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// If TLS cannot be set up, the base URL is not a valid URL, a header has invalid characters, or, without
            /// the feature `reqwest`, no transport or timer is set.
            #[cfg(feature = "async")]
            pub fn build(self) -> Result<Client, ConfigError> {
                let base = self.request_defaults()?;
                self.config.build(base).map(Client)
            }

            /// Makes a client that blocks the thread while it waits.
            ///
            /// # Errors
            ///
            /// If the base URL is not a valid URL, or a header has invalid characters.
            #[cfg(feature = "blocking")]
            pub fn build_blocking(self) -> Result<BlockingClient, ConfigError> {
                let base = self.request_defaults()?;
                self.config.build_blocking(base).map(BlockingClient)
            }
        }
    }
}
