//! Lowers how else successes can be had: while their body comes in, and in other media types than the
//! one that is preferred.

use super::media_type::{Sort, essence, is_form, is_header_value, sort_of, words};
use super::reply::{is_success, status, status_name};
use super::{Context, Place};
use crate::diagnostic::Diagnostic;
use crate::document::{Kind, Node, Pointer};
use crate::model::{Alternative, Payload, Replies, Reply, Status, Stream, Type};
use crate::names::{self, Namespace};

/// The extension by which a document says what the last event carries.
const EVENT_END: &str = "x-event-end";

/// How what comes in piece by piece is parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// A JSON text on each line, or in a sequence ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)).
    Lines,
    /// Server-sent events.
    Events,
}

/// Returns how a media type parts what it holds, if it does.
pub(super) fn framing(media_type: &str) -> Option<Framing> {
    let essence = essence(media_type);
    let (tree, subtype) = essence.split_once('/')?;
    match (tree, subtype.strip_prefix("x-").unwrap_or(subtype)) {
        ("text", "event-stream") => Some(Framing::Events),
        ("application" | "text", "ndjson" | "jsonl" | "jsonlines" | "json-seq" | "stream+json") => Some(Framing::Lines),
        (_, other) if other.ends_with("+json-seq") => Some(Framing::Lines),
        _ => None,
    }
}

/// Returns the media type that is taken of several: JSON, else text, else bytes, and of equal ones the first;
/// what comes in piece by piece or is a form only if there is nothing else.
pub(super) fn prefer<'run>(names: impl Iterator<Item = &'run str>) -> Option<&'run str> {
    names.min_by_key(|name| (is_form(name), framing(name).is_some(), sort_of(name)))
}

/// What the successes of an operation are offered as.
pub(super) struct Offers<'run> {
    replies: Vec<Offer<'run>>,
    /// The media types to ask for in place of the preferred ones, and the method that does.
    others: Vec<(&'run str, String)>,
}

/// What one success is offered as: media types and what stands under each.
struct Offer<'run> {
    status: Status,
    content: Vec<(&'run str, &'run Node)>,
}

impl<'run> Offer<'run> {
    fn preferred(&self) -> Option<&'run str> {
        prefer(self.content.iter().map(|(name, _)| *name))
    }

    fn media(&self, name: &str) -> Option<&'run Node> {
        self.content
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, media)| *media)
    }
}

impl Offers<'_> {
    /// Returns whether the reply for a status may be taken as bytes while it comes in.
    fn is_bytes(&self, status: Status) -> bool {
        let offer = self.replies.iter().find(|offer| offer.status == status);
        let preferred = offer.and_then(Offer::preferred);
        preferred.is_some_and(|name| framing(name).is_none() && sort_of(name) != Sort::Json)
    }

    fn has(&self, wanted: Framing) -> bool {
        let mut names = self.replies.iter().flat_map(|offer| &offer.content);
        names.any(|(name, _)| framing(name) == Some(wanted))
    }
}

