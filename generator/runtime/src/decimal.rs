//! The exact value of a number, worked out on the digits of its text.
//!
//! Nothing is expanded: `1e1000000000` is one digit and an exponent, so that the
//! work is in proportion to the length of the text.

use std::cmp::Ordering;

/// The parts of the text of a number.
pub(super) struct Parts<'t> {
    negative: bool,
    whole: &'t str,
    fraction: &'t str,
    exponent: Option<i64>,
}

/// Where exponents end: far beyond use, and far from the ends of `i64`.
const FAR: i64 = 1_000_000_000_000_000_000;

impl<'t> Parts<'t> {
    /// Splits `text`; `None` where it breaks the grammar of JSON.
    pub(super) fn of(text: &'t str) -> Option<Self> {
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

    /// Returns whether an integer of this value prints as this text, if it fits.
    pub(super) fn is_canonical_integer(&self) -> bool {
        self.fraction.is_empty() && self.exponent.is_none() && !(self.negative && self.whole == "0")
    }

    /// Returns whether `f64` prints this text back.
    ///
    /// Decimals of up to 15 significant digits differ as `f64` whenever they
    /// differ at all, so the shortest text that `Display` looks for is this one.
    /// Far below one that ends where `f64` grows coarse; the bound on the length
    /// stays clear of it.
    pub(super) fn is_short(&self) -> bool {
        let significant = match self.whole {
            "0" => self.fraction.trim_start_matches('0').len(),
            whole => whole.len() + self.fraction.len(),
        };
        let canonical = self.exponent.is_none() && !self.fraction.is_empty() && !self.fraction.ends_with('0');
        canonical && significant <= 15 && self.fraction.len() <= 20
    }
}

/// Splits `text` after its leading digits; `None` where there is none.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text
        .bytes()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Reads what follows the `e` of a number.
fn exponent(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (all, "") = digits(unsigned)? else {
        return None;
    };
    let magnitude = all.parse().map_or(FAR, |value: i64| value.min(FAR));
    Some(if text.starts_with('-') { -magnitude } else { magnitude })
}

/// The value of a number: its digits, and the powers of ten of the first and the
/// last one that is not zero.
pub(super) struct Decimal<'t> {
    /// Whether a minus stands before it, which zero may have too.
    pub(super) negative: bool,
    /// From the first to the last digit that is not zero, in two pieces around the point.
    digits: [&'t str; 2],
    /// How many digits that is; 0 where the value is zero.
    count: i64,
    /// The power of ten of the last digit.
    power: i64,
}

impl<'t> Decimal<'t> {
    /// Reads the text of a [`Number`].
    pub(super) fn of(text: &'t str) -> Self {
        // Nothing but the text of a number comes here; the other arm only avoids a panic.
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

    pub(super) fn is_integer(&self) -> bool {
        self.is_zero() || self.power >= 0
    }

    /// Returns the power of ten of the first digit.
    fn lead(&self) -> i64 {
        self.power + self.count - 1
    }

    fn digits(&self) -> impl Iterator<Item = u8> {
        self.digits
            .iter()
            .flat_map(|piece| piece.bytes())
            .map(|digit| digit - b'0')
    }

    /// Returns the value without its sign when it is an integer that fits.
    pub(super) fn magnitude(&self) -> Option<u64> {
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

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let sign = |decimal: &Self| match (decimal.is_zero(), decimal.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let signs = sign(self).cmp(&sign(other));
        if signs.is_ne() || self.is_zero() {
            return signs;
        }
        // Neither has zeros at its end, so the longer of two that agree is the larger.
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

    pub(super) fn is_multiple_of(&self, divisor: &Self) -> bool {
        // 10³⁷: ten times a rest below it, and a digit, fit `u128`.
        const MOST_DIGITS: i64 = 37;
        if self.is_zero() || divisor.is_zero() {
            return self.is_zero();
        }
        let Ok(shift) = u64::try_from(self.power - divisor.power) else {
            // The last digit stands to the right of all that the divisor can reach.
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

/// Returns a length as `i64`; texts beyond its range do not fit any memory.
fn length(text: &str) -> i64 {
    text.len().try_into().unwrap_or(FAR)
}

/// Returns the rest of 10 to the power of `exponent`, by squaring.
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

/// Returns the rest of `left * right`, both below a `modulus` of up to 10³⁷.
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
