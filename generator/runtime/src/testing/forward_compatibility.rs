//! Responses that a newer version of the server could send.
//!
//! For tests of callers: variations of a response that are forward compatible, and two that a network can cause.

use bytes::Bytes;
use http::StatusCode;

use crate::runtime::json::codec::{to_json, to_string};
use crate::runtime::json::value::Json;
use crate::runtime::schema::has_schema::HasSchema;
use crate::runtime::schema::keywords::{Keyword, Schema};
use crate::runtime::testing::mock_response::MockResponse;

/// The name and the value of additions.
const NEW: &str = "ofTomorrow";

/// How a variation differs from the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum VariationKind {
    /// An object has a property that the schema does not define.
    NewProperty,
    /// An enum has a value that the document does not list.
    NewEnumValue,
    /// A value of a union matches no subschema.
    NewVariant,
    /// A property is `null`.
    Null,
    /// The status is undocumented.
    NewStatus,
    /// The body is truncated.
    TruncatedBody,
}

/// A response that differs in one place.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Variation {
    /// How it differs.
    pub change: VariationKind,
    /// The JSON Pointer of the difference in the body.
    pub pointer: String,
    /// The response.
    pub response: MockResponse,
}

/// Returns all forward-compatible variations of `current`, each with one change.
///
/// Each value in `current` has its own variations, so `current` should be small.
#[must_use]
pub fn forward_compatible_variations<T: HasSchema>(status: StatusCode, current: &T) -> Vec<Variation> {
    let current = to_json(current);
    let response = MockResponse::json(status, &current);
    let mut builder = VariationBuilder {
        current: &current,
        response: &response,
        path: Vec::new(),
        found: Vec::new(),
    };
    builder.visit(&[T::schema()], &current);
    let mut found = builder.found;
    found.push(Variation {
        change: VariationKind::NewStatus,
        pointer: String::new(),
        // Unassigned (https://www.iana.org/assignments/http-status-codes), of the same class.
        response: response.clone().with_status(unknown(status)),
    });
    let body = response.body().cloned().unwrap_or_default();
    found.push(Variation {
        change: VariationKind::TruncatedBody,
        pointer: String::new(),
        response: response.with_body(body.slice(..body.len() / 2)).cut(),
    });
    found
}

/// Returns an unassigned status of the same class.
fn unknown(status: StatusCode) -> StatusCode {
    StatusCode::from_u16(status.as_u16() / 100 * 100 + 99).unwrap_or(status)
}

/// A segment of a path into a value.
#[derive(Clone, Copy)]
enum PathSegment<'json> {
    Property(&'json str),
    Element(usize),
}

struct VariationBuilder<'json> {
    current: &'json Json,
    response: &'json MockResponse,
    path: Vec<PathSegment<'json>>,
    found: Vec<Variation>,
}

impl<'json> VariationBuilder<'json> {
    /// Visits a value. `schemas` are the schemas that apply to it.
    fn visit(&mut self, schemas: &[&'static Schema], value: &'json Json) {
        let mut parts = Parts::default();
        for schema in schemas {
            parts.collect(schema);
        }
        if parts.is_enum && matches!(value, Json::String(_)) {
            self.change(VariationKind::NewEnumValue, |place| *place = Json::from(NEW));
        }
        if parts.is_union && !self.path.is_empty() {
            self.change(VariationKind::NewVariant, |place| {
                let mut object = crate::runtime::json::map::Map::new();
                object.insert(NEW, Json::Bool(true));
                *place = Json::Object(object);
            });
        }
        match value {
            Json::Object(members) => {
                self.change(VariationKind::NewProperty, |place| {
                    if let Json::Object(members) = place {
                        members.insert(NEW, Json::Bool(true));
                    }
                });
                for (name, member) in members.iter() {
                    self.path.push(PathSegment::Property(name));
                    self.change(VariationKind::Null, |place| *place = Json::Null);
                    self.visit(&parts.property_schemas(name), member);
                    self.path.pop();
                }
            }
            Json::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.path.push(PathSegment::Element(index));
                    self.visit(&parts.element_schemas(index), element);
                    self.path.pop();
                }
            }
            _ => {}
        }
    }

    /// Adds the current value with one change at the visited path.
    fn change(&mut self, change: VariationKind, edit: impl FnOnce(&mut Json)) {
        let mut body = self.current.clone();
        let mut place = &mut body;
        let mut pointer = String::new();
        for step in &self.path {
            let next = match (step, place) {
                (PathSegment::Property(name), Json::Object(members)) => {
                    pointer.push('/');
                    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                    members.get_mut(name)
                }
                (PathSegment::Element(index), Json::Array(elements)) => {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                    elements.get_mut(*index)
                }
                _ => None,
            };
            // The path leads through the same value.
            let Some(next) = next else { return };
            place = next;
        }
        edit(place);
        let text: Bytes = to_string(&body).into();
        self.found.push(Variation {
            change,
            pointer,
            response: self.response.clone().with_body(text),
        });
    }
}

/// The keywords that apply to one value, collected from its schemas.
#[derive(Default)]
struct Parts {
    keywords: Vec<&'static Keyword>,
    /// The schemas that were visited. Several subschemas may refer to one schema, and a schema may refer to itself.
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

    fn property_schemas(&self, name: &str) -> Vec<&'static Schema> {
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

    fn element_schemas(&self, index: usize) -> Vec<&'static Schema> {
        let mut schemas = Vec::new();
        for keyword in &self.keywords {
            match keyword {
                Keyword::PrefixItems(first) => schemas.extend(first.get(index).copied()),
                Keyword::Items(schema) | Keyword::ArrayOf(schema) | Keyword::ArrayOrNullOf(schema)
                    if schemas.is_empty() =>
                {
                    schemas.push(schema);
                }
                _ => {}
            }
        }
        schemas
    }
}
