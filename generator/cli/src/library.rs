//! What programs call.

use std::io;
use std::path::Path;

use crate::console::Console;
use crate::error::Error;
use crate::request::Request;
use crate::run::{self, Report};

/// The command that emitted files name unless the configuration names another.
pub(crate) const COMMAND: &str = "apicrate generate";

/// Generates the crates that a configuration asks for, as `apicrate generate --config` does.
///
/// Only files that differ are written. Diagnostics go to the standard error, a summary to the standard output. Emitted
/// files name the `command` of the configuration as the one that makes them anew, such as `cargo xtask clients`.
///
/// # Errors
///
/// If the configuration, a document or a folder is at fault; then nothing is written.
pub fn generate(config: impl AsRef<Path>) -> Result<Report, Error> {
    on_terminal(&Request::configured(COMMAND, config.as_ref()))
}

/// Checks that the crates are what the configuration gives, and writes nothing, as `apicrate check --config` does.
///
/// # Errors
///
/// If a file differs, is missing, or is no longer emitted, and as [`generate`].
pub fn check(config: impl AsRef<Path>) -> Result<Report, Error> {
    let mut request = Request::configured(COMMAND, config.as_ref());
    request.check = true;
    on_terminal(&request)
}

/// Runs with the streams of the process.
///
/// # Errors
///
/// As [`generate`] and [`check`].
pub fn on_terminal(request: &Request) -> Result<Report, Error> {
    run::run(request, &mut Console::new(&mut io::stdout(), &mut io::stderr()))
}
