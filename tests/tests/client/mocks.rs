//! The mock that callers test with, and the responses that a server may give some day.

use std::collections::BTreeMap;

use http::StatusCode;
use losant_data::operations::{data_table, data_table_rows, data_tables};
use losant_data::runtime::{
    Json, Mock, MockResponse, TransportKind, VariationKind, forward_compatible_variations, from_str,
};
use losant_data::schemas::{
    DataTable, DataTablePost, DataTableRowInsertResult, DataTableRows, DataTables, Error as Shape, Name,
};
use losant_data::{BlockingClient, Client, ClientBuilder, Error};

use crate::{application, table};

fn client(mock: &Mock) -> Client {
    ClientBuilder::default().mock(mock).build().unwrap()
}

fn blocking(mock: &Mock) -> BlockingClient {
    ClientBuilder::default().mock(mock).build_blocking().unwrap()
}

#[tokio::test]
async fn each_operation_has_responses_of_its_own() {
    let mock = Mock::new();
    let table_of = |name: &str| DataTable::new().name(Name::from(name));
    let listed = DataTables::new().items(vec![table_of("a")]).count(1);
    mock.on::<data_tables::PostDataTables>()
        .respond(StatusCode::CREATED, &table_of("first"))
        .respond(StatusCode::CREATED, &table_of("second"));
    mock.on::<data_tables::GetDataTables>().respond(StatusCode::OK, &listed);
    let client = client(&mock);
    let post = data_tables::post(application(), DataTablePost::new("T"));
    for name in ["first", "second", "second"] {
        let response = post.clone().send(&client).await.unwrap();
        assert_eq!(
            response.name.as_ref().unwrap().to_string(),
            name,
            "the last response stays"
        );
    }
    let response = data_tables::get(application()).send_blocking(&blocking(&mock)).unwrap();
    assert_eq!(*response, listed);

    let posts = mock.requests_of::<data_tables::PostDataTables>();
    assert_eq!(posts.len(), 3);
    assert_eq!(posts[0].json::<DataTablePost>().unwrap(), DataTablePost::new("T"));
    assert_eq!(
        posts[0].uri.path(),
        "/applications/575ec8687ae143cd83dc4a97/data-tables"
    );
    assert_eq!(mock.requests().len(), 4);
}

#[tokio::test]
async fn a_response_that_is_queued_later_takes_the_place_of_the_last_one() {
    let mock = Mock::new();
    let table_of = |name: &str| DataTable::new().name(Name::from(name));
    let client = client(&mock);
    let name = async || {
        let response = data_table::get(application(), table()).send(&client).await?;
        Ok::<_, Error<data_table::GetDataTableError>>(response.name.as_ref().map(ToString::to_string))
    };
    let get = mock.on::<data_table::GetDataTable>();
    get.respond(StatusCode::OK, &table_of("a"))
        .respond(StatusCode::OK, &table_of("b"));
    assert_eq!(name().await.unwrap().as_deref(), Some("a"));
    // The one that no call took yet is not lost.
    get.respond(StatusCode::OK, &table_of("c"));
    for expected in ["b", "c", "c"] {
        assert_eq!(name().await.unwrap().as_deref(), Some(expected));
    }
    get.respond(StatusCode::OK, &table_of("d"));
    assert_eq!(name().await.unwrap().as_deref(), Some("d"));
    assert_eq!(mock.requests().len(), 5);

    mock.reset();
    assert!(mock.requests().is_empty());
    let error = name().await.unwrap_err();
    assert!(format!("{error:#}").contains("no response to GET"), "{error}");
    get.respond(StatusCode::OK, &table_of("e"));
    assert_eq!(name().await.unwrap().as_deref(), Some("e"));
    assert_eq!(mock.requests_of::<data_table::GetDataTable>().len(), 2);
}

#[tokio::test]
async fn a_call_without_a_mocked_response_is_an_error() {
    let mock = Mock::new();
    let error = data_tables::get(application()).send(&client(&mock)).await.unwrap_err();
    assert!(
        format!("{error:#}").contains("no response to GET /applications"),
        "{error}"
    );
    assert_eq!(mock.requests_of::<data_tables::GetDataTables>().len(), 1);
    assert!(mock.requests_of::<data_table::GetDataTable>().is_empty());
}

