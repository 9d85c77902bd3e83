//! Values as JSON text, with the positions of values that the document does not list.

use crate::runtime::json::codec::{Encode, from_str, plain};
use crate::runtime::json::value::Json;
use crate::runtime::json::writer::Writer;
use crate::runtime::schema::view::View;

/// A value as JSON text.
#[derive(Debug, Clone)]
pub struct Encoded {
    text: String,
    /// The offsets of unknown values, in order. They are accepted although the document does not list them: a server
    /// sent them, or the caller made them with `unknown`. Most texts have none.
    unknown: Vec<usize>,
}

impl Encoded {
    /// Encodes `value`.
    #[must_use]
    pub fn of<T: Encode + ?Sized>(value: &T) -> Self {
        let mut writer = Writer::new();
        value.encode(&mut writer);
        writer.finish_encoded()
    }

    pub(crate) fn new(text: String, unknown: Vec<usize>) -> Self {
        Self { text, unknown }
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text without the offsets.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// Returns the offsets of unknown values.
    pub(crate) fn unknown(&self) -> &[usize] {
        &self.unknown
    }

    pub(crate) fn view(&self) -> View<'_> {
        View::of_encoded(&self.text, &self.unknown)
    }

    /// Returns the value as free-form JSON.
    pub(crate) fn to_json(&self) -> Json {
        let text = &self.text;
        // Most arguments are strings without escapes.
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        if let Some(inner) = inner.filter(|inner| plain(inner.as_bytes()) == inner.len()) {
            return Json::String(inner.to_owned());
        }
        // The writer only writes valid JSON. A text that is nested too deep to be read has no value.
        from_str(text).unwrap_or(Json::Null)
    }
}

impl Encode for Encoded {
    fn encode(&self, writer: &mut Writer) {
        writer.encoded(self);
    }
}
