//! The schema `advancedQuery`: every operator, each against what a reader would expect.

use serde_json::{Value, json};

use crate::support::Api;

/// Makes a table of every type, whose rows are numbered in `n`.
fn table(api: &Api) -> String {
    let table = api.table(&[
        "n number required",
        "text string optional",
        "amount number optional",
        "flag boolean optional",
    ]);
    let rows = json!([
        {"n": 0, "text": "Apple", "amount": 1, "flag": true},
        {"n": 1, "text": "apple pie", "amount": 2.5, "flag": false},
        {"n": 2, "text": "Straße", "amount": -3, "flag": null},
        {"n": 3, "text": "", "amount": 0, "flag": true},
        {"n": 4, "text": null, "amount": null, "flag": false},
        {"n": 5, "text": "100%_*", "amount": 100, "flag": null},
        {"n": 6, "text": "ÉCLAIR", "amount": 2.5, "flag": true},
    ]);
    api.ok("POST", &format!("{table}/rows"), &rows);
    table
}

/// Asserts which rows each query finds.
fn check(cases: &[(Value, &[i64])]) {
    let api = Api::start();
    let table = table(&api);
    for (query, expected) in cases {
        assert_eq!(json!(api.query(&table, query, "", "n")), json!(expected), "{query}");
    }
}

#[test]
fn equality() {
    check(&[
        (json!({}), &[0, 1, 2, 3, 4, 5, 6]),
        (json!({"text": "Apple"}), &[0]),
        (json!({"text": "apple"}), &[]),
        (json!({"text": ""}), &[3]),
        (json!({"text": null}), &[4]),
        (json!({"amount": 2.5}), &[1, 6]),
        (json!({"amount": 1.0}), &[0]),
        (json!({"flag": true}), &[0, 3, 6]),
        (json!({"flag": false}), &[1, 4]),
        (json!({"text": {"$eq": "Apple"}}), &[0]),
        (json!({"amount": {"$eq": 0}}), &[3]),
        (json!({"flag": {"$eq": null}}), &[2, 5]),
        (json!({"text": {"$ne": "Apple"}}), &[1, 2, 3, 4, 5, 6]),
        (json!({"text": {"$ne": null}}), &[0, 1, 2, 3, 5, 6]),
        (json!({"amount": {"$ne": 2.5}}), &[0, 2, 3, 4, 5]),
        (json!({"flag": {"$ne": true}}), &[1, 2, 4, 5]),
        // Nothing is asked of the column.
        (json!({"text": {}}), &[0, 1, 2, 3, 4, 5, 6]),
        (json!({"text": {"$ci": true}}), &[0, 1, 2, 3, 4, 5, 6]),
    ]);
}

#[test]
fn order() {
    check(&[
        (json!({"amount": {"$gt": 1}}), &[1, 5, 6]),
        (json!({"amount": {"$gte": 1}}), &[0, 1, 5, 6]),
        (json!({"amount": {"$lt": 0}}), &[2]),
        (json!({"amount": {"$lte": 0}}), &[2, 3]),
        (json!({"amount": {"$gt": -1e300}}), &[0, 1, 2, 3, 5, 6]),
        (json!({"text": {"$gt": "Apple"}}), &[1, 2, 6]),
        (json!({"text": {"$lt": "Apple"}}), &[3, 5]),
        (json!({"text": {"$gte": "Straße"}}), &[1, 2, 6]),
        (json!({"text": {"$lte": ""}}), &[3]),
        (json!({"flag": {"$gt": false}}), &[0, 3, 6]),
        (json!({"flag": {"$lte": false}}), &[1, 4]),
    ]);
}

#[test]
fn lists() {
    check(&[
        (json!({"text": {"$in": ["Apple", "", "none"]}}), &[0, 3]),
        (json!({"text": {"$in": []}}), &[]),
        (json!({"text": {"$in": ["Apple", 1, true]}}), &[0]),
        (json!({"amount": {"$in": [2.5, 100, "0"]}}), &[1, 5, 6]),
        (json!({"flag": {"$in": [false]}}), &[1, 4]),
        (json!({"text": {"$nin": ["Apple", ""]}}), &[1, 2, 4, 5, 6]),
        (json!({"text": {"$nin": []}}), &[0, 1, 2, 3, 4, 5, 6]),
        (json!({"amount": {"$nin": [2.5, -3]}}), &[0, 3, 4, 5]),
        (json!({"flag": {"$nin": [true, false]}}), &[2, 5]),
    ]);
}

