//! The future of a call: whoever waits for calls moves it, keeps it, and hands it to another thread.

use losant_data::ids::RowId;
use losant_data::operations::{data_table_row, data_table_rows};
use losant_data::schemas::DataTableRowInsertUpdate;

use crate::fake::Fake;
use crate::{application, client, table};

/// Returns how much the future of a call takes beside the request, which it has twice.
fn overhead<R, F: Future + Send>(request: R, send: impl FnOnce(R) -> F) -> usize {
    let request_size = size_of_val(&request);
    size_of_val(&send(request)) - 2 * request_size
}

#[test]
fn the_future_of_a_call_is_small() {
    let client = client(&Fake::new([]));
    let row: RowId = "596fbb703fc0884538000007".parse().unwrap();
    let get = data_table_row::get(application(), table(), row);
    let list = data_table_rows::get(application(), table());
    let insert = data_table_rows::post(application(), table(), DataTableRowInsertUpdate::new());
    let sizes = [
        overhead(get, |get| get.send(&client)),
        overhead(list, |list| list.send(&client)),
        overhead(insert, |insert| insert.send(&client)),
    ];
    assert!(sizes.iter().all(|size| *size <= 128), "{sizes:?}");
}
