//! Names that are made of other names of the crate.

use heck::ToShoutySnakeCase as _;

use super::length::{LONGEST, camel_case, shortened};

/// Returns the name of the static that belongs to the type `name`; where the type
/// is written in capitals itself, `noun` is added.
#[must_use]
pub(crate) fn static_name(name: &str, noun: &str) -> String {
    let shouty = name.to_shouty_snake_case();
    if shouty == name {
        format!("{}_{noun}", shortened(&shouty, LONGEST - noun.len() - 1))
    } else {
        shouty
    }
}

/// Returns the name of the constant for the default of the field `field`.
#[must_use]
pub(crate) fn default_name(field: &str) -> String {
    format!("DEFAULT_{}", field.to_shouty_snake_case())
}

/// Returns the name of the struct of what the type or request `name` requires.
#[must_use]
pub(crate) fn required_name(name: &str) -> String {
    camel_case(&format!("{name}Required"))
}

/// Returns the name of the environment variable for `field`, behind the `prefix` of the variables of the crate.
#[must_use]
pub(crate) fn variable_name(prefix: &str, field: &str) -> String {
    format!("{prefix}_{}", field.trim_end_matches('_').to_uppercase())
}
