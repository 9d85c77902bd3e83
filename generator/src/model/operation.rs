//! Operations: what a path item's methods become in Rust.

use super::{
    Alias, Alternative, Availability, Body, Constant, Constraints, Content, DefaultConstant, Docs, Example, Presence,
    Provenance, RequiredStruct, ResponseHeader, ResponseHeaders, Responses, Status, Stream, Type,
};

/// The methods that are safe ([RFC 9110 §9.2.1](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1)), and `QUERY`
/// ([draft-ietf-httpbis-safe-method-w-body](https://datatracker.ietf.org/doc/draft-ietf-httpbis-safe-method-w-body/)).
pub(crate) const SAFE_METHODS: [&str; 5] = ["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"];

/// A group of operations: a module.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// The name of the module in `operations`.
    pub module: String,
    /// The annotations of the tag.
    pub docs: Docs,
    /// The tag that this one is a part of, if there is one.
    pub parent: Provenance<Option<ParentTag>>,
    /// The operations, by name.
    pub operations: Vec<Operation>,
    /// The former names of what stands in the module.
    pub aliases: Vec<Alias>,
    /// The features that it is compiled with.
    pub availability: Availability,
}

/// The tag that another is a part of ([OpenAPI 3.2 §4.22](https://spec.openapis.org/oas/v3.2.0.html#tag-object)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParentTag {
    /// Its name.
    pub name: String,
    /// The module of its operations, if it has any.
    pub module: Option<String>,
}

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The `operationId`; the method and the path if it has none, or another operation has the same.
    pub id: String,
    /// The name of the request function.
    pub function: String,
    /// The name of the request's type.
    pub request_type: String,
    /// The HTTP method, as it is sent.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The annotations.
    pub docs: Docs,
    /// Those of the path in the order of the template, then the others in the document's order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The struct of the required arguments that are not in the path, if there are two or more.
    pub required: Option<Required>,
    /// Whether it is the same operation as the one before, with a body of another media type.
    ///
    /// The enums of its responses are emitted with that one.
    pub is_variant: bool,
    /// The successes.
    pub success: Responses,
    /// The failures.
    pub failure: Responses,
    /// The documented headers of its responses, if there are any.
    pub headers: Option<ResponseHeaders>,
    /// How the body of a success can be streamed.
    pub streams: Vec<Stream>,
    /// The requests for other media types.
    pub alternatives: Vec<Alternative>,
    /// The media types of the responses, for the header `Accept`.
    pub accept: String,
    /// The operation's own server, if any: a URL, or a path relative to the origin of the base URL (`""` for the
    /// origin).
    pub server: Option<String>,
    /// The security requirements: alternatives, each a combination of the statics of schemes.
    pub security: Vec<Vec<String>>,
    /// Whether it is safe, by its method or by `x-safe`.
    pub is_safe: bool,
    /// The pagination, if any.
    pub paging: Option<Paging>,
}

/// The struct of the required arguments of an operation that are not in its path.
#[derive(Debug, Clone, PartialEq)]
pub struct Required {
    /// The struct.
    pub type_: RequiredStruct,
    /// The name of the argument.
    pub argument: String,
}

/// The pagination of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Paging {
    /// How the next page is requested.
    pub style: PagingStyle,
    /// The access path of the items in a page.
    pub items: Vec<AccessStep>,
    /// The type of an item.
    pub item: Type,
    /// The setter of the page size, if any.
    pub size: Option<String>,
}

/// How the next page is requested. Parameters are indexes into [`Operation::parameters`].
#[derive(Debug, Clone, PartialEq)]
pub enum PagingStyle {
    /// A parameter is the number of items to skip.
    Offset {
        /// The parameter.
        parameter: usize,
        /// The access path of the total number of items, if any.
        total: Option<Vec<AccessStep>>,
    },
    /// A parameter is the number of the page.
    Page {
        /// The parameter.
        parameter: usize,
        /// The number of the first page.
        first: u64,
        /// The access path of the total number of items, if any.
        total: Option<Vec<AccessStep>>,
    },
    /// A parameter is the cursor from the previous page.
    Cursor {
        /// The parameter.
        parameter: usize,
        /// The access path of the cursor of the next page.
        next: Vec<AccessStep>,
        /// The access path of the flag that there is a next page, if any.
        more: Option<Vec<AccessStep>>,
    },
    /// A parameter is the id of the last item of the previous page.
    LastItem {
        /// The parameter.
        parameter: usize,
        /// The access path from an item to its id.
        id: Vec<AccessStep>,
        /// The access path of the flag that there is a next page, if any.
        more: Option<Vec<AccessStep>>,
    },
    /// The response has a link to the next page.
    Link {
        /// The field for the query of the link.
        field: String,
        /// The access path of the link; if there is none, it is in the header `Link`.
        next: Option<Vec<AccessStep>>,
    },
}

/// A step of an access path to a value in a response.
#[derive(Debug, Clone, PartialEq)]
pub enum AccessStep {
    /// To a declared property.
    Property {
        /// The name of the field.
        field: String,
        /// How the field represents it. A nullable property that is required is an `Option` too.
        presence: Presence,
    },
    /// To the value of a nullable type.
    NotNull,
    /// To the value inside of a wrapper struct.
    Inner,
}

