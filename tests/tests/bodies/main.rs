//! Sends the bodies of emitted clients to a server that reads them with none of our code: axum and
//! its extractors answer what they understood.

#![allow(clippy::unwrap_used, reason = "what cannot be used fails the test")]

mod streamed;

use apicrate_runtime::{Encode, Upload, to_string};
use axum::extract::{Form, Multipart};
use axum::http::HeaderMap;
use axum::routing::{post, put};
use axum::{Json, Router};
use case_form_bodies::operations::shop::{self, GetTokenBody};
use case_form_bodies::schemas::{Order, OrderLine};
use case_multipart_bodies::operations::albums::{self, AddPhotoForm, AddPhotoFormRequired, SetPagesForm};
use case_multipart_bodies::schemas::{Place, PlaceRequired};
use serde_json::{Value, json};

/// Serves `app` on a port of its own for as long as the test runs, and returns the base URL.
async fn serve(app: Router) -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

/// Answers the pairs of a form, in order.
async fn pairs(Form(pairs): Form<Vec<(String, String)>>) -> Json<Value> {
    Json(json!(pairs))
}

/// Answers name, file name, media type, the header `X-Precision` and content of each part.
async fn parts(headers: HeaderMap, mut multipart: Multipart) -> Json<Value> {
    let mut parts = Vec::new();
    while let Some(field) = multipart.next_field().await.unwrap() {
        let precision = field
            .headers()
            .get("x-precision")
            .map(|value| value.to_str().unwrap().to_owned());
        let (name, file_name) = (field.name().map(str::to_owned), field.file_name().map(str::to_owned));
        let media_type = field.content_type().map(str::to_owned);
        parts.push(json!([
            name,
            file_name,
            media_type,
            precision,
            field.text().await.unwrap()
        ]));
    }
    assert!(headers.contains_key("content-length"));
    Json(json!(parts))
}

/// Returns a decoded response as a value of `serde_json`.
fn value<T: Encode>(response: &T) -> Value {
    serde_json::from_str(&to_string(response)).unwrap()
}

#[tokio::test]
async fn forms() {
    let app = Router::new().route("/token", post(pairs)).route("/orders", post(pairs));
    let url = serve(app).await;
    let client = case_form_bodies::Client::builder().base_url(url).build().unwrap();

    let token = GetTokenBody::new().scope(vec!["read +all".to_owned(), "ü&=%".to_owned()]);
    let response = shop::get_token(token).send(&client).await.unwrap();
    let expected = json!([
        ["grant_type", "client_credentials"],
        ["scope", "read +all"],
        ["scope", "ü&=%"]
    ]);
    assert_eq!(value(&*response), expected);

    let order = Order::new()
        .lines(vec![OrderLine::new("p 1").quantity(2)])
        .colors(vec!["red".to_owned(), "blue".to_owned()])
        .callback("https://shop.example/a b?c=d&e#f")
        .tags(vec!["x".to_owned()]);
    let response = shop::add_order().body(order).send(&client).await.unwrap();
    let expected = json!([
        ["lines[0][price]", "p 1"],
        ["lines[0][quantity]", "2"],
        ["colors", "red|blue"],
        ["callback", "https://shop.example/a b?c=d&e#f"],
        ["tags", "[\"x\"]"],
    ]);
    assert_eq!(value(&*response), expected);
}

#[tokio::test]
async fn multipart() {
    let app = Router::new()
        .route("/photos", post(parts))
        .route("/photos/{id}/pages", put(parts));
    let url = serve(app).await;
    let client = case_multipart_bodies::Client::builder().base_url(url).build().unwrap();

    let photo = AddPhotoForm::new(AddPhotoFormRequired {
        file: Upload::from("--not a boundary\r\n").file_name("see \"ü\"\r\n.txt"),
        title: "S\u{e9}a".into(),
    })
    .thumbnail(Upload::from("tiny").media_type("image/jpeg"))
    .place(Place::new(PlaceRequired { lat: 1.0, lon: 2.0 }))
    .place_x_precision(3)
    .labels(vec!["a".to_owned(), "b".to_owned()]);
    let response = albums::add_photo(photo).send(&client).await.unwrap();
    let text = "text/plain; charset=utf-8";
    let expected = json!([
        [
            "file",
            "see %22ü%22%0D%0A.txt",
            "application/octet-stream",
            null,
            "--not a boundary\r\n"
        ],
        ["title", null, text, null, "S\u{e9}a"],
        ["thumbnail", "thumbnail", "image/jpeg", null, "tiny"],
        ["place", null, "application/json", "3", r#"{"lat":1,"lon":2}"#],
        ["labels", null, text, null, "a,b"],
    ]);
    assert_eq!(value(&*response), expected);

    // One request of a reader can be sent once alone.
    let pages = vec![Upload::sized_reader(&b"one"[..], 3), Upload::from("two")];
    let request = albums::set_pages(7).body(SetPagesForm::new(pages));
    let response = request.clone().send(&client).await.unwrap();
    let bytes = "application/octet-stream";
    assert_eq!(
        value(&*response),
        json!([
            ["pages", "pages", bytes, null, "one"],
            ["pages", "pages", bytes, null, "two"]
        ])
    );
    let again = request.send(&client).await.unwrap_err();
    assert!(format!("{again:#}").contains("sent before"), "{again:#}");
}
