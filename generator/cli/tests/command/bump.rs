//! `apicrate bump`, and the names lock that it keeps.

use crate::Folder;

const CONFIG: &str = "\
[crate]
name = \"pets\" # the package
version = \"0.3.0\"
";

const TOP: &str = "document = \"pets.yaml\"\nout = \"client\"\n";

const START: &str = "openapi: 3.1.0\nservers: [{url: 'https://pets.example'}]\n";

/// A document of a version with these properties of a pet, which one operation returns.
fn document(version: &str, schema: &str, properties: &str) -> String {
    format!(
        "{START}info: {{title: Pets, version: {version}}}\n\
         paths:\n  /pets/{{id}}:\n    get:\n      operationId: getPet\n      tags: [pets]\n      parameters:\n\
         \x20     - {{name: id, in: path, required: true, schema: {{type: string}}}}\n      responses:\n        '200':\n\
         \x20         description: The pet.\n          content: {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}\n\
         components:\n  schemas:\n    {schema}: {{type: object, properties: {{{properties}}}}}\n"
    )
}

const NAME: &str = "name: {type: string}, tag: {type: string}, age: {type: integer}";

/// A folder with a crate of the first version.
fn first(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("apicrate.toml", &format!("{TOP}\n{CONFIG}"));
    folder.write("pets.yaml", &document("1.0.0", "Pet", NAME));
    folder.apicrate("generate").expect(0);
    folder
}

/// Everything that a bump may write.
fn snapshot(folder: &Folder) -> Vec<String> {
    let changelog = if folder.has("client/CHANGELOG.md") {
        folder.read("client/CHANGELOG.md")
    } else {
        String::new()
    };
    let files = [
        "apicrate.toml",
        "pets.yaml",
        "names.lock",
        "client/Cargo.toml",
        "client/src/schemas/pet.rs",
    ];
    files.iter().map(|path| folder.read(path)).chain([changelog]).collect()
}

#[test]
fn an_additive_version_is_taken() {
    let folder = first("bump-additive");
    assert!(folder.read("names.lock").contains("\"Pet\" = \"schemas::Pet\""));
    folder.write(
        "new.yaml",
        &document("1.1.0", "Pet", &format!("{NAME}, born: {{type: string}}")),
    );
    let before = snapshot(&folder);
    let dry = folder.apicrate("bump new.yaml --dry-run").expect(0);
    for words in [
        "1.0.0 → 1.1.0",
        "`born`",
        "pets 0.3.0 → 0.3.1: no change is breaking",
        "would be written",
    ] {
        assert!(dry.out.contains(words), "{words}: {}", dry.out);
    }
    assert_eq!(snapshot(&folder), before);
    folder.apicrate("bump new.yaml").expect(0);
    assert_eq!(folder.read("pets.yaml"), folder.read("new.yaml"));
    assert!(
        folder
            .read("apicrate.toml")
            .contains("name = \"pets\" # the package\nversion = \"0.3.1\"")
    );
    assert!(folder.read("client/Cargo.toml").contains("version = \"0.3.1\""));
    assert!(folder.read("client/src/schemas/pet.rs").contains("born"));
    let changelog = folder.read("client/CHANGELOG.md");
    assert!(changelog.starts_with("# Changelog\n\n## 0.3.1\n\n"), "{changelog}");
    assert!(
        changelog.contains("### Changed\n\n- ") && changelog.contains("born"),
        "{changelog}"
    );
    folder.apicrate("check").expect(0);
    // A second run changes nothing.
    let after = snapshot(&folder);
    let again = folder.apicrate("bump new.yaml").expect(0);
    assert!(again.out.contains("nothing changes"), "{}", again.out);
    assert_eq!(snapshot(&folder), after);
}

#[test]
fn a_breaking_version_says_what_to_write_instead() {
    let folder = first("bump-breaking");
    folder.write(
        "new.yaml",
        &document("2.0.0", "Pet", "name: {type: string}, age: {type: integer}"),
    );
    let bumped = folder.apicrate("bump new.yaml").expect(0);
    assert!(
        bumped.out.contains("breaks callers: ") && bumped.out.contains("before: "),
        "{}",
        bumped.out
    );
    assert!(
        bumped.out.contains("pets 0.3.0 → 0.4.0: a change is breaking"),
        "{}",
        bumped.out
    );
    assert!(folder.read("client/CHANGELOG.md").contains("### Breaking\n\n- "));
}

