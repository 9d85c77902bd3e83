//! Borrowed values for the validator. Their strings are borrowed from the text or the value.

use std::borrow::Cow;

use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::kind::Kind;
use crate::runtime::json::map::keep_last;
use crate::runtime::json::number::Number;
use crate::runtime::json::reader::Reader;
use crate::runtime::json::value::Json;
use crate::runtime::schema::validate::DEEPEST_VALUE;

/// A borrowed JSON value.
#[derive(Debug)]
pub(crate) enum View<'t> {
    Null,
    Bool(bool),
    Number(Number),
    String(Cow<'t, str>),
    Array(Vec<View<'t>>),
    Object(Members<'t>),
    /// A value that the document does not list, but that is accepted.
    Unknown(Box<View<'t>>),
    /// A value that is nested too deep to be validated.
    Deep(&'t Json),
}

/// The properties of an object, without duplicate names.
#[derive(Debug)]
pub(crate) struct Members<'t>(Vec<(Cow<'t, str>, View<'t>)>);

impl<'t> View<'t> {
    /// Returns the view of a JSON text.
    ///
    /// The text was written by the writer, so it is valid. A value that is nested too deep to be read has no view.
    pub(crate) fn of_text(text: &'t str) -> Self {
        Self::of_encoded(text, &[])
    }

    /// The same for a text with unknown values at the offsets `unknown`, in order.
    pub(crate) fn of_encoded(text: &'t str, unknown: &[usize]) -> Self {
        let mut reader = Reader::new(text);
        let view = reader.view(unknown).and_then(|view| reader.finish().map(|()| view));
        view.unwrap_or(Self::Null)
    }

    /// Returns the view of a value.
    pub(crate) fn of(value: &'t Json) -> Self {
        Self::within(value, DEEPEST_VALUE + 1)
    }

    fn within(value: &'t Json, levels: usize) -> Self {
        let below = levels.saturating_sub(1);
        match value {
            Json::Array(_) | Json::Object(_) if levels == 0 => Self::Deep(value),
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(number) => Self::Number(number.clone()),
            Json::String(text) => Self::String(Cow::Borrowed(text)),
            Json::Array(elements) => Self::Array(elements.iter().map(|element| Self::within(element, below)).collect()),
            Json::Object(members) => {
                let members = members.iter();
                Self::Object(Members(
                    members
                        .map(|(name, value)| (Cow::Borrowed(name), Self::within(value, below)))
                        .collect(),
                ))
            }
        }
    }

    /// Returns an owned copy of the value.
    pub(crate) fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(*value),
            Self::Number(number) => Json::Number(number.clone()),
            Self::String(text) => Json::String(text.clone().into_owned()),
            Self::Array(elements) => Json::Array(elements.iter().map(View::to_json).collect()),
            Self::Object(members) => {
                let members = members.iter();
                Json::Object(members.map(|(name, value)| (name, value.to_json())).collect())
            }
            Self::Unknown(value) => value.to_json(),
            Self::Deep(value) => (*value).clone(),
        }
    }
}

impl<'t> Members<'t> {
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &View<'t>)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&View<'t>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(crate) fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl<'j> Reader<'j> {
    /// Returns the view of the next value. Values at the offsets `unknown`, in order, are unknown.
    ///
    /// # Errors
    ///
    /// If the text is not valid JSON.
    pub(crate) fn view(&mut self, unknown: &[usize]) -> Result<View<'j>, Fault> {
        if !unknown.is_empty() && unknown.binary_search(&self.offset()?).is_ok() {
            return Ok(View::Unknown(Box::new(self.view(&[])?)));
        }
        Ok(match self.peek()? {
            Kind::Null => {
                self.null()?;
                View::Null
            }
            Kind::Boolean => View::Bool(self.boolean()?),
            Kind::Number => View::Number(self.number()?),
            Kind::String => View::String(self.string()?),
            Kind::Array => {
                let mut elements = Vec::new();
                let mut more = self.begin_array()?;
                while more {
                    elements.push(self.view(unknown)?);
                    more = self.next_element()?;
                }
                View::Array(elements)
            }
            Kind::Object => {
                let mut key = self.begin_object()?;
                // Most objects have few properties, and most views are dropped soon.
                let mut members = Vec::with_capacity(if key.is_some() { 8 } else { 0 });
                while let Some(name) = key {
                    members.push((name, self.view(unknown)?));
                    key = self.next_key()?;
                }
                keep_last(&mut members);
                View::Object(Members(members))
            }
        })
    }
}
