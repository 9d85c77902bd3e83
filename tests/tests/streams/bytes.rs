//! Bodies as bytes while they come in.

use std::future::Future as _;
use std::io::{ErrorKind, Read as _};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use case_streams::operations::reports::{self, Download, DownloadError, DownloadReply};
use case_streams::runtime::{Error, TransportKind};
use futures_util::StreamExt as _;

use crate::fake::{Fake, Step};
use crate::{body, clients, sent_headers};

fn report() -> Step {
    body("application/octet-stream", "ab").then(100, "cd").then(200, "ef")
}

#[tokio::test]
async fn pieces_come_as_they_are_sent() {
    let fake = Fake::new([report()]);
    let (client, _) = clients!(case_streams, &fake);
    let mut reply = reports::download("r").stream(&client).await.unwrap();
    assert_eq!((reply.status().as_u16(), reply.body().len()), (200, 0));
    let mut pieces = Vec::new();
    while let Some(piece) = reply.chunk().await.unwrap() {
        pieces.push((fake.milliseconds(), piece));
    }
    assert_eq!(pieces, [(0, "ab".into()), (100, "cd".into()), (300, "ef".into())]);
    assert_eq!(reply.chunk().await.unwrap(), None, "the end stays the end");

    // The same reply as a whole.
    fake.play([report()]);
    let whole = reports::download("r").send(&client).await.unwrap();
    assert_eq!(*whole, DownloadReply::Ok("abcdef".into()));
}

#[test]
fn a_reader_reads_them() {
    let fake = Fake::new([report(), body("application/octet-stream", "ab").then(20, "cd").cut()]);
    let (_, client) = clients!(case_streams, &fake);
    let mut text = String::new();
    let mut reply = reports::download("r").stream_blocking(&client).unwrap();
    assert_eq!(fake.milliseconds(), 0, "the headers are there before the body");
    reply.read_to_string(&mut text).unwrap();
    assert_eq!((text.as_str(), fake.milliseconds()), ("abcdef", 300));

    let mut reply = reports::download("r").stream_blocking(&client).unwrap();
    let mut bytes = Vec::new();
    let error = reply.read_to_end(&mut bytes).unwrap_err();
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
    let reply = reports::log()
        .stream(&client.with(|options| options.max_reply(1)))
        .await
        .unwrap();
    let pieces: Vec<_> = reply.into_inner().map(Result::unwrap).collect().await;
    assert_eq!((pieces.concat(), fake.milliseconds()), (b"abcdefxyz".to_vec(), 179_300));
    let mut reply = reports::log()
        .stream_blocking(&blocking.with(|options| options.max_reply(1)))
        .unwrap();
    let mut text = String::new();
    reply.read_to_string(&mut text).unwrap();
    assert_eq!((text.as_str(), fake.milliseconds()), ("abcdefxyz", 358_600));
}

#[tokio::test]
async fn the_server_may_be_silent_only_so_long() {
    for step in [report().stalled(), report().then(60_001, "late")] {
        let fake = Fake::new([step.clone(), step.clone(), step.clone(), step]);
        let (client, blocking) = clients!(case_streams, &fake);
        let mut reply = reports::log().stream(&client).await.unwrap();
        for _ in 0..3 {
            reply.chunk().await.unwrap().unwrap();
        }
        let error = reply.chunk().await.unwrap_err();
        assert_eq!((error.kind, fake.milliseconds()), (TransportKind::Timeout, 60_300));
        assert_eq!(reply.chunk().await.unwrap(), None, "an error is the last that comes");

        let mut reply = reports::log().stream_blocking(&blocking).unwrap();
        let error = reply.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!((error.kind(), fake.milliseconds()), (ErrorKind::TimedOut, 120_600));

        // The caller may say how long.
        let client = client.with(|options| options.idle_timeout(Duration::from_millis(150)));
        let reply = reports::log().stream(&client).await.unwrap();
        let pieces: Vec<_> = reply.into_inner().collect().await;
        assert!(
            pieces[..2].iter().all(Result::is_ok) && pieces[2].is_err(),
            "{pieces:?}"
        );
        assert_eq!((pieces.len(), fake.milliseconds()), (3, 120_850));
        let blocking = blocking.with(|options| options.idle_timeout(Duration::from_millis(150)));
        let mut reply = reports::log().stream_blocking(&blocking).unwrap();
        reply.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(fake.milliseconds(), 121_100);
    }
    let fake = Fake::new([report().then(9_000_000, "late")]);
    let (client, _) = clients!(case_streams, &fake);
    let client = client.with(|options| options.idle_timeout(None));
    let reply = reports::log().stream(&client).await.unwrap();
    assert_eq!(reply.into_inner().count().await, 4);
}

