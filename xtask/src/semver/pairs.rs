//! Pairs of crates: that of a document, and that of the document with one change, in both directions.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use generator::unstable::{Stages, diff};
use generator::{ChangeKind, Diff, Input, NamesText, Options, Severity};
use serde_json::Value;
use tests::mutations::Mutation;
use tests::random::Random;

use super::crates::{Crate, Place};
use super::documents::Document;
use super::explanations::Explanations;
use super::judge::judge;
use super::report::{Pair, Subject, class_of};

/// How many places are tried for a mutation.
const TRIES: usize = 12;

/// A document without a change, and its crate.
pub(super) struct Baseline<'place> {
    place: &'place Place,
    table: &'place Explanations,
    krate: Crate<'place>,
    document: &'static str,
    tree: Value,
    stages: Stages,
}

/// A change, and what a diff says of it.
struct Changed {
    at: String,
    stages: Stages,
    diff: Diff,
}

impl<'place> Baseline<'place> {
    /// Makes the crate of a document.
    pub(super) fn of(
        place: &'place Place,
        table: &'place Explanations,
        document: &Document,
        tree: &Value,
    ) -> Result<Self> {
        let krate = place.krate(document.name)?;
        let stages = stages(&krate, tree, String::new());
        let output = stages.run.output.as_ref();
        let output = output.with_context(|| {
            let error = stages
                .run
                .diagnostics
                .iter()
                .find(|each| each.severity == Severity::Error);
            let message = error.map_or("", |error| &error.message);
            format!("the part of {} has an error: {message}", document.name)
        })?;
        krate.document(&output.files, "baseline")?;
        Ok(Self {
            place,
            table,
            krate,
            document: document.name,
            tree: tree.clone(),
            stages,
        })
    }

    /// Makes a mutation, and judges the pairs of both directions; `None` if it can be made nowhere.
    pub(super) fn pairs(&self, mutation: &Mutation, random: &mut Random) -> Result<Option<[Pair; 2]>> {
        let Some(changed) = self.changed(mutation, random) else {
            return Ok(None);
        };
        let subject = |kind: ChangeKind, is_forth| Subject {
            document: self.document,
            mutation: mutation.name,
            place: changed.at.clone(),
            kind: kind.code(),
            is_forth,
        };
        let (baseline, mutated) = (self.krate.rustdoc("baseline"), self.krate.rustdoc("mutated"));
        let made = self.make(&changed.stages, "mutated");
        let judge = |old: &PathBuf, new: &PathBuf, diff: &Diff| judge(&self.place.tool, (old, new), class_of(diff));
        let result = made.as_ref().map_err(|error| format!("{error:#}"));
        let forth = result.and_then(|()| judge(&baseline, &mutated, &changed.diff));
        let forth = Pair::of(subject(mutation.forth, true), &changed.diff, forth, self.table);
        // Back again, the names are those that are locked for the document with the change.
        let back = stages(&self.krate, &self.tree, lock(&changed.stages));
        let found = diff(&changed.stages, &back).context("the document without the change has errors")?;
        let is_same = back.run.output.as_ref().map(|output| &output.files)
            == self.stages.run.output.as_ref().map(|output| &output.files);
        let result = made.map_err(|error| format!("{error:#}")).and_then(|()| {
            if is_same {
                return judge(&mutated, &baseline, &found);
            }
            self.make(&back, "back").map_err(|error| format!("{error:#}"))?;
            judge(&mutated, &self.krate.rustdoc("back"), &found)
        });
        let back = Pair::of(subject(mutation.back, false), &found, result, self.table);
        Ok(Some([forth, back]))
    }

    /// Makes the mutation where it gives a crate, and a change that it is meant to give if there is such a place.
    fn changed(&self, mutation: &Mutation, random: &mut Random) -> Option<Changed> {
        let lock = lock(&self.stages);
        let mut other = None;
        for mutant in mutation.mutants(&self.tree, random).take(TRIES) {
            let stages = stages(&self.krate, &mutant.document, lock.clone());
            let Some(diff) = diff(&self.stages, &stages) else {
                continue;
            };
            let is_meant = diff.changes.iter().any(|change| change.kind == mutation.forth);
            let is_change = !diff.changes.is_empty();
            let changed = Changed {
                at: mutant.place,
                stages,
                diff,
            };
            if is_meant {
                return Some(changed);
            }
            if is_change && other.is_none() {
                other = Some(changed);
            }
        }
        other
    }

    fn make(&self, stages: &Stages, version: &str) -> Result<()> {
        let output = stages.run.output.as_ref().context("there is no output")?;
        self.krate.document(&output.files, version)
    }
}

/// Runs the generator with the names that are locked.
fn stages(krate: &Crate<'_>, tree: &Value, lock: String) -> Stages {
    let mut options = Options::new(krate.name());
    options.names = Some(NamesText {
        name: "names.lock".to_owned(),
        text: lock,
    });
    let input = Input {
        name: "openapi.json",
        text: &tree.to_string(),
        overlays: &[],
    };
    Stages::with(&input, &options, None)
}

/// Returns the names of a run, locked.
fn lock(stages: &Stages) -> String {
    stages.run.names.as_ref().map(ToString::to_string).unwrap_or_default()
}
