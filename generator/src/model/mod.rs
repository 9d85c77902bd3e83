//! The model of a client: every fact about the crate that will be written, decided.
//!
//! Nothing here refers to the document's syntax any more. There is no `$ref`, only [`TypeId`]s; names are final;
//! whether a property is boxed, how a parameter is serialized and which media type is used is decided. The order of
//! every list is the order of the output.
//!
//! Two models are equal if a Rust caller cannot tell the crates apart: what is only [`Provenance`] is not compared.
#![deny(clippy::missing_docs_in_private_items)]

mod alias;
mod argument;
mod body;
mod constant;
mod constraint;
mod feature;
mod header;
mod module;
mod need;
mod operation;
mod provenance;
mod response;
mod security;
mod texts;
mod traits;
mod type_ids;
mod types;
mod webhook;

pub(crate) use alias::Alias;
pub use alias::AliasTarget;
pub(crate) use argument::Argument;
pub use body::{Body, Content, Part, PartContent, Parts};
pub(crate) use body::{Encoding, Form, PartHeader};
pub(crate) use constant::Constant;
pub use constant::DefaultConstant;
pub(crate) use constraint::{Assertion, Constraints, JsonTypes, Pattern, Run};
pub(crate) use feature::{ApiPart, Availability, Feature};
pub(crate) use header::{HeaderForm, HeaderSet, ResponseHeader, ResponseHeaders};
pub(crate) use module::{Module, ModulePath};
pub(crate) use need::Need;
pub use need::Needs;
pub(crate) use operation::{AccessStep, Location, Paging, PagingStyle, Parameter, Required, SAFE_METHODS, Style};
pub use operation::{Operation, ParentTag, Resource};
pub(crate) use provenance::Provenance;
pub(crate) use response::{Alternative, Expected, Response, ResponseSet, Status};
pub use response::{Payload, Responses, Stream};
pub(crate) use security::{Environment, Flow, Flows, Server, ServerVariable};
pub use security::{Scheme, SchemeKind};
pub(crate) use traits::Derives;
pub use traits::{Conversion, Derive, Source};
pub(crate) use type_ids::TypeIds;
pub(crate) use types::{Discriminator, FormerName, ListedString, Variant};
pub use types::{
    Integer, Named, Object, Presence, Property, RequiredStruct, Shape, StringEnum, Tuple, Type, TypeId, Union,
};
pub(crate) use webhook::{Webhook, Webhooks};

use crate::source::{Origin, Pointer};

/// The number of required arguments from which on callers pass them by name, not by position.
pub(crate) const BY_NAME: usize = 2;

/// A client crate.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// The document's title.
    pub title: Provenance<String>,
    /// The document's version.
    pub version: Provenance<String>,
    /// The document's description.
    pub description: Provenance<String>,
    /// The URL of the document's first server, variables filled in.
    pub server: Option<String>,
    /// Headers of every request, as configured.
    pub headers: Vec<(String, String)>,
    /// The security schemes that operations ask for, by name.
    pub schemes: Vec<Scheme>,
    /// The environment variables that `from_env` reads, if there is such a constructor.
    pub environment: Option<Environment>,
    /// The servers whose URLs are absolute, in the document's order.
    pub servers: Vec<Server>,
    /// The groups of operations, by module name.
    pub resources: Vec<Resource>,
    /// What the server sends: the webhooks and the callbacks, if there are any.
    pub webhooks: Vec<Webhooks>,
    /// The components that webhooks and callbacks refer to.
    pub webhook_types: Vec<TypeId>,
    /// The features that `webhooks` is compiled with.
    pub webhook_availability: Availability,
    /// The Cargo features for parts of the API: those of resources in their order, and then the others.
    pub features: Vec<Feature>,
    /// The enums of responses that several operations have, by name.
    pub response_sets: Vec<ResponseSet>,
    /// The headers of responses that several operations have, by name.
    pub header_sets: Vec<HeaderSet>,
    /// The types. A `TypeId` is an index of this list.
    pub types: Vec<Named>,
    /// What the crate needs of the runtime.
    pub needs: Needs,
    /// The order in which components are written: each with its inline types.
    pub modules: Vec<Module>,
}

/// Annotations of a node of the document, and its location.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Docs {
    /// A title or summary.
    pub title: Provenance<String>,
    /// A description, in Markdown.
    pub text: Provenance<String>,
    /// The annotated node.
    pub origin: Provenance<Option<Origin>>,
    /// The JSON Pointer of that node in the document as it was read.
    pub pointer: Provenance<Pointer>,
    /// Whether it is `deprecated`.
    pub deprecated: bool,
    /// Whether it is only in responses (`readOnly`).
    pub read_only: bool,
    /// Whether it is only in requests (`writeOnly`).
    pub write_only: bool,
    /// The `default`, as JSON text.
    pub default: Option<String>,
    /// The examples that documentation shows, since there is no description.
    pub examples: Provenance<Vec<Example>>,
}

/// An example of a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows.
    pub summary: String,
    /// The value as JSON text: several of one line each, or one of several lines.
    pub text: String,
    /// The node of the value.
    pub origin: Origin,
}

impl Example {
    /// Makes an example.
    #[must_use]
    pub fn new(summary: &str, text: String, origin: Origin) -> Self {
        Self {
            summary: summary.trim().to_owned(),
            text,
            origin,
        }
    }

    /// Returns whether it stands within a line of text.
    #[must_use]
    pub fn is_inline(&self) -> bool {
        !self.text.contains('\n')
    }
}

impl Api {
    /// Iterates over the operations of all resources.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> + Clone {
        self.resources.iter().flat_map(|resource| &resource.operations)
    }

    /// Returns the type that `id` stands for.
    #[must_use]
    pub fn named(&self, id: TypeId) -> &Named {
        &self.types[id.index()]
    }

    /// Returns words for a type, to tell what holds it from what holds others.
    pub(crate) fn type_words(&self, type_: &Type) -> String {
        match type_ {
            Type::Named(id) => self.named(*id).name.clone(),
            Type::Array(inner) => format!("list of {}", self.type_words(inner)),
            Type::Map(inner) => format!("map of {}", self.type_words(inner)),
            Type::Nullable(inner) => format!("nullable {}", self.type_words(inner)),
            Type::Boxed(inner) => self.type_words(inner),
            Type::Json => "json".to_owned(),
            Type::Boolean => "boolean".to_owned(),
            Type::Integer(_) => "integer".to_owned(),
            Type::Number | Type::Decimal => "number".to_owned(),
            Type::String => "string".to_owned(),
            Type::DateTime | Type::Date => "date".to_owned(),
            Type::Scalar => "scalar".to_owned(),
        }
    }
}