#[tokio::test]
async fn a_wait_that_is_given_up_loses_nothing() {
    let fake = Fake::new([report()]);
    let (client, _) = clients!(case_streams, &fake);
    let mut reply = reports::log().stream(&client).await.unwrap();
    reply.chunk().await.unwrap();
    {
        let waiting = pin!(reply.chunk());
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(waiting.poll(&mut context), Poll::Pending));
    }
    assert_eq!(reply.chunk().await.unwrap().unwrap(), "cd");
    assert_eq!(reply.chunk().await.unwrap().unwrap(), "ef");
}

#[tokio::test]
async fn retries_are_over_with_the_headers() {
    let fake = Fake::new([
        Step::reply(503, ""),
        Step::fail(TransportKind::Interrupted),
        report().cut(),
    ]);
    let (client, _) = clients!(case_streams, &fake);
    let reply = reports::log().stream(&client).await.unwrap();
    let pieces: Vec<_> = reply.into_inner().collect().await;
    assert_eq!(fake.times(), [0, 375, 1125]);
    assert_eq!(pieces.len(), 4);
    assert_eq!(pieces[3].as_ref().unwrap_err().kind, TransportKind::Interrupted);
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
async fn what_is_no_such_reply_is_an_error_that_keeps_it() {
    let pending = || Step::json(202, r#"{"progress":5}"#);
    let missing = || Step::json(404, r#"{"reason":"gone"}"#);
    let fake = Fake::new([pending(), pending(), missing(), missing(), Step::reply(206, "part")]);
    let (client, blocking) = clients!(case_streams, &fake);
    for error in [
        reports::download("r").stream(&client).await.unwrap_err(),
        reports::download("r").stream_blocking(&blocking).unwrap_err(),
    ] {
        let Error::Decode(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.reply.body, r#"{"progress":5}"#);
        assert!(error.error.to_string().contains("status 202"), "{}", error.error);
        let raw = error.reply;
        let response = http::Response::builder().status(raw.status).body(raw.body).unwrap();
        assert!(matches!(
            *Download::decode(response).unwrap(),
            DownloadReply::Accepted(_)
        ));
    }
    for error in [
        reports::download("r").stream(&client).await.unwrap_err(),
        reports::download("r").stream_blocking(&blocking).unwrap_err(),
    ] {
        let Error::Status(error) = error else {
            panic!("{error:?}")
        };
        let DownloadError::NotFound(found) = error.error else {
            panic!("{:?}", error.error)
        };
        assert_eq!(found.reason, "gone");
    }
    let error = reports::download("r").stream(&client).await.unwrap_err();
    assert!(matches!(error, Error::Undocumented(_)), "{error:?}");
    assert_eq!(error.reply().unwrap().body, "part");
}

#[tokio::test]
async fn a_failure_has_all_the_limits_of_a_whole_reply() {
    let drip = || (0..20).fold(Step::reply(500, ""), |step, _| step.then(10_000, "drip "));
    let fake = Fake::new([drip(), drip()]);
    let (client, blocking) = clients!(case_streams, &fake);
    let once = |options: case_streams::runtime::Options| options.retry(case_streams::runtime::Backoff::never());
    let error = reports::log().stream(&client.with(once)).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(fake.milliseconds(), 30_000);
    let error = reports::log().stream_blocking(&blocking.with(once)).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(fake.milliseconds(), 60_000);
    assert_eq!(error.reply().unwrap().body, "drip drip drip ");
}

/// The document has a query parameter of the method's name.
#[test]
fn a_parameter_gives_way_to_the_method() {
    let request = reports::log()
        .query_stream("all")
        .into_http(&crate::runtime::Base::new("http://localhost").unwrap());
    assert_eq!(request.unwrap().uri(), "http://localhost/log?stream=all");
}
