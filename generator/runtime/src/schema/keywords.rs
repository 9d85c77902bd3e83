//! Schemas as data, for the validator.
//!
//! Each type of the document has one static [`Schema`]. It is a list of
//! [`Keyword`]s in the sense of [JSON Schema](https://json-schema.org/draft/2020-12/json-schema-validation),
//! each an independent assertion, so that validation follows the document exactly and needs no generated code per type.

use std::fmt;

/// A schema: a value is valid if it is valid for all keywords.
pub struct Schema(pub &'static [Keyword]);

impl Schema {
    /// `type: boolean`, and nothing else.
    pub const BOOLEAN: &'static Self = &Self(&[Keyword::BOOLEAN]);
    /// `type: null` and nothing else.
    pub const NULL: &'static Self = &Self(&[Keyword::NULL]);
    /// `type: boolean` or `null`, and nothing else.
    pub const BOOLEAN_OR_NULL: &'static Self = &Self(&[Keyword::BOOLEAN_OR_NULL]);
    /// `type: integer`, and nothing else.
    pub const INTEGER: &'static Self = &Self(&[Keyword::INTEGER]);
    /// `type: integer` or `null`, and nothing else.
    pub const INTEGER_OR_NULL: &'static Self = &Self(&[Keyword::INTEGER_OR_NULL]);
    /// `type: number`, and nothing else.
    pub const NUMBER: &'static Self = &Self(&[Keyword::NUMBER]);
    /// `type: number` or `null`, and nothing else.
    pub const NUMBER_OR_NULL: &'static Self = &Self(&[Keyword::NUMBER_OR_NULL]);
    /// `type: string`, and nothing else.
    pub const STRING: &'static Self = &Self(&[Keyword::STRING]);
    /// `type: string` or `null`, and nothing else.
    pub const STRING_OR_NULL: &'static Self = &Self(&[Keyword::STRING_OR_NULL]);
}

/// Declares the constants of strings with a format, each also with `null`.
macro_rules! formats {
    ($($name:ident, $or_null:ident: $format:ident $text:literal;)*) => {
        impl Schema {
            $(
                #[doc = concat!("`type: string` with `format: ", $text, "`.")]
                pub const $name: &'static Self = &Self(&[Keyword::STRING, Keyword::Format(Format::$format)]);
                #[doc = concat!("`type: string` with `format: ", $text, "`, or `null`.")]
                pub const $or_null: &'static Self =
                    &Self(&[Keyword::STRING_OR_NULL, Keyword::Format(Format::$format)]);
            )*
        }
    };
}

formats! {
    DATE, DATE_OR_NULL: Date "date";
    DATE_TIME, DATE_TIME_OR_NULL: DateTime "date-time";
    TIME, TIME_OR_NULL: Time "time";
    DURATION, DURATION_OR_NULL: Duration "duration";
    EMAIL, EMAIL_OR_NULL: Email "email";
    HOSTNAME, HOSTNAME_OR_NULL: Hostname "hostname";
    IPV4, IPV4_OR_NULL: Ipv4 "ipv4";
    IPV6, IPV6_OR_NULL: Ipv6 "ipv6";
    URI, URI_OR_NULL: Uri "uri";
    URI_REFERENCE, URI_REFERENCE_OR_NULL: UriReference "uri-reference";
    IRI, IRI_OR_NULL: Iri "iri";
    IRI_REFERENCE, IRI_REFERENCE_OR_NULL: IriReference "iri-reference";
    URI_TEMPLATE, URI_TEMPLATE_OR_NULL: UriTemplate "uri-template";
    UUID, UUID_OR_NULL: Uuid "uuid";
    JSON_POINTER, JSON_POINTER_OR_NULL: JsonPointer "json-pointer";
    RELATIVE_JSON_POINTER, RELATIVE_JSON_POINTER_OR_NULL: RelativeJsonPointer "relative-json-pointer";
}

/// Does not print keywords: a schema may refer to itself.
impl fmt::Debug for Schema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Schema").finish_non_exhaustive()
    }
}

