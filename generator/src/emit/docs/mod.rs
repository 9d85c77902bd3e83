//! Documentation of the emitted crate: descriptions as Markdown for rustdoc.

pub(in crate::emit) mod contents;
pub(in crate::emit) mod deprecation;
pub(in crate::emit) mod examples;
pub(in crate::emit) mod html;
pub(in crate::emit) mod markdown;
#[cfg(test)]
pub(in crate::emit) mod markdown_tests;
pub(in crate::emit) mod room;
pub(in crate::emit) mod text;
pub(in crate::emit) mod words;
