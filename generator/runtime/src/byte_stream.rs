//! Bodies of replies that are taken while they come in.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;

use super::call::{Call, Reply};
use super::client::AsyncClient;
use super::error::{Error, RawReply, TransportError};
use super::flow::{Flow, Source, Taken};
use super::transport::Incoming;

/// The body of a reply while it comes in: a stream of its pieces, however long it is.
///
/// The wait for each piece is limited ([`Options::idle_timeout`](super::Options::idle_timeout)). An error is
/// the last that comes.
pub struct ByteStream(Flow<Pieces>);

impl ByteStream {
    /// Sends `call`, and returns the body of a success while it comes in, if the head of the reply `is_wanted`.
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is none that is wanted.
    pub async fn open<C: Call>(
        client: &AsyncClient,
        call: &C,
        is_wanted: fn(&RawReply) -> bool,
    ) -> Result<Reply<Self>, Error<C::Failure>> {
        let reply = client.open(call, HeaderMap::new(), is_wanted).await?;
        Ok(reply.map(|body| Self(Flow::new(Pieces::new(body)))))
    }

    /// Returns the next piece; `None` at the end.
    ///
    /// A call that is given up before it is done loses nothing: the next one goes on with the same piece.
    ///
    /// # Errors
    ///
    /// When the connection fails before the end, or is silent for too long.
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

/// The pieces of a body.
struct Pieces {
    body: Incoming,
    piece: Option<Result<Bytes, TransportError>>,
    is_over: bool,
}

impl Pieces {
    fn new(body: Incoming) -> Self {
        Self {
            body,
            piece: None,
            is_over: false,
        }
    }
}

impl Source for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn take(&mut self) -> Taken<Self::Item> {
        match self.piece.take() {
            Some(piece) => Taken::Item(piece),
            None if self.is_over => Taken::End,
            None => Taken::More,
        }
    }

    async fn fill(&mut self) {
        self.piece = self.body.chunk().await.transpose();
        self.is_over = !matches!(self.piece, Some(Ok(_)));
    }
}
