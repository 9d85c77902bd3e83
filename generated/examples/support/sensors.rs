//! The table of both quick starts. A request is the same value whichever client sends it.

use losant_data::runtime::InvalidText;
use losant_data::schemas::{
    DataTableColumn, DataTableColumnConstraint, DataTableColumnDataType, DataTableColumnRequired, DataTableColumns, DataTablePost, DataTableRow,
    DataTableRowInMultiple, DataTableRowInsertUpdate, Key,
};

/// Returns a table of sensors, of which each has a name of its own and may have a level.
pub(crate) fn table() -> Result<DataTablePost, InvalidText> {
    let columns = vec![
        DataTableColumn::new(DataTableColumnRequired {
            name: Key::try_from("sensor")?,
            data_type: DataTableColumnDataType::String,
            constraint: DataTableColumnConstraint::Unique,
        }),
        DataTableColumn::new(DataTableColumnRequired {
            name: Key::try_from("level")?,
            data_type: DataTableColumnDataType::Number,
            constraint: DataTableColumnConstraint::Optional,
        }),
    ];
    Ok(DataTablePost::new("Sensors").columns(DataTableColumns(columns)))
}

/// Returns the rows of five sensors.
pub(crate) fn rows() -> DataTableRowInMultiple {
    let rows = (1..=5_i64).map(|number| {
        DataTableRowInsertUpdate::new()
            .entry("sensor", format!("sensor-{number}"))
            .entry("level", number * 10)
    });
    rows.collect()
}

/// Returns a cell as a text, which is empty where the row has no such cell.
pub(crate) fn cell(row: &DataTableRow, column: &str) -> String {
    row.get(column).map(ToString::to_string).unwrap_or_default()
}
