//! What a response says of its body, compared with what the document describes.

use apicrate_runtime::RawResponse;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};

fn response(content_type: Option<&'static str>) -> RawResponse {
    let mut headers = HeaderMap::new();
    if let Some(value) = content_type {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(value));
    }
    RawResponse {
        status: StatusCode::OK,
        headers,
        body: Bytes::new(),
    }
}

#[test]
fn what_is_described_as_something_else_is_not_taken() {
    const JSON: &str = "application/json";
    const V1: &str = "application/json; version=1";
    const V2: &str = "application/json; version=2";
    // What the response says, what is wanted, what else is described, and whether it is taken.
    let table: [(Option<&str>, &str, &[&str], bool); 16] = [
        (None, V1, &[V2, JSON], true),
        (Some(""), V1, &[V2, JSON], true),
        (Some(V1), V1, &[V2, JSON], true),
        (Some(V2), V1, &[V2, JSON], false),
        (Some(V2), JSON, &[V1, V2], false),
        (Some(JSON), JSON, &[V1, V2], true),
        (Some(JSON), V1, &[V2, JSON], false),
        (Some(JSON), V1, &[V2], true),
        // A version that nobody described is none of the others.
        (Some("application/json; version=3"), V1, &[V2], true),
        (Some("application/json; version=3"), V1, &[JSON], false),
        (Some("APPLICATION/JSON;Version=\"2\"; charset=utf-8"), V1, &[V2], false),
        (
            Some("application/json; charset=utf-8"),
            JSON,
            &["application/json; charset=latin1"],
            true,
        ),
        (Some("text/plain"), JSON, &["text/plain"], false),
        (Some("text/plain"), JSON, &["text/csv"], true),
        (Some("image/png"), "image/*", &["image/png"], false),
        (Some("image/jpeg"), "image/*", &["image/png", "*/*"], true),
    ];
    for (found, wanted, others, is_taken) in table {
        assert_eq!(
            response(found).unless(wanted, others).is_ok(),
            is_taken,
            "{found:?} as {wanted}"
        );
    }
}

#[test]
fn what_is_asked_for_alone_is_taken_alone() {
    const WITH: &str = "text/csv; header=present";
    const WITHOUT: &str = "text/csv; header=absent";
    let table: [(Option<&str>, &str, &[&str], bool); 8] = [
        (None, WITH, &[WITHOUT], true),
        (Some(""), WITH, &[WITHOUT], true),
        (Some("TEXT/CSV; charset=utf-8"), WITH, &[WITHOUT], true),
        (Some("text/csv"), WITH, &["text/csv"], false),
        (Some(WITHOUT), WITH, &[], false),
        (Some(WITHOUT), "text/csv", &[], true),
        (Some(WITHOUT), "text/csv", &[WITHOUT], false),
        (Some("application/json"), "text/csv", &[], false),
    ];
    for (found, wanted, others, is_taken) in table {
        assert_eq!(
            response(found).only(wanted, others).is_ok(),
            is_taken,
            "{found:?} as {wanted}"
        );
    }
}
