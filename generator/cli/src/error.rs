//! Why a run failed.

use std::fmt;

/// Why nothing was generated, or what a check found.
///
/// Both `{}` and `{:?}` print it for people, so that `main` may return it.
pub struct Error(Kind);

/// What is at fault.
pub enum Kind {
    /// The command line, or what a program asks for in its place.
    Usage(String),
    /// A file, the configuration, or a folder.
    Fault(anyhow::Error),
    /// The document, or the files of the crate. Each fault was written as a line of its own already; this sums them up.
    Reported(String),
}

impl Error {
    /// Returns an error of the command line.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self(Kind::Usage(message.into()))
    }

    /// Returns the error of a run that reported its faults.
    pub(crate) fn reported(summary: impl Into<String>) -> Self {
        Self(Kind::Reported(summary.into()))
    }

    /// Returns what is at fault.
    pub(crate) fn kind(&self) -> &Kind {
        &self.0
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self(Kind::Fault(error))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Usage(message) | Kind::Reported(message) => formatter.write_str(message),
            Kind::Fault(error) => write!(formatter, "{error:#}"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Error {}
