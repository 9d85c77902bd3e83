//! `cargo xtask combinations`: small documents of every combination of what emission branches on, and whether their crates
//! compile without a warning.
//!
//! All that it makes lies in `target/combinations`.

use std::collections::BTreeSet;

use anyhow::{Context as _, anyhow};
use generator::unstable::counted;
use tests::combinations::{Layout, Tree, missing, rows, words};

use crate::{Failure, tree};

/// What the command was asked for.
#[derive(Debug)]
pub(crate) struct Combinations {
    /// How many, where every pair does not take more.
    pub(crate) count: usize,
    /// Others.
    pub(crate) seed: u64,
}

impl Default for Combinations {
    fn default() -> Self {
        Self { count: 2000, seed: 1 }
    }
}

/// Runs the command.
pub(crate) fn run(options: &Combinations) -> Result<(), Failure> {
    let rows = rows(options.count, options.seed);
    let left = missing(&rows);
    if let Some(pair) = left.first() {
        return Err(Failure::from(anyhow!(
            "{} pairs are missing, such as {pair}",
            left.len()
        )));
    }
    let folder = tree::target()?.join("combinations");
    let crates = Tree::write(&folder.join("crates"), &rows, Layout::Apart).context("the crates cannot be written")?;
    print_line!(
        "{} in {}",
        counted(rows.len(), "combination"),
        counted(crates.len(), "crate")
    );
    let faults = crates.check(&folder.join("build"));
    for fault in &faults {
        let place = fault
            .combination
            .map(|number| format!("c{number:05} {}\n", words(&rows[number])));
        print_line!("== {}{}", place.unwrap_or_default(), fault.message);
    }
    let concerned: BTreeSet<_> = faults.iter().map(|fault| fault.combination).collect();
    print_line!(
        "{}, in {} of {}",
        counted(faults.len(), "fault"),
        counted(concerned.len(), "combination"),
        rows.len()
    );
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Failure::Fault(None))
    }
}
