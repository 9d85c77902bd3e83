//! The exact value of a decimal number, computed on the digits of its text.
//!
//! Exponents are not expanded: `1e1000000000` is one digit and an exponent. So the work is in proportion to the length
//! of the text.

use std::cmp::Ordering;

/// The parts of the text of a number.
pub(crate) struct Parts<'t> {
    negative: bool,
    whole: &'t str,
    fraction: &'t str,
    exponent: Option<i64>,
}

/// The limit of exponents. It is far above useful values, and far below the limits of `i64`.
const FAR: i64 = 1_000_000_000_000_000_000;

impl<'t> Parts<'t> {
    /// Splits `text`. Returns `None` if it is not a JSON number.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, rest) = digits(unsigned)?;
        if whole.len() > 1 && whole.starts_with('0') {
            return None;
        }
        let (fraction, rest) = match rest.strip_prefix('.') {
            Some(rest) => digits(rest)?,
            None => ("", rest),
        };
        let exponent = match rest.strip_prefix(['e', 'E']) {
            Some(rest) => Some(exponent(rest)?),
            None if rest.is_empty() => None,
            None => return None,
        };
        Some(Self {
            negative: text.starts_with('-'),
            whole,
            fraction,
            exponent,
        })
    }

    /// Returns whether an integer with this value prints as this text, if it fits into the type.
    pub(crate) fn is_canonical_integer(&self) -> bool {
        self.fraction.is_empty() && self.exponent.is_none() && !(self.negative && self.whole == "0")
    }
}

/// Splits `text` after its leading digits. Returns `None` if there are none.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text
        .bytes()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Reads the exponent after the `e` of a number.
fn exponent(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (all, "") = digits(unsigned)? else {
        return None;
    };
    let magnitude = all.parse().map_or(FAR, |value: i64| value.min(FAR));
    Some(if text.starts_with('-') { -magnitude } else { magnitude })
}

/// The maximum number of digits of a decimal that is stored as an integer and a scale. 10¹⁸ fits into `i64`.
const MOST_DIGITS: usize = 18;

/// The powers of ten of all scales. Each is exact as `f64`.
pub(crate) const POWERS: [f64; MOST_DIGITS + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
];

/// Splits a decimal of up to 18 digits without an exponent into an integer of its digits, and its scale: the number of
/// digits after the point.
///
/// These print as the same text. So minus zero is excluded, which would print without its sign.
pub(crate) fn scaled(text: &str) -> Option<(i64, u8)> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mut value, mut count, mut point) = (0_i64, 0, None);
    for &byte in unsigned.as_bytes() {
        if byte.is_ascii_digit() && count < MOST_DIGITS {
            value = value * 10 + i64::from(byte - b'0');
            count += 1;
        } else if byte == b'.' && point.is_none() {
            point = Some(count);
        } else {
            return None;
        }
    }
    let whole = point.unwrap_or(count);
    let is_number = whole > 0 && (whole == 1 || !unsigned.starts_with('0')) && point != Some(count);
    let is_negative = unsigned.len() < text.len();
    if !is_number || is_negative && value == 0 {
        return None;
    }
    let scale = u8::try_from(count - whole).ok()?;
    Some((if is_negative { -value } else { value }, scale))
}

/// Returns the digits and the scale of a float that has few digits. Returns `None` for any other.
///
/// The decimal is the one that `Display` prints. No two decimals of up to 15 digits are the same `f64`.
#[allow(clippy::cast_possible_truncation, reason = "the bound is far below that of `i64`")]
#[allow(
    clippy::float_cmp,
    reason = "the quotient of two exact values is rounded once, as the decimal was"
)]
pub(crate) fn short(value: f64) -> Option<(i64, u8)> {
    if value == 0.0 || !(1e-5..1e15).contains(&value.abs()) {
        return None;
    }
    (0_u8..=6).zip(POWERS).find_map(|(scale, power)| {
        let digits = (value * power).round();
        (digits.abs() < 1e15 && digits / power == value).then_some((digits as i64, scale))
    })
}

/// A buffer for a printed decimal: a sign, a zero, a point and the digits.
pub(crate) type Buffer = [u8; MOST_DIGITS + 3];

/// Prints `digits` with a point before the last `scale` of them.
pub(crate) fn print(digits: i64, scale: u8, buffer: &mut Buffer) -> &str {
    let mut rest = digits.unsigned_abs();
    let mut start = buffer.len();
    let mut put = |byte| {
        start -= 1;
        buffer[start] = byte;
    };
    let mut digit = || {
        let last = rest % 10;
        rest /= 10;
        (b'0' + u8::try_from(last).unwrap_or_default(), rest == 0)
    };
    for _ in 0..scale {
        put(digit().0);
    }
    if scale > 0 {
        put(b'.');
    }
    loop {
        let (byte, is_first) = digit();
        put(byte);
        if is_first {
            break;
        }
    }
    if digits < 0 {
        put(b'-');
    }
    // The buffer contains only ASCII.
    std::str::from_utf8(&buffer[start..]).unwrap_or_default()
}

