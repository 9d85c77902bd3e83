//! Request bodies: forms, parts, uploads, and several media types for one body.

use std::io::Read as _;

use apicrate_runtime::{Body, Maybe, Upload};
use http::Request;

use crate::{base, body, header, line};

/// Returns the content of a body that is read while it is sent.
fn read(body: Body) -> String {
    let mut text = String::new();
    body.into_reader().read_to_string(&mut text).unwrap();
    text
}

/// Returns the parts of a request: what stands before the content, a line each, and the content.
pub(crate) fn parts(request: Request<Body>) -> Vec<(String, String)> {
    let media_type = header(&request, "content-type").to_owned();
    let boundary = media_type.split("boundary=").nth(1).unwrap();
    let text = read(request.into_body());
    let text = text.strip_suffix(&format!("--{boundary}--\r\n")).unwrap().to_owned();
    let delimiter = format!("--{boundary}\r\n");
    let parts = text.split(&delimiter).skip(1);
    let split = |part: &str| {
        let (head, content) = part.strip_suffix("\r\n").unwrap().split_once("\r\n\r\n").unwrap();
        let head = head
            .replace("Content-Disposition: form-data; ", "")
            .replace("\r\n", "|");
        (head, content.to_owned())
    };
    parts.map(split).collect()
}

