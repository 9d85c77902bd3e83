//! Times, as the document writes them.

use std::time::{Duration, SystemTime};

/// Returns a time in milliseconds since 1970 as a date of the document; what no date can say is 1970 or the last one.
pub(crate) fn date(milliseconds: i64) -> String {
    /// The end of the year 9999.
    const LAST: u64 = 253_402_300_799_999;
    let since = u64::try_from(milliseconds).unwrap_or(0).min(LAST);
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(since);
    humantime::format_rfc3339_millis(time).to_string()
}

/// Returns a date in UTC as the emulator writes it, so that dates compare as texts; `None` where `text` is none.
pub(crate) fn canonical(text: &str) -> Option<String> {
    let time = humantime::parse_rfc3339(text).ok()?;
    Some(humantime::format_rfc3339_millis(time).to_string())
}