#[test]
fn parts_of_texts() {
    check(&[
        (json!({"text": {"$startsWith": "A"}}), &[0]),
        (json!({"text": {"$startsWith": "apple"}}), &[1]),
        (json!({"text": {"$endsWith": "e"}}), &[0, 1, 2]),
        (json!({"text": {"$contains": "pp"}}), &[0, 1]),
        (json!({"text": {"$contains": "ß"}}), &[2]),
        // Nothing is a wildcard.
        (json!({"text": {"$contains": "%_*"}}), &[5]),
        (json!({"text": {"$startsWith": "1_0"}}), &[]),
        (json!({"text": {"$endsWith": "*"}}), &[5]),
        (json!({"amount": {"$contains": "1"}}), &[]),
        (json!({"flag": {"$startsWith": "t"}}), &[]),
    ]);
}

#[test]
fn case_does_not_count_where_it_is_said_so() {
    check(&[
        (json!({"text": {"$eq": "APPLE", "$ci": true}}), &[0]),
        (json!({"text": {"$eq": "APPLE", "$ci": false}}), &[]),
        (json!({"text": {"$eq": "éclair", "$ci": true}}), &[6]),
        (json!({"text": {"$ne": "APPLE", "$ci": true}}), &[1, 2, 3, 4, 5, 6]),
        (json!({"text": {"$in": ["APPLE", "STRAßE"], "$ci": true}}), &[0, 2]),
        (
            json!({"text": {"$nin": ["APPLE", "STRAßE"], "$ci": true}}),
            &[1, 3, 4, 5, 6],
        ),
        (json!({"text": {"$startsWith": "APP", "$ci": true}}), &[0, 1]),
        (json!({"text": {"$endsWith": "PIE", "$ci": true}}), &[1]),
        (json!({"text": {"$contains": "CLAI", "$ci": true}}), &[6]),
        (json!({"text": {"$contains": "clai", "$ci": true}}), &[6]),
        (json!({"text": {"$gt": "APPLE", "$ci": true}}), &[1, 2, 6]),
        (json!({"text": {"$lte": "APPLE", "$ci": true}}), &[0, 3, 5]),
        (json!({"text": {"$eq": null, "$ci": true}}), &[4]),
        (json!({"amount": {"$eq": 1, "$ci": true}}), &[0]),
        (json!({"flag": {"$ne": true, "$ci": true}}), &[1, 2, 4, 5]),
    ]);
}

#[test]
fn values_compare_within_their_type_alone() {
    check(&[
        (json!({"text": 100}), &[]),
        (json!({"amount": "100"}), &[]),
        (json!({"flag": 1}), &[]),
        (json!({"flag": "true"}), &[]),
        (json!({"amount": true}), &[]),
        (json!({"text": {"$gt": 0}}), &[]),
        (json!({"amount": {"$lt": "z"}}), &[]),
        (json!({"flag": {"$gte": 0}}), &[]),
        (json!({"text": {"$ne": 100}}), &[0, 1, 2, 3, 4, 5, 6]),
        (json!({"amount": {"$nin": ["1", true]}}), &[0, 1, 2, 3, 4, 5, 6]),
        // Null is a type of one value.
        (json!({"amount": {"$gt": null}}), &[]),
        (json!({"amount": {"$lt": null}}), &[]),
        (json!({"amount": {"$gte": null}}), &[4]),
        (json!({"amount": {"$lte": null}}), &[4]),
        (json!({"text": {"$lt": "zzz"}}), &[0, 1, 2, 3, 5]),
    ]);
}

