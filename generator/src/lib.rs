//! Turns an `OpenAPI` document into a Rust client crate.
//!
//! The program is one line of stages; each module is one stage, and each seam
//! is one type. Text goes in and text comes out: there is no file system here,
//! no environment and no clock.
//!
//! ```
//! use generator::{Input, Options, generate};
//!
//! let document = "
//! openapi: 3.1.0
//! info: {title: Pets, version: 1.0.0}
//! servers: [{url: 'https://pets.example'}]
//! paths:
//!   /pets/{id}:
//!     get:
//!       operationId: getPet
//!       parameters:
//!       - {name: id, in: path, required: true, schema: {type: string}}
//!       responses:
//!         '200':
//!           description: The pet.
//!           content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
//! components:
//!   schemas:
//!     Pet: {type: object, required: [name], properties: {name: {type: string}}}
//! ";
//! // read → overlay → normalise → lower → analyse → emit → render
//! let run = generate(&Input { name: "pets.yaml", text: document, overlays: &[] }, &Options::new("pets"));
//! let output = run.output.expect("the document has no fault");
//! assert!(output.files["src/schemas/pet.rs"].contains("pub struct Pet"));
//! assert_eq!(output.operations, 1);
//! assert_eq!(output.schemas[0].path, "schemas::Pet");
//! ```

pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod ledger;
pub mod lower;
pub mod model;
pub mod names;
pub mod render;
pub mod source;

mod analysis;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{At, Diagnostic, Diagnostics, Severity};
use crate::document::{Changes, Miss, Node, Overlay};
use crate::emit::Package;
use crate::ledger::Ledger;
use crate::lower::{Degraded, Selection};
use crate::model::{Api, Named};
use crate::source::{Origin, Pointer, Sources};

/// What a run reads.
#[derive(Debug, Clone, Copy)]
pub struct Input<'text> {
    /// What diagnostics call the document, commonly its path.
    pub name: &'text str,
    /// The document, as YAML or JSON.
    pub text: &'text str,
    /// The overlays with their names, in the order in which they are applied.
    pub overlays: &'text [(String, String)],
}

/// What a run is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The crate that is written.
    pub package: Package,
    /// Which operations, and the headers of every request.
    pub selection: Selection,
    /// How much a fault matters.
    pub strictness: Strictness,
    /// What the header of each file says of its origin.
    pub origin: String,
}

/// How much a fault matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strictness {
    /// Errors end the run; warnings do not.
    #[default]
    Usual,
    /// Errors that have a reading which does no harm are degradations.
    Lenient,
    /// Warnings are errors, and so is everything that is expressed in part or omitted.
    Strict,
}

impl Options {
    /// Asks for all operations in a crate of this name, with a runtime of its own.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            package: Package {
                name: name.to_owned(),
                version: "0.1.0".to_owned(),
                description: format!("A client, generated as {name}"),
                environment: None,
                dev_dependencies: Vec::new(),
                runtime: emit::Runtime::Copied,
                in_workspace: false,
            },
            selection: Selection::default(),
            strictness: Strictness::default(),
            origin: String::new(),
        }
    }
}

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    /// The texts that were read, to locate diagnostics in.
    pub sources: Sources,
    /// Everything that was found.
    pub diagnostics: Diagnostics,
    /// What each overlay changed.
    pub changes: Vec<Changes>,
    /// The answer; `None` where there is an error.
    pub output: Option<Output>,
}

/// The crate, in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// The files by path, in order.
    pub files: BTreeMap<String, String>,
    /// What became of every key of the document.
    pub ledger: Ledger,
    /// How many operations were emitted.
    pub operations: usize,
    /// How many types were emitted.
    pub types: usize,
    /// The schemas of the document that have a type of their own.
    pub schemas: Vec<TypedSchema>,
}

/// A schema of the document, and the type that it became.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedSchema {
    /// Where the document has the schema.
    pub pointer: Pointer,
    /// The path of the type from the root of the crate.
    pub path: String,
    /// Whether the schema allows `null` beside the values of the type: they are an `Option` of it.
    pub is_nullable: bool,
}

