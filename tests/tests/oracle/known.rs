//! Where the crates and the oracle part, and why they may.
//!
//! Each entry stands in SUPPORTED.md too, under the same name; a test holds that.

use crate::extend::NEW_SCALAR;
use crate::run::{Finding, Kind};
use client_runtime::Json;

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
];

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
