//! The crate's manifest.

use toml_edit::{DocumentMut, InlineTable, Item, Table, Value, value};

use crate::emit::package::features;
use crate::emit::target::RUNTIME;
use crate::emit::{Package, Runtime};
use crate::model::{Api, Feature, Need, Needs};

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

/// Returns whether the document takes a dependency. A name may stand in the list more than once, each time for other
/// documents.
pub(in crate::emit) fn has_dependency(needs: &Needs, name: &str) -> bool {
    let mut named = DEPENDENCIES.iter().filter(|dependency| dependency.name == name);
    named.any(|dependency| (dependency.is_needed)(needs))
}

/// Returns `Cargo.toml`.
pub(in crate::emit) fn manifest(api: &Api, package: &Package) -> String {
    written(&api.needs, &api.features, package)
}

/// Returns the `Cargo.toml` of a crate with the runtime alone.
pub(in crate::emit) fn runtime_manifest(needs: &Needs, package: &Package) -> String {
    written(needs, &[], package)
}

fn written(needs: &Needs, parts: &[Feature], package: &Package) -> String {
    let mut manifest = DocumentMut::new();
    manifest.insert("package", Item::Table(about(package)));
    manifest.insert("lib", Item::Table(library()));
    manifest.insert("features", Item::Table(features::table(needs, parts, package)));
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
    table.insert("metadata", Item::Table(metadata()));
    table
}

/// Returns the value that a text of TOML stands for; what is not TOML is the value itself, such as the requirement of a
/// version.
fn toml_value(text: &str) -> Value {
    text.parse().unwrap_or_else(|_| text.into())
}

/// Returns the table `package.metadata`: docs.rs shows what any feature turns on
/// (<https://docs.rs/about/metadata>).
fn metadata() -> Table {
    let mut docs_rs = Table::new();
    docs_rs.insert("all-features", value(true));
    let mut docs = Table::from_iter([("rs", Item::Table(docs_rs))]);
    docs.set_implicit(true);
    let mut metadata = Table::from_iter([("docs", Item::Table(docs))]);
    metadata.set_implicit(true);
    metadata
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
