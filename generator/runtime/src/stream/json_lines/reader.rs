//! JSON lines as an iterator that blocks.

use std::fmt;
use std::marker::PhantomData;

use http::{HeaderMap, HeaderValue, header};

use crate::runtime::client::blocking::{BlockingClient, read};
use crate::runtime::client::call::{Call, ResponseValue};
use crate::runtime::client::error::Error;
use crate::runtime::client::transport::BlockingBody;
use crate::runtime::json::codec::Decode;
use crate::runtime::stream::json_lines::{JsonTexts, LineError, is_wanted};

/// An iterator over the values of a response with one JSON value per line. It blocks until the next value is received.
///
/// A line that cannot be decoded is an error, and the iterator continues with the next line. The wait for more data is
/// limited ([`Options::idle_timeout`](crate::runtime::Options::idle_timeout)).
pub struct BlockingJsonLines<T> {
    /// `None` after the end.
    body: Option<BlockingBody>,
    texts: JsonTexts,
    chunk: Vec<u8>,
    values: PhantomData<fn() -> T>,
}

impl<T: Decode> BlockingJsonLines<T> {
    /// Sends `call` with the header `Accept: accept`, and returns the values.
    ///
    /// # Errors
    ///
    /// If the request is invalid, the call fails, or the response does not have the requested media type.
    pub fn open<C: Call>(
        client: &BlockingClient,
        call: &C,
        accept: &'static str,
    ) -> Result<ResponseValue<Self>, Error<C::Failure>> {
        let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
        let response = client.open(call, headers, is_wanted)?;
        let texts = JsonTexts::of(&response.raw, accept, client.options.max_response_size);
        Ok(response.map(|body| Self {
            body: Some(body),
            texts,
            chunk: vec![0; 16 << 10],
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
            match read(self.body.as_mut()?, &mut self.chunk) {
                Ok(0) => {
                    self.texts.end();
                    self.body = None;
                    // The last line may have no line feed.
                    return self.texts.next_text().map(|text| self.texts.read(text));
                }
                Ok(count) => self.texts.feed(&self.chunk[..count]),
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
