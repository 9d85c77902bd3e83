//! What a run finds, as an overlay that mends it and as a log for other tools.

use serde_json::Value;

use crate::Folder;

/// A document with a reference to a name that is near another, a scheme that is missing, and a misspelled key.
const FAULTY: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example'}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      depricated: true
      security: [{key: []}]
      responses:
        '200':
          description: The pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pets'}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
";

#[test]
fn the_written_overlay_mends_the_run() {
    let folder = Folder::new("mending");
    folder.write("faulty.yaml", FAULTY);
    let first = folder
        .apicrate("generate faulty.yaml --out client --strict --write-overlay mended.yaml")
        .expect(1);
    assert!(
        first
            .out
            .contains("mended.yaml: an overlay that mends 4 findings; give it as --overlay mended.yaml"),
        "{}",
        first.out
    );
    let second = folder
        .apicrate("generate faulty.yaml --out client --strict --overlay mended.yaml --write-overlay other.yaml")
        .expect(0);
    assert!(
        second.out.contains("mended.yaml: 5 of 5 actions matched"),
        "{}",
        second.out
    );
    assert!(second.out.contains("other.yaml is not written"), "{}", second.out);
    assert!(!folder.has("other.yaml"));
    // It stands for what the document means.
    assert!(folder.has("client/src/schemas/pet.rs"));
    assert!(folder.read("mended.yaml").contains("update: {deprecated: true}"));
}

#[test]
fn what_is_in_another_document_is_counted() {
    let folder = Folder::new("mending-elsewhere");
    folder.write("faulty.yaml", &FAULTY.replace("#/components/schemas/Pets", "pet.yaml"));
    folder.write("pet.yaml", "type: object\nproperties: {age: {type: int64}}\n");
    let outcome = folder
        .apicrate("generate faulty.yaml --out client --write-overlay mended.yaml")
        .expect(0);
    assert!(
        outcome
            .out
            .contains("; 1 finding in other documents, which an overlay does not reach"),
        "{}",
        outcome.out
    );
}

/// The actions of all diagnostics are those of the overlay that is written, as far as none gets in the way of another.
#[test]
fn json_has_the_actions_that_mend() {
    let folder = Folder::new("json-actions");
    folder.write("faulty.yaml", FAULTY);
    let outcome = folder
        .apicrate("generate faulty.yaml --out client --format json --write-overlay mended.yaml")
        .expect(1);
    let overlay = folder.read("mended.yaml");
    let mut actions = 0;
    for line in outcome.out.lines() {
        let diagnostic: Value = serde_json::from_str(line).unwrap();
        for action in diagnostic["actions"].as_array().unwrap() {
            actions += 1;
            let target = action["target"].as_str().unwrap();
            let written = format!("{target:?}");
            assert!(overlay.contains(target) || overlay.contains(&written), "{action}");
            assert!(action["remove"] == true || action.get("update").is_some(), "{action}");
        }
    }
    assert_eq!(actions, overlay.matches("- target:").count(), "{overlay}");
}

/// Whether `value` has what the schema of SARIF asks for: types, `required`, `enum` and `pattern`-free strings.
fn check(schema: &Value, root: &Value, value: &Value, at: &str) {
    if let Some(target) = schema["$ref"].as_str() {
        return check(root.pointer(target.trim_start_matches('#')).unwrap(), root, value, at);
    }
    let is_type = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value
            .as_u64()
            .is_some_and(|number| number >= schema["minimum"].as_u64().unwrap_or_default()),
        _ => true,
    };
    assert!(is_type, "{at}: {value}");
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(value.get(name.as_str().unwrap()).is_some(), "{at} has no {name}");
    }
    if let Some(values) = schema["enum"].as_array() {
        assert!(values.contains(value), "{at}: {value}");
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(schema) => check(schema, root, member, &format!("{at}/{name}")),
            None => assert_ne!(schema["additionalProperties"], false, "{at} has {name}"),
        }
    }
    for (index, element) in value.as_array().into_iter().flatten().enumerate() {
        check(&schema["items"], root, element, &format!("{at}/{index}"));
    }
}

#[test]
fn sarif_is_what_its_schema_asks_for() {
    let folder = Folder::new("sarif");
    folder.write("faulty.yaml", FAULTY);
    for flag in ["--format", "--message-format"] {
        let outcome = folder
            .apicrate(&format!("generate faulty.yaml --out client {flag} sarif"))
            .expect(1);
        let log: Value = serde_json::from_str(&outcome.out).unwrap();
        let schema: Value = serde_json::from_str(include_str!("sarif-schema.json")).unwrap();
        check(&schema, &schema, &log, "");
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        let found = results
            .iter()
            .find(|result| result["ruleId"] == "dangling-reference")
            .unwrap();
        assert_eq!(found["level"], "error");
        assert!(
            found["message"]["text"].as_str().unwrap().contains("did you mean"),
            "{found}"
        );
        let action = &found["properties"]["overlayActions"][0];
        assert!(action["target"].as_str().unwrap().ends_with("['$ref']"), "{action}");
        assert_eq!(action["update"], "#/components/schemas/Pet");
        let place = &found["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "faulty.yaml");
        assert_eq!(place["region"]["startLine"], 13);
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for result in results {
            assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
        }
    }
}
