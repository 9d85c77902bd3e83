//! Validates strings by the formats of JSON Schema.
//!
//! Each follows the grammar of the RFC that
//! [JSON Schema](https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3)
//! names for it, without a library and without a regular expression.

pub(crate) mod host;
pub(crate) mod uri;

use crate::runtime::schema::keywords::Format;

impl Format {
    /// Returns whether `text` is of this format.
    #[must_use]
    pub fn is_valid(self, text: &str) -> bool {
        match self {
            Self::Date => is_date(text),
            Self::DateTime => is_date_time(text),
            Self::Time => is_time(text),
            Self::Duration => is_duration(text),
            Self::Email => host::is_email(text),
            Self::Hostname => host::is_hostname(text),
            Self::Ipv4 => host::is_ipv4(text),
            Self::Ipv6 => host::is_ipv6(text),
            Self::Uri => uri::is_uri(text),
            Self::UriReference => uri::is_uri_reference(text),
            Self::Iri => uri::is_iri(text),
            Self::IriReference => uri::is_iri_reference(text),
            Self::UriTemplate => uri::is_uri_template(text),
            Self::Uuid => is_uuid(text),
            Self::JsonPointer => is_json_pointer(text),
            Self::RelativeJsonPointer => is_relative_json_pointer(text),
        }
    }

    /// Returns the value of `format`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Email => "email",
            Self::Hostname => "hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::Iri => "iri",
            Self::IriReference => "iri-reference",
            Self::UriTemplate => "uri-template",
            Self::Uuid => "uuid",
            Self::JsonPointer => "json-pointer",
            Self::RelativeJsonPointer => "relative-json-pointer",
        }
    }
}

/// `full-date` of [RFC 3339 §5.6](https://www.rfc-editor.org/rfc/rfc3339#section-5.6).
fn is_date(text: &str) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else {
        return false;
    };
    let (Some(century), Some(year), Some(month), Some(day)) = (
        two_digits(y1, y2),
        two_digits(y3, y4),
        two_digits(m1, m2),
        two_digits(d1, d2),
    ) else {
        return false;
    };
    // A year that is divisible by 100 is a leap year only if it is divisible by 400: 2000, not 2100.
    let leap = if year == 0 { century % 4 == 0 } else { year % 4 == 0 };
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// `date-time` of RFC 3339. The `T` may be lower case, but not a space.
fn is_date_time(text: &str) -> bool {
    text.split_once(['T', 't'])
        .is_some_and(|(date, time)| is_date(date) && is_time(time))
}

/// `full-time` of RFC 3339. Second 60 is valid only at 23:59 UTC.
fn is_time(text: &str) -> bool {
    let Some(([h1, h2, b':', m1, m2, b':', s1, s2], rest)) = text.as_bytes().split_first_chunk() else {
        return false;
    };
    let (Some(hour), Some(minute), Some(second)) = (two_digits(*h1, *h2), two_digits(*m1, *m2), two_digits(*s1, *s2))
    else {
        return false;
    };
    let offset = match rest {
        [b'.', rest @ ..] => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 {
                return false;
            }
            offset(&rest[digits..])
        }
        rest => offset(rest),
    };
    let Some(offset) = offset else {
        return false;
    };
    let leap = || (hour * 60 + minute - offset).rem_euclid(24 * 60) == 24 * 60 - 1;
    hour < 24 && minute < 60 && (second < 60 || (second == 60 && leap()))
}

/// Returns the offset from UTC in minutes.
pub(crate) fn offset(text: &[u8]) -> Option<i32> {
    match *text {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two_digits(h1, h2)?, two_digits(m1, m2)?);
            let ahead = hours * 60 + minutes;
            (hours < 24 && minutes < 60).then_some(if sign == b'-' { -ahead } else { ahead })
        }
        _ => None,
    }
}

pub(crate) fn two_digits(tens: u8, ones: u8) -> Option<i32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
}

/// `duration` of [RFC 3339, appendix A](https://www.rfc-editor.org/rfc/rfc3339#appendix-A).
///
/// Weeks cannot be combined with other units, and no unit between two others is omitted.
fn is_duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('P') else {
        return false;
    };
    match text.split_once('T') {
        None => is_units(text, "YMD") || is_units(text, "W"),
        Some((date, time)) => (date.is_empty() || is_units(date, "YMD")) && is_units(time, "HMS"),
    }
}

/// Returns whether `text` is a sequence of numbers with units, whose units are consecutive ones of `units`.
fn is_units(text: &str, units: &str) -> bool {
    let mut found = String::new();
    let mut digits = false;
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            digits = true;
        } else if digits && found.len() < units.len() {
            found.push(letter);
            digits = false;
        } else {
            return false;
        }
    }
    !digits && !found.is_empty() && units.contains(&found)
}

/// [RFC 4122 §3](https://www.rfc-editor.org/rfc/rfc4122#section-3), of any version and variant.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// [RFC 6901 §3](https://www.rfc-editor.org/rfc/rfc6901#section-3).
fn is_json_pointer(text: &str) -> bool {
    let escaped = |token: &str| token.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    text.is_empty() || (text.starts_with('/') && escaped(text))
}

/// [Relative JSON Pointers](https://datatracker.ietf.org/doc/html/draft-handrews-relative-json-pointer-01#section-3).
fn is_relative_json_pointer(text: &str) -> bool {
    let rest = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let up = &text[..text.len() - rest.len()];
    let canonical = up == "0" || (!up.is_empty() && !up.starts_with('0'));
    canonical && (rest == "#" || is_json_pointer(rest))
}
