//! `cargo xtask bless`: rewrites what the golden cases expect, the changes of pairs of documents, the tables of types,
//! the page of the rules of oasdiff, and the messages of the page of diagnostics.
//!
//! The cases are run here and not by their test: the test is built with the very
//! crates that are to be rewritten, which a change of the runtime may have broken.

use anyhow::{Context as _, anyhow};
use generator::unstable::counted;
use tests::cases::{self, Case, Kind};
use tests::{diagnostics_page, fuzz, oasdiff, pairs, table};

use crate::Failure;

/// Blesses the cases of these names, or all where there is no name.
pub(crate) fn run(names: &[String]) -> Result<(), Failure> {
    let mut faults = Vec::new();
    for case in chosen(names)? {
        let run = case.run().with_context(|| case.name.clone())?;
        let given = case.given(&run);
        if let Some(fault) = case.fault(&run) {
            let reported = given.get("expected.txt").map_or("", String::as_str);
            error_line!("{}: {fault}\n{reported}", case.name);
            faults.push(case.name);
            continue;
        }
        match case.bless(&given).with_context(|| case.name.clone())? {
            0 => {}
            count => print_line!("{}: {}", case.name, counted(count, "file")),
        }
    }
    if faults.is_empty() {
        if table::bless().context("the table of the differential test")? {
            print_line!("{}", table::file().display());
        }
        if fuzz::bless().context("the table of the fuzzer")? {
            print_line!("{}", fuzz::file().display());
        }
        match pairs::bless().context("the pairs of documents")? {
            0 => {}
            count => print_line!("tests/cases/diff: {}", counted(count, "file")),
        }
        if oasdiff::bless().context("the page of the rules of oasdiff")? {
            print_line!("{}", oasdiff::file().display());
        }
        if diagnostics_page::bless().context("the page of diagnostics")? {
            print_line!("{}", diagnostics_page::file().display());
        }
        Ok(())
    } else {
        Err(Failure::from(anyhow!("not blessed: {}", faults.join(", "))))
    }
}

/// Returns the cases of these names; a slip of the pen must not pass for a blessing.
fn chosen(names: &[String]) -> Result<Vec<Case>, Failure> {
    let mut found = Vec::new();
    for kind in [Kind::Ok, Kind::Err] {
        found.extend(cases::find(kind).context("the cases cannot be read")?);
    }
    if let Some(name) = names.iter().find(|name| found.iter().all(|case| case.name != **name)) {
        return Err(Failure::Usage(format!("there is no case {name:?}")));
    }
    found.retain(|case| names.is_empty() || names.contains(&case.name));
    Ok(found)
}
