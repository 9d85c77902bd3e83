//! Renders a diff for programs.

use serde::Serialize;

use super::change::{Change, Diff, Place, RustClass, WireClass};

#[derive(Serialize)]
struct Record<'diff> {
    is_breaking: bool,
    changes: Vec<ChangeRecord<'diff>>,
    documentation: usize,
}

#[derive(Serialize)]
struct ChangeRecord<'diff> {
    kind: &'static str,
    severity: &'static str,
    subject: &'diff str,
    rust_path: &'diff str,
    message: &'diff str,
    rust: RustRecord<'diff>,
    wire: WireRecord,
    old: Option<PlaceRecord<'diff>>,
    new: Option<PlaceRecord<'diff>>,
}

#[derive(Serialize)]
struct RustRecord<'diff> {
    class: &'static str,
    before: Option<&'diff str>,
    after: Option<&'diff str>,
}

#[derive(Serialize)]
struct WireRecord {
    request: Option<&'static str>,
    response: Option<&'static str>,
}

#[derive(Serialize)]
struct PlaceRecord<'diff> {
    file: &'diff str,
    line: Option<usize>,
    column: Option<usize>,
    pointer: &'diff str,
}

impl Diff {
    /// Renders the diff for programs, as a JSON object of several lines.
    ///
    /// `is_breaking` says whether any change is, `changes` lists them, and `documentation` counts the texts that differ. A
    /// change has `kind`, `severity`, `subject`, `rust_path`, `message`, `rust` with `class`, `before` and `after`, `wire`
    /// with `request` and `response`, and the places `old` and `new` with `file`, `line`, `column` and `pointer`. All keys
    /// are always there; what is not known is `null`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let record = Record {
            is_breaking: self.is_breaking(),
            changes: self.changes.iter().map(change).collect(),
            documentation: self.documentation,
        };
        // Strings and numbers always serialize.
        serde_json::to_string_pretty(&record).unwrap_or_default()
    }
}

fn change(change: &Change) -> ChangeRecord<'_> {
    let (before, after) = match &change.rust {
        RustClass::Breaks { before, after } => (Some(before.as_str()), after.as_deref()),
        RustClass::Compiles | RustClass::CompilesWithDeprecation => (None, None),
    };
    ChangeRecord {
        kind: change.kind.code(),
        severity: change.severity().as_str(),
        subject: &change.subject.document,
        rust_path: &change.subject.rust,
        message: &change.message,
        rust: RustRecord {
            class: change.rust.as_str(),
            before,
            after,
        },
        wire: WireRecord {
            request: change.wire.request.map(WireClass::as_str),
            response: change.wire.response.map(WireClass::as_str),
        },
        old: change.old.as_ref().map(place),
        new: change.new.as_ref().map(place),
    }
}

fn place(place: &Place) -> PlaceRecord<'_> {
    PlaceRecord {
        file: &place.file,
        line: place.line_column.map(|(line, _)| line),
        column: place.line_column.map(|(_, column)| column),
        pointer: place.pointer.as_str(),
    }
}
