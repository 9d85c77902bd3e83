//! Texts that grow or nest without end, and references that lead in circles.

use std::fs;

use crate::Folder;
use crate::hostile::{OUT, generate};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: 1.0.0}\n";

#[test]
fn texts_that_grow_or_nest_are_refused() {
    let bomb = (1..40).map(|level| format!("  a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1));
    let bomb = bomb.collect::<Vec<_>>().concat();
    let schemas = |schema: String| format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{Deep: {schema}}}}}\n");
    let nested = |open: &str, close: &str| schemas(format!("{}{{}}{}", open.repeat(10_000), close.repeat(10_000)));
    let block: Vec<String> = (0..10_000).map(|depth| " ".repeat(depth) + "items:\n").collect();
    let block = block.concat();
    let texts = [
        format!("{HEAD}x-bomb:\n  a0: &a0 [x, x]\n{bomb}paths: {{}}\n"),
        format!("{HEAD}paths: {{}}\nx-loop: &loop {{again: *loop}}\n"),
        nested("{items: ", "}"),
        nested("{allOf: [", "]}"),
        nested("{oneOf: [{type: string}, ", "]}"),
        nested("{properties: {a: ", "}}"),
        nested("{not: ", "}"),
        block,
        format!("{HEAD}paths: {}\n", "[".repeat(10_000)),
        format!("{HEAD}paths: {}\n", "{? ".repeat(10_000)),
        format!("{HEAD}x: {}\n", "- ".repeat(10_000)),
        format!("{HEAD}x: {}\n", "!!str ".repeat(10_000)),
    ];
    let folder = Folder::new("hostile-depth");
    for text in &texts {
        folder.write("work/api.yaml", text);
        let outcome = generate(&folder, "api.yaml");
        let start: String = text.chars().skip(HEAD.len()).take(60).collect();
        assert_eq!(outcome.status, Some(1), "{start}");
        assert!(outcome.err.contains("api.yaml:"), "{start}: {:.500}", outcome.err);
        assert!(
            outcome.err.len() < 20_000,
            "{start}: {} bytes are said",
            outcome.err.len()
        );
    }
    folder.write(
        "work/api.json",
        &format!("{{\"openapi\": \"3.1.0\", \"paths\": {}", "[".repeat(10_000)),
    );
    assert_eq!(generate(&folder, "api.json").status, Some(1));
}

/// The sections of components, each with the place in an operation that its objects are used in.
const PLACES: [(&str, &str); 9] = [
    (
        "schemas",
        "responses: {'200': {description: ok, content: {application/json: {schema: {$ref: TARGET}}}}}",
    ),
    ("responses", "responses: {'200': {$ref: TARGET}}"),
    (
        "parameters",
        "parameters: [{$ref: TARGET}]\n      responses: {'204': {description: ok}}",
    ),
    (
        "requestBodies",
        "requestBody: {$ref: TARGET}\n      responses: {'204': {description: ok}}",
    ),
    (
        "headers",
        "responses: {'204': {description: ok, headers: {X-Pets: {$ref: TARGET}}}}",
    ),
    (
        "examples",
        "responses: {'200': {description: ok, content: {application/json: {schema: {}, examples: {a: {$ref: TARGET}}}}}}",
    ),
    (
        "links",
        "responses: {'204': {description: ok, links: {next: {$ref: TARGET}}}}",
    ),
    (
        "callbacks",
        "callbacks: {told: {$ref: TARGET}}\n      responses: {'204': {description: ok}}",
    ),
    (
        "mediaTypes",
        "responses: {'200': {description: ok, content: {application/json: {$ref: TARGET}}}}",
    ),
];

#[test]
fn circles_of_references_end() {
    let folder = Folder::new("hostile-circles");
    for (section, place) in PLACES {
        let circles = [
            // In one document, of one and of two.
            (
                format!("'#/components/{section}/A'"),
                format!("A: {{$ref: '#/components/{section}/A'}}"),
                String::new(),
            ),
            (
                format!("'#/components/{section}/A'"),
                format!("A: {{$ref: '#/components/{section}/B'}}, B: {{$ref: '#/components/{section}/A'}}"),
                String::new(),
            ),
            // Through another file, and within it.
            (
                format!("'#/components/{section}/A'"),
                "A: {$ref: 'other.yaml#/B'}".to_owned(),
                format!("B: {{$ref: 'api.yaml#/components/{section}/A'}}\n"),
            ),
            (
                "'other.yaml#/B'".to_owned(),
                String::new(),
                "B: {$ref: '#/C'}\nC: {$ref: 'other.yaml#/B'}\n".to_owned(),
            ),
            (
                "'other.yaml'".to_owned(),
                String::new(),
                "$ref: other.yaml\n".to_owned(),
            ),
        ];
        for (target, own, other) in circles {
            let text = format!(
                "openapi: 3.2.0\ninfo: {{title: Pets, version: 1.0.0}}\nservers: [{{url: 'https://pets.example'}}]\npaths:\n  \
                 /pets:\n    get:\n      {}\ncomponents: {{{section}: {{{own}}}}}\n",
                place.replace("TARGET", &target)
            );
            folder.write("work/api.yaml", &text);
            folder.write("work/other.yaml", &other);
            let _ = fs::remove_dir_all(folder.path().join(OUT));
            let outcome = generate(&folder, "api.yaml");
            // What is circular has no meaning: it is reported, unless no client depends on it.
            let is_silent = outcome.status == Some(0) && !outcome.err.contains("[reference-");
            assert!(
                !is_silent || ["examples", "links"].contains(&section),
                "{section} {target}: {}",
                outcome.err
            );
        }
    }
    // Path items.
    folder.write(
        "work/api.yaml",
        &format!("{HEAD}paths:\n  /a: {{$ref: '#/paths/~1b'}}\n  /b: {{$ref: 'other.yaml'}}\n"),
    );
    folder.write("work/other.yaml", "$ref: 'api.yaml#/paths/~1a'\n");
    let outcome = generate(&folder, "api.yaml");
    assert!(outcome.err.contains("[reference-"), "{}", outcome.err);
}
