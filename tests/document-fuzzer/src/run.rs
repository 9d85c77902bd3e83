//! The run as a whole: batches in children, and what they found.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::corpus::Corpus;
use crate::input::Input;
use crate::minimise;
use crate::supervise::{self, Finding, PATIENCE};

/// How many runs a child does before another takes its place, so that its memory starts anew.
pub const BATCH: u64 = 5000;

/// How many inputs are kept of one class of faults.
const KEPT: usize = 3;

/// What a run came to.
#[derive(Debug, Default)]
pub struct Report {
    /// How many inputs were checked.
    pub runs: u64,
    /// How many of them gave a crate.
    pub crates: u64,
    /// The faults by class: how many there were, and the folders of those that were kept.
    pub faults: BTreeMap<String, (usize, Vec<PathBuf>)>,
}

/// Checks inputs for as long as it is asked to, which are made of the documents of a folder, or of those of this repository;
/// `tell` is given each fault that is kept.
///
/// # Errors
///
/// When a child cannot be run, or a folder cannot be written.
pub fn run(
    documents: Option<&Path>,
    seed: u64,
    time: Duration,
    folder: &Path,
    tell: &mut dyn FnMut(&str),
) -> Result<Report> {
    let corpus = Corpus::of_folder(documents)?;
    let seeds = folder.join("seeds");
    if documents.is_some() {
        fresh(&seeds)?;
        corpus.write(&seeds)?;
    }
    let until = Instant::now() + time;
    let mut report = Report::default();
    let mut next = 0;
    while Instant::now() < until {
        let mut command = supervise::child(&["worker", &seed.to_string(), &next.to_string()])?;
        if documents.is_some() {
            command.arg("--documents").arg(&seeds);
        }
        let batch = supervise::watch(command, until)?;
        report.runs += batch.done;
        report.crates += batch.crates;
        let last = batch.last.context("a child did not begin")?;
        next = last + 1;
        if batch.is_cut {
            report.runs += 1;
            let is_found = take(&corpus.input(seed, last), seed, last, folder, &mut report, tell)?;
            // An input that is slow by the clock alone had to wait for other programs.
            if !is_found && !batch.is_silent {
                let errors: String = batch.errors.chars().take(300).collect();
                tell(&format!(
                    "run {last} of seed {seed} ended a child, but not alone: {errors}"
                ));
                report.faults.entry("not alone".to_owned()).or_default().0 += 1;
            }
        }
    }
    Ok(report)
}

/// Checks one input again, alone, and keeps it if its class is new; returns whether there is a fault.
fn take(
    input: &Input,
    seed: u64,
    run: u64,
    folder: &Path,
    report: &mut Report,
    tell: &mut dyn FnMut(&str),
) -> Result<bool> {
    let scratch = folder.join("scratch");
    let Some(found) = check_in_child(input, &scratch, PATIENCE)? else {
        return Ok(false);
    };
    let (count, kept) = report.faults.entry(found.class.clone()).or_default();
    *count += 1;
    if kept.len() >= KEPT {
        return Ok(true);
    }
    let class = found.class.clone();
    // What takes too long is made smaller with less patience, or nothing would come of it.
    let patience = Duration::from_secs(if class == "hang" { 1 } else { PATIENCE.as_secs() });
    let small = minimise::minimise(input, &mut |candidate| {
        Ok(check_in_child(candidate, &scratch, patience)?.is_some_and(|found| found.class == class))
    })?;
    let place = folder.join(format!("{}-{seed}-{run}", slug(&class)));
    fresh(&place)?;
    small.write(&place)?;
    let detail = check_in_child(&small, &scratch, PATIENCE)?.map_or(found.detail, |found| found.detail);
    fs::write(
        place.join("fault.txt"),
        format!("{class}\n\n{detail}\nseed {seed}, run {run}\n"),
    )?;
    tell(&format!("{class} (seed {seed}, run {run}): {}", place.display()));
    kept.push(place);
    Ok(true)
}

/// Checks an input in a child.
///
/// # Errors
///
/// When the child cannot be run.
pub fn check_in_child(input: &Input, scratch: &Path, patience: Duration) -> Result<Option<Finding>> {
    fresh(scratch)?;
    input.write(scratch)?;
    supervise::find_fault(supervise::child(&["one", &scratch.to_string_lossy()])?, patience)
}

/// Makes an empty folder.
fn fresh(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

/// Returns the name of a class as a part of the name of a folder.
fn slug(class: &str) -> String {
    let words = class
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    slug.chars()
        .rev()
        .take(60)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect()
}
