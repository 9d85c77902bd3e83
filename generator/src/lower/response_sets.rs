//! Finds which enums of responses are one: those of several operations that differ in descriptions alone.
//!
//! The type of a set is named by what is in it, and never by an operation. Each operation has an alias of it.

use std::collections::BTreeMap;

use crate::model::{Api, Availability, Docs, Expected, Payload, Response, ResponseSet, Responses};
use crate::names::{self, Namespace};

/// A set, and how many operations have it.
struct Found {
    cases: Vec<Response>,
    is_failure: bool,
    users: usize,
}

/// Makes one type of the enums that are equal.
pub(in crate::lower) fn settle(api: &mut Api) {
    let mut found: Vec<Found> = Vec::new();
    for (responses, is_failure) in all(api) {
        match found
            .iter_mut()
            .find(|known| known.is_failure == is_failure && is_same(&known.cases, &responses.cases))
        {
            Some(known) => {
                known.users += 1;
                agree(&mut known.cases, &responses.cases);
            }
            None => found.push(Found {
                cases: responses.cases.clone(),
                is_failure,
                users: 1,
            }),
        }
    }
    found.retain(|known| known.users > 1);
    let sets = named(api, found);
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        share(&mut operation.failure, &sets, true);
        share(&mut operation.success, &sets, false);
        for other in &mut operation.alternatives {
            share(&mut other.success, &sets, false);
        }
    }
    api.response_sets = sets;
}

/// Returns the enums of responses, each with whether it is one of failures. Requests whose body is of another media type
/// have those of the operation.
fn all(api: &Api) -> impl Iterator<Item = (&Responses, bool)> {
    let operations = api.operations().filter(|operation| !operation.is_variant);
    let responses = operations.flat_map(|operation| {
        let others = operation.alternatives.iter().map(|other| (&other.success, false));
        [(&operation.failure, true), (&operation.success, false)]
            .into_iter()
            .chain(others)
    });
    responses.filter(|(responses, _)| responses.enum_name.is_some())
}

/// Returns whether the cases of two enums are equal but for their descriptions.
fn is_same(one: &[Response], other: &[Response]) -> bool {
    let is_equal = |(one, other): (&Response, &Response)| {
        one.status == other.status
            && one.variant == other.variant
            && one.payload == other.payload
            && one.expected == other.expected
    };
    one.len() == other.len() && one.iter().zip(other).all(is_equal)
}

/// Keeps the descriptions that all users of a set agree on.
fn agree(cases: &mut [Response], others: &[Response]) {
    for (case, other) in cases.iter_mut().zip(others) {
        if *case.docs.text != *other.docs.text
            || *case.docs.title != *other.docs.title
            || *case.docs.examples != *other.docs.examples
        {
            case.docs = Docs::default();
        }
    }
}

/// Names the sets: by their statuses, and where those are equal by what their bodies hold as well.
fn named(api: &Api, found: Vec<Found>) -> Vec<ResponseSet> {
    let statuses = |found: &Found| {
        let statuses: Vec<String> = found.cases.iter().map(|case| case.status.to_string()).collect();
        names::response_set_name(&statuses, &[])
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for found in &found {
        *counts.entry(statuses(found)).or_default() += 1;
    }
    let mut candidates: Vec<(String, String, Found)> = found
        .into_iter()
        .map(|found| {
            let name = statuses(&found);
            let contents: Vec<String> = found.cases.iter().map(|case| content(api, case)).collect();
            let name = if counts.get(&name).is_some_and(|count| *count > 1) {
                let statuses: Vec<String> = found.cases.iter().map(|case| case.status.to_string()).collect();
                names::response_set_name(&statuses, &contents)
            } else {
                name
            };
            let expected: Vec<&Expected> = found.cases.iter().map(|case| &case.expected).collect();
            // What is equal in name is numbered in the order of its content, not of the operations.
            (name, format!("{contents:?} {expected:?} {}", found.is_failure), found)
        })
        .collect();
    candidates.sort_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
    let mut namespace = Namespace::default();
    candidates
        .into_iter()
        .map(|(name, _, found)| ResponseSet {
            name: namespace.take(&name, &name),
            is_failure: found.is_failure,
            cases: found.cases,
            availability: Availability::never(),
        })
        .collect()
}

/// Returns words for what the body of a response holds.
fn content(api: &Api, case: &Response) -> String {
    match &case.payload {
        None => "nothing".to_owned(),
        Some(Payload::Text) => "text".to_owned(),
        Some(Payload::Bytes) => "bytes".to_owned(),
        Some(Payload::Json(type_, _)) => api.type_words(type_),
    }
}

/// Notes which set an enum is, if it is one.
fn share(responses: &mut Responses, sets: &[ResponseSet], is_failure: bool) {
    if responses.enum_name.is_none() {
        return;
    }
    let set = sets
        .iter()
        .find(|set| set.is_failure == is_failure && is_same(&set.cases, &responses.cases));
    responses.set = set.map(|set| set.name.clone());
}
