//! The ledger: what became of every key of the document.
//!
//! Nothing is dropped in silence. Each key is used, ignored for a reason that
//! the grammar gives, degraded by a stage that could not express it, doubtful
//! and read as it is meant, or refused because no object of the specification
//! has it. What nobody asks about, extensions and examples that are not shown, is counted alone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::document::{Bundle, Fate, Key, KeyUsage, Node, pointers};
use crate::lower::Degraded;
use crate::source::{Origin, Pointer};

/// The first line of a ledger.
pub const TITLE: &str = "pointer\tkeyword\tusage\treason";

/// Why a text is ignored.
const NOWHERE: &str = "no item of the crate has it in its documentation";

/// What became of every key of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    /// Every key that is not used, in order.
    rows: BTreeSet<Row>,
    /// How many keys are used.
    used: usize,
    /// How many keys nobody asks about: extensions, and examples that are not shown. They have no row.
    counted: BTreeMap<&'static str, usize>,
    /// What is degraded and has no diagnostic.
    unreported: Vec<Unreported>,
}

/// What is degraded for one reason, and has no diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreported {
    /// The reason.
    pub reason: String,
    /// How many keys there are.
    pub count: usize,
    /// The first of them that was found.
    pub first: Pointer,
}

/// What became of one key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    pointer: String,
    keyword: String,
    usage: &'static str,
    reason: String,
}

/// What of a document is the crate's documentation.
#[derive(Debug)]
pub(crate) struct Shown<'run> {
    /// The titles, summaries and descriptions.
    pub texts: BTreeSet<&'run str>,
    /// The places of examples.
    pub examples: BTreeSet<Origin>,
}

/// Returns what became of the key that a diagnostic is of, unless the key is used as it is written.
fn usage_of(diagnostic: &Diagnostic) -> Option<&'static str> {
    match diagnostic.severity {
        Severity::Degraded => Some("degraded"),
        Severity::Warning if diagnostic.has_safe_reading => Some("doubtful"),
        _ => None,
    }
}

impl Ledger {
    /// Goes through the documents of a run, of which `shown` is the crate's documentation; `degraded` is what the stages could not
    /// express, beside what `diagnostics` tell of.
    #[must_use]
    pub(crate) fn of(bundle: &Bundle, shown: &Shown<'_>, degraded: &[Degraded], diagnostics: &Diagnostics) -> Self {
        let account = KeyUsage::of(bundle);
        let (extensions, keys): (Vec<_>, Vec<_>) = account.keys.into_iter().partition(Key::is_extension);
        let rows = keys.into_iter().map(|key| {
            let (usage, reason) = match key.fate {
                Fate::Ignored(reason) => ("ignored", reason),
                Fate::Refused(reason) => ("refused", reason),
            };
            Row {
                pointer: key.at.to_string(),
                keyword: key.name.into_owned(),
                usage,
                reason: reason.to_owned(),
            }
        });
        let mut ledger = Self {
            rows: rows.collect(),
            used: account.used,
            counted: BTreeMap::from([("extensions", extensions.len()), ("examples", 0)]),
            unreported: Vec::new(),
        };
        for (at, keyword, text) in account.texts {
            let text = text.trim();
            if !text.is_empty() && !shown.texts.contains(text) {
                ledger.take(at.to_string(), keyword.to_owned(), "ignored", NOWHERE.to_owned());
            }
        }
        let is_shown = |value: &Node| shown.examples.contains(&value.origin);
        let examples = account.examples.iter().filter(|(.., value)| !is_shown(value)).count();
        ledger.counted.insert("examples", examples);
        ledger.used = ledger.used.saturating_sub(examples);
        let wanted = degraded.iter().map(|degraded| degraded.origin).collect();
        let found = pointers(&bundle.root, &wanted);
        for degraded in degraded {
            let place = found.get(&degraded.origin);
            let pointer = place.map(ToString::to_string).unwrap_or_default();
            let keyword = degraded.keyword.clone();
            let usage = if degraded.is_ignored { "ignored" } else { "degraded" };
            let is_new = ledger.take(pointer, keyword, usage, degraded.reason.clone());
            if is_new && !degraded.is_ignored {
                let place = place.cloned().unwrap_or_default();
                ledger.note(&degraded.reason, place.child(&degraded.keyword));
            }
        }
        // The most frequent first.
        ledger.unreported.sort_by_key(|unreported| Reverse(unreported.count));
        let reported = diagnostics
            .iter()
            .filter_map(|diagnostic| Some((diagnostic, usage_of(diagnostic)?)));
        for (diagnostic, usage) in reported {
            let (holder, keyword) = diagnostic.pointer.split().unwrap_or_default();
            ledger.take(holder.to_string(), keyword, usage, diagnostic.message.clone());
        }
        ledger
    }

    /// Returns how many keys there are of each result.
    #[must_use]
    pub fn totals(&self) -> BTreeMap<&'static str, usize> {
        let mut totals = BTreeMap::from([("used", self.used), ("ignored", 0), ("degraded", 0), ("refused", 0)]);
        totals.extend(&self.counted);
        for row in &self.rows {
            *totals.entry(row.usage).or_default() += 1;
        }
        totals
    }

    /// Returns every key that is not used as tab-separated text, sorted.
    #[must_use]
    pub fn to_tsv(&self) -> String {
        let mut text = format!("{TITLE}\n");
        let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        for row in &self.rows {
            let (pointer, keyword, reason) = (plain(&row.pointer), plain(&row.keyword), plain(&row.reason));
            let _ = writeln!(text, "{pointer}\t{keyword}\t{}\t{reason}", row.usage);
        }
        text
    }

    /// Returns what is degraded and has no diagnostic, by reason, the most frequent first.
    #[must_use]
    pub fn unreported(&self) -> &[Unreported] {
        &self.unreported
    }

    /// Counts a key that is degraded without a diagnostic.
    fn note(&mut self, reason: &str, place: Pointer) {
        if let Some(known) = self
            .unreported
            .iter_mut()
            .find(|unreported| unreported.reason == reason)
        {
            known.count += 1;
            return;
        }
        self.unreported.push(Unreported {
            reason: reason.to_owned(),
            count: 1,
            first: place,
        });
    }

    /// Takes a key from those that are used, and returns whether it had no such line.
    fn take(&mut self, pointer: String, keyword: String, usage: &'static str, reason: String) -> bool {
        let row = Row {
            pointer,
            keyword,
            usage,
            reason,
        };
        let is_new = self.rows.insert(row);
        if is_new {
            self.used = self.used.saturating_sub(1);
        }
        is_new
    }
}
