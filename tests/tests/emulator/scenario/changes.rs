//! Rows that are changed and deleted, and the file that is left.

use std::collections::BTreeMap;

use losant_data::ids::RowId;
use losant_data::operations::{data_table_row, data_table_rows};
use losant_data::runtime::Error;
use losant_data::schemas::{
    AdvancedQuery, AdvancedValueQueryObject, DataTableRowInsertResult, DataTableRowInsertUpdate,
};
use rusqlite::types::ValueRef;

use super::cell::{self, Cell, Row};
use super::dice::COLUMNS;
use super::{ROWS, Scene, expected};
use crate::{application, file};

/// Returns the id of a row.
fn id(row: &Row) -> RowId {
    let Cell::Text(id) = &row["id"] else { panic!("{row:?}") };
    id.parse().unwrap()
}

impl Scene {
    /// Changes some cells of every fiftieth row.
    pub(super) async fn change(&mut self) {
        for index in (0..ROWS).step_by(50) {
            let mut changes = BTreeMap::new();
            for column in COLUMNS {
                if self.dice.roll(2) == 0 {
                    changes.insert(column.to_owned(), self.dice.value(column));
                }
            }
            let call = data_table_row::patch(
                application(),
                &self.table,
                id(&self.rows[index]),
                cell::request(&changes),
            );
            let response = cell::row(&self.send(call).await.unwrap());
            let row = &mut self.rows[index];
            assert!(response["updatedAt"] > row["updatedAt"], "{response:?}");
            changes.insert("updatedAt".to_owned(), response["updatedAt"].clone());
            row.extend(changes);
            assert_eq!(response, *row);
        }
        // A change that the table does not take leaves the row as it is.
        let taken = self.rows[1]["sensor"].clone();
        for (column, cell) in [("sensor", &taken), ("count", &Cell::Null), ("level", &Cell::from("5"))] {
            let change = cell::request([(&column.to_owned(), cell)]);
            let call = data_table_row::patch(application(), &self.table, id(&self.rows[0]), change);
            let Err(Error::Status(refused)) = self.send(call).await else {
                panic!("{column} takes {cell:?}")
            };
            assert!(
                matches!(refused.error, data_table_row::PatchDataTableRowError::BadRequest(_)),
                "{refused:?}"
            );
        }
        let call = data_table_row::get(application(), &self.table, id(&self.rows[0]));
        assert_eq!(cell::row(&self.send(call).await.unwrap()), self.rows[0]);
    }

    /// Deletes rows one by one, and by a query: the oldest first, as many as are asked for.
    pub(super) async fn delete(&mut self) {
        for index in (0..50).map(|number| number * 150) {
            let row = self.rows.remove(index);
            let call = data_table_row::delete(application(), &self.table, id(&row));
            assert_eq!(self.send(call.clone()).await.unwrap().success, Some(true));
            let Err(Error::Status(gone)) = self.send(call).await else {
                panic!("{row:?} is deleted twice")
            };
            assert!(
                matches!(gone.error, data_table_row::DeleteDataTableRowError::NotFound(_)),
                "{gone:?}"
            );
        }
        let query = AdvancedQuery::new()
            .entry("label", AdvancedValueQueryObject::new().starts_with("a").ci(true))
            .entry("count", AdvancedValueQueryObject::new().gte(25));
        let found = expected::found(&self.rows, &query, "id", false).len();
        // Fewer than there are, then all that are left, then none.
        assert!((101..1000).contains(&found), "{found}");
        for (limit, expected) in [("100", 100), ("1000", found - 100), ("1000", 0)] {
            let call = data_table_rows::delete(application(), &self.table)
                .body(query.clone())
                .limit(limit);
            let removed = self.send(call).await.unwrap().removed;
            assert_eq!(removed.map(|removed| removed.to_string()), Some(expected.to_string()));
            let mut left = expected;
            self.rows.retain(|row| {
                let goes = left > 0 && expected::matches(&query, row);
                left -= usize::from(goes);
                !goes
            });
            if expected == 100 {
                // The rows that are left show which hundred was deleted.
                self.ask_all(&query).await;
            }
        }
        self.ask_all(&AdvancedQuery::new()).await;
    }

    /// Holds all that a query finds to the rows that there ought to be.
    async fn ask_all(&mut self, query: &AdvancedQuery) {
        let rows = data_table_rows::query(application(), &self.table)
            .body(query.clone())
            .include_fields("id");
        let mut found = Vec::new();
        let mut pages = rows.limit("1000").pages(&self.client);
        while let Some(page) = pages.next().await {
            self.calls += 1;
            let page = page.unwrap();
            let ids = page.items.iter().flatten().map(|row| row.id.as_ref().unwrap());
            found.extend(ids.map(|id| Cell::from(id.as_str())));
        }
        let expected = expected::found(&self.rows, query, "id", false);
        assert!(found.iter().eq(expected.iter().map(|row| &row["id"])), "{query:?}");
    }

    /// Compares the SQLite file with the expected rows.
    pub(super) fn compare_file(&self) {
        let connection = file::open(self.emulator.database());
        let sql = format!("SELECT * FROM rows_{} ORDER BY id", self.table);
        let mut statement = connection.prepare(&sql).unwrap();
        let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        let mut count = 0;
        while let Some(row) = rows.next().unwrap() {
            let cells = names.iter().enumerate().map(|(index, name)| {
                let cell = match (row.get_ref(index).unwrap(), name.as_str()) {
                    (ValueRef::Null, _) => Cell::Null,
                    (ValueRef::Integer(value), "active") => Cell::Boolean(value == 1),
                    (ValueRef::Integer(value), _) => Cell::Number(4 * value),
                    (ValueRef::Real(value), _) => Cell::Number((4.0 * value).to_string().parse().unwrap()),
                    (ValueRef::Text(text), _) => std::str::from_utf8(text).unwrap().into(),
                    (ValueRef::Blob(_), name) => panic!("{name}"),
                };
                (name.clone(), cell)
            });
            assert_eq!(cells.collect::<Row>(), self.rows[count]);
            count += 1;
        }
        assert_eq!(count, self.rows.len());
    }

    /// Deletes all rows, and inserts one, alone.
    pub(super) async fn truncate(&mut self) {
        let call = data_table_rows::truncate(application(), &self.table);
        assert_eq!(self.send(call).await.unwrap().success, Some(true));
        self.rows.clear();
        self.ask_all(&AdvancedQuery::new()).await;
        self.compare_file();

        let new = DataTableRowInsertUpdate::new()
            .entry("sensor", "the last")
            .entry("count", 1);
        let call = data_table_rows::post(application(), &self.table, new);
        let response = self.send(call).await.unwrap().into_inner();
        let DataTableRowInsertResult::DataTableRow(row) = response else {
            panic!("{response:?}")
        };
        assert_eq!(
            row.get("label").map(ToString::to_string).as_deref(),
            Some(super::DEFAULT)
        );
        self.rows.push(cell::row(&row));
        self.compare_file();
    }
}
