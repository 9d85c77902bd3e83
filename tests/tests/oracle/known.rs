//! Where the crates and the oracle part, and why they may.
//!
//! Each entry stands in SUPPORTED.md too, under the same name; a test holds that.

use std::collections::BTreeSet;

use client_runtime::Json;
use serde_json::Value;

use crate::extend::NEW_SCALAR;
use crate::instances::is_match;
use crate::run::{self, Finding, Kind};
use crate::translate;

/// A reason for which a finding is none.
pub(crate) struct Known {
    /// What it is called, here and in SUPPORTED.md.
    pub(crate) name: &'static str,
    /// Whether it is the reason of a finding.
    pub(crate) explains: fn(&Finding) -> bool,
}

/// All reasons.
pub(crate) const KNOWN: &[Known] = &[
    Known {
        name: "an integer beyond 64 bits",
        explains: |finding| {
            finding.kind == Kind::Refused
                && refused_number(finding).is_some_and(|number| number.is_integer() && number.as_i64().is_none())
                && finding.reading.faults[0].message.contains("expected an integer")
        },
    },
    // The type is unsigned for the sake of the maximum.
    Known {
        name: "a negative integer under a maximum beyond `i64`",
        explains: |finding| {
            finding.kind == Kind::Refused
                && refused_number(finding).is_some_and(|number| number.as_i64().is_some_and(i64::is_negative))
                && finding.reading.faults[0].message.contains("not negative")
        },
    },
    Known {
        name: "a number beyond `f64`",
        explains: |finding| {
            finding.kind == Kind::Refused && refused_number(finding).is_some_and(|number| number.as_f64().is_none())
        },
    },
    Known {
        name: "digits beyond `f64`",
        explains: |finding| {
            let written = finding.reading.written.as_deref();
            let written = written.and_then(|text| client_runtime::from_str::<Json>(text).ok());
            finding.kind == Kind::Written && written.is_some_and(|written| same_floats(&finding.instance, &written))
        },
    },
    Known {
        name: "a new branch of a union of scalars",
        explains: |finding| finding.kind == Kind::New && finding.words == NEW_SCALAR,
    },
    Known {
        name: "a member of a map that none of its patterns names",
        explains: |finding| [Kind::Refused, Kind::New].contains(&finding.kind) && is_unnamed_entry(finding),
    },
];

/// Returns whether the value that could not be decoded is, or lies in, a member that no pattern of the schema matches
/// and that no schema declares.
fn is_unnamed_entry(finding: &Finding) -> bool {
    let Some(fault) = finding.reading.faults.first().filter(|fault| fault.keyword == "decode") else {
        return false;
    };
    let (mut declared, mut patterns) = (BTreeSet::new(), BTreeSet::new());
    let schema = translate::schema(run::document(&finding.entry), finding.entry.pointer);
    collect(&schema, &mut declared, &mut patterns);
    let mut at = &finding.instance;
    for token in fault.pointer.split('/').skip(1) {
        let name = token.replace("~1", "/").replace("~0", "~");
        let Some(child) = at.pointer(&format!("/{token}")) else {
            return false;
        };
        let is_member = at.as_object().is_some();
        if is_member && !declared.contains(name.as_str()) && !patterns.iter().any(|pattern| is_match(pattern, &name)) {
            return !patterns.is_empty();
        }
        at = child;
    }
    false
}

/// Gathers the names of `properties` and the patterns of `patternProperties`, wherever they stand.
fn collect<'s>(schema: &'s Value, declared: &mut BTreeSet<&'s str>, patterns: &mut BTreeSet<&'s str>) {
    match schema {
        Value::Object(members) => {
            let names = |keyword: &str| members.get(keyword).and_then(Value::as_object).into_iter().flatten();
            declared.extend(names("properties").map(|(name, _)| name.as_str()));
            patterns.extend(names("patternProperties").map(|(name, _)| name.as_str()));
            members.values().for_each(|value| collect(value, declared, patterns));
        }
        Value::Array(elements) => elements.iter().for_each(|value| collect(value, declared, patterns)),
        _ => {}
    }
}

/// Returns the number that could not be decoded, if it was one.
fn refused_number(finding: &Finding) -> Option<&client_runtime::Number> {
    let fault = finding
        .reading
        .faults
        .first()
        .filter(|fault| fault.keyword == "decode")?;
    finding.instance.pointer(&fault.pointer)?.as_number()
}

/// Returns whether the two are the same, where numbers count as the nearest `f64`.
fn same_floats(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => {
            left.compare(right).is_eq()
                || matches!((left.as_f64(), right.as_f64()), (Some(left), Some(right)) if left.to_bits() == right.to_bits())
        }
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same_floats(left, right))
        }
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(name, left)| right.get(name).is_some_and(|right| same_floats(left, right)))
        }
        _ => left.same(right),
    }
}
