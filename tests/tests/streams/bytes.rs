//! Bodies as bytes while they come in.

use std::future::Future as _;
use std::io::{ErrorKind, Read as _};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use case_streams::operations::reports::{self, DownloadReports, DownloadReportsError, DownloadReportsResponse};
use case_streams::runtime::Call as _;
use case_streams::runtime::{Error, TransportKind};
use futures_util::StreamExt as _;

use crate::fake::{Fake, Step};
use crate::{body, clients, sent_headers};

fn report() -> Step {
    body("application/octet-stream", "ab").then(100, "cd").then(200, "ef")
}

#[tokio::test]
async fn chunks_are_received_as_they_are_sent() {
    let fake = Fake::new([report()]);
    let (client, _) = clients!(case_streams, &fake);
    let mut response = reports::download("r").stream(&client).await.unwrap();
    assert_eq!((response.status().as_u16(), response.body().len()), (200, 0));
    let mut chunks = Vec::new();
    while let Some(chunk) = response.chunk().await.unwrap() {
        chunks.push((fake.milliseconds(), chunk));
    }
    assert_eq!(chunks, [(0, "ab".into()), (100, "cd".into()), (300, "ef".into())]);
    assert_eq!(response.chunk().await.unwrap(), None, "the end stays the end");

    // The same response as a whole.
    fake.play([report()]);
    let whole = reports::download("r").send(&client).await.unwrap();
    assert_eq!(*whole, DownloadReportsResponse::Ok("abcdef".into()));
}

#[test]
fn a_reader_reads_them() {
    let fake = Fake::new([report(), body("application/octet-stream", "ab").then(20, "cd").cut()]);
    let (_, client) = clients!(case_streams, &fake);
    let mut text = String::new();
    let mut response = reports::download("r").stream_blocking(&client).unwrap();
    assert_eq!(fake.milliseconds(), 0, "the headers are there before the body");
    response.read_to_string(&mut text).unwrap();
    assert_eq!((text.as_str(), fake.milliseconds()), ("abcdef", 300));

    let mut response = reports::download("r").stream_blocking(&client).unwrap();
    let mut bytes = Vec::new();
    let error = response.read_to_end(&mut bytes).unwrap_err();
    assert_eq!(
        (error.kind(), bytes.as_slice()),
        (ErrorKind::ConnectionReset, b"abcd".as_slice())
    );
}

#[tokio::test]
async fn neither_its_length_nor_its_time_is_limited() {
    let long = || {
        report()
            .after(29_000)
            .then(50_000, "x")
            .then(50_000, "y")
            .then(50_000, "z")
    };
    let fake = Fake::new([long(), long()]);
    let (client, blocking) = clients!(case_streams, &fake);
    let response = reports::log()
        .stream(&client.with(|options| options.max_response_size(1)))
        .await
        .unwrap();
    let chunks: Vec<_> = response.into_inner().map(Result::unwrap).collect().await;
    assert_eq!((chunks.concat(), fake.milliseconds()), (b"abcdefxyz".to_vec(), 179_300));
    let mut response = reports::log()
        .stream_blocking(&blocking.with(|options| options.max_response_size(1)))
        .unwrap();
    let mut text = String::new();
    response.read_to_string(&mut text).unwrap();
    assert_eq!((text.as_str(), fake.milliseconds()), ("abcdefxyz", 358_600));
}

#[tokio::test]
async fn the_server_may_be_silent_only_so_long() {
    for step in [report().stalled(), report().then(60_001, "late")] {
        let fake = Fake::new([step.clone(), step.clone(), step.clone(), step]);
        let (client, blocking) = clients!(case_streams, &fake);
        let mut response = reports::log().stream(&client).await.unwrap();
        for _ in 0..3 {
            response.chunk().await.unwrap().unwrap();
        }
        let error = response.chunk().await.unwrap_err();
        assert_eq!((error.kind, fake.milliseconds()), (TransportKind::Timeout, 60_300));
        assert_eq!(response.chunk().await.unwrap(), None, "an error is the last that comes");

        let mut response = reports::log().stream_blocking(&blocking).unwrap();
        let error = response.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!((error.kind(), fake.milliseconds()), (ErrorKind::TimedOut, 120_600));

        // The caller may say how long.
        let client = client.with(|options| options.idle_timeout(Duration::from_millis(150)));
        let response = reports::log().stream(&client).await.unwrap();
        let chunks: Vec<_> = response.into_inner().collect().await;
        assert!(
            chunks[..2].iter().all(Result::is_ok) && chunks[2].is_err(),
            "{chunks:?}"
        );
        assert_eq!((chunks.len(), fake.milliseconds()), (3, 120_850));
        let blocking = blocking.with(|options| options.idle_timeout(Duration::from_millis(150)));
        let mut response = reports::log().stream_blocking(&blocking).unwrap();
        response.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(fake.milliseconds(), 121_100);
    }
    let fake = Fake::new([report().then(9_000_000, "late")]);
    let (client, _) = clients!(case_streams, &fake);
    let client = client.with(|options| options.idle_timeout(None));
    let response = reports::log().stream(&client).await.unwrap();
    assert_eq!(response.into_inner().count().await, 4);
}

