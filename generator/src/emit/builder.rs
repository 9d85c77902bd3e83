//! The builder of the clients: where the API is, and what every request carries.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use super::paths::ident;
use super::{Package, docs, security, servers};
use crate::model::{Api, Scheme, SchemeKind};

/// Returns the builder.
pub(super) fn items(api: &Api, package: &Package) -> Vec<Item> {
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
        /// Makes a client step by step.
        #[derive(#derives)]
        pub struct ClientBuilder {
            url: #url_type,
            #servers
            #field
            headers: Vec<(String, String)>,
            #[cfg(feature = "client")]
            setup: runtime::Setup,
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
                        setup: runtime::Setup::default(),
                    }
                }
            }
        });
    }
    items.extend([
        parse_quote! {
            /// Shows everything but the credentials.
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
        base_impl(api, package),
    ]);
    items.extend(security::grants(api));
    items.extend([setup_impl(), build_impl()]);
    items
}

/// Returns the environment variables of a scheme's credentials.
fn variables(scheme: &Scheme, prefix: &str) -> Vec<String> {
    let stem = format!("{prefix}_{}", scheme.setter.trim_end_matches('_').to_uppercase());
    match scheme.kind {
        SchemeKind::Basic => vec![format!("{stem}_USER"), format!("{stem}_PASSWORD")],
        SchemeKind::Bearer | SchemeKind::ApiKey(..) => vec![stem],
    }
}

/// Returns what a client from the environment is made of, in words.
pub(super) fn from_env_docs(api: &Api, prefix: &str, what: &str) -> String {
    let url = format!("{prefix}_URL");
    let named = |scheme: &Scheme| {
        let (arguments, variables) = (security::arguments(scheme), variables(scheme, prefix));
        let pairs = arguments.iter().zip(variables);
        let pairs: Vec<String> = pairs
            .map(|(argument, variable)| format!("{argument} in `{variable}`"))
            .collect();
        pairs.join(" and the ")
    };
    match api.schemes.as_slice() {
        [] => format!("Makes {what} at the base URL in `{url}` or else [`SERVER`]."),
        [scheme] => format!(
            "Makes {what} with the {}, at the base URL in `{url}` or else [`SERVER`].",
            named(scheme)
        ),
        schemes => {
            let variables: Vec<String> = schemes
                .iter()
                .flat_map(|scheme| variables(scheme, prefix))
                .map(|variable| format!("`{variable}`"))
                .collect();
            format!(
                "Makes {what} with the credentials that are in {}, at the base URL in `{url}` or else [`SERVER`].",
                variables.join(", ")
            )
        }
    }
}

