//! The outcome as a table, as `SUPPORTED.md` has it.

use std::collections::BTreeMap;

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
    let title = if is_optional { "optional" } else { "keyword" };
    let mut head = vec![title];
    head.extend(scores.iter().map(|score| score.edition.as_str()));
    head.extend(["valid refused", "invalid accepted", "refused by diagnostic"]);
    line(&head, text);
    line(&vec!["---"; head.len()], text);
    for (keyword, (cells, sum)) in &rows {
        let mut row = vec![format!("`{}`", keyword.trim_start_matches("optional/"))];
        row.extend(cells.iter().map(|cell| cell.map_or_else(|| "–".to_owned(), agreement)));
        let wrong = [sum.valid_refused, sum.invalid_accepted, sum.refused_by_diagnostic];
        row.extend(wrong.map(|count| count.to_string()));
        line(&row, text);
    }
}

/// Writes a line of a table.
fn line(cells: &[impl AsRef<str>], text: &mut String) {
    for cell in cells {
        text.push_str("| ");
        text.push_str(cell.as_ref());
        text.push(' ');
    }
    text.push_str("|\n");
}

fn agreement(tally: Tally) -> String {
    format!("{}/{}", tally.agree, tally.tests)
}

/// Writes what each edition comes to.
fn sums(scores: &[Score], text: &mut String) {
    let head = [
        "sums",
        "tests",
        "agree",
        "valid refused",
        "invalid accepted",
        "refused by diagnostic",
        "no line in the ledger",
    ];
    line(&head, text);
    line(&["---"; 7], text);
    for score in scores {
        let parts = [
            ("asked for", &score.asked),
            ("required", &score.required),
            ("optional", &score.optional),
        ];
        for (title, tally) in parts {
            let share = |count| format!("{count} ({:.2} %)", tally.share(count));
            let row = [
                format!("{}, {title}", score.edition),
                tally.tests.to_string(),
                share(tally.agree),
                share(tally.valid_refused),
                share(tally.invalid_accepted),
                share(tally.refused_by_diagnostic),
                tally.silent.to_string(),
            ];
            line(&row, text);
        }
    }
}
