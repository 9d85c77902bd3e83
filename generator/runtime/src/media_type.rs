//! What a reply says of its body, held to what was asked for.

use super::error::RawReply;
use super::fault::DecodeError;

impl RawReply {
    /// Returns whether the body may be of `media_type`: it says so, or says nothing of itself.
    #[must_use]
    pub fn may_be(&self, media_type: &str) -> bool {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        self.media_type()
            .is_none_or(|found| found.is_empty() || found.eq_ignore_ascii_case(essence))
    }

    /// Returns the same reply if its body may be of `media_type`.
    ///
    /// # Errors
    ///
    /// When it says that it is something else.
    pub fn only(&self, media_type: &str) -> Result<&Self, DecodeError> {
        if self.may_be(media_type) {
            Ok(self)
        } else {
            Err(self.unexpected())
        }
    }
}
