//! Operations of documents with doubtful parameters and ids.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::collections::BTreeSet;

use generator::unstable::Stages;
use generator::{Input, Options};

/// Returns the stages of a document with these paths and components.
fn run(paths: &str, components: &str, only: &[&str]) -> Stages {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Pets, version: 1.0.0}}\npaths: {{{paths}}}\ncomponents: {{{components}}}\n"
    );
    let input = Input {
        name: "pets.yaml",
        text: &text,
        overlays: &[],
    };
    let mut options = Options::new("pets");
    options.selection.only = only.iter().map(|only| (*only).to_owned()).collect();
    let stages = Stages::of(&input, &options);
    assert!(stages.run.output.is_some(), "{text}\n{:?}", stages.run.diagnostics);
    stages
}

fn codes(stages: &Stages) -> Vec<&'static str> {
    stages.run.diagnostics.iter().map(|found| found.code).collect()
}

/// Returns the names, the locations and the types of the parameters of the first operation.
fn parameters(stages: &Stages) -> Vec<String> {
    let operation = &stages.api.as_ref().unwrap().resources[0].operations[0];
    let parameters = operation.parameters.iter();
    parameters
        .map(|parameter| format!("{} {:?} {:?}", parameter.wire, parameter.location, parameter.type_))
        .collect()
}

#[test]
fn a_path_has_a_value_for_each_of_its_parameters() {
    let components = "schemas: {S: {type: string}}, headers: {H: {schema: {type: string}}}";
    for (declaration, code) in [
        (
            "{name: id, in: path, required: true, schema: {type: string}, style: wavy}",
            "unreadable",
        ),
        (
            "{name: id, in: path, required: 1, schema: {type: string}}",
            "unreadable",
        ),
        ("{name: id, in: path, required: true, schema: 5}", "schema-keyword-type"),
        (
            "{name: id, in: path, required: true, schema: [{type: string}]}",
            "schema-keyword-type",
        ),
        (
            "{name: id, in: path, required: true, explode: [], schema: {type: integer}}",
            "unreadable",
        ),
        ("{name: id, in: path, required: true, content: 5}", "unreadable"),
        ("{$ref: '#/components/headers/H'}", "reference-kind"),
        (
            "{name: [id], in: path, required: true, schema: {type: string}}",
            "unreadable",
        ),
    ] {
        let paths =
            format!("'/a/{{id}}': {{get: {{parameters: [{declaration}], responses: {{'204': {{description: ''}}}}}}}}");
        let stages = run(&paths, components, &[]);
        let codes = codes(&stages);
        assert!(codes.contains(&code), "{declaration}: {codes:?}");
        let parameters = parameters(&stages);
        let is_sent = parameters == ["id Path String"] || parameters == ["id Path Json"];
        assert!(is_sent, "{declaration}: {parameters:?}");
    }
}

#[test]
fn a_name_of_a_path_parameter_may_differ_in_case() {
    let declared = "{name: petid, in: path, required: true, schema: {type: integer, format: int64}}";
    let responses = "responses: {'204': {description: ''}}";
    let stages = run(
        &format!("'/a/{{petId}}': {{get: {{parameters: [{declared}], {responses}}}}}"),
        "",
        &[],
    );
    assert_eq!(parameters(&stages), ["petId Path Integer(I64)"]);
    assert_eq!(codes(&stages), ["path-parameter-missing"]);
    // Both are in the path, so neither means the other.
    let other = "{name: petId, in: path, required: true, schema: {type: string}}";
    let paths = format!("'/a/{{petId}}/{{petid}}': {{get: {{parameters: [{declared}, {other}], {responses}}}}}");
    let stages = run(&paths, "", &[]);
    assert_eq!(parameters(&stages), ["petId Path String", "petid Path Integer(I64)"]);
    assert_eq!(codes(&stages), [""; 0]);
}

/// Returns `module::function Request` of each operation.
fn names(stages: &Stages) -> Vec<String> {
    let resources = stages.api.as_ref().unwrap().resources.iter();
    let names = resources.flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(|operation| format!("{}::{} {}", resource.module, operation.function, operation.request_type))
    });
    names.collect()
}

fn operation(path: &str, method: &str, id: &str, tag: &str) -> String {
    format!(
        "/{path}: {{{method}: {{operationId: {id}, tags: [{tag}], responses: {{'204': {{description: ''}}}}, \
         callbacks: {{done: {{'{{$url}}': {{post: {{responses: {{'204': {{description: ''}}}}}}}}}}}}}}}}"
    )
}

/// Asserts that functions and requests have different names, as the names of callbacks do.
fn assert_unique(stages: &Stages) {
    let names = names(stages);
    let functions: BTreeSet<&str> = names.iter().filter_map(|name| name.split(' ').next()).collect();
    let requests: BTreeSet<&str> = names.iter().filter_map(|name| name.split(' ').nth(1)).collect();
    assert_eq!(
        (functions.len(), requests.len()),
        (names.len(), names.len()),
        "{names:?}"
    );
    let sent = stages.api.as_ref().unwrap().webhooks.iter();
    let wires: Vec<&String> = sent.flat_map(|sent| &sent.webhooks).map(|sent| &sent.wire).collect();
    let unique: BTreeSet<&&String> = wires.iter().collect();
    assert_eq!(unique.len(), wires.len(), "{wires:?}");
}

