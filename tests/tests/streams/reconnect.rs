//! Server-sent events: when the request is sent again, and with what, to the millisecond.

use case_events::operations::events::{self as operations, ChatBody};
use case_events::runtime::{Error, EventError, Reconnect, TransportKind};
use futures_util::StreamExt as _;

use crate::fake::{Fake, Step};
use crate::{clients, events, sent_headers};

fn end() -> Step {
    Step::response(204, "")
}

/// Takes what comes over both clients, each with a script of its own, and sees that they do the same.
async fn notes(script: &[Step]) -> (Vec<String>, Fake) {
    let fake = Fake::new(script.to_vec());
    let (client, _) = clients!(case_events, &fake);
    let stream = operations::notes().events(&client).await.unwrap().into_inner();
    let found: Vec<String> = stream
        .map(|event| event.map_or_else(reported, |event| event.data))
        .collect()
        .await;
    let other = Fake::new(script.to_vec());
    let (_, blocking) = clients!(case_events, &other);
    let iterator = operations::notes().events_blocking(&blocking).unwrap().into_inner();
    let again: Vec<String> = iterator
        .map(|event| event.map_or_else(reported, |event| event.data))
        .collect();
    assert_eq!(again, found);
    assert_eq!(
        (other.times(), other.milliseconds()),
        (fake.times(), fake.milliseconds())
    );
    assert_eq!(
        sent_headers(&other, "last-event-id"),
        sent_headers(&fake, "last-event-id")
    );
    (found, fake)
}

