//! Decides how the content of a response is decoded.
//!
//! Each response has an ordered list of its media types, the one that `send` reads first. The types of successes and
//! failures, the header `Accept`, the decoders, the streams and the `as_…` requests are derived from this list.

use crate::document::{Kind, Node};
use crate::lower::operations::Operations;
use crate::lower::operations::media_type::{self, MediaKind, essence, is_header_value, is_range, media_kind_of};
use crate::lower::operations::parse::parse;
use crate::lower::operations::responses::{is_success, status};
use crate::model::{Expected, Status};
use crate::source::Pointer;

/// How the content of a media type is read, in the order in which `send` prefers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum ReadAs {
    /// JSON, as a whole.
    Json,
    /// Text, as a whole.
    Text,
    /// Bytes, as a whole.
    Bytes,
    /// A JSON text on each line, or in a sequence ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)).
    Lines,
    /// Server-sent events.
    Events,
    /// A form; its bytes, as a whole.
    Form,
}

/// How a caller gets the content of a media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) enum Access {
    /// By `send`.
    Send,
    /// Only by `lines` or `events`.
    Stream,
    /// By a separate request.
    Request,
    /// Not at all, for this reason.
    None(String),
}

/// A media type of a response.
#[derive(Debug)]
pub(in crate::lower) struct ContentOption<'run> {
    pub(in crate::lower) media_type: &'run str,
    pub(in crate::lower) media: &'run Node,
    pub(in crate::lower) read_as: ReadAs,
    pub(in crate::lower) access: Access,
}

impl ContentOption<'_> {
    /// Returns whether values of both are decoded in the same way, so that one can be used for the other.
    fn is_same_as(&self, other: &Self) -> bool {
        let is_json = |option: &Self| option.read_as == ReadAs::Json || essence(option.media_type) == "text/plain";
        let is_one_type = media_type::is_same(self.media_type, other.media_type) && self.read_as == other.read_as;
        let is_one_value =
            is_json(self) && is_json(other) && [self, other].iter().any(|one| one.read_as == ReadAs::Json);
        (is_one_type || is_one_value) && has_same_schema(self.media, other.media)
    }

    /// Returns whether a body of this media type could be decoded as JSON.
    fn could_be_json(&self) -> bool {
        let essence = essence(self.media_type);
        self.read_as == ReadAs::Json
            || essence.ends_with("+json")
            || matches!(essence.as_str(), "text/plain" | "application/octet-stream")
    }
}

/// A response of an operation.
#[derive(Debug)]
pub(in crate::lower) struct ResponseContent<'run> {
    pub(in crate::lower) status: Status,
    pub(in crate::lower) node: &'run Node,
    /// Whether it is one of the successes.
    pub(in crate::lower) is_success: bool,
    /// Whether its body is read; HTTP has none for some methods and statuses.
    has_body: bool,
    /// Its media types, the one that `send` reads first.
    options: Vec<ContentOption<'run>>,
}

impl<'run> ResponseContent<'run> {
    /// Returns the media types that are read: none if HTTP has no body.
    pub(in crate::lower) fn options(&self) -> &[ContentOption<'run>] {
        if self.has_body { &self.options } else { &[] }
    }

    /// Returns the media type that `send` reads.
    pub(in crate::lower) fn preferred(&self) -> Option<&ContentOption<'run>> {
        self.options().first()
    }

    /// Returns the option of a media type.
    pub(in crate::lower) fn option(&self, media_type: &str) -> Option<&ContentOption<'run>> {
        let mut options = self.options().iter();
        options.find(|option| option.media_type == media_type)
    }

    /// Returns which media types a body may have to be decoded as `option`.
    ///
    /// A server may send another media type than the requested one. If the document describes that one with another
    /// schema, it is not decoded as `option`.
    pub(in crate::lower) fn expected(&self, option: &ContentOption<'run>) -> Expected {
        self.expected_of(option, false)
    }

    /// Returns the same for a request that accepts only `option`: only JSON may have another media type then.
    pub(in crate::lower) fn expected_alone(&self, option: &ContentOption<'run>) -> Expected {
        self.expected_of(option, true)
    }

    fn expected_of(&self, option: &ContentOption<'run>, is_alone: bool) -> Expected {
        let is_json = option.read_as == ReadAs::Json;
        let is_only = is_alone && !is_json;
        let is_confusable = |other: &&ContentOption<'run>| {
            let may_be_both = if is_only {
                essence(option.media_type) == essence(other.media_type)
            } else {
                !is_json || other.could_be_json()
            };
            other.media_type != option.media_type
                && may_be_both
                && !is_range(other.media_type)
                && !other.is_same_as(option)
        };
        let mut others: Vec<String> = Vec::new();
        for other in self.options.iter().filter(is_confusable) {
            if !others.iter().any(|known| media_type::is_same(known, other.media_type)) {
                others.push(other.media_type.to_owned());
            }
        }
        let media_type = option.media_type.to_owned();
        match (is_only, others.is_empty()) {
            (true, _) => Expected::Only { media_type, others },
            (false, false) => Expected::Unless { media_type, others },
            (false, true) => Expected::Any,
        }
    }
}

