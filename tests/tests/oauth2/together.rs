//! Many calls at the same time share one request for a token.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use bytes::Bytes;
use case_oauth2_flows::operations::notes;
use case_oauth2_flows::runtime::{
    BlockingTransport, Body, Incoming, Limits, Pending, TokenError, Transport, TransportError,
};
use case_oauth2_flows::{Client, ClientBuilder};
use http::{Request, Response};

use crate::{SECRET, unauthorized};

/// How many calls there are at the same time.
const CALLS: usize = 64;

/// A server that gives out tokens, and refuses those that were recalled.
#[derive(Clone, Default)]
struct Busy(Arc<Counts>);

#[derive(Default)]
struct Counts {
    /// How many tokens were asked for.
    asked: AtomicUsize,
    /// How many calls were let in.
    done: AtomicUsize,
    /// How many calls were refused.
    refused: AtomicUsize,
    /// The number of the first token that is good.
    good: AtomicUsize,
    /// Whether no tokens are given out.
    is_closed: std::sync::atomic::AtomicBool,
}

impl Busy {
    fn answer(&self, request: &Request<Body>) -> (u16, String) {
        let counts = &*self.0;
        if request.uri().path() == "/token" {
            let number = counts.asked.fetch_add(1, Ordering::SeqCst) + 1;
            return if counts.is_closed.load(Ordering::SeqCst) {
                (400, r#"{"error":"unauthorized_client"}"#.to_owned())
            } else {
                (
                    200,
                    format!(r#"{{"access_token":"{number}","token_type":"Bearer","expires_in":3600}}"#),
                )
            };
        }
        let value = request.headers()["authorization"].to_str().unwrap();
        let number: usize = value.strip_prefix("Bearer ").unwrap().parse().unwrap();
        if number < counts.good.load(Ordering::SeqCst) {
            counts.refused.fetch_add(1, Ordering::SeqCst);
            (401, "{}".to_owned())
        } else {
            counts.done.fetch_add(1, Ordering::SeqCst);
            (204, String::new())
        }
    }

    fn counts(&self) -> [usize; 3] {
        [&self.0.asked, &self.0.done, &self.0.refused].map(|count| count.load(Ordering::SeqCst))
    }
}

fn head(status: u16) -> Response<()> {
    Response::builder().status(status).body(()).unwrap()
}

impl Transport for Busy {
    fn send(&self, request: Request<Body>) -> Pending<'_, Result<Response<Incoming>, TransportError>> {
        Box::pin(async move {
            // The others get as far as they can meanwhile.
            for _ in 0..2 * CALLS {
                tokio::task::yield_now().await;
            }
            let (status, body) = self.answer(&request);
            Ok(head(status).map(|()| Incoming::from(Bytes::from(body))))
        })
    }
}

impl BlockingTransport for Busy {
    fn send(
        &self,
        request: Request<Body>,
        _limits: Limits,
    ) -> Result<Response<Box<dyn std::io::Read + Send>>, TransportError> {
        let (status, body) = self.answer(&request);
        Ok(head(status).map(|()| -> Box<dyn std::io::Read + Send> { Box::new(std::io::Cursor::new(body)) }))
    }
}

fn builder(server: &Busy) -> ClientBuilder {
    ClientBuilder::default()
        .client_credentials("app", SECRET)
        .transport(server.clone())
        .blocking_transport(server.clone())
}

/// Sends all calls at the same time, and returns what becomes of each.
async fn send_all(client: &Client) -> Vec<Result<(), TransportError>> {
    let calls = (0..CALLS).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { notes::get_notes().send(&client).await.map(|_| ()).map_err(unauthorized) })
    });
    let mut results = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        results.push(call.await.unwrap());
    }
    results
}

#[tokio::test]
async fn calls_that_start_together_ask_for_one_token() {
    let server = Busy::default();
    let client = builder(&server).build().unwrap();
    assert!(send_all(&client).await.iter().all(Result::is_ok));
    assert_eq!(server.counts(), [1, CALLS, 0]);
    // A token that is recalled is replaced once, for all that were refused with it.
    server.0.good.store(2, Ordering::SeqCst);
    assert!(send_all(&client).await.iter().all(Result::is_ok));
    assert_eq!(server.counts(), [2, 2 * CALLS, CALLS]);
}

#[tokio::test]
async fn calls_that_wait_for_a_token_share_its_failure() {
    let server = Busy::default();
    server.0.is_closed.store(true, Ordering::SeqCst);
    let client = builder(&server).build().unwrap();
    let results = send_all(&client).await;
    for result in results {
        let error = result.unwrap_err();
        let source: &TokenError = error.source.downcast_ref().unwrap();
        assert_eq!(source.code.as_deref(), Some("unauthorized_client"));
    }
    assert_eq!(server.counts(), [1, 0, 0]);
    // The next call asks again.
    server.0.is_closed.store(false, Ordering::SeqCst);
    notes::get_notes().send(&client).await.unwrap();
    assert_eq!(server.counts(), [2, 1, 0]);
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_the_token_to_the_next() {
    let server = Busy::default();
    let client = builder(&server).build().unwrap();
    let first = tokio::spawn({
        let client = client.clone();
        async move { notes::get_notes().send(&client).await.is_ok() }
    });
    // It has begun to ask.
    tokio::task::yield_now().await;
    let second = tokio::spawn({
        let client = client.clone();
        async move { notes::get_notes().send(&client).await.is_ok() }
    });
    tokio::task::yield_now().await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    assert!(second.await.unwrap());
    assert_eq!(server.counts(), [1, 1, 0]);
}

#[test]
fn threads_share_one_token_too() {
    let server = Busy::default();
    let client = builder(&server).build_blocking().unwrap();
    let start = Barrier::new(8);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                start.wait();
                notes::get_notes().send_blocking(&client).unwrap();
            });
        }
    });
    assert_eq!(server.counts(), [1, 8, 0]);
}
