//! SUPPORTED.md says of parameters what the tests beside this file show.

use std::collections::BTreeMap;
use std::fs;

use crate::{expansions, rows};

fn supported() -> String {
    fs::read_to_string(tests::root().join("SUPPORTED.md")).unwrap()
}

/// A line for each location, style and `explode`, with what the column of each type becomes.
#[test]
fn the_cells_stand_in_supported_md() {
    let mut lines: BTreeMap<(String, String, bool), Vec<String>> = BTreeMap::new();
    for row in rows::table().iter().filter(|row| row.spec == "3.1.1") {
        let bytes = match (row.location.as_str(), row.style.as_str(), row.shape.as_str()) {
            _ if row.na => "n/a".to_owned(),
            ("path", "simple", "empty") => "refused".to_owned(),
            ("header", _, "empty") => "no bytes".to_owned(),
            _ => format!("`{}`", row.bytes()),
        };
        let line = lines.entry((row.location.clone(), row.style.clone(), row.explode));
        line.or_default().push(bytes);
    }
    let supported = supported();
    for ((location, style, explode), cells) in lines {
        let line = format!("| {location} | {style} | {explode} | {} |", cells.join(" | "));
        assert!(supported.contains(&line), "SUPPORTED.md lacks {line}");
    }
}

#[test]
fn the_examples_of_rfc_6570_are_counted_in_supported_md() {
    let (reasons, refused, sent) = expansions::counts();
    let refusal = ("an argument is empty", refused);
    let sent = ("sent byte for byte", sent);
    let supported = supported();
    for (reason, count) in reasons.into_iter().chain([refusal, sent]) {
        let line = format!("| {count} | {reason} |");
        assert!(supported.contains(&line), "SUPPORTED.md lacks {line}");
    }
}
