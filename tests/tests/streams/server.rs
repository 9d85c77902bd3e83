//! The same over a socket, to a server that shares no code with the clients: axum, with its own events.

use std::convert::Infallible;
use std::io::Read as _;
use std::net::TcpListener;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use case_events::operations::events::{self as operations, ChatBody};
use case_events::runtime::{Error, EventError, LineError, TransportKind};
use case_json_lines::operations::readings;
use case_streams::operations::reports;
use futures_util::{Stream, StreamExt as _, stream};

/// Starts the server on a thread of its own, and returns its URL.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    std::thread::spawn(move || {
        runtime.block_on(async {
            let router = Router::new()
                .route("/prices", get(prices))
                .route("/notes", get(notes))
                .route("/chat", post(chat))
                .route("/readings", get(lines))
                .route("/reports/{report}", get(report));
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
    });
    url
}

macro_rules! clients {
    ($krate:ident) => {{
        let url = serve();
        let builder = || {
            $krate::ClientBuilder::default()
                .base_url(url.clone())
                .options(|options| options.idle_timeout(Duration::from_secs(20)))
        };
        (builder().build().unwrap(), builder().build_blocking().unwrap())
    }};
}

/// Drops the connection, once what came before is sent.
fn dropped<T>() -> impl Stream<Item = Result<T, &'static str>> {
    stream::once(async {
        tokio::task::yield_now().await;
        Err("dropped")
    })
}

fn price(id: u32) -> Event {
    let data = format!("{{\"symbol\":\"A\",\n\"price\":{id}}}");
    Event::default().id(id.to_string()).event("price").data(data)
}

/// Three connections: one that is dropped behind the second event, one that ends behind the third, and none.
async fn prices(headers: HeaderMap) -> Response {
    let last = headers.get("last-event-id").map(|id| id.to_str().unwrap().to_owned());
    match last.as_deref() {
        None => {
            let hello = Event::default().comment("hello").retry(Duration::from_millis(2));
            let events = stream::iter([Ok(hello), Ok(price(1)), Ok(price(2))]);
            Sse::new(events.chain(dropped())).into_response()
        }
        Some("2") => {
            assert_eq!(headers[header::ACCEPT], "text/event-stream");
            Sse::new(stream::iter([Ok::<_, Infallible>(price(3))])).into_response()
        }
        Some("3") => StatusCode::NO_CONTENT.into_response(),
        Some(other) => panic!("nobody was given the id {other}"),
    }
}

/// One event, and then silence.
async fn notes() -> Response {
    let first = stream::iter([Ok::<_, Infallible>(Event::default().data("first"))]);
    Sse::new(first.chain(stream::pending())).into_response()
}

