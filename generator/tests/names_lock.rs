//! A names lock keeps the names of what a new version of a document still has.

#![allow(clippy::unwrap_used, reason = "what cannot be generated fails the test")]

use std::collections::BTreeMap;

use generator::{Input, NamesLock, NamesText, Options, Run, Severity, generate};

const START: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: 1.0.0}\nservers: [{url: 'https://pets.example'}]\n";

fn run(document: &str, lock: &str) -> Run {
    run_part(document, lock, &[])
}

fn run_part(document: &str, lock: &str, only: &[&str]) -> Run {
    let mut options = Options::new("pets");
    options.selection.only = only.iter().map(|name| (*name).to_owned()).collect();
    options.names = Some(NamesText {
        name: "names.lock".to_owned(),
        text: lock.to_owned(),
    });
    let text = format!("{START}{document}");
    let input = Input {
        name: "pets.yaml",
        text: &text,
        overlays: &[],
    };
    generate(&input, &options)
}

/// Generates a crate of a document with the names that are locked. Returns its lock and its files.
fn locked(document: &str, lock: &NamesLock) -> (NamesLock, BTreeMap<String, String>) {
    let text = lock.to_string();
    let run = run(document, &text);
    let output = run.output.unwrap_or_else(|| panic!("{:#?}", run.diagnostics));
    let names = run.names.unwrap();
    // A lock that knows all names of the document stays as it is, and so does the crate.
    let again = self::run(document, &names.to_string());
    assert_eq!(again.names.as_ref(), Some(&names), "{document}");
    assert_eq!(again.output.unwrap().files, output.files, "{document}");
    assert_eq!(NamesLock::parse(&names.to_string()), Ok(names.clone()));
    (names, output.files)
}

fn first(document: &str) -> NamesLock {
    locked(document, &NamesLock::default()).0
}

/// Returns the path of the function of each operation.
fn functions(lock: &NamesLock) -> Vec<(&str, &str)> {
    let operations = lock.operations.iter();
    operations
        .map(|(key, names)| (key.as_str(), names.function.as_str()))
        .collect()
}

fn operation(id: &str, tag: &str, method: &str) -> String {
    format!("  {method}: {{operationId: {id}, tags: [{tag}], responses: {{'204': {{description: Done.}}}}}}\n")
}

#[test]
fn an_operation_keeps_its_names_when_its_id_or_its_tag_or_its_path_changes() {
    let old = first(&format!("paths:\n /pets:\n{}", operation("listPets", "pets", "get")));
    assert_eq!(functions(&old), [("listPets", "operations::pets::list_pets")]);
    let changed = [
        ("/pets", "getAllPets", "pets"),
        ("/pets", "listPets", "animals"),
        ("/animals", "listPets", "pets"),
        ("/pets", "getAllPets", "animals"),
    ];
    for (path, id, tag) in changed {
        let document = format!("paths:\n {path}:\n{}", operation(id, tag, "get"));
        let (new, files) = locked(&document, &old);
        assert_eq!(functions(&new), [(id, "operations::pets::list_pets")]);
        assert!(files["src/operations/pets.rs"].contains("pub fn list_pets() -> ListPets"));
        assert!(new.removed.is_empty(), "{new}");
    }
}

#[test]
fn a_new_operation_takes_no_name_that_another_has() {
    let document = |operations: &str| format!("paths:\n /pets:\n{operations}");
    let old = first(&document(&operation("get_pets", "pets", "get")));
    // The path before it comes first, and would have the name.
    let both = format!(
        "paths:\n /all:\n{} /pets:\n{}",
        operation("get-pets", "pets", "get"),
        operation("get_pets", "pets", "get")
    );
    let (new, _) = locked(&both, &old);
    assert_eq!(
        functions(&new),
        [
            ("get-pets", "operations::pets::get_pets_2"),
            ("get_pets", "operations::pets::get_pets")
        ]
    );
    // The name of what is gone is free, and the line of what had it stays until something else has the name.
    let (without, _) = locked(&document(&operation("dropPets", "pets", "delete")), &old);
    assert_eq!(without.removed["operation get_pets"], "operations::pets::get_pets");
    let (back, _) = locked(&document(&operation("get_pets", "pets", "get")), &without);
    assert_eq!(functions(&back), functions(&old));
    assert!(!back.removed.contains_key("operation get_pets"));
}

