//! Pages: what is asked for next, and when a walk over them ends, over servers that are a function.

#![allow(clippy::unwrap_used, reason = "what cannot be used fails the test")]

use std::cell::RefCell;
use std::rc::Rc;

use bytes::Bytes;
use client_runtime::Operation;
use client_runtime::codegen::{Keyword, PageTracker, Paged, Parameter, Types, decode, into_http, optional};
use client_runtime::{
    BlockingCaller, BlockingItems, BlockingPages, Call, DecodeError, Encode, Error, Json, NoFailure, PagingError,
    RawResponse, RequestDefaults, ResponseValue, Schema, Validation,
};
use http::{HeaderMap, Method, Request, Response};

static LIST: Operation = Operation {
    id: "list",
    method: Method::GET,
    server: None,
    path: "/list/a%20b",
    parameters: &[Parameter::query("at", &Schema(&[Keyword::Type(Types::STRING)]))],
    body: None,
    accept: "",
    security: &[],
    is_safe: true,
    documents_redirects: false,
};

/// How the list is paged.
#[derive(Debug, Clone, Copy)]
enum Style {
    Offset,
    Page { first: u64 },
    Cursor,
    Link,
}

/// A request of a page: an object with `items`, and perhaps `total`, `next` and `more`.
#[derive(Debug, Clone)]
struct List {
    style: Style,
    at: Option<String>,
    query: Option<String>,
}

impl Call for List {
    type Success = Json;
    type Failure = NoFailure;

    fn operation(&self) -> &'static Operation {
        &LIST
    }

    fn arguments(&self) -> Vec<Option<&dyn Encode>> {
        vec![optional(self.at.as_ref())]
    }

    fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    fn success(response: &RawResponse) -> Option<Result<Json, DecodeError>> {
        (response.status == 200).then(|| response.json())
    }
}

impl Paged for List {
    type Item = Json;

    fn take_items(page: Json) -> Vec<Json> {
        page.pointer("/items")
            .and_then(Json::as_array)
            .unwrap_or_default()
            .to_vec()
    }

    fn advance(&mut self, page: &ResponseValue<Json>, tracker: &mut PageTracker) -> Result<bool, PagingError> {
        let items = page.pointer("/items").and_then(Json::as_array).unwrap_or_default();
        let member = |name| optional(page.pointer(name));
        let at = self.at.as_ref();
        let next = match self.style {
            Style::Offset => tracker.by_offset(at, items, member("/total"), page.body())?,
            Style::Page { first } => tracker.by_page(at, first, items, member("/total"), page.body())?,
            Style::Cursor => tracker.by_cursor(at, member("/next"), member("/more"))?,
            Style::Link => {
                let next = tracker.by_link(&*self, page.headers())?;
                let is_found = next.is_some();
                self.query = next.or(self.query.take());
                return Ok(is_found);
            }
        };
        let is_found = next.is_some();
        self.at = next.or(self.at.take());
        Ok(is_found)
    }
}

/// A client whose server is a function of the query; it keeps the queries that came.
struct Script<F> {
    base: RequestDefaults,
    server: Rc<F>,
    queries: Rc<RefCell<Vec<String>>>,
}

impl<F> Clone for Script<F> {
    fn clone(&self) -> Self {
        Self {
            base: self.base.clone(),
            server: Rc::clone(&self.server),
            queries: Rc::clone(&self.queries),
        }
    }
}

impl<F: Fn(&str) -> Response<Bytes>> Script<F> {
    fn new(server: F) -> Self {
        Self {
            base: RequestDefaults::new("http://localhost:8080/v1").unwrap(),
            server: Rc::new(server),
            queries: Rc::default(),
        }
    }

    fn queries(&self) -> Vec<String> {
        self.queries.take()
    }

    fn pages(&self, style: Style, at: Option<&str>) -> BlockingPages<Self, List> {
        BlockingPages::new(self, list(style, at))
    }

    /// Returns all items, and the error that ended them.
    fn items(&self, style: Style, at: Option<&str>) -> (Vec<i64>, Option<Error<NoFailure>>) {
        all(&mut self.pages(style, at).items())
    }
}

impl<F: Fn(&str) -> Response<Bytes>> BlockingCaller for Script<F> {
    fn request_defaults(&self) -> &RequestDefaults {
        &self.base
    }

    fn call_blocking<C: Call>(&self, call: &C) -> Result<ResponseValue<C::Success>, Error<C::Failure>> {
        let request: Request<Bytes> = into_http(call, &self.base, Validation::On).map_err(Error::Invalid)?;
        assert_eq!(request.uri().path(), "/v1/list/a%20b");
        let query = request.uri().query().unwrap_or_default().to_owned();
        self.queries.borrow_mut().push(query.clone());
        decode::<C>((self.server)(&query))
    }
}

