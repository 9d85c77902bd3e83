//! Constraints: the keywords of a schema that restrict its values.
//!
//! They are complete: they do not depend on the type that the schema became.

use super::argument::{Argument, AsArgument};
use super::{TypeId, TypeIds};

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

/// Defines [`Assertion`] by a table of the keywords: documentation, name, and the arguments with their types.
///
/// The runtime's enum `Keyword` has the same keywords with arguments that are static. A keyword with several arguments
/// is a struct variant there, and the names of the arguments are its fields. A test compares the two.
macro_rules! keywords {
    ($( $(#[$docs:meta])+ $name:ident $( ( $( $argument:ident: $type_:ty ),+ ) )?, )+) => {
        /// One keyword of a schema, in the words of JSON Schema 2020-12.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Assertion {
            $( $(#[$docs])+ $name $( ( $( $type_ ),+ ) )?, )+
        }

        impl Assertion {
            /// The keywords, each with its arguments: their names and types.
            #[cfg(test)]
            pub(crate) const KEYWORDS: &[(&str, &[(&str, &str)])] = &[
                $( (stringify!($name), &[$( $( (stringify!($argument), stringify!($type_)) ),+ )?]), )+
            ];

            /// Returns the name of the keyword.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $( Self::$name { .. } => stringify!($name), )+
                }
            }

            /// Returns the arguments of the keyword, with their names.
            #[must_use]
            pub fn arguments(&self) -> Vec<(&'static str, Argument<'_>)> {
                match self {
                    $( Self::$name $( ( $( $argument ),+ ) )? => {
                        vec![$( $( (stringify!($argument), $argument.as_argument()) ),+ )?]
                    } )+
                }
            }
        }

        impl TypeIds for Assertion {
            fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
                match self {
                    $( Self::$name $( ( $( $argument ),+ ) )? => {
                        $( $( $argument.each_id(replace); )+ )?
                    } )+
                }
            }
        }
    };
}

keywords! {
    /// The schema `false`.
    Never,
    /// `$ref` to the schema of a named type.
    Reference(id: TypeId),
    /// `type`
    Type(types: JsonTypes),
    /// `enum`, each value as JSON text.
    Enum(values: Vec<String>),
    /// `const`, as JSON text.
    Const(value: String),
    /// `pattern`
    Pattern(pattern: Pattern),
    /// `minLength`
    MinLength(count: u64),
    /// `maxLength`
    MaxLength(count: u64),
    /// `format`
    Format(format: Format),
    /// `minimum`, as the text of a number.
    Minimum(number: String),
    /// `maximum`
    Maximum(number: String),
    /// `exclusiveMinimum`
    ExclusiveMinimum(number: String),
    /// `exclusiveMaximum`
    ExclusiveMaximum(number: String),
    /// `multipleOf`
    MultipleOf(number: String),
    /// `properties`
    Properties(subschemas: Vec<(String, Constraints)>),
    /// `patternProperties`
    PatternProperties(subschemas: Vec<(Pattern, Constraints)>),
    /// `additionalProperties`
    AdditionalProperties(schema: Constraints),
    /// `required`
    Required(names: Vec<String>),
    /// `required`, for properties that are `readOnly`.
    RequiredInResponses(names: Vec<String>),
    /// `propertyNames`
    PropertyNames(schema: Constraints),
    /// `minProperties`
    MinProperties(count: u64),
    /// `maxProperties`
    MaxProperties(count: u64),
    /// `dependentRequired`
    DependentRequired(names: Vec<(String, Vec<String>)>),
    /// `dependentSchemas`
    DependentSchemas(subschemas: Vec<(String, Constraints)>),
    /// `unevaluatedProperties`
    UnevaluatedProperties(schema: Constraints),
    /// `prefixItems`
    PrefixItems(subschemas: Vec<Constraints>),
    /// `items`
    Items(schema: Constraints),
    /// `contains`, `minContains`, `maxContains`
    Contains(schema: Constraints, min: u64, max: Option<u64>),
    /// `minItems`
    MinItems(count: u64),
    /// `maxItems`
    MaxItems(count: u64),
    /// `uniqueItems: true`
    UniqueItems,
    /// `unevaluatedItems`
    UnevaluatedItems(schema: Constraints),
    /// `allOf`
    AllOf(subschemas: Vec<Constraints>),
    /// `anyOf`
    AnyOf(subschemas: Vec<Constraints>),
    /// `oneOf`
    OneOf(subschemas: Vec<Constraints>),
    /// `oneOf` or `anyOf` beside a `discriminator`: the property, the subschema of each of its values, and the union.
    Discriminator(property: String, mapping: Vec<(String, usize)>, union: Box<Assertion>),
    /// An assertion whose subschemas refer back to it for the same value. Within them it is not evaluated again.
    Once(keyword: Box<Assertion>),
    /// `not`
    Not(schema: Constraints),
    /// `if`, `then`, `else`
    If(condition: Constraints, then: Option<Constraints>, otherwise: Option<Constraints>),
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
pub(crate) type Format = &'static str;

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
        self.arguments()
            .into_iter()
            .flat_map(|(_, argument)| argument.subschemas())
            .collect()
    }
}
