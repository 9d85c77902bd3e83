//! Compares what rustc rejects of a caller with what a diff says.

use std::collections::BTreeSet;

use generator::{Change, ChangeKind, Diff, RustClass};

use super::writer::{Use, is_within};
use super::{Caller, Line, Rejected};

/// What rustc and the diff make of a caller.
#[derive(Debug, Clone, Default)]
pub struct Judgement {
    /// How many lines are rejected that a breaking change names.
    pub explained: usize,
    /// The lines that are rejected, and that no breaking change names.
    pub unexplained: Vec<usize>,
    /// The breaking changes by which no line is rejected, by their index, and why.
    pub unseen: Vec<(usize, Unseen)>,
}

/// Why no line is rejected by a breaking change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unseen {
    /// It is about Cargo features, of which the caller has all.
    Features,
    /// The lines that it names were left out before.
    LeftOut,
    /// Something else has the name now, and the same type: lines compile, and mean that.
    NameTaken,
    /// No line uses what is changed.
    Unused,
    /// Lines use what is changed, and compile.
    Compiles,
}

/// Kinds of changes that concern what gives all that an item wants.
const ARGUMENTS: [ChangeKind; 13] = [
    ChangeKind::ParameterAdded,
    ChangeKind::ParameterRequired,
    ChangeKind::ParameterOptional,
    ChangeKind::ParameterMoved,
    ChangeKind::BodyAdded,
    ChangeKind::BodyRequired,
    ChangeKind::BodyOptional,
    ChangeKind::PartAdded,
    ChangeKind::PartChanged,
    ChangeKind::PropertyAdded,
    ChangeKind::PropertyRequired,
    ChangeKind::PropertyOptional,
    ChangeKind::ConstantChanged,
];

impl Judgement {
    /// Judges the lines of a caller that were compiled with the crate of another version, whose caller is `new`.
    #[must_use]
    pub fn of(caller: &Caller, kept: &BTreeSet<usize>, diff: &Diff, new: &Caller, rejected: &Rejected) -> Self {
        let paths: BTreeSet<&str> = new
            .lines
            .iter()
            .flat_map(|line| &line.uses)
            .map(String::as_str)
            .collect();
        let breaking: Vec<(usize, &Change)> = diff
            .changes
            .iter()
            .enumerate()
            .filter(|(_, change)| matches!(change.rust, RustClass::Breaks { .. }))
            .collect();
        let names = |line: &Line| {
            breaking
                .iter()
                .any(|(_, change)| is_named(caller, line, change, &paths))
        };
        let (explained, unexplained): (Vec<usize>, Vec<usize>) =
            rejected.lines.keys().partition(|index| names(&caller.lines[**index]));
        let unseen = breaking
            .iter()
            .filter_map(|(index, change)| Some((*index, caller.unseen(kept, change, &paths, rejected)?)));
        Self {
            explained: explained.len(),
            unexplained,
            unseen: unseen.collect(),
        }
    }

    /// Returns whether rustc and the diff agree.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.unexplained.is_empty() && self.unseen.iter().all(|(_, why)| *why != Unseen::Compiles)
    }
}

impl Caller {
    /// Returns why no line is rejected by a breaking change; `None` if one is.
    fn unseen(
        &self,
        kept: &BTreeSet<usize>,
        change: &Change,
        paths: &BTreeSet<&str>,
        rejected: &Rejected,
    ) -> Option<Unseen> {
        let all = self.lines.iter().enumerate();
        let concerned: Vec<usize> = all
            .filter(|(_, line)| is_concerned(line, change))
            .map(|(index, _)| index)
            .collect();
        if concerned.iter().any(|index| rejected.lines.contains_key(index))
            || (change.kind == ChangeKind::FeatureRemoved && rejected.features.contains(&change.subject.rust))
        {
            return None;
        }
        let is_left_out = !concerned.is_empty() && concerned.iter().all(|index| !kept.contains(index));
        Some(match change.kind {
            ChangeKind::AvailabilityChanged | ChangeKind::FeatureRemoved => Unseen::Features,
            _ if is_left_out => Unseen::LeftOut,
            _ if concerned.is_empty() => Unseen::Unused,
            ChangeKind::NameChanged if paths.contains(change.subject.rust.as_str()) => Unseen::NameTaken,
            _ => Unseen::Compiles,
        })
    }
}

/// Returns whether a line uses what is changed.
fn is_concerned(line: &Line, change: &Change) -> bool {
    let subject = change.subject.rust.as_str();
    let owner = subject.rsplit_once("::").map_or("", |(owner, _)| owner);
    let has_more = match line.role {
        Use::Plain => false,
        Use::Arguments => ARGUMENTS.contains(&change.kind),
        Use::Outcome => change.kind == ChangeKind::ResponseAdded,
    };
    line.uses.contains(subject) || (has_more && line.uses.contains(owner))
}

/// Returns whether a change names a line: it is about what the line uses, or about what has an inline type that is gone.
fn is_named(caller: &Caller, line: &Line, change: &Change, paths: &BTreeSet<&str>) -> bool {
    if is_concerned(line, change) {
        return true;
    }
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = line.uses.iter().map(String::as_str).collect();
    while let Some(item) = open.pop() {
        // The type whose field, value or variant it is.
        let types = caller.holders.iter().filter(|(type_, _)| is_within(item, type_));
        for (type_, holders) in types.filter(|(type_, _)| !paths.contains(type_.as_str())) {
            if !seen.insert(type_) {
                continue;
            }
            if holders.iter().any(|holder| is_within(holder, &change.subject.rust)) {
                return true;
            }
            open.extend(holders.iter().map(String::as_str));
        }
    }
    false
}
