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

/// Compares the rows of ours with those of the file; or rewrites these, and keeps those of other documents.
pub(super) fn compare(path: &Path, rows: &[Row], bless: bool) -> Result<(), Failure> {
    let kept = if path.exists() { read(path)? } else { BTreeMap::new() };
    let given: BTreeMap<String, String> = rows.iter().filter(|row| row.tool == OURS).map(line).collect();
    if bless {
        let mut lines = kept;
        lines.extend(given);
        let mut text = format!("{TITLE}\n");
        for (document, counts) in lines {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{document}\t{counts}");
        }
        return Ok(apicrate::unstable::replace(path, &text)?);
    }
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
        emitted.operations,
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
