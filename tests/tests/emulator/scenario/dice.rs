//! Dice that fall the same way each time, and what they choose from.

use losant_data::schemas::{
    DataTableColumn, DataTableColumnConstraint, DataTableColumnDataType, DataTableColumnRequired, DataTableColumns, Key,
};

use super::cell::{Cell, Row};

/// Dice that fall the same way each time.
#[derive(Debug, Clone)]
pub(crate) struct Dice(pub(crate) u64);

/// Texts that differ in case, in how a letter is composed, in length, and in characters that mean something elsewhere.
pub(crate) const TEXTS: [&str; 32] = [
    "",
    "a",
    "A",
    "Apple",
    "apple",
    "apple pie",
    "APPLE",
    "pineapple",
    "Straße",
    "STRASSE",
    "ÉCLAIR",
    "éclair",
    "e\u{301}clair",
    "İstanbul",
    "ΣΑΣ",
    "σας",
    "100%",
    "50_50",
    "*",
    "?",
    "[a-z]",
    "true",
    "null",
    "5",
    "-3.5",
    "漢字",
    "😀 pie",
    "line\nbreak",
    "it's",
    "\"quoted\"",
    "back\\slash",
    "nul\0nul",
];

/// What stands in a column that a row does not mention.
pub(crate) const DEFAULT: &str = "unnamed";

/// The columns of the table that hold values, besides `sensor`, which has a value of its own for each row.
pub(crate) const COLUMNS: [&str; 5] = ["label", "note", "level", "count", "active"];

/// Beyond this, not every whole number is one of `f64`.
const EXACT: i64 = 1 << 53;

impl Dice {
    /// Returns a number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        // The multiplier and the increment of Knuth's MMIX; the low bits repeat soon.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    /// Returns one of the items.
    pub(crate) fn pick<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        &items[self.roll(items.len())]
    }

    /// Returns a number: mostly a small one with a fraction, at times one that `f64` has no room for.
    pub(crate) fn number(&mut self) -> Cell {
        match self.roll(20) {
            0 => Cell::Number(4 * (EXACT + self.whole(3))),
            1 => Cell::Number(-4 * (EXACT + self.whole(3))),
            _ => Cell::Number(self.whole(400) - 200),
        }
    }

    fn whole(&mut self, sides: usize) -> i64 {
        i64::try_from(self.roll(sides)).unwrap()
    }

    /// Returns a value that the column takes.
    pub(crate) fn value(&mut self, column: &str) -> Cell {
        let is_null = self.roll(8) == 0;
        match column {
            "count" => Cell::Number(4 * self.whole(50)),
            _ if is_null => Cell::Null,
            "level" => self.number(),
            "active" => Cell::Boolean(self.roll(2) == 0),
            _ => Cell::from(*self.pick(&TEXTS)),
        }
    }

    /// Returns the cells of a new row, the one of this number; some of the optional ones are not mentioned.
    pub(crate) fn row(&mut self, number: usize) -> Row {
        let make = self.pick(&["Freezer", "freezer", "OVEN", "Öfen", "öfen"]);
        // No two alike below the prime, in no order.
        let sensor = format!("{make}-{:05}", number * 7919 % 10_007);
        let mut row = Row::from([("sensor".to_owned(), Cell::Text(sensor))]);
        for column in COLUMNS {
            if column == "count" || self.roll(4) > 0 {
                row.insert(column.to_owned(), self.value(column));
            }
        }
        row
    }
}

/// Returns the columns of the table.
pub(crate) fn columns() -> DataTableColumns {
    use DataTableColumnConstraint::{Optional, Required, Unique};
    use DataTableColumnDataType::{Boolean, Number, String};
    let column = |name: &str, data_type, constraint| {
        DataTableColumn::new(DataTableColumnRequired {
            name: Key::new(name).unwrap(),
            data_type,
            constraint,
        })
    };
    let columns = [
        column("sensor", String, Unique),
        column("label", String, Optional).default_value(DEFAULT),
        column("note", String, Optional),
        column("level", Number, Optional),
        column("count", Number, Required),
        column("active", Boolean, Optional),
    ];
    columns.into_iter().collect()
}
