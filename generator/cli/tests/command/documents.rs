//! Documents that refer to other files: what is read, and what is not.

use std::fs;
use std::path::Path;

use crate::Folder;

/// Returns a document that refers to `reference` as the schema of its only response.
fn document(reference: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: Pets, version: 1.0.0}}\nservers: [{{url: 'https://pets.example'}}]\npaths:\n  /pets:\n    \
         get:\n      operationId: listPets\n      responses:\n        '200':\n          description: All pets.\n          \
         content: {{application/json: {{schema: {{$ref: {reference:?}}}}}}}\n"
    )
}

const PET: &str = "type: object\nproperties: {secret: {type: string}}\n";

/// Makes a link, where the system has links.
fn link(target: &Path, link: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(target, link).unwrap();
    #[cfg(not(unix))]
    let _ = (target, link);
}

#[test]
fn files_beside_the_document_are_read() {
    let folder = Folder::new("documents");
    folder.write("api/openapi.yaml", &document("schemas/pet%20one.yaml#/Pet"));
    folder.write(
        "api/schemas/pet one.yaml",
        &format!("Pet:\n  {}", PET.replace('\n', "\n  ")),
    );
    folder.apicrate("generate api/openapi.yaml --out client").expect(0);
    assert!(folder.read("client/src/schemas/pet.rs").contains("secret"));
    let second = folder.apicrate("check api/openapi.yaml --out client").expect(0);
    assert!(second.out.contains("0 files written"), "{}", second.out);
    // What it depends on has changed.
    folder.write(
        "api/schemas/pet one.yaml",
        "Pet: {type: object, properties: {open: {type: string}}}\n",
    );
    let third = folder.apicrate("check api/openapi.yaml --out client").expect(1);
    assert!(third.err.contains("pet.rs"), "{}", third.err);
}

#[test]
fn nothing_is_read_outside_of_the_folder_of_the_document() {
    let folder = Folder::new("outside");
    folder.write("outside/pet.yaml", PET);
    folder.write("api/sub/empty.yaml", "{}");
    fs::create_dir_all(folder.path().join("api/folder.yaml")).unwrap();
    fs::write(folder.path().join("api/latin.yaml"), b"type: str\xEFng").unwrap();
    link(
        &folder.path().join("outside/pet.yaml"),
        &folder.path().join("api/link.yaml"),
    );
    link(&folder.path().join("outside"), &folder.path().join("api/linked"));
    let absolute = folder.path().canonicalize().unwrap().join("outside/pet.yaml");
    let absolute = absolute.display();
    let mut references = vec![
        ("../outside/pet.yaml".to_owned(), "which is outside of"),
        ("sub/../../outside/pet.yaml".to_owned(), "which is outside of"),
        ("%2e%2e/outside/pet.yaml".to_owned(), "which is outside of"),
        ("sub/%2E%2E/%2E./outside%2Fpet.yaml".to_owned(), "which is outside of"),
        (format!("{absolute}"), "which is outside of"),
        (format!("file://{absolute}"), "which is outside of"),
        (format!("file://localhost{absolute}"), "which is outside of"),
        (format!("FILE://{absolute}"), "which is outside of"),
        ("http://localhost/pet.yaml".to_owned(), "nothing is fetched"),
        ("HTTPS://localhost/pet.yaml".to_owned(), "nothing is fetched"),
        ("//localhost/pet.yaml".to_owned(), "outside of"),
        ("ftp://localhost/pet.yaml".to_owned(), "nothing is fetched"),
        ("folder.yaml".to_owned(), "is a folder"),
        ("latin.yaml".to_owned(), "is not UTF-8"),
        ("no.yaml".to_owned(), "a file that does not exist: api/no.yaml"),
        ("a%00b.yaml".to_owned(), "cannot be read"),
    ];
    if cfg!(unix) {
        references.push(("link.yaml".to_owned(), "a link that leads out of"));
        references.push(("linked/pet.yaml".to_owned(), "a link that leads out of"));
    }
    for (reference, words) in references {
        folder.write("api/openapi.yaml", &document(&reference));
        let outcome = folder.apicrate("generate api/openapi.yaml --out client").expect(1);
        assert!(outcome.err.contains(words), "{reference}: {}", outcome.err);
        assert!(
            outcome.err.contains("api/openapi.yaml:11:"),
            "{reference}: {}",
            outcome.err
        );
        assert!(
            !outcome.err.contains("secret") && !folder.has("client"),
            "{reference}: {}",
            outcome.err
        );
    }
}

