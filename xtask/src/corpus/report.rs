//! The figures: as rows, and as tables for people.

use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use super::check::Check;
use super::count::Emitted;
use super::process::Usage;
use super::tools::OURS;

/// What one generator makes of one document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Row {
    pub(super) document: String,
    pub(super) tool: &'static str,
    version: &'static str,
    pub(super) outcome: Outcome,
    /// How many operations the document has; `None` if that cannot be read.
    pub(super) operations: Option<usize>,
    /// How many of them ours says that the crate has.
    pub(super) emitted_operations: Option<usize>,
    /// The first error, in one line.
    message: Option<String>,
    /// What the generation took.
    pub(super) generation: Option<Usage>,
    pub(super) emitted: Option<Emitted>,
    pub(super) check: Option<Check>,
}

/// How far a document comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// There is a crate, and it is not checked.
    Generated,
    /// The crate compiles.
    Compiles,
    /// The compiler finds errors in it.
    Errors,
    /// The generator says that the document is at fault.
    Refused,
    /// The generator, or what is needed to check its crate, fails.
    Failed,
    /// The generation or the check takes too long.
    TimedOut,
}

impl Outcome {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Compiles => "compiles",
            Self::Errors => "errors",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::TimedOut => "timed out",
        }
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl Row {
    /// Makes the row of a document that has come to nothing so far.
    pub(super) fn new(document: &str, tool: &'static str, version: &'static str) -> Self {
        Self {
            document: document.to_owned(),
            tool,
            version,
            outcome: Outcome::Failed,
            operations: None,
            emitted_operations: None,
            message: None,
            generation: None,
            emitted: None,
            check: None,
        }
    }

    /// Says how far the document came, and why not farther.
    pub(super) fn end(&mut self, outcome: Outcome, message: &str) {
        self.outcome = outcome;
        self.message = message.lines().next().map(str::to_owned);
    }

    /// Returns what is said when the row is complete.
    pub(super) fn summary(&self) -> String {
        let mut text = self.outcome.word().to_owned();
        if let Some(message) = &self.message {
            let _ = write!(text, ": {message}");
        }
        if let Some(usage) = &self.generation {
            let _ = write!(text, "; generation {}", spent(usage));
        }
        if let Some(emitted) = &self.emitted {
            let _ = write!(text, "; {} lines", emitted.own_lines);
        }
        if let Some(check) = &self.check {
            let _ = write!(text, "; check {}", spent(&check.usage));
        }
        text
    }

    fn compiles(&self) -> bool {
        self.outcome == Outcome::Compiles
    }
}

fn spent(usage: &Usage) -> String {
    format!("{} s, {} MiB", seconds(usage.cpu), mebibytes(usage))
}

fn seconds(value: f64) -> String {
    format!("{value:.*}", if value < 10.0 { 2 } else { 1 })
}

fn mebibytes(usage: &Usage) -> u64 {
    usage.memory.div_ceil(1 << 20)
}

