//! Operations as data, and how one becomes an HTTP request.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, header};

use super::base::Base;
use super::body::Body;
use super::codec::{Encode, from_str, to_json, to_string};
use super::error::{InvalidRequest, RequestFault};
use super::json::Json;
use super::schema::Schema;
use super::style::{self, Style};

/// What the document says of an operation's requests.
#[derive(Debug)]
pub struct Operation {
    /// The HTTP method.
    pub method: Method,
    /// The path template, below the base URL.
    pub path: &'static str,
    /// The parameters: those of the path in the order of the template, then
    /// the others in the document's order.
    pub parameters: &'static [Parameter],
    /// What the document says of a JSON body.
    pub body: Option<&'static Schema>,
    /// The media types of the documented replies.
    pub accept: &'static str,
    /// Whether the operation asks for the client's credentials.
    pub authorized: bool,
    /// Whether it only reads: by its method, or as the document says (`x-safe`).
    pub is_safe: bool,
    /// Whether the document describes replies that redirect, so that the caller wants to see them.
    pub documents_redirects: bool,
}

/// What the document says of a parameter.
#[derive(Debug)]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it goes and how it is written there.
    pub style: Style,
    /// Whether each element or member of the value stands for itself.
    pub explode: bool,
    /// Whether reserved characters stay as they are in a query.
    pub allow_reserved: bool,
    /// What the document says of the value.
    pub schema: &'static Schema,
}

impl Parameter {
    /// Describes a path parameter with the style `simple`.
    #[must_use]
    pub const fn path(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Style::PathSimple, schema)
    }

    /// Describes a query parameter with the style `form`.
    #[must_use]
    pub const fn query(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Style::QueryForm, schema).style(Style::QueryForm, true)
    }

    /// Describes a header.
    #[must_use]
    pub const fn header(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Style::HeaderSimple, schema)
    }

    /// Describes a cookie.
    #[must_use]
    pub const fn cookie(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Style::CookieForm, schema).style(Style::CookieForm, true)
    }

    const fn new(name: &'static str, style: Style, schema: &'static Schema) -> Self {
        Self {
            name,
            style,
            explode: false,
            allow_reserved: false,
            schema,
        }
    }

    /// Sets the style, and whether each element or member stands for itself.
    #[must_use]
    pub const fn style(self, style: Style, explode: bool) -> Self {
        Self { style, explode, ..self }
    }

    /// Lets reserved characters stay as they are.
    #[must_use]
    pub const fn allow_reserved(self) -> Self {
        Self {
            allow_reserved: true,
            ..self
        }
    }
}

/// A request body on its way out.
#[derive(Debug)]
pub enum Payload {
    /// No body.
    None,
    /// JSON text.
    Json {
        /// The media type.
        media_type: &'static str,
        /// The text.
        text: String,
    },
    /// Bytes as the caller gave them.
    Bytes {
        /// The media type.
        media_type: &'static str,
        /// The bytes.
        bytes: Bytes,
    },
}

impl Payload {
    /// Makes a JSON body.
    pub fn json<T: Encode + ?Sized>(media_type: &'static str, value: &T) -> Self {
        Self::Json {
            media_type,
            text: to_string(value),
        }
    }

    /// Makes a body of bytes or text.
    pub fn bytes(media_type: &'static str, bytes: impl Into<Bytes>) -> Self {
        Self::Bytes {
            media_type,
            bytes: bytes.into(),
        }
    }
}

/// Whether a request is held against the document before it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validation {
    /// It is; a request that breaks the document's rules is not sent.
    On,
    /// It is not: the caller knows better than the document.
    Off,
}

