//! The folders of the checkout, found while the program runs.
//!
//! Cargo takes a program for fresh after the checkout was moved together with its target folder, so a path that
//! is compiled into the program may be that of another folder.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Returns the root of the workspace.
///
/// It is looked for above the package that cargo runs, then above the working directory, then above the program. Where
/// it is not found, it is the working directory, and whoever reads a file there names the path that is missing.
#[must_use]
pub fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let starts = [package, env::current_dir().ok(), env::current_exe().ok()];
    let found = starts.into_iter().flatten().find_map(|start| above(&start, is_root));
    found.or_else(|| env::current_dir().ok()).unwrap_or_default()
}

/// Returns the target folder that this program was built in.
///
/// # Panics
///
/// When the program lies in none.
#[must_use]
pub fn target() -> PathBuf {
    let program = env::current_exe().unwrap_or_else(|error| panic!("this program has no path: {error}"));
    // Cargo marks the folder (https://bford.info/cachedir/).
    let marked = above(&program, |folder| folder.join("CACHEDIR.TAG").exists());
    // A folder that was there before cargo has no mark; programs lie in `debug/deps` of it.
    let marked = marked.or_else(|| program.ancestors().nth(3).map(Path::to_owned));
    marked.unwrap_or_else(|| panic!("{} lies in no target folder", program.display()))
}

/// Writes a file with the folders around it, unless it has the text: cargo compiles what is written anew.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|written| written == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// Returns the documents below `folder`, in order: the files of YAML and JSON that say which version of OpenAPI they have,
/// not those that such documents refer to.
pub fn documents(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                open.push(path);
            } else if matches!(extension, Some("yaml" | "yml" | "json")) && is_document(&fs::read(&path)?) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Returns whether a text says which version of OpenAPI it has, as the root of a document does.
fn is_document(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let is_version = |line: &str| {
        let line = line.trim_start_matches(['{', ' ', '\t', '\u{feff}']);
        let name = line.split_once(':').map_or("", |(name, _)| name.trim());
        ["openapi", "swagger"].contains(&name.trim_matches(['"', '\'']))
    };
    let is_compact = ["\"openapi\":\"", "\"swagger\":\""]
        .iter()
        .any(|start| text.contains(start));
    is_compact || text.lines().any(is_version)
}

fn is_root(folder: &Path) -> bool {
    folder.join("xtask/Cargo.toml").exists() && folder.join("Cargo.toml").exists()
}

/// Returns the nearest of `start` and the folders around it that is one of those.
fn above(start: &Path, is_one: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    start.ancestors().find(|folder| is_one(folder)).map(Path::to_owned)
}
