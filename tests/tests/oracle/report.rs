//! What a run tells: to its reader, and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::run::{Finding, Outcome};

/// How much of a value is shown.
const SHOWN: usize = 600;

/// Returns the line that says what was done.
pub(crate) fn summary(outcome: &Outcome) -> String {
    let count = |known: bool| -> usize {
        let findings = outcome.findings.values();
        findings
            .filter(|(finding, _)| finding.known.is_some() == known)
            .map(|(_, count)| count)
            .sum()
    };
    format!(
        "{} schemas, {} instances, {}% of them valid, {} disagreements, {} more for a known reason",
        outcome.schemas,
        outcome.instances,
        outcome.valid * 100 / outcome.instances.max(1),
        count(false),
        count(true)
    )
}

/// Returns the findings by cause, with the smallest value of each.
pub(crate) fn causes(outcome: &Outcome) -> String {
    let mut groups: BTreeMap<_, Vec<&(Finding, usize)>> = BTreeMap::new();
    for found in outcome.findings.values() {
        let (finding, _) = found;
        // Those with a reason are alike in that.
        let cause = if finding.known.is_some() {
            ""
        } else {
            finding.cause.as_str()
        };
        groups.entry((finding.known, cause)).or_default().push(found);
    }
    let mut text = String::new();
    for ((known, cause), found) in groups {
        let count: usize = found.iter().map(|(_, count)| count).sum();
        let smallest = found
            .iter()
            .min_by_key(|(finding, _)| finding.instance.to_string().len());
        let _ = writeln!(
            text,
            "{count} at {} schemas: {}{cause}",
            found.len(),
            known.unwrap_or_default()
        );
        if let (Some((finding, _)), None) = (smallest, known) {
            let _ = writeln!(text, "{}", describe(finding));
        }
    }
    text
}

fn describe(finding: &Finding) -> String {
    let faults: Vec<String> = finding
        .reading
        .faults
        .iter()
        .map(|fault| format!("{}: {}: {}", fault.pointer, fault.keyword, fault.message))
        .collect();
    format!(
        "    {} {}\n    {}\n    crate: {}, written {}\n    oracle: {}",
        finding.entry.document,
        finding.entry.pointer,
        clipped(&finding.instance.to_string()),
        clipped(&faults.join("; ")),
        clipped(finding.reading.written.as_deref().unwrap_or("nothing")),
        clipped(&finding.objections.join("; ")),
    )
}

fn clipped(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

/// Returns the run as JSON.
pub(crate) fn json(outcome: &Outcome) -> Value {
    let finding = |(finding, count): &(Finding, usize)| {
        json!({
            "document": finding.entry.document,
            "pointer": finding.entry.pointer,
            "cause": finding.cause,
            "count": count,
            "known": finding.known,
            "instance": finding.instance.to_string(),
            "crate": finding.reading.faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>(),
            "written": finding.reading.written,
            "oracle": finding.objections,
        })
    };
    let all = |known: bool| -> Value {
        let found = outcome.findings.values();
        found
            .filter(|(finding, _)| finding.known.is_some() == known)
            .map(finding)
            .collect()
    };
    json!({
        "schemas": outcome.schemas,
        "instances": outcome.instances,
        "valid": outcome.valid,
        "without_valid_instance": outcome.barren,
        "disagreements": all(false),
        "known": all(true),
    })
}
