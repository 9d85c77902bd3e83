//! The future of a call: whoever waits for calls moves it, keeps it, and hands it to another thread.

use losant_data::ids::RowId;
use losant_data::operations::{data_table_row, data_table_rows};
use losant_data::schemas::DataTableRowInsertUpdate;

use crate::fake::Fake;
use crate::{application, client, table};

/// Returns the size of the future of a call.
fn size<F: Future + Send>(future: F) -> usize {
    size_of_val(&future)
}

#[test]
fn the_future_of_a_call_is_small() {
    let client = client(&Fake::new([]));
    let row: RowId = "596fbb703fc0884538000007".parse().unwrap();
    let sizes = [
        size(data_table_row::get(application(), table(), row).send(&client)),
        size(data_table_rows::get(application(), table()).send(&client)),
        size(data_table_rows::post(application(), table(), DataTableRowInsertUpdate::new()).send(&client)),
    ];
    // The request is not in it.
    assert!(sizes.iter().all(|size| *size <= 32), "{sizes:?}");
}