/// The document after a stage, to look at.
#[derive(Debug, Default)]
pub struct Stages {
    /// The document with its overlays.
    pub document: Option<Node>,
    /// The document in its one form.
    pub normalised: Option<Node>,
    /// The model.
    pub api: Option<Api>,
}

/// The line that every emitted file starts with, up to what follows it.
pub const HEADER: &str = "@generated by `cargo xtask codegen`";

/// Generates a crate.
#[must_use]
pub fn generate(input: &Input<'_>, options: &Options) -> Run {
    run(input, options).0
}

/// Generates a crate, and keeps what each stage made.
#[must_use]
pub fn run(input: &Input<'_>, options: &Options) -> (Run, Stages) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let mut changes = Vec::new();
    let mut stages = Stages::default();
    let mut output = None;
    stages.document = read(input, &mut sources, &mut changes, &mut diagnostics);
    // What was found by now is of the texts; all else is of the document that they make.
    let of_texts = diagnostics.len();
    if let Some(document) = &stages.document {
        stages.normalised = document::normalise(document, &mut diagnostics);
        if let Some(normalised) = &stages.normalised {
            let (mut api, degraded) = lower::lower(normalised, &options.selection, &mut diagnostics);
            analysis::analyse(&mut api, options.package.environment.as_deref());
            if options.strictness == Strictness::Strict {
                report_degraded(&degraded, &mut diagnostics);
            }
            report_emptiness(document, &api, &mut diagnostics);
            fill_pointers(document, &mut api, &degraded, &mut diagnostics);
            apply_strictness(options.strictness, &mut diagnostics);
            if !diagnostics.has_errors() {
                output = Some(write(document, &api, &degraded, &diagnostics, options));
            }
            stages.api = Some(api);
        }
    }
    if let Some(document) = &stages.document {
        name_overlays(document, of_texts, &mut diagnostics);
    }
    apply_strictness(options.strictness, &mut diagnostics);
    (
        Run {
            sources,
            diagnostics,
            changes,
            output,
        },
        stages,
    )
}

/// Reads the document and applies the overlays.
fn read(
    input: &Input<'_>,
    sources: &mut Sources,
    changes: &mut Vec<Changes>,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let mut document = document::read(sources, input.name, input.text, diagnostics);
    for (name, text) in input.overlays {
        let node = document::read(sources, name, text, diagnostics);
        let overlay = node.and_then(|node| Overlay::parse(&node, diagnostics));
        if let (Some(overlay), Some(document)) = (overlay, &mut document) {
            changes.push(overlay.apply(document, Miss::Error, diagnostics));
        }
    }
    document
}

/// Writes the model down.
fn write(document: &Node, api: &Api, degraded: &[Degraded], diagnostics: &Diagnostics, options: &Options) -> Output {
    let comment = if options.origin.is_empty() {
        format!("{HEADER}; do not edit.")
    } else {
        format!("{HEADER} from {}; do not edit.", options.origin)
    };
    let mut files = BTreeMap::new();
    for file in emit::emit(api, &options.package) {
        let path = format!("src/{}", file.path);
        files.insert(path, render::render(file, &format!("// {comment}")));
    }
    for (path, text) in emit::texts(api, &options.package) {
        let sign = if path == "Cargo.toml" { "#" } else { "//" };
        files.insert(path, format!("{sign} {comment}\n\n{text}"));
    }
    Output {
        files,
        ledger: Ledger::of(document, &api.texts(), degraded, diagnostics),
        operations: api.resources.iter().map(|resource| resource.operations.len()).sum(),
        types: api.types.len(),
        schemas: api.types.iter().map(TypedSchema::of).collect(),
    }
}

impl TypedSchema {
    fn of(named: &Named) -> Self {
        Self {
            pointer: (*named.docs.pointer).clone(),
            path: format!("{}::{}", named.module.rust_path(), named.name),
            is_nullable: named.is_nullable,
        }
    }
}

