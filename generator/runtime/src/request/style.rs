//! How the value of a parameter is serialized.
//!
//! The [style table](https://spec.openapis.org/oas/v3.1.1.html#style-examples) of `OpenAPI` defines this. Most of its
//! rows are expansions of [RFC 6570 §3.2](https://www.rfc-editor.org/rfc/rfc6570#section-3.2).

use std::borrow::Cow;

use crate::runtime::json::codec::to_string;
use crate::runtime::json::value::Json;
use crate::runtime::request::parameter::{Location, Parameter};
use crate::runtime::request::percent;

/// A style, or the media type of the parameter's `content`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `simple`: values separated by commas.
    Simple,
    /// `label`: values, each after a dot.
    Label,
    /// `matrix`: names and values, each pair after a semicolon.
    Matrix,
    /// `form`: names and values of a query or a cookie.
    Form,
    /// `cookie`: as `form` in a cookie, but nothing is encoded.
    Cookie,
    /// `spaceDelimited`: as `form`, with spaces between the values.
    SpaceDelimited,
    /// `pipeDelimited`: as `form`, with pipes between the values.
    PipeDelimited,
    /// `deepObject`: each property by the name of the parameter and its own name in brackets.
    DeepObject,
    /// `content` with a media type of JSON: JSON text.
    Json,
    /// `content` with `text/plain`: the text.
    Text,
}

/// Returns the serialized `value`. In a query and a cookie it includes the parameter's name.
///
/// Returns `None` for an undefined value: `null`, an array without elements, an object without properties ([RFC 6570
/// §2.3](https://www.rfc-editor.org/rfc/rfc6570#section-2.3)).
///
/// The error says why the value cannot be written.
pub(crate) fn write(parameter: &Parameter, value: &Json) -> Result<Option<String>, String> {
    match parameter.style {
        // It would end the cookie (https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1).
        Style::Cookie if has_semicolon(value) => Err("a cookie cannot carry it: it has ';'".to_owned()),
        Style::Json => Ok(Some(content(parameter, &json_text(parameter, value)))),
        Style::Text => Ok(Some(content(parameter, &text_of(value)?))),
        _ if parameter.allow_empty && is_empty(value) => Ok(Some(format!("{}=", percent::encode(parameter.name)))),
        Style::DeepObject => Ok(deep_object(parameter, value)),
        _ => expand(parameter, value),
    }
}

/// Returns whether a text in `value` has a semicolon.
fn has_semicolon(value: &Json) -> bool {
    match value {
        Json::String(text) => text.contains(';'),
        Json::Array(elements) => elements.iter().any(has_semicolon),
        Json::Object(members) => members
            .iter()
            .any(|(name, value)| name.contains(';') || has_semicolon(value)),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

/// Returns whether `value` is an empty value that `allowEmptyValue` allows.
pub(crate) fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(elements) => elements.is_empty(),
        Json::Object(members) => members.is_empty(),
        Json::Bool(_) | Json::Number(_) => false,
    }
}

/// The properties of an expression type ([RFC 6570, Appendix A](https://www.rfc-editor.org/rfc/rfc6570#appendix-A)).
struct Operator {
    /// The text before the first value.
    first: &'static str,
    /// The separator between exploded elements or properties.
    separator: &'static str,
    /// The separator between elements or properties that are not exploded.
    comma: &'static str,
    /// Whether the name of the parameter is included.
    is_named: bool,
    /// The text after a name with an empty value.
    if_empty: &'static str,
}

impl Operator {
    fn of(parameter: &Parameter) -> Self {
        let unnamed = |first, separator| Self {
            first,
            separator,
            comma: ",",
            is_named: false,
            if_empty: "",
        };
        let form = |comma| Self {
            first: "",
            // All cookies are in one header (https://www.rfc-editor.org/rfc/rfc6265#section-4.2.1).
            separator: if parameter.location == Location::Cookie {
                "; "
            } else {
                "&"
            },
            comma,
            is_named: true,
            if_empty: "=",
        };
        match parameter.style {
            Style::Label => unnamed(".", "."),
            Style::Matrix => Self {
                is_named: true,
                ..unnamed(";", ";")
            },
            Style::Form | Style::Cookie => form(","),
            Style::SpaceDelimited => form("%20"),
            Style::PipeDelimited => form("%7C"),
            Style::Simple | Style::DeepObject | Style::Json | Style::Text => unnamed("", ","),
        }
    }

    /// Returns a name with its value.
    fn pair(&self, name: &str, text: &str) -> String {
        if text.is_empty() && self.is_named {
            format!("{name}{}", self.if_empty)
        } else {
            format!("{name}={text}")
        }
    }
}

/// Expands a value ([RFC 6570 §3.2.1](https://www.rfc-editor.org/rfc/rfc6570#section-3.2.1)).
fn expand(parameter: &Parameter, value: &Json) -> Result<Option<String>, String> {
    let operator = Operator::of(parameter);
    let whole = |text: String| {
        if operator.is_named {
            operator.pair(&member_name(parameter, parameter.name), &text)
        } else {
            text
        }
    };
    let opened = |mut text: String| {
        text.insert_str(0, operator.first);
        text
    };
    let parts: Vec<String> = match value {
        Json::Null => Vec::new(),
        Json::Array(elements) => {
            let texts = texts(parameter, elements)?;
            if parameter.explode {
                texts.into_iter().map(whole).collect()
            } else {
                together(&texts, &operator).map(whole).into_iter().collect()
            }
        }
        Json::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            let texts = members.map(|(name, value)| Ok((name, encoded(parameter, &text_of(value)?))));
            let texts: Vec<(&str, String)> = texts.collect::<Result<_, String>>()?;
            if parameter.explode {
                let pair = |(name, text): &(&str, String)| operator.pair(&member_name(parameter, name), text);
                texts.iter().map(pair).collect()
            } else {
                let flat = texts
                    .into_iter()
                    .flat_map(|(name, text)| [encoded(parameter, name), text]);
                let flat: Vec<String> = flat.collect();
                together(&flat, &operator).map(whole).into_iter().collect()
            }
        }
        _ if matches!(parameter.style, Style::SpaceDelimited | Style::PipeDelimited) => {
            return Err("a delimited style takes an array or an object".to_owned());
        }
        scalar => return Ok(Some(opened(whole(encoded(parameter, &text_of(scalar)?))))),
    };
    if parts.is_empty() {
        return Ok(None);
    }
    Ok(Some(opened(parts.join(operator.separator))))
}

