//! `cargo xtask codegen`: from a document to a crate on disk.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use generator::unstable::{Stages, TITLE, Unreported, counted, human};
use generator::{Input, Ledger, Output, OverlayText, Run, Severity};

use crate::Failure;
use crate::config::Plan;
use crate::options::{Codegen, Stage};
use crate::tree::{self, Difference};

/// Runs the command.
pub(crate) fn run(options: &Codegen) -> Result<(), Failure> {
    let started = Instant::now();
    let plan = Plan::read(options)?;
    let document = read(&plan.document)?;
    let overlays = plan.overlays.iter().map(|path| overlay(path));
    let overlays = overlays.collect::<Result<Vec<_>>>()?;
    let input = Input {
        name: &shown(&plan.document),
        text: &document,
        overlays: &overlays,
    };
    let stages = Stages::of(&input, &plan.options);
    let run = &stages.run;
    report(run, options);
    if let Some(stage) = options.dump {
        dump(stage, &stages);
        return if run.diagnostics.has_errors() {
            Err(Failure::Fault(None))
        } else {
            Ok(())
        };
    }
    for (overlay, changes) in overlays.iter().zip(&run.changes) {
        say(options, &format!("{}: {changes}", overlay.name));
    }
    let (Some(output), Some(out)) = (&run.output, &plan.out) else {
        let errors = run
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .count();
        say(options, &format!("{}; nothing was written", counted(errors, "error")));
        return Err(Failure::Fault(None));
    };
    let difference = settle(output, out, plan.ledger.as_deref(), options)?;
    let ledger = match &plan.ledger {
        Some(path) => shown(path),
        None => "the ledger, which the configuration names no file for".to_owned(),
    };
    say(
        options,
        &format!(
            "{}, {}; {} written, {} kept, {} removed; {:.2} s",
            counted(output.operations, "operation"),
            counted(output.types, "type"),
            counted(if options.check { 0 } else { difference.changed.len() }, "file"),
            difference.kept,
            if options.check { 0 } else { difference.stale.len() },
            started.elapsed().as_secs_f64(),
        ),
    );
    summarise(&output.ledger, &ledger, options);
    if options.check && !difference.is_empty() {
        return Err(Failure::Fault(None));
    }
    Ok(())
}

fn overlay(path: &Path) -> Result<OverlayText> {
    Ok(OverlayText {
        name: shown(path),
        text: read(path)?,
    })
}

/// Prints how many keys of the document are used, and why the others are not, unless a diagnostic has said so.
fn summarise(ledger: &Ledger, file: &str, options: &Codegen) {
    const MOST: usize = 10;
    let totals: Vec<String> = ledger
        .totals()
        .iter()
        .map(|(outcome, count)| format!("{count} {outcome}"))
        .collect();
    say(options, &format!("ledger: {}; in {file}", totals.join(", ")));
    let unreported = ledger.unreported();
    if unreported.is_empty() {
        return;
    }
    say(options, "skipped or partly supported, without a diagnostic:");
    let (shown, others) = unreported.split_at(unreported.len().min(MOST));
    for Unreported { reason, count, first } in shown {
        let reason = reason.replace(char::is_control, " ");
        let first = first.to_string().replace(char::is_control, " ");
        say(options, &format!("  {count} × {reason} ({first})"));
    }
    if !others.is_empty() {
        let count: usize = others.iter().map(|row| row.count).sum();
        say(options, &format!("  … and {count} more in {file}"));
    }
}

/// Brings the folder in line with the output, or says where it is not.
fn settle(output: &Output, out: &Path, ledger: Option<&Path>, options: &Codegen) -> Result<Difference> {
    let mut difference = tree::compare(out, &output.files)?;
    if let Some(path) = ledger {
        check_ledger(path)?;
    }
    let tsv = output.ledger.to_tsv();
    let is_ledger_stale = ledger.is_some_and(|path| fs::read_to_string(path).ok().as_deref() != Some(&tsv));
    if options.check {
        for path in difference.changed.iter().chain(&difference.stale) {
            error_line!("{} is not what the document gives", shown(&out.join(path)));
        }
        if let Some(path) = ledger.filter(|_| is_ledger_stale) {
            error_line!("{} is not what the document gives", shown(path));
            difference.changed.push(shown(path));
        }
        if !difference.is_empty() {
            error_line!("run `cargo xtask codegen` to mend it");
        }
        return Ok(difference);
    }
    tree::write(out, &output.files, &difference)?;
    if let Some(path) = ledger.filter(|_| is_ledger_stale) {
        tree::replace(path, &tsv)?;
    }
    Ok(difference)
}

/// Refuses to write over a file that is no ledger.
fn check_ledger(path: &Path) -> Result<()> {
    let Ok(text) = fs::read_to_string(path) else {
        return Ok(());
    };
    // Earlier versions called the third column `verdict`.
    let is_title = |line: &str| line == TITLE || line == "pointer\tkeyword\tverdict\treason";
    // A file that is empty, or breaks off within the title, is what is left of a run that was cut off.
    if text.lines().next().is_some_and(is_title) || TITLE.starts_with(&text) {
        return Ok(());
    }
    bail!(
        "{} is in the way: it is no ledger; move it, or name another file",
        shown(path)
    )
}

/// Shows the diagnostics; of the warnings the first with each code, and the number of the others, unless all are asked
/// for.
fn report(run: &Run, options: &Codegen) {
    if options.json {
        for diagnostic in run.diagnostics.iter() {
            print_line!("{}", diagnostic.render_json(&run.sources));
        }
        return;
    }
    let mut codes = BTreeSet::new();
    let mut hidden = 0;
    for (diagnostic, count) in run.diagnostics.distinct() {
        if diagnostic.severity == Severity::Warning && !codes.insert(diagnostic.code) && !options.warnings {
            hidden += count;
        } else {
            // The text ends a line, and an empty one follows.
            error_line!("{}", human::render_first(diagnostic, count, &run.sources));
        }
    }
    if hidden > 0 {
        error_line!(
            "{} with a code that is shown above; --warnings shows {}",
            counted(hidden, "more warning"),
            if hidden == 1 { "it" } else { "them" }
        );
    }
}

/// Tells the user something that is no diagnostic; JSON output holds nothing else.
fn say(options: &Codegen, words: &str) {
    if options.json {
        error_line!("{words}");
    } else {
        print_line!("{words}");
    }
}

fn dump(stage: Stage, stages: &Stages) {
    match stage {
        Stage::Document => print_node(stages.document.as_ref()),
        Stage::OpenApi => print_node(stages.normalised.as_ref()),
        Stage::Model => {
            if let Some(api) = &stages.api {
                print_line!("{api:#?}");
            }
        }
    }
}

fn print_node(node: Option<&generator::unstable::Node>) {
    if let Some(node) = node {
        print_line!("{:#}", node.to_json());
    }
}

fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", path.display()))
}

/// Returns the path as a user would write it: from the working directory, where it lies below.
fn shown(path: &Path) -> String {
    let absolute = std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| tree::normal(&path));
    let here = std::env::current_dir().unwrap_or_default();
    absolute.strip_prefix(&here).unwrap_or(&absolute).display().to_string()
}
