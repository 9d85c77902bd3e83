//! The kinds of objects of an `OpenAPI` document, and what their fields hold.

use FieldUse::Ignored;

/// A kind of object of the `OpenAPI` specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The document itself.
    OpenApi,
    /// Info Object.
    Info,
    /// Server Object.
    Server,
    /// Server Variable Object.
    ServerVariable,
    /// Paths Object.
    Paths,
    /// Path Item Object.
    PathItem,
    /// Operation Object.
    Operation,
    /// Parameter Object.
    Parameter,
    /// Header Object.
    Header,
    /// Request Body Object.
    RequestBody,
    /// Media Type Object.
    MediaType,
    /// Encoding Object.
    Encoding,
    /// Responses Object.
    Responses,
    /// Response Object.
    Response,
    /// Components Object.
    Components,
    /// Schema Object.
    Schema,
    /// Discriminator Object.
    Discriminator,
    /// Security Scheme Object.
    SecurityScheme,
    /// OAuth Flows Object.
    OAuthFlows,
    /// OAuth Flow Object.
    OAuthFlow,
    /// Tag Object.
    Tag,
    /// Example Object.
    Example,
    /// Link Object.
    Link,
    /// Callback Object.
    Callback,
    /// Path Item Object of a webhook or callback.
    Webhook,
    /// Operation Object of a webhook or callback.
    WebhookOperation,
    /// Swagger Object, which is a document of Swagger 2.0.
    Swagger,
    /// Paths Object of Swagger 2.0.
    SwaggerPaths,
    /// Path Item Object of Swagger 2.0.
    SwaggerPathItem,
    /// Operation Object of Swagger 2.0.
    SwaggerOperation,
    /// Parameter Object of Swagger 2.0.
    SwaggerParameter,
    /// Items Object of Swagger 2.0.
    SwaggerItems,
    /// Responses Object of Swagger 2.0.
    SwaggerResponses,
    /// Response Object of Swagger 2.0.
    SwaggerResponse,
    /// Header Object of Swagger 2.0.
    SwaggerHeader,
    /// Security Scheme Object of Swagger 2.0.
    SwaggerSecurityScheme,
    /// How an operation pages: the extension `x-pagination` of an operation, which is no object of the specification.
    Pagination,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldContent {
    /// A value without objects of the specification.
    Plain,
    /// An object.
    One(Kind),
    /// A list of objects.
    List(Kind),
    /// A map from names to objects.
    Map(Kind),
    /// Schemas in any of these forms: one, a list, a boolean.
    SchemaOrList,
}

/// What becomes of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldUse {
    /// It shapes the crate.
    Used,
    /// It does not, for the reason given.
    Ignored(&'static str),
}

/// A field of an object: its name, what it holds, what becomes of it.
pub(super) type Field = (&'static str, FieldContent, FieldUse);

/// Fields that are texts for people, which become documentation.
pub(super) const TEXTS: [&str; 2] = ["summary", "description"];

/// Returns whether the value of a plain field is data of the API: an object with `$ref` in it is no reference.
///
/// A Reference Object stands only in the place of an object of the specification
/// ([OpenAPI 3.2 §4.23](https://spec.openapis.org/oas/v3.2.0.html#reference-object)), and a schema only below a keyword
/// that holds schemas ([JSON Schema 2020-12 §9.4.2](https://json-schema.org/draft/2020-12/json-schema-core#section-9.4.2)).
pub(super) fn is_data(field: &str) -> bool {
    const DATA: [&str; 7] = ["const", "default", "enum", "example", "examples", "value", "dataValue"];
    DATA.contains(&field)
}

/// Returns whether a field is an extension, whose value may have any form
/// ([OpenAPI 3.2 §4.30](https://spec.openapis.org/oas/v3.2.0.html#specification-extensions)).
pub(super) fn is_extension(field: &str) -> bool {
    field.starts_with("x-")
}

/// Returns whether the objects in this property of `components` are part of the client even if nothing refers to them.
pub(super) fn is_always_used(section: &str) -> bool {
    section == "schemas" || section == "securitySchemes"
}

/// Returns whether the objects in this property of `holder`, the Components Object or that of Swagger 2.0, are part of the
/// client only if something refers to them.
pub(super) fn is_lazy(holder: Kind, section: &str) -> bool {
    match holder {
        Kind::Swagger => matches!(section, "parameters" | "responses"),
        Kind::Components => {
            let field = Kind::Components.field(section);
            matches!(field, Some((_, FieldUse::Used))) && !is_always_used(section)
        }
        _ => false,
    }
}

pub(super) const EXTERNAL: FieldUse = Ignored("external documentation is not linked");
pub(super) const DIALECT: FieldUse = Ignored("only one dialect is supported");
