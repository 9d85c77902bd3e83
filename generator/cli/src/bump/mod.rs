//! The command `bump`: takes a new version of a document.

mod changelog;
mod files;
mod request;
mod summary;
mod version;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use generator::unstable::{Stages, counted};
use generator::{Diff, NamesLock, NamesText, Package, Strictness};
use toml_edit::{DocumentMut, Item, value};

use self::files::Texts;
pub use self::request::BumpRequest;
use self::version::Release;
use crate::console::Console;
use crate::error::Error;
use crate::paths::{absolute, shown};
use crate::plan::{CratePlan, Plan};
use crate::report;
use crate::request::{Document, Request};
use crate::run;

/// The file for what changed, in the folder of the crate.
const CHANGELOG: &str = "CHANGELOG.md";

/// The new version of a document beside the one of today.
struct Bump<'plan> {
    plan: &'plan CratePlan,
    /// The document of today.
    document: &'plan Path,
    old: Stages,
    new: Stages,
    diff: Diff,
    /// The version of the crate today, unless it is inherited from a workspace.
    version: Option<String>,
    /// The paths of types that have another name in the new document, each with the new path.
    renames: Vec<(String, String)>,
}

/// Takes a new version of a document: says what changes, puts the document in its place, and generates the crate with a
/// new version and an entry of its changelog. Names stay as they are locked. With `dry_run`, nothing is written.
///
/// # Errors
///
/// If the configuration, a document or a folder is at fault; then nothing is written.
pub fn bump(request: &BumpRequest, console: &mut Console<'_>) -> Result<(), Error> {
    let configured = Request {
        command: request.command.clone(),
        config: request.config.clone(),
        ..Request::default()
    };
    let plan = Plan::read(&configured)?;
    let config = plan
        .config
        .as_deref()
        .ok_or_else(|| anyhow!("a bump wants a configuration"))?;
    let each = chosen(&plan, request.package.as_deref())?;
    check_alone(&plan, each)?;
    let Some(bump) = Bump::read(each, request, console)? else {
        return settle(request, &configured, console);
    };
    let release = bump.release();
    let version = bump
        .version
        .as_deref()
        .and_then(|version| version::next(version, release));
    let texts = bump.texts(request, config, version.as_deref())?;
    summary::show(&bump, request, (release, version.as_deref()), console);
    let unmatched = report::unmatched_actions(&bump.new.run);
    if unmatched > 0 {
        let actions = counted(unmatched, "overlay action");
        let summary =
            format!("{actions} to remove or to correct before the new document can be taken; nothing was written");
        return Err(anyhow!(summary).into());
    }
    if request.dry_run {
        console.out(format_args!("would be written: {}, and the crate", texts.names()));
        return Ok(());
    }
    let former = texts.write()?;
    match run::run(&configured, console) {
        Ok(_) => {
            console.out(format_args!("written: {}, and the crate", texts.names()));
            Ok(())
        }
        Err(error) => {
            let failures = former.restore();
            for failure in &failures {
                console.err(failure);
            }
            if failures.is_empty() {
                console.err("the document, the configuration, the names lock and the changelog are as they were");
            }
            console.err(format_args!(
                "if files of the crate were written before that, `{}` brings them back",
                plan.command
            ));
            Err(error)
        }
    }
}

/// Brings the crate in line with a document that is in its place already: a run may have been cut off, or the document
/// was changed where it stands.
fn settle(request: &BumpRequest, configured: &Request, console: &mut Console<'_>) -> Result<(), Error> {
    let mut configured = configured.clone();
    configured.check = request.dry_run;
    let report = run::run(&configured, console)?;
    let outcome = if report.written.is_empty() && report.removed.is_empty() {
        "nothing changes"
    } else {
        "the crate was not up to date with it; its version and its changelog are as they were"
    };
    console.out(format_args!(
        "{} is the document already; {outcome}",
        shown(&request.document)
    ));
    Ok(())
}

