//! Why an operation was not carried out, in the shape of the schema `error`.

use serde_json::json;

use crate::response::EmulatorResponse;

/// Why an operation was not carried out.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The error response: a status, a `type` and a `message`.
    Refused(u16, &'static str, String),
    /// The emulator itself is at fault.
    Broken(String),
}

impl Failure {
    /// The request cannot be carried out as it is: 400.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::Refused(400, "Validation", message.into())
    }

    /// What the request is about does not exist: 404.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::Refused(404, "NotFound", format!("{what} was not found"))
    }

    /// Returns the response that tells the caller.
    pub(crate) fn response(&self) -> EmulatorResponse {
        let (status, kind, message) = match self {
            Self::Refused(status, kind, message) => (*status, *kind, message),
            Self::Broken(message) => (500, "InternalError", message),
        };
        EmulatorResponse {
            status,
            body: json!({"type": kind, "message": message}),
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Broken(format!("SQLite: {error}"))
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Self {
        Self::Broken(format!("the export cannot be written: {error}"))
    }
}
