//! What a document comes to, as far as it depends on the document and the generator alone: kept in a file, and compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow};

use super::report::Row;
use super::tools::OURS;
use crate::Failure;

/// The first line of the file.
const TITLE: &str = "document\toutcome\toperations\temitted\ttypes\tuntyped\tdegraded\terrors\twarnings";

/// Writes the counts of ours to a file. Those of documents that were not measured stay in it.
pub(super) fn write(path: &Path, rows: &[Row]) -> anyhow::Result<()> {
    let mut lines = if path.exists() { read(path)? } else { BTreeMap::new() };
    lines.extend(of(rows));
    let mut text = format!("{TITLE}\n");
    for (document, counts) in lines {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{document}\t{counts}");
    }
    apicrate::unstable::replace(path, &text)
}

/// Returns the counts of ours, by document.
fn of(rows: &[Row]) -> BTreeMap<String, String> {
    rows.iter().filter(|row| row.tool == OURS).map(line).collect()
}

/// Compares the counts of ours with those of a file.
pub(super) fn compare(path: &Path, rows: &[Row]) -> Result<(), Failure> {
    let kept = read(path)?;
    let given = of(rows);
    let differing: Vec<String> = given
        .iter()
        .filter(|(document, counts)| kept.get(*document) != Some(counts))
        .map(|(document, counts)| {
            let kept = kept.get(document).map_or("no line", String::as_str);
            format!("{document}: {kept} in {}, {counts} now", path.display())
        })
        .collect();
    if differing.is_empty() {
        return Ok(());
    }
    let message = format!(
        "counts differ ({}):\n{}",
        TITLE.replace('\t', ", "),
        differing.join("\n").replace('\t', " ")
    );
    Err(Failure::Fault(Some(anyhow!(message))))
}

/// Returns the document of a row, and its counts.
fn line(row: &Row) -> (String, String) {
    let emitted = row.emitted.clone().unwrap_or_default();
    let (errors, warnings) = row
        .check
        .as_ref()
        .map_or((0, 0), |check| (check.errors, check.warnings));
    let counts = [
        row.operations.unwrap_or_default(),
        row.emitted_operations.unwrap_or_default(),
        emitted.types,
        emitted.untyped,
        emitted.degraded,
        errors,
        warnings,
    ]
    .map(|count| count.to_string());
    (
        row.document.clone(),
        format!("{}\t{}", row.outcome.word(), counts.join("\t")),
    )
}

fn read(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = text.lines().skip(1).filter_map(|line| line.split_once('\t'));
    Ok(lines
        .map(|(document, counts)| (document.to_owned(), counts.to_owned()))
        .collect())
}
