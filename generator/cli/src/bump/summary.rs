//! What a bump says, on one screen.

use generator::unstable::counted;

use super::version::Release;
use super::{Bump, BumpRequest, document_version};
use crate::console::Console;
use crate::paths::shown;
use crate::report;

/// How many lines the changes get, unless all are asked for.
const LINES: usize = 30;

/// How many renames are listed, unless all are asked for.
const RENAMES: usize = 8;

/// Shows what changes.
pub(super) fn show(
    bump: &Bump<'_>,
    request: &BumpRequest,
    (release, version): (Release, Option<&str>),
    console: &mut Console<'_>,
) {
    let package = &bump.plan.options.package;
    let [old, new] = [&bump.old, &bump.new].map(document_version);
    console.out(format_args!("{}: {old} → {new}", shown(bump.document)));
    let changes = if request.verbose {
        bump.diff.render(usize::MAX)
    } else {
        bump.diff.render_within(LINES)
    };
    console.out(changes.trim_end());
    report::of_overlays(&bump.new.run, console);
    let reason = match release {
        Release::Major => "a change is breaking",
        Release::Minor => "no change is breaking",
        Release::Patch => "nothing changes for callers",
    };
    match version.zip(bump.version.as_deref()) {
        Some((version, before)) => console.out(format_args!("{} {before} → {version}: {reason}", package.name)),
        None => console.out(format_args!(
            "{} keeps its version, which the configuration does not say: {reason}",
            package.name
        )),
    }
    show_renames(bump, request, console);
}

/// Shows the lines that keep the former names of renamed types.
fn show_renames(bump: &Bump<'_>, request: &BumpRequest, console: &mut Console<'_>) {
    if bump.renames.is_empty() {
        return;
    }
    let count = counted(bump.renames.len(), "type");
    if request.alias {
        console.out(format_args!(
            "{count} with another name: the former names are deprecated aliases"
        ));
        return;
    }
    let lock = bump
        .plan
        .names
        .as_deref()
        .map_or_else(|| "the names lock".to_owned(), shown);
    console.out(format_args!(
        "{count} with another name; --alias keeps the former names as deprecated aliases, by these lines under [aliases] of {lock}:"
    ));
    let most = if request.verbose { usize::MAX } else { RENAMES };
    for (former, path) in bump.renames.iter().take(most) {
        console.out(format_args!("  \"{former}\" = \"{path}\""));
    }
    if let Some(more) = bump.renames.len().checked_sub(most).filter(|more| *more > 0) {
        console.out(format_args!("  … and {more} more"));
    }
}
