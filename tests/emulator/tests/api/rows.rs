//! Rows: inserted, read, changed, deleted.

use serde_json::{Value, json};

use crate::support::{Api, column_of};

#[test]
fn a_row_is_inserted_read_changed_and_deleted() {
    let api = Api::start();
    let table = api.table(&["name string optional", "level number optional"]);
    let rows = format!("{table}/rows");
    let (status, made) = api.send("POST", &rows, Some(&json!({"name": "one", "level": 1})));
    assert_eq!(status, 201);
    let expected = json!({
        "id": "659200800000000000000002",
        "createdAt": "2024-01-01T00:00:00.002Z",
        "updatedAt": "2024-01-01T00:00:00.002Z",
        "name": "one",
        "level": 1,
    });
    assert_eq!(made, expected);
    let path = format!("{rows}/{}", made["id"].as_str().unwrap());
    assert_eq!(api.get(&path), expected);
    // What every row has is nobody's to change.
    let change = json!({"level": 2.5, "id": "x", "createdAt": "y", "updatedAt": "z"});
    let patched = api.ok("PATCH", &path, &change);
    let expected = json!({
        "id": "659200800000000000000002",
        "createdAt": "2024-01-01T00:00:00.002Z",
        "updatedAt": "2024-01-01T00:00:00.004Z",
        "name": "one",
        "level": 2.5,
    });
    assert_eq!(patched, expected);
    assert_eq!(api.get(&path), expected);
    assert_eq!(api.send("DELETE", &path, None), (200, json!({"success": true})));
    let gone = (
        404,
        json!({"type": "NotFound", "message": "Data table row was not found"}),
    );
    assert_eq!(api.send("GET", &path, None), gone);
    assert_eq!(api.send("DELETE", &path, None), gone);
    assert_eq!(api.send("PATCH", &path, Some(&json!({"level": 1}))), gone);
}

#[test]
fn many_rows_are_inserted_at_once() {
    let api = Api::start();
    let table = api.table(&["level number optional"]);
    let rows = format!("{table}/rows");
    let many: Vec<Value> = (0..1000).map(|level| json!({"level": level})).collect();
    let (status, made) = api.send("POST", &rows, Some(&json!(many)));
    assert_eq!((status, &made["count"]), (201, &json!(1000)));
    assert_eq!(made["createdAt"], "2024-01-01T00:00:00.002Z");
    let found = api.get(&rows);
    assert_eq!((&found["count"], &found["totalCount"]), (&json!(1000), &json!(1000)));
    assert_eq!(json!(column_of(&found, "id")), made["rowIds"]);
    let none = api.ok("POST", &rows, &json!([]));
    assert_eq!(
        none,
        json!({"count": 0, "createdAt": "2024-01-01T00:00:00.004Z", "rowIds": []})
    );
    // The response would have no room for their ids.
    let more: Vec<Value> = (0..1001).map(|level| json!({"level": level})).collect();
    let message = api.refused("POST", &rows, &json!(more));
    assert_eq!(message, "at most 1000 rows are inserted at a time");
}

#[test]
fn a_response_says_what_was_asked() {
    let api = Api::start();
    let table = api.table(&["level number optional"]);
    let rows = format!("{table}/rows");
    api.ok("POST", &rows, &json!([{"level": 1}, {"level": 2}]));
    let id = table.rsplit('/').next().unwrap();
    let mut response = api.get(&rows);
    response.as_object_mut().unwrap().remove("items");
    let expected = json!({
        "applicationId": emulator::APPLICATION,
        "dataTableId": id,
        "count": 2,
        "totalCount": 2,
        "limit": 1000,
        "offset": 0,
        "query": {},
        "sortColumn": "id",
        "sortDirection": "asc",
    });
    assert_eq!(response, expected);
    let query = json!({"level": {"$gt": 1}});
    let target = format!("{rows}/query?limit=5&offset=1&sortColumn=level&sortDirection=desc");
    let response = api.ok("POST", &target, &query);
    let expected = json!({
        "applicationId": emulator::APPLICATION,
        "dataTableId": id,
        "items": [],
        "count": 0,
        "totalCount": 1,
        "limit": 5,
        "offset": 1,
        "query": query,
        "sortColumn": "level",
        "sortDirection": "desc",
    });
    assert_eq!(response, expected);
    // A query is optional.
    assert_eq!(api.ok("POST", &format!("{rows}/query"), &Value::Null)["count"], 2);
}

#[test]
fn rows_are_deleted_by_query() {
    let api = Api::start();
    let table = api.table(&["level number optional"]);
    let rows = format!("{table}/rows");
    let many: Vec<Value> = (0..10).map(|level| json!({"level": level})).collect();
    api.ok("POST", &rows, &json!(many));
    let levels = || json!(column_of(&api.get(&rows), "level"));
    let delete = |parameters: &str, query: &Value| api.ok("POST", &format!("{rows}/delete{parameters}"), query);
    assert_eq!(delete("", &json!({"level": {"$gte": 8}})), json!({"removed": 2}));
    assert_eq!(levels(), json!([0, 1, 2, 3, 4, 5, 6, 7]));
    // With a limit, the oldest go first.
    assert_eq!(delete("?limit=2", &json!({"level": {"$gt": 2}})), json!({"removed": 2}));
    assert_eq!(levels(), json!([0, 1, 2, 5, 6, 7]));
    assert_eq!(delete("?limit=0", &json!({})), json!({"removed": 0}));
    assert_eq!(delete("?limit=1", &Value::Null), json!({"removed": 1}));
    assert_eq!(levels(), json!([1, 2, 5, 6, 7]));
    assert_eq!(delete("", &json!({"level": 99})), json!({"removed": 0}));
    assert_eq!(
        api.send("POST", &format!("{rows}/truncate"), None),
        (200, json!({"success": true}))
    );
    assert_eq!(levels(), json!([]));
}

#[test]
fn a_thousand_rows_are_deleted_unless_a_limit_says_otherwise() {
    let api = Api::start();
    let table = api.table(&["level number optional"]);
    let rows = format!("{table}/rows");
    let many: Vec<Value> = (0..600).map(|level| json!({"level": level})).collect();
    api.ok("POST", &rows, &json!(many));
    api.ok("POST", &rows, &json!(many));
    assert_eq!(
        api.ok("POST", &format!("{rows}/delete"), &json!({})),
        json!({"removed": 1000})
    );
    assert_eq!(api.get(&rows)["totalCount"], 200);
}
