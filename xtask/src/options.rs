//! The command line.

use std::path::PathBuf;

use apicrate::unstable::{Document, Request, Stage};
use lexopt::{Arg, Parser, ValueExt as _};

use crate::combinations::Combinations;
#[cfg(unix)]
use crate::corpus::Corpus;
use crate::emulator::Emulator;
use crate::examples::Examples;
use crate::fuzz::Fuzz;
use crate::fuzz_documents::FuzzDocuments;
use crate::interop::Interop;
use crate::ledger::Ledger;
use crate::oracle::Oracle;
use crate::semver::Semver;
use crate::{Failure, suite};

/// What is shown to a user who asks, or errs.
pub(crate) const USAGE: &str = "\
Usage: cargo xtask <command>

  codegen                  generate the crate that spec/codegen.toml configures
    --config FILE          another configuration
    --spec FILE            any document, in place of a configuration; takes
      --out DIR              the folder of the crate: empty, missing, or made by codegen
      --overlay FILE         an overlay, in order; may be repeated
      --allow-root DIR       a folder that the document may refer to files in, beside its own; may be repeated
      --name CRATE           the name of the package; the name of DIR unless given
    --only NAME            the operations of this name alone; may be repeated
    --check                write nothing; fail and name the files that differ
    --lenient              an error with a safe reading skips its own operation or type only
    --strict               warnings are errors, and so is what is skipped or partly supported
    --dump STAGE           print document, openapi or model, and write nothing
    --format FORM          human (the default), json: one object a line, or sarif: a log of SARIF 2.1.0; also --message-format
    --verbose, --warnings  show every warning, not the first with each code alone
    --write-overlay FILE   write the overlay that mends what is found, as far as one can
  diff OLD NEW             say what changes from one version of a document to another; exit status 1 if a change is breaking
    --overlay FILE         an overlay that corrects both documents, in order; may be repeated
    --old-overlay FILE     an overlay that corrects the old document; may be repeated
    --new-overlay FILE     an overlay that corrects the new document; may be repeated
    --allow-root DIR       a folder that the documents may refer to files in, beside their own; may be repeated
    --only NAME            the operations of this name alone; may be repeated
    --lenient, --strict    as codegen has them
    --json                 for programs: all changes as one JSON object
    --verbose              show every change, not those alone that one screen can show
  bump NEW                 take a new version of the document: say what changes, put it into spec/, write generated/ with a
                           new version and an entry of its changelog
    --dry-run              say what would be written, and write nothing
    --alias                keep the former names of renamed types as deprecated aliases
    --config FILE          take another configuration
    --crate NAME           the crate that the document is of, in a configuration of several
    --verbose              show every change, not those alone that one screen can show
  callers [DIR]            bump from version to version of the documents in DIR, and compile whole callers of earlier versions;
                           without DIR, those of the pairs of documents in tests/cases/diff, and of the golden cases
    --only NAME            the versions of that document alone; may be repeated
    --keep VERSION         keep the caller of this version over all later ones, not that of the first one
    --json FILE            write the outcome, with all lines and changes that do not agree
  bench [NAME]             measure the emitted types beside those of others, or only those whose name contains NAME;
                           ratios above 1 say how many times as fast the emitted ones are
    --json FILE            write the figures to a file
  corpus DIR               measure what each document below DIR comes to: generation, lines, types, errors, check
    --only NAME            that document alone, as its file is called without the extension; may be repeated
    --peers                measure other generators too; they are installed below the target folder
    --no-check             generate alone; the compiler does not check the crates
    --lenient              our generator skips what has a safe reading, as in codegen
    --timeout SECONDS      end a generation or a check that takes longer (1800)
    --json FILE            write all figures to a file
    --counts FILE          compare what depends on the document and the generator alone with the counts of a file
    --write-counts FILE    write these counts to a file; those of other documents stay in it
  bless [CASE]...          rewrite what the golden cases expect
  combinations             compile operations of every combination of what emission branches on
    --count N              how many, if every pair takes no more (2000)
    --seed N               others (1)
  oracle                   compare the emitted crates with the jsonschema crate, on values synthesized from each schema
    --instances N          how many of each (2000)
    --seed N               others (1)
    --json FILE            write the outcome: schemas, instances, disagreements
  emulator                 serve Losant's API on 127.0.0.1, and print the address and a token
    --port N               the port; any that is free unless given
    --data FILE            the SQLite file, kept; one that goes with the emulator unless given
  examples DIR             decode every example of each document below DIR that its schema accepts as the type that the schema
                           became, and encode it again: as many as 99.9 % have to be equal, and the others explained
    --only NAME            that document alone, as its file is called without the extension; may be repeated
    --json FILE            write the counts and every example that differs as JSON
  fuzz                     read arbitrary bytes as every type of the product; wants a nightly toolchain
    --seconds N            for how long (600)
  fuzz-documents [DIR]     run the generator on mutated documents of the golden cases, or on those below DIR, in processes
                           with limits; large documents are represented by excerpts
    --seconds N            for how long (600)
    --seed N               the sequence of mutations; another each time unless given
    --run N                that run of the sequence alone
  interop [DIR]            test emitted clients against a server of npm packages; needs Node 20 or later, with npm;
                           with DIR, also call every operation of eleven documents in it, with Prism as their server
    --only NAME            Prism with that document of them alone; may be repeated
  ledger DIR               compare the ledger of each document below DIR with the document: every key is used or has a line,
                           and so has an unknown key that is added to any object
  semver DIR               compare what diff says of mutated documents (petstore3, nomad, oxide-nexus and stripe in DIR, and two
                           of this repository) with what cargo-semver-checks says of their crates
    --only NAME            that document alone; may be repeated
    --pairs N              how many pairs at least, half of them in the other direction (400)
    --seed N               others (1)
    --json FILE            write every pair
  suite DIR                validate the JSON Schema Test Suite in DIR by emitted crates
    --json FILE            write the outcome and every disagreement as JSON
  ci                       what .ci/run runs";

