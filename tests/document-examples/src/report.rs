//! What is said of the examples of documents.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use generator::unstable::counted;

use crate::examine::{Different, Examined};
use crate::explain::Explanations;

/// What is counted; each head is as wide as its counts.
const HEADS: [&str; 7] = [
    "examples",
    "unusable",
    "accepted",
    "any type",
    "decoded",
    "   equal",
    "unexplained",
];

/// The share of accepted examples that have to be equal, in thousandths.
pub const WANTED: usize = 999;

impl Examined {
    /// Returns the counts of the document in a line.
    #[must_use]
    pub fn summary(&self) -> String {
        format!(
            "{} examples, {} accepted, {} decoded, {} equal",
            self.examples, self.accepted, self.decoded, self.equal
        )
    }
}

/// Returns a table of the counts with their sums, and every example that differs.
#[must_use]
pub fn report(all: &[Examined], explanations: &Explanations) -> String {
    let wide = all
        .iter()
        .map(|one| one.document.len())
        .max()
        .unwrap_or_default()
        .max(8);
    let line = |name: &str, cells: [String; 7]| {
        let cells: Vec<String> = cells
            .iter()
            .zip(HEADS)
            .map(|(cell, head)| format!("{cell:>width$}", width = head.len()))
            .collect();
        format!("{name:wide$}  {}\n", cells.join("  "))
    };
    let total = total(all);
    let mut text = line("document", HEADS.map(str::to_owned));
    for one in all {
        text.push_str(&line(&one.document, counts(one).map(|count| count.to_string())));
    }
    text.push_str(&line("all", total.map(|count| count.to_string())));
    for one in all {
        let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (schema, reason) in &one.unusable {
            by_reason.entry(reason).or_default().push(schema);
        }
        for (reason, schemas) in by_reason {
            let (count, first) = (counted(schemas.len(), "schema"), schemas[0]);
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "\n{}: {count} cannot be used, such as {first}: {reason}",
                one.document
            );
        }
        for different in &one.different {
            let _ = write!(text, "\n{}", words(different));
        }
    }
    for reason in explanations.needless(all) {
        let _ = writeln!(text, "\nexplanations.toml: it explains nothing: {reason}");
    }
    let [_, _, accepted, _, _, equal, unexplained] = total;
    let _ = write!(
        text,
        "\n{equal} of {accepted} are equal ({}), {unexplained} are unexplained\n",
        percent(equal, accepted)
    );
    text
}

/// Returns whether enough examples are equal, and the others explained by rows that are all needed.
#[must_use]
pub fn is_good(all: &[Examined], explanations: &Explanations) -> bool {
    let [_, _, accepted, _, _, equal, unexplained] = total(all);
    unexplained == 0 && explanations.needless(all).next().is_none() && equal * 1000 >= accepted * WANTED
}

fn counts(one: &Examined) -> [usize; 7] {
    [
        one.examples,
        one.of_unusable,
        one.accepted,
        one.any.len(),
        one.decoded,
        one.equal,
        one.unexplained(),
    ]
}

fn total(all: &[Examined]) -> [usize; 7] {
    all.iter().map(counts).fold([0; 7], |sums, counts| {
        std::array::from_fn(|index| sums[index] + counts[index])
    })
}

/// Returns a share in percent with three digits, rounded down.
fn percent(part: usize, whole: usize) -> String {
    let thousandths = (part * 100_000).checked_div(whole).unwrap_or(100_000);
    format!("{}.{:03} %", thousandths / 1000, thousandths % 1000)
}

fn words(different: &Different) -> String {
    let Different {
        line,
        pointer,
        schema,
        type_,
        difference,
        explanation,
    } = different;
    let explanation = explanation.as_deref().unwrap_or("unexplained");
    format!("{line}: {pointer}\n  schema {schema}\n  as {type_}\n  {difference}\n  {explanation}\n")
}
