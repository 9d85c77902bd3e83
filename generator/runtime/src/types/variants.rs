//! The declaration of an enum for the values of a union, and the choice of its variant.

/// Which values have a variant of a union: their JSON types, as a set of the module `kinds`, and the values of the discriminator.
pub type Variant = (u8, &'static [&'static str]);

/// The variant that was chosen.
#[derive(Debug)]
pub struct Chosen {
    /// How many variants come before it.
    left: usize,
}

impl Chosen {
    /// Chooses the variant with this index.
    pub(crate) fn new(index: usize) -> Self {
        Self { left: index }
    }

    /// Returns the first variant that a value of the discriminator chooses.
    pub(crate) fn by(value: &str, variants: &[Variant]) -> Option<Self> {
        let left = variants.iter().position(|(_, values)| values.contains(&value))?;
        Some(Self::new(left))
    }

    /// Goes to the next variant, in document order, and returns whether it is the chosen one.
    pub fn is_next(&mut self) -> bool {
        let is_next = self.left == 0;
        self.left = self.left.wrapping_sub(1);
        is_next
    }
}

/// Declares an enum for the values of a union: what converts into its variants, its codec and its schema.
///
/// ```text
/// codegen::union! {
///     /// Documentation of the type.
///     pub enum Owner(by "type"): OWNER one_of[Keyword::OBJECT; Keyword::MinProperties(3)] {
///         /// Documentation of the variant.
///         Name(String) from(&str, String) = string(Schema::STRING),
///         User(Box<User>) from(User) = object("user", &USER),
///         Team(Team) from = object("team", "group", &TEAM),
///         ..Unknown
///     }
/// }
/// ```
///
/// - `by`: the property chooses the variant of an object. `only_by`: it chooses that of any value.
/// - `OWNER` is the static with the schema: the keywords in brackets, around `one_of` or `any_of` with the schema of each
///   variant. If it is neither, the keywords are all there are.
/// - `from`: the types that convert into the variant, or that of its value alone. `scalars` are all scalar types.
/// - After `=` stands which values have the variant: their JSON types, the values of the property, and the schema. Among
///   the variants of one JSON type that the property does not choose, the one whose schema matches best is decoded.
/// - `..` is the variant of a value that matches no subschema.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __union {
    (
        $(#$attribute:tt)*
        pub enum $name:ident $(($($word:ident $($property:literal)?),* $(,)?))?: $static:ident
            $($composition:ident)? $([$($keyword:expr),* $(,)? $(; $($after:expr),* $(,)?)?])?
        {
            $(
                $(#$about:tt)*
                $variant:ident($type:ty $(,)?) $($from:ident $(($($source:tt)*))?)?
                    = $($kind:ident)|+ $(($($value:literal $(,)?)* $($($constant:ident)::+ $(,)?)? $(& $schema:expr $(,)?)?))?,
            )*
            ..$unknown:ident
        }
    ) => {
        $(#$attribute)*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#$about)*
                #[doc = concat!("\n\nJSON type: `", stringify!($($kind)|+), "`")]
                $variant($type),
            )*
            /// An unknown value: it matches no subschema.
            $unknown(crate::runtime::UnknownValue),
        }

        $(crate::runtime::codegen::union_from!($name $variant $type $(, $from $(($($source)*))?)?);)*

        impl crate::runtime::Decode for $name {
            type Kinds = crate::runtime::codegen::kind::Kinds<{
                crate::runtime::codegen::kinds::never $($(| crate::runtime::codegen::kinds::$kind)+)*
            }>;

            fn decode(
                reader: &mut crate::runtime::codegen::Reader<'_>,
            ) -> Result<Self, crate::runtime::codegen::Fault> {
                let begin = reader.begin_union()?;
                let variants: &[crate::runtime::codegen::Variant] = &[
                    $(($(crate::runtime::codegen::kinds::$kind)|+, &[$($($value),*)?])),*
                ];
                let schemas = crate::runtime::codegen::variant_schemas!(
                    $static $($composition)? [$($($(&$schema,)? $($($constant)::+,)?)?)*]
                );
                let decoded = match crate::runtime::codegen::choose_variant!(
                    reader variants schemas $($($word $($property)?)*)?
                ) {
                    Ok(mut chosen) => 'variant: {
                        $(
                            if chosen.is_next() {
                                break 'variant reader.value().map(Self::$variant);
                            }
                        )*
                        reader.no_variant()
                    }
                    Err(fault) => Err(fault),
                };
                reader.end_union(begin, decoded, Self::$unknown)
            }

        }

        impl crate::runtime::Encode for $name {
            fn encode(&self, writer: &mut crate::runtime::codegen::Writer) {
                match self {
                    $(Self::$variant(value) => crate::runtime::Encode::encode(value, writer),)*
                    Self::$unknown(value) => crate::runtime::Encode::encode(value, writer),
                }
            }
        }

        crate::runtime::codegen::has_schema!($name, $static);
        crate::runtime::codegen::union_schema!(
            $static $($composition)? [$($($keyword),*)?] [$($($($after),*)?)?] [$($($(&$schema,)? $($($constant)::+,)?)?)*]
        );
    };
}

