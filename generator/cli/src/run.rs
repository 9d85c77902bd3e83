//! A run, from the texts to the crates on disk.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use generator::unstable::{SarifLog, Stages, counted};
use generator::{DocumentReader, Input, NamesLock, NamesText, Options, Output, OverlayText, Strictness};

use crate::advice;
use crate::console::Console;
use crate::documents::Files;
use crate::error::Error;
use crate::paths::shown;
use crate::plan::{CratePlan, Plan};
use crate::report::{self, say};
use crate::request::{Document, Format, Request};
use crate::settle::{SideFile, Target};

/// What a run came to. Of a check, what a run would come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The files that are new, or differ from those of the last run.
    pub written: Vec<PathBuf>,
    /// The files that are no longer emitted.
    pub removed: Vec<PathBuf>,
    /// How many files are as they should be.
    pub unchanged: usize,
    /// The files that were read: the configuration, the documents with those that they refer to, and the overlays.
    pub inputs: Vec<PathBuf>,
}

/// A crate that was generated, and how long that took.
struct Generated<'plan> {
    plan: &'plan CratePlan,
    output: Output,
    /// The names lock with the names of the crate, if one is kept.
    names: Option<NamesLock>,
    /// The files that the document refers to.
    read: Vec<PathBuf>,
    seconds: f64,
}

/// Generates what is asked for. Nothing is written unless every document is without error and every folder is free.
pub fn run(request: &Request, console: &mut Console<'_>) -> Result<Report, Error> {
    let plan = Plan::read(request)?;
    if let Some(stage) = request.dump {
        return dump(&plan, stage, request, console);
    }
    let mut generated = generate(&plan, request, console)?;
    let referred = generated.iter().flat_map(|each| &each.read).map(PathBuf::as_path);
    let mut inputs: Vec<PathBuf> = Vec::new();
    for input in plan.inputs().chain(referred) {
        if !inputs.iter().any(|known| known == input) {
            inputs.push(input.to_owned());
        }
    }
    let targets = targets(&plan, &mut generated, &inputs)?;
    let mut report = Report {
        inputs,
        ..Report::default()
    };
    for target in &targets {
        target.add_to(&mut report);
        if request.check {
            target.name_differences(console);
        } else {
            target.write()?;
        }
    }
    for (generated, target) in generated.iter().zip(&targets) {
        summarise(generated, target, plan.crates.len(), request, console);
    }
    if let (Some(runtime), Some(target)) = (&plan.runtime, targets.last()) {
        let line = format!(
            "{}: the shared runtime; {}",
            shown(&runtime.out),
            counts(target, request)
        );
        say(request, console, &line);
    }
    if !request.check {
        advice::give(&plan, &targets, request, console)?;
    } else if !targets.iter().all(Target::is_settled) {
        let mend = format!("run `{}` to mend it", plan.command);
        console.err(&mend);
        return Err(Error::reported(format!(
            "the files are not what the document gives; {mend}"
        )));
    }
    Ok(report)
}

/// Runs the generator for every crate.
fn generate<'plan>(
    plan: &'plan Plan,
    request: &Request,
    console: &mut Console<'_>,
) -> Result<Vec<Generated<'plan>>, Error> {
    let (mut generated, mut errors, mut readable) = (Vec::new(), 0, 0);
    let mut log = SarifLog::default();
    for each in &plan.crates {
        let started = Instant::now();
        let overlays = overlays(each)?;
        let (stages, read) = stages(each, &overlays)?;
        report::diagnostics(&stages.run, request, console);
        if request.format == Format::Sarif {
            log.add(&stages.run.diagnostics, &stages.run.sources);
        }
        if let Some(file) = &request.write_overlay {
            write_overlay(file, &stages, request, console)?;
        }
        for (overlay, changes) in overlays.iter().zip(&stages.run.changes) {
            say(request, console, &format!("{}: {changes}", overlay.name));
        }
        errors += report::errors(&stages.run);
        if each.options.strictness == Strictness::Usual {
            readable += report::readable_errors(&stages.run);
        }
        if let Some(output) = stages.run.output {
            generated.push(Generated {
                plan: each,
                output,
                names: stages.run.names,
                read,
                seconds: started.elapsed().as_secs_f64(),
            });
        }
    }
    if request.format == Format::Sarif {
        console.out(log.render("apicrate", env!("CARGO_PKG_VERSION")));
    }
    if generated.len() < plan.crates.len() {
        let summary = format!("{}; nothing was written", counted(errors, "error"));
        say(request, console, &summary);
        for words in advice::ways_out(errors, readable, request.write_overlay.is_some()) {
            say(request, console, &words);
        }
        return Err(Error::reported(summary));
    }
    Ok(generated)
}

/// Writes the overlay that mends what a run found. A file of the name that there is stays if there is nothing to mend.
fn write_overlay(file: &Path, stages: &Stages, request: &Request, console: &mut Console<'_>) -> Result<()> {
    let mending = stages.mending();
    if let Some(text) = &mending.overlay {
        fs::write(file, text).with_context(|| format!("{} cannot be written", shown(file)))?;
    }
    report::mending(&mending, &shown(file), request, console);
    Ok(())
}

/// Runs the generator for a crate, with its names lock. Returns the files that the document refers to as well.
fn stages(plan: &CratePlan, overlays: &[OverlayText]) -> Result<(Stages, Vec<PathBuf>)> {
    let names = plan.names.as_deref().map(names).transpose()?;
    run_stages(plan, overlays, names, Stages::with)
}

/// Reads the document of a crate up to the model, with this names lock, and makes no files. Returns the files that the
/// document refers to as well.
pub(crate) fn model(
    plan: &CratePlan,
    overlays: &[OverlayText],
    names: Option<NamesText>,
) -> Result<(Stages, Vec<PathBuf>)> {
    run_stages(plan, overlays, names, Stages::without_output)
}

