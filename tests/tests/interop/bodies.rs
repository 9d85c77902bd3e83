//! Bodies of several parts, as busboy and the `FormData` of the fetch standard read them, and bytes in requests and responses.

use std::io::Read;

use apicrate_runtime::Upload;
use case_multipart_bodies::operations::albums::{self, AddPhotoForm, AddPhotoFormRequired, SetPagesForm};
use case_multipart_bodies::schemas::{Place, PlaceRequired};
use case_text_and_bytes_bodies::operations::files;
use serde_json::{Value, json};

use crate::clients;
use crate::forms::value;

fn at(lat: f64, lon: f64) -> Place {
    Place::new(PlaceRequired { lat, lon })
}

const BYTES: &str = "application/octet-stream";

/// More than the sockets of both ends ever hold.
const SIZE: u64 = 32 * 1024 * 1024;

/// Gives so many bytes, of which byte n is n mod 251: no chunk of a power of two is like the next.
struct Pattern {
    at: u64,
    end: u64,
}

impl Pattern {
    fn of(end: u64) -> Self {
        Self { at: 0, end }
    }
}

impl Read for Pattern {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = (self.end - self.at).min(buffer.len() as u64);
        let count = usize::try_from(count).unwrap();
        for (byte, at) in buffer[..count].iter_mut().zip(self.at..) {
            *byte = u8::try_from(at % 251).unwrap();
        }
        self.at += count as u64;
        Ok(count)
    }
}

/// Asserts that `found` is what both packages read of `parts`: names, file names, media types and texts.
///
/// busboy takes a part for a file by its name or its media type, the fetch standard by its name alone, and leaves
/// no media type to what is none. Names stand there as they are written: the standard undoes that, busboy does not.
fn assert_parts(found: &Value, parts: &[(&str, Option<&str>, &str, &str)]) {
    let written = |text: &str| text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let by_busboy = parts.iter().map(|(name, file_name, media_type, text)| {
        let mut part = json!({"name": written(name), "mediaType": media_type, "value": text});
        if file_name.is_some() || *media_type == BYTES {
            part["fileName"] = json!(file_name.map(written));
        }
        part
    });
    let by_fetch = parts.iter().map(|(name, file_name, media_type, text)| match file_name {
        Some(file_name) => json!({"name": name, "fileName": file_name, "mediaType": media_type, "value": text}),
        None => json!({"name": name, "value": text}),
    });
    assert_eq!(found["busboy"], by_busboy.collect::<Value>());
    assert_eq!(found["formData"], by_fetch.collect::<Value>());
}

