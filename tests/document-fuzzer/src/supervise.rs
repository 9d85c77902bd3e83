//! Child processes under limits, and what they came to.
//!
//! A stack overflow, and an allocation that fails, end a process. So inputs are checked in children: the shell
//! sets the limits (`ulimit`), and the threads that run the generator have a stack of a quarter of the usual size.

use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// The address space of a child, in KiB.
pub const MEMORY: u64 = 1024 * 1024;

/// For how long an input may be worked on, in time of the processor.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// By the clock, how long a child may be silent: other programs want the processor as well.
const SILENCE: Duration = Duration::from_secs(20);

/// By the clock, how long a child may take that is bounded by time of the processor.
const WALL: Duration = Duration::from_secs(60);

/// The exit status of a child that found the output at fault; its last line says how.
pub const FAULT: u8 = 3;

/// A fault, as it is distinguished from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of the fault; faults of one kind probably have one cause.
    pub class: String,
    /// What the child said of it.
    pub detail: String,
}

/// Returns the command that runs this program in a child with limits.
///
/// # Errors
///
/// When this program has no path.
pub fn child(arguments: &[&str]) -> Result<Command> {
    let program = std::env::current_exe().context("this program has no path")?;
    let mut command = limited(&program);
    command.args(arguments);
    Ok(command)
}

/// Returns the command that runs a program with limits. What the system has no limit for stays without.
#[must_use]
pub fn limited(program: &Path) -> Command {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!(
            "ulimit -c 0; ulimit -v {MEMORY} 2>/dev/null; [ -z \"$SECONDS_OF_PROCESSOR\" ] || ulimit -t \"$SECONDS_OF_PROCESSOR\"; exec \"$0\" \"$@\""
        ))
        .arg(program)
        // One heap, so that the address space goes to the generator.
        .env("MALLOC_ARENA_MAX", "1")
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null());
    command
}

/// Runs a command that checks one input in so much time of the processor, and returns its fault.
///
/// # Errors
///
/// When the command cannot be run.
pub fn find_fault(mut command: Command, patience: Duration) -> Result<Option<Finding>> {
    command.env("SECONDS_OF_PROCESSOR", patience.as_secs().to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().context("a child cannot be started")?;
    let errors = tail(child.stderr.take());
    let output = tail(child.stdout.take());
    let started = Instant::now();
    let mut pause = Duration::from_micros(500);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if started.elapsed() > WALL {
            end(&mut child);
            break None;
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    };
    let (errors, output) = (errors.join().unwrap_or_default(), output.join().unwrap_or_default());
    Ok(finding(status, &output, &errors))
}

/// Reads a stream to its end on a thread of its own.
fn tail(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            // What was read until a fault is all that there is.
            let _ = stream.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Ends a child and waits for it.
fn end(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

/// Returns what a child's end means; `None` where it found nothing. Without a status, it was ended for its slowness.
#[must_use]
pub fn finding(status: Option<ExitStatus>, output: &str, errors: &str) -> Option<Finding> {
    if status.is_some_and(|status| status.success()) {
        return None;
    }
    let found = |class: &str, detail: &str| {
        let detail: String = detail.chars().take(2000).collect();
        Some(Finding {
            class: class.to_owned(),
            detail,
        })
    };
    if errors.contains("has overflowed its stack") {
        return found("stack overflow", errors);
    }
    if errors.contains("memory allocation of") || errors.contains("capacity overflow") {
        return found("out of memory", errors);
    }
    if let Some((_, rest)) = errors.split_once("panicked at ") {
        let place = rest.lines().next().unwrap_or_default().trim_end_matches(':');
        // The place of a panic is its line; the column adds nothing.
        let place = place.rsplit_once(':').map_or(place, |(place, _)| place);
        return found(&format!("panic at {place}"), errors);
    }
    if status.and_then(|status| status.code()) == Some(i32::from(FAULT)) {
        let line = output.lines().last().unwrap_or_default();
        let line = line.strip_prefix("fault ").unwrap_or(line);
        let class = line.split(':').next().unwrap_or_default();
        return found(class, line);
    }
    match status {
        None => found("hang", "it took too long"),
        Some(status) if is_slow(status) => found("hang", "it took too much time of the processor"),
        Some(status) => found(&format!("ended by {status}"), errors),
    }
}

/// Returns whether the limit of time ended a child: by SIGXCPU, or by SIGKILL where that was not enough.
#[cfg(unix)]
fn is_slow(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt as _;

    // The shell replaces itself by the program, but some report the signal by a status above 128.
    matches!(status.signal(), Some(24 | 9)) || matches!(status.code(), Some(152 | 137))
}

/// Returns whether the limit of time ended a child.
#[cfg(not(unix))]
fn is_slow(_status: ExitStatus) -> bool {
    false
}

/// What a batch of runs came to.
#[derive(Debug, Default)]
pub struct Batch {
    /// The last run that was begun.
    pub last: Option<u64>,
    /// How many runs were done.
    pub done: u64,
    /// How many of them gave a crate.
    pub crates: u64,
    /// Whether the last run ended the child.
    pub is_cut: bool,
    /// Whether it was silent for too long.
    pub is_silent: bool,
    /// What the child wrote to its standard error.
    pub errors: String,
}

/// Reads what a child says of its runs, until it ends, falls silent, or the time is up.
///
/// # Errors
///
/// When the child cannot be run.
pub fn watch(mut command: Command, until: Instant) -> Result<Batch> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("a child cannot be started")?;
    let (sender, receiver) = mpsc::channel();
    let errors = tail(child.stderr.take());
    let output = child.stdout.take();
    let reader = thread::spawn(move || {
        for line in output
            .into_iter()
            .flat_map(|output| BufReader::new(output).lines())
            .map_while(Result::ok)
        {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    let mut batch = Batch::default();
    loop {
        if Instant::now() > until {
            end(&mut child);
            break;
        }
        match receiver.recv_timeout(SILENCE) {
            Ok(line) => batch.take(&line),
            Err(RecvTimeoutError::Timeout) => {
                end(&mut child);
                batch.is_cut = true;
                batch.is_silent = true;
                break;
            }
            Err(RecvTimeoutError::Disconnected) => {
                batch.is_cut = !child.wait()?.success();
                break;
            }
        }
    }
    drop(receiver);
    // The reader ends with the child's output.
    let _ = reader.join();
    batch.errors = errors.join().unwrap_or_default();
    Ok(batch)
}

impl Batch {
    fn take(&mut self, line: &str) {
        match line.split_once(' ') {
            Some(("run", number)) => self.last = number.parse().ok(),
            Some(("done", outcome)) => {
                self.done += 1;
                self.crates += u64::from(outcome == "crate");
            }
            _ => {}
        }
    }
}
