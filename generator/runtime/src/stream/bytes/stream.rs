//! Response bodies as streams of chunks.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;

use crate::runtime::client::asynchronous::AsyncClient;
use crate::runtime::client::call::{Call, ResponseValue};
use crate::runtime::client::error::{Error, RawResponse, TransportError};
use crate::runtime::client::transport::Incoming;
use crate::runtime::stream::polled::{ItemSource, Polled, PolledStream};

/// The body of a response as a stream of chunks, without a size limit.
///
/// The wait for each chunk is limited ([`Options::idle_timeout`](crate::runtime::Options::idle_timeout)). The stream ends after
/// an error.
pub struct ByteStream(PolledStream<ChunkSource>);

impl ByteStream {
    /// Sends `call`, and returns the body of a success as a stream, if the head of the response `is_wanted`.
    ///
    /// # Errors
    ///
    /// If the request is invalid, the call fails, or the response is not of the requested kind.
    pub async fn open<C: Call>(
        client: &AsyncClient,
        call: &C,
        is_wanted: fn(&RawResponse) -> bool,
    ) -> Result<ResponseValue<Self>, Error<C::Failure>> {
        let response = client.open(call, HeaderMap::new(), is_wanted).await?;
        Ok(response.map(|body| Self(PolledStream::new(ChunkSource::new(body)))))
    }

    /// Returns the next chunk, or `None` at the end.
    ///
    /// Cancel safe: if the future is dropped, the next call returns the same chunk.
    ///
    /// # Errors
    ///
    /// If the connection fails before the end, or the server sends nothing for too long.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.0.next().await.transpose()
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ByteStream(…)")
    }
}

/// The source of the chunks of a body.
struct ChunkSource {
    body: Incoming,
    chunk: Option<Result<Bytes, TransportError>>,
    is_over: bool,
}

impl ChunkSource {
    fn new(body: Incoming) -> Self {
        Self {
            body,
            chunk: None,
            is_over: false,
        }
    }
}

impl ItemSource for ChunkSource {
    type Item = Result<Bytes, TransportError>;

    fn take(&mut self) -> Polled<Self::Item> {
        match self.chunk.take() {
            Some(chunk) => Polled::Item(chunk),
            None if self.is_over => Polled::End,
            None => Polled::More,
        }
    }

    async fn fill(&mut self) {
        self.chunk = self.body.chunk().await.transpose();
        self.is_over = !matches!(self.chunk, Some(Ok(_)));
    }
}
