//! What becomes of a call that does not give its documented success.

use std::net::TcpListener;
use std::time::Duration;

use losant_data::ids::{ApplicationId, DataTableId, RowId};
use losant_data::operations::{data_table, data_table_rows, data_tables};
use losant_data::runtime::{Call, HasSchema as _, from_str};
use losant_data::schemas::{DataTablePost, DataTableRowInsert};
use losant_data::{Client, Error};
use tests::capture::{Answer, Server};

use crate::{builder, client, json};

const APPLICATION: &str = "575ec8687ae143cd83dc4a97";
const TABLE: &str = "575ed78e7ae143cd83dc4aab";

fn application() -> ApplicationId {
    APPLICATION.parse().unwrap()
}

fn table() -> DataTableId {
    TABLE.parse().unwrap()
}

#[tokio::test]
async fn a_documented_status_is_a_variant_of_its_operation() {
    let body = r#"{"type":"NotFound","message":"Data table was not found","hint":1}"#;
    let server = Server::start(json(404, body));
    let error = data_table::get(application(), table())
        .send(&client(&server))
        .await
        .unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.response().unwrap().body, body);
    assert!(format!("{error:#}").contains("404"), "{error}");
    let Error::Status(status) = &error else {
        panic!("{error:?}")
    };
    let data_table::GetDataTableError::NotFound(shape) = &status.error else {
        panic!("{error:?}")
    };
    assert_eq!(shape.type_.as_deref(), Some("NotFound"));
    assert_eq!(shape.message.as_deref(), Some("Data table was not found"));
    assert_eq!(
        shape.unknown_fields.get("hint").map(ToString::to_string).as_deref(),
        Some("1")
    );
    assert_eq!(
        status.response.headers["content-type"], "application/json",
        "the headers of the response stay at hand"
    );
}

