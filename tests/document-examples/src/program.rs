//! The crate of a document, and the program in it that decodes and encodes examples.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use apicrate::unstable as folder;
use serde_json::json;

/// The program, but for its table.
const PROGRAM: &str = r#"// Reads a JSON file of pairs, the number of a type and a text, and writes a line with the result of each.

#![allow(deprecated, reason = "documents deprecate some of their schemas")]

use std::io::Write as _;
use std::panic::catch_unwind;

use CRATE as krate;
use krate::runtime::{Decode, Encode, from_slice, to_string};

type Read = fn(&str) -> Result<String, String>;

fn read<T: Decode + Encode>(text: &str) -> Result<String, String> {
    let value: T = from_slice(text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(to_string(&value))
}

fn work() {
    let path = std::env::args_os().nth(1).expect("a file of pairs");
    let text = std::fs::read(path).expect("a file of pairs");
    let pairs: Vec<Vec<String>> = from_slice(&text).expect("pairs of a number and a text");
    for pair in pairs {
        let read = TYPES[pair[0].parse::<usize>().expect("a number")];
        let result = catch_unwind(|| read(&pair[1])).unwrap_or_else(|_| Err("panic".to_owned()));
        let line = result.map_or_else(|reason| format!("refused {reason}"), |text| format!("encoded {text}"));
        writeln!(std::io::stdout(), "{}", line.replace('\n', " ")).expect("a standard output");
    }
}

fn main() {
    // Frames are large without optimization; the types are tested here and not the stack.
    let worker = std::thread::Builder::new().stack_size(256 << 20).spawn(work);
    worker.expect("a thread").join().expect("results");
}

"#;

/// A value that a type is asked to decode.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The type, as the program writes it.
    pub(crate) type_: String,
    /// The value as JSON text.
    pub(crate) text: String,
}

/// Decodes values by the types of a crate and encodes them again: each text, or why there is none.
///
/// What is made lies below `place`.
pub(crate) fn run(
    place: &Path,
    package: &str,
    files: &folder::Files,
    asked: &[Asked],
) -> Result<Vec<Result<String, String>>> {
    let folder = place.join("crates").join(package);
    let features = write(&folder, files)?;
    let mut types: BTreeMap<&str, usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    for one in asked {
        let count = types.len();
        let number = *types.entry(&one.type_).or_insert(count);
        pairs.push(json!([number.to_string(), one.text]));
    }
    // Cargo wants programs of different crates to have different names.
    let example = format!("read-{package}");
    let file = folder.join("examples.json");
    for (file, text) in [
        (&folder.join(format!("examples/{example}.rs")), program(package, &types)),
        (&file, json!(pairs).to_string()),
    ] {
        tests::write(file, &text).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program)
        .args(["run", "--quiet", "--offline", "--no-default-features"])
        .args(["--features", &features, "--example", &example, "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(place.join("build"))
        .arg("--")
        .arg(&file)
        // Warnings of emitted crates are the subject of other tests.
        .env("RUSTFLAGS", "-Awarnings")
        .stderr(Stdio::inherit())
        .output()
        .context("cargo cannot be run")?;
    if !output.status.success() {
        bail!("the program in {} ended: {}", folder.display(), output.status);
    }
    let text = String::from_utf8(output.stdout).context("the results are not UTF-8")?;
    let results: Vec<_> = text.lines().filter_map(result).collect();
    ensure!(
        results.len() == asked.len(),
        "{} results of {} values",
        results.len(),
        asked.len()
    );
    Ok(results)
}

/// Returns the result of a line that the program wrote.
fn result(line: &str) -> Option<Result<String, String>> {
    match line.split_once(' ')? {
        ("encoded", text) => Some(Ok(text.to_owned())),
        ("refused", reason) => Some(Err(reason.to_owned())),
        _ => None,
    }
}

/// Writes a crate that is in no workspace but its own, and returns the features that its types are compiled with.
fn write(folder: &Path, files: &folder::Files) -> Result<String> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut files = files.clone();
    let manifest = files.get_mut("Cargo.toml").context("the crate has no manifest")?;
    let features = tests::api_features(manifest).join(",");
    manifest.push_str("\n[workspace]\n\n[profile.dev]\ndebug = false\nincremental = false\n");
    let difference = folder::compare(folder, &files, "cargo xtask examples", &[])?;
    folder::write(folder, &files, &difference)?;
    // The versions of the workspace, so that nothing has to be fetched.
    let lock = tests::root().join("Cargo.lock");
    fs::copy(&lock, folder.join("Cargo.lock")).with_context(|| format!("{} cannot be copied", lock.display()))?;
    Ok(features)
}

/// Returns the program that has these types, by their numbers.
fn program(package: &str, types: &BTreeMap<&str, usize>) -> String {
    let mut rows: Vec<(&usize, &&str)> = types.iter().map(|(type_, number)| (number, type_)).collect();
    rows.sort_unstable();
    let mut text = PROGRAM.replace("CRATE", &package.replace('-', "_"));
    text.push_str("const TYPES: &[Read] = &[\n");
    for (_, type_) in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "    read::<{type_}>,");
    }
    text.push_str("];\n");
    text
}
