//! The command `diff`: what changes from one version of a document to another.

use std::path::{Path, PathBuf};
use std::thread;

use anyhow::anyhow;
use generator::unstable::human;
use generator::{Diff, Input, Options, OverlayText, Revision, Severity, Strictness};
use lexopt::{Arg, Parser, ValueExt as _};

use crate::console::Console;
use crate::documents::{Allowed, Files};
use crate::error::Error;
use crate::paths::shown;
use crate::request::Document;
use crate::run::{read, read_standard_input};
use crate::usage::{no_option, no_short_option};

/// How many lines are shown unless all are asked for: those of a screen.
const LINES: usize = 50;

/// The options, for hints.
const OPTIONS: [&str; 10] = [
    "allow-root",
    "help",
    "json",
    "lenient",
    "new-overlay",
    "old-overlay",
    "only",
    "overlay",
    "strict",
    "verbose",
];

/// What `diff` is asked for.
#[derive(Debug, Clone, Default)]
pub struct DiffRequest {
    documents: Vec<Document>,
    old_overlays: Vec<PathBuf>,
    new_overlays: Vec<PathBuf>,
    allowed: Allowed,
    only: Vec<String>,
    strictness: Strictness,
    is_json: bool,
    is_verbose: bool,
}

impl DiffRequest {
    /// Reads the arguments of the command; `None` if they ask for help.
    ///
    /// # Errors
    ///
    /// If the command line is wrong.
    pub fn read(parser: &mut Parser, command: &str) -> Result<Option<Self>, Error> {
        let mut request = Self::default();
        let usage = |error: lexopt::Error| Error::usage(error.to_string());
        while let Some(argument) = parser.next().map_err(usage)? {
            match argument {
                Arg::Long("help") | Arg::Short('h') => return Ok(None),
                Arg::Long(name) => {
                    let name = name.to_owned();
                    request.option(&name, parser, command)?;
                }
                Arg::Short(short) => return Err(no_short_option(short, &format!("{command} --help"))),
                Arg::Value(value) => request.documents.push(Document::named(Path::new(&value))?),
            }
        }
        let count = request.documents.len();
        if count != 2 {
            let message =
                format!("two documents are compared, the old one and the new one, not {count}; see {command} --help");
            return Err(Error::usage(message));
        }
        Ok(Some(request))
    }

    fn option(&mut self, name: &str, parser: &mut Parser, command: &str) -> Result<(), Error> {
        let usage = |error: lexopt::Error| Error::usage(error.to_string());
        let mut value = || parser.value().map_err(usage);
        match name {
            "overlay" => {
                let path = PathBuf::from(value()?);
                self.old_overlays.push(path.clone());
                self.new_overlays.push(path);
            }
            "old-overlay" => self.old_overlays.push(value()?.into()),
            "new-overlay" => self.new_overlays.push(value()?.into()),
            "allow-root" => self.allowed.roots.push(value()?.into()),
            "only" => self.only.push(value()?.string().map_err(usage)?),
            "lenient" => self.strictness = Strictness::Lenient,
            "strict" => self.strictness = Strictness::Strict,
            "json" => self.is_json = true,
            "verbose" => self.is_verbose = true,
            other => return Err(no_option(other, &OPTIONS, &format!("{command} --help"))),
        }
        Ok(())
    }
}

/// Compares two versions of a document, and shows what changes. Returns whether any change is breaking.
///
/// # Errors
///
/// If a document cannot be read or has an error.
pub fn diff(request: &DiffRequest, console: &mut Console<'_>) -> Result<bool, Error> {
    let [old, new] = request.documents.as_slice() else {
        return Err(Error::usage("two documents are compared"));
    };
    if old == new && *old == Document::StandardInput {
        return Err(Error::usage("only one of the documents can be the standard input"));
    }
    let (old, new) = thread::scope(|scope| {
        let old = scope.spawn(|| revision(request, old, &request.old_overlays));
        let new = revision(request, new, &request.new_overlays);
        (old.join(), new)
    });
    let old = old.map_err(|_| anyhow!("the old document could not be read"))??;
    let new = new?;
    let mut errors = 0;
    for revision in [&old, &new] {
        let run = revision.run();
        for (diagnostic, count) in run
            .diagnostics
            .distinct()
            .filter(|(each, _)| each.severity == Severity::Error)
        {
            errors += 1;
            console.err(human::render_first(diagnostic, count, &run.sources));
        }
    }
    let Some(diff) = old.diff(&new) else {
        return Err(Error::reported(format!(
            "the documents have {errors} errors; nothing is compared"
        )));
    };
    show(&diff, request, console);
    Ok(diff.is_breaking())
}

fn show(diff: &Diff, request: &DiffRequest, console: &mut Console<'_>) {
    if request.is_json {
        console.out(diff.to_json());
        return;
    }
    let text = if request.is_verbose {
        diff.render(usize::MAX)
    } else {
        diff.render_within(LINES)
    };
    console.out(text.trim_end());
    if text.contains(": … and ") {
        console.out("--verbose shows every change");
    }
}

/// Reads one of the versions.
fn revision(request: &DiffRequest, document: &Document, overlays: &[PathBuf]) -> Result<Revision, Error> {
    let mut texts = Vec::new();
    for path in overlays {
        texts.push(OverlayText {
            name: shown(path),
            text: read(path)?,
        });
    }
    let mut options = Options::new("client");
    options.strictness = request.strictness;
    options.selection.only.clone_from(&request.only);
    let (name, text) = match document {
        Document::File(path) => (shown(path), read(path)?),
        Document::StandardInput => ("<stdin>".to_owned(), read_standard_input()?),
    };
    let input = Input {
        name: &name,
        text: &text,
        overlays: &texts,
    };
    Ok(match document {
        Document::File(path) => {
            let files = Files::beside(path, &request.allowed);
            Revision::read(&input, &options, Some(&files))
        }
        Document::StandardInput => Revision::read(&input, &options, None),
    })
}
