//! Renders a diff for people: a line for each change, grouped by what it asks of them.

use std::collections::BTreeMap;

use super::change::{Change, Diff, RustClass, Severity};
use crate::diagnostic::counted;
use crate::diagnostic::human::printable;

impl Diff {
    /// Renders the diff for people. `most` is how many changes of each severity are shown; the others are counted by kind.
    ///
    /// ```text
    /// breaks callers: property `order` of schema `Series` is required now (old.yaml:120:5 → new.yaml:131:5)
    ///   before: let order: Option<String> = value.order;
    ///   after:  let order: String = value.order;
    /// ```
    #[must_use]
    pub fn render(&self, most: usize) -> String {
        let mut by_severity: BTreeMap<Severity, Vec<&Change>> = BTreeMap::new();
        for change in &self.changes {
            by_severity.entry(change.severity()).or_default().push(change);
        }
        for changes in by_severity.values_mut() {
            changes.sort_by_key(|change| change.kind);
        }
        let mut lines = Vec::new();
        for (severity, changes) in &by_severity {
            let (shown, hidden) = changes.split_at(changes.len().min(most));
            let mut last = None;
            for change in shown {
                write(change, last, &mut lines);
                last = Some(&change.rust);
            }
            if !hidden.is_empty() {
                lines.push(format!("{}: {}", severity.words(), folded(hidden)));
            }
        }
        lines.push(self.sum(&by_severity));
        lines.iter().map(|line| printable(line) + "\n").collect()
    }

    /// Renders the diff for people, with as many changes of each severity as `lines` lines can show.
    #[must_use]
    pub fn render_within(&self, lines: usize) -> String {
        let fits = |text: &String| text.lines().count() <= lines;
        let texts = [usize::MAX, 32, 16, 12, 8, 6, 4, 3, 2].map(|most| move || self.render(most));
        let found = texts.iter().map(|text| text()).find(fits);
        found.unwrap_or_else(|| self.render(1))
    }

    /// Sums the changes up.
    fn sum(&self, by_severity: &BTreeMap<Severity, Vec<&Change>>) -> String {
        let mut parts: Vec<String> = by_severity
            .iter()
            .map(|(severity, changes)| format!("{} {}", changes.len(), severity.sum()))
            .collect();
        if self.documentation > 0 {
            parts.push(counted(self.documentation, "text") + " of the documentation");
        }
        let count = match self.changes.len() {
            0 => "no change".to_owned(),
            count => counted(count, "change"),
        };
        if parts.is_empty() {
            return count;
        }
        format!("{count}: {}", parts.join(", "))
    }
}

/// Counts the changes that are not shown, by kind.
fn folded(changes: &[&Change]) -> String {
    let mut by_kind: BTreeMap<&str, usize> = BTreeMap::new();
    for change in changes {
        *by_kind.entry(change.kind.code()).or_default() += 1;
    }
    let kinds: Vec<String> = by_kind.iter().map(|(code, count)| format!("{count} {code}")).collect();
    format!("… and {} more: {}", changes.len(), kinds.join(", "))
}

/// Writes a change, without the lines of code if they are those of the change before it.
fn write(change: &Change, last: Option<&RustClass>, lines: &mut Vec<String>) {
    let places = match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!(" ({old} → {new})"),
        (Some(place), None) | (None, Some(place)) => format!(" ({place})"),
        (None, None) => String::new(),
    };
    let severity = change.severity().words();
    lines.push(format!("{severity}: {} {}{places}", change.subject, change.message));
    if let RustClass::Breaks { before, after } = &change.rust
        && last != Some(&change.rust)
    {
        lines.push(format!("  before: {before}"));
        lines.push(format!(
            "  after:  {}",
            after.as_deref().unwrap_or("nothing takes its place")
        ));
    }
    let wire = [("requests", change.wire.request), ("responses", change.wire.response)];
    let wire: Vec<String> = wire
        .into_iter()
        .filter_map(|(direction, class)| Some((direction, class.filter(|class| class.as_str() != "compatible")?)))
        .map(|(direction, class)| format!("{direction} {}", class.as_str()))
        .collect();
    if !wire.is_empty() {
        lines.push(format!("  wire:   {}", wire.join(", ")));
    }
}

impl Severity {
    /// Returns the words that lines start with.
    fn words(self) -> &'static str {
        match self {
            Self::BreaksCallers => "breaks callers",
            Self::BreaksWire => "breaks the wire",
            Self::Narrows => "narrows",
            Self::Deprecates => "deprecates",
            Self::Compatible => "compatible",
        }
    }

    /// Returns the words for changes of the severity in a sum.
    fn sum(self) -> &'static str {
        match self {
            Self::BreaksCallers => "breaking for callers",
            Self::BreaksWire => "breaking on the wire",
            Self::Narrows => "narrowing",
            Self::Deprecates => "deprecating",
            Self::Compatible => "compatible",
        }
    }

    /// Returns the code of the severity.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BreaksCallers => "breaks-callers",
            Self::BreaksWire => "breaks-wire",
            Self::Narrows => "narrows",
            Self::Deprecates => "deprecates",
            Self::Compatible => "compatible",
        }
    }
}
