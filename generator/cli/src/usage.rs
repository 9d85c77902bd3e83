//! What is said of a command line that is wrong.

use generator::unstable::nearest;

use crate::error::Error;

/// Returns the error of an option that is none of the `known` ones. `see` is the command that shows them.
#[must_use]
pub fn no_option(name: &str, known: &[&str], see: &str) -> Error {
    // What other tools call an option is not near in spelling.
    let meant = match name {
        "output" | "output-dir" | "out-dir" | "dir" => known.iter().copied().find(|known| *known == "out"),
        "package" | "crate" => known.iter().copied().find(|known| *known == "name"),
        _ => nearest(name, known.iter().copied()),
    };
    let hint = match meant {
        Some(meant) => format!("did you mean --{meant}? See {see}"),
        None if ["spec", "input", "document"].contains(&name) => {
            format!("name the document without an option; see {see}")
        }
        None => format!("see {see}"),
    };
    Error::usage(format!("there is no option --{name}; {hint}"))
}

/// Returns the error of an option of one letter.
#[must_use]
pub fn no_short_option(short: char, see: &str) -> Error {
    Error::usage(format!("there is no option -{short}; see {see}"))
}
