//! What a constructor takes, and the values that it sets.

/// Declares the struct by which callers give the required properties of another.
///
/// It is open to literals on purpose: a name that the document adds, changes or takes away is an error where a caller
/// writes one, and the order of the names means nothing.
///
/// With `mock` before it, it is there with the feature `mock`.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __required {
    (mock $(#$attribute:tt)* pub $($item:tt)*) => {
        crate::runtime::codegen::required_properties! {
            #[cfg(feature = "mock")]
            $(#$attribute)*
            pub $($item)*
        }
    };
    ($(#$attribute:tt)* pub struct $name:ident of $of:ident { $($field:ident: $type:ty,)* }) => {
        #[doc = concat!("The required properties of [`", stringify!($of), "`].")]
        $(#$attribute)*
        pub struct $name {
            $(
                #[doc = concat!("See [`", stringify!($of), "::", stringify!($field), "`].")]
                pub $field: $type,
            )*
        }
    };
}

/// Returns the type of a value that callers give: for a property with a box, what is in the box.
#[doc(hidden)]
#[macro_export]
macro_rules! __given_type {
    (boxed $type:ty) => {
        <$type as std::ops::Deref>::Target
    };
    ($given:ident $type:ty) => {
        $type
    };
}

/// Returns the value of a field that a constructor sets.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __object_initial {
    (Required $given:ident ($constant:expr) $value:tt) => {
        $constant
    };
    (Option $given:ident ($constant:expr) $value:tt) => {
        Some($constant)
    };
    (Maybe $given:ident ($constant:expr) $value:tt) => {
        crate::runtime::Maybe::Value($constant)
    };
    (Required boxed [$value:ident]) => {
        Box::new($value.into())
    };
    (Required into [$value:ident]) => {
        $value.into()
    };
    (Required value [$value:ident]) => {
        $value
    };
    (Required boxed { $value:expr }) => {
        Box::new($value)
    };
    (Required $given:ident { $value:expr }) => {
        $value
    };
    ($presence:ident $given:ident $value:tt) => {
        crate::runtime::codegen::presence::none::$presence()
    };
}

/// Declares the constants for the defaults of properties or parameters: each with the type that has it, and the name of
/// what it is the default of.
///
/// ```text
/// codegen::defaults! {
///     ListRows::DEFAULT_LIMIT("limit"): u64 = 30;
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __defaults {
    ($($name:ident::$constant:ident($wire:literal): $type:ty = $value:expr;)*) => {
        $(
            impl $name {
                #[doc = concat!("Default of `` ", $wire, " ``.")]
                pub const $constant: $type = $value;
            }
        )*
    };
}
