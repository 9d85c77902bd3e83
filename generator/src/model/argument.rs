//! Arguments of keywords, by their kinds, for what treats all keywords alike.

use super::TypeId;
use super::constraint::{Assertion, Constraints, Format, JsonTypes, Pattern};

/// An argument of a keyword.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument<'model> {
    /// A number of characters, elements or properties.
    Count(u64),
    /// The position of a subschema.
    Index(usize),
    /// A name, or a value or number as JSON text.
    Text(&'model str),
    /// JSON types.
    Types(JsonTypes),
    /// A regular expression.
    Pattern(&'model Pattern),
    /// A format.
    Format(Format),
    /// A named type, for its schema.
    Named(TypeId),
    /// A schema.
    Schema(&'model Constraints),
    /// Another keyword.
    Keyword(&'model Assertion),
    /// An argument that may be absent.
    Optional(Option<Box<Self>>),
    /// A list of arguments.
    List(Vec<Self>),
    /// What belongs to a name, pattern or value.
    Pair(Box<(Self, Self)>),
}

impl<'model> Argument<'model> {
    /// Returns the schemas that the argument holds directly.
    #[must_use]
    pub fn subschemas(self) -> Vec<&'model Constraints> {
        match self {
            Self::Schema(constraints) => vec![constraints],
            Self::Keyword(assertion) => assertion.subschemas(),
            Self::Optional(argument) => argument.map_or_else(Vec::new, |argument| argument.subschemas()),
            Self::List(arguments) => arguments.into_iter().flat_map(Self::subschemas).collect(),
            Self::Pair(pair) => [pair.0, pair.1].into_iter().flat_map(Self::subschemas).collect(),
            _ => Vec::new(),
        }
    }
}

/// Types of the arguments of keywords.
pub(super) trait AsArgument {
    /// Returns the argument by its kind.
    fn as_argument(&self) -> Argument<'_>;
}

impl AsArgument for u64 {
    fn as_argument(&self) -> Argument<'_> {
        Argument::Count(*self)
    }
}

impl AsArgument for usize {
    fn as_argument(&self) -> Argument<'_> {
        Argument::Index(*self)
    }
}

impl AsArgument for String {
    fn as_argument(&self) -> Argument<'_> {
        Argument::Text(self)
    }
}

impl AsArgument for JsonTypes {
    fn as_argument(&self) -> Argument<'_> {
        Argument::Types(*self)
    }
}

impl AsArgument for Pattern {
    fn as_argument(&self) -> Argument<'_> {
        Argument::Pattern(self)
    }
}

impl AsArgument for Format {
    fn as_argument(&self) -> Argument<'_> {
        Argument::Format(self)
    }
}

impl AsArgument for TypeId {
    fn as_argument(&self) -> Argument<'_> {
        Argument::Named(*self)
    }
}

impl AsArgument for Constraints {
    fn as_argument(&self) -> Argument<'_> {
        Argument::Schema(self)
    }
}

impl AsArgument for Box<Assertion> {
    fn as_argument(&self) -> Argument<'_> {
        Argument::Keyword(self)
    }
}

impl<T: AsArgument> AsArgument for Option<T> {
    fn as_argument(&self) -> Argument<'_> {
        Argument::Optional(self.as_ref().map(|argument| Box::new(argument.as_argument())))
    }
}

impl<T: AsArgument> AsArgument for Vec<T> {
    fn as_argument(&self) -> Argument<'_> {
        Argument::List(self.iter().map(AsArgument::as_argument).collect())
    }
}

impl<A: AsArgument, B: AsArgument> AsArgument for (A, B) {
    fn as_argument(&self) -> Argument<'_> {
        Argument::Pair(Box::new((self.0.as_argument(), self.1.as_argument())))
    }
}
