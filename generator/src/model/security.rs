//! Who a client says it is, and where: security schemes and servers.

use super::{Docs, Location};

/// A security scheme that an operation asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// Its name in the document.
    pub name: String,
    /// The name of the static that describes it.
    pub static_name: String,
    /// The name of the builder's method that sets its credentials.
    pub setter: String,
    /// What its credentials are.
    pub kind: SchemeKind,
    /// How a client obtains tokens by itself, where the document says how.
    pub flows: Option<Flows>,
    /// The annotations.
    pub docs: Docs,
}

/// What the credentials of a scheme are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// A bearer token.
    Bearer,
    /// User and password.
    Basic,
    /// A key: where it stands, and under which name.
    ApiKey(Location, String),
}

/// The environment variables that a client is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// The variable with the base URL.
    pub url: String,
    /// The variables with the credentials of each scheme, in the order of [`Api::schemes`](super::Api::schemes) and of
    /// the arguments of its setter.
    pub credentials: Vec<Vec<String>>,
}

/// Where the tokens of a scheme come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flows {
    /// The name of the static that describes them.
    pub static_name: String,
    /// The name of the builder's method that takes any grant.
    pub setter: String,
    /// What gives a client tokens for itself.
    pub client_credentials: Option<Flow>,
    /// What gives tokens by a refresh token.
    pub refresh_token: Option<Flow>,
    /// The scopes that the operations ask for, sorted.
    pub scopes: Vec<String>,
}

/// What gives tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The URL of the token endpoint.
    pub token_url: String,
    /// The name of the builder's method for it.
    pub setter: String,
}

/// A server of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The name of its type, or of its constant where it has no variables.
    pub name: String,
    /// The URL, a template where it has variables.
    pub url: String,
    /// The variables, in the order of the template.
    pub variables: Vec<ServerVariable>,
    /// The URL with the defaults of the variables, where operations go there of their own.
    pub own: Option<String>,
    /// The annotations.
    pub docs: Docs,
}

/// A variable in the URL of a server.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// The name in the template.
    pub name: String,
    /// The name of the setter.
    pub field: String,
    /// The value unless another is set.
    pub default: String,
    /// The values that it can have; empty for any.
    pub values: Vec<String>,
    /// The annotations.
    pub docs: Docs,
}
