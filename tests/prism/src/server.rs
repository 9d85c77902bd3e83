//! Prism: installs it, and runs it as the server of a document.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// What installs packages.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// The files that say which packages, in which versions.
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// The program that has Prism keep the references of a document.
const BY_REFERENCE: &str = "by-reference.mjs";

/// How many bytes the headers of a request may have for Node, the URL included: as many as clients send.
const HEADERS: &str = "131072";

/// How Prism reads a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As its command does: what is referred to stands in the place of each reference.
    Whole,
    /// The references to schemas stay (`by-reference.mjs`).
    ByReference,
}

/// How long Prism may take to read a document.
const PATIENCE: Duration = Duration::from_secs(900);

/// Installs Prism into `folder`, as the lock file says, without scripts of packages.
///
/// Its packages ask for a later Node than the one that they run by, so their wish is not enforced.
pub(crate) fn install(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let sources = tests::root().join("tests/prism");
    let read = |folder: &Path, file: &str| fs::read(folder.join(file)).ok();
    let is_same = |file: &&str| read(folder, file) == read(&sources, file);
    let copy = |file: &str| {
        fs::copy(sources.join(file), folder.join(file)).with_context(|| format!("{file} cannot be copied"))
    };
    copy(BY_REFERENCE)?;
    if FILES.iter().all(is_same) && program(folder).exists() {
        return Ok(());
    }
    for file in FILES {
        copy(file)?;
    }
    let mut command = Command::new(NPM);
    command
        .args(["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"])
        .args(["--loglevel", "error"])
        .current_dir(folder);
    let status = command
        .status()
        .context("npm cannot be run; Prism wants Node 20 or later, with npm")?;
    if !status.success() {
        bail!("npm did not install what tests/prism/package-lock.json names; the first time it wants a network");
    }
    Ok(())
}

fn program(folder: &Path) -> PathBuf {
    folder.join("node_modules/@stoplight/prism-cli/dist/index.js")
}

/// Prism with one document, until it is dropped.
pub(crate) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts Prism, which lies in `folder`, and waits until it has read the document.
    pub(crate) fn start(folder: &Path, document: &Path, reading: Reading, log: &Path) -> Result<Self> {
        let port = free_port()?;
        let log = fs::File::create(log).with_context(|| format!("{} cannot be written", log.display()))?;
        let mut command = Command::new("node");
        command.args(["--max-http-header-size", HEADERS]);
        match reading {
            Reading::Whole => command
                .arg(program(folder))
                .args(["mock", "--port", &port.to_string()])
                .args(["--seed", "interop", "--verboseLevel", "error"])
                .arg(document),
            Reading::ByReference => command
                .arg(folder.join(BY_REFERENCE))
                .arg(document)
                .arg(port.to_string()),
        };
        let process = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("node cannot be run; Prism wants Node 20 or later")?;
        let mut server = Self { process, port };
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = server.process.try_wait()? {
                bail!("Prism ended before it listened: {status}");
            }
            if start.elapsed() > PATIENCE {
                bail!("Prism does not listen after {} s", PATIENCE.as_secs());
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that ended by itself has nothing to be stopped.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns a port on which nobody listens.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?.port())
}
