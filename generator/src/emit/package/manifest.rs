//! The crate's manifest.

use std::fmt::Write as _;

use crate::emit::client::security;
use crate::emit::operations::pages;
use crate::emit::package::runtime;
use crate::emit::{Package, Runtime};
use crate::model::Api;

/// What the emitted crate depends on.
struct Dependency {
    name: &'static str,
    /// The version, and what else is asked of it.
    requirement: &'static str,
    /// Whether only the runtime names it, so that a crate with a shared runtime goes without.
    is_internal: bool,
    /// Whether a document takes it.
    is_needed: fn(&Api) -> bool,
}

const fn dependency(name: &'static str, requirement: &'static str) -> Dependency {
    Dependency {
        name,
        requirement,
        is_internal: false,
        is_needed: |_| true,
    }
}

const fn internal(name: &'static str, requirement: &'static str) -> Dependency {
    Dependency {
        is_internal: true,
        ..dependency(name, requirement)
    }
}

/// The dependencies, by name.
///
/// A test holds their versions equal to those of the workspace, which tries them out.
const DEPENDENCIES: [Dependency; 19] = [
    Dependency {
        is_needed: security::needs_basic,
        ..internal("base64", "\"0.23\"")
    },
    dependency("bytes", "\"1.12\""),
    Dependency {
        is_needed: runtime::has_date_types,
        ..internal(
            "chrono",
            "{ version = \"0.4\", default-features = false, optional = true }",
        )
    },
    Dependency {
        is_needed: |api| pages::are_needed(api) || runtime::has_streams(api),
        ..internal(
            "futures-core",
            "{ version = \"0.3\", default-features = false, optional = true }",
        )
    },
    dependency("http", "\"1.5\""),
    internal("http-body", "{ version = \"1.0\", optional = true }"),
    internal("httpdate", "{ version = \"1.0\", optional = true }"),
    Dependency {
        is_needed: runtime::has_date_types,
        ..internal(
            "jiff",
            "{ version = \"0.2\", default-features = false, features = [\"std\"], optional = true }",
        )
    },
    internal("jiter", "{ version = \"0.19\", default-features = false }"),
    Dependency {
        is_needed: runtime::needs_engine,
        ..internal(
            "regress",
            "{ version = \"0.12\", default-features = false, features = [\"std\"] }",
        )
    },
    internal(
        "reqwest",
        "{ version = \"0.13\", default-features = false, features = [\"rustls-no-provider\"], optional = true }",
    ),
    internal(
        "rustls",
        "{ version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"], optional = true }",
    ),
    internal("rustls-platform-verifier", "{ version = \"0.7\", optional = true }"),
    dependency(
        "serde",
        "{ version = \"1.0\", default-features = false, features = [\"alloc\"], optional = true }",
    ),
    Dependency {
        is_needed: runtime::has_date_types,
        ..internal(
            "time",
            "{ version = \"0.3\", default-features = false, optional = true }",
        )
    },
    Dependency {
        is_needed: |api| !security::has_flows(api),
        ..internal(
            "tokio",
            "{ version = \"1.54\", default-features = false, features = [\"rt\", \"time\"], optional = true }",
        )
    },
    Dependency {
        is_needed: security::has_flows,
        ..internal(
            "tokio",
            "{ version = \"1.54\", default-features = false, features = [\"rt\", \"sync\", \"time\"], optional = true }",
        )
    },
    internal(
        "tracing",
        "{ version = \"0.1\", default-features = false, optional = true }",
    ),
    internal(
        "ureq",
        "{ version = \"3.5\", default-features = false, features = [\"rustls-no-provider\", \"platform-verifier\"], optional = true }",
    ),
];

/// A feature: what it is for, and what it turns on.
struct Feature {
    name: &'static str,
    words: &'static str,
    /// The features and dependencies of the crate itself.
    enables: &'static [&'static str],
    /// The dependencies that only the runtime names.
    internal: &'static [&'static str],
}