/// Contents that look like what stands around them.
const CONTENTS: [&str; 5] = [
    "",
    "--",
    "\r\n--\r\n\r\n--a--\r\n",
    "✓\r\n\n\r",
    "Content-Type: text/html\r\n\r\n<p>",
];

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn parts_of_every_kind() {
    let (client, blocking) = clients!(case_multipart_bodies, "bodies");
    let text = "text/plain";
    for content in CONTENTS {
        let photo = || {
            AddPhotoForm::new(AddPhotoFormRequired {
                file: Upload::from(content),
                title: "S\u{e9}a".into(),
            })
            .thumbnail(Upload::from(content).media_type("image/jpeg").file_name("tiny.jpg"))
            .place(at(1.5, 2.0).name(content))
            .place_x_precision(3)
            .people(vec![at(1.0, 2.0), at(3.0, 4.0)])
            .labels(crate::texts(&["a", "b"]))
            .digest("c2VhCg==")
            .legend(Upload::from(content))
        };
        let place = json!({"lat": 1.5, "lon": 2, "name": content}).to_string();
        let expected = [
            ("file", Some("file"), BYTES, content),
            ("title", None, text, "S\u{e9}a"),
            ("thumbnail", Some("tiny.jpg"), "image/jpeg", content),
            ("place", None, "application/json", &place),
            ("people", None, "application/json", r#"{"lat":1,"lon":2}"#),
            ("people", None, "application/json", r#"{"lat":3,"lon":4}"#),
            ("labels", None, text, "a,b"),
            ("digest", None, BYTES, "c2VhCg=="),
            ("legend", None, "application/sdp", content),
        ];
        let response = albums::add_photo(photo()).send(&client).await.unwrap();
        assert_parts(&value(&*response), &expected);
        let response = albums::add_photo(photo()).send_blocking(&blocking).unwrap();
        assert_parts(&value(&*response), &expected);
    }
    let place = || at(-1.5, 2e3).name("Ünder & \"over\"");
    let expected = [
        ("lat", None, text, "-1.5"),
        ("lon", None, text, "2000"),
        ("name", None, text, "Ünder & \"over\""),
    ];
    let response = albums::add_place(place()).send(&client).await.unwrap();
    assert_parts(&value(&*response), &expected);
    let response = albums::add_place(place()).send_blocking(&blocking).unwrap();
    assert_parts(&value(&*response), &expected);
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn names_stay_names() {
    let (client, _) = clients!(case_multipart_bodies, "bodies");
    for name in [
        "ü ✓ 日本.txt",
        "a\"; filename=\"b",
        "a\r\nContent-Type: text/html\r\n\r\n<p>",
        "\r\n--a--\r\n",
        "a;b=c, 'd'",
        "C:\\new\\table.txt",
        "../../etc/passwd",
        "%20%C3",
        " a\tb ",
    ] {
        let pages = vec![
            Upload::from("1").file_name(name).media_type("text/plain"),
            Upload::from("2").file_name("second"),
            Upload::from("3"),
        ];
        let form = SetPagesForm::new(pages)
            .part(name, "4")
            .part(name, Upload::from("5").file_name(name));
        let response = albums::set_pages(7).body(form).send(&client).await.unwrap();
        let expected = [
            ("pages", Some(name), "text/plain", "1"),
            ("pages", Some("second"), BYTES, "2"),
            ("pages", Some("pages"), BYTES, "3"),
            (name, None, "text/plain", "4"),
            (name, Some(name), BYTES, "5"),
        ];
        assert_parts(&value(&*response), &expected);
    }
}

/// HTML writes a backslash as it is, and so do browsers; busboy takes it for an escape. SUPPORTED.md says so.
#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn a_backslash_is_not_read_by_all_alike() {
    let (client, _) = clients!(case_multipart_bodies, "bodies");
    for (name, by_busboy) in [("\\\\srv\\a", json!(["\\srv\\a", "b"])), ("a\\", json!(["b"]))] {
        let pages = vec![Upload::from("1").file_name(name), Upload::from("2").file_name("b")];
        let request = albums::set_pages(7).body(SetPagesForm::new(pages));
        let found = value(&*request.send(&client).await.unwrap());
        let names = |parser: &str| -> Value {
            let parts = found[parser].as_array().unwrap();
            parts.iter().map(|part| part["fileName"].clone()).collect()
        };
        assert_eq!((names("formData"), names("busboy")), (json!([name, "b"]), by_busboy));
    }
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn a_large_file() {
    let (client, blocking) = clients!(case_multipart_bodies, "bodies/large");
    let form = |is_sized: bool| {
        let upload = if is_sized {
            Upload::sized_reader(Pattern::of(SIZE), SIZE)
        } else {
            Upload::reader(Pattern::of(SIZE))
        };
        AddPhotoForm::new(AddPhotoFormRequired {
            file: upload,
            title: "Sea".into(),
        })
    };
    for is_sized in [true, false] {
        let expected = json!({"length": SIZE, "broken": null, "isLengthKnown": is_sized});
        let response = albums::add_photo(form(is_sized)).send(&client).await.unwrap();
        assert_eq!(value(&*response), expected);
        let response = albums::add_photo(form(is_sized)).send_blocking(&blocking).unwrap();
        assert_eq!(value(&*response), expected);
    }
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn what_is_sent_comes_back_meanwhile() {
    let client = case_text_and_bytes_bodies::Client::builder().base_url(crate::url("bodies"));
    let client = client.build().unwrap();
    let text = "ü ✓\r\n\0".repeat(50_000);
    assert_eq!(*files::put_text(&text).send(&client).await.unwrap(), text);

    let upload = Upload::reader(Pattern::of(SIZE)).media_type(BYTES);
    let mut response = files::put_bytes(upload).stream(&client).await.unwrap();
    let mut expected = Pattern::of(SIZE);
    while let Some(chunk) = response.chunk().await.unwrap() {
        let mut bytes = vec![0; chunk.len()];
        expected.read_exact(&mut bytes).unwrap();
        assert!(bytes == chunk, "the chunk before {} is another one", expected.at);
    }
    assert_eq!(expected.at, SIZE);
}
