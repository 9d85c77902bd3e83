//! Schemas as data, and validation against them.

pub(crate) mod format;
pub(crate) mod has_schema;
pub(crate) mod keywords;
pub(crate) mod literal;
pub(crate) mod pattern;
pub(crate) mod validate;
pub(crate) mod view;
