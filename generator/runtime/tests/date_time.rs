//! Dates and times: what they mean, and what other libraries make of them.

#![allow(clippy::unwrap_used, reason = "what cannot be converted fails the test")]

use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use apicrate_runtime::{Date, DateTime, from_str, to_string};
use chrono::{FixedOffset, NaiveDate, Utc};
use jiff::{Timestamp, Zoned, civil};
use time::OffsetDateTime;

fn moment(text: &str) -> DateTime {
    text.parse().unwrap()
}

/// Texts in the order of time; those in one line are the same point.
const IN_ORDER: &[&[&str]] = &[
    &["0000-01-01T00:00:00+23:59"],
    &["0000-02-29T00:00:00Z"],
    &["1969-12-31T23:59:59.999999999Z"],
    &[
        "1970-01-01T00:00:00Z",
        "1969-12-31t19:00:00.000-05:00",
        "1970-01-01T05:30:00+05:30",
    ],
    &["2016-12-31T23:59:59.9Z"],
    &["2016-12-31T23:59:60Z", "2017-01-01T00:59:60.0+01:00"],
    &["2016-12-31T23:59:60.5Z"],
    &["2017-01-01T00:00:00Z", "2017-01-01T00:00:00-00:00"],
    &["2024-02-29T10:00:00z", "2024-02-29T12:00:00.00+02:00"],
    &["2024-02-29T10:00:00.000000000000000000000001Z"],
    &["2024-02-29T10:00:00.5Z", "2024-02-29T10:00:00.50000000000000Z"],
    &["2024-02-29T10:00:00.51Z"],
    &["2024-02-29T10:00:01Z"],
    &["9999-12-31T23:59:59-23:59"],
];

