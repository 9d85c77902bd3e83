//! Pages: one request after the other, until a list has no more items.
//!
//! [`Paging`] decides what is asked for next, and whether anything is; it sends
//! nothing. What sends is built on it.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{DefaultHasher, Hasher as _};

use bytes::Bytes;

use super::base::Base;
use super::call::{Call, Reply};
use super::codec::{Decode, Encode, from_str, to_json, to_string};
use super::error::{Error, RawReply, UndecodableReply, write_causes};
use super::fault::Fault;
use super::json::Json;

/// A request of which each reply is one page of a list.
pub trait Paged: Call + Clone {
    /// An item of the list.
    type Item: Encode;

    /// Takes the items out of a page, in their order.
    fn take_items(page: Self::Success) -> Vec<Self::Item>;

    /// Makes this, which `page` is the reply to, the request of the page behind it. Returns
    /// whether there is one; where there is none, the request stays as it is.
    ///
    /// # Errors
    ///
    /// When the server gives a page again, or what it says of the next one leads nowhere.
    fn advance(&mut self, page: &Reply<Self::Success>, trail: &mut Trail) -> Result<bool, PagingFault>;
}

/// What keeps a walk over pages from going on.
#[derive(Debug)]
pub enum PagingFault {
    /// The page holds what the one before it held: the server does not go on.
    Repeated(Fault),
    /// The page is good, but it does not lead to the next one.
    Astray(Fault),
}

impl fmt::Display for PagingFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Repeated(_) => "the page is the one before it once more",
            Self::Astray(_) => "the page does not lead to the next one",
        })?;
        write_causes(formatter, std::error::Error::source(self))
    }
}

impl std::error::Error for PagingFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Repeated(fault) | Self::Astray(fault) => Some(fault),
        }
    }
}

impl PagingFault {
    /// Makes the fault of a good page of which `expected` is not so.
    #[must_use]
    pub fn astray(expected: &'static str, found: &str) -> Self {
        Self::Astray(Fault::expected(0, expected, found))
    }
}

/// What is remembered of the pages that came, so that a walk over them ends.
#[derive(Debug)]
pub struct Trail {
    base: Base,
    /// The digests of all positions that were asked for, where the server names them.
    positions: BTreeSet<u64>,
    /// The digest of the page before.
    page: Option<u64>,
    /// How many items stand up to the end of the page before.
    count: Option<u64>,
}

impl Trail {
    /// Starts at the first page; `base` is that of the requests.
    #[must_use]
    pub fn new(base: Base) -> Self {
        Self {
            base,
            positions: BTreeSet::new(),
            page: None,
            count: None,
        }
    }

