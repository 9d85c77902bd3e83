//! `cargo xtask diff`: the command `apicrate diff`, under a name of its own.

use std::io;

use apicrate::unstable::{self, Console, DiffRequest, Kind};

use crate::{Failure, options, show};

/// Compares two documents. A breaking change is a failure that is reported already.
pub(crate) fn run(parser: &mut lexopt::Parser) -> Result<(), Failure> {
    let Some(request) = DiffRequest::read(parser, "cargo xtask diff")? else {
        return show(options::usage_of("diff"));
    };
    let (mut out, mut err) = (io::stdout(), io::stderr());
    match unstable::diff(&request, &mut Console::new(&mut out, &mut err)) {
        Ok(false) => Ok(()),
        Ok(true) => Err(Failure::Fault(None)),
        Err(error) => Err(match unstable::kind(&error) {
            Kind::Usage(message) => Failure::Usage(message.clone()),
            Kind::Reported(_) => Failure::NotCompared(None),
            Kind::Fault(_) => Failure::NotCompared(Some(error.into())),
        }),
    }
}
