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
    /// What else its manifest says in the table `package`, in this order: keys, and their values as TOML. A key may be
    /// one that is written anyway, such as `edition`.
    pub about: Vec<(String, String)>,
    /// What its examples and tests take beside it: names, and what is asked of them as TOML.
    pub dev_dependencies: BTreeMap<String, String>,
    /// What its build script takes, if its owner adds one: names, and what is asked of them as TOML.
    pub build_dependencies: BTreeMap<String, String>,
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
            about: Vec::new(),
            dev_dependencies: BTreeMap::new(),
            build_dependencies: BTreeMap::new(),
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
    /// In a crate that several emitted crates share.
    Shared(SharedRuntime),
}

/// A crate with the runtime, on which several emitted crates depend ([`shared_runtime`](crate::shared_runtime)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedRuntime {
    /// The name of its package.
    pub package: String,
    /// Its folder, from that of the emitted crate.
    pub path: String,
}

/// The name of the package with the runtime, unless it is called otherwise.
pub(crate) const RUNTIME: &str = "apicrate-runtime";

impl SharedRuntime {
    /// Returns the runtime in the package `apicrate-runtime` at this path.
    #[must_use]
    pub fn at(path: &str) -> Self {
        Self {
            package: RUNTIME.to_owned(),
            path: path.to_owned(),
        }
    }
}
