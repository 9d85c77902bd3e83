//! Characters: what arrives is what was given, wherever it stands, and nothing leads to another operation.

use apicrate_runtime::{RequestDefaults, Validation};
use case_characters_of_arguments::operations::characters;
use case_characters_of_arguments::runtime::Call as _;
use tests::capture::{Server, percent_decoded};
use tests::texts::hard;

use crate::{client, one, send, server};

/// Returns a base for requests that nobody sends.
fn base() -> RequestDefaults {
    RequestDefaults::new("http://localhost").unwrap()
}

#[tokio::test]
async fn any_text_arrives_as_a_path_argument() {
    let server = server();
    let client = client!(case_characters_of_arguments, server);
    for text in hard() {
        send!(characters::path(&text), &client).unwrap();
        let request = one(&server);
        let segment = request.path.strip_prefix("/path/").unwrap();
        assert!(
            !segment.contains('/') && request.query.is_none(),
            "{text:?}: {request:?}"
        );
        assert_eq!(percent_decoded(segment), text);
    }
}

#[tokio::test]
async fn any_text_arrives_in_a_query_and_in_a_cookie() {
    let server = server();
    let client = client!(case_characters_of_arguments, server);
    for text in hard() {
        let request = characters::query().text(&text).a_b_c_d(&text).cookie_text(&text);
        send!(request, &client).unwrap();
        let request = one(&server);
        let pairs = [("text", &text), ("a b&c[d]", &text)].map(|(name, text)| (name.to_owned(), text.clone()));
        assert_eq!(request.query_pairs(), pairs);
        let [cookie] = request.header("cookie")[..] else {
            panic!("{request:?}")
        };
        assert_eq!(percent_decoded(cookie.strip_prefix("text=").unwrap()), text);
    }
    // A name is percent-encoded as a value is.
    send!(characters::query().a_b_c_d("e"), &client).unwrap();
    assert_eq!(one(&server).query.as_deref(), Some("a%20b%26c%5Bd%5D=e"));
}

/// Segments of dots, and empty ones, whatever beside the argument makes them so; validated or not.
#[tokio::test]
async fn no_argument_leads_to_another_path() {
    fn refused<C: apicrate_runtime::Call>(call: &C) -> String {
        let unvalidated = call.http_request(&base(), Validation::Off);
        assert!(unvalidated.is_err(), "{unvalidated:?}");
        call.http_request(&base(), Validation::On).unwrap_err().to_string()
    }
    for text in ["", ".", ".."] {
        let words = refused(&characters::path(text));
        assert!(words.contains("path parameter \"text\": "), "{words}");
    }
    // The template ends in a dot, starts with an encoded one, or has another argument beside this one.
    assert!(refused(&characters::dotted(".")).contains("\"..\" cannot be a segment"));
    assert!(refused(&characters::encoded(".")).contains("\"%2E.\" cannot be a segment"));
    assert!(refused(&characters::beside(".", "")).contains("\"..\" cannot be a segment"));
    assert!(refused(&characters::beside("", "")).contains("\".\" cannot be a segment"));

    let server = server();
    let client = client!(case_characters_of_arguments, server);
    send!(characters::dotted("a"), &client).unwrap();
    assert_eq!(one(&server).path, "/dotted/a.");
    send!(characters::dotted(".."), &client).unwrap();
    assert_eq!(one(&server).path, "/dotted/...");
    send!(characters::encoded("a"), &client).unwrap();
    assert_eq!(one(&server).path, "/encoded/%2Ea");
    send!(characters::beside("a", ""), &client).unwrap();
    assert_eq!(one(&server).path, "/beside/a./end");
    send!(characters::quoted("it's"), &client).unwrap();
    assert_eq!(one(&server).path, "/quoted('it%27s')");
    assert!(send!(characters::path(".."), &client).is_err());
    assert!(server.take().is_empty());
}

