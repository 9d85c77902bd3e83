//! The crates on disk, and the program in each that validates instances.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use apicrate::unstable as folder;
use serde_json::json;

use super::plan::{Fate, Plan};
use crate::tree;

/// The program that validates, but for its table.
const PROGRAM: &str = r#"// Reads a JSON file of pairs, a component and an instance, and writes a line with the result of each.

use std::io::Write as _;
use std::panic::catch_unwind;

use CRATE::runtime::{Decode, HasSchema, from_slice};
use CRATE::schemas;

type Validate = fn(&str) -> Result<(), String>;

fn validate<T: Decode + HasSchema>(instance: &str) -> Result<(), String> {
    let value: T = from_slice(instance.as_bytes()).map_err(|error| format!("decode: {error}"))?;
    match value.validate().first() {
        None => Ok(()),
        Some(violation) => Err(format!("validate: {violation}")),
    }
}

fn work() {
    let path = std::env::args_os().nth(1).expect("a file of instances");
    let text = std::fs::read(path).expect("a file of instances");
    let pairs: Vec<Vec<String>> = from_slice(&text).expect("pairs of a component and an instance");
    for pair in pairs {
        let validate = VALIDATORS.iter().find(|(name, _)| *name == pair[0]).expect("a component").1;
        let result = catch_unwind(|| validate(&pair[1])).unwrap_or_else(|_| Err("panic".to_owned()));
        let line = result.map_or_else(|reason| format!("refused {reason}"), |()| "accepted".to_owned());
        writeln!(std::io::stdout(), "{}", line.replace('\n', " ")).expect("a standard output");
    }
}

fn main() {
    // Frames are large without optimization; the types are tested here and not the stack.
    let worker = std::thread::Builder::new().stack_size(256 << 20).spawn(work);
    worker.expect("a thread").join().expect("results");
}

"#;

/// What a type says of an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Validity {
    /// It decodes, and keeps to its schema.
    Accepted,
    /// It does not, for the reason given.
    Refused(String),
}

/// Writes the crates of all plans into one workspace, and compiles them.
pub(super) fn build(plans: &[Plan]) -> Result<()> {
    let folder = folder();
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let members: Vec<&str> = plans.iter().map(|plan| plan.edition.package).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.dev]\ndebug = false\n");
    update(&folder.join("Cargo.toml"), &manifest)?;
    // The versions of the workspace, so that nothing has to be fetched.
    fs::copy(tree::root().join("Cargo.lock"), folder.join("Cargo.lock")).context("Cargo.lock cannot be copied")?;
    for plan in plans {
        let crate_folder = folder.join(plan.edition.package);
        let difference = folder::compare(&crate_folder, &plan.files, "cargo xtask suite", &[])?;
        folder::write(&crate_folder, &plan.files, &difference)?;
        update(
            &crate_folder.join(format!("examples/{}.rs", example(plan))),
            &program(plan),
        )?;
    }
    let status = cargo(&["build", "--workspace", "--examples"]).status();
    let status = status.context("cargo cannot be run")?;
    ensure!(status.success(), "the crates in {} do not compile", folder.display());
    Ok(())
}

/// Asks the types of a plan for their results: a list for each case, empty where it is no type.
pub(super) fn validate(plan: &Plan) -> Result<Vec<Vec<Validity>>> {
    let emitted = plan.cases.iter().filter(|case| case.fate.is_emitted());
    let pairs: Vec<_> = emitted
        .flat_map(|case| case.tests.iter().map(|test| json!([case.name, test.data.get()])))
        .collect();
    let file = folder().join(plan.edition.package).join("instances.json");
    update(&file, &json!(pairs).to_string())?;
    let mut command = cargo(&[
        "run",
        "--quiet",
        "--package",
        plan.edition.package,
        "--example",
        &example(plan),
    ]);
    let output = command.arg("--").arg(&file).stderr(Stdio::inherit()).output();
    let output = output.context("cargo cannot be run")?;
    let text = String::from_utf8(output.stdout).context("the results are not UTF-8")?;
    let mut results = text.lines().map(|line| match line.strip_prefix("refused ") {
        Some(reason) => Validity::Refused(reason.to_owned()),
        None => Validity::Accepted,
    });
    let mut lists = Vec::new();
    for case in &plan.cases {
        let count = if case.fate.is_emitted() { case.tests.len() } else { 0 };
        let list: Vec<Validity> = results.by_ref().take(count).collect();
        ensure!(
            list.len() == count,
            "the program ended at {} ({}: {}), {}",
            case.name,
            case.keyword,
            case.group,
            output.status
        );
        lists.push(list);
    }
    Ok(lists)
}

/// Returns the folder of the crates.
fn folder() -> PathBuf {
    tree::root().join("target/suite")
}

/// Returns the name of the program that validates: cargo wants another in each crate.
fn example(plan: &Plan) -> String {
    format!("validate-{}", plan.edition.package)
}

/// Returns cargo for the workspace of the crates, which has no need of a network or of optional features.
fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    let manifest = folder().join("Cargo.toml");
    let (verb, rest) = arguments.split_at(1);
    command.args(verb).arg("--manifest-path").arg(manifest);
    command.args(["--offline", "--no-default-features"]).args(rest);
    command
}

/// Returns the program that validates by the types of a plan.
fn program(plan: &Plan) -> String {
    let rows = plan.cases.iter().filter_map(|case| match &case.fate {
        Fate::Emitted { name, .. } => Some(format!("    ({:?}, validate::<{name}>),\n", case.name)),
        Fate::Refused { .. } => None,
    });
    let rows: String = rows.collect();
    let start = PROGRAM.replace("CRATE", &plan.edition.package.replace('-', "_"));
    format!("{start}const VALIDATORS: &[(&str, Validate)] = &[\n{rows}];\n")
}

/// Writes a file, unless it has this text already: cargo would compile it again.
fn update(file: &Path, text: &str) -> Result<()> {
    if fs::read(file).is_ok_and(|found| found == text.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}
