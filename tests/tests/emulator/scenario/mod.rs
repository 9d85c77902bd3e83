//! Ten thousand rows: inserted, filtered, sorted, paged through, changed and deleted.
//!
//! Both clients take turns. What each call has to give is worked out by `expected` from the rows that the test remembers.

mod cell;
mod changes;
mod dice;
mod expected;
mod pages;
mod queries;

use emulator::Emulator;
use losant_data::ids::DataTableId;
use losant_data::operations::data_table_rows::{self, QueryDataTableRowsSortDirection};
use losant_data::operations::data_tables;
use losant_data::runtime::{Call, Error, ResponseValue, to_string};
use losant_data::schemas::{AdvancedQuery, DataTablePost, DataTableRowInMultiple, DataTableRowInsertResult};
use losant_data::{BlockingClient, Client};

use self::cell::{Cell, Row};
use self::dice::{COLUMNS, DEFAULT, Dice};
use crate::{application, assert_clean, builder, start};

/// How many rows there are.
const ROWS: usize = 10_000;

/// How many rows are inserted at a time.
const BATCH: usize = 1000;

/// A table, and the rows that it ought to have.
struct Scene {
    emulator: Emulator,
    client: Client,
    blocking: BlockingClient,
    table: DataTableId,
    /// In the order in which they were inserted, which is that of their ids.
    rows: Vec<Row>,
    dice: Dice,
    /// How many calls were made.
    calls: u64,
}

#[tokio::test]
async fn a_scenario_of_ten_thousand_rows() {
    let mut scene = Scene::new().await;
    scene.insert().await;
    let mut queries = queries::singles();
    queries.extend(queries::mixtures(&scene.rows));
    queries.extend((0..80).map(|_| queries::random(&mut scene.dice, &scene.rows, 3)));
    // A query that is true of nothing or of everything shows little.
    let telling = scene.ask(&queries).await;
    assert!(telling > 150, "{telling} of {}", queries.len());
    scene.page().await;
    scene.change().await;
    scene.ask(&queries[..20]).await;
    scene.delete().await;
    scene.ask(&queries[queries.len() - 20..]).await;
    scene.compare_file();
    scene.truncate().await;
    // No call was sent twice.
    assert_eq!(scene.emulator.requests().values().sum::<u64>(), scene.calls);
    assert_clean(&scene.emulator);
}

impl Scene {
    async fn new() -> Self {
        let emulator = start();
        let client = builder(&emulator).build().unwrap();
        let post = DataTablePost::new("Scenario").columns(dice::columns());
        let table = data_tables::post(application(), post).send(&client).await.unwrap();
        Self {
            blocking: builder(&emulator).build_blocking().unwrap(),
            table: table.id.as_ref().unwrap().into(),
            client,
            emulator,
            rows: Vec::new(),
            dice: Dice(2024),
            calls: 1,
        }
    }

    /// Sends a call with one of the clients, which take turns.
    async fn send<C: Call>(&mut self, call: C) -> Result<ResponseValue<C::Success>, Error<C::Failure>> {
        self.calls += 1;
        if self.calls.is_multiple_of(2) {
            self.client.call(&call).await
        } else {
            self.blocking.call(&call)
        }
    }

    async fn insert(&mut self) {
        while self.rows.len() < ROWS {
            let start = self.rows.len();
            let batch: Vec<Row> = (start..start + BATCH).map(|number| self.dice.row(number)).collect();
            let request = batch.iter().map(cell::request).collect::<Vec<_>>();
            let call = data_table_rows::post(application(), &self.table, DataTableRowInMultiple(request));
            let response = self.send(call).await.unwrap().into_inner();
            let DataTableRowInsertResult::Object(result) = response else {
                panic!("{response:?}")
            };
            let (ids, date) = (result.row_ids.unwrap(), result.created_at.unwrap());
            assert_eq!(ids.len(), BATCH);
            for (mut row, id) in batch.into_iter().zip(ids.iter()) {
                for column in COLUMNS {
                    let empty = if column == "label" {
                        Cell::from(DEFAULT)
                    } else {
                        Cell::Null
                    };
                    row.entry(column.to_owned()).or_insert(empty);
                }
                row.insert("id".to_owned(), id.as_str().into());
                row.insert("createdAt".to_owned(), date.as_str().into());
                row.insert("updatedAt".to_owned(), date.as_str().into());
                self.rows.push(row);
            }
        }
        let ids: Vec<&Cell> = self.rows.iter().map(|row| &row["id"]).collect();
        assert!(ids.is_sorted(), "ids grow with every row");
    }

    /// Asks each query for a page, each time in another order, and validates the page and the total. Returns how many
    /// of them find some rows and not all.
    async fn ask(&mut self, queries: &[AdvancedQuery]) -> usize {
        const LIMIT: usize = 20;
        let columns = ["id", "sensor", "label", "note", "level", "count", "active", "createdAt"];
        let mut telling = 0;
        for query in queries {
            let (column, descending) = (*self.dice.pick(&columns), self.dice.roll(2) == 0);
            let expected = expected::found(&self.rows, query, column, descending);
            let total = expected.len();
            let offset = self.dice.roll(total.max(1));
            let expected: Vec<Row> = expected.into_iter().skip(offset).take(LIMIT).cloned().collect();
            telling += usize::from((1..self.rows.len()).contains(&total));
            let call = data_table_rows::query(application(), &self.table)
                .body(query.clone())
                .sort_column(column)
                .sort_direction(if descending {
                    QueryDataTableRowsSortDirection::Desc
                } else {
                    QueryDataTableRowsSortDirection::Asc
                })
                .offset(offset.to_string())
                .limit(LIMIT.to_string());
            let response = self.send(call).await.unwrap();
            let shown = || {
                format!(
                    "{} by {column}, descending: {descending}, from {offset}",
                    to_string(query)
                )
            };
            assert_eq!(response.total_count, Some(i64::try_from(total).unwrap()), "{}", shown());
            let items: Vec<Row> = response.items.iter().flatten().map(cell::row).collect();
            let ids = |rows: &[Row]| rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
            assert_eq!(ids(&items), ids(&expected), "{}", shown());
            assert_eq!(items, expected, "{}", shown());
        }
        telling
    }
}
