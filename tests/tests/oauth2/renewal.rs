//! When a token is asked for, to the millisecond, and what becomes of a call that gets none.

use std::sync::{Arc, Mutex};

use case_oauth2_flows::operations::notes;
use case_oauth2_flows::runtime::{Backoff, Grant, Redirects, TokenError, TransportKind};
use http::StatusCode;

use crate::fake::{Fake, Step};
use crate::{blocking, client, done, over, story, token, unauthorized, wait};

#[tokio::test]
async fn a_token_is_used_until_half_a_minute_before_its_end() {
    let fake = Fake::new([token("a", 3600), done(), done(), token("b", 3600), done()]);
    let client = client(&fake);
    notes::get_notes().send(&client).await.unwrap();
    wait(&fake, 3_569_999);
    notes::get_notes().send(&client).await.unwrap();
    wait(&fake, 1);
    notes::get_notes().send(&client).await.unwrap();
    assert_eq!(fake.times(), [0, 0, 3_569_999, 3_570_000, 3_570_000]);
    let expected = ["a", "a", "b"].map(|token| format!("/v1/notes Bearer {token}"));
    let calls = story(&fake).into_iter().filter(|line| line.starts_with("/v1"));
    assert_eq!(calls.collect::<Vec<_>>(), expected);
}

#[test]
fn a_blocking_client_keeps_the_same_times() {
    let fake = Fake::new([token("a", 3600), done(), done(), token("b", 3600), done()]);
    let client = blocking(&fake);
    notes::get_notes().send_blocking(&client).unwrap();
    wait(&fake, 3_569_999);
    notes::get_notes().send_blocking(&client).unwrap();
    wait(&fake, 1);
    notes::get_notes().send_blocking(&client).unwrap();
    assert_eq!(fake.times(), [0, 0, 3_569_999, 3_570_000, 3_570_000]);
}

#[tokio::test]
async fn a_life_is_counted_from_the_request_for_it() {
    // Five seconds on its way; a life of 40 seconds is used for half of it.
    let fake = Fake::new([token("a", 40).after(5000), done(), done(), token("b", 40), done()]);
    let client = client(&fake);
    notes::get_notes().send(&client).await.unwrap();
    wait(&fake, 14_999);
    notes::get_notes().send(&client).await.unwrap();
    wait(&fake, 1);
    notes::get_notes().send(&client).await.unwrap();
    assert_eq!(fake.times(), [0, 5000, 19_999, 20_000, 20_000]);
}

