//! The configuration: what is generated, from what, and where to.

mod package;
mod section;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use generator::{Package, Strictness};
use toml_edit::{Document, Item, TableLike};

use self::section::{Section, Text};
use crate::documents::Allowed;
use crate::paths::{absolute, shown};
use crate::request::{fetch_first, url};

/// The name of the file, unless another is given.
pub(crate) const FILE: &str = "apicrate.toml";

/// The file of the names lock beside the configuration of one crate; of several, their names stand before it.
const NAMES: &str = "names.lock";

/// A configuration. Paths are as they are to be opened.
#[derive(Debug)]
pub(crate) struct Config {
    /// The command that emitted files name.
    pub(crate) command: Option<String>,
    /// The crate that has the runtime of all others, if they have one in common.
    pub(crate) runtime: Option<RuntimeConfig>,
    /// The crates.
    pub(crate) crates: Vec<CrateConfig>,
}

/// What the configuration says of the shared runtime.
#[derive(Debug)]
pub(crate) struct RuntimeConfig {
    /// Its folder.
    pub(crate) out: PathBuf,
    /// Its package.
    pub(crate) package: Package,
}

/// What the configuration says of a crate.
#[derive(Debug)]
pub(crate) struct CrateConfig {
    /// The document.
    pub(crate) document: PathBuf,
    /// Whether the configuration has the path of the document from the root of the file system.
    pub(crate) is_absolute: bool,
    /// The overlays, in order.
    pub(crate) overlays: Vec<PathBuf>,
    /// What the document may refer to outside of its folder.
    pub(crate) allowed: Allowed,
    /// The folder of the crate.
    pub(crate) out: PathBuf,
    /// The file that the ledger goes to.
    pub(crate) ledger: Option<PathBuf>,
    /// The names lock.
    pub(crate) names: PathBuf,
    /// Tags and operation ids.
    pub(crate) only: Vec<String>,
    /// Headers of every request.
    pub(crate) headers: BTreeMap<String, String>,
    /// How much a fault matters.
    pub(crate) strictness: Strictness,
    /// Its package.
    pub(crate) package: Package,
}

/// The keys of the configuration beside those of a crate.
const SHARED_KEYS: [&str; 3] = ["command", "runtime", "crate"];

/// The keys of a crate beside those of its package.
const CRATE_KEYS: [&str; 12] = [
    "document",
    "overlays",
    "allow-roots",
    "documents",
    "out",
    "ledger",
    "names",
    "only",
    "strictness",
    "headers",
    "dev-dependencies",
    "build-dependencies",
];

/// Reads a configuration.
pub(crate) fn read(path: &Path) -> Result<Config> {
    let text = fs::read_to_string(path);
    of_text(
        path,
        &text.with_context(|| format!("the configuration {} cannot be read", shown(path)))?,
    )
}

/// Reads the text of a configuration that lies, or will lie, at `path`.
pub(crate) fn of_text(path: &Path, text: &str) -> Result<Config> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = &shown(path);
    parse(Text { name, text }, folder)
}

fn parse(text: Text<'_>, folder: &Path) -> Result<Config> {
    let document = Document::parse(text.text).map_err(|error| anyhow!("{}: {error}", text.name))?;
    let root = document.as_table();
    // Of several crates each has all of its keys; of one, those of its package stand in a table.
    let (top, crates) = match root.get("crate") {
        Some(Item::ArrayOfTables(tables)) => {
            let top = Section::new(text, root, "a configuration of several crates", &SHARED_KEYS)?;
            let keys: Vec<&str> = CRATE_KEYS.into_iter().chain(package::keys()).collect();
            let crates = tables.iter().map(|table| {
                let section = Section::new(text, table, "a table `[[crate]]`", &keys)?;
                let names = format!("{}.{NAMES}", section.required("name")?);
                crate_config(&section, &section, folder, names)
            });
            let crates = crates.collect::<Result<Vec<_>>>()?;
            (top, crates)
        }
        other => {
            let keys: Vec<&str> = CRATE_KEYS.into_iter().chain(SHARED_KEYS).collect();
            let top = Section::new(text, root, "the configuration", &keys)?;
            let Some(table) = other.and_then(Item::as_table_like) else {
                return Err(top.fault(
                    "crate",
                    "the configuration lacks a table `[crate]` with the name of the package",
                ));
            };
            let keys: Vec<&str> = package::keys().collect();
            let about = Section::new(text, table, "the table `[crate]`", &keys)?;
            let only = crate_config(&top, &about, folder, NAMES.to_owned())?;
            (top, vec![only])
        }
    };
    let config = Config {
        command: top.text("command")?,
        runtime: runtime_config(&top, text, folder)?,
        crates,
    };
    check_distinct(&config).map_err(|message| top.fault("crate", &message))?;
    Ok(config)
}

