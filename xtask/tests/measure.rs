//! The program `measure`: what it reports, and when it ends what it runs.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "what cannot be started fails the test")]

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A run of `measure`, in a process group of its own.
struct Run {
    process: Child,
    report: PathBuf,
}

impl Run {
    fn start(name: &str, seconds: Option<u64>, program: &[&str]) -> Self {
        let report = std::env::temp_dir().join(format!("measure-{}-{name}", std::process::id()));
        let _ = fs::remove_file(&report);
        // Beside the folder `deps` with this test. The path that cargo says while it compiles is wrong in a checkout
        // that was moved.
        let test = std::env::current_exe().unwrap();
        let mut command = Command::new(test.ancestors().nth(2).unwrap().join("measure"));
        command
            .args(program)
            .env("MEASURE_REPORT", &report)
            .stdin(Stdio::piped())
            .process_group(0);
        if let Some(seconds) = seconds {
            command.env("MEASURE_SECONDS", seconds.to_string());
        }
        let process = command.spawn().unwrap();
        Self { process, report }
    }

    /// Waits with the standard input open, and returns the lines that were reported.
    fn end(mut self) -> (ExitStatus, Vec<Value>) {
        let input = self.process.stdin.take();
        let status = self.process.wait().unwrap();
        drop(input);
        let text = fs::read_to_string(&self.report).unwrap_or_default();
        let _ = fs::remove_file(&self.report);
        let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
        (status, lines.collect())
    }
}

#[test]
fn it_reports_what_a_program_took_and_ends_as_it_does() {
    let busy = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; exit 3";
    let (status, lines) = Run::start("took", Some(600), &["sh", "-c", busy]).end();
    assert_eq!(status.code(), Some(3));
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((&line["subject"], &line["status"]), (&Value::Null, &Value::from(3)));
    assert!(line["cpu"].as_f64().unwrap() > 0.0, "{line}");
    assert!(line["wall"].as_f64().unwrap() > 0.0, "{line}");
    assert!(line["memory"].as_u64().unwrap() > 100_000, "{line}");
}

#[test]
fn it_reports_the_crate_of_a_compiler_and_nothing_of_other_calls() {
    let (_, lines) = Run::start("crate", None, &["true", "--crate-name", "some_crate", "src/lib.rs"]).end();
    assert_eq!(lines[0]["subject"], "some_crate");
    let (status, lines) = Run::start("version", None, &["true", "-vV"]).end();
    assert!(status.success() && lines.is_empty(), "{lines:?}");
}

#[test]
fn it_ends_a_program_that_takes_too_long() {
    let started = Instant::now();
    let (status, lines) = Run::start("long", Some(1), &["sh", "-c", "sleep 300; true"]).end();
    assert_eq!(status.code(), None);
    assert_eq!(lines, [serde_json::json!({ "timeout": 1 })]);
    assert!(started.elapsed() < Duration::from_secs(200));
}

#[test]
fn it_ends_a_program_that_nobody_waits_for() {
    let started = Instant::now();
    let mut run = Run::start("alone", Some(600), &["sleep", "300"]);
    drop(run.process.stdin.take());
    let (status, lines) = run.end();
    assert_eq!(status.code(), None);
    assert!(lines.is_empty(), "{lines:?}");
    assert!(started.elapsed() < Duration::from_secs(200));
}
