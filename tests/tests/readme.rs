//! What README.md shows compiles, and is what README.md shows.

use losant_data::ids::{ApplicationId, DataTableId};
use losant_data::{Client, operations::data_table_rows, schemas::AdvancedQuery};

/// The body is README's, word for word; it is compiled and not run.
#[allow(dead_code, clippy::print_stdout, reason = "to compile is all it has to do")]
#[rustfmt::skip]
async fn shown(token: &str, app: ApplicationId, table: DataTableId) -> Result<(), Box<dyn std::error::Error>> {
let client = Client::new(token)?;
let rows = data_table_rows::query(app, table)
    .body(AdvancedQuery::new().entry("level", 5))
    .limit("50")
    .send(&client)
    .await?;
for row in rows.items.iter().flatten() {
    println!("{:?}", row.get("temperature"));
}
    Ok(())
}

#[test]
fn readme_shows_what_is_compiled_here() {
    let readme = std::fs::read_to_string(tests::root().join("README.md")).unwrap();
    let shown = readme
        .split("```rust,ignore\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let here = include_str!("readme.rs");
    for line in shown.lines().filter(|line| !line.starts_with("use ")) {
        assert!(here.contains(line), "{line}");
    }
}
