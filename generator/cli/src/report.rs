//! What a run says: diagnostics, stages and sums.

use std::collections::BTreeSet;

use generator::unstable::{Node, Stages, Unreported, counted, human};
use generator::{Ledger, Run, Severity};

use crate::console::Console;
use crate::request::{Request, Stage};

/// Shows the diagnostics; of the warnings the first with each code, and the number of the others, unless all are asked
/// for.
pub(crate) fn diagnostics(run: &Run, request: &Request, console: &mut Console<'_>) {
    if request.json {
        for diagnostic in run.diagnostics.iter() {
            console.out(diagnostic.render_json(&run.sources));
        }
        return;
    }
    let mut codes = BTreeSet::new();
    let mut hidden = 0;
    for (diagnostic, count) in run.diagnostics.distinct() {
        if diagnostic.severity == Severity::Warning && !codes.insert(diagnostic.code) && !request.warnings {
            hidden += count;
        } else {
            // The text ends a line, and an empty one follows.
            console.err(human::render_first(diagnostic, count, &run.sources));
        }
    }
    if hidden > 0 {
        console.err(format_args!(
            "{} with a code that is shown above; --warnings shows {}",
            counted(hidden, "more warning"),
            if hidden == 1 { "it" } else { "them" }
        ));
    }
}

/// Returns how many errors a run found.
pub(crate) fn errors(run: &Run) -> usize {
    let errors = run.diagnostics.iter().filter(|each| each.severity == Severity::Error);
    errors.count()
}

/// Returns how many of the errors have a reading that a lenient run takes.
pub(crate) fn readable_errors(run: &Run) -> usize {
    let errors = run.diagnostics.iter().filter(|each| each.severity == Severity::Error);
    errors.filter(|each| each.has_safe_reading).count()
}

/// Tells the user something that is no diagnostic; JSON output holds nothing else.
pub(crate) fn say(request: &Request, console: &mut Console<'_>, words: &str) {
    if request.json {
        console.err(words);
    } else {
        console.out(words);
    }
}

/// Shows a stage.
pub(crate) fn stage(stage: Stage, stages: &Stages, console: &mut Console<'_>) {
    match stage {
        Stage::Document => node(stages.document.as_ref(), console),
        Stage::OpenApi => node(stages.normalised.as_ref(), console),
        Stage::Model => {
            if let Some(api) = &stages.api {
                console.out(format_args!("{api:#?}"));
            }
        }
    }
}

fn node(node: Option<&Node>, console: &mut Console<'_>) {
    if let Some(node) = node {
        console.out(format_args!("{:#}", node.to_json()));
    }
}

/// Shows how many keys of the document are used, and why the others are not, unless a diagnostic has said so.
pub(crate) fn ledger(ledger: &Ledger, file: Option<&str>, request: &Request, console: &mut Console<'_>) {
    const MOST: usize = 10;
    let totals: Vec<String> = ledger
        .totals()
        .iter()
        .map(|(outcome, count)| format!("{count} {outcome}"))
        .collect();
    let place = file.map_or_else(
        || "not written, for the configuration has no key `ledger`".to_owned(),
        |file| format!("in {file}"),
    );
    say(request, console, &format!("ledger: {}; {place}", totals.join(", ")));
    let unreported = ledger.unreported();
    if unreported.is_empty() {
        return;
    }
    say(request, console, "skipped or partly supported, without a diagnostic:");
    let (shown, others) = unreported.split_at(unreported.len().min(MOST));
    for Unreported { reason, count, first } in shown {
        let reason = reason.replace(char::is_control, " ");
        let first = first.to_string().replace(char::is_control, " ");
        say(request, console, &format!("  {count} × {reason} ({first})"));
    }
    if !others.is_empty() {
        let count: usize = others.iter().map(|row| row.count).sum();
        let place = file.map(|file| format!(" in {file}")).unwrap_or_default();
        say(request, console, &format!("  … and {count} more{place}"));
    }
}
