//! The quick start without async: every call blocks the thread until its response is there.
//!
//! `cargo xtask emulator` prints what to set before
//! `cargo run -p losant-data --features blocking --example blocking`.

#[cfg(feature = "blocking")]
#[path = "support/sensors.rs"]
mod sensors;
#[cfg(feature = "blocking")]
mod support;

#[cfg(feature = "blocking")]
fn main() -> support::Outcome {
    blocking::run()
}

#[cfg(not(feature = "blocking"))]
fn main() {
    println!("run it with `--features blocking`");
}

#[cfg(feature = "blocking")]
mod blocking {
    use losant_data::ids::{DataTableId, RowId};
    use losant_data::operations::{data_table, data_table_row, data_table_rows, data_tables};
    use losant_data::schemas::{AdvancedQuery, DataTableRowInsertUpdate};

    use crate::sensors::{self, cell};
    use crate::support;

    pub(crate) fn run() -> support::Outcome {
        let (builder, application) = support::environment()?;
        let client = builder.build_blocking()?;

        let table = data_tables::post(&application, sensors::table()?).send_blocking(&client)?;
        let id = DataTableId::from(table.id.as_ref().ok_or("a new table has an id")?);
        println!("created the table {}", table.name.as_deref().unwrap_or_default());

        let rows = sensors::rows();
        let count = rows.len();
        data_table_rows::post(&application, &id, rows).send_blocking(&client)?;
        println!("inserted {count} rows");

        let found = data_table_rows::query(&application, &id)
            .body(AdvancedQuery::new().entry("level", 30))
            .send_blocking(&client)?;
        let row = found.items.iter().flatten().next();
        let row = row.ok_or("there is one with the level 30")?;
        println!("found {} with the level 30", cell(row, "sensor"));

        let change = DataTableRowInsertUpdate::new().entry("level", 31);
        let row = RowId::from(row.id.as_ref().ok_or("a row has an id")?);
        let row = data_table_row::patch(&application, &id, row, change).send_blocking(&client)?;
        println!("its level is now {}", cell(&row, "level"));

        // Two rows with each request; the next one is sent when they are used up.
        for row in data_table_rows::get(&application, &id).limit("2").items_blocking(&client) {
            let row = row?;
            println!("  {} {}", cell(&row, "sensor"), cell(&row, "level"));
        }

        data_table::delete(&application, &id).send_blocking(&client)?;
        println!("deleted the table");
        Ok(())
    }
}
