//! Lists whose pages name the next one in a header `Link` ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)).

use bytes::Bytes;
use http::{HeaderMap, Response};

use crate::server::{Script, Style, response, words};

/// Returns a server that gives `fields` as headers `Link` with its first page, and no link with any other.
fn linked(fields: &'static [&'static str]) -> Script<impl Fn(&str) -> Response<Bytes>> {
    Script::new(move |query: &str| {
        let is_first = query.is_empty();
        let mut response = response(if is_first {
            r#"{"items": [1]}"#
        } else {
            r#"{"items": [2]}"#
        });
        for field in fields.iter().filter(|_| is_first) {
            response.headers_mut().append("link", field.parse().unwrap());
        }
        response
    })
}

#[test]
fn links_in_every_form_lead_on() {
    let table: [(&'static [&'static str], &str); 17] = [
        (
            &[r#"<http://localhost:8080/v1/list/a%20b?page=2>; rel="next""#],
            "page=2",
        ),
        (&[r"<http://LOCALHOST:8080/v1/list/a%20b?page=2>;rel=next"], "page=2"),
        (&["<https://localhost:8080/v1/list/a%20b?page=2>; REL = NEXT"], "page=2"),
        (&[r#"<//localhost:8080/v1/list/a%20b?page=2>; rel="next""#], "page=2"),
        (&[r#"</v1/list/a%20b?page=2&x=%2C,#top>; rel="next""#], "page=2&x=%2C,"),
        (&[r#"<?page=2>; rel="next""#], "page=2"),
        (&[r#"<a%20b?page=2>; rel="next""#], "page=2"),
        (&[r#"<./a%20b?page=2>; rel="next""#], "page=2"),
        (&[r#"<../../v1/list/./%61%20b?page=2>; rel="next""#], "page=2"),
        (
            &[r#"< ?page=2 > ; title="a, <b>; \"c\"" ; rel="last next prev""#],
            "page=2",
        ),
        (
            &[r#"<?page=9>; rel="last", <?page=2>; rel="next", <?page=1>; rel="first""#],
            "page=2",
        ),
        (&[r#"<?page=9>; rel="last""#, r#"<?page=2>; rel="next""#], "page=2"),
        (&[r#", ,<?page=9>;;rel=last;,<?page=2>;x;y="";rel=next"#], "page=2"),
        (
            &[r#"<?page=9>; rel="nextish"; rel="next", <?page=2>; rel="next""#],
            "page=2",
        ),
        (
            &[r##"<?page=9>; anchor="#other"; rel="next", <?page=2>; rel="next""##],
            "page=2",
        ),
        (&[r#"<?a,b;c=2>; rel="next""#], "a,b;c=2"),
        (
            &[r#"<?page=2>; title*=UTF-8''a%2Cb; rel="next"; title="open"#],
            "page=2",
        ),
    ];
    for (fields, query) in table {
        let script = linked(fields);
        let (items, error) = script.items(Style::Link, None);
        assert!(error.is_none(), "{fields:?}: {error:?}");
        assert_eq!(items, [1, 2], "{fields:?}");
        assert_eq!(script.queries(), ["", query], "{fields:?}");
    }
}

#[test]
fn without_a_next_link_a_page_is_the_last() {
    let table: [&'static [&'static str]; 6] = [
        &[],
        &[""],
        &[r#"<?page=2>; rel="last""#, r"<?page=1>"],
        &[r#"?page=2; rel="next""#],
        &[r#"<?page=2; rel="next""#],
        &[r#"<?page=2>; rev="next"; title="rel=next""#],
    ];
    for fields in table {
        let script = linked(fields);
        let (items, error) = script.items(Style::Link, None);
        assert_eq!((items, error.is_none()), (vec![1], true), "{fields:?}");
    }
}

#[test]
fn a_link_that_leads_elsewhere_is_refused() {
    let table: [&'static [&'static str]; 8] = [
        &["<http://elsewhere:8080/v1/list/a%20b?page=2>; rel=next"],
        &["<http://localhost:8081/v1/list/a%20b?page=2>; rel=next"],
        &["<http://localhost:8080@elsewhere/v1/list/a%20b?page=2>; rel=next"],
        &["<//elsewhere/v1/list/a%20b?page=2>; rel=next"],
        &["</v1/list/other?page=2>; rel=next"],
        &["<other?page=2>; rel=next"],
        &["<../a%20b?page=2>; rel=next"],
        &["<ftp://localhost:8080/v1/list/a%20b?page=2>; rel=next"],
    ];
    for fields in table {
        let script = linked(fields);
        let (items, error) = script.items(Style::Link, None);
        let words = words(error);
        assert!(words.contains("a link to the host and path of the request"), "{words}");
        assert_eq!((items, script.queries().len()), (vec![1], 1), "{fields:?}");
    }
}

#[test]
fn a_link_back_ends_the_walk() {
    let script = Script::new(|query: &str| {
        let next = if query == "at=1" { "2" } else { "1" };
        let mut response = response(r#"{"items": [1]}"#);
        let link = format!("<?at={next}>; rel=next");
        response.headers_mut().insert("link", link.parse().unwrap());
        response
    });
    let (items, error) = script.items(Style::Link, Some("1"));
    let words = words(error);
    assert!(
        words.contains("a page that was not requested before, found `at=1`"),
        "{words}"
    );
    assert_eq!(
        (items, script.queries()),
        (vec![1, 1], vec!["at=1".to_owned(), "at=2".to_owned()])
    );
}

#[test]
fn a_link_is_read_without_a_client() {
    let mut headers = HeaderMap::new();
    headers.insert("link", http::HeaderValue::from_bytes(b"<?\xc3\xa9>; rel=next").unwrap());
    assert_eq!(apicrate_runtime::codegen::next_link(&headers).as_deref(), Some("?é"));
}
