//! Values as JSON text that also knows what the document does not list.

use crate::runtime::json::codec::{Encode, from_str, plain};
use crate::runtime::json::value::Json;
use crate::runtime::json::writer::Writer;
use crate::runtime::schema::view::View;

/// A value as JSON text.
#[derive(Debug, Clone)]
pub struct Encoded {
    text: String,
    /// Where values stand that pass for what the document lists: a server said them, or the caller said that it
    /// would take them. In order; nearly always there is none.
    unknown: Vec<usize>,
}

impl Encoded {
    /// Writes `value`.
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

    /// Returns the text alone.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// Returns where unknown values stand.
    pub(crate) fn unknown(&self) -> &[usize] {
        &self.unknown
    }

    pub(crate) fn view(&self) -> View<'_> {
        View::of_encoded(&self.text, &self.unknown)
    }

    /// Returns the value as free-form JSON.
    pub(crate) fn to_json(&self) -> Json {
        let text = &self.text;
        // Most arguments are strings, and most of those as they are written.
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        if let Some(inner) = inner.filter(|inner| plain(inner.as_bytes()) == inner.len()) {
            return Json::String(inner.to_owned());
        }
        // The writer makes well-formed text alone; text that nests too deep to be read has no value.
        from_str(text).unwrap_or(Json::Null)
    }
}

impl Encode for Encoded {
    fn encode(&self, writer: &mut Writer) {
        writer.encoded(self);
    }
}
