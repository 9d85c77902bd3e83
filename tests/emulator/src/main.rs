//! The emulator as a program: `cargo xtask emulator`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks to its user")]

use std::io;
use std::process::ExitCode;

use emulator::{APPLICATION, Emulator, Options};
use lexopt::{Arg, ValueExt as _};

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(error) => {
            eprintln!("error: {error}\n\nUsage: cargo xtask emulator [--port N] [--data FILE]");
            return ExitCode::from(2);
        }
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
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

/// Serves until the user interrupts it.
fn run(options: Options) -> io::Result<()> {
    let is_kept = options.database.is_some();
    let emulator = Emulator::start(options)?;
    println!("export LOSANT_URL={}", emulator.url());
    println!("export LOSANT_TOKEN={}", emulator.token());
    println!("# There is one application, {APPLICATION}.");
    let fate = if is_kept {
        "stays"
    } else {
        "goes with the emulator; --data FILE keeps it"
    };
    println!("# The data is in {}, which {fate}.", emulator.database().display());
    println!("# Ctrl-C ends the emulator.");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(tokio::signal::ctrl_c())?;
    for (operation, count) in emulator.requests() {
        println!("# {operation}: {count}");
    }
    for refused in emulator.refused() {
        println!(
            "# refused: {} {}: {}",
            refused.operation,
            refused.target,
            refused.faults.join("; ")
        );
    }
    for fault in emulator.faults() {
        println!("# fault of the emulator: {fault}");
    }
    Ok(())
}
