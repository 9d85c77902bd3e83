//! The emulator as a program: `cargo xtask emulator`.

use std::io;
use std::process::ExitCode;
#[cfg(unix)]
use std::task::Poll;

use emulator::{APPLICATION, Emulator, Options};
use lexopt::{Arg, ValueExt as _};

/// Writes a line to the standard output; whoever reads it may have stopped to.
macro_rules! print_line {
    ($($argument:tt)*) => {{
        use io::Write as _;
        let _ = writeln!(io::stdout(), $($argument)*);
    }};
}

/// Writes a line to the standard error; whoever reads it may have stopped to.
macro_rules! error_line {
    ($($argument:tt)*) => {{
        use io::Write as _;
        let _ = writeln!(io::stderr(), $($argument)*);
    }};
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(error) => {
            error_line!("error: {error}\n\nUsage: cargo xtask emulator [--port N] [--data FILE]");
            return ExitCode::from(2);
        }
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error_line!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, lexopt::Error> {
    let mut options = Options::default();
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("port") => options.port = parser.value()?.parse()?,
            Arg::Long("data") => options.database = Some(parser.value()?.into()),
            other => return Err(other.unexpected()),
        }
    }
    Ok(options)
}

/// Serves until the user interrupts it, or the system asks it to end.
fn run(options: Options) -> io::Result<()> {
    let is_kept = options.database.is_some();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    // Whoever reads the address may end the emulator at once.
    let end = runtime.block_on(async { End::watch() })?;
    let emulator = Emulator::start(options)?;
    print_line!("export LOSANT_URL={}", emulator.url());
    print_line!("export LOSANT_TOKEN={}", emulator.token());
    print_line!("# There is one application, {APPLICATION}.");
    let fate = if is_kept {
        "stays"
    } else {
        "goes with the emulator; --data FILE keeps it"
    };
    print_line!("# The data is in {}, which {fate}.", emulator.database().display());
    print_line!("# Ctrl-C ends the emulator.");
    runtime.block_on(end.come())?;
    tell_all(&emulator);
    Ok(())
}

/// Says what was asked of the emulator, and what was wrong.
fn tell_all(emulator: &Emulator) {
    for (operation, count) in emulator.requests() {
        print_line!("# {operation}: {count}");
    }
    for refused in emulator.refused() {
        print_line!(
            "# refused: {} {}: {}",
            refused.operation,
            refused.target,
            refused.faults.join("; ")
        );
    }
    for fault in emulator.faults() {
        print_line!("# fault of the emulator: {fault}");
    }
}

/// The signals that end the emulator: an interrupt (Ctrl-C), a request to end, and the end of its terminal.
#[cfg(unix)]
struct End([tokio::signal::unix::Signal; 3]);

#[cfg(unix)]
impl End {
    /// Watches for the signals from now on.
    fn watch() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self([
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
            signal(SignalKind::hangup())?,
        ]))
    }

    /// Waits for the first signal.
    async fn come(mut self) -> io::Result<()> {
        let mut signals = self.0.each_mut();
        std::future::poll_fn(|context| {
            let come = signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
            if come { Poll::Ready(Ok(())) } else { Poll::Pending }
        })
        .await
    }
}

/// The interrupt that ends the emulator.
#[cfg(not(unix))]
struct End;

#[cfg(not(unix))]
impl End {
    /// The interrupt is watched for when it is waited for.
    fn watch() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for the interrupt.
    async fn come(self) -> io::Result<()> {
        tokio::signal::ctrl_c().await
    }
}
