//! `cargo xtask bump`: the command `apicrate bump` on what this repository configures, under a name of its own.

use std::io;

use apicrate::unstable::{self, BumpRequest, Console};

use crate::{Failure, codegen, options, show, tree};

/// Takes a new version of a document.
pub(crate) fn run(parser: &mut lexopt::Parser) -> Result<(), Failure> {
    let Some(mut request) = BumpRequest::read(parser, "cargo xtask bump")? else {
        return show(options::usage_of("bump"));
    };
    codegen::COMMAND.clone_into(&mut request.command);
    request
        .config
        .get_or_insert_with(|| tree::root().join("spec/codegen.toml"));
    let (mut out, mut err) = (io::stdout(), io::stderr());
    unstable::bump(&request, &mut Console::new(&mut out, &mut err)).map_err(Failure::from)
}
