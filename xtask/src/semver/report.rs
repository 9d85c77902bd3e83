//! The pairs, and what comes of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use generator::{Change, Diff, RustClass};
use serde::Serialize;

use super::Judged;
use super::explanations::Explanations;
use super::verdict::{Class, Verdict};

/// What a pair is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Subject {
    pub(super) document: &'static str,
    pub(super) mutation: &'static str,
    /// The pointer of what was changed.
    pub(super) place: String,
    /// The code of the kind of change that the mutation is meant to give in this direction.
    pub(super) kind: &'static str,
    /// Whether it is from the document to the one with the change.
    pub(super) is_forth: bool,
}

/// A change that asks something of callers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Breaking {
    pub(super) kind: &'static str,
    subject: String,
    message: String,
    before: String,
    after: Option<String>,
    /// Why the tool does not see it, if the table has a reason.
    reason: Option<String>,
    /// Whether a signature is gone or differs, by the table.
    has_signature: bool,
}

/// A pair of crates, judged by a diff and by the tool.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Pair {
    subject: Subject,
    /// What the diff says.
    ours: Class,
    /// The changes that it says so of.
    changes: Vec<Breaking>,
    verdict: Option<Verdict>,
    /// The signatures that are gone or differ, where the diff says more than the verdict.
    lost: Vec<String>,
    outcome: Outcome,
    /// Why the pair could not be judged.
    failure: Option<String>,
}

/// How both belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    /// Both say the same.
    Agree,
    /// The diff says more, a row of the table says which lint there is not, and signatures are gone or differ.
    Confirmed,
    /// The diff says more, and a row of the table says why no signature differs.
    Explained,
    /// The diff says more.
    Unexplained,
    /// The diff says less: a fault.
    Below,
    /// A crate cannot be documented, or the tool has no verdict.
    NotJudged,
}

impl Pair {
    /// Compares what a diff says with what the tool says.
    pub(super) fn of(subject: Subject, diff: &Diff, judged: Result<Judged, String>, table: &Explanations) -> Self {
        let ours = class_of(diff);
        let (verdict, lost, failure) = match judged {
            Ok(judged) => (Some(judged.verdict), judged.lost, None),
            Err(failure) => (None, Vec::new(), Some(failure)),
        };
        let theirs = verdict.as_ref().map(|verdict| verdict.class);
        let more = |change: &&Change| theirs.is_some_and(|theirs| class(change) > theirs);
        let changes: Vec<Breaking> = diff
            .changes
            .iter()
            .filter(more)
            .map(|change| Breaking::of(change, table))
            .collect();
        let outcome = match theirs {
            None => Outcome::NotJudged,
            Some(theirs) if ours < theirs => Outcome::Below,
            Some(theirs) if ours == theirs => Outcome::Agree,
            Some(_) => explained(&changes, &lost),
        };
        Self {
            subject,
            ours,
            changes,
            verdict,
            lost,
            outcome,
            failure,
        }
    }

    /// Returns whether the pair fails the run.
    pub(super) fn is_fault(&self) -> bool {
        matches!(self.outcome, Outcome::Below | Outcome::Unexplained | Outcome::NotJudged)
    }

    /// Returns the outcome in a few words.
    pub(super) fn summary(&self) -> String {
        match self.outcome {
            Outcome::Agree => format!("{:?}", self.ours).to_lowercase(),
            other => format!("{other:?}").to_lowercase(),
        }
    }

    /// Returns all of a pair that is at fault.
    fn details(&self) -> String {
        let Subject {
            document,
            mutation,
            place,
            is_forth,
            ..
        } = &self.subject;
        let direction = if *is_forth { "forth" } else { "back" };
        let mut text = format!(
            "{:?}: {document}, {mutation} at {place}, {direction}: {:?}\n",
            self.outcome, self.ours
        );
        for change in &self.changes {
            let explained = change.reason.as_deref().unwrap_or("not explained");
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {}, {explained}: {}", change.kind, change.text());
            let _ = writeln!(
                text,
                "    {} → {}",
                change.before,
                change.after.as_deref().unwrap_or("nothing")
            );
        }
        for signature in &self.lost {
            let _ = writeln!(text, "  lost: {signature}");
        }
        for lint in self.verdict.iter().flat_map(|verdict| &verdict.lints) {
            let _ = writeln!(text, "  {}: {}", lint.name, lint.found.join("; "));
        }
        if let Some(failure) = &self.failure {
            let _ = writeln!(text, "  {failure}");
        }
        text
    }
}

