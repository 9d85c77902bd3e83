//! Server-sent events as an iterator that blocks.

use std::fmt;

use crate::runtime::client::blocking::{BlockingClient, read};
use crate::runtime::client::call::{Call, ResponseValue};
use crate::runtime::client::error::Error;
use crate::runtime::client::transport::BlockingBody;
use crate::runtime::stream::events::parser::Event;
use crate::runtime::stream::events::{EventError, EventFormat, Reconnect, Session, headers, is_wanted};

/// An iterator over the events of an operation. It blocks until the next event is received.
///
/// If the operation is safe, the iterator reconnects when the response ends or fails; see [`Reconnect`]. The wait for
/// more data is limited ([`Options::idle_timeout`](crate::runtime::Options::idle_timeout)): a connection that sends
/// nothing for longer has failed.
pub struct BlockingEvents<C: Call, T> {
    client: BlockingClient,
    call: C,
    /// `None` between two responses.
    body: Option<BlockingBody>,
    session: Session<C, T>,
    chunk: Vec<u8>,
}

impl<C: Call, T> BlockingEvents<C, T> {
    /// Sends `call`, and returns its events.
    ///
    /// # Errors
    ///
    /// If the request is invalid, the call fails, or the response does not have the requested media type.
    pub fn open(
        client: &BlockingClient,
        call: C,
        format: EventFormat<T>,
    ) -> Result<ResponseValue<Self>, Error<C::Failure>> {
        let headers = headers("").map_err(Error::Invalid)?;
        let response = client.open(&call, headers, is_wanted)?;
        let session = Session::new(&call, format, client.options.max_response_size, response.status());
        Ok(response.map(|body| Self {
            client: client.clone(),
            call,
            body: Some(body),
            session,
            chunk: vec![0; 16 << 10],
        }))
    }

    /// Sets when to reconnect. Default: [`Reconnect::Always`] if the operation is safe, else [`Reconnect::Never`].
    #[must_use]
    pub fn reconnecting(mut self, reconnect: Reconnect) -> Self {
        self.session.set_reconnect(reconnect);
        self
    }

    fn fill(&mut self) {
        let Some(body) = &mut self.body else {
            return self.reconnect();
        };
        let error = match read(body, &mut self.chunk) {
            Ok(0) => None,
            Ok(count) => return self.session.feed(&self.chunk[..count]),
            Err(error) => Some(error),
        };
        self.body = None;
        self.session.lose(error);
    }

    fn reconnect(&mut self) {
        let random = self.client.shared.clock.random();
        let Some((wait, headers)) = self.session.next_request(random) else {
            return;
        };
        if !wait.is_zero() {
            self.client.shared.clock.pause(wait);
        }
        match self.client.open(&self.call, headers, is_wanted) {
            Ok(response) => {
                self.session.resume(response.status());
                self.body = Some(response.into_inner());
            }
            Err(error) => self.session.refuse(error),
        }
    }
}

impl<C: Call, T> Iterator for BlockingEvents<C, T> {
    type Item = Result<Event<T>, EventError<C::Failure>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.session.next_item() {
                return Some(item);
            }
            if self.session.is_over() {
                return None;
            }
            self.fill();
        }
    }
}

impl<C: Call, T> fmt::Debug for BlockingEvents<C, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BlockingEvents(…)")
    }
}