/// Returns the length of the number at the start of `text`. Returns `None` if it is invalid ([RFC 8259
/// §6](https://www.rfc-editor.org/rfc/rfc8259#section-6)).
pub(crate) fn number_length(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = text.get(from..)?;
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (count > 0).then_some(from + count)
    };
    let start = usize::from(text.first() == Some(&b'-'));
    let mut end = digits(start)?;
    if text[start] == b'0' && end > start + 1 {
        return None;
    }
    if text.get(end) == Some(&b'.') {
        end = digits(end + 1)?;
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let is_signed = matches!(text.get(end + 1), Some(b'+' | b'-'));
        end = digits(end + 1 + usize::from(is_signed))?;
    }
    Some(end)
}

/// The value of a number: its digits without zeros at either end, and the power of ten of the last one.
pub(crate) struct Decimal<'t> {
    /// Whether it has a minus sign. Zero may have one.
    pub(crate) negative: bool,
    /// The digits from the first to the last one that is not zero, in two parts: before and after the point.
    digits: [&'t str; 2],
    /// The number of digits. It is 0 if the value is zero.
    count: i64,
    /// The power of ten of the last digit.
    power: i64,
}

impl<'t> Decimal<'t> {
    /// Reads the text of a [`Number`].
    pub(crate) fn of(text: &'t str) -> Self {
        // The text is always a number; the other arm only avoids a panic.
        let parts = Parts::of(text).unwrap_or(Parts {
            negative: false,
            whole: "0",
            fraction: "",
            exponent: None,
        });
        let (mut whole, mut fraction) = (parts.whole, parts.fraction.trim_end_matches('0'));
        let mut power = parts.exponent.unwrap_or(0) - length(fraction);
        if fraction.is_empty() {
            let kept = whole.trim_end_matches('0');
            power += length(whole) - length(kept);
            whole = kept;
        }
        whole = whole.trim_start_matches('0');
        if whole.is_empty() {
            fraction = fraction.trim_start_matches('0');
        }
        Self {
            negative: parts.negative,
            digits: [whole, fraction],
            count: length(whole) + length(fraction),
            power,
        }
    }

    fn is_zero(&self) -> bool {
        self.count == 0
    }

    pub(crate) fn is_integer(&self) -> bool {
        self.is_zero() || self.power >= 0
    }

    /// Returns the power of ten of the first digit.
    fn lead(&self) -> i64 {
        self.power + self.count - 1
    }

    fn digits(&self) -> impl Iterator<Item = u8> {
        self.digits
            .iter()
            .flat_map(|chunk| chunk.bytes())
            .map(|digit| digit - b'0')
    }

    /// Returns the absolute value, if it is an integer that fits into the type.
    pub(crate) fn magnitude(&self) -> Option<u64> {
        const MOST_DIGITS: i64 = 20;
        if self.is_zero() {
            return Some(0);
        }
        if self.power < 0 || self.lead() >= MOST_DIGITS {
            return None;
        }
        let shift = 10_u64.checked_pow(self.power.try_into().ok()?)?;
        self.digits()
            .try_fold(0_u64, |value, digit| value.checked_mul(10)?.checked_add(digit.into()))?
            .checked_mul(shift)
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        let sign = |decimal: &Self| match (decimal.is_zero(), decimal.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let signs = sign(self).cmp(&sign(other));
        if signs.is_ne() || self.is_zero() {
            return signs;
        }
        // Neither has zeros at its end, so if one is a prefix of the other, the longer one is larger.
        let magnitudes = self
            .lead()
            .cmp(&other.lead())
            .then_with(|| self.digits().cmp(other.digits()));
        if self.negative {
            magnitudes.reverse()
        } else {
            magnitudes
        }
    }

    pub(crate) fn is_multiple_of(&self, divisor: &Self) -> bool {
        // 10³⁷: ten times a smaller remainder, plus a digit, fits into `u128`.
        const MOST_DIGITS: i64 = 37;
        if self.is_zero() || divisor.is_zero() {
            return self.is_zero();
        }
        let Ok(shift) = u64::try_from(self.power - divisor.power) else {
            // The last digit has a lower power of ten than any multiple of the divisor can have.
            return false;
        };
        if divisor.count > MOST_DIGITS {
            return true;
        }
        let modulus = divisor
            .digits()
            .fold(0, |value: u128, digit| value * 10 + u128::from(digit));
        let rest = self
            .digits()
            .fold(0, |rest, digit| (rest * 10 + u128::from(digit)) % modulus);
        multiply(rest, power_of_ten(shift, modulus), modulus) == 0
    }
}

/// Returns a length as `i64`. No text in memory is longer.
fn length(text: &str) -> i64 {
    text.len().try_into().unwrap_or(FAR)
}

/// Returns the remainder of 10 to the power of `exponent`, by squaring.
fn power_of_ten(mut exponent: u64, modulus: u128) -> u128 {
    let (mut result, mut base) = (1 % modulus, 10 % modulus);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = multiply(result, base, modulus);
        }
        base = multiply(base, base, modulus);
        exponent /= 2;
    }
    result
}

/// Returns the remainder of `left * right`, both below a `modulus` of up to 10³⁷.
fn multiply(left: u128, mut right: u128, modulus: u128) -> u128 {
    if let Some(product) = left.checked_mul(right) {
        return product % modulus;
    }
    let (mut result, mut summand) = (0, left);
    while right > 0 {
        if right % 2 == 1 {
            result = (result + summand) % modulus;
        }
        summand = summand * 2 % modulus;
        right /= 2;
    }
    result
}