#[test]
fn inline_schemas_keep_their_names_beside_new_ones() {
    let document = |properties: &str| {
        format!("components:\n schemas:\n  Pet:\n   type: object\n   properties: {{{properties}}}\n")
    };
    let deep = "owner: {type: object, properties: {status: {type: string, enum: [a, b]}}}";
    let old = first(&document(deep));
    let key = "Pet#/properties/owner/properties/status";
    assert_eq!(old.schemas[key], "schemas::PetStatus");
    let with_another = format!("status: {{type: string, enum: [x, y]}}, {deep}");
    // Without the lock the new one, which is nested less deeply, has the name.
    assert_eq!(first(&document(&with_another)).schemas[key], "schemas::PetOwnerStatus");
    let (new, _) = locked(&document(&with_another), &old);
    assert_eq!(new.schemas[key], "schemas::PetStatus");
    assert_ne!(new.schemas["Pet#/properties/status"], "schemas::PetStatus");
}

#[test]
fn branches_and_their_variants_keep_their_names_beside_new_ones() {
    let document = |branches: &str| format!("components:\n schemas:\n  Filter: {{oneOf: [{branches}]}}\n");
    let branch = |name: &str| format!("{{type: object, properties: {{{name}: {{type: string}}}}}}");
    let old = first(&document(&format!("{{type: string}}, {}", branch("eq"))));
    let object = "Filter#/oneOf/[object]";
    assert_eq!(
        (old.schemas[object].as_str(), old.variants[object].as_str()),
        ("schemas::FilterObject", "Object")
    );
    let three = format!("{{type: string}}, {}, {}", branch("eq"), branch("ne"));
    let (new, _) = locked(&document(&three), &old);
    let (eq, ne) = ("Filter#/oneOf/[object eq]", "Filter#/oneOf/[object ne]");
    assert_eq!(
        (new.schemas[eq].as_str(), new.variants[eq].as_str()),
        ("schemas::FilterObject", "Object")
    );
    assert_eq!(
        (new.schemas[ne].as_str(), new.variants[ne].as_str()),
        ("schemas::FilterNe", "Ne")
    );
    // Keys change with the branches around them; the names stay.
    let (back, _) = locked(&document(&format!("{}, {{type: string}}", branch("eq"))), &new);
    assert_eq!(back.schemas[object], "schemas::FilterObject");
}

#[test]
fn of_equal_schemas_that_part_the_first_keeps_the_name() {
    let document = |second: &str| {
        format!(
            "components:\n schemas:\n  Order:\n   type: object\n   properties:\n    billing: {{type: object, properties: {{street: {{type: string}}}}}}\n    shipping: {{type: object, properties: {{street: {{type: string}}{second}}}}}\n"
        )
    };
    let old = first(&document(""));
    let (billing, shipping) = ("Order#/properties/billing", "Order#/properties/shipping");
    assert_eq!(old.schemas[billing], old.schemas[shipping]);
    let (new, _) = locked(&document(", note: {type: string}"), &old);
    assert_eq!(new.schemas[billing], old.schemas[billing]);
    assert_ne!(new.schemas[shipping], new.schemas[billing]);
}

#[test]
fn an_inline_schema_that_becomes_a_component_leaves_an_alias() {
    let inline = "components:\n schemas:\n  Pet:\n   type: object\n   properties: {owner: {type: object, properties: {name: {type: string}}}}\n";
    let moved = "components:\n schemas:\n  Pet:\n   type: object\n   properties: {owner: {$ref: '#/components/schemas/Person'}}\n  Person: {type: object, properties: {name: {type: string}}}\n";
    let (new, files) = locked(moved, &first(inline));
    assert_eq!(new.aliases["schemas::PetOwner"], "schemas::Person");
    assert!(files["src/schemas/person.rs"].contains("pub type PetOwner = Person;"));
    assert!(files["src/schemas/mod.rs"].contains("PetOwner"));
    // When it moves back, the former name is a name again.
    let (back, _) = locked(inline, &new);
    assert_eq!(back.schemas["Pet#/properties/owner"], "schemas::PetOwner");
    assert!(!back.aliases.contains_key("schemas::PetOwner"));
}