    /// Returns the base of the requests.
    #[must_use]
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// Returns the offset of the page behind one of `items` that was asked for at `offset`.
    ///
    /// The next page starts behind the items that really came, since a server may give fewer than
    /// it was asked for. For the same reason a short page is not taken for the last one: that is
    /// the one that reaches `total`, or else one without items.
    ///
    /// # Errors
    ///
    /// When the page is the one before once more, or the parameter cannot hold the next offset.
    pub fn by_offset<P: Encode + Decode, I: Encode>(
        &mut self,
        offset: Option<&P>,
        items: &[I],
        total: Option<&dyn Encode>,
        body: &Bytes,
    ) -> Result<Option<P>, PagingFault> {
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

    /// Returns the number of the page behind the page `number` of `items`; `first` is what a
    /// request without a number asks for.
    ///
    /// The last page is the one that reaches `total`, or else one without items.
    ///
    /// # Errors
    ///
    /// When the page is the one before once more, or the parameter cannot hold the next number.
    pub fn by_page<P: Encode + Decode, I: Encode>(
        &mut self,
        page: Option<&P>,
        first: u64,
        items: &[I],
        total: Option<&dyn Encode>,
        body: &Bytes,
    ) -> Result<Option<P>, PagingFault> {
        let total = total.and_then(number);
        if items.is_empty() {
            return Ok(None);
        }
        self.compare(items, total, body)?;
        let page = page.and_then(|page| number(page)).unwrap_or(first);
        let length = length(items);
        // The pages that were skipped are at least as long as this one.
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

    /// Returns the cursor of the page behind the one that was asked for at `cursor` and says that
    /// `next` is the next one. A page without items may be followed by others.
    ///
    /// The last page is the one that says there are no `more`, or whose `next` is absent, `null` or
    /// the empty string.
    ///
    /// # Errors
    ///
    /// When the next cursor was asked for already, or the parameter cannot hold it, or there are
    /// more but no cursor leads there.
    pub fn by_cursor<P: Encode + Decode>(
        &mut self,
        cursor: Option<&P>,
        next: Option<&dyn Encode>,
        more: Option<&dyn Encode>,
    ) -> Result<Option<P>, PagingFault> {
        let more = more.and_then(|more| to_json(more).as_bool());
        if more == Some(false) {
            return Ok(None);
        }
        let next = next.map_or(Json::Null, to_json);
        if next.is_null() || next.as_str() == Some("") {
            return match more {
                Some(true) => Err(PagingFault::astray("a cursor, since there are more items", "none")),
                _ => Ok(None),
            };
        }
        if let Some(cursor) = cursor {
            self.note(&word(&to_json(cursor)));
        }
        self.visit(&word(&next))?;
        position(&next).map(Some)
    }

    /// Notes that the next page is asked for at `position`.
    pub(super) fn visit(&mut self, position: &str) -> Result<(), PagingFault> {
        if self.positions.insert(digest([position])) {
            return Ok(());
        }
        Err(PagingFault::astray(
            "a page that was not asked for before",
            &format!("`{position}`"),
        ))
    }

    /// Notes that a request was sent at `position`.
    pub(super) fn note(&mut self, position: &str) {
        self.positions.insert(digest([position]));
    }

    /// Compares a page with the one before: a server that takes no notice of the position would
    /// have it asked for without end.
    ///
    /// Where a total ends the walk the whole text has to be the same, since a list may well hold
    /// the same items over and over; else that the items are the same is enough.
    fn compare<I: Encode>(&mut self, items: &[I], total: Option<u64>, body: &Bytes) -> Result<(), PagingFault> {
        let page = match total {
            Some(_) => digest([body]),
            None => digest(items.iter().map(to_string)),
        };
        if self.page.replace(page) == Some(page) {
            let fault = Fault::expected(0, "the next page", "the items of the page before");
            return Err(PagingFault::Repeated(fault));
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

/// Returns a count, which is a number or the text of one.
fn number(value: &dyn Encode) -> Option<u64> {
    match to_json(value) {
        Json::Number(number) => number.as_u64(),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Returns a position as a text, whether the document has it as a text or a number.
fn word(position: &Json) -> String {
    position.as_str().map_or_else(|| position.to_string(), str::to_owned)
}

/// Returns a position as a value of the parameter that asks for it: a number where that is one, and
/// a text where that is one.
fn position<P: Decode>(position: &Json) -> Result<P, PagingFault> {
    let text = word(position);
    let forms = [position.to_string(), to_string(text.as_str()), text.clone()];
    let value = forms.iter().find_map(|form| from_str(form).ok());
    value.ok_or_else(|| PagingFault::astray("a position that the parameter can hold", &format!("`{text}`")))
}

/// A walk over the pages of a list, without the sending.
///
/// Send what [`request`](Self::request) gives, hand the outcome to [`take`](Self::take), and so on until
/// there is no next request.
#[derive(Debug)]
pub struct Paging<C> {
    call: C,
    trail: Trail,
    state: State,
}

/// How far a walk has come.
#[derive(Debug)]
enum State {
    /// The request is to be sent.
    Ready,
    /// The request was sent in vain, and may be sent again.
    Failed,
    /// The last page was good, but does not lead to the next one.
    Astray(Box<UndecodableReply>),
    /// There is no page left.
    Over,
}

impl<C: Paged> Paging<C> {
    /// Starts at the page that `call` asks for; `base` is that of the requests.
    #[must_use]
    pub fn new(call: C, base: Base) -> Self {
        Self {
            call,
            trail: Trail::new(base),
            state: State::Ready,
        }
    }

    /// Returns the request of the next page; `None` behind the last one, and after an error.
    ///
    /// # Errors
    ///
    /// When the last page does not lead to the next one.
    pub fn request(&mut self) -> Option<Result<&C, Error<C::Failure>>> {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Ready => {
                self.state = State::Ready;
                Some(Ok(&self.call))
            }
            State::Astray(reply) => Some(Err(Error::Decode(reply))),
            State::Failed => {
                self.state = State::Failed;
                None
            }
            State::Over => None,
        }
    }

    /// Takes the outcome of the request, and returns the page.
    ///
    /// # Errors
    ///
    /// The error of the outcome, or that the page holds what the one before it held. There is no next
    /// request then.
    pub fn take(
        &mut self,
        outcome: Result<Reply<C::Success>, Error<C::Failure>>,
    ) -> Result<Reply<C::Success>, Error<C::Failure>> {
        self.state = State::Failed;
        let page = outcome?;
        self.state = match self.call.advance(&page, &mut self.trail) {
            Ok(true) => State::Ready,
            Ok(false) => State::Over,
            Err(PagingFault::Astray(fault)) => State::Astray(Box::new(undecodable(&page, fault))),
            Err(PagingFault::Repeated(fault)) => {
                return Err(Error::Decode(Box::new(undecodable(&page, fault))));
            }
        };
        Ok(page)
    }

    /// Goes on after an error with the request that failed, if one did.
    pub fn resume(&mut self) {
        if matches!(self.state, State::Failed) {
            self.state = State::Ready;
        }
    }
}

fn undecodable<T>(page: &Reply<T>, fault: Fault) -> UndecodableReply {
    UndecodableReply {
        error: fault.into_error(&String::from_utf8_lossy(page.body())),
        reply: RawReply {
            status: page.status(),
            headers: page.headers().clone(),
            body: page.body().clone(),
        },
    }
}