#[test]
fn a_renamed_schema_keeps_its_former_name_if_that_is_asked_for() {
    let folder = first("bump-renamed");
    folder.write("new.yaml", &document("1.1.0", "Animal", NAME));
    let line = "\"schemas::Pet\" = \"schemas::Animal\"";
    let offered = folder.apicrate("bump new.yaml --dry-run").expect(0);
    assert!(
        offered.out.contains(line) && offered.out.contains("a change is breaking"),
        "{}",
        offered.out
    );
    let kept = folder.apicrate("bump new.yaml --alias").expect(0);
    assert!(kept.out.contains("no change is breaking"), "{}", kept.out);
    assert!(folder.read("names.lock").contains(&format!("[aliases]\n{line}")));
    assert!(
        folder
            .read("client/src/schemas/animal.rs")
            .contains("pub type Pet = Animal;")
    );
    assert!(folder.read("client/CHANGELOG.md").contains("### Deprecated\n\n- "));
}

#[test]
fn an_overlay_that_no_longer_fits_stops_a_bump_and_a_needless_one_is_named() {
    let folder = first("bump-overlays");
    let overlay = |target: &str| {
        format!(
            "overlay: 1.0.0\ninfo: {{title: Corrections, version: 1.0.0}}\nactions:\n\
             - {{target: '{target}', update: {{description: A pet.}}}}\n"
        )
    };
    folder.write(
        "apicrate.toml",
        &format!("overlays = [\"pets.overlay.yaml\"]\n{TOP}\n{CONFIG}"),
    );
    folder.write("pets.overlay.yaml", &overlay("$.components.schemas.Pet"));
    folder.apicrate("generate").expect(0);
    folder.write("new.yaml", &document("2.0.0", "Animal", NAME));
    let before = snapshot(&folder);
    let stopped = folder.apicrate("bump new.yaml").expect(1);
    let actions = "pets.overlay.yaml: 1 action matches nothing: remove it, or correct its target (line 4)";
    assert!(stopped.out.contains(actions), "{}", stopped.out);
    assert!(stopped.err.contains("nothing was written"), "{}", stopped.err);
    assert_eq!(snapshot(&folder), before);
    let with_description =
        document("1.1.0", "Pet", NAME).replace("Pet: {type: object", "Pet: {description: A pet., type: object");
    folder.write("new.yaml", &with_description);
    let bumped = folder.apicrate("bump new.yaml").expect(0);
    let actions = "pets.overlay.yaml: 1 action changes nothing, for the document has what it adds: remove it (line 4)";
    assert!(bumped.out.contains(actions), "{}", bumped.out);
}

#[test]
fn a_bump_that_fails_writes_nothing() {
    let folder = first("bump-fails");
    let before = snapshot(&folder);
    folder.write("new.yaml", "openapi: 3.1.0\n: :\n");
    folder.apicrate("bump new.yaml").expect(1);
    assert_eq!(snapshot(&folder), before);
    // A file of somebody else's stands where a new one of the crate would.
    folder.write("new.yaml", &document("2.0.0", "Dog", NAME));
    folder.write("client/src/schemas/dog.rs", "// mine\n");
    let stopped = folder.apicrate("bump new.yaml").expect(1);
    assert!(stopped.err.contains("as they were"), "{}", stopped.err);
    assert_eq!(snapshot(&folder), before);
    for (words, message) in [
        ("bump", "not 0"),
        ("bump a.yaml b.yaml", "not 2"),
        ("bump new.yaml --dryrun", "--dry-run"),
        ("bump https://pets.example/openapi.yaml", "download it first"),
        ("bump new.yaml --crate cats", "no crate \"cats\""),
        ("bump --help", ""),
    ] {
        let outcome = folder
            .apicrate(words)
            .expect(if words.ends_with("help") { 0 } else { 2 });
        assert!(outcome.err.contains(message), "{words}: {}", outcome.err);
    }
}