impl<'run> Operations<'run> {
    /// Lists the responses of an operation with their media types, by status.
    pub(in crate::lower) fn response_contents(
        &mut self,
        operation: &'run Node,
        pointer: &Pointer,
        method: &str,
    ) -> Vec<ResponseContent<'run>> {
        let mut contents = Vec::new();
        let responses = operation.get("responses").unwrap_or(operation);
        let listed = operation.get("responses").and_then(Node::as_object);
        for (key, node) in listed.into_iter().flatten() {
            let Some(status) = status(key) else {
                if !key.starts_with("x-") {
                    self.schemas.cx.degrade(
                        responses,
                        key,
                        "neither a status, nor a range of statuses, nor `default`",
                    );
                }
                continue;
            };
            let (node, pointer) = self
                .schemas
                .cx
                .follow(Kind::Response, node, pointer.child("responses").child(key));
            if parse::<openapiv3::Response>(&mut self.schemas.cx, Kind::Response, node, &pointer).is_err() {
                continue;
            }
            let bodiless = bodiless(method, status);
            let options = self.content_options(node);
            if let (Some(reason), false) = (bodiless, options.is_empty()) {
                self.schemas.cx.ignore(node, "content", reason);
            }
            contents.push(ResponseContent {
                status,
                node,
                is_success: is_success(status),
                has_body: bodiless.is_none(),
                options,
            });
        }
        contents.sort_by_key(|content| content.status);
        // Where no success is documented, the default response stands for it too.
        if !contents.iter().any(|content| content.is_success) {
            for content in contents.iter_mut().filter(|content| content.status == Status::Default) {
                content.is_success = true;
            }
        }
        for content in &contents {
            self.note_unread(content);
        }
        contents
    }

    /// Lists the media types of a response, the one that `send` reads first.
    pub(in crate::lower) fn content_options(&self, response: &'run Node) -> Vec<ContentOption<'run>> {
        let listed = response.get("content").and_then(Node::as_object);
        let listed = listed.into_iter().flatten();
        let mut options: Vec<ContentOption<'run>> = listed
            .map(|(media_type, media)| ContentOption {
                media_type,
                media,
                read_as: self.read_as(media_type, media),
                access: Access::Send,
            })
            .collect();
        options.sort_by_key(|option| rank(option.media_type, option.read_as));
        for index in 1..options.len() {
            options[index].access = access(&options[index], &options[0]);
        }
        options
    }

    fn read_as(&self, media_type: &str, media: &'run Node) -> ReadAs {
        if let Some(framed) = framed(media_type) {
            return framed;
        }
        match self.content_media_kind(media_type, media.get("schema")) {
            MediaKind::Json => ReadAs::Json,
            MediaKind::Text => ReadAs::Text,
            MediaKind::Bytes => ReadAs::Bytes,
            MediaKind::Form | MediaKind::Multipart => ReadAs::Form,
        }
    }

    /// Returns the kind of a media type with a schema. A range that could be JSON is bytes, if it has no schema or that
    /// of a file.
    pub(in crate::lower) fn content_media_kind(&self, media_type: &str, schema: Option<&'run Node>) -> MediaKind {
        let media_kind = media_kind_of(media_type);
        let is_file = || schema.is_none_or(|schema| self.is_file_list(schema) == Some(false));
        if media_kind == MediaKind::Json && is_range(media_type) && is_file() {
            MediaKind::Bytes
        } else {
            media_kind
        }
    }

    /// Records the media types of a response that are not decoded.
    fn note_unread(&mut self, content: &ResponseContent<'run>) {
        for option in content.options() {
            if option.media.get("encoding").is_some() {
                self.schemas
                    .cx
                    .ignore(option.media, "encoding", "it applies to requests");
            }
        }
        let Some((preferred, others)) = content.options().split_first() else {
            return;
        };
        for option in others {
            match &option.access {
                _ if !content.is_success => {
                    let reason = format!("a failure is only decoded as `{}`", preferred.media_type);
                    self.schemas.cx.degrade(option.media, "schema", reason);
                }
                Access::None(reason) => self.schemas.cx.degrade(option.media, "schema", reason.clone()),
                Access::Send | Access::Stream | Access::Request => {}
            }
        }
    }
}

