//! Programs that a test runs, and what they said.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a program came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The exit status; `None` when a signal ended it.
    pub status: Option<i32>,
    /// What it wrote to its standard output.
    pub out: String,
    /// What it wrote to its standard error.
    pub err: String,
}

impl Outcome {
    /// Returns the same outcome when its status is `status`.
    ///
    /// # Panics
    ///
    /// When it is another; the message has what the program wrote.
    #[expect(
        clippy::must_use_candidate,
        clippy::return_self_not_must_use,
        reason = "the status may be all that counts"
    )]
    pub fn expect(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            Some(status),
            "exit status\n--- out\n{}\n--- err\n{}",
            self.out,
            self.err
        );
        self
    }
}

/// Runs a program in `folder`.
///
/// # Panics
///
/// When it cannot be started.
#[must_use]
pub fn run<A: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = A>,
    folder: &Path,
) -> Outcome {
    outcome(Command::new(program).args(arguments).current_dir(folder))
}

/// Runs a command to its end.
///
/// # Panics
///
/// When it cannot be started.
#[must_use]
pub fn outcome(command: &mut Command) -> Outcome {
    let output = command
        // What talks to a server of its own must not ask a proxy for it.
        .env("NO_PROXY", "127.0.0.1")
        .env("no_proxy", "127.0.0.1")
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    Outcome {
        status: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs the cargo that runs the tests, in the root of the workspace.
///
/// # Panics
///
/// When it cannot be started.
#[must_use]
pub fn cargo<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Outcome {
    outcome(cargo_in(&crate::root()).args(arguments))
}

/// Returns a call of the cargo that runs the tests, in `folder`.
#[must_use]
pub fn cargo_in(folder: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        // Variables that describe the package of a test. Build scripts that ask for such a variable would run once more, now
        // and, without it, the next time.
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command.current_dir(folder);
    command
}

/// A folder that goes when the value does.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes an empty folder for the test `name`.
    ///
    /// # Panics
    ///
    /// When there is no room for temporary files.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("generator-{}-{name}", std::process::id()));
        // One that an ended process left behind is nobody's.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        Self(folder)
    }

    /// Returns the folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
