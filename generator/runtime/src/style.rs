//! How a parameter is written, by location, style and explode.
//!
//! The rules are those of the [style table](https://spec.openapis.org/oas/v3.0.4.html#style-examples)
//! of `OpenAPI`, which stands on [RFC 6570](https://www.rfc-editor.org/rfc/rfc6570).

use super::json::Json;
use super::operation::Parameter;

/// A location and a style that go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `in: path`, `style: simple`
    PathSimple,
    /// `in: path`, `style: label`
    PathLabel,
    /// `in: path`, `style: matrix`
    PathMatrix,
    /// `in: query`, `style: form`
    QueryForm,
    /// `in: query`, `style: spaceDelimited`
    QuerySpace,
    /// `in: query`, `style: pipeDelimited`
    QueryPipe,
    /// `in: query`, `style: deepObject`
    QueryDeepObject,
    /// `in: header`, `style: simple`
    HeaderSimple,
    /// `in: cookie`, `style: form`
    CookieForm,
}

impl Style {
    /// Returns the location.
    #[must_use]
    pub const fn location(self) -> &'static str {
        match self {
            Self::PathSimple | Self::PathLabel | Self::PathMatrix => "path",
            Self::QueryForm | Self::QuerySpace | Self::QueryPipe | Self::QueryDeepObject => "query",
            Self::HeaderSimple => "header",
            Self::CookieForm => "cookie",
        }
    }
}

/// Returns `value` as it stands in the path, the query (with its name), the
/// header or the cookie (with its name).
pub(super) fn write(parameter: &Parameter, value: &Json) -> Result<String, String> {
    match parameter.style {
        Style::PathSimple | Style::HeaderSimple => delimited(parameter, value, ",", "=", ""),
        Style::PathLabel => delimited(parameter, value, if parameter.explode { "." } else { "," }, "=", "."),
        Style::PathMatrix => matrix(parameter, value),
        Style::QueryForm => form(parameter, value, "&", ","),
        Style::CookieForm => form(parameter, value, "; ", ","),
        Style::QuerySpace => form(parameter, value, "&", "%20"),
        Style::QueryPipe => form(parameter, value, "&", "%7C"),
        Style::QueryDeepObject => deep_object(parameter, value),
    }
}

/// `simple` and `label`: values in a row.
fn delimited(parameter: &Parameter, value: &Json, comma: &str, equals: &str, prefix: &str) -> Result<String, String> {
    let body = match value {
        Json::Array(elements) => scalars(parameter, elements)?.join(comma),
        Json::Object(members) => {
            let between = if parameter.explode { equals } else { comma };
            pairs(parameter, members.iter())?
                .iter()
                .map(|(name, text)| format!("{name}{between}{text}"))
                .collect::<Vec<_>>()
                .join(comma)
        }
        scalar => escape(parameter, &text_of(scalar)?),
    };
    Ok(format!("{prefix}{body}"))
}

fn matrix(parameter: &Parameter, value: &Json) -> Result<String, String> {
    let name = escape(parameter, parameter.name);
    Ok(match value {
        Json::Array(elements) if parameter.explode => {
            let written: Vec<String> = scalars(parameter, elements)?
                .iter()
                .map(|text| format!(";{name}={text}"))
                .collect();
            written.concat()
        }
        Json::Object(members) if parameter.explode => {
            let written: Vec<String> = pairs(parameter, members.iter())?
                .iter()
                .map(|(key, text)| format!(";{key}={text}"))
                .collect();
            written.concat()
        }
        other => match delimited(parameter, other, ",", ",", "")? {
            empty if empty.is_empty() => format!(";{name}"),
            text => format!(";{name}={text}"),
        },
    })
}

/// `form` and its delimited relatives: `name=value`, or a pair for each element.
fn form(parameter: &Parameter, value: &Json, ampersand: &str, comma: &str) -> Result<String, String> {
    let name = escape(parameter, parameter.name);
    Ok(match value {
        Json::Array(elements) if parameter.explode => scalars(parameter, elements)?
            .iter()
            .map(|text| format!("{name}={text}"))
            .collect::<Vec<_>>()
            .join(ampersand),
        // RFC 6570 §3.2.1 takes a list without elements for an undefined value.
        Json::Array(elements) if elements.is_empty() => String::new(),
        Json::Array(elements) => format!("{name}={}", scalars(parameter, elements)?.join(comma)),
        Json::Object(members) if parameter.explode => pairs(parameter, members.iter())?
            .iter()
            .map(|(key, text)| format!("{key}={text}"))
            .collect::<Vec<_>>()
            .join(ampersand),
        Json::Object(members) if members.is_empty() => String::new(),
        Json::Object(members) => {
            let flat: Vec<String> = pairs(parameter, members.iter())?
                .into_iter()
                .flat_map(|(key, text)| [key, text])
                .collect();
            format!("{name}={}", flat.join(comma))
        }
        scalar => format!("{name}={}", escape(parameter, &text_of(scalar)?)),
    })
}

/// `deepObject`: `name[key]=value` for each member.
fn deep_object(parameter: &Parameter, value: &Json) -> Result<String, String> {
    let Json::Object(members) = value else {
        return Err("style deepObject takes an object".to_owned());
    };
    let name = escape(parameter, parameter.name);
    let mut written = Vec::new();
    for (key, value) in members.iter() {
        let key = escape(parameter, key);
        match value {
            Json::Array(elements) => {
                written.extend(
                    scalars(parameter, elements)?
                        .iter()
                        .map(|text| format!("{name}%5B{key}%5D={text}")),
                );
            }
            scalar => written.push(format!("{name}%5B{key}%5D={}", escape(parameter, &text_of(scalar)?))),
        }
    }
    Ok(written.join("&"))
}

fn scalars(parameter: &Parameter, elements: &[Json]) -> Result<Vec<String>, String> {
    elements
        .iter()
        .map(|element| Ok(escape(parameter, &text_of(element)?)))
        .collect()
}

fn pairs<'value>(
    parameter: &Parameter,
    members: impl Iterator<Item = (&'value str, &'value Json)>,
) -> Result<Vec<(String, String)>, String> {
    members
        .map(|(name, value)| Ok((escape(parameter, name), escape(parameter, &text_of(value)?))))
        .collect()
}

/// Returns a scalar as the text that stands for it.
fn text_of(value: &Json) -> Result<String, String> {
    match value {
        Json::Null => Ok(String::new()),
        Json::Bool(value) => Ok(value.to_string()),
        Json::Number(value) => Ok(value.to_string()),
        Json::String(value) => Ok(value.clone()),
        Json::Array(_) | Json::Object(_) => Err("the style has no form for a value that nests".to_owned()),
    }
}

/// Percent-encodes what is not unreserved; of the reserved characters that may stay
/// as they are, `#`, `[` and `]` cannot stand in a query at all
/// ([RFC 3986 §2.2, §3.4](https://www.rfc-editor.org/rfc/rfc3986#section-2.2)). A header keeps its text.
fn escape(parameter: &Parameter, text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    if parameter.style == Style::HeaderSimple {
        return text.to_owned();
    }
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if unreserved || (parameter.allow_reserved && b":/?@!$&'()*+,;=".contains(&byte)) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            escaped.push(char::from(DIGITS[usize::from(byte >> 4)]));
            escaped.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    escaped
}
