//! Dates and times of the crate `chrono`.

use chrono::{Datelike as _, FixedOffset, NaiveDate, Offset as _, TimeZone, Timelike as _, Utc};

use crate::runtime::types::date_time::instant::{Instant, civil, date_time, invalid};
use crate::runtime::types::date_time::{Date, DateTime};
use crate::runtime::types::string_types::InvalidText;

/// Converts to nanosecond precision and keeps the offset. The second 60 is kept.
impl TryFrom<&DateTime> for chrono::DateTime<FixedOffset> {
    type Error = InvalidText;

    fn try_from(text: &DateTime) -> Result<Self, InvalidText> {
        let ahead = Instant::of(text.as_str()).and_then(|(_, minutes)| FixedOffset::east_opt(minutes * 60));
        let time = chrono::DateTime::<Utc>::try_from(text)?;
        Ok(time.with_timezone(&ahead.unwrap_or(Utc.fix())))
    }
}

/// Converts to nanosecond precision. The second 60 is kept.
impl TryFrom<&DateTime> for chrono::DateTime<Utc> {
    type Error = InvalidText;

    fn try_from(text: &DateTime) -> Result<Self, InvalidText> {
        let (seconds, nanos) = text.unix()?;
        Self::from_timestamp(seconds, nanos)
            .ok_or_else(|| invalid("chrono::DateTime", text.as_str(), "chrono has no such time"))
    }
}

/// Keeps the offset. A year of more than four digits cannot be written.
impl<Zone: TimeZone> TryFrom<chrono::DateTime<Zone>> for DateTime {
    type Error = InvalidText;

    fn try_from(time: chrono::DateTime<Zone>) -> Result<Self, InvalidText> {
        let ahead = time.offset().fix().local_minus_utc();
        date_time(time.timestamp(), time.nanosecond(), ahead)
    }
}

impl TryFrom<&Date> for NaiveDate {
    type Error = InvalidText;

    fn try_from(text: &Date) -> Result<Self, InvalidText> {
        let date = civil(text.as_str()).and_then(|(year, month, day)| Self::from_ymd_opt(year, month, day));
        date.ok_or_else(|| invalid("NaiveDate", text.as_str(), "it is no date of RFC 3339"))
    }
}

/// A year of more than four digits cannot be written.
impl TryFrom<NaiveDate> for Date {
    type Error = InvalidText;

    fn try_from(date: NaiveDate) -> Result<Self, InvalidText> {
        Self::try_from(format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
    }
}
