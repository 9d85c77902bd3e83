//! Nothing of a document is dropped in silence: every key shapes the crate, or has a line in the ledger.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use generator::unstable::Node;
use generator::{Input, Options, Output, Pointer, Strictness};
use tests::cases::{self, Kind};
use tests::ledger::{SEEDS, lost_seeds, seeded, walk};

/// The extension that other documents are the value of, where several are made one.
const FILES: &str = "x-files";

/// A document, what it is called, and what it gives.
struct Given {
    name: String,
    document: Node,
    strictness: Strictness,
    output: Output,
}

/// Returns the document with those that it refers to as one: they are the value of an extension.
fn as_one(document: &Node) -> Node {
    let text = document.to_string();
    let text = text.replace("\\u0000documents", FILES).replace("%00documents", FILES);
    let (mut sources, mut diagnostics) = Default::default();
    generator::unstable::read_document(&mut sources, "one.json", &text, &mut diagnostics).unwrap()
}

/// Returns what a document gives. It is read as JSON, so that spellings of YAML do not matter.
fn generate(document: &Node, strictness: Strictness) -> Option<Output> {
    let text = document.to_string();
    let input = Input {
        name: "document.json",
        text: &text,
        overlays: &[],
    };
    let mut options = Options::new("document");
    options.strictness = strictness;
    generator::generate(&input, &options).output
}

/// Returns the documents of all cases, in all spellings, with their overlays, as far as they give a crate; a lenient run
/// gives one for many an err case.
fn documents() -> Vec<Given> {
    let mut found = Vec::new();
    for case in [Kind::Ok, Kind::Err]
        .into_iter()
        .flat_map(|kind| cases::find(kind).unwrap())
    {
        let strictness = match case.kind {
            Kind::Ok => Strictness::Usual,
            Kind::Err => Strictness::Lenient,
        };
        let document = case.run_in_stages().unwrap().document.as_ref().map(as_one);
        let mut documents = vec![(case.name.clone(), document)];
        for (_, also) in cases::ALSO {
            let Ok(text) = fs::read_to_string(case.folder.join(also)) else {
                continue;
            };
            let (mut sources, mut diagnostics) = Default::default();
            let document = generator::unstable::read_document(&mut sources, also, &text, &mut diagnostics);
            documents.push((format!("{}/{also}", case.name), document));
        }
        for (name, document) in documents {
            let given = document.and_then(|document| Some((generate(&document, strictness)?, document)));
            assert!(given.is_some() || case.kind == Kind::Err, "{name} gives no crate");
            found.extend(given.map(|(output, document)| Given {
                name,
                document,
                strictness,
                output,
            }));
        }
    }
    found
}

#[test]
fn every_key_is_used_or_has_a_line() {
    let (mut report, mut keys, mut reported, mut seeds) = (String::new(), 0, 0, 0);
    for given in documents() {
        let name = &given.name;
        let found = walk(&given.document, &given.output.ledger.to_tsv());
        keys += found.keys;
        reported += found.reported;
        for (at, key) in found.missing {
            writeln!(report, "{name}: {at} {key}").unwrap();
        }
        // An unknown key has a line wherever it stands, whatever its value is, and changes nothing.
        let Some(changed) = generate(&seeded(&given.document, &found.objects), given.strictness) else {
            writeln!(report, "{name}: with unknown keys it gives no crate").unwrap();
            continue;
        };
        seeds += found.objects.len() * SEEDS.len();
        for (at, seed) in lost_seeds(&found.objects, &changed.ledger.to_tsv()) {
            writeln!(report, "{name}: {at} {seed}").unwrap();
        }
        for (path, text) in &given.output.files {
            if changed.files.get(path) != Some(text) {
                writeln!(report, "{name}: {path} differs where there are unknown keys").unwrap();
            }
        }
    }
    assert!(report.is_empty(), "{report}");
    assert!(
        keys > 5000 && reported > 50 && seeds > 5000,
        "{keys} keys, {reported} with a line, {seeds} added"
    );
}

