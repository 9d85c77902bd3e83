//! Server-sent events: what they carry.

use case_events::operations::events::{self as operations, Chat, ChatBody};
use case_events::runtime::Call as _;
use case_events::runtime::{Error, Event, EventError, Reconnect, TransportKind};
use case_events::schemas::State;
use futures_util::StreamExt as _;

use crate::fake::{Fake, Step};
use crate::{body, clients, events, sent_headers};

fn words(text: &str) -> ChatBody {
    ChatBody::new(text)
}

#[tokio::test]
async fn each_event_carries_what_the_schema_says() {
    let text = "id: 7\nevent: tick\ndata: {\"symbol\":\"A\",\ndata: \"price\":1.5}\n\ndata: {}\n\ndata: {\"symbol\":\"B\",\"price\":2}\n\n";
    let fake = Fake::new([events(text), events(text)]);
    let (client, blocking) = clients!(case_events, &fake);
    let response = operations::prices().events(&client).await.unwrap();
    let mut stream = response.into_inner().reconnecting(Reconnect::Never);
    let first = stream.next().await.unwrap().unwrap();
    assert_eq!(
        (first.event.as_str(), first.id.as_str(), first.data.price),
        ("tick", "7", 1.5)
    );
    // The raw event is kept, and the stream goes on.
    let Some(Err(EventError::Undecodable(found))) = stream.next().await else {
        panic!()
    };
    assert_eq!((found.event.data.as_str(), found.event.id.as_str()), ("{}", "7"));
    assert!(found.error.to_string().contains("symbol"), "{}", found.error);
    let third = stream.next().await.unwrap().unwrap();
    assert_eq!((third.event.as_str(), third.data.symbol.as_str()), ("message", "B"));
    assert!(stream.next().await.is_none());
    assert!(stream.next().await.is_none(), "the end stays the end");

    let response = operations::prices().events_blocking(&blocking).unwrap();
    let again: Vec<_> = response.into_inner().reconnecting(Reconnect::Never).collect();
    assert_eq!(again.len(), 3);
    assert_eq!(again[2].as_ref().unwrap().data, third.data);
    assert_eq!(sent_headers(&fake, "accept"), ["text/event-stream"; 2]);
    assert_eq!(sent_headers(&fake, "last-event-id"), [""; 2]);
}

#[tokio::test]
async fn text_is_taken_as_it_stands() {
    let fake = Fake::new([
        events("data: \"quoted\"\ndata:  and more\n\n"),
        events("data: on\n\ndata: dimmed\n\n"),
        events("data: off\n\n"),
    ]);
    let (client, blocking) = clients!(case_events, &fake);
    let notes = operations::notes()
        .events(&client)
        .await
        .unwrap()
        .into_inner()
        .reconnecting(Reconnect::Never);
    let notes: Vec<String> = notes.map(|event| event.unwrap().data).collect().await;
    assert_eq!(notes, ["\"quoted\"\n and more"]);
    let states = operations::states()
        .events(&client)
        .await
        .unwrap()
        .into_inner()
        .reconnecting(Reconnect::Never);
    let states: Vec<State> = states.map(|event| event.unwrap().data).collect().await;
    assert_eq!(states[0], State::On);
    assert_eq!(states[1].as_str(), "dimmed", "what is new is kept");
    let states = operations::states()
        .events_blocking(&blocking)
        .unwrap()
        .into_inner()
        .reconnecting(Reconnect::Never);
    assert_eq!(
        states.map(|event| event.unwrap().data).collect::<Vec<_>>(),
        [State::Off]
    );
}

