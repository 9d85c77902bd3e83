//! A request body on its way out.

use std::fmt;
use std::io::{Cursor, Read};

use bytes::Bytes;

/// A request body on its way out.
#[derive(Default)]
pub struct Body(Bytes);

impl Body {
    /// Returns the bytes, where they are all there.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        Some(&self.0)
    }

    /// Returns how many bytes it has, where that is known.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it may not be known whether it is")]
    pub fn len(&self) -> Option<u64> {
        u64::try_from(self.0.len()).ok()
    }

    /// Returns the same body once more; `None` where it can be sent only once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        Some(Self(self.0.clone()))
    }

    /// Returns what reads it.
    #[must_use]
    pub fn into_reader(self) -> Box<dyn Read + Send> {
        Box::new(Cursor::new(self.0))
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Body(…)")
    }
}