#[tokio::test]
async fn an_expiry_can_be_written_in_other_formats() {
    for (life, until) in [
        ("\"60\"", 30_000),
        ("60.0", 30_000),
        ("6e1", 30_000),
        ("0", 0),
        ("-5", 0),
    ] {
        let body = format!(r#"{{"access_token":"a","token_type":"Bearer","expires_in":{life}}}"#);
        let fake = Fake::new([Step::json(200, &body), done(), token("b", 60), done()]);
        let client = client(&fake);
        notes::get_notes().send(&client).await.unwrap();
        wait(&fake, until);
        notes::get_notes().send(&client).await.unwrap();
        assert_eq!(story(&fake)[3], "/v1/notes Bearer b", "{life}");
    }
    // One that is not said has no end, as far as is known.
    for rest in [
        "",
        r#","expires_in":null"#,
        r#","expires_in":"soon""#,
        r#","expires_in":1e300"#,
        r#","expires_in":1.8e19"#,
    ] {
        let body = format!(r#"{{"access_token":"a","token_type":"Bearer"{rest}}}"#);
        let fake = Fake::new([Step::json(200, &body), done(), done()]);
        let client = client(&fake);
        notes::get_notes().send(&client).await.unwrap();
        wait(&fake, 1_000_000_000);
        notes::get_notes().send(&client).await.unwrap();
        assert_eq!(story(&fake)[2], "/v1/notes Bearer a", "{rest}");
    }
}

#[tokio::test]
async fn a_token_that_is_refused_is_replaced_once() {
    let refused = || Step::json(401, "{}");
    let fake = Fake::new([token("a", 3600), done(), refused(), token("b", 3600), done(), done()]);
    let client = client(&fake);
    notes::get_notes().send(&client).await.unwrap();
    // What has effects too: a server that refuses has done nothing.
    notes::add_note().send(&client).await.unwrap();
    notes::get_notes().send(&client).await.unwrap();
    let calls = story(&fake);
    let calls: Vec<&str> = calls
        .iter()
        .filter_map(|line| line.strip_prefix("/v1/notes "))
        .collect();
    assert_eq!(calls, ["Bearer a", "Bearer a", "Bearer b", "Bearer b"]);

    // Refused again, the response is what the call comes to.
    fake.play([refused(), token("c", 3600), refused()]);
    let error = notes::get_notes().send(&client).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(story(&fake).len(), 9);
    // And that token is not used for the next call either, if it is refused there.
    fake.play([refused(), token("d", 3600), done()]);
    notes::get_notes().send(&client).await.unwrap();
    assert_eq!(story(&fake).last().unwrap(), "/v1/notes Bearer d");
}

#[test]
fn a_blocking_client_replaces_it_too() {
    let refused = || Step::json(401, "{}");
    let fake = Fake::new([token("a", 3600), refused(), token("b", 3600), done()]);
    notes::get_notes().send_blocking(&blocking(&fake)).unwrap();
    assert_eq!(story(&fake)[3], "/v1/notes Bearer b");
    let fake = Fake::new([
        token("a", 3600),
        refused(),
        Step::json(400, r#"{"error":"invalid_client"}"#),
    ]);
    let error = notes::get_notes().send_blocking(&blocking(&fake)).unwrap_err();
    assert_eq!(unauthorized(error).kind, TransportKind::Authorization);
}

#[tokio::test]
async fn a_token_that_was_set_is_not_replaced() {
    let fake = Fake::new([Step::json(401, "{}")]);
    let client = over(&fake).token("ready").build().unwrap();
    let error = notes::get_notes().send(&client).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(story(&fake), ["/v1/notes Bearer ready"]);
}

#[tokio::test]
async fn another_origin_gets_no_token_and_gives_no_new_one() {
    let moved = Step::json(307, "{}").header("location", "https://elsewhere.example/notes");
    let fake = Fake::new([token("a", 3600), moved, Step::json(401, "{}")]);
    let any = |options: case_oauth2_flows::runtime::Options| options.redirects(Redirects::AnyOrigin);
    let error = notes::get_notes().send(&client(&fake).with(any)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(story(&fake)[2], "/notes");
    assert_eq!(story(&fake).len(), 3);
}

#[tokio::test]
async fn a_new_refresh_token_takes_the_place_of_the_old() {
    let reported = Arc::new(Mutex::new(Vec::new()));
    let with_refresh = |token: &str, refresh: &str| {
        let body = format!(
            r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":60,"refresh_token":"{refresh}"}}"#
        );
        Step::json(200, &body)
    };
    let fake = Fake::new([
        with_refresh("a", "second"),
        done(),
        with_refresh("b", "second"),
        done(),
        token("c", 60),
        done(),
    ]);
    let kept = Arc::clone(&reported);
    let grant =
        Grant::refresh_token("app", "first").on_refresh_token(move |token| kept.lock().unwrap().push(token.to_owned()));
    let client = over(&fake).grant(grant).build().unwrap();
    for _ in 0..3 {
        notes::get_notes().send(&client).await.unwrap();
        wait(&fake, 30_000);
    }
    let bodies: Vec<String> = fake
        .sent()
        .iter()
        .filter(|sent| sent.request.method() == "POST")
        .map(|sent| String::from_utf8(sent.request.body().to_vec()).unwrap())
        .collect();
    let expected = ["first", "second", "second"]
        .map(|token| format!("grant_type=refresh_token&refresh_token={token}&client_id=app"));
    assert_eq!(bodies, expected);
    assert_eq!(*reported.lock().unwrap(), ["second"]);
}

#[tokio::test]
async fn an_endpoint_that_refuses_is_an_error_of_its_own() {
    let body = r#"{"error":"invalid_client","error_description":"Client authentication failed"}"#;
    let fake = Fake::new([Step::json(401, body)]);
    let error = notes::add_note().send(&client(&fake)).await.unwrap_err();
    assert_eq!(error.status(), None, "it is not the API that answered");
    let text = "the credentials for the call could not be obtained: the token endpoint answered 401 Unauthorized: \
                invalid_client: Client authentication failed";
    assert_eq!(format!("{error:#}"), text);
    assert_eq!(tests::errors::chain(&error).len(), 2);
    let error = unauthorized(error);
    let source: &TokenError = error.source.downcast_ref().unwrap();
    assert_eq!(source.status, StatusCode::UNAUTHORIZED);
    assert_eq!(source.code.as_deref(), Some("invalid_client"));
    assert_eq!(source.description.as_deref(), Some("Client authentication failed"));
    assert_eq!(fake.sent().len(), 1, "the API was not called");
    // The next call asks anew.
    fake.play([token("a", 60), done()]);
    notes::add_note().send(&client(&fake)).await.unwrap();
}

#[tokio::test]
async fn what_is_no_token_is_no_success() {
    for body in [
        "<html>",
        "{}",
        "[]",
        r#"{"access_token":""}"#,
        r#"{"access_token":5}"#,
        r#"{"access_token":"a\nb"}"#,
    ] {
        let fake = Fake::new([Step::json(200, body)]);
        let error = notes::get_notes().send(&client(&fake)).await.unwrap_err();
        let error = unauthorized(error);
        assert!(format!("{error:#}").contains("no bearer token"), "{error:#}");
    }
}

#[tokio::test]
async fn asking_for_itself_is_tried_again_and_by_a_refresh_token_is_not() {
    let busy = || Step::json(503, "{}");
    let fake = Fake::new([busy(), Step::fail(TransportKind::Interrupted), token("a", 60), done()]);
    notes::add_note().send(&client(&fake)).await.unwrap();
    assert_eq!(fake.times(), [0, 375, 1125, 1125]);

    // It may be good for one request alone.
    let fake = Fake::new([busy()]);
    let by_refresh = |fake: &Fake| over(fake).refresh_token("a", None, "r").build().unwrap();
    let error = notes::get_notes().send(&by_refresh(&fake)).await.unwrap_err();
    assert!(crate::words(&unauthorized(error)).contains("503"));
    // But where there was no connection, it was not used.
    let fake = Fake::new([Step::fail(TransportKind::Connect), token("a", 60), done()]);
    notes::get_notes().send(&by_refresh(&fake)).await.unwrap();
    assert_eq!(fake.times(), [0, 375, 375]);
}

#[tokio::test]
async fn a_call_has_its_time_for_both() {
    let fake = Fake::new([Step::stall()]);
    let limited = client(&fake).with(|options| options.retry(Backoff::never()));
    let error = notes::get_notes().send(&limited).await.unwrap_err();
    // The limit of an attempt.
    assert_eq!(fake.milliseconds(), 30_000);
    assert!(crate::words(&unauthorized(error)).contains("ran out of time"));

    let fake = Fake::new([token("a", 60).after(1000), Step::stall()]);
    let limited = client(&fake).with(|options| options.timeout(std::time::Duration::from_millis(2500)));
    let error = notes::get_notes().send(&limited).await.unwrap_err();
    assert_eq!(fake.milliseconds(), 2500);
    assert!(error.is_timeout(), "{error:?}");
}

#[test]
fn a_blocking_call_has_its_time_for_both() {
    let fake = Fake::new([token("a", 60).after(1000), Step::stall()]);
    let limited = blocking(&fake).with(|options| options.timeout(std::time::Duration::from_millis(2500)));
    let error = notes::get_notes().send_blocking(&limited).unwrap_err();
    assert_eq!(fake.milliseconds(), 2500);
    assert!(error.is_timeout(), "{error:?}");
    let fake = Fake::new([Step::stall()]);
    let limited = blocking(&fake).with(|options| options.timeout(std::time::Duration::from_millis(2500)));
    let error = notes::get_notes().send_blocking(&limited).unwrap_err();
    assert_eq!(fake.milliseconds(), 2500);
    assert!(crate::words(&unauthorized(error)).contains("ran out of time"));
}