#[tokio::test]
async fn the_status_alone_decides_which_variant() {
    // The body claims another error than the status does.
    let server = Server::start(json(400, r#"{"type":"NotFound","message":"m"}"#));
    let error = data_table::get(application(), table())
        .send(&client(&server))
        .await
        .unwrap_err();
    let Error::Status(status) = &error else {
        panic!("{error:?}")
    };
    assert!(
        matches!(status.error, data_table::GetDataTableError::BadRequest(_)),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_undocumented_status_keeps_its_body() {
    let server = Server::start(json(500, "out of order"));
    let error = data_table::get(application(), table())
        .send(&client(&server))
        .await
        .unwrap_err();
    let Error::Undocumented(response) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(response.status.as_u16(), 500);
    assert_eq!(response.body, "out of order");
    assert!(format!("{error:#}").contains("out of order"), "{error}");
}

#[tokio::test]
async fn a_success_that_is_none_of_the_documented_is_undocumented() {
    // The operation documents 201 alone.
    let server = Server::start(json(200, "{}"));
    let call = data_tables::post(application(), DataTablePost::new("T"));
    let error = call.send(&client(&server)).await.unwrap_err();
    assert!(matches!(error, Error::Undocumented(_)), "{error:?}");
}

#[tokio::test]
async fn a_response_of_the_wrong_shape_says_where() {
    let server = Server::start(json(200, r#"{"items":[{"name":"a"},{"name":5}]}"#));
    let error = data_tables::get(application())
        .send(&client(&server))
        .await
        .unwrap_err();
    let Error::Decode(undecodable) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(undecodable.error.pointer(), "/items/1/name");
    assert!(!undecodable.error.is_syntax());
    assert_eq!(undecodable.response.status.as_u16(), 200);
    assert!(format!("{error:#}").contains("/items/1/name"), "{error}");
}

#[tokio::test]
async fn a_response_that_is_no_json_says_where() {
    let body = r#"{"items":[{"name":"a"},{"name":"b"#;
    let server = Server::start(json(200, body));
    let error = data_tables::get(application())
        .send(&client(&server))
        .await
        .unwrap_err();
    let Error::Decode(undecodable) = &error else {
        panic!("{error:?}")
    };
    assert!(undecodable.error.is_syntax());
    assert_eq!(undecodable.error.pointer(), "/items/1/name");
    assert_eq!(undecodable.response.body, body);
}

#[tokio::test]
async fn a_documented_failure_that_is_no_json_keeps_status_and_body() {
    let server = Server::start(json(404, "<html>not here</html>"));
    let error = data_table::get(application(), table())
        .send(&client(&server))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.response().unwrap().body, "<html>not here</html>");
}

#[test]
fn an_id_of_the_wrong_form_cannot_be_made() {
    for text in [
        "",
        "575ec8687ae143cd83dc4a9",
        "575ec8687ae143cd83dc4a977",
        "575ec8687ae143cd83dc4a9x",
        "../../me",
        "575ec8687ae143cd83dc4a97\n",
    ] {
        assert!(text.parse::<ApplicationId>().is_err(), "{text:?}");
        assert!(text.parse::<DataTableId>().is_err(), "{text:?}");
        assert!(RowId::try_from(text).is_err(), "{text:?}");
    }
}

#[tokio::test]
async fn an_id_that_came_in_a_response_is_checked_when_it_is_sent() {
    let server = Server::start(json(200, "{}"));
    let id: ApplicationId = from_str(r#""of a newer server""#).unwrap();
    let error = data_tables::get(id).send(&client(&server)).await.unwrap_err();
    let Error::Invalid(invalid) = &error else {
        panic!("{error:?}")
    };
    assert!(invalid.faults[0].place.contains("applicationId"), "{error:?}");
    assert_eq!(server.take(), []);
}

#[tokio::test]
async fn a_body_that_breaks_its_schema_is_not_sent() {
    let server = Server::start(json(201, r#"{"name":""}"#));
    let client = client(&server);
    let call = data_tables::post(application(), DataTablePost::new(""));
    let error = call.clone().send(&client).await.unwrap_err();
    let Error::Invalid(invalid) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(invalid.faults.len(), 1, "{error:?}");
    assert_eq!(invalid.faults[0].place, "body");
    assert_eq!(invalid.faults[0].pointer, "/name");
    assert_eq!(server.take(), []);

    let response = client.call_unchecked(&call).await.unwrap();
    assert_eq!(response.status().as_u16(), 201);
    let requests = server.take();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].body, br#"{"name":""}"#);
}

#[tokio::test]
async fn every_fault_of_a_request_is_reported_at_once() {
    let server = Server::start(json(201, "{}"));
    let id: ApplicationId = from_str(r#""no id""#).unwrap();
    let text = r#"{"name":"","columns":[{"name":"a b","dataType":"string","constraint":"seldom"}],"more":1}"#;
    let body: DataTablePost = from_str(text).unwrap();
    let error = data_tables::post(id, body).send(&client(&server)).await.unwrap_err();
    let Error::Invalid(invalid) = &error else {
        panic!("{error:?}")
    };
    let places: Vec<String> = invalid
        .faults
        .iter()
        .map(|fault| format!("{}{}", fault.place, fault.pointer))
        .collect();
    for wanted in [
        "path parameter \"applicationId\"",
        "body/name",
        "body/columns/0/name",
        "body/more",
    ] {
        assert!(
            places.iter().any(|place| place == wanted),
            "{wanted} is not among {places:?}"
        );
    }
    // An enum value that was decoded may be sent back.
    assert!(places.iter().all(|place| !place.ends_with("/constraint")), "{places:?}");
    assert_eq!(server.take(), []);
}

#[tokio::test]
async fn a_decoded_body_of_no_variant_is_sent_as_received() {
    let server = Server::start(json(201, "{}"));
    let body: DataTableRowInsert = from_str("5").unwrap();
    assert!(!body.validate().is_empty(), "no variant takes a number");
    let call = data_table_rows::post(application(), table(), body);
    call.send(&client(&server)).await.unwrap();
    assert_eq!(server.take()[0].body, b"5");
}

#[tokio::test]
async fn a_connection_that_is_refused_is_a_transport_error() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::builder().base_url(url).build().unwrap();
    let error = data_tables::get(application()).send(&client).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(!error.is_timeout());
    assert!(error.status().is_none());
    assert!(
        !format!("{error:#}").contains(APPLICATION),
        "the message has the URL: {error}"
    );
}

#[tokio::test]
async fn a_response_that_breaks_off_is_a_transport_error() {
    let server = Server::start(Answer::BreaksOff);
    let error = data_tables::get(application())
        .send(&client(&server))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(!error.is_timeout());
}

#[tokio::test]
async fn a_server_that_says_nothing_is_a_timeout() {
    let server = Server::start(Answer::Silence);
    let client = builder(&server).timeout(Duration::from_millis(300)).build().unwrap();
    let error = data_tables::get(application()).send(&client).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn without_a_token_no_credentials_are_sent() {
    let server = Server::start(json(200, "{}"));
    let client = Client::builder().base_url(server.url()).build().unwrap();
    data_tables::get(application()).send(&client).await.unwrap();
    assert!(server.take()[0].header("Authorization").is_empty());
}

#[tokio::test]
async fn a_slash_behind_the_base_url_does_not_double() {
    let server = Server::start(json(200, "{}"));
    let client = Client::builder()
        .base_url(format!("{}/v1/", server.url()))
        .build()
        .unwrap();
    data_tables::get(application()).send(&client).await.unwrap();
    let path = format!("/v1/applications/{APPLICATION}/data-tables");
    assert_eq!(server.take()[0].path, path);
}

#[test]
fn a_token_shows_in_no_debug_output() {
    let builder = Client::builder().token("se.cr.et");
    assert!(!format!("{builder:?}").contains("se.cr.et"));
    let client = builder.build().unwrap();
    assert!(!format!("{client:?}").contains("se.cr.et"));
}

#[test]
fn the_same_request_can_be_made_and_its_response_decoded_without_a_socket() {
    let base = Client::builder().token("t").request_defaults().unwrap();
    let call = data_table::get(application(), table()).links(true);
    let request = call.into_http(&base).unwrap();
    assert_eq!(
        request.uri().to_string(),
        format!("https://api.losant.com/applications/{APPLICATION}/data-tables/{TABLE}?_links=true")
    );
    let response = http::Response::new(bytes::Bytes::from_static(br#"{"name":"T"}"#));
    let response = data_table::GetDataTable::decode(response).unwrap();
    assert_eq!(response.name.as_deref(), Some("T"));
    assert_eq!(
        data_table::get(application(), table()).operation().path,
        "/applications/{applicationId}/data-tables/{dataTableId}"
    );
}
