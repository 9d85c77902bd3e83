//! Lowers responses: the type of each status.

use crate::lower::operations::Operations;
use crate::lower::operations::response_content::{ContentOption, ReadAs, ResponseContent};
use crate::lower::schemas::naming::NamingContext;
use crate::model::{Constraints, Expected, Payload, Response, Responses, Status, Type};
use crate::names::Namespace;

impl<'run> Operations<'run> {
    /// Lowers the responses: the successes and the failures.
    pub(in crate::lower) fn lower_responses(
        &mut self,
        contents: &[ResponseContent<'run>],
        place: &NamingContext,
    ) -> (Responses, Responses) {
        let (mut success, mut failure) = (Vec::new(), Vec::new());
        let mut variants = Namespace::default();
        for content in contents {
            let name = status_name(content.status);
            let preferred = content.preferred();
            let response = Response {
                status: content.status,
                variant: variants.take(&name, ""),
                payload: preferred.map(|option| self.lower_payload(option, &place.child(&name))),
                expected: preferred.map_or(Expected::Any, |option| content.expected(option)),
                docs: self.schemas.cx.docs_with_examples(
                    content.node,
                    [preferred.map(|option| option.media), None],
                    None,
                ),
            };
            if content.is_success {
                success.push(response.clone());
            }
            // A `default` that describes successes also describes failures.
            if !is_success(content.status) {
                failure.push(response);
            }
        }
        (
            self.name_enum(success, place, "response"),
            self.name_enum(failure, place, "error"),
        )
    }

    /// Lowers the content of a media type. The content of a stream, received as a whole, is text.
    pub(in crate::lower) fn lower_payload(&mut self, option: &ContentOption<'run>, place: &NamingContext) -> Payload {
        match (option.read_as, option.media.get("schema")) {
            (ReadAs::Json, None) => Payload::Json(Type::Json, Constraints::default()),
            (ReadAs::Json, Some(schema)) => {
                let type_ = self.schemas.lower_type(schema, place);
                Payload::Json(type_, self.schemas.lower_constraints(schema, &place.module))
            }
            (ReadAs::Text | ReadAs::Lines | ReadAs::Events, _) => Payload::Text,
            (ReadAs::Bytes | ReadAs::Form, _) => Payload::Bytes,
        }
    }

    /// Names an enum of the responses, if they have different types.
    pub(in crate::lower) fn name_enum(&mut self, cases: Vec<Response>, place: &NamingContext, word: &str) -> Responses {
        let is_same = cases.windows(2).all(|pair| pair[0].payload == pair[1].payload);
        let is_one_type = word == "response" && is_same;
        let enum_name = (!is_one_type && !cases.is_empty()).then(|| {
            self.schemas
                .types
                .take_type_name(&place.module, &format!("{} {word}", place.words()))
        });
        Responses {
            enum_name,
            set: None,
            cases,
        }
    }
}

pub(in crate::lower) fn status(key: &str) -> Option<Status> {
    match key.as_bytes() {
        b"default" => Some(Status::Default),
        [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Status::Range(u16::from(digit - b'0'))),
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(Status::Code),
        _ => None,
    }
}

/// Returns whether a status says that the call succeeded.
pub(in crate::lower) fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

/// Returns the name of the response with the key `key`.
pub(in crate::lower) fn name(key: &str) -> Option<String> {
    status(key).map(status_name)
}

/// Returns the name of a status ([IANA registry](https://www.iana.org/assignments/http-status-codes)).
#[rustfmt::skip]
pub(in crate::lower) fn status_name(status: Status) -> String {
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
