//! JSON lines as a stream.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use http::{HeaderMap, HeaderValue, header};

use super::call::{Call, Reply};
use super::client::AsyncClient;
use super::codec::Decode;
use super::error::{Error, TransportError};
use super::flow::{Flow, Source, Taken};
use super::json_lines::{JsonTexts, LineError, is_wanted};
use super::transport::Incoming;

/// The values of a reply that has one on each line, while they come in.
///
/// A line that cannot be decoded is an error, and the stream goes on behind it. The wait for more is limited
/// ([`Options::idle_timeout`](super::Options::idle_timeout)).
pub struct JsonLines<T>(Flow<Lines<T>>);

impl<T: Decode + Send + 'static> JsonLines<T> {
    /// Sends `call`, asks for `accept`, and returns the values while they come in.
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is another one than was asked for.
    pub async fn open<C: Call>(
        client: &AsyncClient,
        call: &C,
        accept: &'static str,
    ) -> Result<Reply<Self>, Error<C::Failure>> {
        let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
        let reply = client.open(call, headers, is_wanted).await?;
        let texts = JsonTexts::of(&reply.raw, accept, client.options.max_reply);
        Ok(reply.map(|body| {
            Self(Flow::new(Lines {
                body: Some(body),
                texts,
                failure: None,
                values: PhantomData,
            }))
        }))
    }

    /// Returns the next value; `None` behind the last one.
    ///
    /// A call that is given up before it is done loses nothing: the next one goes on with the same line.
    ///
    /// # Errors
    ///
    /// When a line is not what the document describes, or the connection fails before the end.
    pub async fn next(&mut self) -> Option<Result<T, LineError>> {
        self.0.next().await
    }
}

impl<T: Decode + Send + 'static> Stream for JsonLines<T> {
    type Item = Result<T, LineError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next(context)
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JsonLines(…)")
    }
}

struct Lines<T> {
    /// `None` once it came to its end.
    body: Option<Incoming>,
    texts: JsonTexts,
    failure: Option<TransportError>,
    values: PhantomData<fn() -> T>,
}

impl<T: Decode + Send + 'static> Source for Lines<T> {
    type Item = Result<T, LineError>;

    fn take(&mut self) -> Taken<Self::Item> {
        match (self.texts.next_text(), self.failure.take()) {
            (Some(text), failure) => {
                self.failure = failure;
                Taken::Item(self.texts.read(text))
            }
            (None, Some(error)) => Taken::Item(Err(LineError::Transport(error))),
            (None, None) if self.body.is_none() => Taken::End,
            (None, None) => Taken::More,
        }
    }

    async fn fill(&mut self) {
        let Some(body) = &mut self.body else { return };
        match body.chunk().await {
            Ok(Some(piece)) => return self.texts.feed(&piece),
            Ok(None) => self.texts.end(),
            // A line that broke off is none.
            Err(error) => self.failure = Some(error),
        }
        self.body = None;
    }
}
