//! Unions: which subschema a value belongs to, and what is kept of one that none takes.

use apicrate_runtime::codegen::{Fault, Keyword, Pattern, Reader, Run, Types, Writer, kind, kinds};
use apicrate_runtime::{Decode, Encode, HasSchema, Json, Map, Schema, UnknownValue, from_str};

static NUMBERS: Schema = Schema(&[Keyword::OneOf(&[])]);

/// A union whose one subschema is a map of integers.
#[derive(Debug)]
enum Numbers {
    Map(Map<i64>),
    Unknown(UnknownValue),
}

impl Decode for Numbers {
    type Kinds = kind::Any;

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let begin = reader.begin_union()?;
        let decoded = match reader.variant(&[(kinds::object, &[])], &[]) {
            Ok(_) => reader.value().map(Self::Map),
            Err(fault) => Err(fault),
        };
        reader.end_union(begin, decoded, Self::Unknown)
    }
}

impl Encode for Numbers {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Map(value) => value.encode(writer),
            Self::Unknown(value) => value.encode(writer),
        }
    }
}

impl HasSchema for Numbers {
    fn schema() -> &'static Schema {
        &NUMBERS
    }
}

fn reason(value: &Numbers) -> &str {
    let Numbers::Unknown(unknown) = value else {
        panic!("{value:?} is of a subschema");
    };
    unknown.reason()
}

#[test]
fn a_reason_names_the_place_within_the_value() {
    let values: Vec<Numbers> = from_str("[{\"a\":1},\n {\"b\":2, \"c\":true}, []]").unwrap();
    assert_eq!(
        reason(&values[1]),
        "at /c: expected a number, found a boolean (line 1, column 13: `{\"b\":2, \"c\":true}`)"
    );
    assert_eq!(
        reason(&values[2]),
        "at the value: expected a value of one of the union's types, found an array (line 1, column 1: `[]`)"
    );
}

/// Otherwise a response of many such values takes the square of its length, in time and in memory.
#[test]
fn a_reason_does_not_depend_on_what_stands_around_the_value() {
    const VALUE: &str = "{\"b\":2,\"c\":true}";
    let alone: Numbers = from_str(VALUE).unwrap();
    let key = "k".repeat(1000);
    let text = format!("{{\"{key}\":[{}{VALUE}]}}", format!("{VALUE},\n").repeat(1000));
    let map: Map<Vec<Numbers>> = from_str(&text).unwrap();
    assert_eq!(map[&*key].len(), 1001);
    for value in &map[&*key] {
        assert_eq!(reason(value), reason(&alone));
    }
}

static INTEGER: Schema = Schema(&[Keyword::Type(Types::INTEGER)]);
static STRING: Schema = Schema(&[Keyword::Type(Types::STRING)]);
static NEVER: Schema = Schema(&[Keyword::Never]);
/// Knows `a` and `b`; what else there is has to be integers.
static OPEN: Schema = Schema(&[
    Keyword::Type(Types::OBJECT),
    Keyword::Properties(&[("a", &INTEGER), ("b", &INTEGER)]),
    Keyword::AdditionalProperties(&INTEGER),
]);
/// Knows `a` and `c`, and takes nothing else.
static CLOSED: Schema = Schema(&[
    Keyword::Type(Types::OBJECT),
    Keyword::Properties(&[("a", &INTEGER), ("c", &STRING)]),
    Keyword::AdditionalProperties(&Schema(&[Keyword::Never])),
]);
/// The same behind a reference and a composition.
static REFERRED: Schema = Schema(&[Keyword::Reference(&CLOSED)]);
static COMPOSED: Schema = Schema(&[Keyword::AllOf(&[&CLOSED, &REFERRED])]);
/// Closed but to a pattern.
static PATTERN: Schema = Schema(&[
    Keyword::Properties(&[("a", &INTEGER)]),
    Keyword::PatternProperties(&[(
        Pattern::of_runs("^[b-c]{1,1}$", &[Run::new(b"bc", 1, 1)], true),
        &INTEGER,
    )]),
    Keyword::AdditionalProperties(&NEVER),
]);

/// Returns the objects whose properties are some of four, each an integer or a string.
fn objects() -> Vec<String> {
    let values = ["", "1", "\"x\""];
    let member = |name: &str, value: usize| match values[value] {
        "" => None,
        value => Some(format!("\"{name}\":{value}")),
    };
    let all = (0..81).map(|number| {
        let digits = [
            ("a", number % 3),
            ("b", number / 3 % 3),
            ("c", number / 9 % 3),
            ("d", number / 27),
        ];
        let members: Vec<_> = digits.iter().filter_map(|(name, value)| member(name, *value)).collect();
        format!("{{{}}}", members.join(","))
    });
    all.collect()
}

#[test]
fn a_valid_subschema_is_chosen_before_an_invalid_one() {
    let closed = [&CLOSED, &REFERRED, &COMPOSED, &PATTERN];
    let (mut decided, mut open) = (0, 0);
    for text in objects() {
        let value: Json = from_str(&text).unwrap();
        for other in closed {
            for subschemas in [[&OPEN, other], [other, &OPEN]] {
                let chosen = Reader::new(&text)
                    .best_variant(subschemas.iter().copied().enumerate())
                    .unwrap();
                if subschemas.iter().any(|subschema| subschema.is_valid(&value)) {
                    assert!(
                        subschemas[chosen].is_valid(&value),
                        "{text}: {chosen} of {subschemas:?}"
                    );
                    decided += 1;
                } else {
                    open += 1;
                }
            }
        }
    }
    assert!(decided > 100 && open > 100, "{decided} {open}");
}

#[test]
fn a_closed_subschema_is_chosen_despite_an_unknown_property() {
    let best_variant = |text| Reader::new(text).best_variant([&OPEN, &CLOSED].into_iter().enumerate());
    // The names leave one subschema.
    assert_eq!(best_variant(r#"{"a":"x","b":"x"}"#).unwrap(), 0);
    // They leave the one that knows fewer of them, which breaks more.
    assert_eq!(best_variant(r#"{"a":1,"c":"x","d":"x"}"#).unwrap(), 1);
    assert_eq!(best_variant(r#"{"a":1,"c":2,"d":3}"#).unwrap(), 0);
}

#[test]
fn invalid_json_matches_no_variant() {
    for text in [
        r#"{"b":1"#,
        r#"{"b":1,}"#,
        r#"{"b":[1,}"#,
        r#"{"b":"\x"}"#,
        r#"{"b":01}"#,
        r#"{"b"1}"#,
        "",
    ] {
        let fault = Reader::new(text)
            .best_variant([&OPEN, &CLOSED].into_iter().enumerate())
            .unwrap_err();
        assert!(fault.is_syntax(), "{text}");
    }
}
