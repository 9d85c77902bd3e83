//! The crate's manifest.

use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, Key, Table, Value, value};

use crate::emit::target::RUNTIME;
use crate::emit::{Package, Runtime};
use crate::model::{Api, Need, Needs};

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
    is_needed: fn(&Needs) -> bool,
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

    const fn needed_if(self, is_needed: fn(&Needs) -> bool) -> Self {
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
        .needed_if(|needs| needs.has(Need::Basic)),
    dependency("bytes", "1.12"),
    dependency("chrono", "0.4")
        .features(&[])
        .optional()
        .internal()
        .needed_if(|needs| needs.has(Need::Dates)),
    dependency("futures-core", "0.3")
        .features(&[])
        .optional()
        .internal()
        .needed_if(|needs| needs.has(Need::Pages) || needs.has(Need::Streams)),
    dependency("http", "1.5"),
    dependency("http-body", "1.0").optional().internal(),
    dependency("httpdate", "1.0").optional().internal(),
    dependency("jiff", "0.2")
        .features(&["std"])
        .optional()
        .internal()
        .needed_if(|needs| needs.has(Need::Dates)),
    dependency("jiter", "0.19").features(&[]).internal(),
    dependency("regress", "0.12")
        .features(&["std"])
        .internal()
        .needed_if(|needs| needs.has(Need::PatternEngine)),
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
        .needed_if(|needs| needs.has(Need::Dates)),
    dependency("tokio", "1.54")
        .features(&["rt", "time"])
        .optional()
        .internal()
        .needed_if(|needs| !needs.has(Need::OAuth2)),
    dependency("tokio", "1.54")
        .features(&["rt", "sync", "time"])
        .optional()
        .internal()
        .needed_if(|needs| needs.has(Need::OAuth2)),
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
    written(&api.needs, package)
}

/// Returns the `Cargo.toml` of a crate with the runtime alone.
pub(in crate::emit) fn runtime_manifest(needs: &Needs, package: &Package) -> String {
    written(needs, package)
}

fn written(needs: &Needs, package: &Package) -> String {
    let mut manifest = DocumentMut::new();
    manifest.insert("package", Item::Table(about(package)));
    manifest.insert("lib", Item::Table(library()));
    manifest.insert("features", Item::Table(features(needs, package)));
    manifest.insert("dependencies", Item::Table(dependencies(needs, package)));
    for (name, asked) in [
        ("dev-dependencies", &package.dev_dependencies),
        ("build-dependencies", &package.build_dependencies),
    ] {
        if !asked.is_empty() {
            let asked = asked.iter().map(|(name, asked)| (name, toml_value(asked)));
            manifest.insert(name, Item::Table(asked.collect()));
        }
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
    ]);
    for (key, asked) in &package.about {
        table.insert(key, value(toml_value(asked)));
    }
    table
}

/// Returns the value that a text of TOML stands for; what is not TOML is the value itself, such as the requirement of a
/// version.
fn toml_value(text: &str) -> Value {
    text.parse().unwrap_or_else(|_| text.into())
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
fn features(needs: &Needs, package: &Package) -> Table {
    let mut table = Table::new();
    table.insert("default", value(Array::from_iter(["reqwest", "serde"])));
    let date_features = needs.has(Need::Dates).then_some(DATE_FEATURES);
    for feature in FEATURES.into_iter().chain(date_features.into_iter().flatten()) {
        let comment = Decor::new(format!("# {}\n", feature.words), " ");
        let key = Key::new(feature.name).with_leaf_decor(comment);
        table.insert_formatted(&key, value(enabled(needs, package, &feature)));
    }
    table
}

/// Returns what a feature turns on.
fn enabled(needs: &Needs, package: &Package, feature: &Feature) -> Array {
    let mut enabled: Array = feature.enables.iter().copied().collect();
    if package.runtime != Runtime::Copied {
        enabled.push(format!("{RUNTIME}/{}", feature.name));
        return enabled;
    }
    // A name may stand there more than once, each time for other documents.
    let is_there = |name: &&str| {
        let named = |known: &&Dependency| name.strip_prefix("dep:") == Some(known.name);
        let mut dependencies = DEPENDENCIES.iter().filter(named).peekable();
        dependencies.peek().is_none() || dependencies.any(|dependency| (dependency.is_needed)(needs))
    };
    enabled.extend(feature.internal.iter().copied().filter(is_there));
    // Calls that need a token at the same time wait for one of them to obtain it.
    if feature.name == "async" && needs.has(Need::OAuth2) {
        enabled.push("dep:tokio");
    }
    enabled
}

/// Returns the table `dependencies`.
fn dependencies(needs: &Needs, package: &Package) -> Table {
    let mut table = Table::new();
    if let Runtime::Shared(shared) = &package.runtime {
        let mut runtime = InlineTable::new();
        // The code of the crate names the runtime by one name, whatever its package is called.
        if shared.package != RUNTIME {
            runtime.insert("package", shared.package.as_str().into());
        }
        runtime.insert("path", shared.path.as_str().into());
        runtime.insert("default-features", false.into());
        table.insert(RUNTIME, value(runtime));
    }
    let is_needed = |dependency: &&Dependency| {
        (dependency.is_needed)(needs) && !(dependency.is_internal && package.runtime != Runtime::Copied)
    };
    for dependency in DEPENDENCIES.iter().filter(is_needed) {
        table.insert(dependency.name, value(dependency.value()));
    }
    table
}
