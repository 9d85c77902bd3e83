//! The objects of the specification with the fields that shape a client, as the test of the ledger knows them.

/// The objects of the specification with the fields that shape a client: `name` is a value, `name:Kind` an object,
/// `name:[Kind]` a list of objects, `name:{Kind}` a map of objects, `name:Schemas` a schema or a list of them.
pub(crate) const OBJECTS: &[(&str, &str)] = &[
    (
        "OpenApi",
        "openapi $self info:Info servers:[Server] paths:Paths components:Components security tags:[Tag] webhooks:{Webhook}",
    ),
    ("Info", "title version description summary"),
    ("Server", "url name description variables:{ServerVariable}"),
    ("ServerVariable", "default enum description"),
    (
        "PathItem",
        "$ref get:Operation put:Operation post:Operation delete:Operation options:Operation head:Operation \
         patch:Operation trace:Operation query:Operation additionalOperations:{Operation} parameters:[Parameter] servers:[Server]",
    ),
    (
        "Operation",
        "tags summary description operationId parameters:[Parameter] requestBody:RequestBody responses:Responses \
         deprecated security servers:[Server] x-safe x-pagination:Pagination x-dropshot-pagination callbacks:{Callback}",
    ),
    (
        "Webhook",
        "$ref get:WebhookOperation put:WebhookOperation post:WebhookOperation delete:WebhookOperation \
         options:WebhookOperation head:WebhookOperation patch:WebhookOperation trace:WebhookOperation \
         query:WebhookOperation additionalOperations:{WebhookOperation}",
    ),
    (
        "WebhookOperation",
        "summary description deprecated requestBody:RequestBody",
    ),
    (
        "Pagination",
        "style items total offset limit page perPage firstPage cursor next more id",
    ),
    (
        "Parameter",
        "name in description required deprecated allowEmptyValue style explode allowReserved schema:Schema \
         content:{MediaType} example examples:{Example}",
    ),
    (
        "Header",
        "description required deprecated explode schema:Schema content:{MediaType} example examples:{Example}",
    ),
    ("RequestBody", "description content:{MediaType} required"),
    (
        "MediaType",
        "schema:Schema encoding:{Encoding} itemSchema:Schema x-event-end example examples:{Example}",
    ),
    ("Encoding", "contentType headers:{Header} style explode allowReserved"),
    ("Response", "description summary headers:{Header} content:{MediaType}"),
    ("Example", "summary value dataValue"),
    (
        "Components",
        "schemas:{Schema} responses:{Response} parameters:{Parameter} requestBodies:{RequestBody} headers:{Header} \
         securitySchemes:{SecurityScheme} pathItems:{PathItem} callbacks:{Callback} examples:{Example} mediaTypes:{MediaType}",
    ),
    ("Discriminator", "propertyName mapping defaultMapping"),
    (
        "SecurityScheme",
        "type description name in scheme flows:Flows openIdConnectUrl",
    ),
    (
        "Flows",
        "password:Flow clientCredentials:Flow authorizationCode:Flow deviceAuthorization:Flow",
    ),
    ("Flow", "tokenUrl refreshUrl"),
    ("Tag", "name summary description kind parent"),
    (
        "Schema",
        "$ref $id $anchor $dynamicAnchor title description type enum const nullable format default deprecated \
         readOnly writeOnly pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf \
         properties:{Schema} patternProperties:{Schema} additionalProperties:Schema required minProperties \
         maxProperties propertyNames:Schema dependentRequired dependentSchemas:{Schema} dependencies:{Schema} \
         unevaluatedProperties:Schema items:Schemas prefixItems:[Schema] additionalItems:Schema contains:Schema \
         minContains maxContains minItems maxItems uniqueItems unevaluatedItems:Schema allOf:[Schema] anyOf:[Schema] \
         oneOf:[Schema] not:Schema if:Schema then:Schema else:Schema discriminator:Discriminator $defs:{Schema} \
         definitions:{Schema} contentEncoding example examples",
    ),
];

/// The objects of Swagger 2.0 that are others than those of OpenAPI 3, in the same words.
pub(crate) const SWAGGER_OBJECTS: &[(&str, &str)] = &[
    (
        "Swagger",
        "swagger info:Info host basePath schemes consumes produces paths:SwaggerPaths definitions:{Schema} \
         parameters:{SwaggerParameter} responses:{SwaggerResponse} securityDefinitions:{SwaggerSecurityScheme} security \
         tags:[Tag]",
    ),
    (
        "SwaggerPathItem",
        "$ref get:SwaggerOperation put:SwaggerOperation post:SwaggerOperation delete:SwaggerOperation \
         options:SwaggerOperation head:SwaggerOperation patch:SwaggerOperation parameters:[SwaggerParameter]",
    ),
    (
        "SwaggerOperation",
        "tags summary description operationId consumes produces parameters:[SwaggerParameter] \
         responses:SwaggerResponses schemes deprecated security x-safe x-pagination:Pagination x-dropshot-pagination",
    ),
    (
        "SwaggerParameter",
        "name in description required schema:Schema type format allowEmptyValue items:SwaggerItems collectionFormat \
         default maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems \
         uniqueItems enum multipleOf x-nullable",
    ),
    (
        "SwaggerItems",
        "type format items:SwaggerItems default maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength \
         pattern maxItems minItems uniqueItems enum multipleOf x-nullable",
    ),
    (
        "SwaggerResponse",
        "description schema:Schema headers:{SwaggerHeader} examples",
    ),
    (
        "SwaggerHeader",
        "description type format items:SwaggerItems collectionFormat default maximum exclusiveMaximum minimum \
         exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems enum multipleOf x-nullable",
    ),
    ("SwaggerSecurityScheme", "type description name in flow tokenUrl"),
];