const FEATURES: [Feature; 7] = [
    Feature {
        name: "async",
        words: "Async `send`, over a transport that the caller provides.",
        enables: &["client"],
        internal: &["dep:futures-core"],
    },
    Feature {
        name: "blocking",
        words: "`send_blocking`, over ureq and rustls with the ring provider.",
        enables: &["client"],
        internal: &["dep:rustls", "dep:rustls-platform-verifier", "dep:ureq"],
    },
    Feature {
        name: "client",
        words: "Shared by both kinds of client. Has no use by itself.",
        enables: &[],
        internal: &["dep:httpdate"],
    },
    Feature {
        name: "mock",
        words: "A server within the process, for the tests of callers.",
        enables: &["async"],
        internal: &[],
    },
    Feature {
        name: "reqwest",
        words: "Async `send`, over reqwest and rustls with the ring provider.",
        enables: &["async"],
        internal: &[
            "dep:http-body",
            "dep:reqwest",
            "dep:rustls",
            "dep:rustls-platform-verifier",
            "dep:tokio",
        ],
    },
    Feature {
        name: "serde",
        words: "`Serialize` and `Deserialize` for every type of the document.",
        enables: &["dep:serde"],
        internal: &[],
    },
    Feature {
        name: "tracing",
        words: "Events of `tracing` for every attempt of a call.",
        enables: &[],
        internal: &["dep:tracing"],
    },
];

/// The features of crates whose documents have dates and times.
const DATE_FEATURES: [Feature; 3] = [
    Feature {
        name: "chrono",
        words: "Dates and times to and from the types of chrono.",
        enables: &[],
        internal: &["dep:chrono"],
    },
    Feature {
        name: "jiff",
        words: "Dates and times to and from the types of jiff.",
        enables: &[],
        internal: &["dep:jiff"],
    },
    Feature {
        name: "time",
        words: "Dates and times to and from the types of time.",
        enables: &[],
        internal: &["dep:time"],
    },
];

/// Returns `Cargo.toml`.
pub(in crate::emit) fn manifest(api: &Api, package: &Package) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "[package]\nname = {}\nversion = {}\ndescription = {}",
        quote(&package.name),
        quote(&package.version),
        quote(&package.description)
    );
    text.push_str("edition = \"2024\"\nrust-version = \"1.88\"\nlicense = \"MIT OR Apache-2.0\"\npublish = false\n");
    text.push_str("\n[features]\ndefault = [\"reqwest\", \"serde\"]\n");
    let shared = match &package.runtime {
        Runtime::Shared(path) => Some(path),
        Runtime::Copied => None,
    };
    let date_features = runtime::has_date_types(api).then_some(DATE_FEATURES);
    for feature in FEATURES.into_iter().chain(date_features.into_iter().flatten()) {
        let mut enables: Vec<String> = feature.enables.iter().map(|name| quote(name)).collect();
        if shared.is_some() {
            enables.push(quote(&format!("client-runtime/{}", feature.name)));
        } else {
            // A name may stand there more than once, each time for other documents.
            let is_there = |name: &&&str| {
                let named = |known: &&Dependency| name.strip_prefix("dep:") == Some(known.name);
                let mut dependencies = DEPENDENCIES.iter().filter(named).peekable();
                dependencies.peek().is_none() || dependencies.any(|dependency| (dependency.is_needed)(api))
            };
            enables.extend(feature.internal.iter().filter(is_there).map(|name| quote(name)));
            // Calls that need a token at the same time wait for one of them to obtain it.
            enables.extend((feature.name == "async" && security::has_flows(api)).then(|| quote("dep:tokio")));
        }
        let (name, words, enables) = (feature.name, feature.words, enables.join(", "));
        let _ = writeln!(text, "# {words}\n{name} = [{enables}]");
    }
    text.push_str("\n[dependencies]\n");
    if let Some(path) = shared {
        let path = quote(path);
        let _ = writeln!(text, "client-runtime = {{ path = {path}, default-features = false }}");
    }
    let is_needed = |dependency: &Dependency| {
        (dependency.is_needed)(api) && !(dependency.is_internal && package.runtime != Runtime::Copied)
    };
    for dependency in DEPENDENCIES.into_iter().filter(is_needed) {
        let _ = writeln!(text, "{} = {}", dependency.name, dependency.requirement);
    }
    if !package.dev_dependencies.is_empty() {
        text.push_str("\n[dev-dependencies]\n");
    }
    for (name, requirement) in &package.dev_dependencies {
        let _ = writeln!(text, "{name} = {requirement}");
    }
    if !package.in_workspace {
        text.push_str("\n# The crate stands alone.\n[workspace]\n");
    }
    text
}

/// Returns a string of TOML; those of JSON are.
fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
