//! Inline schemas: which of them are one type, and what the types and their variants are called.

use case_inline_types::operations::orders::{
    DeleteOrder, DeleteOrderError, DeleteOrderGone, GetOrderNotFound, OpenTicket, OpenTicketBody, PlaceOrder,
    PlaceOrderBody, PlaceOrderTotal, place_order,
};
use case_inline_types::runtime::Call as _;
use case_inline_types::schemas::{
    CustomerBalanceCashTransactionFundedBankTransfer, Invoice, InvoiceAddress, Order, OrderAddress, OrderCard,
    OrderExtrasItem, OrderLine, OrderLineStatus, OrderPayment, OrderStatus,
};

use crate::{base, line, reads, response, violations_of, writes};

#[test]
fn equal_inline_schemas_of_one_owner_are_one_type() {
    let address = OrderAddress::new().street("Main");
    let size = OrderExtrasItem::new().size(1);
    let order = Order::new()
        .status(OrderStatus::Open)
        .shipping_address(address.clone())
        .billing_address(address)
        .lines(vec![
            OrderLine::new().status(OrderLineStatus::Sent).parts(vec![size.clone()]),
        ])
        .extras(vec![size]);
    writes(
        &order,
        r#"{"status": "open", "shippingAddress": {"street": "Main"}, "billingAddress": {"street": "Main"},
            "lines": [{"status": "sent", "parts": [{"size": 1}]}], "extras": [{"size": 1}]}"#,
    );
    let wrong = r#"{"billingAddress": {"street": "far too long for any street"}}"#;
    assert_eq!(violations_of::<Order>(wrong), ["/billingAddress/street maxLength"]);
    // Of another component it is another type.
    let _ = Invoice::new().address(InvoiceAddress::new().street("Main"));

    // What an operation sends and receives alike is one type, too.
    let total = PlaceOrderBody::new().total(PlaceOrderTotal::new().amount(3));
    let placed = PlaceOrder::decode(response(200, r#"{"total": {"amount": 3}}"#)).unwrap();
    assert_eq!(*placed, total);
}

#[test]
fn equal_schemas_are_one_type_where_another_operation_shares_one_of_them() {
    let text = r#"{"order": {"id": 7}}"#;
    let expected: DeleteOrderGone = reads(text);
    for status in [404, 410] {
        let error = DeleteOrder::decode(response(status, text)).unwrap_err();
        match error.failure().unwrap() {
            DeleteOrderError::NotFound(found) | DeleteOrderError::Gone(found) => assert_eq!(*found, expected),
            other => panic!("{other:?}"),
        }
    }
    let wrong = r#"{"order": {"id": 0}}"#;
    assert_eq!(violations_of::<DeleteOrderGone>(wrong), ["/order/id minimum"]);
    assert_eq!(violations_of::<GetOrderNotFound>(wrong), ["/order/id minimum"]);
}

#[test]
fn a_property_that_one_direction_requires_keeps_the_types_of_both_apart() {
    // The server gives the id: a response has to have it, and no request asks for it.
    let body = OpenTicketBody::new("late");
    writes(&body, r#"{"note": "late"}"#);
    let opened = OpenTicket::decode(response(200, r#"{"id": 7, "note": "late"}"#)).unwrap();
    let id: i64 = opened.id;
    assert_eq!((id, opened.note.as_str()), (7, "late"));
    assert!(OpenTicket::decode(response(200, r#"{"note": "late"}"#)).is_err());
}

#[test]
fn variants_are_named_by_what_tells_them_apart() {
    let card = OrderPayment::from(OrderCard::new("1234"));
    writes(&card, r#"{"kind": "card", "card": "1234"}"#);
    assert!(matches!(
        reads(r#"{"kind": "transfer", "iban": "x"}"#),
        OrderPayment::Transfer(_)
    ));
    assert!(matches!(reads(r#"{"note": "x", "by": "me"}"#), OrderPayment::By(_)));
    assert!(matches!(reads(r#"{"note": "x", "at": "noon"}"#), OrderPayment::At(_)));
    assert!(matches!(reads(r#"["a"]"#), OrderPayment::StringArray(_)));
    assert!(matches!(reads("[1]"), OrderPayment::IntegerArray(_)));
}

#[test]
fn no_setter_hides_the_method_of_a_trait() {
    let request = place_order(PlaceOrderBody::new()).query_eq("a").query_hash("b");
    assert_eq!(
        line(&request.into_http(&base()).unwrap()),
        "POST http://localhost/orders?eq=a&hash=b"
    );
    let line_of: OrderLine = Into::into(OrderLine::new().into_("a box"));
    assert_eq!(line_of.into_.as_deref(), Some("a box"));
}

#[test]
fn a_long_name_is_shortened() {
    let text = r#"{"account_holder_type": "person", "reference": {"id": "r"}}"#;
    let read: CustomerBalanceCashTransactionFundedBankTransfer = reads(text);
    assert_eq!(read.reference.id.as_deref(), Some("r"));
}
