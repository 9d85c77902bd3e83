//! The room that documentation has.

/// How many columns a line has.
const LINE: usize = 100;

/// How long the lines of a documentation get.
#[derive(Debug, Clone, Copy)]
pub(in crate::emit) struct Room {
    /// The columns of a line of text.
    pub(in crate::emit) width: usize,
    /// The columns of the first line that other text has.
    pub(in crate::emit) taken: usize,
}

impl Room {
    /// At a file or a module.
    pub(in crate::emit) const FILE: Self = Self::indented(0);
    /// At an item in a declaration, a field of a struct or a method.
    pub(in crate::emit) const ITEM: Self = Self::indented(4);
    /// At a field or variant in a declaration.
    pub(in crate::emit) const MEMBER: Self = Self::indented(8);
    /// A single line.
    pub(in crate::emit) const LINE: Self = Self {
        width: usize::MAX,
        taken: 0,
    };

    const fn indented(columns: usize) -> Self {
        Self {
            width: LINE - columns - "/// ".len(),
            taken: 0,
        }
    }

    /// Returns the room behind words that stand in the first line.
    pub(in crate::emit) fn behind(self, words: &str) -> Self {
        Self {
            taken: self.taken + words.chars().count(),
            ..self
        }
    }

    /// Returns the room in an item of a list, behind its name.
    pub(in crate::emit) fn in_item(self, name: &str) -> Self {
        let item = Self {
            width: self.width - "- ".len(),
            ..self
        };
        item.behind(&format!("`{name}`: "))
    }

    /// Returns the room of lines of which none is begun.
    pub(in crate::emit) fn below(self) -> Self {
        Self { taken: 0, ..self }
    }
}
