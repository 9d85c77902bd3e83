//! The changelog of a crate.

use std::fmt::Write as _;

use generator::{Change, ChangeSeverity, Diff, RustClass};

/// What a new changelog starts with.
const TITLE: &str = "# Changelog\n";

/// The sections of an entry, each with what its changes ask for.
const SECTIONS: [(&str, &[ChangeSeverity]); 4] = [
    ("Breaking", &[ChangeSeverity::BreaksCallers]),
    ("Breaking on the wire", &[ChangeSeverity::BreaksWire]),
    ("Changed", &[ChangeSeverity::Narrows, ChangeSeverity::Compatible]),
    ("Deprecated", &[ChangeSeverity::Deprecates]),
];

/// Returns the entry for a version of a crate: what changes for those who call it.
pub(crate) fn entry(version: &str, document: &str, diff: &Diff) -> String {
    let mut text = format!("## {version}\n\nThe document is of version {document} now.\n");
    for (title, severities) in SECTIONS {
        let changes = diff.changes.iter();
        let changes = changes.filter(|change| severities.contains(&change.severity()));
        let items: Vec<String> = changes.map(item).collect();
        if !items.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n### {title}\n\n{}", items.concat());
        }
    }
    if diff.changes.is_empty() {
        text.push_str("\nNo change of the crate but its documentation.\n");
    }
    text
}

/// Returns a line about a change, with the code before and after if that has to change.
fn item(change: &Change) -> String {
    let line = format!("- {} {}", change.subject.document, change.message);
    match &change.rust {
        RustClass::Breaks {
            before,
            after: Some(after),
        } => format!("{line}: {} becomes {}\n", code(before), code(after)),
        RustClass::Breaks { before, after: None } => format!("{line}: {} does not compile any more\n", code(before)),
        _ => format!("{line}\n"),
    }
}

/// Returns a code span ([CommonMark, Code spans](https://spec.commonmark.org/0.31.2/#code-spans)).
fn code(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// Returns a changelog with an entry before those that it has; `text` is empty for a new one.
///
/// An entry for what is not released yet stays first.
pub(crate) fn with_entry(text: &str, entry: &str) -> String {
    if text.trim().is_empty() {
        return format!("{TITLE}\n{entry}");
    }
    let mut starts = text.match_indices("\n## ").map(|(index, _)| index + 1);
    let starts_entry = text.starts_with("## ").then_some(0).into_iter().chain(starts.by_ref());
    let is_released = |start: &usize| !text[*start..].to_lowercase().starts_with("## unreleased");
    let end = starts_entry.into_iter().find(is_released);
    match end {
        Some(start) => format!("{}{entry}\n{}", &text[..start], &text[start..]),
        None => format!("{}\n\n{entry}", text.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::with_entry;

    #[test]
    fn an_entry_stands_before_those_of_earlier_versions() {
        let entry = "## 2\n\nNew.\n";
        for (text, expected) in [
            ("", "# Changelog\n\n## 2\n\nNew.\n"),
            (
                "# Changes\n\n## 1\n\nOld.\n",
                "# Changes\n\n## 2\n\nNew.\n\n## 1\n\nOld.\n",
            ),
            ("## 1\n\nOld.\n", "## 2\n\nNew.\n\n## 1\n\nOld.\n"),
            ("# Changes\n", "# Changes\n\n## 2\n\nNew.\n"),
            (
                "# Changes\n\n## Unreleased\n\nSoon.\n\n## 1\n",
                "# Changes\n\n## Unreleased\n\nSoon.\n\n## 2\n\nNew.\n\n## 1\n",
            ),
        ] {
            assert_eq!(with_entry(text, entry), expected);
        }
    }
}
