//! The kinds of JSON values, and sets of them.

use std::marker::PhantomData;

/// The kinds of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// Returns the name of the type.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// Sets of JSON types, by the words of declarations.
#[allow(
    non_upper_case_globals,
    reason = "the names are those of the JSON types in declarations"
)]
pub mod kinds {
    use crate::runtime::json::kind::Kind;

    /// `null`
    pub const null: u8 = 1 << Kind::Null as u8;
    /// `true` or `false`
    pub const boolean: u8 = 1 << Kind::Boolean as u8;
    /// A number.
    pub const number: u8 = 1 << Kind::Number as u8;
    /// A string.
    pub const string: u8 = 1 << Kind::String as u8;
    /// An array.
    pub const array: u8 = 1 << Kind::Array as u8;
    /// An object.
    pub const object: u8 = 1 << Kind::Object as u8;
    /// Any value.
    pub const any: u8 = null | boolean | number | string | array | object;
    /// None.
    pub const never: u8 = 0;

    /// Returns whether a type is in a set.
    #[must_use]
    pub const fn has(set: u8, kind: Kind) -> bool {
        set & 1 << kind as u8 != 0
    }
}

/// A set of JSON types, as a type: an implementation of [`Decode`](crate::runtime::Decode) names one.
pub trait KindSet {
    /// The set, of [`kinds`].
    const KINDS: u8;
}

/// The set of these [`kinds`].
#[derive(Debug)]
pub struct Kinds<const KINDS: u8>;

impl<const KINDS: u8> KindSet for Kinds<KINDS> {
    const KINDS: u8 = KINDS;
}

/// A set, and `null`.
#[derive(Debug)]
pub struct OrNull<K>(PhantomData<K>);

impl<K: KindSet> KindSet for OrNull<K> {
    const KINDS: u8 = K::KINDS | kinds::null;
}

/// `true` and `false`.
pub type Boolean = Kinds<{ kinds::boolean }>;

/// Numbers.
pub type Number = Kinds<{ kinds::number }>;

/// Strings.
pub type String = Kinds<{ kinds::string }>;

/// Arrays.
pub type Array = Kinds<{ kinds::array }>;

/// Objects.
pub type Object = Kinds<{ kinds::object }>;

/// Any values.
pub type Any = Kinds<{ kinds::any }>;
