//! Calls every operation of documents through their emitted clients, with Prism as the server.
//!
//! `cargo xtask interop DIR` runs it. For each document it generates the crate, writes a program that calls every
//! operation (`caller.rs`), synthesizes the arguments (`plan.rs`), and has Prism judge the requests and make up the
//! responses: once of the examples of the document, once at random from its schemas.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks to its user")]

mod caller;
mod declarations;
mod document;
mod exceptions;
mod finding;
mod plan;
mod report;
mod run;
mod server;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use lexopt::{Arg, ValueExt as _};

/// What the command was asked for.
struct Arguments {
    /// The folder of the documents.
    folder: PathBuf,
    /// The folder of what is made.
    place: PathBuf,
    /// The names of documents; all of them if empty.
    only: Vec<String>,
}

fn main() -> ExitCode {
    match arguments().and_then(|arguments| run::run(&arguments.folder, &arguments.place, &arguments.only)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Result<Arguments> {
    let mut parser = lexopt::Parser::from_env();
    let (mut folder, mut place, mut only) = (None, None, Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("only") => only.push(parser.value()?.string()?),
            Arg::Long("folder") => place = Some(PathBuf::from(parser.value()?)),
            Arg::Value(value) if folder.is_none() => folder = Some(value.into()),
            other => bail!(other.unexpected()),
        }
    }
    Ok(Arguments {
        folder: folder.context("the folder of the documents is missing")?,
        place: place.context("--folder is missing")?,
        only,
    })
}
