//! Compiles callers with the crates of versions, and finds the lines that rustc rejects.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Caller;
use crate::command;
use crate::folders::write;

/// How often callers are compiled: what names nothing keeps rustc from telling what has the wrong type.
const PASSES: usize = 12;

/// The package of the callers.
const PACKAGE: &str = "callers";

/// A workspace of crates, each in a folder with its name, and of their callers.
#[derive(Debug)]
pub struct Workspace {
    folder: PathBuf,
    target: PathBuf,
}

/// A caller, and the crate to compile it with.
#[derive(Debug, Clone)]
pub struct Job<'caller> {
    /// A name of its own.
    pub name: String,
    /// The name of the crate.
    pub package: String,
    /// The caller.
    pub caller: &'caller Caller,
    /// The statements to compile.
    pub kept: BTreeSet<usize>,
}

/// What rustc rejects of a caller.
#[derive(Debug, Clone, Default)]
pub struct Rejected {
    /// The messages, by the statements.
    pub lines: BTreeMap<usize, String>,
    /// The features that the caller asks for, and that are gone.
    pub features: Vec<String>,
}

impl Workspace {
    /// Makes a workspace in `folder` of the crates `members` and their callers; cargo uses the folder `target`.
    pub fn new(folder: &Path, target: &Path, members: &[String]) -> io::Result<Self> {
        let mut members = members.to_vec();
        members.push(PACKAGE.to_owned());
        let text = format!("[workspace]\nmembers = {members:?}\nresolver = \"3\"\n");
        write(&folder.join("Cargo.toml"), &text)?;
        fs::copy(crate::root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(Self {
            folder: folder.to_owned(),
            target: target.to_owned(),
        })
    }

    /// Compiles callers, and returns what is rejected of each.
    ///
    /// # Errors
    ///
    /// If a crate itself does not compile, or cargo cannot be run.
    pub fn check(&self, jobs: &[Job<'_>]) -> io::Result<Vec<Rejected>> {
        let mut all = Vec::new();
        let mut features: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for job in jobs {
            let (known, default) = self.features(&job.package)?;
            let (kept, gone): (Vec<&String>, Vec<&String>) =
                job.caller.features.iter().partition(|name| known.contains(*name));
            let of_package = features.entry(&job.package).or_default();
            of_package.extend(kept.into_iter().cloned());
            of_package.extend(default);
            all.push(Rejected {
                lines: BTreeMap::new(),
                features: gone.into_iter().cloned().collect(),
            });
        }
        // What is there for tests alone is there with a feature.
        for is_test in [false, true] {
            let kept = jobs.iter().map(|job| {
                let of_kind = job.caller.of_kind(is_test);
                of_kind.intersection(&job.kept).copied().collect()
            });
            let mut kept: Vec<BTreeSet<usize>> = kept.collect();
            if kept.iter().all(BTreeSet::is_empty) {
                continue;
            }
            self.write_manifest(&features, is_test)?;
            self.settle(jobs, &mut kept, &mut all)?;
        }
        Ok(all)
    }

    /// Compiles callers until rustc rejects nothing of what is left of them.
    fn settle(&self, jobs: &[Job<'_>], kept: &mut [BTreeSet<usize>], all: &mut [Rejected]) -> io::Result<()> {
        let sources = self.folder.join(PACKAGE).join("src/bin");
        fs::create_dir_all(&sources)?;
        for entry in fs::read_dir(&sources)? {
            let path = entry?.path();
            let is_wanted = |job: &Job<'_>| path.file_stem().is_some_and(|stem| stem == job.name.as_str());
            if !jobs
                .iter()
                .zip(kept.iter())
                .any(|(job, kept)| is_wanted(job) && !kept.is_empty())
            {
                fs::remove_file(path)?;
            }
        }
        let mut open: Vec<usize> = (0..jobs.len()).filter(|index| !kept[*index].is_empty()).collect();
        let mut passes = 0;
        while !open.is_empty() {
            let mut places = BTreeMap::new();
            for index in &open {
                let job = &jobs[*index];
                let (text, of_job) = job.caller.text(&job.package, &kept[*index]);
                write(&sources.join(format!("{}.rs", job.name)), &text)?;
                places.insert(job.name.as_str(), (*index, of_job));
            }
            open.clear();
            passes += 1;
            for (name, line, message) in self.compile()? {
                let place = places.get(name.as_str()).filter(|_| passes <= PASSES);
                let Some((index, statement)) = place.and_then(|(index, of_job)| Some((*index, of_job.get(&line)?)))
                else {
                    return Err(io::Error::other(format!("the caller {name} is at fault: {message}")));
                };
                kept[index].remove(statement);
                all[index].lines.insert(*statement, message);
                open.push(index);
            }
            open.dedup();
        }
        Ok(())
    }

    /// Returns the features of a crate, and those of them that are there by default, without what sends requests.
    fn features(&self, package: &str) -> io::Result<(BTreeSet<String>, BTreeSet<String>)> {
        let text = fs::read_to_string(self.folder.join(package).join("Cargo.toml"))?;
        let manifest: toml::Table = text.parse().map_err(io::Error::other)?;
        let features = manifest.get("features").and_then(toml::Value::as_table);
        let default = features.and_then(|features| features.get("default")?.as_array());
        let default = default.into_iter().flatten().filter_map(toml::Value::as_str);
        let default = default.filter(|name| !["reqwest", "serde"].contains(name));
        let known = features.into_iter().flatten().map(|(name, _)| name.clone());
        Ok((known.collect(), default.map(str::to_owned).collect()))
    }

    fn write_manifest(&self, packages: &BTreeMap<&str, BTreeSet<String>>, is_test: bool) -> io::Result<()> {
        let mut text = format!(
            "[package]\nname = {PACKAGE:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nbytes = \"1\"\n"
        );
        for (package, features) in packages {
            let client = if is_test { "mock" } else { "async" };
            let features: Vec<&str> = features.iter().map(String::as_str).chain([client]).collect();
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "{package} = {{ path = \"../{package}\", default-features = false, features = {features:?} }}"
            );
        }
        write(&self.folder.join(PACKAGE).join("Cargo.toml"), &text)
    }

    /// Returns the errors of the callers: the name of each, the line and the message.
    fn compile(&self) -> io::Result<Vec<(String, usize, String)>> {
        let target = self.target.to_string_lossy().into_owned();
        let arguments = [
            "check",
            "--keep-going",
            "--package",
            PACKAGE,
            "--bins",
            "--message-format",
            "json",
        ];
        let outcome = command::outcome(
            command::cargo_in(&self.folder)
                .args(arguments)
                .args(["--target-dir", &target]),
        );
        let mut found = Vec::new();
        for line in outcome.out.lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else {
                continue;
            };
            let is_of_caller = message["target"]["kind"][0] == "bin";
            let name = message["target"]["name"].as_str().unwrap_or_default();
            let message = &message["message"];
            if message["level"] != "error" {
                continue;
            }
            if !is_of_caller {
                let text = message["rendered"].as_str().unwrap_or_default();
                return Err(io::Error::other(format!("the crate {name} does not compile: {text}")));
            }
            let text = message["message"].as_str().unwrap_or_default();
            let spans = message["spans"].as_array().into_iter().flatten();
            let primary = spans.filter(|span| span["is_primary"] == true);
            let lines = primary.filter_map(|span| usize::try_from(span["line_start"].as_u64()?).ok());
            found.extend(lines.map(|line| (name.to_owned(), line, text.to_owned())));
        }
        if found.is_empty() && outcome.status != Some(0) {
            return Err(io::Error::other(outcome.err));
        }
        Ok(found)
    }
}
