//! The crate's manifest.

use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, Key, Table, Value, value};

use crate::emit::{Package, Runtime};
use crate::model::{Api, Need};

/// What the emitted crate depends on.
struct Dependency {
    name: &'static str,
    version: &'static str,
    /// The features, where its default features are off.
    features: Option<&'static [&'static str]>,
    /// Whether a feature of the crate turns it on.
    is_optional: bool,
    /// Whether only the runtime names it, so that a crate with a shared runtime goes without.
    is_internal: bool,
    /// Whether a document takes it.
    is_needed: fn(&Api) -> bool,
}

/// Returns a dependency of every crate, with its default features.
const fn dependency(name: &'static str, version: &'static str) -> Dependency {
    Dependency {
        name,
        version,
        features: None,
        is_optional: false,
        is_internal: false,
        is_needed: |_| true,
    }
}

impl Dependency {
    const fn features(self, features: &'static [&'static str]) -> Self {
        Self {
            features: Some(features),
            ..self
        }
    }

    const fn optional(self) -> Self {
        Self {
            is_optional: true,
            ..self
        }
    }

    const fn internal(self) -> Self {
        Self {
            is_internal: true,
            ..self
        }
    }

    const fn needed_if(self, is_needed: fn(&Api) -> bool) -> Self {
        Self { is_needed, ..self }
    }

    /// Returns the value of the dependency in the manifest.
    fn value(&self) -> Value {
        if self.features.is_none() && !self.is_optional {
            return self.version.into();
        }
        let mut entries = InlineTable::new();
        entries.insert("version", self.version.into());
        if let Some(features) = self.features {
            entries.insert("default-features", false.into());
            if !features.is_empty() {
                entries.insert("features", features.iter().copied().collect());
            }
        }
        if self.is_optional {
            entries.insert("optional", true.into());
        }
        entries.into()
    }
}

/// The dependencies, by name.
///
/// A test holds their versions equal to those of the workspace, which tries them out.
const DEPENDENCIES: [Dependency; 19] = [
    dependency("base64", "0.23")
        .internal()
        .needed_if(|api| api.needs(Need::Basic)),
    dependency("bytes", "1.12"),
    dependency("chrono", "0.4")
        .features(&[])
        .optional()
        .internal()
        .needed_if(|api| api.needs(Need::Dates)),
    dependency("futures-core", "0.3")
        .features(&[])
        .optional()
        .internal()
        .needed_if(|api| api.needs(Need::Pages) || api.needs(Need::Streams)),
    dependency("http", "1.5"),
    dependency("http-body", "1.0").optional().internal(),
    dependency("httpdate", "1.0").optional().internal(),
    dependency("jiff", "0.2")
        .features(&["std"])
        .optional()
        .internal()
        .needed_if(|api| api.needs(Need::Dates)),
    dependency("jiter", "0.19").features(&[]).internal(),
    dependency("regress", "0.12")
        .features(&["std"])
        .internal()
        .needed_if(|api| api.needs(Need::PatternEngine)),
    dependency("reqwest", "0.13")
        .features(&["rustls-no-provider"])
        .optional()
        .internal(),
    dependency("rustls", "0.23")
        .features(&["ring", "std", "tls12"])
        .optional()
        .internal(),
    dependency("rustls-platform-verifier", "0.7").optional().internal(),
    dependency("serde", "1.0").features(&["alloc"]).optional(),
    dependency("time", "0.3")
        .features(&[])
        .optional()
        .internal()
        .needed_if(|api| api.needs(Need::Dates)),
    dependency("tokio", "1.54")
        .features(&["rt", "time"])
        .optional()
        .internal()
        .needed_if(|api| !api.needs(Need::OAuth2)),
    dependency("tokio", "1.54")
        .features(&["rt", "sync", "time"])
        .optional()
        .internal()
        .needed_if(|api| api.needs(Need::OAuth2)),
    dependency("tracing", "0.1").features(&[]).optional().internal(),
    dependency("ureq", "3.5")
        .features(&["rustls-no-provider", "platform-verifier"])
        .optional()
        .internal(),
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

/// The features that are on by default.
pub(in crate::emit) const DEFAULT: [&str; 2] = ["reqwest", "serde"];

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
    let mut manifest = DocumentMut::new();
    manifest.insert("package", Item::Table(about(package)));
    manifest.insert("lib", Item::Table(library()));
    manifest.insert("features", Item::Table(features(api, package)));
    manifest.insert("dependencies", Item::Table(dependencies(api, package)));
    if !package.dev_dependencies.is_empty() {
        let dev_dependencies = package.dev_dependencies.iter().map(|(name, requirement)| {
            // What is not TOML is the requirement of a version.
            let value: Value = requirement.parse().unwrap_or_else(|_| requirement.into());
            (name, value)
        });
        manifest.insert("dev-dependencies", Item::Table(dev_dependencies.collect()));
    }
    if !package.in_workspace {
        let mut workspace = Table::new();
        workspace.decor_mut().set_prefix("\n# The crate stands alone.\n");
        manifest.insert("workspace", Item::Table(workspace));
    }
    manifest.to_string()
}

