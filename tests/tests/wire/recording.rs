//! Recorded requests of the official clients, freed of what is peculiar to those.

use std::path::Path;
use std::{fs, str::FromStr};

use losant_data::ids::{ApplicationId, DataTableId, RowId};
use losant_data::runtime::{Decode, InvalidText, from_str};
use serde_json::Value;

/// The arguments that make up a body; an operation has one of them at most.
const BODIES: [&str; 5] = ["query", "exportData", "dataTable", "dataTableColumn", "dataTableRow"];

/// The headers that count; the others belong to an HTTP library.
pub(crate) const HEADERS: [&str; 5] = [
    "Authorization",
    "Accept",
    "Accept-Version",
    "losantdomain",
    "Content-Type",
];

/// A call of an official client, and the request that it made.
#[derive(Debug, Clone)]
pub(crate) struct Recording {
    /// The name of the file.
    pub(crate) file: String,
    /// The operation, as the official clients call it.
    pub(crate) operation: String,
    arguments: Value,
    request: Value,
    sets_globals: bool,
}

impl Recording {
    /// Reads all recordings, by name.
    pub(crate) fn all() -> Vec<Self> {
        let folder = tests::root().join("tests/fixtures/wire");
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut recording: Value = serde_json::from_str(&text).unwrap();
        Self {
            file: path.file_name().unwrap().to_string_lossy().into_owned(),
            operation: recording["operation"].as_str().unwrap().to_owned(),
            arguments: recording["arguments"].take(),
            request: recording["request"].take(),
            sets_globals: true,
        }
    }

    /// Returns whether the call has the arguments alone without which there is none.
    pub(crate) fn is_minimal(&self) -> bool {
        self.file.ends_with(".minimal.json")
    }

    /// Returns the same call without the three parameters that the official
    /// clients add by themselves.
    pub(crate) fn without_globals(&self) -> Self {
        Self {
            sets_globals: false,
            ..self.clone()
        }
    }

    pub(crate) fn application(&self) -> ApplicationId {
        self.id("applicationId")
    }

    pub(crate) fn table(&self) -> DataTableId {
        self.id("dataTableId")
    }

    pub(crate) fn row(&self) -> RowId {
        self.id("rowId")
    }

    fn id<T: FromStr<Err = InvalidText>>(&self, name: &str) -> T {
        let text = self.arguments[name]
            .as_str()
            .unwrap_or_else(|| panic!("{}: no {name}", self.file));
        text.parse()
            .unwrap_or_else(|error| panic!("{}: {name}: {error}", self.file))
    }

    /// Returns the argument `name`, if the call had it.
    pub(crate) fn argument<T: Decode>(&self, name: &str) -> Option<T> {
        let text = self.arguments.get(name)?.to_string();
        let decoded = from_str(&text);
        Some(decoded.unwrap_or_else(|error| panic!("{}: {name}: {error}", self.file)))
    }

    /// Returns the argument `name`, which the operation requires.
    pub(crate) fn required<T: Decode>(&self, name: &str) -> T {
        let argument = self.argument(name);
        argument.unwrap_or_else(|| panic!("{}: no {name}", self.file))
    }

    /// Returns what the client sent for a parameter that it adds to every call.
    pub(crate) fn global(&self, name: &str) -> Option<bool> {
        let pairs = self.query_pairs();
        let (_, value) = pairs.iter().find(|(other, _)| other == name)?;
        self.sets_globals.then(|| value.parse().unwrap())
    }

    pub(crate) fn method(&self) -> &str {
        self.request["method"].as_str().unwrap()
    }

    pub(crate) fn path(&self) -> &str {
        self.request["path"].as_str().unwrap()
    }

    /// Returns the query, with booleans as JSON has them.
    pub(crate) fn query_pairs(&self) -> Vec<(String, String)> {
        let pairs = self.request["query_pairs"].as_array().unwrap();
        let texts = pairs
            .iter()
            .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()));
        texts
            .map(|(name, value)| match value {
                "True" | "False" => (name.to_owned(), value.to_lowercase()),
                _ => (name.to_owned(), value.to_owned()),
            })
            .collect()
    }

    /// Returns the values of one of [`HEADERS`].
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let headers = self.request["headers"].as_array().unwrap();
        let same = headers
            .iter()
            .filter(|header| header[0].as_str().unwrap().eq_ignore_ascii_case(name));
        // What has no body has no type either, whatever the JavaScript client says.
        let counts = name != "Content-Type" || self.body().is_some();
        same.filter(|_| counts)
            .map(|header| header[1].as_str().unwrap())
            .collect()
    }

    /// Returns the body; none where the operation was given none, for which the
    /// JavaScript client sends `{}`.
    pub(crate) fn body(&self) -> Option<Value> {
        let text = self.request["body_raw"].as_str().unwrap_or_default();
        if BODIES.iter().any(|name| self.arguments.get(name).is_some()) {
            return Some(serde_json::from_str(text).unwrap());
        }
        assert!(
            matches!(text, "" | "{}"),
            "{}: a body without an argument: {text}",
            self.file
        );
        None
    }
}