impl<'run> Context<'run> {
    /// Finds what the successes of an operation are offered as, and takes the names of the methods that ask for it.
    pub(super) fn offers(&mut self, operation: &'run Node, fields: &mut Namespace) -> Offers<'run> {
        let replies = self.successes(operation);
        let mut offers = Offers {
            replies,
            others: Vec::new(),
        };
        let streams = [
            (
                "stream",
                offers.replies.iter().any(|offer| offers.is_bytes(offer.status)),
            ),
            ("lines", offers.has(Framing::Lines)),
            ("events", offers.has(Framing::Events)),
        ];
        for (method, _) in streams.into_iter().filter(|(_, is_offered)| *is_offered) {
            fields.reserve(method);
            fields.reserve(&format!("{method}_blocking"));
        }
        for offer in &offers.replies {
            for (name, media) in &offer.content {
                if Some(*name) == offer.preferred() || framing(name).is_some() {
                    continue;
                }
                if offers.others.iter().any(|(known, _)| known == name) {
                    continue;
                }
                if let Some(reason) = same_or_unaskable(offer, name, media) {
                    self.degrade(media, "schema", reason);
                } else {
                    let method = names::field_name(&format!("as {}", words(name)));
                    offers.others.push((name, fields.take(&method, "")));
                }
            }
        }
        offers
    }

    /// Returns what stands under the media types of each success; failures are read as one media type.
    fn successes(&mut self, operation: &'run Node) -> Vec<Offer<'run>> {
        let mut all = Vec::new();
        let replies = operation.get("responses").and_then(Node::as_object);
        for (key, node) in replies.into_iter().flatten() {
            let Some(status) = status(key) else { continue };
            let (node, _) = self.follow(Kind::Response, node, Pointer::root());
            let content = node.get("content").and_then(Node::as_object);
            let content = content.into_iter().flatten();
            for (_, media) in content.clone().filter(|(_, media)| media.get("encoding").is_some()) {
                self.ignore(media, "encoding", "it is said of requests");
            }
            all.push(Offer {
                status,
                content: content.map(|(name, media)| (name.as_str(), media)).collect(),
            });
        }
        all.sort_by_key(|offer| offer.status);
        let has_success = all.iter().any(|offer| is_success(offer.status));
        let (successes, failures): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|offer| is_success(offer.status) || (!has_success && offer.status == Status::Default));
        for offer in failures {
            let preferred = offer.preferred();
            for (name, media) in &offer.content {
                if Some(*name) != preferred {
                    let reason = format!("a failure is read as `{}` alone", preferred.unwrap_or_default());
                    self.degrade(media, "schema", reason);
                }
            }
        }
        successes
    }

    /// Lowers the ways to take the bodies of successes while they come in.
    pub(super) fn lower_streams(&mut self, offers: &Offers<'run>, success: &Replies, place: &Place) -> Vec<Stream> {
        let mut streams = Vec::new();
        let statuses = success.cases.iter().map(|reply| reply.status);
        let bytes: Vec<Status> = statuses.filter(|status| offers.is_bytes(*status)).collect();
        if !bytes.is_empty() {
            streams.push(Stream::Bytes(bytes));
        }
        let of = |wanted| {
            let content = offers.replies.iter().flat_map(|offer| &offer.content);
            let mut found: Vec<(&'run str, &'run Node)> = Vec::new();
            for (name, media) in content.filter(|(name, _)| framing(name) == Some(wanted)) {
                if !found.iter().any(|(known, _)| known == name) {
                    found.push((name, media));
                }
            }
            found
        };
        let lines = of(Framing::Lines);
        if let Some((_, media)) = lines.first() {
            let names: Vec<&str> = lines.iter().map(|(name, _)| *name).collect();
            let item = self.item_schema(media);
            self.ignore_other_schemas(&lines);
            let accept = names.into_iter().filter(|name| is_header_value(name));
            streams.push(Stream::Lines {
                accept: accept.collect::<Vec<_>>().join(", "),
                type_: item.map_or(Type::Json, |item| self.lower_type(item, &place.child("line"))),
            });
        }
        let events = of(Framing::Events);
        if let Some((_, media)) = events.first() {
            self.ignore_other_schemas(&events);
            streams.push(self.lower_events(media, place));
        }
        streams
    }

    fn lower_events(&mut self, media: &'run Node, place: &Place) -> Stream {
        // What OpenAPI 3.2 says of an item is said of the event, whose `data` is what it carries.
        let data = match media.get("itemSchema").map(|item| self.resolve(item)) {
            Some(item) => item.get("properties").and_then(|members| members.get("data")),
            None => self.item_schema(media),
        };
        let is_text = data.is_none_or(|data| {
            let type_ = self.resolve(data).get("type");
            let only = type_.and_then(Node::as_array).and_then(|types| match types {
                [only] => only.as_str(),
                _ => None,
            });
            type_.and_then(Node::as_str).or(only) == Some("string")
        });
        Stream::Events {
            type_: data.map_or(Type::String, |data| self.lower_type(data, &place.child("event"))),
            is_text,
            end: self.event_end(media),
        }
    }

    fn event_end(&mut self, media: &Node) -> Option<String> {
        let node = media.get(EVENT_END)?;
        let text = node.as_str();
        if text.is_none() {
            let message = format!("`{EVENT_END}` says what the last event carries: a string");
            self.report(
                Diagnostic::error("extension-value", node.origin, Pointer::root(), message)
                    .with_help("an event whose data is that string ends the events, such as '[DONE]'"),
            );
        }
        text.map(str::to_owned)
    }

    /// Returns the schema of what comes in piece by piece: `itemSchema` as OpenAPI 3.2 has it, else the items of a
    /// list, else the schema itself.
    fn item_schema(&self, media: &'run Node) -> Option<&'run Node> {
        if let Some(item) = media.get("itemSchema") {
            return Some(item);
        }
        let schema = media.get("schema")?;
        let list = self.resolve(schema);
        let is_list = list.get("type").and_then(Node::as_str) == Some("array");
        Some(list.get("items").filter(|_| is_list).unwrap_or(schema))
    }

    /// Notes that of several media types with pieces the first says what a piece is.
    fn ignore_other_schemas(&mut self, media: &[(&str, &'run Node)]) {
        let Some((first, rest)) = media.split_first() else {
            return;
        };
        for (_, other) in rest.iter().filter(|(_, other)| !has_same_schema(first.1, other)) {
            let reason = format!("its pieces are read as those of `{}`", first.0);
            self.degrade(other, "schema", reason);
        }
    }

    /// Lowers the requests that ask for other media types.
    pub(super) fn lower_alternatives(
        &mut self,
        offers: &Offers<'run>,
        success: &Replies,
        place: &Place,
    ) -> Vec<Alternative> {
        let mut alternatives = Vec::new();
        for (media_type, method) in &offers.others {
            let place = place.branch(&format!("as {}", words(media_type)));
            let type_name = self.take_type_name(&place.module, &place.words);
            let mut bytes = Vec::new();
            let mut cases: Vec<Reply> = Vec::new();
            for reply in &success.cases {
                let offer = offers.replies.iter().find(|offer| offer.status == reply.status);
                let Some(media) = offer.and_then(|offer| offer.media(media_type)) else {
                    cases.push(reply.clone());
                    continue;
                };
                let place = place.child(&status_name(reply.status));
                let payload = self.lower_payload(media_type, media.get("schema"), &place);
                if !matches!(payload, Payload::Json(..)) {
                    bytes.push(reply.status);
                }
                cases.push(Reply {
                    only: (!matches!(payload, Payload::Json(..))).then(|| (*media_type).to_owned()),
                    payload: Some(payload),
                    ..reply.clone()
                });
            }
            alternatives.push(Alternative {
                method: method.clone(),
                type_name,
                media_type: (*media_type).to_owned(),
                success: self.name_enum(cases, &place, "reply"),
                stream: (!bytes.is_empty()).then_some(Stream::Bytes(bytes)),
            });
        }
        alternatives
    }
}

/// Returns why there is no use in asking for a media type, if there is none.
fn same_or_unaskable(offer: &Offer<'_>, name: &str, media: &Node) -> Option<String> {
    if is_form(name) {
        return Some("replies that are forms are not read".to_owned());
    }
    if name.contains('*') || !is_header_value(name) || essence(name).is_empty() {
        return Some("a range of media types is not asked for beside others".to_owned());
    }
    let preferred = offer.preferred()?;
    let is_json = sort_of(name) == Sort::Json || essence(name) == "text/plain";
    let is_same = is_json && sort_of(preferred) == Sort::Json && has_same_schema(offer.media(preferred)?, media);
    is_same.then(|| format!("it holds the same as `{preferred}`, which is asked for"))
}

fn has_same_schema(left: &Node, right: &Node) -> bool {
    let schema = |media: &Node| {
        let schema = media.get("itemSchema").or_else(|| media.get("schema"));
        schema.map(Node::to_json)
    };
    schema(left) == schema(right)
}
