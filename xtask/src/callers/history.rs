//! A document as it was released: a crate that takes one version after the other, and its callers.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, anyhow};
use apicrate::unstable::{BumpRequest, Console, Request, bump, run_on};
use generator::unstable::{Stages, diff};
use generator::{Diff, Input, NamesText, Options, RustClass, Strictness};
use tests::callers::{Caller, Job, Judgement, Rejected, Workspace};

use super::report::{Outcome, Row, WhichCaller};
use super::versions::{Document, Version};

/// The crate of a document, in a folder that is made anew.
pub(super) struct History {
    name: String,
    folder: PathBuf,
    document: PathBuf,
    workspace: Workspace,
    /// The version that the crate is of.
    today: Option<Taken>,
    /// The caller that is kept.
    kept: Option<Kept>,
}

/// A version that was taken.
struct Taken {
    version: String,
    stages: Stages,
    caller: Caller,
}

/// A caller that is kept over later versions.
struct Kept {
    version: String,
    caller: Caller,
    /// The lines that it still has.
    lines: BTreeSet<usize>,
}

impl History {
    /// Makes the folder, without a crate.
    pub(super) fn start(folder: &Path, target: &Path, document: &Document) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
        }
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let extension = document.versions.first().and_then(|version| version.path.extension());
        let file = Path::new("document").with_extension(extension.unwrap_or_default());
        let config = format!(
            "document = {:?}\nout = \"api\"\nstrictness = \"lenient\"\n\n[crate]\nname = \"api\"\nversion = \"0.1.0\"\n",
            file.display().to_string()
        );
        fs::write(folder.join("apicrate.toml"), config)?;
        Ok(Self {
            name: document.name.clone(),
            folder: folder.to_owned(),
            document: folder.join(file),
            workspace: Workspace::new(folder, target, &["api".to_owned()])?,
            today: None,
            kept: None,
        })
    }

    /// Takes a version, and compiles the callers; `keep` is the version whose caller is kept.
    pub(super) fn take(&mut self, version: &Version, keep: Option<&str>) -> Result<Vec<Row>> {
        let start = Instant::now();
        if let Err(reason) = self.put(version) {
            return Ok(vec![Row::refused(&self.name, &version.name, &reason.to_string())]);
        }
        let seconds = start.elapsed().as_secs_f64();
        let stages = self.stages()?;
        let api = stages
            .api
            .as_ref()
            .ok_or_else(|| anyhow!("{} has no model", version.name))?;
        let caller = Caller::of(api);
        let mut rows = Vec::new();
        if let Some(before) = &self.today {
            let diff = diff(&before.stages, &stages).ok_or_else(|| anyhow!("{} has errors", version.name))?;
            let row = |which, from: &str, outcome| Row {
                document: self.name.clone(),
                from: from.to_owned(),
                to: version.name.clone(),
                which,
                seconds,
                outcome: Some(outcome),
                refused: None,
            };
            let mut lines = (0..before.caller.lines.len()).collect();
            let outcome = judged(&self.workspace, (&before.caller, &mut lines), &diff, &caller)?;
            rows.push(row(WhichCaller::OfVersionBefore, &before.version, outcome));
            if let Some(kept) = self.kept.as_mut().filter(|kept| kept.version != before.version) {
                let outcome = judged(&self.workspace, (&kept.caller, &mut kept.lines), &diff, &caller)?;
                rows.push(row(WhichCaller::Kept, &kept.version, outcome));
            } else if let Some(kept) = &mut self.kept {
                kept.lines = lines;
            }
        }
        // It would say nothing of later versions if its own rejected it.
        let own = compiled(&self.workspace, &caller, &(0..caller.lines.len()).collect())?;
        if let Some((line, message)) = own.lines.first_key_value() {
            return Err(anyhow!(
                "{} {}: {message}: {}",
                self.name,
                version.name,
                caller.lines[*line].text
            ));
        }
        if self.kept.is_none() && keep.is_none_or(|name| name == version.name) {
            self.kept = Some(Kept {
                version: version.name.clone(),
                lines: (0..caller.lines.len()).collect(),
                caller: caller.clone(),
            });
        }
        self.today = Some(Taken {
            version: version.name.clone(),
            stages,
            caller,
        });
        Ok(rows)
    }

    /// Generates the crate of the first version, or bumps it.
    fn put(&self, version: &Version) -> Result<()> {
        let config = Some(self.folder.join("apicrate.toml"));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console::new(&mut out, &mut err);
        let done = if self.today.is_some() {
            let request = BumpRequest {
                command: "apicrate bump".to_owned(),
                config,
                document: version.path.clone(),
                ..BumpRequest::default()
            };
            bump(&request, &mut console)
        } else {
            fs::copy(&version.path, &self.document)?;
            let request = Request {
                command: "apicrate generate".to_owned(),
                config,
                ..Request::default()
            };
            run_on(&request, &mut console).map(drop)
        };
        done.map_err(|error| {
            let words = String::from_utf8_lossy(&err);
            let first = words.lines().find(|line| line.starts_with("error"));
            anyhow!("{error}{}", first.map(|line| format!(": {line}")).unwrap_or_default())
        })
    }

    /// Reads the document with the names that are locked now.
    fn stages(&self) -> Result<Stages> {
        let text = fs::read_to_string(&self.document)?;
        let input = Input {
            name: "the document",
            text: &text,
            overlays: &[],
        };
        let mut options = Options::new("api");
        options.strictness = Strictness::Lenient;
        options.names = Some(NamesText {
            name: "names.lock".to_owned(),
            text: fs::read_to_string(self.folder.join("names.lock"))?,
        });
        Ok(Stages::without_output(&input, &options, None))
    }
}

/// Compiles the lines of a caller.
fn compiled(workspace: &Workspace, caller: &Caller, lines: &BTreeSet<usize>) -> Result<Rejected> {
    let job = Job {
        name: "caller".to_owned(),
        package: "api".to_owned(),
        caller,
        kept: lines.clone(),
    };
    Ok(workspace.check(&[job])?.remove(0))
}

/// Compiles the lines of a caller, and compares what is rejected with what the diff says. The lines that are rejected are
/// taken from it.
fn judged(
    workspace: &Workspace,
    (caller, lines): (&Caller, &mut BTreeSet<usize>),
    diff: &Diff,
    new: &Caller,
) -> Result<Outcome> {
    let rejected = compiled(workspace, caller, lines)?;
    let judgement = Judgement::of(caller, lines, diff, new, &rejected);
    let outcome = Outcome {
        changes: diff.changes.len(),
        breaking: diff
            .changes
            .iter()
            .filter(|change| matches!(change.rust, RustClass::Breaks { .. }))
            .count(),
        lines: lines.len(),
        rejected: rejected.lines.len(),
        agrees: judgement.agrees(),
        unexplained: judgement
            .unexplained
            .iter()
            .map(|index| format!("{} ({})", caller.lines[*index].text, rejected.lines[index]))
            .collect(),
        unseen: judgement
            .unseen
            .iter()
            .map(|(index, why)| {
                let change = &diff.changes[*index];
                let words = format!(
                    "{} {} [{}, {}]",
                    change.subject, change.message, change.kind, change.subject.rust
                );
                (*why, words)
            })
            .collect(),
    };
    lines.retain(|index| !rejected.lines.contains_key(index));
    Ok(outcome)
}
