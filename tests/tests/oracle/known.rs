//! Where the crates and the oracle part, and why they may.
//!
//! Each entry stands in SUPPORTED.md too, under the same name; a test holds that.

use apicrate_runtime::{Json, Number};

use crate::extend::NEW_SCALAR;
use crate::run::{Finding, Kind};
use crate::validate::Fault;

/// A schema that nothing satisfies.
pub(crate) struct Never {
    /// The name of the case.
    pub(crate) document: &'static str,
    /// Where the document has the schema.
    pub(crate) pointer: &'static str,
    /// Why nothing does.
    pub(crate) reason: &'static str,
}

/// All of these. A run fails where it finds a valid value of one of them, and where it finds none of another schema.
pub(crate) const NEVER: &[Never] = &[
    Never {
        document: "schemas_without_type",
        pointer: "/components/schemas/Never",
        reason: "`not: {}` refuses everything",
    },
    Never {
        document: "unions_without_discriminator",
        pointer: "/components/schemas/Ambiguous",
        reason: "the subschemas of the `oneOf` are equal, so none holds alone",
    },
];

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
            let written = written.and_then(|text| apicrate_runtime::from_str::<Json>(text).ok());
            finding.kind == Kind::Written && written.is_some_and(|written| same_floats(&finding.instance, &written))
        },
    },
    Known {
        name: "digits beyond `f64` at a bound",
        explains: |finding| {
            let faults = &finding.reading.faults;
            finding.kind == Kind::Refused
                && !faults.is_empty()
                && faults.iter().all(|fault| is_at_bound(finding, fault))
        },
    },
    Known {
        name: "a new variant of a union of scalars",
        explains: |finding| finding.kind == Kind::New && finding.words == NEW_SCALAR,
    },
];

/// Returns whether the fault is a bound that the nearest `f64` of the value meets, where the value itself does not.
fn is_at_bound(finding: &Finding, fault: &Fault) -> bool {
    const BOUNDS: [&str; 4] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
    // As in `expected at least 3, found 2`.
    let bound = fault.message.split(", found").next();
    let bound = bound.and_then(|text| Number::parse(text.rsplit(' ').next()?));
    let number = finding.instance.pointer(&fault.pointer).and_then(Json::as_number);
    let (Some(bound), Some(number)) = (bound, number) else {
        return false;
    };
    let nearest = |number: &Number| number.as_f64().map(f64::to_bits);
    BOUNDS.contains(&fault.keyword)
        && nearest(&bound).is_some()
        && nearest(&bound) == nearest(number)
        && number.compare(&bound).is_ne()
}

/// Returns the number that could not be decoded, if it was one.
fn refused_number(finding: &Finding) -> Option<&Number> {
    let fault = finding
        .reading
        .faults
        .first()
        .filter(|fault| fault.keyword == "decode")?;
    finding.instance.pointer(&fault.pointer)?.as_number()
}

/// Returns whether the two are the same, where numbers are compared as the nearest `f64`.
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
