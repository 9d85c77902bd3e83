//! Many findings of one kind are folded for people.

use crate::Folder;

/// A document with `count` references to each of these names.
fn with_references(names: &[&str], count: usize) -> String {
    let mut lines = vec![
        "openapi: 3.1.0".to_owned(),
        "info: {title: Pets, version: 1.0.0}".to_owned(),
        "servers: [{url: 'https://pets.example'}]".to_owned(),
        "paths:".to_owned(),
    ];
    for name in names {
        for number in 1..=count {
            let schema = format!("{{$ref: '#/components/schemas/{name}'}}");
            let response = format!("{{description: One., content: {{application/json: {{schema: {schema}}}}}}}");
            lines.push(format!(
                "  /{name}/{number}: {{get: {{responses: {{'200': {response}}}}}}}"
            ));
        }
    }
    lines.join("\n")
}

#[test]
fn findings_of_one_code_are_folded_unless_all_are_asked_for() {
    let folder = Folder::new("folding");
    folder.write("faulty.yaml", &with_references(&["Ant", "Bee", "Cow", "Dog", "Elk"], 4));
    let shown = |text: &str| text.matches("error[dangling-reference]").count();
    let short = folder.apicrate("generate faulty.yaml --out client").expect(1);
    assert_eq!(shown(&short.err), 3, "{}", short.err);
    assert!(short.err.contains("found in 4 places"), "{}", short.err);
    let words = "8 more findings with a code that is shown above (dangling-reference: 20 references to 5 names); \
                 --verbose shows them";
    assert!(short.err.contains(words), "{}", short.err);
    let long = folder.apicrate("generate faulty.yaml --out client --verbose").expect(1);
    assert_eq!(shown(&long.err), 20, "{}", long.err);
    let json = folder
        .apicrate("generate faulty.yaml --out client --format json")
        .expect(1);
    assert_eq!(
        json.out.matches("\"code\":\"dangling-reference\"").count(),
        20,
        "{}",
        json.out
    );
    let sarif = folder
        .apicrate("generate faulty.yaml --out client --format sarif")
        .expect(1);
    assert_eq!(sarif.out.matches("\"ruleId\": \"dangling-reference\"").count(), 20);
}
