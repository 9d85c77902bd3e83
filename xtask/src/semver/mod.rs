//! `cargo xtask semver`: what a diff says of pairs of documents, beside what cargo-semver-checks says of their crates.
//!
//! What its lints do not look at, the types of fields and of parameters above all, is confirmed by the signatures that
//! cargo-public-api reads.
//!
//! Each pair is a part of a real document, and the same with one change (`tests::mutations`). The new crate has the names
//! that are locked for the old one, as after a bump. All that is made lies in `target/semver`.

mod crates;
mod documents;
mod explanations;
mod judge;
mod pairs;
mod report;
mod signatures;
mod verdict;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use generator::unstable::counted;
use tests::mutations::{MUTATIONS, Mutation};
use tests::random::{Random, shuffle_list};

use self::crates::Place;
use self::documents::Document;
use self::explanations::Explanations;
use self::pairs::Baseline;
use self::report::Pair;
use self::verdict::Verdict;
use crate::{Failure, peers};

/// What the tools found.
#[derive(Debug)]
struct Judged {
    verdict: Verdict,
    /// The signatures that are gone or differ, if the diff says more than the verdict.
    lost: Vec<String>,
}

/// What the command was asked for.
#[derive(Debug)]
pub(crate) struct Semver {
    /// The folder with the documents.
    pub(crate) folder: PathBuf,
    /// The names of documents; all of them if empty.
    pub(crate) only: Vec<String>,
    /// How many pairs at least, in all documents.
    pub(crate) pairs: usize,
    /// What chance goes by.
    pub(crate) seed: u64,
    /// The file that the outcome goes to.
    pub(crate) json: Option<PathBuf>,
}

impl Default for Semver {
    fn default() -> Self {
        Self {
            folder: PathBuf::new(),
            only: Vec::new(),
            pairs: 400,
            seed: 1,
            json: None,
        }
    }
}

/// Runs the command.
pub(crate) fn run(options: &Semver) -> Result<(), Failure> {
    let mut run = Run {
        table: Explanations::read()?,
        place: Place::prepare(peers::CARGO_SEMVER_CHECKS.install()?)?,
        // The generator of numbers cannot start from 0.
        random: Random(options.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
        made: BTreeMap::new(),
        pairs: Vec::new(),
    };
    let documents = documents::all(&options.folder, &options.only)?;
    let mutants = options.pairs.div_ceil(2 * documents.len());
    for (index, document) in documents.iter().enumerate() {
        let position = format!("[{}/{}] {}", index + 1, documents.len(), document.name);
        run.compare(document, mutants, &position)?;
        // Anew for each document, so that a run that is ended has left what it found.
        if let Some(path) = &options.json {
            write(path, &run.pairs)?;
        }
    }
    let missing = MUTATIONS.iter().filter(|each| !run.made.contains_key(each.name));
    let missing: Vec<&str> = missing.map(|each| each.name).collect();
    print_line!("{}", report::report(&run.pairs, &missing).trim_end());
    if run.pairs.iter().any(Pair::is_fault) {
        return Err(Failure::Fault(None));
    }
    Ok(())
}

/// A run, and what it found so far.
struct Run {
    place: Place,
    table: Explanations,
    random: Random,
    /// How often each mutation was made.
    made: BTreeMap<&'static str, usize>,
    pairs: Vec<Pair>,
}

impl Run {
    /// Makes pairs of one document: first of the mutations that were made least often.
    fn compare(&mut self, document: &Document, mutants: usize, position: &str) -> Result<()> {
        let sample = document.sample(&mut self.random);
        error_line!("{position}: the crate without a change");
        let baseline = Baseline::of(&self.place, &self.table, document, &sample)?;
        let mut order: Vec<&'static Mutation> = MUTATIONS.iter().collect();
        shuffle_list(&mut order, &mut self.random);
        order.sort_by_key(|mutation| self.made.get(mutation.name).copied().unwrap_or_default());
        let mut count = 0;
        for mutation in order {
            if count == mutants {
                break;
            }
            let Some(both) = baseline.pairs(mutation, &mut self.random)? else {
                continue;
            };
            count += 1;
            *self.made.entry(mutation.name).or_default() += 1;
            let words: Vec<String> = both.iter().map(Pair::summary).collect();
            error_line!("{position}, {count}/{mutants}: {}: {}", mutation.name, words.join("; "));
            self.pairs.extend(both);
        }
        if count < mutants {
            error_line!("{position}: {} can be made, not {mutants}", counted(count, "mutation"));
        }
        Ok(())
    }
}

fn write(path: &Path, pairs: &[Pair]) -> Result<()> {
    let text = serde_json::to_string_pretty(pairs).context("the outcome cannot be written as JSON")?;
    apicrate::unstable::replace(path, &(text + "\n"))
}
