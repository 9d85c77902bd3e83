//! `cargo xtask bench`: the emitted types beside those of others, on the same documents, and the client beside calls by hand.

mod peers;
mod report;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use self::report::Weight;
use crate::options::Bench;
use crate::peers::output;
use crate::{Failure, tree};

/// How often everything is measured; a figure is the median of that many.
const RUNS: usize = 15;

/// The folder of the crate that measures, below the root.
const CRATE: &str = "tests/bench";

/// Runs the command.
pub(crate) fn run(options: &Bench) -> Result<(), Failure> {
    let place = Place::find()?;
    let document = peers::document(&place)?;
    for emitter in peers::ALL {
        if let Err(error) = emitter.make(&place, &document) {
            emitter.discard(&place)?;
            error_line!("{} is skipped: {error:#}", emitter.peer.name);
        }
    }
    let weights = weigh(&place)?;
    let filter = options.name.as_deref().unwrap_or_default();
    let mut times = BTreeMap::new();
    for run in 1..=RUNS {
        error_line!("run {run} of {RUNS}");
        measure(&place, filter, &mut times)?;
    }
    let rows = report::rows(&weights, &times);
    if rows.is_empty() {
        let fail = || bail!("nothing that is measured is called {filter:?}");
        return Ok(fail()?);
    }
    print_line!("{}", report::table(&rows).trim_end());
    for weight in weights.iter().filter(|weight| !weight.fault.is_empty()) {
        print_line!("{}, {}: {}", weight.group, weight.contender, weight.fault);
    }
    if let Some(path) = &options.json {
        let text = serde_json::to_string_pretty(&rows).context("the figures cannot be written as JSON")?;
        fs::write(path, text + "\n").with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

/// Where everything goes that is made for a run.
struct Place {
    folder: PathBuf,
}

impl Place {
    fn find() -> Result<Self> {
        let folder = tree::target()?.join("bench");
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Self { folder })
    }

    fn join(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Returns a call of cargo for the crate that measures.
    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command
            .args(arguments)
            .current_dir(tree::root().join(CRATE))
            .env("CARGO_TARGET_DIR", self.join("build"))
            .env("CRITERION_HOME", self.join("criterion"))
            .env("BENCH_PEERS", self.join("peers"));
        command
    }
}

/// Counts allocations, and learns who refuses a document or loses a part of it.
fn weigh(place: &Place) -> Result<Vec<Weight>> {
    error_line!("building what is measured");
    let lines = output(&mut place.cargo(&["run", "--quiet", "--release", "--locked"]))?;
    lines.lines().map(Weight::parse).collect()
}

/// The times of one contender with one document, in nanoseconds, one for each run.
type Times = BTreeMap<(String, String), Vec<f64>>;

/// Measures everything whose name has `filter` in it once more.
fn measure(place: &Place, filter: &str, times: &mut Times) -> Result<()> {
    let criterion = place.join("criterion");
    if criterion.exists() {
        fs::remove_dir_all(&criterion).with_context(|| format!("{} cannot be removed", criterion.display()))?;
    }
    output(&mut place.cargo(&["bench", "--quiet", "--locked", "--bench", "speed", "--", filter]))?;
    for group in folders(&criterion) {
        for contender in folders(&group) {
            let Ok(text) = fs::read_to_string(contender.join("new/estimates.json")) else {
                continue;
            };
            let estimates: Estimates = serde_json::from_str(&text).context("the estimates of criterion")?;
            let key = (name(&group), name(&contender));
            times.entry(key).or_default().push(estimates.median.point_estimate);
        }
    }
    Ok(())
}

/// What criterion writes, as far as it is read.
#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
