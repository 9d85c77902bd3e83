//! The objects of [Swagger 2.0](https://spec.openapis.org/oas/v2.0.html) that OpenAPI 3 writes differently.

use super::{One, Plain, Used};
use crate::document::field::{EXTERNAL, Field};
use crate::document::{FieldContent, FieldUse, Kind};

use FieldContent::{List, Map};
use FieldUse::Ignored;

const ITEM_TEXT: FieldUse = Ignored("operations have their own");

/// Returns the fields of an object of Swagger 2.0; other kinds have none here.
pub(super) fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Swagger => SWAGGER,
        Kind::SwaggerPaths => &[("*", One(Kind::SwaggerPathItem), Used)],
        Kind::SwaggerPathItem => PATH_ITEM,
        Kind::SwaggerOperation => OPERATION,
        Kind::SwaggerParameter => PARAMETER,
        Kind::SwaggerItems => ITEMS,
        Kind::SwaggerResponses => &[("*", One(Kind::SwaggerResponse), Used)],
        Kind::SwaggerResponse => RESPONSE,
        Kind::SwaggerHeader => HEADER,
        Kind::SwaggerSecurityScheme => SECURITY_SCHEME,
        _ => &[],
    }
}

/// The fields of the Swagger Object.
#[rustfmt::skip]
const SWAGGER: &[Field] = &[
    ("swagger", Plain, Used), ("info", One(Kind::Info), Used), ("host", Plain, Used), ("basePath", Plain, Used),
    ("schemes", Plain, Used), ("consumes", Plain, Used), ("produces", Plain, Used),
    ("paths", One(Kind::SwaggerPaths), Used), ("definitions", Map(Kind::Schema), Used),
    ("parameters", Map(Kind::SwaggerParameter), Used), ("responses", Map(Kind::SwaggerResponse), Used),
    ("securityDefinitions", Map(Kind::SwaggerSecurityScheme), Used), ("security", Plain, Used),
    ("tags", List(Kind::Tag), Used), ("externalDocs", Plain, EXTERNAL),
];

/// The fields of a Path Item Object.
#[rustfmt::skip]
const PATH_ITEM: &[Field] = &[
    ("$ref", Plain, Used), ("summary", Plain, ITEM_TEXT), ("description", Plain, ITEM_TEXT),
    ("get", One(Kind::SwaggerOperation), Used), ("put", One(Kind::SwaggerOperation), Used),
    ("post", One(Kind::SwaggerOperation), Used), ("delete", One(Kind::SwaggerOperation), Used),
    ("options", One(Kind::SwaggerOperation), Used), ("head", One(Kind::SwaggerOperation), Used),
    ("patch", One(Kind::SwaggerOperation), Used), ("parameters", List(Kind::SwaggerParameter), Used),
];

/// The fields of an Operation Object, and the extensions that are read.
#[rustfmt::skip]
const OPERATION: &[Field] = &[
    ("tags", Plain, Used), ("summary", Plain, Used), ("description", Plain, Used), ("externalDocs", Plain, EXTERNAL),
    ("operationId", Plain, Used), ("consumes", Plain, Used), ("produces", Plain, Used),
    ("parameters", List(Kind::SwaggerParameter), Used), ("responses", One(Kind::SwaggerResponses), Used),
    ("schemes", Plain, Used), ("deprecated", Plain, Used), ("security", Plain, Used),
    ("x-safe", Plain, Used), ("x-pagination", One(Kind::Pagination), Used),
    ("x-dropshot-pagination", Plain, Used),
];

/// The fields of a Parameter Object.
#[rustfmt::skip]
const PARAMETER: &[Field] = &[
    ("name", Plain, Used), ("in", Plain, Used), ("description", Plain, Used), ("required", Plain, Used),
    ("schema", One(Kind::Schema), Used), ("type", Plain, Used), ("format", Plain, Used),
    ("allowEmptyValue", Plain, Used), ("items", One(Kind::SwaggerItems), Used), ("collectionFormat", Plain, Used),
    ("default", Plain, Used), ("maximum", Plain, Used), ("exclusiveMaximum", Plain, Used), ("minimum", Plain, Used),
    ("exclusiveMinimum", Plain, Used), ("maxLength", Plain, Used), ("minLength", Plain, Used),
    ("pattern", Plain, Used), ("maxItems", Plain, Used), ("minItems", Plain, Used), ("uniqueItems", Plain, Used),
    ("enum", Plain, Used), ("multipleOf", Plain, Used), ("x-nullable", Plain, Used),
];

/// The fields of an Items Object.
#[rustfmt::skip]
const ITEMS: &[Field] = &[
    ("type", Plain, Used), ("format", Plain, Used), ("items", One(Kind::SwaggerItems), Used),
    ("collectionFormat", Plain, Ignored("no style has lists within lists")),
    ("default", Plain, Used), ("maximum", Plain, Used), ("exclusiveMaximum", Plain, Used), ("minimum", Plain, Used),
    ("exclusiveMinimum", Plain, Used), ("maxLength", Plain, Used), ("minLength", Plain, Used),
    ("pattern", Plain, Used), ("maxItems", Plain, Used), ("minItems", Plain, Used), ("uniqueItems", Plain, Used),
    ("enum", Plain, Used), ("multipleOf", Plain, Used), ("x-nullable", Plain, Used),
];

/// The fields of a Response Object.
#[rustfmt::skip]
const RESPONSE: &[Field] = &[
    ("description", Plain, Used), ("schema", One(Kind::Schema), Used),
    ("headers", Map(Kind::SwaggerHeader), Used), ("examples", Plain, Used),
];

/// The fields of a Header Object.
#[rustfmt::skip]
const HEADER: &[Field] = &[
    ("description", Plain, Used), ("type", Plain, Used), ("format", Plain, Used),
    ("items", One(Kind::SwaggerItems), Used), ("collectionFormat", Plain, Used),
    ("default", Plain, Used), ("maximum", Plain, Used), ("exclusiveMaximum", Plain, Used), ("minimum", Plain, Used),
    ("exclusiveMinimum", Plain, Used), ("maxLength", Plain, Used), ("minLength", Plain, Used),
    ("pattern", Plain, Used), ("maxItems", Plain, Used), ("minItems", Plain, Used), ("uniqueItems", Plain, Used),
    ("enum", Plain, Used), ("multipleOf", Plain, Used), ("x-nullable", Plain, Used),
];

/// The fields of a Security Scheme Object.
#[rustfmt::skip]
const SECURITY_SCHEME: &[Field] = &[
    ("type", Plain, Used), ("description", Plain, Used), ("name", Plain, Used), ("in", Plain, Used),
    ("flow", Plain, Used), ("authorizationUrl", Plain, Ignored("this flow needs a browser")),
    ("tokenUrl", Plain, Used), ("scopes", Plain, Ignored("a client requests the scopes that operations require")),
];
