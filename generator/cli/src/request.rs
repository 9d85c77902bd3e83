//! What a run is asked for.

use std::path::{Path, PathBuf};

use generator::Strictness;
use lexopt::{Parser, ValueExt as _};

use crate::error::Error;

/// What a run is asked for, by a command line or by a program.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The command, as it is named in emitted files and in messages, unless the configuration names another.
    pub command: String,
    /// The command that would keep the options of a run, if there is one: a first run names it.
    pub init: Option<&'static str>,
    /// The configuration.
    pub config: Option<PathBuf>,
    /// A document in place of a configuration.
    pub document: Option<Document>,
    /// Overlays beside `document`.
    pub overlays: Vec<PathBuf>,
    /// The folder beside `document`.
    pub out: Option<PathBuf>,
    /// The name of the package beside `document`.
    pub name: Option<String>,
    /// The folders that `document` may refer to files in, beside its own.
    pub allow_roots: Vec<PathBuf>,
    /// Tags and operation ids.
    pub only: Vec<String>,
    /// Whether to compare instead of writing.
    pub check: bool,
    /// How much a fault matters, if it is said.
    pub strictness: Strictness,
    /// The stage to print.
    pub dump: Option<Stage>,
    /// How diagnostics are shown.
    pub format: Format,
    /// The file for the overlay that mends what is found.
    pub write_overlay: Option<PathBuf>,
    /// Whether warnings are shown one by one.
    pub warnings: bool,
}

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
    /// A log of SARIF 2.1.0.
    Sarif,
}

/// Where a document is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// In a file.
    File(PathBuf),
    /// From the standard input.
    StandardInput,
}

/// A stage that can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The document with its overlays.
    Document,
    /// The document in the one form that is lowered.
    OpenApi,
    /// The model.
    Model,
}

impl Request {
    /// Asks for what a configuration says.
    #[must_use]
    pub fn configured(command: &str, config: &Path) -> Self {
        Self {
            command: command.to_owned(),
            config: Some(config.to_owned()),
            ..Self::default()
        }
    }

    /// Reads the option `--name` with its value; returns whether it is one that every command has.
    ///
    /// # Errors
    ///
    /// If its value is missing or wrong.
    pub fn option(&mut self, name: &str, parser: &mut Parser) -> Result<bool, Error> {
        match name {
            "config" => self.config = Some(value(parser)?.into()),
            "overlay" => self.overlays.push(value(parser)?.into()),
            "allow-root" => self.allow_roots.push(value(parser)?.into()),
            "out" => self.out = Some(value(parser)?.into()),
            "name" => self.name = Some(text(parser)?),
            "only" => self.only.push(text(parser)?),
            "warnings" | "verbose" => self.warnings = true,
            "write-overlay" => self.write_overlay = Some(value(parser)?.into()),
            "lenient" => self.set_strictness(Strictness::Lenient)?,
            "strict" => self.set_strictness(Strictness::Strict)?,
            "format" | "message-format" => {
                self.format = match text(parser)?.as_str() {
                    "human" => Format::Human,
                    "json" => Format::Json,
                    "sarif" => Format::Sarif,
                    other => {
                        return Err(Error::usage(format!("--{name} is human, json or sarif, not {other:?}")));
                    }
                };
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Returns whether it has options that are of a document on the command line alone.
    #[must_use]
    pub fn has_options_of_a_document(&self) -> bool {
        let has_lists = !self.overlays.is_empty() || !self.allow_roots.is_empty();
        has_lists || self.out.is_some() || self.name.is_some()
    }

    fn set_strictness(&mut self, strictness: Strictness) -> Result<(), Error> {
        if self.strictness != Strictness::Usual && self.strictness != strictness {
            return Err(Error::usage("--lenient and --strict exclude each other"));
        }
        self.strictness = strictness;
        Ok(())
    }
}

impl Document {
    /// Returns the document that an argument names.
    ///
    /// # Errors
    ///
    /// If it is a URL: nothing is fetched.
    pub fn named(argument: &Path) -> Result<Self, Error> {
        if let Some(url) = url(argument) {
            return Err(Error::usage(fetch_first(url)));
        }
        if argument.as_os_str() == "-" {
            return Ok(Self::StandardInput);
        }
        Ok(Self::File(argument.to_owned()))
    }
}

/// Returns the argument if it is a URL.
pub(crate) fn url(argument: &Path) -> Option<&str> {
    let text = argument.to_str()?;
    ["http://", "https://"]
        .iter()
        .any(|scheme| {
            text.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        })
        .then_some(text)
}

/// Says what to do with a URL.
pub(crate) fn fetch_first(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let file = if last.contains('.') && path.matches('/').count() > 2 {
        last
    } else {
        "openapi.yaml"
    };
    format!("{url} is a URL, and nothing is fetched; download it first: curl -L -o {file} '{url}'")
}

fn value(parser: &mut Parser) -> Result<std::ffi::OsString, Error> {
    parser.value().map_err(|error| Error::usage(error.to_string()))
}

fn text(parser: &mut Parser) -> Result<String, Error> {
    value(parser)?.string().map_err(|error| Error::usage(error.to_string()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Document, fetch_first, url};

    #[test]
    fn a_url_is_told_from_a_file() {
        for (argument, is_url) in [
            ("https://pets.example/openapi.yaml", true),
            ("HTTP://pets.example", true),
            ("httpspec.yaml", false),
            ("spec/https.yaml", false),
            ("é", false),
        ] {
            assert_eq!(url(Path::new(argument)).is_some(), is_url, "{argument}");
        }
        assert_eq!(Document::named(Path::new("-")).unwrap(), Document::StandardInput);
    }

    #[test]
    fn the_file_to_download_to_is_named() {
        for (url, file) in [
            ("https://pets.example/v1/pets.json?raw=1", "-o pets.json "),
            ("https://pets.example", "-o openapi.yaml "),
            ("https://pets.example/docs", "-o openapi.yaml "),
        ] {
            assert!(fetch_first(url).contains(file), "{}", fetch_first(url));
        }
    }
}
