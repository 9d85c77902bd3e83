//! Responses while they come in: events of better-sse, and lines and bytes of Node's streams, in the media type and
//! the coding that negotiator chooses.

use std::io::Read as _;

use apicrate_runtime::Json;
use case_events::operations::events::{self, ChatBody};
use case_events::schemas::State;
use case_json_lines::operations::readings;
use case_streams::operations::reports::{self, DownloadReportsError, DownloadReportsResponse};
use case_streams::runtime::Error;
use futures_util::StreamExt as _;
use serde_json::{Value, json};

use crate::clients;
use crate::forms::value;

/// More than any response has: one that begins anew for ever ends here, and is none that is expected.
const MOST: usize = 2001;

/// Reads all that a call gives, by both clients, and returns what the async one gave.
macro_rules! all {
    ($request:expr, $clients:expr, $take:ident, $take_blocking:ident, $read:expr) => {{
        let (client, blocking) = $clients;
        let stream = $request.$take(client).await.unwrap().into_inner();
        let found: Vec<_> = stream.map($read).take(MOST).collect().await;
        let iterator = $request.$take_blocking(blocking).unwrap().into_inner();
        assert_eq!(iterator.map($read).take(MOST).collect::<Vec<_>>(), found);
        found
    }};
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn events_go_on_with_the_last_id() {
    let (client, blocking) = clients!(case_events, "events");
    let found = all!(
        events::prices(),
        (&client, &blocking),
        events,
        events_blocking,
        |event| {
            let event = event.unwrap();
            (event.event, event.id, event.data.symbol, event.data.price.to_string())
        }
    );
    let expected = [("1", "0.25"), ("2", "0.5"), ("3", "0.75")]
        .map(|(id, price)| ["price", id, "Ä\n\"1\"", price].map(str::to_owned).into());
    assert_eq!(found, expected);
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn events_with_ids_that_the_server_makes_up() {
    let (client, _) = clients!(case_events, "events");
    let stream = events::states().events(&client).await.unwrap().into_inner();
    let found: Vec<_> = stream.map(Result::unwrap).take(MOST).collect().await;
    let states: Vec<&str> = found.iter().map(|event| event.data.as_str()).collect();
    assert_eq!(states, ["on", "off", "dimmed"]);
    assert!(found[0].data == State::On && found.iter().all(|event| event.event == "state" && event.id.len() == 36));
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn an_answer_word_by_word() {
    let (client, blocking) = clients!(case_events, "events");
    let request = || events::chat(ChatBody::new("so ist's “schön” [DONE]"));
    let found = all!(request(), (&client, &blocking), events, events_blocking, |event| event
        .unwrap()
        .data
        .word);
    assert_eq!(found, ["so", "ist's", "“schön”", "[DONE]"]);
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn lines() {
    let (client, blocking) = clients!(case_json_lines, "lines");
    let clients = (&client, &blocking);
    let expected: Vec<Value> = (0..2000).map(|at| json!([at, f64::from(at) / 8.0])).collect();
    let found = all!(readings::readings(), clients, lines, lines_blocking, |line| {
        let reading = line.unwrap();
        json!([reading.at, reading.value])
    });
    assert_eq!(found, expected);
    // The same operation as a whole is another choice of the server's.
    let whole = readings::readings().send(&client).await.unwrap();
    let whole: Vec<Value> = whole.iter().map(|reading| json!([reading.at, reading.value])).collect();
    assert_eq!(whole, expected);

    let found = all!(readings::log(), clients, lines, lines_blocking, |line| line
        .unwrap()
        .level);
    assert_eq!(found, ["low", "hö\nh"]);
    let found = all!(readings::anything(), clients, lines, lines_blocking, |line| {
        let line: Json = line.unwrap();
        value(&line)
    });
    assert_eq!(json!(found), json!([1, "zwei ✓", [null, {"a": []}], true]));
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn bytes() {
    let (client, blocking) = clients!(case_streams, "bytes");
    let whole: Vec<u8> = (0..=250).cycle().take(4 << 20).collect();
    let mut response = reports::download("a b").stream(&client).await.unwrap();
    let mut found = Vec::new();
    while let Some(chunk) = response.chunk().await.unwrap() {
        found.extend_from_slice(&chunk);
    }
    assert!(found == whole, "{} bytes", found.len());
    let mut found = Vec::new();
    let mut response = reports::download("a b").stream_blocking(&blocking).unwrap();
    response.read_to_end(&mut found).unwrap();
    assert!(found == whole, "{} bytes", found.len());
    let response = reports::download("a b").send_blocking(&blocking).unwrap();
    assert!(matches!(response.into_inner(), DownloadReportsResponse::Ok(bytes) if bytes == whole));

    let missing = |error| {
        let Error::Status(error) = error else {
            panic!("{error:?}")
        };
        matches!(error.error, DownloadReportsError::NotFound(found) if found.reason == "gone")
    };
    assert!(missing(reports::download("missing").stream(&client).await.unwrap_err()));
    assert!(missing(
        reports::download("missing").stream_blocking(&blocking).unwrap_err()
    ));
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn a_coding_is_for_the_caller_to_ask_for_and_to_undo() {
    let (client, blocking) = clients!(case_streams, "bytes");
    let text = "✓ß".repeat(5000);
    for response in [
        reports::log().send(&client).await.unwrap(),
        reports::log().send_blocking(&blocking).unwrap(),
    ] {
        assert_eq!(response.headers().get("content-encoding"), None);
        assert_eq!(*response, text);
    }
    let asking = |options: case_streams::runtime::Options| options.header("accept-encoding", "gzip");
    let mut response = reports::log().stream(&client.with(asking)).await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    // It starts as RFC 1952 §2.3.1 has it.
    assert_eq!(response.chunk().await.unwrap().unwrap()[..2], [0x1f, 0x8b]);
    let mut response = reports::log().stream_blocking(&blocking.with(asking)).unwrap();
    let mut start = [0; 2];
    response.read_exact(&mut start).unwrap();
    assert_eq!(
        (start, &response.headers()["content-encoding"]),
        ([0x1f, 0x8b], &"gzip".parse().unwrap())
    );
}
