//! `cargo xtask interop`: emitted clients against a server of npm packages, which shares no code with them.
//!
//! The server lies in `tests/interop`. What it is made of is installed below the target folder, as its lock file
//! says; the tests that talk to it are those of `tests/tests/interop`, which nothing else runs.

use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, anyhow, bail};

use crate::{Failure, tree};

/// What installs packages.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Runs the tests against a server that goes with this command.
pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    if let Some(argument) = arguments.first() {
        return Err(Failure::Usage(format!("interop takes no argument, not {argument:?}")));
    }
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
