//! What a build script calls.

use std::path::Path;

use crate::console::Console;
use crate::error::Error;
use crate::library::COMMAND;
use crate::paths::shown;
use crate::request::Request;
use crate::run;

/// Brings generated crates up to date from the build script of one of them, before cargo compiles it.
///
/// The build script is a file `build.rs` beside the emitted `Cargo.toml`, and `build-dependencies` of the configuration
/// has this package. It runs again when the configuration, a document, a file that it refers to or an overlay changes, and
/// writes only files that differ. Cargo has read the manifest by then, so a change of it ends the build with an error; the next build has
/// it.
///
/// If there is no configuration, as in a package that was published, the crate is compiled as it is, with a warning.
///
/// # Errors
///
/// If the configuration, a document or a folder is at fault, or a manifest changed.
#[expect(clippy::print_stdout, reason = "cargo reads the standard output of a build script")]
pub fn build_script(config: impl AsRef<Path>) -> Result<(), Error> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let request = Request::configured(COMMAND, config.as_ref());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", config.as_ref().display());
    if !config.as_ref().exists() {
        let config = config.as_ref().display();
        println!("cargo::warning=there is no {config}; the crate is compiled as it is");
        return Ok(());
    }
    let outcome = run::run(&request, &mut Console::new(&mut out, &mut err));
    // Cargo shows these lines where the build script fails.
    print!("{}", String::from_utf8_lossy(&out));
    let messages = String::from_utf8_lossy(&err);
    let report = match outcome {
        Ok(report) => report,
        Err(error) => {
            Console::new(&mut std::io::sink(), &mut std::io::stderr()).err(messages);
            return Err(error);
        }
    };
    for input in &report.inputs {
        println!("cargo::rerun-if-changed={}", input.display());
    }
    for message in messages.lines().filter(|line| !line.is_empty()) {
        println!("cargo::warning={message}");
    }
    match report.written.iter().find(|path| path.ends_with("Cargo.toml")) {
        Some(manifest) => Err(Error::reported(format!(
            "{} has changed, which cargo has read already; run cargo again",
            shown(manifest)
        ))),
        None => Ok(()),
    }
}
