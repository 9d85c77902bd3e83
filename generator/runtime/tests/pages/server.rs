//! A request of a list, and a client whose server is a function.

use std::cell::RefCell;
use std::rc::Rc;

use apicrate_runtime::codegen::{Keyword, PageTracker, Paged, Parameter, Types, optional};
use apicrate_runtime::{
    Arguments, BlockingCaller, BlockingItems, BlockingPages, Body, Call, DecodeError, Error, Json, NoFailure,
    Operation, OperationMethod, PagingError, RawResponse, RequestDefaults, ResponseValue, Schema, Validation,
};
use bytes::Bytes;
use http::{Method, Request, Response};

pub(crate) static LIST: Operation = Operation {
    id: "list",
    method: OperationMethod::of(Method::GET, "GET"),
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
pub(crate) enum Style {
    Offset,
    Page { first: u64 },
    Cursor,
    Link,
}

/// A request of a page: an object with `items`, and perhaps `total`, `next` and `more`.
#[derive(Debug, Clone)]
pub(crate) struct List {
    pub(crate) style: Style,
    pub(crate) at: Option<String>,
    pub(crate) query: Option<String>,
}

impl Call for List {
    type Success = Json;
    type Failure = NoFailure;

    type Body = Body;

    const OPERATION: &'static Operation = &LIST;

    fn arguments(&self) -> Arguments<'_> {
        Arguments::new(vec![optional(self.at.as_ref())]).query(self.query.as_deref())
    }

    fn success(response: &RawResponse) -> Result<Option<Json>, DecodeError> {
        (response.status == 200).then(|| response.json()).transpose()
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
pub(crate) struct Script<F> {
    pub(crate) base: RequestDefaults,
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
    pub(crate) fn new(server: F) -> Self {
        Self {
            base: RequestDefaults::new("http://localhost:8080/v1").unwrap(),
            server: Rc::new(server),
            queries: Rc::default(),
        }
    }

    pub(crate) fn queries(&self) -> Vec<String> {
        self.queries.take()
    }

    pub(crate) fn pages(&self, style: Style, at: Option<&str>) -> BlockingPages<Self, List> {
        BlockingPages::new(self, list(style, at))
    }

    /// Returns all items, and the error that ended them.
    pub(crate) fn items(&self, style: Style, at: Option<&str>) -> (Vec<i64>, Option<Error<NoFailure>>) {
        all(&mut self.pages(style, at).items())
    }
}

impl<F: Fn(&str) -> Response<Bytes>> BlockingCaller for Script<F> {
    fn request_defaults(&self) -> &RequestDefaults {
        &self.base
    }

    fn call_blocking<C: Call>(&self, call: &C) -> Result<ResponseValue<C::Success>, Error<C::Failure>> {
        let request: Request<C::Body> = call.http_request(&self.base, Validation::On).map_err(Error::Invalid)?;
        assert_eq!(request.uri().path(), "/v1/list/a%20b");
        let query = request.uri().query().unwrap_or_default().to_owned();
        self.queries.borrow_mut().push(query.clone());
        C::decode((self.server)(&query))
    }
}

pub(crate) fn list(style: Style, at: Option<&str>) -> List {
    List {
        style,
        at: at.map(str::to_owned),
        query: None,
    }
}

pub(crate) fn all<F: Fn(&str) -> Response<Bytes>>(
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

pub(crate) fn response(body: &str) -> Response<Bytes> {
    Response::new(Bytes::copy_from_slice(body.as_bytes()))
}

/// Returns the numbers of the list from `start`, at most `most` of them, as JSON.
pub(crate) fn numbers(start: usize, most: usize, count: usize) -> String {
    let numbers: Vec<String> = (start..count).take(most).map(|number| number.to_string()).collect();
    format!("[{}]", numbers.join(","))
}

pub(crate) fn at(query: &str) -> usize {
    query.strip_prefix("at=").map_or(0, |text| text.parse().unwrap())
}

/// Returns the pointer-free words of a decode error, which keeps the response.
pub(crate) fn words(error: Option<Error<NoFailure>>) -> String {
    let error = error.unwrap();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    format!("{error:#}")
}

pub(crate) const FROM_0: [i64; 7] = [0, 1, 2, 3, 4, 5, 6];
