//! Results of validation with schemas written by hand, which have to be those of the `jsonschema` crate.

#[cfg(test)]
mod support;

use support::json;
use support::lowered::Lowering;

/// A schema, what it allows, and what it refuses.
type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("true", &["null", "{}"], &[]),
    ("false", &[], &["null", "{}"]),
    ("{}", &["0", "[]"], &[]),

    (r#"{"type": "null"}"#, &["null"], &["0", "false", "\"\"", "[]", "{}"]),
    (r#"{"type": "boolean"}"#, &["true", "false"], &["0", "\"true\"", "null"]),
    (r#"{"type": "integer"}"#, &["1", "-0", "1.0", "1e2", "12345678901234567890"], &["1.5", "1e-1", "\"1\"", "true"]),
    (r#"{"type": "number"}"#, &["1", "1.5", "1e100"], &["\"1\"", "null"]),
    (r#"{"type": "string"}"#, &["\"\""], &["1", "null"]),
    (r#"{"type": ["string", "null"]}"#, &["\"a\"", "null"], &["1", "[]"]),
    (r#"{"type": ["integer", "string"]}"#, &["2.0", "\"2\""], &["2.5"]),
    (r#"{"type": "array"}"#, &["[]"], &["{}"]),
    (r#"{"type": "object"}"#, &["{}"], &["[]"]),

    (r#"{"enum": [1, "a", null, [1, {"b": 2}], {"a": [true], "c": "é\n\u20ac"}]}"#,
        &["1", "1.0", "\"a\"", "null", "[1.0, {\"b\": 2}]", "{\"c\": \"é\\n€\", \"a\": [true]}"],
        &["2", "\"b\"", "false", "[1]", "[1, {\"b\": 2}, 3]", "[1, {\"b\": 3}]", "{\"a\": [true]}", "{\"a\": [true], \"c\": \"é\", \"d\": 1}", "\"null\"", "\"1\""]),
    (r#"{"const": 0.1}"#, &["0.1", "1e-1"], &["0.10001", "\"0.1\""]),
    (r#"{"const": "\"quoted\\"}"#, &[r#""\"quoted\\""#], &[r#""quoted""#]),
    (r#"{"const": {}}"#, &["{}"], &["[]", "{\"a\": 1}"]),
    (r#"{"const": []}"#, &["[]"], &["{}", "[null]"]),
    (r#"{"const": false}"#, &["false"], &["0", "null", "true"]),

    (r#"{"minLength": 2}"#, &["\"ab\"", "\"😀😀\"", "1"], &["\"\"", "\"😀\""]),
    (r#"{"maxLength": 2}"#, &["\"\"", "\"😀😀\"", "[1, 2, 3]"], &["\"abc\"", "\"ééé\""]),
    (r#"{"minLength": 0}"#, &["\"\""], &[]),
    (r#"{"pattern": "b+"}"#, &["\"abc\"", "5"], &["\"ac\""]),
    (r#"{"pattern": "^\\p{L}+$"}"#, &["\"été\""], &["\"a1\""]),
    (r#"{"format": "date"}"#, &["\"2024-02-29\"", "20"], &["\"2023-02-29\""]),
    (r#"{"format": "unheard-of"}"#, &["\"x\""], &[]),

    (r#"{"minimum": 1.1}"#, &["1.1", "1.10", "2", "\"0\""], &["1", "1.0999", "-2"]),
    (r#"{"maximum": 300}"#, &["300", "300.0", "-1e99"], &["300.5", "1e99"]),
    (r#"{"exclusiveMinimum": 0}"#, &["0.1", "1"], &["0", "-0", "-1"]),
    (r#"{"exclusiveMaximum": 0}"#, &["-0.1"], &["0.0", "1"]),
    (r#"{"multipleOf": 0.01}"#, &["19.99", "0", "4.02", "\"x\""], &["0.005", "19.999"]),
    (r#"{"multipleOf": 2}"#, &["4", "4.0", "-2"], &["3", "4.5"]),
    (r#"{"type": "integer", "multipleOf": 0.123456789}"#, &["0"], &["1e308"]),

    (r#"{"properties": {"a": {"type": "string"}, "b": true}}"#, &["{}", "{\"a\": \"x\", \"c\": 1}", "[1]"], &["{\"a\": 1}"]),
    (r#"{"properties": {"a": false}}"#, &["{\"b\": 1}"], &["{\"a\": 1}"]),
    (r#"{"patternProperties": {"^x-": {"type": "integer"}, "z$": {"maximum": 5}}}"#,
        &["{\"x-a\": 9, \"z\": 5}", "{\"y\": \"\"}"], &["{\"x-a\": \"\"}", "{\"x-z\": 6}", "{\"z\": 6}"]),
    (r#"{"properties": {"a": true}, "patternProperties": {"^x": true}, "additionalProperties": false}"#,
        &["{\"a\": 1, \"x1\": 2}"], &["{\"b\": 1}", "{\"a\": 1, \"ax\": 2}"]),
    (r#"{"additionalProperties": {"type": "integer"}}"#, &["{\"a\": 1}", "{}"], &["{\"a\": \"1\"}"]),
    (r#"{"allOf": [{"properties": {"a": true}}], "additionalProperties": false}"#, &["{}"], &["{\"a\": 1}"]),
    (r#"{"required": ["a", "b"]}"#, &["{\"a\": null, \"b\": 1}", "\"a\""], &["{\"a\": 1}", "{}"]),
    (r#"{"propertyNames": {"maxLength": 2, "pattern": "^[a-z]"}}"#, &["{\"ab\": 1}", "{}"], &["{\"abc\": 1}", "{\"1\": 1}"]),
    (r#"{"propertyNames": {"anyOf": [{"const": "a"}, {"minLength": 3}]}}"#, &["{\"a\": 1, \"bbb\": 2}"], &["{\"b\": 1}"]),
    (r#"{"propertyNames": false}"#, &["{}"], &["{\"a\": 1}"]),
    (r#"{"minProperties": 1, "maxProperties": 2}"#, &["{\"a\": 1}", "{\"a\": 1, \"b\": 2}"], &["{}", "{\"a\": 1, \"b\": 2, \"c\": 3}"]),
    (r#"{"dependentRequired": {"a": ["b", "c"], "d": []}}"#, &["{}", "{\"b\": 1}", "{\"a\": 1, \"b\": 2, \"c\": 3}", "{\"d\": 1}"], &["{\"a\": 1}", "{\"a\": 1, \"b\": 2}"]),
    (r#"{"dependentSchemas": {"a": {"required": ["b"], "properties": {"b": {"type": "string"}}}}}"#,
        &["{\"b\": 1}", "{\"a\": 1, \"b\": \"x\"}"], &["{\"a\": 1}", "{\"a\": 1, \"b\": 2}"]),

    (r#"{"prefixItems": [{"type": "string"}, {"type": "integer"}]}"#, &["[]", "[\"a\"]", "[\"a\", 1, null]"], &["[1]", "[\"a\", \"b\"]"]),
    (r#"{"prefixItems": [true], "items": {"type": "integer"}}"#, &["[]", "[\"a\", 1, 2]"], &["[1, \"a\"]"]),
    (r#"{"prefixItems": [true, true], "items": false}"#, &["[1]", "[1, 2]"], &["[1, 2, 3]"]),
    (r#"{"items": {"type": "integer"}}"#, &["[]", "[1, 2]", "{}"], &["[1, null]"]),
    (r#"{"contains": {"const": 1}}"#, &["[2, 1]", "[1, 1]", "null"], &["[]", "[2]"]),
    (r#"{"contains": {"const": 1}, "minContains": 0}"#, &["[]", "[2]"], &[]),
    (r#"{"contains": {"const": 1}, "minContains": 2, "maxContains": 3}"#, &["[1, 1]", "[1, 2, 1, 1]"], &["[1]", "[1, 1, 1, 1]", "[]"]),
    (r#"{"contains": {"const": 1}, "minContains": 3, "maxContains": 1}"#, &[], &["[1]", "[1, 1]", "[1, 1, 1]", "[]"]),
    (r#"{"minItems": 1, "maxItems": 2}"#, &["[1]", "[1, 2]"], &["[]", "[1, 2, 3]"]),
    (r#"{"uniqueItems": true}"#, &["[]", "[1, true, \"1\", [1], {\"a\": 1}]", "[{\"a\": 1}, {\"a\": 2}]", "[0, false, null, \"\", [], {}]"],
        &["[1, 2, 1.0]", "[{\"a\": 1, \"b\": 2}, {\"b\": 2, \"a\": 1.0}]", "[[1, [2]], 3, [1, [2.0]]]", "[null, null]", "[\"a\", \"b\", \"a\"]"]),

    (r#"{"allOf": [{"minimum": 1}, {"maximum": 2}]}"#, &["1", "2"], &["0", "3"]),
    (r#"{"anyOf": [{"type": "string"}, {"minimum": 2}]}"#, &["\"a\"", "2", "null"], &["1"]),
    (r#"{"oneOf": [{"type": "integer"}, {"minimum": 2}]}"#, &["1", "2.5"], &["3", "1.5"]),
    (r#"{"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}"#, &["{\"a\": 1}", "{\"b\": 1}"], &["{}", "{\"a\": 1, \"b\": 1}"]),
    (r#"{"not": {"type": "integer"}}"#, &["\"a\"", "1.5"], &["1"]),
    (r#"{"not": {}}"#, &[], &["1"]),
    (r#"{"not": {"not": {"type": "integer"}}}"#, &["1"], &["\"a\""]),
    (r#"{"if": {"exclusiveMaximum": 0}, "then": {"minimum": -10}, "else": {"multipleOf": 2}}"#, &["-1", "4"], &["-100", "3"]),
    (r#"{"if": {"const": 1}, "else": {"const": 2}}"#, &["1", "2"], &["3"]),
    (r#"{"if": false, "then": false}"#, &["1"], &[]),

    (r##"{"$ref": "#/$defs/a", "maximum": 5, "$defs": {"a": {"minimum": 1}}}"##, &["3"], &["0", "6"]),
    (r##"{"properties": {"next": {"$ref": "#"}, "v": {"type": "integer"}}, "additionalProperties": false}"##,
        &["{\"next\": {\"next\": {\"v\": 1}}}"], &["{\"next\": {\"next\": {\"v\": \"\"}}}", "{\"next\": {\"other\": 1}}"]),

    (r#"{"properties": {"a": true}, "unevaluatedProperties": false}"#, &["{\"a\": 1}", "[1]"], &["{\"b\": 1}"]),
    (r#"{"allOf": [{"properties": {"a": true}}], "properties": {"b": true}, "unevaluatedProperties": false}"#, &["{\"a\": 1, \"b\": 2}"], &["{\"c\": 1}"]),
    (r#"{"allOf": [{"properties": {"a": true}}, {"unevaluatedProperties": false}]}"#, &["{}"], &["{\"a\": 1}"]),
    (r#"{"anyOf": [{"properties": {"a": {"const": 1}}, "required": ["a"]}, {"properties": {"b": true}, "required": ["b"]}], "unevaluatedProperties": false}"#,
        &["{\"a\": 1}", "{\"b\": 1}", "{\"a\": 1, \"b\": 2}"], &["{\"a\": 2, \"b\": 1}", "{\"a\": 1, \"c\": 1}"]),
    (r#"{"oneOf": [{"properties": {"a": true}, "required": ["a"]}, {"properties": {"b": true}, "required": ["b"]}], "unevaluatedProperties": {"type": "integer"}}"#,
        &["{\"a\": \"\"}", "{\"b\": \"\", \"c\": 1}"], &["{\"a\": \"\", \"c\": \"\"}"]),
    (r#"{"if": {"properties": {"k": {"const": 1}}, "required": ["k"]}, "then": {"properties": {"a": true}}, "else": {"properties": {"b": true}}, "unevaluatedProperties": false}"#,
        &["{\"k\": 1, \"a\": 1}", "{\"b\": 1}"], &["{\"k\": 1, \"b\": 1}", "{\"k\": 2, \"b\": 1}", "{\"a\": 1}"]),
    (r#"{"not": {"not": {"properties": {"a": true}}}, "unevaluatedProperties": false}"#, &["{}"], &["{\"a\": 1}"]),
    (r#"{"dependentSchemas": {"a": {"properties": {"b": true}}}, "properties": {"a": true}, "unevaluatedProperties": false}"#, &["{\"a\": 1, \"b\": 1}"], &["{\"b\": 1}"]),
    (r##"{"$ref": "#/$defs/a", "unevaluatedProperties": false, "$defs": {"a": {"properties": {"a": {"$ref": "#"}}}}}"##, &["{\"a\": {\"a\": {}}}"], &["{\"a\": {\"b\": 1}}", "{\"b\": 1}"]),
    (r#"{"patternProperties": {"^x": true}, "unevaluatedProperties": false}"#, &["{\"x1\": 1}"], &["{\"a\": 1}"]),
    (r#"{"allOf": [{"additionalProperties": true}], "unevaluatedProperties": false}"#, &["{\"a\": 1}"], &[]),
    (r#"{"allOf": [{"unevaluatedProperties": true}], "unevaluatedProperties": false}"#, &["{\"a\": 1}"], &[]),
    (r#"{"properties": {"a": {"properties": {"b": true}}}, "unevaluatedProperties": false}"#, &["{\"a\": {\"b\": 1, \"c\": 1}}"], &["{\"b\": 1}"]),

    (r#"{"prefixItems": [true], "unevaluatedItems": false}"#, &["[1]", "{\"a\": 1}"], &["[1, 2]"]),
    (r#"{"items": true, "unevaluatedItems": false}"#, &["[1, 2]"], &[]),
    (r#"{"allOf": [{"prefixItems": [true, true]}], "unevaluatedItems": {"type": "string"}}"#, &["[1, 2, \"a\"]"], &["[1, 2, 3]"]),
    (r#"{"anyOf": [{"prefixItems": [{"const": 1}]}, {"prefixItems": [true, {"const": 2}]}], "unevaluatedItems": false}"#, &["[1]", "[0, 2]", "[1, 2]"], &["[1, 3]", "[0, 2, 3]"]),
    (r#"{"contains": {"type": "string"}, "unevaluatedItems": {"type": "integer"}}"#, &["[1, \"a\", 2]", "[\"a\"]"], &["[1]", "[null, \"a\"]"]),
    (r#"{"contains": {"type": "string"}, "minContains": 0, "unevaluatedItems": false}"#, &["[\"a\", \"b\"]", "[]"], &["[1]"]),
    (r#"{"if": {"contains": {"const": 1}}, "then": true, "unevaluatedItems": false}"#, &["[1]", "[]"], &["[1, 2]", "[2]"]),
];

#[test]
fn results_are_those_of_the_table_and_of_the_jsonschema_crate() {
    let mut cases = 0;
    for (text, allowed, refused) in ROWS {
        let document = serde_json::from_str(text).unwrap();
        let schema = Lowering::new(&document).lower().unwrap();
        let options = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true);
        let oracle = options.build(&document).unwrap();
        let expected = allowed
            .iter()
            .map(|value| (value, true))
            .chain(refused.iter().map(|value| (value, false)));
        for (value, expected) in expected {
            cases += 1;
            assert_eq!(schema.is_valid(&json(value)), expected, "{text} on {value}");
            assert_eq!(schema.validate(&json(value)).is_empty(), expected, "{text} on {value}");
            assert_eq!(
                oracle.is_valid(&serde_json::from_str(value).unwrap()),
                expected,
                "the oracle: {text} on {value}"
            );
        }
    }
    assert!(cases > 250, "{cases}");
}
