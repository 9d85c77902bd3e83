//! Types that emitted types are made of: optional and nullable fields, string types, unions, dates and times.

pub(crate) mod constructor;
pub(crate) mod date_time;
pub(crate) mod fields;
pub(crate) mod maybe;
pub(crate) mod object;
pub mod presence;
pub mod properties;
pub(crate) mod scalar;
pub mod slots;
pub(crate) mod string_enum;
pub(crate) mod string_types;
pub(crate) mod union;
pub(crate) mod variants;
pub(crate) mod wrapper;
