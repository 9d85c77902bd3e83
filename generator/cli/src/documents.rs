//! Reads the files that a document refers to, and no others.
//!
//! A file is read only below the folder of the document, below a folder that the user allows, or where the user has a
//! URL stand for it; links are followed first. Nothing is fetched.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use generator::unstable::nearest;
use generator::{DocumentReader, DocumentText, Unread, UnreadCause};

use crate::paths::{absolute, normal, shown};

/// What a document may refer to beside what lies in its folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Allowed {
    /// Folders.
    pub(crate) roots: Vec<PathBuf>,
    /// Files and folders in place of URLs. Those of folders end in `/`.
    pub(crate) documents: Vec<(String, PathBuf)>,
}

/// Reads the files that a document refers to.
#[derive(Debug)]
pub(crate) struct Files<'plan> {
    /// The document as it was named.
    document: PathBuf,
    /// The document without links.
    real: PathBuf,
    /// The folder of the document, without links.
    folder: PathBuf,
    /// The folders and files that may be read, without links.
    allowed: Vec<PathBuf>,
    documents: &'plan [(String, PathBuf)],
    read: RefCell<Vec<PathBuf>>,
}

impl<'plan> Files<'plan> {
    /// Returns the files that the document at `path` may refer to.
    pub(crate) fn beside(path: &Path, allowed: &'plan Allowed) -> Self {
        let document = absolute(path);
        let folder = real(document.parent().unwrap_or(Path::new("/")));
        let mapped = allowed.documents.iter().map(|(_, path)| path);
        let others = allowed.roots.iter().chain(mapped).map(|path| real(path));
        Self {
            real: real(&document),
            document: folder.join(document.file_name().unwrap_or_default()),
            allowed: std::iter::once(folder.clone()).chain(others).collect(),
            folder,
            documents: &allowed.documents,
            read: RefCell::default(),
        }
    }

    /// Returns the files that were read.
    pub(crate) fn into_read(self) -> Vec<PathBuf> {
        self.read.into_inner()
    }

    /// Returns the path that a URI stands for.
    fn path(&self, uri: &str) -> Result<PathBuf, Unread> {
        let mapped = self.documents.iter().filter_map(|(from, to)| {
            let rest = uri.strip_prefix(from)?;
            (rest.is_empty() || from.ends_with('/')).then_some((from, to, rest))
        });
        // The longest one says the most.
        if let Some((_, to, rest)) = mapped.max_by_key(|(from, ..)| from.len()) {
            let path = if rest.is_empty() {
                to.clone()
            } else {
                to.join(decoded(rest))
            };
            return Ok(absolute(&path));
        }
        match uri.strip_prefix("file://") {
            Some(path) => Ok(normal(&file_path(path))),
            None => Err(Unread {
                cause: UnreadCause::NotAllowed,
                message: format!("the reference targets {uri}, and nothing is fetched"),
                help: format!(
                    "download it, and say in the configuration which file it is:\n[documents]\n\"{uri}\" = \"path/to/the/file\""
                ),
            }),
        }
    }

    fn is_allowed(&self, path: &Path) -> bool {
        self.allowed.iter().any(|allowed| path.starts_with(allowed))
    }

    /// Says that a file is outside of the folders that may be read.
    fn outside(&self, path: &Path, words: &str) -> Unread {
        let folder = shown(&self.folder);
        let parent = shown(path.parent().unwrap_or(path));
        Unread {
            cause: UnreadCause::NotAllowed,
            message: format!(
                "the reference targets {}, {words} {folder}, the folder of the document",
                shown(path)
            ),
            help: format!("if it is meant, allow it: --allow-root {parent}, or `allow-roots` in the configuration"),
        }
    }
}

