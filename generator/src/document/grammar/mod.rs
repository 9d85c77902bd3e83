//! Which object stands where in an `OpenAPI` document.
//!
//! One table says of every field of every object what it holds and what
//! becomes of it. Normalising finds schemas and references by it, parsing knows
//! where a schema starts, and the ledger counts what was used by it. The fields
//! of a Schema Object are the [keywords].

pub(crate) mod containers;
pub(crate) mod standing;
mod swagger;
pub(crate) mod walk;

use crate::document::field::{DIALECT, EXTERNAL, Field};
use crate::document::version::Written;
use crate::document::{FieldContent, FieldUse, Kind, Node, keywords};

pub(crate) use crate::document::grammar::walk::children;
pub(super) use crate::document::grammar::walk::{children_mut, for_each_mut};

use FieldContent::{List, Map, One, Plain};
use FieldUse::{Ignored, Used};

const LINKS: FieldUse = Ignored("links are not followed");
const NOT_SENT: FieldUse = Ignored("the server sends it; only its body is decoded");
const BY_POSITION: FieldUse = Ignored("parts are encoded by their names, not by their positions");
const NESTED: FieldUse = Ignored("parts within parts have no encoding of their own");
const BROWSER: FieldUse = Ignored("this flow needs a browser");

impl Kind {
    /// Returns the fixed fields of this kind of object.
    #[must_use]
    #[rustfmt::skip]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::OpenApi => OPEN_API,
            Self::Info => &[
                ("title", Plain, Used), ("version", Plain, Used), ("description", Plain, Used), ("summary", Plain, Used),
                ("contact", Plain, Ignored("not part of a client")), ("license", Plain, Ignored("not part of a client")),
                ("termsOfService", Plain, Ignored("not part of a client")),
            ],
            Self::Server => &[
                ("url", Plain, Used), ("name", Plain, Used), ("description", Plain, Used),
                ("variables", Map(Self::ServerVariable), Used),
            ],
            Self::ServerVariable => &[
                ("default", Plain, Used), ("enum", Plain, Used), ("description", Plain, Used),
            ],
            Self::Paths => &[("*", One(Self::PathItem), Used)],
            Self::PathItem => PATH_ITEM,
            Self::Operation => OPERATION,
            Self::Parameter => PARAMETER,
            Self::Header => HEADER,
            Self::RequestBody => &[
                ("description", Plain, Used), ("content", Map(Self::MediaType), Used), ("required", Plain, Used),
            ],
            Self::MediaType => MEDIA_TYPE,
            Self::Encoding => ENCODING,
            Self::Responses => &[("*", One(Self::Response), Used)],
            Self::Response => &[
                ("description", Plain, Used), ("headers", Map(Self::Header), Used),
                ("content", Map(Self::MediaType), Used), ("links", Map(Self::Link), LINKS),
                ("summary", Plain, Used),
            ],
            Self::Components => COMPONENTS,
            Self::Schema => &keywords::FIELDS,
            Self::Discriminator => &[
                ("propertyName", Plain, Used), ("mapping", Plain, Used), ("defaultMapping", Plain, Used),
            ],
            Self::SecurityScheme => SECURITY_SCHEME,
            Self::Tag => &[
                ("name", Plain, Used), ("summary", Plain, Used), ("description", Plain, Used), ("kind", Plain, Used),
                ("parent", Plain, Used), ("externalDocs", Plain, EXTERNAL),
            ],
            Self::OAuthFlows => FLOWS,
            Self::OAuthFlow => FLOW,
            Self::Example => EXAMPLE,
            Self::Link => LINK,
            Self::Pagination => PAGINATION,
            Self::Callback => &[("*", One(Self::Webhook), Used)],
            Self::Webhook => WEBHOOK,
            Self::WebhookOperation => WEBHOOK_OPERATION,
            older => swagger::fields(older),
        }
    }

    /// Returns the name that the specification has for this kind of object.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenApi => "OpenAPI",
            Self::Swagger => "Swagger",
            Self::Info => "Info",
            Self::Server => "Server",
            Self::ServerVariable => "Server Variable",
            Self::Paths | Self::SwaggerPaths => "Paths",
            Self::PathItem | Self::Webhook | Self::SwaggerPathItem => "Path Item",
            Self::Operation | Self::WebhookOperation | Self::SwaggerOperation => "Operation",
            Self::Parameter | Self::SwaggerParameter => "Parameter",
            Self::Header | Self::SwaggerHeader => "Header",
            Self::RequestBody => "Request Body",
            Self::MediaType => "Media Type",
            Self::Encoding => "Encoding",
            Self::Responses | Self::SwaggerResponses => "Responses",
            Self::Response | Self::SwaggerResponse => "Response",
            Self::Components => "Components",
            Self::Schema => "Schema",
            Self::Discriminator => "Discriminator",
            Self::SecurityScheme | Self::SwaggerSecurityScheme => "Security Scheme",
            Self::OAuthFlows => "OAuth Flows",
            Self::OAuthFlow => "OAuth Flow",
            Self::Tag => "Tag",
            Self::Example => "Example",
            Self::Link => "Link",
            Self::Callback => "Callback",
            Self::SwaggerItems => "Items",
            Self::Pagination => "pagination",
        }
    }

    /// Returns what the field `name` of this kind of object holds and what becomes of it.
    ///
    /// Every name is a field of an object that maps (`*`), but for extensions
    /// ([OpenAPI 3.0.4 §4.9](https://spec.openapis.org/oas/v3.0.4.html#specification-extensions)).
    #[must_use]
    pub fn field(self, name: &str) -> Option<(FieldContent, FieldUse)> {
        let fixed = self.fields().iter().find(|(field, ..)| *field == name || *field == "*");
        let field = fixed.filter(|(field, ..)| *field != "*" || !name.starts_with("x-"));
        field.map(|(_, content, field_use)| (*content, *field_use))
    }

    /// Returns the kind of `document` itself, by the field that has its version.
    pub(super) fn of_document(document: &Node) -> Self {
        match Written::of(document) {
            Some(Written::V2_0) => Self::Swagger,
            _ => Self::OpenApi,
        }
    }

    /// Returns the property of Components that holds this kind of object.
    #[must_use]
    pub fn component(self) -> Option<&'static str> {
        if self == Self::Webhook {
            return Self::PathItem.component();
        }
        Self::Components
            .fields()
            .iter()
            .find(|(_, content, _)| *content == Map(self))
            .map(|(name, ..)| *name)
    }

    /// Returns whether a Reference Object may stand in the place of this kind of object.
    #[must_use]
    pub fn may_be_reference(self) -> bool {
        let may_be_in_2_0 = matches!(
            self,
            Self::SwaggerPathItem | Self::SwaggerParameter | Self::SwaggerResponse
        );
        may_be_in_2_0 || self == Self::PathItem || self.component().is_some()
    }
}

