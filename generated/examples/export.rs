//! Has the server export the rows of a table: a job that the reply names.
//!
//! `cargo xtask emulator` prints what to set before `cargo run -p losant-data --example export`.

mod support;

use losant_data::ids::DataTableId;
use losant_data::operations::{data_table, data_table_rows, data_tables};
use losant_data::schemas::{AdvancedQuery, DataTablePost, DataTableRowsExport};

#[tokio::main(flavor = "current_thread")]
async fn main() -> support::Outcome {
    let (builder, application) = support::environment()?;
    let client = builder.build()?;
    let post = DataTablePost::new("Exported");
    let table = data_tables::post(application.clone(), post).send(&client).await?;
    let id: DataTableId = table.id.clone().ok_or("a new table has an id")?.into();

    let export = DataTableRowsExport::new()
        .email("someone@example.com")
        .query(AdvancedQuery::new());
    let job = data_table_rows::export(application.clone(), id.clone(), export)
        .send(&client)
        .await?;
    println!("the server answered {}: {:?}", job.status(), *job);

    data_table::delete(application, id).send(&client).await?;
    Ok(())
}