impl DocumentReader for Files<'_> {
    fn root(&self) -> String {
        uri(&self.document)
    }

    fn read(&self, uri_: &str) -> Result<DocumentText, Unread> {
        let path = self.path(uri_)?;
        // What is outside is not even looked for.
        if !self.is_allowed(&path) {
            return Err(self.outside(&path, "which is outside of"));
        }
        let found = path.canonicalize().map_err(|error| self.missing(&path, &error))?;
        if !self.is_allowed(&found) {
            return Err(self.outside(&path, "a link that leads out of"));
        }
        // The same file, whatever it is called; that of the document has been read.
        if found == self.real {
            return Ok(DocumentText {
                uri: self.root(),
                name: String::new(),
                text: String::new(),
            });
        }
        let text = self.text(&path, &found)?;
        let mut read = self.read.borrow_mut();
        if !read.contains(&path) {
            read.push(path.clone());
        }
        Ok(DocumentText {
            uri: uri(&found),
            name: shown(&path),
            text,
        })
    }
}

impl Files<'_> {
    fn text(&self, path: &Path, found: &Path) -> Result<String, Unread> {
        let unreadable = |words: &str, help: &str| Unread {
            cause: UnreadCause::Unreadable,
            message: format!("{} {words}", shown(path)),
            help: help.to_owned(),
        };
        let metadata = fs::metadata(found).map_err(|error| self.missing(path, &error))?;
        // To read a device or a pipe may take for ever.
        if !metadata.is_file() {
            let words = if metadata.is_dir() { "is a folder" } else { "is no file" };
            return Err(unreadable(words, "name a file"));
        }
        let bytes = fs::read(found)
            .map_err(|error| unreadable(&format!("cannot be read: {error}"), "see to its permissions"))?;
        String::from_utf8(bytes).map_err(|_| unreadable("is not UTF-8", "save it as UTF-8"))
    }

    /// Says that there is no such file, and which one may be meant.
    fn missing(&self, path: &Path, error: &std::io::Error) -> Unread {
        if error.kind() != std::io::ErrorKind::NotFound {
            return Unread {
                cause: UnreadCause::Unreadable,
                message: format!("{} cannot be read: {error}", shown(path)),
                help: "correct the reference, or see to the permissions".to_owned(),
            };
        }
        // The first part of the path that is not there.
        let lost = path
            .ancestors()
            .take_while(|part| !part.exists())
            .last()
            .unwrap_or(path);
        let name = lost.file_name().unwrap_or_default().to_string_lossy();
        let folder = lost.parent().filter(|folder| self.is_allowed(&real(folder)));
        let entries = folder.and_then(|folder| fs::read_dir(folder).ok());
        let entries = entries.into_iter().flatten().filter_map(Result::ok);
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        let meant = nearest(&name, names.iter().map(String::as_str));
        let meant = meant.map(|meant| {
            shown(
                &lost
                    .with_file_name(meant)
                    .join(path.strip_prefix(lost).unwrap_or(Path::new(""))),
            )
        });
        Unread {
            cause: UnreadCause::Missing,
            message: format!("the reference targets a file that does not exist: {}", shown(path)),
            help: match meant {
                Some(meant) => format!("did you mean {}?", meant.trim_end_matches('/')),
                None => "correct the reference, or add the file".to_owned(),
            },
        }
    }
}

/// Returns a path without links, as far as there is something at it.
fn real(path: &Path) -> PathBuf {
    let path = absolute(path);
    path.canonicalize().unwrap_or(path)
}

/// Returns the URI of a path from the root of the file system ([RFC 8089](https://www.rfc-editor.org/rfc/rfc8089)).
///
/// Only what would end the path is encoded: no one but [`file_path`] reads it.
fn uri(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let path = path.strip_prefix("//?/").unwrap_or(&path);
    let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{path}")
}

/// Returns the path of a URI of a file, without its scheme.
fn file_path(rest: &str) -> PathBuf {
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = decoded(path);
    // A drive is no folder of the root: file:///C:/a
    let has_drive = cfg!(windows) && path.get(2..3) == Some(":");
    PathBuf::from(if has_drive { &path[1..] } else { &path })
}

/// Decodes percent-encoded bytes; what is no encoding of anything stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let code = tail
            .get(..2)
            .filter(|digits| byte == b'%' && digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
