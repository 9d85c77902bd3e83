//! Bodies of replies that are read while they come in.

use std::fmt;
use std::io::{self, Read};

use http::HeaderMap;

use super::blocking::BlockingClient;
use super::call::{Call, Reply};
use super::error::{Error, RawReply};
use super::transport::BlockingBody;

/// The body of a reply while it comes in: a reader, however long the body is.
///
/// The wait for each piece is limited ([`Options::idle_timeout`](super::Options::idle_timeout)).
pub struct ByteReader(BlockingBody);

impl ByteReader {
    /// Sends `call`, and returns the body of a success while it comes in, if the head of the reply `is_wanted`.
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is none that is wanted.
    pub fn open<C: Call>(
        client: &BlockingClient,
        call: &C,
        is_wanted: fn(&RawReply) -> bool,
    ) -> Result<Reply<Self>, Error<C::Failure>> {
        Ok(client.open(call, HeaderMap::new(), is_wanted)?.map(Self))
    }
}

impl Read for ByteReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl fmt::Debug for ByteReader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ByteReader(…)")
    }
}
