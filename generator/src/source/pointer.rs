//! JSON Pointers ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)).

use std::fmt;
use std::fmt::Write as _;

/// The member of the root document below which the other documents of a run stand. No text of YAML has the character
/// unescaped, so a document has no such member of its own.
pub(crate) const DOCUMENTS: &str = "\u{0}documents";

/// A JSON Pointer in its string form: empty for the whole document, else `/a/b`.
///
/// The documents that the root document refers to stand in its tree. A pointer into one of them is printed as a URI
/// reference, such as `schemas/pet.yaml#/properties/name`, relative to the root document.
#[derive(Debug, Default, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the pointer to the whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Makes a pointer of segments that are not escaped yet.
    pub fn of<S: AsRef<str>>(segments: impl IntoIterator<Item = S>) -> Self {
        let mut pointer = Self::root();
        for segment in segments {
            pointer.push(segment.as_ref());
        }
        pointer
    }

    /// Parses the string form.
    ///
    /// Returns `None` when it does not start with `/`, or has a `~` that is not
    /// `~0` or `~1` ([RFC 6901 §3](https://www.rfc-editor.org/rfc/rfc6901#section-3)).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = (text.is_empty() || text.starts_with('/'))
            && text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
        well_formed.then(|| Self(text.to_owned()))
    }

    /// Parses a URI fragment without its `#`, percent-decoded
    /// ([RFC 6901 §6](https://www.rfc-editor.org/rfc/rfc6901#section-6)).
    #[must_use]
    pub fn parse_fragment(fragment: &str) -> Option<Self> {
        let mut bytes = Vec::with_capacity(fragment.len());
        let mut rest = fragment.as_bytes();
        while let Some((&byte, tail)) = rest.split_first() {
            rest = tail;
            if byte != b'%' {
                bytes.push(byte);
                continue;
            }
            let digits = tail
                .get(..2)
                .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = &tail[2..];
        }
        Self::parse(&String::from_utf8(bytes).ok()?)
    }

    /// Returns the pointer as a URI reference to a part of the same document
    /// ([RFC 6901 §6](https://www.rfc-editor.org/rfc/rfc6901#section-6)). Letters beyond ASCII
    /// stay, as in an IRI.
    #[must_use]
    pub fn to_fragment(&self) -> String {
        let mut text = String::with_capacity(self.0.len() + 1);
        text.push('#');
        for character in self.0.chars() {
            if character.is_ascii_control() || " %\"#<>[]\\^`{|}".contains(character) {
                // Writing to a string cannot fail.
                let _ = write!(text, "%{:02X}", u32::from(character));
            } else {
                text.push(character);
            }
        }
        text
    }

    /// Returns the pointer to the property or element `segment` of what this points to.
    #[must_use]
    pub fn child(&self, segment: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + segment.len() + 1);
        text.push_str(&self.0);
        let mut child = Self(text);
        child.push(segment);
        child
    }

    /// Leads the pointer on to the property or element `segment`.
    pub(crate) fn push(&mut self, segment: &str) {
        self.0.push('/');
        if segment.contains(['~', '/']) {
            self.0.push_str(&segment.replace('~', "~0").replace('/', "~1"));
        } else {
            self.0.push_str(segment);
        }
    }

    /// Leads the pointer on to the element `index`.
    pub(crate) fn push_element(&mut self, index: usize) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "/{index}");
    }

    /// Returns the pointer to the element `index` of what this points to.
    #[must_use]
    pub fn element(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// Returns the pointer that leads on by `below` from what this points to.
    #[must_use]
    pub fn join(&self, below: &Pointer) -> Self {
        Self(format!("{}{}", self.0, below.0))
    }

    /// Returns the unescaped segments.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(|segment| {
            if segment.contains('~') {
                segment.replace("~1", "/").replace("~0", "~")
            } else {
                segment.to_owned()
            }
        })
    }

    /// Returns the pointer to what holds this, and the segment that leads from there; `None` for the whole document.
    #[must_use]
    pub fn split(&self) -> Option<(Self, String)> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some((Self(parent.to_owned()), self.segments().last()?))
    }

    /// Returns the pointer to the whole of the document `name`, one that the root document refers to.
    pub(crate) fn to_document(name: &str) -> Self {
        Self::of([DOCUMENTS, name])
    }

    /// Returns whether this leads into a document that the root document refers to.
    pub(crate) fn is_foreign(&self) -> bool {
        self.below_documents().is_some()
    }

    /// Returns what follows the member [`DOCUMENTS`].
    fn below_documents(&self) -> Option<&str> {
        let below = self.0.strip_prefix('/')?.strip_prefix(DOCUMENTS)?;
        (below.is_empty() || below.starts_with('/')).then_some(below)
    }

    /// Returns the name of the document, and the pointer within it; the root document has no name.
    #[must_use]
    pub fn in_document(&self) -> (Option<String>, Self) {
        let Some(below) = self.below_documents() else {
            return (None, self.clone());
        };
        let name = Self(below.to_owned()).segments().next().unwrap_or_default();
        let start = below
            .get(1..)
            .and_then(|text| text.find('/'))
            .map_or(below.len(), |at| at + 1);
        (Some(name), Self(below[start..].to_owned()))
    }

    /// Returns the pointer as a URI reference, as people read it: `#/a/b`, `schemas/pet.yaml#/a/b`, or `schemas/pet.yaml`.
    #[must_use]
    pub fn address(&self) -> String {
        match self.in_document() {
            (Some(document), pointer) if pointer.0.is_empty() => document,
            (document, pointer) => format!("{}#{}", document.unwrap_or_default(), pointer.0),
        }
    }

    /// Returns this and the pointers to what it lies in, the nearest first.
    pub(crate) fn ancestors(&self) -> impl Iterator<Item = Self> {
        let mut next = Some(self.0.as_str());
        std::iter::from_fn(move || {
            let text = next?;
            next = text.rfind('/').map(|slash| &text[..slash]);
            Some(Self(text.to_owned()))
        })
    }

    /// Returns the rest of this pointer below `above`, if it lies there.
    pub(crate) fn below(&self, above: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(&above.0)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self(rest.to_owned()))
    }

    /// Returns the string form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether this is `other` or lies below it.
    #[must_use]
    pub fn starts_with(&self, other: &Pointer) -> bool {
        self.0
            .strip_prefix(&other.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_foreign() {
            formatter.write_str(&self.address())
        } else {
            formatter.write_str(&self.0)
        }
    }
}

