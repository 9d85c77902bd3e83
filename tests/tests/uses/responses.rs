//! Responses: which type a status gives, and what is no documented response.

use apicrate_runtime::Error;
use bytes::Bytes;

use crate::{base, body, header, line, response};

#[test]
fn responses_by_status() {
    use case_responses_by_status::operations::orders::{PlaceOrder, PlaceOrderError, PlaceOrderResponse};
    use case_responses_by_status::runtime::Call as _;

    let success = |status, body| PlaceOrder::decode(response(status, body)).unwrap().into_inner();
    assert!(matches!(success(200, r#"{"id": 1}"#), PlaceOrderResponse::Ok(order) if order.id == 1));
    assert!(matches!(success(201, r#"{"id": 2}"#), PlaceOrderResponse::Created(order) if order.id == 2));
    assert_eq!(success(202, ""), PlaceOrderResponse::Accepted);
    let failure = |status, body| match PlaceOrder::decode(response(status, body)).unwrap_err() {
        Error::Status(error) => error.error,
        other => panic!("{other}"),
    };
    // The code comes before its range, and the range before the default.
    assert_eq!(
        failure(404, "no bolts"),
        PlaceOrderError::NotFound("no bolts".to_owned())
    );
    assert!(
        matches!(failure(422, r#"{"reason": "late"}"#), PlaceOrderError::ClientError(refusal) if refusal.reason == "late")
    );
    assert!(matches!(failure(503, r#"{"code": 7}"#), PlaceOrderError::Other(other) if other.code == Some(7)));
    assert!(matches!(failure(204, "{}"), PlaceOrderError::Other(_)));
    // A response that is not what its status promises is kept as received.
    let Error::Decode(broken) = PlaceOrder::decode(response(422, r#"{"reason": 1}"#)).unwrap_err() else {
        panic!()
    };
    assert_eq!(
        (broken.response.status.as_u16(), broken.response.body),
        (422, Bytes::from(r#"{"reason": 1}"#))
    );
    assert!(broken.error.to_string().contains("/reason"), "{}", broken.error);
}

#[test]
fn documented_headers() {
    use case_responses_by_status::operations::orders::{
        CancelOrder, CancelOrderHeaders, GetOrderHeaders, PlaceOrder, PlaceOrderHeaders, PlaceOrderXPriority,
    };
    use case_responses_by_status::runtime::Call as _;

    let mut placed = response(201, r#"{"id": 2}"#);
    for (name, value) in [
        ("location", "/orders/2"),
        ("content-language", "de, en"),
        ("content-language", "fr"),
        ("x-rate-limit", "many"),
        ("x-sizes", "1,2, 3"),
        ("x-priority", "high"),
        ("x-free", "true"),
        ("x-parcel", "code=12,weight=1.5"),
        ("x-depot", "north,1,south,2"),
        ("x-order", r#"{"id": 9}"#),
        ("x-note", "12"),
        ("set-cookie", "a=1, 2"),
        ("set-cookie", "b=2"),
    ] {
        placed.headers_mut().append(name, value.parse().unwrap());
    }
    let placed = PlaceOrder::decode(placed).unwrap();
    let headers = PlaceOrderHeaders(placed.headers());
    assert_eq!(headers.location().unwrap().as_deref(), Some("/orders/2"));
    assert_eq!(headers.content_language().unwrap().unwrap(), ["de", "en", "fr"]);
    assert_eq!(headers.x_sizes().unwrap().unwrap(), [1, 2, 3]);
    assert_eq!(headers.x_priority().unwrap(), Some(PlaceOrderXPriority::High));
    assert_eq!(headers.x_free().unwrap(), Some(true));
    let parcel = headers.x_parcel().unwrap().unwrap();
    assert_eq!((parcel.code.as_deref(), parcel.weight), (Some("12"), Some(1.5)));
    let depot = headers.x_depot().unwrap().unwrap();
    assert_eq!((depot.get("north"), depot.get("south")), (Some(&1), Some(&2)));
    assert_eq!(headers.x_order().unwrap().unwrap().id, 9);
    assert_eq!(headers.x_note().unwrap().as_deref(), Some("12"));
    assert_eq!(headers.set_cookie().unwrap().unwrap(), ["a=1, 2", "b=2"]);
    // A header is absent, or at fault, for itself.
    assert_eq!(headers.retry_after(), Ok(None));
    let fault = headers.x_rate_limit().unwrap_err();
    assert_eq!((fault.name, fault.value.as_str()), ("X-Rate-Limit", "many"));
    assert_eq!(
        format!("{fault:#}"),
        "the header \"X-Rate-Limit\" cannot be decoded: at the value: expected a number, found a string (line 1, column 1: `\"many\"`)"
    );

    // A header that two statuses describe differently has a method for each.
    let mut refused = response(429, r#"{"reason": "late"}"#);
    refused.headers_mut().append("retry-after", "soon".parse().unwrap());
    let Error::Status(refused) = PlaceOrder::decode(refused).unwrap_err() else {
        panic!()
    };
    let headers = PlaceOrderHeaders(&refused.response.headers);
    assert_eq!(headers.client_error_retry_after().unwrap().as_deref(), Some("soon"));
    assert!(headers.retry_after().is_err());

    // Operations with the same headers have one type.
    let mut cancelled = response(204, "");
    cancelled.headers_mut().append("x-rate-limit", "7".parse().unwrap());
    let cancelled = CancelOrder::decode(cancelled).unwrap();
    let headers: GetOrderHeaders<'_> = CancelOrderHeaders(cancelled.headers());
    assert_eq!(headers.x_rate_limit(), Ok(Some(7)));
}

#[test]
fn default_response_alone() {
    use case_default_response_alone::operations::pings::{Pang, PangError, Ping, PingError, Pong, PongError};
    use case_default_response_alone::runtime::Call as _;

    let success = Ping::decode(response(200, r#"{"message": "here"}"#)).unwrap();
    assert_eq!(success.message.as_deref(), Some("here"));
    let Error::Status(failure) = Ping::decode(response(500, r#"{"message": "down"}"#)).unwrap_err() else {
        panic!()
    };
    assert!(matches!(failure.error, PingError::Other(other) if other.message.as_deref() == Some("down")));
    // Where no success is documented, any is accepted without looking at it.
    Pong::decode(response(201, "anything")).unwrap();
    let Error::Status(failure) = Pong::decode(response(404, "")).unwrap_err() else {
        panic!()
    };
    assert_eq!(failure.error, PongError::NotFound);
    let Error::Undocumented(strange) = Pong::decode(response(302, "elsewhere")).unwrap_err() else {
        panic!()
    };
    assert_eq!(
        (strange.status.as_u16(), strange.body.as_ref()),
        (302, &b"elsewhere"[..])
    );
    // What says nothing of a failure is one whatever it holds.
    Pang::decode(response(200, "")).unwrap();
    let Error::Status(failure) = Pang::decode(response(503, "<html>")).unwrap_err() else {
        panic!()
    };
    assert_eq!(
        (failure.error, failure.response.status.as_u16()),
        (PangError::Other, 503)
    );
}

#[test]
fn text_and_bytes_bodies() {
    use case_text_and_bytes_bodies::operations::files::{self, PutBytes, PutText};
    use case_text_and_bytes_bodies::runtime::Call as _;

    let text = files::put_text("\"é\"").into_http(&base()).unwrap();
    assert_eq!(
        (body(&text), header(&text, "content-type")),
        ("\"é\"", "text/plain; charset=utf-8")
    );
    assert_eq!(header(&text, "accept"), "text/plain");
    assert_eq!(*PutText::decode(response(200, "é")).unwrap(), "é");
    let bytes = files::put_bytes(vec![0x89, b'P', 0, 255]).into_http(&base()).unwrap();
    assert_eq!(
        (bytes.body().bytes().unwrap().as_ref(), header(&bytes, "content-type")),
        (&[0x89, b'P', 0, 255][..], "image/png")
    );
    let not_text = http::Response::new(Bytes::from_static(&[0xff]));
    assert_eq!(*PutBytes::decode(not_text.clone()).unwrap(), [0xff][..]);
    assert!(matches!(PutText::decode(not_text), Err(Error::Decode(_))));
}

#[test]
fn reference_into_a_schema() {
    use case_reference_into_a_schema::operations::columns::{self, AddColumn, AddColumnError};
    use case_reference_into_a_schema::runtime::Call as _;
    use case_reference_into_a_schema::schemas::{Table, TableColumns, TableColumnsItem};

    // The body is the type of the table's columns, not a copy of it.
    let column = TableColumnsItem::new("size");
    let mut table = Table::default();
    table.columns = Some(TableColumns(vec![column.clone()]));
    assert_eq!(crate::violations(&table), [""; 0]);
    let request = columns::add_column(column).into_http(&base()).unwrap();
    assert_eq!(
        (line(&request).as_str(), body(&request)),
        ("POST http://localhost/columns", r#"{"name":"size"}"#)
    );
    assert!(
        columns::add_column(TableColumnsItem::new("a b"))
            .into_http(&base())
            .is_err()
    );
    let added = AddColumn::decode(response(200, r#"[{"name": "size"}]"#)).unwrap();
    assert_eq!(Some(added.into_inner()), table.columns);
    // The failure is documented in another operation.
    let Error::Status(failure) = AddColumn::decode(response(404, "none")).unwrap_err() else {
        panic!()
    };
    assert_eq!(failure.error, AddColumnError::NotFound("none".to_owned()));
}

/// A range that could be anything is bytes, unless its schema is that of a value.
#[test]
fn media_type_ranges() {
    use case_media_type_ranges::operations::blobs::{self, PutAny, PutImage, PutUnsaid, PutValue, PutValueError};
    use case_media_type_ranges::runtime::Call as _;
    use case_media_type_ranges::runtime::Upload;
    use case_media_type_ranges::schemas::Value;

    const BYTES: &[u8] = &[0x89, b'P', 0, 255];
    let usual = "application/octet-stream";
    for request in [
        blobs::put_any(BYTES.to_vec()).into_http(&base()).unwrap(),
        blobs::put_unsaid(BYTES.to_vec()).into_http(&base()).unwrap(),
        blobs::put_image(BYTES.to_vec()).into_http(&base()).unwrap(),
    ] {
        assert_eq!(request.body().bytes().unwrap().as_ref(), BYTES);
        assert_eq!(header(&request, "content-type"), usual);
    }
    let named = Upload::from(BYTES.to_vec()).media_type("image/png");
    let request = blobs::put_any(named).into_http(&base()).unwrap();
    assert_eq!(
        (header(&request, "content-type"), header(&request, "accept")),
        ("image/png", "*/*")
    );
    let bytes = http::Response::new(Bytes::from_static(BYTES));
    assert_eq!(*PutAny::decode(bytes.clone()).unwrap(), BYTES);
    assert_eq!(*PutUnsaid::decode(bytes.clone()).unwrap(), BYTES);
    assert_eq!(*PutImage::decode(bytes).unwrap(), BYTES);

    let request = blobs::put_value(Value::new().name("n")).into_http(&base()).unwrap();
    assert_eq!(
        (body(&request), header(&request, "content-type")),
        (r#"{"name":"n"}"#, "application/json")
    );
    let value = PutValue::decode(response(200, r#"{"name":"n"}"#)).unwrap();
    assert_eq!(value.name.as_deref(), Some("n"));
    let Error::Status(failure) = PutValue::decode(response(418, "{")).unwrap_err() else {
        panic!()
    };
    assert_eq!(failure.error, PutValueError::Other(Bytes::from("{")));
}
