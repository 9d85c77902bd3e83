//! Dates and times of the crate `jiff`.

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned, civil as calendar};

use crate::runtime::types::date_time::instant::{Instant, civil, date_time, invalid};
use crate::runtime::types::date_time::{Date, DateTime};
use crate::runtime::types::string_types::InvalidText;

/// Converts to nanosecond precision. The second 60 becomes the first second of the next minute, as in POSIX.
impl TryFrom<&DateTime> for Timestamp {
    type Error = InvalidText;

    fn try_from(text: &DateTime) -> Result<Self, InvalidText> {
        let (seconds, nanos) = text.unix()?;
        let nanos = i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
        Self::from_nanosecond(nanos).map_err(|_| invalid("Timestamp", text.as_str(), "jiff has no such time"))
    }
}

/// Converts to nanosecond precision and keeps the offset.
impl TryFrom<&DateTime> for Zoned {
    type Error = InvalidText;

    fn try_from(text: &DateTime) -> Result<Self, InvalidText> {
        let ahead = Instant::of(text.as_str()).and_then(|(_, minutes)| Offset::from_seconds(minutes * 60).ok());
        Ok(Timestamp::try_from(text)?.to_zoned(TimeZone::fixed(ahead.unwrap_or(Offset::UTC))))
    }
}

/// Writes the time in UTC. A year before 0 cannot be written.
impl TryFrom<Timestamp> for DateTime {
    type Error = InvalidText;

    fn try_from(time: Timestamp) -> Result<Self, InvalidText> {
        written(time, Offset::UTC)
    }
}

/// Keeps the offset. A year before 0 cannot be written.
impl TryFrom<&Zoned> for DateTime {
    type Error = InvalidText;

    fn try_from(time: &Zoned) -> Result<Self, InvalidText> {
        written(time.timestamp(), time.offset())
    }
}

fn written(time: Timestamp, offset: Offset) -> Result<DateTime, InvalidText> {
    // Before 1970 both numbers are negative.
    let nanos = time.as_nanosecond();
    let (seconds, nanos) = (nanos.div_euclid(1_000_000_000), nanos.rem_euclid(1_000_000_000));
    date_time(
        i64::try_from(seconds).unwrap_or(i64::MAX),
        u32::try_from(nanos).unwrap_or(0),
        offset.seconds(),
    )
}

impl TryFrom<&Date> for calendar::Date {
    type Error = InvalidText;

    fn try_from(text: &Date) -> Result<Self, InvalidText> {
        let parts = civil(text.as_str()).and_then(|(year, month, day)| {
            let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
            Self::new(year, month, day).ok()
        });
        parts.ok_or_else(|| invalid("civil::Date", text.as_str(), "it is no date of RFC 3339"))
    }
}

/// A year before 0 cannot be written.
impl TryFrom<calendar::Date> for Date {
    type Error = InvalidText;

    fn try_from(date: calendar::Date) -> Result<Self, InvalidText> {
        Self::try_from(format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
    }
}
