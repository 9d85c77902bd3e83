//! Types: structs, enums and aliases, with their schemas as statics.

pub(in crate::emit) mod constants;
pub(in crate::emit) mod constraints;
pub(in crate::emit) mod declaration;
pub(in crate::emit) mod files;
pub(in crate::emit) mod former;
pub(in crate::emit) mod object;
pub(in crate::emit) mod object_use;
pub(in crate::emit) mod required;
pub(in crate::emit) mod roots;
pub(in crate::emit) mod setter;
pub(in crate::emit) mod string_enum;
pub(in crate::emit) mod traits;
pub(in crate::emit) mod tuple;
pub(in crate::emit) mod union;
