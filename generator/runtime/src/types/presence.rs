//! What a property that is required, one that may be absent and one that may also be `null` have in common: each is
//! given a value by the item with the name of its presence. How they are read is in `slots`, and written in `properties`.

pub use std::option::Option;

pub use crate::runtime::types::maybe::Maybe;

/// A property that is required.
pub type Required<T> = T;

/// Whether a property is required.
#[expect(non_upper_case_globals, reason = "each has the name of its presence")]
pub mod is_required {
    /// It is.
    pub const Required: bool = true;
    /// It may be absent.
    pub const Option: bool = false;
    /// It may be absent or `null`.
    pub const Maybe: bool = false;
}

/// Returns the names of the `COUNT` properties that are required.
#[must_use]
pub const fn required<const COUNT: usize>(properties: &[(&'static str, bool)]) -> [&'static str; COUNT] {
    let mut names = [""; COUNT];
    let (mut index, mut count) = (0, 0);
    while index < properties.len() {
        let (name, is_required) = properties[index];
        if is_required {
            names[count] = name;
            count += 1;
        }
        index += 1;
    }
    names
}

/// The values of fields that nothing gives a value.
#[expect(non_snake_case, reason = "each has the name of its presence")]
pub mod none {
    use crate::runtime::json::value::Json;
    use crate::runtime::types::maybe::Maybe;

    /// Returns the value of a required property, where the value is not an object: such a property may be `null`.
    #[must_use]
    pub fn Required() -> Json {
        Json::Null
    }

    /// Returns the value of a property that may be absent.
    #[must_use]
    pub fn Option<T>() -> Option<T> {
        None
    }

    /// Returns the value of a property that may be absent or `null`.
    #[must_use]
    pub fn Maybe<T>() -> Maybe<T> {
        Maybe::Absent
    }
}
