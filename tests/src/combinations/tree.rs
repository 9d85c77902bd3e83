//! The crates of combinations, as one workspace outside of this one, and what the compiler says of them.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use generator::{Input, Options, Run, Runtime, Severity, SharedRuntime, generate};
use serde_json::Value;

use super::axes::{KIND, SECURITY};
use super::document::{document, tag, version_and_features};
use super::pairs::Row;
use crate::command::{Outcome, cargo};

/// How combinations are spread over crates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Few crates, whose operations ask for different credentials.
    Mixed,
    /// The same for half of them; the operations of a crate of the other half all ask for the same credentials. One of
    /// fifty has a crate of its own, with the modules of the runtime that it needs.
    Apart,
}

/// How many operations a crate has at most.
const SIZE: usize = 100;

/// What a crate has: combinations by number, and whether it has a runtime of its own.
#[derive(Debug)]
struct Group {
    rows: Vec<(usize, Row)>,
    security: Option<usize>,
    is_alone: bool,
}

/// Something that is wrong with a combination, or with the crate of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The number of the combination, where it is one.
    pub combination: Option<usize>,
    /// What the generator or the compiler says.
    pub message: String,
}

/// A workspace of crates.
#[derive(Debug)]
pub struct Tree {
    folder: PathBuf,
    packages: Vec<Package>,
    faults: Vec<Fault>,
}

#[derive(Debug)]
struct Package {
    name: String,
    features: Vec<&'static str>,
    /// The features of its resources.
    resources: Vec<String>,
}

impl Tree {
    /// Generates the crates of combinations below `folder`, which is emptied first.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub fn write(folder: &Path, rows: &[Row], layout: Layout) -> io::Result<Self> {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder)?;
        let mut tree = Self {
            folder: folder.to_owned(),
            packages: Vec::new(),
            faults: Vec::new(),
        };
        for (index, group) in groups(rows, layout).iter().enumerate() {
            tree.add(index, group)?;
        }
        let members: Vec<String> = tree
            .packages
            .iter()
            .map(|package| format!("{:?}", package.name))
            .collect();
        let manifest = format!("[workspace]\nmembers = [{}]\nresolver = \"3\"\n", members.join(", "));
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::copy(crate::root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(tree)
    }

    /// Generates a crate. A warning of the compiler is an error in it.
    fn add(&mut self, index: usize, group: &Group) -> io::Result<()> {
        let rows = &group.rows;
        let name = format!("combinations-{index}");
        let folder = self.folder.join(&name);
        let text = serde_json::to_string_pretty(&document(rows, index)?)?;
        let mut options = Options::new(&name);
        options.package.in_workspace = true;
        if !group.is_alone {
            let runtime = crate::root().join("generator/runtime");
            options.package.runtime = Runtime::Shared(SharedRuntime::at(&runtime.to_string_lossy()));
        }
        let run = generate(
            &Input {
                name: "openapi.json",
                text: &text,
                overlays: &[],
            },
            &options,
        );
        self.faults.extend(faults_of(&run));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("openapi.json"), &text)?;
        let Some(output) = run.output else { return Ok(()) };
        let resources = crate::api_features(&output.files["Cargo.toml"]);
        for (path, mut text) in output.files {
            if path == "Cargo.toml" {
                text.push_str("\n[lints.rust]\nwarnings = \"deny\"\n");
            }
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            fs::write(path, text)?;
        }
        let features = rows
            .first()
            .map(|(_, row)| version_and_features(row).1)
            .unwrap_or_default();
        self.packages.push(Package {
            name,
            features,
            resources,
        });
        Ok(())
    }

    /// Returns how many crates there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.packages.len()
    }

    /// Returns whether there is no crate.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.packages.is_empty()
    }

    /// Compiles the crates, each with its features, into `target`, and returns what is wrong with them.
    #[must_use]
    pub fn check(mut self, target: &Path) -> Vec<Fault> {
        let mut features: Vec<Vec<&'static str>> =
            self.packages.iter().map(|package| package.features.clone()).collect();
        features.sort_unstable();
        features.dedup();
        for features in features {
            let of_these = self.packages.iter().filter(|package| package.features == features);
            let arguments: Vec<String> = of_these.flat_map(Package::arguments).collect();
            let options = [
                "check".to_owned(),
                "--keep-going".to_owned(),
                "--message-format=json".to_owned(),
                format!("--manifest-path={}", self.folder.join("Cargo.toml").display()),
                format!("--target-dir={}", target.display()),
            ];
            let features = features.into_iter().map(str::to_owned);
            let outcome = cargo(options.into_iter().chain(arguments).chain(features));
            self.faults.extend(faults_in(&outcome));
        }
        self.faults
    }
}

