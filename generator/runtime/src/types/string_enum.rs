//! The declaration of an enum for the values of a schema that lists strings.

/// Declares an enum for the values of a schema that lists strings: its traits and its schema.
///
/// ```text
/// codegen::string_enum! {
///     /// Documentation of the type.
///     pub enum Color: COLOR[Keyword::STRING] {
///         /// Documentation of the value.
///         Red = "red",
///         ..Unknown
///     }
/// }
/// ```
///
/// - `COLOR` is the static with the schema: the keywords in brackets, `enum` with the values, and the
///   keywords after the semicolon, if there are any. Without brackets, the
///   static is written out elsewhere.
/// - `Unknown` is the variant of a string that is not listed. With `..[open] Unknown` the document allows more strings than
///   it lists, so that any text converts.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __string_enum {
    (
        $(#$attribute:tt)*
        pub enum $name:ident: $static:ident $([$($keyword:expr),* $(,)? $(; $($after:expr),* $(,)?)?])? {
            $($(#$about:tt)* $variant:ident = $wire:literal,)*
            ..$([$open:ident])? $unknown:ident
        }
    ) => {
        $(#$attribute)*
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("`` ", $wire, " ``\n\n")]
                $(#$about)*
                $variant,
            )*
            /// An unknown value: the document does not list it.
            $unknown(crate::runtime::UnknownString),
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                crate::runtime::codegen::equal_listed(self, other)
            }
        }

        impl Eq for $name {}

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl crate::runtime::StringEnum for $name {
            const LISTED: &'static [Self] = &[$(Self::$variant),*];

            fn listed(&self) -> Result<&'static str, &crate::runtime::UnknownString> {
                match self {
                    $(Self::$variant => Ok($wire),)*
                    Self::$unknown(text) => Err(text),
                }
            }

            fn from_unknown(text: crate::runtime::UnknownString) -> Self {
                Self::$unknown(text)
            }
        }

        impl $name {
            /// Accepts any text, such as a value of a newer server. A request may send it even if the document does not
            /// list it.
            #[must_use]
            pub fn unknown(text: &str) -> Self {
                crate::runtime::codegen::unknown(text)
            }

            /// Returns the JSON string of the value.
            #[must_use]
            pub fn as_str(&self) -> &str {
                crate::runtime::StringEnum::as_str(self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl crate::runtime::Decode for $name {
            type Kinds = crate::runtime::codegen::kind::String;

            fn decode(
                reader: &mut crate::runtime::codegen::Reader<'_>,
            ) -> Result<Self, crate::runtime::codegen::Fault> {
                crate::runtime::codegen::decode_listed(reader)
            }
        }

        impl crate::runtime::Encode for $name {
            fn encode(&self, writer: &mut crate::runtime::codegen::Writer) {
                crate::runtime::codegen::encode_listed(self, writer);
            }
        }

        crate::runtime::codegen::from_text!($name $($open)?);
        crate::runtime::codegen::has_schema!($name, $static);
        crate::runtime::codegen::enum_schema!($static $([$($keyword),*] [$($($after),*)?])? { $($wire),* });
    };
}

/// Converts texts to an enum of strings: those that it lists, or any.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __from_text {
    ($name:ident) => {
        /// Accepts the values that the document lists.
        impl std::str::FromStr for $name {
            type Err = crate::runtime::InvalidText;

            fn from_str(text: &str) -> Result<Self, crate::runtime::InvalidText> {
                crate::runtime::codegen::listed(stringify!($name), text)
            }
        }
    };
    ($name:ident open) => {
        /// Accepts any text: the document allows more values than it lists.
        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok(crate::runtime::codegen::any_listed(text))
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                crate::runtime::codegen::any_listed(text)
            }
        }
    };
}

/// Declares the static of a schema that lists strings, unless it is written out elsewhere.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __enum_schema {
    ($static:ident { $($wire:literal),* }) => {};
    ($static:ident [$($keyword:expr),*] [$($after:expr),*] { $($wire:literal),* }) => {
        pub(crate) static $static: crate::runtime::Schema = crate::runtime::Schema(&[
            $($keyword,)*
            crate::runtime::codegen::Keyword::Enum(&[$(concat!("\"", $wire, "\"")),*]),
            $($after,)*
        ]);
    };
}
