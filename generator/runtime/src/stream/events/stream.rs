//! Server-sent events as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::runtime::client::asynchronous::AsyncClient;
use crate::runtime::client::call::{Call, ResponseValue};
use crate::runtime::client::error::Error;
use crate::runtime::client::transport::Incoming;
use crate::runtime::stream::events::parser::Event;
use crate::runtime::stream::events::{EventError, EventFormat, Reconnect, Session, headers, is_wanted};
use crate::runtime::stream::polled::{ItemSource, Polled, PolledStream, State};

/// A stream of the events of an operation.
///
/// If the operation is safe, the stream reconnects when the response ends or fails; see [`Reconnect`]. The wait for
/// more data is limited ([`Options::idle_timeout`](crate::runtime::Options::idle_timeout)): a connection that sends
/// nothing for longer has failed.
pub struct Events<C: Call, T>(PolledStream<Connection<C, T>>);

impl<C: Call + Send + Sync + 'static, T: Send + 'static> Events<C, T> {
    /// Sends `call`, and returns its events.
    ///
    /// # Errors
    ///
    /// If the request is invalid, the call fails, or the response does not have the requested media type.
    pub async fn open(
        client: &AsyncClient,
        call: C,
        format: EventFormat<T>,
    ) -> Result<ResponseValue<Self>, Error<C::Failure>> {
        let headers = headers("").map_err(Error::Invalid)?;
        let response = client.open(&call, headers, is_wanted).await?;
        let session = Session::new(&call, format, client.options.max_response_size, response.status());
        Ok(response.map(|body| {
            Self(PolledStream::new(Connection {
                client: client.clone(),
                call,
                body: Some(body),
                session,
            }))
        }))
    }

    /// Returns the next event, or `None` after the last one.
    ///
    /// Cancel safe: if the future is dropped, the next call returns the same event.
    ///
    /// # Errors
    ///
    /// If an event does not match the documented schema, or the connection fails.
    pub async fn next(&mut self) -> Option<Result<Event<T>, EventError<C::Failure>>> {
        self.0.next().await
    }

    /// Sets when to reconnect. Default: [`Reconnect::Always`] if the operation is safe, else [`Reconnect::Never`].
    #[must_use]
    pub fn reconnecting(self, reconnect: Reconnect) -> Self {
        Self(PolledStream(match self.0.0 {
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
    /// `None` between two responses.
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
            Ok(response) => {
                self.session.resume(response.status());
                self.body = Some(response.into_inner());
            }
            Err(error) => self.session.refuse(error),
        }
    }
}

impl<C: Call + Send + Sync + 'static, T: Send + 'static> ItemSource for Connection<C, T> {
    type Item = Result<Event<T>, EventError<C::Failure>>;

    fn take(&mut self) -> Polled<Self::Item> {
        match self.session.next_item() {
            Some(item) => Polled::Item(item),
            None if self.session.is_over() => Polled::End,
            None => Polled::More,
        }
    }

    async fn fill(&mut self) {
        let Some(body) = &mut self.body else {
            return self.reconnect().await;
        };
        let error = match body.chunk().await {
            Ok(Some(chunk)) => return self.session.feed(&chunk),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        self.body = None;
        self.session.lose(error);
    }
}