/// Joins texts, if there are any.
fn together(texts: &[String], operator: &Operator) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join(operator.comma))
}

/// `deepObject`: `name[property]=value` for each property. The specification does not define other values, which are
/// written here and in [`nest`].
fn deep_object(parameter: &Parameter, value: &Json) -> Option<String> {
    let mut pairs = Vec::new();
    let brackets = Brackets {
        signs: ["%5B", "%5D"],
        key: &percent::encode,
        text: &|value| Some(encoded(parameter, &text_of(value).ok()?)),
    };
    brackets.nest(percent::encode(parameter.name), value, &mut pairs);
    let parts: Vec<String> = pairs.into_iter().map(|(name, text)| format!("{name}={text}")).collect();
    (!parts.is_empty()).then(|| parts.join("&"))
}

/// How nested values are serialized with the style `deepObject`.
pub(crate) struct Brackets<'a> {
    /// `[` and `]`
    pub(crate) signs: [&'static str; 2],
    /// Encodes the name of a property.
    pub(crate) key: &'a dyn Fn(&str) -> String,
    /// Encodes a scalar. Returns `None` for an undefined value.
    pub(crate) text: &'a dyn Fn(&Json) -> Option<String>,
}

impl Brackets<'_> {
    /// Adds the pairs of `value`: `name[key]=value`. A nested value continues with `[key]`, or with `[0]` for the
    /// elements of an array. A scalar has no brackets.
    pub(crate) fn nest(&self, name: String, value: &Json, pairs: &mut Vec<(String, String)>) {
        let [open, close] = self.signs;
        match value {
            Json::Null => {}
            Json::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.nest(format!("{name}{open}{index}{close}"), element, pairs);
                }
            }
            Json::Object(members) => {
                for (key, value) in members.iter() {
                    self.nest(format!("{name}{open}{}{close}", (self.key)(key)), value, pairs);
                }
            }
            scalar => pairs.extend((self.text)(scalar).map(|text| (name, text))),
        }
    }
}

/// Returns the texts of the elements, without undefined ones.
fn texts(parameter: &Parameter, elements: &[Json]) -> Result<Vec<String>, String> {
    let defined = elements.iter().filter(|element| !element.is_null());
    defined
        .map(|element| Ok(encoded(parameter, &text_of(element)?)))
        .collect()
}

/// Returns a scalar as text.
fn text_of(value: &Json) -> Result<Cow<'_, str>, String> {
    match value {
        Json::Null => Ok(Cow::Borrowed("")),
        Json::Bool(value) => Ok(Cow::Owned(value.to_string())),
        Json::Number(value) => Ok(Cow::Owned(value.to_string())),
        Json::String(value) => Ok(Cow::Borrowed(value)),
        Json::Array(_) | Json::Object(_) => Err("a value that nests has no form there".to_owned()),
    }
}

/// Returns `text`, encoded as part of a value. In a header it is not encoded.
fn encoded(parameter: &Parameter, text: &str) -> String {
    match parameter.location {
        Location::Header => text.to_owned(),
        Location::Cookie if parameter.style == Style::Cookie => text.to_owned(),
        Location::Query if parameter.allow_reserved => percent::encode_reserved(text),
        Location::Path | Location::Query | Location::Querystring | Location::Cookie => percent::encode(text),
    }
}

/// Returns the name of an exploded property, encoded as the name of a parameter.
fn member_name(parameter: &Parameter, name: &str) -> String {
    match parameter.location {
        Location::Header => name.to_owned(),
        Location::Cookie if parameter.style == Style::Cookie => name.to_owned(),
        Location::Path | Location::Query | Location::Querystring | Location::Cookie => percent::encode(name),
    }
}

/// Returns the content of a parameter, with its name if the location needs it.
///
/// A cookie of `text/plain` is not encoded, for which `content` is recommended ([OpenAPI 3.1.1, Appendix
/// D](https://spec.openapis.org/oas/v3.1.1.html#appendix-d-serializing-headers-and-cookies)).
fn content(parameter: &Parameter, text: &str) -> String {
    let name = percent::encode(parameter.name);
    match parameter.location {
        Location::Path | Location::Querystring => percent::encode(text),
        Location::Header => text.to_owned(),
        Location::Cookie if parameter.style == Style::Text => format!("{name}={text}"),
        Location::Query | Location::Cookie => format!("{name}={}", percent::encode(text)),
    }
}

/// Returns JSON text. In a header all characters that are not ASCII are escaped ([RFC 8259
/// §7](https://www.rfc-editor.org/rfc/rfc8259#section-7)).
fn json_text(parameter: &Parameter, value: &Json) -> String {
    let text = to_string(value);
    if parameter.location != Location::Header || text.is_ascii() {
        return text;
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            escaped.push(character);
        } else {
            let units = character.encode_utf16(&mut [0; 2]).to_vec();
            escaped.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    escaped
}
