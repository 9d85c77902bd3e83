//! Content that callers upload.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use crate::runtime::json::codec::{Encode, to_string};
use crate::runtime::request::body::{Body, Source};
use crate::runtime::request::payload::{Payload, fault};

/// Content to upload: bytes, text, a file, or the content of a reader.
///
/// Files and readers are read while they are sent, and are never in memory as a whole.
#[derive(Clone)]
pub struct Upload {
    content: Content,
    file_name: Option<String>,
    media_type: Option<String>,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    Source(Arc<dyn Source>),
}

impl Upload {
    /// Uploads the file at `path` with its own name. It is opened when it is sent.
    #[must_use]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self {
            file_name: name,
            ..Self::source(Arc::new(Stored(path)))
        }
    }

    /// Uploads the content of `reader`. It can be sent only once, so the call is not retried.
    #[must_use]
    pub fn reader(reader: impl Read + Send + 'static) -> Self {
        Self::source(Arc::new(Once::new(reader, None)))
    }

    /// Uploads the next `length` bytes of `reader`. They can be sent only once.
    ///
    /// Some servers require the length of a request.
    #[must_use]
    pub fn sized_reader(reader: impl Read + Send + 'static, length: u64) -> Self {
        Self::source(Arc::new(Once::new(reader, Some(length))))
    }

    /// Uploads content of another source.
    #[must_use]
    pub fn source(source: Arc<dyn Source>) -> Self {
        Self::of(Content::Source(source))
    }

    /// Uploads `value` as JSON, for a part that is either a file or a value.
    #[must_use]
    pub fn json<T: Encode + ?Sized>(value: &T) -> Self {
        Self::from(to_string(value)).media_type("application/json")
    }

    /// Sets the file name.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, and replaces the document's.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    fn of(content: Content) -> Self {
        Self {
            content,
            file_name: None,
            media_type: None,
        }
    }

    /// Returns the file name, if it was set.
    pub(crate) fn given_file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// Returns the media type, if it was set.
    pub(crate) fn given_media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// Returns the content, if it is in memory.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Source(_) => None,
        }
    }

    /// Adds the content to `body`.
    pub(crate) fn write(&self, body: &mut Body) -> io::Result<()> {
        match &self.content {
            Content::Bytes(bytes) => {
                body.push(bytes.clone());
                Ok(())
            }
            Content::Source(source) => body.push_source(Arc::clone(source)),
        }
    }
}

impl Payload {
    /// Makes a body of uploaded content. `media_type` is the document's.
    #[must_use]
    pub fn upload(media_type: &str, upload: &Upload) -> Self {
        let mut body = Body::empty();
        let written = upload.write(&mut body);
        let fault = written.err().map(|error| fault(String::new(), unreadable(&error)));
        Self::Composed {
            media_type: upload.given_media_type().unwrap_or(media_type).to_owned(),
            body,
            value: None,
            violations: Vec::new(),
            faults: fault.into_iter().collect(),
        }
    }
}

/// Returns the error of content that cannot be read.
pub(crate) fn unreadable(error: &io::Error) -> String {
    format!("the content cannot be read: {error}")
}

/// Prints the metadata, and not the content.
impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Upload")
            .field("file_name", &self.given_file_name())
            .field("media_type", &self.given_media_type())
            .field("bytes_in_memory", &self.bytes().map(Bytes::len))
            .finish_non_exhaustive()
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self::of(Content::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&[u8]> for Upload {
    fn from(bytes: &[u8]) -> Self {
        Bytes::copy_from_slice(bytes).into()
    }
}

impl<const LENGTH: usize> From<&[u8; LENGTH]> for Upload {
    fn from(bytes: &[u8; LENGTH]) -> Self {
        Bytes::copy_from_slice(bytes).into()
    }
}

impl From<String> for Upload {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&str> for Upload {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

impl From<PathBuf> for Upload {
    fn from(path: PathBuf) -> Self {
        Self::file(path)
    }
}

impl From<&Path> for Upload {
    fn from(path: &Path) -> Self {
        Self::file(path)
    }
}

/// A file.
struct Stored(PathBuf);

impl Source for Stored {
    fn length(&self) -> io::Result<Option<u64>> {
        let metadata = std::fs::metadata(&self.0)?;
        // The length of other files, such as pipes, is not known.
        Ok(metadata.is_file().then_some(metadata.len()))
    }

    fn is_replayable(&self) -> bool {
        std::fs::metadata(&self.0).is_ok_and(|metadata| metadata.is_file())
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(File::open(&self.0)?))
    }
}

/// Content that can be read only once.
struct Once {
    reader: Mutex<Option<Box<dyn Read + Send>>>,
    length: Option<u64>,
}

impl Once {
    fn new(reader: impl Read + Send + 'static, length: Option<u64>) -> Self {
        Self {
            reader: Mutex::new(Some(Box::new(reader))),
            length,
        }
    }
}

impl Source for Once {
    fn length(&self) -> io::Result<Option<u64>> {
        Ok(self.length)
    }

    fn is_replayable(&self) -> bool {
        false
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader
            .take()
            .ok_or_else(|| io::Error::other("it was sent before, and its reader gives it but once"))
    }
}
