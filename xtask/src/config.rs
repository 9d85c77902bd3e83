//! What is generated: from `codegen.toml`, or from the command line.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use generator::Options;
use serde::Deserialize;

use crate::options::Codegen;

/// A run of the generator, and where its files go.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The document.
    pub(crate) document: PathBuf,
    /// The overlays, in order.
    pub(crate) overlays: Vec<PathBuf>,
    /// The folder of the crate; `None` where nothing is written.
    pub(crate) out: Option<PathBuf>,
    /// The file that the ledger goes to, if any.
    pub(crate) ledger: Option<PathBuf>,
    /// What the generator is asked for.
    pub(crate) options: Options,
}

/// The file `codegen.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    document: PathBuf,
    #[serde(default)]
    overlays: Vec<PathBuf>,
    out: PathBuf,
    ledger: Option<PathBuf>,
    #[serde(default)]
    only: Vec<String>,
    #[serde(rename = "crate")]
    package: FilePackage,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default, rename = "dev-dependencies")]
    dev_dependencies: BTreeMap<String, toml::Value>,
}

/// The table `crate` of `codegen.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FilePackage {
    name: String,
    version: String,
    description: String,
    environment: Option<String>,
}

impl Plan {
    /// Reads what the command line asks for.
    pub(crate) fn read(options: &Codegen) -> Result<Self> {
        if let Some(spec) = &options.spec {
            Ok(Self::of_document(spec, options))
        } else {
            let path = options
                .config
                .clone()
                .unwrap_or_else(|| crate::tree::root().join("spec/codegen.toml"));
            Self::of_config(&path, options)
        }
    }

    fn of_config(path: &Path, options: &Codegen) -> Result<Self> {
        let text =
            fs::read_to_string(path).with_context(|| format!("the configuration {} cannot be read", path.display()))?;
        let file: File = toml::from_str(&text).map_err(|error| anyhow!("{}: {error}", path.display()))?;
        check_name(&file.package.name)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let only = if options.only.is_empty() {
            file.only
        } else {
            options.only.clone()
        };
        let mut asked = Options::new(&file.package.name);
        asked.package.version = file.package.version;
        asked.package.description = file.package.description;
        asked.package.environment = file.package.environment;
        asked.package.dev_dependencies = dev_dependencies(file.dev_dependencies);
        asked.package.in_workspace = in_workspace(&folder.join(&file.out));
        asked.selection.only = only;
        asked.selection.headers = file.headers;
        asked.strictness = options.strictness;
        asked.origin = format!(
            "{}/{}",
            folder.file_name().unwrap_or_default().to_string_lossy(),
            file.document.display()
        );
        Ok(Self {
            options: asked,
            document: folder.join(file.document),
            overlays: file.overlays.iter().map(|overlay| folder.join(overlay)).collect(),
            out: Some(folder.join(file.out)),
            ledger: file.ledger.map(|ledger| folder.join(ledger)),
        })
    }

    fn of_document(spec: &Path, options: &Codegen) -> Self {
        let file_name = spec.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = options
            .out
            .as_deref()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned());
        let name = options.name.clone().or(folder).unwrap_or_else(|| "client".to_owned());
        let mut asked = Options::new(&package_name(&name));
        asked.package.description = format!("A client, generated from {file_name}");
        asked.package.in_workspace = options.out.as_deref().is_some_and(in_workspace);
        asked.selection.only.clone_from(&options.only);
        asked.strictness = options.strictness;
        asked.origin = file_name;
        Self {
            document: spec.to_owned(),
            overlays: options.overlays.clone(),
            out: options.out.clone(),
            ledger: options.out.as_ref().map(|out| out.join("ledger.tsv")),
            options: asked,
        }
    }
}

/// Returns what is asked of each dependency, written in one line.
fn dev_dependencies(table: BTreeMap<String, toml::Value>) -> BTreeMap<String, String> {
    let written = table.into_iter().map(|(name, asked)| (name, asked.to_string()));
    written.collect()
}

/// Returns `name` as a package may be called.
pub(crate) fn package_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() || sign == '_' {
                sign
            } else {
                '-'
            }
        })
        .collect();
    let plain = plain.trim_matches('-').to_owned();
    if plain.starts_with(|first: char| first.is_ascii_alphabetic()) {
        plain
    } else {
        format!("client-{plain}")
    }
}

fn check_name(name: &str) -> Result<()> {
    if package_name(name) != name {
        bail!(
            "{name:?} cannot be the name of a package; {:?} could",
            package_name(name)
        );
    }
    Ok(())
}

/// Returns whether a manifest with a workspace lies above `out`, so that the
/// crate is a member of it or has to say that it is none.
fn in_workspace(out: &Path) -> bool {
    let Ok(out) = std::path::absolute(out) else {
        return false;
    };
    let root = crate::tree::root();
    let normal = crate::tree::normal(&out);
    // Only our own workspace lists the crate among its members.
    normal == root.join("generated") || normal.starts_with(root.join("tests/cases"))
}
