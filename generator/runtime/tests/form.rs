//! Forms as bytes, by the rules of the Encoding Object.

#![allow(clippy::unwrap_used, reason = "what cannot be written fails the test")]

use apicrate_runtime::codegen::{Encoding, Payload, Style};
use apicrate_runtime::{Json, from_str};

const FORM: &str = "application/x-www-form-urlencoded";

/// Returns the form of a JSON object, or the pointer of the first property that has no form.
fn form(json: &str, encodings: &[(&str, Encoding)]) -> Result<String, String> {
    let value: Json = from_str(json).unwrap();
    match Payload::form(FORM, &value, encodings) {
        Payload::Composed {
            media_type,
            body,
            faults,
            ..
        } => {
            assert_eq!(media_type, FORM);
            match faults.first() {
                Some(fault) => Err(fault.pointer.clone()),
                None => Ok(String::from_utf8(body.bytes().unwrap().to_vec()).unwrap()),
            }
        }
        other => panic!("{other:?} is no form"),
    }
}

/// Undoes what a form does, by the crate that the URL standard's own authors keep.
fn decoded(form: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(form.as_bytes()).into_owned().collect()
}

/// The examples of bodies in the specification
/// (<https://spec.openapis.org/oas/v3.1.1.html#encoding-the-x-www-form-urlencoded-media-type>).
#[test]
fn the_examples_of_the_specification() {
    let address = r#"{"streetAddress":"123 Example Dr.","city":"Somewhere","state":"CA","zip":"99999+1234"}"#;
    let both = format!(r#"{{"id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6","address":{address}}}"#);
    let written = form(&both, &[]).unwrap();
    // 3.0.4 and 3.1.1 leave `:` and `,` as they are; 3.1.2 and 3.2.0 encode them, as browsers do.
    let of_3_1_1 = "id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6&address=%7B%22streetAddress%22:%22123+Example+Dr.%22,\
                    %22city%22:%22Somewhere%22,%22state%22:%22CA%22,%22zip%22:%2299999%2B1234%22%7D";
    assert_eq!(written, of_3_1_1.replace(':', "%3A").replace(',', "%2C"));
    assert_eq!(decoded(&written), decoded(of_3_1_1));

    let id = r#"{"id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6"}"#;
    assert_eq!(
        form(id, &[("id", Encoding::Content("application/json"))]).unwrap(),
        "id=%22f81d4fae-7dec-11d0-a765-00a0c91e6bf6%22"
    );

    let icon = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAABGdBTUEAALGPC_xhBQAAADhlWElmTU0AKgAAAAgAAYdpAAQAAAABAAAAGg\
                AAAAAAAqACAAQAAAABAAAAAqADAAQAAAABAAAAAgAAAADO0J6QAAAAEElEQVQIHWP8zwACTGCSAQANHQEDqtPptQAAAABJRU5ErkJggg";
    let with_icon = format!(r#"{{"name":"example","icon":"{icon}=="}}"#);
    assert_eq!(
        form(&with_icon, &[("icon", Encoding::Content("image/png, image/jpeg"))]).unwrap(),
        format!("name=example&icon={icon}%3D%3D")
    );
}

#[test]
fn by_media_type() {
    let table = [
        (r#"{"a":"x y","b":"=&+%"}"#, "a=x+y&b=%3D%26%2B%25"),
        (r#"{"a":"*-._~","ü":"💌"}"#, "a=*-._%7E&%C3%BC=%F0%9F%92%8C"),
        (r#"{"n":1.50,"t":true,"f":false}"#, "n=1.50&t=true&f=false"),
        (r#"{"list":["a","b c",1]}"#, "list=a&list=b+c&list=1"),
        (r#"{"list":[{"a":1},[2]]}"#, "list=%7B%22a%22%3A1%7D&list=%5B2%5D"),
        // There is no word for nothing; an empty string is one.
        (r#"{"a":null,"b":[],"c":"","d":[null]}"#, "c="),
        (r#"{"a":{}}"#, "a=%7B%7D"),
        ("{}", ""),
    ];
    for (json, expected) in table {
        assert_eq!(form(json, &[]).as_deref(), Ok(expected), "{json}");
    }
    let as_json = [("v", Encoding::Content("application/merge-patch+json; charset=utf-8"))];
    assert_eq!(form(r#"{"v":["a",null]}"#, &as_json).unwrap(), "v=%5B%22a%22%2Cnull%5D");
    assert_eq!(form(r#"{"v":null}"#, &as_json).unwrap(), "v=null");
    assert_eq!(form("[1]", &[]), Err(String::new()));
}

#[test]
fn by_style() {
    let (list, object) = (r#"["a b","c,d",null]"#, r#"{"x":"1 2","y":null,"z":"="}"#);
    let table = [
        (list, Encoding::style(Style::Form, true), "v=a%20b&v=c%2Cd"),
        (list, Encoding::style(Style::Form, false), "v=a%20b,c%2Cd"),
        (list, Encoding::style(Style::SpaceDelimited, false), "v=a%20b%20c%2Cd"),
        (list, Encoding::style(Style::PipeDelimited, false), "v=a%20b%7Cc%2Cd"),
        (object, Encoding::style(Style::Form, true), "x=1%202&z=%3D"),
        (object, Encoding::style(Style::Form, false), "v=x,1%202,z,%3D"),
        (
            object,
            Encoding::style(Style::DeepObject, true),
            "v%5Bx%5D=1%202&v%5Bz%5D=%3D",
        ),
        ("\"~ +\"", Encoding::style(Style::Form, true), "v=~%20%2B"),
        ("\"\"", Encoding::style(Style::Form, false), "v="),
        ("[]", Encoding::style(Style::Form, false), ""),
        ("{}", Encoding::style(Style::Form, true), ""),
        ("null", Encoding::style(Style::Form, true), ""),
    ];
    for (value, encoding, expected) in table {
        let json = format!(r#"{{"v":{value}}}"#);
        assert_eq!(
            form(&json, &[("v", encoding)]).as_deref(),
            Ok(expected),
            "{json} {encoding:?}"
        );
    }
    // What nests has no form but in brackets.
    for encoding in [
        Encoding::style(Style::Form, true),
        Encoding::style(Style::PipeDelimited, false),
    ] {
        assert_eq!(form(r#"{"v":[[1]]}"#, &[("v", encoding)]), Err("/v".to_owned()));
        assert_eq!(form(r#"{"v":{"w":[1]}}"#, &[("v", encoding)]), Err("/v".to_owned()));
    }
}

/// The specification leaves open what `deepObject` makes of what nests; these are the bytes of Stripe's own clients.
#[test]
fn brackets_nest() {
    let deep = Encoding::style(Style::DeepObject, true);
    let table = [
        (r#"["data.customer","x"]"#, "v[0]=data.customer&v[1]=x"),
        (r#"{"a":{"b":{"c":"d"}}}"#, "v[a][b][c]=d"),
        (
            r#"[{"price":"p 1","quantity":2},{"tax_rates":["t"]}]"#,
            "v[0][price]=p%201&v[0][quantity]=2&v[1][tax_rates][0]=t",
        ),
        // `anyOf` an object or the empty string, by which a value is taken away.
        (r#""""#, "v="),
        (r#"{"key":""}"#, "v[key]="),
        (r#"{"k[]&":"x","n":null}"#, "v[k%5B%5D%26]=x"),
        ("[]", ""),
    ];
    for (value, expected) in table {
        let json = format!(r#"{{"v":{value}}}"#);
        let written = form(&json, &[("v", deep)]).unwrap();
        let expected: String = expected
            .split('&')
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                // Brackets are percent-encoded where they delimit, too.
                let name = name.replace('[', "%5B").replace(']', "%5D");
                if pair.is_empty() {
                    String::new()
                } else {
                    format!("{name}={value}")
                }
            })
            .collect::<Vec<_>>()
            .join("&");
        assert_eq!(written, expected, "{json}");
    }
}

#[test]
fn reserved_characters_may_stay() {
    let reserved = Encoding::style(Style::Form, true).allow_reserved();
    let json = r#"{"v":":/?@!$'()*,; #[]&=+ %2F %zz ü"}"#;
    assert_eq!(
        form(json, &[("v", reserved)]).unwrap(),
        "v=:/?@!$'()*,;%20%23%5B%5D%26%3D%2B%20%2F%20%25zz%20%C3%BC"
    );
}
