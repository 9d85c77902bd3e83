//! Parameters as data, and how arguments are written into a request.

use http::{HeaderName, HeaderValue, header};

use crate::runtime::client::error::RequestFault;
use crate::runtime::json::codec::Encode;
use crate::runtime::json::encoded::Encoded;
use crate::runtime::json::value::Json;
use crate::runtime::request::operation::Validation;
use crate::runtime::request::style::{self, Style};
use crate::runtime::schema::keywords::Schema;

/// The location of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// `in: path`
    Path,
    /// `in: query`
    Query,
    /// `in: querystring`
    Querystring,
    /// `in: header`
    Header,
    /// `in: cookie`
    Cookie,
}

impl Location {
    /// Returns the value of `in`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Querystring => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The description of a parameter.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a field of the Parameter Object")]
pub struct Parameter {
    /// The name in the request.
    pub name: &'static str,
    /// The location.
    pub location: Location,
    /// The style.
    pub style: Style,
    /// Whether arrays and objects are exploded.
    pub explode: bool,
    /// Whether reserved characters of a query are not percent-encoded (`allowReserved`).
    pub allow_reserved: bool,
    /// Whether the parameter may be empty in a query, whatever its schema (`allowEmptyValue`).
    pub allow_empty: bool,
    /// Whether it is required.
    pub required: bool,
    /// The schema of the value.
    pub schema: &'static Schema,
}

impl Parameter {
    /// Describes a path parameter with the style `simple`.
    #[must_use]
    pub const fn path(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Path, schema).required()
    }

    /// Describes an optional query parameter with the style `form`.
    #[must_use]
    pub const fn query(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Query, schema).style(Style::Form, true)
    }

    /// Describes an optional parameter that is a query as a whole.
    #[must_use]
    pub const fn querystring(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Querystring, schema).style(Style::Form, true)
    }

    /// Describes an optional header.
    #[must_use]
    pub const fn header(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Header, schema)
    }

    /// Describes an optional cookie.
    #[must_use]
    pub const fn cookie(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Cookie, schema).style(Style::Form, true)
    }

    const fn new(name: &'static str, location: Location, schema: &'static Schema) -> Self {
        Self {
            name,
            location,
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
            allow_empty: false,
            required: false,
            schema,
        }
    }

    /// Sets the style, and whether arrays and objects are exploded.
    #[must_use]
    pub const fn style(self, style: Style, explode: bool) -> Self {
        Self { style, explode, ..self }
    }

    /// Sets `allowReserved`.
    #[must_use]
    pub const fn allow_reserved(self) -> Self {
        Self {
            allow_reserved: true,
            ..self
        }
    }

    /// Sets `allowEmptyValue`.
    #[must_use]
    pub const fn allow_empty(self) -> Self {
        Self {
            allow_empty: true,
            ..self
        }
    }

    /// Makes it required.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Returns a fault of this parameter.
    fn fault(&self, pointer: String, message: String) -> RequestFault {
        RequestFault {
            place: format!("{} parameter {:?}", self.location.as_str(), self.name),
            pointer,
            message,
        }
    }
}

