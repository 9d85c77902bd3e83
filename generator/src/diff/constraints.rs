//! Compares the keywords of schemas, beside what the types say already.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::at::At;
use crate::diff::bounds;
use crate::diff::change::RustClass;
use crate::diff::kind::ChangeKind;
use crate::diff::relation::Relation;
use crate::diff::walk::Walk;
use crate::diff::words;
use crate::model::{Argument, Assertion, Constraints, JsonTypes, Named};

/// What keywords differ in beside their bounds: it is reported if the types say nothing of it.
#[derive(Default)]
struct Structure(Vec<(&'static str, Relation)>, Vec<String>);

/// Compares the keywords of a type. What is found from `start` on is said of the type already.
pub(super) fn compare_type(walk: &mut Walk<'_>, at: &At, (old, new): (&Named, &Named), start: usize) {
    compare(walk, at, (&old.constraints, &new.constraints), start);
}

/// Compares the keywords of a position. What is found from `start` on is said of the position already.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, (old, new): (&Constraints, &Constraints), start: usize) {
    let is_told = walk.found.len() > start;
    let mut structure = Structure::default();
    compare_within(walk, at, (old, new), &mut structure);
    if structure.0.is_empty() || is_told {
        return;
    }
    let keywords: BTreeSet<&str> = structure.0.iter().map(|(keyword, _)| *keyword).collect();
    let relation = structure
        .0
        .iter()
        .fold(Relation::Same, |all, (_, relation)| all.and(*relation));
    let keywords: Vec<String> = keywords
        .into_iter()
        .map(|name| format!("`{}`", keyword(name)))
        .collect();
    let mut message = format!("has another {}", keywords.join(", "));
    if !structure.1.is_empty() {
        message = format!("{message}: {}", structure.1.join(", "));
    }
    add(walk, at, message, relation);
}

/// Reports other values that a keyword allows.
fn add(walk: &mut Walk<'_>, at: &At, message: String, relation: Relation) {
    let kind = match relation {
        Relation::Wider => ChangeKind::ConstraintWidened,
        Relation::Narrower => ChangeKind::ConstraintNarrowed,
        _ => ChangeKind::ConstraintChanged,
    };
    walk.add(at, kind, message, RustClass::Compiles, at.wire(relation));
}

fn compare_within(walk: &mut Walk<'_>, at: &At, (old, new): (&Constraints, &Constraints), structure: &mut Structure) {
    if walk.retyped.contains(&at.document) {
        return;
    }
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    by_name(old, &mut before);
    by_name(new, &mut after);
    let names: BTreeSet<&'static str> = before.keys().chain(after.keys()).copied().collect();
    for name in names {
        let of = |groups: &BTreeMap<&'static str, Vec<_>>| groups.get(name).cloned().unwrap_or_default();
        let (before, after): (Vec<&Assertion>, Vec<&Assertion>) = (of(&before), of(&after));
        for index in 0..before.len().max(after.len()) {
            match (before.get(index), after.get(index)) {
                (Some(old), Some(new)) => pair(walk, at, (old, new), structure),
                (Some(old), None) => single(walk, at, (old, Relation::Wider), structure),
                (None, Some(new)) => single(walk, at, (new, Relation::Narrower), structure),
                (None, None) => {}
            }
        }
    }
}

/// Groups keywords by their names. Those of `allOf` apply as if they stood beside it.
fn by_name<'run>(constraints: &'run Constraints, groups: &mut BTreeMap<&'static str, Vec<&'run Assertion>>) {
    for assertion in &constraints.0 {
        let assertion = unwrapped(assertion);
        match assertion {
            Assertion::AllOf(subschemas) => subschemas.iter().for_each(|subschema| by_name(subschema, groups)),
            // Both are lists of alternatives.
            Assertion::OneOf(_) => groups.entry("AnyOf").or_default().push(assertion),
            _ => groups.entry(assertion.name()).or_default().push(assertion),
        }
    }
}

/// Returns the keyword itself.
fn unwrapped(assertion: &Assertion) -> &Assertion {
    match assertion {
        Assertion::Once(inner) | Assertion::Discriminator(_, _, inner) => unwrapped(inner),
        other => other,
    }
}

/// Reports a keyword that only one version has; `relation` is that of the values.
fn single(walk: &mut Walk<'_>, at: &At, (assertion, relation): (&Assertion, Relation), structure: &mut Structure) {
    if bounds::is_bound(assertion) {
        let value = bounds::value(assertion);
        let keyword = keyword(assertion.name());
        let message = match (relation, value) {
            (Relation::Wider, Some(value)) => format!("has no `{keyword}` any more, and had {value}"),
            (Relation::Wider, None) => format!("has no `{keyword}` any more"),
            (_, Some(value)) => format!("has `{keyword}` {value} now"),
            (_, None) => format!("has `{keyword}` now"),
        };
        return add(walk, at, message, relation);
    }
    match assertion {
        Assertion::AdditionalProperties(schema) | Assertion::UnevaluatedProperties(schema) => {
            additional(walk, at, schema, relation);
        }
        _ => structure.0.push((assertion.name(), relation)),
    }
}