impl Operation {
    /// Makes the request: `arguments` are the values of
    /// [`parameters`](Self::parameters), in the same order.
    ///
    /// # Errors
    ///
    /// When the request breaks the document's rules, or cannot be written.
    pub fn request(
        &self,
        base: &Base,
        arguments: &[Option<&dyn Encode>],
        payload: Payload,
        validation: Validation,
    ) -> Result<Request<Body>, InvalidRequest> {
        let mut draft = Draft {
            path: self.path.to_owned(),
            ..Draft::default()
        };
        for (parameter, argument) in self.parameters.iter().zip(arguments) {
            if let Some(argument) = argument {
                draft.add(parameter, &to_json(*argument), validation);
            }
        }
        let schema = self.body.filter(|_| validation == Validation::On);
        if !draft.cookies.is_empty() {
            // All of them go into one header (https://www.rfc-editor.org/rfc/rfc6265#section-5.4).
            let text = draft.cookies.join("; ");
            match HeaderValue::from_str(&text) {
                Ok(value) => draft.headers.push((header::COOKIE, value)),
                Err(_) => {
                    return Err(InvalidRequest::of(
                        "cookies",
                        format!("{text:?} cannot stand in a header"),
                    ));
                }
            }
        }
        let (media_type, body) = draft.body(payload, schema);
        if !draft.faults.is_empty() {
            return Err(InvalidRequest { faults: draft.faults });
        }
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = self.method.clone();
        let separator = if draft.query.is_empty() { "" } else { "?" };
        let url = format!("{}{}{separator}{}", base.url(), draft.path, draft.query.join("&"));
        match url.parse() {
            Ok(uri) => *request.uri_mut() = uri,
            Err(_) => return Err(InvalidRequest::of("URL", format!("{url:?} is no URL"))),
        }
        let headers = request.headers_mut();
        base.write_headers(headers, self.authorized);
        if !self.accept.is_empty() {
            headers.insert(header::ACCEPT, HeaderValue::from_static(self.accept));
        }
        if let Some(media_type) = media_type {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        }
        for (name, value) in draft.headers {
            headers.append(name, value);
        }
        Ok(request)
    }
}

/// The parts of a request while they come together.
#[derive(Default)]
struct Draft {
    path: String,
    query: Vec<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
    cookies: Vec<String>,
    faults: Vec<RequestFault>,
}

impl Draft {
    fn add(&mut self, parameter: &Parameter, value: &Json, validation: Validation) {
        if validation == Validation::On {
            for violation in parameter.schema.validate(value) {
                let pointer = &violation.pointer;
                self.fault(
                    parameter,
                    format!(
                        "{pointer}{}{}",
                        if pointer.is_empty() { "" } else { ": " },
                        violation.message
                    ),
                );
            }
        }
        let text = match style::write(parameter, value) {
            Ok(text) => text,
            Err(reason) => return self.fault(parameter, reason),
        };
        match parameter.style {
            Style::PathSimple | Style::PathLabel | Style::PathMatrix => {
                // A path that loses a segment, or that goes up one, is another operation's.
                if matches!(text.as_str(), "" | "." | "..") {
                    return self.fault(parameter, format!("{text:?} cannot stand in a path"));
                }
                self.path = self.path.replacen(&format!("{{{}}}", parameter.name), &text, 1);
            }
            Style::QueryForm | Style::QuerySpace | Style::QueryPipe | Style::QueryDeepObject => {
                if !text.is_empty() {
                    self.query.push(text);
                }
            }
            Style::HeaderSimple => self.header(parameter, parameter.name, &text),
            Style::CookieForm => self.cookies.push(text),
        }
    }

    fn header(&mut self, parameter: &Parameter, name: &str, text: &str) {
        match (HeaderName::try_from(name), HeaderValue::from_str(text)) {
            (Ok(name), Ok(value)) => self.headers.push((name, value)),
            _ => self.fault(parameter, format!("{text:?} cannot stand in a header")),
        }
    }

    fn body(&mut self, payload: Payload, schema: Option<&Schema>) -> (Option<&'static str>, Bytes) {
        match payload {
            Payload::None => (None, Bytes::new()),
            Payload::Bytes { media_type, bytes } => (Some(media_type), bytes),
            Payload::Json { media_type, text } => {
                let violations = schema.map(|schema| schema.validate_request(&from_str(&text).unwrap_or(Json::Null)));
                self.faults
                    .extend(violations.into_iter().flatten().map(|violation| RequestFault {
                        place: "body".to_owned(),
                        pointer: violation.pointer,
                        message: violation.message,
                    }));
                (Some(media_type), text.into())
            }
        }
    }

    fn fault(&mut self, parameter: &Parameter, message: String) {
        let place = format!("{} parameter {:?}", parameter.style.location(), parameter.name);
        self.faults.push(RequestFault {
            place,
            pointer: String::new(),
            message,
        });
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
