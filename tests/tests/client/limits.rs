//! Limits of time and size, and responses that do not come to their end.

use std::time::Duration;

use losant_data::Error;
use losant_data::operations::data_tables;
use losant_data::runtime::{NoFailure, TransportError, TransportKind};

use crate::fake::{Fake, Step};
use crate::{application, blocking, builder, client};

fn transport<E: std::fmt::Debug>(error: Error<E>) -> TransportError {
    match error {
        Error::Transport(error) => *error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_attempt_has_a_limit_and_so_has_the_call() {
    let fake = Fake::new([Step::stall(), Step::stall()]);
    let error = data_tables::get(application()).send(&client(&fake)).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    // The first attempt has 30 seconds, the second what is left of 60.
    assert_eq!(fake.times(), [0, 30_375]);
    assert_eq!(fake.milliseconds(), 60_000);
    assert_eq!(transport(error).attempts, 2);
}

#[test]
fn a_blocking_client_keeps_to_the_same_limits() {
    let fake = Fake::new([Step::stall(), Step::response(200, "{\"it").stalled()]);
    let call = data_tables::get(application());
    let error = call.send_blocking(&blocking(&fake)).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(fake.times(), [0, 30_375]);
    assert_eq!(fake.milliseconds(), 60_000);
    assert_eq!(error.response().unwrap().body, "{\"it", "what came is kept");
}

#[tokio::test]
async fn the_limit_holds_up_to_the_last_byte() {
    let slow = |last| Step::json(200, r#"{"items""#).then(20_000, ":[").then(last, "]}");
    let fake = Fake::new([slow(9_999), slow(10_001), slow(9_999), slow(10_001)]);
    let once = |options: losant_data::runtime::Options| options.retry(losant_data::runtime::Backoff::never());
    let client = client(&fake).with(once);
    data_tables::get(application()).send(&client).await.unwrap();
    let error = data_tables::get(application()).send(&client).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.response().unwrap().body, r#"{"items":["#);
    let client = blocking(&fake).with(once);
    data_tables::get(application()).send_blocking(&client).unwrap();
    let error = data_tables::get(application()).send_blocking(&client).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(fake.milliseconds(), 2 * (29_999 + 30_000));
}

#[tokio::test]
async fn one_call_can_have_limits_of_its_own() {
    let fake = Fake::new([Step::stall()]);
    let client = client(&fake).with(|options| options.timeout(Duration::from_millis(250)));
    let error = data_tables::get(application()).send(&client).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(fake.milliseconds(), 250);
}

#[tokio::test]
async fn a_response_that_breaks_off_keeps_what_came() {
    let cut = || Step::json(200, r#"{"items":[{"na"#).cut();
    for end in [cut(), Step::json(200, r#"{"items":[{"na"#).stalled()] {
        let fake = Fake::new([cut(), cut(), end]);
        let error = data_tables::get(application()).send(&client(&fake)).await.unwrap_err();
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.response().unwrap().body, r#"{"items":[{"na"#);
        assert!(error.to_string().contains("3 times in a row"), "{error}");
        let error = transport(error);
        assert!(matches!(
            error.kind,
            TransportKind::Interrupted | TransportKind::Timeout
        ));
        assert_eq!(error.response.unwrap().headers["content-type"], "application/json");
    }
}

#[tokio::test]
async fn a_response_may_not_be_larger_than_the_caller_allows() {
    let fake = Fake::new([Step::json(200, r#"{"items":[]}"#), Step::json(200, r#"{"items":[]}"#)]);
    let client = builder(&fake)
        .options(|options| options.max_response_size(11))
        .build()
        .unwrap();
    let error = transport(data_tables::get(application()).send(&client).await.unwrap_err());
    assert_eq!(error.kind, TransportKind::TooLarge);
    assert_eq!(error.response.unwrap().body, r#"{"items":[]"#);
    assert_eq!(fake.times(), [0], "it would be no smaller the next time");
    let client = client.with(|options| options.max_response_size(12));
    data_tables::get(application()).send(&client).await.unwrap();
}

#[tokio::test]
async fn a_body_of_another_media_type_is_not_read_as_json() {
    for (media_type, is_read) in [
        ("application/json", true),
        ("Application/JSON; charset=utf-8", true),
        ("application/problem+json", true),
        ("text/plain", true),
        ("text/html; charset=utf-8", false),
        ("application/xml", false),
        ("image/png", false),
    ] {
        let fake = Fake::new([Step::response(200, r#"{"items":[]}"#).header("content-type", media_type)]);
        let result = data_tables::get(application()).send(&client(&fake)).await;
        assert_eq!(result.is_ok(), is_read, "{media_type}");
        if let Err(error) = result {
            assert!(matches!(error, Error::Decode(_)), "{error:?}");
            assert!(format!("{error:#}").contains("the media type"), "{error:#}");
            assert_eq!(error.response().unwrap().body, r#"{"items":[]}"#);
        }
    }
}

#[test]
fn every_kind_of_failure_says_what_happened() {
    for (kind, words) in [
        (TransportKind::Connect, "no connection"),
        (TransportKind::Timeout, "out of time"),
        (TransportKind::Interrupted, "before the response was complete"),
        (TransportKind::TooLarge, "larger than is allowed"),
        (TransportKind::Stopped, "an interceptor"),
        (TransportKind::Unsendable, "cannot be sent"),
    ] {
        let error: Error<NoFailure> = Error::Transport(Box::new(TransportError::new(kind, "its cause")));
        assert!(error.to_string().contains(words), "{error}");
        assert!(format!("{error:#}").ends_with(": its cause"), "{error:#}");
    }
}
