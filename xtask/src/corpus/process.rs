//! Programs that are measured while they run.

use std::ffi::OsString;
use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::place::Place;
use super::report::Outcome;
use crate::tree;

/// A program to run.
pub(super) struct Program<'a> {
    pub(super) path: &'a Path,
    pub(super) arguments: Vec<OsString>,
    /// Where what it says goes: a path to which extensions are added.
    pub(super) log: PathBuf,
    pub(super) environment: Vec<(&'static str, PathBuf)>,
}

/// What a process took, with those that it started.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Usage {
    /// User and system time in seconds.
    pub(super) cpu: f64,
    /// Seconds from start to end.
    pub(super) wall: f64,
    /// Resident memory of the largest process at its peak, in bytes.
    pub(super) memory: u64,
}

/// What a program came to.
#[derive(Debug)]
pub(super) struct Ended {
    lines: Vec<Line>,
    /// What it wrote to its standard output.
    pub(super) out: String,
    /// What it wrote to its standard error.
    pub(super) err: String,
}

/// A line that `measure` writes.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Line {
    Timeout {
        timeout: u64,
    },
    Measured {
        /// The crate that a rustc was called for; `None` for the program itself.
        subject: Option<String>,
        status: Option<i32>,
        #[serde(flatten)]
        usage: Usage,
    },
}

impl Place {
    /// Runs a program in the root of the workspace until it ends, or its time does.
    pub(super) fn run(&self, program: &Program) -> Result<Ended> {
        let file = |extension: &str| program.log.with_extension(extension);
        let create = |extension: &str| {
            File::create(file(extension)).with_context(|| format!("{} cannot be made", file(extension).display()))
        };
        let report = file("usage");
        // An empty one, so that nothing of an earlier program is in it.
        create("usage")?;
        let mut command = Command::new(self.program("measure"));
        command
            .arg(program.path)
            .args(&program.arguments)
            .current_dir(tree::root())
            .env("MEASURE_REPORT", &report)
            .env("MEASURE_SECONDS", self.timeout.to_string())
            .stdin(Stdio::piped())
            .stdout(create("out")?)
            .stderr(create("err")?)
            // It ends its process group when it takes too long, or when this process is gone.
            .process_group(0);
        for (name, _) in std::env::vars_os() {
            // What cargo says about our own package.
            let name = name.to_string_lossy();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&*name);
            }
        }
        command.envs(program.environment.iter().map(|(name, value)| (name, value)));
        let mut child = command.spawn().context("`measure` cannot be run")?;
        // Waiting would close it, which says that nobody waits.
        let input = child.stdin.take();
        child.wait().context("`measure` was lost")?;
        drop(input);
        let lines = text(&report)?;
        Ok(Ended {
            lines: lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?,
            out: text(&file("out"))?,
            err: text(&file("err"))?,
        })
    }
}

/// Returns what a program wrote, which need not be UTF-8.
fn text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl Ended {
    /// Returns what the program took; `None` if it did not end by itself.
    pub(super) fn usage(&self) -> Option<Usage> {
        self.own().map(|(_, usage)| usage)
    }

    /// Returns what the rustc took that compiled `krate`.
    pub(super) fn usage_of(&self, krate: &str) -> Option<Usage> {
        self.lines.iter().find_map(|line| match line {
            Line::Measured {
                subject: Some(subject),
                usage,
                ..
            } if subject == krate => Some(*usage),
            _ => None,
        })
    }

    /// Returns whether the program ended with status 0.
    pub(super) fn succeeded(&self) -> bool {
        self.status() == Some(0)
    }

    /// Returns the exit status; `None` when a signal ended it.
    pub(super) fn status(&self) -> Option<i32> {
        self.own().and_then(|(status, _)| status)
    }

    /// Returns the outcome of a program that did not succeed: `other`, unless it took too long.
    pub(super) fn outcome(&self, other: Outcome) -> Outcome {
        if self.timeout().is_some() {
            Outcome::TimedOut
        } else {
            other
        }
    }

    /// Returns why the program did not succeed, in one line.
    pub(super) fn reason(&self) -> String {
        if let Some(seconds) = self.timeout() {
            return format!("did not end within {seconds} s");
        }
        match first_error(&self.err).or_else(|| first_error(&self.out)) {
            Some(line) => line.to_owned(),
            None if self.status().is_none() => "was ended by a signal".to_owned(),
            None => "says nothing".to_owned(),
        }
    }

    fn own(&self) -> Option<(Option<i32>, Usage)> {
        self.lines.iter().find_map(|line| match line {
            Line::Measured {
                subject: None,
                status,
                usage,
            } => Some((*status, *usage)),
            _ => None,
        })
    }

    fn timeout(&self) -> Option<u64> {
        self.lines.iter().find_map(|line| match line {
            Line::Timeout { timeout } => Some(*timeout),
            Line::Measured { .. } => None,
        })
    }
}

/// Returns the first line that speaks of an error or a panic, else the last one.
fn first_error(text: &str) -> Option<&str> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_error = |line: &&str| {
        let line = line.to_lowercase();
        line.contains("error") || line.contains("panicked")
    };
    let first = lines().find(is_error);
    // `panicked at file:line:` has its message in the next line.
    let first = match first {
        Some(line) if line.contains("panicked at") => lines().skip_while(|other| *other != line).nth(1).or(first),
        _ => first,
    };
    first.or_else(|| lines().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(report: &str, err: &str) -> Ended {
        Ended {
            lines: report.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
            out: String::new(),
            err: err.to_owned(),
        }
    }

    const RUSTC: &str = r#"{"subject":"corpus_a","status":0,"cpu":2.5,"wall":3.0,"memory":4096}"#;
    const CARGO: &str = r#"{"subject":null,"status":0,"cpu":9.5,"wall":9.0,"memory":8192}"#;

    #[test]
    fn the_crate_is_told_from_the_program() {
        let ended = ended(&format!("{RUSTC}\n{CARGO}"), "");
        assert!(ended.succeeded());
        assert_eq!(ended.usage().map(|usage| usage.memory), Some(8192));
        assert_eq!(ended.usage_of("corpus_a").map(|usage| usage.memory), Some(4096));
        assert_eq!(ended.usage_of("___"), None);
    }

    #[test]
    fn a_program_that_takes_too_long_has_neither_status_nor_usage() {
        let ended = ended(r#"{"timeout":5}"#, "error: something before");
        assert!(!ended.succeeded());
        assert_eq!(ended.usage(), None);
        assert_eq!(ended.outcome(Outcome::Failed), Outcome::TimedOut);
        assert_eq!(ended.reason(), "did not end within 5 s");
    }

    #[test]
    fn the_reason_is_the_first_error() {
        let reason = |err: &str| ended(r#"{"subject":null,"status":1,"cpu":1,"wall":1,"memory":1}"#, err).reason();
        assert_eq!(reason("warning: a\nerror[x]: b\n  --> c\nerror: d\n"), "error[x]: b");
        assert_eq!(
            reason("thread 'main' panicked at src/a.rs:1:2:\nno such name\nnote: run"),
            "no such name"
        );
        assert_eq!(reason("a\nb\n"), "b");
        assert_eq!(reason(""), "says nothing");
    }
}
