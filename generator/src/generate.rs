//! Runs the stages, from the texts to the files of a crate.

use std::collections::BTreeMap;

use crate::diagnostic::{At, Diagnostic, Diagnostics};
use crate::document::{Bundle, Changes, DocumentReader, Miss, Node, Normalised, Overlay};
use crate::findings;
use crate::header::header;
use crate::ledger::{Ledger, Shown};
use crate::lock::NamesLock;
use crate::lower::{Degraded, Lowered};
use crate::mend::{self, Mending};
use crate::model::{Api, Named, Needs};
use crate::options::{Input, NamesText, Options, OverlayText, Strictness};
use crate::source::{Pointer, Sources};
use crate::{analysis, document, emit, lower, render};

/// The result of a run.
#[derive(Debug)]
#[non_exhaustive]
pub struct Run {
    /// The texts that were read. Diagnostics refer to them.
    pub sources: Sources,
    /// The diagnostics of all stages.
    pub diagnostics: Diagnostics,
    /// What each overlay changed.
    pub changes: Vec<Changes>,
    /// The crate; `None` if there is an error.
    pub output: Option<Output>,
    /// The names lock with the names of the crate, if one is kept and the document has a model.
    pub names: Option<NamesLock>,
}

/// The emitted crate, in memory.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Output {
    /// The text of each file, by its path.
    pub files: BTreeMap<String, String>,
    /// The use of every key of the document.
    pub ledger: Ledger,
    /// How many operations were emitted.
    pub operations: usize,
    /// How many types were emitted.
    pub types: usize,
    /// What the crate needs of the runtime.
    pub needs: Needs,
    /// The schemas of the document that have a type of their own.
    pub schemas: Vec<TypedSchema>,
}

/// A schema of the document, and its type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TypedSchema {
    /// The place of the schema; it says which document the schema stands in.
    pub pointer: Pointer,
    /// The path of the type from the root of the crate.
    pub path: String,
    /// Whether the schema allows `null` beside the values of the type: they are an `Option` of it.
    pub is_nullable: bool,
}

/// Generates a crate of one document; a reference to another one is an error.
#[must_use]
pub fn generate(input: &Input<'_>, options: &Options) -> Run {
    Stages::of(input, options).run
}

/// Generates a crate of a document and those that it refers to, which `reader` gives.
#[must_use]
pub fn generate_with(input: &Input<'_>, options: &Options, reader: &dyn DocumentReader) -> Run {
    Stages::with(input, options, Some(reader)).run
}

/// A run with the result of each stage.
#[derive(Debug)]
pub struct Stages {
    /// The result of the run.
    pub run: Run,
    /// The document with its overlays, and with the documents that it refers to.
    pub document: Option<Node>,
    /// The normalised document.
    pub normalised: Option<Node>,
    /// The model.
    pub api: Option<Api>,
}

impl Stages {
    /// Runs the stages on one document.
    #[must_use]
    pub fn of(input: &Input<'_>, options: &Options) -> Self {
        Self::with(input, options, None)
    }

    /// Makes the overlay that mends what was found, as far as an overlay can: it is applied after those of the run.
    #[must_use]
    pub fn mending(&self) -> Mending {
        let Some(document) = &self.document else {
            return Mending {
                without: self.run.diagnostics.len(),
                ..Mending::default()
            };
        };
        let title = document.get("info").and_then(|info| info.get("title"));
        let title = title.and_then(Node::as_str).unwrap_or("the document");
        mend::overlay(document, self.run.diagnostics.iter(), title)
    }

    /// Runs the stages one after the other, each on what the one before it made. `reader` gives other documents.
    #[must_use]
    pub fn with(input: &Input<'_>, options: &Options, reader: Option<&dyn DocumentReader>) -> Self {
        let understood = Understood::of(input, options, reader);
        let output = understood.output(options);
        understood.into_stages(output)
    }

    /// Runs the stages up to the model, and writes no files.
    #[must_use]
    pub fn without_output(input: &Input<'_>, options: &Options, reader: Option<&dyn DocumentReader>) -> Self {
        Understood::of(input, options, reader).into_stages(None)
    }
}

/// What the stages make before files are written.
struct Understood {
    sources: Sources,
    diagnostics: Diagnostics,
    changes: Vec<Changes>,
    bundle: Option<Bundle>,
    normalised: Option<Normalised>,
    api: Option<Api>,
    degraded: Vec<Degraded>,
    names: Option<NamesLock>,
}

impl Understood {
    fn of(input: &Input<'_>, options: &Options, reader: Option<&dyn DocumentReader>) -> Self {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let mut changes = Vec::new();
        let miss = if options.allows_unmatched_actions {
            Miss::Warning
        } else {
            Miss::Error
        };
        let document = read(input, miss, &mut sources, &mut changes, &mut diagnostics);
        // What was found by now is of the texts; all else is of the document that they make.
        let of_texts = diagnostics.len();
        let bundle = document.map(|document| document::bundle(document, reader, &mut sources, &mut diagnostics));
        let normalised = bundle
            .as_ref()
            .and_then(|bundle| document::normalise(bundle, &mut diagnostics));
        let lock = read_names(options, &mut sources, &mut diagnostics);
        let lock = lock.as_ref().zip(bundle.as_ref().map(|bundle| &bundle.root));
        let model = normalised
            .as_ref()
            .map(|normalised| model(normalised, lock, options, &mut diagnostics));
        let (mut api, degraded, names) = match model {
            Some(lowered) => (Some(lowered.api), lowered.degraded, lowered.names),
            None => (None, Vec::new(), None),
        };
        if let Some(bundle) = &bundle {
            findings::complete(bundle, api.as_mut(), &degraded, of_texts, &mut diagnostics);
        }
        findings::apply_strictness(options.strictness, &mut diagnostics);
        Self {
            sources,
            diagnostics,
            changes,
            bundle,
            normalised,
            api,
            degraded,
            names,
        }
    }

