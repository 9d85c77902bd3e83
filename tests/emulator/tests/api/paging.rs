//! Rows in order, and a part of them.

use serde_json::{Value, json};

use crate::support::{Api, column_of};

/// Makes a table of every type, with rows that are numbered in `n`.
fn table(api: &Api) -> String {
    let table = api.table(&[
        "n number required",
        "text string optional",
        "amount number optional",
        "flag boolean optional",
    ]);
    let rows = json!([
        {"n": 0, "text": "b", "amount": 10, "flag": true},
        {"n": 1, "text": null, "amount": 9.5, "flag": null},
        {"n": 2, "text": "B", "amount": null, "flag": false},
        {"n": 3, "text": "", "amount": -1, "flag": true},
        {"n": 4, "text": "é", "amount": 9.5, "flag": false},
        {"n": 5, "text": "a", "amount": 1e20, "flag": null},
        {"n": 6, "text": "🙂", "amount": 2, "flag": true},
        {"n": 7, "text": "\u{ff01}", "amount": 10, "flag": true},
    ]);
    api.ok("POST", &format!("{table}/rows"), &rows);
    table
}

fn order(api: &Api, table: &str, parameters: &str) -> Value {
    json!(column_of(&api.get(&format!("{table}/rows?{parameters}")), "n"))
}

#[test]
fn rows_are_sorted() {
    let api = Api::start();
    let table = table(&api);
    // Null comes first, then what is least; by code points; and what is alike in order of age.
    for (column, expected) in [
        ("text", json!([1, 3, 2, 5, 0, 4, 7, 6])),
        ("amount", json!([2, 3, 6, 1, 4, 0, 7, 5])),
        ("flag", json!([1, 5, 2, 4, 0, 3, 6, 7])),
        ("id", json!([0, 1, 2, 3, 4, 5, 6, 7])),
        ("createdAt", json!([0, 1, 2, 3, 4, 5, 6, 7])),
    ] {
        assert_eq!(
            order(&api, &table, &format!("sortColumn={column}")),
            expected,
            "{column}"
        );
        let backwards: Vec<Value> = expected.as_array().unwrap().iter().rev().cloned().collect();
        let parameters = format!("sortColumn={column}&sortDirection=desc");
        assert_eq!(order(&api, &table, &parameters), json!(backwards), "{column}");
    }
    assert_eq!(order(&api, &table, "sortColumn="), json!([0, 1, 2, 3, 4, 5, 6, 7]));
    let message = api.refused("GET", &format!("{table}/rows?sortColumn=none"), &Value::Null);
    assert_eq!(message, r#"the table has no column "none""#);
}

#[test]
fn pages_neither_share_nor_miss_a_row() {
    let api = Api::start();
    let table = table(&api);
    for direction in ["asc", "desc"] {
        let whole = order(&api, &table, &format!("sortColumn=flag&sortDirection={direction}"));
        let mut pages = Vec::new();
        for offset in [0, 3, 6, 9] {
            let parameters = format!("sortColumn=flag&sortDirection={direction}&limit=3&offset={offset}");
            let response = api.get(&format!("{table}/rows?{parameters}"));
            assert_eq!(response["totalCount"], 8);
            pages.extend(column_of(&response, "n"));
        }
        assert_eq!(json!(pages), whole);
    }
    assert_eq!(order(&api, &table, "limit=0"), json!([]));
    assert_eq!(order(&api, &table, "offset=7"), json!([7]));
}

#[test]
fn a_response_has_a_thousand_rows_unless_a_limit_says_otherwise() {
    let api = Api::start();
    let table = api.table(&["n number required"]);
    let rows = format!("{table}/rows");
    for start in [0, 600] {
        let many: Vec<Value> = (start..start + 600).map(|n| json!({"n": n})).collect();
        api.ok("POST", &rows, &json!(many));
    }
    let response = api.get(&rows);
    assert_eq!(
        (&response["count"], &response["totalCount"]),
        (&json!(1000), &json!(1200))
    );
    assert_eq!(api.get(&format!("{rows}?limit=5000"))["count"], 1200);
}

#[test]
fn a_limit_is_a_count() {
    let api = Api::start();
    let table = table(&api);
    for parameter in [
        "limit=-1",
        "limit=",
        "limit=many",
        "offset=1e3",
        "offset=%201",
        "limit=99999999999999999999",
    ] {
        let message = api.refused("GET", &format!("{table}/rows?{parameter}"), &Value::Null);
        assert!(message.contains("is no count"), "{message}");
    }
}

#[test]
fn rows_have_the_fields_that_are_asked_for() {
    let api = Api::start();
    let table = table(&api);
    let first = |fields: &str| api.get(&format!("{table}/rows?includeFields={fields}"))["items"][0].clone();
    assert_eq!(first("n,text"), json!({"n": 0, "text": "b"}));
    assert_eq!(
        first("id%2C%20flag"),
        json!({"id": "659200800000000000000002", "flag": true})
    );
    assert_eq!(first("").as_object().unwrap().len(), 7);
    let message = api.refused("GET", &format!("{table}/rows?includeFields=n,none"), &Value::Null);
    assert_eq!(message, r#"the table has no column "none""#);
    let queried = api.query(&table, &json!({"n": 3}), "includeFields=amount", "amount");
    assert_eq!(queried, [json!(-1)]);
}