/// Turns origins into the pointers of the document that was read.
fn fill_pointers(document: &Node, api: &mut Api, degraded: &[Degraded], diagnostics: &mut Diagnostics) {
    let mut wanted: BTreeSet<Origin> = degraded.iter().map(|degraded| degraded.origin).collect();
    wanted.extend(api.types.iter().filter_map(|named| *named.docs.origin));
    wanted.extend(diagnostics.iter().filter_map(|diagnostic| match diagnostic.at {
        At::Node(origin) if diagnostic.pointer == Pointer::root() => Some(origin),
        _ => None,
    }));
    let operations = api.resources.iter().flat_map(|resource| &resource.operations);
    wanted.extend(operations.filter_map(|operation| *operation.docs.origin));
    let found = document::pointers(document, &wanted);
    let pointer = |origin: Option<Origin>| origin.and_then(|origin| found.get(&origin)).cloned();
    for named in &mut api.types {
        *named.docs.pointer = pointer(*named.docs.origin).unwrap_or_default();
    }
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        *operation.docs.pointer = pointer(*operation.docs.origin).unwrap_or_default();
    }
    diagnostics.for_each_mut(|diagnostic| {
        if let (At::Node(origin), true) = (diagnostic.at, diagnostic.pointer == Pointer::root()) {
            diagnostic.pointer = pointer(Some(origin)).unwrap_or_default();
        }
    });
}

/// A fault of a node that an overlay put in several places stands at the nearest node that the document has of itself;
/// where the overlay has it is said beside. The first `of_texts` diagnostics are of the texts themselves.
fn name_overlays(document: &Node, of_texts: usize, diagnostics: &mut Diagnostics) {
    let origins = diagnostics
        .iter()
        .skip(of_texts)
        .filter_map(|diagnostic| match diagnostic.at {
            At::Node(origin) if origin.source != document.origin.source => Some(origin),
            _ => None,
        });
    let found = document::node_locations(document, &origins.collect());
    diagnostics.for_each_mut(|diagnostic| {
        let At::Node(origin) = diagnostic.at else { return };
        if let Some(location) = found.get(&origin).filter(|location| location.is_repeated) {
            diagnostic.at = At::Node(location.own);
            diagnostic
                .related
                .push((At::Node(origin), "an overlay puts it there".to_owned()));
            if diagnostic.pointer == Pointer::root() {
                diagnostic.pointer.clone_from(&location.pointer);
            }
        }
    });
}

/// A document whose `paths` give no operation is seldom meant; one without `paths` is there for its components.
fn report_emptiness(document: &Node, api: &Api, diagnostics: &mut Diagnostics) {
    let Some(paths) = document
        .get("paths")
        .filter(|_| api.resources.is_empty() && !diagnostics.has_errors())
    else {
        return;
    };
    let (message, help) = if paths.as_object().is_some_and(document::Object::is_empty) {
        (
            "`paths` is empty, so the crate has no operations",
            "list the paths of the API with their operations; a document without operations omits `paths`, as OpenAPI 3.1 allows",
        )
    } else {
        (
            "no operation is emitted: the crate has only types",
            "the other diagnostics and the ledger say what is skipped, and why",
        )
    };
    diagnostics.push(
        Diagnostic::warning(
            "no-operations",
            paths.origin.key(),
            Pointer::root().child("paths"),
            message,
        )
        .with_help(help),
    );
}

/// Reports what otherwise stands in the ledger alone: a strict run has no output, so it has no ledger.
fn report_degraded(degraded: &[Degraded], diagnostics: &mut Diagnostics) {
    for degraded in degraded
        .iter()
        .filter(|degraded| !degraded.is_reported && !degraded.is_ignored)
    {
        let message = format!("`{}` is not fully supported: {}", degraded.keyword, degraded.reason);
        diagnostics.push(
            Diagnostic::degraded("not-supported", degraded.place, Pointer::root(), message)
                .with_help("without --strict this is not an error, but a line in the ledger"),
        );
    }
}

fn apply_strictness(strictness: Strictness, diagnostics: &mut Diagnostics) {
    diagnostics.for_each_mut(|diagnostic| match (strictness, diagnostic.severity) {
        (Strictness::Lenient, Severity::Error) if diagnostic.has_safe_reading => {
            diagnostic.severity = Severity::Degraded;
        }
        (Strictness::Strict, Severity::Warning | Severity::Degraded) => diagnostic.severity = Severity::Error,
        _ => {}
    });
}
