//! The declaration of a struct for the values of an object schema.

/// Declares a struct for the values of an object schema: its fields, what builds it, its codec and its schema.
///
/// ```text
/// codegen::object! {
///     /// Documentation of the type.
///     pub struct Row(new: RowRequired, mock): ROW required[Keyword::OBJECT; Keyword::MinProperties(3)] {
///         /// Documentation of the property.
///         pub name: Required<Name> => into("name", &NAME),
///         pub size: Required<u64> => value("size", Schema::INTEGER),
///         pub kind: Required<Kind> = into("kind", &KIND) is Kind::Row,
///         pub count: Option<u64> = value("count", Schema::INTEGER),
///         pub note: Maybe<String> = into("note", Schema::STRING),
///         [any] additional_properties: Map<Json>,
///         ..unknown_fields
///     }
/// }
/// ```
///
/// - `default`: no property is required, so that `new` makes a value of none. `new`: the struct
///   from which `new` takes the properties with `=>` for `=`, which is declared too, with `+ Copy` where it is `Copy`; or
///   the argument for the only required property, as `new(name: impl Into<Name>)`; or nothing, as `new()`, where each
///   required property has one value alone.
///   `mock`: only responses have the type; what builds it is there with the feature `mock`.
/// - `ROW` is the static with the schema: the keywords in brackets, `properties` with the schema of each field, and the
///   keywords after the semicolon, if there are any. With `required` before them, the fields that are `Required` are
///   those that the schema requires. Without brackets, the static is written out elsewhere.
/// - `Required<T>` is a `T`; `Option<T>` may be absent, `Maybe<T>` may be absent or `null`.
/// - What gives a value of a property is `into`: what converts into its type, `value`: its type, or `boxed`: what converts
///   into the type that is in the box. The setter of an `Option` takes it, and `new(…)`; that of a `Maybe` takes what
///   converts into a `Maybe`.
/// - After `is` stands the only value that a property has. Constructors set it without asking for it.
/// - After the fields comes the map of additional properties, if their schema gives them a type: `any` of them, or those
///   whose names have to match a pattern of the schema (`by_pattern`). `..` has the properties that the schema does not
///   define. The field after it, `if not an object`, is the value if it is not an object.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __object {
    (
        $(#$attribute:tt)*
        pub struct $name:ident $(($($word:ident $(: $required:ident $(+ $copy:ident)?)? $(($($argument:tt)*))?),* $(,)?))?: $static:ident $($required_by:ident)? $([$($keyword:expr),* $(,)? $(; $($after:expr),* $(,)?)?])? {
            $(
                $(#$about:tt)*
                pub $field:ident: $presence:ident<$type:ty $(,)?>
                    $(=> $new:ident)? $(= $given:ident)? ($wire:literal $(, $schema:expr)? $(,)?) $(is $constant:expr)?,
            )*
            $([$names:ident] $additional:ident: Map<$additional_type:ty $(,)?>,)?
            ..$unknown:ident $(,)?
            $($value:ident if not an object)?
        }
    ) => {
        $(#$attribute)*
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#$about)*
                #[doc = concat!("\n\nJSON property: `` ", $wire, " ``")]
                $(#[doc = concat!("\n\nConstructors set it to `", stringify!($constant), "`.")])?
                pub $field: crate::runtime::codegen::presence::$presence<$type>,
            )*
            $(
                /// Additional properties.
                pub $additional: crate::runtime::Map<$additional_type>,
            )?
            /// Properties that the schema does not define, kept as received.
            pub $unknown: crate::runtime::Map<crate::runtime::Json>,
            $(
                /// The value, if it is not an object: the schema has no `type: object`.
                pub $value: Option<Box<crate::runtime::Json>>,
            )?
        }

        crate::runtime::codegen::object_words!($name [$($($word $($required $(+ $copy)?)? $(($($argument)*))?)*)?] {
            $($field: $presence = $($new)? $($given)? $(($constant))? $(=> $new [$type])?,)*
        } {
            $($additional,)? $unknown $(; $value)?
        } {
            $(
                crate::runtime::codegen::setter! { $presence $($new)? $($given)? $field $type {
                    $(#$about)*
                    #[doc = concat!("\n\nSets the JSON property `` ", $wire, " ``.")]
                    #[must_use]
                }}
            )*
        });

        impl crate::runtime::Decode for $name {
            type Kinds = crate::runtime::codegen::object_kinds!($($value)?);

            fn decode(
                reader: &mut crate::runtime::codegen::Reader<'_>,
            ) -> Result<Self, crate::runtime::codegen::Fault> {
                crate::runtime::codegen::if_no_object!(reader $($value)? {
                    $($field: crate::runtime::codegen::presence::none::$presence(),)*
                    $($additional: crate::runtime::Map::new(),)?
                    $unknown: crate::runtime::Map::new(),
                });
                $(let mut $field = crate::runtime::codegen::slots::empty::$presence::<$type>();)*
                let decoded = crate::runtime::codegen::decode_object!(
                    reader, &[$($wire),*], &mut [$(&mut $field),*], $static $(, $names)?
                );
                let ($($additional,)? $unknown,) = match decoded {
                    Ok(others) => others,
                    Err(fault) => return Err(fault),
                };
                Ok(Self {
                    $($field: crate::runtime::codegen::slots::filled::$presence($field),)*
                    $($additional,)?
                    $unknown,
                    $($value: None,)?
                })
            }
        }

        impl crate::runtime::Encode for $name {
            fn properties(&self, take: &mut dyn FnMut(&crate::runtime::codegen::Properties<'_>)) {
                take(&crate::runtime::codegen::Properties {
                    names: &[$(concat!(",\"", $wire, "\":")),*],
                    fields: &[$(crate::runtime::codegen::property::$presence(&self.$field)),*],
                    maps: &[
                        $(crate::runtime::codegen::property::others(&self.$additional),)?
                        crate::runtime::codegen::property::others(&self.$unknown),
                    ],
                    value: crate::runtime::codegen::non_object!(self $($value)?),
                });
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let names = [$(stringify!($field),)* $(stringify!($additional),)? stringify!($unknown)];
                crate::runtime::codegen::properties::print(self, stringify!($name), &names, formatter)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                crate::runtime::codegen::properties::equal(self, other)
            }
        }

        crate::runtime::codegen::has_schema!($name, $static);

        crate::runtime::codegen::object_schema!(
            $static $($required_by)? $([$($keyword),*] [$($($after),*)?])? { $($presence $wire $(=> $schema)?,)* }
        );
    };
}

/// Declares the static of an object schema, unless it is written out elsewhere.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __object_schema {
    ($static:ident { $($properties:tt)* }) => {};
    ($static:ident [$($keyword:expr),*] [] {}) => {
        pub(crate) static $static: crate::runtime::Schema = crate::runtime::Schema(&[$($keyword),*]);
    };
    ($static:ident [$($keyword:expr),*] [$($after:expr),*] { $($presence:ident $wire:literal => $schema:expr,)* }) => {
        pub(crate) static $static: crate::runtime::Schema = crate::runtime::Schema(&[
            $($keyword,)*
            crate::runtime::codegen::Keyword::Properties(&[$(($wire, $schema)),*]),
            $($after,)*
        ]);
    };
    ($static:ident required [$($keyword:expr),*] [$($after:expr),*] {
        $($presence:ident $wire:literal => $schema:expr,)*
    }) => {
        pub(crate) static $static: crate::runtime::Schema = crate::runtime::Schema(&[
            $($keyword,)*
            crate::runtime::codegen::Keyword::Properties(&[$(($wire, $schema)),*]),
            crate::runtime::codegen::Keyword::Required(&crate::runtime::codegen::presence::required::<
                { 0 $(+ crate::runtime::codegen::presence::is_required::$presence as usize)* },
            >(&[$(($wire, crate::runtime::codegen::presence::is_required::$presence)),*])),
            $($after,)*
        ]);
    };
}

/// Writes what the words after the name of a struct stand for: of the fields, the maps and the setters.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __object_words {
    ($name:ident [] $fields:tt $maps:tt { $($method:tt)* }) => {
        impl $name {
            $($method)*
        }
    };
    ($name:ident [mock] $fields:tt $maps:tt { $($method:tt)* }) => {
        #[cfg(feature = "mock")]
        impl $name {
            $($method)*
        }
    };
    (
        $name:ident [default $($mock:ident)?]
        { $($field:ident: $presence:ident = $given:ident,)* }
        { $($map:ident),* $(; $value:ident)? }
        { $($method:tt)* }
    ) => {
        impl Default for $name {
            fn default() -> Self {
                Self {
                    $($field: crate::runtime::codegen::presence::none::$presence(),)*
                    $($map: crate::runtime::Map::new(),)*
                    $($value: None,)?
                }
            }
        }

        crate::runtime::codegen::object_words!($name [$($mock)?] {} {} {
            /// Makes a value without properties.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }

            $($method)*
        });
    };
    (
        $name:ident [new () $($mock:ident)?]
        { $($field:ident: $presence:ident = $given:ident $(($constant:expr))? $(=> $new:ident [$type:ty])?,)* }
        { $($map:ident),* $(; $value:ident)? }
        $methods:tt
    ) => {
        impl $name {
            /// Makes a value without optional properties.
            #[must_use]
            pub fn new() -> Self {
                Self {
                    $($field: crate::runtime::codegen::object_initial!($presence $given $(($constant))? []),)*
                    $($map: crate::runtime::Map::new(),)*
                    $($value: None,)?
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        crate::runtime::codegen::object_words!($name [$($mock)?] {} {} $methods);
    };
    (
        $name:ident [new ($argument:ident: $argument_type:ty $(,)?) $($mock:ident)?]
        { $($field:ident: $presence:ident = $given:ident $(($constant:expr))? $(=> $new:ident [$type:ty])?,)* }
        { $($map:ident),* $(; $value:ident)? }
        { $($method:tt)* }
    ) => {
        crate::runtime::codegen::object_words!($name [$($mock)?] {} {} {
            /// Makes a value from its required property.
            #[must_use]
            pub fn new($argument: $argument_type) -> Self {
                Self {
                    $($field: crate::runtime::codegen::object_initial!(
                        $presence $given $(($constant))? [$argument]
                    ),)*
                    $($map: crate::runtime::Map::new(),)*
                    $($value: None,)?
                }
            }

            $($method)*
        });
    };
    (
        $name:ident [new $required:ident $(+ $copy:ident)? $($mock:ident)?]
        { $($field:ident: $presence:ident = $given:ident $(($constant:expr))? $(=> $new:ident [$type:ty])?,)* }
        { $($map:ident),* $(; $value:ident)? }
        { $($method:tt)* }
    ) => {
        crate::runtime::codegen::required_properties! {
            $($mock)?
            #[derive(Debug, Clone $(, $copy)?)]
            pub struct $required of $name {
                $($($field: crate::runtime::codegen::given_type!($new $type),)?)*
            }
        }

        crate::runtime::codegen::object_words!($name [$($mock)?] {} {} {
            /// Makes a value from its required properties.
            #[must_use]
            pub fn new(required: $required) -> Self {
                Self {
                    $($field: crate::runtime::codegen::object_initial!(
                        $presence $given $(($constant))? { required.$field }
                    ),)*
                    $($map: crate::runtime::Map::new(),)*
                    $($value: None,)?
                }
            }

            $($method)*
        });
    };
}

/// The value of a struct that is not an object, if the schema allows one.
#[doc(hidden)]
#[macro_export]
macro_rules! __non_object {
    ($self:ident) => {
        None
    };
    ($self:ident $value:ident) => {
        $self.$value.as_deref()
    };
}

/// Returns the value that is not an object, if the schema allows one.
#[doc(hidden)]
#[macro_export]
macro_rules! __if_no_object {
    ($reader:ident $fields:tt) => {};
    ($reader:ident $value:ident { $($fields:tt)* }) => {
        if let Some(value) = $reader.non_object()? {
            return Ok(Self { $($fields)* $value: Some(value) });
        }
    };
}

/// The JSON types of the values of an object schema: all, if there is a field for those that are not objects.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __object_kinds {
    () => {
        crate::runtime::codegen::kind::Object
    };
    ($value:ident) => {
        crate::runtime::codegen::kind::Any
    };
}

/// Decodes the properties, and returns the maps with the others.
#[doc(hidden)]
#[macro_export]
macro_rules! __decode_object {
    ($reader:ident, $wire:expr, $slots:expr, $static:ident) => {
        $reader.object($wire, $slots)
    };
    ($reader:ident, $wire:expr, $slots:expr, $static:ident, any) => {
        $reader.object_with($wire, $slots, None)
    };
    ($reader:ident, $wire:expr, $slots:expr, $static:ident, by_pattern) => {
        $reader.object_with($wire, $slots, Some(&$static))
    };
}
