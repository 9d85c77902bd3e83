//! What a document says in words stands in the documentation of the crate.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::fs;
use std::path::Path;

use generator::{Input, Options, generate};
use tests::command::{Scratch, cargo};

/// Returns the files of the crate of a case.
fn files(case: &str) -> Vec<(String, String)> {
    let document = tests::root().join("tests/cases/ok").join(case).join("openapi.yaml");
    let text = fs::read_to_string(document).unwrap();
    let input = Input {
        name: "openapi.yaml",
        text: &text,
        overlays: &[],
    };
    generate(&input, &Options::new(case))
        .output
        .unwrap()
        .files
        .into_iter()
        .collect()
}

/// Returns the documentation of the file `path` of a case, item by item: its lines, and the first line of code.
fn documented(case: &str, path: &str) -> Vec<(String, String)> {
    let (_, source) = files(case).into_iter().find(|(known, _)| known == path).unwrap();
    let mut items = Vec::new();
    let mut docs = String::new();
    for line in source.lines().map(str::trim_start) {
        match line.strip_prefix("///") {
            Some(doc) => docs = docs + doc.strip_prefix(' ').unwrap_or(doc) + "\n",
            None if line.starts_with('#') => {}
            None => {
                items.push((line.to_owned(), std::mem::take(&mut docs)));
            }
        }
    }
    items
}

fn docs_of<'items>(items: &'items [(String, String)], start: &str) -> &'items str {
    let found = items
        .iter()
        .find(|(line, docs)| line.starts_with(start) && !docs.is_empty());
    &found.unwrap_or_else(|| panic!("{start} is not documented")).1
}

#[test]
fn arguments_have_the_descriptions_of_parameters_and_bodies() {
    let items = documented("descriptions_of_arguments", "src/operations/documents.rs");
    let put = docs_of(&items, "pub fn put_document(");
    assert!(put.starts_with("Puts a document."), "{put}");
    assert!(
        put.contains("- `index_uid`: The index, by its [name](https://arguments.example/names).\n"),
        "{put}"
    );
    assert!(
        put.contains("name](https://arguments.example/names).\n- `id`: `id`\n"),
        "{put}"
    );
    assert!(
        put.contains("- `body`: The document as it will be:\n\n  - with all of its fields\n  - and no other\n"),
        "{put}"
    );
    // A body without a description is documented by its type and required properties, or by its media type.
    let find = docs_of(&items, "pub fn find_documents(");
    assert!(
        find.contains("- `body`: The body, a value of `Query`; required: `text`, `maxHits`.\n"),
        "{find}"
    );
    let keep = docs_of(&items, "pub fn keep_documents(");
    assert!(keep.contains("- `body`: The body, as `application/json`.\n"), "{keep}");
    // What is given by name has its words at the fields, what is optional at the setters.
    let patch = docs_of(&items, "pub fn patch_document(");
    assert!(
        patch.contains("- `required`: see the fields of [`PatchDocumentRequired`]."),
        "{patch}"
    );
    assert_eq!(
        docs_of(&items, "pub if_match: String,"),
        "What the document was.\n\nHeader: `If-Match`\n"
    );
    assert_eq!(docs_of(&items, "pub body: "), "What changes.\n");
    assert_eq!(docs_of(&items, "dry_run: Option<bool>"), "Whether to change nothing.\n");
    assert_eq!(docs_of(&items, "sends body: Option<"), "A word why.\n");
}

#[test]
fn a_field_and_its_setter_say_the_same_and_name_what_is_sent() {
    let items = documented("deprecations", "src/schemas/thing.rs");
    let field = docs_of(&items, "pub old_name: ");
    assert!(field.starts_with("Replaced by `name`.\n"), "{field}");
    assert_eq!(docs_of(&items, "pub id: "), "The id.\n");
    // The declaration says the name on the wire; `rustdoc_warns_of_nothing` sees it at the field and the setter.
    let is_declared = |line: &str| items.iter().any(|(known, _)| known.starts_with(line));
    assert!(is_declared("pub old_name: Option<String> = into(\"oldName\","));
    assert!(is_declared("pub name: Option<String> = into(\"name\","));
}

