//! Interceptors, headers of one call, and what is never shown.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderValue, Request};
use losant_data::operations::{data_table, data_tables};
use losant_data::runtime::Call as _;
use losant_data::runtime::{Backoff, Body, Interceptor, RawResponse, Sent, TransportError, TransportKind};
use losant_data::{ClientBuilder, Error};

use crate::fake::{Fake, Step};
use crate::{TOKEN, application, blocking, builder, client, table};

/// Writes down what it sees, and adds a header.
#[derive(Clone, Default)]
struct Witness(Arc<Mutex<Vec<String>>>);

impl Interceptor for Witness {
    fn before_send(&self, sent: Sent<'_>, request: &mut Request<Body>) -> Result<(), Box<dyn StdError + Send + Sync>> {
        let name = HeaderValue::from_str(&format!("{}", sent.attempt))?;
        request.headers_mut().insert("x-attempt", name);
        let path = sent.operation.path;
        self.0.lock().unwrap().push(format!("{} {path}", sent.operation.method));
        Ok(())
    }

    fn after_receive(&self, _sent: Sent<'_>, outcome: Result<&RawResponse, &TransportError>) {
        let line = match outcome {
            Ok(response) => response.status.to_string(),
            Err(error) => format!("{:?}", error.kind),
        };
        self.0.lock().unwrap().push(line);
    }
}