impl Package {
    /// Returns the arguments for cargo by which all of its operations are compiled.
    fn arguments(&self) -> Vec<String> {
        let name = &self.name;
        let resources = self
            .resources
            .iter()
            .map(|resource| format!("--features={name}/{resource}"));
        [format!("--package={name}")].into_iter().chain(resources).collect()
    }
}

/// Spreads numbered combinations over crates: those of a crate are of one kind.
fn groups(rows: &[Row], layout: Layout) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (number, row) in rows.iter().copied().enumerate() {
        let is_apart = layout == Layout::Apart;
        let security = (is_apart && number % 2 == 1).then_some(row[SECURITY]);
        let is_alone = is_apart && number % 50 == 49;
        let group = groups.iter_mut().find(|group| {
            let is_of_kind = group.rows.first().is_some_and(|(_, first)| first[KIND] == row[KIND]);
            !is_alone && !group.is_alone && group.security == security && is_of_kind && group.rows.len() < SIZE
        });
        match group {
            Some(group) => group.rows.push((number, row)),
            None => groups.push(Group {
                rows: vec![(number, row)],
                security,
                is_alone,
            }),
        }
    }
    groups
}

/// Returns what the generator says: no part of a combination may be skipped.
fn faults_of(run: &Run) -> impl Iterator<Item = Fault> {
    let is_fault = |severity: Severity, code: &str| {
        severity == Severity::Error || matches!(code, "operation-skipped" | "parameter-skipped" | "unreadable")
    };
    let found = run
        .diagnostics
        .iter()
        .filter(move |found| is_fault(found.severity, found.code));
    found.map(|found| Fault {
        combination: combination_in(&found.pointer.to_string()),
        message: found.render(&run.sources),
    })
}

/// Returns what the compiler says.
fn faults_in(outcome: &Outcome) -> Vec<Fault> {
    let messages = outcome
        .out
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut faults = Vec::new();
    for message in messages {
        let message = &message["message"];
        let mut spans = message["spans"].as_array().into_iter().flatten();
        let file = spans
            .find(|span| span["is_primary"] == true)
            .and_then(|span| span["file_name"].as_str());
        if message["level"] == "error"
            && let Some(file) = file
        {
            faults.push(Fault {
                combination: combination_in(file),
                message: message["rendered"].as_str().unwrap_or_default().to_owned(),
            });
        }
    }
    if faults.is_empty() && outcome.status != Some(0) {
        let mut message = String::new();
        let _ = write!(message, "cargo ended with {:?}\n{}", outcome.status, outcome.err);
        faults.push(Fault {
            combination: None,
            message,
        });
    }
    faults
}

/// Returns the number of the combination whose tag stands in a path.
fn combination_in(path: &str) -> Option<usize> {
    let names = path.split(['/', '.', '~']);
    let tags = names.filter_map(|name| name.strip_prefix("1c").or_else(|| name.strip_prefix('c')));
    let mut numbers = tags.filter_map(|digits| digits.parse().ok());
    numbers.find(|number| path.contains(&tag(*number)))
}
