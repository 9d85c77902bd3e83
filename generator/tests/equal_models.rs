//! Models are equal if a Rust caller cannot tell the crates apart.

#![allow(clippy::expect_used, reason = "a document without a model fails the test")]

use generator::model::Api;
use generator::{Input, Options};

/// A document with descriptions of everything that the model keeps one of.
const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0, description: A shop.}
servers: [{url: 'https://{stage}.example', description: Where the shop that sells all of these pets is found, variables: {stage: {default: live, description: Stage.}}}]
tags: [{name: pets, description: Everything about pets.}]
security: [{token: []}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      summary: Gets a pet.
      description: Gets one of the pets.
      parameters:
      - {name: id, in: path, required: true, description: Its id., schema: {type: string}, example: rex}
      - {name: limit, in: query, description: A limit., schema: {type: integer, default: 10, minimum: 1}}
      responses:
        '200': {description: The pet., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        '404': {description: There is none.}
components:
  securitySchemes:
    token: {type: http, scheme: bearer, description: A token.}
  schemas:
    Pet:
      title: The pet
      description: A pet.
      type: object
      required: [name]
      properties:
        name: {type: string, maxLength: 20, description: What it is called.}
        age: {type: integer, default: 3, description: How old it is.}
        size: {type: string, enum: [small, large], description: Its size.}
";

/// Returns the model of a document.
fn model(document: &str) -> Api {
    let input = Input {
        name: "pets.yaml",
        text: document,
        overlays: &[],
    };
    let (run, stages) = generator::run(&input, &Options::new("pets"));
    assert!(run.output.is_some(), "{:?}", run.diagnostics);
    stages.api.expect("a document without errors has a model")
}

#[test]
fn descriptions_and_places_are_not_compared() {
    let other = DOCUMENT
        .replace("description: ", "description: Other words. ")
        .replace("summary: ", "summary: Other words. ")
        .replace("title: Pets", "title: Dogs")
        .replace("title: The pet", "title: The animal")
        .replace("version: 1.0.0", "version: 1.0.1")
        .replace("example: rex", "example: fido")
        .replace("\npaths:", "\n\n# A comment, which moves everything below.\npaths:");
    let (one, other) = (model(DOCUMENT), model(&other));
    assert_ne!(format!("{one:?}"), format!("{other:?}"), "the words differ");
    assert!(one == other, "{one:#?}\n{other:#?}");
}

#[test]
fn what_a_caller_sees_is_compared() {
    let changes = [
        ("minimum: 1", "minimum: 2"),
        ("maxLength: 20", "maxLength: 21"),
        ("age: {type: integer,", "years: {type: integer,"),
        ("age: {type: integer, default: 3", "age: {type: integer, default: 4"),
        ("age: {type: integer,", "age: {type: number,"),
        ("name: {type: string,", "name: {type: string, deprecated: true,"),
        ("enum: [small, large]", "enum: [small, huge]"),
        ("required: [name]", "required: [name, age]"),
        ("operationId: getPet", "operationId: readPet"),
        ("'404'", "'410'"),
        ("scheme: bearer", "scheme: basic"),
        ("default: live", "default: test"),
    ];
    let one = model(DOCUMENT);
    for (from, to) in changes {
        assert!(DOCUMENT.contains(from), "{from}");
        assert!(one != model(&DOCUMENT.replace(from, to)), "{from} → {to}");
    }
}
