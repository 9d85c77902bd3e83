//! Request bodies on their way out.

use std::fmt;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use bytes::Bytes;

/// A request body on its way out: bytes, or pieces that are read while they are sent.
#[derive(Default)]
pub struct Body {
    segments: Vec<Segment>,
}

/// A piece of a body.
#[derive(Clone)]
enum Segment {
    Bytes(Bytes),
    Source(Arc<dyn Source>, Option<u64>),
}

/// Content that is read while it is sent, such as a file.
pub trait Source: Send + Sync {
    /// Returns how many bytes there are, where that is known before they are read.
    ///
    /// # Errors
    ///
    /// When it shows already that there is nothing to read.
    fn length(&self) -> io::Result<Option<u64>>;

    /// Returns whether the content can be read more than once.
    fn is_replayable(&self) -> bool;

    /// Starts to read the content.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or not again.
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;
}

static NOTHING: Bytes = Bytes::new();

impl Body {
    /// Returns the body of a request that has none.
    #[must_use]
    pub fn empty() -> Self {
        Self { segments: Vec::new() }
    }

    /// Adds bytes at the end.
    pub fn push(&mut self, bytes: impl Into<Bytes>) {
        let bytes = bytes.into();
        if !bytes.is_empty() {
            self.segments.push(Segment::Bytes(bytes));
        }
    }

    /// Adds content at the end that is read while it is sent.
    ///
    /// # Errors
    ///
    /// When it shows already that there is nothing to read.
    pub fn push_source(&mut self, source: Arc<dyn Source>) -> io::Result<()> {
        let length = source.length()?;
        self.segments.push(Segment::Source(source, length));
        Ok(())
    }

    /// Returns the whole body where it is in memory, in one piece.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match self.segments.as_slice() {
            [] => Some(&NOTHING),
            [Segment::Bytes(bytes)] => Some(bytes),
            _ => None,
        }
    }

    /// Returns how many bytes the body has, where that is known before it is read.
    #[must_use]
    pub fn len(&self) -> Option<u64> {
        let lengths = self.segments.iter().map(|segment| match segment {
            Segment::Bytes(bytes) => Some(bytes.len() as u64),
            Segment::Source(_, length) => *length,
        });
        lengths.sum()
    }

    /// Returns whether the body is known to have no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// Returns the same body again, unless it can be sent but once.
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

    /// Returns what reads the body from its start to its end.
    ///
    /// Files are opened when their turn comes, so a reader may block and fail. What promised a
    /// length and has less fails too; of what has more by now, the promised bytes are read.
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

/// Shows how long the body is, and nothing of it.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Body")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

/// Reads pieces one after the other.
struct BodyReader {
    current: Option<Current>,
    left: std::vec::IntoIter<Segment>,
}

/// A piece that is being read.
enum Current {
    Bytes(Cursor<Bytes>),
    /// With the bytes that are still to come, where a length was promised.
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
