//! What ledgers say of documents.

use crate::diagnostic::Severity;
use crate::{Input, Options, Run, Strictness, generate};

/// A document that is expressed in part, and has no fault.
const IN_PART: &str = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /cats:
    get:
      parameters: [{name: where, in: query, content: {application/xml: {}}}]
      responses: {'204': {description: Found.}}
    post:
      requestBody: {content: {multipart/form-data: {schema: {type: array}}}}
      responses: {'204': {description: Added.}}
    put:
      parameters: [{name: size, in: query, style: label, schema: {type: string}}]
      responses: {'204': {description: Put.}}
components:
  schemas:
    Place: {type: object, patternProperties: {'^s': {type: string}, '^n': {type: number}}}
    Name: {type: string, pattern: '('}
";

/// A document with faults that have a safe reading.
const FAULTY: &str = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  toys:
    get: {responses: {'204': {description: Found.}}}
  /pets:
    get:
      parameters: [{$ref: '#/components/parameters/limit'}]
      responses: {'204': {description: Found.}}
components:
  schemas:
    Name: {type: object, properties: {first: {type: string, minLength: long, maxLength: 4}}}
    Toys: {type: array, items: 3}
";

fn run(text: &str, strictness: Strictness) -> Run {
    let mut options = Options::new("pets");
    options.strictness = strictness;
    let input = Input {
        name: "pets.yaml",
        text,
        overlays: &[],
    };
    generate(&input, &options)
}

/// Returns the pointer and the keyword of each line of the ledger that says `degraded`.
fn degraded(run: &Run) -> Vec<String> {
    let tsv = run.output.as_ref().unwrap().ledger.to_tsv();
    let rows = tsv.lines().filter(|line| line.split('\t').nth(2) == Some("degraded"));
    rows.map(|line| line.split('\t').take(2).collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn what_is_expressed_in_part_has_a_line() {
    let usual = run(IN_PART, Strictness::Usual);
    assert_eq!(
        degraded(&usual),
        [
            "/components/schemas/Name pattern",
            "/components/schemas/Place patternProperties",
            "/paths/~1cats post",
            "/paths/~1cats/get/parameters/0 content",
            "/paths/~1cats/put/parameters 0",
        ]
    );
}

#[test]
fn what_has_no_diagnostic_is_counted_by_its_reason() {
    let text = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      parameters:
        - {name: X-A, in: header, allowReserved: true, schema: {type: string}}
        - {name: X-B, in: header, allowReserved: true, schema: {type: string}}
        - {name: where, in: query, content: {application/xml: {}}}
        - {name: order, in: query, content: {text/plain: {}, application/json: {}}}
      responses: {'204': {description: Found.}}
";
    let run = run(text, Strictness::Usual);
    let ledger = &run.output.as_ref().unwrap().ledger;
    let unreported = ledger.unreported().iter();
    let unreported: Vec<_> = unreported
        .map(|unreported| {
            (
                unreported.count,
                unreported.reason.as_str(),
                unreported.first.to_string(),
            )
        })
        .collect();
    // A diagnostic tells of `where`.
    assert_eq!(
        unreported,
        [
            (
                2,
                "it only applies to query parameters",
                "/paths/~1pets/get/parameters/0/allowReserved".to_owned()
            ),
            (
                1,
                "only one of several media types is used",
                "/paths/~1pets/get/parameters/3/content".to_owned()
            ),
        ]
    );
    assert_eq!(ledger.totals()["degraded"], 4);
}

#[test]
fn what_has_nothing_to_say_is_ignored() {
    const SAID_TWICE: &str = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    post:
      requestBody:
        content:
          application/json: {schema: {type: object}, encoding: {name: {contentType: text/plain}}}
          application/xml: {schema: {type: object}}
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {name: {type: string}}}
            encoding:
              name: {style: form, contentType: text/plain, headers: {X-A: {schema: {type: string}}}}
              size: {style: form}
              toys: {contentType: text/plain}
      responses:
        '200':
          description: Added.
          content: {application/json: {schema: {type: object}, encoding: {name: {contentType: text/plain}}}}
";
    // Only what names nothing of the schema is lost.
    assert!(run(SAID_TWICE, Strictness::Strict).output.is_none());
    let text = SAID_TWICE
        .replace("              size: {style: form}\n", "")
        .replace("              toys: {contentType: text/plain}\n", "");
    let strict = run(&text, Strictness::Strict);
    let tsv = strict.output.as_ref().unwrap().ledger.to_tsv();
    for (pointer, keyword) in [
        ("requestBody/content", "application/xml"),
        ("requestBody/content/application~1json", "encoding"),
        (
            "requestBody/content/application~1x-www-form-urlencoded/encoding/name",
            "contentType",
        ),
        (
            "requestBody/content/application~1x-www-form-urlencoded/encoding/name",
            "headers",
        ),
        ("responses/200/content/application~1json", "encoding"),
    ] {
        let row = format!("/paths/~1pets/post/{pointer}\t{keyword}\tignored\t");
        assert!(tsv.contains(&row), "{row}\n{tsv}");
    }
}

#[test]
fn an_operation_that_does_not_page_as_it_says_has_a_line() {
    const DROPSHOT: &str = "
openapi: 3.1.0
info: {title: Racks, version: 1.0.0}
paths:
  /racks:
    get:
      x-dropshot-pagination: {required: []}
      responses: {'200': {description: Racks.}}
  /sleds:
    get:
      x-pagination: {style: cursor, cursor: page_token, next: /next, items: /sleds}
      x-dropshot-pagination: {required: []}
      parameters: [{name: page_token, in: query, schema: {type: string}}]
      responses:
        '200':
          description: Sleds.
          content:
            application/json:
              schema: {type: object, properties: {next: {type: string}, sleds: {type: array, items: {type: string}}}}
";
    let tsv = run(DROPSHOT, Strictness::Usual).output.unwrap().ledger.to_tsv();
    for row in [
        "/paths/~1racks/get\tx-dropshot-pagination\tdegraded\tthe operation has no pages: ",
        "/paths/~1sleds/get\tx-dropshot-pagination\tignored\tx-pagination says how the operation pages",
    ] {
        assert!(tsv.contains(row), "{row}\n{tsv}");
    }
}

#[test]
fn the_extensions_of_others_are_ignored() {
    const DATADOG: &str = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      x-pagination: {limitParam: count, pageOffsetParam: start, resultsPath: data}
      responses: {'200': {description: Pets.}}
";
    let tsv = run(DATADOG, Strictness::Strict).output.unwrap().ledger.to_tsv();
    assert!(
        tsv.contains("/paths/~1pets/get\tx-pagination\tignored\tit is not the x-pagination"),
        "{tsv}"
    );
}

#[test]
fn a_strict_run_reports_each_fault_once() {
    let strict = run(IN_PART, Strictness::Strict);
    assert!(strict.output.is_none());
    let mut codes: Vec<_> = strict.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            "not-supported",
            "operation-skipped",
            "parameter-skipped",
            "pattern-syntax",
            "unreadable"
        ]
    );
    assert!(
        strict
            .diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity == Severity::Error)
    );
}