/// What the HTTP libraries change of what they are given, among all printable characters: reqwest a quotation mark in a
/// query, and ureq nothing.
#[tokio::test]
async fn the_http_libraries_change_one_character() {
    let server = server();
    let client = client!(case_characters_of_arguments, server);
    let builder = case_characters_of_arguments::BlockingClient::builder().base_url(server.url());
    let blocking = builder.build_blocking().unwrap();
    let (mut changed, mut changed_by_blocking) = (Vec::new(), Vec::new());
    for character in ' '..='~' {
        let text = format!("x{character}y");
        for request in [characters::query().text(&text), characters::query().raw(&text)] {
            let written = target(&request.clone().into_http(&base()).unwrap());
            send!(request.clone(), &client).unwrap();
            let came = arrived(&server);
            if came != written {
                changed.push((written.clone(), came));
            }
            request.send_blocking(&blocking).map(drop).unwrap();
            let came = arrived(&server);
            if came != written {
                changed_by_blocking.push((written, came));
            }
        }
        let written = target(&characters::path(&text).into_http(&base()).unwrap());
        send!(characters::path(&text), &client).unwrap();
        assert_eq!(arrived(&server), written);
        characters::path(&text).send_blocking(&blocking).map(drop).unwrap();
        assert_eq!(arrived(&server), written);
    }
    assert_eq!(changed, [("/query?raw=x'y".to_owned(), "/query?raw=x%27y".to_owned())]);
    assert_eq!(changed_by_blocking, []);
}

/// Returns the path and query that a request has.
fn target<T>(request: &http::Request<T>) -> String {
    request.uri().path_and_query().unwrap().as_str().to_owned()
}

/// Returns the path and query of the one request that came.
fn arrived(server: &Server) -> String {
    let request = one(server);
    let query = request.query.map(|query| format!("?{query}"));
    format!("{}{}", request.path, query.unwrap_or_default())
}

/// What is written for each printable character.
#[test]
fn reserved_characters_stay_where_they_may() {
    let written =
        |request: characters::QueryCharacters| request.into_http(&base()).unwrap().uri().query().unwrap().to_owned();
    for character in ' '..='~' {
        let encoded = format!("%{:02X}", u32::from(character));
        let is_unreserved = character.is_ascii_alphanumeric() || "-._~".contains(character);
        let expected = if is_unreserved {
            character.to_string()
        } else {
            encoded.clone()
        };
        assert_eq!(written(characters::query().text(character)), format!("text={expected}"));
        let stays = is_unreserved || ":/?@!$'()*,;".contains(character);
        let expected = if stays { character.to_string() } else { encoded };
        assert_eq!(written(characters::query().raw(character)), format!("raw={expected}"));
    }
    // Triples stay; a percent sign that starts none does not.
    for (text, expected) in [
        ("%2F", "%2F"),
        ("%2f%C3%A9", "%2f%C3%A9"),
        ("50%", "50%25"),
        ("%", "%25"),
        ("%2", "%252"),
        ("%zz", "%25zz"),
        ("%é1", "%25%C3%A91"),
        ("é", "%C3%A9"),
        ("a=b&c+d#[e]", "a%3Db%26c%2Bd%23%5Be%5D"),
    ] {
        assert_eq!(written(characters::query().raw(text)), format!("raw={expected}"));
    }
}

/// A header carries any text but control characters, and loses white space at its ends.
#[tokio::test]
async fn a_header_keeps_its_text() {
    let server = server();
    let client = client!(case_characters_of_arguments, server);
    for text in [
        "",
        "a",
        "a, b;c=\"d e\"",
        "100%",
        "%41",
        "a\tb",
        "é 漢字 😀",
        "!#$&'()*+/:=?@[]^_`{|}~\\<>",
    ] {
        send!(characters::query().x_text(text), &client).unwrap();
        assert_eq!(one(&server).header("x-text"), [text]);
    }
    for (text, words) in [
        ("a\nb: c", "control character U+000A"),
        ("a\r\nb: c", "control character U+000D"),
        ("a\0", "control character U+0000"),
        ("\u{7f}", "control character U+007F"),
        (" a", "white space"),
        ("a\t", "white space"),
    ] {
        let refused = send!(characters::query().x_text(text), &client).unwrap_err();
        assert!(refused.contains("header parameter \"X-Text\""), "{refused}");
        assert!(refused.contains(words), "{refused}");
    }
    assert!(server.take().is_empty());
}
