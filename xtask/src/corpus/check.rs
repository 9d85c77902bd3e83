//! `cargo check` of an emitted crate: what the compiler says, and what its rustc takes.

use std::fs;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::place::{Job, Place};
use super::process::{Program, Usage};
use super::report::{Outcome, Row};
use crate::tree;

/// What the compiler says of a crate, and what it takes to say so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Check {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// What the rustc of the crate took, without its dependencies and without cargo.
    pub(super) usage: Usage,
}

/// A message of cargo, as far as it is read.
#[derive(Deserialize)]
struct Line {
    target: Option<Target>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
}

/// Checks the crate with its default features, and adds to the row what that gives.
///
/// The compiler is not incremental: what is measured is to compile the crate, not to store how.
pub(super) fn check(place: &Place, job: &Job, row: &mut Row) -> Result<()> {
    let lock = job.folder.join("Cargo.lock");
    let shared = if job.lock.exists() {
        job.lock.clone()
    } else {
        tree::root().join("Cargo.lock")
    };
    // Cargo keeps the versions that are needed, and drops the others.
    fs::copy(&shared, &lock).with_context(|| format!("{} cannot be copied", shared.display()))?;
    let ended = place.run(&Program {
        path: "cargo".as_ref(),
        arguments: vec![
            "check".into(),
            "--message-format=json".into(),
            "--manifest-path".into(),
            job.folder.join("Cargo.toml").into(),
            "--target-dir".into(),
            (&job.build).into(),
        ],
        log: job.logs.join("check"),
        environment: vec![
            // The crate is the only member of its workspace.
            ("RUSTC_WORKSPACE_WRAPPER", place.program("measure")),
            ("RUSTC_WRAPPER", "".into()),
            ("CARGO_INCREMENTAL", "0".into()),
        ],
    })?;
    let krate = job.package.replace('-', "_");
    let Some(usage) = ended.usage_of(&krate) else {
        row.end(ended.outcome(Outcome::Failed), &format!("check: {}", ended.reason()));
        return Ok(());
    };
    fs::copy(&lock, &job.lock).with_context(|| format!("{} cannot be copied", lock.display()))?;
    let messages = messages(&ended.out, &krate);
    let count = |level: &str| {
        messages
            .iter()
            .filter(|message| message.level.starts_with(level))
            .count()
    };
    let (errors, warnings) = (count("error"), count("warning"));
    row.check = Some(Check {
        errors,
        warnings,
        usage,
    });
    let first = messages.iter().find(|message| message.level.starts_with("error"));
    match first {
        Some(error) => row.end(Outcome::Errors, &error.message),
        None if ended.succeeded() => row.outcome = Outcome::Compiles,
        None => row.end(ended.outcome(Outcome::Failed), &format!("check: {}", ended.reason())),
    }
    Ok(())
}

/// Returns what the compiler says of a crate, without the lines that count the others.
fn messages(out: &str, krate: &str) -> Vec<Message> {
    let lines = out.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
    let of_crate = lines.filter(|line| line.target.as_ref().is_some_and(|target| target.name == krate));
    let messages = of_crate.filter_map(|line| line.message);
    messages
        .filter(|message| !message.message.starts_with("aborting due to"))
        .filter(|message| !message.message.ends_with(" emitted"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_other_crates_and_totals_do_not_count() {
        let line = |target: &str, level: &str, message: &str| {
            serde_json::json!({
                "reason": "compiler-message",
                "target": { "name": target, "kind": ["lib"] },
                "message": { "level": level, "message": message, "spans": [] },
            })
            .to_string()
        };
        let out = [
            r#"{"reason":"compiler-artifact","target":{"name":"corpus_a"}}"#.to_owned(),
            line("other", "warning", "unused variable"),
            line("corpus_a", "warning", "unused import"),
            line("corpus_a", "error", "mismatched types"),
            line(
                "corpus_a",
                "error",
                "aborting due to 1 previous error; 1 warning emitted",
            ),
            line("corpus_a", "warning", "1 warning emitted"),
            "no JSON".to_owned(),
        ]
        .join("\n");
        let found = messages(&out, "corpus_a");
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|found| (found.level.as_str(), found.message.as_str()))
            .collect();
        assert_eq!(found, [("warning", "unused import"), ("error", "mismatched types")]);
    }
}
