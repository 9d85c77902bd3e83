//! A token endpoint and an API on the loopback, written with axum.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use case_oauth2_flows::ClientBuilder;
use case_oauth2_flows::operations::notes;
use case_oauth2_flows::runtime::{Grant, TransportKind};
use serde_json::{Value, json};

use crate::transport;

/// An id and a secret that show whether they were encoded as they have to be.
const ID: &str = "app:1 ü";
const SECRET: &str = "p%ss+w&rd=:/?";

/// What the server knows.
#[derive(Default)]
struct Known {
    /// The tokens that are good.
    tokens: Vec<String>,
    /// The refresh token that is good.
    refresh: String,
    /// How many tokens were given out.
    given: usize,
    /// The scope that was asked for last.
    scope: Option<String>,
}

type Shared = Arc<Mutex<Known>>;

/// Returns id and secret from the header, or else from the form.
fn credentials(headers: &HeaderMap, form: &BTreeMap<String, String>) -> Option<(String, String)> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Some((
            form.get("client_id")?.clone(),
            form.get("client_secret").cloned().unwrap_or_default(),
        ));
    };
    let text = value.to_str().ok()?.strip_prefix("Basic ")?;
    let text = String::from_utf8(BASE64_STANDARD.decode(text).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |text: &str| {
        form_urlencoded::parse(text.as_bytes())
            .next()
            .map(|(name, _)| name.into_owned())
    };
    Some((decode(id)?, decode(secret)?))
}

async fn token(
    State(known): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let refuse = |status, error: &str| (status, Json(json!({"error": error})));
    let mut known = known.lock().unwrap();
    let wanted = (ID.to_owned(), SECRET.to_owned());
    if credentials(&headers, &form) != Some(wanted) {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    match form.get("grant_type").map(String::as_str) {
        Some("client_credentials") => {}
        Some("refresh_token") if form.get("refresh_token") == Some(&known.refresh) => {}
        Some("refresh_token") => return refuse(StatusCode::BAD_REQUEST, "invalid_grant"),
        _ => return refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type"),
    }
    known.given += 1;
    known.scope = form.get("scope").cloned();
    let token = format!("token-{}", known.given);
    known.refresh = format!("refresh-{}", known.given);
    known.tokens = vec![token.clone()];
    let body = json!({
        "access_token": token, "token_type": "bearer", "expires_in": 3600, "refresh_token": known.refresh,
    });
    (StatusCode::OK, Json(body))
}

async fn of_notes(State(known): State<Shared>, headers: HeaderMap) -> Response {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = value.and_then(|value| value.strip_prefix("Bearer "));
    let known = known.lock().unwrap();
    match token {
        Some(token) if known.tokens.iter().any(|known| known == token) => StatusCode::NO_CONTENT.into_response(),
        _ => (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response(),
    }
}

/// Starts the server, and returns its base URL and what it knows.
async fn start() -> (String, Shared) {
    let known = Shared::default();
    "refresh-0".clone_into(&mut known.lock().unwrap().refresh);
    let app = Router::new()
        .route("/accounts/token", post(token))
        .route("/v1/oauth/refresh", post(token))
        .route("/v1/notes", get(of_notes).post(of_notes))
        .with_state(Arc::clone(&known));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (url, known)
}

#[tokio::test]
async fn a_client_obtains_tokens_and_is_let_in() {
    let (url, known) = start().await;
    let builder = || ClientBuilder::default().base_url(format!("{url}/v1"));
    let grant = || Grant::client_credentials(ID, SECRET).token_url("/accounts/token");
    let client = builder().grant(grant()).build().unwrap();
    notes::get_notes().send(&client).await.unwrap();
    notes::add_note().send(&client).await.unwrap();
    assert_eq!(known.lock().unwrap().given, 1);
    assert_eq!(known.lock().unwrap().scope.as_deref(), Some("notes.read notes.write"));
    // A token that is recalled costs one more request, and no call.
    known.lock().unwrap().tokens.clear();
    notes::add_note().send(&client).await.unwrap();
    assert_eq!(known.lock().unwrap().given, 2);
    // In the body it goes as well.
    let client = builder().grant(grant().credentials_in_body()).build().unwrap();
    notes::get_notes().send(&client).await.unwrap();
    // A wrong secret is reported.
    let wrong = Grant::client_credentials(ID, "wrong").token_url("/accounts/token");
    let client = builder().grant(wrong).build().unwrap();
    let error = transport(notes::get_notes().send(&client).await.unwrap_err());
    assert_eq!(error.kind, TransportKind::Authorization);
    assert!(format!("{error:#}").contains("invalid_client"), "{error}");
}

#[tokio::test]
async fn a_refresh_token_is_replaced_each_time() {
    let (url, known) = start().await;
    let builder = ClientBuilder::default().base_url(format!("{url}/v1"));
    let client = builder.refresh_token(ID, Some(SECRET), "refresh-0").build().unwrap();
    for round in 1..=3 {
        notes::get_notes().send(&client).await.unwrap();
        assert_eq!(known.lock().unwrap().given, round);
        known.lock().unwrap().tokens.clear();
    }
    // One that was used by another is refused.
    "refresh-of-another".clone_into(&mut known.lock().unwrap().refresh);
    let error = transport(notes::get_notes().send(&client).await.unwrap_err());
    assert!(format!("{error:#}").contains("invalid_grant"), "{error}");
}

#[tokio::test]
async fn a_blocking_client_does_the_same() {
    let (url, known) = start().await;
    let seen = Arc::clone(&known);
    let calls = tokio::task::spawn_blocking(move || {
        let grant = Grant::client_credentials(ID, SECRET).token_url("/accounts/token");
        let builder = ClientBuilder::default().base_url(format!("{url}/v1")).grant(grant);
        let client = builder.build_blocking().unwrap();
        notes::get_notes().send_blocking(&client).unwrap();
        known.lock().unwrap().tokens.clear();
        notes::add_note().send_blocking(&client).unwrap();
    });
    calls.await.unwrap();
    assert_eq!(seen.lock().unwrap().given, 2);
}