fn list(style: Style, at: Option<&str>) -> List {
    List {
        style,
        at: at.map(str::to_owned),
        query: None,
    }
}

fn all<F: Fn(&str) -> Response<Bytes>>(
    items: &mut BlockingItems<Script<F>, List>,
) -> (Vec<i64>, Option<Error<NoFailure>>) {
    let mut taken = Vec::new();
    for item in items {
        match item {
            Ok(item) => taken.push(item.as_i64().unwrap()),
            Err(error) => return (taken, Some(error)),
        }
    }
    (taken, None)
}

fn response(body: &str) -> Response<Bytes> {
    Response::new(Bytes::copy_from_slice(body.as_bytes()))
}

/// Returns the numbers of the list from `start`, at most `most` of them, as JSON.
fn numbers(start: usize, most: usize, count: usize) -> String {
    let numbers: Vec<String> = (start..count).take(most).map(|number| number.to_string()).collect();
    format!("[{}]", numbers.join(","))
}

fn at(query: &str) -> usize {
    query.strip_prefix("at=").map_or(0, |text| text.parse().unwrap())
}

/// Returns the pointer-free words of a decode error, which keeps the response.
fn words(error: Option<Error<NoFailure>>) -> String {
    let error = error.unwrap();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    format!("{error:#}")
}

const FROM_0: [i64; 7] = [0, 1, 2, 3, 4, 5, 6];

