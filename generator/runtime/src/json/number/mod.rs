//! Numbers that keep their text.
//!
//! JSON limits neither the size nor the precision of a number ([RFC 8259
//! §6](https://www.rfc-editor.org/rfc/rfc8259#section-6)). So a number that is decoded and encoded again keeps its
//! text. The keywords of JSON Schema are evaluated on the digits, without the rounding of `f64`.

pub(crate) mod decimal;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::number::decimal::{Decimal, Parts};
use crate::runtime::json::reader::Reader;

/// A JSON number with all of its digits.
///
/// Two numbers are equal if their texts are equal: `1`, `1.0` and `1e0` differ. [`compare`](Self::compare) compares the
/// values.
#[derive(Clone)]
pub struct Number(Repr);

/// Every text has exactly one representation, so that equal texts have equal representations.
#[derive(Clone)]
enum Repr {
    /// The canonical decimal of an `i64`.
    Integer(i64),
    /// A decimal with a point, as its digits and its scale: see [`decimal::scaled`].
    Decimal(i64, u8),
    /// Any other text.
    Text(Box<str>),
}

impl Number {
    /// Parses a JSON number. Returns `None` if the text is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let repr = match decimal::scaled(text) {
            Some((value, 0)) => Repr::Integer(value),
            Some((digits, scale)) => Repr::Decimal(digits, scale),
            None if Parts::of(text)?.is_canonical_integer() => {
                text.parse().map_or_else(|_| Repr::Text(text.into()), Repr::Integer)
            }
            None => Repr::Text(text.into()),
        };
        Some(Self(repr))
    }

    /// Returns the text as received.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Text(text) => Cow::Borrowed(text),
            _ => self.to_string().into(),
        }
    }

    /// Returns the text as received. It is written to `buffer` if it is not stored.
    pub(crate) fn print<'t>(&'t self, buffer: &'t mut decimal::Buffer) -> &'t str {
        match &self.0 {
            Repr::Integer(value) => decimal::print(*value, 0, buffer),
            Repr::Decimal(digits, scale) => decimal::print(*digits, *scale, buffer),
            Repr::Text(text) => text,
        }
    }

    /// Returns the value if it is an integer that fits into the type, such as `7`, `7.0` and `0.7e1`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Integer(value) => Some(*value),
            Repr::Decimal(digits, scale) => whole(*digits, *scale),
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

    /// Returns the value if it is an integer that fits into the type, such as `7`, `7.0` and `0.7e1`.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Repr::Integer(value) => u64::try_from(*value).ok(),
            Repr::Decimal(digits, scale) => u64::try_from(whole(*digits, *scale)?).ok(),
            Repr::Text(text) => {
                let decimal = Decimal::of(text);
                decimal
                    .magnitude()
                    .filter(|&magnitude| magnitude == 0 || !decimal.negative)
            }
        }
    }

    /// Returns the nearest `f64`. Returns `None` if that is infinite.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match &self.0 {
            Repr::Integer(value) => Some(nearest_float(*value)),
            // Most numbers have exact digits and an exact power, so that only the division rounds.
            Repr::Decimal(digits, scale) if digits.unsigned_abs() < 1 << 53 => {
                Some(nearest_float(*digits) / decimal::POWERS[usize::from(*scale)])
            }
            _ => self.text().parse().ok().filter(|value: &f64| value.is_finite()),
        }
    }

    /// Returns whether the value is an integer, such as `1`, `1.0` and `1e2`.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Integer(_) => true,
            Repr::Decimal(digits, scale) => whole(*digits, *scale).is_some(),
            Repr::Text(text) => Decimal::of(text).is_integer(),
        }
    }

    /// Compares the exact values.
    ///
    /// Exponents beyond ±10¹⁸ are treated as ±10¹⁸. The work is in proportion to the length of the texts, however large
    /// the values are.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Integer(left), Repr::Integer(right)) => left.cmp(right),
            _ => Decimal::of(&self.text()).compare(&Decimal::of(&other.text())),
        }
    }

    /// Returns whether the value is an exact multiple of `divisor`.
    ///
    /// The sign of `divisor` has no effect, and the only multiple of zero is zero. For a divisor of more than 37
    /// significant digits the result is always true.
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

/// Returns the value of a decimal that is an integer.
fn whole(digits: i64, scale: u8) -> Option<i64> {
    let divisor = 10_i64.pow(scale.into());
    (digits % divisor == 0).then(|| digits / divisor)
}

/// Returns the `f64` nearest to `value`. Both halves are exact, so their sum rounds once.
fn nearest_float(value: i64) -> f64 {
    const HALF: f64 = 4_294_967_296.0;
    let high = i32::try_from(value >> 32).unwrap_or_default();
    let low = u32::try_from(value & 0xFFFF_FFFF).unwrap_or_default();
    f64::from(high) * HALF + f64::from(low)
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.print(&mut [0; _]))
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
            (Repr::Decimal(left, left_scale), Repr::Decimal(right, right_scale)) => {
                (left, left_scale) == (right, right_scale)
            }
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
            Repr::Decimal(digits, scale) => (digits, scale).hash(state),
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

    /// Converts a float to the shortest decimal that identifies it.
    fn try_from(value: f64) -> Result<Self, NotFinite> {
        let text = if value == 0.0 || (1e-5..1e16).contains(&value.abs()) {
            value.to_string()
        } else {
            format!("{value:e}")
        };
        Self::parse(&text).ok_or(NotFinite)
    }
}

/// An infinite number or NaN, which JSON cannot represent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotFinite;

impl fmt::Display for NotFinite {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON has no number for infinity or NaN")
    }
}

impl std::error::Error for NotFinite {}

impl Reader<'_> {
    /// Reads a number.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn number(&mut self) -> Result<Number, Fault> {
        let offset = self.offset()?;
        let text = self.number_text()?;
        Number::parse(text).ok_or_else(|| Fault::expected(offset, "a number", text))
    }

    /// Reads a number of 64 bits.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn float(&mut self) -> Result<f64, Fault> {
        let offset = self.offset()?;
        let text = self.number_text()?;
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(Fault::expected(offset, "a number of 64 bits", text)),
        }
    }

    /// Decodes an integer that fits into `T`. `1.0` and `1e2` are integers ([JSON Schema
    /// §6.1.1](https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.1)).
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn integer<T: TryFrom<i64> + TryFrom<u64>>(&mut self, expected: &'static str) -> Result<T, Fault> {
        let offset = self.offset()?;
        let text = self.number_text()?;
        let value = if let Ok(value) = text.parse::<i64>() {
            T::try_from(value).ok()
        } else if let Ok(value) = text.parse::<u64>() {
            T::try_from(value).ok()
        } else {
            Number::parse(text)
                .filter(Number::is_integer)
                .and_then(|number| match number.as_i64() {
                    Some(value) => T::try_from(value).ok(),
                    None => number.as_u64().and_then(|value| T::try_from(value).ok()),
                })
        };
        value.ok_or_else(|| Fault::expected(offset, expected, text))
    }
}