/// The parts of a request while its arguments are written.
#[derive(Default)]
pub(crate) struct Draft {
    path: Vec<(&'static Parameter, String)>,
    /// The parts of the query.
    pub(crate) query: Vec<String>,
    /// The headers, but for `Cookie`.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// The cookies, each a name and a value.
    pub(crate) cookies: Vec<String>,
    /// The errors of the request.
    pub(crate) faults: Vec<RequestFault>,
}

impl Draft {
    /// Writes an argument.
    pub(crate) fn add(&mut self, parameter: &'static Parameter, argument: &dyn Encode, validation: Validation) {
        let encoded = Encoded::of(argument);
        let value = encoded.to_json();
        let is_judged = validation == Validation::On && !(parameter.allow_empty && style::is_empty(&value));
        let violations = is_judged.then(|| {
            if encoded.unknown().is_empty() {
                parameter.schema.validate_request(&value)
            } else {
                parameter.schema.report(&encoded.view(), true)
            }
        });
        for violation in violations.into_iter().flatten() {
            self.faults.push(parameter.fault(violation.pointer, violation.message));
        }
        match style::write(parameter, &value) {
            Ok(Some(text)) => {
                if let Err(reason) = self.place(parameter, text, validation) {
                    self.faults.push(parameter.fault(String::new(), reason));
                }
            }
            // An undefined value is omitted, which is an error for a required parameter.
            Ok(None) if parameter.location == Location::Path || (parameter.required && is_judged) => {
                let words = match value {
                    Json::Array(_) => "an array without elements",
                    Json::Object(_) => "an object without properties",
                    _ => "`null`",
                };
                let reason = format!("{words} is written as nothing, and the parameter is required");
                self.faults.push(parameter.fault(String::new(), reason));
            }
            Ok(None) => {}
            Err(reason) => self.faults.push(parameter.fault(String::new(), reason)),
        }
    }

    fn place(&mut self, parameter: &'static Parameter, text: String, validation: Validation) -> Result<(), String> {
        match parameter.location {
            Location::Path if text.is_empty() && validation == Validation::On => {
                return Err("an empty argument cannot stand in a path".to_owned());
            }
            Location::Path => self.path.push((parameter, text)),
            Location::Query | Location::Querystring => self.query.push(text),
            Location::Header => {
                let name = HeaderName::try_from(parameter.name)
                    .map_err(|_| format!("{:?} is no name of a header", parameter.name))?;
                self.headers.push((name, header_value(&text)?));
            }
            Location::Cookie => self.cookies.push(cookie(parameter, text)?),
        }
        Ok(())
    }

    /// Adds the header `Cookie` with all cookies ([RFC 6265 §5.4](https://www.rfc-editor.org/rfc/rfc6265#section-5.4)).
    pub(crate) fn finish_cookies(&mut self) {
        // All cookies consist of characters that are valid in a header.
        if let Ok(mut value) = HeaderValue::from_str(&self.cookies.join("; "))
            && !self.cookies.is_empty()
        {
            // A cookie may be a secret.
            value.set_sensitive(true);
            self.headers.push((header::COOKIE, value));
        }
    }

    /// Returns the path: `template` with the arguments in place of its expressions.
    ///
    /// It is an error if an argument makes a segment empty, `.` or `..`. URL parsers remove such segments ([RFC 3986
    /// §5.2.4](https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4)), and the request would call another operation.
    ///
    /// Arguments in a query of the template are not segments.
    pub(crate) fn finish_path(&mut self, template: &str) -> String {
        let arguments: usize = self.path.iter().map(|(_, text)| text.len()).sum();
        let mut path = String::with_capacity(template.len() + arguments);
        let mut placed: Vec<(&'static Parameter, usize)> = Vec::new();
        let mut rest = template;
        while let Some((before, (name, after))) = rest
            .split_once('{')
            .and_then(|(before, after)| Some((before, after.split_once('}')?)))
        {
            path.push_str(before);
            if let Some((parameter, text)) = self.path.iter().find(|(parameter, _)| parameter.name == name) {
                // A longer segment is not removed.
                if text.len() <= LONGEST_FOLDED && !path.contains('?') {
                    placed.push((parameter, path.len()));
                }
                path.push_str(text);
            }
            rest = after;
        }
        path.push_str(rest);
        for (parameter, at) in placed {
            // Encoded arguments contain neither a slash nor a question mark.
            let start = path[..at].rfind('/').map_or(0, |slash| slash + 1);
            let end = path[at..].find(['/', '?']).map_or(path.len(), |slash| at + slash);
            let segment = &path[start..end];
            if is_folded(segment) {
                let reason = format!("{segment:?} cannot be a segment of a path");
                self.faults.push(parameter.fault(String::new(), reason));
            }
        }
        path
    }
}

impl Draft {
    /// Returns the path without its query. The pairs of the query precede the arguments. An argument of the same name
    /// replaces a pair.
    pub(crate) fn split_query<'path>(&mut self, path: &'path str) -> &'path str {
        let Some((path, query)) = path.split_once('?') else {
            return path;
        };
        let name = |pair: &str| pair.split('=').next().map(str::to_owned);
        let names: Vec<_> = self.query.iter().map(|pair| name(pair)).collect();
        let pairs = query.split('&').filter(|pair| !names.contains(&name(pair)));
        self.query.splice(0..0, pairs.map(str::to_owned));
        path
    }
}

