//! Several media types of a request beside several of its response, and several of JSON in one response.

use std::io::Read as _;

use case_json_media_types_of_a_response::operations::models::{self, ReportModelsError};
use case_request_and_response_media_types::operations::conversions::{
    self, ConvertAsCsvResponse, ConvertAsResultJsonResponse, ConvertBody, ConvertError, ConvertFormBody,
    ConvertMergePatchJsonBody, ConvertMultipartForm, ConvertResponse,
};
use case_request_and_response_media_types::runtime::{Error, Upload};

use crate::fake::{Fake, Step};
use crate::{body, clients, sent_headers};

const JSON: &str = "application/json";
const CSV: &str = "text/csv";

/// Each request body with each response body.
#[tokio::test]
async fn each_request_has_every_response() {
    let answers = [
        body(JSON, r#"{"rows":1}"#),
        body(CSV, "a\n"),
        body("application/vnd.result+json", r#"{"lines":2}"#),
    ];
    let fake = Fake::new(answers.iter().cycle().take(18).cloned());
    let (client, blocking) = clients!(case_request_and_response_media_types, &fake);
    macro_rules! all {
        ($request:expr) => {{
            let json = $request.send(&client).await.unwrap().into_inner();
            assert!(matches!(json, ConvertResponse::Ok(result) if result.rows == Some(1)));
            let csv = $request.as_csv().send_blocking(&blocking).unwrap();
            assert_eq!(*csv, ConvertAsCsvResponse::Ok("a\n".to_owned()));
            let lines = $request.as_result_json().send(&client).await.unwrap().into_inner();
            assert!(matches!(lines, ConvertAsResultJsonResponse::Ok(result) if result.lines == Some(2)));
        }};
    }
    all!(conversions::convert(ConvertBody::default()));
    all!(conversions::convert_merge_patch_json(
        ConvertMergePatchJsonBody::default()
    ));
    all!(conversions::convert_text("t"));
    all!(conversions::convert_form(ConvertFormBody::default()));
    all!(conversions::convert_multipart(ConvertMultipartForm::new().file("f")));
    all!(conversions::convert_zip(Upload::from("z")));
    let asked = sent_headers(&fake, "accept");
    assert_eq!(asked, [JSON, CSV, "application/vnd.result+json"].repeat(6));
    let sent = sent_headers(&fake, "content-type");
    let starts = [
        JSON,
        "application/merge-patch+json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=",
        "application/zip",
    ];
    for (sent, start) in sent.chunks(3).zip(starts) {
        assert!(sent.iter().all(|sent| sent.starts_with(start)), "{sent:?}");
    }
}

#[tokio::test]
async fn each_request_has_every_stream_and_failure() {
    let fake = Fake::new([
        body("image/png", "PNG"),
        body("application/x-ndjson", "{\"rows\":1}\n{\"rows\":2}\n"),
        Step::json(409, r#"{"by":"me"}"#),
        Step::response(202, ""),
    ]);
    let (client, blocking) = clients!(case_request_and_response_media_types, &fake);
    let mut text = String::new();
    let mut png = conversions::convert_zip("z")
        .as_png()
        .stream_blocking(&blocking)
        .unwrap();
    png.read_to_string(&mut text).unwrap();
    assert_eq!(text, "PNG");
    let mut lines = conversions::convert_text("t")
        .lines(&client)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(lines.next().await.unwrap().unwrap().rows, Some(1));
    assert_eq!(lines.next().await.unwrap().unwrap().rows, Some(2));
    let failure = conversions::convert_text("t").as_csv().send(&client).await;
    let Err(Error::Status(failure)) = failure else { panic!() };
    assert!(matches!(&failure.error, ConvertError::Conflict(found) if found.by.as_deref() == Some("me")));
    let accepted = conversions::convert_text("t").as_csv().send(&client).await.unwrap();
    assert_eq!(*accepted, ConvertAsCsvResponse::Accepted);
}

/// Whatever their order in the document, the first by name is what `send` asks for.
#[tokio::test]
async fn each_of_two_is_asked_for_and_read() {
    const V2: &str = "application/vnd.acme.v2+json";
    const V3: &str = "application/vnd.acme.v3+json";
    let fake = Fake::new([
        body(V2, r#"{"old":"o"}"#),
        body(V3, r#"{"fresh":"n"}"#),
        // A server may not say which it is.
        Step::json(200, r#"{"fresh":"n"}"#),
        body(V3, r#"{"fresh":"n"}"#),
        body(V2, r#"{"old":"o"}"#),
    ]);
    let (client, blocking) = clients!(case_json_media_types_of_a_response, &fake);
    let model = models::model().send(&client).await.unwrap();
    assert_eq!(model.old.as_deref(), Some("o"));
    let model = models::model().as_acme_v3_json().send(&client).await.unwrap();
    assert_eq!(model.fresh.as_deref(), Some("n"));
    let model = models::model().as_acme_v3_json().send_blocking(&blocking).unwrap();
    assert_eq!(model.fresh.as_deref(), Some("n"));
    // What was not asked for is not taken for what was, though its properties would fit.
    for error in [
        models::model().send(&client).await.unwrap_err(),
        models::model().as_acme_v3_json().send_blocking(&blocking).unwrap_err(),
    ] {
        let error = format!("{error:#}");
        assert!(error.contains("application/vnd.acme.v"), "{error}");
    }
    // The failure comes in version 3 alone, so a success may, if it has to.
    let both = format!("{V2}, {V3};q=0.9");
    assert_eq!(sent_headers(&fake, "accept"), [&both, V3, V3, &both, V3]);
}

#[tokio::test]
async fn parameters_tell_media_types_apart() {
    const V1: &str = "application/json; version=1";
    const V2: &str = "application/json; version=2";
    let fake = Fake::new([
        body("application/json; charset=utf-8", r#"{"rows":1}"#),
        body("application/json;version=1;charset=utf-8", r#"{"words":2}"#),
        body("Application/JSON; Version=\"2\"", r#"{"lines":3}"#),
        body(V1, r#"{"words":2}"#),
        body(V2, r#"{"lines":3}"#),
        body("text/plain", "{}"),
        body("text/plain", "{}"),
    ]);
    let (client, _) = clients!(case_json_media_types_of_a_response, &fake);
    assert_eq!(models::report().send(&client).await.unwrap().rows, Some(1));
    assert_eq!(
        models::report().as_json_version_1().send(&client).await.unwrap().words,
        Some(2)
    );
    assert_eq!(
        models::report().as_json_version_2().send(&client).await.unwrap().lines,
        Some(3)
    );
    assert!(models::report().send(&client).await.is_err());
    assert!(models::report().as_json_version_1().send(&client).await.is_err());
    // Text that could be JSON is text, where the document has both.
    assert!(models::report().send(&client).await.is_err());
    assert_eq!(*models::report().as_text().send(&client).await.unwrap(), "{}");
    assert_eq!(
        sent_headers(&fake, "accept"),
        [JSON, V1, V2, JSON, V1, JSON, "text/plain; charset=utf-8"]
    );
}

/// A failure is read as one media type; another one is not taken for it.
#[tokio::test]
async fn a_failure_is_read_as_one_media_type() {
    let fake = Fake::new([
        Step::json(409, r#"{"by":"me"}"#),
        Step::response(409, r#"{"title":"busy"}"#).header("content-type", "application/problem+json"),
    ]);
    let (client, _) = clients!(case_json_media_types_of_a_response, &fake);
    let Err(Error::Status(error)) = models::report().send(&client).await else {
        panic!()
    };
    assert!(matches!(&error.error, ReportModelsError::Conflict(found) if found.by.as_deref() == Some("me")));
    let Err(Error::Decode(error)) = models::report().send(&client).await else {
        panic!()
    };
    assert_eq!(error.response.body, r#"{"title":"busy"}"#);
}