/// Writes a table in Markdown: a line for each document and generator. Seconds are of the processor, memory is in MiB.
pub(super) fn table(rows: &[Row]) -> String {
    const COLUMNS: [&str; 15] = [
        "document",
        "generator",
        "outcome",
        "generation s",
        "elapsed s",
        "MiB",
        "lines",
        "with runtime",
        "over 100 columns",
        "types",
        "untyped",
        "longest name",
        "warnings",
        "check s",
        "MiB",
    ];
    let mut text = format!(
        "| {} |\n|---|---|---|{}\n",
        COLUMNS.join(" | "),
        "---:|".repeat(COLUMNS.len() - 3)
    );
    for row in rows {
        let outcome = match (&row.check, &row.message) {
            (Some(check), _) if check.errors > 0 => format!("{} errors", check.errors),
            (_, Some(message)) => format!("{}: {}", row.outcome.word(), cell(message)),
            _ => row.outcome.word().to_owned(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {outcome} | {} |",
            row.document,
            label(row),
            figures(row).join(" | ")
        );
    }
    text
}

/// Returns the cells of a row behind its outcome; they are empty where it has no figure.
fn figures(row: &Row) -> Vec<String> {
    let generation = match &row.generation {
        Some(usage) => [seconds(usage.cpu), seconds(usage.wall), mebibytes(usage).to_string()],
        None => [const { String::new() }; 3],
    };
    let emitted = match &row.emitted {
        Some(emitted) => [
            emitted.own_lines,
            emitted.lines,
            emitted.long_lines,
            emitted.types,
            emitted.untyped,
            emitted.longest_name.chars().count(),
        ]
        .map(|count| count.to_string()),
        None => [const { String::new() }; 6],
    };
    let check = match &row.check {
        Some(check) => [
            check.warnings.to_string(),
            seconds(check.usage.cpu),
            mebibytes(&check.usage).to_string(),
        ],
        None => [const { String::new() }; 3],
    };
    [generation.as_slice(), &emitted, &check].concat()
}

/// Returns a message as a cell may have it.
fn cell(message: &str) -> String {
    const MOST: usize = 120;
    let mut text: String = message.chars().take(MOST).collect();
    if text.len() < message.len() {
        text.push('…');
    }
    text.replace('|', "\\|")
}

fn label(row: &Row) -> String {
    if row.tool == OURS {
        OURS.to_owned()
    } else {
        format!("{} {}", row.tool, row.version)
    }
}

/// A figure of a row; `None` where it has none.
type Figure = fn(&Row) -> Option<f64>;

/// The figures that are compared.
const COMPARED: [(&str, Figure); 5] = [
    ("lines", |row| {
        row.emitted.as_ref().map(|emitted| as_figure(emitted.own_lines))
    }),
    ("generation s", |row| row.generation.map(|usage| usage.cpu)),
    ("generation MiB", |row| {
        row.generation.map(|usage| as_figure(usage.memory))
    }),
    ("check s", |row| row.check.as_ref().map(|check| check.usage.cpu)),
    ("check MiB", |row| {
        row.check.as_ref().map(|check| as_figure(check.usage.memory))
    }),
];

#[expect(clippy::cast_precision_loss, reason = "lines and bytes are far below 2^53")]
fn as_figure(count: impl TryInto<u64>) -> f64 {
    count.try_into().unwrap_or(u64::MAX) as f64
}

/// Writes what ours is of the best other generator whose crate compiles, as a table in Markdown: the best is another one
/// for each figure.
pub(super) fn ratios(rows: &[Row]) -> String {
    let mut text = "| ours / best that compiles |".to_owned();
    for (name, _) in COMPARED {
        let _ = write!(text, " {name} |");
    }
    let _ = writeln!(text, "\n|---|{}", "---|".repeat(COMPARED.len()));
    for ours in rows.iter().filter(|row| row.tool == OURS) {
        let _ = write!(text, "| {} |", ours.document);
        let others = rows
            .iter()
            .filter(|row| row.tool != OURS && row.document == ours.document && row.compiles());
        for (_, figure) in COMPARED {
            let best = others.clone().filter_map(|row| Some((figure(row)?, row.tool)));
            let best = best.min_by(|one, other| one.0.total_cmp(&other.0));
            let _ = match (figure(ours).filter(|_| ours.compiles()), best) {
                (Some(mine), Some((theirs, tool))) => write!(text, " {:.2} ({tool}) |", mine / theirs),
                _ => write!(text, " – |"),
            };
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(document: &str, tool: &'static str, lines: usize, cpu: f64) -> Row {
        let usage = Usage {
            cpu,
            wall: cpu / 2.0,
            memory: 1_500_000,
        };
        let mut row = Row::new(document, tool, "1.0.0");
        row.outcome = Outcome::Compiles;
        row.generation = Some(usage);
        row.emitted = Some(Emitted {
            own_lines: lines,
            ..Emitted::default()
        });
        row.check = Some(Check {
            errors: 0,
            warnings: 3,
            usage,
        });
        row
    }

    #[test]
    fn each_figure_is_compared_with_the_best_crate_that_compiles() {
        let mut broken = row("a", "c", 1, 0.1);
        broken.end(Outcome::Errors, "mismatched types\nand more");
        let rows = [
            row("a", OURS, 30, 1.0),
            row("a", "a", 10, 4.0),
            row("a", "b", 60, 2.0),
            broken,
        ];
        let table = ratios(&rows);
        assert_eq!(
            table.lines().last(),
            Some("| a | 3.00 (a) | 0.50 (b) | 1.00 (a) | 0.50 (b) | 1.00 (a) |")
        );
    }

    #[test]
    fn a_document_that_does_not_compile_has_no_ratio() {
        let mut refused = Row::new("a", OURS, "1.0.0");
        refused.end(Outcome::Refused, "error[x]: a | b");
        let rows = [refused, row("a", "b", 10, 1.0), row("b", OURS, 10, 1.0)];
        let table = ratios(&rows);
        let lines: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(lines, ["| a | – | – | – | – | – |", "| b | – | – | – | – | – |"]);
        let table = super::table(&rows);
        let lines: Vec<&str> = table.lines().collect();
        assert!(
            lines[2].starts_with("| a | ours | refused: error[x]: a \\| b |"),
            "{}",
            lines[2]
        );
        assert!(
            lines[3].starts_with("| a | b 1.0.0 | compiles | 1.00 | 0.50 | 2 | 10 |"),
            "{}",
            lines[3]
        );
        let columns: Vec<usize> = lines
            .iter()
            .map(|line| line.replace("\\|", "").matches('|').count())
            .collect();
        assert_eq!(columns, [16; 5]);
    }

    #[test]
    fn a_row_says_how_far_it_came() {
        assert_eq!(
            row("a", OURS, 10, 12.0).summary(),
            "compiles; generation 12.0 s, 2 MiB; 10 lines; check 12.0 s, 2 MiB"
        );
        let mut failed = Row::new("a", "b", "1.0.0");
        failed.end(Outcome::TimedOut, "did not end within 5 s");
        assert_eq!(failed.summary(), "timed out: did not end within 5 s");
        let json = serde_json::to_value(&failed).unwrap();
        assert_eq!(json["outcome"], "timed out");
    }
}