#[tokio::test]
async fn a_wait_that_is_given_up_loses_nothing() {
    let fake = Fake::new([report()]);
    let (client, _) = clients!(case_streams, &fake);
    let mut response = reports::log().stream(&client).await.unwrap();
    response.chunk().await.unwrap();
    {
        let waiting = pin!(response.chunk());
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(waiting.poll(&mut context), Poll::Pending));
    }
    assert_eq!(response.chunk().await.unwrap().unwrap(), "cd");
    assert_eq!(response.chunk().await.unwrap().unwrap(), "ef");
}

#[tokio::test]
async fn retries_are_over_with_the_headers() {
    let fake = Fake::new([
        Step::response(503, ""),
        Step::fail(TransportKind::Interrupted),
        report().cut(),
    ]);
    let (client, _) = clients!(case_streams, &fake);
    let response = reports::log().stream(&client).await.unwrap();
    let chunks: Vec<_> = response.into_inner().collect().await;
    assert_eq!(fake.times(), [0, 375, 1125]);
    assert_eq!(chunks.len(), 4);
    assert_eq!(chunks[3].as_ref().unwrap_err().kind, TransportKind::Interrupted);
    assert_eq!(sent_headers(&fake, "accept"), ["text/plain"; 3]);

    // The time limits are those of any other call, up to there.
    let fake = Fake::new([Step::stall(), Step::stall(), Step::stall(), Step::stall()]);
    let (client, blocking) = clients!(case_streams, &fake);
    assert!(reports::log().stream(&client).await.unwrap_err().is_timeout());
    assert_eq!((fake.times(), fake.milliseconds()), (vec![0, 30_375], 60_000));
    assert!(reports::log().stream_blocking(&blocking).unwrap_err().is_timeout());
    assert_eq!(fake.milliseconds(), 120_000);
}

#[tokio::test]
async fn another_media_type_is_an_error_with_the_response() {
    let pending = || Step::json(202, r#"{"progress":5}"#);
    let missing = || Step::json(404, r#"{"reason":"gone"}"#);
    let fake = Fake::new([pending(), pending(), missing(), missing(), Step::response(206, "part")]);
    let (client, blocking) = clients!(case_streams, &fake);
    for error in [
        reports::download("r").stream(&client).await.unwrap_err(),
        reports::download("r").stream_blocking(&blocking).unwrap_err(),
    ] {
        let Error::Decode(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.response.body, r#"{"progress":5}"#);
        assert!(error.error.to_string().contains("status 202"), "{}", error.error);
        let raw = error.response;
        let response = http::Response::builder().status(raw.status).body(raw.body).unwrap();
        assert!(matches!(
            *DownloadReports::decode(response).unwrap(),
            DownloadReportsResponse::Accepted(_)
        ));
    }
    for error in [
        reports::download("r").stream(&client).await.unwrap_err(),
        reports::download("r").stream_blocking(&blocking).unwrap_err(),
    ] {
        let Error::Status(error) = error else {
            panic!("{error:?}")
        };
        let DownloadReportsError::NotFound(found) = error.error else {
            panic!("{:?}", error.error)
        };
        assert_eq!(found.reason, "gone");
    }
    let error = reports::download("r").stream(&client).await.unwrap_err();
    assert!(matches!(error, Error::Undocumented(_)), "{error:?}");
    assert_eq!(error.response().unwrap().body, "part");
}

#[tokio::test]
async fn a_failure_has_all_the_limits_of_a_whole_response() {
    let drip = || (0..20).fold(Step::response(500, ""), |step, _| step.then(10_000, "drip "));
    let fake = Fake::new([drip(), drip()]);
    let (client, blocking) = clients!(case_streams, &fake);
    let once = |options: case_streams::runtime::Options| options.retry(case_streams::runtime::Backoff::never());
    let error = reports::log().stream(&client.with(once)).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(fake.milliseconds(), 30_000);
    let error = reports::log().stream_blocking(&blocking.with(once)).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(fake.milliseconds(), 60_000);
    assert_eq!(error.response().unwrap().body, "drip drip drip ");
}

/// The document has a query parameter of the method's name.
#[test]
fn a_parameter_gives_way_to_the_method() {
    let request = reports::log()
        .query_stream("all")
        .into_http(&crate::runtime::RequestDefaults::new("http://localhost").unwrap());
    assert_eq!(request.unwrap().uri(), "http://localhost/log?stream=all");
}
