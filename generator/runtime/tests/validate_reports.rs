//! What validation reports, and what it does with values and schemas without end.

#[cfg(test)]
mod support;

use apicrate_runtime::Json;
use apicrate_runtime::Number;
use apicrate_runtime::Violation;
use apicrate_runtime::codegen::{Keyword, Schema, Types};
use support::json;
use support::lowered::Lowering;

/// A schema, a value that breaks it, and the lines that say how.
const ROWS: &[(&str, &str, &[&str])] = &[
    (
        r#"{"type": ["string", "null"]}"#,
        "3",
        &["type expected a string or null, found 3"],
    ),
    (
        r#"{"enum": ["a", "b", 3]}"#,
        "\"c\\n\"",
        &[r#"enum expected "a", "b" or 3, found "c\n""#],
    ),
    (
        r#"{"const": {"a": 1}}"#,
        "[]",
        &[r#"const expected {"a":1}, found an array of 0 elements"#],
    ),
    (
        r#"{"maxLength": 1, "pattern": "^a"}"#,
        "\"éé\"",
        &[
            "maxLength expected at most 1 character, found 2",
            r#"pattern expected a match of `^a`, found "éé""#,
        ],
    ),
    (
        r#"{"format": "uuid"}"#,
        "\"x\"",
        &[r#"format expected the format uuid, found "x""#],
    ),
    (
        r#"{"minimum": 1.50, "multipleOf": 0.5}"#,
        "1.2",
        &[
            "minimum expected at least 1.5, found 1.2",
            "multipleOf expected a multiple of 0.5, found 1.2",
        ],
    ),
    (
        r#"{"exclusiveMaximum": 1}"#,
        "1",
        &["exclusiveMaximum expected less than 1, found 1"],
    ),
    (
        r#"{"properties": {"a/b": {"items": {"type": "integer"}}}}"#,
        r#"{"a/b": [1, null, "x"]}"#,
        &[
            "type /a~1b/1: expected an integer, found null",
            r#"type /a~1b/2: expected an integer, found "x""#,
        ],
    ),
    (
        r#"{"properties": {"o": {"required": ["x", "y"]}}}"#,
        r#"{"o": {"y": 1}}"#,
        &[r#"required /o: the property "x" is missing"#],
    ),
    (
        r#"{"properties": {"a": true}, "additionalProperties": false}"#,
        r#"{"a": 1, "b~": 2}"#,
        &["additionalProperties /b~0: nothing is allowed here"],
    ),
    (
        r#"{"unevaluatedProperties": false}"#,
        r#"{"b": 2}"#,
        &["unevaluatedProperties /b: nothing is allowed here"],
    ),
    (
        r#"{"propertyNames": {"maxLength": 1}}"#,
        r#"{"a": 1, "bb": 2}"#,
        &["propertyNames /bb: the property name: expected at most 1 character, found 2"],
    ),
    (
        r#"{"dependentRequired": {"a": ["b"]}}"#,
        r#"{"a": 1}"#,
        &[r#"dependentRequired the property "b" is missing beside "a""#],
    ),
    (
        r#"{"minProperties": 2}"#,
        r#"{"a": 1}"#,
        &["minProperties expected at least 2 properties, found 1"],
    ),
    (
        r#"{"prefixItems": [true], "items": false}"#,
        "[1, 2]",
        &["items /1: nothing is allowed here"],
    ),
    (
        r#"{"contains": {"const": 1}}"#,
        "[2]",
        &["contains expected at least 1 element to fit `contains`, found 0"],
    ),
    (
        r#"{"contains": {"const": 1}, "maxContains": 1}"#,
        "[1, 1]",
        &["maxContains expected at most 1 element to fit `contains`, found more"],
    ),
    (
        r#"{"uniqueItems": true}"#,
        "[1, 2, 3, 2.0, 1]",
        &["uniqueItems the elements 1 and 3 are equal"],
    ),
    (
        r#"{"not": {"type": "string"}}"#,
        "\"a\"",
        &["not is valid against the schema of `not`"],
    ),
    (
        r#"{"oneOf": [{}, {"type": "string"}, {"type": "integer"}]}"#,
        "1",
        &["oneOf expected one of 3 schemas to hold, found 2: 0, 2"],
    ),
    (
        r#"{"anyOf": [{"type": "string"}, {"properties": {"a": {"minimum": 1}}, "required": ["b"]}]}"#,
        r#"{"a": 0}"#,
        &[
            "anyOf none of 2 schemas holds (expected a string, found an object of 1 property; /a: expected at least 1, found 0)",
        ],
    ),
    ("false", "1", &["false nothing is allowed here"]),
    // What a failing sibling would have marked is not called unevaluated.
    (
        r#"{"allOf": [{"properties": {"a": {"type": "string"}}}], "unevaluatedProperties": false}"#,
        r#"{"a": 1}"#,
        &["type /a: expected a string, found 1"],
    ),
    // The same from two sides is said once.
    (
        r#"{"allOf": [{"type": "string"}, {"type": "string"}]}"#,
        "1",
        &["type expected a string, found 1"],
    ),
];

fn violations(schema: &str, value: &str) -> Vec<Violation> {
    let document = serde_json::from_str(schema).expect("JSON");
    Lowering::new(&document)
        .lower()
        .expect("a schema")
        .validate(&json(value))
}

fn report(schema: &str, value: &str) -> Vec<String> {
    let line = |violation: &Violation| format!("{} {violation}", violation.keyword);
    violations(schema, value).iter().map(line).collect()
}

#[test]
fn a_report_says_where_which_keyword_and_what() {
    for (schema, value, expected) in ROWS {
        assert_eq!(report(schema, value), *expected, "{schema} on {value}");
    }
}

#[test]
fn each_subschema_of_a_union_reports_its_violations() {
    let violations = violations(r#"{"oneOf": [{"required": ["a", "b"]}, {"type": "string"}]}"#, "{}");
    let [
        Violation {
            keyword: "oneOf",
            subschemas,
            ..
        },
    ] = violations.as_slice()
    else {
        panic!("{violations:?}")
    };
    let keywords: Vec<Vec<_>> = subschemas
        .iter()
        .map(|subschema| subschema.iter().map(|violation| violation.keyword).collect())
        .collect();
    assert_eq!(keywords, [vec!["required", "required"], vec!["type"]]);
}

#[test]
fn long_texts_and_long_reports_are_cut() {
    let long = "é".repeat(1000);
    let [line] = &report(r#"{"type": "integer"}"#, &format!("\"{long}\""))[..] else {
        panic!()
    };
    assert_eq!(
        *line,
        format!("type expected an integer, found \"{}…\"", "é".repeat(40))
    );
    let many = Json::Array(vec![Json::Null; 5000]);
    assert_eq!(
        Schema(&[Keyword::Items(&Schema(&[Keyword::Type(Types::STRING)]))])
            .validate(&many)
            .len(),
        1000
    );
}

/// A tree whose schema leads to the children by three ways, in two subschemas each.
static TREE: Schema = Schema(&[
    Keyword::Type(Types::OBJECT),
    Keyword::AllOf(&[&BASE, &Schema(&[Keyword::Reference(&BASE)])]),
    Keyword::Properties(&[("child", &Schema(&[Keyword::Reference(&TREE)]))]),
    Keyword::UnevaluatedProperties(&Schema(&[Keyword::Never])),
]);
static BASE: Schema = Schema(&[Keyword::AnyOf(&[&LEFT, &RIGHT])]);
static LEFT: Schema = Schema(&[
    Keyword::Properties(&[("child", &Schema(&[Keyword::Reference(&TREE)]))]),
    Keyword::Required(&["left"]),
]);
static RIGHT: Schema = Schema(&[Keyword::Properties(&[("child", &TREE)])]);

fn nested(levels: usize, leaf: &str) -> Json {
    (0..levels).fold(json(leaf), |value, _| Json::Object([("child", value)].into()))
}

#[test]
fn recursion_by_many_ways_takes_no_time() {
    assert!(TREE.is_valid(&nested(100, "{}")));
    assert_eq!(TREE.validate(&nested(100, "{}")), []);
    assert!(!TREE.is_valid(&nested(100, r#"{"other": 1}"#)));
    assert!(!TREE.validate(&nested(100, "1")).is_empty());
    assert!(!TREE.validate(&nested(5, "1")).is_empty());
}

/// Arrays around an object that is validated by `NAMED` twice, the second time for its marks.
static WRAPPED: Schema = Schema(&[Keyword::If {
    condition: &Schema(&[Keyword::Type(Types::ARRAY)]),
    then: Some(&Schema(&[Keyword::Items(&WRAPPED)])),
    otherwise: Some(&Schema(&[Keyword::AllOf(&[
        &NAMED,
        &Schema(&[
            Keyword::Reference(&NAMED),
            Keyword::UnevaluatedProperties(&Schema(&[Keyword::Never])),
        ]),
    ])])),
}]);
static NAMED: Schema = Schema(&[Keyword::Properties(&[("a", &Schema(&[]))])]);

#[test]
fn what_is_remembered_of_a_value_knows_its_marks() {
    for levels in 0..20 {
        let wrap = |text| (0..levels).fold(json(text), |value, _| Json::Array(vec![value]));
        assert!(WRAPPED.is_valid(&wrap(r#"{"a": 1}"#)), "{levels}");
        assert!(!WRAPPED.is_valid(&wrap(r#"{"a": 1, "b": 2}"#)), "{levels}");
    }
}

static LIST: Schema = Schema(&[Keyword::Items(&LIST)]);
static LOOP: Schema = Schema(&[Keyword::AnyOf(&[&LOOP, &Schema(&[Keyword::Reference(&LOOP)])])]);
static DENIED: Schema = Schema(&[Keyword::Not(&LOOP)]);
static NAMES: Schema = Schema(&[Keyword::PropertyNames(&LOOP)]);

#[test]
fn what_nests_too_deep_is_refused() {
    let lists = |levels| (0..levels).fold(Json::Null, |value, _| Json::Array(vec![value]));
    assert!(LIST.is_valid(&lists(200)));
    let [
        Violation {
            keyword: "depth",
            pointer,
            ..
        },
    ] = &LIST.validate(&lists(201))[..]
    else {
        panic!()
    };
    assert_eq!(pointer, &"/0".repeat(201));
    for endless in [&LOOP, &DENIED, &NAMES] {
        let value = json(r#"{"a": 1}"#);
        assert!(!endless.is_valid(&value));
        let violations = endless.validate(&value);
        assert!(
            matches!(&violations[..], [Violation { keyword: "depth", .. }]),
            "{violations:?}"
        );
    }
}

#[test]
fn the_stack_of_a_small_thread_is_enough() {
    let validate = || {
        assert!(TREE.is_valid(&nested(120, "{}")));
        assert!(TREE.validate(&nested(120, "1")).len() == 1);
        assert!(!TREE.is_valid(&nested(1000, "{}")));
        assert!(!LOOP.is_valid(&Json::Null));
    };
    std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(validate)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn large_arrays_of_unique_elements_take_no_square_of_their_size() {
    let schema = Schema(&[Keyword::UniqueItems]);
    let elements = |count: i64| (0..count).map(|index| json(&format!(r#"{{"b": {index}, "a": [1.0]}}"#)));
    let mut value: Vec<Json> = elements(50_000).collect();
    assert!(schema.is_valid(&Json::from(value.clone())));
    value.extend(elements(1));
    assert_eq!(
        schema.validate(&Json::from(value))[0].message,
        "the elements 0 and 50000 are equal"
    );
}

#[test]
fn numbers_beyond_floats_are_validated_by_their_digits() {
    let number = |text: &str| Json::Number(Number::parse(text).unwrap());
    let schema = Schema(&[
        Keyword::Type(Types::INTEGER),
        Keyword::Maximum("12345678901234567890"),
        Keyword::MultipleOf("0.1"),
    ]);
    assert!(schema.is_valid(&number("12345678901234567890")) && schema.is_valid(&number("-1e400")));
    assert!(!schema.is_valid(&number("12345678901234567891")) && !schema.is_valid(&number("1e400")));
    assert!(!schema.is_valid(&number("0.1")) && !schema.is_valid(&number("1e-1000000000")));
    assert!(Schema(&[Keyword::Const("1e400")]).is_valid(&number("10e399")));
    assert!(!Schema(&[Keyword::Enum(&["0.1"])]).is_valid(&number("0.1000000000000000055511151231257827")));
}