async fn chat(question: String) -> Response {
    assert_eq!(question, r#"{"prompt":"how?"}"#);
    let words = ["{\"word\":\"so\"}", "{\"word\":\"and so\"}", "[DONE]"];
    let events = words.map(|data| Ok::<_, Infallible>(Event::default().data(data)));
    Sse::new(stream::iter(events).chain(stream::pending())).into_response()
}

async fn lines() -> Response {
    let text = (0..2000).fold(String::new(), |text, at| {
        text + &format!("{{\"at\":{at},\"value\":0.5}}\r\n")
    });
    // Chunks that keep to no line.
    let chunks: Vec<_> = text
        .as_bytes()
        .chunks(777)
        .map(Bytes::copy_from_slice)
        .map(Ok::<_, Infallible>)
        .collect();
    (
        [(header::CONTENT_TYPE, "application/x-ndjson")],
        Body::from_stream(stream::iter(chunks)),
    )
        .into_response()
}

/// How many chunks a report has.
const CHUNKS: u32 = 40;

/// Returns a chunk that has its number.
fn chunk(number: u32) -> Bytes {
    number.to_be_bytes().repeat(16 << 10).into()
}

/// 2.5 MiB, of which the report `cut` lacks the end.
async fn report(path: axum::extract::Path<String>) -> Response {
    let chunks = stream::iter((0..CHUNKS).map(|number| Ok(chunk(number))));
    let body = match path.as_str() {
        "cut" => Body::from_stream(chunks.chain(dropped())),
        _ => Body::from_stream(chunks),
    };
    ([(header::CONTENT_TYPE, "application/octet-stream")], body).into_response()
}

#[tokio::test]
async fn events_go_on_behind_a_dropped_connection() {
    let (client, blocking) = clients!(case_events);
    let stream = operations::prices().events(&client).await.unwrap().into_inner();
    let found: Vec<_> = stream.map(|event| event.unwrap()).collect().await;
    let reported: Vec<_> = found
        .iter()
        .map(|event| (event.event.as_str(), event.id.as_str(), event.data.price))
        .collect();
    assert_eq!(
        reported,
        [("price", "1", 1.0), ("price", "2", 2.0), ("price", "3", 3.0)]
    );
    let iterator = operations::prices().events_blocking(&blocking).unwrap().into_inner();
    assert_eq!(iterator.map(|event| event.unwrap()).collect::<Vec<_>>(), found);
}

#[tokio::test]
async fn an_answer_comes_word_by_word() {
    let (client, blocking) = clients!(case_events);
    let stream = operations::chat(ChatBody::new("how?"))
        .events(&client)
        .await
        .unwrap()
        .into_inner();
    let words: Vec<_> = stream.map(|event| event.unwrap().data.word).collect().await;
    assert_eq!(words, ["so", "and so"]);
    let iterator = operations::chat(ChatBody::new("how?"))
        .events_blocking(&blocking)
        .unwrap()
        .into_inner();
    assert_eq!(
        iterator.map(|event| event.unwrap().data.word).collect::<Vec<_>>(),
        words
    );
}

#[tokio::test]
async fn silence_has_a_limit() {
    use case_events::runtime::Reconnect::Never;

    let (client, blocking) = clients!(case_events);
    let short = |options: case_events::runtime::Options| options.idle_timeout(Duration::from_millis(200));
    let stream = operations::notes()
        .events(&client.with(short))
        .await
        .unwrap()
        .into_inner()
        .reconnecting(Never);
    let found: Vec<_> = stream.collect().await;
    let iterator = operations::notes()
        .events_blocking(&blocking.with(short))
        .unwrap()
        .into_inner()
        .reconnecting(Never);
    for found in [found, iterator.collect()] {
        let [Ok(first), Err(EventError::Call(Error::Transport(error)))] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((first.data.as_str(), error.kind), ("first", TransportKind::Timeout));
    }
}

#[tokio::test]
async fn lines_come_in_chunks_of_any_length() {
    let (client, blocking) = clients!(case_json_lines);
    let at = |line: Result<case_json_lines::schemas::Reading, LineError>| line.unwrap().at;
    let found: Vec<i64> = readings::readings()
        .lines(&client)
        .await
        .unwrap()
        .into_inner()
        .map(at)
        .collect()
        .await;
    assert_eq!(found, (0..2000).collect::<Vec<_>>());
    let again: Vec<i64> = readings::readings()
        .lines_blocking(&blocking)
        .unwrap()
        .into_inner()
        .map(at)
        .collect();
    assert_eq!(again, found);
}

#[tokio::test]
async fn a_body_may_be_larger_than_any_cap() {
    let (client, blocking) = clients!(case_streams);
    let small = |options: case_streams::runtime::Options| options.max_response_size(1 << 20);
    let (client, blocking) = (client.with(small), blocking.with(small));
    let whole: Vec<u8> = (0..CHUNKS).flat_map(chunk).collect();
    let mut response = reports::download("whole").stream(&client).await.unwrap();
    let mut found = Vec::new();
    while let Some(chunk) = response.chunk().await.unwrap() {
        found.extend_from_slice(&chunk);
    }
    assert!(found == whole, "{} bytes of {}", found.len(), whole.len());
    let mut found = Vec::new();
    reports::download("whole")
        .stream_blocking(&blocking)
        .unwrap()
        .read_to_end(&mut found)
        .unwrap();
    assert!(found == whole, "{} bytes of {}", found.len(), whole.len());
    let refused = reports::download("whole").send(&client).await.unwrap_err();
    assert!(matches!(refused, case_streams::Error::Transport(error) if error.kind == TransportKind::TooLarge));

    let response = reports::download("cut").stream(&client).await.unwrap();
    let last = response.into_inner().collect::<Vec<_>>().await.pop().unwrap();
    assert_eq!(last.unwrap_err().kind, TransportKind::Interrupted);
    reports::download("cut")
        .stream_blocking(&blocking)
        .unwrap()
        .read_to_end(&mut Vec::new())
        .unwrap_err();
}
