//! Dates and times of the crate `time`.

use time::{Month, OffsetDateTime, UtcOffset};

use crate::runtime::types::date_time::instant::{Instant, civil, date_time, invalid};
use crate::runtime::types::date_time::{Date, DateTime};
use crate::runtime::types::string_types::InvalidText;

/// Converts to nanosecond precision and keeps the offset. The second 60 becomes the first second of the next minute, as
/// in POSIX.
impl TryFrom<&DateTime> for OffsetDateTime {
    type Error = InvalidText;

    fn try_from(text: &DateTime) -> Result<Self, InvalidText> {
        let (seconds, nanos) = text.unix()?;
        let refused = || invalid("OffsetDateTime", text.as_str(), "time has no such time");
        let nanos = i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
        let time = Self::from_unix_timestamp_nanos(nanos).map_err(|_| refused())?;
        let ahead = Instant::of(text.as_str()).map_or(0, |(_, minutes)| minutes * 60);
        let ahead = UtcOffset::from_whole_seconds(ahead).map_err(|_| refused())?;
        time.checked_to_offset(ahead).ok_or_else(refused)
    }
}

/// Keeps the offset. A year of more than four digits cannot be written.
impl TryFrom<OffsetDateTime> for DateTime {
    type Error = InvalidText;

    fn try_from(time: OffsetDateTime) -> Result<Self, InvalidText> {
        date_time(time.unix_timestamp(), time.nanosecond(), time.offset().whole_seconds())
    }
}

impl TryFrom<&Date> for time::Date {
    type Error = InvalidText;

    fn try_from(text: &Date) -> Result<Self, InvalidText> {
        let date = civil(text.as_str()).and_then(|(year, month, day)| {
            let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
            Self::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
        });
        date.ok_or_else(|| invalid("time::Date", text.as_str(), "it is no date of RFC 3339"))
    }
}

/// A year of more than four digits cannot be written.
impl TryFrom<time::Date> for Date {
    type Error = InvalidText;

    fn try_from(date: time::Date) -> Result<Self, InvalidText> {
        let (year, month, day) = date.to_calendar_date();
        Self::try_from(format!("{year:04}-{:02}-{day:02}", u8::from(month)))
    }
}