#[test]
fn what_leniency_costs_has_a_line() {
    assert!(run(FAULTY, Strictness::Usual).output.is_none());
    let lenient = run(FAULTY, Strictness::Lenient);
    assert_eq!(
        degraded(&lenient),
        [
            "/components/schemas/Name/properties/first minLength",
            "/components/schemas/Toys items",
            "/paths/~1pets/get/parameters/0 $ref",
        ]
    );
    let tsv = lenient.output.as_ref().unwrap().ledger.to_tsv();
    assert!(tsv.contains("/paths\ttoys\tdoubtful\t"), "{tsv}");
    let files = &lenient.output.as_ref().unwrap().files;
    assert!(files["src/operations/pets.rs"].contains("GetPets"));
    assert!(files["src/schemas/name.rs"].contains("MaxLength(4)"));
    assert!(!files["src/schemas/name.rs"].contains("MinLength"));
}

#[test]
fn an_example_that_is_not_shown_is_counted() {
    const EXAMPLES: &str = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      parameters:
        - {name: age, in: query, schema: {type: integer}, examples: {old: {$ref: '#/components/examples/Old'}}}
        - {name: kind, in: query, description: Which., schema: {type: string}, example: cat}
        - {name: size, in: query, schema: {type: string}, examples: {gone: {$ref: '#/components/examples/Gone'}}}
      responses: {'200': {description: Pets., content: {application/json: {example: [], schema: {type: array}}}}}
components:
  examples:
    Old: {value: 20, summary: An old pet, description: It is old.}
    Young: {value: 1}
  schemas:
    Name: {type: string, example: Tom}
    Toy: {type: string, examples: [ball, ball, rope]}
";
    let run = run(EXAMPLES, Strictness::Usual);
    let dangling = run.diagnostics.iter().find(|found| found.code == "dangling-reference");
    assert_eq!(dangling.map(|found| found.severity), Some(Severity::Warning));
    let tsv = run.output.as_ref().unwrap().ledger.to_tsv();
    let rows: Vec<&str> = tsv.lines().skip(1).filter(|row| !row.contains("\tinfo\t")).collect();
    let keys: Vec<String> = rows
        .iter()
        .map(|row| row.split('\t').take(3).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        keys,
        [
            "/components/examples Young ignored",
            "/components/examples/Old description ignored",
        ]
    );
    let totals = run.output.as_ref().unwrap().ledger.totals();
    assert_eq!((totals["examples"], totals["extensions"]), (3, 0));
    let operations = &run.output.as_ref().unwrap().files["src/operations/pets.rs"];
    assert!(
        operations.contains("/// For example `20` (An old pet).\n"),
        "{operations}"
    );
}