/// The stages that a run needs.
type Run = fn(&Input<'_>, &Options, Option<&dyn DocumentReader>) -> Stages;

fn run_stages(
    plan: &CratePlan,
    overlays: &[OverlayText],
    names: Option<NamesText>,
    run: Run,
) -> Result<(Stages, Vec<PathBuf>)> {
    let (name, text) = match &plan.document {
        Document::File(path) => (shown(path), read(path)?),
        Document::StandardInput => ("<stdin>".to_owned(), read_standard_input()?),
    };
    let input = Input {
        name: &name,
        text: &text,
        overlays,
    };
    let mut options = plan.options.clone();
    options.names = names;
    let Document::File(path) = &plan.document else {
        return Ok((run(&input, &options, None), Vec::new()));
    };
    let files = Files::beside(path, &plan.allowed);
    let stages = run(&input, &options, Some(&files));
    Ok((stages, files.into_read()))
}

/// Reads a names lock; where there is none yet, it is empty.
pub(crate) fn names(path: &Path) -> Result<NamesText> {
    let text = if path.exists() { read(path)? } else { String::new() };
    Ok(NamesText {
        name: shown(path),
        text,
    })
}

/// Returns the folders of all crates, compared: first those of documents, in their order, then that of the runtime.
fn targets<'plan>(
    plan: &'plan Plan,
    generated: &mut [Generated<'plan>],
    inputs: &[PathBuf],
) -> Result<Vec<Target<'plan>>> {
    let mut targets = Vec::new();
    for Generated {
        plan: each,
        output,
        names,
        ..
    } in &mut *generated
    {
        // Only a stage can be asked for without a folder.
        let Some(out) = &each.out else { continue };
        let ledger = each
            .ledger
            .as_deref()
            .map(|path| SideFile::ledger(path, output.ledger.to_tsv()));
        let names = each.names.as_deref().zip(names.as_ref());
        let names = names.map(|(path, names)| SideFile::new(path, names.to_string()));
        let beside = ledger.transpose()?.into_iter().chain(names).collect();
        // They are large, and nothing else needs them.
        let files = std::mem::take(&mut output.files);
        targets.push(Target::compare(out, files, beside, &plan.command, inputs)?);
    }
    if let Some(runtime) = &plan.runtime {
        let needs = generated.iter().map(|each| &each.output.needs);
        let files = generator::shared_runtime(needs, &runtime.options);
        check_owner(&runtime.out, &runtime.options.origin)?;
        targets.push(Target::compare(&runtime.out, files, Vec::new(), &plan.command, inputs)?);
    }
    Ok(targets)
}

/// Refuses a runtime that another configuration made: it would lose what the crates there need.
fn check_owner(out: &Path, origin: &str) -> Result<()> {
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap_or_default();
    match generator::origin_of(&manifest) {
        Some(other) if other != origin => bail!(
            "{} was made from {other}, not from {origin}; crates that share a runtime stand in one configuration; if it \
             was moved, remove the folder first",
            shown(out)
        ),
        _ => Ok(()),
    }
}

/// Sums up what became of a crate.
fn summarise(
    generated: &Generated<'_>,
    target: &Target<'_>,
    crates: usize,
    request: &Request,
    console: &mut Console<'_>,
) {
    let Generated {
        plan, output, seconds, ..
    } = generated;
    let ledger = plan.ledger.as_deref().map(shown);
    let name = match &plan.out {
        Some(out) if crates > 1 => format!("{}: ", shown(out)),
        _ => String::new(),
    };
    let line = format!(
        "{name}{}, {}; {}; {seconds:.2} s",
        counted(output.operations, "operation"),
        counted(output.types, "type"),
        counts(target, request),
    );
    say(request, console, &line);
    report::ledger(&output.ledger, ledger.as_deref(), request, console);
}

/// Says what became of the files of a folder.
fn counts(target: &Target<'_>, request: &Request) -> String {
    let (written, removed) = if request.check {
        (0, 0)
    } else {
        (target.difference.changed.len(), target.difference.stale.len())
    };
    let written = counted(written, "file");
    format!("{written} written, {} kept, {removed} removed", target.difference.kept)
}

/// Shows a stage of the only crate.
fn dump(
    plan: &Plan,
    stage: crate::request::Stage,
    request: &Request,
    console: &mut Console<'_>,
) -> Result<Report, Error> {
    let [only] = plan.crates.as_slice() else {
        return Err(Error::usage("--dump wants a configuration of one crate"));
    };
    if request.format == Format::Sarif || request.write_overlay.is_some() {
        return Err(Error::usage(
            "--dump goes with neither --format sarif nor --write-overlay",
        ));
    }
    let (stages, _) = stages(only, &overlays(only)?)?;
    report::diagnostics(&stages.run, request, console);
    report::stage(stage, &stages, console);
    match report::errors(&stages.run) {
        0 => Ok(Report::default()),
        errors => Err(Error::reported(counted(errors, "error"))),
    }
}

pub(crate) fn overlays(plan: &CratePlan) -> Result<Vec<OverlayText>> {
    let overlay = |path: &PathBuf| {
        Ok(OverlayText {
            name: shown(path),
            text: read(path)?,
        })
    };
    plan.overlays.iter().map(overlay).collect()
}

/// Reads a file as text.
pub(crate) fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", path.display()))
}

/// Reads the standard input as text.
pub(crate) fn read_standard_input() -> Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .context("the standard input cannot be read")?;
    String::from_utf8(bytes).context("the standard input is not UTF-8")
}
