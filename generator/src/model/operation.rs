//! Operations: what a path item's methods become in Rust.

use std::fmt;

use super::{Alternative, Body, Constant, Content, Docs, Presence, Rule, Stream, Type};

/// A group of operations: a module.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// The name of the module.
    pub module: String,
    /// What the document says of the tag.
    pub docs: Docs,
    /// The operations, by name.
    pub operations: Vec<Operation>,
}

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The `operationId`; where the document has none, the method and the path.
    pub id: String,
    /// The name of the request function.
    pub function: String,
    /// The name of the request's type.
    pub request_type: String,
    /// The name of the static that describes it.
    pub static_name: String,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path template.
    pub path: String,
    /// What the document says of it.
    pub docs: Docs,
    /// Those of the path in the order of the template, then the others in the document's order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// How callers give what is required beside the path, where there are two or more of it.
    pub required: Option<Required>,
    /// Whether it is the same operation as the one before, with a body of another media type.
    ///
    /// The enums of its replies are written with that one.
    pub is_variant: bool,
    /// The replies that are successes.
    pub success: Replies,
    /// The replies that are failures.
    pub failure: Replies,
    /// How the body of a success can be taken while it comes in.
    pub streams: Vec<Stream>,
    /// The requests that ask for another media type.
    pub alternatives: Vec<Alternative>,
    /// The media types of the replies, for the header `Accept`.
    pub accept: String,
    /// Where it goes, if not to the base URL: a URL, or a path from the origin of the base URL (`""` for the origin).
    pub server: Option<String>,
    /// The credentials that it asks for: alternatives, of which each is a combination of statics of schemes.
    pub security: Vec<Vec<String>>,
    /// Whether it only reads, as its method or the document says.
    pub is_safe: bool,
    /// How the list that it gives is asked for page by page, if it is.
    pub paging: Option<Paging>,
}

/// A struct by which callers give the required arguments of an operation that do not stand in its path.
#[derive(Debug, Clone, PartialEq)]
pub struct Required {
    /// The name of the struct.
    pub type_name: String,
    /// The name of the argument.
    pub argument: String,
}

/// How a list is asked for page by page.
#[derive(Debug, Clone, PartialEq)]
pub struct Paging {
    /// What leads from one page to the next.
    pub style: PagingStyle,
    /// The way to the items of a page.
    pub items: Vec<Step>,
    /// The type of an item.
    pub item: Type,
    /// The setter that says how many items a page has, if there is one.
    pub size: Option<String>,
}

/// What leads from one page to the next. Parameters are places in [`Operation::parameters`].
#[derive(Debug, Clone, PartialEq)]
pub enum PagingStyle {
    /// A parameter skips the items that came.
    Offset {
        /// The parameter.
        parameter: usize,
        /// The way to how many items the list has, if a page says so.
        total: Option<Vec<Step>>,
    },
    /// A parameter numbers the pages.
    Page {
        /// The parameter.
        parameter: usize,
        /// The number of the first page.
        first: u64,
        /// The way to how many items the list has, if a page says so.
        total: Option<Vec<Step>>,
    },
    /// A parameter holds what the page before said of the next one.
    Cursor {
        /// The parameter.
        parameter: usize,
        /// The way to the cursor of the next page.
        next: Vec<Step>,
        /// The way to whether there is a next page, if a page says so.
        more: Option<Vec<Step>>,
    },
    /// The reply has a link to the next page.
    Link {
        /// The field that keeps the query of the link.
        field: String,
    },
}

/// A step on the way to a value within a reply.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// To a declared member.
    Member {
        /// The name of the field.
        field: String,
        /// How the field holds it; what may be `null`, but not absent, is an `Option` as well.
        presence: Presence,
    },
    /// To the value in place of which there may be `null`.
    Value,
    /// Into a struct around one value.
    Inner,
}