/// Returns the table `package`.
fn about(package: &Package) -> Table {
    let mut table = Table::from_iter([
        ("name", package.name.as_str()),
        ("version", &package.version),
        ("description", &package.description),
        ("edition", "2024"),
        ("rust-version", "1.88"),
        ("license", "MIT OR Apache-2.0"),
    ]);
    table.insert("publish", value(false));
    table
}

/// Returns the table `lib`: a workspace that has the crate as a member tests it without a second build of it.
fn library() -> Table {
    let mut table = Table::new();
    table
        .decor_mut()
        .set_prefix("\n# No test is in the library, so `cargo test` need not build it a second time.\n");
    table.insert("test", value(false));
    table.insert("doctest", value(false));
    table
}

/// Returns the table `features`.
fn features(api: &Api, package: &Package) -> Table {
    let mut table = Table::new();
    table.insert("default", value(Array::from_iter(DEFAULT)));
    for feature in features_of(api) {
        let comment = Decor::new(format!("# {}\n", feature.words), " ");
        let key = Key::new(feature.name).with_leaf_decor(comment);
        table.insert_formatted(&key, value(enabled(api, package, &feature)));
    }
    table
}

/// Returns the features of the crate.
fn features_of(api: &Api) -> impl Iterator<Item = Feature> {
    let date_features = api.needs(Need::Dates).then_some(DATE_FEATURES);
    FEATURES.into_iter().chain(date_features.into_iter().flatten())
}

/// Returns the name of each feature, and what it is for.
pub(in crate::emit) fn documented_features(api: &Api) -> impl Iterator<Item = (&'static str, &'static str)> {
    features_of(api).map(|feature| (feature.name, feature.words))
}

/// Returns what a feature turns on.
fn enabled(api: &Api, package: &Package, feature: &Feature) -> Array {
    let mut enabled: Array = feature.enables.iter().copied().collect();
    if package.runtime != Runtime::Copied {
        enabled.push(format!("client-runtime/{}", feature.name));
        return enabled;
    }
    // A name may stand there more than once, each time for other documents.
    let is_there = |name: &&str| {
        let named = |known: &&Dependency| name.strip_prefix("dep:") == Some(known.name);
        let mut dependencies = DEPENDENCIES.iter().filter(named).peekable();
        dependencies.peek().is_none() || dependencies.any(|dependency| (dependency.is_needed)(api))
    };
    enabled.extend(feature.internal.iter().copied().filter(is_there));
    // Calls that need a token at the same time wait for one of them to obtain it.
    if feature.name == "async" && api.needs(Need::OAuth2) {
        enabled.push("dep:tokio");
    }
    enabled
}

/// Returns the table `dependencies`.
fn dependencies(api: &Api, package: &Package) -> Table {
    let mut table = Table::new();
    if let Runtime::Shared(path) = &package.runtime {
        let runtime = InlineTable::from_iter([("path", Value::from(path)), ("default-features", false.into())]);
        table.insert("client-runtime", value(runtime));
    }
    let is_needed = |dependency: &&Dependency| {
        (dependency.is_needed)(api) && !(dependency.is_internal && package.runtime != Runtime::Copied)
    };
    for dependency in DEPENDENCIES.iter().filter(is_needed) {
        table.insert(dependency.name, value(dependency.value()));
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use toml_edit::DocumentMut;

    use crate::{Input, Options, generate};

    #[test]
    fn a_crate_that_stands_alone_has_its_own_workspace_and_its_examples_their_dependencies() {
        let input = Input {
            name: "openapi.yaml",
            text: "{openapi: 3.1.0, info: {title: T, version: '1'}, components: {}}",
            overlays: &[],
        };
        let mut options = Options::new("alone");
        options.package.description = "says \"hello\",\nin\u{7f} C:\\".to_owned();
        options.package.dev_dependencies = BTreeMap::from([
            ("a".to_owned(), "\"1.2\"".to_owned()),
            ("b".to_owned(), "^1.2".to_owned()),
            ("c".to_owned(), "{ features = [\"f\"], version = \"1.2\" }".to_owned()),
        ]);
        let files = generate(&input, &options).output.unwrap().files;
        let text = &files["Cargo.toml"];
        let end = "\n\n[dev-dependencies]\na = \"1.2\"\nb = \"^1.2\"\nc = { features = [\"f\"], version = \"1.2\" }\n\n\
                   # The crate stands alone.\n[workspace]\n";
        assert!(text.ends_with(end), "{text}");
        let manifest: DocumentMut = text.parse().unwrap();
        let description = manifest["package"]["description"].as_str();
        assert_eq!(description, Some(options.package.description.as_str()));
    }
}
