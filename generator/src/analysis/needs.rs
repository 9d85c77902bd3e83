//! Decides what the crate needs of the runtime.

use crate::model::{
    Api, Assertion, Constraints, Content, Expected, Need, Operation, Paging, PagingStyle, SchemeKind, Stream, Type,
    Webhooks,
};

/// Whether a document needs a part of the runtime.
type IsNeeded = fn(&Api) -> bool;

/// What each part of the runtime is needed for.
const NEEDS: [(Need, IsNeeded); 18] = [
    (Need::Basic, |api| has_basic(api) || has_flows(api)),
    (Need::OAuth2, has_flows),
    (Need::MediaTypes, expects_media_types),
    (Need::Headers, |api| {
        api.operations().any(|operation| operation.headers.is_some())
    }),
    (Need::Webhooks, |api| !api.webhooks.is_empty()),
    (Need::Pages, |api| paging(api).next().is_some()),
    (Need::Links, |api| {
        paging(api).any(|paging| matches!(paging.style, PagingStyle::Link { .. }))
    }),
    (Need::Encoding, |api| {
        has_body(api, |content| has_form(content) || has_parts(content))
    }),
    (Need::Form, |api| has_body(api, has_form)),
    (Need::Multipart, |api| has_body(api, has_parts)),
    (Need::ServerVariables, |api| {
        api.servers.iter().any(|server| !server.variables.is_empty())
    }),
    (Need::Upload, |api| {
        has_body(api, |content| has_parts(content) || *content == Content::Bytes)
    }),
    (Need::PatternEngine, needs_engine),
    (Need::Streams, |api| has_stream(api, |_| true)),
    (Need::ByteStreams, |api| {
        has_stream(api, |stream| matches!(stream, Stream::Bytes(_)))
    }),
    (Need::EventStreams, |api| {
        has_stream(api, |stream| matches!(stream, Stream::Events { .. }))
    }),
    (Need::LineStreams, |api| {
        has_stream(api, |stream| matches!(stream, Stream::Lines { .. }))
    }),
    (Need::Dates, has_date_types),
];

/// Decides what `api` needs.
pub(super) fn settle(api: &mut Api) {
    let needed = NEEDS.iter().filter(|(_, is_needed)| is_needed(api));
    api.needs = needed.map(|(need, _)| *need).collect();
}

/// Returns whether a client can obtain tokens by itself.
fn has_flows(api: &Api) -> bool {
    api.schemes.iter().any(|scheme| scheme.flows.is_some())
}

/// Returns whether any scheme takes user and password.
fn has_basic(api: &Api) -> bool {
    api.schemes.iter().any(|scheme| scheme.kind == SchemeKind::Basic)
}

fn paging(api: &Api) -> impl Iterator<Item = &Paging> {
    api.operations().filter_map(|operation| operation.paging.as_ref())
}

/// Returns whether any request body holds what `holds` asks for.
fn has_body(api: &Api, holds: impl Fn(&Content) -> bool) -> bool {
    let mut bodies = api.operations().filter_map(|operation| operation.body.as_ref());
    bodies.any(|body| holds(&body.content))
}

fn has_form(content: &Content) -> bool {
    matches!(content, Content::Form(form) if !form.is_multipart)
}

fn has_parts(content: &Content) -> bool {
    matches!(content, Content::Form(form) if form.is_multipart) || matches!(content, Content::Parts(_))
}

fn has_stream(api: &Api, is_one: impl Fn(&Stream) -> bool) -> bool {
    api.operations().flat_map(Operation::streams).any(is_one)
}

/// Returns whether the decoding of any response depends on its media type.
fn expects_media_types(api: &Api) -> bool {
    api.operations().any(|operation| {
        let others = operation.alternatives.iter().flat_map(|other| &other.success.cases);
        let mut responses = operation
            .success
            .cases
            .iter()
            .chain(&operation.failure.cases)
            .chain(others);
        responses.any(|response| response.expected != Expected::Any)
    })
}

/// Returns whether any value is a date, with a time or without.
fn has_date_types(api: &Api) -> bool {
    let mut named = api.types.iter().flat_map(|named| named.shape.types());
    let mut arguments = api.operations().flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.type_);
        parameters.chain(operation.body.iter().flat_map(|body| body.content.types()))
    });
    let mut received = api.webhooks.iter().flat_map(Webhooks::types);
    named.any(is_date_type)
        || received.any(is_date_type)
        || arguments.any(is_date_type)
        || api.operations().flat_map(Operation::response_types).any(is_date_type)
}

fn is_date_type(type_: &Type) -> bool {
    match type_ {
        Type::DateTime | Type::Date => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => is_date_type(inner),
        _ => false,
    }
}

/// Returns whether any pattern of the document takes an engine.
fn needs_engine(api: &Api) -> bool {
    let types = api.types.iter().map(|named| &named.constraints);
    let operations = api.operations();
    let parameters = operations
        .clone()
        .flat_map(|operation| operation.parameters.iter().map(|parameter| &parameter.constraints));
    let bodies = operations.filter_map(|operation| operation.body.as_ref()?.content.constraints());
    types.chain(parameters).chain(bodies).any(constraints_need_engine)
}

fn constraints_need_engine(constraints: &Constraints) -> bool {
    constraints.0.iter().any(|assertion| match assertion {
        Assertion::Pattern(pattern) => pattern.runs.is_none(),
        Assertion::PatternProperties(subschemas) => subschemas
            .iter()
            .any(|(pattern, constraints)| pattern.runs.is_none() || constraints_need_engine(constraints)),
        other => other.subschemas().into_iter().any(constraints_need_engine),
    })
}
