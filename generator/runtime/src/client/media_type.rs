//! Compares the media type of a response with the documented ones.

use http::header;

use crate::runtime::client::error::RawResponse;
use crate::runtime::json::decode_error::DecodeError;

impl RawResponse {
    /// Returns the response, unless its media type matches one of `others` better than `media_type`.
    ///
    /// A response without a media type is accepted, and so is one with a media type that is not documented.
    ///
    /// # Errors
    ///
    /// If the media type matches one of the others.
    pub fn unless(&self, media_type: &str, others: &[&str]) -> Result<&Self, DecodeError> {
        let found = self.content_type().unwrap_or_default();
        let own = fit(found, media_type);
        if others.iter().any(|other| fit(found, other) > own) {
            Err(self.unexpected())
        } else {
            Ok(self)
        }
    }

    /// Returns the response if its media type matches `media_type` better than the `others`, or is missing.
    ///
    /// # Errors
    ///
    /// If the media type does not match.
    pub fn only(&self, media_type: &str, others: &[&str]) -> Result<&Self, DecodeError> {
        match self.content_type() {
            Some(found) if !found.is_empty() && !may_be(found, media_type) => Err(self.unexpected()),
            _ => self.unless(media_type, others),
        }
    }

    fn content_type(&self) -> Option<&str> {
        self.headers.get(header::CONTENT_TYPE)?.to_str().ok()
    }
}

/// Returns how specifically a media type or range matches the one that was `found`. `None` if it does not match ([RFC
/// 9110 §12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1)).
fn fit(found: &str, described: &str) -> Option<usize> {
    let (found_type, described_type) = (essence(found), essence(described));
    let range = described_type.strip_suffix('*');
    let is_in_range = |start: &str| {
        start == "*/"
            || found_type
                .get(..start.len())
                .is_some_and(|it| it.eq_ignore_ascii_case(start))
    };
    let closeness = match range {
        Some(start) if is_in_range(start) => start.len().min(3),
        None if found_type.eq_ignore_ascii_case(described_type) => 4,
        _ => return None,
    };
    let mut count = 0;
    for (name, value) in parameters(described) {
        if parameter(found, name)? != value {
            return None;
        }
        count += 1;
    }
    Some(closeness + count)
}

/// Returns whether the media type that was found matches `wanted`: no parameter of both differs.
fn may_be(found: &str, wanted: &str) -> bool {
    let mut parameters = parameters(wanted);
    essence(found).eq_ignore_ascii_case(essence(wanted))
        && parameters.all(|(name, value)| parameter(found, name).is_none_or(|found| found == value))
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Returns the parameters of a media type, except `charset`, which does not change the schema.
fn parameters(media_type: &str) -> impl Iterator<Item = (&str, &str)> {
    let parameters = media_type.split(';').skip(1).map(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        (name.trim(), value.trim().trim_matches('"'))
    });
    parameters.filter(|(name, _)| !name.is_empty() && !name.eq_ignore_ascii_case("charset"))
}

fn parameter<'text>(media_type: &'text str, wanted: &str) -> Option<&'text str> {
    let found = parameters(media_type).find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    found.map(|(_, value)| value)
}
