//! Pages and their items as iterators that block.

use super::base::Base;
use super::blocking::BlockingClient;
use super::call::{Call, Reply};
use super::error::Error;
use super::pages::{Paged, Paging};

/// A client that sends a request and waits for the reply. Clones share their connections.
pub trait BlockingCaller: Clone {
    /// Returns the base of the client's requests.
    fn base(&self) -> &Base;

    /// Sends `call` and decodes the reply.
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is no documented success.
    fn call_blocking<C: Call>(&self, call: &C) -> Result<Reply<C::Success>, Error<C::Failure>>;
}

impl BlockingCaller for BlockingClient {
    fn base(&self) -> &Base {
        self.base()
    }

    fn call_blocking<C: Call>(&self, call: &C) -> Result<Reply<C::Success>, Error<C::Failure>> {
        self.call(call)
    }
}

/// The pages of a list, each sent for when it is asked for.
///
/// The list ends with the page that reaches the total, where the document says that there is one, or that
/// says there are no more; else with the first page without items. A short page is not taken for the
/// last one. A server that gives a page or a position again ends it with an error.
///
/// An error is the last that comes, unless [`resume`](Self::resume) is called.
#[derive(Debug)]
#[must_use = "no page is sent for until it is asked for"]
pub struct BlockingPages<K, C> {
    client: K,
    paging: Paging<C>,
}

impl<K: BlockingCaller, C: Paged> BlockingPages<K, C> {
    /// Starts at the page that `call` asks for.
    pub fn new(client: &K, call: C) -> Self {
        Self {
            paging: Paging::new(call, client.base().clone()),
            client: client.clone(),
        }
    }

    /// Goes on after an error with the page that failed.
    pub fn resume(&mut self) {
        self.paging.resume();
    }

    /// Gives the items of the pages.
    pub fn items(self) -> BlockingItems<K, C> {
        BlockingItems {
            pages: self,
            page: Vec::new().into_iter(),
        }
    }
}

impl<K: BlockingCaller, C: Paged> Iterator for BlockingPages<K, C> {
    type Item = Result<Reply<C::Success>, Error<C::Failure>>;

    fn next(&mut self) -> Option<Self::Item> {
        let call = match self.paging.request()? {
            Ok(call) => call,
            Err(error) => return Some(Err(error)),
        };
        let outcome = self.client.call_blocking(call);
        Some(self.paging.take(outcome))
    }
}

/// The items of a list; a page is sent for when the one before it is used up.
///
/// An error is the last that comes, unless [`resume`](Self::resume) is called.
#[derive(Debug)]
#[must_use = "no item is sent for until it is asked for"]
pub struct BlockingItems<K, C: Paged> {
    pages: BlockingPages<K, C>,
    page: std::vec::IntoIter<C::Item>,
}

impl<K: BlockingCaller, C: Paged> BlockingItems<K, C> {
    /// Goes on after an error with the page that failed.
    pub fn resume(&mut self) {
        self.pages.resume();
    }
}

impl<K: BlockingCaller, C: Paged> Iterator for BlockingItems<K, C> {
    type Item = Result<C::Item, Error<C::Failure>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.page = C::take_items(page.into_inner()).into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
