//! Constraints: the keywords of a schema that restrict its values.
//!
//! They are complete: they do not depend on the type that the schema became.

use super::TypeId;

/// All of the assertions have to hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Constraints(pub Vec<Assertion>);

impl Constraints {
    /// Returns the constraint to satisfy the schema of a named type.
    #[must_use]
    pub fn reference(id: TypeId) -> Self {
        Self(vec![Assertion::Reference(id)])
    }
}

/// One keyword of a schema, in the words of JSON Schema 2020-12.
#[derive(Debug, Clone, PartialEq)]
pub enum Assertion {
    /// The schema `false`.
    Never,
    /// `$ref` to the schema of a named type.
    Reference(TypeId),
    /// `type`
    Type(JsonTypes),
    /// `enum`, each value as JSON text.
    Enum(Vec<String>),
    /// `const`, as JSON text.
    Const(String),
    /// `pattern`
    Pattern(Pattern),
    /// `minLength`
    MinLength(u64),
    /// `maxLength`
    MaxLength(u64),
    /// `format`
    Format(Format),
    /// `minimum`, as the text of a number.
    Minimum(String),
    /// `maximum`
    Maximum(String),
    /// `exclusiveMinimum`
    ExclusiveMinimum(String),
    /// `exclusiveMaximum`
    ExclusiveMaximum(String),
    /// `multipleOf`
    MultipleOf(String),
    /// `properties`
    Properties(Vec<(String, Constraints)>),
    /// `patternProperties`
    PatternProperties(Vec<(Pattern, Constraints)>),
    /// `additionalProperties`
    AdditionalProperties(Constraints),
    /// `required`
    Required(Vec<String>),
    /// `required`, for properties that are `readOnly`.
    RequiredInResponses(Vec<String>),
    /// `propertyNames`
    PropertyNames(Constraints),
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
    /// `dependentRequired`
    DependentRequired(Vec<(String, Vec<String>)>),
    /// `dependentSchemas`
    DependentSchemas(Vec<(String, Constraints)>),
    /// `unevaluatedProperties`
    UnevaluatedProperties(Constraints),
    /// `prefixItems`
    PrefixItems(Vec<Constraints>),
    /// `items`
    Items(Constraints),
    /// `contains`, `minContains`, `maxContains`
    Contains(Constraints, u64, Option<u64>),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `uniqueItems: true`
    UniqueItems,
    /// `unevaluatedItems`
    UnevaluatedItems(Constraints),
    /// `allOf`
    AllOf(Vec<Constraints>),
    /// `anyOf`
    AnyOf(Vec<Constraints>),
    /// `oneOf`
    OneOf(Vec<Constraints>),
    /// `oneOf` or `anyOf` beside a `discriminator`: the property, the subschema of each of its values, and the union.
    Discriminator(String, Vec<(String, usize)>, Box<Assertion>),
    /// An assertion whose subschemas refer back to it for the same value. Within them it is not evaluated again.
    Once(Box<Assertion>),
    /// `not`
    Not(Constraints),
    /// `if`, `then`, `else`
    If(Constraints, Option<Constraints>, Option<Constraints>),
}

/// A set of JSON types, in the order of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JsonTypes(u8);

impl JsonTypes {
    /// No type.
    pub const NONE: Self = Self(0);
    /// `null`
    pub const NULL: Self = Self(1);
    /// `boolean`
    pub const BOOLEAN: Self = Self(1 << 1);
    /// `integer`
    pub const INTEGER: Self = Self(1 << 2);
    /// `number`
    pub const NUMBER: Self = Self(1 << 3);
    /// `string`
    pub const STRING: Self = Self(1 << 4);
    /// `array`
    pub const ARRAY: Self = Self(1 << 5);
    /// `object`
    pub const OBJECT: Self = Self(1 << 6);
    /// Every type but array and object.
    pub const SCALAR: Self = Self(0x1f);
    /// Every type.
    pub const ANY: Self = Self(0x7f);

    /// The single types with their names.
    pub const NAMES: [(&'static str, Self); 7] = [
        ("null", Self::NULL),
        ("boolean", Self::BOOLEAN),
        ("integer", Self::INTEGER),
        ("number", Self::NUMBER),
        ("string", Self::STRING),
        ("array", Self::ARRAY),
        ("object", Self::OBJECT),
    ];

    /// Returns the type of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, types)| *types)
    }

