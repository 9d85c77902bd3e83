//! Callers of emitted crates, as a compiler sees them: what a change of the document breaks, and what it does not.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use generator::{Input, Options, generate};
use tests::command::{Outcome, Scratch, cargo};

/// Returns the document of the case `required_by_name` after a change.
fn required_by_name(changes: &[(&str, &str)]) -> String {
    let path = tests::root().join("tests/cases/ok/required_by_name/openapi.yaml");
    changes
        .iter()
        .fold(fs::read_to_string(path).unwrap(), |text, (from, to)| {
            assert!(text.contains(from), "the document has no {from:?}");
            text.replace(from, to)
        })
}

/// A change of a document: its name, what it replaces, and the errors of the caller.
type Change<'text> = (&'text str, Vec<(&'text str, &'text str)>, &'text [&'text str]);

/// What a caller writes by the document before its change.
const CALLER: &str = r#"
use api::operations::users::{self, FindUsersRequired, PutUserRequired};
use api::schemas::{User, UserRequired2};

pub fn calls() -> (users::PutUser, users::FindUsers) {
    let body = User::new(UserRequired2 { first: "Ada".into(), last: "Lovelace".into() }).born("1815");
    let put = users::put_user("group", "id", PutUserRequired { x_reason: "new".into(), body });
    (put, users::find_users(FindUsersRequired { from: 1, to: 2 }))
}
"#;

const FIRST: &str = "        first: {type: string, description: The first name.}\n";
const LAST: &str = "        last: {type: string, description: The last name.}\n";
const FROM: &str =
    "        - {name: from, in: query, required: true, description: The lowest age., schema: {type: integer}}\n";
const TO: &str =
    "        - {name: to, in: query, required: true, description: The highest age., schema: {type: integer}}\n";

#[test]
fn a_change_of_what_is_required_is_an_error_where_it_is_given() {
    let swapped = [format!("{FIRST}{LAST}"), format!("{LAST}{FIRST}")];
    let swapped_parameters = [format!("{FROM}{TO}"), format!("{TO}{FROM}")];
    let list = "required: [id, first, last]";
    let changes: [Change<'_>; 7] = [
        ("unchanged", vec![], &[]),
        (
            "reordered",
            vec![
                (&swapped[0], &swapped[1]),
                (list, "required: [last, id, first]"),
                (&swapped_parameters[0], &swapped_parameters[1]),
            ],
            &[],
        ),
        (
            "renamed",
            vec![("first: {", "given: {"), (list, "required: [id, given, last]")],
            &["has no field named `first`"],
        ),
        (
            "removed",
            vec![(LAST, ""), (list, "required: [id, first]")],
            &["UserRequired2"],
        ),
        (
            "added",
            vec![
                ("born: {type", "title: {type"),
                (list, "required: [id, first, last, title]"),
            ],
            &["missing field `title`"],
        ),
        (
            "renamed-parameter",
            vec![("name: from", "name: least"), ("name: X-Reason", "name: X-Why")],
            &["has no field named `from`", "has no field named `x_reason`"],
        ),
        (
            "optional-parameter",
            vec![("name: to, in: query, required: true", "name: to, in: query")],
            &["FindUsersRequired"],
        ),
    ];
    let scratch = Scratch::new("callers");
    let callers: Vec<(&str, String, &str)> = changes
        .iter()
        .map(|(name, changes, _)| (*name, required_by_name(changes), CALLER))
        .collect();
    write(scratch.path(), &callers);
    for (name, _, errors) in &changes {
        caller_has_errors(scratch.path(), name, errors);
    }
}

/// Asserts that the caller of a crate has these errors, or compiles if there are none, and that the crate itself compiles.
fn caller_has_errors(folder: &Path, name: &str, errors: &[&str]) {
    let outcome = check(folder, name).expect(if errors.is_empty() { 0 } else { 101 });
    for error in errors {
        assert!(
            outcome.err.contains(error),
            "{name}: {error:?} is not in\n{}",
            outcome.err
        );
    }
    assert!(
        !outcome.err.contains(&format!("could not compile `{name}`")),
        "{}",
        outcome.err
    );
}

/// Uses all that the case `deprecations` deprecates, and what it does not.
const USER: &str = r#"
use api::operations::things::{self, AddFileForm, AddThingRequired};
use api::schemas::{Colour, OldKind, OldName, Page, Shape, Thing, ThingRequired};