/// A parameter.
///
/// For an optional nullable parameter, `null` and absent differ.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the Parameter Object")]
pub struct Parameter {
    /// The name on the wire.
    pub wire: String,
    /// The name of the field and the setter.
    pub field: String,
    /// Where it stands.
    pub location: Location,
    /// How it is written there.
    pub style: Style,
    /// Whether each element or property of the value stands for itself.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Whether it may stand in a query without a value.
    pub allow_empty: bool,
    /// Whether it is required.
    pub required: bool,
    /// The only value, if it has one. Requests set it.
    pub constant: Option<Constant>,
    /// The constant for its default, if the document has one that a constant can hold.
    pub default: Option<DefaultConstant>,
    /// The type of its value.
    pub type_: Type,
    /// The constraints of its value.
    pub constraints: Constraints,
    /// The annotations.
    pub docs: Docs,
    /// An example of its value that is a string, if the document has one.
    pub example: Provenance<Option<Example>>,
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// `path`
    Path,
    /// `query`
    Query,
    /// `querystring`
    Querystring,
    /// `header`
    Header,
    /// `cookie`
    Cookie,
}

impl Location {
    /// Returns the location as `in` of a Parameter Object has it
    /// ([OpenAPI 3.2 §4.12](https://spec.openapis.org/oas/v3.2.0.html#parameter-object)).
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Querystring => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How the value of a parameter is written: in a style, or as the media type of its `content`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `simple`
    Simple,
    /// `label`
    Label,
    /// `matrix`
    Matrix,
    /// `form`
    Form,
    /// `cookie`
    Cookie,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `deepObject`
    DeepObject,
    /// `content`, as JSON text.
    Json,
    /// `content`, as text.
    Text,
}

impl Parameter {
    /// Returns whether callers have to pass it: it is required and not a constant.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.required && self.constant.is_none()
    }
}

impl Operation {
    /// Returns whether a redirect is documented, and so returned to the caller.
    #[must_use]
    pub fn documents_redirects(&self) -> bool {
        let responses = self.success.cases.iter().chain(&self.failure.cases);
        let mut statuses = responses.map(|response| response.status);
        // 304 is unresolved (https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5).
        statuses.any(|status| matches!(status, Status::Code(300..=303 | 305..=399) | Status::Range(3)))
    }

    /// Returns the number of arguments that callers have to pass in addition to those in the path.
    #[must_use]
    pub fn required_beside_path(&self) -> usize {
        let is_counted = |parameter: &&Parameter| parameter.is_given() && parameter.location != Location::Path;
        let of_body = self.body.iter().filter(|body| body.required).count();
        self.parameters.iter().filter(is_counted).count() + of_body
    }

    /// Returns the names of the types that are written with the operation.
    pub fn type_names(&self) -> impl Iterator<Item = &str> {
        let alternatives = self.alternatives.iter();
        let enums = [&self.success.enum_name, &self.failure.enum_name];
        let headers = self.headers.as_ref().map(|headers| headers.name.as_str());
        let parts = match self.body.as_ref().map(|body| &body.content) {
            Some(Content::Parts(parts)) => [
                Some(&parts.name),
                parts.required.as_ref().map(|required| &required.name),
            ],
            _ => [None, None],
        };
        let required = self.required.as_ref().map(|required| &required.type_.name);
        let enums = enums
            .into_iter()
            .chain(alternatives.clone().map(|other| &other.success.enum_name));
        [self.request_type.as_str()]
            .into_iter()
            .chain(headers)
            .chain(alternatives.map(|other| other.type_name.as_str()))
            .chain(
                enums
                    .flatten()
                    .chain(parts.into_iter().flatten())
                    .chain(required)
                    .map(String::as_str),
            )
    }

    /// Returns the types of the contents and the headers of responses, including those of streams.
    pub fn response_types(&self) -> impl Iterator<Item = &Type> {
        let others = self.alternatives.iter().flat_map(|other| &other.success.cases);
        let responses = self.success.cases.iter().chain(&self.failure.cases).chain(others);
        let whole = responses.filter_map(|response| response.payload.as_ref()?.type_());
        let headers = self.response_headers().map(|header| &header.type_);
        whole.chain(self.streams().filter_map(Stream::type_)).chain(headers)
    }

    /// Returns the names of the sets of responses that it shares with other operations.
    pub(crate) fn response_sets(&self) -> impl Iterator<Item = &String> {
        let others = self.alternatives.iter().map(|other| &other.success);
        let all = [&self.success, &self.failure].into_iter().chain(others);
        all.filter_map(|responses| responses.set.as_ref())
    }

    /// Returns the name of the set of headers that it shares with other operations.
    pub(crate) fn header_set(&self) -> Option<&String> {
        self.headers.as_ref()?.set.as_ref()
    }

    /// Returns the documented headers of the responses.
    pub fn response_headers(&self) -> impl Iterator<Item = &ResponseHeader> {
        self.headers.iter().flat_map(|headers| &headers.headers)
    }

    /// Returns the streams, including those of other media types.
    pub fn streams(&self) -> impl Iterator<Item = &Stream> {
        let others = self.alternatives.iter().filter_map(|other| other.stream.as_ref());
        self.streams.iter().chain(others)
    }
}

#[cfg(test)]
mod tests {
    use super::SAFE_METHODS;

    #[test]
    fn the_runtime_has_the_safe_methods_of_the_model() {
        let runtime = include_str!("../../runtime/src/request/operation.rs");
        let (_, start) = runtime.split_once("is_safe = matches!(").unwrap();
        let (patterns, _) = start.split_once(");").unwrap();
        let methods: Vec<&str> = patterns.split('"').skip(1).step_by(2).collect();
        assert_eq!(methods, SAFE_METHODS);
    }
}