/// Returns the part of the usage that is about a command.
pub(crate) fn usage_of(command: &str) -> String {
    let start = format!("  {command} ");
    let mut lines = USAGE.lines().skip_while(|line| !line.starts_with(&start));
    let first = lines.next().unwrap_or_default();
    let options = lines.take_while(|line| line.starts_with("    "));
    let lines: Vec<&str> = std::iter::once(first).chain(options).collect();
    format!("Usage: cargo xtask <command>\n\n{}", lines.join("\n"))
}

/// Reads the options of `codegen`; `None` if they ask for help.
pub(crate) fn codegen(parser: &mut Parser) -> Result<Option<Request>, Failure> {
    let mut request = Request::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            Arg::Long("spec") => {
                let path: PathBuf = parser.value()?.into();
                request.document = Some(Document::named(&path)?);
            }
            Arg::Long("check") => request.check = true,
            Arg::Long("dump") => request.dump = Some(stage(&parser.value()?.string()?)?),
            Arg::Long(name) => {
                let name = name.to_owned();
                if !request.option(&name, parser)? {
                    return Err(Failure::Usage(Arg::Long(&name).unexpected().to_string()));
                }
            }
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    check(&request)?;
    Ok(Some(request))
}

fn check(request: &Request) -> Result<(), Failure> {
    let wrong = |message: &str| Err(Failure::Usage(message.to_owned()));
    if request.document.is_none() {
        if request.has_options_of_a_document() {
            return wrong("--overlay, --allow-root, --out and --name go with --spec");
        }
        return Ok(());
    }
    if request.config.is_some() {
        return wrong("--spec and --config exclude each other");
    }
    if request.out.is_none() && request.dump.is_none() {
        return wrong("--spec wants --out, the folder of the crate");
    }
    Ok(())
}

fn stage(name: &str) -> Result<Stage, Failure> {
    match name {
        "document" => Ok(Stage::Document),
        "openapi" => Ok(Stage::OpenApi),
        "model" => Ok(Stage::Model),
        other => Err(Failure::Usage(format!(
            "--dump takes document, openapi or model, not {other:?}"
        ))),
    }
}

/// Reads the options of `suite`.
pub(crate) fn suite(parser: &mut Parser) -> Result<suite::Options, Failure> {
    let mut folder = None;
    let mut json = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("json") => json = Some(parser.value()?.into()),
            Arg::Value(value) if folder.is_none() => folder = Some(value.into()),
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    let folder = folder.ok_or_else(|| Failure::Usage("suite wants DIR, the folder of the suite".to_owned()))?;
    Ok(suite::Options { folder, json })
}

/// Reads the options of `ledger`.
pub(crate) fn ledger(parser: &mut Parser) -> Result<Ledger, Failure> {
    let folder = match values(parser)?.as_slice() {
        [folder] => folder.into(),
        _ => {
            return Err(Failure::Usage(
                "ledger wants DIR, the folder of the documents".to_owned(),
            ));
        }
    };
    Ok(Ledger { folder })
}

/// Reads the options of `oracle`.
pub(crate) fn oracle(parser: &mut Parser) -> Result<Oracle, Failure> {
    let mut options = Oracle::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("instances") => options.instances = parser.value()?.parse()?,
            Arg::Long("seed") => options.seed = parser.value()?.parse()?,
            Arg::Long("json") => options.json = Some(parser.value()?.into()),
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    Ok(options)
}

/// Reads the options of `semver`.
pub(crate) fn semver(parser: &mut Parser) -> Result<Semver, Failure> {
    let mut options = Semver::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("only") => options.only.push(parser.value()?.string()?),
            Arg::Long("pairs") => options.pairs = parser.value()?.parse()?,
            Arg::Long("seed") => options.seed = parser.value()?.parse()?,
            Arg::Long("json") => options.json = Some(parser.value()?.into()),
            Arg::Value(folder) if options.folder.as_os_str().is_empty() => options.folder = folder.into(),
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    if options.folder.as_os_str().is_empty() {
        return Err(Failure::Usage(
            "semver wants DIR, the folder of the documents".to_owned(),
        ));
    }
    Ok(options)
}

