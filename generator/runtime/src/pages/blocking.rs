//! Pages and their items as iterators that block.

use crate::runtime::client::blocking::BlockingClient;
use crate::runtime::client::call::{Call, ResponseValue};
use crate::runtime::client::error::Error;
use crate::runtime::pages::{Paged, Paging};
use crate::runtime::request::base::RequestDefaults;

/// A blocking client that sends requests. Clones share their connections.
pub trait BlockingCaller: Clone {
    /// Returns the settings that all requests of the client share.
    fn request_defaults(&self) -> &RequestDefaults;

    /// Sends `call` and decodes the response.
    ///
    /// # Errors
    ///
    /// If the request is invalid, the call fails, or the response is not a documented success.
    fn call_blocking<C: Call>(&self, call: &C) -> Result<ResponseValue<C::Success>, Error<C::Failure>>;
}

impl BlockingCaller for BlockingClient {
    fn request_defaults(&self) -> &RequestDefaults {
        self.request_defaults()
    }

    fn call_blocking<C: Call>(&self, call: &C) -> Result<ResponseValue<C::Success>, Error<C::Failure>> {
        self.call(call)
    }
}

/// The pages of a list. Each page is requested when the caller asks for it.
///
/// The last page is the one that reaches the documented total, or that says there are no more pages; otherwise it is
/// the first page without items. A page with fewer items than requested is not the last one. If the server repeats a
/// page or a position, the list ends with an error.
///
/// After an error the list is over, unless [`resume`](Self::resume) is called.
#[derive(Debug)]
#[must_use = "no page is sent for until it is asked for"]
pub struct BlockingPages<K, C> {
    client: K,
    paging: Paging<C>,
}

impl<K: BlockingCaller, C: Paged> BlockingPages<K, C> {
    /// Starts with the page that `call` requests.
    pub fn new(client: &K, call: C) -> Self {
        Self {
            paging: Paging::new(call, client.request_defaults().clone()),
            client: client.clone(),
        }
    }

    /// Continues after an error with the page that failed.
    pub fn resume(&mut self) {
        self.paging.resume();
    }

    /// Returns the items of the pages one by one.
    pub fn items(self) -> BlockingItems<K, C> {
        BlockingItems {
            pages: self,
            page: Vec::new().into_iter(),
        }
    }
}

impl<K: BlockingCaller, C: Paged> Iterator for BlockingPages<K, C> {
    type Item = Result<ResponseValue<C::Success>, Error<C::Failure>>;

    fn next(&mut self) -> Option<Self::Item> {
        let call = match self.paging.request()? {
            Ok(call) => call,
            Err(error) => return Some(Err(error)),
        };
        let outcome = self.client.call_blocking(call);
        Some(self.paging.take(outcome))
    }
}

/// The items of a list. The next page is requested after the last item of the previous one.
///
/// After an error the list is over, unless [`resume`](Self::resume) is called.
#[derive(Debug)]
#[must_use = "no item is sent for until it is asked for"]
pub struct BlockingItems<K, C: Paged> {
    pages: BlockingPages<K, C>,
    page: std::vec::IntoIter<C::Item>,
}

impl<K: BlockingCaller, C: Paged> BlockingItems<K, C> {
    /// Continues after an error with the page that failed.
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
