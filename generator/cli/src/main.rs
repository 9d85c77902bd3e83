//! The command `apicrate`.
//!
//! Exit status 0 says that it is done, 1 that the document, the configuration or the output is at fault, 2 that the
//! command line is.

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
    let Err(error) = run(&mut console) else {
        return ExitCode::SUCCESS;
    };
    match unstable::kind(&error) {
        Kind::Usage(message) => {
            console.err(format_args!("error: {message}"));
            ExitCode::from(2)
        }
        Kind::Fault(error) => {
            console.err(format_args!("error: {error:#}"));
            ExitCode::from(1)
        }
        Kind::Reported(_) => ExitCode::from(1),
    }
}

fn run(console: &mut Console<'_>) -> Result<(), Error> {
    match arguments::read(lexopt::Parser::from_env())? {
        Command::Show(text) => {
            console.out(text);
            Ok(())
        }
        Command::Run(request) => unstable::run(&request).map(drop),
        Command::Init(request, runtime) => unstable::init(&request, runtime.as_deref(), console),
    }
}
