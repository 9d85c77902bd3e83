//! Has the server export the rows of a table: a job that the response names.
//!
//! `cargo xtask emulator` prints what to set before `cargo run -p losant-data --example export`.
//! The emulator writes the file beside its database, which `--data FILE` keeps.

mod support;

use losant_data::ids::DataTableId;
use losant_data::operations::{data_table, data_table_rows, data_tables};
use losant_data::schemas::{
    AdvancedQuery, AdvancedValueQueryObject, DataTableColumn, DataTableColumnConstraint, DataTableColumnDataType,
    DataTableColumnRequired,
    DataTableColumns, DataTablePost, DataTableRowInMultiple, DataTableRowInsertUpdate, DataTableRowsExport,
    DataTableRowsExportQueryOptions, Key, SortDirection,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> support::Outcome {
    let (builder, application) = support::environment()?;
    let client = builder.build()?;
    let level = DataTableColumn::new(DataTableColumnRequired {
        name: Key::try_from("level")?,
        data_type: DataTableColumnDataType::Number,
        constraint: DataTableColumnConstraint::Required,
    });
    let post = DataTablePost::new("Exported").columns(DataTableColumns(vec![level]));
    let table = data_tables::post(&application, post).send(&client).await?;
    let id = DataTableId::from(table.id.as_ref().ok_or("a new table has an id")?);
    let rows: DataTableRowInMultiple = (1..=5)
        .map(|level| DataTableRowInsertUpdate::new().entry("level", level))
        .collect();
    data_table_rows::post(&application, &id, rows).send(&client).await?;

    // What is to be exported, and in which order; the server sends a mail when it is done.
    let export = DataTableRowsExport::new()
        .email("someone@example.com")
        .query(AdvancedQuery::new().entry("level", AdvancedValueQueryObject::new().gt(2)))
        .query_options(
            DataTableRowsExportQueryOptions::new()
                .sort_column("level")
                .sort_direction(SortDirection::Desc),
        );
    let job = data_table_rows::export(&application, &id, export).send(&client).await?;
    println!(
        "the server answered {}: {}",
        job.status(),
        job.job_id.as_deref().unwrap_or("no job")
    );

    data_table::delete(&application, &id).send(&client).await?;
    Ok(())
}