    /// Writes the files, unless there is an error.
    fn output(&self, options: &Options) -> Option<Output> {
        match (&self.bundle, &self.api) {
            (Some(bundle), Some(api)) if !self.diagnostics.has_errors() => {
                Some(write(bundle, api, &self.degraded, &self.diagnostics, options))
            }
            _ => None,
        }
    }

    fn into_stages(self, output: Option<Output>) -> Stages {
        Stages {
            run: Run {
                sources: self.sources,
                diagnostics: self.diagnostics,
                changes: self.changes,
                output,
                names: self.names,
            },
            document: self.bundle.map(|bundle| bundle.root),
            normalised: self.normalised.map(|normalised| normalised.root),
            api: self.api,
        }
    }
}

/// Reads the document and applies the overlays.
fn read(
    input: &Input<'_>,
    miss: Miss,
    sources: &mut Sources,
    changes: &mut Vec<Changes>,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let mut document = document::read(sources, input.name, input.text, diagnostics);
    for OverlayText { name, text } in input.overlays {
        let node = document::read(sources, name, text, diagnostics);
        let overlay = node.and_then(|node| Overlay::parse(&node, diagnostics));
        if let (Some(overlay), Some(document)) = (overlay, &mut document) {
            changes.push(overlay.apply(document, miss, diagnostics));
        }
    }
    document
}

/// Reads the names lock, if one is kept.
fn read_names(options: &Options, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<NamesLock> {
    let NamesText { name, text } = options.names.as_ref()?;
    let error = match NamesLock::parse(text) {
        Ok(lock) => return Some(lock),
        Err(error) => error,
    };
    let source = sources.add(name, text);
    let offset = error.span.as_ref().map_or(0, |span| span.start);
    let (line, column) = sources.get(source).map_or((1, 1), |source| source.position(offset));
    let at = At::Position { source, line, column };
    let help = "the names lock is written by the generator; take back the change of this line, or mend it";
    diagnostics.push(Diagnostic::error_at("names-lock", at, error.message).with_help(help));
    None
}

/// Makes the model of the document in its one form, with what it does not express, and the names of the run.
fn model(
    normalised: &Normalised,
    lock: Option<(&NamesLock, &Node)>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Lowered {
    let mut lowered = lower::lower(normalised, lock, &options.selection, diagnostics);
    analysis::analyse(&mut lowered.api, options.package.environment.as_deref());
    if options.strictness == Strictness::Strict {
        findings::report_degraded(&lowered.degraded, diagnostics);
    }
    lowered
}

/// Writes the model down.
fn write(bundle: &Bundle, api: &Api, degraded: &[Degraded], diagnostics: &Diagnostics, options: &Options) -> Output {
    let header = header(options);
    let mut files = with_header(&header, emit::texts(api, &options.package));
    let comment = format!("// {header}");
    files.extend(emit::emit(api, &options.package, |file| {
        let path = format!("src/{}", file.path);
        (path, render::render(file, &comment))
    }));
    let shown = Shown {
        texts: api.texts(),
        examples: api.examples(),
    };
    Output {
        files,
        ledger: Ledger::of(bundle, &shown, degraded, diagnostics),
        operations: api.operations().count(),
        types: api.types.len(),
        needs: api.needs.clone(),
        schemas: api.types.iter().flat_map(TypedSchema::of).collect(),
    }
}

/// Generates the crate that several crates have their runtime in: the parts that any of them needs.
///
/// Of the options, `package`, `command` and `origin` are taken.
#[must_use]
pub fn shared_runtime<'all>(
    needs: impl IntoIterator<Item = &'all Needs>,
    options: &Options,
) -> BTreeMap<String, String> {
    let texts = emit::runtime_texts(&Needs::union(needs), &options.package);
    with_header(&header(options), texts)
}

/// Puts the header before each of the files.
fn with_header(header: &str, texts: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let written = texts.into_iter().map(|(path, text)| {
        let sign = if path == "Cargo.toml" { "#" } else { "//" };
        let text = format!("{sign} {header}\n\n{text}");
        (path, text)
    });
    written.collect()
}

impl TypedSchema {
    /// Returns the schemas that became the type: its own, and those that are equal.
    fn of(named: &Named) -> impl Iterator<Item = Self> {
        let pointers = [&named.docs].into_iter().chain(named.equal.iter());
        pointers.map(|docs| Self {
            pointer: (*docs.pointer).clone(),
            path: format!("{}::{}", named.module.rust_path(), named.name),
            is_nullable: named.is_nullable,
        })
    }
}
