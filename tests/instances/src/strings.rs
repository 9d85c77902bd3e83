//! Strings of a length, a pattern or a format.

use serde_json::Value;

use super::patterns::is_match;
use super::{Maker, Says, bound};

/// What a string without constraints may be.
const WORDS: [&str; 10] = [
    "word",
    "",
    "a b",
    "Ünïcödé",
    "名前",
    "😀",
    "quote\" and \\",
    "line\nbreak",
    "null",
    "12",
];

impl<'s> Maker<'s, '_> {
    /// Makes a string.
    pub(super) fn string(&mut self, says: &Says<'s>) -> String {
        let texts = |keyword: &'static str| says.iter().filter_map(move |schema| schema.get(keyword)?.as_str());
        let patterns: Vec<&str> = texts("pattern").collect();
        let formats: Vec<&str> = texts("format").filter(|format| !valid(format).is_empty()).collect();
        let least = bound(says, "minLength", true).unwrap_or(0);
        let most = bound(says, "maxLength", false).unwrap_or(usize::MAX);
        let mut text = String::new();
        for _ in 0..30 {
            text = if let Some(format) = formats.first() {
                (*self.random.pick(valid(format))).to_owned()
            } else if !patterns.is_empty() {
                let pattern = *self.random.pick(&patterns);
                self.matching(pattern).unwrap_or_default()
            } else {
                (*self.random.pick(&WORDS)).to_owned()
            };
            if patterns.is_empty() && formats.is_empty() {
                text = self.fitted(text, least, most);
            }
            let length = text.chars().count();
            if (least..=most).contains(&length) && patterns.iter().all(|pattern| is_match(pattern, &text)) {
                break;
            }
        }
        text
    }

    /// Brings a string to a length within the bounds, at times to the bound itself.
    fn fitted(&mut self, text: String, least: usize, most: usize) -> String {
        let mut length = text.chars().count().clamp(least, most.max(least));
        match self.random.below(6) {
            0 => length = least,
            1 if most <= 100_000 => length = most,
            _ => {}
        }
        if length == text.chars().count() {
            return text;
        }
        let filler = *self.random.pick(&['a', 'Z', '0', 'é', '😀']);
        let endless = text.chars().chain(std::iter::repeat(filler));
        endless.take(length).collect()
    }
}

/// Returns texts of a format; none where the format asserts nothing.
fn valid(format: &str) -> &'static [&'static str] {
    samples(format).0
}

/// Returns texts that are nearly of the format of one of the schemas.
#[must_use]
pub fn near_misses(says: &Says<'_>) -> Vec<&'static str> {
    let formats = says
        .iter()
        .filter_map(|schema| schema.get("format").and_then(Value::as_str));
    formats.flat_map(|format| samples(format).1.iter().copied()).collect()
}

/// Returns texts of a format, and texts that look like it.
#[rustfmt::skip]
fn samples(format: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match format {
        "date-time" => (
            &["2016-06-13T04:00:00.000Z", "1996-12-19T16:39:57-08:00", "2020-02-29T23:59:59Z", "1985-04-12t23:20:50.52z",
              "1998-12-31T23:59:60Z"],
            &["2016-06-13T04:00:00", "2016-06-13", "2019-02-29T00:00:00Z", "2016-06-13 04:00:00Z", "2016-13-01T00:00:00Z",
              "2016-06-13T24:00:00Z", "2016-06-13T04:00:00+24:00", "1998-12-31T23:58:60Z", "2016-6-13T04:00:00Z", "1465790400000"],
        ),
        "date" => (
            &["2016-06-13", "2020-02-29", "0001-01-01", "9999-12-31"],
            &["2016-06-31", "2019-02-29", "16-06-13", "2016-6-13", "2016-06-13T00:00:00Z", "2016/06/13", "0000-00-00", "+2016-06-13"],
        ),
        "time" => (&["04:00:00Z", "23:59:60Z", "12:00:00.5+01:30"], &["04:00:00", "24:00:00Z", "4:00:00Z", "12:00:00.Z"]),
        "duration" => (&["P1D", "PT1H30M", "P2W", "P1Y2M3DT4H5M6S"], &["P", "PT", "1D", "P1D2W", "P1H", "P-1D"]),
        "email" => (&["joe@example.com", "a.b+c@d.example", "\"joe b\"@example.com"], &["joe", "@example.com", "joe@", "a@b@c", "joe @example.com", ".a@b.example"]),
        "hostname" => (&["example.com", "a-b.example", "localhost"], &["-a.example", "a_b", "", "a..b", "a b"]),
        "ipv4" => (&["192.0.2.1", "0.0.0.0", "255.255.255.255"], &["192.0.2", "256.0.0.1", "192.0.2.01", "192.0.2.1.1", "0x7f.0.0.1"]),
        "ipv6" => (&["2001:db8::1", "::", "::ffff:192.0.2.1"], &["2001:db8", "12345::", ":::", "::1%eth0", "1::2::3"]),
        "uri" => (&["https://a.example/b?c#d", "urn:isbn:0451450523", "mailto:a@b.example"], &["/a", "//a.example", "https://a b", "a", "https://a.example/%zz", ":a"]),
        "uri-reference" => (&["/a/b", "https://a.example", "#c", ""], &["\\a", "a b", "%zz"]),
        "iri" => (&["https://ö.example/ß"], &["/ö", "https://a b"]),
        "iri-reference" => (&["/ö", "#ß"], &["\\ö", "a b"]),
        "uri-template" => (&["/a/{b}", "{?c*}"], &["/a/{b", "}"]),
        "uuid" => (
            &["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "00000000-0000-0000-0000-000000000000", "2EB8AA08-AA98-11EA-B4AA-73B441D16380"],
            &["2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08aa9811eab4aa73b441d16380", "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380",
              "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g"],
        ),
        "json-pointer" => (&["", "/a/b", "/~0~1"], &["a", "/~2", "#/a"]),
        "relative-json-pointer" => (&["0", "1/a", "0#"], &["/a", "01", "-1"]),
        _ => (&[], &[]),
    }
}
