//! Creates a table, inserts rows, asks for some, goes through all, changes one, and deletes everything again.
//!
//! `cargo xtask emulator` prints what to set before `cargo run -p losant-data --example quickstart`.

mod support;

use losant_data::ids::{DataTableId, RowId};
use losant_data::operations::{data_table, data_table_row, data_table_rows, data_tables};
use losant_data::schemas::{
    AdvancedQuery, DataTableColumn, DataTableColumnConstraint, DataTableColumnDataType, DataTableColumns,
    DataTablePost, DataTableRowInMultiple, DataTableRowInsertUpdate, Key,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> support::Outcome {
    let (builder, application) = support::environment()?;
    let client = builder.build()?;

    let columns = vec![
        DataTableColumn::new(
            Key::try_from("sensor")?,
            DataTableColumnDataType::String,
            DataTableColumnConstraint::Unique,
        ),
        DataTableColumn::new(
            Key::try_from("level")?,
            DataTableColumnDataType::Number,
            DataTableColumnConstraint::Optional,
        ),
    ];
    let post = DataTablePost::new("Sensors").columns(DataTableColumns(columns));
    let table = data_tables::post(application.clone(), post).send(&client).await?;
    let id: DataTableId = table.id.clone().ok_or("a new table has an id")?.into();
    println!("created the table {:?}", table.name);

    let rows = (1..=5_i64).map(|number| {
        DataTableRowInsertUpdate::new()
            .entry("sensor", format!("sensor-{number}"))
            .entry("level", number * 10)
    });
    let rows = DataTableRowInMultiple(rows.collect());
    data_table_rows::post(application.clone(), id.clone(), rows)
        .send(&client)
        .await?;
    println!("inserted 5 rows");

    let query = AdvancedQuery::new().entry("level", 30);
    let found = data_table_rows::query(application.clone(), id.clone())
        .body(query)
        .send(&client)
        .await?;
    let row = found
        .items
        .iter()
        .flatten()
        .next()
        .ok_or("there is one with the level 30")?;
    println!("found {:?} with the level 30", row.get("sensor"));

    let row: RowId = row.id.clone().ok_or("a row has an id")?.into();
    let change = DataTableRowInsertUpdate::new().entry("level", 31);
    let row = data_table_row::patch(application.clone(), id.clone(), row, change)
        .send(&client)
        .await?;
    println!("its level is now {:?}", row.get("level"));

    let all = data_table_rows::get(application.clone(), id.clone())
        .limit("2")
        .send(&client)
        .await?;
    println!("{:?} rows in all, {:?} on a page", all.total_count, all.count);

    data_table::delete(application, id).send(&client).await?;
    println!("deleted the table");
    Ok(())
}