/// Refuses a document that several crates are made of: a bump is of one.
fn check_alone(plan: &Plan, each: &CratePlan) -> Result<(), Error> {
    let document = |plan: &CratePlan| match &plan.document {
        Document::File(path) => Some(absolute(path)),
        Document::StandardInput => None,
    };
    let is_other = |other: &&CratePlan| other.options.package.name != each.options.package.name;
    let mut others = plan.crates.iter().filter(is_other);
    match others.find(|other| document(other) == document(each)) {
        Some(other) => Err(Error::usage(format!(
            "{} and {} are made of one document; put the new one in its place, and generate both: their names stay as they are locked",
            each.options.package.name, other.options.package.name
        ))),
        None => Ok(()),
    }
}

/// Returns the crate that is asked for.
fn chosen<'plan>(plan: &'plan Plan, name: Option<&str>) -> Result<&'plan CratePlan, Error> {
    let names = || {
        let names = plan.crates.iter().map(|each| each.options.package.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    match (name, plan.crates.as_slice()) {
        (None, [only]) => Ok(only),
        (None, _) => Err(Error::usage(format!(
            "--crate says which crate the document is of: {}",
            names()
        ))),
        (Some(name), crates) => {
            let mut crates = crates.iter();
            let found = crates.find(|each| each.options.package.name == name);
            found.ok_or_else(|| Error::usage(format!("there is no crate {name:?}; the configuration has {}", names())))
        }
    }
}

impl<'plan> Bump<'plan> {
    /// Reads both versions; `None` if they are one.
    fn read(plan: &'plan CratePlan, request: &BumpRequest, console: &mut Console<'_>) -> Result<Option<Self>, Error> {
        let Document::File(document) = &plan.document else {
            return Err(Error::usage("the document of a configuration is a file"));
        };
        if run::read(document)? == run::read(&request.document)? {
            return Ok(None);
        }
        let overlays = run::overlays(plan)?;
        let names = plan.names.as_deref().map(run::names).transpose()?;
        // The overlays may be corrected for the new document already.
        let mut today = plan.clone();
        today.options.allows_unmatched_actions = true;
        today.options.strictness = Strictness::Lenient;
        let (old, _) = run::model(&today, &overlays, names)?;
        if old.run.diagnostics.has_errors() {
            report::diagnostics(&old.run, &Request::default(), console);
            let summary = format!(
                "the document of today, {}, has errors with these overlays",
                shown(document)
            );
            console.err(&summary);
            return Err(Error::reported(summary));
        }
        let mut next = CratePlan {
            document: Document::File(request.document.clone()),
            ..plan.clone()
        };
        next.options.allows_unmatched_actions = true;
        if next.options.strictness == Strictness::Strict {
            // What no longer fits is listed; the run that writes is strict.
            next.options.strictness = Strictness::Usual;
        }
        let locked = old.run.names.clone().unwrap_or_default();
        let (mut new, others) = run::model(&next, &overlays, Some(text(&locked)))?;
        refuse_others(&others, &request.document)?;
        let mut diff = Self::compare(&old, &new, console)?;
        let renames = diff.renames.clone();
        if request.alias && !renames.is_empty() {
            let mut aliased = locked;
            aliased.aliases.extend(renames.iter().cloned());
            new = run::model(&next, &overlays, Some(text(&aliased)))?.0;
            diff = Self::compare(&old, &new, console)?;
        }
        Ok(Some(Self {
            plan,
            document,
            old,
            new,
            diff,
            version: version_of(&plan.options.package),
            renames,
        }))
    }

    /// Compares both versions. The faults of the new one are shown.
    fn compare(old: &Stages, new: &Stages, console: &mut Console<'_>) -> Result<Diff, Error> {
        generator::unstable::diff(old, new).ok_or_else(|| {
            report::diagnostics(&new.run, &Request::default(), console);
            Error::reported("the new document cannot be taken as it is; nothing was written")
        })
    }

    /// Returns what a new version of the crate brings.
    fn release(&self) -> Release {
        if self.diff.is_breaking() {
            Release::Major
        } else if self.diff.changes.is_empty() {
            Release::Patch
        } else {
            Release::Minor
        }
    }

    /// Returns the texts that are written beside the crate itself.
    fn texts(&self, request: &BumpRequest, config: &Path, version: Option<&str>) -> Result<Texts, Error> {
        let mut texts = Texts::default();
        texts.add(self.document.to_owned(), run::read(&request.document)?);
        if let Some((path, names)) = self.plan.names.clone().zip(self.new.run.names.as_ref()) {
            texts.add(path, names.to_string());
        }
        if let Some(version) = version {
            let text = run::read(config)?;
            texts.add(
                config.to_owned(),
                with_version(&text, &self.plan.options.package.name, version, config)?,
            );
        }
        if let Some(out) = &self.plan.out {
            let path = out.join(CHANGELOG);
            let before = if path.exists() {
                run::read(&path)?
            } else {
                String::new()
            };
            let document = document_version(&self.new);
            let version = version.map_or_else(|| format!("Document {document}"), str::to_owned);
            let entry = changelog::entry(&version, document, &self.diff);
            texts.add(path, changelog::with_entry(&before, &entry));
        }
        Ok(texts)
    }
}

/// Returns the version that a document says it has.
fn document_version(stages: &Stages) -> &str {
    stages.api.as_ref().map_or("", |api| api.version.as_str())
}

/// Returns the version that the configuration says, or the one that a crate has without that; `None` if it is inherited.
fn version_of(package: &Package) -> Option<String> {
    match package.about.iter().find(|(key, _)| key == "version") {
        Some((_, written)) => {
            let written: toml_edit::Value = written.parse().ok()?;
            written.as_str().map(str::to_owned)
        }
        None => Some(package.version.clone()),
    }
}

/// Returns the text of a lock, for a run.
fn text(lock: &NamesLock) -> NamesText {
    NamesText {
        name: "the names lock".to_owned(),
        text: lock.to_string(),
    }
}

/// Refuses a document that refers to others: it is one of several files, which have to be put in place together.
fn refuse_others(others: &[PathBuf], document: &Path) -> Result<(), Error> {
    let folder = absolute(document.parent().unwrap_or(Path::new(".")));
    match others.iter().find(|other| absolute(other).starts_with(&folder)) {
        Some(other) => Err(anyhow!(
            "{} refers to {}; put the files of the new version in place, and generate the crate: its names stay as they are locked",
            shown(document),
            shown(other)
        )
        .into()),
        None => Ok(()),
    }
}

/// Returns the text of a configuration with the version of a crate.
fn with_version(text: &str, name: &str, version: &str, path: &Path) -> Result<String, Error> {
    let mut document: DocumentMut = text.parse().with_context(|| format!("{} is not TOML", shown(path)))?;
    let is_named = |table: &toml_edit::Table| table.get("name").and_then(Item::as_str) == Some(name);
    let table = match document.get_mut("crate") {
        Some(Item::ArrayOfTables(tables)) => tables.iter_mut().find(|table| is_named(table)),
        Some(Item::Table(table)) => Some(table),
        _ => None,
    };
    let item = table.map(|table| table.entry("version").or_insert_with(|| value(version)));
    match item {
        // What is written behind the version stays there.
        Some(Item::Value(old)) if old.is_str() => {
            let decor = old.decor().clone();
            *old = version.into();
            *old.decor_mut() = decor;
        }
        // The version of a workspace is not this crate's own.
        _ => return Ok(text.to_owned()),
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::with_version;

    #[test]
    fn a_version_is_changed_in_place() {
        for (text, expected) in [
            (
                "[crate]\nname = \"a\" # its name\nversion = \"0.1.0\" # now\n",
                "[crate]\nname = \"a\" # its name\nversion = \"0.2.0\" # now\n",
            ),
            (
                "[crate]\nname = \"a\"\n",
                "[crate]\nname = \"a\"\nversion = \"0.2.0\"\n",
            ),
            (
                "[[crate]]\nname = \"b\"\nversion = \"1.0.0\"\n[[crate]]\nname = \"a\"\nversion = \"0.1.0\"\n",
                "[[crate]]\nname = \"b\"\nversion = \"1.0.0\"\n[[crate]]\nname = \"a\"\nversion = \"0.2.0\"\n",
            ),
            (
                "[crate]\nname = \"a\"\nversion = { workspace = true }\n",
                "[crate]\nname = \"a\"\nversion = { workspace = true }\n",
            ),
        ] {
            assert_eq!(with_version(text, "a", "0.2.0", Path::new("a.toml")).unwrap(), expected);
        }
    }
}