/// The fields of the `OpenAPI` Object.
#[rustfmt::skip]
const OPEN_API: &[Field] = &[
    ("openapi", Plain, Used), ("$self", Plain, Used), ("info", One(Kind::Info), Used), ("servers", List(Kind::Server), Used),
    ("paths", One(Kind::Paths), Used), ("components", One(Kind::Components), Used),
    ("security", Plain, Used), ("tags", List(Kind::Tag), Used), ("externalDocs", Plain, EXTERNAL),
    ("webhooks", Map(Kind::Webhook), Used), ("jsonSchemaDialect", Plain, DIALECT),
];

/// The fields of a Path Item Object.
#[rustfmt::skip]
const PATH_ITEM: &[Field] = &[
    ("$ref", Plain, Used), ("summary", Plain, Ignored("operations have their own")),
    ("description", Plain, Ignored("operations have their own")),
    ("get", One(Kind::Operation), Used), ("put", One(Kind::Operation), Used),
    ("post", One(Kind::Operation), Used), ("delete", One(Kind::Operation), Used),
    ("options", One(Kind::Operation), Used), ("head", One(Kind::Operation), Used),
    ("patch", One(Kind::Operation), Used), ("trace", One(Kind::Operation), Used),
    ("query", One(Kind::Operation), Used), ("additionalOperations", Map(Kind::Operation), Used),
    ("servers", List(Kind::Server), Used),
    ("parameters", List(Kind::Parameter), Used),
];

