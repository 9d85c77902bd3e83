//! From a request to a response: token, document, operation, and the document again.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Unauthorized;
use crate::call::Raw;
use crate::check::{DOCUMENT, Operation};
use crate::failure::Failure;
use crate::journal::{Journal, Refused};
use crate::operations::{self, Context};
use crate::response::EmulatorResponse;
use crate::store::Store;

/// What answers.
#[derive(Debug)]
pub(crate) struct Server {
    /// The token that every request has to bear.
    pub(crate) token: String,
    /// What a request without it gets.
    pub(crate) unauthorized: Unauthorized,
    /// The folder that exports go to.
    pub(crate) folder: PathBuf,
    /// The file.
    pub(crate) store: Mutex<Store>,
    /// What happened.
    pub(crate) journal: Mutex<Journal>,
}

/// What goes over the wire.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A response of an operation, or an error in its shape.
    Response(EmulatorResponse),
    /// A 401 whose body is none of the document's.
    Unauthorized {
        /// The media type of the body.
        content_type: String,
        /// The body.
        body: String,
    },
}

impl Answer {
    fn status(&self) -> u16 {
        match self {
            Self::Response(response) => response.status,
            Self::Unauthorized { .. } => 401,
        }
    }
}

impl Server {
    /// Answers a request whose path is of the template `path`.
    pub(crate) fn answer(&self, raw: Raw, path: Option<&str>) -> Answer {
        let operation = path.and_then(|path| DOCUMENT.operation(&raw.method, path));
        let answer = if self.is_authorized(&raw) {
            Answer::Response(self.response(&raw, operation))
        } else {
            self.unauthorized()
        };
        let mut journal = self.journal();
        if let Answer::Response(response) = &answer {
            for objection in DOCUMENT.objections(operation, response) {
                let EmulatorResponse { status, body } = response;
                let fault = format!("{} {}: {status}: {objection}: {body}", raw.method, raw.target);
                journal.faults.push(fault);
            }
        }
        journal.record(raw, operation.map(|operation| operation.id.as_str()), answer.status());
        answer
    }

    /// Answers a request that is too long to be read.
    pub(crate) fn too_large(&self, raw: Raw) -> Answer {
        self.journal().record(raw, None, 413);
        let failure = Failure::Refused(413, "TooLarge", "the body is too long".to_owned());
        Answer::Response(failure.response())
    }

    /// Returns what happened so far.
    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_authorized(&self, raw: &Raw) -> bool {
        let given = raw.header("authorization").unwrap_or_default();
        let Some((scheme, token)) = given.split_once(' ') else {
            return false;
        };
        scheme.eq_ignore_ascii_case("bearer") && token == self.token
    }

    fn unauthorized(&self) -> Answer {
        match &self.unauthorized {
            Unauthorized::Error => {
                let message = "the token is missing, or not the right one".to_owned();
                Answer::Response(Failure::Refused(401, "Unauthorized", message).response())
            }
            Unauthorized::Body { content_type, body } => Answer::Unauthorized {
                content_type: content_type.clone(),
                body: body.clone(),
            },
        }
    }

    fn response(&self, raw: &Raw, operation: Option<&Operation>) -> EmulatorResponse {
        let Some(operation) = operation else {
            return Failure::not_found("Operation").response();
        };
        let call = match operation.call(raw) {
            Ok(call) => call,
            Err(faults) => {
                let response = Failure::invalid(faults.join("; ")).response();
                self.journal().refused.push(Refused {
                    operation: operation.id.clone(),
                    target: raw.target.clone(),
                    faults,
                });
                return response;
            }
        };
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = store.session(|session| {
            operations::run(&Context {
                session,
                call: &call,
                folder: &self.folder,
            })
        });
        outcome.unwrap_or_else(|failure| failure.response())
    }
}
