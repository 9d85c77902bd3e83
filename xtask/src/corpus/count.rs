//! What was emitted: lines, types, and places without a type.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use proc_macro2::TokenStream;
use serde::Serialize;

use super::tokens::Items;
use super::tools::Tool;

/// How many columns a line of Rust has at most.
const COLUMNS: usize = 100;

/// The files of Rust below `src` of a crate. All but `lines` leave the copied runtime out.
#[derive(Debug, Default, Clone, PartialEq, Serialize)]
pub(super) struct Emitted {
    /// All lines.
    pub(super) lines: usize,
    /// The lines that depend on the document.
    pub(super) own_lines: usize,
    /// How many of them are longer than 100 columns.
    pub(super) long_lines: usize,
    /// The columns of the longest.
    pub(super) longest_line: usize,
    /// What the ledger says is degraded or refused; of ours alone.
    pub(super) degraded: usize,
    /// Public structs, enums and unions.
    pub(super) types: usize,
    /// Public places that take or give any JSON value; see [`Items`].
    pub(super) untyped: usize,
    /// The longest name of a public item, field or variant.
    pub(super) longest_name: String,
}

/// Counts what a generator emitted into `folder`.
pub(super) fn count(folder: &Path, tool: &Tool) -> Result<Emitted> {
    let runtime = tool.runtime.map(|runtime| folder.join(runtime));
    let mut emitted = Emitted::default();
    let mut files = Vec::new();
    collect(&folder.join("src"), &mut files)?;
    for file in files {
        let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        emitted.lines += text.lines().count();
        if runtime.as_ref().is_none_or(|runtime| !file.starts_with(runtime)) {
            add(&mut emitted, &text, tool.json).with_context(|| file.display().to_string())?;
        }
    }
    let ledger = fs::read_to_string(folder.join("ledger.tsv")).unwrap_or_default();
    let usages = ledger.lines().filter_map(|line| line.split('\t').nth(2));
    emitted.degraded = usages.filter(|usage| ["degraded", "refused"].contains(usage)).count();
    Ok(emitted)
}

/// Adds a file that depends on the document.
fn add(emitted: &mut Emitted, text: &str, json: [&str; 2]) -> Result<()> {
    for line in text.lines() {
        let columns = line.chars().count();
        emitted.own_lines += 1;
        emitted.long_lines += usize::from(columns > COLUMNS);
        emitted.longest_line = emitted.longest_line.max(columns);
    }
    // The error of the crate says no more.
    let tokens: TokenStream = text.parse().map_err(|error| anyhow!("is no Rust: {error}"))?;
    let items = Items::of(tokens, json);
    emitted.types += items.types;
    emitted.untyped += items.untyped;
    if items.longest_name.chars().count() > emitted.longest_name.chars().count() {
        emitted.longest_name = items.longest_name;
    }
    Ok(())
}

/// Adds the files of Rust below `folder`.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_and_measured_in_characters() {
        let mut emitted = Emitted::default();
        let text = format!("pub struct A;\n\n// {}\n// {}\n", "é".repeat(97), "é".repeat(98));
        add(&mut emitted, &text, ["runtime", "Json"]).unwrap();
        assert_eq!(
            (emitted.own_lines, emitted.long_lines, emitted.longest_line),
            (4, 1, 101)
        );
        assert_eq!((emitted.types, emitted.longest_name.as_str()), (1, "A"));
        assert!(add(&mut emitted, "fn f( {", ["runtime", "Json"]).is_err());
    }
}
