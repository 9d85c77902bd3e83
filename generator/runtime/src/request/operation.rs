//! Operations as data, and the making of HTTP requests.

use std::fmt;
use std::ops::Deref;
use std::sync::LazyLock;

use http::{HeaderValue, Method, Request, Uri, header};

use crate::runtime::auth::scheme::{Requirements, Written};
use crate::runtime::client::error::InvalidRequest;
use crate::runtime::json::codec::Encode;
use crate::runtime::request::base::RequestDefaults;
use crate::runtime::request::body::Body;
use crate::runtime::request::parameter::{Draft, Parameter};
use crate::runtime::request::payload::Payload;
use crate::runtime::schema::keywords::Schema;

/// The description of an operation.
#[derive(Debug)]
pub struct Operation {
    /// The `operationId`, or the method and the path if there is none.
    pub id: &'static str,
    /// The HTTP method.
    pub method: OperationMethod,
    /// The operation's own server, if it has one: a URL, or a path relative to the origin of the base URL.
    pub server: Option<&'static str>,
    /// The path template, below the base URL, with the query that all requests have.
    pub path: &'static str,
    /// The parameters: those of the path in the order of the template, then
    /// the others in the document's order.
    pub parameters: &'static [Parameter],
    /// The schema of the body, if that is JSON or a form.
    pub body: Option<&'static Schema>,
    /// The media types of the documented responses.
    pub accept: &'static str,
    /// The security requirements.
    pub security: Requirements,
    /// Whether it is safe: by its method, or by the extension `x-safe`.
    pub is_safe: bool,
    /// Whether redirects are documented, and so returned to the caller.
    pub documents_redirects: bool,
}

/// The method of an operation. It derefs to [`Method`].
#[derive(Debug)]
pub struct OperationMethod {
    value: MethodValue,
    name: &'static str,
}

#[derive(Debug)]
enum MethodValue {
    Constant(Method),
    /// One that the crate `http` has no constant for.
    Text(&'static LazyLock<Method>),
}

impl OperationMethod {
    /// Returns the method `method` of the name `name`.
    #[must_use]
    pub const fn of(method: Method, name: &'static str) -> Self {
        let value = MethodValue::Constant(method);
        Self { value, name }
    }

    /// Returns the method of the name `name`, which `method` makes.
    #[must_use]
    pub const fn of_text(method: &'static LazyLock<Method>, name: &'static str) -> Self {
        let value = MethodValue::Text(method);
        Self { value, name }
    }
}

impl Deref for OperationMethod {
    type Target = Method;

    fn deref(&self) -> &Method {
        match &self.value {
            MethodValue::Constant(method) => method,
            MethodValue::Text(method) => method,
        }
    }
}

impl fmt::Display for OperationMethod {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Whether requests are validated before they are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validation {
    /// Requests are validated. An invalid request is not sent.
    On,
    /// Requests are not validated.
    Off,
}

impl Operation {
    /// Describes an operation without a body and security requirements, whose responses are JSON.
    #[must_use]
    pub const fn new(
        id: &'static str,
        method: OperationMethod,
        path: &'static str,
        parameters: &'static [Parameter],
    ) -> Self {
        let is_safe = matches!(
            method.name.as_bytes(),
            b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE" | b"QUERY"
        );
        Self {
            id,
            method,
            server: None,
            path,
            parameters,
            body: None,
            accept: "application/json",
            security: &[],
            is_safe,
            documents_redirects: false,
        }
    }

    /// Sets the operation's own server.
    #[must_use]
    pub const fn server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// Sets the schema of the body.
    #[must_use]
    pub const fn body(mut self, schema: &'static Schema) -> Self {
        self.body = Some(schema);
        self
    }

    /// Sets the media types of the responses.
    #[must_use]
    pub const fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// Sets the security requirements.
    #[must_use]
    pub const fn security(mut self, requirements: Requirements) -> Self {
        self.security = requirements;
        self
    }

    /// Sets whether it is safe, where its method does not say so.
    #[must_use]
    pub const fn safe(mut self, is_safe: bool) -> Self {
        self.is_safe = is_safe;
        self
    }

    /// Says that redirects are documented.
    #[must_use]
    pub const fn documents_redirects(mut self) -> Self {
        self.documents_redirects = true;
        self
    }

    /// Makes the request: `arguments` are the values of
    /// [`parameters`](Self::parameters), in the same order.
    ///
    /// # Errors
    ///
    /// If the request does not conform to the document, or cannot be written.
    pub fn request(
        &self,
        base: &RequestDefaults,
        arguments: &[Option<&dyn Encode>],
        payload: Payload,
        validation: Validation,
    ) -> Result<Request<Body>, InvalidRequest> {
        let mut draft = Draft::default();
        for (parameter, argument) in self.parameters.iter().zip(arguments) {
            if let Some(argument) = argument {
                draft.add(parameter, *argument, validation);
            }
        }
        let path = draft.finish_path(self.path);
        let path = draft.split_query(&path);
        let mut headers = base.headers();
        // Credentials are added after the arguments.
        for written in base.written(self.security) {
            match written {
                Written::Header(name, value) => {
                    headers.insert(name.clone(), value.clone());
                }
                Written::Query(pair) => draft.query.push(pair.clone()),
                Written::Cookie(pair) => draft.cookies.push(pair.clone()),
                #[cfg(feature = "client")]
                Written::Later => {}
            }
        }
        draft.finish_cookies();
        let (media_type, body) = payload.compose(self.body, validation, &mut draft.faults);
        if !draft.faults.is_empty() {
            return Err(InvalidRequest { faults: draft.faults });
        }
        // HTTP clients know the length of a body in memory.
        let length = if body.bytes().is_none() { body.len() } else { None };
        let mut request = Request::new(body);
        *request.method_mut() = Method::clone(&self.method);
        *request.uri_mut() = target([&*base.url_of(self), path].concat(), &draft.query)?;
        if !self.accept.is_empty() {
            headers.insert(header::ACCEPT, HeaderValue::from_static(self.accept));
        }
        if let Some(media_type) = media_type {
            headers.insert(header::CONTENT_TYPE, media_type);
        }
        if let Some(length) = length {
            headers.insert(header::CONTENT_LENGTH, length.into());
        }
        for (name, value) in draft.headers {
            // An argument replaces a header of all requests. Cookies are added to theirs.
            if name == header::COOKIE {
                headers.append(name, value);
            } else {
                headers.insert(name, value);
            }
        }
        *request.headers_mut() = headers;
        Ok(request)
    }
}

/// Returns `url` with a query of `parts`, each a name and a value.
fn target(mut url: String, parts: &[String]) -> Result<Uri, InvalidRequest> {
    let before = url.len();
    for (index, part) in parts.iter().enumerate() {
        url.push(if index == 0 { '?' } else { '&' });
        url.push_str(part);
    }
    // The query may contain a secret, so no error contains it.
    let no_url = |why| InvalidRequest::of("URL", format!("{:?} is no URL: {why}", &url[..before]));
    url.parse().map_err(no_url)
}
