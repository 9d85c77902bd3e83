//! The model has what a Rust caller sees of a crate, and models are equal if that is.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a model without the fact fails the test"
)]

use generator::unstable::{Api, Conversion, Derive, Integer, Named, Shape, Source, Stages, Type};
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
    model_with(document, &Options::new("pets"))
}

/// Returns the model of a document in a crate as `options` ask for it.
fn model_with(document: &str, options: &Options) -> Api {
    let input = Input {
        name: "pets.yaml",
        text: document,
        overlays: &[],
    };
    let Stages { run, api, .. } = Stages::of(&input, options);
    assert!(run.output.is_some(), "{:?}", run.diagnostics);
    api.expect("a document without errors has a model")
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

#[test]
fn environment_variables_are_compared() {
    let mut options = Options::new("pets");
    options.package.environment = Some("PETS".to_owned());
    let with = |document: &str| model_with(document, &options);
    let one = with(DOCUMENT);
    let environment = one.environment.as_ref().expect("the crate reads the environment");
    assert_eq!(
        (environment.url.as_str(), &environment.credentials[..]),
        ("PETS_URL", &[vec!["PETS_TOKEN".to_owned()]][..])
    );
    let basic = with(&DOCUMENT.replace("scheme: bearer", "scheme: basic"));
    let environment = basic.environment.as_ref().expect("the crate reads the environment");
    assert_eq!(environment.credentials, [["PETS_TOKEN_USER", "PETS_TOKEN_PASSWORD"]]);
    assert!(one != model(DOCUMENT));
}

/// A document with a type of each shape that has conversions.
const TYPES: &str = "
openapi: 3.1.0
info: {title: Types, version: 1.0.0}
components:
  schemas:
    Id: {type: string, pattern: '^[a-z]+$'}
    Count: {type: integer, minimum: 1}
    Weight: {type: number, minimum: 1}
    Open: {anyOf: [{type: string, enum: [a, b]}, {type: string}]}
    Alias: {type: string}
    Union: {oneOf: [{type: string}, {type: array, items: {type: number}}]}
    Scalars: {oneOf: [{type: string}, {type: integer, minimum: 3}, {type: array, items: {type: number}}]}
    Same: {oneOf: [{type: array, items: {$ref: '#/components/schemas/Alias'}}, {type: array, items: {type: string}, minItems: 3}, {type: boolean}]}
    Constant: {type: object, required: [kind], properties: {kind: {const: a}}}
    Pair: {type: object, required: [one, two], properties: {one: {type: integer}, two: {$ref: '#/components/schemas/Count'}}}
";

fn named<'api>(api: &'api Api, name: &str) -> &'api Named {
    let found = api.types.iter().find(|named| named.name == name);
    found.expect("the document has the type")
}

#[test]
fn types_have_their_conversions() {
    let api = model(TYPES);
    let of = |name: &str| named(&api, name).conversions.clone();
    let count = Type::Integer(Integer::I64);
    assert_eq!(
        of("Count"),
        [Conversion::From(Source::Value(count.clone())), Conversion::Into(count)]
    );
    assert_eq!(of("Open"), [Conversion::From(Source::Str)]);
    assert_eq!(of("Alias"), []);
    let of_id = of("Id");
    assert_eq!(
        of_id[..3],
        [
            Conversion::TryFrom(Source::Str),
            Conversion::TryFrom(Source::Value(Type::String)),
            Conversion::Into(Type::String)
        ]
    );
    let of_union = of("Union");
    assert_eq!(
        of_union[..2],
        [
            Conversion::Variant(0, Source::Str),
            Conversion::Variant(0, Source::Value(Type::String))
        ]
    );
    let of_scalars = of("Scalars");
    assert_eq!(of_scalars[0], Conversion::Variant(0, Source::Scalars));
    // Two variants of one type have none.
    assert_eq!(of("Same"), [Conversion::Variant(2, Source::Value(Type::Boolean))]);
}

#[test]
fn types_have_their_derives() {
    let api = model(TYPES);
    let has = |name: &str, derive: Derive| named(&api, name).derives.has(derive);
    assert!(has("Count", Derive::Copy) && has("Count", Derive::Eq));
    assert!(has("Weight", Derive::Copy) && !has("Weight", Derive::Eq));
    assert!(has("Id", Derive::Hash) && !has("Id", Derive::Default));
    assert!(!has("Constant", Derive::Default) && named(&api, "Constant").has_default_impl);
    assert!(has("Union", Derive::PartialEq) && !has("Union", Derive::Eq));
    let Shape::Object(pair) = &named(&api, "Pair").shape else {
        panic!("the type is an object");
    };
    let required = pair.required.as_ref().expect("two properties are required");
    assert!(required.derives.has(Derive::Copy));
}
