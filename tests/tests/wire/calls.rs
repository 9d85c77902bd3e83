//! One call of the emitted crate for each operation of the recordings.

use losant_data::operations::{data, data_table, data_table_row, data_table_rows, data_tables};
use losant_data::schemas::AdvancedQuery;
use losant_data::{Client, Error, ResponseValue};

use crate::recording::Recording;

/// What came of a call: the status, or why there is none.
pub(crate) type Outcome = Result<u16, String>;

/// Sends a request with those of the listed arguments that the recording has.
macro_rules! send {
    ($client:expr, $recording:expr, $request:expr $(, $argument:literal: $setter:ident($type:ty))* $(,)?) => {{
        let mut request = $request;
        if let Some(value) = $recording.global("_actions") {
            request = request.actions(value);
        }
        if let Some(value) = $recording.global("_links") {
            request = request.links(value);
        }
        if let Some(value) = $recording.global("_embedded") {
            request = request.embedded(value);
        }
        if let Some(value) = $recording.argument::<String>("losantdomain") {
            request = request.losantdomain(value);
        }
        $(if let Some(value) = $recording.argument::<$type>($argument) {
            request = request.$setter(value);
        })*
        outcome(request.send($client).await)
    }};
}

/// Makes the call of a recording.
pub(crate) async fn send(client: &Client, recording: &Recording) -> Outcome {
    match recording.operation.split_once('.').unwrap().0 {
        "data" => send_data(client, recording).await,
        "dataTables" => send_data_tables(client, recording).await,
        "dataTable" => send_data_table(client, recording).await,
        "dataTableRows" => send_data_table_rows(client, recording).await,
        "dataTableRow" => send_data_table_row(client, recording).await,
        other => panic!("{}: unknown resource {other}", recording.file),
    }
}

