//! The module that is being written: paths of types and statics, and what it imports.

pub(in crate::emit) mod availability;
pub(in crate::emit) mod imports;
pub(in crate::emit) mod names;
pub(in crate::emit) mod paths;
pub(in crate::emit) mod uses;
