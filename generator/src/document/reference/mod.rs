//! References: what `$ref` and the mapping of a discriminator are written as, and what they target.
//!
//! A reference is a URI reference ([RFC 3986 §4.1](https://www.rfc-editor.org/rfc/rfc3986#section-4.1)). No other module
//! takes one apart.

mod target;
mod uri;

use super::Node;
use crate::source::Pointer;

pub(crate) use target::{Resolver, Target};

/// A reference, parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference<'text> {
    document: Option<&'text str>,
    fragment: &'text str,
}

/// What a fragment names in its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fragment<'text> {
    /// The value at a JSON Pointer ([RFC 6901 §6](https://www.rfc-editor.org/rfc/rfc6901#section-6)).
    Pointer(Pointer),
    /// The schema with this anchor
    /// ([JSON Schema 2020-12 §8.2.2](https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.2)).
    Anchor(&'text str),
    /// Nothing: it starts as a JSON Pointer does, and is none.
    Malformed(&'text str),
}

impl<'text> Reference<'text> {
    /// Parses a reference. Every text is one; an empty text counts as the name of another document.
    pub(crate) fn parse(text: &'text str) -> Self {
        let (document, fragment) = match text.split_once('#') {
            Some(("", fragment)) => (None, fragment),
            Some((document, fragment)) => (Some(document), fragment),
            None => (Some(text), ""),
        };
        Self { document, fragment }
    }

    /// Returns the URI reference of the document; `None` is the document that the reference stands in
    /// ([RFC 3986 §4.4](https://www.rfc-editor.org/rfc/rfc3986#section-4.4)).
    pub(super) fn document(&self) -> Option<&'text str> {
        self.document
    }

    /// Returns the fragment as it is written, empty where there is none.
    pub(super) fn written_fragment(&self) -> &'text str {
        self.fragment
    }

    /// Returns what the fragment names.
    pub(super) fn fragment(&self) -> Fragment<'text> {
        match Pointer::parse_fragment(self.fragment) {
            Some(pointer) => Fragment::Pointer(pointer),
            None if self.fragment.starts_with('/') => Fragment::Malformed(self.fragment),
            None => Fragment::Anchor(self.fragment),
        }
    }

    /// Returns the absolute URI of the document or schema, where `base` is the base URI.
    pub(super) fn uri(&self, base: &str) -> String {
        uri::resolve(base, self.document.unwrap_or_default())
    }

    /// Returns the URI of a document as a reference from the document at `base`.
    pub(super) fn relative(base: &str, uri: &str) -> String {
        uri::relative(base, uri)
    }

    /// Returns the target, if the reference names it by a JSON Pointer in the document that it stands in.
    pub(crate) fn target(&self) -> Option<Target> {
        match (self.document, self.fragment()) {
            (None, Fragment::Pointer(pointer)) => Some(Target::at(pointer)),
            _ => None,
        }
    }

    /// Returns the target of the reference that `node` is the text of.
    pub(super) fn target_of(node: &Node) -> Option<Target> {
        Reference::parse(node.as_str()?).target()
    }
}

#[cfg(test)]
mod tests {
    use super::{Fragment, Reference, Target};
    use crate::source::Pointer;

    #[test]
    fn document_and_fragment_stand_apart() {
        let pointer = |text: &str| Fragment::Pointer(Pointer::parse(text).unwrap());
        for (text, document, fragment) in [
            ("#/a%20b", None, pointer("/a b")),
            ("#", None, pointer("")),
            ("#name", None, Fragment::Anchor("name")),
            ("#/a~2", None, Fragment::Malformed("/a~2")),
            ("#/a%2", None, Fragment::Malformed("/a%2")),
            ("b.yaml#/c", Some("b.yaml"), pointer("/c")),
            ("b.yaml", Some("b.yaml"), pointer("")),
            ("/a", Some("/a"), pointer("")),
            ("", Some(""), pointer("")),
        ] {
            let reference = Reference::parse(text);
            assert_eq!(
                (reference.document(), reference.fragment()),
                (document, fragment),
                "{text}"
            );
        }
    }

    #[test]
    fn only_pointers_into_the_same_document_have_a_target() {
        let target = |text: &str| Reference::parse(text).target();
        assert_eq!(target("#/a"), Some(Target::at(Pointer::of(["a"]))));
        assert_eq!(target("#name"), None);
        assert_eq!(target("b.yaml#/a"), None);
        assert_eq!(target("/a"), None);
    }

    #[test]
    fn the_fragment_is_no_part_of_the_uri() {
        assert_eq!(Reference::parse("#s").uri("urn:x:y"), "urn:x:y");
        assert_eq!(Reference::parse("b#/c").uri("http://a"), "http://a/b");
        assert_eq!(Reference::parse("#").uri("http://a/b"), "http://a/b");
    }
}
