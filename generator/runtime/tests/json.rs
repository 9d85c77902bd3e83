//! JSON values: their text, equality, and what finds its way in them.

#[cfg(test)]
mod support;

use apicrate_runtime::Json;
use apicrate_runtime::Map;
use apicrate_runtime::Number;
use support::json;

#[test]
fn the_text_is_that_of_serde_json() {
    for text in [
        "null",
        "true",
        "-12.5",
        "\"\"",
        "[]",
        "{}",
        r#"[1,[2,{"a":null}],{}]"#,
        r#"{"b":1,"a":[true,false]}"#,
        r#""quote \" backslash \\ slash / tab \t line \n return \r bell \u0007 escape \u001b delete  é 😀""#,
        r#"{"\"\\\n":"\u0000\u001f"}"#,
    ] {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        // serde_json has short escapes for \b and \f; both are in the RFC.
        assert_eq!(json(text).to_string(), value.to_string());
    }
    assert_eq!(Json::from("\u{8}\u{c}").to_string(), r#""\u0008\u000c""#);
    let kept = Json::from(vec![Number::parse("1.0").unwrap(), Number::parse("1e400").unwrap()]);
    assert_eq!(kept.to_string(), "[1.0,1e400]");
}

#[test]
fn values_are_made_from_the_usual_types() {
    let members: Map<Json> = [
        ("a", Json::from(1)),
        ("b", Json::or_null(Some("x"))),
        ("c", Json::or_null(None::<bool>)),
    ]
    .into();
    assert_eq!(Json::from(members).to_string(), r#"{"a":1,"b":"x","c":null}"#);
    assert_eq!(Json::from(vec![i64::MIN]), json("[-9223372036854775808]"));
    assert_eq!(Json::from(vec![u64::MAX]).to_string(), "[18446744073709551615]");
    assert_eq!(Json::from(String::from("x")), Json::from("x"));
    assert_eq!(Json::from(0.5), json("0.5"));
    assert_eq!(Json::from(f64::INFINITY), Json::Null);
    assert_eq!(Json::default(), Json::Null);
}

#[test]
fn properties_and_elements_are_found() {
    let value = json(r#"{"a":[10,{"b/c":"x","m~n":true}],"":{"":7.5}}"#);
    assert_eq!(value["a"][0].as_i64(), Some(10));
    assert_eq!(value["a"][1]["b/c"].as_str(), Some("x"));
    assert_eq!(value["no"][3]["where"], Json::Null);
    assert_eq!(
        value.get("").and_then(|inner| inner.get("")).and_then(Json::as_f64),
        Some(7.5)
    );
    assert_eq!(value["a"].as_array().map(<[Json]>::len), Some(2));
    assert!(value["a"][1]["m~n"].as_bool() == Some(true) && value["a"].as_object().is_none() && !value.is_null());
    for (pointer, expected) in [
        ("", Some(value.to_string())),
        ("/a/0", Some("10".into())),
        ("/a/1/b~1c", Some("\"x\"".into())),
        ("/a/1/m~0n", Some("true".into())),
        ("//", Some("7.5".into())),
        ("/a/00", None),
        ("/a/+1", None),
        ("/a/-", None),
        ("/a/2", None),
        ("/a/01", None),
        ("a", None),
        ("/a/0/0", None),
        ("/a/99999999999999999999", None),
        ("/b", None),
    ] {
        assert_eq!(value.pointer(pointer).map(ToString::to_string), expected, "{pointer}");
    }
}

#[test]
fn two_values_are_the_same_by_the_value_of_their_numbers() {
    for (left, right, expected) in [
        ("1", "1.0", true),
        ("[1e2]", "[100]", true),
        ("0", "-0.0", true),
        ("0", "false", false),
        ("null", "0", false),
        ("\"a\"", "\"a\"", true),
        ("\"1\"", "1", false),
        (r#"{"a":1,"b":[2.0]}"#, r#"{"b":[2],"a":1.0}"#, true),
        (r#"{"a":1,"b":2}"#, r#"{"a":2,"b":1}"#, false),
        (r#"{"a":1}"#, r#"{"a":1,"b":2}"#, false),
        ("[1,2]", "[2,1]", false),
        (r#"{"a":null}"#, r#"{"b":null}"#, false),
        ("[]", "{}", false),
        ("[[]]", "[{}]", false),
    ] {
        assert_eq!(json(left).same(&json(right)), expected, "{left} {right}");
        assert_eq!(json(right).same(&json(left)), expected, "{right} {left}");
    }
    assert!(json("1") != json("1.0") && json(r#"{"a":1,"b":2}"#) == json(r#"{"b":2,"a":1}"#));
}

#[test]
fn nesting_is_no_danger_to_comparison() {
    // Dropping nests as deep as the value, so this leaks.
    let nest = || {
        let mut value = Json::Null;
        for _ in 0..200_000 {
            value = Json::Array(vec![value]);
        }
        std::mem::ManuallyDrop::new(value)
    };
    assert!(nest().same(&nest()));
}
