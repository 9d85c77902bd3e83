//! Response bodies as bytes that are read while they are received.

#[cfg(feature = "blocking")]
pub(crate) mod reader;
#[cfg(feature = "async")]
pub(crate) mod stream;
