//! JSON lines as an iterator that blocks.

use std::fmt;
use std::marker::PhantomData;

use http::{HeaderMap, HeaderValue, header};

use super::blocking::{BlockingClient, read};
use super::call::{Call, Reply};
use super::codec::Decode;
use super::error::Error;
use super::json_lines::{JsonTexts, LineError, is_wanted};
use super::transport::BlockingBody;

/// The values of a reply that has one on each line, while they come in; the iterator waits for them.
///
/// A line that cannot be decoded is an error, and the iterator goes on behind it. The wait for more is limited
/// ([`Options::idle_timeout`](super::Options::idle_timeout)).
pub struct BlockingJsonLines<T> {
    /// `None` once it came to its end.
    body: Option<BlockingBody>,
    texts: JsonTexts,
    piece: Vec<u8>,
    values: PhantomData<fn() -> T>,
}

impl<T: Decode> BlockingJsonLines<T> {
    /// Sends `call`, asks for `accept`, and returns the values while they come in.
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is another one than was asked for.
    pub fn open<C: Call>(
        client: &BlockingClient,
        call: &C,
        accept: &'static str,
    ) -> Result<Reply<Self>, Error<C::Failure>> {
        let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
        let reply = client.open(call, headers, is_wanted)?;
        let texts = JsonTexts::of(&reply.raw, accept, client.options.max_reply);
        Ok(reply.map(|body| Self {
            body: Some(body),
            texts,
            piece: vec![0; 16 << 10],
            values: PhantomData,
        }))
    }
}

impl<T: Decode> Iterator for BlockingJsonLines<T> {
    type Item = Result<T, LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(text) = self.texts.next_text() {
                return Some(self.texts.read(text));
            }
            match read(self.body.as_mut()?, &mut self.piece) {
                Ok(0) => {
                    self.texts.end();
                    self.body = None;
                    // What came last may have had no end of line.
                    return self.texts.next_text().map(|text| self.texts.read(text));
                }
                Ok(count) => self.texts.feed(&self.piece[..count]),
                Err(error) => {
                    self.body = None;
                    return Some(Err(LineError::Transport(error)));
                }
            }
        }
    }
}

impl<T> fmt::Debug for BlockingJsonLines<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BlockingJsonLines(…)")
    }
}
