//! Compares the responses of operations: statuses, contents, headers, streams, and requests for other media types.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire, WireClass};
use crate::diff::code::{self, Call};
use crate::diff::constraints;
use crate::diff::headers;
use crate::diff::kind::ChangeKind;
use crate::diff::parameters::is_told;
use crate::diff::relation::Relation;
use crate::diff::side::Messages;
use crate::diff::streams;
use crate::diff::walk::Walk;
use crate::diff::words;
use crate::model::{Alternative, Expected, Payload, Response, Responses, Status};

/// The responses of an operation that are successes, or those that are failures.
#[derive(Clone, Copy)]
struct Outcome<'run> {
    call: Call<'run>,
    responses: &'run Responses,
    is_failure: bool,
}

/// Compares the responses of two operations.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: Call<'_>, new: Call<'_>) {
    let at = at.clone().in_messages(Messages::RESPONSES);
    for is_failure in [false, true] {
        compare_outcomes(walk, &at, Outcome::of(old, is_failure), Outcome::of(new, is_failure));
    }
    headers::compare(walk, &at, old, new);
    streams::compare(walk, &at, (old, &old.operation.streams), (new, &new.operation.streams));
    compare_alternatives(walk, &at, old, new);
}

impl<'run> Outcome<'run> {
    fn of(call: Call<'run>, is_failure: bool) -> Self {
        let responses = if is_failure {
            &call.operation.failure
        } else {
            &call.operation.success
        };
        Self {
            call,
            responses,
            is_failure,
        }
    }

    /// Returns a line that takes the outcome.
    fn line(self) -> String {
        if self.is_failure {
            let failure = self.responses.enum_name.as_ref();
            let failure = failure.map_or_else(|| "runtime::NoFailure".to_owned(), |name| self.call.item(name));
            return format!("let error: runtime::Error<{failure}>;");
        }
        format!(
            "let value: {} = response.into_inner();",
            self.call.success(self.responses)
        )
    }

    /// Returns a line that matches a response, if they are an enum.
    fn variant_line(self, response: &Response) -> Option<String> {
        let name = self.call.item(self.responses.enum_name.as_ref()?);
        Some(match &response.payload {
            Some(payload) => {
                let type_ = code::payload(self.call.api, Some(payload));
                format!(
                    "let {name}::{}(inner) = value; let inner: {type_} = inner;",
                    response.variant
                )
            }
            None => format!("matches!(value, {name}::{});", response.variant),
        })
    }
}

fn compare_outcomes(walk: &mut Walk<'_>, at: &At, old: Outcome<'_>, new: Outcome<'_>) {
    let start = walk.found.len();
    let by_status: BTreeMap<Status, &Response> = new.responses.cases.iter().map(|each| (each.status, each)).collect();
    let known: BTreeSet<Status> = old.responses.cases.iter().map(|each| each.status).collect();
    for response in &old.responses.cases {
        let at = position(at, response);
        if let Some(other) = by_status.get(&response.status) {
            let at = at.with_docs(Some(&response.docs), Some(&other.docs));
            compare_cases(walk, &at, (old, response), (new, other));
            continue;
        }
        let at = at.with_docs(Some(&response.docs), None);
        let rust = outcome_class(walk, old, new).or(|| match old.variant_line(response) {
            Some(line) => RustClass::breaks_for_good(line),
            None => RustClass::Compiles,
        });
        let wire = if old.is_failure {
            WireClass::Compatible
        } else {
            WireClass::Breaking
        };
        walk.add(
            &at,
            ChangeKind::ResponseRemoved,
            "is removed",
            rust,
            Wire::response(wire),
        );
    }
    for response in new.responses.cases.iter().filter(|each| !known.contains(&each.status)) {
        let at = position(at, response).with_docs(None, Some(&response.docs));
        let rust = outcome_class(walk, old, new);
        let wire = Wire::response(WireClass::Narrowing);
        walk.add(&at, ChangeKind::ResponseAdded, "is added", rust, wire);
    }
    let rust = outcome_class(walk, old, new);
    // The types of an operation have the name of its function.
    let is_same_function = old.call.path() == new.call.path();
    if rust != RustClass::Compiles && is_same_function && !is_told(walk, start) {
        let message = "has another type of responses";
        walk.add(at, ChangeKind::NameChanged, message, rust, Wire::NEITHER);
    }
    let alias = |outcome: Outcome<'_>| {
        let name = outcome.responses.enum_name.as_ref()?;
        Some((outcome.call.item(name), outcome.responses.set.clone()))
    };
    if let (Some(before), Some(after)) = (alias(old), alias(new))
        && is_same_function
        && !is_told(walk, start)
    {
        compare_shared(walk, at, before, after);
    }
}

/// Compares what the type of an outcome, or of headers, is another name for: a shared type, if there is one. A shared type
/// that is gone is reported for all operations.
pub(super) fn compare_shared(
    walk: &mut Walk<'_>,
    at: &At,
    (before, old): (String, Option<String>),
    (after, new): (String, Option<String>),
) {
    let is_there = |name: &str| {
        let sets = walk.new.api.response_sets.iter().map(|set| &set.name);
        let mut sets = sets.chain(walk.new.api.header_sets.iter().map(|set| &set.name));
        sets.any(|set| set == name)
    };
    let Some(old) = old.as_ref().filter(|set| new.as_ref() != Some(set) && is_there(set)) else {
        return;
    };
    let message = match &new {
        Some(new) => format!("has `responses::{new}` for `{after}` now, and had `responses::{old}`"),
        None => format!("has a type of its own for `{after}` now, and had `responses::{old}`"),
    };
    let line = |type_: &str, value: &str| format!("fn shared(value: {value}) -> responses::{type_} {{ value }}");
    let before = line(old, &before);
    let rust = match &new {
        Some(new) => RustClass::breaks(before, line(new, &after)),
        None => RustClass::breaks_for_good(before),
    };
    walk.add(at, ChangeKind::NameChanged, message, rust, Wire::NEITHER);
}

