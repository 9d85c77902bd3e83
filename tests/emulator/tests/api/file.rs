//! The SQLite file, read by SQLite.

use emulator::{Emulator, Options};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use crate::support::{Api, column_of};

/// Returns all cells of a query.
fn cells(connection: &Connection, sql: &str) -> Vec<Vec<Sql>> {
    let mut statement = connection.prepare(sql).unwrap();
    let width = statement.column_count();
    let rows = statement.query_map([], |row| (0..width).map(|index| row.get(index)).collect());
    rows.unwrap().map(Result::unwrap).collect()
}

fn open(path: &std::path::Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn text(text: &str) -> Sql {
    Sql::Text(text.to_owned())
}

#[test]
fn the_file_holds_the_rows() {
    let api = Api::start();
    let table = api.table(&["text string unique", "n number optional", "b boolean optional"]);
    let rows = format!("{table}/rows");
    api.ok(
        "POST",
        &rows,
        &json!([
            {"text": "it's \"x\"", "n": 5, "b": true},
            {"text": "gone", "n": 1},
            {"text": "🙂\u{0}", "n": 2.5, "b": false},
            {"text": ""},
        ]),
    );
    let ids = column_of(&api.get(&rows), "id");
    let path = |row: usize| format!("{rows}/{}", ids[row].as_str().unwrap());
    api.ok("DELETE", &path(1), &Value::Null);
    api.ok("PATCH", &path(3), &json!({"b": true}));
    let connection = open(api.emulator.database());
    let id = table.rsplit('/').next().unwrap();
    let row = |row: usize, millisecond: u8, cells: [Sql; 3]| {
        let date = |millisecond: u8| text(&format!("2024-01-01T00:00:00.00{millisecond}Z"));
        let mut all = vec![text(ids[row].as_str().unwrap()), date(2), date(millisecond)];
        all.extend(cells);
        all
    };
    let expected = [
        row(0, 2, [text("it's \"x\""), Sql::Integer(5), Sql::Integer(1)]),
        row(2, 2, [text("🙂\u{0}"), Sql::Real(2.5), Sql::Integer(0)]),
        row(3, 5, [text(""), Sql::Null, Sql::Integer(1)]),
    ];
    assert_eq!(
        cells(&connection, &format!(r#"SELECT * FROM "rows_{id}" ORDER BY "id""#)),
        expected
    );
    assert_eq!(cells(&connection, "PRAGMA integrity_check"), [[text("ok")]]);
}

#[test]
fn the_file_describes_the_tables() {
    let api = Api::start();
    let table = api.table(&["Name string unique", "name number optional", "b boolean required"]);
    let connection = open(api.emulator.database());
    let id = table.rsplit('/').next().unwrap();
    let tables = cells(&connection, r#"SELECT "id", "name", "creationDate" FROM "tables""#);
    assert_eq!(tables, [[text(id), text("Table"), text("2024-01-01T00:00:00.001Z")]]);
    let described = cells(
        &connection,
        r#"SELECT "name", "dataType", "constraint", "sql" FROM "columns" ORDER BY "position""#,
    );
    // Names that differ in case alone are one to SQL.
    let expected = [
        ["Name", "string", "unique", "Name"],
        ["name", "number", "optional", "name~2"],
        ["b", "boolean", "required", "b"],
    ];
    assert_eq!(described, expected.map(|words| words.map(text)));
    let of_table = format!(r#"SELECT "name" FROM sqlite_master WHERE "name" LIKE '%{id}%' ORDER BY 1"#);
    let names = [
        [text(&format!("rows_{id}"))],
        [text(&format!("sqlite_autoindex_rows_{id}_1"))],
        [text(&format!("unique_{id}_Name"))],
    ];
    assert_eq!(cells(&connection, &of_table), names);
    api.ok("DELETE", &table, &Value::Null);
    assert_eq!(cells(&connection, &of_table), [[]; 0]);
    assert_eq!(cells(&connection, r#"SELECT * FROM "columns""#), [[]; 0]);
}

#[test]
fn the_data_outlive_the_emulator() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("kept.sqlite");
    let options = || Options {
        database: Some(database.clone()),
        ..Options::default()
    };
    let first = Api::with(options());
    let table = first.table(&["key string unique", "level number optional"]);
    let rows = format!("{table}/rows");
    let made = first.ok("POST", &rows, &json!({"key": "a", "level": 1}));
    let described = first.get(&table);
    drop(first);

    let second = Api::with(options());
    assert_eq!(second.get(&table), described);
    assert_eq!(second.get(&rows)["items"], json!([made]));
    second.refused("POST", &rows, &json!({"key": "a"}));
    // Ids and times go on.
    let next = second.ok("POST", &rows, &json!({"key": "b"}));
    assert_eq!(next["id"], "659200800000000000000003");
    assert_eq!(next["createdAt"], "2024-01-01T00:00:00.006Z");
}

#[test]
fn two_runs_of_the_same_calls_are_equal() {
    let run = || {
        let api = Api::start();
        let table = api.table(&["a string optional"]);
        api.ok("POST", &format!("{table}/rows"), &json!([{"a": "x"}, {}]));
        let series = api.ok("POST", "/data/time-series-query", &json!({}));
        (api.get(&table), api.get(&format!("{table}/rows")), series)
    };
    assert_eq!(run(), run());
}

#[test]
fn a_file_of_somebody_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("notes.txt");
    let text = "These are my notes, and no database at all. ".repeat(100);
    std::fs::write(&database, &text).unwrap();
    let started = Emulator::start(Options {
        database: Some(database.clone()),
        ..Options::default()
    });
    assert!(started.unwrap_err().to_string().contains("notes.txt"));
    assert_eq!(std::fs::read_to_string(&database).unwrap(), text);
}

#[test]
fn a_file_that_nobody_asked_for_goes_with_the_emulator() {
    let api = Api::start();
    let database = api.emulator.database().to_owned();
    assert!(database.exists());
    drop(api);
    assert!(!database.parent().unwrap().exists());
}
