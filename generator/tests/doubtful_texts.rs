//! What most readers of YAML and JSON accept, and the standards do not, is read with a warning.

use generator::{Input, Options, Run, Severity, Strictness, generate};

const PETS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example'}]
paths:
  /pets:
    get: {operationId: listAnts, responses: {'204': {description: None.}}}
    get: {operationId: listPets, responses: {'204': {description: None.}}}
components:
  schemas:
    Pet:
      <<: 7
      type: object
      properties:
        age: {type: integer, minimum: 0, maximum: .inf}
";

fn run(strictness: Strictness) -> Run {
    let mut options = Options::new("pets");
    options.strictness = strictness;
    let input = Input {
        name: "openapi.yaml",
        text: PETS,
        overlays: &[],
    };
    generate(&input, &options)
}

#[test]
fn a_doubtful_text_gives_a_crate() {
    let run = run(Strictness::Usual);
    for (code, line) in [("duplicate-key", 7), ("yaml-merge-key", 11), ("yaml-not-finite", 14)] {
        let found = run.diagnostics.iter().find(|diagnostic| diagnostic.code == code);
        let found = found.unwrap_or_else(|| panic!("{code} is missing"));
        assert_eq!(found.severity, Severity::Warning, "{code}");
        let text = found.render(&run.sources);
        assert!(text.contains(&format!("openapi.yaml:{line}:")), "{text}");
    }
    let Some(output) = run.output else {
        panic!("{:?}", run.diagnostics)
    };
    // The last of two counts.
    let operations: Vec<&String> = output
        .files
        .values()
        .filter(|text| text.contains("list_pets"))
        .collect();
    assert!(!operations.is_empty());
    assert!(output.files.values().all(|text| !text.contains("list_ants")));
}

#[test]
fn a_strict_run_refuses_it() {
    let run = run(Strictness::Strict);
    assert!(run.output.is_none());
    for code in ["duplicate-key", "yaml-merge-key", "yaml-not-finite"] {
        let found = run.diagnostics.iter().find(|diagnostic| diagnostic.code == code);
        assert_eq!(found.map(|found| found.severity), Some(Severity::Error), "{code}");
    }
}