#[test]
fn a_names_lock_that_would_change_fails_a_check() {
    let folder = first("names-lock-check");
    folder.apicrate("check").expect(0);
    let lock = folder.read("names.lock");
    folder.write("names.lock", &lock.replace("\"Pet\" = \"schemas::Pet\"\n", ""));
    let found = folder.apicrate("check").expect(1);
    assert!(
        found.err.contains("names.lock is not what the document gives"),
        "{}",
        found.err
    );
    // A name that is changed by hand is the name from then on.
    folder.write("names.lock", &lock.replace("schemas::Pet", "schemas::Animal"));
    folder.apicrate("generate").expect(0);
    assert!(folder.read("client/src/schemas/pet.rs").contains("pub struct Animal"));
    folder.write("names.lock", "[schemas]\nPet = 7\n");
    let broken = folder.apicrate("generate").expect(1);
    assert!(broken.err.contains("names.lock:2:"), "{}", broken.err);
}

#[test]
fn a_document_that_is_in_its_place_already_has_its_crate_brought_in_line() {
    let folder = first("bump-in-place");
    folder.write(
        "pets.yaml",
        &document("1.1.0", "Pet", &format!("{NAME}, born: {{type: string}}")),
    );
    folder.apicrate("bump pets.yaml --dry-run").expect(1);
    let settled = folder.apicrate("bump pets.yaml").expect(0);
    assert!(
        settled.out.contains("the crate was not up to date with it"),
        "{}",
        settled.out
    );
    assert!(folder.read("client/src/schemas/pet.rs").contains("born"));
    folder.apicrate("check").expect(0);
}

#[test]
fn an_overlay_may_be_corrected_for_the_new_document_before_a_bump() {
    let folder = first("bump-corrected");
    folder.write(
        "apicrate.toml",
        &format!("overlays = [\"pets.overlay.yaml\"]\n{TOP}\n{CONFIG}"),
    );
    let overlay = |schema: &str| {
        format!(
            "overlay: 1.0.0\ninfo: {{title: Corrections, version: 1.0.0}}\nactions:\n\
             - {{target: $.components.schemas.{schema}, update: {{description: A pet.}}}}\n"
        )
    };
    folder.write("pets.overlay.yaml", &overlay("Pet"));
    folder.apicrate("generate").expect(0);
    folder.write("new.yaml", &document("2.0.0", "Animal", NAME));
    folder.apicrate("bump new.yaml --dry-run").expect(1);
    folder.write("pets.overlay.yaml", &overlay("Animal"));
    folder.apicrate("bump new.yaml --alias").expect(0);
    folder.apicrate("check").expect(0);
}

#[test]
fn a_former_name_that_another_schema_takes_is_a_breaking_change() {
    let folder = first("bump-former");
    folder.write("new.yaml", &document("1.1.0", "Animal", NAME));
    folder.apicrate("bump new.yaml --alias").expect(0);
    let two = document("1.2.0", "Animal", NAME) + "    Pet: {type: object, properties: {leash: {type: boolean}}}\n";
    folder.write("two.yaml", &two);
    let taken = folder.apicrate("bump two.yaml").expect(0);
    let words = "the former name `schemas::Pet` is the name of another type now";
    assert!(
        taken.out.contains(words) && taken.out.contains("a change is breaking"),
        "{}",
        taken.out
    );
}

#[test]
fn a_bump_wants_a_document_of_one_crate() {
    let folder = Folder::new("bump-two-crates");
    let table = |name: &str| format!("[[crate]]\nname = \"{name}\"\ndocument = \"pets.yaml\"\nout = \"{name}\"\n");
    folder.write("apicrate.toml", &(table("cats") + &table("dogs")));
    folder.apicrate("generate").expect(0);
    assert!(folder.has("cats.names.lock") && folder.has("dogs.names.lock"));
    folder.write("new.yaml", &document("1.0.0", "Pet", NAME));
    let asked = folder.apicrate("bump new.yaml").expect(2);
    assert!(
        asked.err.contains("--crate") && asked.err.contains("cats, dogs"),
        "{}",
        asked.err
    );
    let refused = folder.apicrate("bump new.yaml --crate cats").expect(2);
    assert!(
        refused.err.contains("cats and dogs are made of one document"),
        "{}",
        refused.err
    );
}
