//! Request bodies: what stands in the media types of a body.

use super::{Constant, Constraints, Derives, Docs, RequiredStruct, Style, Type};

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The name of the argument or setter.
    pub field: String,
    /// The media type that is sent.
    pub media_type: String,
    /// What it holds.
    pub content: Content,
    /// Whether a request has to have it.
    pub required: bool,
    /// The functions of requests whose body is of another media type.
    pub others: Vec<String>,
    /// The annotations.
    pub docs: Docs,
}

/// What a request body holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// JSON.
    Json(Type, Constraints),
    /// The properties of a value as form fields.
    Form(Form),
    /// Parts that callers set individually, since some of them are not JSON.
    Parts(Box<Parts>),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A form whose values are those of a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Whether it consists of parts; else it is a text of pairs (`application/x-www-form-urlencoded`).
    pub is_multipart: bool,
    /// The type of the value.
    pub type_: Type,
    /// The constraints of the value.
    pub constraints: Constraints,
    /// The encodings of properties that differ from the default, by name.
    pub encodings: Vec<(String, Encoding)>,
}

/// The encoding of a property of a form.
#[derive(Debug, Clone, PartialEq)]
pub enum Encoding {
    /// By its media type; by the type of its value where this is empty.
    Content(String),
    /// As a query parameter.
    Style {
        /// The style.
        style: Style,
        /// Whether each element or property of the value stands for itself.
        explode: bool,
        /// Whether reserved characters stay as they are.
        allow_reserved: bool,
    },
}

/// A struct of the parts of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// The name of the struct.
    pub name: String,
    /// The parts, in the document's order.
    pub parts: Vec<Part>,
    /// The name of the field for parts that the schema does not define.
    pub other: String,
    /// The name of the method that adds one.
    pub add: String,
    /// The constraints of all parts that are not files.
    pub constraints: Constraints,
    /// The struct of the required parts, if there are two or more.
    pub required: Option<RequiredStruct>,
    /// The traits that it derives.
    pub derives: Derives,
    /// Whether `Default` is implemented by `new`: the constructor takes no arguments, but sets constants.
    pub has_default_impl: bool,
    /// The annotations.
    pub docs: Docs,
}

/// A part.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The name on the wire.
    pub wire: String,
    /// The name of the field and the setter.
    pub field: String,
    /// What it holds.
    pub content: PartContent,
    /// Whether a body has to have it.
    pub required: bool,
    /// The only value, if it has one. Constructors set it.
    pub constant: Option<Constant>,
    /// The headers that the document gives it.
    pub headers: Vec<PartHeader>,
    /// The annotations.
    pub docs: Docs,
}

/// What a part holds.
#[derive(Debug, Clone, PartialEq)]
pub enum PartContent {
    /// A value.
    Value(Type, Encoding),
    /// A file of one of the media types, or several.
    File {
        /// The media types that the document allows, with commas between them.
        media_types: String,
        /// Whether there may be several.
        is_list: bool,
        /// Whether the schema says so; else only its media type does, and the part may be text as well.
        is_declared: bool,
    },
}

/// A header of a part.
#[derive(Debug, Clone, PartialEq)]
pub struct PartHeader {
    /// The name on the wire.
    pub wire: String,
    /// The name of the field and the setter.
    pub field: String,
    /// The type of its value.
    pub type_: Type,
    /// Whether the part has to have it.
    pub required: bool,
    /// The annotations.
    pub docs: Docs,
}

impl Parts {
    /// Returns the parts that callers have to pass.
    pub fn given(&self) -> impl Iterator<Item = &Part> {
        self.parts
            .iter()
            .filter(|part| part.required && part.constant.is_none())
    }
}

impl Content {
    /// Returns the types of the values that it holds.
    #[must_use]
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Json(type_, _) => vec![type_],
            Self::Form(form) => vec![&form.type_],
            Self::Parts(parts) => {
                let values = parts.parts.iter().filter_map(|part| match &part.content {
                    PartContent::Value(type_, _) => Some(type_),
                    PartContent::File { .. } => None,
                });
                let headers = parts.parts.iter().flat_map(|part| &part.headers);
                values.chain(headers.map(|header| &header.type_)).collect()
            }
            Self::Text | Self::Bytes => Vec::new(),
        }
    }

    /// Returns its constraints.
    #[must_use]
    pub fn constraints(&self) -> Option<&Constraints> {
        match self {
            Self::Json(_, constraints) => Some(constraints),
            Self::Form(form) => Some(&form.constraints),
            Self::Parts(parts) => Some(&parts.constraints),
            Self::Text | Self::Bytes => None,
        }
    }
}
