//! The command line.

use std::path::PathBuf;

use apicrate::Error;
use apicrate::unstable::{BumpRequest, DiffRequest, Document, Request, no_option, no_short_option, usage_error};
use generator::unstable::nearest;
use lexopt::{Arg, Parser};

use crate::help;

/// The command that emitted files name.
const COMMAND: &str = "apicrate generate";

/// What the command line asks for.
pub(crate) enum Command {
    /// A text.
    Show(String),
    /// A run.
    Run(Request),
    /// A configuration, with the folder of the runtime that its crates share.
    Init(Request, Option<PathBuf>),
    /// A comparison of two documents.
    Diff(DiffRequest),
    /// A new version of a document.
    Bump(BumpRequest),
}

/// A command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Generate,
    Init,
    Check,
    Diff,
    Bump,
}

/// The commands by their names, each with its help and its options.
const COMMANDS: [(&str, Name, &str, &[&str]); 5] = [
    ("generate", Name::Generate, help::GENERATE, &RUN_OPTIONS),
    ("init", Name::Init, help::INIT, &INIT_OPTIONS),
    ("check", Name::Check, help::CHECK, &RUN_OPTIONS),
    // These know their options themselves.
    ("diff", Name::Diff, help::DIFF, &[]),
    ("bump", Name::Bump, help::BUMP, &[]),
];

const RUN_OPTIONS: [&str; 14] = [
    "allow-root",
    "config",
    "format",
    "help",
    "lenient",
    "message-format",
    "name",
    "only",
    "out",
    "overlay",
    "strict",
    "verbose",
    "warnings",
    "write-overlay",
];

const INIT_OPTIONS: [&str; 10] = [
    "allow-root",
    "config",
    "help",
    "lenient",
    "name",
    "only",
    "out",
    "overlay",
    "shared-runtime",
    "strict",
];

/// Reads the command line.
pub(crate) fn read(mut parser: Parser) -> Result<Command, Error> {
    let command = match next(&mut parser)? {
        None => return Err(usage_error("a command is missing; see apicrate --help")),
        Some(Argument::Short('h')) => return Ok(Command::Show(help::OVERVIEW.to_owned())),
        Some(Argument::Short('V')) => return Ok(version()),
        Some(Argument::Short(short)) => {
            return Err(no_short_option(short, "apicrate --help"));
        }
        Some(Argument::Long(name)) => {
            return match name.as_str() {
                "help" => Ok(Command::Show(help::OVERVIEW.to_owned())),
                "version" => Ok(version()),
                _ => Err(no_option(&name, &["help", "version"], "apicrate --help")),
            };
        }
        Some(Argument::Value(name)) => name.to_string_lossy().into_owned(),
    };
    if command == "help" {
        return help(&mut parser);
    }
    match COMMANDS.iter().find(|(name, ..)| *name == command) {
        Some((_, Name::Diff, text, _)) => {
            let request = DiffRequest::read(&mut parser, "apicrate diff")?;
            Ok(request.map_or_else(|| Command::Show((*text).to_owned()), Command::Diff))
        }
        Some((_, Name::Bump, text, _)) => {
            let request = BumpRequest::read(&mut parser, "apicrate bump")?;
            Ok(request.map_or_else(
                || Command::Show((*text).to_owned()),
                |request| {
                    Command::Bump(BumpRequest {
                        command: COMMAND.to_owned(),
                        ..request
                    })
                },
            ))
        }
        Some((name, command, text, options)) => arguments(parser, (name, *command), text, options),
        None => Err(no_command(&command)),
    }
}

/// An argument that owns its text, so that its value can be read.
enum Argument {
    Short(char),
    Long(String),
    Value(PathBuf),
}

fn next(parser: &mut Parser) -> Result<Option<Argument>, Error> {
    let argument = parser.next().map_err(|error| usage_error(error.to_string()))?;
    Ok(argument.map(|argument| match argument {
        Arg::Short(short) => Argument::Short(short),
        Arg::Long(name) => Argument::Long(name.to_owned()),
        Arg::Value(value) => Argument::Value(value.into()),
    }))
}

/// Reads the arguments of a command.
fn arguments(
    mut parser: Parser,
    (name, command): (&str, Name),
    text: &str,
    options: &[&str],
) -> Result<Command, Error> {
    let mut request = Request {
        command: COMMAND.to_owned(),
        init: Some("apicrate init"),
        check: command == Name::Check,
        ..Request::default()
    };
    let mut runtime = None;
    let see = format!("apicrate {name} --help");
    while let Some(argument) = next(&mut parser)? {
        match argument {
            Argument::Short('h') => return Ok(Command::Show(text.to_owned())),
            Argument::Short(short) => return Err(no_short_option(short, &see)),
            Argument::Long(option) if option == "help" => return Ok(Command::Show(text.to_owned())),
            Argument::Long(option) if !options.contains(&option.as_str()) => {
                return Err(no_option(&option, options, &see));
            }
            Argument::Long(option) if option == "shared-runtime" => {
                let value = parser.value().map_err(|error| usage_error(error.to_string()))?;
                runtime = Some(value.into());
            }
            Argument::Long(option) => {
                request.option(&option, &mut parser)?;
            }
            Argument::Value(value) if request.document.is_none() => request.document = Some(Document::named(&value)?),
            Argument::Value(value) => {
                return Err(usage_error(format!(
                    "one document is enough, and {} is another; see {see}",
                    value.display()
                )));
            }
        }
    }
    if command == Name::Init {
        return Ok(Command::Init(request, runtime));
    }
    check(&request, name)?;
    Ok(Command::Run(request))
}

/// Refuses options that do not go together.
fn check(request: &Request, name: &str) -> Result<(), Error> {
    let wrong = |message: &str| Err(usage_error(format!("{message}; see apicrate {name} --help")));
    if request.document.is_none() {
        if request.has_options_of_a_document() {
            return wrong("--overlay, --allow-root, --out and --name go with a document");
        }
    } else if request.config.is_some() {
        return wrong("a document and --config exclude each other");
    } else if request.out.is_none() {
        return wrong("--out is missing, the folder of the crate, such as clients/petstore");
    }
    Ok(())
}

/// Shows the help for what the next argument names.
fn help(parser: &mut Parser) -> Result<Command, Error> {
    let text = match next(parser)? {
        Some(Argument::Value(name)) => {
            let name = name.to_string_lossy().into_owned();
            let known = COMMANDS.iter().map(|(command, _, text, _)| (*command, *text));
            let mut known = known.chain([("config", help::CONFIG), ("help", help::OVERVIEW)]);
            let found = known.find(|(command, _)| *command == name);
            found.map(|(_, text)| text).ok_or_else(|| no_command(&name))?
        }
        _ => help::OVERVIEW,
    };
    Ok(Command::Show(text.to_owned()))
}

fn version() -> Command {
    Command::Show(format!("apicrate {}", env!("CARGO_PKG_VERSION")))
}

fn no_command(name: &str) -> Error {
    let commands = COMMANDS.iter().map(|(name, ..)| *name);
    // Whoever names a file wants it generated.
    let hint = match nearest(name, commands.chain(["help", "config"])) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if name.contains('.') => format!("to generate a crate: apicrate generate {name} --out DIR"),
        None => "see apicrate --help".to_owned(),
    };
    usage_error(format!("there is no command {name:?}; {hint}"))
}
