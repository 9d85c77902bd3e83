//! Types: what a schema becomes in Rust.

use super::{Availability, Constant, Constraints, Conversion, DefaultConstant, Derives, Docs, ModulePath, Provenance};

/// The place of a type in [`Api::types`](super::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u32);

impl TypeId {
    /// Makes the id of the type at `index`.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Returns the place of the type.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A type that has a name.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own that an analysis settles"
)]
pub struct Named {
    /// The Rust name.
    pub name: String,
    /// The names that it had in earlier versions of the crate.
    pub former: Vec<FormerName>,
    /// The name of the static that holds the type's schema.
    pub static_name: String,
    /// The module that it is written in.
    pub module: ModulePath,
    /// The annotations.
    pub docs: Docs,
    /// The annotations of the other inline schemas of its owner that are equal and became this type too.
    pub equal: Provenance<Vec<Docs>>,
    /// What it is.
    pub shape: Shape,
    /// The constraints of its values.
    pub constraints: Constraints,
    /// The implementations of `From` and `TryFrom`.
    pub conversions: Vec<Conversion>,
    /// The traits that it derives; none for an alias.
    pub derives: Derives,
    /// Whether `Default` is implemented by `new`: the constructor takes no arguments, but sets constants.
    pub has_default_impl: bool,
    /// Whether anything refers to the static with its schema.
    pub has_static: bool,
    /// Whether another module than its own refers to it.
    pub is_static_shared: bool,
    /// The features that the type and the static are compiled with.
    pub availability: Availability,
    /// The features with which another module than its own refers to the static.
    pub static_availability: Availability,
    /// Whether nothing refers to the static with some of the features that it is compiled with.
    pub may_static_be_unused: bool,
    /// Whether callers make values of it: requests send it, or no response has it.
    pub is_input: bool,
    /// Whether the schema allows `null` beside the values of the type: what refers to it is an `Option`.
    pub is_nullable: bool,
}

/// A name that a type had in an earlier version of the crate.
#[derive(Debug, Clone, PartialEq)]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// The name that the struct of its required properties had.
    pub required: String,
}

/// What a named type is.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A struct of declared properties, maps and kept unknown properties.
    Object(Object),
    /// An enum of strings, open to new ones.
    StringEnum(StringEnum),
    /// An enum of the subschemas of a union, with a variant for unknown values.
    Union(Union),
    /// A struct of the elements of an array, each of its own type.
    Tuple(Tuple),
    /// A string with a pattern, checked when it is made.
    CheckedString {
        /// Other checked strings whose values are values of this one, for the patterns are equal.
        from: Vec<TypeId>,
    },
    /// A struct around a value, whose schema has more constraints than the type expresses.
    Wrapper(Type),
    /// An alias of a type that expresses all constraints of the schema.
    Alias(Type),
}

impl Shape {
    /// Returns the types that it is made of.
    #[must_use]
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Object(object) => object
                .properties
                .iter()
                .chain(&object.additional_properties)
                .map(|property| &property.type_)
                .collect(),
            Self::Tuple(tuple) => tuple
                .elements
                .iter()
                .chain([&tuple.rest])
                .map(|element| &element.type_)
                .collect(),
            Self::Union(union) => union.variants.iter().map(|variant| &variant.type_).collect(),
            Self::Wrapper(type_) | Self::Alias(type_) => vec![type_],
            Self::StringEnum(_) | Self::CheckedString { .. } => Vec::new(),
        }
    }
}

/// A type as it stands in a property, an argument or a response.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Any JSON value.
    Json,
    /// A boolean.
    Boolean,
    /// An integer.
    Integer(Integer),
    /// A number that may have a fraction.
    Number,
    /// A number with all of its digits, for integers that no type of Rust holds.
    Decimal,
    /// A string.
    String,
    /// A string that is a date and time of RFC 3339.
    DateTime,
    /// A string that is a date of RFC 3339.
    Date,
    /// One of several scalar types.
    Scalar,
    /// A type that has a name.
    Named(TypeId),
    /// An array.
    Array(Box<Type>),
    /// A map from names.
    Map(Box<Type>),
    /// A value or `null`.
    Nullable(Box<Type>),
    /// A value behind a pointer, where a type would otherwise hold itself or grow too large.
    Boxed(Box<Type>),
}

/// The integers of Rust that documents ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integer {
    /// 32 bits
    I32,
    /// 64 bits
    I64,
    /// 32 bits, not negative
    U32,
    /// 64 bits, not negative
    U64,
}

impl Type {
    /// Returns whether callers give a value by a conversion. A literal of a number has no type to convert from.
    #[must_use]
    pub fn is_converted(&self) -> bool {
        matches!(
            self,
            Self::String | Self::Scalar | Self::Json | Self::Decimal | Self::Named(_) | Self::DateTime | Self::Date
        )
    }
}