    /// Returns the types of both sets.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the types of both sets at once; an integer is a number.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let widen = |types: Self| {
            if types.has(Self::NUMBER) {
                types.or(Self::INTEGER)
            } else {
                types
            }
        };
        Self(widen(self).0 & widen(other).0)
    }

    /// Returns this set without the types of `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Returns whether every type of `other` is in this set.
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Returns whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the single types of the set.
    pub fn iter(self) -> impl Iterator<Item = (&'static str, Self)> {
        Self::NAMES.into_iter().filter(move |(_, types)| self.has(*types))
    }
}

/// A regular expression, and how it is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// The expression as the document writes it.
    pub source: String,
    /// The runs that it consists of; `None` where it takes an engine.
    pub runs: Option<(Vec<Run>, bool)>,
}

/// Between `min` and `max` characters out of ASCII ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The ranges, both ends included.
    pub class: Vec<(u8, u8)>,
    /// How many at the least.
    pub min: u32,
    /// How many at the most.
    pub max: u32,
}

/// A format that is asserted, as the variant of the runtime's enum.
pub type Format = &'static str;

impl Assertion {
    /// Returns the type whose schema the assertion refers to.
    #[must_use]
    pub fn reference(&self) -> Option<TypeId> {
        match self {
            Self::Reference(id) => Some(*id),
            Self::Once(inner) => inner.reference(),
            _ => None,
        }
    }

    /// Returns the subschemas that apply to the same value as the assertion.
    #[must_use]
    pub fn in_place_subschemas(&self) -> Vec<&Constraints> {
        match self {
            Self::AllOf(_)
            | Self::AnyOf(_)
            | Self::OneOf(_)
            | Self::Not(_)
            | Self::If(..)
            | Self::DependentSchemas(_) => self.subschemas(),
            Self::Discriminator(_, _, inner) | Self::Once(inner) => inner.in_place_subschemas(),
            _ => Vec::new(),
        }
    }

    /// Returns the same subschemas, to change them.
    pub fn in_place_subschemas_mut(&mut self) -> Vec<&mut Constraints> {
        match self {
            Self::AllOf(subschemas) | Self::AnyOf(subschemas) | Self::OneOf(subschemas) => {
                subschemas.iter_mut().collect()
            }
            Self::DependentSchemas(subschemas) => subschemas.iter_mut().map(|(_, constraints)| constraints).collect(),
            Self::Not(constraints) => vec![constraints],
            Self::If(constraints, then, otherwise) => [Some(constraints), then.as_mut(), otherwise.as_mut()]
                .into_iter()
                .flatten()
                .collect(),
            Self::Discriminator(_, _, inner) | Self::Once(inner) => inner.in_place_subschemas_mut(),
            _ => Vec::new(),
        }
    }

    /// Returns the direct subschemas of the assertion.
    #[must_use]
    pub fn subschemas(&self) -> Vec<&Constraints> {
        match self {
            Self::Properties(subschemas) | Self::DependentSchemas(subschemas) => {
                subschemas.iter().map(|(_, constraints)| constraints).collect()
            }
            Self::PatternProperties(subschemas) => subschemas.iter().map(|(_, constraints)| constraints).collect(),
            Self::AdditionalProperties(constraints)
            | Self::PropertyNames(constraints)
            | Self::UnevaluatedProperties(constraints)
            | Self::Items(constraints)
            | Self::UnevaluatedItems(constraints)
            | Self::Contains(constraints, ..)
            | Self::Not(constraints) => vec![constraints],
            Self::PrefixItems(subschemas)
            | Self::AllOf(subschemas)
            | Self::AnyOf(subschemas)
            | Self::OneOf(subschemas) => subschemas.iter().collect(),
            Self::Discriminator(_, _, inner) | Self::Once(inner) => inner.subschemas(),
            Self::If(constraints, then, otherwise) => [Some(constraints), then.as_ref(), otherwise.as_ref()]
                .into_iter()
                .flatten()
                .collect(),
            _ => Vec::new(),
        }
    }
}
