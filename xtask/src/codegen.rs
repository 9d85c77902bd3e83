//! `cargo xtask codegen`: the command `apicrate` on what this repository configures, under a name of its own.

use apicrate::unstable::{self, Kind, Request};

use crate::{Failure, tree};

/// The command, as emitted files name it.
pub(crate) const COMMAND: &str = "cargo xtask codegen";

/// Runs the command.
pub(crate) fn run(request: &Request) -> Result<(), Failure> {
    let mut request = request.clone();
    COMMAND.clone_into(&mut request.command);
    if request.document.is_none() && request.config.is_none() {
        request.config = Some(tree::root().join("spec/codegen.toml"));
    }
    unstable::run(&request).map(drop).map_err(Failure::from)
}

impl From<apicrate::Error> for Failure {
    fn from(error: apicrate::Error) -> Self {
        match unstable::kind(&error) {
            Kind::Usage(message) => Self::Usage(message.clone()),
            Kind::Reported(_) => Self::Fault(None),
            Kind::Fault(_) => Self::from(anyhow::Error::from(error)),
        }
    }
}