/// The ledger of several documents has the lines that it has where they are one, and says which document each is of.
#[test]
fn the_ledger_names_the_document() {
    let case = cases::find(Kind::Ok).unwrap();
    let case = case.iter().find(|case| case.name == "references_to_files").unwrap();
    let stages = case.run_in_stages().unwrap();
    let ledger = stages.run.output.unwrap().ledger.to_tsv();
    let of_files = ledger
        .lines()
        .filter(|line| line.starts_with("schemas/") || line.starts_with("common/"));
    assert!(of_files.clone().count() > 3, "{ledger}");
    for line in of_files {
        let document = line.split(['#', '\t']).next().unwrap();
        assert!(case.folder.join(document).is_file(), "{line}");
    }
    assert!(ledger.contains("schemas/kinds.yaml\tUnused\tignored\t"), "{ledger}");
    // The lines are those of one document with the same objects.
    let lines = ledger.lines().map(|line| {
        let (place, rest) = line.split_once('\t').unwrap();
        let (document, pointer) = place.split_once('#').unwrap_or((place, ""));
        if document.is_empty() || place.starts_with('/') || place == "pointer" {
            return format!("{place}\t{rest}");
        }
        format!("/{FILES}/{}{pointer}\t{rest}", document.replace('/', "~1"))
    });
    let ledger: String = lines.fold(String::new(), |text, line| text + &line + "\n");
    let document = as_one(stages.document.as_ref().unwrap());
    let found = walk(&document, &ledger);
    let missing: Vec<_> = found.missing.iter().filter(|(_, key)| key != FILES).collect();
    assert!(missing.is_empty(), "{missing:?}\n{ledger}");
    assert!(found.keys > 40, "{} keys", found.keys);
    let one = generate(&document, Strictness::Usual).unwrap().ledger.to_tsv();
    let below = format!("/{FILES}/");
    let (mut count, lines) = (0, ledger.lines().collect::<BTreeSet<_>>());
    for line in one.lines().filter(|line| line.starts_with(&below)) {
        assert!(lines.contains(line), "{line}\n{ledger}");
        count += 1;
    }
    assert!(count > 0, "{one}");
}

/// Returns the letters and digits of a text: Markdown, line breaks and escapes are no part of what it says.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|char| char.is_alphanumeric())
        .collect::<String>()
        .to_lowercase()
}

/// Finds the descriptions below `node`: the pointer of what they describe, and the letters of their start.
fn descriptions(node: &Node, at: &Pointer, found: &mut Vec<(Pointer, String)>) {
    for (key, value) in node.as_object().into_iter().flatten() {
        match (key.as_str(), value.as_str()) {
            // What is rewritten on the way to Markdown is tried by the emitter's own tests.
            ("description", Some(text)) if !text.contains(['[', '<', '&', '/']) => {
                found.push((at.clone(), letters(text).chars().take(60).collect()));
            }
            ("example" | "examples" | "default" | "enum" | "const", _) => {}
            _ => descriptions(value, &at.child(key), found),
        }
    }
    for (index, element) in node.as_array().into_iter().flatten().enumerate() {
        descriptions(element, &at.element(index), found);
    }
}

#[test]
fn every_description_is_documentation_or_has_a_line() {
    let (mut report, mut count) = (String::new(), 0);
    for given in documents() {
        let emitted = given
            .output
            .files
            .iter()
            .filter(|(path, _)| !path.starts_with("src/runtime/"));
        let words = emitted
            .flat_map(|(_, text)| text.lines())
            .filter_map(|line| line.trim().strip_prefix("//"));
        let words = letters(&words.collect::<String>());
        let ledger = given.output.ledger.to_tsv();
        let lines: BTreeSet<(&str, &str)> = ledger
            .lines()
            .filter_map(|line| Some((line.split('\t').next()?, line.split('\t').nth(1)?)))
            .collect();
        let mut found = Vec::new();
        descriptions(&given.document, &Pointer::root(), &mut found);
        for (at, text) in found {
            count += 1;
            // A line about the object that contains the description covers it as well.
            let mut holders = vec![(at.to_string(), "description".to_owned())];
            let mut holder = at.clone();
            while let Some((above, key)) = holder.split() {
                holders.push((above.to_string(), key));
                holder = above;
            }
            let has_line = holders
                .iter()
                .any(|(at, key)| lines.contains(&(at.as_str(), key.as_str())));
            if !has_line && !words.contains(&text) {
                writeln!(report, "{}: {at} description", given.name).unwrap();
            }
        }
    }
    assert!(report.is_empty(), "{report}");
    assert!(count > 500, "{count} descriptions");
}

/// The walk itself misses nothing: without a ledger, each key that shapes no client is found.
#[test]
fn the_walk_finds_what_has_no_line() {
    let text = r##"{"openapi": "3.0.3", "info": {"title": "T", "version": "1", "contact": {}},
        "paths": {"x-a": 1, "/a": {"get": {"responses": {"200": {"description": "", "links": {}}}}}},
        "components": {"parameters": {"p": {"name": "p"}}, "schemas": {
            "A": {"$ref": "#/components/schemas/B", "maxLength": 3}, "B": {"xml": {}, "items": {"typo": [1]}}}}}"##;
    let (mut sources, mut diagnostics) = Default::default();
    let document = generator::unstable::read_document(&mut sources, "a.json", text, &mut diagnostics).unwrap();
    let found = walk(&document, "title\n");
    let missing: Vec<String> = found.missing.iter().map(|(at, key)| format!("{at} {key}")).collect();
    assert_eq!(
        missing,
        [
            "/info contact",
            "/paths/~1a/get/responses/200 links",
            "/components/parameters p",
            "/components/schemas/A maxLength",
            "/components/schemas/B xml",
            "/components/schemas/B/items typo",
        ]
    );
}
