//! What a `case.toml` says of a golden case.

use std::fs;
use std::io;
use std::path::Path;

use toml::{Table, Value};

/// What a `case.toml` says.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The document, by its path from the root of the workspace.
    pub(crate) document: Option<String>,
    /// Its overlays, in order.
    pub(crate) overlays: Vec<String>,
    /// The prefix of the environment variables that the crate reads.
    pub(crate) environment: Option<String>,
}

impl Settings {
    /// Reads the file.
    pub(crate) fn read(file: &Path) -> io::Result<Self> {
        let fault = |words: &str| io::Error::other(format!("{}: {words}", file.display()));
        let mut table: Table = fs::read_to_string(file)?
            .parse()
            .map_err(|error: toml::de::Error| fault(&error.to_string()))?;
        let mut text = |key: &str| match table.remove(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(fault(&format!("`{key}` has to be a text"))),
        };
        let (document, environment) = (text("document")?, text("environment")?);
        let overlays = match table.remove("overlays") {
            Some(overlays) => overlays.try_into().map_err(|_| fault("`overlays` have to be paths"))?,
            None => Vec::new(),
        };
        match table.keys().next() {
            Some(key) => Err(fault(&format!("there is no `{key}` in a case"))),
            None => Ok(Self {
                document,
                overlays,
                environment,
            }),
        }
    }
}
