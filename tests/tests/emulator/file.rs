//! The SQLite file of an emulator, read by SQLite alone.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

/// Opens a file, to read it.
pub(crate) fn open(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

/// Returns the rows that `sql` gives, with the cells of each as SQL writes them, and ` | ` between them.
pub(crate) fn lines(path: &Path, sql: &str) -> Vec<String> {
    let connection = open(path);
    let mut statement = connection.prepare(sql).unwrap();
    let count = statement.column_count();
    let lines = statement.query_map([], |row| {
        let cells = (0..count).map(|index| row.get_ref(index).map(shown));
        let cells: rusqlite::Result<Vec<String>> = cells.collect();
        Ok(cells?.join(" | "))
    });
    lines.unwrap().collect::<Result<_, _>>().unwrap()
}

/// Returns the names of the tables that hold the rows of data tables.
pub(crate) fn tables(path: &Path) -> Vec<String> {
    lines(
        path,
        r"SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'rows_*' ORDER BY name",
    )
}

fn shown(cell: ValueRef<'_>) -> String {
    match cell {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(value) => value.to_string(),
        ValueRef::Real(value) => format!("{value:?}"),
        ValueRef::Text(text) => format!("'{}'", std::str::from_utf8(text).unwrap()),
        ValueRef::Blob(bytes) => format!("x{bytes:?}"),
    }
}
