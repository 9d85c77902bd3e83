//! The documents that those of tests refer to.

use std::fmt;
use std::path::Path;

use generator::{DocumentReader, DocumentText, Unread, UnreadCause};

/// Where the documents of a test lie.
const FOLDER: &str = "file:///documents/";

/// Gives the text at a path.
type Texts<'text> = Box<dyn Fn(&str) -> Option<String> + 'text>;

/// Documents by their paths, relative to a folder in which the root document lies too.
pub struct Documents<'text> {
    root: String,
    text: Texts<'text>,
}

impl fmt::Debug for Documents<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Documents")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

impl<'text> Documents<'text> {
    /// Returns the documents beside the document `root`; `text` gives the text at a path.
    pub fn new(root: &str, text: impl Fn(&str) -> Option<String> + 'text) -> Self {
        Self {
            root: root.to_owned(),
            text: Box::new(text),
        }
    }

    /// Returns the documents in a folder.
    #[must_use]
    pub fn below(folder: &'text Path, root: &str) -> Self {
        Self::new(root, |path| std::fs::read_to_string(folder.join(path)).ok())
    }
}

impl DocumentReader for Documents<'_> {
    fn root(&self) -> String {
        format!("{FOLDER}{}", self.root)
    }

    fn read(&self, uri: &str) -> Result<DocumentText, Unread> {
        let unread = |cause, message: String, help: &str| Unread {
            cause,
            message,
            help: help.to_owned(),
        };
        let Some(path) = uri.strip_prefix(FOLDER) else {
            let message = format!("the reference targets {uri}, which may not be read");
            return Err(unread(
                UnreadCause::NotAllowed,
                message,
                "allow it, or bundle the documents",
            ));
        };
        let text = (self.text)(path).ok_or_else(|| {
            let message = format!("the reference targets a file that does not exist: {path}");
            unread(UnreadCause::Missing, message, "correct the reference, or add the file")
        })?;
        Ok(DocumentText {
            uri: uri.to_owned(),
            name: path.to_owned(),
            text,
        })
    }
}