impl Breaking {
    fn of(change: &Change, table: &Explanations) -> Self {
        let (before, after) = match &change.rust {
            RustClass::Breaks { before, after } => (before.clone(), after.clone()),
            _ => (String::new(), None),
        };
        let mut breaking = Self {
            kind: change.kind.code(),
            subject: change.subject.document.clone(),
            message: change.message.clone(),
            before,
            after,
            reason: None,
            has_signature: false,
        };
        if let Some(row) = table.of(&breaking) {
            let (reason, has_signature) = (row.reason.clone(), row.has_signature);
            breaking.reason = Some(reason);
            // A deprecation leaves all signatures.
            breaking.has_signature = has_signature && matches!(change.rust, RustClass::Breaks { .. });
        }
        breaking
    }

    /// Returns the sentence about the change.
    pub(super) fn text(&self) -> String {
        format!("{} {}", self.subject, self.message)
    }
}

/// Returns whether every change that the tool does not see has a reason.
fn explained(changes: &[Breaking], lost: &[String]) -> Outcome {
    let has_reasons = changes.iter().all(|change| change.reason.is_some());
    let has_signature = changes.iter().any(|change| change.has_signature);
    match (has_reasons, has_signature, lost.is_empty()) {
        (true, true, false) => Outcome::Confirmed,
        (true, false, _) => Outcome::Explained,
        _ => Outcome::Unexplained,
    }
}

/// Returns what a diff asks of callers.
pub(super) fn class_of(diff: &Diff) -> Class {
    diff.changes.iter().map(class).max().unwrap_or(Class::Compiles)
}

fn class(change: &Change) -> Class {
    match change.rust {
        RustClass::Breaks { .. } => Class::Breaks,
        RustClass::CompilesWithDeprecation => Class::Deprecates,
        _ => Class::Compiles,
    }
}

/// How many pairs there are of each outcome.
#[derive(Default)]
struct Counts(BTreeMap<Outcome, usize>);

impl Counts {
    fn add(&mut self, pair: &Pair) {
        *self.0.entry(pair.outcome).or_default() += 1;
    }

    fn row(&self) -> String {
        let of = |outcome| self.0.get(&outcome).copied().unwrap_or_default();
        let all: usize = self.0.values().sum();
        let outcomes = [
            Outcome::Agree,
            Outcome::Confirmed,
            Outcome::Explained,
            Outcome::Unexplained,
            Outcome::Below,
            Outcome::NotJudged,
        ];
        let cells = outcomes.map(|outcome| format!("{:>12}", of(outcome)));
        format!("{all:>7}{}", cells.concat())
    }
}

/// Returns the tables, and everything about the pairs at fault.
pub(super) fn report(pairs: &[Pair], missing: &[&str]) -> String {
    let mut text = String::new();
    for pair in pairs.iter().filter(|pair| pair.is_fault()) {
        text.push_str(&pair.details());
    }
    let by = |key: fn(&Pair) -> &'static str| {
        let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
        for pair in pairs {
            counts.entry(key(pair)).or_default().add(pair);
        }
        counts
    };
    let titles =
        ["agree", "confirmed", "explained", "unexplained", "below", "not judged"].map(|title| format!("{title:>12}"));
    let titles = format!("{:>7}{}", "pairs", titles.concat());
    for (title, counts) in [
        ("kind of change", by(|pair| pair.subject.kind)),
        ("document", by(|pair| pair.subject.document)),
        ("all", by(|_| "all")),
    ] {
        let _ = writeln!(text, "\n{title:<32}{titles}");
        for (key, counts) in counts {
            let _ = writeln!(text, "{key:<32}{}", counts.row());
        }
    }
    let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let is_explained = |pair: &&Pair| matches!(pair.outcome, Outcome::Confirmed | Outcome::Explained);
    for pair in pairs.iter().filter(is_explained) {
        for change in &pair.changes {
            let reason = change.reason.as_deref().unwrap_or_default();
            *reasons.entry((change.kind, reason)).or_default() += 1;
        }
    }
    if !reasons.is_empty() {
        text.push_str("\nexplained changes\n");
    }
    for ((kind, reason), count) in reasons {
        let _ = writeln!(text, "{count:>7}  {kind}: {reason}");
    }
    if !missing.is_empty() {
        let _ = writeln!(text, "\nmade in no document: {}", missing.join(", "));
    }
    text
}
