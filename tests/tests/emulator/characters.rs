//! Texts that are hard to put into a URL arrive at the emulator as they were given.
//!
//! The document has a pattern for every path argument, so these texts go out unchecked; the emulator answers 400, and its
//! log has what it read. The filter of tables by name may be any text by the document too.

use emulator::{Emulator, Options};
use losant_data::operations::data_tables::GetDataTablesFilterField;
use losant_data::operations::{data_table, data_table_row, data_table_rows, data_tables};
use losant_data::runtime::{self, Call, Error};
use losant_data::schemas::{AdvancedQuery, DataTablePost, DataTableRowInsertUpdate, ObjectId};
use losant_data::{BlockingClient, Client};
use tests::texts::hard;

use crate::{application, assert_clean, builder};

/// Both clients, and an emulator that forgets nothing.
struct Pair {
    emulator: Emulator,
    client: Client,
    blocking: BlockingClient,
}

impl Pair {
    fn start() -> Self {
        let emulator = Emulator::start(Options {
            log: usize::MAX,
            ..Options::default()
        });
        let emulator = emulator.unwrap();
        Self {
            client: builder(&emulator).build().unwrap(),
            blocking: builder(&emulator).build_blocking().unwrap(),
            emulator,
        }
    }

    /// Sends a call with both clients, whatever the document says of it, and returns the errors.
    async fn fail<C: Call>(&self, call: C) -> [Error<C::Failure>; 2] {
        let sent = self.client.call_unchecked(&call).await;
        let blocked = self.blocking.call_unchecked(&call);
        [sent, blocked].map(|outcome| outcome.err().unwrap())
    }

    /// Sends a call with both clients, both of which get a 400.
    async fn send<C: Call>(&self, call: C) {
        let statuses = self.fail(call).await.map(|error| error.status().unwrap().as_u16());
        assert_eq!(statuses, [400, 400]);
    }

    /// Sends a call with both clients, neither of which lets it out.
    async fn refuse<C: Call>(&self, call: C) {
        let requests = self.emulator.requests();
        for error in self.fail(call).await {
            let Error::Invalid(invalid) = error else {
                panic!("{:?}", error.status())
            };
            assert!(
                invalid.to_string().contains("cannot be a segment of a path"),
                "{invalid}"
            );
        }
        assert_eq!(self.emulator.requests(), requests);
        assert_eq!(self.emulator.log(), []);
    }
}

/// Makes an id of any text, as one that a response has.
fn id(text: &str) -> ObjectId {
    runtime::from_str(&runtime::to_string(text)).unwrap()
}

/// Returns names and values as the emulator lists them.
fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[tokio::test]
async fn any_text_arrives_in_a_path() {
    let pair = Pair::start();
    let texts = hard();
    for text in &texts {
        pair.send(data_table_row::get(id(text), id(text), id(text))).await;
    }
    let log = pair.emulator.log();
    assert_eq!(log.len(), 2 * texts.len());
    for (request, text) in log.iter().zip(texts.iter().flat_map(|text| [text, text])) {
        assert_eq!(request.operation.as_deref(), Some("dataTableRow.get"), "{request:?}");
        let expected = [("applicationId", &**text), ("dataTableId", text), ("rowId", text)];
        assert_eq!(request.path, pairs(&expected));
        assert_eq!(request.query, [], "{request:?}");
    }
}

