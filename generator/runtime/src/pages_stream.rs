//! Pages and their items as streams.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::base::Base;
use super::call::{Call, Reply};
use super::client::AsyncClient;
use super::error::Error;
use super::pages::{Paged, Paging};

/// A call on its way.
pub type SentCall<C> =
    Pin<Box<dyn Future<Output = Result<Reply<<C as Call>::Success>, Error<<C as Call>::Failure>>> + Send>>;

/// A client that sends a request. Clones share their connections.
pub trait Caller: Clone {
    /// Returns the base of the client's requests.
    fn base(&self) -> &Base;

    /// Sends `call` and decodes the reply.
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is no documented success.
    fn call_boxed<C: Call + Send + Sync + 'static>(&self, call: C) -> SentCall<C>;
}

impl Caller for AsyncClient {
    fn base(&self) -> &Base {
        self.base()
    }

    fn call_boxed<C: Call + Send + Sync + 'static>(&self, call: C) -> SentCall<C> {
        let client = self.clone();
        Box::pin(async move { client.call(&call).await })
    }
}

/// The pages of a list, each sent for when it is asked for.
///
/// The list ends with the page that reaches the total, where the document says that there is one, or that
/// says there are no more; else with the first page without items. A short page is not taken for the
/// last one. A server that gives a page or a position again ends it with an error.
///
/// An error is the last that comes, unless [`resume`](Self::resume) is called.
#[must_use = "no page is sent for until it is asked for"]
pub struct Pages<K, C: Paged> {
    client: K,
    paging: Paging<C>,
    sent: Option<SentCall<C>>,
}

impl<K: Caller, C: Paged + Send + Sync + 'static> Pages<K, C> {
    /// Starts at the page that `call` asks for.
    pub fn new(client: &K, call: C) -> Self {
        Self {
            paging: Paging::new(call, client.base().clone()),
            client: client.clone(),
            sent: None,
        }
    }

    /// Returns the next page; `None` behind the last one, and after an error.
    ///
    /// A call that is given up before it is done loses nothing: the next one goes on with the same page.
    ///
    /// # Errors
    ///
    /// When a page cannot be had, or holds what the one before it held, or does not lead to the next one.
    pub async fn next(&mut self) -> Option<Result<Reply<C::Success>, Error<C::Failure>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Goes on after an error with the page that failed.
    pub fn resume(&mut self) {
        self.paging.resume();
    }

    /// Gives the items of the pages.
    pub fn items(self) -> Items<K, C> {
        Items {
            pages: self,
            page: Vec::new().into_iter(),
        }
    }
}

/// Nothing within is pinned in place but what is on its way, which has a place of its own.
impl<K, C: Paged> Unpin for Pages<K, C> {}

impl<K: Caller, C: Paged + Send + Sync + 'static> Stream for Pages<K, C> {
    type Item = Result<Reply<C::Success>, Error<C::Failure>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let sent = match &mut this.sent {
            Some(sent) => sent,
            None => match this.paging.request() {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(call)) => this.sent.insert(this.client.call_boxed(call.clone())),
            },
        };
        let outcome = ready!(sent.as_mut().poll(context));
        this.sent = None;
        Poll::Ready(Some(this.paging.take(outcome)))
    }
}

impl<K: fmt::Debug, C: Paged + fmt::Debug> fmt::Debug for Pages<K, C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Pages");
        shown.field("client", &self.client).field("paging", &self.paging);
        shown.finish_non_exhaustive()
    }
}

/// The items of a list; a page is sent for when the one before it is used up.
///
/// An error is the last that comes, unless [`resume`](Self::resume) is called.
#[must_use = "no item is sent for until it is asked for"]
pub struct Items<K, C: Paged> {
    pages: Pages<K, C>,
    page: std::vec::IntoIter<C::Item>,
}

impl<K: Caller, C: Paged + Send + Sync + 'static> Items<K, C> {
    /// Returns the next item; `None` behind the last one, and after an error.
    ///
    /// # Errors
    ///
    /// When a page cannot be had, or holds what the one before it held, or does not lead to the next one.
    pub async fn next(&mut self) -> Option<Result<C::Item, Error<C::Failure>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Goes on after an error with the page that failed.
    pub fn resume(&mut self) {
        self.pages.resume();
    }
}

/// Items are handed out by value, and never pinned in place.
impl<K, C: Paged> Unpin for Items<K, C> {}

impl<K: Caller, C: Paged + Send + Sync + 'static> Stream for Items<K, C> {
    type Item = Result<C::Item, Error<C::Failure>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Ok(page)) => this.page = C::take_items(page.into_inner()).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<K: fmt::Debug, C: Paged + fmt::Debug> fmt::Debug for Items<K, C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Items");
        shown.field("pages", &self.pages).finish_non_exhaustive()
    }
}
