//! Valid values with one leaf made the wrong type: the crate says which.

use apicrate_runtime::Json;
use schema_oracle::Objection;

use crate::edit::{is_leaf, places, pointer, replaced};
use crate::mutate;
use crate::oracle::Oracle;
use crate::run;
use crate::validate::{Entry, Fault};
use schema_instances::{self as instances, Instance, Random};

/// How many leaves were tried, and those that were not named.
#[derive(Debug, Default)]
pub(crate) struct Leaves {
    /// How many, outside of unions.
    pub(crate) outside: usize,
    /// How many, inside of a union.
    pub(crate) inside: usize,
    /// What was not named, in words.
    pub(crate) unnamed: Vec<String>,
}

/// Tries leaves of all schemas in turn, until there are `wanted` of them.
pub(crate) fn run(wanted: usize, seed: u64) -> Leaves {
    let oracles: Vec<(&Entry, Oracle)> = run::different()
        .into_iter()
        .map(|entry| (entry, Oracle::new(run::document(entry), entry.pointer)))
        .collect();
    let mut random = Random::new(seed, "leaves");
    let mut leaves = Leaves::default();
    // Some schemas refuse no leaf at all: the number of turns is bounded.
    for _ in 0..wanted {
        for (entry, oracle) in &oracles {
            if leaves.outside + leaves.inside == wanted {
                return leaves;
            }
            leaves.one(entry, oracle, &mut random);
        }
    }
    leaves
}

impl Leaves {
    fn one(&mut self, entry: &Entry, oracle: &Oracle, random: &mut Random) {
        let made = instances::make(oracle.schema(), random);
        if !oracle.is_valid(&made.value) || !(entry.validate)(&made.value.to_string()).is_valid() {
            return;
        }
        let found = places(&made.value);
        let found = found
            .iter()
            .filter(|(place, value)| is_leaf(value) && has_type(&made, place));
        let found: Vec<&(Vec<String>, &Json)> = found.collect();
        if found.is_empty() {
            return;
        }
        let (place, leaf) = *random.pick(&found);
        let wrong = mutate::wrong_leaf(leaf, random);
        let value = replaced(&made.value, place, &wrong);
        let pointer = pointer(place);
        // What is not asked for by a type is another fault than that of a wrong type.
        if oracle.is_valid(&value) {
            return;
        }
        // So is what the other type has inside, where a schema takes that type too.
        let below = format!("{pointer}/");
        let objections = oracle.objections(&value);
        // The oracle reports an unexpected property at the object that has it.
        let is_below = |objection: &Objection| {
            let counts_properties = [
                "additionalProperties",
                "falseSchema",
                "propertyNames",
                "unevaluatedProperties",
            ];
            objection.pointer.starts_with(&below)
                || (objection.pointer == pointer && counts_properties.contains(&objection.keyword.as_str()))
        };
        if objections.iter().all(is_below) {
            return;
        }
        let is_inside = (0..=place.len()).any(|length| {
            let above = made.places.get(&crate::edit::pointer(&place[..length]));
            above.is_some_and(|above| above.is_union)
        });
        let reading = (entry.validate)(&value.to_string());
        let is_named = |fault: &Fault| {
            if is_inside {
                fault.names(&pointer) || fault.message.contains(&pointer)
            } else {
                fault.pointer == pointer
            }
        };
        *(if is_inside { &mut self.inside } else { &mut self.outside }) += 1;
        if !reading.faults.iter().any(is_named) {
            let side = if is_inside { "inside" } else { "outside" };
            self.unnamed.push(format!(
                "{side} {} {} at {pointer}: {value}\n    {:?}\n    oracle: {:?}",
                entry.document, entry.pointer, reading.faults, objections
            ));
        }
    }
}

/// Returns whether a schema says of what type the leaf is.
///
/// None does inside of a value that `enum` or `const` lists as a whole, and none alone where a property is such that
/// another subschema does not hold: what is wrong then is what stands around the leaf.
fn has_type(made: &Instance<'_>, place: &[String]) -> bool {
    (0..place.len()).all(|length| {
        let above = made.places.get(&pointer(&place[..length]));
        let mut says = above.into_iter().flat_map(|above| &above.says);
        let is_listed = says.any(|schema| schema.contains_key("enum") || schema.contains_key("const"));
        let is_apart = above.is_some_and(|above| above.apart.contains(&place[length].as_str()));
        !is_listed && !is_apart
    })
}
