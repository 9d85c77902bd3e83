//! The figures: as rows, and as a table for people.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::Times;

/// What is ours beside that of one other, for one task.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// `<direction>-<document>/<other>`, where a direction is `decode`, `encode` or `calls`.
    name: String,
    /// How long ours take, in nanoseconds: the median of the runs.
    ours: f64,
    /// How long the other's take.
    other: f64,
    /// How many times as fast ours are: the median of the ratios of the runs.
    ratio: f64,
    /// How often ours allocate.
    ours_allocations: usize,
    /// How often the other's allocate.
    other_allocations: usize,
}

/// What one contender allocates for one task.
pub(super) struct Weight {
    /// What is done: `<direction>-<document>`.
    pub(super) group: String,
    /// Who does it.
    pub(super) contender: String,
    /// Why it does not count; empty where it does.
    pub(super) fault: String,
    allocations: usize,
}

impl Weight {
    /// Reads a line of the program that counts.
    pub(super) fn parse(line: &str) -> Result<Self> {
        let mut fields = line.splitn(4, '\t');
        let mut field = || fields.next().with_context(|| format!("{line:?} is no line of figures"));
        Ok(Self {
            group: field()?.to_owned(),
            contender: field()?.to_owned(),
            allocations: field()?.parse()?,
            fault: field()?.to_owned(),
        })
    }
}

/// Puts what was counted and what was measured together, in the order in which it was counted.
pub(super) fn rows(weights: &[Weight], times: &Times) -> Vec<Row> {
    let mut rows = Vec::new();
    for other in weights.iter().filter(|weight| weight.contender != "ours") {
        let of = |contender: &str| times.get(&(other.group.clone(), contender.to_owned()));
        let is_ours = |weight: &&Weight| weight.contender == "ours" && weight.group == other.group;
        let (Some(mine), Some(theirs), Some(ours)) = (of("ours"), of(&other.contender), weights.iter().find(is_ours))
        else {
            continue;
        };
        rows.push(Row {
            name: format!("{}/{}", other.group, other.contender),
            ours: median(mine.clone()),
            other: median(theirs.clone()),
            ratio: median(mine.iter().zip(theirs).map(|(mine, theirs)| theirs / mine).collect()),
            ours_allocations: ours.allocations,
            other_allocations: other.allocations,
        });
    }
    rows
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Writes a table in Markdown: a line for each document and direction, a column for each other.
pub(super) fn table(rows: &[Row]) -> String {
    let mut others: Vec<&str> = Vec::new();
    let mut groups: Vec<&str> = Vec::new();
    for row in rows {
        let (group, other) = row.name.split_once('/').unwrap_or_default();
        for (list, name) in [(&mut groups, group), (&mut others, other)] {
            if !list.contains(&name) {
                list.push(name);
            }
        }
    }
    let mut text = format!(
        "| | ours | {} |\n|---|{}\n",
        others.join(" | "),
        "---:|".repeat(others.len() + 1)
    );
    for group in groups {
        let find = |other: &str| rows.iter().find(|row| row.name == format!("{group}/{other}"));
        // Writing to a string cannot fail.
        if let Some(row) = rows.iter().find(|row| row.name.split('/').next() == Some(group)) {
            let _ = write!(text, "| {group} | {}, {} |", time(row.ours), row.ours_allocations);
        }
        for other in &others {
            let _ = match find(other) {
                Some(row) => write!(text, " {:.2}, {} |", row.ratio, row.other_allocations),
                None => write!(text, " – |"),
            };
        }
        text.push('\n');
    }
    text
}

fn time(nanoseconds: f64) -> String {
    let (value, unit) = match nanoseconds {
        small if small < 1e3 => (small, "ns"),
        middle if middle < 1e6 => (middle / 1e3, "µs"),
        large => (large / 1e6, "ms"),
    };
    format!("{value:.*} {unit}", usize::from(value < 100.0))
}