/// Returns how a media type of several values is read, or `None` for other media types.
fn framed(media_type: &str) -> Option<ReadAs> {
    let essence = essence(media_type);
    let (tree, subtype) = essence.split_once('/')?;
    match (tree, subtype.strip_prefix("x-").unwrap_or(subtype)) {
        ("text", "event-stream") => Some(ReadAs::Events),
        ("application" | "text", "ndjson" | "jsonl" | "jsonlines" | "json-seq" | "stream+json") => Some(ReadAs::Lines),
        (_, other) if other.ends_with("+json-seq") => Some(ReadAs::Lines),
        _ => None,
    }
}

/// Returns the sort key of a media type, since the order of keys has no meaning: how it is read, then whether it is a
/// range, then whether it is not the plain JSON or text type, then its name.
fn rank(media_type: &str, read_as: ReadAs) -> (ReadAs, bool, bool, &str) {
    let essence = essence(media_type);
    let is_plain = match read_as {
        ReadAs::Json => essence == "application/json",
        ReadAs::Text => essence == "text/plain",
        ReadAs::Lines => !essence.ends_with("json-seq"),
        ReadAs::Bytes | ReadAs::Events | ReadAs::Form => true,
    };
    (read_as, is_range(media_type), !is_plain, media_type)
}

/// Returns how a caller gets the content of `option`, if `send` reads `preferred`.
fn access(option: &ContentOption<'_>, preferred: &ContentOption<'_>) -> Access {
    if matches!(option.read_as, ReadAs::Lines | ReadAs::Events) {
        Access::Stream
    } else if option.read_as == ReadAs::Form {
        Access::None("responses that are forms are not decoded".to_owned())
    } else if is_range(option.media_type) || !is_header_value(option.media_type) {
        Access::None("a media type range is not requested beside others".to_owned())
    } else if option.is_same_as(preferred) {
        Access::None(format!(
            "it has the same schema as `{}`, which is requested",
            preferred.media_type
        ))
    } else {
        Access::Request
    }
}

/// Returns why the responses to a method with a status have no body, if HTTP gives them none
/// ([RFC 9110 §6.4.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1); 205:
/// [§15.3.6](https://www.rfc-editor.org/rfc/rfc9110#section-15.3.6)).
fn bodiless(method: &str, status: Status) -> Option<&'static str> {
    match status {
        // https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2
        _ if method == "HEAD" => Some("it is not read: a response to HEAD has no content"),
        Status::Code(100..=199 | 204 | 205 | 304) | Status::Range(1) => {
            Some("it is not read: a response with this status has no content")
        }
        _ => None,
    }
}

/// Returns the header `Accept` of requests by `send`.
///
/// The preferred media type of one response has less weight if it is not the preferred one of another response
/// ([RFC 9110 §12.4.2](https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2)).
pub(in crate::lower) fn accept(contents: &[ResponseContent<'_>]) -> String {
    let mut accept: Vec<String> = Vec::new();
    for content in contents {
        // A response to HEAD has the headers of one to GET.
        let is_asked_for = content.has_body || bodiless("GET", content.status).is_none();
        let Some(option) = content.options.first().filter(|_| is_asked_for) else {
            continue;
        };
        let media_type = option.media_type;
        if media_type.is_empty() || !is_header_value(media_type) {
            continue;
        }
        let is_second = contents.iter().filter(|other| other.is_success).any(|other| {
            let first = other.options.first();
            first.is_some_and(|first| first.media_type != media_type)
                && other
                    .option(media_type)
                    .is_some_and(|known| matches!(known.access, Access::Request | Access::Stream))
        });
        let weighted = format!("{media_type}{}", if is_second { ";q=0.9" } else { "" });
        if !accept.contains(&weighted) {
            accept.push(weighted);
        }
    }
    accept.join(", ")
}

/// Returns whether two media types have the same schema.
pub(in crate::lower) fn has_same_schema(left: &Node, right: &Node) -> bool {
    let schema = |media: &Node| {
        let schema = media.get("itemSchema").or_else(|| media.get("schema"));
        schema.map(Node::to_json)
    };
    schema(left) == schema(right)
}
