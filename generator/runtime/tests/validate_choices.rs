//! Unions whose subschemas a discriminator chooses, and keywords that lead back to themselves.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use apicrate_runtime::codegen::{Keyword, Types};
use apicrate_runtime::{Json, Schema, from_str};

fn json(text: &str) -> Json {
    from_str(text).unwrap()
}

/// Returns pointer, keyword and message of all that breaks the schema.
fn broken(schema: &Schema, text: &str) -> Vec<String> {
    let value = json(text);
    let violations = schema.validate(&value);
    assert_eq!(schema.is_valid(&value), violations.is_empty(), "{text}");
    let shown = violations
        .iter()
        .map(|violation| format!("{} {}: {}", violation.pointer, violation.keyword, violation.message));
    shown.collect()
}

static TEXT: Schema = Schema(&[Keyword::Type(Types::STRING)]);
static WHOLE: Schema = Schema(&[Keyword::Type(Types::INTEGER)]);
static CAT: Schema = Schema(&[Keyword::Type(Types::OBJECT), Keyword::Properties(&[("name", &TEXT)])]);
static DOG: Schema = Schema(&[Keyword::Type(Types::OBJECT), Keyword::Properties(&[("name", &WHOLE)])]);
static OTHER: Schema = Schema(&[Keyword::Type(Types::OBJECT), Keyword::Required(&["other"])]);

static ONE: Keyword = Keyword::OneOf(&[&CAT, &DOG, &TEXT]);
static PET: Schema = Schema(&[Keyword::Discriminator {
    property: "kind",
    mapping: &[("cat", 0), ("dog", 1), ("puppy", 1), ("text", 2)],
    union: &ONE,
}]);

#[test]
fn the_value_of_the_property_chooses() {
    // Without a name both would hold.
    assert_eq!(broken(&PET, r#"{"kind": "cat"}"#), [""; 0]);
    assert_eq!(broken(&PET, r#"{"kind": "puppy", "name": 1}"#), [""; 0]);
    assert_eq!(
        broken(&PET, r#"{"kind": "cat", "name": 1}"#),
        ["/name type: expected a string, found 1"]
    );
    let known = r#""cat", "dog", "puppy" or "text""#;
    assert_eq!(
        broken(&PET, r#"{"kind": "cow"}"#),
        [format!(
            r#"/kind discriminator: expected "kind" to be {known}, found "cow""#
        )]
    );
    assert_eq!(
        broken(&PET, r#"{"kind": null}"#),
        [format!(
            r#"/kind discriminator: expected "kind" to be {known}, found null"#
        )]
    );
    assert_eq!(
        broken(&PET, "{}"),
        [format!(
            r#" discriminator: expected "kind" to be {known}, found an object without it"#
        )]
    );
    // What is no object is validated by all subschemas.
    assert_eq!(broken(&PET, r#""text""#), [""; 0]);
    assert_eq!(broken(&PET, "1"), [" oneOf: none of 3 schemas holds"]);
}

static SOME: Schema = Schema(&[
    Keyword::Discriminator {
        property: "kind",
        mapping: &[("cat", 0)],
        union: &Keyword::AnyOf(&[&CAT, &OTHER]),
    },
    Keyword::UnevaluatedProperties(&Schema(&[Keyword::Type(Types::BOOLEAN)])),
]);

#[test]
fn an_unmapped_subschema_is_for_unmapped_values() {
    assert_eq!(broken(&SOME, r#"{"other": true}"#), [""; 0]);
    assert_eq!(broken(&SOME, r#"{"kind": true, "other": true}"#), [""; 0]);
    assert_eq!(broken(&SOME, r#"{"kind": true}"#).len(), 1);
    // The chosen subschema alone marks what it knows.
    assert_eq!(
        broken(&SOME, r#"{"kind": "cat", "name": "Tom"}"#),
        ["/kind type: expected a boolean, found \"cat\""]
    );
}

static PARENT: Schema = Schema(&[
    Keyword::Type(Types::OBJECT),
    Keyword::Properties(&[("size", &WHOLE), ("child", &PARENT)]),
    Keyword::Once(&Keyword::OneOf(&[&LEFT, &RIGHT])),
]);
static LEFT: Schema = Schema(&[Keyword::AllOf(&[&PARENT]), Keyword::Required(&["left"])]);
static RIGHT: Schema = Schema(&[Keyword::AllOf(&[&PARENT]), Keyword::Required(&["right"])]);

#[test]
fn what_is_being_asked_is_not_asked_again_of_the_same_value() {
    assert_eq!(broken(&PARENT, r#"{"left": 1, "size": 2}"#), [""; 0]);
    assert_eq!(broken(&PARENT, r#"{"left": 1, "right": 1}"#).len(), 1);
    assert_eq!(broken(&PARENT, "{}"), [" oneOf: none of 2 schemas holds"]);
    assert_eq!(broken(&LEFT, r#"{"left": 1}"#), [""; 0]);
    // It is asked of each value below, however deep, where results are remembered.
    for levels in 0..40 {
        let nested = |inner: &str| {
            let value = (0..levels).fold(inner.to_owned(), |value, _| {
                format!(r#"{{"left": 1, "child": {value}}}"#)
            });
            broken(&PARENT, &value)
        };
        assert_eq!(nested(r#"{"right": 1}"#), [""; 0], "{levels}");
        assert!(!nested(r#"{"left": 1, "right": 1}"#).is_empty(), "{levels}");
        assert!(!nested("{}").is_empty(), "{levels}");
    }
}

static FIRST: Schema = Schema(&[
    Keyword::Once(&Keyword::AllOf(&[&SECOND])),
    Keyword::Required(&["first"]),
]);
static SECOND: Schema = Schema(&[
    Keyword::Once(&Keyword::AllOf(&[&FIRST])),
    Keyword::Required(&["second"]),
]);

#[test]
fn schemas_that_have_one_another_as_parts_ask_for_both() {
    for schema in [&FIRST, &SECOND] {
        assert_eq!(broken(schema, r#"{"first": 1, "second": 2}"#), [""; 0]);
        assert!(!broken(schema, r#"{"first": 1}"#).is_empty());
        assert!(!broken(schema, r#"{"second": 1}"#).is_empty());
    }
}
