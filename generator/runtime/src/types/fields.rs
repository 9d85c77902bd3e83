//! Decodes the properties of objects.

use std::borrow::Cow;

use crate::runtime::json::codec::Decode;
use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::kind::Kind;
use crate::runtime::json::reader::Reader;
use crate::runtime::json::value::Json;
use crate::runtime::schema::keywords::{Keyword, Schema};

impl<'j> Reader<'j> {
    /// Decodes the next element of the current array, if there is `more`.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn element<T: Decode>(&mut self, more: &mut bool) -> Result<Option<T>, Fault> {
        if !*more {
            return Ok(None);
        }
        let value = T::decode(self)?;
        *more = self.next_element()?;
        Ok(Some(value))
    }

    /// Decodes the remaining elements of the current array, if there is `more`.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn rest<T: Decode>(&mut self, mut more: bool) -> Result<Vec<T>, Fault> {
        let mut elements = Vec::new();
        while let Some(element) = self.element(&mut more)? {
            elements.push(element);
        }
        Ok(elements)
    }

    /// Decodes the next value if it is not an object, for a schema without `type: object`.
    ///
    /// # Errors
    ///
    /// If the text is not valid JSON.
    pub fn non_object(&mut self) -> Result<Option<Box<Json>>, Fault> {
        if self.peek()? == Kind::Object {
            Ok(None)
        } else {
            self.json().map(|value| Some(Box::new(value)))
        }
    }

    /// Keeps the value of a property that the schema does not define.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn keep_unknown(&mut self, name: Cow<'j, str>, unknown_fields: &mut Vec<(String, Json)>) -> Result<(), Fault> {
        let value = self.json()?;
        unknown_fields.push((name.into_owned(), value));
        Ok(())
    }

    /// Decodes an additional property whose schema allows only the JSON types of `T`.
    ///
    /// A value of another JSON type is kept in `unknown_fields`.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn additional_property<T: Decode>(
        &mut self,
        name: Cow<'j, str>,
        additional_properties: &mut Vec<(String, T)>,
        unknown_fields: &mut Vec<(String, Json)>,
    ) -> Result<(), Fault> {
        if T::accepts(self.peek()?) {
            let value = T::decode(self)?;
            additional_properties.push((name.into_owned(), value));
            Ok(())
        } else {
            self.keep_unknown(name, unknown_fields)
        }
    }

    /// Decodes an additional property whose name has to match a pattern of `schema`.
    ///
    /// A value that does not fit the map is kept in `unknown_fields`, if no pattern matches its name or its JSON type
    /// is not that of the map.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn additional_property_by_pattern<T: Decode>(
        &mut self,
        schema: &Schema,
        name: Cow<'j, str>,
        additional_properties: &mut Vec<(String, T)>,
        unknown_fields: &mut Vec<(String, Json)>,
    ) -> Result<(), Fault> {
        if !T::accepts(self.peek()?) {
            return self.keep_unknown(name, unknown_fields);
        }
        let (start, depth) = (self.offset()?, self.depth());
        match T::decode(self) {
            Ok(value) => {
                additional_properties.push((name.into_owned(), value));
                Ok(())
            }
            Err(fault) if !fault.is_syntax() && !schema.names_by_pattern(&name) => {
                self.rewind(start, depth);
                self.keep_unknown(name, unknown_fields)
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
