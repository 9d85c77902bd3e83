//! Reports violations.

use std::fmt::Write as _;

use crate::runtime::json::value::Json;
use crate::runtime::schema::keywords::{Schema, Types};
use crate::runtime::schema::validate::evaluated::Evaluated;
use crate::runtime::schema::validate::{PathSegment, Validator, Violation};
use crate::runtime::schema::view::View;

impl<'v> Validator<'v> {
    /// Records a violation of `keyword`, and returns false.
    pub(crate) fn fail(&mut self, keyword: &'static str, message: impl FnOnce() -> String) -> bool {
        if self.reports() {
            let message = message();
            self.note(keyword, message, Vec::new());
        }
        false
    }

    /// Records a violation of `keyword` unless `is_valid`, and returns `is_valid`.
    pub(crate) fn expect(&mut self, is_valid: bool, keyword: &'static str, message: impl FnOnce() -> String) -> bool {
        is_valid || self.fail(keyword, message)
    }

    /// Adds a violation to the report. A duplicate, as from a schema that two subschemas refer to, is reported once and
    /// counted twice, so that the limit of the report also limits the work.
    pub(crate) fn note(&mut self, keyword: &'static str, message: String, subschemas: Vec<Vec<Violation>>) {
        let violation = Violation {
            pointer: self.pointer(),
            keyword,
            message,
            subschemas,
        };
        self.found += 1;
        if let Some(report) = self.report.as_mut().filter(|report| !report.contains(&violation)) {
            report.push(violation);
        }
    }

    /// Ends the validation because the nesting is too deep.
    pub(crate) fn give_up(&mut self) -> bool {
        self.cut = Some(Violation {
            pointer: self.pointer(),
            keyword: "depth",
            message: "nested too deep".to_owned(),
            subschemas: Vec::new(),
        });
        false
    }

    /// Returns whether violations are recorded.
    pub(crate) fn reports(&self) -> bool {
        self.report.is_some() && self.found < LONGEST_REPORT && self.cut.is_none()
    }

    /// Returns whether the current value is valid against `schema`, without reporting violations.
    pub(crate) fn check(
        &mut self,
        schema: &'static Schema,
        value: &'v View<'v>,
        evaluated: &mut Evaluated,
        via: &'static str,
    ) -> bool {
        let report = self.report.take();
        let is_valid = self.apply_here(schema, value, evaluated, via);
        self.report = report;
        is_valid
    }

    /// Returns the violations of `schema` alone.
    pub(crate) fn report_of(
        &mut self,
        schema: &'static Schema,
        value: &'v View<'v>,
        via: &'static str,
    ) -> Vec<Violation> {
        let report = self.report.replace(Vec::new());
        self.apply_here(schema, value, &mut Evaluated::off(), via);
        std::mem::replace(&mut self.report, report).unwrap_or_default()
    }

    /// Returns the current path as a JSON Pointer.
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            pointer.push('/');
            // Writing to a string cannot fail.
            let _ = match step {
                PathSegment::Property(name) => {
                    write!(pointer, "{}", name.replace('~', "~0").replace('/', "~1"))
                }
                PathSegment::Element(index) => write!(pointer, "{index}"),
            };
        }
        pointer
    }
}

/// The maximum number of violations in a report.
const LONGEST_REPORT: usize = 1000;

/// Describes a value in a few words.
pub(crate) fn found(value: &View<'_>) -> String {
    match value {
        View::Unknown(value) => found(value),
        View::Null => "null".to_owned(),
        View::Bool(value) => value.to_string(),
        View::Deep(_) => "a value that nests too deep".to_owned(),
        View::Number(number) => clip(&number.text()),
        View::String(text) => quoted(text),
        View::Array(elements) => format!("an array of {}", count(elements.len(), "element")),
        View::Object(members) => format!("an object of {}", count(members.len(), "property")),
    }
}

/// Returns a text as a JSON string, shortened.
pub(crate) fn quoted(text: &str) -> String {
    Json::String(clip(text)).to_string()
}

/// Returns a number with a noun in singular or plural.
pub(crate) fn count(number: impl TryInto<u64>, noun: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("{number} {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

/// Shortens a text that may be of any length.
pub(crate) fn clip(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Joins alternatives: "a, b or c".
pub(crate) fn alternatives(items: impl Iterator<Item = String>) -> String {
    let mut items: Vec<_> = items.collect();
    let last = items.pop().unwrap_or_default();
    if items.is_empty() {
        last
    } else {
        format!("{} or {last}", items.join(", "))
    }
}

/// Names the types of a set.
pub(crate) fn types(types: Types) -> String {
    const NAMES: &[(Types, &str)] = &[
        (Types::STRING, "a string"),
        (Types::INTEGER, "an integer"),
        (Types::NUMBER, "a number"),
        (Types::BOOLEAN, "a boolean"),
        (Types::ARRAY, "an array"),
        (Types::OBJECT, "an object"),
        (Types::NULL, "null"),
    ];
    alternatives(
        NAMES
            .iter()
            .filter(|(kind, _)| types.contains(*kind))
            .map(|(_, name)| (*name).to_owned()),
    )
}
