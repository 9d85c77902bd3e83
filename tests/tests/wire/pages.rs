//! The lists of the API, asked for page by page.

use losant_data::ids::{ApplicationId, DataTableId};
use losant_data::operations::{data_table_rows, data_tables};
use losant_data::schemas::AdvancedQuery;
use tests::capture::{Answer, Captured, Server};

use crate::client;

/// How many rows and tables there are.
const COUNT: usize = 2500;

fn application() -> ApplicationId {
    "575ec8687ae143cd83dc4a97".parse().unwrap()
}

fn table() -> DataTableId {
    "575ed78e7ae143cd83dc4aab".parse().unwrap()
}

fn parameter(request: &Captured, name: &str, default: usize) -> usize {
    let pairs = request.query_pairs();
    let pair = pairs.iter().find(|(known, _)| known == name);
    pair.map_or(default, |(_, value)| value.parse().unwrap())
}

/// Rows as Losant gives them: at most 1000 on a page.
fn rows(request: &Captured) -> (u16, String, String) {
    let (limit, offset) = (
        parameter(request, "limit", 1000).min(1000),
        parameter(request, "offset", 0),
    );
    let rows: Vec<String> = (offset..COUNT)
        .take(limit)
        .map(|level| format!(r#"{{"level": {level}}}"#))
        .collect();
    let body = format!(
        r#"{{"count": {}, "totalCount": {COUNT}, "limit": {limit}, "offset": {offset}, "items": [{}]}}"#,
        rows.len(),
        rows.join(",")
    );
    (200, String::new(), body)
}

/// Tables as Losant gives them: pages are numbered from 0.
fn tables(request: &Captured) -> (u16, String, String) {
    let (size, page) = (
        parameter(request, "perPage", 100).min(1000),
        parameter(request, "page", 0),
    );
    let tables: Vec<String> = (page * size..COUNT)
        .take(size)
        .map(|name| format!(r#"{{"name": "t{name}"}}"#))
        .collect();
    let body = format!(
        r#"{{"count": {}, "totalCount": {COUNT}, "perPage": {size}, "page": {page}, "items": [{}]}}"#,
        tables.len(),
        tables.join(",")
    );
    (200, String::new(), body)
}

fn queries(server: &Server) -> Vec<String> {
    let requests = server.take().into_iter();
    requests.map(|request| request.query.unwrap_or_default()).collect()
}

#[tokio::test]
async fn all_rows_of_a_table() {
    let server = Server::start(Answer::Script(rows));
    let mut rows = data_table_rows::get(application(), table())
        .limit("5000")
        .items(&client(&server));
    let mut count = 0;
    while let Some(row) = rows.next().await {
        let row = row.unwrap();
        assert_eq!(row.get("level").map(ToString::to_string), Some(count.to_string()));
        count += 1;
    }
    assert_eq!(count, COUNT);
    assert_eq!(
        queries(&server),
        ["limit=5000", "limit=5000&offset=1000", "limit=5000&offset=2000"]
    );
}

#[tokio::test]
async fn all_rows_that_a_query_finds() {
    let server = Server::start(Answer::Script(rows));
    let query = data_table_rows::query(application(), table())
        .body(AdvancedQuery::new().entry("level", 5))
        .offset("600");
    let mut pages = query.pages(&client(&server));
    let mut counts = Vec::new();
    while let Some(page) = pages.next().await {
        counts.push(page.unwrap().items.as_deref().unwrap_or_default().len());
    }
    assert_eq!(counts, [1000, 900]);
    let requests = server.take();
    assert!(
        requests.iter().all(|request| request.body == br#"{"level":5}"#),
        "{requests:?}"
    );
    let asked: Vec<_> = requests.iter().map(|request| request.query.as_deref()).collect();
    assert_eq!(asked, [Some("offset=600"), Some("offset=1600")]);
}

#[tokio::test]
async fn all_tables_of_an_application() {
    let server = Server::start(Answer::Script(tables));
    let mut tables = data_tables::get(application()).per_page("1000").items(&client(&server));
    let mut count = 0;
    while let Some(table) = tables.next().await {
        assert_eq!(table.unwrap().name.as_deref(), Some(format!("t{count}").as_str()));
        count += 1;
    }
    assert_eq!(count, COUNT);
    assert_eq!(
        queries(&server),
        ["perPage=1000", "page=1&perPage=1000", "page=2&perPage=1000"]
    );
}