#[tokio::test]
async fn the_same_answer_as_a_whole_or_word_by_word() {
    let spoken = "data: {\"word\":\"a\"}\n\ndata: {\"word\":\"b\"}\n\ndata: [DONE]\n\ndata: {\"word\":\"c\"}\n\n";
    let fake = Fake::new([
        Step::json(200, r#"{"answer":"a b"}"#),
        events(spoken).stalled(),
        events(spoken).stalled(),
    ]);
    let (client, blocking) = clients!(case_events, &fake);
    assert_eq!(operations::chat(words("?")).send(&client).await.unwrap().answer, "a b");
    let stream = operations::chat(words("?")).events(&client).await.unwrap().into_inner();
    // What says that there are no more ends it, though the connection stays.
    let found: Vec<String> = stream.map(|event| event.unwrap().data.word).collect().await;
    assert_eq!((found.join(" ").as_str(), fake.milliseconds()), ("a b", 0));
    let iterator = operations::chat(words("?"))
        .events_blocking(&blocking)
        .unwrap()
        .into_inner();
    assert_eq!(
        iterator.map(|event| event.unwrap().data.word).collect::<Vec<_>>(),
        found
    );
    assert_eq!(
        sent_headers(&fake, "accept"),
        ["application/json", "text/event-stream", "text/event-stream"]
    );
    assert!(
        fake.sent()
            .iter()
            .all(|sent| sent.request.body() == r#"{"prompt":"?"}"#)
    );
}

#[tokio::test]
async fn an_event_may_not_be_larger_than_the_caller_allows() {
    let text = format!("data: {}\n\ndata: ok\n\n", "x".repeat(99));
    let fake = Fake::new([events(&text), events(&text)]);
    let (client, blocking) = clients!(case_events, &fake);
    let summary = |event: Result<Event<String>, EventError<_>>| {
        event.map_or_else(|error| format!("{error:#}"), |event| event.data)
    };
    let client = client.with(|options| options.max_response_size(50));
    let stream = operations::notes()
        .events(&client)
        .await
        .unwrap()
        .into_inner()
        .reconnecting(Reconnect::Never);
    let found: Vec<String> = stream.map(summary).collect().await;
    assert_eq!(found, ["an event has more than 50 bytes", "ok"]);
    let blocking = blocking.with(|options| options.max_response_size(50));
    let iterator = operations::notes()
        .events_blocking(&blocking)
        .unwrap()
        .into_inner()
        .reconnecting(Reconnect::Never);
    assert_eq!(iterator.map(summary).collect::<Vec<_>>(), found);
}

#[tokio::test]
async fn a_response_without_events_is_an_error_that_keeps_it() {
    let fake = Fake::new([
        Step::response(404, "none").header("content-type", "text/plain"),
        body("text/html", "<p>a proxy</p>"),
        Step::json(200, r#"{"answer":"at once"}"#),
    ]);
    let (client, _) = clients!(case_events, &fake);
    let Err(Error::Status(error)) = operations::prices().events(&client).await else {
        panic!()
    };
    assert_eq!(error.error, operations::PricesError::NotFound("none".to_owned()));
    let Err(Error::Decode(error)) = operations::prices().events(&client).await else {
        panic!()
    };
    assert_eq!(error.response.body, "<p>a proxy</p>");
    assert!(error.error.to_string().contains("text/html"), "{}", error.error);
    // A server that does not stream has answered all the same.
    let Err(Error::Decode(error)) = operations::chat(words("?")).events(&client).await else {
        panic!()
    };
    let response = http::Response::builder().status(200).body(error.response.body).unwrap();
    assert_eq!(Chat::decode(response).unwrap().answer, "at once");
}

#[tokio::test]
async fn what_has_effects_is_not_sent_again_unasked() {
    let cut = || events("id: 1\ndata: {\"word\":\"a\"}\n\n").cut();
    let fake = Fake::new([cut(), cut()]);
    let (client, blocking) = clients!(case_events, &fake);
    let found: Vec<_> = operations::chat(words("?"))
        .events(&client)
        .await
        .unwrap()
        .into_inner()
        .collect()
        .await;
    let again: Vec<_> = operations::chat(words("?"))
        .events_blocking(&blocking)
        .unwrap()
        .into_inner()
        .collect();
    for found in [found, again] {
        let [Ok(_), Err(EventError::Call(Error::Transport(error)))] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(error.kind, TransportKind::Interrupted);
    }
    assert_eq!(fake.times(), [0, 0]);
}
