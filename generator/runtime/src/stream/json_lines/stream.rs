//! JSON lines as a stream.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use http::{HeaderMap, HeaderValue, header};

use crate::runtime::client::asynchronous::AsyncClient;
use crate::runtime::client::call::{Call, ResponseValue};
use crate::runtime::client::error::{Error, TransportError};
use crate::runtime::client::transport::Incoming;
use crate::runtime::json::codec::Decode;
use crate::runtime::stream::json_lines::{JsonTexts, LineError, is_wanted};
use crate::runtime::stream::polled::{ItemSource, Polled, PolledStream};

/// A stream of the values of a response with one JSON value per line.
///
/// A line that cannot be decoded is an error, and the stream continues with the next line. The wait for more data is
/// limited ([`Options::idle_timeout`](crate::runtime::Options::idle_timeout)).
pub struct JsonLines<T>(PolledStream<Lines<T>>);

impl<T: Decode + Send + 'static> JsonLines<T> {
    /// Sends `call` with the header `Accept: accept`, and returns the values.
    ///
    /// # Errors
    ///
    /// If the request is invalid, the call fails, or the response does not have the requested media type.
    pub async fn open<C: Call>(
        client: &AsyncClient,
        call: &C,
        accept: &'static str,
    ) -> Result<ResponseValue<Self>, Error<C::Failure>> {
        let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
        let response = client.open(call, headers, is_wanted).await?;
        let texts = JsonTexts::of(&response.raw, accept, client.options.max_response_size);
        Ok(response.map(|body| {
            Self(PolledStream::new(Lines {
                body: Some(body),
                texts,
                failure: None,
                values: PhantomData,
            }))
        }))
    }

    /// Returns the next value, or `None` after the last one.
    ///
    /// Cancel safe: if the future is dropped, the next call returns the same line.
    ///
    /// # Errors
    ///
    /// If a line does not match the documented schema, or the connection fails before the end.
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
    /// `None` after the end.
    body: Option<Incoming>,
    texts: JsonTexts,
    failure: Option<TransportError>,
    values: PhantomData<fn() -> T>,
}

impl<T: Decode + Send + 'static> ItemSource for Lines<T> {
    type Item = Result<T, LineError>;

    fn take(&mut self) -> Polled<Self::Item> {
        match (self.texts.next_text(), self.failure.take()) {
            (Some(text), failure) => {
                self.failure = failure;
                Polled::Item(self.texts.read(text))
            }
            (None, Some(error)) => Polled::Item(Err(LineError::Transport(error))),
            (None, None) if self.body.is_none() => Polled::End,
            (None, None) => Polled::More,
        }
    }

    async fn fill(&mut self) {
        let Some(body) = &mut self.body else { return };
        match body.chunk().await {
            Ok(Some(chunk)) => return self.texts.feed(&chunk),
            Ok(None) => self.texts.end(),
            // A truncated line is dropped.
            Err(error) => self.failure = Some(error),
        }
        self.body = None;
    }
}
