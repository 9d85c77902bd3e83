//! `cargo xtask interop`: emitted clients against a server of npm packages, which shares no code with them.
//!
//! The server lies in `tests/interop`. What it is made of is installed below the target folder, as its lock file
//! says; the tests that talk to it are those of `tests/tests/interop`, which nothing else runs.
//!
//! With a folder of documents, `tests/prism` calls every operation of eleven of them too, with Prism as the server.

use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, anyhow, bail};

use crate::{Failure, tree};

/// What installs packages.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// What the command was asked for.
#[derive(Debug, Default)]
pub(crate) struct Interop {
    /// The folder of the documents that are called with Prism as the server.
    pub(crate) folder: Option<PathBuf>,
    /// The names of those documents; without the tests. All of them, with the tests, if empty.
    pub(crate) only: Vec<String>,
}

/// Runs the tests, then the calls of documents if there is a folder of them.
pub(crate) fn run(options: &Interop) -> Result<(), Failure> {
    if options.only.is_empty() {
        test()?;
    }
    options
        .folder
        .as_deref()
        .map_or(Ok(()), |folder| call(folder, &options.only))
}

/// Calls every operation of documents, with Prism as the server.
fn call(folder: &Path, only: &[String]) -> Result<(), Failure> {
    let mut command = Command::new("cargo");
    command
        .args(["run", "--quiet", "--package", "prism-interop", "--manifest-path"])
        .arg(tree::root().join("Cargo.toml"))
        .arg("--")
        .arg(folder)
        .arg("--folder")
        .arg(tree::target()?.join("interop-prism"));
    for name in only {
        command.args(["--only", name]);
    }
    let status = command.status().context("cargo cannot be run")?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Fault(None))
    }
}

/// Runs the tests against a server that goes with this command.
fn test() -> Result<(), Failure> {
    let server = Server::start(&install()?)?;
    print_line!("the server listens at {}", server.url);
    let mut command = Command::new("cargo");
    command
        .args(["test", "--quiet", "--package", "tests", "--test", "interop"])
        .args(["--", "--ignored"])
        .current_dir(tree::root())
        .env("INTEROP_URL", &server.url);
    let status = command.status().context("cargo cannot be run")?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Fault(None))
    }
}

/// Installs the server and its packages below the target folder, and returns where.
fn install() -> Result<PathBuf> {
    let folder = tree::target()?.join("interop");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let sources = tree::root().join("tests/interop");
    for entry in fs::read_dir(&sources).with_context(|| format!("{} cannot be read", sources.display()))? {
        let entry = entry?;
        // What somebody installed beside the server is not what the lock file says.
        if entry.file_type()?.is_file() {
            let file = entry.path();
            fs::copy(&file, folder.join(entry.file_name()))
                .with_context(|| format!("{} cannot be copied", file.display()))?;
        }
    }
    let mut command = Command::new(NPM);
    command
        .args(["ci", "--ignore-scripts", "--engine-strict", "--prefer-offline"])
        .args(["--no-audit", "--no-fund", "--loglevel", "error"])
        .current_dir(&folder);
    let status = command.status().map_err(|error| missing("npm", &error))?;
    if !status.success() {
        bail!("npm did not install what tests/interop/package-lock.json names; the first time it wants a network");
    }
    Ok(folder)
}

/// Says what would help where a program cannot be run.
fn missing(program: &str, error: &io::Error) -> anyhow::Error {
    anyhow!(
        "{program} cannot be run ({error}); the server wants Node 20 or later with npm: install it, and run this again"
    )
}

/// The server, until it is dropped.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts the server that lies in `folder`, and waits until it says where it listens.
    fn start(folder: &Path) -> Result<Self> {
        // It ends with its standard input too, so that it stays behind in no case.
        let process = Command::new("node")
            .arg("server.mjs")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| missing("node", &error))?;
        let mut server = Self {
            process,
            url: String::new(),
        };
        if let Some(output) = server.process.stdout.take() {
            let read = BufReader::new(output).read_line(&mut server.url);
            read.context("the server cannot be heard")?;
        }
        server.url.truncate(server.url.trim_end().len());
        if server.url.is_empty() {
            bail!("the server ended before it said where it listens");
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that ended by itself has nothing to be stopped.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
