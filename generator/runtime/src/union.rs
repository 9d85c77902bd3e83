//! Unions: which branch a value belongs to, and values that belong to none.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt;

use super::codec::Encode;
use super::described::Described;
use super::fault::Fault;
use super::json::Json;
use super::kind::Kind;
use super::reader::Reader;
use super::schema::{Keyword, Schema};
use super::validate::Violation;
use super::writer::Writer;

/// A value that no branch of a union takes, in a reply of a newer server.
///
/// Only decoding makes one. A request may send it back, since it is the
/// server's own word; [`Described::validate`] reports it.
#[derive(Clone)]
pub struct UnknownBranch(Box<Refused>);

/// What is known of such a value; behind a pointer, so that it makes no union larger.
#[derive(Clone)]
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
    ///
    /// Where a discriminator chooses the branch, why that one does.
    #[must_use]
    pub fn reasons(&self) -> Vec<Vec<Violation>> {
        let violations = self.0.schema.validate(&self.0.value);
        let of_value = violations.iter().filter(|violation| violation.pointer.is_empty());
        let branches = of_value
            .map(|violation| &violation.branches)
            .max_by_key(|branches| branches.len());
        match branches {
            Some(branches) if !branches.is_empty() => branches.clone(),
            _ if violations.is_empty() => Vec::new(),
            _ => vec![violations],
        }
    }
}

/// Shows the value as JSON, and the first that each branch has against it.
impl fmt::Debug for UnknownBranch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons = self
            .reasons()
            .into_iter()
            .filter_map(|branch| branch.into_iter().next());
        let mut reasons: Vec<String> = reasons.map(|violation| violation.to_string()).collect();
        if reasons.is_empty() {
            // Some branch holds, but what decided the union chose another.
            reasons.push(self.reason().to_owned());
        }
        formatter
            .debug_struct("UnknownBranch")
            .field("value", &format_args!("{}", self.0.value))
            .field("reasons", &reasons)
            .finish()
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
        writer.unknown(&self.0.value);
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
    /// object's members, among equals the first. Where the names of the members
    /// leave one branch alone, and none declares more of them, it is that one.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, or for a fault that makes no branch fit.
    pub fn closest(&mut self, branches: &[&Schema]) -> Result<usize, Fault> {
        let names = self.fork()?.names()?;
        let branches = branches.iter().enumerate();
        let mut order: Vec<_> = branches
            .map(|(index, schema)| (schema.declared(&names), index, *schema))
            .collect();
        order.sort_by_key(|(declared, ..)| Reverse(*declared));
        // Where the names leave one branch, and it knows most of them, nobody has to look at the values.
        let mut open = order.iter().filter(|(.., schema)| !schema.is_closed_to(&names));
        if let (Some((declared, index, _)), None) = (open.next(), open.next())
            && *declared == order[0].0
        {
            return Ok(*index);
        }
        let value = self.fork()?.view(&[])?;
        // A verdict is had for less than a report, and one that holds ends the search.
        let valid = order.iter().find(|(.., schema)| schema.holds(&value, false));
        let best = valid.or_else(|| {
            let order = order.iter();
            order.min_by_key(|(.., schema)| schema.report(&value, false).len())
        });
        Ok(best.map_or(0, |(_, index, _)| *index))
    }

    /// Returns the names of the members, where the next value is an object.
    fn names(&mut self) -> Result<Vec<Cow<'j, str>>, Fault> {
        let mut names = Vec::with_capacity(16);
        if self.peek()? == Kind::Object {
            let mut next = self.begin_object()?;
            while let Some(name) = next {
                names.push(name);
                self.skip()?;
                next = self.next_key()?;
            }
        }
        Ok(names)
    }
}

impl Schema {
    /// Returns how many of `names` the schema declares.
    fn declared(&self, names: &[Cow<'_, str>]) -> usize {
        let count = |keyword: &Keyword| match keyword {
            Keyword::Reference(schema) => schema.declared(names),
            Keyword::Properties(properties) => {
                let is_there = |name: &str| names.iter().any(|known| known == name);
                properties.iter().filter(|(name, _)| is_there(name)).count()
            }
            Keyword::AllOf(schemas) => schemas.iter().map(|schema| schema.declared(names)).sum(),
            _ => 0,
        };
        self.0.iter().map(count).sum()
    }

    /// Returns whether the schema refuses any object whose members have these names. It may also refuse one of
    /// which this says no.
    fn is_closed_to(&self, names: &[Cow<'_, str>]) -> bool {
        let mut known: &[(&str, &Schema)] = &[];
        let mut is_closed = false;
        for keyword in self.0 {
            match keyword {
                Keyword::Reference(schema) if schema.is_closed_to(names) => return true,
                Keyword::AllOf(schemas) if schemas.iter().any(|schema| schema.is_closed_to(names)) => return true,
                Keyword::Properties(properties) => known = properties,
                Keyword::AdditionalProperties(Schema([Keyword::Never])) => is_closed = true,
                Keyword::PatternProperties(_) => return false,
                _ => {}
            }
        }
        let is_known = |name: &str| known.iter().any(|(known, _)| *known == name);
        is_closed && !names.iter().all(|name| is_known(name))
    }
}
