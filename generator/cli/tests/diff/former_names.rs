//! What a former name that is kept means to callers.

use generator::unstable::{Stages, diff};
use generator::{ChangeKind, Input, NamesText, Options, RustClass};

/// A document with an object within a component, or in a component of its own; requests have it, or responses alone.
fn document(is_inline: bool, requests_have_it: bool) -> String {
    let vet = "{type: object, required: [name, town], properties: {name: {type: string}, town: {type: string}}}";
    let (property, component) = if is_inline {
        (vet, String::new())
    } else {
        ("{$ref: '#/components/schemas/Vet'}", format!("    Vet: {vet}\n"))
    };
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}";
    let body = if requests_have_it {
        format!("      requestBody: {{{content}}}\n")
    } else {
        String::new()
    };
    format!(
        "openapi: 3.1.0
info: {{title: Pets, version: 1.0.0}}
servers: [{{url: 'https://pets.example'}}]
paths:
  /pets:
    put:
      operationId: putPet
{body}      responses:
        '200': {{description: The pet., {content}}}
components:
  schemas:
    Pet: {{type: object, properties: {{vet: {property}}}}}
{component}"
    )
}

fn stages(text: &str, lock: String) -> Stages {
    let mut options = Options::new("pets");
    options.names = Some(NamesText {
        name: "names.lock".to_owned(),
        text: lock,
    });
    let input = Input {
        name: "pets.yaml",
        text,
        overlays: &[],
    };
    Stages::without_output(&input, &options, None)
}

/// Returns what it means that an inline object becomes a component, of which the lock keeps the former name.
fn class(requests_have_it: bool) -> RustClass {
    let old = stages(&document(true, requests_have_it), String::new());
    let lock = old.run.names.as_ref().unwrap().to_string();
    let new = stages(&document(false, requests_have_it), lock);
    let diff = diff(&old, &new).unwrap();
    let mut changes = diff.changes.into_iter();
    changes
        .find(|change| change.kind == ChangeKind::NameChanged)
        .unwrap()
        .rust
}

#[test]
fn a_former_name_has_the_struct_of_required_properties_unless_tests_alone_have_it() {
    assert_eq!(class(true), RustClass::CompilesWithDeprecation);
    let RustClass::Breaks { before, after } = class(false) else {
        panic!("the struct is gone");
    };
    assert!(before.contains("schemas::PetVetRequired {"), "{before}");
    assert!(after.unwrap().contains("schemas::VetRequired {"));
}