#[test]
fn dates_and_times_compare_by_the_point_in_time() {
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    for (index, left) in IN_ORDER.iter().enumerate() {
        for (other, right) in IN_ORDER.iter().enumerate() {
            for (left, right) in left
                .iter()
                .flat_map(|left| right.iter().map(move |right| (left, right)))
            {
                let (a, b) = (moment(left), moment(right));
                assert_eq!(a.cmp(&b), index.cmp(&other), "{left} {right}");
                assert_eq!(a == b, index == other, "{left} {right}");
                let [first, second] = [a, b].map(|moment| hasher.hash_one(moment));
                assert_eq!(first == second, index == other, "{left} {right}");
            }
        }
    }
    // What is no date and time, in a response, comes first; every text is kept as it came.
    let mut read: Vec<DateTime> =
        from_str(r#"["2024-01-01T00:00:00.50Z","soon","2023-01-01T00:00:00Z","later"]"#).unwrap();
    read.sort();
    assert_eq!(
        to_string(&read),
        r#"["later","soon","2023-01-01T00:00:00Z","2024-01-01T00:00:00.50Z"]"#
    );
    assert!(
        SystemTime::try_from(&read[0])
            .unwrap_err()
            .to_string()
            .contains("later")
    );
}

#[test]
fn the_time_of_the_system_is_a_date_and_time() {
    let nanos = Duration::from_nanos(1);
    for (text, time) in [
        ("1970-01-01T00:00:00Z", UNIX_EPOCH),
        ("1969-12-31T23:59:59.999999999Z", UNIX_EPOCH - nanos),
        ("1969-12-31T00:00:00Z", UNIX_EPOCH - Duration::from_secs(86400)),
        (
            "2024-02-29T12:00:00.25Z",
            UNIX_EPOCH + Duration::from_millis(1_709_208_000_250),
        ),
        ("2000-03-01T00:00:00Z", UNIX_EPOCH + Duration::from_secs(951_868_800)),
        ("2001-09-09T01:46:40Z", UNIX_EPOCH + Duration::from_secs(1_000_000_000)),
    ] {
        assert_eq!(SystemTime::try_from(moment(text)).unwrap(), time, "{text}");
        assert_eq!(DateTime::try_from(time).unwrap().as_str(), text);
    }
    let now = SystemTime::now();
    assert_eq!(SystemTime::try_from(DateTime::try_from(now).unwrap()).unwrap(), now);
    // Five digits are no year of RFC 3339, and digits beyond nanoseconds are no time of a system.
    assert!(DateTime::try_from(UNIX_EPOCH + Duration::from_secs(253_402_300_800)).is_err());
    let fine = SystemTime::try_from(moment("1970-01-01T00:00:00.0000000019Z")).unwrap();
    assert_eq!(fine, UNIX_EPOCH + nanos);
    let leap = SystemTime::try_from(moment("2016-12-31T23:59:60.5Z")).unwrap();
    assert_eq!(leap, UNIX_EPOCH + Duration::from_millis(1_483_228_800_500));
}

/// Texts that come back from every library as they were.
const KEPT: [&str; 5] = [
    "2024-02-29T12:00:00.25Z",
    "2024-02-29T12:00:00+05:30",
    "1899-12-31T23:59:59.999999999-08:00",
    "0001-01-01T00:00:00Z",
    "1970-01-01T00:00:00.000000001Z",
];

#[test]
fn chrono_knows_dates_and_times() {
    for text in KEPT
        .into_iter()
        .chain(["2016-12-31T23:59:60.5Z", "2017-01-01T00:59:60+01:00"])
    {
        let time = chrono::DateTime::<FixedOffset>::try_from(&moment(text)).unwrap();
        assert_eq!(time, chrono::DateTime::parse_from_rfc3339(text).unwrap(), "{text}");
        assert_eq!(DateTime::try_from(time).unwrap().as_str(), text);
        let utc = chrono::DateTime::<Utc>::try_from(&moment(text)).unwrap();
        assert_eq!(DateTime::try_from(utc).unwrap(), moment(text));
    }
    assert!(DateTime::try_from(chrono::DateTime::<Utc>::MAX_UTC).is_err());
    let date = NaiveDate::try_from(&"2024-02-29".parse::<Date>().unwrap()).unwrap();
    assert_eq!(date, NaiveDate::from_ymd_opt(2024, 2, 29).unwrap());
    assert_eq!(Date::try_from(date).unwrap().as_str(), "2024-02-29");
    assert!(Date::try_from(NaiveDate::MIN).is_err());
}

#[test]
fn jiff_knows_dates_and_times() {
    for text in KEPT {
        let time = Zoned::try_from(&moment(text)).unwrap();
        assert_eq!(time.timestamp(), text.parse::<Timestamp>().unwrap(), "{text}");
        assert_eq!(DateTime::try_from(&time).unwrap().as_str(), text);
        let utc = Timestamp::try_from(&moment(text)).unwrap();
        assert_eq!(DateTime::try_from(utc).unwrap(), moment(text));
    }
    assert!(DateTime::try_from(Timestamp::MIN).is_err());
    let date = civil::Date::try_from(&"2024-02-29".parse::<Date>().unwrap()).unwrap();
    assert_eq!(date, civil::date(2024, 2, 29));
    assert_eq!(Date::try_from(date).unwrap().as_str(), "2024-02-29");
    assert!(Date::try_from(civil::Date::MIN).is_err());
}

#[test]
fn time_knows_dates_and_times() {
    for text in KEPT {
        let time = OffsetDateTime::try_from(&moment(text)).unwrap();
        assert_eq!(DateTime::try_from(time).unwrap().as_str(), text);
        let system = SystemTime::try_from(moment(text)).unwrap();
        assert_eq!(time.unix_timestamp_nanos(), nanos_of(system), "{text}");
    }
    let date = time::Date::try_from(&"2024-02-29".parse::<Date>().unwrap()).unwrap();
    assert_eq!(
        date,
        time::Date::from_calendar_date(2024, time::Month::February, 29).unwrap()
    );
    assert_eq!(Date::try_from(date).unwrap().as_str(), "2024-02-29");
    let read: Date = from_str("\"2023-02-29\"").unwrap();
    assert!(time::Date::try_from(&read).is_err());
}

fn nanos_of(time: SystemTime) -> i128 {
    let nanos = |duration: Duration| i128::try_from(duration.as_nanos()).unwrap();
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => nanos(after),
        Err(before) => -nanos(before.duration()),
    }
}
