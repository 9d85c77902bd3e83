//! Readers who stop to read, as `head` does.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};

use tests::command::Scratch;

use crate::{XTASK, pets};

#[test]
fn a_closed_pipe_ends_nothing() {
    let scratch = Scratch::new("pipes");
    let spec = pets(&scratch);
    let out = scratch.path().join("crate");
    let dump = ["--dump", "model", "--config", "spec/codegen.toml"];
    for (arguments, is_error_closed) in [(&dump[..], false), (&dump[..], true), (&[][..], true)] {
        let mut command = Command::new(&*XTASK);
        command.arg("codegen").args(arguments).current_dir(tests::root());
        if arguments.is_empty() {
            command.arg("--spec").arg(&spec).arg("--out").arg(&out);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut errors = String::new();
        let mut stderr = child.stderr.take();
        if let Some(stderr) = stderr.as_mut().filter(|_| !is_error_closed) {
            stderr.read_to_string(&mut errors).unwrap();
        }
        drop(stderr);
        let status = child.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{arguments:?}: {errors}");
        assert!(!errors.contains("panicked"), "{errors}");
    }
    // The work is done although nobody reads of it.
    assert!(fs::read_to_string(out.join("src/lib.rs")).is_ok());
}
