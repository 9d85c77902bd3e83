//! What the examples of a document come to.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use anyhow::{Result, bail};
use generator::unstable::{Node, Stages};
use generator::{Input, Options, Pointer, Runtime, Severity, SharedRuntime, Sources, Strictness};
use schema_oracle::Oracle;
use schema_oracle::translate::Document;
use serde::Serialize;

use crate::compare;
use crate::explain::Explanations;
use crate::find::{self, Example};
use crate::program::{self, Asked};
use crate::types::{ANY, Types};

/// What the examples of a document come to.
#[derive(Debug, Serialize)]
pub struct Examined {
    /// The name of the document.
    pub document: String,
    /// How many examples it has.
    pub examples: usize,
    /// How many of them the `jsonschema` crate accepts for their schemas.
    pub accepted: usize,
    /// The schemas of those accepted ones that are decoded as any JSON value, since no type of the crate is known for them.
    pub any: Vec<String>,
    /// How many of the accepted ones decode.
    pub decoded: usize,
    /// How many of the accepted ones are encoded as equal values.
    pub equal: usize,
    /// The schemas that the `jsonschema` crate cannot use, with the reason.
    pub unusable: Vec<(String, String)>,
    /// How many examples these schemas have, which are not accepted.
    pub of_unusable: usize,
    /// The accepted examples that are not equal.
    pub different: Vec<Different>,
}

/// An example that does not come back as it was.
#[derive(Debug, Serialize)]
pub struct Different {
    /// Where it stands, as `file:line`.
    pub line: String,
    /// Where it stands, as a JSON Pointer.
    pub pointer: String,
    /// Where its schema stands, as a JSON Pointer.
    pub schema: String,
    /// The type that decoded it.
    pub type_: String,
    /// Why it did not decode, or what differs.
    pub difference: String,
    /// Why that is right.
    pub explanation: Option<String>,
}

/// Generates the crate of a document below `place`, and has its types decode and encode the document's examples.
///
/// # Errors
///
/// When the document gives no crate, or the crate cannot be compiled.
pub fn examine(name: &str, input: &Input<'_>, place: &Path, explanations: &Explanations) -> Result<Examined> {
    let package = apicrate::unstable::package_name(&format!("examples-{name}"));
    let mut options = Options::new(&package);
    let runtime = tests::root().join("generator/runtime");
    options.package.runtime = Runtime::Shared(SharedRuntime::at(&runtime.to_string_lossy()));
    options.package.in_workspace = true;
    options.strictness = Strictness::Lenient;
    let stages = Stages::of(input, &options);
    let (Some(document), Some(output)) = (&stages.document, &stages.run.output) else {
        let error = stages
            .run
            .diagnostics
            .iter()
            .find(|found| found.severity == Severity::Error);
        let error = error.map(|error| error.render(&stages.run.sources));
        bail!("the document gives no crate\n{}", error.unwrap_or_default());
    };
    let types = Types::new(document, &stages, output);
    let examples = find::find(document);
    let mut examined = Examined {
        document: name.to_owned(),
        examples: examples.len(),
        accepted: 0,
        any: Vec::new(),
        decoded: 0,
        equal: 0,
        unusable: Vec::new(),
        of_unusable: 0,
        different: Vec::new(),
    };
    let accepted = examined.accept(document, examples);
    let asked: Vec<Asked> = accepted
        .iter()
        .map(|example| Asked {
            type_: types.of(&example.schema),
            text: example.value.to_string(),
        })
        .collect();
    let of_any = accepted.iter().zip(&asked).filter(|(_, asked)| asked.type_ == ANY);
    examined.any = of_any.map(|(example, _)| example.schema.to_string()).collect();
    if asked.is_empty() {
        return Ok(examined);
    }
    let results = program::run(place, &package, &output.files, &asked)?;
    for ((example, asked), result) in accepted.iter().zip(asked).zip(results) {
        examined.take(example, asked, result, &stages.run.sources, explanations);
    }
    Ok(examined)
}

impl Examined {
    /// Returns the examples that their schemas accept.
    fn accept<'d>(&mut self, document: &Node, examples: Vec<Example<'d>>) -> Vec<Example<'d>> {
        let json = document.to_json();
        let document = Document::new(&json);
        let mut oracles: BTreeMap<Pointer, Option<Oracle>> = BTreeMap::new();
        let mut accepted = Vec::new();
        for example in examples {
            let oracle = oracles.entry(example.schema.clone()).or_insert_with(|| {
                let made = catch_unwind(AssertUnwindSafe(|| Oracle::of(&document, example.schema.as_str())));
                made.map_err(|panic| self.unusable.push((example.schema.to_string(), words(&*panic))))
                    .ok()
            });
            match oracle {
                Some(oracle) if oracle.is_valid(&example.value.to_json()) => accepted.push(example),
                Some(_) => {}
                None => self.of_unusable += 1,
            }
        }
        self.accepted = accepted.len();
        accepted
    }

    /// Counts the result of an example.
    fn take(
        &mut self,
        example: &Example<'_>,
        asked: Asked,
        result: Result<String, String>,
        sources: &Sources,
        explanations: &Explanations,
    ) {
        self.decoded += usize::from(result.is_ok());
        let difference = match result {
            Err(reason) => Some(format!("it does not decode: {reason}")),
            Ok(text) => match compare::parse(&text) {
                Some(after) => compare::difference(example.value, &after),
                None => Some(format!("what is encoded is no JSON: {text}")),
            },
        };
        let Some(difference) = difference else {
            self.equal += 1;
            return;
        };
        let origin = example.value.origin;
        let file = sources.get(origin.source).map_or("", |source| source.name.as_str());
        let line = sources.locate(origin).map_or(0, |position| position.line);
        let pointer = example.pointer.to_string();
        self.different.push(Different {
            line: format!("{file}:{line}"),
            explanation: explanations.of(&self.document, &pointer, &difference),
            pointer,
            schema: example.schema.to_string(),
            type_: asked.type_,
            difference,
        });
    }

    /// Returns how many examples differ without an explanation.
    #[must_use]
    pub fn unexplained(&self) -> usize {
        self.different
            .iter()
            .filter(|different| different.explanation.is_none())
            .count()
    }
}

/// Returns what a panic says.
fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic");
    text.chars().take(250).collect()
}
