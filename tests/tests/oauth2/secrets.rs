//! What nobody sees: secrets of the client, refresh tokens, and the tokens that were obtained.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex};

use case_oauth2_flows::operations::notes;
use case_oauth2_flows::runtime::{Body, Grant, Interceptor, RawResponse, Sent, TransportError, TransportKind};
use http::Request;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber, subscriber};

use crate::fake::{Fake, Step};
use crate::{SECRET, client, done, over, token};

/// What starts every token here.
const TOKEN: &str = "t0k3n";
const REFRESH: &str = "r3fr3sh";

/// Fails where a text shows what nobody may see; what the header of id and secret is made of included.
fn shows_nothing(text: &str) {
    for secret in [SECRET, TOKEN, REFRESH, "czNjcjN0", "OnMzY3IzdA"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn no_debug_shows_a_secret() {
    let fake = Fake::new([token("t0k3n-1", 60), done()]);
    let builder = over(&fake).client_credentials("app", SECRET);
    let client = builder.clone().build().unwrap();
    notes::get_notes().send(&client).await.unwrap();
    let grant = Grant::refresh_token("app", REFRESH)
        .secret(SECRET)
        .parameter("assertion", SECRET);
    for sent in fake.sent() {
        shows_nothing(&format!("{:?}", sent.request.headers()));
    }
    for shown in [
        format!("{builder:?}"),
        format!("{client:?}"),
        format!("{grant:?}"),
        format!("{:?}", builder.build_blocking().unwrap()),
    ] {
        shows_nothing(&shown);
    }
}

#[tokio::test]
async fn no_error_shows_a_secret() {
    let success = r#"{"access_token":"t0k3n","token_type":"Bearer","refresh_token":"r3fr3sh","expires_in":60"#;
    let repeats = r#"{"error":"invalid_grant","error_description":"Invalid refresh token: r3fr3sh (s3cr3t)"}"#;
    let scripts = [
        // A response that breaks off, or is truncated otherwise, may hold a token.
        vec![Step::json(200, success).cut()],
        vec![Step::json(200, success).stalled()],
        vec![Step::json(200, success)],
        vec![Step::json(200, &format!("{success},\"x\":}}"))],
        vec![Step::json(200, r#"{"access_token":"t0k3n\n"}"#)],
        vec![Step::json(200, r#"{"access_token":"t0k3n","token_type":"mac"}"#)],
        // Some servers repeat what they were sent.
        vec![Step::json(400, repeats)],
        vec![Step::json(500, &format!("{repeats}s3cr3t"))],
        vec![Step::fail(TransportKind::Interrupted)],
        // And a call that fails has one in its headers.
        vec![token("t0k3n", 60), Step::fail(TransportKind::TooLarge)],
        vec![token("t0k3n", 60), Step::json(418, "{}")],
    ];
    for script in scripts {
        let fake = Fake::new(script);
        let builder = over(&fake).refresh_token("app", Some(SECRET), REFRESH);
        let error = notes::get_notes().send(&builder.build().unwrap()).await.unwrap_err();
        shows_nothing(&format!("{error:#} {error:?}"));
    }
    let fake = Fake::new([Step::json(400, repeats)]);
    let builder = over(&fake).refresh_token("app", Some(SECRET), REFRESH);
    let error = notes::get_notes().send(&builder.build().unwrap()).await.unwrap_err();
    let shown = format!("{error:#}");
    assert!(
        shown.ends_with("invalid_grant: Invalid refresh token: … (…)"),
        "{shown}"
    );
}

/// Writes down everything that is traced.
#[derive(Clone, Default)]
struct Traced(Arc<Mutex<String>>);

impl Visit for Traced {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let line = format!("{}={value:?} ", field.name());
        self.0.lock().unwrap().push_str(&line);
    }
}

impl Subscriber for Traced {
    fn enabled(&self, _metadata: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        attributes.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

#[tokio::test]
async fn no_trace_shows_a_secret() {
    let traced = Traced::default();
    let _guard = subscriber::set_default(traced.clone());
    let fake = Fake::new([
        Step::json(503, r#"{"s3cr3t":1}"#),
        token("t0k3n", 60),
        Step::json(401, "{}"),
        token("t0k3n-2", 60),
        done(),
    ]);
    notes::get_notes().send(&client(&fake)).await.unwrap();
    let reported = traced.0.lock().unwrap().clone();
    assert!(
        reported.contains("the token endpoint") && reported.contains("status=401"),
        "{reported}"
    );
    shows_nothing(&reported);
}

/// Writes down the paths that it sees.
#[derive(Clone, Default)]
struct Witness(Arc<Mutex<Vec<String>>>);

impl Interceptor for Witness {
    fn before_send(&self, sent: Sent<'_>, request: &mut Request<Body>) -> Result<(), Box<dyn StdError + Send + Sync>> {
        let path = sent.operation.path;
        let has_token = request.headers().contains_key("authorization");
        self.0.lock().unwrap().push(format!("{path} {has_token}"));
        Ok(())
    }

    fn after_receive(&self, sent: Sent<'_>, _outcome: Result<&RawResponse, &TransportError>) {
        self.0.lock().unwrap().push(sent.operation.path.to_owned());
    }
}

#[tokio::test]
async fn interceptors_see_calls_alone() {
    let witness = Witness::default();
    let fake = Fake::new([token("t0k3n", 60), done()]);
    let builder = over(&fake)
        .client_credentials("app", SECRET)
        .interceptor(witness.clone())
        .header("x-of-the-api", SECRET);
    notes::get_notes().send(&builder.build().unwrap()).await.unwrap();
    assert_eq!(*witness.0.lock().unwrap(), ["/notes true", "/notes"]);
    // Nor is the token endpoint sent what the API's requests have.
    let sent = fake.sent();
    assert!(!sent[0].request.headers().contains_key("x-of-the-api"));
    assert!(sent[1].request.headers().contains_key("x-of-the-api"));
}
