//! How the properties of a form are serialized: by media type, or with the style of a query parameter.
//!
//! The [Encoding Object](https://spec.openapis.org/oas/v3.1.1.html#encoding-object) defines this.

use crate::runtime::json::value::Json;
use crate::runtime::request::style::{Brackets, Style};

/// How a property of a form is serialized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// By its media type. If this is empty, by the default of its value: a scalar is text, an object is JSON, and each
    /// element of an array is serialized separately.
    Content(&'static str),
    /// With the style of a query parameter.
    Style {
        /// A style of query parameters.
        style: Style,
        /// Whether arrays and objects are exploded.
        explode: bool,
        /// Whether reserved characters are not percent-encoded.
        allow_reserved: bool,
    },
}

impl Encoding {
    /// By the default media type of the value.
    pub const USUAL: Self = Self::Content("");

    /// With the style of a query parameter. `explode` says whether arrays and objects are exploded.
    #[must_use]
    pub const fn style(style: Style, explode: bool) -> Self {
        Self::Style {
            style,
            explode,
            allow_reserved: false,
        }
    }

    /// The same with `allowReserved`, if it has the style of a query parameter.
    #[must_use]
    pub const fn allow_reserved(self) -> Self {
        match self {
            Self::Content(_) => self,
            Self::Style { style, explode, .. } => Self::Style {
                style,
                explode,
                allow_reserved: true,
            },
        }
    }
}

/// The delimiters between values, and the encoding of values.
pub(crate) struct Notation {
    /// Encodes a text. The flag is `allowReserved`.
    pub(crate) escape: fn(&str, bool) -> String,
    /// `,`, space, `|`, `[` and `]`.
    pub(crate) signs: [&'static str; 5],
}

/// The text of a value, and its media type.
pub(crate) type Text = (String, &'static str);

/// Returns the texts of `value` by media type: one for each element of an array, and none for `null`, which a form
/// cannot represent.
pub(crate) fn texts(value: &Json, media_type: &'static str) -> Vec<Text> {
    match value {
        Json::Null => Vec::new(),
        Json::Array(elements) => elements
            .iter()
            .filter_map(|element| text(element, media_type))
            .collect(),
        other => text(other, media_type).into_iter().collect(),
    }
}

fn text(value: &Json, media_type: &'static str) -> Option<Text> {
    let or = |usual| if media_type.is_empty() { usual } else { media_type };
    match scalar(value) {
        _ if is_json(media_type) => Some((value.to_string(), media_type)),
        Some(text) => Some((text, or("text/plain; charset=utf-8"))),
        None if *value == Json::Null => None,
        None => Some((value.to_string(), or("application/json"))),
    }
}

/// Returns whether a media type is JSON ([RFC 6839 §3.1](https://www.rfc-editor.org/rfc/rfc6839#section-3.1)).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let is = |known: &str| essence.eq_ignore_ascii_case(known);
    let suffix = essence.len().checked_sub(5).and_then(|start| essence.get(start..));
    is("application/json") || is("text/json") || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("+json"))
}

/// Returns a scalar as text. Returns `None` for `null`, arrays and objects.
fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::Bool(value) => Some(value.to_string()),
        Json::Number(value) => Some(value.to_string()),
        Json::String(value) => Some(value.clone()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// A value that is serialized with the style of a query parameter.
pub(crate) struct Styled<'form> {
    /// The name of the property.
    pub(crate) name: &'form str,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
    pub(crate) notation: &'form Notation,
}

impl Styled<'_> {
    /// Returns the encoded names and values of `value`.
    ///
    /// An undefined value has no pair ([RFC 6570 §2.3](https://www.rfc-editor.org/rfc/rfc6570#section-2.3)).
    pub(crate) fn pairs(&self, value: &Json) -> Result<Vec<(String, String)>, &'static str> {
        let [comma, space, pipe, ..] = self.notation.signs;
        let delimiter = match self.style {
            Style::DeepObject => {
                let [.., open, close] = self.notation.signs;
                let brackets = Brackets {
                    signs: [open, close],
                    key: &|name| self.escape(name),
                    text: &|value| self.value(value).ok(),
                };
                let mut pairs = Vec::new();
                brackets.nest(self.escape(self.name), value, &mut pairs);
                return Ok(pairs);
            }
            Style::SpaceDelimited => space,
            Style::PipeDelimited => pipe,
            Style::Form | Style::Cookie | Style::Simple | Style::Label | Style::Matrix | Style::Json | Style::Text => {
                comma
            }
        };
        let name = self.escape(self.name);
        let is_there = |value: &Json| *value != Json::Null;
        match value {
            Json::Null => Ok(Vec::new()),
            Json::Array(elements) => {
                let elements = elements.iter().filter(|element| is_there(element));
                let texts: Result<Vec<String>, _> = elements.map(|element| self.value(element)).collect();
                Ok(if self.explode {
                    texts?.into_iter().map(|text| (name.clone(), text)).collect()
                } else {
                    joined(name, &texts?, delimiter)
                })
            }
            Json::Object(members) => {
                let members = members.iter().filter(|(_, value)| is_there(value));
                let pairs = members.map(|(key, value)| self.value(value).map(|text| (self.escape(key), text)));
                let pairs: Vec<(String, String)> = pairs.collect::<Result<_, _>>()?;
                Ok(if self.explode {
                    pairs
                } else {
                    let texts: Vec<String> = pairs.into_iter().flat_map(|(key, text)| [key, text]).collect();
                    joined(name, &texts, delimiter)
                })
            }
            scalar => Ok(vec![(name, self.value(scalar)?)]),
        }
    }

    fn escape(&self, name: &str) -> String {
        (self.notation.escape)(name, false)
    }

    fn value(&self, value: &Json) -> Result<String, &'static str> {
        let text = scalar(value).ok_or("the style has no form for a value that nests")?;
        Ok((self.notation.escape)(&text, self.allow_reserved))
    }
}

fn joined(name: String, texts: &[String], delimiter: &str) -> Vec<(String, String)> {
    if texts.is_empty() {
        return Vec::new();
    }
    vec![(name, texts.join(delimiter))]
}
