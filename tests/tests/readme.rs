//! What README.md shows compiles, and is what README.md shows.

use losant_data::ids::{ApplicationId, DataTableId};
use losant_data::operations::data_table;
use losant_data::runtime::http::StatusCode;
use losant_data::runtime::{Mock, to_string};
use losant_data::schemas::{AdvancedDeviceQuery, AdvancedIdQuery, DataTable, Name};
use losant_data::{AnyError, Client, Maybe, operations::data_table_rows, schemas::AdvancedQuery};

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

async fn name_of(client: &Client, app: &ApplicationId, table: &str) -> Result<Option<Name>, AnyError> {
    let table: DataTableId = table.parse()?;
    let response = data_table::get(app, table).send(client).await?;
    Ok(response.into_inner().name)
}

#[tokio::test]
#[rustfmt::skip]
async fn the_mock_of_the_readme_answers() -> Result<(), AnyError> {
    let app: ApplicationId = "575ec8687ae143cd83dc4a97".parse()?;
    let id = "575ed78e7ae143cd83dc4aab";
let mock = Mock::new();
mock.on::<data_table::GetDataTable>()
    .respond(StatusCode::OK, &DataTable::new().name("Sensors"));
let client = Client::builder().mock(&mock).build()?;
assert_eq!(name_of(&client, &app, id).await?, Some("Sensors".into()));
assert_eq!(mock.requests_of::<data_table::GetDataTable>().len(), 1);
    // An id that is none is an error of the same type.
    assert!(name_of(&client, &app, "none").await.is_err());
    Ok(())
}

#[test]
#[rustfmt::skip]
fn an_option_is_absent_or_null_as_the_readme_says() {
    let id: Option<AdvancedIdQuery> = None;
let absent = AdvancedDeviceQuery::new().id(Maybe::or_absent(id.clone()));
let null = AdvancedDeviceQuery::new().id(Maybe::or_null(id));
    assert_eq!([to_string(&absent), to_string(&null)], ["{}", r#"{"id":null}"#]);
}

#[test]
fn readme_shows_what_is_compiled_here() {
    let readme = std::fs::read_to_string(tests::root().join("README.md")).unwrap();
    let here = include_str!("readme.rs");
    let blocks: Vec<&str> = readme
        .split("```rust,ignore\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    assert_eq!(blocks.len(), 4);
    for block in blocks {
        let lines: Vec<&str> = block.lines().filter(|line| !line.starts_with("use ")).collect();
        let shown = lines.join("\n");
        assert!(here.contains(shown.trim()), "{shown}");
    }
}
