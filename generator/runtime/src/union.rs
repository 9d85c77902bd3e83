//! Unions: which branch a value belongs to, and values that belong to none.

use std::cmp::Reverse;
use std::fmt;

use super::codec::Encode;
use super::described::Described;
use super::fault::Fault;
use super::json::Json;
use super::reader::{Kind, Reader};
use super::schema::{Keyword, Schema};
use super::validate::Violation;
use super::view::View;
use super::writer::Writer;

/// A value that no branch of a union takes, in a reply of a newer server.
///
/// Only decoding makes one. Sending it back is allowed, since it is the
/// server's own word; validation reports it.
#[derive(Debug, Clone)]
pub struct UnknownBranch(Box<Refused>);

/// What is known of such a value; behind a pointer, so that it makes no union larger.
#[derive(Debug, Clone)]
struct Refused {
    value: Json,
    reason: String,
    schema: &'static Schema,
}

impl UnknownBranch {
    /// Returns the value.
    #[must_use]
    pub fn value(&self) -> &Json {
        &self.0.value
    }

    /// Returns why the branch that came closest could not be read; places are those within the value.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Returns why each branch refuses the value, in the document's order; pointers start at the value.
    #[must_use]
    pub fn reasons(&self) -> Vec<Vec<Violation>> {
        let violations = self.0.schema.validate(&self.0.value);
        let of_value = violations.into_iter().filter(|violation| violation.pointer.is_empty());
        let branches = of_value.map(|violation| violation.branches);
        branches.max_by_key(Vec::len).unwrap_or_default()
    }
}

/// Two are equal when their values are.
impl PartialEq for UnknownBranch {
    fn eq(&self, other: &Self) -> bool {
        self.0.value == other.0.value
    }
}

impl Eq for UnknownBranch {}

impl fmt::Display for UnknownBranch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.value)
    }
}

impl Encode for UnknownBranch {
    fn encode(&self, writer: &mut Writer) {
        self.0.value.encode(writer);
    }
}

impl<'j> Reader<'j> {
    /// Starts another reader at the next value, to look ahead.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn fork(&mut self) -> Result<Reader<'j>, Fault> {
        let start = self.offset()?;
        let mut ahead = Reader::new(self.text());
        ahead.rewind(start, self.depth());
        Ok(ahead)
    }

    /// Decides a union: `decode` tries the branch that fits, and what it refuses
    /// becomes `unknown`.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, or for a fault that makes no branch fit.
    pub fn union<T: Described>(
        &mut self,
        decode: impl FnOnce(&mut Self, Kind) -> Result<T, Fault>,
        unknown: fn(UnknownBranch) -> T,
    ) -> Result<T, Fault> {
        let start = self.offset()?;
        let depth = self.depth();
        let kind = self.peek()?;
        match decode(self, kind) {
            Err(fault) if !fault.is_syntax() => {
                self.rewind(start, depth);
                let value = self.json()?;
                let reason = fault.into_error_within(self.text_since(start), start).to_string();
                let schema = T::schema();
                Ok(unknown(UnknownBranch(Box::new(Refused { value, reason, schema }))))
            }
            decided => decided,
        }
    }

    /// Returns the fault of a value that is of no kind which the union takes.
    ///
    /// # Errors
    ///
    /// Always: it is the fault.
    pub fn no_branch<T>(&mut self, kind: Kind) -> Result<T, Fault> {
        Err(Fault::expected(
            self.offset()?,
            "a value of one of the union's branches",
            kind.words(),
        ))
    }

    /// Returns the string member `name` of the object ahead: its discriminator
    /// ([OpenAPI 3.0.4 §4.7.25](https://spec.openapis.org/oas/v3.0.4.html#discriminator-object)).
    ///
    /// # Errors
    ///
    /// When the text is no JSON, or for a fault that makes no branch fit.
    pub fn discriminator(&mut self, name: &str) -> Result<String, Fault> {
        let mut ahead = self.fork()?;
        let start = ahead.offset()?;
        let mut key = ahead.begin_object()?;
        while let Some(found) = key {
            if found == name {
                return Ok(ahead.string()?.into_owned());
            }
            ahead.skip()?;
            key = ahead.next_key()?;
        }
        Err(Fault::expected(
            start,
            format!("the discriminator {name:?}"),
            "an object without it",
        ))
    }

    /// Returns the fault of a discriminator that names no branch.
    ///
    /// # Errors
    ///
    /// Always: it is the fault.
    pub fn undeclared<T>(&mut self, discriminator: &str) -> Result<T, Fault> {
        Err(Fault::expected(
            self.offset()?,
            "a discriminator that the document maps",
            discriminator,
        ))
    }

    /// Returns which of `branches` the value ahead fits best: the one with the
    /// fewest violations, among equals the one that declares most of the
    /// object's members, among equals the first.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, or for a fault that makes no branch fit.
    pub fn closest(&mut self, branches: &[&Schema]) -> Result<usize, Fault> {
        let value = self.fork()?.view()?;
        let mut order: Vec<_> = branches.iter().enumerate().collect();
        order.sort_by_key(|(_, schema)| Reverse(schema.declared(&value)));
        // A verdict is had for less than a report, and one that holds ends the search.
        let valid = order.iter().find(|(_, schema)| schema.holds(&value, false));
        let best = valid.or_else(|| {
            order
                .iter()
                .min_by_key(|(_, schema)| schema.report(&value, false).len())
        });
        Ok(best.map_or(0, |(index, _)| *index))
    }
}

impl Schema {
    /// Returns how many members of `value` the schema declares by name.
    fn declared(&self, value: &View<'_>) -> usize {
        let View::Object(members) = value else { return 0 };
        let count = |keyword: &Keyword| match keyword {
            Keyword::Reference(schema) => schema.declared(value),
            Keyword::Properties(properties) => properties.iter().filter(|(name, _)| members.contains_key(name)).count(),
            Keyword::AllOf(schemas) => schemas.iter().map(|schema| schema.declared(value)).sum(),
            _ => 0,
        };
        self.0.iter().map(count).sum()
    }
}
