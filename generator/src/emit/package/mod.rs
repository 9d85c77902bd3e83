//! The crate as a whole: root, manifest and runtime.

pub(in crate::emit) mod features;
pub(in crate::emit) mod front_page;
pub(in crate::emit) mod manifest;
#[cfg(test)]
mod manifest_tests;
pub(in crate::emit) mod root;
pub(in crate::emit) mod runtime;
