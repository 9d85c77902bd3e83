//! The run that gives the crate `generated/`: what `cargo xtask codegen` does, in memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use generator::unstable::Stages;
use generator::{Input, Options, Output, OverlayText};
use toml::Table;

/// The configuration of the product, read: texts and options.
#[derive(Debug, Clone)]
pub struct Product {
    /// The name of the document, as diagnostics have it.
    pub name: String,
    /// The document.
    pub document: String,
    /// The overlays with their names.
    pub overlays: Vec<OverlayText>,
    /// What the generator is asked for.
    pub options: Options,
    /// The folder of the crate.
    pub out: PathBuf,
    /// The file of the ledger.
    pub ledger: PathBuf,
}

impl Product {
    /// Reads `spec/codegen.toml` and what it names.
    ///
    /// # Panics
    ///
    /// When a file cannot be read, or the configuration has an entry that is not known here.
    #[must_use]
    pub fn read() -> Self {
        let folder = crate::root().join("spec");
        let mut config: Table = read(&folder.join("codegen.toml"))
            .parse()
            .unwrap_or_else(|error| panic!("spec/codegen.toml: {error}"));
        let document = text(&mut config, "document");
        let overlays = config
            .remove("overlays")
            .unwrap_or_else(|| toml::Value::Array(Vec::new()));
        let overlays: Vec<String> = overlays.try_into().expect("overlays are paths");
        let headers = config
            .remove("headers")
            .map_or_else(BTreeMap::new, |headers| headers.try_into().expect("headers are texts"));
        let dev_dependencies = config.remove("dev-dependencies").map_or_else(BTreeMap::new, |table| {
            let table: BTreeMap<String, toml::Value> = table.try_into().expect("a table");
            let written = table.into_iter().map(|(name, asked)| (name, asked.to_string()));
            written.collect()
        });
        let Some(toml::Value::Table(mut package)) = config.remove("crate") else {
            panic!("spec/codegen.toml has no table `crate`");
        };
        let mut options = Options::new(&text(&mut package, "name"));
        options.package.version = text(&mut package, "version");
        options.package.description = text(&mut package, "description");
        for key in ["license", "publish"] {
            let value = package
                .remove(key)
                .unwrap_or_else(|| panic!("spec/codegen.toml lacks {key}"));
            options.package.about.push((key.to_owned(), value.to_string()));
        }
        options.package.environment = Some(text(&mut package, "environment"));
        options.package.dev_dependencies = dev_dependencies;
        options.package.in_workspace = true;
        "cargo xtask codegen".clone_into(&mut options.command);
        options.selection.headers = headers;
        options.origin = format!("spec/{document}");
        let product = Self {
            name: format!("spec/{document}"),
            document: read(&folder.join(&document)),
            overlays: overlays
                .iter()
                .map(|name| OverlayText {
                    name: format!("spec/{name}"),
                    text: read(&folder.join(name)),
                })
                .collect(),
            options,
            out: folder.join(text(&mut config, "out")),
            ledger: folder.join(text(&mut config, "ledger")),
        };
        let rest: Vec<&String> = config.keys().chain(package.keys()).collect();
        assert!(
            rest.is_empty(),
            "entries of spec/codegen.toml that this module has to learn: {rest:?}"
        );
        product
    }

    /// Runs the generator on `document`, with the overlays and options of the product.
    ///
    /// # Panics
    ///
    /// When it finds an error.
    #[must_use]
    pub fn generate(&self, document: &str) -> Output {
        self.generate_in_stages(document).0
    }

    /// Runs the generator on `document`, and keeps what each stage made.
    ///
    /// # Panics
    ///
    /// When it finds an error.
    #[must_use]
    pub fn generate_in_stages(&self, document: &str) -> (Output, Stages) {
        let input = Input {
            name: &self.name,
            text: document,
            overlays: &self.overlays,
        };
        let stages = Stages::of(&input, &self.options);
        let run = &stages.run;
        let reported: Vec<String> = run
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.render(&run.sources))
            .collect();
        let output = run
            .output
            .clone()
            .unwrap_or_else(|| panic!("{}", reported.join("\n\n")));
        (output, stages)
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Takes the text `name` out of a table.
fn text(table: &mut Table, name: &str) -> String {
    match table.remove(name) {
        Some(toml::Value::String(text)) => text,
        other => panic!("spec/codegen.toml: {name} is {other:?}"),
    }
}