fn reported<E: std::fmt::Debug>(error: EventError<E>) -> String {
    match error {
        EventError::Call(Error::Transport(error)) => format!("{:?}", error.kind),
        EventError::Call(error) => format!("{:?}", error.status()),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn the_request_is_sent_again_with_the_last_id() {
    let (found, fake) = notes(&[
        events("id: 1\ndata: a\n\n")
            .then(500, "id: \u{e9}2\ndata: b\n\nid: 3\ndata: lost")
            .cut(),
        // The server says how long to wait, and the last id stays where no other comes.
        events("retry: 250\ndata: c\n\n"),
        events("id\ndata: d\n\n").then(1000, ": still here\n\n"),
        end(),
    ])
    .await;
    assert_eq!(found, ["a", "b", "c", "d"]);
    // Three seconds as long as the server does not say, from the end of each response.
    assert_eq!(fake.times(), [0, 3500, 3750, 5000]);
    assert_eq!(sent_headers(&fake, "last-event-id"), ["", "\u{e9}2", "\u{e9}2", ""]);
    assert_eq!(sent_headers(&fake, "accept"), ["text/event-stream"; 4]);
}

#[tokio::test]
async fn a_silent_connection_is_given_up() {
    let (found, fake) = notes(&[
        events("retry: 10\nid: 1\ndata: a\n\n")
            .then(59_999, ":\n")
            .then(60_001, "data: late\n\n"),
        events("data: b\n\n"),
        end(),
    ])
    .await;
    assert_eq!(found, ["a", "b"]);
    assert_eq!(fake.times(), [0, 120_009, 120_019]);
    assert_eq!(sent_headers(&fake, "last-event-id"), ["", "1", "1"]);
}

#[tokio::test]
async fn waits_double_while_connections_fail() {
    let refused = || Step::fail(TransportKind::Connect);
    // Each connection is tried three times by the policy for retries, half a second and a second apart, each
    // times 0.75, which is what chance makes of them here.
    let three = [refused(), refused(), refused()];
    let mut script = vec![events("data: a\n\n").cut()];
    for _ in 0..4 {
        script.extend(three.clone());
    }
    script.extend([events("data: b\n\n").cut(), end()]);
    let (found, fake) = notes(&script).await;
    assert_eq!(found, ["a", "b"]);
    // 3 s, then 6, 12, 24 and 48 times 0.75; and 3 s again once something came.
    let starts = [3000, 8625, 18_750, 37_875, 75_000];
    let expected: Vec<u128> = [0]
        .into_iter()
        .chain(starts[..4].iter().flat_map(|start| [*start, start + 375, start + 1125]))
        .chain([75_000, 78_000])
        .collect();
    assert_eq!(fake.times(), expected);

    // The fifth that fails is the last.
    let mut script = vec![events("data: a\n\n").cut()];
    for _ in 0..5 {
        script.extend(three.clone());
    }
    let (found, fake) = notes(&script).await;
    assert_eq!(found, ["a", "Connect"]);
    assert_eq!(fake.milliseconds(), 76_125);
}

#[tokio::test]
async fn idle_connections_fail() {
    let empty = || {
        Step::response(200, "")
            .header("content-type", "text/event-stream")
            .cut()
    };
    let mut script = vec![events("retry: 100\ndata: a\n\n").cut()];
    script.extend([empty(), empty(), empty(), empty(), empty()]);
    let (found, fake) = notes(&script).await;
    assert_eq!(found, ["a", "Interrupted"]);
    // 100 ms, then 200, 400, 800 and 1600, each times 0.75.
    assert_eq!(fake.times(), [0, 100, 250, 550, 1150, 2350]);
}

#[tokio::test]
async fn a_status_that_is_no_success_ends_it() {
    let (found, fake) = notes(&[
        events("retry: 5\ndata: a\n\n"),
        // What passes is tried again, as in any call, and as long after as the server asks.
        Step::response(503, "").header("retry-after", "2"),
        events("data: b\n\n"),
        Step::response(410, "over"),
    ])
    .await;
    assert_eq!(found, ["a", "b", "Some(410)"]);
    assert_eq!(fake.times(), [0, 5, 2005, 2010]);
    let (found, _) = notes(&[
        events("retry: 5\ndata: a\n\n"),
        Step::response(200, "<p>").header("content-type", "text/html"),
    ])
    .await;
    assert_eq!(found, ["a", "Some(200)"]);
}

#[tokio::test]
async fn an_id_that_no_header_can_hold_ends_it() {
    let (found, fake) = notes(&[events("id: a\u{1}\ndata: a\n\n")]).await;
    assert_eq!(
        (found, fake.times()),
        (vec!["a".to_owned(), "None".to_owned()], vec![0])
    );
}

#[tokio::test]
async fn the_caller_decides_when_it_is_sent_again() {
    let once = || events("retry: 5\nid: 1\ndata: {\"word\":\"a\"}\n\n");
    for (policy, is_cut, times) in [
        (Reconnect::Never, false, vec![0]),
        (Reconnect::Never, true, vec![0]),
        (Reconnect::AfterFailure, false, vec![0]),
        (Reconnect::AfterFailure, true, vec![0, 5]),
        (Reconnect::Always, false, vec![0, 5, 10]),
        (Reconnect::Always, true, vec![0, 5, 10]),
    ] {
        let first = if is_cut { once().cut() } else { once() };
        let fake = Fake::new([first, once(), end()]);
        let (client, _) = clients!(case_events, &fake);
        // A request with effects, which only the caller has sent again.
        let stream = operations::chat(ChatBody::new("?"))
            .events(&client)
            .await
            .unwrap()
            .into_inner();
        let found: Vec<_> = stream.reconnecting(policy).collect().await;
        assert_eq!(fake.times(), times, "{policy:?}, cut: {is_cut}");
        assert!(
            fake.sent()
                .iter()
                .all(|sent| sent.request.body() == r#"{"prompt":"?"}"#)
        );
        assert_eq!(found.last().unwrap().is_err(), policy == Reconnect::Never && is_cut);

        let first = if is_cut { once().cut() } else { once() };
        let fake = Fake::new([first, once(), end()]);
        let (_, blocking) = clients!(case_events, &fake);
        let iterator = operations::chat(ChatBody::new("?"))
            .events_blocking(&blocking)
            .unwrap()
            .into_inner();
        assert_eq!(iterator.reconnecting(policy).count(), found.len());
        assert_eq!(fake.times(), times, "{policy:?}, cut: {is_cut}");
    }
}
