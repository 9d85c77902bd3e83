//! Breaks cycles of schemas that apply to the same value: one of their assertions is evaluated only once.
//!
//! A parent may list its children in `oneOf`, and each child have the parent in its `allOf`. Such a cycle is broken at
//! the union, or, if it has none, at any other assertion. To evaluate an assertion again within itself would not change
//! the result.

use crate::model::{Api, Assertion, Constraints, TypeId};

/// Wraps assertions in [`Assertion::Once`], so that no cycle is left.
pub(super) fn guard(api: &mut Api) {
    for guards in [is_union, is_any] {
        let targets: Vec<Vec<usize>> = api
            .types
            .iter()
            .map(|named| in_place_targets(&named.constraints))
            .collect();
        let cycles = cycles(&targets);
        for (index, named) in api.types.iter_mut().enumerate() {
            if targets[index].iter().any(|target| cycles[*target] == cycles[index]) {
                guard_constraints(&mut named.constraints, guards, &|target| {
                    cycles[target] == cycles[index]
                });
            }
        }
    }
}

fn is_union(assertion: &Assertion) -> bool {
    matches!(
        assertion,
        Assertion::AnyOf(_) | Assertion::OneOf(_) | Assertion::Discriminator(..)
    )
}

fn is_any(_: &Assertion) -> bool {
    true
}

fn guard_constraints(
    constraints: &mut Constraints,
    guards: fn(&Assertion) -> bool,
    is_in_cycle: &impl Fn(usize) -> bool,
) {
    for assertion in &mut constraints.0 {
        if !targets_of(assertion).into_iter().any(is_in_cycle) {
            continue;
        }
        if guards(assertion) {
            let inner = std::mem::replace(assertion, Assertion::Never);
            *assertion = Assertion::Once(Box::new(inner));
            continue;
        }
        for constraints in assertion.in_place_subschemas_mut() {
            guard_constraints(constraints, guards, is_in_cycle);
        }
    }
}

/// Returns the types whose schemas apply to the same value as `constraints`, without those within [`Assertion::Once`].
fn in_place_targets(constraints: &Constraints) -> Vec<usize> {
    constraints.0.iter().flat_map(targets_of).collect()
}

fn targets_of(assertion: &Assertion) -> Vec<usize> {
    if matches!(assertion, Assertion::Once(_)) {
        return Vec::new();
    }
    let own = assertion.reference().map(TypeId::index);
    let inner = assertion.in_place_subschemas().into_iter().flat_map(in_place_targets);
    own.into_iter().chain(inner).collect()
}

/// Returns a number for each node; the nodes of one strongly connected component share it
/// ([Tarjan's algorithm](https://doi.org/10.1137/0201010)). The stack is a `Vec`, because chains may be long.
fn cycles(targets: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let mut numbers = vec![NEW; targets.len()];
    let mut lowest = vec![NEW; targets.len()];
    let mut cycles = vec![NEW; targets.len()];
    let (mut next, mut open) = (0, Vec::new());
    for start in 0..targets.len() {
        let mut stack = vec![(start, 0)];
        while let Some((node, done)) = stack.pop() {
            if done == 0 {
                if numbers[node] != NEW {
                    continue;
                }
                (numbers[node], lowest[node]) = (next, next);
                next += 1;
                open.push(node);
            } else {
                let target = targets[node][done - 1];
                if cycles[target] == NEW {
                    lowest[node] = lowest[node].min(lowest[target]);
                }
            }
            if let Some(target) = targets[node].get(done) {
                stack.push((node, done + 1));
                stack.push((*target, 0));
            } else if lowest[node] == numbers[node] {
                while let Some(last) = open.pop() {
                    cycles[last] = node;
                    if last == node {
                        break;
                    }
                }
            }
        }
    }
    cycles
}

#[cfg(test)]
mod tests {
    use super::cycles;

    #[test]
    fn nodes_that_lead_to_one_another_share_a_number() {
        let found = cycles(&[vec![1], vec![2], vec![0, 3], vec![4], vec![], vec![5, 4]]);
        assert!(found[0] == found[1] && found[1] == found[2]);
        assert!(found[3] != found[2] && found[4] != found[3] && found[5] != found[4]);
    }

    #[test]
    fn a_long_chain_overflows_no_stack() {
        let targets: Vec<Vec<usize>> = (0..100_000).map(|index| vec![(index + 1) % 100_000]).collect();
        let found = cycles(&targets);
        assert!(found.iter().all(|cycle| *cycle == found[0]));
    }
}