/// One keyword of a schema.
#[derive(Debug)]
pub enum Keyword {
    /// The boolean schema `false`: nothing is valid.
    Never,
    /// The schema of a component.
    Reference(&'static Schema),
    /// `type`
    Type(Types),
    /// `enum`, each value as JSON text.
    Enum(&'static [&'static str]),
    /// `const`, as JSON text.
    Const(&'static str),

    /// `pattern`
    Pattern(Pattern),
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`, in characters.
    MaxLength(u64),
    /// `format`, asserted where it is known.
    Format(Format),

    /// `minimum`, as the text of a JSON number.
    Minimum(&'static str),
    /// `maximum`
    Maximum(&'static str),
    /// `exclusiveMinimum` as a number.
    ExclusiveMinimum(&'static str),
    /// `exclusiveMaximum` as a number.
    ExclusiveMaximum(&'static str),
    /// `multipleOf`
    MultipleOf(&'static str),

    /// `properties`
    Properties(&'static [(&'static str, &'static Schema)]),
    /// `patternProperties`
    PatternProperties(&'static [(Pattern, &'static Schema)]),
    /// `additionalProperties`: properties that neither `properties` nor `patternProperties` of the same schema name.
    AdditionalProperties(&'static Schema),
    /// `required`
    Required(&'static [&'static str]),
    /// `required` for properties that are `readOnly`: not required in requests.
    RequiredInResponses(&'static [&'static str]),
    /// `propertyNames`
    PropertyNames(&'static Schema),
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
    /// `dependentRequired`, and `dependencies` with a list of names.
    DependentRequired(&'static [(&'static str, &'static [&'static str])]),
    /// `dependentSchemas`, and `dependencies` with a schema.
    DependentSchemas(&'static [(&'static str, &'static Schema)]),
    /// `unevaluatedProperties`
    UnevaluatedProperties(&'static Schema),

    /// `type: array` with `items`, and no `prefixItems` beside it.
    ArrayOf(&'static Schema),
    /// `type: array` or `null` with `items`, and no `prefixItems` beside it.
    ArrayOrNullOf(&'static Schema),
    /// `prefixItems`, and `items` with a list of schemas.
    PrefixItems(&'static [&'static Schema]),
    /// `items`: the elements after those of `prefixItems`.
    Items(&'static Schema),
    /// `contains` with `minContains` and `maxContains`.
    Contains {
        /// `contains`
        schema: &'static Schema,
        /// `minContains`, 1 where it is absent.
        min: u64,
        /// `maxContains`
        max: Option<u64>,
    },
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `uniqueItems: true`
    UniqueItems,
    /// `unevaluatedItems`
    UnevaluatedItems(&'static Schema),

    /// `allOf`
    AllOf(&'static [&'static Schema]),
    /// `anyOf`
    AnyOf(&'static [&'static Schema]),
    /// `oneOf`
    OneOf(&'static [&'static Schema]),
    /// `oneOf` or `anyOf` beside a `discriminator`, whose property selects the subschema.
    Discriminator {
        /// `propertyName`
        property: &'static str,
        /// The mapping from values to indexes of subschemas. The subschemas that are not mapped are for objects without
        /// a mapped value.
        mapping: &'static [(&'static str, usize)],
        /// `oneOf` or `anyOf`
        union: &'static Keyword,
    },
    /// A keyword whose schemas refer back to it for the same value. It is not applied again within them.
    Once(&'static Keyword),
    /// `not`
    Not(&'static Schema),
    /// `if` with `then` and `else`.
    If {
        /// `if`
        condition: &'static Schema,
        /// `then`
        then: Option<&'static Schema>,
        /// `else`
        otherwise: Option<&'static Schema>,
    },
}

impl Keyword {
    /// `type: boolean`
    pub const BOOLEAN: Self = Self::Type(Types::BOOLEAN);
    /// `type: null`.
    pub const NULL: Self = Self::Type(Types::NULL);
    /// `type: boolean` or `null`
    pub const BOOLEAN_OR_NULL: Self = Self::Type(Types::BOOLEAN.or(Types::NULL));
    /// `type: integer`
    pub const INTEGER: Self = Self::Type(Types::INTEGER);
    /// `type: integer` or `null`
    pub const INTEGER_OR_NULL: Self = Self::Type(Types::INTEGER.or(Types::NULL));
    /// `type: number`
    pub const NUMBER: Self = Self::Type(Types::NUMBER);
    /// `type: number` or `null`
    pub const NUMBER_OR_NULL: Self = Self::Type(Types::NUMBER.or(Types::NULL));
    /// `type: string`
    pub const STRING: Self = Self::Type(Types::STRING);
    /// `type: string` or `null`
    pub const STRING_OR_NULL: Self = Self::Type(Types::STRING.or(Types::NULL));
    /// `type: array`
    pub const ARRAY: Self = Self::Type(Types::ARRAY);
    /// `type: array` or `null`
    pub const ARRAY_OR_NULL: Self = Self::Type(Types::ARRAY.or(Types::NULL));
    /// `type: object`
    pub const OBJECT: Self = Self::Type(Types::OBJECT);
    /// `type: object` or `null`
    pub const OBJECT_OR_NULL: Self = Self::Type(Types::OBJECT.or(Types::NULL));
}

/// A set of JSON types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    /// `null`
    pub const NULL: Self = Self(1);
    /// `boolean`
    pub const BOOLEAN: Self = Self(1 << 1);
    /// `integer`: a number without a fraction, however it is written.
    pub const INTEGER: Self = Self(1 << 2);
    /// `number`
    pub const NUMBER: Self = Self(1 << 3);
    /// `string`
    pub const STRING: Self = Self(1 << 4);
    /// `array`
    pub const ARRAY: Self = Self(1 << 5);
    /// `object`
    pub const OBJECT: Self = Self(1 << 6);

    /// Returns the types of both sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns whether every type of `other` is in this set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// A regular expression of the document.
#[derive(Debug, Clone, Copy)]
pub struct Pattern {
    /// The expression as the document writes it.
    pub source: &'static str,
    /// How it is matched.
    pub matcher: Matcher,
}

/// How a pattern is matched.
#[derive(Debug, Clone, Copy)]
pub enum Matcher {
    /// Runs of characters, each of one class, from the start of the text. They are the whole text if `to_end` is true.
    /// Neighbouring runs share no character, so a run can match greedily.
    Runs {
        /// The runs, in order.
        runs: &'static [Run],
        /// Whether the pattern ends in `$`.
        to_end: bool,
    },
    /// Any other pattern: a call of an engine for the ECMAScript dialect.
    Engine(fn(&str) -> bool),
}

/// Between `min` and `max` characters out of `class`.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// The ASCII characters, a bit for each.
    pub class: [u64; 2],
    /// The minimum number of characters.
    pub min: u32,
    /// The maximum number of characters. `u32::MAX` means no limit.
    pub max: u32,
}

/// A format that is asserted.
///
/// `regex` is omitted because validating it needs a regex engine. `idn-email` and `idn-hostname` are omitted because
/// validating them needs the tables of IDNA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `date` of RFC 3339.
    Date,
    /// `date-time` of RFC 3339.
    DateTime,
    /// `time` of RFC 3339.
    Time,
    /// `duration` of RFC 3339, appendix A.
    Duration,
    /// `email` of RFC 5321.
    Email,
    /// `hostname` of RFC 1123.
    Hostname,
    /// `ipv4` of RFC 2673.
    Ipv4,
    /// `ipv6` of RFC 4291.
    Ipv6,
    /// `uri` of RFC 3986.
    Uri,
    /// `uri-reference` of RFC 3986.
    UriReference,
    /// `iri` of RFC 3987.
    Iri,
    /// `iri-reference` of RFC 3987.
    IriReference,
    /// `uri-template` of RFC 6570.
    UriTemplate,
    /// `uuid` of RFC 4122.
    Uuid,
    /// `json-pointer` of RFC 6901.
    JsonPointer,
    /// `relative-json-pointer` of draft-handrews-relative-json-pointer-01.
    RelativeJsonPointer,
}
