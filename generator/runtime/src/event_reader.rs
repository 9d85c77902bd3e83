//! Server-sent events as an iterator that blocks.

use std::fmt;

use super::blocking::{BlockingClient, read};
use super::call::{Call, Reply};
use super::error::Error;
use super::event_parser::Event;
use super::events::{EventError, EventFormat, Reconnect, Session, headers, is_wanted};
use super::transport::BlockingBody;

/// The events of an operation, while they come in; the iterator waits for them.
///
/// Where the operation only reads, a reply that ends or fails is followed by another one; see [`Reconnect`].
/// The wait for more is limited ([`Options::idle_timeout`](super::Options::idle_timeout)): a connection that
/// is silent for longer counts as failed.
pub struct BlockingEvents<C: Call, T> {
    client: BlockingClient,
    call: C,
    /// `None` between two replies.
    body: Option<BlockingBody>,
    session: Session<C, T>,
    piece: Vec<u8>,
}

impl<C: Call, T> BlockingEvents<C, T> {
    /// Sends `call`, asks for events, and returns them while they come in.
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is another one than was asked for.
    pub fn open(client: &BlockingClient, call: C, format: EventFormat<T>) -> Result<Reply<Self>, Error<C::Failure>> {
        let headers = headers("").map_err(Error::Invalid)?;
        let reply = client.open(&call, headers, is_wanted)?;
        let session = Session::new(&call, format, client.options.max_reply, reply.status());
        Ok(reply.map(|body| Self {
            client: client.clone(),
            call,
            body: Some(body),
            session,
            piece: vec![0; 16 << 10],
        }))
    }

    /// Decides when the request is sent again; [`Reconnect::Always`] at first where the operation only reads,
    /// else [`Reconnect::Never`].
    #[must_use]
    pub fn reconnecting(mut self, reconnect: Reconnect) -> Self {
        self.session.set_reconnect(reconnect);
        self
    }

    fn fill(&mut self) {
        let Some(body) = &mut self.body else {
            return self.reconnect();
        };
        let error = match read(body, &mut self.piece) {
            Ok(0) => None,
            Ok(count) => return self.session.feed(&self.piece[..count]),
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
            Ok(reply) => {
                self.session.resume(reply.status());
                self.body = Some(reply.into_inner());
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
