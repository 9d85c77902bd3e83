//! Creates a table, inserts rows, asks for one, changes it, goes through all, and deletes everything again.
//!
//! `cargo xtask emulator` prints what to set before `cargo run -p losant-data --example quickstart`.

#[path = "support/sensors.rs"]
mod sensors;
mod support;

use losant_data::ids::{DataTableId, RowId};
use losant_data::operations::{data_table, data_table_row, data_table_rows, data_tables};
use losant_data::schemas::{AdvancedQuery, DataTableRowInsertUpdate};

use self::sensors::cell;

#[tokio::main(flavor = "current_thread")]
async fn main() -> support::Outcome {
    let (builder, application) = support::environment()?;
    let client = builder.build()?;

    let table = data_tables::post(&application, sensors::table()?)
        .send(&client)
        .await?;
    let id = DataTableId::from(table.id.as_ref().ok_or("a new table has an id")?);
    println!("created the table {}", table.name.as_deref().unwrap_or_default());

    let rows = sensors::rows();
    let count = rows.len();
    data_table_rows::post(&application, &id, rows).send(&client).await?;
    println!("inserted {count} rows");

    let found = data_table_rows::query(&application, &id)
        .body(AdvancedQuery::new().entry("level", 30))
        .send(&client)
        .await?;
    let row = found.items.iter().flatten().next();
    let row = row.ok_or("there is one with the level 30")?;
    println!("found {} with the level 30", cell(row, "sensor"));

    let change = DataTableRowInsertUpdate::new().entry("level", 31);
    let row = RowId::from(row.id.as_ref().ok_or("a row has an id")?);
    let row = data_table_row::patch(&application, &id, row, change)
        .send(&client)
        .await?;
    println!("its level is now {}", cell(&row, "level"));

    // Two rows with each request; the next one is sent when they are used up.
    let mut rows = data_table_rows::get(&application, &id).limit("2").items(&client);
    while let Some(row) = rows.next().await {
        let row = row?;
        println!("  {} {}", cell(&row, "sensor"), cell(&row, "level"));
    }

    data_table::delete(&application, &id).send(&client).await?;
    println!("deleted the table");
    Ok(())
}
