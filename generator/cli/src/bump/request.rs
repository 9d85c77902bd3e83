//! What `bump` is asked for.

use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt as _};

use crate::error::Error;
use crate::request::Document;
use crate::usage::{no_option, no_short_option};

/// The options, for hints.
const OPTIONS: [&str; 6] = ["alias", "config", "crate", "dry-run", "help", "verbose"];

/// What `bump` is asked for.
#[derive(Debug, Clone, Default)]
pub struct BumpRequest {
    /// The command, as it is named in emitted files, unless the configuration names another.
    pub command: String,
    /// The configuration; if it is not said, the nearest one.
    pub config: Option<PathBuf>,
    /// The new version of the document.
    pub document: PathBuf,
    /// The name of the crate that it is of, in a configuration of several.
    pub package: Option<String>,
    /// Whether to say what would be written, and to write nothing.
    pub dry_run: bool,
    /// Whether types that are renamed keep their former names as deprecated aliases.
    pub alias: bool,
    /// Whether every change is shown, not those alone that a screen can show.
    pub verbose: bool,
}

impl BumpRequest {
    /// Reads the arguments of the command; `None` if they ask for help.
    ///
    /// # Errors
    ///
    /// If the command line is wrong.
    pub fn read(parser: &mut Parser, command: &str) -> Result<Option<Self>, Error> {
        let mut request = Self::default();
        let mut documents: Vec<PathBuf> = Vec::new();
        let usage = |error: lexopt::Error| Error::usage(error.to_string());
        while let Some(argument) = parser.next().map_err(usage)? {
            match argument {
                Arg::Long("help") | Arg::Short('h') => return Ok(None),
                Arg::Long("dry-run") => request.dry_run = true,
                Arg::Long("alias") => request.alias = true,
                Arg::Long("verbose") => request.verbose = true,
                Arg::Long("config") => request.config = Some(parser.value().map_err(usage)?.into()),
                Arg::Long("crate") => {
                    let name = parser.value().map_err(usage)?;
                    request.package = Some(name.string().map_err(usage)?);
                }
                Arg::Long(other) => return Err(no_option(other, &OPTIONS, &format!("{command} --help"))),
                Arg::Short(short) => return Err(no_short_option(short, &format!("{command} --help"))),
                Arg::Value(document) => documents.push(document.into()),
            }
        }
        let [document] = documents.as_slice() else {
            let message = format!(
                "the new version of the document is one file, not {}; see {command} --help",
                documents.len()
            );
            return Err(Error::usage(message));
        };
        if Document::named(document)? == Document::StandardInput {
            let message = "the new version of the document is a file, not the standard input";
            return Err(Error::usage(message));
        }
        request.document.clone_from(document);
        Ok(Some(request))
    }
}
