//! `apicrate init`: writes the configuration.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use generator::Strictness;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, value};

use crate::config;
use crate::console::Console;
use crate::error::Error;
use crate::folder;
use crate::package_name::{check_name, package_name};
use crate::paths::{absolute, between, shown};
use crate::request::{Document, Request};

/// What a configuration starts with.
const START: &str = "\
# What `apicrate generate` makes. Paths are relative to this file; `apicrate help config` lists every key.
# The manifest of a crate says nothing that does not stand here, such as its license.
runtime = \"copied\" # into each crate; or a crate that all of them share: { path = \"clients/runtime\" }
";

/// Writes a configuration with the crate that is asked for, or adds the crate to the one that is there.
///
/// # Errors
///
/// If the command line is wrong, or the configuration cannot be added to.
pub fn init(request: &Request, runtime: Option<&Path>, console: &mut Console<'_>) -> Result<(), Error> {
    let (document, out) = arguments(request)?;
    let path = request.config.clone().unwrap_or_else(|| PathBuf::from(config::FILE));
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let (verb, text) = match fs::read_to_string(&path) {
        Ok(text) => {
            // It has to be right before anything is added.
            config::of_text(&path, &text)?;
            ("added to", text)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => ("wrote", START.to_owned()),
        Err(error) => return Err(anyhow!("{} cannot be read: {error}", shown(&path)).into()),
    };
    let mut manifest: DocumentMut = text.parse().map_err(|error| anyhow!("{}: {error}", shown(&path)))?;
    if let Some(runtime) = runtime {
        share_runtime(&mut manifest, &between(&folder, runtime))?;
    }
    let crates = manifest
        .entry("crate")
        .or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(crates) = crates.as_array_of_tables_mut() else {
        return Err(Error::usage(format!(
            "{} is of one crate; for several, make its table `[crate]` a `[[crate]]` that has all of its keys",
            shown(&path)
        )));
    };
    crates.push(table(request, &document, &out, &folder)?);
    let text = manifest.to_string();
    config::of_text(&path, &text)?;
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    folder::replace(&path, &text)?;
    let (path, out, command) = (shown(&path), shown(&out), crate::library::COMMAND);
    console.out(format_args!("{verb} {path}; `{command}` makes {out}"));
    Ok(())
}

/// Returns the document and the folder that are asked for.
fn arguments(request: &Request) -> Result<(PathBuf, PathBuf), Error> {
    let document = match &request.document {
        Some(Document::File(path)) => path.clone(),
        Some(Document::StandardInput) => {
            return Err(Error::usage("a configuration wants a file, not the standard input"));
        }
        None => {
            return Err(Error::usage(
                "name the document: apicrate init openapi.yaml --out clients/petstore",
            ));
        }
    };
    if !document.is_file() {
        return Err(Error::usage(format!("there is no file {}", document.display())));
    }
    let out = request.out.clone();
    let out = out.ok_or_else(|| Error::usage("--out is missing, the folder of the crate, such as clients/petstore"))?;
    Ok((document, out))
}

/// Returns the table of a crate.
fn table(request: &Request, document: &Path, out: &Path, folder: &Path) -> Result<Table, Error> {
    let paths = |paths: &[PathBuf]| -> Array { paths.iter().map(|path| between(folder, path)).collect() };
    let name = match &request.name {
        Some(name) => {
            check_name(name).map_err(|error| Error::usage(format!("--name: {error}")))?;
            name.clone()
        }
        None => package_name(&absolute(out).file_name().unwrap_or_default().to_string_lossy()),
    };
    let out = between(folder, out);
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    table.insert("name", value(name));
    table.insert("document", value(between(folder, document)));
    if !request.overlays.is_empty() {
        table.insert("overlays", value(paths(&request.overlays)));
    }
    if !request.allow_roots.is_empty() {
        table.insert("allow-roots", value(paths(&request.allow_roots)));
    }
    table.insert("ledger", value(format!("{out}/ledger.tsv")));
    table.insert("out", value(out));
    if !request.only.is_empty() {
        table.insert("only", value(request.only.iter().collect::<Array>()));
    }
    match request.strictness {
        Strictness::Usual => {}
        Strictness::Lenient => drop(table.insert("strictness", value("lenient"))),
        Strictness::Strict => drop(table.insert("strictness", value("strict"))),
    }
    Ok(table)
}

/// Lets all crates of the configuration have their runtime in the crate at `path`.
fn share_runtime(manifest: &mut DocumentMut, path: &str) -> Result<(), Error> {
    let known = manifest.get("runtime").filter(|item| item.as_str() != Some("copied"));
    match known.map(|item| item.get("path").and_then(Item::as_str)) {
        None => {
            let runtime = InlineTable::from_iter([("path", path)]);
            let mut item = value(runtime);
            if let Some(value) = item.as_value_mut() {
                value.decor_mut().set_prefix(" ");
            }
            manifest["runtime"] = item;
            Ok(())
        }
        Some(known) if known == Some(path) => Ok(()),
        Some(known) => Err(Error::usage(format!(
            "the crates share the runtime in {} already",
            known.unwrap_or("another folder")
        ))),
    }
}
