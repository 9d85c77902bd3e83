//! JSON values and text: reading, writing, numbers and maps that keep what the server sent.

pub(crate) mod codec;
pub(crate) mod decode_error;
pub(crate) mod encoded;
pub mod kind;
pub(crate) mod map;
pub(crate) mod number;
pub(crate) mod reader;
#[cfg(feature = "serde")]
pub(crate) mod serde_bridge;
pub(crate) mod value;
pub(crate) mod writer;
