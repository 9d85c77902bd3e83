//! Pagination: requests the pages of a list one after the other.
//!
//! [`Paging`] decides which page to request next, if any. It does not send requests; streams and iterators are built on
//! it.

#[cfg(feature = "blocking")]
pub(crate) mod blocking;
pub(crate) mod declaration;
pub(crate) mod link;
#[cfg(feature = "async")]
pub(crate) mod stream;

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{DefaultHasher, Hasher as _};

use bytes::Bytes;

use crate::runtime::client::call::{Call, ResponseValue};
use crate::runtime::client::error::{Error, RawResponse, UndecodableResponse, write_causes};
use crate::runtime::json::codec::{Decode, Encode, from_str, to_json, to_string};
use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::value::Json;
use crate::runtime::request::base::RequestDefaults;

/// A request whose response is one page of a list.
pub trait Paged: Call + Clone {
    /// An item of the list.
    type Item: Encode;

    /// Returns the items of a page, in order.
    fn take_items(page: Self::Success) -> Vec<Self::Item>;

    /// Changes this request, whose response is `page`, to the request of the next page. Returns whether there is a next
    /// page; if not, the request is not changed.
    ///
    /// # Errors
    ///
    /// If the server repeats a page, or the position of the next page is invalid.
    fn advance(&mut self, page: &ResponseValue<Self::Success>, tracker: &mut PageTracker) -> Result<bool, PagingError>;
}

/// An error that ends the pagination.
#[derive(Debug)]
pub enum PagingError {
    /// The page repeats the previous page.
    RepeatedPage(Fault),
    /// The page is valid, but the position of the next page is not.
    InvalidNextPage(Fault),
}

impl fmt::Display for PagingError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::RepeatedPage(_) => "the page repeats the previous page",
            Self::InvalidNextPage(_) => "the position of the next page is invalid",
        })?;
        write_causes(formatter, std::error::Error::source(self))
    }
}

impl std::error::Error for PagingError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::RepeatedPage(fault) | Self::InvalidNextPage(fault) => Some(fault),
        }
    }
}

impl PagingError {
    /// Makes the error of a valid page with an invalid next page.
    #[must_use]
    pub fn invalid_next_page(expected: &'static str, found: &str) -> Self {
        Self::InvalidNextPage(Fault::expected(0, expected, found))
    }
}

/// Tracks the pages that were received, to detect the end of the list and repeated pages.
#[derive(Debug)]
pub struct PageTracker {
    base: RequestDefaults,
    /// The digests of all requested positions, for lists with a cursor or a link.
    positions: BTreeSet<u64>,
    /// The digest of the previous page.
    page: Option<u64>,
    /// The number of items up to the end of the previous page.
    count: Option<u64>,
}

impl PageTracker {
    /// Starts with the first page. `base` is the base of the requests.
    #[must_use]
    pub fn new(base: RequestDefaults) -> Self {
        Self {
            base,
            positions: BTreeSet::new(),
            page: None,
            count: None,
        }
    }

    /// Returns the settings of the requests.
    #[must_use]
    pub fn request_defaults(&self) -> &RequestDefaults {
        &self.base
    }

    /// Returns the offset of the next page, after a page with `items` that was requested at `offset`.
    ///
    /// The next page starts after the items that were received, since a server may return fewer than requested. For the
    /// same reason a short page is not the last one: the last page reaches `total`, or has no items.
    ///
    /// # Errors
    ///
    /// If the page repeats the previous one, or the next offset does not fit the parameter.
    pub fn by_offset<P: Encode + Decode, I: Encode>(
        &mut self,
        offset: Option<&P>,
        items: &[I],
        total: Option<&dyn Encode>,
        body: &Bytes,
    ) -> Result<Option<P>, PagingError> {
        let total = total.and_then(number);
        if items.is_empty() {
            return Ok(None);
        }
        self.compare(items, total, body)?;
        let start = offset.and_then(|offset| number(offset)).unwrap_or(0);
        let end = start.saturating_add(length(items));
        if total.is_some_and(|total| total <= end) {
            return Ok(None);
        }
        position(&Json::from(end)).map(Some)
    }

    /// Returns the number of the next page, after page `number` with `items`. `first` is the number of the page that a
    /// request without a number returns.
    ///
    /// The last page reaches `total`, or has no items.
    ///
    /// # Errors
    ///
    /// If the page repeats the previous one, or the next number does not fit the parameter.
    pub fn by_page<P: Encode + Decode, I: Encode>(
        &mut self,
        page: Option<&P>,
        first: u64,
        items: &[I],
        total: Option<&dyn Encode>,
        body: &Bytes,
    ) -> Result<Option<P>, PagingError> {
        let total = total.and_then(number);
        if items.is_empty() {
            return Ok(None);
        }
        self.compare(items, total, body)?;
        let page = page.and_then(|page| number(page)).unwrap_or(first);
        let length = length(items);
        // Assume that skipped pages are at least as long as this one.
        let before = self
            .count
            .unwrap_or_else(|| page.saturating_sub(first).saturating_mul(length));
        let end = before.saturating_add(length);
        self.count = Some(end);
        if total.is_some_and(|total| total <= end) {
            return Ok(None);
        }
        position(&Json::from(page.saturating_add(1))).map(Some)
    }

