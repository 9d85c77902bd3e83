//! Pages and their items as streams.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::runtime::client::asynchronous::AsyncClient;
use crate::runtime::client::call::{Call, ResponseValue};
use crate::runtime::client::error::Error;
use crate::runtime::pages::{Paged, Paging};
use crate::runtime::request::base::RequestDefaults;

/// A call in progress.
pub type SentCall<C> =
    Pin<Box<dyn Future<Output = Result<ResponseValue<<C as Call>::Success>, Error<<C as Call>::Failure>>> + Send>>;

/// A client that sends requests. Clones share their connections.
pub trait Caller: Clone {
    /// Returns the settings that all requests of the client share.
    fn request_defaults(&self) -> &RequestDefaults;

    /// Sends `call` and decodes the response.
    ///
    /// # Errors
    ///
    /// If the request is invalid, the call fails, or the response is not a documented success.
    fn call_boxed<C: Call + Send + Sync + 'static>(&self, call: C) -> SentCall<C>;
}

impl Caller for AsyncClient {
    fn request_defaults(&self) -> &RequestDefaults {
        self.request_defaults()
    }

    fn call_boxed<C: Call + Send + Sync + 'static>(&self, call: C) -> SentCall<C> {
        let client = self.clone();
        Box::pin(async move { client.call(&call).await })
    }
}

/// The pages of a list. Each page is requested when the caller asks for it.
///
/// The last page is the one that reaches the documented total, or that says there are no more pages; otherwise it is
/// the first page without items. A page with fewer items than requested is not the last one. If the server repeats a
/// page or a position, the list ends with an error.
///
/// After an error the list is over, unless [`resume`](Self::resume) is called.
#[must_use = "no page is sent for until it is asked for"]
pub struct Pages<K, C: Paged> {
    client: K,
    paging: Paging<C>,
    sent: Option<SentCall<C>>,
}

impl<K: Caller, C: Paged + Send + Sync + 'static> Pages<K, C> {
    /// Starts with the page that `call` requests.
    pub fn new(client: &K, call: C) -> Self {
        Self {
            paging: Paging::new(call, client.request_defaults().clone()),
            client: client.clone(),
            sent: None,
        }
    }

    /// Returns the next page. Returns `None` after the last page, and after an error.
    ///
    /// Cancel safe: if the future is dropped, the next call requests the same page.
    ///
    /// # Errors
    ///
    /// If a page cannot be fetched, repeats the previous page, or has an invalid next page.
    pub async fn next(&mut self) -> Option<Result<ResponseValue<C::Success>, Error<C::Failure>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Continues after an error with the page that failed.
    pub fn resume(&mut self) {
        self.paging.resume();
    }

    /// Returns the items of the pages one by one.
    pub fn items(self) -> Items<K, C> {
        Items {
            pages: self,
            page: Vec::new().into_iter(),
        }
    }
}

/// Nothing is structurally pinned: the call in progress is boxed.
impl<K, C: Paged> Unpin for Pages<K, C> {}

impl<K: Caller, C: Paged + Send + Sync + 'static> Stream for Pages<K, C> {
    type Item = Result<ResponseValue<C::Success>, Error<C::Failure>>;

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

/// The items of a list. The next page is requested after the last item of the previous one.
///
/// After an error the list is over, unless [`resume`](Self::resume) is called.
#[must_use = "no item is sent for until it is asked for"]
pub struct Items<K, C: Paged> {
    pages: Pages<K, C>,
    page: std::vec::IntoIter<C::Item>,
}

impl<K: Caller, C: Paged + Send + Sync + 'static> Items<K, C> {
    /// Returns the next item. Returns `None` after the last item, and after an error.
    ///
    /// # Errors
    ///
    /// If a page cannot be fetched, repeats the previous page, or has an invalid next page.
    pub async fn next(&mut self) -> Option<Result<C::Item, Error<C::Failure>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Continues after an error with the page that failed.
    pub fn resume(&mut self) {
        self.pages.resume();
    }
}

/// Items are returned by value, and never pinned.
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