/// Reads a crate, given the section of its own keys and the one of its package. `names` is the file of its names lock,
/// unless it says another.
fn crate_config(section: &Section<'_>, about: &Section<'_>, folder: &Path, names: String) -> Result<CrateConfig> {
    let document = section.required("document")?;
    let overlays = section.texts("overlays")?;
    let texts = overlays.iter().map(|path| ("overlays", path));
    for (key, path) in std::iter::once(("document", &document)).chain(texts) {
        if let Some(url) = url(Path::new(path)) {
            return Err(section.fault(key, &fetch_first(url)));
        }
    }
    let file_name = Path::new(&document).file_name().unwrap_or_default().to_string_lossy();
    let description = format!("A client, generated from {file_name}");
    let mut package = package::package(about, "name", &about.required("name")?, description)?;
    package.environment = about.text("environment")?;
    package.dev_dependencies = section.toml_map("dev-dependencies")?;
    package.build_dependencies = section.toml_map("build-dependencies")?;
    let strictness = match section.text("strictness")?.as_deref() {
        None | Some("usual") => Strictness::Usual,
        Some("lenient") => Strictness::Lenient,
        Some("strict") => Strictness::Strict,
        Some(_) => return Err(section.wrong("strictness", "\"usual\", \"lenient\" or \"strict\"")),
    };
    Ok(CrateConfig {
        is_absolute: Path::new(&document).is_absolute(),
        document: folder.join(document),
        overlays: overlays.iter().map(|path| folder.join(path)).collect(),
        allowed: Allowed {
            roots: section
                .texts("allow-roots")?
                .iter()
                .map(|path| folder.join(path))
                .collect(),
            documents: documents(section, folder)?,
        },
        out: folder.join(section.required("out")?),
        ledger: section.text("ledger")?.map(|path| folder.join(path)),
        names: folder.join(section.text("names")?.unwrap_or(names)),
        only: section.texts("only")?,
        headers: section.text_map("headers")?,
        strictness,
        package,
    })
}

/// Reads the key `documents`: the files and folders that URLs stand for.
fn documents(section: &Section<'_>, folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let documents = section.text_map("documents")?;
    for (uri, path) in &documents {
        if !uri.contains("://") {
            let message = format!("{uri:?} is no URL; `documents` says which file each URL is");
            return Err(section.fault("documents", &message));
        }
        if let Some(url) = url(Path::new(path)) {
            return Err(section.fault("documents", &fetch_first(url)));
        }
    }
    Ok(documents
        .into_iter()
        .map(|(uri, path)| (uri, folder.join(path)))
        .collect())
}

/// Reads the key `runtime`.
fn runtime_config(top: &Section<'_>, text: Text<'_>, folder: &Path) -> Result<Option<RuntimeConfig>> {
    let expected = "\"copied\", or a table with the path of a crate: { path = \"clients/runtime\" }";
    let Some(item) = top.get("runtime") else {
        return Ok(None);
    };
    if item.as_str() == Some("copied") {
        return Ok(None);
    }
    let table: &dyn TableLike = item.as_table_like().ok_or_else(|| top.wrong("runtime", expected))?;
    let keys: Vec<&str> = ["crate", "path"]
        .into_iter()
        .chain(package::keys().filter(|key| !package::OWN_KEYS.contains(key)))
        .collect();
    let section = Section::new(text, table, "the table `runtime`", &keys)?;
    let name = section.text("crate")?;
    let name = name.unwrap_or_else(|| "apicrate-runtime".to_owned());
    let description = "The runtime that generated clients have in common".to_owned();
    Ok(Some(RuntimeConfig {
        out: folder.join(section.required("path")?),
        package: package::package(&section, "crate", &name, description)?,
    }))
}

/// Refuses crates of one name, and crates in one folder.
fn check_distinct(config: &Config) -> Result<(), String> {
    let crates = config.crates.iter().map(|each| (&each.package.name, &each.out));
    let runtime = config.runtime.iter().map(|each| (&each.package.name, &each.out));
    let mut seen: Vec<(&String, PathBuf)> = Vec::new();
    for (name, out) in crates.chain(runtime) {
        let out = absolute(out);
        if seen.iter().any(|(other, _)| *other == name) {
            return Err(format!("two crates have the name {name:?}"));
        }
        if let Some((other, _)) = seen.iter().find(|(_, folder)| *folder == out) {
            return Err(format!("the crates {other:?} and {name:?} have one folder"));
        }
        seen.push((name, out));
    }
    Ok(())
}
