//! Bodies of several parts, byte for byte.

#![allow(clippy::unwrap_used, reason = "what cannot be written fails the test")]

use std::io::Read as _;

use apicrate_runtime::codegen::{Encoding, Multipart, Payload, Style};
use apicrate_runtime::{Json, Upload, from_str};

fn form() -> Multipart {
    Multipart::new("multipart/form-data")
}

/// Returns the media type and the body, with the boundary `b`.
fn written(form: Multipart) -> (String, String) {
    match form.payload_with(|| "b".to_owned()) {
        Payload::Composed {
            media_type,
            body,
            violations,
            faults,
            ..
        } => {
            assert_eq!((violations, faults), (Vec::new(), Vec::new()));
            let mut text = String::new();
            let length = body.len();
            body.into_reader().read_to_string(&mut text).unwrap();
            assert!(length.is_none_or(|length| length == text.len() as u64));
            (media_type, text)
        }
        other => panic!("{other:?} is not composed"),
    }
}

/// Returns what does not conform to the document, and what cannot be written.
fn refused(form: Multipart) -> Vec<String> {
    match form.payload() {
        Payload::Composed { violations, faults, .. } => {
            let found = violations.into_iter().chain(faults);
            found
                .map(|fault| format!("{} {}", fault.pointer, fault.message))
                .collect()
        }
        other => panic!("{other:?} is not composed"),
    }
}

fn json(text: &str) -> Json {
    from_str(text).unwrap()
}

#[test]
fn parts_have_the_media_types_of_their_values() {
    let value = json(r#"{"id":"ä","n":1,"address":{"city":"X"},"tags":["a","b"],"old":null}"#);
    let (media_type, body) = written(form().object(&value, &[]));
    assert_eq!(media_type, "multipart/form-data; boundary=b");
    let expected = [
        ("id", "text/plain; charset=utf-8", "ä"),
        ("n", "text/plain; charset=utf-8", "1"),
        ("address", "application/json", r#"{"city":"X"}"#),
        ("tags", "text/plain; charset=utf-8", "a"),
        ("tags", "text/plain; charset=utf-8", "b"),
    ];
    let parts = expected.map(|(name, media_type, content)| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\nContent-Type: {media_type}\r\n\r\n{content}\r\n"
        )
    });
    assert_eq!(body, parts.concat() + "--b--\r\n");
    assert_eq!(written(form()).1, "--b--\r\n");
}

