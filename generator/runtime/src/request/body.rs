//! Request bodies that are sent.

use std::fmt;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use bytes::Bytes;

use crate::runtime::client::error::InvalidRequest;

/// A request body: bytes, or chunks that are read while they are sent.
#[derive(Default)]
pub struct Body {
    segments: Vec<Segment>,
}

/// A part of a body.
#[derive(Clone)]
enum Segment {
    Bytes(Bytes),
    Source(Arc<dyn Source>, Option<u64>),
}

/// Content that is read while it is sent, such as a file.
pub trait Source: Send + Sync {
    /// Returns the number of bytes, if it is known before they are read.
    ///
    /// # Errors
    ///
    /// If the content is known to be unreadable.
    fn length(&self) -> io::Result<Option<u64>>;

    /// Returns whether the content can be read more than once.
    fn is_replayable(&self) -> bool;

    /// Starts to read the content.
    ///
    /// # Errors
    ///
    /// If the content cannot be read, or cannot be read again.
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;
}

/// The body of an HTTP request that a caller sends by itself.
pub trait HttpBody: Sized + fmt::Debug {
    /// Returns a body as one of this type.
    ///
    /// # Errors
    ///
    /// If it is a stream, and the type holds bytes in memory.
    fn from_body(body: Body) -> Result<Self, InvalidRequest>;
}

impl HttpBody for Body {
    fn from_body(body: Body) -> Result<Self, InvalidRequest> {
        Ok(body)
    }
}

impl HttpBody for Bytes {
    fn from_body(body: Body) -> Result<Self, InvalidRequest> {
        body.bytes()
            .cloned()
            .ok_or_else(|| InvalidRequest::of("body", "it is a stream, and not in memory".to_owned()))
    }
}

static NOTHING: Bytes = Bytes::new();

impl Body {
    /// Returns an empty body.
    #[must_use]
    pub fn empty() -> Self {
        Self { segments: Vec::new() }
    }

    /// Appends bytes.
    pub fn push(&mut self, bytes: impl Into<Bytes>) {
        let bytes = bytes.into();
        if !bytes.is_empty() {
            self.segments.push(Segment::Bytes(bytes));
        }
    }

    /// Appends content that is read while it is sent.
    ///
    /// # Errors
    ///
    /// If the content is known to be unreadable.
    pub fn push_source(&mut self, source: Arc<dyn Source>) -> io::Result<()> {
        let length = source.length()?;
        self.segments.push(Segment::Source(source, length));
        Ok(())
    }

    /// Returns the whole body as bytes, if it is in memory.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match self.segments.as_slice() {
            [] => Some(&NOTHING),
            [Segment::Bytes(bytes)] => Some(bytes),
            _ => None,
        }
    }

    /// Returns the number of bytes of the body, if it is known before it is read.
    #[must_use]
    pub fn len(&self) -> Option<u64> {
        let lengths = self.segments.iter().map(|segment| match segment {
            Segment::Bytes(bytes) => Some(bytes.len() as u64),
            Segment::Source(_, length) => *length,
        });
        lengths.sum()
    }

    /// Returns whether the body is known to be empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// Returns a copy of the body, unless it can be sent only once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        let is_replayable = |segment: &Segment| match segment {
            Segment::Bytes(_) => true,
            Segment::Source(source, _) => source.is_replayable(),
        };
        self.segments.iter().all(is_replayable).then(|| Self {
            segments: self.segments.clone(),
        })
    }

    /// Returns a reader of the whole body.
    ///
    /// Files are opened when they are reached, so a read may block and fail. Content that is shorter than its length is
    /// an error. Of longer content, only its length is read.
    #[must_use]
    pub fn into_reader(self) -> Box<dyn Read + Send> {
        Box::new(BodyReader {
            current: None,
            left: self.segments.into_iter(),
        })
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        let mut body = Self::empty();
        body.push(bytes);
        body
    }
}

/// Prints the length of the body, and not the content.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Body")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

/// Reads the parts in order.
struct BodyReader {
    current: Option<Current>,
    left: std::vec::IntoIter<Segment>,
}

/// The part that is being read.
enum Current {
    Bytes(Cursor<Bytes>),
    /// A reader, with the number of remaining bytes if the length is known.
    Source(Box<dyn Read + Send>, Option<u64>),
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if let Some(current) = &mut self.current {
                let count = current.read(buffer)?;
                if count > 0 {
                    return Ok(count);
                }
                self.current = None;
            }
            self.current = match self.left.next() {
                None => return Ok(0),
                Some(Segment::Bytes(bytes)) => Some(Current::Bytes(Cursor::new(bytes))),
                Some(Segment::Source(source, length)) => Some(Current::Source(source.open()?, length)),
            };
        }
    }
}

impl Read for Current {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (reader, left) = match self {
            Self::Bytes(bytes) => return bytes.read(buffer),
            Self::Source(reader, None) => return reader.read(buffer),
            Self::Source(reader, Some(left)) => (reader, left),
        };
        let wanted = usize::try_from(*left).unwrap_or(usize::MAX).min(buffer.len());
        if wanted == 0 {
            return Ok(0);
        }
        let count = reader.read(&mut buffer[..wanted])?;
        if count == 0 {
            let message = format!("the content ended {left} bytes early");
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
        }
        *left -= count as u64;
        Ok(count)
    }
}
