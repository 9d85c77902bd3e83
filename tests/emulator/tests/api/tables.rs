//! Tables: made, listed, changed, deleted.

use emulator::{APPLICATION, Options};
use serde_json::{Value, json};

use crate::support::{Api, column_of};

#[test]
fn a_table_is_made_changed_and_deleted() {
    let api = Api::start();
    let made = api.ok(
        "POST",
        "/data-tables",
        &json!({"name": "Pets", "description": "All of them", "columns": [
            {"name": "name", "dataType": "string", "constraint": "unique"},
            {"name": "age", "dataType": "number", "constraint": "optional", "defaultValue": 1.5},
        ]}),
    );
    let id = made["id"].as_str().unwrap();
    let expected = json!({
        "_type": "dataTable",
        "id": "659200800000000000000001",
        "dataTableId": "659200800000000000000001",
        "applicationId": APPLICATION,
        "creationDate": "2024-01-01T00:00:00.001Z",
        "lastUpdated": "2024-01-01T00:00:00.001Z",
        "name": "Pets",
        "description": "All of them",
        "columns": [
            {"name": "name", "dataType": "string", "constraint": "unique"},
            {"name": "age", "dataType": "number", "constraint": "optional", "defaultValue": 1.5},
        ],
        "summary": {"count": 0},
    });
    assert_eq!(made, expected);
    let path = format!("/data-tables/{id}");
    assert_eq!(api.get(&path), expected);
    assert_eq!(api.get(&format!("/data-tables/{}", id.to_uppercase())), expected);
    let linked = api.get(&format!("{path}?_links=true"));
    let href = format!("/applications/{APPLICATION}/data-tables/{id}");
    assert_eq!(linked["_links"], json!({"self": {"href": href}}));

    let patched = api.ok("PATCH", &path, &json!({"name": "Animals"}));
    assert_eq!(patched["name"], "Animals");
    assert_eq!(patched["description"], "All of them");
    assert_eq!(patched["creationDate"], "2024-01-01T00:00:00.001Z");
    assert_eq!(patched["lastUpdated"], "2024-01-01T00:00:00.005Z");

    assert_eq!(api.ok("DELETE", &path, &Value::Null), json!({"success": true}));
    let gone = json!({"type": "NotFound", "message": "Data table was not found"});
    assert_eq!(api.send("GET", &path, None), (404, gone.clone()));
    assert_eq!(api.send("DELETE", &path, None), (404, gone.clone()));
    assert_eq!(api.send("PATCH", &path, Some(&json!({}))), (404, gone.clone()));
    assert_eq!(api.send("GET", &format!("{path}/rows"), None), (404, gone));
    let counts = api.emulator.requests();
    assert_eq!(counts["dataTable.get"], 4);
    assert_eq!(counts["dataTable.delete"], 2);
}

#[test]
fn an_absent_description_is_omitted() {
    let api = Api::start();
    let made = api.ok("POST", "/data-tables", &json!({"name": "Plain"}));
    assert_eq!((made.get("description"), &made["columns"]), (None, &json!([])));
}

#[test]
fn tables_are_listed_sorted_filtered_and_by_page() {
    let api = Api::start();
    for name in ["b[1]", "a*", "c", "B", "abc"] {
        api.ok("POST", "/data-tables", &json!({"name": name}));
    }
    let names = |query: &str| column_of(&api.get(&format!("/data-tables?{query}")), "name");
    assert_eq!(names(""), ["B", "a*", "abc", "b[1]", "c"]);
    assert_eq!(names("sortDirection=desc"), ["c", "b[1]", "abc", "a*", "B"]);
    assert_eq!(names("sortField=id"), ["b[1]", "a*", "c", "B", "abc"]);
    assert_eq!(
        names("sortField=creationDate&sortDirection=desc"),
        ["abc", "B", "c", "a*", "b[1]"]
    );
    assert_eq!(names("sortField=lastUpdated"), ["b[1]", "a*", "c", "B", "abc"]);
    assert_eq!(names("filterField=name&filter=a*"), ["a*", "abc"]);
    assert_eq!(names("filterField=name&filter=b%5B1%5D"), ["b[1]"]);
    assert_eq!(names("filterField=name&filter=?"), ["B", "c"]);
    assert_eq!(names("filterField=name&filter=*b*"), ["abc", "b[1]"]);
    assert_eq!(names("filterField=name&filter="), ["B", "a*", "abc", "b[1]", "c"]);
    assert_eq!(names("filter=a*"), ["B", "a*", "abc", "b[1]", "c"]);
    assert_eq!(names("perPage=2&page=1"), ["abc", "b[1]"]);
    assert_eq!(names("perPage=2&page=2"), ["c"]);
    assert_eq!(names("perPage=2&page=3"), [] as [Value; 0]);

    let page = api.get("/data-tables?perPage=1&filterField=name&filter=a*&_links=true");
    let rest = json!({
        "_type": "dataTables",
        "_links": {"self": {"href": format!("/applications/{APPLICATION}/data-tables")}},
        "applicationId": APPLICATION,
        "count": 1,
        "totalCount": 2,
        "page": 0,
        "perPage": 1,
        "sortField": "name",
        "sortDirection": "asc",
        "filterField": "name",
        "filter": "a*",
    });
    let mut properties = page.as_object().unwrap().clone();
    properties.remove("items");
    assert_eq!(Value::Object(properties), rest);
    let page = api.get("/data-tables");
    assert_eq!((&page["perPage"], page.get("filter")), (&json!(100), None));
}

#[test]
fn an_application_has_its_own_tables() {
    let other = "5b9297591fefb200072e554d";
    let api = Api::with(Options {
        applications: vec![APPLICATION.to_owned(), other.to_owned()],
        ..Options::default()
    });
    let table = api.table(&[]);
    let token = format!("Bearer {}", api.emulator.token());
    let get = |path: &str| api.raw("GET", path, &[("Authorization", &token)], "");
    let elsewhere = get(&format!("/applications/{other}{table}"));
    assert_eq!(elsewhere.status, 404);
    assert_eq!(
        elsewhere.text,
        r#"{"message":"Data table was not found","type":"NotFound"}"#
    );
    let unknown = get("/applications/000000000000000000000000/data-tables");
    assert_eq!(unknown.status, 404);
    assert_eq!(
        unknown.text,
        r#"{"message":"Application was not found","type":"NotFound"}"#
    );
}

#[test]
fn a_page_is_a_count() {
    let api = Api::start();
    for query in ["page=-1", "perPage=ten", "page=", "perPage=1.5", "page=%2B1"] {
        let message = api.refused("GET", &format!("/data-tables?{query}"), &Value::Null);
        assert!(message.contains("is no count"), "{message}");
    }
}
