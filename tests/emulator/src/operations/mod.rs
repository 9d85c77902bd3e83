//! The operations of the document, one function for each.

mod data;
mod row;
mod rows;
mod table;
mod tables;

use std::path::Path;

use crate::call::Call;
use crate::failure::Failure;
use crate::response::EmulatorResponse;
use crate::store::Session;

/// What an operation works on.
#[derive(Debug)]
pub(crate) struct Context<'c> {
    /// The file.
    pub(crate) session: &'c Session<'c>,
    /// The request.
    pub(crate) call: &'c Call,
    /// The folder that exports go to.
    pub(crate) folder: &'c Path,
}

/// Carries out a call.
///
/// # Errors
///
/// When the request cannot be carried out, or the emulator is at fault.
pub(crate) fn run(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    match context.call.operation.as_str() {
        "data.export" => data::export(context),
        "data.lastValueQuery" => data::last_value_query(context),
        "data.timeSeriesQuery" => data::time_series_query(context),
        "dataTables.get" => tables::get(context),
        "dataTables.post" => tables::post(context),
        "dataTable.addColumn" => table::add_column(context),
        "dataTable.delete" => table::delete(context),
        "dataTable.get" => table::get(context),
        "dataTable.patch" => table::patch(context),
        "dataTable.removeColumn" => table::remove_column(context),
        "dataTableRow.delete" => row::delete(context),
        "dataTableRow.get" => row::get(context),
        "dataTableRow.patch" => row::patch(context),
        "dataTableRows.delete" => rows::delete(context),
        "dataTableRows.export" => rows::export(context),
        "dataTableRows.get" | "dataTableRows.query" => rows::query(context),
        "dataTableRows.post" => rows::post(context),
        "dataTableRows.truncate" => rows::truncate(context),
        other => Err(Failure::Broken(format!("the emulator has to learn of {other:?}"))),
    }
}

impl Context<'_> {
    /// Returns the application that the call is about, which is known.
    fn application(&self) -> Result<String, Failure> {
        let id = self.call.id("applicationId");
        self.session.application(&id)?;
        Ok(id)
    }

    /// Returns the table that the call is about.
    fn table(&self) -> Result<crate::store::tables::Table, Failure> {
        let application = self.call.id("applicationId");
        self.session.table(&application, &self.call.id("dataTableId"))
    }
}
