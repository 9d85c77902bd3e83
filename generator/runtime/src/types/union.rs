//! Unions: chooses the variant of a value, and keeps values of no known variant.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt;

use crate::runtime::json::codec::Encode;
use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::kind::{Kind, kinds};
use crate::runtime::json::reader::Reader;
use crate::runtime::json::value::Json;
use crate::runtime::json::writer::Writer;
use crate::runtime::schema::has_schema::HasSchema;
use crate::runtime::schema::keywords::{Keyword, Schema};
use crate::runtime::schema::validate::Violation;
use crate::runtime::types::variants::{Chosen, Variant};

/// A value that matches no subschema of the union, in a response of a newer server.
///
/// Only decoding creates it. A request may send it back, since the server sent it; [`HasSchema::validate`] reports it.
#[derive(Clone)]
pub struct UnknownValue(Box<Refused>);

/// The contents, boxed to keep unions small.
#[derive(Clone)]
struct Refused {
    value: Json,
    reason: String,
    schema: &'static Schema,
}

impl UnknownValue {
    /// Returns the value.
    #[must_use]
    pub fn value(&self) -> &Json {
        &self.0.value
    }

    /// Returns why the value could not be decoded as the best matching variant. Positions are relative to the value.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Returns the violations of each subschema, in document order. Pointers are relative to the value.
    ///
    /// If a discriminator selects the subschema, only its violations are returned.
    #[must_use]
    pub fn reasons(&self) -> Vec<Vec<Violation>> {
        let violations = self.0.schema.validate(&self.0.value);
        let of_value = violations.iter().filter(|violation| violation.pointer.is_empty());
        let subschemas = of_value
            .map(|violation| &violation.subschemas)
            .max_by_key(|subschemas| subschemas.len());
        match subschemas {
            Some(subschemas) if !subschemas.is_empty() => subschemas.clone(),
            _ if violations.is_empty() => Vec::new(),
            _ => vec![violations],
        }
    }
}

/// Prints the value as JSON, and the first violation of each subschema.
impl fmt::Debug for UnknownValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons = self
            .reasons()
            .into_iter()
            .filter_map(|subschema| subschema.into_iter().next());
        let mut reasons: Vec<String> = reasons.map(|violation| violation.to_string()).collect();
        if reasons.is_empty() {
            // The value is valid for another subschema than the one that was selected.
            reasons.push(self.reason().to_owned());
        }
        formatter
            .debug_struct("UnknownValue")
            .field("value", &format_args!("{}", self.0.value))
            .field("reasons", &reasons)
            .finish()
    }
}

/// Equal if the values are equal.
impl PartialEq for UnknownValue {
    fn eq(&self, other: &Self) -> bool {
        self.0.value == other.0.value
    }
}

impl Eq for UnknownValue {}

impl fmt::Display for UnknownValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.value)
    }
}

impl Encode for UnknownValue {
    fn encode(&self, writer: &mut Writer) {
        writer.unknown(&self.0.value);
    }
}

/// The schemas of the variants of a union, in the order of the variants.
type Schemas = &'static [&'static Schema];

/// Where a union begins.
#[derive(Debug, Clone, Copy)]
pub struct Begin {
    offset: usize,
    depth: usize,
}

