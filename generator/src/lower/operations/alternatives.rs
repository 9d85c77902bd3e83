//! Lowers streams of successes, and requests for alternative media types.

use crate::diagnostic::{Diagnostic, Fix};
use crate::document::Node;
use crate::lower::operations::Operations;
use crate::lower::operations::media_type::{is_header_value, words};
use crate::lower::operations::response_content::{Access, ContentOption, ReadAs, ResponseContent, has_same_schema};
use crate::lower::operations::responses::status_name;
use crate::lower::schemas::naming::NamingContext;
use crate::model::{Alternative, ModulePath, Payload, Response, Responses, Status, Stream, Type};
use crate::names::{self, Namespace};
use crate::source::Pointer;

/// The extension for the data of the last event.
const EVENT_END: &str = "x-event-end";

/// An alternative media type, and the method that requests it.
pub(in crate::lower) type AlternativeMethod<'run> = (&'run str, String);

/// Takes the names of the methods beside `send` that return successes.
pub(in crate::lower) fn take_methods<'run>(
    contents: &[ResponseContent<'run>],
    fields: &mut Namespace,
) -> Vec<AlternativeMethod<'run>> {
    let successes = || contents.iter().filter(|content| content.is_success);
    let streams = [
        ("stream", successes().any(is_bytes)),
        ("lines", !framed(contents, ReadAs::Lines).is_empty()),
        ("events", !framed(contents, ReadAs::Events).is_empty()),
    ];
    for (method, _) in streams.into_iter().filter(|(_, is_offered)| *is_offered) {
        fields.reserve(method);
        fields.reserve(&format!("{method}_blocking"));
    }
    let mut asked: Vec<AlternativeMethod<'run>> = Vec::new();
    for option in successes().flat_map(ResponseContent::options) {
        let is_new = asked.iter().all(|(known, _)| *known != option.media_type);
        if option.access == Access::Request && is_new {
            let method = names::field_name(&format!("as {}", words(option.media_type)));
            asked.push((option.media_type, fields.take(&method, "")));
        }
    }
    asked
}

/// Returns whether a response may be streamed as bytes.
fn is_bytes(content: &ResponseContent<'_>) -> bool {
    let is_whole = |option: &ContentOption<'_>| matches!(option.read_as, ReadAs::Text | ReadAs::Bytes | ReadAs::Form);
    content.preferred().is_some_and(is_whole)
}

/// Returns the media types of successes that are streamed, without duplicates.
fn framed<'all, 'run>(contents: &'all [ResponseContent<'run>], wanted: ReadAs) -> Vec<&'all ContentOption<'run>> {
    let successes = contents.iter().filter(|content| content.is_success);
    let mut found: Vec<&ContentOption<'run>> = Vec::new();
    for option in successes.flat_map(ResponseContent::options) {
        let is_new = found.iter().all(|known| known.media_type != option.media_type);
        if option.read_as == wanted && is_new {
            found.push(option);
        }
    }
    found
}