/// Reports that properties which the schema does not name have a schema in one version.
fn additional(walk: &mut Walk<'_>, at: &At, schema: &Constraints, relation: Relation) {
    let is_gone = relation == Relation::Wider;
    let message = match (is_never(schema), is_gone) {
        (true, true) => "are allowed now",
        (true, false) => "are forbidden now",
        (false, true) => "have no schema any more",
        (false, false) => "have a schema now",
    };
    let position = at.inside("additional properties");
    let wire = at.wire(relation);
    walk.add(
        &position,
        ChangeKind::AdditionalPropertiesChanged,
        message,
        RustClass::Compiles,
        wire,
    );
}

fn is_never(schema: &Constraints) -> bool {
    schema.0.contains(&Assertion::Never)
}

/// Compares a keyword that both versions have.
fn pair(walk: &mut Walk<'_>, at: &At, (old, new): (&Assertion, &Assertion), structure: &mut Structure) {
    let name = new.name();
    if let Some(relation) = bounds::compare(old, new) {
        let value = |assertion: &Assertion| bounds::value(assertion).unwrap_or_default();
        if relation != Relation::Same {
            let message = format!("has `{}` {} now, and had {}", keyword(name), value(new), value(old));
            add(walk, at, message, relation);
        }
        return;
    }
    match (old, new) {
        (Assertion::Reference(old), Assertion::Reference(new)) if walk.is_pair(at, *old, *new) => {}
        (Assertion::Type(old), Assertion::Type(new)) => structure.push_sets(name, *old, *new),
        (Assertion::Enum(old), Assertion::Enum(new)) => enum_values(walk, at, old, new),
        (Assertion::Required(old), Assertion::Required(new))
        | (Assertion::RequiredInResponses(old), Assertion::RequiredInResponses(new)) => {
            structure.push_names(name, old, new);
        }
        (Assertion::AnyOf(old) | Assertion::OneOf(old), Assertion::AnyOf(new) | Assertion::OneOf(new)) => {
            alternatives(walk, at, (old, new), structure);
        }
        _ => pair_of_members(walk, at, (old, new), structure),
    }
    if old.name() != name && structure.0.is_empty() {
        // `oneOf` and `anyOf`
        structure.0.push((name, Relation::Other));
    }
}

/// Compares a keyword for properties or items.
fn pair_of_members(walk: &mut Walk<'_>, at: &At, (old, new): (&Assertion, &Assertion), structure: &mut Structure) {
    match (old, new) {
        (Assertion::Properties(old), Assertion::Properties(new)) => named(walk, at, (old, new), structure),
        (Assertion::PatternProperties(old), Assertion::PatternProperties(new)) if old.len() == new.len() => {
            for ((old_pattern, old), (pattern, new)) in old.iter().zip(new) {
                if old_pattern != pattern {
                    let (old, new) = (&old_pattern.source, &pattern.source);
                    let message = format!("has the pattern `{new}` for names of properties now, and had `{old}`");
                    add(walk, at, message, Relation::Other);
                }
                let at = at.inside(&format!("properties by pattern `{}`", pattern.source));
                compare_within(walk, &at, (old, new), structure);
            }
        }
        (Assertion::AdditionalProperties(old), Assertion::AdditionalProperties(new))
        | (Assertion::UnevaluatedProperties(old), Assertion::UnevaluatedProperties(new)) => {
            match (is_never(old), is_never(new)) {
                (false, false) => compare_within(walk, &at.inside("additional properties"), (old, new), structure),
                (true, false) => additional(walk, at, old, Relation::Wider),
                (false, true) => additional(walk, at, new, Relation::Narrower),
                (true, true) => {}
            }
        }
        (Assertion::Items(old), Assertion::Items(new)) => {
            compare_within(walk, &at.inside("items"), (old, new), structure);
        }
        (Assertion::PrefixItems(old), Assertion::PrefixItems(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                compare_within(walk, &at.inside(&format!("item `{index}`")), (old, new), structure);
            }
        }
        _ if !same(walk, old, new) => structure.0.push((new.name(), Relation::Other)),
        _ => {}
    }
}

/// A property with its schema.
type Member = (String, Constraints);

/// Compares the schemas of properties by their names.
fn named(walk: &mut Walk<'_>, at: &At, (old, new): (&[Member], &[Member]), structure: &mut Structure) {
    let mut before: BTreeMap<&str, &Constraints> = old.iter().map(|(name, schema)| (name.as_str(), schema)).collect();
    for (property, schema) in new {
        match before.remove(property.as_str()) {
            Some(before) => {
                let at = at.inside(&format!("property `{property}`"));
                compare_within(walk, &at, (before, schema), structure);
            }
            None => structure.0.push(("Properties", Relation::Narrower)),
        }
    }
    if !before.is_empty() {
        structure.0.push(("Properties", Relation::Wider));
    }
}

