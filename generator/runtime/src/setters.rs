//! What makes values of types that only responses have: for the tests of a caller.

/// Implements a setter for each field, and `new` where the value has nothing that is required.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __setters {
    ($name:ident new { $($fields:tt)* }) => {
        impl $name {
            /// Makes a value without any member.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        }

        crate::runtime::setters! { $name { $($fields)* } }
    };
    ($name:ident { $($field:ident: $argument:ty = $value:expr,)* }) => {
        impl $name {
            $(
                #[doc = concat!("Sets `", stringify!($field), "`.")]
                #[must_use]
                pub fn $field(mut self, $field: $argument) -> Self {
                    self.$field = $value;
                    self
                }
            )*
        }
    };
}
