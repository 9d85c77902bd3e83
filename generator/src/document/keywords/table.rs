//! The table of the keywords.

use super::Annotates::{Access, Content, Deprecation, Discriminator, Documentation, Values, Words};
use super::Applies::{All, Condition, Contains, Items, Not, OlderDraft, Properties, PropertyNames, Unevaluated, Union};
use super::Asserts::{AnyType, Limit, Null, Structure};
use super::Class::{Annotation, Applicator, Assertion, Dialect, Identifier, Location, Reference};
use super::Versions::{Both, Neither, Only3_0, Since3_1};
use super::value::ValueForm as Value;
use super::{Class, Keyword, Versions};
use crate::document::FieldUse;
use crate::document::FieldUse::{Ignored, Used};
use crate::document::field::{DIALECT, EXTERNAL};

const CONTENT: FieldUse = Ignored("content within a string stays text, unless it is the data of an event");

/// The keywords of [JSON Schema 2020-12](https://json-schema.org/draft/2020-12/json-schema-core), of
/// [OpenAPI 3.0.4 §4.7.24](https://spec.openapis.org/oas/v3.0.4.html#schema-object) and
/// [OpenAPI 3.1.1 §4.8.24](https://spec.openapis.org/oas/v3.1.1.html#schema-object), and of the older drafts and
/// versions from which documents still have some.
#[rustfmt::skip]
pub(super) const TABLE: &[Keyword] = &[
    row("$id", Identifier, Value::Text, Since3_1, Used),
    row("$anchor", Identifier, Value::Text, Since3_1, Used),
    row("$dynamicAnchor", Identifier, Value::Text, Since3_1, Used),
    row("$schema", Dialect, Value::Text, Since3_1, DIALECT),
    row("$vocabulary", Dialect, Value::Object, Since3_1, DIALECT),
    row("$ref", Reference, Value::Reference, Both, Used),
    row("$dynamicRef", Reference, Value::Reference, Since3_1, DIALECT),
    row("$defs", Location, Value::SchemasByName, Since3_1, Used),
    row("definitions", Location, Value::SchemasByName, Neither, Used),

    row("allOf", Applicator(All), Value::Schemas, Both, Used),
    row("oneOf", Applicator(Union), Value::Schemas, Both, Used),
    row("anyOf", Applicator(Union), Value::Schemas, Both, Used),
    row("not", Applicator(Not), Value::Schema, Both, Used),
    row("if", Applicator(Condition), Value::Schema, Since3_1, Used),
    row("then", Applicator(Condition), Value::Schema, Since3_1, Used),
    row("else", Applicator(Condition), Value::Schema, Since3_1, Used),
    row("dependentSchemas", Applicator(Condition), Value::SchemasByName, Since3_1, Used),
    row("dependencies", Applicator(OlderDraft), Value::SchemasByName, Neither, Used),
    row("properties", Applicator(Properties), Value::SchemasByName, Both, Used),
    row("patternProperties", Applicator(Properties), Value::SchemasByName, Since3_1, Used),
    row("additionalProperties", Applicator(Properties), Value::Schema, Both, Used),
    row("propertyNames", Applicator(PropertyNames), Value::Schema, Since3_1, Used),
    row("unevaluatedProperties", Applicator(Unevaluated), Value::Schema, Since3_1, Used),
    row("items", Applicator(Items), Value::SchemaOrSchemas, Both, Used),
    row("prefixItems", Applicator(Items), Value::Schemas, Since3_1, Used),
    row("additionalItems", Applicator(OlderDraft), Value::Schema, Neither, Used),
    row("contains", Applicator(Contains), Value::Schema, Since3_1, Used),
    row("unevaluatedItems", Applicator(Unevaluated), Value::Schema, Since3_1, Used),

    row("type", Assertion(AnyType), Value::Types, Both, Used),
    row("enum", Assertion(AnyType), Value::Values, Both, Used),
    row("const", Assertion(AnyType), Value::Any, Since3_1, Used),
    row("nullable", Assertion(Null), Value::Boolean, Only3_0, Used),
    row("format", Assertion(Structure), Value::Text, Both, Used),
    row("required", Assertion(Structure), Value::Texts, Both, Used),
    row("dependentRequired", Assertion(Limit), Value::TextsByName, Since3_1, Used),
    row("minProperties", Assertion(Limit), Value::Count, Both, Used),
    row("maxProperties", Assertion(Limit), Value::Count, Both, Used),
    row("pattern", Assertion(Limit), Value::Text, Both, Used),
    row("minLength", Assertion(Limit), Value::Count, Both, Used),
    row("maxLength", Assertion(Limit), Value::Count, Both, Used),
    row("minimum", Assertion(Limit), Value::Number, Both, Used),
    row("maximum", Assertion(Limit), Value::Number, Both, Used),
    row("exclusiveMinimum", Assertion(Limit), Value::Exclusive, Both, Used),
    row("exclusiveMaximum", Assertion(Limit), Value::Exclusive, Both, Used),
    row("multipleOf", Assertion(Limit), Value::Positive, Both, Used),
    row("minItems", Assertion(Limit), Value::Count, Both, Used),
    row("maxItems", Assertion(Limit), Value::Count, Both, Used),
    row("uniqueItems", Assertion(Limit), Value::Boolean, Both, Used),
    row("minContains", Assertion(Limit), Value::Count, Since3_1, Used),
    row("maxContains", Assertion(Limit), Value::Count, Since3_1, Used),

    row("title", Annotation(Words), Value::Text, Both, Used),
    row("description", Annotation(Words), Value::Text, Both, Used),
    row("deprecated", Annotation(Deprecation), Value::Boolean, Both, Used),
    row("default", Annotation(Values), Value::Any, Both, Used),
    row("example", Annotation(Values), Value::Any, Both, Used),
    row("examples", Annotation(Values), Value::Values, Since3_1, Used),
    row("readOnly", Annotation(Access), Value::Boolean, Both, Used),
    row("writeOnly", Annotation(Access), Value::Boolean, Both, Used),
    row("externalDocs", Annotation(Documentation), Value::Object, Both, EXTERNAL),
    row("xml", Annotation(Documentation), Value::Object, Both, Ignored("bodies are JSON")),
    row("$comment", Annotation(Documentation), Value::Text, Since3_1, Ignored("a comment")),
    row("discriminator", Annotation(Discriminator), Value::Discriminator, Both, Used),
    row("contentEncoding", Annotation(Content), Value::Text, Since3_1, Used),
    row("contentMediaType", Annotation(Content), Value::Text, Since3_1, CONTENT),
    row("contentSchema", Annotation(Content), Value::Schema, Since3_1, CONTENT),
];