#[test]
fn several_at_once() {
    check(&[
        (json!({"flag": true, "amount": {"$gt": 0}}), &[0, 6]),
        (json!({"amount": {"$gt": 0, "$lt": 3}}), &[0, 1, 6]),
        (
            json!({"amount": {"$gte": 0, "$lte": 100, "$ne": 1, "$nin": [2.5]}}),
            &[3, 5],
        ),
        (json!({"$and": [{"flag": true}, {"amount": {"$gt": 0}}]}), &[0, 6]),
        (json!({"$and": []}), &[0, 1, 2, 3, 4, 5, 6]),
        (json!({"$and": [{}]}), &[0, 1, 2, 3, 4, 5, 6]),
        (json!({"$or": [{"text": "Apple"}, {"amount": 100}]}), &[0, 5]),
        (json!({"$or": []}), &[]),
        (json!({"$nor": [{"flag": true}, {"flag": false}]}), &[2, 5]),
        (json!({"$nor": [{"amount": {"$gt": 0}}]}), &[2, 3, 4]),
        (json!({"$nor": []}), &[0, 1, 2, 3, 4, 5, 6]),
        (json!({"flag": true, "$or": [{"amount": 0}, {"amount": 1}]}), &[0, 3]),
        (
            json!({"$or": [{"$and": [{"flag": true}, {"amount": 1}]}, {"$nor": [{"text": {"$ne": null}}]}]}),
            &[0, 4],
        ),
        (
            json!({"$and": [{"n": {"$ne": 0}}], "$or": [{"flag": true}, {"flag": null}], "$nor": [{"n": 5}]}),
            &[2, 3, 6],
        ),
    ]);
}

#[test]
fn what_every_row_has() {
    let api = Api::start();
    let table = table(&api);
    let rows = api.get(&format!("{table}/rows"))["items"].clone();
    let later = api.ok("POST", &format!("{table}/rows"), &json!({"n": 7}));
    let found = |query: Value| json!(api.query(&table, &query, "", "n"));
    assert_eq!(found(json!({"id": rows[3]["id"]})), json!([3]));
    assert_eq!(found(json!({"id": {"$gt": rows[5]["id"]}})), json!([6, 7]));
    assert_eq!(found(json!({"createdAt": later["createdAt"]})), json!([7]));
    assert_eq!(found(json!({"createdAt": {"$gt": rows[0]["createdAt"]}})), json!([7]));
    // A time may be written in several formats.
    assert_eq!(
        found(json!({"createdAt": {"$gte": "2024-01-01T00:00:00Z"}}))
            .as_array()
            .unwrap()
            .len(),
        8
    );
    assert_eq!(
        found(json!({"createdAt": {"$lt": "2024-01-01T00:00:01Z"}}))
            .as_array()
            .unwrap()
            .len(),
        8
    );
    assert_eq!(
        found(json!({"createdAt": {"$eq": "2024-01-01T00:00:00.002000Z"}}))
            .as_array()
            .unwrap()
            .len(),
        7
    );
    assert_eq!(found(json!({"updatedAt": {"$startsWith": "2023"}})), json!([]));
    let path = format!("{table}/rows/{}", rows[2]["id"].as_str().unwrap());
    api.ok("PATCH", &path, &json!({}));
    assert_eq!(found(json!({"updatedAt": {"$gt": later["updatedAt"]}})), json!([2]));
}

#[test]
fn a_query_names_columns_that_are_there() {
    let api = Api::start();
    let table = table(&api);
    for query in [json!({"none": 1}), json!({"$or": [{"n": 1}, {"none": {"$ne": 1}}]})] {
        let message = api.refused("POST", &format!("{table}/rows/query"), &query);
        assert_eq!(message, r#"the table has no column "none""#);
        api.refused("POST", &format!("{table}/rows/delete"), &query);
    }
}

#[test]
fn a_query_may_be_wide_but_not_bottomless() {
    let api = Api::start();
    let table = table(&api);
    // Twenty levels, the innermost but one of which has a hundred properties.
    let wide: Vec<Value> = (0..100).map(|n| json!({"n": {"$in": [n, n + 1], "$ne": -1}})).collect();
    let mut query = json!({"$or": wide});
    for _ in 0..18 {
        query = json!({"$and": [query]});
    }
    assert_eq!(api.query(&table, &query, "", "n").len(), 7);
    let message = api.refused("POST", &format!("{table}/rows/query"), &json!({"$and": [query]}));
    assert_eq!(message, "the query is more than 20 levels deep");
}
