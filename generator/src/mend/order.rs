//! The order of edits.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Edit, Plan, is_element};
use crate::diagnostic::ActionChange;
use crate::document::Node;
use crate::source::Pointer;

/// Returns the edits in an order in which each of them finds its place: nodes get other keys first, and elements of
/// arrays are removed last, later ones before earlier ones.
pub(super) fn ordered(document: &Node, mut plans: Vec<Plan>) -> Vec<Edit> {
    plans.sort_by_key(|plan| {
        plan.renamed
            .as_ref()
            .map_or(usize::MAX, |(from, _)| from.segments().count())
    });
    let renamed: BTreeMap<Pointer, String> = plans
        .iter()
        .filter_map(|plan| plan.renamed.as_ref())
        .filter_map(|(from, to)| Some((from.clone(), to.split()?.1)))
        .collect();
    let removed: BTreeSet<Pointer> = plans
        .iter()
        .flat_map(|plan| &plan.edits)
        .filter(|edit| edit.change == ActionChange::Remove)
        .map(|edit| edit.at.clone())
        .collect();
    let (mut first, mut last) = (Vec::new(), BTreeMap::new());
    for plan in plans {
        let shifts = plan.shifts(document);
        for edit in plan.edits {
            // What is removed as a whole needs no change before, unless it lives on under another key.
            let mut above = edit.at.ancestors().skip(1);
            if above.any(|above| removed.contains(&above) && !renamed.contains_key(&above)) {
                continue;
            }
            let is_old_key = edit.change == ActionChange::Remove && renamed.contains_key(&edit.at);
            let at = moved(&edit.at, &renamed, is_old_key);
            if shifts && edit.change == ActionChange::Remove {
                let (holder, index) = at.split().unwrap_or_default();
                let holder_was = edit.at.split().unwrap_or_default().0;
                let index: usize = index.parse().unwrap_or_default();
                last.insert((Reverse(holder.segments().count()), holder, Reverse(index)), holder_was);
            } else {
                let edit = Edit { at, ..edit };
                if !first.contains(&edit) {
                    first.push(edit);
                }
            }
        }
    }
    first.extend(elements_removed(document, last));
    first
}

/// Removes elements of arrays; an array of which none is left is removed.
fn elements_removed(
    document: &Node,
    elements: BTreeMap<(Reverse<usize>, Pointer, Reverse<usize>), Pointer>,
) -> Vec<Edit> {
    let mut counts: BTreeMap<Pointer, usize> = BTreeMap::new();
    for (_, holder, _) in elements.keys() {
        *counts.entry(holder.clone()).or_default() += 1;
    }
    let mut edits: Vec<Edit> = Vec::new();
    for ((_, holder, Reverse(index)), holder_was) in elements {
        let length = holder_was.follow(document).and_then(Node::as_array).map(<[Node]>::len);
        let is_emptied = length == counts.get(&holder).copied();
        let (at, was) = if is_emptied && !is_element(document, &holder_was) {
            (holder, holder_was)
        } else {
            (holder.element(index), holder_was.element(index))
        };
        let edit = Edit {
            at,
            was,
            change: ActionChange::Remove,
        };
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }
    edits
}

/// Returns where a node is when the nodes above it have their new keys; `is_old_key` says that it keeps its own.
fn moved(at: &Pointer, renamed: &BTreeMap<Pointer, String>, is_old_key: bool) -> Pointer {
    let (mut before, mut after) = (Pointer::root(), Pointer::root());
    for segment in at.segments() {
        before = before.child(&segment);
        let key = renamed.get(&before).filter(|_| !(is_old_key && before == *at));
        after = after.child(key.unwrap_or(&segment));
    }
    after
}
