//! What the model remembers of the document beside the facts of the crate.

use std::ops::{Deref, DerefMut};

/// Text and places of the document: they become documentation, or tell where something was read.
///
/// Two values are always equal. So two models are equal if a Rust caller cannot tell their crates apart, however the
/// documents are laid out and worded.
#[derive(Debug, Clone, Copy, Default)]
pub struct Provenance<T>(T);

impl<T> PartialEq for Provenance<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> From<T> for Provenance<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Provenance<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Provenance<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
