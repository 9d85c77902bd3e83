//! What cargo-semver-checks says of two crates.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde::Serialize;

/// What a change asks of callers, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Class {
    /// Nothing: their code compiles.
    Compiles,
    /// It compiles with a warning that something is deprecated. To the tool, this is a minor version.
    Deprecates,
    /// It does not compile. To the tool, this is a major version.
    Breaks,
}

/// What the tool found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Verdict {
    pub(super) class: Class,
    /// The lints that failed, each with what it failed at.
    pub(super) lints: Vec<Lint>,
}

/// A lint that failed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Lint {
    pub(super) name: String,
    pub(super) found: Vec<String>,
}

/// Lets the tool compare two versions of a crate, of which it gets the rustdoc JSON.
pub(super) fn of(tool: &Path, old: &Path, new: &Path) -> Result<Verdict> {
    let mut command = Command::new(tool);
    command
        .args(["semver-checks", "--color", "never", "--release-type", "patch"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new);
    let output = command
        .output()
        .with_context(|| format!("{} cannot be run", tool.display()))?;
    // The progress is written to the one, and what lints failed at to the other.
    let text = [&output.stderr, &output.stdout].map(|text| String::from_utf8_lossy(text).into_owned());
    match read(&text.concat()) {
        Some(verdict) => Ok(verdict),
        None => bail!("cargo-semver-checks has no verdict: {}", text.concat().trim()),
    }
}

/// Reads what the tool prints; `None` if it has no verdict.
fn read(text: &str) -> Option<Verdict> {
    let mut lints: Vec<Lint> = Vec::new();
    let mut is_listed = false;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("--- failure ") {
            let name = rest.split(':').next().unwrap_or(rest).to_owned();
            lints.push(Lint {
                name,
                ..Lint::default()
            });
            is_listed = false;
        } else if line == "Failed in:" {
            is_listed = true;
        } else if let Some(lint) = lints.last_mut().filter(|_| is_listed && line.starts_with("  ")) {
            lint.found.push(line.trim().to_owned());
        } else {
            is_listed = false;
        }
    }
    let summary = text
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("Summary "))?;
    let class = match counts(summary) {
        (0, 0) => Class::Compiles,
        (0, _) => Class::Deprecates,
        _ => Class::Breaks,
    };
    Some(Verdict { class, lints })
}

/// Returns how many checks failed that ask for a major version, and for a minor one.
fn counts(summary: &str) -> (usize, usize) {
    let mut words = summary.split_whitespace().peekable();
    let mut counts = (0, 0);
    while let Some(word) = words.next() {
        match (word.parse(), words.peek()) {
            (Ok(count), Some(&"major")) => counts.0 = count,
            (Ok(count), Some(&"minor")) => counts.1 = count,
            _ => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lints_that_failed_and_the_summary_are_read() {
        let text = "
    Checking <unknown> v0.1.0 -> v0.1.0 (assume patch change)
     Checked [   0.312s] 229 checks: 226 pass, 2 fail, 1 warn, 31 skip

--- failure function_missing: pub fn removed or renamed ---

Description:
A publicly-visible function cannot be imported by its prior path.

Failed in:
  function pets::list, previously in file src/pets.rs:1
  function pets::get, previously in file src/pets.rs:2

     Summary semver requires new major version: 1 major and 0 minor checks failed
    Finished [   0.432s] <unknown>
";
        let verdict = read(text).unwrap();
        assert_eq!(verdict.class, Class::Breaks);
        assert_eq!(verdict.lints.len(), 1);
        assert_eq!(verdict.lints[0].name, "function_missing");
        assert_eq!(verdict.lints[0].found.len(), 2);
    }

    #[test]
    fn a_crate_may_need_a_minor_version_or_none() {
        let minor = "     Summary semver requires new minor version: 0 major and 1 minor checks failed";
        assert_eq!(read(minor).unwrap().class, Class::Deprecates);
        assert_eq!(
            read("     Summary no semver update required").unwrap().class,
            Class::Compiles
        );
        assert_eq!(read("error: no such file"), None);
    }
}
