//! The command `apicrate`.
//!
//! Exit status 0 says that it is done, 1 that the document, the configuration or the output is at fault, 2 that the
//! command line is. Of `diff`, 0 says that no change is breaking, 1 that one is, 2 that nothing could be compared.

mod arguments;
mod help;

use std::io;
use std::process::ExitCode;

use apicrate::Error;
use apicrate::unstable::{self, Console, Kind};

use crate::arguments::Command;

fn main() -> ExitCode {
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let mut console = Console::new(&mut out, &mut err);
    let command = match arguments::read(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(error) => return fail(&error, 1, &mut console),
    };
    let of_faults = if matches!(command, Command::Diff(_)) { 2 } else { 1 };
    match run(command, &mut console) {
        Ok(code) => code,
        Err(error) => fail(&error, of_faults, &mut console),
    }
}

/// Says what is at fault; `of_faults` is the exit status unless the command line is.
fn fail(error: &Error, of_faults: u8, console: &mut Console<'_>) -> ExitCode {
    match unstable::kind(error) {
        Kind::Usage(message) => {
            console.err(format_args!("error: {message}"));
            ExitCode::from(2)
        }
        Kind::Fault(error) => {
            console.err(format_args!("error: {error:#}"));
            ExitCode::from(of_faults)
        }
        Kind::Reported(_) => ExitCode::from(of_faults),
    }
}

fn run(command: Command, console: &mut Console<'_>) -> Result<ExitCode, Error> {
    match command {
        Command::Show(text) => console.out(text),
        Command::Run(request) => drop(unstable::run(&request)?),
        Command::Init(request, runtime) => unstable::init(&request, runtime.as_deref(), console)?,
        Command::Diff(request) => {
            let is_breaking = unstable::diff(&request, console)?;
            return Ok(ExitCode::from(u8::from(is_breaking)));
        }
    }
    Ok(ExitCode::SUCCESS)
}
