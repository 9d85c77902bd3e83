//! Four operations, of which each has failures of its own, and one function that handles them all.
//!
//! `cargo xtask emulator` prints what to set before `cargo run -p losant-data --example errors`.

#[path = "support/sensors.rs"]
mod sensors;
mod support;

use losant_data::ids::{ApplicationId, DataTableId, RowId};
use losant_data::operations::{data_table, data_table_row, data_table_rows, data_tables};
use losant_data::runtime::Backoff;
use losant_data::runtime::http::StatusCode;
use losant_data::{AnyError, Client, schemas};

use self::sensors::cell;

/// Calls four operations. What any of them fails with leaves by `?`.
async fn level_of(client: &Client, application: &ApplicationId, row: &str) -> Result<String, AnyError> {
    let row: RowId = row.parse()?;
    let table = data_tables::post(application, sensors::table()?).send(client).await?;
    let table = DataTableId::from(table.id.as_ref().ok_or_else(|| AnyError::other("a table without an id"))?);
    data_table_rows::post(application, &table, sensors::rows())
        .send(client)
        .await?;
    let row = data_table_row::get(application, &table, row)
        .send(client)
        .await;
    data_table::delete(application, &table).send(client).await?;
    Ok(cell(&*row?, "level"))
}

/// Says what to do about an error of any operation.
fn advice(error: &AnyError) -> String {
    // A failure that the document describes, of one operation.
    if let Some(data_table_row::GetDataTableRowError::NotFound(body)) = error.failure() {
        let message = body.message.as_deref().unwrap_or_default();
        return format!("there is no such row ({message})");
    }
    // One that all operations describe by the same schema.
    let body: Option<schemas::Error> = error.body();
    match (error.status(), body) {
        (Some(StatusCode::UNAUTHORIZED), Some(body)) => {
            format!("log in again ({})", body.message.as_deref().unwrap_or_default())
        }
        _ if error.is_retryable() => format!("try again later: {error:#}"),
        _ => format!("give up: {error:#}"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> support::Outcome {
    let (builder, application) = support::environment()?;
    let builder = builder.options(|options| options.retry(Backoff::never()));
    let unknown = "575ed78e7ae143cd83dc4aab";
    // A row that is not there, a text that is no id, a token that may not call, and a server that is not there.
    let calls = [
        (builder.clone(), unknown),
        (builder.clone(), "not an id"),
        (builder.clone().token("another"), unknown),
        (builder.base_url("http://127.0.0.1:9"), unknown),
    ];
    for (builder, row) in calls {
        match level_of(&builder.build()?, &application, row).await {
            Ok(level) => println!("its level is {level}"),
            Err(error) => println!("{}", advice(&error)),
        }
    }
    Ok(())
}
