//! Several media types for one response.

use std::io::Read as _;

use case_several_response_media_types::operations::tables::{
    self, ExportTablesAsCsv, ExportTablesAsCsvResponse, ExportTablesAsPngResponse, ExportTablesAsTableJsonResponse,
    ExportTablesError, ExportTablesResponse,
};
use case_several_response_media_types::runtime::Call as _;
use case_several_response_media_types::runtime::{Error, RequestDefaults};

use crate::fake::{Fake, Step};
use crate::{body, clients, sent_headers};

#[tokio::test]
async fn each_media_type_has_a_request_of_its_own() {
    let fake = Fake::new([
        Step::json(200, r#"{"rows":2}"#),
        body("text/csv; charset=utf-8", "a,b\n1,2\n"),
        Step::response(200, "a,b\n"),
        body("application/vnd.table+json", r#"{"columns":["a","b"]}"#),
        body("image/png", "\u{1}PNG"),
        body("image/png", "\u{1}P").then(10, "NG"),
        body("text/csv", "a").then(10, ",b"),
    ]);
    let (client, blocking) = clients!(case_several_response_media_types, &fake);
    let export = || tables::export("t").body("now");
    let json = export().send(&client).await.unwrap().into_inner();
    assert!(matches!(json, ExportTablesResponse::Ok(table) if table.rows == 2));
    let csv = export().as_csv().send(&client).await.unwrap();
    assert_eq!(*csv, ExportTablesAsCsvResponse::Ok("a,b\n1,2\n".to_owned()));
    let unsaid = export().as_csv().send_blocking(&blocking).unwrap();
    assert_eq!(
        *unsaid,
        ExportTablesAsCsvResponse::Ok("a,b\n".to_owned()),
        "a response may say nothing of itself"
    );
    let columns = export().as_table_json().send(&client).await.unwrap().into_inner();
    assert!(matches!(columns, ExportTablesAsTableJsonResponse::Ok(table) if table.columns == ["a", "b"]));
    let png = export().as_png().send(&client).await.unwrap();
    assert_eq!(*png, ExportTablesAsPngResponse::Ok("\u{1}PNG".into()));
    let mut text = String::new();
    let mut png = export().as_png().stream_blocking(&blocking).unwrap();
    png.read_to_string(&mut text).unwrap();
    assert_eq!(text, "\u{1}PNG");
    let mut csv = export().as_csv().stream(&client).await.unwrap();
    assert_eq!(csv.chunk().await.unwrap().unwrap(), "a");
    assert_eq!(
        sent_headers(&fake, "accept"),
        [
            "application/json",
            "text/csv",
            "text/csv",
            "application/vnd.table+json",
            "image/png",
            "image/png",
            "text/csv"
        ]
    );
    for sent in fake.sent() {
        assert_eq!(
            (sent.request.uri().path(), sent.request.body().as_ref()),
            ("/tables/t", b"now".as_slice())
        );
    }
}

#[tokio::test]
async fn other_statuses_are_what_they_always_are() {
    let fake = Fake::new([
        Step::response(202, ""),
        Step::json(409, r#"{"by":"me"}"#),
        Step::response(202, ""),
        Step::json(409, r#"{"by":"me"}"#),
        Step::response(500, ""),
    ]);
    let (client, _) = clients!(case_several_response_media_types, &fake);
    let csv = || tables::export("t").as_csv();
    assert_eq!(*csv().send(&client).await.unwrap(), ExportTablesAsCsvResponse::Accepted);
    let Err(Error::Status(error)) = csv().send(&client).await else {
        panic!()
    };
    assert!(matches!(error.error, ExportTablesError::Conflict(found) if found.by.as_deref() == Some("me")));
    // There is no table to take while it comes in.
    let Err(Error::Decode(error)) = csv().stream(&client).await else {
        panic!()
    };
    assert!(error.error.to_string().contains("status 202"), "{}", error.error);
    assert!(matches!(csv().stream(&client).await, Err(Error::Status(_))));
    assert!(matches!(csv().stream(&client).await, Err(Error::Undocumented(_))));
}

#[tokio::test]
async fn a_response_of_another_media_type_is_not_taken_for_it() {
    let json = || Step::json(200, r#"{"rows":2}"#);
    let fake = Fake::new([json(), json(), json()]);
    let (client, blocking) = clients!(case_several_response_media_types, &fake);
    for error in [
        tables::export("t").as_csv().send(&client).await.unwrap_err(),
        tables::export("t").as_csv().stream(&client).await.unwrap_err(),
        tables::export("t").as_png().send_blocking(&blocking).unwrap_err(),
    ] {
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(format!("{error:#}").contains("application/json"), "{error}");
        assert_eq!(error.response().unwrap().body, r#"{"rows":2}"#);
    }
}

/// Without a client too.
#[test]
fn requests_and_responses_are_plain_data() {
    let base = RequestDefaults::new("http://localhost").unwrap();
    let request = tables::export("t").as_csv().into_http(&base).unwrap();
    assert_eq!(request.headers()["accept"], "text/csv");
    let response = http::Response::builder()
        .header("content-type", "TEXT/CSV")
        .body("a".into())
        .unwrap();
    assert_eq!(
        *ExportTablesAsCsv::decode(response).unwrap(),
        ExportTablesAsCsvResponse::Ok("a".to_owned())
    );
}