impl<'j> Reader<'j> {
    /// Returns another reader at the next value, to look ahead.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn fork(&mut self) -> Result<Reader<'j>, Fault> {
        let start = self.offset()?;
        let mut ahead = Reader::new(self.text());
        ahead.rewind(start, self.depth());
        Ok(ahead)
    }

    /// Returns where a union begins.
    ///
    /// # Errors
    ///
    /// If the text is not valid JSON.
    pub fn begin_union(&mut self) -> Result<Begin, Fault> {
        let offset = self.offset()?;
        let depth = self.depth();
        self.peek()?;
        Ok(Begin { offset, depth })
    }

    /// Returns what was decoded of a union. A value that no variant takes becomes `unknown`.
    ///
    /// # Errors
    ///
    /// If the text is not valid JSON.
    pub fn end_union<T: HasSchema>(
        &mut self,
        begin: Begin,
        decoded: Result<T, Fault>,
        unknown: fn(UnknownValue) -> T,
    ) -> Result<T, Fault> {
        match decoded {
            Err(fault) if !fault.is_syntax() => {
                let Begin { offset, depth } = begin;
                self.rewind(offset, depth);
                let value = self.json()?;
                let reason = fault.into_error_within(self.text_since(offset), offset).to_string();
                let schema = T::schema();
                Ok(unknown(UnknownValue(Box::new(Refused { value, reason, schema }))))
            }
            other => other,
        }
    }

    /// Chooses a variant by the JSON type of the next value, and among those of one type by their schemas.
    ///
    /// # Errors
    ///
    /// If the text is not valid JSON, or no variant has the type.
    pub fn variant(&mut self, variants: &[Variant], schemas: Schemas) -> Result<Chosen, Fault> {
        let kind = self.peek()?;
        self.among(variants, schemas, |variant| kinds::has(variant.0, kind))
    }

    /// Chooses the variant of an object by the property `name`, if one has its value; else by the schemas of the variants
    /// that no value chooses. Chooses that of another value as [`Reader::variant`] does.
    ///
    /// # Errors
    ///
    /// If the text is not valid JSON, or no variant matches.
    pub fn variant_by(&mut self, name: &str, variants: &[Variant], schemas: Schemas) -> Result<Chosen, Fault> {
        let kind = self.peek()?;
        let is_candidate = |variant: &Variant| kinds::has(variant.0, kind);
        if kind != Kind::Object || !variants.iter().any(is_candidate) {
            return self.variant(variants, schemas);
        }
        let is_open = |variant: &Variant| is_candidate(variant) && variant.1.is_empty();
        if !variants.iter().any(is_open) {
            return self.variant_only_by(name, variants, schemas);
        }
        let value = self.discriminator(name);
        match value.ok().and_then(|value| Chosen::by(&value, variants)) {
            Some(chosen) => Ok(chosen),
            None => self.among(variants, schemas, is_open),
        }
    }

    /// Chooses a variant by the property `name` alone.
    ///
    /// # Errors
    ///
    /// If the text is not valid JSON, or no variant has the value of the property.
    pub fn variant_only_by(&mut self, name: &str, variants: &[Variant], _: Schemas) -> Result<Chosen, Fault> {
        let value = self.discriminator(name)?;
        match Chosen::by(&value, variants) {
            Some(chosen) => Ok(chosen),
            None => Err(Fault::expected(
                self.offset()?,
                "a discriminator value of the mapping",
                &value,
            )),
        }
    }

    /// Chooses the variant among candidates that matches the next value best.
    fn among(
        &mut self,
        variants: &[Variant],
        schemas: Schemas,
        is_candidate: impl Fn(&Variant) -> bool,
    ) -> Result<Chosen, Fault> {
        let candidates = || {
            let indexes = variants.iter().enumerate().filter(|(_, variant)| is_candidate(variant));
            indexes.map(|(index, _)| index)
        };
        match (candidates().next(), candidates().nth(1)) {
            (None, _) => self.no_variant(),
            (Some(only), None) => Ok(Chosen::new(only)),
            _ => {
                let candidates = candidates().filter_map(|index| Some((index, *schemas.get(index)?)));
                self.best_variant(candidates).map(Chosen::new)
            }
        }
    }

    /// Returns the error of a value whose JSON type no variant has.
    ///
    /// # Errors
    ///
    /// Always returns an error.
    pub fn no_variant<T>(&mut self) -> Result<T, Fault> {
        Err(Fault::expected(
            self.offset()?,
            "a value of one of the union's types",
            self.peek()?.words(),
        ))
    }

    /// Returns the value of the discriminator property `name` of the next object
    /// ([OpenAPI 3.0.4 §4.7.25](https://spec.openapis.org/oas/v3.0.4.html#discriminator-object)).
    ///
    /// # Errors
    ///
    /// If the text is not valid JSON, or no subschema of the union matches.
    fn discriminator(&mut self, name: &str) -> Result<String, Fault> {
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

    /// Returns the index of the candidate whose schema matches the next value best. That is the one with the fewest
    /// violations; among equals the one that defines most of the object's properties; among equals the first. If the
    /// property names rule out all schemas but one, and no other defines more of them, it is that one.
    ///
    /// # Errors
    ///
    /// If the text is not valid JSON.
    pub fn best_variant<'s>(&mut self, candidates: impl Iterator<Item = (usize, &'s Schema)>) -> Result<usize, Fault> {
        let names = self.fork()?.names()?;
        let mut order: Vec<_> = candidates
            .map(|(index, schema)| (schema.declared(&names), index, schema))
            .collect();
        order.sort_by_key(|(declared, ..)| Reverse(*declared));
        // If the names leave one subschema, and it declares most of them, the values need not be compared.
        let mut open = order.iter().filter(|(.., schema)| !schema.is_closed_to(&names));
        if let (Some((declared, index, _)), None) = (open.next(), open.next())
            && *declared == order[0].0
        {
            return Ok(*index);
        }
        let value = self.fork()?.view(&[])?;
        // `is_valid` is cheaper than a report, and a valid subschema ends the search.
        let valid = order.iter().find(|(.., schema)| schema.is_valid_view(&value, false));
        let best = valid.or_else(|| {
            let order = order.iter();
            order.min_by_key(|(.., schema)| schema.report(&value, false).len())
        });
        Ok(best.map_or(0, |(_, index, _)| *index))
    }

    /// Returns the names of the properties, if the next value is an object.
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
    /// Returns the schemas below `anyOf` or `oneOf`.
    #[must_use]
    pub fn subschemas(&self) -> &'static [&'static Schema] {
        let subschemas = self.0.iter().find_map(|keyword| match keyword {
            Keyword::AnyOf(schemas) | Keyword::OneOf(schemas) => Some(*schemas),
            _ => None,
        });
        subschemas.unwrap_or_default()
    }

    /// Returns the number of `names` that the schema defines.
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

    /// Returns whether the schema rejects every object with these property names. False means that it is not known.
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