/// The maximum length of a segment that URL parsers remove.
const LONGEST_FOLDED: usize = "%2e%2e".len();

/// Returns whether URL parsers remove a segment. They treat an encoded dot as a dot
/// (<https://url.spec.whatwg.org/#double-dot-path-segment>).
fn is_folded(segment: &str) -> bool {
    matches!(
        segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
        "" | "." | ".."
    )
}

/// Returns `text` as the value of a header, in which only control characters are invalid ([RFC 9110
/// §5.5](https://www.rfc-editor.org/rfc/rfc9110#section-5.5)). Text is encoded as UTF-8. The error does not contain the
/// text, which may be a secret.
fn header_value(text: &str) -> Result<HeaderValue, String> {
    if text.trim_matches([' ', '\t']) != text {
        return Err("a header cannot carry it: white space at its ends would be lost".to_owned());
    }
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| {
        let control = text.chars().find(char::is_ascii_control).unwrap_or_default();
        format!(
            "a header cannot carry it: it has the control character U+{:04X}",
            u32::from(control)
        )
    })
}

/// Returns a cookie pair.
///
/// Values with a style are percent-encoded. A `content` of `text/plain` is not, so it must not end the cookie ([RFC
/// 6265 §4.1.1](https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1)).
fn cookie(parameter: &Parameter, text: String) -> Result<String, String> {
    let is_content = parameter.style == Style::Text;
    let stray = text.chars().find(|character| {
        let ends = is_content && *character == ';';
        ends || !matches!(character, ' '..='~')
    });
    match stray {
        Some(character) => Err(format!("a cookie cannot carry it: it has {character:?}")),
        None if text.ends_with(' ') => Err("a cookie cannot carry it: white space at its end would be lost".to_owned()),
        None => Ok(text),
    }
}

/// Returns the value of a required parameter as an argument.
#[must_use]
pub fn required<T: Encode>(value: &T) -> Option<&dyn Encode> {
    Some(value)
}

/// Returns the value of an optional parameter as an argument.
#[must_use]
pub fn optional<T: Encode>(value: Option<&T>) -> Option<&dyn Encode> {
    value.map(|value| value as &dyn Encode)
}

/// Functions that return the value of a field as an argument. Each has the name of the type by which a request says
/// whether the field has to have a value.
#[allow(non_snake_case, reason = "they are named as types")]
pub mod argument {
    use crate::runtime::json::codec::Encode;
    use crate::runtime::json::value::Json;
    use crate::runtime::request::parameter;
    use crate::runtime::types::maybe;

    /// Returns the value of a required parameter.
    #[must_use]
    pub fn Required<T: Encode>(value: &T) -> Option<&dyn Encode> {
        parameter::required(value)
    }

    /// Returns the value of an optional parameter.
    #[must_use]
    pub fn Option<T: Encode>(value: &std::option::Option<T>) -> std::option::Option<&dyn Encode> {
        parameter::optional(value.as_ref())
    }

    /// Returns the value of a parameter that may be absent and may be `null`.
    #[must_use]
    pub fn Maybe<T: Encode>(value: &maybe::Maybe<T>) -> std::option::Option<&dyn Encode> {
        match value {
            maybe::Maybe::Absent => None,
            maybe::Maybe::Null => Some(&Json::Null),
            maybe::Maybe::Value(value) => Some(value),
        }
    }
}
