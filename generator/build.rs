//! Lists the sources of the runtime, which emitted crates have a copy of, for `src/emit/runtime`.

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::{env, fs};

const RUNTIME: &str = "runtime/src";

fn main() -> io::Result<()> {
    // Cargo looks at the files below the folder, and at the list of them.
    println!("cargo::rerun-if-changed={RUNTIME}");
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    collect(Path::new(RUNTIME), "", &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        // The path is completed when the list is compiled, so that a checkout can be moved.
        let source = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{RUNTIME}/{file}\")");
        writeln!(list, "    ({file:?}, include_str!({source})),").map_err(io::Error::other)?;
    }
    list.push_str("]\n");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("runtime_sources.rs"), list)
}

/// Adds the Rust files below `folder`, by their paths with `/`.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name
            .to_str()
            .ok_or_else(|| io::Error::other("a file name is no UTF-8"))?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), files)?;
        } else if Path::new(name).extension().is_some_and(|extension| extension == "rs") {
            files.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}
