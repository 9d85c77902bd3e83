//! What a walk says of the keywords that do not hold.

use std::fmt::Write as _;

use super::json::Json;
use super::schema::{Schema, Types};
use super::validate::{Step, Violation, Walk};
use super::validate_marks::Marks;
use super::view::View;

impl<'v> Walk<'v> {
    /// Notes that `keyword` does not hold, and returns that.
    pub(super) fn fail(&mut self, keyword: &'static str, message: impl FnOnce() -> String) -> bool {
        if self.reports() {
            let message = message();
            self.note(keyword, message, Vec::new());
        }
        false
    }

    /// Notes that `keyword` does not hold, unless it does, and returns whether it does.
    pub(super) fn expect(&mut self, holds: bool, keyword: &'static str, message: impl FnOnce() -> String) -> bool {
        holds || self.fail(keyword, message)
    }

    /// Adds a violation to the report. The same may come by two ways, as from a
    /// schema that two branches refer to; it is said once and counted twice, so
    /// that the bound on the report bounds the work too.
    pub(super) fn note(&mut self, keyword: &'static str, message: String, branches: Vec<Vec<Violation>>) {
        let violation = Violation {
            pointer: self.pointer(),
            keyword,
            message,
            branches,
        };
        self.found += 1;
        if let Some(report) = self.report.as_mut().filter(|report| !report.contains(&violation)) {
            report.push(violation);
        }
    }

    /// Ends the walk because it goes too deep.
    pub(super) fn give_up(&mut self) -> bool {
        self.cut = Some(Violation {
            pointer: self.pointer(),
            keyword: "depth",
            message: "nested too deep to be judged".to_owned(),
            branches: Vec::new(),
        });
        false
    }

    /// Returns whether a violation would be noted.
    pub(super) fn reports(&self) -> bool {
        self.report.is_some() && self.found < LONGEST_REPORT && self.cut.is_none()
    }

    /// Returns the verdict of `schema` on the value where the walk stands, and reports nothing.
    pub(super) fn judge(
        &mut self,
        schema: &'static Schema,
        value: &'v View<'v>,
        marks: &mut Marks,
        via: &'static str,
    ) -> bool {
        let report = self.report.take();
        let holds = self.apply_here(schema, value, marks, via);
        self.report = report;
        holds
    }

    /// Returns what there is to report of `schema` alone.
    pub(super) fn report_of(
        &mut self,
        schema: &'static Schema,
        value: &'v View<'v>,
        via: &'static str,
    ) -> Vec<Violation> {
        let report = self.report.replace(Vec::new());
        self.apply_here(schema, value, &mut Marks::off(), via);
        std::mem::replace(&mut self.report, report).unwrap_or_default()
    }

    /// Returns where the walk stands, as a JSON Pointer.
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            pointer.push('/');
            // Writing to a string cannot fail.
            let _ = match step {
                Step::Member(name) => {
                    write!(pointer, "{}", name.replace('~', "~0").replace('/', "~1"))
                }
                Step::Element(index) => write!(pointer, "{index}"),
            };
        }
        pointer
    }
}

/// How many violations a report holds.
const LONGEST_REPORT: usize = 1000;

/// Says what was found, in a few words.
pub(super) fn found(value: &View<'_>) -> String {
    match value {
        View::Unknown(value) => found(value),
        View::Null => "null".to_owned(),
        View::Bool(value) => value.to_string(),
        View::Deep(_) => "a value that nests too deep".to_owned(),
        View::Number(number) => clip(&number.text()),
        View::String(text) => quoted(text),
        View::Array(elements) => format!("an array of {}", count(elements.len(), "element")),
        View::Object(members) => format!("an object of {}", count(members.len(), "member")),
    }
}

/// Shows a text as JSON has it, shortened.
pub(super) fn quoted(text: &str) -> String {
    Json::String(clip(text)).to_string()
}

/// Says how many there are of something.
pub(super) fn count(number: impl TryInto<u64>, noun: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Shortens a text that may be of any length.
pub(super) fn clip(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Joins alternatives: "a, b or c".
pub(super) fn alternatives(items: impl Iterator<Item = String>) -> String {
    let mut items: Vec<_> = items.collect();
    let last = items.pop().unwrap_or_default();
    if items.is_empty() {
        last
    } else {
        format!("{} or {last}", items.join(", "))
    }
}

/// Names the types of a set.
pub(super) fn types(types: Types) -> String {
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
