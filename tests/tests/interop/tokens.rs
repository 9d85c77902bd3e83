//! Tokens that @node-oauth/oauth2-server gives out and asks for.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use case_oauth2_flows::operations::notes;
use case_oauth2_flows::runtime::{Clock, Grant, TransportKind};
use case_oauth2_flows::{ClientBuilder, Error};
use serde_json::{Value, json};

use crate::read;

const SECRET: &str = "s3cr3t";

/// A client with signs that a form escapes.
const SIGNS: (&str, &str) = ("app 1", "p%ss+w&rd=:/?");

/// Returns a builder for a store of tokens that no other test has.
fn builder(store: &str) -> ClientBuilder {
    ClientBuilder::default().base_url(crate::url(&format!("tokens/{store}")))
}

fn grant(id: &str, secret: &str) -> Grant {
    Grant::client_credentials(id, secret).token_url("oauth/token")
}

/// Returns what the server says of whom it lets in: the client, its scopes, and how many tokens it has given out.
fn reported(client: &str, count: u32) -> Value {
    json!({"client": client, "scope": ["notes.read", "notes.write"], "count": count})
}

/// Returns why no token came.
fn refusal<E: std::fmt::Debug>(error: Error<E>) -> String {
    match error {
        Error::Transport(error) if error.kind == TransportKind::Authorization => format!("{error:#}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn a_client_asks_for_itself() {
    let client = builder("itself").grant(grant("app", SECRET)).build().unwrap();
    let response = notes::get_notes().send(&client).await.unwrap();
    assert_eq!(read(&response), reported("app", 1));
    // The note that is added is the end of all tokens: the next call is refused, and sent again with a new one.
    let response = notes::add_note().send(&client).await.unwrap();
    assert_eq!(read(&response), reported("app", 1));
    let response = notes::add_note().send(&client).await.unwrap();
    assert_eq!(read(&response), reported("app", 2));
    let response = notes::get_notes().send(&client).await.unwrap();
    assert_eq!(read(&response), reported("app", 3));
}

#[test]
#[ignore = "`cargo xtask interop` starts its server"]
fn a_blocking_client_does_the_same() {
    let client = builder("blocking")
        .grant(grant("app", SECRET))
        .build_blocking()
        .unwrap();
    let response = notes::add_note().send_blocking(&client).unwrap();
    assert_eq!(read(&response), reported("app", 1));
    let response = notes::get_notes().send_blocking(&client).unwrap();
    assert_eq!(read(&response), reported("app", 2));
}

/// A clock that is turned by hand.
#[derive(Clone, Default)]
struct Turned(Arc<AtomicU64>);

impl Clock for Turned {
    fn now(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }

    fn date(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.now()
    }

    fn random(&self) -> f64 {
        0.5
    }
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn a_token_is_renewed_before_its_end() {
    let clock = Turned::default();
    let client = builder("renewed").clock(clock.clone()).grant(grant("app", SECRET));
    let client = client.build().unwrap();
    // The server gives it an hour; half a minute before that another one is asked for.
    for (now, count) in [(0, 1), (3569, 1), (3570, 2), (7139, 2), (7140, 3)] {
        clock.0.store(now, Ordering::SeqCst);
        let response = notes::get_notes().send(&client).await.unwrap();
        assert_eq!(read(&response), reported("app", count), "after {now} s");
    }
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn credentials_of_signs_go_in_the_body_where_a_server_does_not_decode_the_header() {
    // RFC 6749 §2.3.1 has the header hold them as a form does; basic-auth, like many, leaves it at that.
    let (id, secret) = SIGNS;
    let client = builder("signs").grant(grant(id, secret)).build().unwrap();
    let refused = refusal(notes::get_notes().send(&client).await.unwrap_err());
    assert!(refused.contains("invalid_client"), "{refused}");
    let client = builder("signs").grant(grant(id, secret).credentials_in_body());
    let response = notes::get_notes().send(&client.build().unwrap()).await.unwrap();
    assert_eq!(read(&response), reported(id, 1));

    let client = builder("signs").grant(grant("app", "wrong")).build().unwrap();
    let refused = refusal(notes::get_notes().send(&client).await.unwrap_err());
    assert!(refused.contains("invalid_client"), "{refused}");
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn scopes_are_those_that_were_asked_for() {
    let client = builder("scopes").grant(grant("app", SECRET).scopes(["notes.read"]));
    let client = client.build().unwrap();
    let response = notes::get_notes().send(&client).await.unwrap();
    assert_eq!(response.headers()["x-oauth-scopes"], "notes.read");
    // What was granted and is not enough is not asked for once more.
    let error = notes::add_note().send(&client).await.unwrap_err();
    let response = error.response().unwrap();
    let reason = response.headers["www-authenticate"].to_str().unwrap();
    assert_eq!(response.status, 403);
    assert!(reason.contains("insufficient_scope"), "{reason}");
    let found = read(&notes::get_notes().send(&client).await.unwrap());
    assert_eq!(found["count"], 1);

    let client = builder("scopes").grant(grant("app", SECRET).scopes(["notes.all"]));
    let refused = refusal(notes::get_notes().send(&client.build().unwrap()).await.unwrap_err());
    assert!(refused.contains("invalid_scope"), "{refused}");
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn a_refresh_token_is_replaced_each_time() {
    for (id, secret) in [("app", Some(SECRET)), ("public", None)] {
        let store = format!("refresh-{id}");
        let first = || {
            let grant = Grant::refresh_token(id, format!("first of {id}"));
            secret.into_iter().fold(grant, Grant::secret)
        };
        let kept = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&kept);
        let grant = first().on_refresh_token(move |token| keep.lock().unwrap().push(token.to_owned()));
        let client = builder(&store).grant(grant).build().unwrap();
        for count in 1..=3 {
            let response = notes::add_note().send(&client).await.unwrap();
            assert_eq!(read(&response), reported(id, count));
        }
        let mut tokens = kept.lock().unwrap().clone();
        tokens.dedup();
        assert_eq!(tokens.len(), 3, "{tokens:?}");
        // The first was good for once.
        let late = builder(&store).grant(first()).build().unwrap();
        let refused = refusal(notes::get_notes().send(&late).await.unwrap_err());
        assert!(refused.contains("invalid_grant"), "{refused}");
        // The last goes on where another program left off.
        let last = Grant::refresh_token(id, tokens.pop().unwrap());
        let client = builder(&store).grant(secret.into_iter().fold(last, Grant::secret));
        let response = notes::get_notes().send(&client.build().unwrap()).await.unwrap();
        assert_eq!(read(&response), reported(id, 4));
    }
}