/// Compares the alternatives of a union: first those that are the same, then the others in their order.
fn alternatives(walk: &mut Walk<'_>, at: &At, (old, new): (&[Constraints], &[Constraints]), structure: &mut Structure) {
    let mut rest: Vec<&Constraints> = new.iter().collect();
    let mut left: Vec<(usize, &Constraints)> = Vec::new();
    for (index, schema) in old.iter().enumerate() {
        match rest.iter().position(|other| all_same(walk, &schema.0, &other.0)) {
            Some(found) => {
                rest.remove(found);
            }
            None => left.push((index, schema)),
        }
    }
    if left.len() == rest.len() {
        for ((index, old), new) in left.into_iter().zip(rest) {
            compare_within(
                walk,
                &at.inside(&format!("alternative {}", index + 1)),
                (old, new),
                structure,
            );
        }
    } else if left.is_empty() {
        structure.0.push(("AnyOf", Relation::Wider));
    } else {
        let relation = if rest.is_empty() {
            Relation::Narrower
        } else {
            Relation::Other
        };
        structure.0.push(("AnyOf", relation));
    }
}

/// Reports the values of an enum that are new or gone.
fn enum_values(walk: &mut Walk<'_>, at: &At, old: &[String], new: &[String]) {
    let text = |value: &String| serde_json::from_str::<String>(value).unwrap_or_else(|_| value.clone());
    let (before, after): (BTreeSet<&String>, BTreeSet<&String>) = (old.iter().collect(), new.iter().collect());
    for value in before.difference(&after) {
        let (at, wire) = (
            at.inside(&format!("value `{}`", text(value))),
            at.wire(Relation::Narrower),
        );
        walk.add(
            &at,
            ChangeKind::EnumValueRemoved,
            "is removed",
            RustClass::Compiles,
            wire,
        );
    }
    for value in after.difference(&before) {
        let (at, wire) = (at.inside(&format!("value `{}`", text(value))), at.wire(Relation::Wider));
        walk.add(&at, ChangeKind::EnumValueAdded, "is added", RustClass::Compiles, wire);
    }
}

impl Structure {
    fn push_sets(&mut self, name: &'static str, old: JsonTypes, new: JsonTypes) {
        let relation = match (new.has(old), old.has(new)) {
            (true, true) => return,
            (true, false) => Relation::Wider,
            (false, true) => Relation::Narrower,
            (false, false) => Relation::Other,
        };
        self.0.push((name, relation));
        let shown = |types: JsonTypes| words::list(types.iter().map(|(name, _)| name));
        self.1.push(format!("{} now, and was {}", shown(new), shown(old)));
    }

    fn push_names(&mut self, name: &'static str, old: &[String], new: &[String]) {
        let (old, new): (BTreeSet<&String>, BTreeSet<&String>) = (old.iter().collect(), new.iter().collect());
        let relation = match (old.is_subset(&new), new.is_subset(&old)) {
            (true, true) => return,
            (true, false) => Relation::Narrower,
            (false, true) => Relation::Wider,
            (false, false) => Relation::Other,
        };
        self.0.push((name, relation));
        let shown = |names: BTreeSet<&String>| words::list(names.into_iter().map(String::as_str));
        self.1.push(format!("{} now, and was {}", shown(new), shown(old)));
    }
}

/// Returns the keyword by the name of its assertion.
fn keyword(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    match name {
        "RequiredInResponses" => "required".to_owned(),
        "Reference" => "$ref".to_owned(),
        _ => first.into_iter().chain(characters).collect(),
    }
}

/// Returns whether keywords are the same, but for the ids of types that belong together.
fn same(walk: &Walk<'_>, old: &Assertion, new: &Assertion) -> bool {
    let (before, after) = (old.arguments(), new.arguments());
    let mut pairs = before.iter().zip(&after);
    old.name() == new.name() && pairs.all(|((_, old), (_, new))| same_argument(walk, old, new))
}

fn all_same(walk: &Walk<'_>, old: &[Assertion], new: &[Assertion]) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(walk, old, new))
}

fn same_argument(walk: &Walk<'_>, old: &Argument<'_>, new: &Argument<'_>) -> bool {
    match (old, new) {
        (Argument::Named(old), Argument::Named(new)) => walk.are_known(*old, *new),
        (Argument::Schema(old), Argument::Schema(new)) => all_same(walk, &old.0, &new.0),
        (Argument::Keyword(old), Argument::Keyword(new)) => same(walk, old, new),
        (Argument::Optional(Some(old)), Argument::Optional(Some(new))) => same_argument(walk, old, new),
        (Argument::List(old), Argument::List(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same_argument(walk, old, new))
        }
        (Argument::Pair(old), Argument::Pair(new)) => {
            same_argument(walk, &old.0, &new.0) && same_argument(walk, &old.1, &new.1)
        }
        (old, new) => old == new,
    }
}
