//! What came of a step.

use serde::{Serialize, Serializer};
use tests::callers::Unseen;

/// The heads of the columns.
pub(super) const HEADER: &str = "document             from → to                              caller     bump s changes breaking    lines rejected unexplained unseen: unused features left-out name-taken compiles";

/// What became of one caller in one step.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) document: String,
    /// The version that the caller was written for.
    pub(super) from: String,
    pub(super) to: String,
    pub(super) which: WhichCaller,
    /// How long the bump took.
    pub(super) seconds: f64,
    pub(super) outcome: Option<Outcome>,
    /// Why the version was not taken.
    pub(super) refused: Option<String>,
}

/// A caller of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) enum WhichCaller {
    /// It was written for the version before.
    OfVersionBefore,
    /// It is kept over several versions.
    Kept,
}

/// What rustc and the diff say.
#[derive(Debug, Serialize)]
pub(super) struct Outcome {
    pub(super) changes: usize,
    pub(super) breaking: usize,
    pub(super) lines: usize,
    pub(super) rejected: usize,
    pub(super) agrees: bool,
    /// The lines that are rejected, and that no breaking change names.
    pub(super) unexplained: Vec<String>,
    /// The breaking changes by which no line is rejected.
    #[serde(serialize_with = "with_words")]
    pub(super) unseen: Vec<(Unseen, String)>,
}

impl Row {
    /// Returns the row of a version that was not taken.
    pub(super) fn refused(document: &str, version: &str, reason: &str) -> Self {
        Self {
            document: document.to_owned(),
            from: String::new(),
            to: version.to_owned(),
            which: WhichCaller::OfVersionBefore,
            seconds: 0.0,
            outcome: None,
            refused: Some(reason.to_owned()),
        }
    }

    /// Returns whether rustc and the diff agree. A version that was not taken says nothing.
    pub(super) fn agrees(&self) -> bool {
        self.outcome.as_ref().is_none_or(|outcome| outcome.agrees)
    }

    /// Prints the row, and what rustc and the diff do not agree about.
    pub(super) fn print(&self) {
        let step = format!("{} → {}", self.from, self.to);
        let Some(outcome) = &self.outcome else {
            print_line!(
                "{:<20} {step:<38} refused: {}",
                self.document,
                self.refused.as_deref().unwrap_or_default()
            );
            return;
        };
        let which = match self.which {
            WhichCaller::OfVersionBefore => "new",
            WhichCaller::Kept => "kept",
        };
        let count = |wanted: Unseen| outcome.unseen.iter().filter(|(why, _)| *why == wanted).count();
        print_line!(
            "{:<20} {step:<38} {which:<10} {:>6.2} {:>7} {:>8} {:>8} {:>8} {:>11}         {:>6} {:>8} {:>8} {:>10} {:>8}",
            self.document,
            self.seconds,
            outcome.changes,
            outcome.breaking,
            outcome.lines,
            outcome.rejected,
            outcome.unexplained.len(),
            count(Unseen::Unused),
            count(Unseen::Features),
            count(Unseen::LeftOut),
            count(Unseen::NameTaken),
            count(Unseen::Compiles),
        );
        for line in &outcome.unexplained {
            print_line!("    is named by no breaking change: {line}");
        }
        for (why, words) in &outcome.unseen {
            match why {
                Unseen::Compiles => print_line!("    lines that use it compile: {words}"),
                // What a caller was written before, it does not use.
                Unseen::Unused if self.which == WhichCaller::OfVersionBefore => {
                    print_line!("    no line uses it: {words}");
                }
                Unseen::NameTaken => print_line!("    lines that use it compile, and mean something else: {words}"),
                Unseen::Unused | Unseen::Features | Unseen::LeftOut => {}
            }
        }
    }
}

/// Prints the sums.
pub(super) fn summary(rows: &[Row]) {
    let outcomes = || rows.iter().filter_map(|row| row.outcome.as_ref());
    let sum = |of: &dyn Fn(&Outcome) -> usize| -> usize { outcomes().map(of).sum() };
    print_line!(
        "{} callers, {} agree; {} lines, {} rejected, {} of them unexplained; {} versions refused",
        outcomes().count(),
        outcomes().filter(|outcome| outcome.agrees).count(),
        sum(&|outcome| outcome.lines),
        sum(&|outcome| outcome.rejected),
        sum(&|outcome| outcome.unexplained.len()),
        rows.iter().filter(|row| row.refused.is_some()).count(),
    );
}

/// Writes why no line is rejected in words.
fn with_words<S: Serializer>(unseen: &[(Unseen, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(unseen.iter().map(|(why, words)| (format!("{why:?}"), words)))
}
