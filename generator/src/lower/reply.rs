//! Lowers replies: the media type that is taken, and what it holds.

use openapiv3::ReferenceOr;

use super::media_type::{Sort, is_header_value, sort_of};
use super::{Context, Place, docs, reading};
use crate::document::{Kind, Node, Pointer};
use crate::model::{Payload, Replies, Reply, Rule, Status, Type};
use crate::names::Namespace;

impl<'run> Context<'run> {
    /// Lowers the replies: the successes, the failures, and the media types of them all.
    pub(super) fn lower_replies(
        &mut self,
        operation: &'run Node,
        pointer: &Pointer,
        place: &Place,
    ) -> (Replies, Replies, String) {
        let mut replies: Vec<Reply> = Vec::new();
        let mut accept: Vec<String> = Vec::new();
        let mut variants = Namespace::default();
        for (key, node) in operation
            .get("responses")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            let Some(status) = status(key) else {
                if !key.starts_with("x-") {
                    self.degrade(node, key, "no status, no range of them, and not the default");
                }
                continue;
            };
            let (node, pointer) = self.follow(Kind::Response, node, pointer.child("responses").child(key));
            let Ok(response) = self.parse::<openapiv3::Response>(Kind::Response, node, &pointer) else {
                continue;
            };
            let name = status_name(status);
            let chosen = reading::prefer(response.content.keys().map(String::as_str))
                .and_then(|name| response.content.get_key_value(name));
            let payload = chosen.map(|(media_type, media)| {
                if !accept.contains(media_type) && !media_type.is_empty() {
                    accept.push(media_type.clone());
                }
                self.lower_media(media_type, media, &place.child(&name))
            });
            replies.push(Reply {
                status,
                variant: variants.take(&name, ""),
                payload,
                only: None,
                docs: docs(node),
            });
        }
        replies.sort_by_key(|reply| reply.status);
        let (success, failure) = part(replies);
        accept.retain(|media_type| is_header_value(media_type));
        (
            self.name_enum(success, place, "reply"),
            self.name_enum(failure, place, "error"),
            accept.join(", "),
        )
    }

    fn lower_media(&mut self, media_type: &str, media: &openapiv3::MediaType, place: &Place) -> Payload {
        let schema = match &media.schema {
            Some(ReferenceOr::Reference { reference }) => self.target(reference).map(|(node, _)| node),
            _ => None,
        };
        self.lower_payload(media_type, schema, place)
    }

    /// Lowers what stands under a media type; what comes in piece by piece is text as a whole.
    pub(super) fn lower_payload(&mut self, media_type: &str, schema: Option<&'run Node>, place: &Place) -> Payload {
        if reading::framing(media_type).is_some() {
            return Payload::Text;
        }
        match sort_of(media_type) {
            Sort::Json => {
                let Some(schema) = schema else {
                    return Payload::Json(Type::Json, Rule::default());
                };
                let type_ = self.lower_type(schema, place);
                Payload::Json(type_, self.lower_rule(schema, &place.module))
            }
            Sort::Text => Payload::Text,
            Sort::Bytes | Sort::Form | Sort::Multipart => Payload::Bytes,
        }
    }

    /// Gives the replies an enum, where one type cannot hold them.
    pub(super) fn name_enum(&mut self, cases: Vec<Reply>, place: &Place, word: &str) -> Replies {
        let is_same = cases.windows(2).all(|pair| pair[0].payload == pair[1].payload);
        let is_one_type = word == "reply" && is_same;
        let enum_name = (!is_one_type && !cases.is_empty())
            .then(|| self.take_type_name(&place.module, &format!("{} {word}", place.words)));
        Replies { enum_name, cases }
    }
}

pub(super) fn status(key: &str) -> Option<Status> {
    match key.as_bytes() {
        b"default" => Some(Status::Default),
        [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Status::Range(u16::from(digit - b'0'))),
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(Status::Code),
        _ => None,
    }
}

/// Returns whether a status says that the call succeeded.
pub(super) fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

/// Parts replies into successes and failures.
///
/// Where no success is documented, the default reply stands for it too.
fn part(replies: Vec<Reply>) -> (Vec<Reply>, Vec<Reply>) {
    let (mut success, failure): (Vec<Reply>, Vec<Reply>) =
        replies.into_iter().partition(|reply| is_success(reply.status));
    if success.is_empty() {
        success.extend(failure.iter().find(|reply| reply.status == Status::Default).cloned());
    }
    (success, failure)
}

/// Returns the name of the reply that stands under `key`.
pub(super) fn name(key: &str) -> Option<String> {
    status(key).map(status_name)
}

/// Returns the name of a status ([IANA registry](https://www.iana.org/assignments/http-status-codes)).
#[rustfmt::skip]
pub(super) fn status_name(status: Status) -> String {
    const NAMES: &[(u16, &str)] = &[
        (100, "Continue"), (101, "SwitchingProtocols"), (103, "EarlyHints"), (200, "Ok"), (201, "Created"),
        (202, "Accepted"), (203, "NonAuthoritativeInformation"), (204, "NoContent"), (205, "ResetContent"),
        (206, "PartialContent"), (207, "MultiStatus"), (300, "MultipleChoices"), (301, "MovedPermanently"),
        (302, "Found"), (303, "SeeOther"), (304, "NotModified"), (307, "TemporaryRedirect"), (308, "PermanentRedirect"),
        (400, "BadRequest"), (401, "Unauthorized"), (402, "PaymentRequired"), (403, "Forbidden"), (404, "NotFound"),
        (405, "MethodNotAllowed"), (406, "NotAcceptable"), (407, "ProxyAuthenticationRequired"), (408, "RequestTimeout"),
        (409, "Conflict"), (410, "Gone"), (411, "LengthRequired"), (412, "PreconditionFailed"), (413, "ContentTooLarge"),
        (414, "UriTooLong"), (415, "UnsupportedMediaType"), (416, "RangeNotSatisfiable"), (417, "ExpectationFailed"),
        (421, "MisdirectedRequest"), (422, "UnprocessableContent"), (423, "Locked"), (424, "FailedDependency"),
        (425, "TooEarly"), (426, "UpgradeRequired"), (428, "PreconditionRequired"), (429, "TooManyRequests"),
        (431, "RequestHeaderFieldsTooLarge"), (451, "UnavailableForLegalReasons"), (500, "InternalServerError"),
        (501, "NotImplemented"), (502, "BadGateway"), (503, "ServiceUnavailable"), (504, "GatewayTimeout"),
        (507, "InsufficientStorage"),
    ];
    match status {
        Status::Code(code) => NAMES.iter().find(|(known, _)| *known == code).map_or_else(|| format!("Status{code}"), |(_, name)| (*name).to_owned()),
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(_) => "ServerError".to_owned(),
        Status::Default => "Other".to_owned(),
    }
}
