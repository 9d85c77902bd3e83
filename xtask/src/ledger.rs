//! `cargo xtask ledger`: holds the ledgers of foreign documents to the documents.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use generator::unstable::{Node, Stages, counted};
use generator::{Input, Options, Output, Severity, Strictness};
use tests::ledger::{Found, seeded, walk};

use crate::{Failure, tree};

/// What the command was asked for.
#[derive(Debug)]
pub(crate) struct Ledger {
    /// The folder with the documents.
    pub(crate) folder: PathBuf,
}

/// What a document gives, and the document with which it was read.
struct Given {
    output: Output,
    document: Node,
    is_lenient: bool,
}

/// Goes through every document of the folder.
pub(crate) fn run(options: &Ledger) -> Result<(), Failure> {
    let files = tree::documents(&options.folder)?;
    let (mut count, mut refused, mut silent) = (0, 0, 0);
    print_line!(
        "{:<40} {:>8} {:>8} {:>8} {:>8}",
        "document",
        "keys",
        "used",
        "ledger",
        "unknown"
    );
    for file in &files {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let name = file.strip_prefix(&options.folder).unwrap_or(file).display().to_string();
        match generate(&name, &text) {
            Ok(given) => {
                count += 1;
                silent += check(&name, &given);
            }
            Err(reason) => {
                refused += 1;
                print_line!("{name:<40} refused: {reason}");
            }
        }
    }
    print_line!(
        "{}, {refused} refused, {} without a line",
        counted(count, "document"),
        counted(silent, "key")
    );
    if silent > 0 || count == 0 {
        return Err(Failure::Fault(None));
    }
    Ok(())
}

/// Runs the generator, leniently where the document has faults; `Err` is why there is no crate.
fn generate(name: &str, text: &str) -> Result<Given, String> {
    let input = Input {
        name,
        text,
        overlays: &[],
    };
    let mut reason = String::new();
    for strictness in [Strictness::Usual, Strictness::Lenient] {
        let mut options = Options::new("document");
        options.strictness = strictness;
        let Stages { run, document, .. } = Stages::of(&input, &options);
        if let (Some(output), Some(document)) = (run.output, document) {
            let is_lenient = strictness == Strictness::Lenient;
            return Ok(Given {
                output,
                document,
                is_lenient,
            });
        }
        let mut errors = run.diagnostics.iter();
        let error = errors.find(|diagnostic| diagnostic.severity == Severity::Error);
        reason = error.map_or_else(String::new, |error| format!("{}: {}", error.code, error.message));
    }
    Err(reason)
}

/// Prints the line of a document, and returns how many of its keys, and of those that are added to it, are lost in silence.
fn check(name: &str, given: &Given) -> usize {
    let found = walk(&given.document, &given.output.ledger.to_tsv());
    let totals = given.output.ledger.totals();
    let used = totals.get("used").copied().unwrap_or_default();
    let reported: usize = totals.values().sum::<usize>() - used;
    let lost = unheard_seeds(name, given, &found);
    let silent = found.missing.len() + lost.len();
    let note = if given.is_lenient { " lenient" } else { "" };
    print_line!("{name:<40} {:>8} {used:>8} {reported:>8} {silent:>8}{note}", found.keys);
    let missing = found.missing.iter().map(|(at, key)| format!("{at} {key}"));
    for line in missing.chain(lost).take(20) {
        print_line!("  {line}");
    }
    silent
}

/// Adds unknown keys to every object of the document, and returns those without a line.
fn unheard_seeds(name: &str, given: &Given, found: &Found) -> Vec<String> {
    let text = seeded(&given.document, &found.objects).to_string();
    let changed = match generate("seeded.json", &text) {
        Ok(changed) => changed,
        Err(reason) => return vec![format!("{name} with unknown keys: {reason}")],
    };
    let lost = tests::ledger::lost_seeds(&found.objects, &changed.output.ledger.to_tsv());
    lost.iter().map(|(at, seed)| format!("{at} {seed}")).collect()
}