/// An index has no leading zeros ([RFC 6901 §4](https://www.rfc-editor.org/rfc/rfc6901#section-4)).
pub(crate) fn array_index(segment: &str) -> Option<usize> {
    let canonical = segment == "0" || !segment.starts_with(['0', '+']);
    canonical.then(|| segment.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn segments_are_escaped_and_unescaped() {
        let pointer = Pointer::of(["paths", "/data/{id}", "a~b"]);
        assert_eq!(pointer.as_str(), "/paths/~1data~1{id}/a~0b");
        assert_eq!(pointer.segments().collect::<Vec<_>>(), ["paths", "/data/{id}", "a~b"]);
    }

    #[test]
    fn fragments_are_percent_decoded() {
        assert_eq!(Pointer::parse_fragment("/a%20b").unwrap().as_str(), "/a b");
        assert_eq!(Pointer::parse_fragment("/a%2"), None);
        assert_eq!(Pointer::parse_fragment("name"), None);
        assert_eq!(Pointer::parse_fragment("").unwrap(), Pointer::root());
        assert_eq!(Pointer::parse("/a~2"), None);
    }

    #[test]
    fn the_last_segment_is_split_off() {
        let parent = Pointer::of(["paths", "/a"]);
        assert_eq!(parent.child("x/y").split(), Some((parent, "x/y".to_owned())));
        assert_eq!(Pointer::root().split(), None);
    }

    #[test]
    fn a_pointer_into_another_document_names_it() {
        let whole = Pointer::to_document("schemas/pet.yaml");
        assert_eq!(whole.to_string(), "schemas/pet.yaml");
        let name = whole.child("properties").child("a/b");
        assert_eq!(name.to_string(), "schemas/pet.yaml#/properties/a~1b");
        assert_eq!(name.address(), name.to_string());
        let within = Pointer::of(["properties", "a/b"]);
        assert_eq!(
            name.in_document(),
            (Some("schemas/pet.yaml".to_owned()), within.clone())
        );
        assert!(whole.is_foreign() && name.is_foreign() && !within.is_foreign());
        assert_eq!(within.in_document(), (None, within.clone()));
        assert_eq!(within.address(), "#/properties/a~1b");
        assert_eq!(name.below(&whole), Some(within));
        assert_eq!(Pointer::parse_fragment(&name.to_fragment()[1..]), Some(name));
    }

    #[test]
    fn lies_below_by_segments() {
        assert!(Pointer::of(["a", "b"]).starts_with(&Pointer::of(["a"])));
        assert!(!Pointer::of(["ab"]).starts_with(&Pointer::of(["a"])));
    }
}
