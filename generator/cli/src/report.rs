//! What a run says: diagnostics, stages and sums.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use generator::unstable::{Node, Stages, Unreported, counted, human};
use generator::{Ledger, Mending, Run, Severity};

use crate::console::Console;
use crate::request::{Format, Request, Stage};

/// How many diagnostics with one code are shown that are no warnings and say different things.
const MOST_OF_A_CODE: usize = 3;

/// How many lines of a file are listed.
const MOST_LINES: usize = 8;

/// The diagnostics with one code and severity, of which not all are shown.
#[derive(Default)]
struct Folded<'run> {
    /// How many there are.
    count: usize,
    /// How many of them are not shown.
    hidden: usize,
    /// What they say.
    messages: BTreeSet<&'run str>,
}

/// Shows the diagnostics. Unless all are asked for, those that say the same are one; of the warnings the first with each
/// code is shown, of the others the first [`MOST_OF_A_CODE`], and the number of those that are not.
pub(crate) fn diagnostics(run: &Run, request: &Request, console: &mut Console<'_>) {
    match request.format {
        Format::Human => {}
        Format::Json => {
            for diagnostic in run.diagnostics.iter() {
                console.out(diagnostic.render_json(&run.sources));
            }
            return;
        }
        // All runs come out together, at the end.
        Format::Sarif => return,
    }
    if request.warnings {
        for diagnostic in run.diagnostics.iter() {
            // The text ends a line, and an empty one follows.
            console.err(diagnostic.render(&run.sources));
        }
        return;
    }
    let mut folded: BTreeMap<(Severity, &str), Folded<'_>> = BTreeMap::new();
    for (diagnostic, count) in run.diagnostics.distinct() {
        let of_code = folded.entry((diagnostic.severity, diagnostic.code)).or_default();
        let most = match diagnostic.severity {
            Severity::Warning => 1,
            Severity::Error | Severity::Degraded => MOST_OF_A_CODE,
        };
        if of_code.messages.len() < most {
            console.err(human::render_first(diagnostic, count, &run.sources));
        } else {
            of_code.hidden += count;
        }
        of_code.count += count;
        of_code.messages.insert(&diagnostic.message);
    }
    say_hidden(&folded, console);
}

/// Says how many diagnostics are not shown, and what they are of.
fn say_hidden(folded: &BTreeMap<(Severity, &str), Folded<'_>>, console: &mut Console<'_>) {
    let hidden = || folded.iter().filter(|(_, of_code)| of_code.hidden > 0);
    let sum: usize = hidden().map(|(_, of_code)| of_code.hidden).sum();
    if sum == 0 {
        return;
    }
    let each: Vec<String> = hidden()
        .map(|((severity, code), of_code)| match severity {
            Severity::Warning => format!("{} {code}", of_code.hidden),
            _ => format!("{code}: {}", extent(code, of_code)),
        })
        .collect();
    let things = if hidden().all(|((severity, _), _)| *severity == Severity::Warning) {
        "more warning"
    } else {
        "more finding"
    };
    console.err(format_args!(
        "{} with a code that is shown above ({}); --verbose shows {}",
        counted(sum, things),
        each.join(", "),
        if sum == 1 { "it" } else { "them" }
    ));
}

/// Returns how many diagnostics with a code there are, and how many different things they say: `61 references to 14 names`.
fn extent(code: &str, folded: &Folded<'_>) -> String {
    let messages = folded.messages.len();
    match code {
        "dangling-reference" => format!(
            "{} to {}",
            counted(folded.count, "reference"),
            counted(messages, "name")
        ),
        _ => format!(
            "{} in all, with {}",
            counted(folded.count, "place"),
            counted(messages, "different message")
        ),
    }
}

/// The code of an overlay action that matches nothing.
const UNMATCHED: &str = "overlay-target-unmatched";

/// Returns how many overlay actions match nothing.
pub(crate) fn unmatched_actions(run: &Run) -> usize {
    run.diagnostics.iter().filter(|each| each.code == UNMATCHED).count()
}

/// Shows what of the overlays and of the names lock no longer fits the document: a line for each file and kind.
pub(crate) fn of_overlays(run: &Run, console: &mut Console<'_>) {
    let kinds = [
        (
            UNMATCHED,
            "matches nothing: remove it, or correct its target",
            "match nothing: remove them, or correct their targets",
        ),
        (
            "overlay-needless",
            "changes nothing, for the document has what it adds: remove it",
            "change nothing, for the document has what they add: remove them",
        ),
        ("names-lock-alias", "", ""),
    ];
    for (code, one, several) in kinds {
        let mut lines: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for diagnostic in run.diagnostics.iter().filter(|each| each.code == code) {
            match human::file_and_line(diagnostic, &run.sources) {
                Some((file, line)) => lines.entry(file).or_default().push(line),
                None => console.out(&diagnostic.message),
            }
        }
        for (file, lines) in lines {
            let shown: Vec<String> = lines.iter().take(MOST_LINES).map(usize::to_string).collect();
            let more = if lines.len() > MOST_LINES { ", …" } else { "" };
            let actions = counted(lines.len(), "action");
            let words = if lines.len() == 1 { one } else { several };
            console.out(format_args!(
                "{file}: {actions} {words} (line {}{more})",
                shown.join(", ")
            ));
        }
    }
}

/// Says how far an overlay mends what was found.
pub(crate) fn mending(mending: &Mending, file: &str, request: &Request, console: &mut Console<'_>) {
    let mut words = match &mending.overlay {
        Some(_) => format!(
            "{file}: an overlay that mends {}; give it as --overlay {file}, after the others",
            counted(mending.mended, "finding")
        ),
        None => format!("{file} is not written: no overlay mends what was found"),
    };
    if mending.without > 0 {
        let _ = write!(words, "; {} without a mend", counted(mending.without, "finding"));
    }
    if mending.elsewhere > 0 {
        let skipped = counted(mending.elsewhere, "finding");
        let _ = write!(words, "; {skipped} in other documents, which an overlay does not reach");
    }
    say(request, console, &words);
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
    if request.format == Format::Human {
        console.out(words);
    } else {
        console.err(words);
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