fn from_env(api: &Api, prefix: &str) -> TokenStream {
    let url = format!("{prefix}_URL");
    let docs = docs::attributes(&[from_env_docs(api, prefix, "a builder")]);
    let is_single = api.schemes.len() == 1;
    let sets = api.schemes.iter().map(|scheme| set_from_env(scheme, prefix, is_single));
    let errors = if api.schemes.is_empty() {
        "None: an address that is none is found out by what makes the client."
    } else {
        "When a variable is missing."
    };
    let errors = docs::attributes(&[errors.to_owned()]);
    quote! {
        #docs
        ///
        /// # Errors
        ///
        #errors
        pub fn from_env() -> Result<Self, SetupError> {
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
fn set_from_env(scheme: &Scheme, prefix: &str, is_required: bool) -> TokenStream {
    let (setter, variables) = (ident(&scheme.setter), variables(scheme, prefix));
    let names: Vec<_> = security::arguments(scheme).iter().map(|name| ident(name)).collect();
    let read = |variable: &String| quote!(std::env::var(#variable).map_err(|_| SetupError::Variable(#variable))?);
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

/// Returns what all requests have in common.
fn base_impl(api: &Api, package: &Package) -> Item {
    let agent = format!("{}/{}", package.name, package.version);
    let from_env = package.environment.as_deref().map(|prefix| from_env(api, prefix));
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

            /// Returns what all requests have in common, for an HTTP client of your own.
            ///
            /// # Errors
            ///
            /// When the URL is none, or a request cannot carry what it was given.
            pub fn base(&self) -> Result<Base, SetupError> {
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
            /// Sets the base URL, in place of [`SERVER`].
            #[must_use]
            pub fn base_url(mut self, url: impl Into<String>) -> Self {
                self.url = url.into();
                self
            }
        };
        return (setter, quote!(Base::new(&self.url)?));
    }
    let setters = quote! {
        /// Sets the base URL, in place of [`SERVER`] and of every server that operations have of their own: all
        /// requests go there, with their credentials, but for what [`server_url`](Self::server_url) says.
        #[must_use]
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.url = Some(url.into());
            self
        }

        /// Sets where the operations go that have a `server` of their own: one of
        /// [`servers`](crate::servers), by its URL.
        #[must_use]
        pub fn server_url(mut self, server: impl Into<String>, url: impl Into<String>) -> Self {
            self.servers.push((server.into(), url.into()));
            self
        }
    };
    let base = quote!(Base::with_servers(SERVER, self.url.as_deref(), &[#(#own),*], &self.servers)?);
    (setters, base)
}

/// Returns what sets clients up.
fn setup_impl() -> Item {
    parse_quote! {
        #[cfg(feature = "client")]
        impl ClientBuilder {
            /// Changes what calls keep to: time limits, retries, redirects, the size of replies.
            #[must_use]
            pub fn options(mut self, change: impl FnOnce(Options) -> Options) -> Self {
                self.setup.options = change(self.setup.options);
                self
            }

            /// Sets how long a call may take, with all its attempts; 60 seconds unless set.
            #[must_use]
            pub fn timeout(self, timeout: std::time::Duration) -> Self {
                self.options(|options| options.timeout(timeout))
            }

            /// Sets how long connecting may take; 10 seconds unless set.
            #[must_use]
            pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.setup.connect_timeout(timeout);
                self
            }

            /// Adds what sees every request before it leaves, and every reply.
            #[must_use]
            pub fn interceptor(mut self, interceptor: impl runtime::Interceptor + 'static) -> Self {
                self.setup.interceptor(interceptor);
                self
            }

            /// Sets the clock, in place of the system's.
            #[must_use]
            pub fn clock(mut self, clock: impl runtime::Clock + 'static) -> Self {
                self.setup.clock(clock);
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
            /// Sets what carries requests, in place of reqwest with rustls; a `reqwest::Client` of your own will do.
            #[cfg(feature = "async")]
            #[must_use]
            pub fn transport(mut self, transport: impl runtime::Transport + 'static) -> Self {
                self.setup.transport(transport);
                self
            }

            /// Sets what waits, in place of tokio.
            #[cfg(feature = "async")]
            #[must_use]
            pub fn timer(mut self, timer: impl runtime::Timer + 'static) -> Self {
                self.setup.timer(timer);
                self
            }

            /// Sets what carries requests of a blocking client, in place of ureq with rustls.
            #[cfg(feature = "blocking")]
            #[must_use]
            pub fn blocking_transport(mut self, transport: impl runtime::BlockingTransport + 'static) -> Self {
                self.setup.blocking_transport(transport);
                self
            }

            /// Sends to a mock, in place of a server.
            #[cfg(feature = "mock")]
            #[must_use]
            pub fn mock(mut self, mock: &runtime::Mock) -> Self {
                self.setup.mock(mock);
                self
            }

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// When TLS cannot be set up, the URL is none, a header cannot hold what it was given, or, without
            /// the feature `reqwest`, nothing was set that carries requests and that waits.
            #[cfg(feature = "async")]
            pub fn build(self) -> Result<Client, SetupError> {
                let base = self.base()?;
                self.setup.build(base).map(Client)
            }

            /// Makes a client that blocks the thread while it waits.
            ///
            /// # Errors
            ///
            /// When the URL is none, or a header cannot hold what it was given.
            #[cfg(feature = "blocking")]
            pub fn build_blocking(self) -> Result<BlockingClient, SetupError> {
                let base = self.base()?;
                self.setup.build_blocking(base).map(BlockingClient)
            }
        }
    }
}
