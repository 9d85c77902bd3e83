//! What the commands are made of, for those of this repository. It changes without notice.

pub use crate::bump::{BumpRequest, bump};
pub use crate::console::Console;
pub use crate::diff::{DiffRequest, diff};
pub use crate::error::Kind;
pub use crate::folder::{Difference, Files, compare, replace, write};
pub use crate::init::init;
pub use crate::library::on_terminal as run;
pub use crate::package_name::package_name;
pub use crate::request::{Document, Format, Request, Stage};
pub use crate::run::run as run_on;
pub use crate::usage::{no_option, no_short_option};

use crate::Error;

/// Returns the error of a command line that is wrong.
#[must_use]
pub fn usage_error(message: impl Into<String>) -> Error {
    Error::usage(message)
}

/// Returns what is at fault.
#[must_use]
pub fn kind(error: &Error) -> &Kind {
    error.kind()
}
