//! What a user has to know after a run: about the workspace, and how to keep the options.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use generator::Strictness;

use crate::console::Console;
use crate::paths::shown;
use crate::plan::Plan;
use crate::report::say;
use crate::request::{Document, Request};
use crate::settle::Target;
use crate::workspace::Workspace;

/// Says which crates are no members of their workspace yet, and how to keep the options. The targets are those of the
/// plan.
pub(crate) fn give(plan: &Plan, targets: &[Target<'_>], request: &Request, console: &mut Console<'_>) -> Result<()> {
    // By root manifest, the folders that are no members yet, as it would list them.
    let mut outside: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for target in targets {
        let Some(workspace) = workspace(plan, target.out)? else {
            continue;
        };
        let manifest = workspace.manifest_path();
        let is_runtime = plan.runtime.as_ref().is_some_and(|runtime| runtime.out == target.out);
        if !workspace.has_member(target.out) {
            let outside = outside.entry(manifest).or_default();
            // Crates that depend on the runtime bring it in.
            if !is_runtime || outside.is_empty() {
                outside.push(workspace.member_path(target.out));
            }
        } else if target.changes_manifest() {
            let out = shown(target.out);
            say(
                request,
                console,
                &format!("{out} is a member of the workspace of {manifest}"),
            );
        }
    }
    for (manifest, folders) in outside {
        let quoted: Vec<String> = folders.iter().map(|folder| format!("{folder:?}")).collect();
        let (quoted, list, first) = (quoted.join(", "), folders.join(", "), &folders[0]);
        let words = match folders.len() {
            1 => format!("{list} lies in the workspace of {manifest}, and is no member yet"),
            _ => format!("{list} lie in the workspace of {manifest}, and are no members yet"),
        };
        let words = format!(
            "{words}: add {quoted} to its `members`, or let a member depend on what is there (cargo add --path {first})"
        );
        say(request, console, &words);
    }
    keep_options(targets, request, console);
    Ok(())
}

/// Says what helps with `errors`, of which `readable` have a reading that a lenient run takes. `has_overlay` says whether
/// the run wrote an overlay already.
pub(crate) fn ways_out(errors: usize, readable: usize, has_overlay: bool) -> Vec<String> {
    if readable == 0 {
        return Vec::new();
    }
    let words = match (readable, errors) {
        (1, 1) => "it costs one piece alone: --lenient leaves it out, and writes the rest".to_owned(),
        _ if readable == errors => {
            "each costs its own piece alone: --lenient leaves these out, and writes the rest".to_owned()
        }
        _ => format!(
            "{readable} of them cost their own piece alone: --lenient leaves these out; the others have to be mended"
        ),
    };
    let overlay = "to mend the document, write the overlay with --write-overlay FILE, look at what it changes, and give it as \
                   --overlay FILE";
    let mut ways = vec![words];
    ways.extend((!has_overlay).then(|| overlay.to_owned()));
    ways
}

/// Returns the workspace that a crate belongs to, unless it stands alone.
fn workspace(plan: &Plan, out: &Path) -> Result<Option<Workspace>> {
    let crates = plan.crates.iter().map(|each| (each.out.as_deref(), &each.options));
    let runtime = plan
        .runtime
        .iter()
        .map(|runtime| (Some(runtime.out.as_path()), &runtime.options));
    let mut all = crates.chain(runtime);
    match all.find(|(folder, _)| *folder == Some(out)) {
        Some((_, options)) if options.package.in_workspace => Workspace::around(out),
        _ => Ok(None),
    }
}

/// Says how to keep the options of a first run.
fn keep_options(targets: &[Target<'_>], request: &Request, console: &mut Console<'_>) {
    let Some(init) = request.init.filter(|_| targets.iter().all(|target| target.is_new)) else {
        return;
    };
    if let (Some(Document::File(document)), Some(out)) = (&request.document, &request.out) {
        let mut words = format!("{init} {} --out {}", document.display(), out.display());
        let overlays = request
            .overlays
            .iter()
            .map(|path| format!(" --overlay {}", path.display()));
        let name = request.name.iter().map(|name| format!(" --name {name}"));
        let only = request.only.iter().map(|only| format!(" --only {only:?}"));
        let roots = request.allow_roots.iter();
        let roots = roots.map(|path| format!(" --allow-root {}", path.display()));
        words.extend(name.chain(overlays).chain(roots).chain(only));
        words.push_str(match request.strictness {
            Strictness::Usual => "",
            Strictness::Lenient => " --lenient",
            Strictness::Strict => " --strict",
        });
        say(request, console, &format!("to run it again without options: {words}"));
    }
}
