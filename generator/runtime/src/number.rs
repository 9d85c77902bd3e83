//! Numbers that keep the text in which they are written.
//!
//! JSON bounds neither the size nor the precision of a number
//! ([RFC 8259 §6](https://www.rfc-editor.org/rfc/rfc8259#section-6)), so a number
//! that only passes through has to leave as it came. What JSON Schema asks of
//! numbers is worked out on their digits, without the rounding of `f64`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::decimal::{Decimal, Parts};

/// A JSON number with all of its digits.
///
/// Two numbers are equal when their texts are: `1`, `1.0` and `1e0` differ.
/// [`compare`](Self::compare) goes by value.
#[derive(Clone)]
pub struct Number(Repr);

/// Every text has one representation alone, so that equal texts are equal here.
#[derive(Clone)]
enum Repr {
    /// A text that is the canonical decimal of an `i64`.
    Integer(i64),
    /// A text that `f64` prints back: see [`Parts::is_short`].
    Float(f64),
    /// Any other.
    Text(Box<str>),
}

impl Number {
    /// Reads the text of a JSON number; `None` where it is something else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts = Parts::of(text)?;
        let repr = if parts.is_canonical_integer() {
            text.parse().ok().map(Repr::Integer)
        } else if parts.is_short() {
            text.parse().ok().map(Repr::Float)
        } else {
            None
        };
        Some(Self(repr.unwrap_or_else(|| Repr::Text(text.into()))))
    }

    /// Returns the text as it was written.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Integer(value) => value.to_string().into(),
            Repr::Float(value) => value.to_string().into(),
            Repr::Text(text) => Cow::Borrowed(text),
        }
    }

    /// Returns the value when it is an integer that fits, as `7`, `7.0` and `0.7e1` are.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Integer(value) => Some(*value),
            Repr::Float(_) => None,
            Repr::Text(text) => {
                let decimal = Decimal::of(text);
                let magnitude = decimal.magnitude()?;
                if decimal.negative {
                    0_i64.checked_sub_unsigned(magnitude)
                } else {
                    magnitude.try_into().ok()
                }
            }
        }
    }

    /// Returns the value when it is an integer that fits, as `7`, `7.0` and `0.7e1` are.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Repr::Integer(value) => u64::try_from(*value).ok(),
            Repr::Float(_) => None,
            Repr::Text(text) => {
                let decimal = Decimal::of(text);
                decimal
                    .magnitude()
                    .filter(|&magnitude| magnitude == 0 || !decimal.negative)
            }
        }
    }

    /// Returns the nearest `f64`; `None` where that is infinite.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match &self.0 {
            Repr::Integer(value) => Some(nearest_float(*value)),
            Repr::Float(value) => Some(*value),
            Repr::Text(text) => text.parse().ok().filter(|value: &f64| value.is_finite()),
        }
    }

    /// Returns whether the value has no fraction: `1`, `1.0` and `1e2` have none.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Integer(_) => true,
            Repr::Float(_) => false,
            Repr::Text(text) => Decimal::of(text).is_integer(),
        }
    }

    /// Compares by value, exactly.
    ///
    /// Exponents beyond ±10¹⁸ count as ±10¹⁸. The work is in proportion to the
    /// length of the texts, however large the values are.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Integer(left), Repr::Integer(right)) => left.cmp(right),
            (Repr::Text(_), _) | (_, Repr::Text(_)) => Decimal::of(&self.text()).compare(&Decimal::of(&other.text())),
            // Decimals of up to 15 digits keep their order as `f64`, and a longer
            // integer lies beyond every short fraction.
            _ => self.as_f64().partial_cmp(&other.as_f64()).unwrap_or(Ordering::Equal),
        }
    }

    /// Returns whether the value is `divisor` times an integer, exactly.
    ///
    /// The sign of `divisor` does not count, and zero is the only multiple of
    /// zero. A divisor of more than 37 significant digits is not judged: every
    /// number counts as its multiple.
    #[must_use]
    pub fn is_multiple_of(&self, divisor: &Self) -> bool {
        if let (Repr::Integer(value), Repr::Integer(divisor)) = (&self.0, &divisor.0) {
            return value
                .unsigned_abs()
                .checked_rem(divisor.unsigned_abs())
                .map_or(*value == 0, |rest| rest == 0);
        }
        Decimal::of(&self.text()).is_multiple_of(&Decimal::of(&divisor.text()))
    }
}

/// Returns the `f64` next to `value`: both halves are exact, so their sum rounds once.
fn nearest_float(value: i64) -> f64 {
    const HALF: f64 = 4_294_967_296.0;
    let high = i32::try_from(value >> 32).unwrap_or_default();
    let low = u32::try_from(value & 0xFFFF_FFFF).unwrap_or_default();
    f64::from(high) * HALF + f64::from(low)
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Integer(value) => write!(formatter, "{value}"),
            Repr::Float(value) => write!(formatter, "{value}"),
            Repr::Text(text) => formatter.write_str(text),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Integer(left), Repr::Integer(right)) => left == right,
            (Repr::Float(left), Repr::Float(right)) => left.to_bits() == right.to_bits(),
            (Repr::Text(left), Repr::Text(right)) => left == right,
            _ => false,
        }
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Repr::Integer(value) => value.hash(state),
            Repr::Float(value) => value.to_bits().hash(state),
            Repr::Text(text) => text.hash(state),
        }
    }
}

macro_rules! from_integer {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                Self(Repr::Integer(value.into()))
            }
        }
    )*};
}

from_integer!(i8, i16, i32, i64, u8, u16, u32);

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(i64::try_from(value).map_or_else(|_| Repr::Text(value.to_string().into()), Repr::Integer))
    }
}

impl TryFrom<f64> for Number {
    type Error = NotFinite;

    /// Takes the shortest decimal that tells `value` from its neighbours.
    fn try_from(value: f64) -> Result<Self, NotFinite> {
        let text = if value == 0.0 || (1e-5..1e16).contains(&value.abs()) {
            value.to_string()
        } else {
            format!("{value:e}")
        };
        Self::parse(&text).ok_or(NotFinite)
    }
}

/// Infinity or NaN, which JSON cannot write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotFinite;

impl fmt::Display for NotFinite {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON has no number for infinity or NaN")
    }
}

impl std::error::Error for NotFinite {}
