//! Defects seeded into a document: each is reported on its line, and the overlay that a run writes mends it.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use generator::unstable::Stages;
use generator::{Input, Options, OverlayText, Strictness};

/// A document without a fault; each line is the place of some defect.
const SOUND: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers:
- url: https://pets.example
security:
- key: []
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: limit, in: query, schema: {type: integer}}
      responses:
        '200':
          description: The pet.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pet'}
        '404': {$ref: '#/components/responses/Missing'}
    put:
      operationId: putPet
      tags: [pets]
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Animal'}
      responses:
        '204': {description: Done.}
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        '200':
          description: All.
          content:
            application/json:
              schema:
                type: array
                items: {$ref: '#/components/schemas/Pet'}
components:
  responses:
    Missing: {description: It is missing.}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        kind: {type: string}
        age: {type: integer}
        born: {type: string, format: date}
        size: {enum: [1, 2], type: integer}
        tag: {type: string, pattern: '^a+$'}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
    Animal:
      oneOf:
      - $ref: '#/components/schemas/Pet'
      - $ref: '#/components/schemas/Cat'
      discriminator:
        propertyName: kind
        mapping:
          pet: '#/components/schemas/Pet'
          cat: '#/components/schemas/Cat'
";

/// A kind of defect.
struct Seed {
    code: &'static str,
    /// What it takes the place of, once.
    sound: &'static str,
    /// What it is; the line with the sign `@`, which is left out, is the one that is reported.
    defect: &'static str,
}

const fn seed(code: &'static str, sound: &'static str, defect: &'static str) -> Seed {
    Seed { code, sound, defect }
}

const PET_REFERENCE: &str = "              schema: {$ref: '#/components/schemas/Pet'}\n";
const AGE: &str = "        age: {type: integer}\n";
const LIMIT: &str = "      - {name: limit, in: query, schema: {type: integer}}\n";