#[test]
fn parts_have_the_media_types_of_their_encodings() {
    let value = json(r#"{"sdp":"v=0","list":["a",1]}"#);
    let encodings = [
        ("sdp", Encoding::Content("application/sdp")),
        ("list", Encoding::Content("application/json")),
    ];
    let (_, body) = written(form().object(&value, &encodings));
    assert!(body.contains("Content-Type: application/sdp\r\n\r\nv=0\r\n"), "{body}");
    // Each element is a part of its own, whatever its media type is.
    assert!(
        body.contains("Content-Type: application/json\r\n\r\n\"a\"\r\n"),
        "{body}"
    );
    assert!(body.contains("Content-Type: application/json\r\n\r\n1\r\n"), "{body}");
}

#[test]
fn styles_name_parts() {
    let table = [
        (r#"["a b","c"]"#, Encoding::style(Style::Form, true), "v=a b v=c"),
        (r#"["a b","c"]"#, Encoding::style(Style::Form, false), "v=a b,c"),
        (r#"["a","b"]"#, Encoding::style(Style::SpaceDelimited, false), "v=a b"),
        (r#"["a","b"]"#, Encoding::style(Style::PipeDelimited, false), "v=a|b"),
        (r#"{"x":"é","y":1}"#, Encoding::style(Style::Form, true), "x=é y=1"),
        (
            r#"{"x":{"y":[1]}}"#,
            Encoding::style(Style::DeepObject, true),
            "v[x][y][0]=1",
        ),
    ];
    for (value, encoding, expected) in table {
        let (_, body) = written(form().value("v", Some(&json(value)), encoding));
        let parts = body
            .split("--b\r\nContent-Disposition: form-data; name=\"")
            .skip(1)
            .map(|part| {
                let (name, rest) = part
                    .split_once("\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n")
                    .unwrap();
                let content = rest.split("\r\n").next().unwrap();
                format!("{name}={content}")
            });
        assert_eq!(parts.collect::<Vec<_>>().join(" "), expected, "{value} {encoding:?}");
    }
}

#[test]
fn files_have_names_and_media_types() {
    let named = Upload::from("x").file_name("a\"\r\nb\\é.txt").media_type("text/csv");
    let (_, body) = written(form().files("f\"ü", [&named], "text/*, image/png"));
    let disposition = "form-data; name=\"f%22ü\"; filename=\"a%22%0D%0Ab\\é.txt\"";
    assert_eq!(
        body,
        format!("--b\r\nContent-Disposition: {disposition}\r\nContent-Type: text/csv\r\n\r\nx\r\n--b--\r\n")
    );

    let plain = Upload::from("x");
    let head = |form| written(form).1.split("\r\n\r\n").next().unwrap().replace("\r\n", "|");
    let declared = "--b|Content-Disposition: form-data; name=\"f\"";
    // A part with a file name is a file; a part that the schema does not define as a file has no name.
    assert_eq!(
        head(form().files("f", [&plain], "")),
        format!("{declared}; filename=\"f\"|Content-Type: application/octet-stream")
    );
    assert_eq!(
        head(form().contents("f", [&plain], "image/png")),
        format!("{declared}|Content-Type: image/png")
    );
    assert_eq!(head(form().others(&[("f".to_owned(), plain.clone())])), declared);
    let other = Upload::from("x").file_name("x.bin");
    assert_eq!(
        head(form().others(&[("f".to_owned(), other)])),
        format!("{declared}; filename=\"x.bin\"|Content-Type: application/octet-stream")
    );
    assert_eq!(
        head(form().contents("f", [&Upload::json(&json("[1]"))], "")),
        format!("{declared}|Content-Type: application/json")
    );
    assert_eq!(
        head(
            form()
                .contents("f", [&plain, &plain], "")
                .header("f", "X-Limit", Some(&json("[1,2]")), true)
        ),
        format!("{declared}|Content-Type: application/octet-stream|X-Limit: 1,2")
    );
}

#[test]
fn media_types_are_those_of_the_document() {
    let of = |upload: Upload, allowed: &str| refused(form().files("f", [&upload], allowed));
    assert_eq!(of("x".into(), "image/png"), Vec::<String>::new());
    assert_eq!(
        of(Upload::from("x").media_type("IMAGE/PNG; q=1"), "image/png, image/jpeg"),
        Vec::<String>::new()
    );
    assert_eq!(
        of(Upload::from("x").media_type("image/webp"), "text/plain, image/*"),
        Vec::<String>::new()
    );
    assert_eq!(of("x".into(), "image/png, image/jpeg").len(), 1);
    assert_eq!(of("x".into(), "image/*").len(), 1);
    assert_eq!(
        of(Upload::from("x").media_type("text/csv"), "image/*"),
        ["/f its media type text/csv is not among image/*"]
    );
    // A line break would start another header.
    assert_eq!(of(Upload::from("x").media_type("text/csv\r\nX-More: 1"), "").len(), 1);
    let lacking = form()
        .files("f", [&Upload::from("x")], "")
        .header::<str>("f", "X-Limit", None, true);
    assert_eq!(refused(lacking), ["/f the part lacks its header X-Limit"]);
    assert_eq!(
        refused(form().header::<str>("f", "X-Limit", None, true)),
        Vec::<String>::new()
    );
}

#[test]
fn no_content_has_the_boundary() {
    let upload = Upload::from("--one --two three");
    let mut candidates = ["one", "two", "three"].into_iter();
    let payload = form()
        .files("f", [&upload], "")
        .payload_with(|| candidates.next().unwrap().to_owned());
    match payload {
        Payload::Composed { media_type, .. } => assert_eq!(media_type, "multipart/form-data; boundary=three"),
        other => panic!("{other:?} is not composed"),
    }
    // Nobody can write content that holds a boundary which is not known yet.
    let boundary_of = |payload| match payload {
        Payload::Composed { media_type, .. } => media_type,
        other => panic!("{other:?} is not composed"),
    };
    assert_ne!(boundary_of(form().payload()), boundary_of(form().payload()));
}
