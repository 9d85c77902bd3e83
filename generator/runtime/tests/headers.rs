//! Headers of responses: how their values are read.

use apicrate_runtime::codegen::Header;
use apicrate_runtime::http::{HeaderMap, HeaderValue};
use apicrate_runtime::{Json, Scalar, from_str};

/// Returns the headers of the lines `values`, all with the name of the header that the tests read.
fn headers(values: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for value in values.iter().filter_map(|value| HeaderValue::from_str(value).ok()) {
        headers.append("x", value);
    }
    headers
}

#[test]
fn forms() {
    let table: [(Header, &[&str], &str); 14] = [
        (Header::value("X"), &["a, b"], r#""a, b""#),
        (Header::value("X"), &["a", "b"], r#""a, b""#),
        (Header::value("X"), &["12"], "12"),
        (Header::value("X"), &[""], r#""""#),
        (Header::json("X"), &[r#"{"a": [1]}"#], r#"{"a": [1]}"#),
        (Header::list("X", true), &["1, 2,,", "true"], r#"["1", "2", "true"]"#),
        (Header::list("X", false), &["1, b,true"], r#"[1, "b", true]"#),
        (Header::list("X", false), &[""], "[]"),
        (Header::lines("X", true), &["1, 2", "3"], r#"["1, 2", "3"]"#),
        (Header::lines("X", false), &["1", "b"], r#"[1, "b"]"#),
        (
            Header::object("X", false, &["R"]),
            &["R,100,G,200"],
            r#"{"R": "100", "G": 200}"#,
        ),
        (
            Header::object("X", true, &["R"]),
            &["R=100, G=200"],
            r#"{"R": "100", "G": 200}"#,
        ),
        (Header::object("X", true, &[]), &["R=a=b"], r#"{"R": "a=b"}"#),
        (Header::object("X", true, &[]), &[""], "{}"),
    ];
    for (header, values, expected) in table {
        let read: Json = header.read(&headers(values)).unwrap().unwrap();
        assert_eq!(read, from_str::<Json>(expected).unwrap(), "{header:?} {values:?}");
        assert_eq!(header.read::<Json>(&HeaderMap::new()), Ok(None));
    }
}

#[test]
fn a_scalar_is_what_its_type_can_hold() {
    let given = headers(&["12"]);
    let value = Header::value("X");
    assert_eq!(value.read(&given), Ok(Some("12".to_owned())));
    assert_eq!(value.read(&given), Ok(Some(12_u64)));
    assert_eq!(value.read(&given), Ok(Some(Scalar::from(12_u64))));
    assert!(value.read::<bool>(&given).is_err());
}

#[test]
fn faults() {
    assert!(Header::json("X").read::<Json>(&headers(&["{"])).is_err());
    assert!(
        Header::object("X", false, &[])
            .read::<Json>(&headers(&["R,1,G"]))
            .is_err()
    );
    assert!(Header::object("X", true, &[]).read::<Json>(&headers(&["R"])).is_err());
    let mut bytes = HeaderMap::new();
    bytes.append("x", HeaderValue::from_bytes(b"a\xff").unwrap());
    let fault = Header::value("X").read::<String>(&bytes).unwrap_err();
    assert_eq!((fault.name, fault.value.as_str()), ("X", "a\u{fffd}"));
    // The nearest reading is the one that the message is about.
    let fault = Header::value("X").read::<i64>(&headers(&["1.5"])).unwrap_err();
    assert!(!fault.error.to_string().contains("string"), "{}", fault.error);
}