#[rustfmt::skip]
const SEEDS: &[Seed] = &[
    seed("dangling-reference", PET_REFERENCE, "@              schema: {$ref: '#/components/schemas/Pett'}\n"),
    seed("dangling-reference", PET_REFERENCE, "@              schema: {$ref: '#/components/schemas/Elephant'}\n"),
    seed("dangling-reference", "'404': {$ref: '#/components/responses/Missing'}", "@'404': {$ref: '#/components/responses/Gone'}"),
    seed("dangling-reference", LIMIT, "@      - {$ref: '#/components/parameters/Limit'}\n"),
    seed("unknown-anchor", PET_REFERENCE, "@              schema: {$ref: '#components/schemas/Pet'}\n"),
    seed("reference-type", PET_REFERENCE, "@              schema: {$ref: 7}\n"),
    seed("reference-kind", PET_REFERENCE, "@              schema: {$ref: '#/components/responses/Missing'}\n"),
    seed("reference-kind", "'404': {$ref: '#/components/responses/Missing'}", "@'404': {$ref: '#/components/schemas/Pet'}"),
    seed("unknown-anchor", PET_REFERENCE, "@              schema: {$ref: '#pet'}\n"),
    seed("external-reference", PET_REFERENCE, "@              schema: {$ref: 'pets.yaml#/Pet'}\n"),
    seed("reference-cycle", "    Cat: {", "@    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n    Cat: {"),
    seed("security-scheme-unknown", "- key: []", "@- keey: []"),
    seed("security-scheme-unknown", "- key: []", "@- oauth: []"),
    seed("unreadable", "- key: []", "- key: []\n@- key"),
    seed("unreadable", "  /pets:\n", "@  /owners: text\n  /pets:\n"),
    seed("unreadable", "  /pets:\n", "  /pets:\n@    parameters: text\n"),
    seed("duplicate-operation-id", "operationId: putPet", "@operationId: getPet"),
    seed("path-parameter-missing", "      - {name: id, in: path, required: true, schema: {type: string}}\n      - {name: limit", "      - {name: limit"),
    seed("path-parameter-unused", LIMIT, "@      - {name: other, in: path, required: true, schema: {type: string}}\n"),
    seed("parameter-without-schema", LIMIT, "@      - {name: limit, in: query}\n"),
    seed("path-without-slash", "  /pets:\n", "@  pets:\n"),
    seed("path-character", "  /pets:\n", "@  /all pets:\n"),
    seed("path-brace", "  /pets:\n", "@  /all/{pets:\n"),
    seed("ambiguous-path", "  /pets:\n", "@  /pets/{name}:\n    parameters: [{name: name, in: path, required: true, schema: {type: string}}]\n"),

    seed("server-skipped", "operationId: putPet", "operationId: putPet\n      servers:\n@      - url: 'https://{region}.pets.example'"),
    seed("type-spelling", AGE, "@        age: {type: int64}\n"),
    seed("type-spelling", AGE, "@        age: {type: any}\n"),
    seed("type-spelling", AGE, "@        age: {type: [integer, null]}\n"),
    seed("required-spelling", AGE, "@        age: {type: integer, required: true}\n"),
    seed("required-spelling", AGE, "@        age: {type: integer, required: false}\n"),
    seed("exclusive-spelling", AGE, "@        age: {type: integer, minimum: 1, exclusiveMinimum: true}\n"),
    seed("discriminator-spelling", "      discriminator:\n        propertyName: kind\n        mapping:\n          pet: '#/components/schemas/Pet'\n          cat: '#/components/schemas/Cat'\n", "@      discriminator: kind\n"),
    seed("discriminator-mapping", "          cat: '#/components/schemas/Cat'\n", "@          cat: '#/components/schemas/Catt'\n"),
    seed("discriminator-mapping", "          cat: '#/components/schemas/Cat'\n", "          cat: '#/components/schemas/Cat'\n@          dog: '#/components/schemas/Dogfish'\n"),
    seed("unknown-field", "operationId: putPet", "operationId: putPet\n@      depricated: true"),
    seed("unknown-field", AGE, "@        age: {type: integer, minimun: 1}\n"),
    seed("unknown-format", "format: date}", "format: datetime}@"),
    seed("schema-keyword-type", AGE, "@        age: {type: integer, minimum: '1'}\n"),
    seed("schema-keyword-type", AGE, "@        age: {type: integer, multipleOf: many}\n"),
    seed("schema-keyword-type", AGE, "@        age: integer\n"),
    seed("schema-keyword-empty", AGE, "@        age: {type: integer, minimum: }\n"),
    seed("schema-keyword-empty", AGE, "@        age:\n"),
    seed("dynamic-reference", AGE, "@        age: {$dynamicRef: '#x'}\n"),
    seed("unknown-dialect", AGE, "@        age: {$schema: 'https://dialects.example', type: integer}\n"),
    seed("recursive-reference", AGE, "@        age: {$recursiveRef: '#'}\n"),
    seed("required-undeclared", "      required: [name]\n", "@      required: [name, title]\n"),
    seed("default-type", AGE, "@        age: {type: integer, default: one}\n"),
    seed("enum-type", "size: {enum: [1, 2]", "size: {enum: [1, two]@"),
    seed("pattern-syntax", "'^a+$'", "'^(?i)a++$'@"),
    seed("id-fragment", AGE, "@        age: {$id: '#age', type: integer}\n"),
    seed("duplicate-identifier", AGE, "        age: {$anchor: x, type: integer}\n@        length: {$anchor: x, type: integer}\n"),
    seed("extension-value", "operationId: putPet", "operationId: putPet\n@      x-safe: perhaps"),
    seed("list-empty", "operationId: putPet", "operationId: putPet\n@      security:"),
    seed("list-empty", "operationId: putPet\n      tags: [pets]", "operationId: putPet\n@      tags:"),
    seed("list-empty", "  /pets:\n", "  /pets:\n@    parameters: null\n"),
    seed("duplicate-key", AGE, "        age: {type: integer}\n@        age: {type: integer}\n"),
];

/// Generates strictly.
fn run(text: &str, overlays: &[OverlayText]) -> Stages {
    let mut options = Options::new("pets");
    options.strictness = Strictness::Strict;
    let input = Input {
        name: "openapi.yaml",
        text,
        overlays,
    };
    Stages::of(&input, &options)
}

fn found(stages: &Stages) -> Vec<serde_json::Value> {
    let diagnostics = stages.run.diagnostics.iter();
    diagnostics
        .map(|each| serde_json::from_str(&each.render_json(&stages.run.sources)).unwrap())
        .collect()
}

