//! What is shown to a user who asks.

/// The commands.
pub(crate) const OVERVIEW: &str = "\
Generates Rust client crates from OpenAPI documents.

Usage: apicrate <command>

  generate       generate the crates of a configuration, or of one document
  init           write a configuration, or add a crate to it
  check          write nothing; fail if the crates are not what the configuration gives
  diff           say what changes from one version of a document to another, for Rust callers and on the wire
  bump           take a new version of a document: what changes, the crate, its version and its changelog
  help [NAME]    help for a command, or for `config`, the keys of a configuration

  -V, --version  print the version
  -h, --help     help; after a command, its options

Try: apicrate generate openapi.yaml --out clients/petstore";

/// The command `generate`.
pub(crate) const GENERATE: &str = "\
Generates the crates of a configuration, or of one document.

Usage: apicrate generate [--config FILE]
       apicrate generate DOCUMENT --out DIR [--overlay FILE]... [--allow-root DIR]... [--name CRATE]

  DOCUMENT               OpenAPI 2.0, 3.0, 3.1 or 3.2, YAML or JSON; `-` is the standard input
    --out DIR            the folder of the crate: made by this command before, or with nothing in it that is in the way
                         (a README, a LICENSE or a .git is not)
    --overlay FILE       an overlay that corrects the document, in order; may be repeated
    --allow-root DIR     a folder that the document may refer to files in, beside its own; may be repeated
    --name CRATE         the name of the package; the name of DIR unless given
  --config FILE          the configuration; the nearest apicrate.toml unless given
  --only NAME            the operations with this tag, operation id, function (`pets::get`, `get`), module or path (`GET /pets/{id}`)
                         alone, and the types that they lead to; `*` is any text; may be repeated
  --lenient              an error with a safe reading skips its own operation or type only
  --strict               warnings are errors, and so is what is skipped or partly supported
  --verbose, --warnings  show every finding; else those that say the same are one, and of each code some are shown
  --format FORM          human (the default), json: one object a line, or sarif: a log of SARIF 2.1.0; also
                         --message-format
  --write-overlay FILE   write the overlay that mends what is found, as far as one can; give it as --overlay then

In a cargo workspace the crate is a member of it; elsewhere it stands alone. Files that do not differ are not written.
Exit status: 1 if the document, the configuration or the folder is at fault, 2 if the command line is.";

/// The command `init`.
pub(crate) const INIT: &str = "\
Writes a configuration, or adds a crate to it, so that `apicrate generate` needs no options.

Usage: apicrate init DOCUMENT --out DIR [options]

  DOCUMENT               OpenAPI 2.0, 3.0, 3.1 or 3.2, YAML or JSON: a file
  --out DIR              the folder of the crate
  --name CRATE           the name of the package; the name of DIR unless given
  --overlay FILE         an overlay that corrects the document, in order; may be repeated
  --allow-root DIR       a folder that the document may refer to files in, beside its own; may be repeated
  --only NAME            as `apicrate generate` has it; may be repeated
  --lenient, --strict    as `apicrate generate` has them
  --shared-runtime DIR   all crates of the configuration share the runtime in this folder, a crate that is generated too:
                         their `Json`, `DateTime`, `Error` and client options are the same types
  --config FILE          the configuration; apicrate.toml unless given";

/// The command `check`.
pub(crate) const CHECK: &str = "\
Writes nothing but the overlay of --write-overlay; fails, and names the files, if the crates are not what the configuration gives.

Usage: apicrate check [--config FILE]
       apicrate check DOCUMENT --out DIR [--overlay FILE]... [--allow-root DIR]... [--name CRATE]

The options are those of `apicrate generate`.";

/// The command `diff`.
pub(crate) const DIFF: &str = "\
Says what changes from one version of a document to another, for Rust callers and on the wire.

Usage: apicrate diff OLD NEW [options]

  OLD, NEW             OpenAPI 2.0, 3.0, 3.1 or 3.2, YAML or JSON, each of any version; `-` is the standard input
  --overlay FILE       an overlay that corrects both documents, in order; may be repeated
  --old-overlay FILE   an overlay that corrects the old document; may be repeated
  --new-overlay FILE   an overlay that corrects the new document; may be repeated
  --allow-root DIR     a folder that the documents may refer to files in, beside their own; may be repeated
  --only NAME          as `apicrate generate` has it; may be repeated
  --lenient, --strict  as `apicrate generate` has them
  --json               for programs: all changes as one JSON object
  --verbose            show every change, not those alone that one screen can show

A change that breaks callers comes with a line of code that does not compile any more, and the one to write instead.
Exit status: 0 if no change is breaking, 1 if one is, for callers or on the wire, 2 if nothing could be compared.";

/// The command `bump`.
pub(crate) const BUMP: &str = "\
Takes a new version of a document.

Usage: apicrate bump NEW [options]

  NEW            the new version, a file
  --dry-run      say what changes and what would be written, and write nothing
  --alias        keep the former names of renamed types as deprecated aliases
  --config FILE  the configuration; apicrate.toml here or in a folder around it, unless given
  --crate NAME   the crate that the document is of, in a configuration of several
  --verbose      show every change, not those alone that one screen can show

Says what changes for Rust callers and on the wire, as `apicrate diff` does. Then the document of the configuration is
replaced, its overlays are applied, and the crate is generated. Names stay as names.lock beside the configuration has them.
The version of the crate follows from the changes, and CHANGELOG.md in its folder gets an entry. If anything fails, the document,
the configuration, the lock and the changelog are as they were. A second run changes nothing.";

/// The keys of a configuration.
pub(crate) const CONFIG: &str = "\
The keys of a configuration, apicrate.toml. Paths are relative to it.

  runtime = \"copied\"              each crate has a runtime of its own; or all crates share one, a crate that is
                                  generated too: { path = \"clients/runtime\", crate = \"acme-runtime\" }, with the
                                  keys of a package below; `crate` is \"apicrate-runtime\" unless given
  command = \"cargo xtask clients\" what emitted files name as the command that makes them anew

  [[crate]]                       a crate; there may be several
  name = \"petstore\"               the name of the package
  document = \"petstore.yaml\"      OpenAPI 2.0, 3.0, 3.1 or 3.2, YAML or JSON
  overlays = [\"a.overlay.yaml\"]   corrections of the document, in order
  allow-roots = [\"../common\"]     folders that the document may refer to files in, beside its own
  out = \"clients/petstore\"        the folder of the crate
  ledger = \"petstore.tsv\"         a file that lists what of the document is not used, and why
  names = \"names.lock\"            the names of the crate, which later versions of the document keep; beside this file
  only = [\"pets\", \"GET /stores*\"] the operations that are generated, as --only of `apicrate generate` names them
  strictness = \"usual\"            or \"lenient\", or \"strict\", as the options of `apicrate generate`
  environment = \"PETSTORE\"        `Client::from_env` reads PETSTORE_TOKEN, PETSTORE_URL ...
  headers = { Accept = \"a/b\" }    sent with every request
  documents = { URL = \"a.yaml\" }  the file that a URL in references stands for; a URL that ends in `/` stands for a folder.
                                  Nothing is fetched
  dev-dependencies, build-dependencies   what your examples, tests and build script take

  Keys of a package, copied into its manifest; `{ workspace = true }` inherits one. None is made up:
  version, description, edition, rust-version, authors, license, license-file, repository, homepage, documentation,
  readme, keywords, categories, publish

A configuration of one crate may have `name`, `environment` and the keys of a package in a table `[crate]`, and all other
keys above it.";
