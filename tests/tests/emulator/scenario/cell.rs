//! Cells and rows as the test remembers them.

use std::collections::BTreeMap;

use losant_data::runtime::Scalar;
use losant_data::schemas::{DataTableRow, DataTableRowInsertUpdate};

/// The value of a cell. Their order is that of sorted rows: null comes first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cell {
    /// No value.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number in quarters, so that all of those here are exact.
    Number(i64),
    /// A text.
    Text(String),
}

/// A row with all of its cells, by column; `id`, `createdAt` and `updatedAt` are among them.
pub(crate) type Row = BTreeMap<String, Cell>;

impl From<&Cell> for Scalar {
    fn from(cell: &Cell) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Boolean(value) => (*value).into(),
            Cell::Number(quarters) if quarters % 4 == 0 => (quarters / 4).into(),
            Cell::Number(quarters) => (f64::from(i32::try_from(*quarters).unwrap()) / 4.0).into(),
            Cell::Text(text) => text.as_str().into(),
        }
    }
}

impl From<&Scalar> for Cell {
    fn from(scalar: &Scalar) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::Boolean(value) => Self::Boolean(*value),
            Scalar::Number(number) => Self::Number(match number.as_i64() {
                Some(whole) => whole * 4,
                // What is no number of quarters does not parse.
                None => (number.as_f64().unwrap() * 4.0).to_string().parse().unwrap(),
            }),
            Scalar::String(text) => Self::Text(text.clone()),
            other => panic!("{other:?} is no value of a cell"),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Returns a row of a response.
pub(crate) fn row(row: &DataTableRow) -> Row {
    assert!(row.unknown_fields.is_empty(), "{row:?}");
    let own = row
        .additional_properties
        .iter()
        .map(|(name, cell)| (name.to_owned(), Cell::from(cell)));
    let text = |text: &str| Cell::Text(text.to_owned());
    let fixed = [
        ("id", row.id.as_ref().map(|id| text(id.as_str()))),
        ("createdAt", row.created_at.as_ref().map(|date| text(date.as_str()))),
        ("updatedAt", row.updated_at.as_ref().map(|date| text(date.as_str()))),
    ];
    let fixed = fixed.into_iter().map(|(name, cell)| (name.to_owned(), cell.unwrap()));
    own.chain(fixed).collect()
}

/// Returns a request to write cells.
pub(crate) fn request<'c>(cells: impl IntoIterator<Item = (&'c String, &'c Cell)>) -> DataTableRowInsertUpdate {
    let cells = cells.into_iter();
    cells.fold(DataTableRowInsertUpdate::new(), |request, (name, cell)| {
        request.entry(name, Scalar::from(cell))
    })
}
