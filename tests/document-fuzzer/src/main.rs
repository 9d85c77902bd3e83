//! The fuzzer as a program: `cargo xtask fuzz-documents`.
//!
//! It runs itself in children: `worker SEED RUN` checks the runs from a number on, `one FOLDER` checks the input in a
//! folder.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks to its user")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use document_fuzzer::check::check;
use document_fuzzer::corpus::Corpus;
use document_fuzzer::input::Input;
use document_fuzzer::run::{self, BATCH};
use document_fuzzer::supervise::{FAULT, PATIENCE};
use lexopt::{Arg, ValueExt as _};

/// The stack of the thread that runs the generator: a quarter of what a main thread has, since frames without
/// optimisations are larger.
const STACK: usize = 2 * 1024 * 1024;

fn main() -> ExitCode {
    let outcome = arguments().and_then(|(documents, arguments)| match arguments {
        Arguments::Run { seconds, seed, folder } => fuzz(documents.as_deref(), seconds, seed, &folder),
        Arguments::Reproduce { seed, run, folder } => reproduce(documents.as_deref(), seed, run, &folder),
        Arguments::Worker { seed, first } => on_a_small_stack(move || worker(documents.as_deref(), seed, first)),
        Arguments::One { folder } => on_a_small_stack(move || one(&folder)),
    });
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}

enum Arguments {
    Run { seconds: u64, seed: u64, folder: PathBuf },
    Reproduce { seed: u64, run: u64, folder: PathBuf },
    Worker { seed: u64, first: u64 },
    One { folder: PathBuf },
}

/// Returns the folder of the documents that are mutated, if they are not those of this repository, and what is asked for.
fn arguments() -> Result<(Option<PathBuf>, Arguments)> {
    let mut parser = lexopt::Parser::from_env();
    let (mut seconds, mut seed, mut run, mut folder, mut values) = (600, 1, None, None, Vec::new());
    let mut documents = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("seconds") => seconds = parser.value()?.parse()?,
            Arg::Long("seed") => seed = parser.value()?.parse()?,
            Arg::Long("run") => run = Some(parser.value()?.parse()?),
            Arg::Long("folder") => folder = Some(PathBuf::from(parser.value()?)),
            Arg::Long("documents") => documents = Some(PathBuf::from(parser.value()?)),
            Arg::Value(value) => values.push(value.string()?),
            other => bail!(other.unexpected()),
        }
    }
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let folder = || folder.context("--folder is missing");
    let arguments: Result<Arguments> = match (values[..].split_first(), run) {
        (None, None) => Ok(Arguments::Run {
            seconds,
            seed,
            folder: folder()?,
        }),
        (None, Some(run)) => Ok(Arguments::Reproduce {
            seed,
            run,
            folder: folder()?,
        }),
        (Some((&"worker", [seed, first])), _) => Ok(Arguments::Worker {
            seed: seed.parse()?,
            first: first.parse()?,
        }),
        (Some((&"one", [folder])), _) => Ok(Arguments::One { folder: folder.into() }),
        _ => bail!("a child is asked for what it does not know"),
    };
    Ok((documents, arguments?))
}

fn fuzz(documents: Option<&Path>, seconds: u64, seed: u64, folder: &Path) -> Result<ExitCode> {
    println!("seed {seed}, {seconds} s");
    let report = run::run(documents, seed, Duration::from_secs(seconds), folder, &mut |line| {
        println!("{line}");
    })?;
    println!(
        "seed {seed}: {} runs, {} of them gave a crate",
        report.runs, report.crates
    );
    for (class, (count, kept)) in &report.faults {
        println!("{count} x {class}");
        for place in kept {
            println!("    {}", place.display());
        }
    }
    if report.faults.is_empty() {
        println!("no fault was found");
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::FAILURE)
    }
}

/// Writes the input of a run to a folder, and checks it.
fn reproduce(documents: Option<&Path>, seed: u64, run: u64, folder: &Path) -> Result<ExitCode> {
    let input = Corpus::of_folder(documents)?.input(seed, run);
    let place = folder.join(format!("run-{seed}-{run}"));
    println!("{}", place.display());
    if let Some(found) = run::check_in_child(&input, &place, PATIENCE)? {
        println!("{}\n{}", found.class, found.detail);
        return Ok(ExitCode::FAILURE);
    }
    println!("no fault was found");
    Ok(ExitCode::SUCCESS)
}

/// Checks the runs from `first` on, and says of each that it begins and what it gave.
fn worker(documents: Option<&Path>, seed: u64, first: u64) -> Result<ExitCode> {
    let corpus = Corpus::of_folder(documents)?;
    let mut output = std::io::stdout().lock();
    for run in first..first + BATCH {
        writeln!(output, "run {run}")?;
        match check(&corpus.input(seed, run)) {
            Ok(operations) => writeln!(
                output,
                "done {}",
                if operations.is_some() { "crate" } else { "refused" }
            )?,
            Err(_) => return Ok(ExitCode::from(FAULT)),
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Checks the input in a folder.
fn one(folder: &Path) -> Result<ExitCode> {
    match check(&Input::read(folder)?) {
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(fault) => {
            println!("fault {}", fault.replace('\n', " "));
            Ok(ExitCode::from(FAULT))
        }
    }
}

fn on_a_small_stack(work: impl FnOnce() -> Result<ExitCode> + Send + 'static) -> Result<ExitCode> {
    let thread = thread::Builder::new().stack_size(STACK).spawn(work)?;
    // The message of a panic stands on the standard error already.
    thread.join().map_err(|_| anyhow!("the generator panicked"))?
}