/// The fields of an Operation Object.
#[rustfmt::skip]
const OPERATION: &[Field] = &[
    ("tags", Plain, Used), ("summary", Plain, Used), ("description", Plain, Used),
    ("externalDocs", Plain, EXTERNAL), ("operationId", Plain, Used),
    ("parameters", List(Kind::Parameter), Used), ("requestBody", One(Kind::RequestBody), Used),
    ("responses", One(Kind::Responses), Used), ("callbacks", Map(Kind::Callback), Used),
    ("deprecated", Plain, Used), ("security", Plain, Used), ("x-safe", Plain, Used),
    ("servers", List(Kind::Server), Used),
    ("x-pagination", One(Kind::Pagination), Used), ("x-dropshot-pagination", Plain, Used),
];

/// The fields of a Path Item Object of a webhook or callback.
#[rustfmt::skip]
const WEBHOOK: &[Field] = &[
    ("$ref", Plain, Used), ("summary", Plain, Ignored("operations have their own")),
    ("description", Plain, Ignored("operations have their own")),
    ("get", One(Kind::WebhookOperation), Used), ("put", One(Kind::WebhookOperation), Used),
    ("post", One(Kind::WebhookOperation), Used), ("delete", One(Kind::WebhookOperation), Used),
    ("options", One(Kind::WebhookOperation), Used), ("head", One(Kind::WebhookOperation), Used),
    ("patch", One(Kind::WebhookOperation), Used), ("trace", One(Kind::WebhookOperation), Used),
    ("query", One(Kind::WebhookOperation), Used), ("additionalOperations", Map(Kind::WebhookOperation), Used),
    ("servers", List(Kind::Server), NOT_SENT), ("parameters", List(Kind::Parameter), NOT_SENT),
];

/// The fields of an Operation Object of a webhook or callback.
#[rustfmt::skip]
const WEBHOOK_OPERATION: &[Field] = &[
    ("tags", Plain, NOT_SENT), ("summary", Plain, Used), ("description", Plain, Used),
    ("externalDocs", Plain, EXTERNAL), ("operationId", Plain, NOT_SENT),
    ("parameters", List(Kind::Parameter), NOT_SENT), ("requestBody", One(Kind::RequestBody), Used),
    ("responses", One(Kind::Responses), NOT_SENT), ("callbacks", Map(Kind::Callback), NOT_SENT),
    ("deprecated", Plain, Used), ("security", Plain, NOT_SENT), ("servers", List(Kind::Server), NOT_SENT),
];

/// The fields of a Parameter Object.
#[rustfmt::skip]
const PARAMETER: &[Field] = &[
    ("name", Plain, Used), ("in", Plain, Used), ("description", Plain, Used), ("required", Plain, Used),
    ("deprecated", Plain, Used), ("allowEmptyValue", Plain, Used),
    ("style", Plain, Used), ("explode", Plain, Used), ("allowReserved", Plain, Used),
    ("schema", One(Kind::Schema), Used), ("content", Map(Kind::MediaType), Used),
    ("example", Plain, Used), ("examples", Map(Kind::Example), Used),
];

/// The fields of a Header Object, of a response or of a part.
#[rustfmt::skip]
const HEADER: &[Field] = &[
    ("description", Plain, Used), ("required", Plain, Used), ("deprecated", Plain, Used),
    ("style", Plain, Ignored("headers have one style")), ("explode", Plain, Used), ("schema", One(Kind::Schema), Used),
    ("content", Map(Kind::MediaType), Used),
    ("example", Plain, Used), ("examples", Map(Kind::Example), Used),
    ("allowEmptyValue", Plain, Ignored("headers do not have this field")),
    ("allowReserved", Plain, Ignored("headers do not have this field")),
];