pub fn uses(page: Page, shape: Shape) -> Option<OldName> {
    let thing = Thing::new(ThingRequired { id: "i".into(), serial: "s".into() }).name("n").old_name("o");
    let _ = (thing.old_name.is_some(), thing.serial.len(), page.things.len(), Colour::Crimson, Colour::Red);
    let _ = things::list_things().after("a").page_size(1).kind(OldKind::A);
    let _ = things::add_thing(AddThingRequired { x_old: "x".into(), body: thing });
    let _ = AddFileForm::new().label("l");
    if let Shape::Square(_) | Shape::Round(_) = shape {}
    None
}
"#;

#[test]
fn a_caller_is_warned_of_what_the_document_deprecates() {
    let path = tests::root().join("tests/cases/ok/deprecations/openapi.yaml");
    let document = fs::read_to_string(path).unwrap();
    let scratch = Scratch::new("deprecations");
    write(scratch.path(), &[("deprecations", document, USER)]);
    let reported = check(scratch.path(), "deprecations").expect(0).err;
    let expected = [
        "method `deprecations::schemas::Thing::old_name`: Replaced by `name`.",
        "field `deprecations::schemas::Thing::old_name`: Replaced by `name`.",
        "field `deprecations::schemas::Thing::serial`: the document marks this property as deprecated",
        "field `deprecations::schemas::Page::things`: the document marks this property as deprecated",
        "unit variant `deprecations::schemas::Colour::Crimson`: the document marks this value as deprecated",
        "function `deprecations::operations::things::list_things`: Use `search` instead.",
        "method `deprecations::operations::things::ListThings::page_size`: the document marks this parameter as deprecated",
        "enum `deprecations::schemas::OldKind`: the document marks this schema as deprecated",
        "tuple struct `deprecations::schemas::OldName`: the document marks this schema as deprecated",
        "method `deprecations::operations::things::AddFileForm::label`: the document marks this part as deprecated",
        "field `deprecations::schemas::Shape::Square::0`: the document marks this variant as deprecated",
    ];
    for line in expected {
        let line = format!("use of deprecated {line}");
        assert!(reported.contains(&line), "{line:?} is not in\n{reported}");
    }
    // Nothing else is warned of, and nothing within the crate.
    for name in [
        "Red",
        "Round",
        "add_thing",
        "AddThingRequired",
        "ThingRequired",
        "Thing::name",
        "after",
    ] {
        assert!(
            !reported.contains(&format!("{name}`:")),
            "{name} is warned of:\n{reported}"
        );
    }
    let places: Vec<&str> = reported.lines().filter(|line| line.contains("--> ")).collect();
    assert!(
        places.iter().all(|place| place.contains("calls-deprecations")),
        "{reported}"
    );
}

/// Checks the caller of the crate `name`.
fn check(folder: &Path, name: &str) -> Outcome {
    let target = tests::target().join("standalone");
    let [manifest, target] = [folder.join("Cargo.toml"), target].map(|path| path.to_string_lossy().into_owned());
    let package = format!("calls-{name}");
    cargo([
        "check",
        "--package",
        &package,
        "--manifest-path",
        &manifest,
        "--target-dir",
        &target,
    ])
}

/// Writes a workspace of crates, each emitted from a document, and a caller for each.
fn write(folder: &Path, callers: &[(&str, String, &str)]) {
    let mut members = String::new();
    for (name, document, caller) in callers {
        write!(members, "\"{name}\", \"calls-{name}\", ").unwrap();
        let input = Input {
            name: "openapi.yaml",
            text: document,
            overlays: &[],
        };
        let mut options = Options::new(name);
        options.package.in_workspace = true;
        let files = generate(&input, &options).output.unwrap().files;
        let features = tests::api_features(&files["Cargo.toml"]);
        for (path, text) in files {
            place(&folder.join(name).join(path), &text);
        }
        let manifest = format!(
            "[package]\nname = \"calls-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             api = {{ path = \"../{name}\", package = \"{name}\", default-features = false, \
             features = {features:?} }}\n"
        );
        let crate_folder = folder.join(format!("calls-{name}"));
        place(&crate_folder.join("Cargo.toml"), &manifest);
        place(&crate_folder.join("src/lib.rs"), caller);
    }
    let manifest = format!("[workspace]\nmembers = [{members}]\nresolver = \"3\"\n");
    place(&folder.join("Cargo.toml"), &manifest);
    fs::copy(tests::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

fn place(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