impl Integer {
    /// Returns whether it holds `value`.
    #[must_use]
    pub fn can_represent(self, value: i128) -> bool {
        match self {
            Self::I32 => i32::try_from(value).is_ok(),
            Self::I64 => i64::try_from(value).is_ok(),
            Self::U32 => u32::try_from(value).is_ok(),
            Self::U64 => u64::try_from(value).is_ok(),
        }
    }
}

/// A struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// The properties, in document order.
    pub properties: Vec<Property>,
    /// The additional properties, if `patternProperties` or `additionalProperties` have a schema.
    pub additional_properties: Option<Property>,
    /// Whether their names have to match a pattern.
    pub by_pattern: bool,
    /// The name of the field for unknown properties.
    pub other: String,
    /// The name of the field for a value that is not an object, if the schema allows one.
    pub non_object: Option<String>,
    /// The struct of the required properties, if there are two or more.
    pub required: Option<RequiredStruct>,
}

/// A struct of what callers have to pass, if that is so many values that they go by name.
#[derive(Debug, Clone, PartialEq)]
pub struct RequiredStruct {
    /// Its name.
    pub name: String,
    /// The traits that it derives.
    pub derives: Derives,
}

impl RequiredStruct {
    /// Makes the struct of that name; the traits that it derives are not known yet.
    #[must_use]
    pub fn new(name: String) -> Self {
        Self {
            name,
            derives: Derives::default(),
        }
    }
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// The name on the wire.
    pub wire: String,
    /// The name of the field.
    pub field: String,
    /// The type of a value.
    pub type_: Type,
    /// Whether it may be absent or `null`.
    pub presence: Presence,
    /// The only value, if it has one. Constructors set it.
    pub constant: Option<Constant>,
    /// The constant for its default, if the document has one that a constant can hold.
    pub default: Option<DefaultConstant>,
    /// The annotations.
    pub docs: Docs,
}

/// Whether a property may be absent or `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is always there.
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, and it may be `null`.
    Maybe,
}

/// A struct of the elements of an array.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuple {
    /// The elements with a place of their own; those that have to be there come first.
    pub elements: Vec<Property>,
    /// The field for the elements behind them.
    pub rest: Property,
    /// The struct of the required elements, if there are two or more.
    pub required: Option<RequiredStruct>,
}

/// An enum of strings.
#[derive(Debug, Clone, PartialEq)]
pub struct StringEnum {
    /// The listed strings, in the document's order.
    pub values: Vec<ListedString>,
    /// The name of the variant for unknown strings.
    pub unknown: String,
    /// Whether the document allows strings that it does not list.
    pub is_open: bool,
}

/// A string that an enum lists.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedString {
    /// The string.
    pub wire: String,
    /// The name of its variant.
    pub variant: String,
    /// What the document says of it alone.
    pub docs: Docs,
}

/// An enum of the subschemas of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The variants, in document order.
    pub variants: Vec<Variant>,
    /// The discriminator, if any.
    pub discriminator: Option<Discriminator>,
    /// The name of the variant for unknown values.
    pub unknown: String,
}

/// A variant of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The name of the variant.
    pub name: String,
    /// The type of its value.
    pub type_: Type,
    /// The JSON types of the variant.
    pub kinds: super::JsonTypes,
    /// Whether it also accepts values of other JSON types that no variant has.
    pub takes_any: bool,
    /// The constraints of its values.
    pub constraints: Constraints,
    /// The annotations.
    pub docs: Docs,
}

/// The discriminator of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Discriminator {
    /// The name of the property.
    pub property: String,
    /// The mapping from its values to indexes of variants.
    pub mapping: Vec<(String, usize)>,
    /// The value that is sent with a variant, for variants with a single value.
    pub fixed: Vec<(String, usize)>,
}

impl Object {
    /// Returns the properties that callers have to pass.
    pub fn given(&self) -> impl Iterator<Item = &Property> {
        self.properties.iter().filter(|property| property.is_given())
    }
}

impl Tuple {
    /// Returns the elements that callers have to pass.
    pub fn given(&self) -> impl Iterator<Item = &Property> {
        self.elements.iter().filter(|element| element.is_given())
    }
}

impl Union {
    /// Returns the variants for values of a JSON type: those with this type, or else those that accept any.
    #[must_use]
    pub fn candidates(&self, kind: super::JsonTypes) -> Vec<usize> {
        let variants = || self.variants.iter().enumerate();
        let meant: Vec<usize> = variants()
            .filter(|(_, variant)| !variant.kinds.and(kind).is_empty())
            .map(|(index, _)| index)
            .collect();
        if meant.is_empty() {
            variants()
                .filter(|(_, variant)| variant.takes_any)
                .map(|(index, _)| index)
                .collect()
        } else {
            meant
        }
    }
}
