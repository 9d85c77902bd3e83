//! One call for each operation of the document, with arguments that are valid where it is sent.

use losant_data::BlockingClient;
use losant_data::ids::{ApplicationId, DataTableId, RowId};
use losant_data::operations::{data, data_table, data_table_row, data_table_rows, data_tables};
use losant_data::schemas::{
    AdvancedQuery, DataTableColumn, DataTableColumnConstraint, DataTableColumnDataType, DataTableColumnRequired,
    DataTableColumns, DataTablePatch, DataTablePost, DataTableRowInsertResult, DataTableRowInsertUpdate,
    DataTableRowsExport, DevicesDataExport, Key, LastValueQuery, TimeSeriesQuery,
};

use crate::caller::{Caller, Outcome};

/// An operation, and how it is called.
pub(crate) struct Operation {
    /// The `operationId`.
    pub(crate) id: &'static str,
    /// Whether it changes anything: Losant's documentation says so, and the client is not asked.
    pub(crate) has_effects: bool,
    /// Makes the call.
    pub(crate) call: fn(&Caller, Place) -> Outcome,
}

/// A table of its own with one row, for one call.
pub(crate) struct Place {
    application: ApplicationId,
    table: DataTableId,
    row: RowId,
}

impl Place {
    /// Makes a table with the columns `name` and `level`, and a row.
    pub(crate) fn make(client: &BlockingClient) -> Self {
        let application: ApplicationId = emulator::APPLICATION.parse().unwrap();
        let columns = DataTableColumns(vec![column("name"), column("level")]);
        let post = DataTablePost::new("Table").columns(columns);
        let made = data_tables::post(application.clone(), post).send_blocking(client);
        let table: DataTableId = made.unwrap().id.as_ref().unwrap().into();
        let inserted = data_table_rows::post(application.clone(), table.clone(), row())
            .send_blocking(client)
            .unwrap();
        let DataTableRowInsertResult::DataTableRow(row) = inserted.into_inner() else {
            panic!("one row was inserted")
        };
        let row = row.id.unwrap().into();
        Self {
            application,
            table,
            row,
        }
    }
}

fn column(name: &str) -> DataTableColumn {
    let name = Key::try_from(name).unwrap();
    DataTableColumn::new(DataTableColumnRequired {
        name,
        data_type: DataTableColumnDataType::String,
        constraint: DataTableColumnConstraint::Optional,
    })
}

fn row() -> DataTableRowInsertUpdate {
    DataTableRowInsertUpdate::new()
        .entry("name", "one")
        .entry("level", "high")
}

fn query() -> AdvancedQuery {
    AdvancedQuery::new().entry("name", "one")
}

/// The operations of the document.
pub(crate) const OPERATIONS: [Operation; 19] = [
    safe("data.lastValueQuery", |caller, at| {
        let query = LastValueQuery::new().attribute(Key::try_from("voltage").unwrap());
        caller.call(&data::last_value_query(at.application, query))
    }),
    safe("data.timeSeriesQuery", |caller, at| {
        let query = TimeSeriesQuery::new().duration(3_600_000.0).resolution(600_000.0);
        caller.call(&data::time_series_query(at.application, query))
    }),
    effects("data.export", |caller, at| {
        let export = DevicesDataExport::new().email("someone@example.com");
        caller.call(&data::export(at.application, export))
    }),
    safe("dataTables.get", |caller, at| {
        caller.call(&data_tables::get(at.application).per_page("1"))
    }),
    effects("dataTables.post", |caller, at| {
        caller.call(&data_tables::post(at.application, DataTablePost::new("Another")))
    }),
    safe("dataTable.get", |caller, at| {
        caller.call(&data_table::get(at.application, at.table))
    }),
    effects("dataTable.patch", |caller, at| {
        let patch = DataTablePatch::new().description("Changed");
        caller.call(&data_table::patch(at.application, at.table, patch))
    }),
    effects("dataTable.delete", |caller, at| {
        caller.call(&data_table::delete(at.application, at.table))
    }),
    effects("dataTable.addColumn", |caller, at| {
        caller.call(&data_table::add_column(at.application, at.table, column("note")))
    }),
    effects("dataTable.removeColumn", |caller, at| {
        caller.call(&data_table::remove_column(at.application, at.table, "level"))
    }),
    safe("dataTableRows.get", |caller, at| {
        caller.call(&data_table_rows::get(at.application, at.table).limit("5"))
    }),
    effects("dataTableRows.post", |caller, at| {
        caller.call(&data_table_rows::post(at.application, at.table, row()))
    }),
    safe("dataTableRows.query", |caller, at| {
        caller.call(&data_table_rows::query(at.application, at.table).body(query()))
    }),
    effects("dataTableRows.delete", |caller, at| {
        caller.call(&data_table_rows::delete(at.application, at.table).body(query()))
    }),
    effects("dataTableRows.truncate", |caller, at| {
        caller.call(&data_table_rows::truncate(at.application, at.table))
    }),
    effects("dataTableRows.export", |caller, at| {
        let export = DataTableRowsExport::new().query(query());
        caller.call(&data_table_rows::export(at.application, at.table, export))
    }),
    safe("dataTableRow.get", |caller, at| {
        caller.call(&data_table_row::get(at.application, at.table, at.row))
    }),
    effects("dataTableRow.patch", |caller, at| {
        let change = DataTableRowInsertUpdate::new().entry("level", "low");
        caller.call(&data_table_row::patch(at.application, at.table, at.row, change))
    }),
    effects("dataTableRow.delete", |caller, at| {
        caller.call(&data_table_row::delete(at.application, at.table, at.row))
    }),
];

const fn safe(id: &'static str, call: fn(&Caller, Place) -> Outcome) -> Operation {
    Operation {
        id,
        has_effects: false,
        call,
    }
}

const fn effects(id: &'static str, call: fn(&Caller, Place) -> Outcome) -> Operation {
    Operation {
        id,
        has_effects: true,
        call,
    }
}