/// Links, tags, code and tables of every kind, and prose that is hostile on purpose.
const PROSE: [&str; 4] = [
    "deprecated_and_descriptions",
    "deprecations",
    "descriptions_in_markdown",
    "descriptions_of_arguments",
];

#[test]
fn rustdoc_warns_of_nothing() {
    let target = tests::target().join("standalone");
    let target = target.to_string_lossy();
    for case in PROSE {
        let scratch = Scratch::new(case);
        for (path, text) in files(case) {
            let path = scratch.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::copy(tests::root().join("Cargo.lock"), scratch.path().join("Cargo.lock")).unwrap();
        let manifest = scratch.path().join("Cargo.toml");
        let manifest = manifest.to_string_lossy();
        let place = ["--manifest-path", &manifest, "--target-dir", &target];
        let arguments = ["rustdoc", "--quiet", "--all-features"].into_iter().chain(place);
        cargo(arguments.chain(["--", "-Dwarnings"])).expect(0);
    }
    // A field and its setter say the same, and name what is sent.
    let page = Path::new(&*target).join("doc/deprecations/schemas/struct.Thing.html");
    let page = fs::read_to_string(page).unwrap();
    assert_eq!(page.matches("JSON property: <code>oldName</code>").count(), 1);
    assert_eq!(page.matches("Sets the JSON property <code>oldName</code>").count(), 1);
    assert!(page.matches("Replaced by <code>name</code>").count() >= 2);
}

#[test]
fn markdown_stays_what_it_is() {
    let items = documented("descriptions_in_markdown", "src/operations/things.rs");
    let function = docs_of(&items, "pub fn get_thing(");
    for words in [
        "Gets a thing, see [the guide of it](https://markdown.example/d).\n\n- one\n- `two_words`\n",
        "- `id`: The id, such as \\<id>; see the list of ids, <https://markdown.example/ids> and\n  \\[Thing\\].\n",
    ] {
        assert!(function.contains(words), "{words:?} is not in\n{function}");
    }
    let items = documented("descriptions_in_markdown", "src/schemas/thing.rs");
    let type_ = docs_of(&items, "pub struct Thing");
    for words in [
        "broken](https://markdown.example/e)\n\n   - and a list, with words before\n     `code of several words that is so long",
        "\n2. Another:\n\n   ```text\n   indented()\n   ```\n",
    ] {
        assert!(type_.contains(words), "{words:?} is not in\n{type_}");
    }
}

#[test]
fn examples_stand_where_there_is_no_description() {
    let songs = documented("examples", "src/operations/songs.rs");
    let of = |items: &[(String, String)], start: &str| {
        let found = items.iter().find(|(line, _)| line.starts_with(start));
        found.unwrap_or_else(|| panic!("{start} is missing")).1.clone()
    };
    let get = of(&songs, "pub fn get_song");
    assert!(
        get.contains("- `song`, for example `\"s-1\"`\n- `tenant`: Who asks.\n"),
        "{get}"
    );
    assert!(
        get.contains("- `200`: For example `{\"title\":\"Help!\",\"tags\":[\"rock\"]}`.\n"),
        "{get}"
    );
    let order = of(&songs, "order: ");
    assert_eq!(order, "For example `\"asc\"` (The oldest first) or `\"desc\"`.\n");
    assert_eq!(of(&songs, "size: "), "How many.\n");
    let body = of(&songs, "sends body: ");
    assert!(
        body.contains("A song with everything:\n\n```json\n{\n  \"title\""),
        "{body}"
    );
    let song = documented("examples", "src/schemas/song.rs");
    assert!(of(&song, "pub struct Song").starts_with("For example:\n\n```json\n"));
    assert_eq!(of(&song, "pub mood"), "For example ``\"a `quoted` |\\tword\"``.\n");
    assert_eq!(of(&song, "pub length"), "In seconds.\n");
}
