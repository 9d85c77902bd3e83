//! JSON Pointers ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)).

use std::fmt;
use std::fmt::Write as _;

/// A JSON Pointer in its string form: empty for the whole document, else `/a/b`.
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
        segments
            .into_iter()
            .fold(Self::root(), |pointer, segment| pointer.child(segment.as_ref()))
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
        text.push('/');
        if segment.contains(['~', '/']) {
            text.push_str(&segment.replace('~', "~0").replace('/', "~1"));
        } else {
            text.push_str(segment);
        }
        Self(text)
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
        formatter.write_str(&self.0)
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
    fn lies_below_by_segments() {
        assert!(Pointer::of(["a", "b"]).starts_with(&Pointer::of(["a"])));
        assert!(!Pointer::of(["ab"]).starts_with(&Pointer::of(["a"])));
    }
}
