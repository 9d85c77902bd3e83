//! The options of the emitted crate.

use std::collections::BTreeMap;

/// The options of the emitted crate. [`Package::new`] makes one; then set its fields.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Package {
    /// The name of the package.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it is, in a line.
    pub description: String,
    /// The prefix of the environment variables that `Client::from_env` reads.
    pub environment: Option<String>,
    /// What its examples and tests take beside it: names, and what is asked of them as TOML.
    pub dev_dependencies: BTreeMap<String, String>,
    /// Where the runtime is.
    pub runtime: Runtime,
    /// Whether the crate is a member of a workspace.
    pub in_workspace: bool,
}

impl Package {
    /// Names a crate of version 0.1.0 that has a runtime of its own and stands alone.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: "0.1.0".to_owned(),
            description: format!("A client, generated as {name}"),
            environment: None,
            dev_dependencies: BTreeMap::new(),
            runtime: Runtime::Copied,
            in_workspace: false,
        }
    }
}

/// Where the emitted crate has its runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Runtime {
    /// In its own `src/runtime`.
    Copied,
    /// In the crate `client-runtime` at this path, which several emitted crates share.
    Shared(String),
}