fn position(at: &At, response: &Response) -> At {
    at.item(&format!("response `{}`", response.status), &response.variant)
}

/// Returns the class of code that names the type of the outcome.
fn outcome_class(walk: &Walk<'_>, old: Outcome<'_>, new: Outcome<'_>) -> RustClass {
    let is_enum = |outcome: Outcome<'_>| outcome.is_failure || outcome.responses.enum_name.is_some();
    let is_same = if is_enum(old) || is_enum(new) {
        old.line() == new.line()
    } else {
        let payload = |outcome: Outcome<'_>| outcome.responses.cases.first().and_then(|case| case.payload.clone());
        match (payload(old), payload(new)) {
            (Some(Payload::Json(old, _)), Some(Payload::Json(new, _))) => walk.are_same(&old, &new),
            (old, new) => code::payload(walk.old.api, old.as_ref()) == code::payload(walk.new.api, new.as_ref()),
        }
    };
    if is_same {
        RustClass::Compiles
    } else {
        RustClass::breaks(old.line(), new.line())
    }
}

fn compare_cases(
    walk: &mut Walk<'_>,
    at: &At,
    (old, before): (Outcome<'_>, &Response),
    (new, after): (Outcome<'_>, &Response),
) {
    let start = walk.found.len();
    walk.docs(at, &before.docs, &after.docs);
    let lines = (old.variant_line(before), new.variant_line(after));
    let variant_class = || match &lines {
        (Some(one), Some(two)) => RustClass::of_lines(one.clone(), two.clone()),
        _ => RustClass::Compiles,
    };
    let class = |walk: &Walk<'_>| outcome_class(walk, old, new).or(variant_class);
    if let (Some(Payload::Json(one, one_rules)), Some(Payload::Json(two, two_rules))) =
        (&before.payload, &after.payload)
    {
        walk.types(at, one, two, class);
        constraints::compare(walk, at, (one_rules, two_rules), start);
    } else if let (one, two) = (content(before), content(after))
        && one != two
    {
        let wire = if before.payload.is_none() {
            WireClass::Compatible
        } else {
            WireClass::Breaking
        };
        let rust = class(walk);
        let message = format!("has {two} now, and had {one}");
        walk.add(
            at,
            ChangeKind::ResponseContentChanged,
            message,
            rust,
            Wire::response(wire),
        );
    }
    if before.variant != after.variant {
        let rust = variant_class();
        walk.add(at, ChangeKind::NameChanged, "has another variant", rust, Wire::NEITHER);
    }
    if before.expected != after.expected {
        let message = format!("is read as {} now", expected(&after.expected));
        let wire = at.wire(Relation::Other);
        walk.add(
            at,
            ChangeKind::ResponseContentChanged,
            message,
            RustClass::Compiles,
            wire,
        );
    }
}

fn content(response: &Response) -> &'static str {
    match response.payload {
        None => "no content",
        Some(Payload::Json(..)) => "JSON",
        Some(Payload::Text) => "text",
        Some(Payload::Bytes) => "bytes",
    }
}

fn expected(expected: &Expected) -> String {
    match expected {
        Expected::Any => "any media type".to_owned(),
        Expected::Unless { media_type, others } => {
            format!(
                "`{media_type}`, unless it is {}",
                words::list(others.iter().map(String::as_str))
            )
        }
        Expected::Only { media_type, .. } => format!("`{media_type}` alone"),
    }
}

/// Compares the requests for other media types.
fn compare_alternatives(walk: &mut Walk<'_>, at: &At, old: Call<'_>, new: Call<'_>) {
    let of = |call: Call<'_>, other: &Alternative| format!("{}.{}();", call.line().trim_end_matches(';'), other.method);
    let position = |other: &Alternative| at.item(&format!("response as `{}`", other.media_type), &other.method);
    let by_type: BTreeMap<&str, &Alternative> = new
        .operation
        .alternatives
        .iter()
        .map(|other| (other.media_type.as_str(), other))
        .collect();
    let known: BTreeSet<&str> = old
        .operation
        .alternatives
        .iter()
        .map(|other| other.media_type.as_str())
        .collect();
    for before in &old.operation.alternatives {
        let at = position(before);
        let Some(after) = by_type.get(before.media_type.as_str()) else {
            let rust = RustClass::breaks_for_good(of(old, before));
            let wire = Wire::response(WireClass::Breaking);
            walk.add(&at, ChangeKind::MediaTypeRemoved, "is removed", rust, wire);
            continue;
        };
        if before.method != after.method {
            let rust = RustClass::breaks(of(old, before), of(new, after));
            walk.add(&at, ChangeKind::NameChanged, "has another method", rust, Wire::NEITHER);
        }
        let outcome = |call, responses| Outcome {
            call,
            responses,
            is_failure: false,
        };
        compare_outcomes(walk, &at, outcome(old, &before.success), outcome(new, &after.success));
        streams::compare(
            walk,
            &at,
            (old, before.stream.as_slice()),
            (new, after.stream.as_slice()),
        );
    }
    for after in new
        .operation
        .alternatives
        .iter()
        .filter(|other| !known.contains(other.media_type.as_str()))
    {
        let wire = Wire::response(WireClass::Compatible);
        walk.add(
            &position(after),
            ChangeKind::MediaTypeAdded,
            "is added",
            RustClass::Compiles,
            wire,
        );
    }
}
