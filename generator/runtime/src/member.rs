//! Reads the members of objects that a type of the document has fields for.

use std::borrow::Cow;

use super::codec::Decode;
use super::fault::Fault;
use super::json::Json;
use super::kind::Kind;
use super::reader::Reader;
use super::schema::{Keyword, Schema};

impl<'j> Reader<'j> {
    /// Reads the value of the member `name`, whose schema asks for no `null`.
    ///
    /// A `null` stands for no value in many an API, documented or not. It is
    /// kept among the `other` members, so that it is written back and
    /// validation can report it, and the member itself stays absent.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn optional<T: Decode>(
        &mut self,
        slot: &mut Option<T>,
        name: Cow<'j, str>,
        other: &mut Vec<(String, Json)>,
    ) -> Result<(), Fault> {
        if self.peek()? == Kind::Null && !T::accepts(Kind::Null) {
            self.null()?;
            other.push((name.into_owned(), Json::Null));
        } else {
            *slot = Some(T::decode(self)?);
        }
        Ok(())
    }

    /// Reads the next element of the open array, while there is `more`.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn element<T: Decode>(&mut self, more: &mut bool) -> Result<Option<T>, Fault> {
        if !*more {
            return Ok(None);
        }
        let value = T::decode(self)?;
        *more = self.next_element()?;
        Ok(Some(value))
    }

    /// Reads the elements that the open array has left, while there is `more`.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn rest<T: Decode>(&mut self, mut more: bool) -> Result<Vec<T>, Fault> {
        let mut elements = Vec::new();
        while let Some(element) = self.element(&mut more)? {
            elements.push(element);
        }
        Ok(elements)
    }

    /// Reads the next value if it is no object, for a type whose schema does not ask for one.
    ///
    /// # Errors
    ///
    /// When the text is no JSON.
    pub fn instead(&mut self) -> Result<Option<Box<Json>>, Fault> {
        if self.peek()? == Kind::Object {
            Ok(None)
        } else {
            self.json().map(|value| Some(Box::new(value)))
        }
    }

    /// Reads the value of a member that the document does not declare.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn keep(&mut self, name: Cow<'j, str>, other: &mut Vec<(String, Json)>) -> Result<(), Fault> {
        let value = self.json()?;
        other.push((name.into_owned(), value));
        Ok(())
    }

    /// Reads a member of a map whose schema allows the kinds of `T` alone.
    ///
    /// A value of another kind belongs to no declared member either, so it is
    /// kept among the `other` ones.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn entry<T: Decode>(
        &mut self,
        name: Cow<'j, str>,
        entries: &mut Vec<(String, T)>,
        other: &mut Vec<(String, Json)>,
    ) -> Result<(), Fault> {
        if T::accepts(self.peek()?) {
            let value = T::decode(self)?;
            entries.push((name.into_owned(), value));
            Ok(())
        } else {
            self.keep(name, other)
        }
    }

    /// Reads a member of a map for the names that match a pattern of `schema`.
    ///
    /// What the map cannot hold and no pattern names is kept among the `other` members,
    /// as is a value of another kind than the map's.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn entry_by_pattern<T: Decode>(
        &mut self,
        schema: &Schema,
        name: Cow<'j, str>,
        entries: &mut Vec<(String, T)>,
        other: &mut Vec<(String, Json)>,
    ) -> Result<(), Fault> {
        if !T::accepts(self.peek()?) {
            return self.keep(name, other);
        }
        let (start, depth) = (self.offset()?, self.depth());
        match T::decode(self) {
            Ok(value) => {
                entries.push((name.into_owned(), value));
                Ok(())
            }
            Err(fault) if !fault.is_syntax() && !schema.names_by_pattern(&name) => {
                self.rewind(start, depth);
                self.keep(name, other)
            }
            Err(fault) => Err(fault),
        }
    }
}

impl Schema {
    /// Returns whether a pattern under `patternProperties` matches `name`.
    fn names_by_pattern(&self, name: &str) -> bool {
        self.0.iter().any(|keyword| match keyword {
            Keyword::PatternProperties(schemas) => schemas.iter().any(|(pattern, _)| pattern.is_match(name)),
            Keyword::Reference(schema) => schema.names_by_pattern(name),
            Keyword::AllOf(schemas) => schemas.iter().any(|schema| schema.names_by_pattern(name)),
            _ => false,
        })
    }
}
