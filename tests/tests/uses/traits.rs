//! What types are compared and printed by.

use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use apicrate_runtime::Maybe;

use crate::reads;

#[test]
fn an_object_prints_the_fields_that_it_has() {
    use case_additional_properties_schema::schemas::Stock;
    use case_doubtful_spots::schemas::Pet;
    use case_schemas_without_type::schemas::MixedNamed;

    let shown = |text: &str| format!("{:?}", reads::<Pet>(text));
    assert_eq!(shown(r#"{"name": "Rex"}"#), r#"Pet { name: "Rex" }"#);
    assert_eq!(
        shown(r#"{"name": "Rex", "tag": null, "friend": {"name": "Tom", "age": 3}, "more": true}"#),
        r#"Pet { name: "Rex", tag: Null, friend: Pet { name: "Tom", age: 3 }, unknown_fields: {"more": Bool(true)} }"#
    );
    assert_eq!(
        format!("{:?}", Stock::new("north").entry("bolts", 2)),
        r#"Stock { warehouse: "north", additional_properties: {"bolts": 2} }"#
    );
    assert_eq!(
        format!("{:#?}", reads::<MixedNamed>("[1]")),
        "MixedNamed(\n    Array(\n        [\n            Number(\n                1,\n            ),\n        ],\n    ),\n)"
    );
}

#[test]
fn objects_are_equal_if_all_that_they_have_is() {
    use case_additional_properties_schema::schemas::Stock;
    use case_doubtful_spots::schemas::Pet;
    use case_schemas_without_type::schemas::MixedNamed;

    let all = [
        r#"{"name": "Rex"}"#,
        r#"{"name": "Tom"}"#,
        r#"{"name": "Rex", "tag": null}"#,
        r#"{"name": "Rex", "tag": "a"}"#,
        r#"{"name": "Rex", "age": 3}"#,
        r#"{"name": "Rex", "friend": {"name": "Tom"}}"#,
        r#"{"name": "Rex", "friend": {"name": "Tom", "age": 3}}"#,
        r#"{"name": "Rex", "more": true}"#,
    ];
    for (index, one) in all.iter().enumerate() {
        for (other_index, other) in all.iter().enumerate() {
            assert_eq!(
                reads::<Pet>(one) == reads::<Pet>(other),
                index == other_index,
                "{one} {other}"
            );
        }
    }
    assert_eq!(reads::<Pet>(all[2]).tag, Maybe::Null);
    let stock = |text: &str| reads::<Stock>(text);
    assert_eq!(
        stock(r#"{"warehouse": "a", "x": 1, "y": 2}"#),
        stock(r#"{"warehouse": "a", "y": 2, "x": 1}"#)
    );
    assert_ne!(
        stock(r#"{"warehouse": "a", "x": 1}"#),
        stock(r#"{"warehouse": "a", "x": 2}"#)
    );
    let mixed = |text: &str| reads::<MixedNamed>(text);
    assert_eq!(mixed("[1]"), mixed("[1]"));
    assert_ne!(mixed("[1]"), mixed("[2]"));
    assert_ne!(mixed("[1]"), mixed("{}"));
}

#[test]
fn an_enum_of_strings_is_equal_by_its_value() {
    use case_required_optional_nullable::schemas::ProfileTheme;

    let listed = || ProfileTheme::Dark;
    let unknown = |text: &str| ProfileTheme::unknown(text);
    assert_eq!((listed(), unknown("blue")), (unknown("dark"), unknown("blue")));
    assert_ne!(unknown("blue"), unknown("red"));
    assert_ne!(listed(), unknown("blue"));
    let hash = |value| BuildHasherDefault::<DefaultHasher>::default().hash_one(value);
    assert_eq!(hash(listed()), hash(unknown("dark")));
    assert_eq!(hash(unknown("blue")), hash(unknown("blue")));
    assert_ne!(hash(unknown("blue")), hash(unknown("red")));
}

#[test]
fn a_request_prints_its_arguments_and_its_body() {
    use case_additional_properties_schema::operations::stock;
    use case_additional_properties_schema::schemas::Stock;
    use case_characters_of_arguments::operations::characters;

    let request = stock::set_stock(Stock::new("north").entry("bolts", 2));
    assert_eq!(
        format!("{request:?}"),
        r#"SetStock { body: Stock { warehouse: "north", additional_properties: {"bolts": 2} } }"#
    );
    assert_eq!(format!("{:?}", characters::path("a b")), r#"Path { text: "a b" }"#);
    assert_eq!(
        format!("{:?}", characters::query().text("é")),
        r#"QueryCharacters { text: Some("é"), raw: None, x_text: None, cookie_text: None, a_b_c_d: None }"#
    );
}
