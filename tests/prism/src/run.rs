//! Runs the documents, one after the other.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, anyhow, bail};
use apicrate::unstable::{Document, Request};

use crate::finding::Line;
use crate::report::{self, Row};
use crate::server::{Reading, Server};
use crate::{caller, declarations, document, exceptions, plan, server};

/// The documents that are called, by the names of their files without the extension, what their responses are made of
/// (examples of the document and the least value of a schema, `static`, or values at random, `dynamic`), and how Prism
/// reads them.
///
/// Where schemas lead back to themselves by many ways, a value at random takes Prism minutes. By those of stripe it does
/// not even come to listen when it replaces the references; where they stay, making values at random ends in a
/// `TypeError`, and alters the schemas.
const DOCUMENTS: [(&str, &str, Reading); 11] = [
    ("train-travel", "static,dynamic", Reading::Whole),
    ("spotify", "static,dynamic", Reading::Whole),
    ("meilisearch", "static,dynamic", Reading::Whole),
    ("nomad", "static,dynamic", Reading::Whole),
    ("qdrant", "static,dynamic", Reading::Whole),
    ("xero-accounting", "static", Reading::Whole),
    ("oxide-nexus", "static,dynamic", Reading::Whole),
    ("twilio-api", "static,dynamic", Reading::Whole),
    ("blockfrost", "static,dynamic", Reading::Whole),
    ("openai", "static,dynamic", Reading::Whole),
    ("stripe", "static", Reading::ByReference),
];

/// Runs the documents of a folder, and says whether all is well.
///
/// What is made lies in `place`.
pub(crate) fn run(folder: &Path, place: &Path, only: &[String]) -> Result<bool> {
    let place = std::path::absolute(place)?;
    server::install(&place.join("prism"))?;
    let names = DOCUMENTS.map(|(name, ..)| name);
    if let Some(unknown) = only.iter().find(|name| !names.contains(&name.as_str())) {
        bail!("{unknown:?} is none of {}", names.join(", "));
    }
    let is_asked = |name: &str| only.is_empty() || only.iter().any(|only| only == name);
    let mut rows = Vec::new();
    for (name, modes, reading) in DOCUMENTS.into_iter().filter(|(name, ..)| is_asked(name)) {
        let path = find(folder, name)?;
        let row = called(&place, name, modes, reading, &path).with_context(|| name.to_owned())?;
        print!("{}", row.faults());
        rows.push(row);
    }
    println!("\n{}\n{}", report::reasons(&rows), report::table(&rows));
    Ok(rows.iter().all(Row::is_well))
}

fn find(folder: &Path, name: &str) -> Result<PathBuf> {
    let paths = ["yaml", "yml", "json"].map(|extension| folder.join(format!("{name}.{extension}")));
    let path = paths.into_iter().find(|path| path.exists());
    let path = path.ok_or_else(|| anyhow!("{} has no document {name}", folder.display()))?;
    std::path::absolute(&path).with_context(|| format!("{} is no path", path.display()))
}

/// Calls the operations of a document.
fn called(place: &Path, name: &'static str, modes: &str, reading: Reading, path: &Path) -> Result<Row> {
    let home = place.join("documents").join(name);
    let package = format!("interop-{name}");
    let start = Instant::now();
    caller::write_manifest(&home, &package)?;
    generate(path, &home.join("client"), &package)?;
    let resources = declarations::read(&home.join("client"))?;
    caller::write(&home, &resources)?;
    let read = document::read(path)?;
    let operations = document::operations(&read);
    let made = plan::make(&read, name, &operations);
    let (plan, report) = (home.join("plan.json"), home.join("report.jsonl"));
    fs::write(&plan, serde_json::Value::Object(made.calls.clone()).to_string())
        .context("the plan cannot be written")?;
    eprintln!(
        "{name}: {} operations, planned after {:.0?}",
        operations.len(),
        start.elapsed()
    );
    let program = build(place, &home)?;
    eprintln!("{name}: compiled after {:.0?}", start.elapsed());
    let mocked = home.join("document.json");
    fs::write(&mocked, document::without_extensions(read).to_string()).context("the document cannot be written")?;
    let server = Server::start(&place.join("prism"), &mocked, reading, &home.join("prism.log"))?;
    eprintln!("{name}: Prism listens after {:.0?}", start.elapsed());
    let mut command = Command::new(program);
    command.args([
        server.url().as_ref(),
        modes.as_ref(),
        plan.as_os_str(),
        report.as_os_str(),
    ] as [&OsStr; 4]);
    if !command.status().context("the caller cannot be run")?.success() {
        bail!("the caller failed");
    }
    eprintln!("{name}: called after {:.0?}", start.elapsed());
    let keys: Vec<String> = operations.into_iter().map(|operation| operation.key).collect();
    Ok(Row::new(
        name,
        &keys,
        &made.barren,
        &lines(&report)?,
        exceptions::of(name)?,
    ))
}

/// Reads the report of a caller.
fn lines(path: &Path) -> Result<Vec<Line>> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = text.lines().map(serde_json::from_str::<Line>);
    lines
        .collect::<Result<_, _>>()
        .with_context(|| format!("{} is no report", path.display()))
}

fn generate(path: &Path, out: &Path, package: &str) -> Result<()> {
    let request = Request {
        command: "cargo xtask interop".to_owned(),
        document: Some(Document::named(path)?),
        out: Some(out.to_owned()),
        name: Some(package.to_owned()),
        ..Request::default()
    };
    apicrate::unstable::run(&request).map(drop).map_err(anyhow::Error::from)
}

/// Compiles the caller, whose dependencies all documents share, and returns a copy that is this document's alone.
fn build(place: &Path, home: &Path) -> Result<PathBuf> {
    let lock = tests::root().join("Cargo.lock");
    fs::copy(&lock, home.join("Cargo.lock")).with_context(|| format!("{} cannot be copied", lock.display()))?;
    let mut command = Command::new("cargo");
    command
        .args(["build", "--quiet", "--manifest-path"])
        .arg(home.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(place.join("build"))
        .env("CARGO_INCREMENTAL", "0");
    if !command.status().context("cargo cannot be run")?.success() {
        bail!("the caller does not compile");
    }
    let name = format!("caller{}", std::env::consts::EXE_SUFFIX);
    let program = home.join(&name);
    fs::copy(place.join("build/debug").join(&name), &program)
        .with_context(|| format!("{} cannot be written", program.display()))?;
    Ok(program)
}