#[test]
fn ids_that_are_used_twice_give_names_that_differ() {
    let pair = |one: [&str; 2], other: [&str; 2]| {
        let paths = [
            operation("a", "get", one[0], one[1]),
            operation("b", "post", other[0], other[1]),
        ];
        run(&paths.join(", "), "", &[])
    };
    // Within one tag neither is named by the id.
    let stages = pair(["fetch", "pets"], ["fetch", "pets"]);
    assert_unique(&stages);
    assert_eq!(names(&stages), ["pets::get_a GetA", "pets::post_b PostB"]);
    assert_eq!(codes(&stages), ["duplicate-operation-id"]);
    // Across tags both are, and the functions stay if the other one goes away.
    let stages = pair(["fetch", "pets"], ["fetch", "cats"]);
    assert_unique(&stages);
    assert_eq!(names(&stages), ["cats::fetch FetchCats", "pets::fetch FetchPets"]);
    assert_eq!(codes(&stages), ["duplicate-operation-id"]);
    assert_eq!(
        names(&run(&operation("b", "post", "fetch", "cats"), "", &[]))[0]
            .split(' ')
            .next(),
        Some("cats::fetch")
    );
    // Ids that differ in case alone are no duplicates.
    let stages = pair(["getPet", "pets"], ["get_pet", "pets"]);
    assert_unique(&stages);
    assert_eq!(codes(&stages), [""; 0]);
    assert_unique(&pair(["getPet", "pets"], ["get_pet", "cats"]));
}

#[test]
fn requests_have_names_of_their_own_where_all_candidates_are_taken() {
    let mut paths: Vec<String> = ["getPet", "get_pet", "GetPet", "get-pet", "get.pet", "GET_PET"]
        .iter()
        .enumerate()
        .flat_map(|(index, id)| ["pets", "Pets"].map(|tag| operation(&format!("{tag}{index}"), "get", id, tag)))
        .collect();
    paths.push(operation("c", "get", "getPet2", "pets"));
    assert_unique(&run(&paths.join(", "), "", &[]));
}

#[test]
fn an_id_of_a_callback_that_is_used_elsewhere_is_reported_once() {
    let callback = "'{$url}': {post: {operationId: fetch, responses: {'204': {description: ''}}}}";
    let uses = "callbacks: {done: {$ref: '#/components/callbacks/C'}}, responses: {'204': {description: ''}}";
    let paths = format!("/a: {{get: {{operationId: fetch, {uses}}}, put: {{operationId: put, {uses}}}}}");
    let stages = run(&paths, &format!("callbacks: {{C: {{{callback}}}}}"), &[]);
    assert_unique(&stages);
    assert_eq!(codes(&stages), ["duplicate-operation-id"]);
}

#[test]
fn a_selection_keeps_what_is_found_of_shared_objects() {
    let uses = |method: &str| {
        format!("{method}: {{operationId: {method}A, responses: {{'200': {{$ref: '#/components/responses/R'}}}}}}")
    };
    let own = "post: {operationId: postA, requestBody: {content: {application/json: {schema: {pattern: '(b', type: string}}}}, responses: {'204': {description: ''}}}";
    let paths = format!("/a: {{{}, {}, {own}}}", uses("get"), uses("put"));
    let shared = "responses: {R: {description: '', content: {application/json: {schema: \
        {type: object, properties: {x: {type: string}}, propertyNames: {pattern: '(a'}}}}}}";
    let whole = run(&paths, shared, &[]);
    assert_eq!(codes(&whole), ["pattern-syntax"; 2], "{:?}", whole.run.diagnostics);
    // The types of both are one, which is lowered with the first.
    let part = run(&paths, shared, &["putA"]);
    assert_eq!(codes(&part), ["pattern-syntax"]);
    let found = part.run.diagnostics.iter().next().unwrap();
    assert!(
        found.pointer.to_string().starts_with("/components/responses/R"),
        "{found:?}"
    );
}

#[test]
fn a_selection_has_no_webhooks_and_says_so() {
    let text = format!(
        "{}, /b: {{get: {{responses: {{'204': {{description: ''}}}}}}}}",
        operation("a", "get", "a", "a")
    );
    let stages = run(&text, "", &["a"]);
    let api = stages.api.as_ref().unwrap();
    assert!(api.webhooks.is_empty() && api.webhook_types.is_empty());
    let ledger = &stages.run.output.as_ref().unwrap().ledger;
    let rows = ledger.to_tsv();
    assert!(rows.contains("a selection keeps operations alone"), "{rows}");
}

#[test]
fn parts_of_a_mapping_without_an_effect_are_in_the_ledger() {
    let schemas = "schemas: {
      A: {type: object, properties: {k: {type: string}, a: {type: string}}},
      B: {type: object, properties: {k: {type: string}, b: {type: string}}},
      C: {type: object, properties: {k: {type: string}, c: {type: string}}},
      Outside: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}],
        discriminator: {propertyName: k, defaultMapping: C, mapping: {c: '#/components/schemas/C', b: '#/components/schemas/B'}}},
      Unselected: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {type: object, required: [z]}],
        discriminator: {propertyName: k, defaultMapping: B, mapping: {b: '#/components/schemas/B'}}},
      Sound: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}],
        discriminator: {propertyName: k, defaultMapping: B, mapping: {b: '#/components/schemas/B'}}}}";
    let stages = run("", schemas, &[]);
    let ledger = stages.run.output.as_ref().unwrap().ledger.to_tsv();
    let rows: Vec<&str> = ledger.lines().filter(|row| row.contains("apping")).collect();
    let expected = [
        ("/components/schemas/Outside/discriminator", "defaultMapping\tignored"),
        ("/components/schemas/Outside/discriminator/mapping", "c\tignored"),
        (
            "/components/schemas/Unselected/discriminator",
            "defaultMapping\tdegraded",
        ),
    ];
    assert_eq!(rows.len(), expected.len(), "{rows:#?}");
    for ((pointer, result), row) in expected.into_iter().zip(rows) {
        assert!(row.contains(pointer) && row.contains(result), "{row}");
    }
}
