//! Chooses the type of an integer: by its format, or else by its bounds.

use crate::document::{Node, Value};
use crate::lower::schemas::json_types::list;
use crate::model::{Integer, Type};

/// Returns the type of an integer by its format, or else by its bounds.
///
/// Bounds are compared digit by digit: `f64` cannot distinguish the limits of 64 bits from their neighbours.
pub(in crate::lower) fn integer_type(node: &Node) -> Type {
    match node.get("format").and_then(Node::as_str) {
        Some("int32" | "int8" | "int16" | "uint8" | "uint16") => return Type::Integer(Integer::I32),
        Some("int64") => return Type::Integer(Integer::I64),
        Some("uint32") => return Type::Integer(Integer::U32),
        Some("uint64" | "uint") => return Type::Integer(Integer::U64),
        _ => {}
    }
    let bound = |key: &str| read(node.get(key)?);
    let listed: Vec<Bound> = list(node, "enum")
        .iter()
        .chain(node.get("const"))
        .filter_map(read)
        .collect();
    let highest = [
        bound("maximum").map(|bound| bound.floor),
        bound("exclusiveMaximum").map(|bound| bound.floor - i128::from(bound.is_integer)),
        listed.iter().map(|bound| bound.floor).max(),
    ];
    let lowest = [
        bound("minimum").map(Bound::ceiling),
        bound("exclusiveMinimum").map(|bound| bound.floor + 1),
        listed.iter().map(|bound| bound.floor).min(),
    ];
    let highest = highest.into_iter().flatten().min();
    let lowest = lowest.into_iter().flatten().max();
    let is_large = highest.is_some_and(|highest| highest > i64::MAX.into());
    let is_unsigned =
        lowest.is_some_and(|lowest| lowest >= 0) && highest.is_some_and(|highest| highest <= u64::MAX.into());
    match lowest {
        Some(lowest) if lowest < i64::MIN.into() => Type::Decimal,
        _ if is_large && is_unsigned => Type::Integer(Integer::U64),
        _ if is_large => Type::Decimal,
        _ => Type::Integer(Integer::I64),
    }
}

/// The bound of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bound {
    /// The greatest integer that is not greater than the number.
    floor: i128,
    /// Whether the number is that integer.
    is_integer: bool,
}

impl Bound {
    fn ceiling(self) -> i128 {
        self.floor + i128::from(!self.is_integer)
    }
}

/// Reads a number exactly, but for numbers beyond all integer types: one of them stands for all.
fn read(node: &Node) -> Option<Bound> {
    /// More digits than any bound of an integer type has.
    const MOST_DIGITS: usize = 30;
    const BEYOND: i128 = 10_i128.pow(30);
    let Value::Number(text) = &node.value else { return None };
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.as_str()),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = [whole, fraction].concat();
    let zeros = digits.len() - digits.trim_start_matches('0').len();
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return Some(Bound {
            floor: 0,
            is_integer: true,
        });
    }
    // How many significant digits are before the decimal point. An exponent beyond `i64` is replaced by a large one.
    let exponent = exponent.parse::<i64>().unwrap_or(if exponent.starts_with('-') {
        i64::MIN / 2
    } else {
        i64::MAX / 2
    });
    let before = i64::try_from(whole.len()).ok()? - i64::try_from(zeros).ok()?;
    let before = before.saturating_add(exponent);
    let (magnitude, is_integer) = match usize::try_from(before) {
        Err(_) | Ok(0) => (0, false),
        Ok(before) if before > MOST_DIGITS => (BEYOND, true),
        Ok(before) => {
            let kept: String = significant.chars().chain(std::iter::repeat('0')).take(before).collect();
            (kept.parse().ok()?, significant.len() <= before)
        }
    };
    Some(Bound {
        floor: sign * magnitude - i128::from(sign < 0 && !is_integer),
        is_integer,
    })
}

#[cfg(test)]
mod tests {
    use super::{Bound, integer_type, read};
    use crate::document::{Node, Object, Value};
    use crate::model::{Integer, Type};
    use crate::source::Origin;

    const NOWHERE: Origin = Origin {
        source: 0,
        index: 0,
        copy: 0,
    };

    fn number(text: &str) -> Node {
        Node::new(NOWHERE, Value::Number(text.to_owned()))
    }

    fn type_of(bounds: &[(&str, &str)]) -> Type {
        let members = bounds.iter().map(|(key, text)| ((*key).to_owned(), number(text)));
        integer_type(&Node::new(NOWHERE, Value::Object(members.collect::<Object>())))
    }

    #[test]
    fn bounds_are_read_exactly() {
        for (text, floor, is_integer) in [
            ("0", 0, true),
            ("-0.0", 0, true),
            ("1e3", 1000, true),
            ("1.5e1", 15, true),
            ("15e-1", 1, false),
            ("-15e-1", -2, false),
            ("0.001e3", 1, true),
            ("9223372036854775807.0", i128::from(i64::MAX), true),
            ("9223372036854775807.5", i128::from(i64::MAX), false),
            ("-9223372036854775808", i128::from(i64::MIN), true),
            ("0.1e-99999999999999999999", 0, false),
            ("-1e99999999999999999999", -(10_i128.pow(30)), true),
        ] {
            assert_eq!(read(&number(text)), Some(Bound { floor, is_integer }), "{text}");
        }
    }

    #[test]
    fn the_borders_of_64_bits_are_within_them() {
        let (signed, unsigned) = (Type::Integer(Integer::I64), Type::Integer(Integer::U64));
        for (bounds, expected) in [
            (
                vec![("maximum", "9223372036854775807"), ("minimum", "-9223372036854775808")],
                &signed,
            ),
            (vec![("maximum", "9223372036854775807")], &signed),
            (vec![("maximum", "9.223372036854775807e18")], &signed),
            (vec![("maximum", "9223372036854775807.9")], &signed),
            (vec![("exclusiveMaximum", "9223372036854775808")], &signed),
            (vec![("exclusiveMinimum", "-9223372036854775809")], &signed),
            (vec![("minimum", "-9223372036854775808.5")], &signed),
            (vec![("minimum", "0"), ("maximum", "18446744073709551615")], &unsigned),
            (
                vec![("exclusiveMinimum", "-1"), ("exclusiveMaximum", "18446744073709551616")],
                &unsigned,
            ),
            (
                vec![("minimum", "-0.5"), ("maximum", "18446744073709551615")],
                &unsigned,
            ),
            (vec![("maximum", "9223372036854775808")], &Type::Decimal),
            (vec![("exclusiveMaximum", "9223372036854775808.5")], &Type::Decimal),
            (vec![("minimum", "-9223372036854775809")], &Type::Decimal),
            (
                vec![("minimum", "0"), ("maximum", "18446744073709551616")],
                &Type::Decimal,
            ),
            (
                vec![("minimum", "-1"), ("maximum", "18446744073709551615")],
                &Type::Decimal,
            ),
        ] {
            assert_eq!(type_of(&bounds), *expected, "{bounds:?}");
        }
    }
}