#[test]
fn a_near_name_is_offered() {
    let folder = Folder::new("near");
    folder.write("api/schemas/pets.yaml", PET);
    for (reference, meant) in [
        ("schemas/pet.yaml", "api/schemas/pets.yaml"),
        ("schema/pets.yaml", "api/schemas/pets.yaml"),
    ] {
        folder.write("api/openapi.yaml", &document(reference));
        let outcome = folder.apicrate("generate api/openapi.yaml --out client").expect(1);
        assert!(
            outcome.err.contains(&format!("did you mean {meant}?")),
            "{}",
            outcome.err
        );
    }
}

#[test]
fn a_folder_may_be_allowed() {
    let folder = Folder::new("allowed");
    folder.write("common/pet.yaml", "{$ref: more/pet.yaml}");
    folder.write("common/more/pet.yaml", PET);
    folder.write("api/openapi.yaml", &document("../common/pet.yaml"));
    folder.apicrate("generate api/openapi.yaml --out client").expect(1);
    let outcome = folder
        .apicrate("generate api/openapi.yaml --out client --allow-root common")
        .expect(0);
    assert!(outcome.out.contains("--allow-root common"), "{}", outcome.out);
    assert!(folder.read("client/ledger.tsv").lines().count() >= 1);
    folder
        .apicrate("init api/openapi.yaml --out client --allow-root common")
        .expect(0);
    assert!(folder.read("apicrate.toml").contains("allow-roots = [\"common\"]"));
    folder.apicrate("generate").expect(0);
    folder.apicrate("check --allow-root common").expect(2);
}

#[test]
fn a_url_may_stand_for_a_file() {
    let folder = Folder::new("urls");
    folder.write(
        "specs/service-info.yaml",
        "components: {schemas: {Pet: {$ref: parts/pet.yaml}}}",
    );
    folder.write("specs/parts/pet.yaml", PET);
    let config = |documents: &str| {
        format!("document = \"api/openapi.yaml\"\nout = \"client\"\n[crate]\nname = \"pets\"\n[documents]\n{documents}")
    };
    folder.write(
        "api/openapi.yaml",
        &document("https://example.com/v1/service-info.yaml#/components/schemas/Pet"),
    );
    let unmapped = folder.apicrate("generate api/openapi.yaml --out client").expect(1);
    assert!(
        unmapped.err.contains("\"https://example.com/v1/service-info.yaml\" ="),
        "{}",
        unmapped.err
    );
    // A file alone: what lies beside it is not allowed by that.
    folder.write(
        "apicrate.toml",
        &config("\"https://example.com/v1/service-info.yaml\" = \"specs/service-info.yaml\"\n"),
    );
    let alone = folder.apicrate("generate").expect(1);
    assert!(
        alone.err.contains("specs/parts/pet.yaml, which is outside of"),
        "{}",
        alone.err
    );
    folder.write("apicrate.toml", &config("\"https://example.com/v1/\" = \"specs\"\n"));
    folder.apicrate("generate").expect(0);
    assert!(folder.read("client/src/schemas/pet.rs").contains("secret"));
    folder.write("apicrate.toml", &config("\"example.com\" = \"specs\"\n"));
    let wrong = folder.apicrate("generate").expect(1);
    assert!(wrong.err.contains("is no URL"), "{}", wrong.err);
}

#[test]
fn a_file_is_one_document_whatever_it_is_called() {
    let folder = Folder::new("one");
    folder.write("api/pet.yaml", &format!("{PET}title: Pet\n"));
    link(
        &folder.path().join("api/pet.yaml"),
        &folder.path().join("api/also.yaml"),
    );
    let also = if cfg!(unix) { "also.yaml" } else { "./pet.yaml" };
    let text = document("pet.yaml").replace(
        "paths:\n",
        &format!("components: {{schemas: {{Both: {{properties: {{a: {{$ref: pet.yaml}}, b: {{$ref: {also}}}}}}}}}}}\npaths:\n"),
    );
    folder.write("api/openapi.yaml", &text);
    folder.apicrate("generate api/openapi.yaml --out client").expect(0);
    let both = folder.read("client/src/schemas/both.rs");
    assert_eq!(both.matches("Option<Pet>").count(), 2, "{both}");
}
