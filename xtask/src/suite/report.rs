//! The outcome as a table, as `SUPPORTED.md` has it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::score::{Score, Tally};

/// Returns the tables of the required and the optional tests, and the sums.
pub(super) fn render(scores: &[Score]) -> String {
    let mut text = String::new();
    for is_optional in [false, true] {
        table(scores, is_optional, &mut text);
        text.push('\n');
    }
    sums(scores, &mut text);
    text
}

/// Writes a row for each file: how many tests agree in each edition, and what is wrong in all of them.
fn table(scores: &[Score], is_optional: bool, text: &mut String) {
    let mut rows: BTreeMap<&str, (Vec<Option<Tally>>, Tally)> = BTreeMap::new();
    for (index, score) in scores.iter().enumerate() {
        for row in score
            .rows
            .iter()
            .filter(|row| row.keyword.starts_with("optional/") == is_optional)
        {
            let (cells, sum) = rows
                .entry(&row.keyword)
                .or_insert_with(|| (vec![None; scores.len()], Tally::default()));
            cells[index] = Some(row.tally);
            *sum += row.tally;
        }
    }
    let editions: String = scores.iter().map(|score| format!(" {} |", score.edition)).collect();
    let title = if is_optional { "optional" } else { "keyword" };
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "| {title} |{editions} valid refused | invalid accepted | refused by diagnostic |\n|---|{}---|---|---|",
        "---|".repeat(scores.len())
    );
    for (keyword, (cells, sum)) in &rows {
        let keyword = keyword.trim_start_matches("optional/");
        let cells: String = cells
            .iter()
            .map(|cell| format!(" {} |", cell.map_or_else(|| "–".to_owned(), agreement)))
            .collect();
        let wrong = [sum.valid_refused, sum.invalid_accepted, sum.refused_by_diagnostic];
        let wrong: String = wrong.iter().map(|count| format!(" {count} |")).collect();
        let _ = writeln!(text, "| `{keyword}` |{cells}{wrong}");
    }
}

fn agreement(tally: Tally) -> String {
    format!("{}/{}", tally.agree, tally.tests)
}

/// Writes what each edition comes to.
fn sums(scores: &[Score], text: &mut String) {
    text.push_str("| tests | of | agree | valid refused | invalid accepted | refused by diagnostic | without a line in the ledger |\n");
    text.push_str("|---|---|---|---|---|---|---|\n");
    for score in scores {
        let parts = [
            ("without `refRemote`, `dynamicRef`, `vocabulary`", &score.asked),
            ("required", &score.required),
            ("optional", &score.optional),
        ];
        for (title, tally) in parts {
            let _ = writeln!(
                text,
                "| {}, {title} | {} | {} ({:.2} %) | {} ({:.2} %) | {} | {} | {} |",
                score.edition,
                tally.tests,
                tally.agree,
                tally.share(tally.agree),
                tally.valid_refused,
                tally.share(tally.valid_refused),
                tally.invalid_accepted,
                tally.refused_by_diagnostic,
                tally.silent,
            );
        }
    }
}