impl<'run> Operations<'run> {
    /// Lowers the streams of successes.
    pub(in crate::lower) fn lower_streams(
        &mut self,
        contents: &[ResponseContent<'run>],
        place: &NamingContext,
    ) -> Vec<Stream> {
        let mut streams = Vec::new();
        let successes = contents
            .iter()
            .filter(|content| content.is_success && is_bytes(content));
        let bytes: Vec<Status> = successes.map(|content| content.status).collect();
        if !bytes.is_empty() {
            streams.push(Stream::Bytes(bytes));
        }
        let lines = framed(contents, ReadAs::Lines);
        if let Some(first) = lines.first() {
            let item = self.item_schema(first.media);
            let same = self.with_same_items(&lines);
            streams.push(Stream::Lines {
                accept: same.join(", "),
                type_: item.map_or(Type::Json, |item| self.schemas.lower_type(item, &place.child("line"))),
            });
        }
        let events = framed(contents, ReadAs::Events);
        if let Some(first) = events.first() {
            self.with_same_items(&events);
            streams.push(self.lower_events(first.media, place));
        }
        streams
    }

    fn lower_events(&mut self, media: &'run Node, place: &NamingContext) -> Stream {
        // In OpenAPI 3.2 `itemSchema` describes the event, whose property `data` is the payload.
        let data = match media.get("itemSchema").map(|item| self.schemas.cx.resolve(item)) {
            Some(item) => item.get("properties").and_then(|members| members.get("data")),
            None => self.item_schema(media),
        };
        let is_text = data.is_none_or(|data| {
            let type_ = self.schemas.cx.resolve(data).get("type");
            let only = type_.and_then(Node::as_array).and_then(|types| match types {
                [only] => only.as_str(),
                _ => None,
            });
            type_.and_then(Node::as_str).or(only) == Some("string")
        });
        Stream::Events {
            type_: data.map_or(Type::String, |data| {
                self.schemas.lower_type(data, &place.child("event"))
            }),
            is_text,
            end: self.event_end(media),
        }
    }

    fn event_end(&mut self, media: &Node) -> Option<String> {
        let node = media.get(EVENT_END)?;
        let text = node.as_str();
        if text.is_none() {
            let message = format!("`{EVENT_END}` says what the last event carries: a string");
            self.schemas.cx.report(
                Diagnostic::degraded("extension-value", node.origin, Pointer::root(), message)
                    .with_help("an event whose data is that string ends the events, such as '[DONE]'")
                    .with_fix(Fix::Remove),
            );
        }
        text.map(str::to_owned)
    }

    /// Returns the schema of an item of a stream: `itemSchema` (OpenAPI 3.2), else the items of an array, else the
    /// schema itself.
    fn item_schema(&self, media: &'run Node) -> Option<&'run Node> {
        if let Some(item) = media.get("itemSchema") {
            return Some(item);
        }
        let schema = media.get("schema")?;
        let list = self.schemas.cx.resolve(schema);
        let is_list = list.get("type").and_then(Node::as_str) == Some("array");
        Some(list.get("items").filter(|_| is_list).unwrap_or(schema))
    }

    /// Returns the media types with the same items as the first, and records the others, which are not requested.
    fn with_same_items(&mut self, options: &[&ContentOption<'run>]) -> Vec<&'run str> {
        let Some(first) = options.first() else {
            return Vec::new();
        };
        let mut names = Vec::new();
        for option in options {
            if has_same_schema(first.media, option.media) {
                names.push(option.media_type);
            } else {
                let reason = format!("its items are decoded as those of `{}`", first.media_type);
                self.schemas.cx.degrade(option.media, "schema", reason);
            }
        }
        names.retain(|name| is_header_value(name));
        names
    }

    /// Lowers the requests for alternative media types.
    pub(in crate::lower) fn lower_alternatives(
        &mut self,
        contents: &[ResponseContent<'run>],
        asked: &[AlternativeMethod<'run>],
        success: &Responses,
        place: &NamingContext,
    ) -> Vec<Alternative> {
        let mut alternatives = Vec::new();
        for (media_type, method) in asked {
            let place = place.append(&format!("as {}", words(media_type)));
            let type_name = self.schemas.types.take_type_name(&place.module, &place.words());
            let mut bytes = Vec::new();
            let mut cases: Vec<Response> = Vec::new();
            for response in &success.cases {
                let content = contents.iter().find(|content| content.status == response.status);
                let Some((content, option)) = content.and_then(|content| Some((content, content.option(media_type)?)))
                else {
                    cases.push(response.clone());
                    continue;
                };
                let place = place.child(&status_name(response.status));
                let payload = self.lower_payload(option, &place);
                if !matches!(payload, Payload::Json(..)) {
                    bytes.push(response.status);
                }
                cases.push(Response {
                    expected: content.expected_alone(option),
                    payload: Some(payload),
                    ..response.clone()
                });
            }
            alternatives.push(Alternative {
                method: method.clone(),
                type_name,
                media_type: (*media_type).to_owned(),
                success: self.name_enum(cases, &place, "response"),
                stream: (!bytes.is_empty()).then_some(Stream::Bytes(bytes)),
            });
        }
        alternatives
    }

    /// Returns the alternatives of an operation for the request type of another body. They have the same responses, and
    /// types with other names.
    pub(in crate::lower) fn alternatives_of(
        &mut self,
        all: &[Alternative],
        module_path: &ModulePath,
        request: &str,
    ) -> Vec<Alternative> {
        let mut alternatives = all.to_vec();
        for other in &mut alternatives {
            let words = format!("{request} as {}", words(&other.media_type));
            other.type_name = self.schemas.types.take_type_name(module_path, &words);
        }
        alternatives
    }
}
