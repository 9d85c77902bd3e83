//! From the files of a draft to a crate: what each schema becomes.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use apicrate::unstable::Files;
use generator::{Diagnostic, Input, Options, Run, Runtime, Severity, SharedRuntime, TypedSchema};
use serde_json::{Map, Value, json};

use super::read::{self, File, Test};
use super::{Edition, embed};
use crate::tree;

/// What a crate is made from, and what its types are to be asked.
#[derive(Debug)]
pub(super) struct Plan {
    /// The draft and the version of the document.
    pub(super) edition: Edition,
    /// The schemas, in the order of the files.
    pub(super) cases: Vec<Case>,
    /// The files of the crate.
    pub(super) files: Files,
}

/// A schema of the suite with its tests.
#[derive(Debug)]
pub(super) struct Case {
    /// The file that has it.
    pub(super) keyword: String,
    /// What the schema is about.
    pub(super) group: String,
    /// The name of its component.
    pub(super) name: String,
    /// The schema, as the suite has it.
    pub(super) schema: Value,
    /// Its instances.
    pub(super) tests: Vec<Test>,
    /// What became of it.
    pub(super) fate: Fate,
}

/// What became of a schema.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fate {
    /// The generator reports an error.
    Refused {
        /// The code of the first one.
        code: &'static str,
        /// What it says.
        message: String,
    },
    /// It is a type.
    Emitted {
        /// The type, by its path below the root of the crate.
        name: String,
        /// What the ledger has of it: keyword, result and reason.
        ledger: Vec<String>,
    },
}

impl Fate {
    /// Returns whether the schema is a type.
    pub(super) fn is_emitted(&self) -> bool {
        matches!(self, Self::Emitted { .. })
    }
}

/// Makes the plan of an edition from the suite in `folder`.
pub(super) fn plan(folder: &Path, edition: Edition) -> Result<Plan> {
    let mut cases = Vec::new();
    let mut components = Map::new();
    for file in read::files(&folder.join(edition.draft))? {
        add(edition, file, &mut cases, &mut components);
    }
    let run = generate(edition, &components);
    let Some(output) = run.output else {
        let first = run.diagnostics.iter().find(|found| found.severity == Severity::Error);
        let reported = first.map(|found| found.render(&run.sources));
        bail!(
            "each schema of {edition} gives a type, but all of them together give none\n{}",
            reported.unwrap_or_default()
        );
    };
    let types: BTreeMap<&str, &TypedSchema> = output
        .schemas
        .iter()
        .map(|typed| (typed.pointer.as_str(), typed))
        .collect();
    let ledger = output.ledger.to_tsv();
    for case in &mut cases {
        if let Fate::Emitted { name, ledger: lines } = &mut case.fate {
            let pointer = format!("/components/schemas/{}", case.name);
            let found = types.get(pointer.as_str());
            let found = found.with_context(|| format!("{pointer} of {edition} has no type"))?;
            *name = if found.is_nullable {
                format!("Option<{}>", found.path)
            } else {
                found.path.clone()
            };
            *lines = below(&ledger, &pointer);
        }
    }
    let files = output.files;
    Ok(Plan { edition, cases, files })
}

/// Adds the schemas of a file, those that the generator refuses to the cases alone.
fn add(edition: Edition, file: File, cases: &mut Vec<Case>, components: &mut Map<String, Value>) {
    for group in file.groups {
        let name = format!("T{:04}", cases.len() + 1);
        let embed = if edition.version.starts_with("3.0") {
            embed::component
        } else {
            embed::identified
        };
        let component = embed(&name, &group.schema, edition.has_siblings);
        let run = generate(edition, &Map::from_iter([(name.clone(), component.clone())]));
        // `$dynamicRef` allows any value, which is no reading of it to be measured.
        let is_refused = |found: &&Diagnostic| found.severity == Severity::Error || found.code == "dynamic-reference";
        let error = run.diagnostics.iter().find(is_refused);
        let fate = if let Some(error) = error {
            Fate::Refused {
                code: error.code,
                message: error.message.clone(),
            }
        } else {
            components.insert(name.clone(), component);
            Fate::Emitted {
                name: String::new(),
                ledger: Vec::new(),
            }
        };
        cases.push(Case {
            keyword: file.keyword.clone(),
            group: group.description,
            name,
            schema: group.schema,
            tests: group.tests,
            fate,
        });
    }
}

/// Runs the generator on a document with these components.
fn generate(edition: Edition, components: &Map<String, Value>) -> Run {
    let mut document = json!({
        "openapi": edition.version,
        "info": {"title": format!("The suite, {edition}"), "version": "1.0.0"},
        "servers": [{"url": "https://suite.example"}],
        "paths": {},
        "components": {"schemas": components},
    });
    if let Some(dialect) = edition.dialect {
        document["jsonSchemaDialect"] = json!(dialect);
    }
    let mut options = Options::new(edition.package);
    let runtime = tree::root().join("generator/runtime");
    options.package.runtime = Runtime::Shared(SharedRuntime::at(&runtime.to_string_lossy()));
    options.package.in_workspace = true;
    let text = document.to_string();
    let input = Input {
        name: "suite.json",
        text: &text,
        overlays: &[],
    };
    generator::generate(&input, &options)
}

/// Returns the lines of a ledger about the schema at `pointer`: where in it, keyword, result and reason.
///
/// Every schema of 2020-12 names its dialect; that this is not read is no word about what became of the rest.
fn below(ledger: &str, pointer: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in ledger.lines() {
        let Some(rest) = line.strip_prefix(pointer) else {
            continue;
        };
        let keyword = rest.split('\t').nth(1).unwrap_or_default();
        if rest.starts_with(['/', '\t']) && !["$schema", "$comment"].contains(&keyword) {
            found.push(rest.replace('\t', " ").trim().to_owned());
        }
    }
    found
}