/// Returns the documented success of an operation: the least that it can be.
pub(crate) fn response(operation: &str) -> (u16, &'static str) {
    match operation {
        "data.export" | "dataTableRows.export" => (202, r#"{"jobQueued":true,"jobId":"1"}"#),
        "data.lastValueQuery" => (
            200,
            r#"{"575ecf887ae143cd83dc4aa2":{"time":"2016-06-13T04:00:00.000Z","data":{"voltage":12}}}"#,
        ),
        "data.timeSeriesQuery" => (
            200,
            r#"{"start":"2016-06-13T04:00:00.000Z","end":"2016-06-13T05:00:00.000Z",
                "resolution":null,"aggregation":"MEAN","limit":null,"order":"asc","devices":{}}"#,
        ),
        "dataTables.post" => (201, r#"{"name":"My Data Table"}"#),
        "dataTableRows.post" => (201, r#"{"id":"596fbb703fc088453872e609","myColumn1":"v"}"#),
        "dataTableRows.delete" => (200, r#"{"removed":3}"#),
        "dataTable.delete" | "dataTableRow.delete" | "dataTableRows.truncate" => (200, r#"{"success":true}"#),
        _ => (200, "{}"),
    }
}

fn outcome<T, E>(result: Result<ResponseValue<T>, Error<E>>) -> Outcome {
    result
        .map(|response| response.status().as_u16())
        .map_err(|error| format!("{error:#}"))
}

async fn send_data(client: &Client, recording: &Recording) -> Outcome {
    let application = recording.application();
    match recording.operation.as_str() {
        "data.export" => {
            let body: losant_data::schemas::DevicesDataExport = recording.required("query");
            send!(client, recording, data::export(application, body))
        }
        "data.lastValueQuery" => {
            let body: losant_data::schemas::LastValueQuery = recording.required("query");
            send!(client, recording, data::last_value_query(application, body))
        }
        "data.timeSeriesQuery" => {
            let body: losant_data::schemas::TimeSeriesQuery = recording.required("query");
            send!(client, recording, data::time_series_query(application, body))
        }
        other => panic!("{}: unknown operation {other}", recording.file),
    }
}

async fn send_data_tables(client: &Client, recording: &Recording) -> Outcome {
    let application = recording.application();
    match recording.operation.as_str() {
        "dataTables.get" => send!(
            client,
            recording,
            data_tables::get(application),
            "sortField": sort_field(data_tables::GetDataTablesSortField),
            "sortDirection": sort_direction(data_tables::GetDataTablesSortDirection),
            "page": page(String),
            "perPage": per_page(String),
            "filterField": filter_field(data_tables::GetDataTablesFilterField),
            "filter": filter(String),
        ),
        "dataTables.post" => {
            let body: losant_data::schemas::DataTablePost = recording.required("dataTable");
            send!(client, recording, data_tables::post(application, body))
        }
        other => panic!("{}: unknown operation {other}", recording.file),
    }
}

async fn send_data_table(client: &Client, recording: &Recording) -> Outcome {
    let (application, table) = (recording.application(), recording.table());
    match recording.operation.as_str() {
        "dataTable.get" => send!(client, recording, data_table::get(application, table)),
        "dataTable.patch" => {
            let body: losant_data::schemas::DataTablePatch = recording.required("dataTable");
            send!(client, recording, data_table::patch(application, table, body))
        }
        "dataTable.delete" => send!(client, recording, data_table::delete(application, table)),
        "dataTable.addColumn" => {
            let body: losant_data::schemas::DataTableColumn = recording.required("dataTableColumn");
            send!(client, recording, data_table::add_column(application, table, body))
        }
        "dataTable.removeColumn" => {
            let name: String = recording.required("columnName");
            send!(client, recording, data_table::remove_column(application, table, name))
        }
        other => panic!("{}: unknown operation {other}", recording.file),
    }
}

async fn send_data_table_rows(client: &Client, recording: &Recording) -> Outcome {
    let (application, table) = (recording.application(), recording.table());
    match recording.operation.as_str() {
        "dataTableRows.get" => send!(
            client,
            recording,
            data_table_rows::get(application, table),
            "sortColumn": sort_column(String),
            "sortDirection": sort_direction(data_table_rows::GetDataTableRowsSortDirection),
            "limit": limit(String),
            "offset": offset(String),
            "includeFields": include_fields(String),
        ),
        "dataTableRows.post" => {
            let body: losant_data::schemas::DataTableRowInsert = recording.required("dataTableRow");
            send!(client, recording, data_table_rows::post(application, table, body))
        }
        "dataTableRows.delete" => send!(
            client,
            recording,
            data_table_rows::delete(application, table),
            "limit": limit(String),
            "query": body(AdvancedQuery),
        ),
        "dataTableRows.export" => {
            let body: losant_data::schemas::DataTableRowsExport = recording.required("exportData");
            send!(client, recording, data_table_rows::export(application, table, body))
        }
        "dataTableRows.query" => send!(
            client,
            recording,
            data_table_rows::query(application, table),
            "sortColumn": sort_column(String),
            "sortDirection": sort_direction(data_table_rows::QueryDataTableRowsSortDirection),
            "limit": limit(String),
            "offset": offset(String),
            "includeFields": include_fields(String),
            "query": body(AdvancedQuery),
        ),
        "dataTableRows.truncate" => send!(client, recording, data_table_rows::truncate(application, table)),
        other => panic!("{}: unknown operation {other}", recording.file),
    }
}

async fn send_data_table_row(client: &Client, recording: &Recording) -> Outcome {
    let (application, table, row) = (recording.application(), recording.table(), recording.row());
    match recording.operation.as_str() {
        "dataTableRow.get" => send!(client, recording, data_table_row::get(application, table, row)),
        "dataTableRow.patch" => {
            let body: losant_data::schemas::DataTableRowInsertUpdate = recording.required("dataTableRow");
            send!(client, recording, data_table_row::patch(application, table, row, body))
        }
        "dataTableRow.delete" => send!(client, recording, data_table_row::delete(application, table, row)),
        other => panic!("{}: unknown operation {other}", recording.file),
    }
}