#[test]
fn an_offset_goes_on_behind_what_came_until_the_total() {
    let script =
        Script::new(|query: &str| response(&format!(r#"{{"total": "7", "items": {}}}"#, numbers(at(query), 3, 7))));
    let (items, error) = script.items(Style::Offset, None);
    assert_eq!((items.as_slice(), error.is_none()), (&FROM_0[..], true));
    assert_eq!(script.queries(), ["", "at=3", "at=6"]);
    // A walk may start anywhere, and ends at the same place.
    let (items, _) = script.items(Style::Offset, Some("4"));
    assert_eq!((items.as_slice(), script.queries().len()), (&FROM_0[4..], 1));
    let (items, _) = script.items(Style::Offset, Some("7"));
    assert_eq!((items.len(), script.queries().len()), (0, 1));
}

#[test]
fn without_a_total_only_an_empty_page_is_the_last() {
    // The second page is short, as it is where a server leaves out what a caller must not see.
    let script = Script::new(|query: &str| {
        let most = if at(query) == 3 { 1 } else { 3 };
        response(&format!(r#"{{"items": {}}}"#, numbers(at(query), most, 7)))
    });
    let (items, error) = script.items(Style::Offset, None);
    assert_eq!((items.as_slice(), error.is_none()), (&FROM_0[..], true));
    assert_eq!(script.queries(), ["", "at=3", "at=4", "at=7"]);
}

#[test]
fn an_empty_first_page_is_the_last() {
    for style in [Style::Offset, Style::Page { first: 1 }, Style::Cursor, Style::Link] {
        let script = Script::new(|_: &str| response(r#"{"items": []}"#));
        let mut pages = script.pages(style, None);
        assert!(pages.next().unwrap().is_ok(), "{style:?}");
        assert!(pages.next().is_none() && pages.next().is_none(), "{style:?}");
        assert_eq!(script.queries().len(), 1, "{style:?}");
    }
}

#[test]
fn pages_are_sent_for_one_by_one() {
    let script = Script::new(|query: &str| response(&format!(r#"{{"items": {}}}"#, numbers(at(query), 2, 100))));
    let mut items = script.pages(Style::Offset, None).items();
    assert_eq!(script.queries().len(), 0);
    let first: Vec<i64> = items
        .by_ref()
        .take(2)
        .map(|item| item.unwrap().as_i64().unwrap())
        .collect();
    assert_eq!((first, script.queries().len()), (vec![0, 1], 1));
    assert_eq!(items.next().unwrap().unwrap().as_i64(), Some(2));
    assert_eq!(script.queries(), ["at=2"]);
}

#[test]
fn a_server_that_does_not_go_on_is_found_out() {
    for (style, body) in [
        (Style::Offset, r#"{"items": [1, 2]}"#),
        (Style::Offset, r#"{"total": 9, "items": [1, 2]}"#),
        (Style::Page { first: 0 }, r#"{"items": [1, 2]}"#),
        (Style::Page { first: 1 }, r#"{"total": 9, "items": [1, 2]}"#),
    ] {
        let script = Script::new(|_: &str| response(body));
        let (items, error) = script.items(style, None);
        let words = words(error);
        assert!(words.contains("the items of the previous page"), "{words}");
        assert_eq!((items, script.queries().len()), (vec![1, 2], 2), "{style:?} {body}");
    }
    // What differs beside the items does not hide it.
    let count = RefCell::new(0);
    let script = Script::new(|_: &str| {
        *count.borrow_mut() += 1;
        response(&format!(r#"{{"took": {}, "items": [1, 2]}}"#, count.borrow()))
    });
    assert!(script.items(Style::Offset, None).1.is_some());
    assert_eq!(script.queries().len(), 2);
}

#[test]
fn a_list_may_hold_the_same_items_over_and_over() {
    let script =
        Script::new(|query: &str| response(&format!(r#"{{"total": 6, "at": {}, "items": [5, 5]}}"#, at(query))));
    let (items, error) = script.items(Style::Offset, None);
    assert_eq!((items, error.is_none()), (vec![5; 6], true));
}

#[test]
fn pages_are_numbered_from_the_first() {
    for first in [0, 1] {
        let script = Script::new(move |query: &str| {
            let number = if query.is_empty() { first } else { at(query) };
            let items = numbers((number - first) * 3, 3, 7);
            response(&format!(r#"{{"total": 7, "items": {items}}}"#))
        });
        let style = Style::Page { first: first as u64 };
        let (items, error) = script.items(style, None);
        assert_eq!((items.as_slice(), error.is_none()), (&FROM_0[..], true));
        let expected = [String::new(), format!("at={}", first + 1), format!("at={}", first + 2)];
        assert_eq!(script.queries(), expected);
        // From a page in the middle: what was skipped counts towards the total.
        let (items, _) = script.items(style, Some(&(first + 1).to_string()));
        assert_eq!((items.as_slice(), script.queries().len()), (&FROM_0[3..], 2));
        // The last page is shorter than those before it: it takes one without items to know.
        let (items, _) = script.items(style, Some(&(first + 2).to_string()));
        assert_eq!((items.as_slice(), script.queries().len()), (&FROM_0[6..], 2));
    }
}

#[test]
fn cursors_are_followed_to_the_end() {
    for (style, last) in [
        (Style::Cursor, r#""items": [3]"#),
        (Style::Cursor, r#""items": [3], "next": null"#),
        (Style::Cursor, r#""items": [3], "next": """#),
        (Style::Cursor, r#""items": [3], "next": "d", "more": false"#),
    ] {
        let script = Script::new(|query: &str| {
            let body = match query {
                "" => r#""items": [1, 2], "next": "b c", "more": true"#,
                // A page without items leads on as well, and a cursor may be a number.
                "at=b%20c" => r#""items": [], "next": 17"#,
                "at=17" => last,
                other => panic!("{other}"),
            };
            response(&format!("{{{body}}}"))
        });
        let (items, error) = script.items(style, None);
        assert_eq!((items, error.is_none()), (vec![1, 2, 3], true), "{last}");
        assert_eq!(script.queries(), ["", "at=b%20c", "at=17"], "{last}");
    }
}

#[test]
fn a_cursor_that_came_before_ends_the_walk_behind_its_page() {
    let script = Script::new(|query: &str| {
        let (item, next) = match query {
            "at=a" => (1, "b"),
            "at=b" => (2, "c"),
            _ => (3, "a"),
        };
        response(&format!(r#"{{"items": [{item}], "next": "{next}"}}"#))
    });
    let (items, error) = script.items(Style::Cursor, Some("a"));
    let message = words(error);
    assert!(
        message.contains("a page that was not requested before, found `a`"),
        "{message}"
    );
    assert_eq!((items, script.queries().len()), (vec![1, 2, 3], 3));
    let lost = Script::new(|_: &str| response(r#"{"items": [1], "more": true}"#));
    let (items, error) = lost.items(Style::Cursor, None);
    let message = words(error);
    assert!(message.contains("since there are more items"), "{message}");
    assert_eq!(items, [1]);
}

#[test]
fn an_error_keeps_its_status_and_the_walk_can_go_on() {
    let is_down = RefCell::new(true);
    let script = Script::new(|query: &str| {
        if at(query) == 4 && is_down.replace(false) {
            let mut response = response("out of order");
            *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
            return response;
        }
        response(&format!(r#"{{"total": 7, "items": {}}}"#, numbers(at(query), 2, 7)))
    });
    let mut items = script.pages(Style::Offset, None).items();
    let (before, error) = all(&mut items);
    let error = error.unwrap();
    assert_eq!(
        (before.as_slice(), error.status().unwrap().as_u16()),
        (&FROM_0[..4], 503)
    );
    assert_eq!(error.response().unwrap().body, "out of order");
    assert!(items.next().is_none() && items.next().is_none());
    assert_eq!(script.queries(), ["", "at=2", "at=4"]);
    items.resume();
    let (behind, error) = all(&mut items);
    assert_eq!((behind.as_slice(), error.is_none()), (&FROM_0[4..], true));
    items.resume();
    assert!(items.next().is_none());
    assert_eq!(script.queries(), ["at=4", "at=6"]);
}

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
    assert_eq!(client_runtime::codegen::next_link(&headers).as_deref(), Some("?é"));
}
