//! Decodes and encodes the examples of documents. `cargo xtask examples DIR` runs it.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks to its user")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use document_examples::{Examined, Explanations, examine, is_good, report};
use generator::Input;
use lexopt::{Arg, ValueExt as _};

/// What the command was asked for.
struct Arguments {
    /// The documents.
    documents: Vec<PathBuf>,
    /// The folder of what is made.
    place: PathBuf,
    /// A file for the outcome.
    json: Option<PathBuf>,
}

fn main() -> ExitCode {
    match arguments().and_then(|arguments| run(&arguments)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Result<Arguments> {
    let mut parser = lexopt::Parser::from_env();
    let (mut documents, mut place, mut json) = (Vec::new(), None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("folder") => place = Some(PathBuf::from(parser.value()?)),
            Arg::Long("json") => json = Some(PathBuf::from(parser.value()?)),
            Arg::Value(value) => documents.push(PathBuf::from(value.string()?)),
            other => bail!(other.unexpected()),
        }
    }
    Ok(Arguments {
        documents,
        place: place.context("--folder is missing")?,
        json,
    })
}

/// Examines the documents, the small ones first, and returns whether the outcome is good.
fn run(arguments: &Arguments) -> Result<bool> {
    let explanations = Explanations::read()?;
    let mut documents = Vec::new();
    for path in &arguments.documents {
        let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        documents.push((path, text));
    }
    documents.sort_by_key(|(_, text)| text.len());
    // What the oracle cannot use is reported with its schema.
    std::panic::set_hook(Box::new(|_| {}));
    let mut all: Vec<Examined> = Vec::new();
    let mut failed = false;
    for (index, (path, text)) in documents.iter().enumerate() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let position = format!("[{}/{}] {name}", index + 1, documents.len());
        eprintln!("{position}: {} bytes", text.len());
        let input = Input {
            name: &path.to_string_lossy(),
            text,
            overlays: &[],
        };
        match examine(&name, &input, &arguments.place, &explanations) {
            Ok(examined) => {
                eprintln!("{position}: {}", examined.summary());
                all.push(examined);
            }
            Err(error) => {
                eprintln!("{position}: {error:#}");
                failed = true;
            }
        }
        // Anew for each document, so that a run that is ended has left what it found.
        if let Some(file) = &arguments.json {
            write(file, &all)?;
        }
    }
    println!("{}", report(&all, &explanations).trim_end());
    Ok(!failed && is_good(&all, &explanations))
}

fn write(file: &Path, all: &[Examined]) -> Result<()> {
    let text = serde_json::to_string_pretty(all).context("the outcome is no JSON")?;
    fs::write(file, text + "\n").with_context(|| format!("{} cannot be written", file.display()))
}