/// A parameter.
///
/// One that is optional and nullable has a use for `null`, which is not that of an absent one.
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
    /// Whether each element or member of the value stands for itself.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Whether it may stand in a query without a value.
    pub allow_empty: bool,
    /// Whether a request has to have it.
    pub required: bool,
    /// The value that it always has, which requests are made with.
    pub constant: Option<Constant>,
    /// The type of its value.
    pub type_: Type,
    /// What the document asks of its value.
    pub rule: Rule,
    /// What the document says of it.
    pub docs: Docs,
    /// An example of its value, where the document gives one that is a string.
    pub example: Option<String>,
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// `path`
    Path,
    /// `query`
    Query,
    /// `header`
    Header,
    /// `cookie`
    Cookie,
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

/// What the body of a reply holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// JSON.
    Json(Type, Rule),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// The documented replies of one sort.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Replies {
    /// The name of the enum, where there is one.
    pub enum_name: Option<String>,
    /// The replies, the narrower status first.
    pub cases: Vec<Reply>,
}

/// A documented reply.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// Which statuses it is for.
    pub status: Status,
    /// The name of the variant.
    pub variant: String,
    /// What its body holds, if it has one.
    pub payload: Option<Payload>,
    /// Which media types the body may be of to be read as that.
    pub expected: Expected,
    /// What the document says of it.
    pub docs: Docs,
}

/// Which media types a body may be of to be read as its payload.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// Any.
    Any,
    /// Any but those that the document describes as something else.
    Unless {
        /// The media type of the payload.
        media_type: String,
        /// The others.
        others: Vec<String>,
    },
    /// That of the payload alone.
    Only {
        /// The media type of the payload.
        media_type: String,
        /// Those that could be taken for it.
        others: Vec<String>,
    },
}

/// Which statuses a reply is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// `4XX`: the hundred that starts with the digit.
    Range(u16),
    /// Any other status.
    Default,
}

impl Parameter {
    /// Returns whether callers have to give it: it is required, and has not one value alone.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.required && self.constant.is_none()
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(hundred) => write!(formatter, "{hundred}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}

impl Status {
    /// Returns the one status that it stands for, if it is one.
    #[must_use]
    pub fn code(self) -> Option<u16> {
        match self {
            Self::Code(code) => Some(code),
            Self::Range(_) | Self::Default => None,
        }
    }
}

impl Operation {
    /// Returns whether a reply that redirects is described, so that the caller wants to see it.
    #[must_use]
    pub fn documents_redirects(&self) -> bool {
        let replies = self.success.cases.iter().chain(&self.failure.cases);
        let mut statuses = replies.map(|reply| reply.status);
        // 304 leads nowhere (https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5).
        statuses.any(|status| matches!(status, Status::Code(300..=303 | 305..=399) | Status::Range(3)))
    }

    /// Returns how many arguments callers have to give beside those that stand in the path.
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
        let parts = match self.body.as_ref().map(|body| &body.content) {
            Some(Content::Parts(parts)) => [Some(&parts.name), parts.required.as_ref()],
            _ => [None, None],
        };
        let required = self.required.as_ref().map(|required| &required.type_name);
        let enums = enums
            .into_iter()
            .chain(alternatives.clone().map(|other| &other.success.enum_name));
        [self.request_type.as_str()]
            .into_iter()
            .chain(alternatives.map(|other| other.type_name.as_str()))
            .chain(
                enums
                    .flatten()
                    .chain(parts.into_iter().flatten())
                    .chain(required)
                    .map(String::as_str),
            )
    }

    /// Returns the types of what replies hold, as a whole or piece by piece.
    pub fn reply_types(&self) -> impl Iterator<Item = &Type> {
        let others = self.alternatives.iter().flat_map(|other| &other.success.cases);
        let replies = self.success.cases.iter().chain(&self.failure.cases).chain(others);
        let whole = replies.filter_map(|reply| match &reply.payload {
            Some(Payload::Json(type_, _)) => Some(type_),
            _ => None,
        });
        whole.chain(self.streams().filter_map(Stream::type_))
    }

    /// Returns the ways to take bodies while they come in, those of other media types included.
    pub fn streams(&self) -> impl Iterator<Item = &Stream> {
        let others = self.alternatives.iter().filter_map(|other| other.stream.as_ref());
        self.streams.iter().chain(others)
    }
}
