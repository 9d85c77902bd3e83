//! What each error says, and how errors of several operations are handled in one place.

use std::error::Error as StdError;

use apicrate_runtime::codegen::{Documented, Paging};
use apicrate_runtime::{
    AnyError, ConfigError, DecodeError, Error, EventError, EventParser, InvalidRequest, InvalidText, Json, LineError,
    NoFailure, PagingError, RequestDefaults, RequestFault, TransportError, TransportKind, UndecodableEvent,
    UndecodableLine, from_str,
};
use case_responses_by_status::operations::orders::{PlaceOrder, PlaceOrderError, PlaceOrderResponse};
use case_responses_by_status::runtime::Call as _;
use case_responses_by_status::schemas::Refusal;
use tests::errors::chain;

use crate::{base, response};

fn failed(status: u16, body: &str) -> Error<PlaceOrderError> {
    PlaceOrder::decode(response(status, body)).unwrap_err()
}

fn transport(kind: TransportKind) -> TransportError {
    TransportError::new(kind, Cause)
}

/// An error of a connection, which has a cause of its own.
#[derive(Debug)]
struct Cause;

impl std::fmt::Display for Cause {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the wire is cut")
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&apicrate_runtime::NotFinite)
    }
}

fn undecodable() -> DecodeError {
    from_str::<i32>("\"x\"").unwrap_err()
}

/// What an interrupted transport and its causes say.
const WIRE: [&str; 3] = [
    "the connection failed before the response was complete",
    "the wire is cut",
    "JSON has no number for infinity or NaN",
];

/// What [`undecodable`] says.
const NUMBER: &str = "at the value: expected a number, found a string (line 1, column 1: `\"x\"`)";

/// Returns the error of a call whose transport was interrupted.
fn cut() -> Error<NoFailure> {
    Error::Transport(Box::new(transport(TransportKind::Interrupted)))
}

