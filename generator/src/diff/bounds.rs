//! Compares keywords that bound values: by counts, numbers, patterns and formats.

use crate::diff::relation::Relation;
use crate::model::{Assertion, Constraints};

/// Returns whether a keyword bounds values.
pub(super) fn is_bound(assertion: &Assertion) -> bool {
    matches!(assertion, Assertion::UniqueItems) || value(assertion).is_some()
}

/// Relates values by whether any keyword bounds them, before and now.
pub(super) fn presence(old: &Constraints, new: &Constraints) -> Relation {
    match (is_bounded(old), is_bounded(new)) {
        (false, true) => Relation::Narrower,
        (true, false) => Relation::Wider,
        _ => Relation::Same,
    }
}

fn is_bounded(constraints: &Constraints) -> bool {
    let mut assertions = constraints.0.iter();
    assertions.any(|assertion| match assertion {
        Assertion::AllOf(subschemas) => subschemas.iter().any(is_bounded),
        other => is_bound(other),
    })
}

/// Returns the value of a keyword that bounds values, if it has one.
pub(super) fn value(assertion: &Assertion) -> Option<String> {
    Some(match assertion {
        Assertion::MinLength(count)
        | Assertion::MaxLength(count)
        | Assertion::MinItems(count)
        | Assertion::MaxItems(count)
        | Assertion::MinProperties(count)
        | Assertion::MaxProperties(count) => count.to_string(),
        Assertion::Minimum(number)
        | Assertion::Maximum(number)
        | Assertion::ExclusiveMinimum(number)
        | Assertion::ExclusiveMaximum(number)
        | Assertion::MultipleOf(number) => number.clone(),
        Assertion::Pattern(pattern) => format!("`{}`", pattern.source),
        Assertion::Format(format) => format!("`{format}`"),
        _ => return None,
    })
}

/// Compares two keywords of one name, if they bound values.
pub(super) fn compare(old: &Assertion, new: &Assertion) -> Option<Relation> {
    if !is_bound(old) || !is_bound(new) {
        return None;
    }
    Some(match (old, new) {
        _ if value(old) == value(new) => Relation::Same,
        (Assertion::MinLength(old), Assertion::MinLength(new))
        | (Assertion::MinItems(old), Assertion::MinItems(new))
        | (Assertion::MinProperties(old), Assertion::MinProperties(new)) => minimum(old, new),
        (Assertion::MaxLength(old), Assertion::MaxLength(new))
        | (Assertion::MaxItems(old), Assertion::MaxItems(new))
        | (Assertion::MaxProperties(old), Assertion::MaxProperties(new)) => minimum(old, new).reversed(),
        (Assertion::Minimum(old), Assertion::Minimum(new))
        | (Assertion::ExclusiveMinimum(old), Assertion::ExclusiveMinimum(new)) => numbers(old, new),
        (Assertion::Maximum(old), Assertion::Maximum(new))
        | (Assertion::ExclusiveMaximum(old), Assertion::ExclusiveMaximum(new)) => numbers(old, new).reversed(),
        (Assertion::MultipleOf(old), Assertion::MultipleOf(new)) => multiples(old, new),
        _ => Relation::Other,
    })
}

/// Relates values from a minimum on.
fn minimum<T: PartialOrd>(old: &T, new: &T) -> Relation {
    if new < old {
        Relation::Wider
    } else if old < new {
        Relation::Narrower
    } else {
        Relation::Same
    }
}

fn numbers(old: &str, new: &str) -> Relation {
    if let (Ok(old), Ok(new)) = (old.parse::<i128>(), new.parse::<i128>()) {
        return minimum(&old, &new);
    }
    match (old.parse::<f64>(), new.parse::<f64>()) {
        (Ok(old), Ok(new)) => minimum(&old, &new),
        _ => Relation::Other,
    }
}

fn multiples(old: &str, new: &str) -> Relation {
    let (Ok(old), Ok(new)) = (old.parse::<i128>(), new.parse::<i128>()) else {
        return Relation::Other;
    };
    match (old.checked_rem(new), new.checked_rem(old)) {
        (Some(0), Some(0)) => Relation::Same,
        (Some(0), _) => Relation::Wider,
        (_, Some(0)) => Relation::Narrower,
        _ => Relation::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::diff::relation::Relation;
    use crate::model::Assertion;

    #[test]
    fn bounds_are_related() {
        let minimum = |number: &str| Assertion::Minimum(number.to_owned());
        let maximum = |number: &str| Assertion::Maximum(number.to_owned());
        let multiple = |number: &str| Assertion::MultipleOf(number.to_owned());
        let table = [
            (minimum("1"), minimum("0"), Relation::Wider),
            (minimum("1.5"), minimum("2"), Relation::Narrower),
            (minimum("1"), minimum("1.0"), Relation::Same),
            (minimum("1"), minimum("1"), Relation::Same),
            (
                maximum("9007199254740993"),
                maximum("9007199254740992"),
                Relation::Narrower,
            ),
            (Assertion::MaxItems(3), Assertion::MaxItems(5), Relation::Wider),
            (Assertion::MinLength(3), Assertion::MinLength(5), Relation::Narrower),
            (multiple("10"), multiple("5"), Relation::Wider),
            (multiple("5"), multiple("10"), Relation::Narrower),
            (multiple("4"), multiple("6"), Relation::Other),
            (multiple("0"), multiple("0.5"), Relation::Other),
            (Assertion::Format("Email"), Assertion::Format("Uri"), Relation::Other),
            (Assertion::UniqueItems, Assertion::UniqueItems, Relation::Same),
        ];
        for (old, new, relation) in table {
            assert_eq!(compare(&old, &new), Some(relation), "{old:?} {new:?}");
        }
        assert_eq!(compare(&Assertion::Never, &Assertion::Never), None);
    }
}
