//! What SQLite does not know of texts: case beyond ASCII, and tests that take no wildcards.

use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};

/// Lets SQL of this connection call `fold`, `starts_with`, `ends_with` and `contains`.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("fold", 1, flags, |context: &Context<'_>| {
        let text = context.get_raw(0).as_str_or_null()?;
        Ok(text.map(str::to_lowercase))
    })?;
    let test = |name: &str, test: fn(&str, &str) -> bool| {
        connection.create_scalar_function(name, 2, flags, move |context: &Context<'_>| {
            let whole = context.get_raw(0).as_str_or_null()?;
            let part = context.get_raw(1).as_str()?;
            Ok(whole.is_some_and(|whole| test(whole, part)))
        })
    };
    test("starts_with", |whole, part| whole.starts_with(part))?;
    test("ends_with", |whole, part| whole.ends_with(part))?;
    test("contains", |whole, part| whole.contains(part))
}
