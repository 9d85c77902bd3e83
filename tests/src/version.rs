//! The versions of OpenAPI that documents of cases are written in.

use std::ops::Range;

/// Where other spellings of a document lie, by the version of OpenAPI that they are written in.
pub const ALSO: [(Version, &str); 3] = [
    (Version::V2_0, "also_2_0.yaml"),
    (Version::V3_0, "also_3_0.yaml"),
    (Version::V3_1, "also_3_1.yaml"),
];

/// A version of OpenAPI that documents of cases are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// Swagger 2.0.
    V2_0,
    /// OpenAPI 3.0, with schemas of its own.
    V3_0,
    /// OpenAPI 3.1, with those of JSON Schema 2020-12.
    V3_1,
    /// OpenAPI 3.2.
    V3_2,
}

impl Version {
    /// Returns the number that a document of this version has, and how such numbers start.
    pub(crate) fn number(self) -> (&'static str, &'static str) {
        match self {
            Self::V2_0 => ("2.0", "2.0"),
            Self::V3_0 => ("3.0.3", "3.0."),
            Self::V3_1 => ("3.1.0", "3.1."),
            Self::V3_2 => ("3.2.0", "3.2."),
        }
    }

    /// Returns the version that a document of this one is compared with: the words of Swagger 2.0 are those of no other.
    #[must_use]
    pub fn other(self) -> Option<Self> {
        match self {
            Self::V3_0 | Self::V3_2 => Some(Self::V3_1),
            Self::V3_1 => Some(Self::V3_0),
            Self::V2_0 => None,
        }
    }

    /// Returns the version of a document, and where its number stands.
    pub(crate) fn of(text: &str) -> Option<(Self, Range<usize>)> {
        let start = text.find("openapi").or_else(|| text.find("swagger"))?;
        let start = start + text[start..].find(|letter: char| letter.is_ascii_digit())?;
        let rest = text[start..].find(|letter: char| letter != '.' && !letter.is_ascii_digit());
        let place = start..rest.map_or(text.len(), |length| start + length);
        [Self::V2_0, Self::V3_0, Self::V3_1, Self::V3_2]
            .into_iter()
            .find(|version| text[place.clone()].starts_with(version.number().1))
            .map(|version| (version, place))
    }
}
