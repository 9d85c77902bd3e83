//! When a call is tried again, and when it is not.

use std::time::Duration;

use losant_data::Error;
use losant_data::operations::{data_table, data_table_rows, data_tables};
use losant_data::runtime::{Attempt, Backoff, Outcome, RetryPolicy, TransportKind};
use losant_data::schemas::{DataTablePatch, DataTablePost};

use crate::fake::{Fake, Step};
use crate::{application, blocking, builder, client, table};

fn busy() -> Step {
    Step::json(503, r#"{"type":"Busy","message":"later"}"#)
}

fn tables() -> Step {
    Step::json(200, r#"{"items":[]}"#)
}

#[tokio::test]
async fn waits_double_and_are_shortened_by_chance() {
    let fake = Fake::new([busy(), busy(), tables()]);
    data_tables::get(application()).send(&client(&fake)).await.unwrap();
    // Half a second and a second, each times 0.75, which is what chance makes of them here.
    assert_eq!(fake.times(), [0, 375, 1125]);
}

#[test]
fn a_blocking_client_keeps_the_same_times() {
    let fake = Fake::new([busy(), Step::fail(TransportKind::Interrupted), tables()]);
    data_tables::get(application()).send_blocking(&blocking(&fake)).unwrap();
    assert_eq!(fake.times(), [0, 375, 1125]);
}

#[tokio::test]
async fn the_last_response_is_kept_when_all_attempts_fail() {
    let fake = Fake::new([Step::json(500, "{}"), busy(), Step::json(502, r#"{"last":1}"#)]);
    let error = data_tables::get(application()).send(&client(&fake)).await.unwrap_err();
    assert!(matches!(error, Error::Undocumented(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 502);
    assert_eq!(error.response().unwrap().body, r#"{"last":1}"#);
    assert_eq!(fake.times().len(), 3);
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    // In seconds, and as a date that is 90 seconds after the start.
    let fake = Fake::new([
        busy().header("retry-after", "7"),
        busy().header("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"),
        tables(),
    ]);
    data_tables::get(application()).send(&client(&fake)).await.unwrap();
    assert_eq!(fake.times(), [0, 7000, 10_000]);

    // A date that is over is no wait.
    let fake = Fake::new([busy().header("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT"), tables()]);
    data_tables::get(application()).send(&client(&fake)).await.unwrap();
    assert_eq!(fake.times(), [0, 0]);

    // What is neither does not count.
    let fake = Fake::new([busy().header("retry-after", "soon"), tables()]);
    data_tables::get(application()).send(&client(&fake)).await.unwrap();
    assert_eq!(fake.times(), [0, 375]);
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_not_begun() {
    // Longer than the policy allows.
    let fake = Fake::new([busy().header("retry-after", "61")]);
    let client = client(&fake).with(|options| options.timeout(None));
    let error = data_tables::get(application()).send(&client).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(fake.milliseconds(), 0);

    // Longer than there is time left.
    let fake = Fake::new([busy().header("retry-after", "10").after(51_000)]);
    let error = data_tables::get(application())
        .send(&crate::client(&fake).with(|options| options.attempt_timeout(None)))
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(fake.milliseconds(), 51_000);
}

#[tokio::test]
async fn what_has_effects_is_sent_once() {
    for step in [
        busy(),
        busy().header("retry-after", "1"),
        Step::json(429, "{}"),
        Step::fail(TransportKind::Interrupted),
        Step::stall(),
        Step::response(201, r#"{"na"#).cut(),
    ] {
        let fake = Fake::new([step.clone()]);
        let client = client(&fake);
        let post = data_tables::post(application(), DataTablePost::new("T"));
        post.send(&client).await.unwrap_err();
        let fake_of_delete = Fake::new([step.clone()]);
        let delete = data_table::delete(application(), table());
        delete.send(&crate::client(&fake_of_delete)).await.unwrap_err();
        let fake_of_patch = Fake::new([step]);
        let patch = data_table::patch(application(), table(), DataTablePatch::new());
        patch.send(&crate::client(&fake_of_patch)).await.unwrap_err();
        for fake in [fake, fake_of_delete, fake_of_patch] {
            assert_eq!(fake.times(), [0]);
        }
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let fake = Fake::new([Step::fail(TransportKind::Connect), Step::json(201, r#"{"name":"T"}"#)]);
    let post = data_tables::post(application(), DataTablePost::new("T"));
    post.send(&client(&fake)).await.unwrap();
    assert_eq!(fake.times(), [0, 375]);
}

#[tokio::test]
async fn a_query_that_the_document_calls_safe_is_tried_again() {
    let fake = Fake::new([busy(), Step::json(200, r#"{"items":[]}"#)]);
    let query = data_table_rows::query(application(), table());
    query.send(&client(&fake)).await.unwrap();
    assert_eq!(fake.times(), [0, 375]);
}

#[tokio::test]
async fn a_key_makes_a_request_one_that_may_be_sent_again() {
    let fake = Fake::new([busy(), Step::json(201, r#"{"name":"T"}"#)]);
    let client = client(&fake).with(|options| options.idempotency_key("once"));
    let post = data_tables::post(application(), DataTablePost::new("T"));
    post.send(&client).await.unwrap();
    let sent = fake.sent();
    assert_eq!(sent.len(), 2);
    for sent in sent {
        assert_eq!(sent.request.headers()["idempotency-key"], "once");
        assert_eq!(sent.request.body(), r#"{"name":"T"}"#);
    }
}

#[tokio::test]
async fn idempotent_methods_are_tried_again_where_the_caller_wants_it() {
    let fake = Fake::new([busy(), Step::json(200, r#"{"success":true}"#)]);
    let client = client(&fake).with(|options| options.retry(Backoff::default().idempotent()));
    data_table::delete(application(), table()).send(&client).await.unwrap();
    assert_eq!(fake.times(), [0, 375]);

    let fake = Fake::new([busy()]);
    let client = crate::client(&fake).with(|options| options.retry(Backoff::default().idempotent()));
    let patch = data_table::patch(application(), table(), DataTablePatch::new());
    patch.send(&client).await.unwrap_err();
    assert_eq!(fake.times(), [0]);

    let fake = Fake::new([busy(), Step::json(200, "{}")]);
    let client = crate::client(&fake).with(|options| options.retry(Backoff::default().retry_unsafe()));
    let patch = data_table::patch(application(), table(), DataTablePatch::new());
    patch.send(&client).await.unwrap();
    assert_eq!(fake.times(), [0, 375]);
}

#[tokio::test]
async fn statuses_that_are_no_passing_fault_are_not_tried_again() {
    for status in [400, 401, 403, 404, 409, 501] {
        let fake = Fake::new([Step::json(status, r#"{"type":"T","message":"m"}"#)]);
        data_tables::get(application()).send(&client(&fake)).await.unwrap_err();
        assert_eq!(fake.times(), [0], "{status}");
    }
    // Unless the caller says that one is.
    let fake = Fake::new([Step::json(409, "{}"), tables()]);
    let client = client(&fake).with(|options| options.retry(Backoff::default().statuses([409])));
    data_tables::get(application()).send(&client).await.unwrap();
    assert_eq!(fake.times(), [0, 375]);
}

#[tokio::test]
async fn a_client_whose_calls_all_fail_stops_trying_again() {
    // The budget is 500 tokens and a retry takes five.
    let fake = Fake::new(std::iter::repeat_with(busy).take(200));
    let client = client(&fake);
    for _ in 0..60 {
        data_tables::get(application()).send(&client).await.unwrap_err();
    }
    // 50 calls with two retries each, and ten with none.
    assert_eq!(fake.times().len(), 160);
}

#[tokio::test]
async fn successes_fill_the_budget_again() {
    let fake = Fake::new(std::iter::repeat_with(busy).take(150));
    let client = client(&fake);
    for _ in 0..50 {
        data_tables::get(application()).send(&client).await.unwrap_err();
    }
    assert_eq!(fake.times().len(), 150);
    let script = std::iter::repeat_with(tables).take(5).chain([busy(), tables()]);
    fake.play(script);
    for _ in 0..6 {
        data_tables::get(application()).send(&client).await.unwrap();
    }
    assert_eq!(fake.times().len(), 157, "five successes pay for one retry");
}

/// Tries three times, every second, whatever happened.
#[derive(Debug)]
struct EverySecond;

impl RetryPolicy for EverySecond {
    fn wait(&self, attempt: &Attempt<'_>) -> Option<Duration> {
        assert!(matches!(attempt.outcome, Outcome::Status(status) if status == 404));
        (attempt.number < 3).then_some(Duration::from_secs(1))
    }
}

#[tokio::test]
async fn a_policy_can_be_the_callers_own() {
    let missing = || Step::json(404, r#"{"type":"NotFound","message":"m"}"#);
    let fake = Fake::new([missing(), missing(), missing()]);
    let client = builder(&fake)
        .options(|options| options.retry(EverySecond))
        .build()
        .unwrap();
    data_table::get(application(), table()).send(&client).await.unwrap_err();
    assert_eq!(fake.times(), [0, 1000, 2000]);
}
