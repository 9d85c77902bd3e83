//! A large file is read while it is sent, and no sooner than the server takes it, whichever client sends it.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use apicrate_runtime::{Body, Upload};
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::routing::post;
use axum::{Json, Router};
use case_multipart_bodies::ClientBuilder;
use case_multipart_bodies::operations::albums::{self, AddPhotoForm, AddPhotoFormRequired};
use case_multipart_bodies::runtime::Call as _;
use http::Request;
use serde_json::{Value, json};

/// More than the sockets of both ends ever hold.
const SIZE: u64 = 64 * 1024 * 1024;

/// Gives `left` bytes, and counts those that were asked of it.
struct Counted {
    left: u64,
    given: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.left.min(buffer.len() as u64);
        buffer[..usize::try_from(count).unwrap()].fill(b'x');
        self.left -= count;
        self.given.fetch_add(count, Ordering::SeqCst);
        Ok(usize::try_from(count).unwrap())
    }
}

/// Answers how much had been read when the first bytes of the file came, and how many came.
async fn measure(State(given): State<Arc<AtomicU64>>, mut multipart: Multipart) -> Json<Value> {
    let mut file = multipart.next_field().await.unwrap().unwrap();
    let mut length = file.chunk().await.unwrap().unwrap().len();
    let read = given.load(Ordering::SeqCst);
    while let Some(chunk) = file.chunk().await.unwrap() {
        length += chunk.len();
    }
    Json(json!({"read": read, "length": length}))
}

/// Sends a request over a plain socket, as an HTTP client of one's own would.
fn send(request: Request<Body>) -> String {
    let (parts, body) = request.into_parts();
    let authority = parts.uri.authority().unwrap().as_str();
    let mut stream = TcpStream::connect(authority).unwrap();
    let path = parts.uri.path();
    write!(
        stream,
        "{} {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n",
        parts.method
    )
    .unwrap();
    for (name, value) in &parts.headers {
        write!(stream, "{name}: {}\r\n", value.to_str().unwrap()).unwrap();
    }
    stream.write_all(b"\r\n").unwrap();
    std::io::copy(&mut body.into_reader(), &mut stream).unwrap();
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line).unwrap();
    }
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    text
}

/// Serves what measures; returns the base URL, a form with a file of `SIZE` bytes, and how many of them were read.
async fn prepared() -> (String, AddPhotoForm, Arc<AtomicU64>) {
    let given = Arc::new(AtomicU64::new(0));
    let app = Router::new()
        .route("/photos", post(measure))
        .layer(DefaultBodyLimit::disable())
        .with_state(Arc::clone(&given));
    let counted = Counted {
        left: SIZE,
        given: Arc::clone(&given),
    };
    let form = AddPhotoForm::new(AddPhotoFormRequired {
        file: Upload::sized_reader(counted, SIZE),
        title: "Sea".into(),
    });
    (super::serve(app).await, form, given)
}

/// Asserts that the whole file came, and that little of it had been read when its start came.
fn assert_streamed(response: &Value) {
    assert_eq!(response["length"], SIZE);
    assert!(response["read"].as_u64().unwrap() < SIZE / 2, "{response}");
}

#[tokio::test]
async fn over_a_socket() {
    let (url, form, given) = prepared().await;
    let base = ClientBuilder::default().base_url(url).request_defaults().unwrap();
    let request = albums::add_photo(form).into_http(&base).unwrap();
    // Nothing is read to make the request, and its length is known all the same.
    assert_eq!(given.load(Ordering::SeqCst), 0);
    let length: u64 = request.headers()["content-length"].to_str().unwrap().parse().unwrap();
    assert!(length > SIZE);
    let response = tokio::task::spawn_blocking(move || send(request)).await.unwrap();
    assert_streamed(&serde_json::from_str(&response).unwrap());
}

#[tokio::test]
async fn by_the_async_client() {
    let (url, form, _) = prepared().await;
    let client = ClientBuilder::default().base_url(url).build().unwrap();
    let response = albums::add_photo(form).send(&client).await.unwrap();
    assert_streamed(&super::value(&*response));
}

#[tokio::test]
async fn by_the_blocking_client() {
    let (url, form, _) = prepared().await;
    let client = ClientBuilder::default().base_url(url).build_blocking().unwrap();
    let response = tokio::task::spawn_blocking(move || albums::add_photo(form).send_blocking(&client));
    assert_streamed(&super::value(&*response.await.unwrap().unwrap()));
}
