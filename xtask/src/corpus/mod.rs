//! `cargo xtask corpus`: what the crates of real documents come to, beside those of other generators.
//!
//! For each document: what the generation takes, what is emitted, whether it compiles, and what its check takes. All that
//! is made lies in `target/corpus`: `crates` has what was emitted, `logs` what the programs said.

mod check;
mod count;
mod counts;
mod documents;
mod operations;
mod place;
mod process;
mod report;
mod tokens;
mod tools;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use self::documents::Document;
use self::place::Place;
use self::process::Program;
use self::report::{Outcome, Row};
use self::tools::Tool;
use crate::Failure;

/// What the command was asked for.
#[derive(Debug)]
pub(crate) struct Corpus {
    /// The folder with the documents.
    pub(crate) folder: PathBuf,
    /// The names of documents; all of them if empty.
    pub(crate) only: Vec<String>,
    /// Whether other generators are measured too.
    pub(crate) peers: bool,
    /// Whether the crates are checked by the compiler.
    pub(crate) check: bool,
    /// Whether ours skips what has a safe reading.
    pub(crate) lenient: bool,
    /// After how many seconds a generation or a check is ended.
    pub(crate) timeout: u64,
    /// The file that the figures go to.
    pub(crate) json: Option<PathBuf>,
    /// The file with the counts that are expected.
    pub(crate) counts: Option<PathBuf>,
    /// The file that the counts are written to; those of other documents stay in it.
    pub(crate) write_counts: Option<PathBuf>,
}

impl Default for Corpus {
    fn default() -> Self {
        Self {
            folder: PathBuf::new(),
            only: Vec::new(),
            peers: false,
            check: true,
            lenient: false,
            timeout: 1800,
            json: None,
            counts: None,
            write_counts: None,
        }
    }
}

/// Runs the command.
pub(crate) fn run(options: &Corpus) -> Result<(), Failure> {
    let documents = documents::find(&options.folder, &options.only)?;
    let place = Place::prepare(options.timeout)?;
    let tools = tools::all(&place, options);
    let mut rows = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        for tool in &tools {
            let position = format!("[{}/{}] {}, {}", index + 1, documents.len(), document.name, tool.name);
            let row = measure(&place, tool, document, &position, options.check);
            error_line!("{position}: {}", row.summary());
            rows.push(row);
            // Anew for each row, so that a run that is ended has left what it measured.
            if let Some(path) = &options.json {
                write(path, &rows)?;
            }
        }
    }
    print_line!("{}", report::table(&rows).trim_end());
    if options.peers {
        print_line!("\n{}", report::ratios(&rows).trim_end());
    }
    if let Some(path) = &options.write_counts {
        counts::write(path, &rows)?;
    }
    match &options.counts {
        Some(path) => counts::compare(path, &rows),
        None => Ok(()),
    }
}

/// Measures one generator with one document.
fn measure(place: &Place, tool: &Tool, document: &Document, position: &str, check: bool) -> Row {
    let mut row = Row::new(&document.name, tool.name, tool.version);
    row.operations = operations::count(&document.path).ok();
    if let Err(error) = fill(place, tool, document, position, check, &mut row) {
        row.end(Outcome::Failed, &format!("{error:#}"));
    }
    row
}

/// Fills the row as far as it comes; an error is one of this machine, such as a file that cannot be written.
fn fill(place: &Place, tool: &Tool, document: &Document, position: &str, check: bool, row: &mut Row) -> Result<()> {
    let job = place.job(tool.name, &document.name)?;
    error_line!("{position}: generating");
    let program = match &tool.program {
        Ok(program) => program,
        Err(reason) => {
            row.end(Outcome::Failed, reason);
            return Ok(());
        }
    };
    let generation = place.run(&Program {
        path: program,
        arguments: tool.arguments(&job, &document.path),
        log: job.logs.join("generate"),
        environment: Vec::new(),
    })?;
    row.generation = generation.usage();
    if !generation.succeeded() {
        let is_refusal = tool.refuses(&generation);
        let outcome = generation.outcome(if is_refusal { Outcome::Refused } else { Outcome::Failed });
        row.end(outcome, &generation.reason());
        return Ok(());
    }
    row.emitted_operations = operations::emitted(&generation.out).or_else(|| operations::emitted(&generation.err));
    tool.finish(&job)?;
    row.emitted = Some(count::count(&job.folder, tool)?);
    if !check {
        row.outcome = Outcome::Generated;
        return Ok(());
    }
    error_line!("{position}: checking");
    check::check(place, &job, row)
}

fn write(path: &Path, rows: &[Row]) -> Result<()> {
    let text = serde_json::to_string_pretty(rows).context("the figures cannot be written as JSON")?;
    apicrate::unstable::replace(path, &(text + "\n"))
}
