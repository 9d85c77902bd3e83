//! `cargo xtask`: the commands of this repository.
//!
//! Exit status 0 says that it is done, 1 that the document or the output is at
//! fault, 2 that the command line is. Of `diff`, 1 says that a change is breaking,
//! 2 that nothing could be compared.

#[macro_use]
mod print;

mod bench;
mod bless;
mod bump;
mod callers;
mod ci;
mod codegen;
mod combinations;
#[cfg(unix)]
mod corpus;
mod diff;
mod emulator;
mod examples;
mod fuzz;
mod fuzz_documents;
mod interop;
mod ledger;
mod options;
mod oracle;
mod peers;
mod semver;
mod suite;
mod tree;

use std::process::ExitCode;

/// Why a command did not do what it was asked.
enum Failure {
    /// The command line is wrong.
    Usage(String),
    /// The document, the configuration or the output is at fault; it was reported already, or is reported here.
    Fault(Option<anyhow::Error>),
    /// Two documents could not be compared; the errors of documents were reported already.
    NotCompared(Option<anyhow::Error>),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Fault(Some(error))
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(message)) => {
            error_line!("error: {message}\n\n{}", options::USAGE);
            ExitCode::from(2)
        }
        Err(Failure::Fault(error)) => {
            if let Some(error) = error {
                error_line!("error: {error:#}");
            }
            ExitCode::from(1)
        }
        Err(Failure::NotCompared(error)) => {
            if let Some(error) = error {
                error_line!("error: {error:#}");
            }
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Failure> {
    let mut parser = lexopt::Parser::from_env();
    match parser.next()? {
        Some(lexopt::Arg::Value(command)) => match command.to_string_lossy().as_ref() {
            "codegen" => match options::codegen(&mut parser)? {
                Some(request) => codegen::run(&request),
                None => show(options::usage_of("codegen")),
            },
            "bench" => bench::run(&options::bench(&mut parser)?),
            "callers" => callers::run(&callers::Callers::read(&mut parser)?),
            "combinations" => combinations::run(&options::combinations(&mut parser)?),
            #[cfg(unix)]
            "corpus" => corpus::run(&options::corpus(&mut parser)?),
            #[cfg(not(unix))]
            "corpus" => Err(anyhow::anyhow!("corpus measures with getrusage, which only Unix has").into()),
            "bless" => bless::run(&options::values(&mut parser)?),
            "suite" => suite::run(&options::suite(&mut parser)?),
            "oracle" => oracle::run(&options::oracle(&mut parser)?),
            "semver" => semver::run(&options::semver(&mut parser)?),
            "emulator" => emulator::run(&options::emulator(&mut parser)?),
            "examples" => examples::run(&options::examples(&mut parser)?),
            "fuzz" => fuzz::run(&options::fuzz(&mut parser)?),
            "fuzz-documents" => fuzz_documents::run(&options::fuzz_documents(&mut parser)?),
            "ledger" => ledger::run(&options::ledger(&mut parser)?),
            "diff" => diff::run(&mut parser),
            "bump" => bump::run(&mut parser),
            "interop" => interop::run(&options::interop(&mut parser)?),
            "ci" => ci::run(&options::values(&mut parser)?),
            "help" => show(options::USAGE),
            other => Err(Failure::Usage(format!("there is no command {other:?}"))),
        },
        Some(lexopt::Arg::Long("help") | lexopt::Arg::Short('h')) => show(options::USAGE),
        Some(other) => Err(Failure::Usage(other.unexpected().to_string())),
        None => Err(Failure::Usage("a command is missing".to_owned())),
    }
}

/// Shows a text to a user who asked for it; that cannot fail.
#[expect(clippy::unnecessary_wraps, reason = "it is what a command came to")]
fn show(text: impl std::fmt::Display) -> Result<(), Failure> {
    print_line!("{text}");
    Ok(())
}