/// The fields of the Components Object.
#[rustfmt::skip]
const COMPONENTS: &[Field] = &[
    ("schemas", Map(Kind::Schema), Used), ("responses", Map(Kind::Response), Used),
    ("parameters", Map(Kind::Parameter), Used), ("examples", Map(Kind::Example), Used),
    ("requestBodies", Map(Kind::RequestBody), Used), ("headers", Map(Kind::Header), Used),
    ("securitySchemes", Map(Kind::SecurityScheme), Used),
    ("links", Map(Kind::Link), LINKS),
    ("callbacks", Map(Kind::Callback), Used), ("pathItems", Map(Kind::PathItem), Used),
    ("mediaTypes", Map(Kind::MediaType), Used),
];

/// The fields of an OAuth Flows Object.
#[rustfmt::skip]
const FLOWS: &[Field] = &[
    ("implicit", One(Kind::OAuthFlow), BROWSER), ("password", One(Kind::OAuthFlow), Used),
    ("clientCredentials", One(Kind::OAuthFlow), Used), ("authorizationCode", One(Kind::OAuthFlow), Used),
    ("deviceAuthorization", One(Kind::OAuthFlow), Used),
];

/// The fields of an OAuth Flow Object.
#[rustfmt::skip]
const FLOW: &[Field] = &[
    ("authorizationUrl", Plain, BROWSER), ("deviceAuthorizationUrl", Plain, BROWSER),
    ("tokenUrl", Plain, Used), ("refreshUrl", Plain, Used),
    ("scopes", Plain, Ignored("a client requests the scopes that operations require")),
];

/// The fields of an Example Object.
#[rustfmt::skip]
const EXAMPLE: &[Field] = &[
    ("summary", Plain, Used), ("description", Plain, Ignored("the summary of an example is shown")),
    ("value", Plain, Used), ("dataValue", Plain, Used),
    ("serializedValue", Plain, Ignored("the value is shown as data")), ("externalValue", Plain, Ignored("it is not fetched")),
];

/// The fields of a Security Scheme Object.
#[rustfmt::skip]
const SECURITY_SCHEME: &[Field] = &[
    ("type", Plain, Used), ("description", Plain, Used), ("name", Plain, Used), ("in", Plain, Used),
    ("scheme", Plain, Used), ("bearerFormat", Plain, Ignored("a token is opaque to a client")),
    ("flows", One(Kind::OAuthFlows), Used), ("openIdConnectUrl", Plain, Used),
    ("oauth2MetadataUrl", Plain, Ignored("it is not fetched")),
    ("deprecated", Plain, Ignored("credentials are not marked as deprecated")),
];

/// The fields of a Media Type Object.
#[rustfmt::skip]
const MEDIA_TYPE: &[Field] = &[
    ("schema", One(Kind::Schema), Used), ("example", Plain, Used),
    ("examples", Map(Kind::Example), Used), ("encoding", Map(Kind::Encoding), Used),
    ("itemSchema", One(Kind::Schema), Used), ("x-event-end", Plain, Used),
    ("prefixEncoding", List(Kind::Encoding), BY_POSITION), ("itemEncoding", One(Kind::Encoding), BY_POSITION),
];

/// The fields of an Encoding Object.
#[rustfmt::skip]
const ENCODING: &[Field] = &[
    ("contentType", Plain, Used), ("headers", Map(Kind::Header), Used), ("style", Plain, Used),
    ("explode", Plain, Used), ("allowReserved", Plain, Used), ("encoding", Map(Kind::Encoding), NESTED),
    ("prefixEncoding", List(Kind::Encoding), NESTED), ("itemEncoding", One(Kind::Encoding), NESTED),
];

/// The fields of a Link Object.
#[rustfmt::skip]
const LINK: &[Field] = &[
    ("operationRef", Plain, LINKS), ("operationId", Plain, LINKS), ("parameters", Plain, LINKS),
    ("requestBody", Plain, LINKS), ("description", Plain, LINKS), ("server", One(Kind::Server), LINKS),
];

/// The fields of the extension `x-pagination`.
#[rustfmt::skip]
const PAGINATION: &[Field] = &[
    ("style", Plain, Used), ("items", Plain, Used), ("total", Plain, Used), ("offset", Plain, Used),
    ("limit", Plain, Used), ("page", Plain, Used), ("perPage", Plain, Used), ("firstPage", Plain, Used),
    ("cursor", Plain, Used), ("next", Plain, Used), ("more", Plain, Used),
    ("id", Plain, Used),
];
