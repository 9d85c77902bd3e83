//! The page that lists the rules of oasdiff beside what a diff says of the same changes.
//!
//! `fixtures/oasdiff/rules.tsv` has a row for each rule: its id, the kind of change, the pair of `cases/diff` that shows
//! it, the direction of the pair, and a note. The classes on the wire are those that the pair gives.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::PathBuf;

use generator::{ChangeKind, Diff, WireClass};

use crate::pairs;

/// What is in place of a kind where the diff says nothing of a change.
const NOTHING: &str = "-";

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// The kind of change that the diff reports, if it reports one.
    pub kind: Option<ChangeKind>,
    /// The pair that shows it, and whether from its old document to the new one.
    pub pair: Option<(String, bool)>,
    /// What there is to say: always if the diff reports nothing.
    pub note: String,
}

/// What the diff says of such a change, to requests and to responses.
type Classes = (Option<WireClass>, Option<WireClass>);

/// Returns the file of the page.
#[must_use]
pub fn file() -> PathBuf {
    crate::root().join("docs/oasdiff.md")
}

/// Reads the table.
///
/// # Errors
///
/// If it cannot be read, or a row is at fault.
pub fn rules() -> io::Result<Vec<Rule>> {
    let text = fs::read_to_string(crate::root().join("tests/fixtures/oasdiff/rules.tsv"))?;
    text.lines().skip(1).map(rule).collect()
}

fn rule(line: &str) -> io::Result<Rule> {
    let fault = |what: &str| io::Error::other(format!("{what}: {line}"));
    let [id, kind, pair, direction, note] = line.split('\t').collect::<Vec<_>>()[..] else {
        return Err(fault("a row has five columns"));
    };
    let known = ChangeKind::ALL.iter().copied().find(|known| known.code() == kind);
    if known.is_none() && kind != NOTHING {
        return Err(fault("there is no such kind"));
    }
    let is_forth = match (known, direction) {
        (Some(_), "forth") => Some(true),
        (Some(_), "back") => Some(false),
        (None, NOTHING) if !note.is_empty() => None,
        _ => return Err(fault("a row has a kind and a direction, or a note")),
    };
    Ok(Rule {
        id: id.to_owned(),
        kind: known,
        pair: is_forth.map(|is_forth| (pair.to_owned(), is_forth)),
        note: note.to_owned(),
    })
}

/// Returns the page as the table and the pairs give it.
///
/// # Errors
///
/// If a file cannot be read, or a pair does not show what a row says.
pub fn page() -> io::Result<String> {
    let mut diffs: BTreeMap<String, [Diff; 2]> = BTreeMap::new();
    for pair in pairs::find()? {
        let both = pair.diffs()?;
        diffs.insert(pair.name, both);
    }
    let rules = rules()?;
    let told = rules.iter().filter(|rule| rule.kind.is_some()).count();
    let mut page = format!(
        "# The rules of oasdiff\n\n\
         [oasdiff](https://github.com/oasdiff/oasdiff) compares two OpenAPI documents by rules, each with an id. This page has \
         what `apicrate diff` says of the same changes: the kind of change (`kind` in the output of `--json`), and its class on \
         the wire, to those who send requests and to those who read responses. Each row names a pair of `tests/cases/diff` that \
         shows it, and the direction; the classes are those that the pair gives, so a rule about requests is shown by a schema that \
         responses may have too. Of {} rules, {told} have a kind of change; the others have the reason.\n\n\
         The ids are those of the messages of oasdiff (`checker/localizations_src/en/messages.yaml` at 0001ef8e), with those of the \
         bounds that it makes from a table (`checker/bound_rules.go`), and of the styles of parameters. oasdiff is not run here: its \
         severities are another matter, and can be configured there.\n\n\
         `cargo xtask bless` writes this page from `tests/fixtures/oasdiff/rules.tsv`.\n\n\
         | rule | kind of change | requests | responses | shown by | note |\n|---|---|---|---|---|---|\n",
        rules.len(),
    );
    for rule in &rules {
        row(&mut page, rule, &diffs)?;
    }
    Ok(page)
}

fn row(page: &mut String, rule: &Rule, diffs: &BTreeMap<String, [Diff; 2]>) -> io::Result<()> {
    let class = |class: Option<WireClass>| class.map_or("", WireClass::as_str);
    let (kind, classes, pair) = match (rule.kind, &rule.pair) {
        (Some(kind), Some((pair, is_forth))) => {
            let fault = || io::Error::other(format!("{}: {pair} does not show it", rule.id));
            let [forth, back] = diffs.get(pair).ok_or_else(fault)?;
            let classes = classes(if *is_forth { forth } else { back }, kind).ok_or_else(fault)?;
            let direction = if *is_forth { "" } else { ", back" };
            (format!("`{kind}`"), classes, format!("`{pair}`{direction}"))
        }
        _ => (String::new(), (None, None), String::new()),
    };
    let (request, response) = (class(classes.0), class(classes.1));
    // Writing to a string cannot fail.
    let _ = writeln!(
        page,
        "| `{}` | {kind} | {request} | {response} | {pair} | {} |",
        rule.id, rule.note
    );
    Ok(())
}

/// Returns the worst classes of the changes of a kind; `None` if there is no such change.
fn classes(diff: &Diff, kind: ChangeKind) -> Option<Classes> {
    let found = diff.changes.iter().filter(|change| change.kind == kind);
    found
        .map(|change| (change.wire.request, change.wire.response))
        .reduce(|one, other| (one.0.max(other.0), one.1.max(other.1)))
}

/// Writes the page, and returns whether it changed.
///
/// # Errors
///
/// If a file cannot be read or written.
pub fn bless() -> io::Result<bool> {
    let page = page()?;
    if fs::read_to_string(file()).ok().as_ref() == Some(&page) {
        return Ok(false);
    }
    fs::write(file(), page)?;
    Ok(true)
}