#[test]
fn a_former_name_leads_through_several_renames() {
    let document = "components:\n schemas:\n  Animal: {type: object, properties: {name: {type: string}}}\n";
    let lock = "[aliases]\n\"schemas::Pet\" = \"schemas::Beast\"\n\"schemas::Beast\" = \"schemas::Animal\"\n";
    let output = run(document, lock).output.unwrap();
    let file = &output.files["src/schemas/animal.rs"];
    assert!(
        file.contains("pub type Pet = Animal;") && file.contains("pub type Beast = Animal;"),
        "{file}"
    );
    let circle = "[aliases]\n\"schemas::Pet\" = \"schemas::Beast\"\n\"schemas::Beast\" = \"schemas::Pet\"\n";
    let faults = run(document, circle).diagnostics;
    assert_eq!(
        faults.iter().filter(|fault| fault.code == "names-lock-alias").count(),
        2
    );
}

#[test]
fn a_lock_that_cannot_be_read_is_an_error_at_its_line() {
    let run = run("paths: {}\n", "[schemas]\n\n\"Pet\" = 1\n");
    assert!(run.output.is_none());
    let fault = run.diagnostics.iter().find(|fault| fault.code == "names-lock").unwrap();
    assert_eq!(fault.severity, Severity::Error);
    assert!(
        fault.render(&run.sources).contains("names.lock:3:"),
        "{}",
        fault.render(&run.sources)
    );
}

#[test]
fn a_lock_of_another_document_does_no_harm() {
    let lock = "[operations]\n\"x\" = { at = \"GET /x\", function = \"operations::x::x\", request = \"X\" }\n\
        [schemas]\n\"Pet\" = \"ids::Pet\"\n\"Cat\" = \"schemas::Dog\"\n\"Dog\" = \"schemas::Dog\"\n\"Pet#/oneOf/[a]\" = \"schemas::PetA\"\n\
        [parameters]\n\"id \" = \"schemas::Id\"\n[variants]\n\"Pet#/oneOf/9\" = \"A\"\n";
    let document = "components:\n schemas:\n  Pet: {type: object}\n  Cat: {type: object, properties: {a: {type: string}}}\n  Dog: {type: object, properties: {b: {type: string}}}\n";
    let (new, _) = locked(document, &NamesLock::parse(lock).unwrap());
    assert_eq!(new.schemas["Pet"], "schemas::Pet");
    // Two components that are locked to one name do not share it.
    assert_ne!(new.schemas["Cat"], new.schemas["Dog"]);
}

/// The former names of what is not selected go with it; those that are left name what they named before.
#[test]
fn a_selection_keeps_the_former_names_of_what_it_has() {
    let operation = |id: &str, schema: &str| {
        format!(
            " /{id}:\n  get: {{operationId: {id}, tags: [pets], responses: {{'200': {{description: '', content: \
             {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}}}}}}}\n"
        )
    };
    let document = format!(
        "paths:\n{}{}components:\n schemas:\n  Cat: {{type: object, properties: {{a: {{type: string}}}}}}\n  \
         Dog: {{type: object, properties: {{b: {{type: string}}}}}}\n",
        operation("getCat", "Cat"),
        operation("getDog", "Dog")
    );
    let lock = "[aliases]\n\"operations::pets::GetCatBody\" = \"schemas::Cat\"\n\
        \"operations::pets::GetDogBody\" = \"schemas::Dog\"\n\"operations::pets::cat\" = \"operations::pets::get_cat\"\n\
        \"operations::pets::dog\" = \"operations::pets::get_dog\"\n\"operations::pets::Dog\" = \"operations::pets::GetDog\"\n";
    let file = |only: &[&str]| {
        let run = run_part(&document, lock, only);
        assert_eq!(run.diagnostics.len(), 0, "{:#?}", run.diagnostics);
        run.output.unwrap().files["src/operations/pets.rs"].clone()
    };
    let (both, dog) = (file(&[]), file(&["getDog"]));
    for former in [
        "pub type GetDogBody = crate::schemas::Dog;",
        "pub fn dog() -> GetDog",
        "pub type Dog = GetDog;",
    ] {
        assert!(both.contains(former) && dog.contains(former), "{former}: {dog}");
    }
    for former in ["pub type GetCatBody = crate::schemas::Cat;", "pub fn cat() -> GetCat"] {
        assert!(both.contains(former) && !dog.contains(former), "{former}: {dog}");
    }
}
