//! `measure PROGRAM [ARGUMENT]...`: runs a program and appends what it took to a file, as a line of JSON.
//!
//! A process of its own measures, because the system adds up the usage of all children of a process; this one has one
//! child. Cargo calls a `RUSTC_WORKSPACE_WRAPPER` with the same arguments, so that the rustc of one crate alone can be
//! measured. `cargo xtask corpus` uses it in both ways, and says by variables of the environment what else it wants:
//!
//! - `MEASURE_REPORT`: the file that the line is appended to; required.
//! - `MEASURE_SECONDS`: after so many seconds the process group is killed, and so it is when the standard input is closed:
//!   then nobody waits for the result. Programs within do not see this variable.

use std::process::ExitCode;

#[cfg(not(unix))]
fn main() -> ExitCode {
    // Usage is read with getrusage, which only Unix has; `cargo xtask corpus` says so before it comes to this.
    ExitCode::from(2)
}

#[cfg(unix)]
fn main() -> ExitCode {
    match unix::run() {
        Ok(code) => code,
        Err(error) => {
            use std::io::Write as _;
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

#[cfg(unix)]
mod unix {
    use std::env;
    use std::ffi::OsString;
    use std::fs::OpenOptions;
    use std::io::{self, Read as _, Write as _};
    use std::path::{Path, PathBuf};
    use std::process::{Command, ExitCode, Stdio};
    use std::thread;
    use std::time::{Duration, Instant};

    use anyhow::{Context as _, Result};
    use nix::sys::resource::{Usage, UsageWho, getrusage};
    use nix::sys::signal::{Signal, killpg};
    use nix::sys::time::TimeVal;
    use nix::unistd::getpgrp;
    use serde_json::json;

    /// Runs the program, and returns its exit status.
    pub(crate) fn run() -> Result<ExitCode> {
        let report = PathBuf::from(env::var_os("MEASURE_REPORT").context("MEASURE_REPORT names no file")?);
        let seconds = env::var("MEASURE_SECONDS").ok();
        let seconds = seconds.map(|seconds| seconds.parse::<u64>()).transpose()?;
        let mut arguments = env::args_os().skip(1);
        let program = arguments.next().context("a program is missing")?;
        let arguments: Vec<OsString> = arguments.collect();
        let subject = subject(&arguments);
        if let Some(seconds) = seconds {
            supervise(report.clone(), seconds);
        }
        let started = Instant::now();
        let mut command = Command::new(&program);
        command.args(&arguments).env_remove("MEASURE_SECONDS");
        if seconds.is_some() {
            command.stdin(Stdio::null());
        }
        let status = command.status();
        let status = status.with_context(|| format!("{} cannot be run", program.display()))?;
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN).context("the usage is unknown")?;
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        let code = ExitCode::from(code.unwrap_or(1));
        if seconds.is_none() && subject.is_none() {
            // Cargo asks rustc for its version.
            return Ok(code);
        }
        let line = json!({
            "subject": subject,
            "status": status.code(),
            "cpu": processor_time(&usage),
            "wall": started.elapsed().as_secs_f64(),
            "memory": memory(&usage),
        });
        append(&report, &line)?;
        Ok(code)
    }

    /// Ends this process group after `seconds`, or when whoever waits for it is gone.
    fn supervise(report: PathBuf, seconds: u64) {
        thread::spawn(move || {
            thread::sleep(Duration::from_secs(seconds));
            // If it cannot be written, the missing line says that the program did not end.
            let _ = append(&report, &json!({ "timeout": seconds }));
            kill_group();
        });
        thread::spawn(|| {
            let _ = io::stdin().read(&mut [0]);
            kill_group();
        });
    }

    fn kill_group() {
        let _ = killpg(getpgrp(), Signal::SIGKILL);
    }

    /// Returns the name of the crate that a rustc is called for; other programs have none.
    fn subject(arguments: &[OsString]) -> Option<String> {
        let mut words = arguments.iter();
        words.find(|word| *word == "--crate-name")?;
        Some(words.next()?.to_string_lossy().into_owned())
    }

    /// Returns user and system time in seconds.
    #[expect(clippy::cast_precision_loss, reason = "2^53 microseconds are 285 years")]
    fn processor_time(usage: &Usage) -> f64 {
        let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
        seconds(usage.user_time()) + seconds(usage.system_time())
    }

    /// Returns the resident memory of the largest process, in bytes.
    fn memory(usage: &Usage) -> i64 {
        // Apple's systems count bytes, all others kibibytes.
        let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
        usage.max_rss() * unit
    }

    fn append(report: &Path, line: &serde_json::Value) -> Result<()> {
        let file = OpenOptions::new().create(true).append(true).open(report);
        // In one write: cargo may run several rustcs at once.
        file.and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()))
            .with_context(|| format!("{} cannot be written", report.display()))
    }
}