#[tokio::test]
async fn an_interceptor_sees_every_attempt() {
    let script = || {
        [
            Step::fail(TransportKind::Interrupted),
            Step::json(503, "{}"),
            Step::json(200, r#"{"items":[]}"#),
        ]
    };
    let (witness, fake) = (Witness::default(), Fake::new(script()));
    let client = builder(&fake).interceptor(witness.clone());
    let get = data_tables::get(application());
    get.clone().send(&client.clone().build().unwrap()).await.unwrap();
    fake.play(script());
    get.send_blocking(&client.build_blocking().unwrap()).unwrap();
    let path = "GET /applications/{applicationId}/data-tables";
    let once = [path, "Interrupted", path, "503 Service Unavailable", path, "200 OK"];
    assert_eq!(*witness.0.lock().unwrap(), [once, once].concat());
    let attempts = fake.sent();
    let attempts = attempts
        .iter()
        .map(|sent| sent.request.headers()["x-attempt"].to_str().unwrap());
    assert_eq!(attempts.collect::<String>(), "123123");
}

/// How often calls of each operation took up to 100 ms, up to a second, and longer, over all attempts.
#[derive(Clone, Default)]
struct Histogram(Arc<Mutex<BTreeMap<&'static str, [usize; 3]>>>);

impl Interceptor for Histogram {
    fn before_send(&self, sent: Sent<'_>, _: &mut Request<Body>) -> Result<(), Box<dyn StdError + Send + Sync>> {
        assert_eq!(sent.elapsed, Duration::ZERO);
        assert!(sent.attempt > 1 || sent.call_elapsed == Duration::ZERO);
        Ok(())
    }

    fn after_receive(&self, sent: Sent<'_>, _outcome: Result<&RawResponse, &TransportError>) {
        assert!(sent.call_elapsed >= sent.elapsed);
        assert!(sent.path().starts_with("/applications/{applicationId}/data-tables"));
        let bucket = match sent.elapsed.as_millis() {
            0..=100 => 0,
            101..=1000 => 1,
            _ => 2,
        };
        let mut buckets = self.0.lock().unwrap();
        buckets.entry(sent.id()).or_default()[bucket] += 1;
    }
}

#[tokio::test]
async fn an_interceptor_makes_a_histogram_of_each_operation() {
    let list = |milliseconds| Step::json(200, r#"{"items":[]}"#).after(milliseconds);
    let script = || {
        [
            list(50),
            // Two attempts with a wait between them, and one that does not come to its end.
            Step::json(503, "{}").after(500),
            list(5000),
            Step::json(404, r#"{"type":"NotFound","message":"m"}"#).after(20),
            Step::stall(),
        ]
    };
    let (histogram, fake) = (Histogram::default(), Fake::new(script()));
    let builder = builder(&fake).interceptor(histogram.clone());
    let client = builder.clone().build().unwrap();
    data_tables::get(application()).send(&client).await.unwrap();
    data_tables::get(application()).send(&client).await.unwrap();
    data_table::get(application(), table()).send(&client).await.unwrap_err();
    let once = client.with(|options| options.retry(Backoff::never()));
    data_table::get(application(), table()).send(&once).await.unwrap_err();
    let expected = BTreeMap::from([("dataTable.get", [1, 0, 1]), ("dataTables.get", [1, 1, 1])]);
    assert_eq!(std::mem::take(&mut *histogram.0.lock().unwrap()), expected);

    fake.play(script());
    let client = builder.build_blocking().unwrap();
    data_tables::get(application()).send_blocking(&client).unwrap();
    data_tables::get(application()).send_blocking(&client).unwrap();
    let get = || data_table::get(application(), table());
    get().send_blocking(&client).unwrap_err();
    let once = client.with(|options| options.retry(Backoff::never()));
    get().send_blocking(&once).unwrap_err();
    assert_eq!(*histogram.0.lock().unwrap(), expected);
}

/// Lets nothing pass.
struct Closed;

impl Interceptor for Closed {
    fn before_send(&self, _: Sent<'_>, _: &mut Request<Body>) -> Result<(), Box<dyn StdError + Send + Sync>> {
        Err("the shop is closed".into())
    }
}

#[tokio::test]
async fn an_interceptor_can_end_a_call() {
    let fake = Fake::new([]);
    let client = builder(&fake).interceptor(Closed).build().unwrap();
    let error = data_tables::get(application()).send(&client).await.unwrap_err();
    assert!(format!("{error:#}").contains("the shop is closed"), "{error}");
    let Error::Transport(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.kind, TransportKind::Stopped);
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn a_call_can_have_headers_of_its_own() {
    let fake = Fake::new([Step::json(200, r#"{"items":[]}"#), Step::json(200, r#"{"items":[]}"#)]);
    let client = client(&fake);
    let own = client.with(|options| options.header("accept-version", "^9").header("x-trace", "7"));
    data_tables::get(application()).send(&own).await.unwrap();
    data_tables::get(application()).send(&client).await.unwrap();
    let sent = fake.sent();
    assert_eq!(sent[0].request.headers()["accept-version"], "^9");
    assert_eq!(sent[0].request.headers()["x-trace"], "7");
    assert_eq!(sent[1].request.headers()["accept-version"], "^1.29.4");
    assert!(!sent[1].request.headers().contains_key("x-trace"));
    let faulty = client.with(|options| options.header("no name", "7"));
    let error = data_tables::get(application()).send(&faulty).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
    assert_eq!(fake.sent().len(), 2);
}

#[tokio::test]
async fn no_debug_and_no_error_shows_a_secret() {
    let secret = "s3cr3t-value";
    let fake = Fake::new(std::iter::repeat_with(|| Step::fail(TransportKind::Interrupted)).take(3));
    let builder: ClientBuilder = builder(&fake).header("x-api-key", secret);
    let async_client = builder
        .clone()
        .build()
        .unwrap()
        .with(|options| options.header("x-other", secret));
    let error = data_tables::get(application()).send(&async_client).await.unwrap_err();
    let request = data_tables::get(application())
        .into_http(&builder.request_defaults().unwrap())
        .unwrap();
    assert_eq!(request.headers()["x-api-key"], secret);
    for shown in [
        format!("{builder:?}"),
        format!("{:?}", builder.request_defaults().unwrap()),
        format!("{async_client:?}"),
        format!("{:?}", blocking(&fake)),
        format!("{error:?} {error:#}"),
        format!("{request:?}"),
    ] {
        assert!(!shown.contains(TOKEN) && !shown.contains(secret), "{shown}");
    }
}
