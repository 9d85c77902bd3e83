//! Whole callers: programs that use everything of the crate of one document of a pair, compiled with that of the other.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use generator::unstable::diff;
use generator::{Diff, RustClass};
use tests::callers::{Caller, Job, Judgement, Unseen, Workspace};
use tests::cases::{self, Case, Kind};
use tests::pairs::{self, Pair, PairCrate};

/// A document of a pair, with its crate and the caller of that.
struct Side {
    crate_: PairCrate,
    caller: Caller,
}

/// A pair in one direction: its caller, named after the side that comes first, the diff, and both sides.
struct Step<'sides> {
    name: String,
    diff: Diff,
    before: &'sides Side,
    after: &'sides Side,
}

/// How many of the pairs are compiled unless all are asked for.
const SHARE: usize = 4;

/// A caller of the old crate compiles with the new one where no change breaks it.
#[test]
fn whole_callers_compile_after_additive_changes() {
    let sides = sides();
    let is_additive = |step: &&Step<'_>| {
        let mut changes = step.diff.changes.iter();
        changes.all(|change| !matches!(change.rust, RustClass::Breaks { .. }))
    };
    let steps = steps(&sides);
    let steps: Vec<&Step<'_>> = steps.iter().filter(is_additive).step_by(SHARE).collect();
    assert!(steps.len() > 10, "{} steps", steps.len());
    assert_eq!(faults("additive", &steps), "");
}

/// rustc rejects the lines that a diff names, and no others: of all pairs in both directions.
#[test]
#[ignore = "`cargo xtask callers` runs it: it takes minutes"]
fn rustc_rejects_the_lines_that_a_diff_names_and_no_others() {
    let sides = sides();
    let steps = steps(&sides);
    assert_eq!(faults("all", &steps.iter().collect::<Vec<_>>()), "");
}

/// The caller of each golden case compiles with the crate that it was written for.
#[test]
#[ignore = "`cargo xtask callers` runs it: it takes minutes"]
fn callers_compile_with_their_own_crates() {
    let side = |case: Case| {
        let text = fs::read_to_string(case.folder.join("openapi.yaml")).ok()?;
        let crate_ = PairCrate::of(format!("case_{}", case.name), &text);
        // Documents with references to files have no reader here.
        crate_.stages.run.output.is_some().then(|| Side::of(crate_))
    };
    let sides: Vec<Side> = cases::find(Kind::Ok).unwrap().into_iter().filter_map(side).collect();
    let steps: Vec<Step<'_>> = sides.iter().map(|side| Step::of(side, side)).collect();
    assert!(steps.len() > 100, "{} cases", steps.len());
    assert_eq!(faults("cases", &steps.iter().collect::<Vec<_>>()), "");
}

/// Returns both sides of each pair.
fn sides() -> Vec<[Side; 2]> {
    let of = |pair: Pair| pair.crates().unwrap().map(Side::of);
    pairs::find().unwrap().into_iter().map(of).collect()
}

/// Returns the steps of each pair, in both directions.
fn steps(sides: &[[Side; 2]]) -> Vec<Step<'_>> {
    let both = sides.iter().flat_map(|[old, new]| [(old, new), (new, old)]);
    both.map(|(before, after)| Step::of(before, after)).collect()
}

/// Compiles the callers of steps, and returns where rustc and the diffs do not agree.
fn faults(name: &str, steps: &[&Step<'_>]) -> String {
    let folder = tests::target().join("whole-callers").join(name);
    let after: BTreeMap<&str, &Side> = steps
        .iter()
        .map(|step| (step.after.crate_.package.as_str(), step.after))
        .collect();
    pairs::write_crates(&folder, after.values().map(|side| &side.crate_)).unwrap();
    let members: Vec<String> = ["runtime"]
        .into_iter()
        .chain(after.keys().copied())
        .map(str::to_owned)
        .collect();
    let workspace = Workspace::new(&folder, &tests::target().join("standalone"), &members).unwrap();
    let jobs: Vec<Job<'_>> = steps.iter().map(|step| step.job()).collect();
    let rejected = workspace.check(&jobs).unwrap();
    let mut faults = String::new();
    for ((step, job), rejected) in steps.iter().zip(&jobs).zip(&rejected) {
        let judgement = Judgement::of(job.caller, &job.kept, &step.diff, &step.after.caller, rejected);
        for index in &judgement.unexplained {
            let line = &job.caller.lines[*index];
            // Writing to a string cannot fail.
            let _ = writeln!(
                faults,
                "{}: no change names `{}`: {}",
                step.name, line.text, rejected.lines[index]
            );
        }
        for (index, why) in &judgement.unseen {
            let change = &step.diff.changes[*index];
            if !matches!(why, Unseen::Features | Unseen::NameTaken) {
                let _ = writeln!(faults, "{}: {why:?}: {} {}", step.name, change.subject, change.message);
            }
        }
    }
    faults
}

impl Side {
    fn of(crate_: PairCrate) -> Self {
        Self {
            caller: Caller::of(crate_.stages.api.as_ref().unwrap()),
            crate_,
        }
    }
}

impl<'sides> Step<'sides> {
    fn of(before: &'sides Side, after: &'sides Side) -> Self {
        Self {
            name: format!("{}_first", before.crate_.package),
            diff: diff(&before.crate_.stages, &after.crate_.stages).unwrap(),
            before,
            after,
        }
    }

    fn job(&self) -> Job<'_> {
        Job {
            name: self.name.clone(),
            package: self.after.crate_.package.clone(),
            caller: &self.before.caller,
            kept: (0..self.before.caller.lines.len()).collect(),
        }
    }
}
