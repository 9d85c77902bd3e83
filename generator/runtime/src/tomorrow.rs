//! What a server may answer some day: replies that a newer version of it could send.
//!
//! A document grows. These are the ways in which it may do so without breaking anybody who reads it as
//! it is meant to be read, and two ways in which a network takes part; a caller's tests go through them.

use bytes::Bytes;
use http::StatusCode;

use super::codec::{to_json, to_string};
use super::described::Described;
use super::json::Json;
use super::mock_reply::MockReply;
use super::schema::{Keyword, Schema};

/// The name and the value of what is new.
const NEW: &str = "ofTomorrow";

/// How a reply differs from today's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Change {
    /// An object has a member that the document does not know.
    NewMember,
    /// A value of an enum is none of those that the document lists.
    NewEnumValue,
    /// A value of a union is of no branch that the document lists.
    NewBranch,
    /// A member is null.
    Null,
    /// The status is none that the document describes.
    NewStatus,
    /// The body breaks off.
    CutStream,
}

/// A reply that differs from today's in one place.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Tomorrow {
    /// How it differs.
    pub change: Change,
    /// Where: a JSON Pointer into the body.
    pub pointer: String,
    /// The reply.
    pub reply: MockReply,
}

/// Returns `today`, each time changed in one place, in all the ways that its schema gives room for.
///
/// There are as many as there are places; so `today` should be small.
#[must_use]
pub fn tomorrow<T: Described>(status: StatusCode, today: &T) -> Vec<Tomorrow> {
    let today = to_json(today);
    let reply = MockReply::json(status, &today);
    let mut walk = Walk {
        today: &today,
        reply: &reply,
        path: Vec::new(),
        found: Vec::new(),
    };
    walk.visit(&[T::schema()], &today);
    let mut found = walk.found;
    found.push(Tomorrow {
        change: Change::NewStatus,
        pointer: String::new(),
        // Assigned to nobody (https://www.iana.org/assignments/http-status-codes), in the same class.
        reply: reply.clone().with_status(unknown(status)),
    });
    let body = reply.body().cloned().unwrap_or_default();
    found.push(Tomorrow {
        change: Change::CutStream,
        pointer: String::new(),
        reply: reply.with_body(body.slice(..body.len() / 2)).cut(),
    });
    found
}

/// Returns a status of the same class that means nothing yet.
fn unknown(status: StatusCode) -> StatusCode {
    StatusCode::from_u16(status.as_u16() / 100 * 100 + 99).unwrap_or(status)
}

/// A step from a value into it.
#[derive(Clone, Copy)]
enum Step<'json> {
    Member(&'json str),
    Element(usize),
}

struct Walk<'json> {
    today: &'json Json,
    reply: &'json MockReply,
    path: Vec<Step<'json>>,
    found: Vec<Tomorrow>,
}

impl<'json> Walk<'json> {
    /// Looks at a value, of which all of `schemas` are asked.
    fn visit(&mut self, schemas: &[&'static Schema], value: &'json Json) {
        let mut parts = Parts::default();
        for schema in schemas {
            parts.collect(schema);
        }
        if parts.is_enum && matches!(value, Json::String(_)) {
            self.change(Change::NewEnumValue, |place| *place = Json::from(NEW));
        }
        if parts.is_union && !self.path.is_empty() {
            self.change(Change::NewBranch, |place| {
                let mut object = super::map::Map::new();
                object.insert(NEW, Json::Bool(true));
                *place = Json::Object(object);
            });
        }
        match value {
            Json::Object(members) => {
                self.change(Change::NewMember, |place| {
                    if let Json::Object(members) = place {
                        members.insert(NEW, Json::Bool(true));
                    }
                });
                for (name, member) in members.iter() {
                    self.path.push(Step::Member(name));
                    self.change(Change::Null, |place| *place = Json::Null);
                    self.visit(&parts.of_member(name), member);
                    self.path.pop();
                }
            }
            Json::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.path.push(Step::Element(index));
                    self.visit(&parts.of_element(index), element);
                    self.path.pop();
                }
            }
            _ => {}
        }
    }

    /// Adds today's value with one change at the place that is being visited.
    fn change(&mut self, change: Change, edit: impl FnOnce(&mut Json)) {
        let mut body = self.today.clone();
        let mut place = &mut body;
        let mut pointer = String::new();
        for step in &self.path {
            let next = match (step, place) {
                (Step::Member(name), Json::Object(members)) => {
                    pointer.push('/');
                    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                    members.get_mut(name)
                }
                (Step::Element(index), Json::Array(elements)) => {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                    elements.get_mut(*index)
                }
                _ => None,
            };
            // The path was taken through the same value.
            let Some(next) = next else { return };
            place = next;
        }
        edit(place);
        let text: Bytes = to_string(&body).into();
        self.found.push(Tomorrow {
            change,
            pointer,
            reply: self.reply.clone().with_body(text),
        });
    }
}

/// What the schemas of one value say of it, however they are put together.
#[derive(Default)]
struct Parts {
    keywords: Vec<&'static Keyword>,
    /// The schemas that have been taken apart: several branches may lead to one, and one to itself.
    seen: Vec<&'static Schema>,
    is_enum: bool,
    is_union: bool,
}

impl Parts {
    fn collect(&mut self, schema: &'static Schema) {
        if self.seen.iter().any(|known| std::ptr::eq(*known, schema)) {
            return;
        }
        self.seen.push(schema);
        schema.0.iter().for_each(|keyword| self.collect_keyword(keyword));
    }

    fn collect_keyword(&mut self, keyword: &'static Keyword) {
        match keyword {
            Keyword::Reference(schema) => self.collect(schema),
            Keyword::AllOf(schemas) => schemas.iter().for_each(|schema| self.collect(schema)),
            Keyword::AnyOf(schemas) | Keyword::OneOf(schemas) => {
                self.is_union = true;
                schemas.iter().for_each(|schema| self.collect(schema));
            }
            Keyword::Discriminator { union: inner, .. } | Keyword::Once(inner) => self.collect_keyword(inner),
            Keyword::Enum(_) | Keyword::Const(_) => self.is_enum = true,
            other => self.keywords.push(other),
        }
    }

    fn of_member(&self, name: &str) -> Vec<&'static Schema> {
        let mut schemas = Vec::new();
        for keyword in &self.keywords {
            match keyword {
                Keyword::Properties(members) => {
                    schemas.extend(
                        members
                            .iter()
                            .filter(|(known, _)| *known == name)
                            .map(|(_, schema)| *schema),
                    );
                }
                Keyword::PatternProperties(members) => {
                    let fitting = members.iter().filter(|(pattern, _)| pattern.is_match(name));
                    schemas.extend(fitting.map(|(_, schema)| *schema));
                }
                Keyword::AdditionalProperties(schema) if schemas.is_empty() => schemas.push(schema),
                _ => {}
            }
        }
        schemas
    }

    fn of_element(&self, index: usize) -> Vec<&'static Schema> {
        let mut schemas = Vec::new();
        for keyword in &self.keywords {
            match keyword {
                Keyword::PrefixItems(first) => schemas.extend(first.get(index).copied()),
                Keyword::Items(schema) if schemas.is_empty() => schemas.push(schema),
                _ => {}
            }
        }
        schemas
    }
}
