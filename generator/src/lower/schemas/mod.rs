//! Schemas: the type and the constraints of each.

pub(in crate::lower) mod all_of;
pub(in crate::lower) mod ambiguity;
pub(in crate::lower) mod components;
pub(in crate::lower) mod constraints;
pub(in crate::lower) mod discriminator;
pub(in crate::lower) mod inline;
pub(in crate::lower) mod integer;
pub(in crate::lower) mod json_types;
pub(in crate::lower) mod merge;
pub(in crate::lower) mod naming;
pub(in crate::lower) mod object;
pub(in crate::lower) mod parts;
pub(in crate::lower) mod pattern;
pub(in crate::lower) mod required;
pub(in crate::lower) mod schema;
pub(in crate::lower) mod string_enum;
pub(in crate::lower) mod tuple;
pub(in crate::lower) mod union;