/// Converts types to a variant of a union.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __union_from {
    ($name:ident $variant:ident $type:ty) => {};
    ($name:ident $variant:ident $type:ty, from) => {
        crate::runtime::codegen::scalar_variant!($name, $variant, $type);
    };
    ($name:ident $variant:ident $type:ty, from(scalars)) => {
        crate::runtime::codegen::scalar_variant!($name, $variant);
        crate::runtime::codegen::scalar_variant!($name, $variant, $type);
    };
    ($name:ident $variant:ident $type:ty, from($($source:ty),+ $(,)?)) => {
        crate::runtime::codegen::scalar_variant!($name, $variant, $($source),+);
    };
}

/// Chooses the variant of a value, as the words after the name of the union say.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __choose_variant {
    ($reader:ident $variants:ident $schemas:ident) => {
        $reader.variant($variants, $schemas)
    };
    ($reader:ident $variants:ident $schemas:ident by $property:literal) => {
        $reader.variant_by($property, $variants, $schemas)
    };
    ($reader:ident $variants:ident $schemas:ident only_by $property:literal) => {
        $reader.variant_only_by($property, $variants, $schemas)
    };
}

/// Returns the schemas of the variants, if any are compared: those of the static, or those of the declaration alone.
#[doc(hidden)]
#[macro_export]
macro_rules! __variant_schemas {
    ($static:ident $composition:ident $schemas:tt) => {
        $static.subschemas()
    };
    ($static:ident []) => {
        &[]
    };
    ($static:ident [$($schema:expr,)+]) => {
        const { &[$($schema),+] }
    };
}

/// Declares the static of a union.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __union_schema {
    ($static:ident any_of [$($keyword:expr),*] [$($after:expr),*] [$($schema:expr,)*]) => {
        pub(crate) static $static: crate::runtime::Schema = crate::runtime::Schema(&[
            $($keyword,)*
            crate::runtime::codegen::Keyword::AnyOf(&[$($schema),*]),
            $($after,)*
        ]);
    };
    ($static:ident one_of [$($keyword:expr),*] [$($after:expr),*] [$($schema:expr,)*]) => {
        pub(crate) static $static: crate::runtime::Schema = crate::runtime::Schema(&[
            $($keyword,)*
            crate::runtime::codegen::Keyword::OneOf(&[$($schema),*]),
            $($after,)*
        ]);
    };
    ($static:ident [$($keyword:expr),*] [] $schemas:tt) => {
        pub(crate) static $static: crate::runtime::Schema = crate::runtime::Schema(&[$($keyword),*]);
    };
}
