//! The tables and examples of the standards.

use std::fs;

// `Json` keeps the order of properties, which shows in what is sent.
use apicrate_runtime::{Decode, Json, from_str};

/// A cell of the style table.
#[derive(serde::Deserialize)]
pub(crate) struct Row {
    /// The version of OpenAPI.
    pub(crate) spec: String,
    /// Where the parameter stands.
    pub(crate) location: String,
    /// Its style.
    pub(crate) style: String,
    /// Whether elements or properties stand for themselves.
    pub(crate) explode: bool,
    /// The column: `empty`, `string`, `array` or `object`.
    pub(crate) shape: String,
    /// The value in that column.
    value: Json,
    /// What it becomes.
    expected: Option<String>,
    /// Whether the cell says that nothing is defined.
    pub(crate) na: bool,
}

impl Row {
    /// Returns the value that the cell is about: the empty string in the column `empty`, whose bytes it has.
    pub(crate) fn value<T: Decode>(&self) -> T {
        let text = if self.shape == "empty" {
            "\"\"".to_owned()
        } else {
            self.value.to_string()
        };
        from_str(&text).unwrap()
    }

    /// Returns what arrives. The table writes a query with its `?`; a cookie has none, and what are several
    /// parameters in a query are several cookies, which `; ` stands between.
    pub(crate) fn bytes(&self) -> String {
        let expected = self.expected.clone().unwrap();
        match self.location.as_str() {
            "cookie" => expected.trim_start_matches('?').replace('&', "; "),
            "query" => expected.trim_start_matches('?').to_owned(),
            _ => expected,
        }
    }

    /// Returns words that name the cell.
    pub(crate) fn name(&self) -> String {
        let Self {
            spec,
            location,
            style,
            explode,
            shape,
            ..
        } = self;
        format!("{spec}: {shape} in {location}, {style}, explode {explode}")
    }
}

/// A worked example of Appendix C.
#[derive(serde::Deserialize)]
pub(crate) struct Example {
    /// Its parameters.
    pub(crate) params: Vec<Param>,
    /// The query that they become.
    pub(crate) expected: String,
}

/// A parameter of a worked example.
#[derive(serde::Deserialize)]
pub(crate) struct Param {
    /// Its name.
    pub(crate) name: String,
    /// Its value.
    pub(crate) value: Json,
}

/// An example of RFC 6570.
#[derive(serde::Deserialize)]
pub(crate) struct Expansion {
    /// The template.
    pub(crate) template: String,
    /// The variables; `null` is an undefined one.
    variables: Json,
    /// What it becomes, or a list of what it may become.
    expected: Json,
}

impl Expansion {
    /// Returns the value of a variable, if it has one.
    pub(crate) fn optional<T: Decode>(&self, name: &str) -> Option<T> {
        let value = self.variables.get(name).filter(|value| !value.is_null())?;
        Some(from_str(&value.to_string()).unwrap())
    }

    /// Returns the value of a variable.
    pub(crate) fn value<T: Decode>(&self, name: &str) -> T {
        self.optional(name)
            .unwrap_or_else(|| panic!("{} has no {name}", self.template))
    }

    /// Returns the expansion. Where the order of properties is open it is the one that they are given in.
    pub(crate) fn expected(&self) -> String {
        match &self.expected {
            Json::String(text) => text.clone(),
            Json::Array(texts) => {
                let texts: Vec<&str> = texts.iter().filter_map(Json::as_str).collect();
                let place = |text: &str, name: &str| text.find(name);
                let in_order = |text: &&&str| {
                    place(text, "semi") < place(text, "dot") && place(text, "dot") < place(text, "comma")
                };
                (*texts.iter().find(in_order).unwrap()).to_owned()
            }
            other => panic!("{other}"),
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> Vec<T> {
    let path = tests::root().join("tests/fixtures/styles").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Returns the cells of the style tables of OpenAPI 3.0.4 and 3.1.1.
pub(crate) fn table() -> Vec<Row> {
    read("table.json")
}

/// Returns the examples of Appendix C.
pub(crate) fn appendix() -> Vec<Example> {
    read("appendix-c.json")
}

/// Returns the examples of RFC 6570.
pub(crate) fn expansions() -> Vec<Expansion> {
    read("rfc6570.json")
}
