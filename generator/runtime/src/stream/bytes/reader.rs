//! Response bodies as readers.

use std::fmt;
use std::io::{self, Read};

use http::HeaderMap;

use crate::runtime::client::blocking::BlockingClient;
use crate::runtime::client::call::{Call, ResponseValue};
use crate::runtime::client::error::{Error, RawResponse};
use crate::runtime::client::transport::BlockingBody;

/// The body of a response as a reader, without a size limit.
///
/// The wait for each chunk is limited ([`Options::idle_timeout`](crate::runtime::Options::idle_timeout)).
pub struct ByteReader(BlockingBody);

impl ByteReader {
    /// Sends `call`, and returns the body of a success as a reader, if the head of the response `is_wanted`.
    ///
    /// # Errors
    ///
    /// If the request is invalid, the call fails, or the response is not of the requested kind.
    pub fn open<C: Call>(
        client: &BlockingClient,
        call: &C,
        is_wanted: fn(&RawResponse) -> bool,
    ) -> Result<ResponseValue<Self>, Error<C::Failure>> {
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