const fn row(name: &'static str, class: Class, value: Value, versions: Versions, field_use: FieldUse) -> Keyword {
    Keyword {
        name,
        class,
        value,
        versions,
        field_use,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{TABLE, Versions};

    /// The keywords of the vocabularies of [JSON Schema 2020-12](https://json-schema.org/draft/2020-12/schema).
    #[rustfmt::skip]
    const JSON_SCHEMA: &[&str] = &[
        // https://json-schema.org/draft/2020-12/meta/core
        "$id", "$schema", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$comment", "$defs",
        // https://json-schema.org/draft/2020-12/meta/applicator
        "prefixItems", "items", "contains", "additionalProperties", "properties", "patternProperties",
        "dependentSchemas", "propertyNames", "if", "then", "else", "allOf", "anyOf", "oneOf", "not",
        // https://json-schema.org/draft/2020-12/meta/unevaluated
        "unevaluatedItems", "unevaluatedProperties",
        // https://json-schema.org/draft/2020-12/meta/validation
        "type", "const", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
        "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxContains", "minContains",
        "maxProperties", "minProperties", "required", "dependentRequired",
        // https://json-schema.org/draft/2020-12/meta/meta-data
        "title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples",
        // https://json-schema.org/draft/2020-12/meta/format-annotation
        "format",
        // https://json-schema.org/draft/2020-12/meta/content
        "contentEncoding", "contentMediaType", "contentSchema",
    ];

    /// What [OpenAPI 3.1.1 §4.8.24](https://spec.openapis.org/oas/v3.1.1.html#fixed-fields-20) adds to them.
    const OPENAPI_3_1: &[&str] = &["discriminator", "xml", "externalDocs", "example"];

    /// The keywords of [OpenAPI 3.0.4 §4.7.24](https://spec.openapis.org/oas/v3.0.4.html#schema-object), and `$ref`.
    #[rustfmt::skip]
    const OPENAPI_3_0: &[&str] = &[
        "$ref",
        "title", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength",
        "pattern", "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties", "required", "enum",
        "type", "allOf", "oneOf", "anyOf", "not", "items", "properties", "additionalProperties", "description",
        "format", "default",
        "nullable", "discriminator", "readOnly", "writeOnly", "xml", "externalDocs", "example", "deprecated",
    ];

    fn names(of: &[Versions]) -> BTreeSet<&'static str> {
        let rows = TABLE.iter().filter(|row| of.contains(&row.versions));
        rows.map(|row| row.name).collect()
    }

    #[test]
    fn every_keyword_of_the_standards_is_in_the_table_once() {
        let names_of_3_1: BTreeSet<&str> = JSON_SCHEMA.iter().chain(OPENAPI_3_1).copied().collect();
        assert_eq!(names(&[Versions::Both, Versions::Since3_1]), names_of_3_1);
        let names_of_3_0: BTreeSet<&str> = OPENAPI_3_0.iter().copied().collect();
        assert_eq!(names(&[Versions::Both, Versions::Only3_0]), names_of_3_0);
        assert_eq!(
            names(&[Versions::Neither]),
            BTreeSet::from(["definitions", "dependencies", "additionalItems"])
        );
        let all: BTreeSet<&str> = TABLE.iter().map(|row| row.name).collect();
        assert_eq!(all.len(), TABLE.len());
    }
}
