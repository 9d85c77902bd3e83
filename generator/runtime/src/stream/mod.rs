//! Response bodies that are read while they are received.

pub(crate) mod bytes;
#[cfg(feature = "client")]
pub(crate) mod events;
#[cfg(feature = "client")]
pub(crate) mod json_lines;
#[cfg(feature = "async")]
pub(crate) mod polled;