/// What `bench` was asked for.
#[derive(Debug, Default)]
pub(crate) struct Bench {
    /// A part of the names of what is measured.
    pub(crate) name: Option<String>,
    /// The file that the figures go to.
    pub(crate) json: Option<PathBuf>,
}

/// Reads the options of `bench`.
pub(crate) fn bench(parser: &mut Parser) -> Result<Bench, Failure> {
    let mut options = Bench::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("json") => options.json = Some(parser.value()?.into()),
            Arg::Value(name) if options.name.is_none() => options.name = Some(name.string()?),
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    Ok(options)
}

/// Reads the options of `corpus`.
#[cfg(unix)]
pub(crate) fn corpus(parser: &mut Parser) -> Result<Corpus, Failure> {
    let mut options = Corpus::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("only") => options.only.push(parser.value()?.string()?),
            Arg::Long("peers") => options.peers = true,
            Arg::Long("lenient") => options.lenient = true,
            Arg::Long("no-check") => options.check = false,
            Arg::Long("timeout") => options.timeout = parser.value()?.parse()?,
            Arg::Long("json") => options.json = Some(parser.value()?.into()),
            Arg::Long("counts") => options.counts = Some(parser.value()?.into()),
            Arg::Long("write-counts") => options.write_counts = Some(parser.value()?.into()),
            Arg::Value(folder) if options.folder.as_os_str().is_empty() => options.folder = folder.into(),
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    if options.folder.as_os_str().is_empty() {
        return Err(Failure::Usage(
            "corpus wants DIR, the folder of the documents".to_owned(),
        ));
    }
    if options.timeout == 0 {
        return Err(Failure::Usage("--timeout is at least 1".to_owned()));
    }
    Ok(options)
}

/// Reads the options of `examples`.
pub(crate) fn examples(parser: &mut Parser) -> Result<Examples, Failure> {
    let mut options = Examples::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("only") => options.only.push(parser.value()?.string()?),
            Arg::Long("json") => options.json = Some(parser.value()?.into()),
            Arg::Value(folder) if options.folder.as_os_str().is_empty() => options.folder = folder.into(),
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    if options.folder.as_os_str().is_empty() {
        return Err(Failure::Usage(
            "examples wants DIR, the folder of the documents".to_owned(),
        ));
    }
    Ok(options)
}

/// Reads the options of `fuzz`.
pub(crate) fn fuzz(parser: &mut Parser) -> Result<Fuzz, Failure> {
    let mut options = Fuzz::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("seconds") => options.seconds = parser.value()?.parse()?,
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    // To libFuzzer, no seconds are no limit.
    if options.seconds == 0 {
        return Err(Failure::Usage("--seconds is at least 1".to_owned()));
    }
    Ok(options)
}

/// Reads the options of `combinations`.
pub(crate) fn combinations(parser: &mut Parser) -> Result<Combinations, Failure> {
    let mut options = Combinations::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("count") => options.count = parser.value()?.parse()?,
            Arg::Long("seed") => options.seed = parser.value()?.parse()?,
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    Ok(options)
}

/// Reads the options of `fuzz-documents`.
pub(crate) fn fuzz_documents(parser: &mut Parser) -> Result<FuzzDocuments, Failure> {
    let mut options = FuzzDocuments::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("seconds") => options.seconds = parser.value()?.parse()?,
            Arg::Long("seed") => options.seed = Some(parser.value()?.parse()?),
            Arg::Long("run") => options.run = Some(parser.value()?.parse()?),
            Arg::Value(folder) if options.documents.is_none() => options.documents = Some(folder.into()),
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    if options.run.is_some() && options.seed.is_none() {
        return Err(Failure::Usage("--run goes with --seed".to_owned()));
    }
    Ok(options)
}

/// Reads the options of `interop`.
pub(crate) fn interop(parser: &mut Parser) -> Result<Interop, Failure> {
    let mut options = Interop::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("only") => options.only.push(parser.value()?.string()?),
            Arg::Value(folder) if options.folder.is_none() => options.folder = Some(folder.into()),
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    if options.folder.is_none() && !options.only.is_empty() {
        return Err(Failure::Usage(
            "--only goes with DIR, the folder of the documents".to_owned(),
        ));
    }
    Ok(options)
}

/// Reads the options of `emulator`.
pub(crate) fn emulator(parser: &mut Parser) -> Result<Emulator, Failure> {
    let mut options = Emulator::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("port") => options.port = Some(parser.value()?.parse()?),
            Arg::Long("data") => options.data = Some(parser.value()?.into()),
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    Ok(options)
}

/// Reads the values that are left.
pub(crate) fn values(parser: &mut Parser) -> Result<Vec<String>, Failure> {
    let mut values = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Value(value) => values.push(value.string()?),
            other => return Err(Failure::Usage(other.unexpected().to_string())),
        }
    }
    Ok(values)
}