#[test]
fn no_part_of_an_error_is_said_twice() {
    let invalid = Error::<NoFailure>::Invalid(base_fault());
    assert_eq!(
        chain(&invalid),
        ["the request was not sent: query `a` at /0: it is too long; body: it is missing"]
    );
    assert_eq!(chain(&cut()), WIRE);
    assert_eq!(
        cut().to_string(),
        WIRE[0],
        "the causes are said where they are asked for"
    );
    let late = Error::<NoFailure>::Transport(Box::new(transport(TransportKind::Timeout)));
    assert_eq!(chain(&late)[0], "the call ran out of time");
    assert_eq!(
        chain(&failed(404, "no bolts")),
        ["the server answered 404 Not Found with `no bolts`"]
    );
    let undocumented = PlaceOrder::decode(response(204, "")).err();
    assert!(undocumented.is_some());
    let strange = Error::<NoFailure>::Undocumented(Box::new(raw(302, "x")));
    assert_eq!(
        chain(&strange),
        ["the server answered what the document does not describe: 302 Found with `x`"]
    );
    let broken = chain(&failed(422, r#"{"reason": 1}"#));
    assert_eq!(broken.len(), 2);
    assert_eq!(
        broken[0],
        "the response with the status 422 Unprocessable Entity cannot be decoded"
    );
    assert!(broken[1].starts_with("at /reason: expected a string"), "{broken:?}");
}

#[test]
fn no_part_of_an_error_around_another_is_said_twice() {
    let mut parser = EventParser::new(100);
    parser.feed(b"event: tick\ndata: \"x\"\n\n");
    let event = UndecodableEvent {
        event: parser.next_event().unwrap().unwrap(),
        error: undecodable(),
    };
    let event: EventError<NoFailure> = EventError::Undecodable(Box::new(event));
    assert_eq!(chain(&event), ["an event `tick` cannot be decoded", NUMBER]);
    assert_eq!(chain(&EventError::Call(cut())), WIRE);
    assert_eq!(
        chain(&EventError::<NoFailure>::TooLarge { cap: 5 }),
        ["an event has more than 5 bytes"]
    );
    let line = UndecodableLine {
        number: 3,
        text: "\"x\"".into(),
        error: undecodable(),
    };
    assert_eq!(
        chain(&LineError::Undecodable(Box::new(line))),
        ["line 3 cannot be decoded", NUMBER]
    );
    assert_eq!(
        chain(&LineError::Transport(transport(TransportKind::Interrupted))),
        WIRE
    );
    let setup = ConfigError::Http(Box::new(Cause));
    assert_eq!(chain(&setup), ["the HTTP client could not be set up", WIRE[1], WIRE[2]]);
    let invalid = PagingError::invalid_next_page("a cursor", "none");
    let words = [
        "the position of the next page is invalid",
        "expected a cursor, found none (at byte 0)",
    ];
    assert_eq!(chain(&invalid), words);
    assert_eq!(chain(&AnyError::from(cut())), WIRE);
    assert_eq!(
        chain(&AnyError::from(ConfigError::Missing("a timer"))),
        ["the client needs a timer"]
    );
    let debug = format!("{:?}", AnyError::from(cut()));
    assert_eq!(debug, WIRE.join("\n  caused by: "), "what `main` prints");
}

fn raw(status: u16, body: &str) -> apicrate_runtime::RawResponse {
    let (head, body) = response(status, body).into_parts();
    apicrate_runtime::RawResponse {
        status: head.status,
        headers: head.headers,
        body,
    }
}

fn base_fault() -> InvalidRequest {
    let fault = |place: &str, pointer: &str, message: &str| RequestFault {
        place: place.to_owned(),
        pointer: pointer.to_owned(),
        message: message.to_owned(),
    };
    InvalidRequest {
        faults: vec![
            fault("query `a`", "/0", "it is too long"),
            fault("body", "", "it is missing"),
        ],
    }
}

#[test]
fn errors_of_pages_and_mocks_have_their_causes() {
    use case_pagination::operations::lists;
    use case_pagination::runtime::Call as _;
    use losant_data::operations::data_tables;

    let mut paging = Paging::new(lists::list_numbered(), base());
    let page = || lists::ListNumbered::decode(response(200, r#"{"raw": [1, 2]}"#));
    paging.take(page()).unwrap();
    let said = chain(&paging.take(page()).unwrap_err());
    assert_eq!(said.len(), 2);
    assert!(said[1].contains("found the items of the previous page"), "{said:?}");

    let mock = losant_data::runtime::Mock::new();
    let client = losant_data::ClientBuilder::default()
        .mock(&mock)
        .build_blocking()
        .unwrap();
    let id: losant_data::ids::ApplicationId = "575ec8687ae143cd83dc4a97".parse().unwrap();
    let error = data_tables::get(&id).send_blocking(&client).unwrap_err();
    let words = [
        "the request cannot be sent",
        "the mock has no response to GET /applications/575ec8687ae143cd83dc4a97/data-tables",
    ];
    assert_eq!(chain(&error), words);
    let gone = losant_data::runtime::MockResponse::failure(losant_data::runtime::TransportKind::Stopped);
    let _ = mock.on::<data_tables::GetDataTables>().answer(gone);
    let error = data_tables::get(&id).send_blocking(&client).unwrap_err();
    assert_eq!(chain(&error).len(), 2);
}

#[test]
fn failures_print_their_status_and_the_start_of_their_body() {
    let failure = |status, body: &str| {
        let failure = PlaceOrderError::documented(&raw(status, body)).unwrap().unwrap();
        chain(&failure).join("")
    };
    assert_eq!(failure(404, "no bolts"), "404 Not Found with `\"no bolts\"`");
    assert_eq!(
        failure(422, r#"{"reason": "late"}"#),
        r#"a status 4XX with `{"reason":"late"}`"#
    );
    assert_eq!(failure(503, r#"{"code": 7}"#), r#"another status with `{"code":7}`"#);
    let long = failure(404, &"é".repeat(500));
    assert!(long.ends_with("éé…`") && long.chars().count() < 230, "{long}");
    let alone = case_default_response_alone::operations::pings::PangError::Other;
    assert_eq!(chain(&alone), ["another status"]);
}

/// Makes a base, checks an argument, and calls two operations, of which each has other failures.
fn four(step: u32, status: u16, body: &str) -> Result<PlaceOrderResponse, AnyError> {
    use case_default_response_alone::operations::pings::{Pong, pong};
    use case_default_response_alone::runtime::Call as _;
    use case_formats_of_strings::schemas::Code;

    let base = RequestDefaults::new(if step == 0 { "nowhere" } else { "http://localhost" })?;
    let _: Code = if step == 1 { "" } else { "ABC" }.parse()?;
    let _ = pong().into_http(&base)?;
    if step == 2 {
        Pong::decode(response(status, body))?;
    }
    Ok(PlaceOrder::decode(response(status, body))?.into_inner())
}

#[test]
fn one_function_handles_the_errors_of_every_operation() {
    use case_default_response_alone::operations::pings::PongError;

    fn sort(error: &AnyError) -> &'static str {
        if let Some(PongError::NotFound) = error.failure() {
            return "no pong";
        }
        if let Some(PlaceOrderError::NotFound(_)) = error.failure() {
            return "no order";
        }
        match error {
            AnyError::Config(ConfigError::Url(_)) => "bad base",
            AnyError::Call(Error::Decode(_)) => "undecodable",
            AnyError::Call(Error::Status(_)) if error.body::<Refusal>().is_some() => "refused",
            AnyError::Call(_) => "call",
            AnyError::Other(error) if error.is::<InvalidText>() => "bad text",
            _ => "other",
        }
    }
    let cases = [
        (0, 200, "", "bad base"),
        (1, 200, "", "bad text"),
        (2, 404, "", "no pong"),
        (3, 404, "none", "no order"),
        (3, 422, r#"{"reason": "late"}"#, "refused"),
        (3, 422, r#"{"reason": 1}"#, "undecodable"),
        (3, 503, r#"{"code": 7}"#, "call"),
    ];
    for (step, status, body, expected) in cases {
        let error = four(step, status, body).unwrap_err();
        assert_eq!(sort(&error), expected, "{error:#}");
        let came = (step > 1).then_some(status);
        assert_eq!(error.status().map(|status| status.as_u16()), came);
        assert_eq!(error.is_retryable(), status == 503);
        assert!(!error.is_timeout());
    }
    let error = four(3, 503, r#"{"code": 7}"#).unwrap_err();
    assert_eq!(error.body::<Json>().unwrap().to_string(), r#"{"code":7}"#);
    assert_eq!(error.response().unwrap().body, r#"{"code": 7}"#);
    assert_eq!(
        AnyError::other("a word of one's own").to_string(),
        "a word of one's own"
    );
}

#[test]
fn what_the_client_would_send_again_is_retryable() {
    for status in [408, 429, 500, 502, 503, 504] {
        assert!(
            Error::<NoFailure>::Undocumented(Box::new(raw(status, ""))).is_retryable(),
            "{status}"
        );
    }
    for status in [302, 400, 401, 404, 409, 501, 505] {
        assert!(
            !Error::<NoFailure>::Undocumented(Box::new(raw(status, ""))).is_retryable(),
            "{status}"
        );
    }
    // A documented failure that cannot be decoded has its status.
    assert!(failed(503, "<html>").is_retryable());
    assert!(failed(503, r#"{"code": 7}"#).failure().is_some());
    assert!(failed(503, "<html>").failure().is_none());
    let of = |kind| Error::<NoFailure>::Transport(Box::new(transport(kind)));
    for kind in [
        TransportKind::Connect,
        TransportKind::Timeout,
        TransportKind::Interrupted,
    ] {
        assert!(of(kind).is_retryable(), "{kind:?}");
        assert!(AnyError::from(of(kind)).is_retryable(), "{kind:?}");
    }
    for kind in [
        TransportKind::TooLarge,
        TransportKind::Stopped,
        TransportKind::Authorization,
        TransportKind::Unsendable,
    ] {
        assert!(!of(kind).is_retryable(), "{kind:?}");
    }
    assert!(AnyError::from(of(TransportKind::Timeout)).is_timeout());
    assert!(!Error::<NoFailure>::Invalid(base_fault()).is_retryable());
}

/// What a caller's own error takes from any error keeps compiling beside ours.
struct Report(String);

impl<E: StdError> From<E> for Report {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

#[test]
fn an_error_of_any_operation_becomes_one_of_the_caller() {
    fn call() -> Result<(), Report> {
        PlaceOrder::decode(response(404, "none"))?;
        Ok(())
    }
    fn any() -> Result<(), Report> {
        four(3, 404, "none")?;
        Ok(())
    }
    let boxed: Box<dyn StdError + Send + Sync> = failed(404, "none").into();
    for report in [call(), any()] {
        assert!(report.is_err_and(|report| report.0 == boxed.to_string()));
    }
}
