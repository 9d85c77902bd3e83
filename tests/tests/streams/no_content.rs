//! Responses that HTTP gives no content, whatever the document says: by both clients, over a socket and by the mock.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use case_responses_without_content::operations::things::{
    self, ChangeThings, ChangeThingsResponse, FetchThings, FetchThingsError, Probe, ProbeError, RemoveThings,
    RemoveThingsError, ResetThings, Trace,
};
use case_responses_without_content::runtime::Call as _;
use case_responses_without_content::runtime::{Error, Mock, MockResponse, RequestDefaults};
use case_responses_without_content::{BlockingClient, Client, ClientBuilder};
use http::StatusCode;

/// What the server says to each method; it keeps the connection, so that content nobody may read would be taken for
/// the next response.
fn answer(method: &str, count: usize) -> &'static str {
    match (method, count) {
        ("GET", 0) => "HTTP/1.1 304 Not Modified\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n",
        ("GET", _) => {
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"name\":\"one\"}"
        }
        ("PUT", _) => "HTTP/1.1 204 No Content\r\nContent-Type: application/json\r\n\r\n",
        ("POST", _) => "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n",
        ("DELETE", 0) => "HTTP/1.1 204 No Content\r\n\r\n",
        ("DELETE", _) => {
            "HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"reason\":\"kept\"}"
        }
        ("HEAD", 0) => "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n",
        ("HEAD", 1) => "HTTP/1.1 404 Not Found\r\nContent-Type: application/problem+json\r\nContent-Length: 17\r\n\r\n",
        ("HEAD", _) => "HTTP/1.1 418 I'm a teapot\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n",
        _ => "HTTP/1.1 500 Unknown\r\nContent-Length: 0\r\n\r\n",
    }
}

/// Serves a client, and returns the URL.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let counts = Counts::default();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, counts) = (stream.unwrap(), Arc::clone(&counts));
            std::thread::spawn(move || talk(stream, &counts));
        }
    });
    url
}

/// How many requests there were of each method.
type Counts = Arc<Mutex<BTreeMap<String, usize>>>;

/// Answers requests for as long as the connection is there.
fn talk(mut stream: TcpStream, counts: &Counts) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        let method = line.split(' ').next().unwrap().to_owned();
        while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
        let mut counts = counts.lock().unwrap();
        let count = counts.entry(method.clone()).or_default();
        stream.write_all(answer(&method, *count).as_bytes()).unwrap();
        *count += 1;
    }
}

/// Asserts what each method gives, in the order of the server's answers.
macro_rules! assert_each {
    ($send:ident, $client:expr $(, $wait:tt)*) => {{
        let client = $client;
        let error = things::fetch().$send(client)$(.$wait)*.unwrap_err();
        assert!(matches!(error, Error::Status(found) if found.error == FetchThingsError::NotModified));
        assert_eq!(*things::change().$send(client)$(.$wait)*.unwrap(), ChangeThingsResponse::NoContent);
        assert_eq!(things::reset().$send(client)$(.$wait)*.unwrap().status(), 205);
        assert_eq!(things::remove().$send(client)$(.$wait)*.unwrap().status(), 204);
        let error = things::remove().$send(client)$(.$wait)*.unwrap_err();
        assert!(matches!(error, Error::Status(found) if matches!(&found.error, RemoveThingsError::Other(it) if it.reason == "kept")));
        let found = things::probe().$send(client)$(.$wait)*.unwrap();
        let () = *found;
        assert!(found.body().is_empty());
        let error = things::probe().$send(client)$(.$wait)*.unwrap_err();
        assert!(matches!(error, Error::Status(found) if found.error == ProbeError::NotFound));
        let error = things::probe().$send(client)$(.$wait)*.unwrap_err();
        assert!(matches!(error, Error::Status(found) if found.error == ProbeError::Other));
        // Nothing was left over that would be taken for this response.
        assert_eq!(things::fetch().$send(client)$(.$wait)*.unwrap().name.as_deref(), Some("one"));
    }};
}

fn builder(url: &str) -> ClientBuilder {
    ClientBuilder::default().base_url(url).key("k")
}

#[tokio::test]
async fn a_client_reads_no_content() {
    let client = builder(&serve()).build().unwrap();
    assert_each!(send, &client, await);
}

#[test]
fn a_blocking_client_reads_no_content() {
    let client = builder(&serve()).build_blocking().unwrap();
    assert_each!(send_blocking, &client);
}

/// A response of a mock has no content where HTTP allows none.
fn mock() -> Mock {
    let reason = || MockResponse::bytes(StatusCode::CONFLICT, "application/json", r#"{"reason":"kept"}"#);
    let json = |status: StatusCode| MockResponse::bytes(status, "application/json", r#"{"name":"one"}"#);
    let mock = Mock::new();
    let _ = mock
        .on::<FetchThings>()
        .answer(json(StatusCode::NOT_MODIFIED).cut())
        .answer(json(StatusCode::OK));
    let _ = mock.on::<ChangeThings>().answer(json(StatusCode::NO_CONTENT));
    let _ = mock.on::<ResetThings>().answer(json(StatusCode::RESET_CONTENT));
    let _ = mock
        .on::<RemoveThings>()
        .answer(json(StatusCode::NO_CONTENT))
        .answer(reason());
    let _ = mock
        .on::<Probe>()
        .answer(json(StatusCode::OK))
        .answer(json(StatusCode::NOT_FOUND))
        .answer(MockResponse::empty(StatusCode::IM_A_TEAPOT));
    mock
}

#[tokio::test]
async fn a_mock_has_no_content() {
    let client: Client = ClientBuilder::default().key("k").mock(&mock()).build().unwrap();
    assert_each!(send, &client, await);
    let client: BlockingClient = ClientBuilder::default()
        .key("k")
        .mock(&mock())
        .build_blocking()
        .unwrap();
    assert_each!(send_blocking, &client);
}

/// A response to HEAD has the headers of one to GET, so the request asks for the same.
#[test]
fn head_asks_for_what_get_would_give() {
    let base = RequestDefaults::new("http://localhost").unwrap();
    let request = things::probe().into_http(&base).unwrap();
    assert_eq!(
        request.headers()["accept"],
        "application/json, application/problem+json"
    );
    assert!(things::remove().into_http(&base).unwrap().headers()["accept"] == "application/json");
    assert!(things::reset().into_http(&base).unwrap().headers()["accept"] == "application/json");
}

/// What the server would send back is not sent: content, and credentials.
#[test]
fn trace_sends_neither_content_nor_credentials() {
    let mock = mock();
    let _ = mock
        .on::<Trace>()
        .answer(MockResponse::bytes(StatusCode::OK, "message/http", "TRACE / HTTP/1.1"));
    let client = ClientBuilder::default()
        .key("secret")
        .mock(&mock)
        .build_blocking()
        .unwrap();
    assert_eq!(*things::trace().send_blocking(&client).unwrap(), "TRACE / HTTP/1.1");
    things::probe().send_blocking(&client).unwrap();
    let [trace, probe] = mock.requests().try_into().unwrap();
    assert_eq!((trace.method.as_str(), trace.body.len()), ("TRACE", 0));
    assert!(
        trace
            .headers
            .keys()
            .all(|name| name != "x-key" && name != "content-type")
    );
    assert_eq!(probe.headers["x-key"], "secret");
}
