//! The points in time of dates and times, and how they are written.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::runtime::schema::format::{offset, two_digits};
use crate::runtime::schema::keywords::Format;
use crate::runtime::types::date_time::DateTime;
use crate::runtime::types::string_types::InvalidText;

/// A point in time. The order of its fields is the order in time.
///
/// A minute may have a second 60, which is after its second 59 and before the next minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Instant<'t> {
    /// Minutes since 1970 in UTC.
    minutes: i64,
    /// From 0 to 60.
    second: i32,
    /// The digits of the fraction, without zeros at the end.
    fraction: &'t str,
}

impl<'t> Instant<'t> {
    /// Returns the point in time of an RFC 3339 text, and its offset from UTC in minutes.
    pub(crate) fn of(text: &'t str) -> Option<(Self, i32)> {
        if !Format::DateTime.is_valid(text) {
            return None;
        }
        let (year, month, day) = civil(text)?;
        let digits = |at: usize| two_digits(text.as_bytes()[at], text.as_bytes()[at + 1]);
        let (hour, minute, second) = (digits(11)?, digits(14)?, digits(17)?);
        let rest = &text[19..];
        let zone = rest.trim_start_matches(|letter: char| letter == '.' || letter.is_ascii_digit());
        let fraction = rest[..rest.len() - zone.len()].trim_start_matches('.');
        let ahead = offset(zone.as_bytes())?;
        let instant = Self {
            minutes: days(year, month, day) * (24 * 60) + i64::from(hour * 60 + minute - ahead),
            second,
            fraction: fraction.trim_end_matches('0'),
        };
        Some((instant, ahead))
    }

    /// Returns the seconds since 1970, and the nanoseconds. Further digits are dropped. The second 60 is the previous
    /// second with 1,000,000,000 more nanoseconds.
    pub(crate) fn unix(&self) -> (i64, u32) {
        let digits = self.fraction.bytes().chain([b'0'; 9]).take(9);
        let nanos = digits.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0'));
        let seconds = self.minutes * 60 + i64::from(self.second);
        if self.second < 60 {
            (seconds, nanos)
        } else {
            (seconds - 1, nanos + NANOS)
        }
    }
}

/// The nanoseconds of a second.
const NANOS: u32 = 1_000_000_000;
const DAY: i64 = 24 * 60 * 60;

/// Returns the year, month and day of a text that starts with a date.
pub(crate) fn civil(text: &str) -> Option<(i32, u32, u32)> {
    let bytes = text.as_bytes();
    let digits = |at: usize| two_digits(*bytes.get(at)?, *bytes.get(at + 1)?);
    let month_and_day = (u32::try_from(digits(5)?).ok()?, u32::try_from(digits(8)?).ok()?);
    Some((digits(0)? * 100 + digits(2)?, month_and_day.0, month_and_day.1))
}

/// Returns the days from 1970 to a date of the Gregorian calendar.
fn days(year: i32, month: u32, day: u32) -> i64 {
    // In years that start in March, the leap day is at the end.
    let (year, month) = if month > 2 {
        (i64::from(year), i64::from(month) - 3)
    } else {
        (i64::from(year) - 1, i64::from(month) + 9)
    };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (153 * month + 2) / 5 + i64::from(day) - 1 - 719_468
}

/// Returns the year, month and day of a number of days since 1970.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + next, month, day)
}

/// Writes a date and time. The arguments are the seconds since 1970 and the nanoseconds, as [`Instant::unix`] returns
/// them, and the offset from UTC in seconds.
///
/// RFC 3339 has no offsets with seconds. Such a time is written in UTC.
pub(crate) fn date_time(seconds: i64, nanos: u32, ahead: i32) -> Result<DateTime, InvalidText> {
    let ahead = if ahead % 60 == 0 { ahead } else { 0 };
    let local = seconds.saturating_add(i64::from(ahead));
    let (year, month, day) = date(local.div_euclid(DAY));
    let second = local.rem_euclid(DAY);
    let (nanos, leap) = if nanos < NANOS { (nanos, 0) } else { (nanos - NANOS, 1) };
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60 + leap);
    let mut text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    // Writing to a string cannot fail.
    if nanos > 0 {
        let _ = write!(text, ".{nanos:09}");
        text.truncate(text.trim_end_matches('0').len());
    }
    if ahead == 0 {
        text.push('Z');
    } else {
        let (sign, minutes) = (if ahead < 0 { '-' } else { '+' }, ahead.abs() / 60);
        let _ = write!(text, "{sign}{:02}:{:02}", minutes / 60, minutes % 60);
    }
    DateTime::try_from(text)
}

/// Returns the error of a received text that is not a date or time.
pub(crate) fn invalid(type_name: &'static str, text: &str, reason: &'static str) -> InvalidText {
    InvalidText {
        type_name,
        text: text.to_owned(),
        reason: reason.into(),
    }
}

/// Writes the time in UTC, to the nanosecond. A year of more than four digits cannot be written.
impl TryFrom<SystemTime> for DateTime {
    type Error = InvalidText;

    fn try_from(time: SystemTime) -> Result<Self, InvalidText> {
        // Before 1970 the seconds are negative, and the nanoseconds are positive.
        let (seconds, nanos) = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => (i64::try_from(after.as_secs()).unwrap_or(i64::MAX), after.subsec_nanos()),
            Err(error) => {
                let before = error.duration();
                let seconds = i64::try_from(before.as_secs()).unwrap_or(i64::MAX);
                match before.subsec_nanos() {
                    0 => (-seconds, 0),
                    nanos => (-seconds - 1, NANOS - nanos),
                }
            }
        };
        date_time(seconds, nanos, 0)
    }
}

/// Converts to nanosecond precision. The second 60 becomes the first second of the next minute, as in POSIX.
impl TryFrom<&DateTime> for SystemTime {
    type Error = InvalidText;

    fn try_from(text: &DateTime) -> Result<Self, InvalidText> {
        let (seconds, nanos) = text.unix()?;
        let (seconds, nanos) = (seconds + i64::from(nanos / NANOS), nanos % NANOS);
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let time = if seconds < 0 {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        };
        time.and_then(|time| time.checked_add(Duration::from_nanos(nanos.into())))
            .ok_or_else(|| invalid("SystemTime", text.as_str(), "the system has no such time"))
    }
}

impl TryFrom<DateTime> for SystemTime {
    type Error = InvalidText;

    fn try_from(text: DateTime) -> Result<Self, InvalidText> {
        Self::try_from(&text)
    }
}

impl DateTime {
    /// Returns the result of [`Instant::unix`].
    pub(crate) fn unix(&self) -> Result<(i64, u32), InvalidText> {
        let instant = Instant::of(self.as_str()).map(|(instant, _)| instant.unix());
        instant.ok_or_else(|| invalid("DateTime", self.as_str(), "it is no date and time of RFC 3339"))
    }
}
