//! Server-sent events as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::call::{Call, Reply};
use super::client::AsyncClient;
use super::error::Error;
use super::event_parser::Event;
use super::events::{EventError, EventFormat, Reconnect, Session, headers, is_wanted};
use super::flow::{Flow, Source, State, Taken};
use super::transport::Incoming;

/// The events of an operation, while they come in.
///
/// Where the operation only reads, a reply that ends or fails is followed by another one; see [`Reconnect`].
/// The wait for more is limited ([`Options::idle_timeout`](super::Options::idle_timeout)): a connection that
/// is silent for longer counts as failed.
pub struct Events<C: Call, T>(Flow<Connection<C, T>>);

impl<C: Call + Send + Sync + 'static, T: Send + 'static> Events<C, T> {
    /// Sends `call`, asks for events, and returns them while they come in.
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is another one than was asked for.
    pub async fn open(client: &AsyncClient, call: C, format: EventFormat<T>) -> Result<Reply<Self>, Error<C::Failure>> {
        let headers = headers("").map_err(Error::Invalid)?;
        let reply = client.open(&call, headers, is_wanted).await?;
        let session = Session::new(&call, format, client.options.max_reply, reply.status());
        Ok(reply.map(|body| {
            Self(Flow::new(Connection {
                client: client.clone(),
                call,
                body: Some(body),
                session,
            }))
        }))
    }

    /// Returns the next event; `None` behind the last one.
    ///
    /// A call that is given up before it is done loses nothing: the next one goes on with the same event.
    ///
    /// # Errors
    ///
    /// When an event is not what the document describes, or there is no connection for more.
    pub async fn next(&mut self) -> Option<Result<Event<T>, EventError<C::Failure>>> {
        self.0.next().await
    }

    /// Decides when the request is sent again; [`Reconnect::Always`] at first where the operation only reads,
    /// else [`Reconnect::Never`].
    #[must_use]
    pub fn reconnecting(self, reconnect: Reconnect) -> Self {
        Self(Flow(match self.0.0 {
            State::Idle(mut connection) => {
                connection.session.set_reconnect(reconnect);
                State::Idle(connection)
            }
            State::Waiting(waiting) => State::Waiting(Box::pin(async move {
                let mut connection = waiting.await;
                connection.session.set_reconnect(reconnect);
                connection
            })),
            State::Over => State::Over,
        }))
    }
}

impl<C: Call + Send + Sync + 'static, T: Send + 'static> Stream for Events<C, T> {
    type Item = Result<Event<T>, EventError<C::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next(context)
    }
}

impl<C: Call, T> fmt::Debug for Events<C, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Events(…)")
    }
}

struct Connection<C: Call, T> {
    client: AsyncClient,
    call: C,
    /// `None` between two replies.
    body: Option<Incoming>,
    session: Session<C, T>,
}

impl<C: Call + Send + Sync + 'static, T: Send + 'static> Connection<C, T> {
    async fn reconnect(&mut self) {
        let random = self.client.shared.clock.random();
        let Some((wait, headers)) = self.session.next_request(random) else {
            return;
        };
        if !wait.is_zero() {
            self.client.timer.sleep(wait).await;
        }
        match self.client.open(&self.call, headers, is_wanted).await {
            Ok(reply) => {
                self.session.resume(reply.status());
                self.body = Some(reply.into_inner());
            }
            Err(error) => self.session.refuse(error),
        }
    }
}

impl<C: Call + Send + Sync + 'static, T: Send + 'static> Source for Connection<C, T> {
    type Item = Result<Event<T>, EventError<C::Failure>>;

    fn take(&mut self) -> Taken<Self::Item> {
        match self.session.next_item() {
            Some(item) => Taken::Item(item),
            None if self.session.is_over() => Taken::End,
            None => Taken::More,
        }
    }

    async fn fill(&mut self) {
        let Some(body) = &mut self.body else {
            return self.reconnect().await;
        };
        let error = match body.chunk().await {
            Ok(Some(piece)) => return self.session.feed(&piece),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        self.body = None;
        self.session.lose(error);
    }
}