#[test]
fn form_bodies() {
    use case_form_bodies::operations::shop::{self, GetTokenBody, GetTokenClaims};
    use case_form_bodies::runtime::Call as _;
    use case_form_bodies::schemas::{Order, OrderLine, OrderMetadata};

    let mut token = GetTokenBody::new()
        .scope(vec!["read all".to_owned(), "write".to_owned()])
        .claims(GetTokenClaims::new().name("A&B"))
        .age(Maybe::Null);
    let request = shop::get_token(token.clone()).into_http(&base()).unwrap();
    assert_eq!(header(&request, "content-type"), "application/x-www-form-urlencoded");
    assert_eq!(
        body(&request),
        "grant_type=client_credentials&scope=read+all&scope=write&claims=%7B%22name%22%3A%22A%26B%22%7D"
    );
    // A form is validated by its schema as JSON is.
    token = token.claims(GetTokenClaims::new().name("a name of more than twenty characters"));
    let refused = shop::get_token(token).into_http(&base()).unwrap_err();
    assert_eq!(
        (refused.faults[0].place.as_str(), refused.faults[0].pointer.as_str()),
        ("body", "/claims/name")
    );

    let metadata = [("a b", "1&2")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let order = Order::new()
        .note("x y")
        .lines(vec![OrderLine::new("p1").quantity(2), OrderLine::new("p2")])
        .metadata(OrderMetadata::Map(metadata.into()))
        .expand(vec!["customer".to_owned()])
        .colors(vec!["red".to_owned(), "blue|green".to_owned()])
        .sizes(vec![1, 2])
        .callback("https://shop.example/?a=b")
        .tags(vec!["new".to_owned()]);
    let request = shop::add_order().body(order).into_http(&base()).unwrap();
    let pairs = [
        "note=x+y",
        "lines%5B0%5D%5Bprice%5D=p1&lines%5B0%5D%5Bquantity%5D=2&lines%5B1%5D%5Bprice%5D=p2",
        "metadata%5Ba%20b%5D=1%262",
        "expand%5B0%5D=customer",
        "colors=red%7Cblue%7Cgreen",
        "sizes=1,2",
        "callback=https://shop.example/?a%3Db",
        "tags=%5B%22new%22%5D",
    ];
    assert_eq!(body(&request), pairs.join("&"));
    // The empty string takes metadata away; without a body there is no media type either.
    let none = Order::new().metadata(OrderMetadata::String(case_form_bodies::schemas::OrderString::Empty));
    let request = shop::add_order().body(none).into_http(&base()).unwrap();
    assert_eq!(body(&request), "metadata=");
    let request = shop::add_order().into_http(&base()).unwrap();
    assert_eq!((body(&request), header(&request, "content-type")), ("", ""));
}

/// Returns a place of the case `multipart_bodies`.
fn at(lat: f64, lon: f64) -> case_multipart_bodies::schemas::Place {
    use case_multipart_bodies::schemas::{Place, PlaceRequired};

    Place::new(PlaceRequired { lat, lon })
}

#[test]
fn multipart_bodies() {
    use case_multipart_bodies::operations::albums::{self, AddPhotoForm, AddPhotoFormRequired};
    use case_multipart_bodies::runtime::Call as _;

    let photo = AddPhotoForm::new(AddPhotoFormRequired {
        file: [1, 2][..].into(),
        title: "Sea".into(),
    })
    .thumbnail(Upload::from("tiny").file_name("t.png").media_type("image/png"))
    .place(at(1.5, -2.0))
    .place_x_precision(3)
    .people(vec![at(0.0, 0.0), at(1.0, 1.0)])
    .labels(vec!["a".to_owned(), "b c".to_owned()])
    .digest("AAEC")
    .legend("v=0");
    let request = albums::add_photo(photo.clone()).into_http(&base()).unwrap();
    assert!(header(&request, "content-type").starts_with("multipart/form-data; boundary="));
    let expected = [
        (
            "name=\"file\"; filename=\"file\"|Content-Type: application/octet-stream",
            "\u{1}\u{2}",
        ),
        ("name=\"title\"|Content-Type: text/plain; charset=utf-8", "Sea"),
        ("name=\"thumbnail\"; filename=\"t.png\"|Content-Type: image/png", "tiny"),
        (
            "name=\"place\"|Content-Type: application/json|X-Precision: 3",
            r#"{"lat":1.5,"lon":-2}"#,
        ),
        ("name=\"people\"|Content-Type: application/json", r#"{"lat":0,"lon":0}"#),
        ("name=\"people\"|Content-Type: application/json", r#"{"lat":1,"lon":1}"#),
        ("name=\"labels\"|Content-Type: text/plain; charset=utf-8", "a,b c"),
        ("name=\"digest\"|Content-Type: application/octet-stream", "AAEC"),
        ("name=\"legend\"|Content-Type: application/sdp", "v=0"),
    ];
    assert_eq!(
        parts(request),
        expected.map(|(head, content)| (head.to_owned(), content.to_owned()))
    );

    // Parts that are no files are validated; so are the media types of files and the set of parts.
    let bad = AddPhotoForm::new(AddPhotoFormRequired {
        file: "x".into(),
        title: String::new(),
    })
    .thumbnail("tiny")
    .place(at(91.0, 0.0))
    .part("more", "x");
    let refused = albums::add_photo(bad).into_http(&base()).unwrap_err();
    let mut pointers: Vec<&str> = refused.faults.iter().map(|fault| fault.pointer.as_str()).collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/more", "/place", "/place/lat", "/thumbnail", "/title"]);
}

#[test]
fn multipart_bodies_of_several_files_and_of_parts_of_any_name() {
    use case_multipart_bodies::operations::albums::{self, AddAnythingForm, SetPagesForm};
    use case_multipart_bodies::runtime::Call as _;

    let two = vec!["one".into(), "two".into()];
    let request = albums::set_pages(1).body(SetPagesForm::new(two).cover(Upload::json(&at(0.0, 1.0))));
    let heads: Vec<String> = parts(request.into_http(&base()).unwrap())
        .into_iter()
        .map(|(head, _)| head)
        .collect();
    assert_eq!(
        heads,
        [
            "name=\"pages\"; filename=\"pages\"|Content-Type: application/octet-stream",
            "name=\"pages\"; filename=\"pages\"|Content-Type: application/octet-stream",
            "name=\"cover\"; filename=\"cover\"|Content-Type: application/json",
        ]
    );
    let one = albums::set_pages(1).body(SetPagesForm::new(vec!["one".into()]));
    assert_eq!(one.into_http(&base()).unwrap_err().faults[0].pointer, "/pages");
    assert_eq!(read(albums::set_pages(1).into_http(&base()).unwrap().into_body()), "");

    let anything = AddAnythingForm::new()
        .part("note", "x")
        .part("file", Upload::from("y").file_name("y.bin"));
    let request = albums::add_anything(anything).into_http(&base()).unwrap();
    assert!(header(&request, "content-type").starts_with("multipart/mixed; boundary="));
    assert_eq!(
        parts(request),
        [
            ("name=\"note\"".to_owned(), "x".to_owned()),
            (
                "name=\"file\"; filename=\"y.bin\"|Content-Type: application/octet-stream".to_owned(),
                "y".to_owned()
            ),
        ]
    );

    // Without files the parts are the properties of the schema's own type.
    let request = albums::add_place(at(1.0, 2.0).name("Here")).into_http(&base()).unwrap();
    let contents: Vec<String> = parts(request).into_iter().map(|(_, content)| content).collect();
    assert_eq!(contents, ["1", "2", "Here"]);
}

#[test]
fn several_request_media_types() {
    use case_several_request_media_types::operations::notes::{self, AddNoteError, AddNoteText};
    use case_several_request_media_types::runtime::Call as _;
    use case_several_request_media_types::schemas::Note;

    // JSON is what a note is sent as; its form and its XML would say the same once more.
    let json = notes::add_note(Note::new("x")).into_http(&base()).unwrap();
    assert_eq!(
        (body(&json), header(&json, "content-type")),
        (r#"{"text":"x"}"#, "application/json")
    );
    let text = notes::add_note_text("x").into_http(&base()).unwrap();
    assert_eq!((body(&text), header(&text, "content-type")), ("x", "text/plain"));
    let file = notes::AddNoteMultipartForm::new().file("x");
    let form = notes::add_note_multipart(file).into_http(&base()).unwrap();
    assert_eq!(line(&form), "POST http://localhost/notes");
    assert_eq!(parts(form).len(), 1);
    // A range is what a server takes; a client says which.
    let image = notes::add_note_image(Upload::from("x").media_type("image/png"));
    assert_eq!(header(&image.into_http(&base()).unwrap(), "content-type"), "image/png");
    let image = notes::add_note_image("x").into_http(&base()).unwrap();
    assert_eq!(header(&image, "content-type"), "application/octet-stream");

    let patch = notes::patch_note().body(Vec::new()).into_http(&base()).unwrap();
    assert_eq!(
        (body(&patch), header(&patch, "content-type")),
        ("[]", "application/json-patch+json")
    );
    let merge = notes::patch_note_merge_patch_json().body(Note::new("x"));
    assert_eq!(
        header(&merge.into_http(&base()).unwrap(), "content-type"),
        "application/merge-patch+json"
    );

    // They are one operation, so they fail alike.
    let error = AddNoteText::decode(crate::response(409, "")).unwrap_err();
    assert!(matches!(error, apicrate_runtime::Error::Status(status) if status.error == AddNoteError::Conflict));
}

#[test]
fn uploads() {
    use case_text_and_bytes_bodies::operations::files;
    use case_text_and_bytes_bodies::runtime::Call as _;

    let request = files::put_bytes(Upload::sized_reader(&b"abc"[..], 3).media_type("image/webp"));
    let http = request.clone().into_http(&base()).unwrap();
    assert_eq!(
        (header(&http, "content-type"), header(&http, "content-length")),
        ("image/webp", "3")
    );
    assert!(http.body().try_clone().is_none());
    assert_eq!(read(http.into_body()), "abc");
    assert!(!format!("{request:?}").contains("abc"));
    let refused = files::put_bytes(Upload::file("there is no such file"))
        .into_http(&base())
        .unwrap_err();
    assert!(refused.to_string().contains("cannot be read"), "{refused}");
    // How long what a reader gives is, nobody knows.
    let unknown = files::put_bytes(Upload::reader(&b"abc"[..]))
        .into_http(&base())
        .unwrap();
    assert_eq!((header(&unknown, "content-length"), unknown.body().len()), ("", None));
}
