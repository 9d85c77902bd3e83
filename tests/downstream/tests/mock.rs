//! Tests a function of this crate's own without a server: its responses are made by constructors and setters.

#![deny(warnings)]

use losant_data::ids::{ApplicationId, DataTableId};
use losant_data::operations::data_table_rows;
use losant_data::runtime::Mock;
use losant_data::runtime::http::StatusCode;
use losant_data::schemas::{AdvancedQuery, DataTableRow, DataTableRows, Error as Failure, ObjectId};
use losant_data::{AnyError, Client};

/// Returns the levels of the rows whose level is 5.
async fn levels(client: &Client) -> Result<Vec<String>, AnyError> {
    let application: ApplicationId = "575ec8687ae143cd83dc4a97".parse()?;
    let table: DataTableId = "575ed78e7ae143cd83dc4aab".parse()?;
    let query = AdvancedQuery::new().entry("level", 5);
    let rows = data_table_rows::query(application, table)
        .body(query)
        .send(client)
        .await?;
    let rows = rows.items.iter().flatten();
    Ok(rows
        .filter_map(|row| row.get("level"))
        .map(ToString::to_string)
        .collect())
}

#[test]
fn a_response_is_made_by_setters() -> Result<(), AnyError> {
    let id: ObjectId = "596f832b128eda5cfe765443".parse()?;
    let row = DataTableRow::new().id(id).entry("level", 5);
    let mock = Mock::new();
    mock.on::<data_table_rows::QueryDataTableRows>()
        .respond(StatusCode::OK, &DataTableRows::new().items(vec![row]).count(1));
    let client = Client::builder().mock(&mock).build()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(AnyError::other)?;
    assert_eq!(runtime.block_on(levels(&client))?, ["5"]);

    let failure = Failure::new().type_("NotFound").message("no such table");
    let other = Mock::new();
    other
        .on::<data_table_rows::QueryDataTableRows>()
        .answer(losant_data::runtime::MockResponse::json(StatusCode::NOT_FOUND, &failure));
    let client = Client::builder().mock(&other).build()?;
    let error = runtime.block_on(levels(&client)).err();
    let body = error.and_then(|error| error.body::<Failure>());
    assert_eq!(body, Some(failure));
    Ok(())
}
