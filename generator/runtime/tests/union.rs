//! Unions: what is kept of a value that no branch takes.

use client_runtime::{
    Decode, Described, Encode, Fault, Keyword, Kind, Map, Reader, Schema, UnknownBranch, Writer, from_str,
};

static NUMBERS: Schema = Schema(&[Keyword::OneOf(&[])]);

/// A union whose one branch is a map of integers.
#[derive(Debug)]
enum Numbers {
    Map(Map<i64>),
    Unknown(UnknownBranch),
}

impl Decode for Numbers {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let decode = |reader: &mut Reader<'_>, kind| match kind {
            Kind::Object => reader.value().map(Self::Map),
            _ => reader.no_branch(kind),
        };
        reader.union(decode, Self::Unknown)
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

impl Described for Numbers {
    fn schema() -> &'static Schema {
        &NUMBERS
    }
}

fn reason(value: &Numbers) -> &str {
    let Numbers::Unknown(unknown) = value else {
        panic!("{value:?} is of a branch");
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
        "at the value: expected a value of one of the union's branches, found an array (line 1, column 1: `[]`)"
    );
}

/// Otherwise a reply of many such values takes the square of its length, in time and in memory.
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
