//! The golden cases: small documents, and what they have to give.
//!
//! `cases/ok/<point>/` holds a document and the crate that it gives, a member of
//! the workspace; `cases/err/<mistake>/` holds a document and the diagnostics
//! that it gives in place of a crate. An overlay may lie beside either document, and so may documents that it refers to.
//! Where a case is about a document that lies elsewhere, `case.toml` names it; where its crate reads the
//! environment, `case.toml` has the prefix of the variables.
//!
//! `also_2_0.yaml`, `also_3_0.yaml` or `also_3_1.yaml` beside a document says the same in the words of
//! another version of OpenAPI, and has to give the same crate. `meant.yaml` beside a document with faults says what is
//! meant, has to give the same crate, and is what the oracle reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use generator::unstable::Stages;
use generator::{Input, NamesText, Options, Run, Runtime, SharedRuntime, Strictness};
use similar::TextDiff;

use crate::documents::Documents;
use crate::inputs::Texts;
use crate::settings::Settings;
pub use crate::version::{ALSO, Version};

/// The names lock of a case, and the one that a run makes of it.
const NAMES: &str = "names.lock";
const EXPECTED_NAMES: &str = "expected.lock";

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
    /// When the document, an overlay or `case.toml` cannot be read.
    pub fn run(&self) -> io::Result<Run> {
        self.run_in_stages().map(|stages| stages.run)
    }

    /// Runs the generator over the document, and keeps what each stage made.
    ///
    /// # Errors
    ///
    /// When the document, an overlay or `case.toml` cannot be read.
    pub fn run_in_stages(&self) -> io::Result<Stages> {
        self.run_part(Vec::new())
    }

    /// Runs the generator over the selected operations of the document; without a selection, over all.
    ///
    /// # Errors
    ///
    /// When the document, an overlay or `case.toml` cannot be read.
    pub fn run_part(&self, only: Vec<String>) -> io::Result<Stages> {
        let texts = self.texts()?;
        Ok(self.generate(&texts, &texts.name, only))
    }

    /// Runs the generator over the other spellings of the document, and names each. The crate names the
    /// first one in its headers, so that a difference is one of meaning.
    ///
    /// # Errors
    ///
    /// When a document cannot be read, or its version is not that of its name.
    pub fn run_also(&self) -> io::Result<Vec<(&'static str, Run)>> {
        let there = ALSO.into_iter().filter(|(_, name)| self.folder.join(name).exists());
        there
            .map(|(version, name)| {
                let first = self.texts()?;
                let mut also = Texts::read(&self.folder, name, None)?;
                also.overlays.clone_from(&first.overlays);
                also.environment.clone_from(&first.environment);
                let versions = [&also, &first].map(|texts| Version::of(&texts.document).map(|(version, _)| version));
                if versions[0] != Some(version) || versions[1] == Some(version) {
                    let words = format!("{}: {name} and {} are of {versions:?}", self.name, first.name);
                    return Err(io::Error::other(words));
                }
                Ok((name, self.generate(&also, &first.name, Vec::new()).run))
            })
            .collect()
    }

    /// Returns whether the document has a second spelling in the words of the other version of 3.
    #[must_use]
    pub fn has_other_version(&self) -> bool {
        let mut others = ALSO.iter().filter(|(version, _)| *version != Version::V2_0);
        others.any(|(_, name)| self.folder.join(name).exists())
    }

    /// Runs the generator over what a document with faults means, where that is written beside it.
    ///
    /// # Errors
    ///
    /// When the document cannot be read.
    pub fn run_meant(&self) -> io::Result<Option<Stages>> {
        const MEANT: &str = "meant.yaml";
        if !self.folder.join(MEANT).exists() {
            return Ok(None);
        }
        let texts = Texts::read(&self.folder, MEANT, None)?;
        Ok(Some(self.generate(&texts, &self.texts()?.name, Vec::new())))
    }

    /// Runs the generator over the document as one of the other version: the same words under another number.
    /// A document without operations gets the `paths` that 3.0 asks for. `None` if there is no such version.
    ///
    /// # Errors
    ///
    /// When the document or an overlay cannot be read, or has no version.
    pub fn run_in_other_version(&self) -> io::Result<Option<Run>> {
        let mut texts = self.texts()?;
        let Some((version, place)) = Version::of(&texts.document) else {
            return Err(io::Error::other(format!("{}: a document without version", self.name)));
        };
        let Some(other) = version.other() else {
            return Ok(None);
        };
        texts.document.replace_range(place, other.number().0);
        if version == Version::V3_1 && !texts.document.contains("paths") {
            texts.document.push_str("paths: {}\n");
        }
        Ok(Some(self.generate(&texts, &texts.name, Vec::new()).run))
    }

    /// Runs the generator over `texts`; the headers of the crate name `origin`.
    fn generate(&self, texts: &Texts, origin: &str, only: Vec<String>) -> Stages {
        let mut options = Options::new(&self.package());
        options.selection.only = only;
        options.package.runtime = Runtime::Shared(SharedRuntime::at(RUNTIME));
        options.package.in_workspace = true;
        "cargo xtask codegen".clone_into(&mut options.command);
        origin.clone_into(&mut options.origin);
        options.package.environment.clone_from(&texts.environment);
        if self.kind == Kind::Err {
            options.strictness = Strictness::Strict;
        }
        let input = Input {
            name: &texts.name,
            text: &texts.document,
            overlays: &texts.overlays,
        };
        let names = fs::read_to_string(self.folder.join(NAMES));
        options.names = names.ok().map(|text| NamesText {
            name: NAMES.to_owned(),
            text,
        });
        let documents = Documents::below(&texts.folder, &texts.name);
        Stages::with(&input, &options, Some(&documents))
    }

    /// Reads what the case is about: the files that `case.toml` names, or those that lie in the folder.
    fn texts(&self) -> io::Result<Texts> {
        let settings = self.folder.join("case.toml");
        let settings = settings.exists().then(|| Settings::read(&settings)).transpose()?;
        let settings = settings.unwrap_or_default();
        if let Some(document) = &settings.document {
            let overlays = settings.overlays.iter().map(String::as_str);
            return Texts::read(&crate::root(), document, overlays);
        }
        let is_json = self.folder.join("openapi.json").exists();
        let name = if is_json { "openapi.json" } else { "openapi.yaml" };
        let overlay = Some("overlay.yaml").filter(|name| self.folder.join(name).exists());
        let texts = Texts::read(&self.folder, name, overlay)?;
        Ok(Texts {
            environment: settings.environment,
            ..texts
        })
    }

    /// Returns what is wrong with the outcome of `run` whatever its files are: a
    /// case of one kind must not be blessed with what the other kind gives.
    #[must_use]
    pub fn fault(&self, run: &Run) -> Option<&'static str> {
        match (self.kind, &run.output) {
            (Kind::Ok, None) => Some("the document gives no crate"),
            (Kind::Err, Some(_)) => Some("the document gives a crate"),
            (Kind::Err, None) if run.diagnostics.is_empty() => {
                Some("the document gives nothing, and nothing is said of it")
            }
            (Kind::Ok, Some(_)) | (Kind::Err, None) => None,
        }
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
            .map(|diagnostic| diagnostic.render(&run.sources))
            .collect();
        if !rendered.is_empty() {
            files.insert("expected.txt".to_owned(), rendered.join("\n"));
        }
        files.extend(
            run.names
                .as_ref()
                .map(|names| (EXPECTED_NAMES.to_owned(), names.to_string())),
        );
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
        for name in ["expected.txt", EXPECTED_NAMES] {
            let file = self.folder.join(name);
            if file.exists() {
                files.insert(name.to_owned(), fs::read_to_string(file)?);
            }
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
    /// Returns how many files are new, changed or gone.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or removed.
    pub fn bless(&self, given: &Files) -> io::Result<usize> {
        let expected = self.expected()?;
        let mut count = 0;
        for (path, text) in given.iter().filter(|(path, text)| expected.get(*path) != Some(text)) {
            let file = self.folder.join(path);
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(file, text)?;
            count += 1;
        }
        for path in expected.keys().filter(|path| !given.contains_key(*path)) {
            let file = self.folder.join(path);
            fs::remove_file(&file)?;
            count += 1;
            let folders = file.ancestors().skip(1).take_while(|folder| *folder != self.folder);
            // A folder that is not empty stays, and so do those around it.
            folders.map(fs::remove_dir).find(Result::is_err);
        }
        Ok(count)
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