#[tokio::test]
async fn any_operation_has_the_same_paths() {
    let pair = Pair::start();
    let text = "a/../b?c=d#e f%2F+\"é漢😀\n..";
    pair.send(data_tables::get(id(text))).await;
    pair.send(data_table::delete(application(), id(text))).await;
    let query = data_table_rows::query(application(), id(text)).body(AdvancedQuery::new());
    pair.send(query).await;
    let change = DataTableRowInsertUpdate::new();
    pair.send(data_table_row::patch(application(), id(text), id(text), change))
        .await;
    let operations = [
        "dataTables.get",
        "dataTable.delete",
        "dataTableRows.query",
        "dataTableRow.patch",
    ];
    let log = pair.emulator.log();
    assert_eq!(log.len(), 2 * operations.len());
    for (request, operation) in log.iter().zip(operations.into_iter().flat_map(|name| [name, name])) {
        assert_eq!(request.operation.as_deref(), Some(operation), "{request:?}");
        let (_, last) = request.path.last().unwrap();
        assert_eq!(last, text);
    }
}

/// `rows/..` would be the table.
#[tokio::test]
async fn nothing_and_dots_are_refused_and_never_sent() {
    let pair = Pair::start();
    let good = emulator::APPLICATION;
    for text in ["", ".", ".."] {
        pair.refuse(data_table_row::delete(id(good), id(good), id(text))).await;
        pair.refuse(data_table_row::get(id(good), id(text), id(good))).await;
        pair.refuse(data_table_rows::get(id(text), id(good))).await;
        pair.refuse(data_table::get(id(good), id(text))).await;
        pair.refuse(data_tables::get(id(text))).await;
    }
    // The same dots, spelled out: a text like any other.
    for text in ["%2e%2e", "%2E", ".%2e"] {
        pair.send(data_table_row::delete(id(good), id(good), id(text))).await;
        let log = pair.emulator.log();
        let (operation, path) = (&log.last().unwrap().operation, &log.last().unwrap().path);
        assert_eq!(operation.as_deref(), Some("dataTableRow.delete"));
        assert_eq!(path[2], ("rowId".to_owned(), text.to_owned()));
    }
}

#[tokio::test]
async fn any_text_arrives_in_a_query() {
    let pair = Pair::start();
    let texts = hard();
    let good = emulator::APPLICATION;
    for text in &texts {
        let call = data_table::remove_column(application(), id(good), text);
        // Some of these may name a column, by the document; but there is no such table.
        let is_name = text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        let expected = if is_name { 404 } else { 400 };
        let statuses = pair.fail(call).await.map(|error| error.status().unwrap().as_u16());
        assert_eq!(statuses, [expected; 2], "{text:?}");
    }
    let log = pair.emulator.log();
    assert_eq!(log.len(), 2 * texts.len());
    for (request, text) in log.iter().zip(texts.iter().flat_map(|text| [text, text])) {
        assert_eq!(
            request.operation.as_deref(),
            Some("dataTable.removeColumn"),
            "{request:?}"
        );
        assert_eq!(request.query, pairs(&[("columnName", text)]), "{request:?}");
    }
}

/// A table of each name is found by its name, whichever client asks.
#[tokio::test]
async fn a_filter_finds_the_text_that_it_is_given() {
    let pair = Pair::start();
    let texts = hard();
    for text in &texts {
        let post = data_tables::post(application(), DataTablePost::new(text.as_str()));
        post.send(&pair.client).await.unwrap();
    }
    for text in &texts {
        let tables = data_tables::get(application())
            .filter_field(GetDataTablesFilterField::Name)
            .filter(text)
            .per_page("1000");
        let asked = tables.clone().send(&pair.client).await.unwrap();
        let blocked = tables.send_blocking(&pair.blocking).unwrap();
        assert_eq!(*asked, *blocked);
        assert_eq!(asked.filter.as_deref(), Some(text.as_str()));
        let names = asked.items.iter().flatten().filter_map(|table| table.name.as_deref());
        let names: Vec<&str> = names.collect();
        assert!(names.contains(&text.as_str()), "{text:?}: {names:?}");
        // In a filter, these two stand for other texts besides.
        if !text.contains(['*', '?']) {
            let same = texts.iter().filter(|other| *other == text).count();
            assert_eq!(names.len(), same, "{text:?}: {names:?}");
        }
    }
    assert_clean(&pair.emulator);
}
