//! The golden cases: small documents, and what they have to give.
//!
//! `cases/ok/<point>/` holds a document and the crate that it gives, a member of
//! the workspace; `cases/err/<mistake>/` holds a document and the diagnostics
//! that it gives in place of a crate. An overlay may lie beside either document.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use generator::diagnostic::human;
use generator::emit::Runtime;
use generator::{Input, Options, Run, Strictness};
use similar::TextDiff;

/// The files of a case that a run makes, by path below the case's folder.
pub type Files = BTreeMap<String, String>;

/// Where the shared runtime lies, seen from a case's crate.
const RUNTIME: &str = "../../../../../generator/runtime";

/// What a document has to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A crate.
    Ok,
    /// Diagnostics, and no crate.
    Err,
}

/// A document with what it has to give.
#[derive(Debug, Clone)]
pub struct Case {
    /// The name of the folder: the one thing that the case shows.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
    /// What the document has to give.
    pub kind: Kind,
}

/// Finds the cases of a kind, by name.
///
/// # Errors
///
/// When the folder of the cases cannot be read.
pub fn find(kind: Kind) -> io::Result<Vec<Case>> {
    let folder = crate::root().join("tests/cases").join(match kind {
        Kind::Ok => "ok",
        Kind::Err => "err",
    });
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let folder = entry.path();
            cases.push(Case { name, folder, kind });
        }
    }
    cases.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(cases)
}

impl Case {
    /// Returns the name of the package that the case gives.
    #[must_use]
    pub fn package(&self) -> String {
        format!("case-{}", self.name.replace('_', "-"))
    }

    /// Runs the generator over the document.
    ///
    /// # Errors
    ///
    /// When the document or the overlay cannot be read.
    pub fn run(&self) -> io::Result<Run> {
        let json = self.folder.join("openapi.json");
        let name = if json.exists() { "openapi.json" } else { "openapi.yaml" };
        let text = fs::read_to_string(self.folder.join(name))?;
        let overlay = self.folder.join("overlay.yaml");
        let overlays = if overlay.exists() {
            vec![("overlay.yaml".to_owned(), fs::read_to_string(overlay)?)]
        } else {
            Vec::new()
        };
        let mut options = Options::new(&self.package());
        options.package.runtime = Runtime::Shared(RUNTIME.to_owned());
        options.package.in_workspace = true;
        name.clone_into(&mut options.origin);
        if self.kind == Kind::Err {
            options.strictness = Strictness::Strict;
        }
        let input = Input {
            name,
            text: &text,
            overlays: &overlays,
        };
        Ok(generator::generate(&input, &options))
    }

    /// Returns the files that `run` gave.
    ///
    /// What an ok case has to say of its document stands in `expected.txt` as well.
    #[must_use]
    pub fn given(&self, run: &Run) -> Files {
        let mut files = Files::new();
        let rendered: Vec<String> = run
            .diagnostics
            .iter()
            .map(|diagnostic| human::render(diagnostic, &run.sources))
            .collect();
        if !rendered.is_empty() {
            files.insert("expected.txt".to_owned(), rendered.join("\n"));
        }
        for (path, text) in run.output.iter().flat_map(|output| &output.files) {
            files.insert(format!("expected/{path}"), text.clone());
        }
        files
    }

    /// Returns the files that a run has to give.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read.
    pub fn expected(&self) -> io::Result<Files> {
        let mut files = Files::new();
        let list = self.folder.join("expected.txt");
        if list.exists() {
            files.insert("expected.txt".to_owned(), fs::read_to_string(list)?);
        }
        let mut open = vec![self.folder.join("expected")];
        while let Some(folder) = open.pop().filter(|folder| folder.exists()) {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    files.insert(self.relative(&path), fs::read_to_string(&path)?);
                }
            }
        }
        Ok(files)
    }

    fn relative(&self, path: &Path) -> String {
        let parts = path.strip_prefix(&self.folder).unwrap_or(path).components();
        let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    /// Makes `given` what a run has to give; files that it does not have are removed.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or removed.
    pub fn bless(&self, given: &Files) -> io::Result<()> {
        let expected = self.expected()?;
        for (path, text) in given.iter().filter(|(path, text)| expected.get(*path) != Some(text)) {
            let file = self.folder.join(path);
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(file, text)?;
        }
        for path in expected.keys().filter(|path| !given.contains_key(*path)) {
            let file = self.folder.join(path);
            fs::remove_file(&file)?;
            let folders = file.ancestors().skip(1).take_while(|folder| *folder != self.folder);
            // A folder that is not empty stays, and so do those around it.
            folders.map(fs::remove_dir).find(Result::is_err);
        }
        Ok(())
    }
}

/// Returns how `given` differs from `expected`, or `None` where it does not.
#[must_use]
pub fn difference(expected: &Files, given: &Files) -> Option<String> {
    // Writing to a string cannot fail.
    let mut report = String::new();
    for (path, text) in expected {
        let Some(found) = given.get(path) else {
            let _ = writeln!(report, "{path} is no longer given");
            continue;
        };
        if found != text {
            let diff = TextDiff::from_lines(text, found);
            let diff = diff
                .unified_diff()
                .context_radius(3)
                .header(path, "what was given")
                .to_string();
            report.push_str(&diff);
        }
    }
    for path in given.keys().filter(|path| !expected.contains_key(*path)) {
        let _ = writeln!(report, "{path} is new");
    }
    (!report.is_empty()).then_some(report)
}