#[tokio::test]
async fn failures_of_every_kind_can_be_distinguished() {
    let mock = Mock::new();
    let not_found = Shape::new().type_("NotFound").message("m");
    mock.on::<data_table::GetDataTable>()
        .answer(MockResponse::json(StatusCode::NOT_FOUND, &not_found))
        .answer(MockResponse::json(StatusCode::OK, &not_found).cut())
        .answer(MockResponse::failure(TransportKind::Timeout))
        .answer(MockResponse::bytes(StatusCode::OK, "text/html", "<p>"));
    let client = client(&mock);
    let get = || data_table::get(application(), table());
    let Error::Status(status) = get().send(&client).await.unwrap_err() else {
        panic!("it is documented")
    };
    assert_eq!(status.error, data_table::GetDataTableError::NotFound(not_found));
    // A response that breaks off is asked for again; so is one that does not come. The page is not.
    let error = get().send(&client).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(mock.requests().len(), 4);
    let times: Vec<u128> = mock.requests().iter().map(|sent| sent.at.as_millis()).collect();
    assert_eq!(times, [0, 0, 375, 31_125], "waits take no time but that of the mock");
}

/// Sends each change of `today` and returns what became of it, by the change.
async fn live_through(rows: &DataTableRows) -> BTreeMap<VariationKind, Vec<bool>> {
    let mut outcomes: BTreeMap<VariationKind, Vec<bool>> = BTreeMap::new();
    for response in forward_compatible_variations(StatusCode::OK, rows) {
        let mock = Mock::new();
        mock.on::<data_table_rows::GetDataTableRows>()
            .answer(response.response.clone());
        let result = data_table_rows::get(application(), table()).send(&client(&mock)).await;
        if let Ok(decoded) = &result {
            let sent: Json = decoded_body(decoded.body());
            let again: Json = from_str(&losant_data::runtime::to_string(&**decoded)).unwrap();
            assert!(
                sent.same(&again),
                "{:?} at {}: {sent} is now {again}",
                response.change,
                response.pointer
            );
        }
        outcomes.entry(response.change).or_default().push(result.is_ok());
    }
    outcomes
}

fn decoded_body(body: &[u8]) -> Json {
    losant_data::runtime::from_slice(body).unwrap()
}

#[tokio::test]
async fn a_client_accepts_forward_compatible_responses() {
    let text = r#"{"count":1,"sortDirection":"asc","items":[{"id":"575ed78e7ae143cd83dc4aab","level":5,"name":"n"}]}"#;
    let today: DataTableRows = from_str(text).unwrap();
    let outcomes = live_through(&today).await;
    // New properties and new values of enums are kept.
    assert_eq!(outcomes[&VariationKind::NewProperty], [true, true]);
    assert_eq!(outcomes[&VariationKind::NewEnumValue], [true]);
    // A null value of a required property that is not nullable is reported; everything else is kept.
    assert_eq!(outcomes[&VariationKind::Null].len(), 6);
    // An undocumented status, and a body that breaks off, are errors.
    assert_eq!(outcomes[&VariationKind::NewStatus], [false]);
    assert_eq!(outcomes[&VariationKind::TruncatedBody], [false]);
}

#[test]
fn a_union_keeps_an_unknown_value() {
    let one: DataTableRowInsertResult = from_str(r#"{"id":"575ed78e7ae143cd83dc4aab","level":5}"#).unwrap();
    let changes: Vec<VariationKind> = forward_compatible_variations(StatusCode::CREATED, &one)
        .iter()
        .map(|response| response.change)
        .collect();
    assert!(changes.contains(&VariationKind::NewProperty), "{changes:?}");
    let query = r#"{"$and":[{"level":{"$gt":5}}]}"#;
    let query: losant_data::schemas::AdvancedQuery = from_str(query).unwrap();
    let found = forward_compatible_variations(StatusCode::OK, &query);
    let subschemas = found
        .iter()
        .filter(|response| response.change == VariationKind::NewVariant);
    let pointers: Vec<&str> = subschemas.map(|response| response.pointer.as_str()).collect();
    assert!(pointers.contains(&"/$and/0/level"), "{pointers:?}");
}