/// Returns a document with the defect, and the line that is reported.
fn seeded(seed: &Seed) -> (String, u64) {
    assert_eq!(SOUND.matches(seed.sound).count().min(1), 1, "{}", seed.sound);
    let marked = SOUND.replacen(seed.sound, seed.defect, 1);
    let line = marked.lines().position(|line| line.contains('@'));
    // A parameter that is missing has no line of its own: the operation is reported.
    let line = line
        .or_else(|| marked.lines().position(|line| line == "    get:"))
        .unwrap();
    (marked.replace('@', ""), line as u64 + 1)
}

#[test]
fn the_document_has_no_fault() {
    assert_eq!(found(&run(SOUND, &[])), Vec::<serde_json::Value>::new());
}

#[test]
fn defects_are_reported_on_their_line_and_mended_by_the_overlay() {
    let (mut misplaced, mut unmended, mut with_overlay) = (Vec::new(), Vec::new(), 0);
    for seed in SEEDS {
        let (text, line) = seeded(seed);
        let stages = run(&text, &[]);
        let reported = found(&stages);
        if !reported
            .iter()
            .any(|each| each["code"] == seed.code && each["line"] == line)
        {
            misplaced.push(format!("{} at {line}: {} → {reported:#?}", seed.code, seed.defect));
        }
        let Some(overlay) = stages.mending().overlay else {
            continue;
        };
        with_overlay += 1;
        let overlay = OverlayText {
            name: "mended.yaml".to_owned(),
            text: overlay,
        };
        let again = run(&text, std::slice::from_ref(&overlay));
        if again.run.output.is_none() {
            unmended.push(format!("{}{}\n{:#?}", seed.defect, overlay.text, found(&again)));
        }
    }
    assert!(misplaced.is_empty(), "{}", misplaced.join("\n"));
    assert!(with_overlay >= 40, "{with_overlay} have an overlay");
    assert!(
        unmended.is_empty(),
        "{} of {with_overlay}: {}",
        unmended.len(),
        unmended.join("\n")
    );
}

/// Runs a document, mends it, and runs it again: returns what is still found, with the overlay.
fn mended(text: &str) -> (Vec<serde_json::Value>, String) {
    let overlay = OverlayText {
        name: "mended.yaml".to_owned(),
        text: run(text, &[]).mending().overlay.unwrap(),
    };
    (found(&run(text, std::slice::from_ref(&overlay))), overlay.text)
}

/// What one action changes, the others still find.
#[test]
fn many_defects_are_mended_together() {
    let text = SOUND
        .replace("  /pets/{id}:\n", "  pets/{id}:\n")
        .replace(
            "operationId: putPet",
            "operationId: putPet\n      depricated: true\n      x-safe: maybe",
        )
        .replace(
            "      - {name: limit, in: query, schema: {type: integer}}\n",
            "      - {name: a, in: path, required: true, schema: {type: string}}\n      \
             - {name: limit, in: query, schema: {type: integer, minimun: 1}}\n      \
             - {name: b, in: path, required: true, schema: {type: string}}\n",
        )
        .replace(
            "        age: {type: integer}\n",
            "        age: {type: int, multipleOf: '2'}\n",
        )
        .replace(
            "#/components/schemas/Cat'\n      disc",
            "#/components/schemas/Cats'\n      disc",
        )
        .replace("size: {enum: [1, 2]", "size: {enum: [a, 1, b]")
        .replace("tag: {type: string", "tag: {enum: [1, 2], type: string");
    let (found, overlay) = mended(&text);
    assert!(found.is_empty(), "{overlay}{found:#?}");
}

/// A document of Swagger 2.0 is mended by its own words.
#[test]
fn swagger_is_mended_in_its_own_form() {
    const PETS: &str = "\
swagger: '2.0'
info: {title: Pets, version: 1.0.0}
host: pets.example
schemes: [https]
security: [{login: []}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      responses:
        '200': {description: The pet., schema: {$ref: '#/definitions/Pett'}}
        '404': {description: None., schema: {$ref: '#/definitions/Failure'}}
definitions:
  Pet: {type: object, properties: {age: {type: integer, minimun: 1}}}
";
    let (found, overlay) = mended(PETS);
    assert!(found.is_empty(), "{overlay}{found:#?}");
    for words in [
        "securityDefinitions: {login: {type: basic}}",
        "#/definitions/Pet\"",
        "Failure: {}",
    ] {
        assert!(overlay.contains(words), "{overlay}");
    }
}
