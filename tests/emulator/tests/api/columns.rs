//! Columns: constraints, types, defaults, and names that SQL would confuse.

use serde_json::{Value, json};

use crate::support::Api;

#[test]
fn a_unique_column_takes_a_value_once() {
    let api = Api::start();
    let table = api.table(&["key string unique", "number number unique"]);
    let rows = format!("{table}/rows");
    let first = api.ok("POST", &rows, &json!({"key": "a", "number": 5}));
    let message = api.refused("POST", &rows, &json!({"key": "a", "number": 6}));
    assert_eq!(message, r#""key" is unique, and another row has this value"#);
    let message = api.refused("POST", &rows, &json!({"key": "b", "number": 5.0}));
    assert_eq!(message, r#""number" is unique, and another row has this value"#);
    // Case tells texts apart.
    api.ok("POST", &rows, &json!({"key": "A", "number": 6}));
    // Where one row is refused, none is inserted.
    api.refused(
        "POST",
        &rows,
        &json!([{"key": "c", "number": 7}, {"key": "a", "number": 8}]),
    );
    assert_eq!(api.get(&rows)["totalCount"], 2);

    let path = format!("{rows}/{}", first["id"].as_str().unwrap());
    api.refused("PATCH", &path, &json!({"key": "A"}));
    api.ok("PATCH", &path, &json!({"key": "a"}));
    api.ok("DELETE", &path, &Value::Null);
    // The values of a row that is gone are free again.
    api.ok("POST", &rows, &json!({"key": "a", "number": 5}));
}

#[test]
fn only_an_optional_column_may_be_null() {
    let api = Api::start();
    let table = api.table(&["u string unique", "r number required", "o boolean optional"]);
    let rows = format!("{table}/rows");
    for (row, column) in [
        (json!({"r": 1}), "u"),
        (json!({"u": null, "r": 1}), "u"),
        (json!({"u": "a"}), "r"),
        (json!({"u": "a", "r": null}), "r"),
    ] {
        assert_eq!(
            api.refused("POST", &rows, &row),
            format!("{column:?} has to have a value")
        );
    }
    // An empty text is a value.
    let made = api.ok("POST", &rows, &json!({"u": "", "r": 0}));
    assert_eq!(
        (&made["u"], &made["r"], &made["o"]),
        (&json!(""), &json!(0), &json!(null))
    );
    let path = format!("{rows}/{}", made["id"].as_str().unwrap());
    assert_eq!(
        api.refused("PATCH", &path, &json!({"r": null})),
        r#""r" has to have a value"#
    );
    assert_eq!(api.ok("PATCH", &path, &json!({"o": true}))["o"], true);
    assert_eq!(api.ok("PATCH", &path, &json!({"o": null}))["o"], json!(null));
}

#[test]
fn a_column_takes_values_of_its_type_alone() {
    let api = Api::start();
    let table = api.table(&["s string optional", "n number optional", "b boolean optional"]);
    let rows = format!("{table}/rows");
    for (row, message) in [
        (json!({"s": 1}), r#""s" takes a string alone"#),
        (json!({"s": true}), r#""s" takes a string alone"#),
        (json!({"n": "1"}), r#""n" takes a number alone"#),
        (json!({"n": false}), r#""n" takes a number alone"#),
        (json!({"b": "true"}), r#""b" takes a boolean alone"#),
        (json!({"b": 0}), r#""b" takes a boolean alone"#),
    ] {
        assert_eq!(api.refused("POST", &rows, &row), message);
    }
    for value in [
        json!({"s": "1", "n": 1, "b": true}),
        json!({"s": "true", "n": -0.25, "b": false}),
        json!({"s": "it's \"quoted\" \u{0} é 漢字 🙂", "n": 9_007_199_254_740_993_i64, "b": null}),
        json!({"s": "", "n": 1e300, "b": null}),
        json!({"s": null, "n": null, "b": null}),
    ] {
        let mut made = api.ok("POST", &rows, &value);
        let made = made.as_object_mut().unwrap();
        made.retain(|name, _| name.len() == 1);
        assert_eq!(Value::Object(made.clone()), value);
    }
}

#[test]
fn a_new_row_gets_the_defaults_of_absent_columns() {
    let api = Api::start();
    let columns = json!([
        {"name": "s", "dataType": "string", "constraint": "optional", "defaultValue": "x"},
        {"name": "n", "dataType": "number", "constraint": "optional", "defaultValue": 5},
        {"name": "b", "dataType": "boolean", "constraint": "optional", "defaultValue": false},
    ]);
    let table = api.ok("POST", "/data-tables", &json!({"name": "Defaults", "columns": columns}));
    assert_eq!(table["columns"], columns);
    let rows = format!("/data-tables/{}/rows", table["id"].as_str().unwrap());
    let cells = |row: &Value| json!([row["s"], row["n"], row["b"]]);
    let made = api.ok("POST", &rows, &json!({}));
    assert_eq!(cells(&made), json!(["x", 5, false]));
    assert_eq!(
        cells(&api.ok("POST", &rows, &json!({"s": null, "n": 6}))),
        json!([null, 6, false])
    );
    let path = format!("{rows}/{}", made["id"].as_str().unwrap());
    api.ok("PATCH", &path, &json!({"s": null}));
    assert_eq!(
        cells(&api.ok("PATCH", &path, &json!({"n": 7}))),
        json!([null, 7, false])
    );

    for (column, message) in [
        (
            json!({"name": "d", "dataType": "number", "constraint": "optional", "defaultValue": "5"}),
            "takes a number alone",
        ),
        (
            json!({"name": "d", "dataType": "number", "constraint": "required", "defaultValue": 5}),
            "so it has no default",
        ),
        (
            json!({"name": "d", "dataType": "string", "constraint": "unique", "defaultValue": "5"}),
            "so it has no default",
        ),
    ] {
        let refused = api.refused("POST", "/data-tables", &json!({"name": "Refused", "columns": [column]}));
        assert!(refused.ends_with(message), "{refused}");
    }
}

#[test]
fn columns_come_and_go() {
    let api = Api::start();
    let table = api.table(&["a string optional"]);
    let rows = format!("{table}/rows");
    let old = api.ok("POST", &rows, &json!({"a": "kept"}));
    let old = format!("{rows}/{}", old["id"].as_str().unwrap());
    for column in [
        json!({"name": "d", "dataType": "number", "constraint": "optional", "defaultValue": 5}),
        json!({"name": "r", "dataType": "string", "constraint": "required"}),
        json!({"name": "u", "dataType": "string", "constraint": "unique"}),
    ] {
        let changed = api.ok("POST", &format!("{table}/column"), &column);
        assert_eq!(changed["columns"].as_array().unwrap().last().unwrap(), &column);
    }
    // Rows that are there have null, whatever the constraint, and whatever the default.
    let cells = |row: &Value| json!([row["a"], row["d"], row["r"], row["u"]]);
    assert_eq!(cells(&api.get(&old)), json!(["kept", null, null, null]));
    let new = api.ok("POST", &rows, &json!({"r": "r", "u": "u"}));
    assert_eq!(cells(&new), json!([null, 5, "r", "u"]));
    api.refused("PATCH", &old, &json!({"u": "u"}));
    assert_eq!(api.ok("PATCH", &old, &json!({"u": "v"}))["u"], "v");

    let changed = api.ok("DELETE", &format!("{table}/column?columnName=u"), &Value::Null);
    let names: Vec<&Value> = changed["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| &column["name"])
        .collect();
    assert_eq!(names, ["a", "d", "r"]);
    assert_eq!(api.get(&old).get("u"), None);
    let message = api.refused("DELETE", &format!("{table}/column?columnName=u"), &Value::Null);
    assert_eq!(message, r#"the table has no column "u""#);
    // A column of the same name starts empty.
    api.ok(
        "POST",
        &format!("{table}/column"),
        &json!({"name": "u", "dataType": "number", "constraint": "unique"}),
    );
    assert_eq!(api.get(&old)["u"], json!(null));
    // What is said of a column that is not there is ignored.
    let made = api.ok("POST", &rows, &json!({"r": "r", "u": 1, "gone": "x"}));
    assert_eq!(made.get("gone"), None);
}

#[test]
fn a_name_is_used_once() {
    let api = Api::start();
    let column = |name: &str| json!({"name": name, "dataType": "string", "constraint": "optional"});
    let twice = json!({"name": "Twice", "columns": [column("a"), column("a")]});
    assert_eq!(
        api.refused("POST", "/data-tables", &twice),
        r#"the table has two columns "a""#
    );
    for name in ["id", "createdAt", "updatedAt"] {
        let fixed = json!({"name": "Fixed", "columns": [column(name)]});
        let message = api.refused("POST", "/data-tables", &fixed);
        assert_eq!(message, format!("every table has a column {name:?} already"));
    }
    let table = api.table(&["a string optional"]);
    assert_eq!(
        api.refused("POST", &format!("{table}/column"), &column("a")),
        r#"the table has two columns "a""#
    );
}

#[test]
fn names_are_no_sql() {
    let api = Api::start();
    // SQLite takes the first three for one name, and has words of its own.
    let names = [
        "name",
        "NAME",
        "Name",
        "ID",
        "rowid",
        "oid",
        "_rowid_",
        "select",
        "order",
        "1",
        "-",
        "a-b",
        "__proto__",
    ];
    let columns: Vec<String> = names.iter().map(|name| format!("{name} string optional")).collect();
    let table = api.table(&columns.iter().map(String::as_str).collect::<Vec<_>>());
    let rows = format!("{table}/rows");
    let row: serde_json::Map<_, _> = names
        .iter()
        .map(|name| ((*name).to_owned(), json!(format!("of {name}"))))
        .collect();
    let made = api.ok("POST", &rows, &Value::Object(row.clone()));
    for name in names {
        assert_eq!(made[name], row[name]);
        let found = api.query(&table, &json!({name: row[name]}), &format!("sortColumn={name}"), name);
        assert_eq!(found, [row[name].clone()]);
    }
    api.ok("DELETE", &format!("{table}/column?columnName=NAME"), &Value::Null);
    let left = &api.get(&rows)["items"][0];
    assert_eq!(
        (&left["name"], left.get("NAME"), &left["Name"]),
        (&row["name"], None, &row["Name"])
    );
}

#[test]
fn a_table_has_fifty_columns_at_most() {
    let api = Api::start();
    let columns: Vec<String> = (0..50).map(|index| format!("c{index} number optional")).collect();
    let table = api.table(&columns.iter().map(String::as_str).collect::<Vec<_>>());
    let column = json!({"name": "more", "dataType": "number", "constraint": "optional"});
    let message = api.refused("POST", &format!("{table}/column"), &column);
    assert_eq!(message, "a table has at most 50 columns");
}