    /// Returns the cursor of the next page, after a page that was requested at `cursor` and contains `next`. A page
    /// without items may be followed by others.
    ///
    /// On the last page, `more` is false, or `next` is absent, `null` or the empty string.
    ///
    /// # Errors
    ///
    /// If the next cursor was requested before, does not fit the parameter, or is missing although `more` is true.
    pub fn by_cursor<P: Encode + Decode>(
        &mut self,
        cursor: Option<&P>,
        next: Option<&dyn Encode>,
        more: Option<&dyn Encode>,
    ) -> Result<Option<P>, PagingError> {
        let more = more.and_then(|more| to_json(more).as_bool());
        if more == Some(false) {
            return Ok(None);
        }
        let next = next.map_or(Json::Null, to_json);
        if next.is_null() || next.as_str() == Some("") {
            return match more {
                Some(true) => Err(PagingError::invalid_next_page(
                    "a cursor, since there are more items",
                    "none",
                )),
                _ => Ok(None),
            };
        }
        if let Some(cursor) = cursor {
            self.note(&word(&to_json(cursor)));
        }
        self.visit(&word(&next))?;
        position(&next).map(Some)
    }

    /// Records the position of the next page.
    pub(crate) fn visit(&mut self, position: &str) -> Result<(), PagingError> {
        if self.positions.insert(digest([position])) {
            return Ok(());
        }
        Err(PagingError::invalid_next_page(
            "a page that was not requested before",
            &format!("`{position}`"),
        ))
    }

    /// Records the position of a request.
    pub(crate) fn note(&mut self, position: &str) {
        self.positions.insert(digest([position]));
    }

    /// Compares a page with the previous one: a server that ignores the position would otherwise cause endless
    /// requests.
    ///
    /// If there is a total, the whole text is compared, since a list may contain equal items. Otherwise the items are
    /// compared.
    fn compare<I: Encode>(&mut self, items: &[I], total: Option<u64>, body: &Bytes) -> Result<(), PagingError> {
        let page = match total {
            Some(_) => digest([body]),
            None => digest(items.iter().map(to_string)),
        };
        if self.page.replace(page) == Some(page) {
            let fault = Fault::expected(0, "the next page", "the items of the previous page");
            return Err(PagingError::RepeatedPage(fault));
        }
        Ok(())
    }
}

fn length<I>(items: &[I]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}

fn digest(texts: impl IntoIterator<Item = impl AsRef<[u8]>>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for text in texts {
        hasher.write_usize(text.as_ref().len());
        hasher.write(text.as_ref());
    }
    hasher.finish()
}

/// Returns a count that is a number or a numeric string.
fn number(value: &dyn Encode) -> Option<u64> {
    match to_json(value) {
        Json::Number(number) => number.as_u64(),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Returns a position as text. In the document it is a string or a number.
fn word(position: &Json) -> String {
    position.as_str().map_or_else(|| position.to_string(), str::to_owned)
}

/// Converts a position to the type of the parameter: a number or a string.
fn position<P: Decode>(position: &Json) -> Result<P, PagingError> {
    let text = word(position);
    let forms = [position.to_string(), to_string(text.as_str()), text.clone()];
    let value = forms.iter().find_map(|form| from_str(form).ok());
    value.ok_or_else(|| PagingError::invalid_next_page("a position that fits the parameter", &format!("`{text}`")))
}

/// The state of a pagination. It does not send requests.
///
/// Send the request that [`request`](Self::request) returns, pass the result to [`take`](Self::take), and repeat until
/// there is no next request.
#[derive(Debug)]
pub struct Paging<C> {
    call: C,
    tracker: PageTracker,
    state: State,
}

/// The state of a pagination.
#[derive(Debug)]
enum State {
    /// The request is to be sent.
    Ready,
    /// The request failed, and may be sent again.
    Failed,
    /// The last page was valid, but the position of the next page is not.
    InvalidNextPage(Box<UndecodableResponse>),
    /// The list is complete.
    Over,
}

impl<C: Paged> Paging<C> {
    /// Starts with the page that `call` requests. `base` is the base of the requests.
    #[must_use]
    pub fn new(call: C, base: RequestDefaults) -> Self {
        Self {
            call,
            tracker: PageTracker::new(base),
            state: State::Ready,
        }
    }

    /// Returns the request of the next page. Returns `None` after the last page, and after an error.
    ///
    /// # Errors
    ///
    /// If the last page has an invalid next page.
    pub fn request(&mut self) -> Option<Result<&C, Error<C::Failure>>> {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Ready => {
                self.state = State::Ready;
                Some(Ok(&self.call))
            }
            State::InvalidNextPage(response) => Some(Err(Error::Decode(response))),
            State::Failed => {
                self.state = State::Failed;
                None
            }
            State::Over => None,
        }
    }

    /// Takes the result of the request, and returns the page.
    ///
    /// # Errors
    ///
    /// The error of the request, or an error if the page repeats the previous one. Then there is no next request.
    pub fn take(
        &mut self,
        outcome: Result<ResponseValue<C::Success>, Error<C::Failure>>,
    ) -> Result<ResponseValue<C::Success>, Error<C::Failure>> {
        self.state = State::Failed;
        let page = outcome?;
        self.state = match self.call.advance(&page, &mut self.tracker) {
            Ok(true) => State::Ready,
            Ok(false) => State::Over,
            Err(PagingError::InvalidNextPage(fault)) => State::InvalidNextPage(Box::new(undecodable(&page, fault))),
            Err(PagingError::RepeatedPage(fault)) => {
                return Err(Error::Decode(Box::new(undecodable(&page, fault))));
            }
        };
        Ok(page)
    }

    /// Continues after an error with the request that failed, if any.
    pub fn resume(&mut self) {
        if matches!(self.state, State::Failed) {
            self.state = State::Ready;
        }
    }
}

fn undecodable<T>(page: &ResponseValue<T>, fault: Fault) -> UndecodableResponse {
    UndecodableResponse {
        error: fault.into_error(&String::from_utf8_lossy(page.body())),
        response: RawResponse {
            status: page.status(),
            headers: page.headers().clone(),
            body: page.body().clone(),
        },
    }
}
