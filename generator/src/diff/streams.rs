//! Compares how the bodies of responses are streamed, and what the server sends by itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire, WireClass};
use crate::diff::code::{self, Call};
use crate::diff::constraints;
use crate::diff::kind::ChangeKind;
use crate::diff::relation::Relation;
use crate::diff::side::Messages;
use crate::diff::walk::Walk;
use crate::model::{Api, Payload, Stream, Webhook, Webhooks};

/// Compares the streams of a request.
pub(super) fn compare(
    walk: &mut Walk<'_>,
    at: &At,
    (old, before): (Call<'_>, &[Stream]),
    (new, after): (Call<'_>, &[Stream]),
) {
    for one in before {
        let at = at.inside(name(one));
        let line = |call: Call<'_>, stream: &Stream| {
            let (method, type_) = match stream {
                Stream::Bytes(_) => ("stream", "ByteStream"),
                Stream::Lines { .. } => ("lines", "JsonLines"),
                Stream::Events { .. } => ("events", "Events"),
            };
            let item = stream
                .type_()
                .map(|type_| format!("<{}>", code::type_(call.api, type_)));
            let call = format!("{}.{method}(client)", call.line().trim_end_matches(';'));
            format!(
                "let stream: runtime::{type_}{} = {call}.await?.into_inner();",
                item.unwrap_or_default()
            )
        };
        let Some(two) = after.iter().find(|two| name(two) == name(one)) else {
            let rust = RustClass::breaks_for_good(line(old, one));
            walk.add(
                &at,
                ChangeKind::StreamChanged,
                "is removed",
                rust,
                Wire::response(WireClass::Breaking),
            );
            continue;
        };
        if let (Some(one_type), Some(two_type)) = (one.type_(), two.type_()) {
            walk.types(&at, one_type, two_type, |_| {
                RustClass::of_lines(line(old, one), line(new, two))
            });
        }
        let (one, two) = (facts(one), facts(two));
        if one != two {
            let message = format!("has {two} now, and had {one}");
            let wire = at.wire(Relation::Other);
            walk.add(&at, ChangeKind::StreamChanged, message, RustClass::Compiles, wire);
        }
    }
    for two in after
        .iter()
        .filter(|two| !before.iter().any(|one| name(one) == name(two)))
    {
        let at = at.inside(name(two));
        walk.add(
            &at,
            ChangeKind::StreamChanged,
            "is added",
            RustClass::Compiles,
            at.wire(Relation::Same),
        );
    }
}

fn name(stream: &Stream) -> &'static str {
    match stream {
        Stream::Bytes(_) => "stream of bytes",
        Stream::Lines { .. } => "stream of lines",
        Stream::Events { .. } => "stream of events",
    }
}

/// Describes a stream beside its type.
fn facts(stream: &Stream) -> String {
    match stream {
        Stream::Bytes(statuses) => {
            let statuses: Vec<String> = statuses.iter().map(ToString::to_string).collect();
            format!("the statuses {}", statuses.join(", "))
        }
        Stream::Lines { accept, type_: _ } => format!("the media types `{accept}`"),
        Stream::Events { type_: _, is_text, end } => {
            let data = if *is_text { "text" } else { "JSON" };
            format!(
                "{data} for data, and {} for its end",
                end.as_deref().unwrap_or("nothing")
            )
        }
    }
}

/// Compares the webhooks and the callbacks.
pub(super) fn webhooks(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.api, walk.new.api);
    for are_callbacks in [false, true] {
        let of = |api: &'_ Api| api.webhooks.iter().position(|each| each.are_callbacks == are_callbacks);
        let before = of(old).map(|index| &old.webhooks[index]);
        let after = of(new).map(|index| &new.webhooks[index]);
        let noun = if are_callbacks { "callback" } else { "webhook" };
        compare_all(walk, noun, before, after);
    }
}

fn compare_all(walk: &mut Walk<'_>, noun: &str, old: Option<&Webhooks>, new: Option<&Webhooks>) {
    let list = |webhooks: Option<&'_ Webhooks>| webhooks.map(|all| all.webhooks.clone()).unwrap_or_default();
    let owner = |webhooks: Option<&Webhooks>| format!("webhooks::{}", webhooks.map_or("", |all| all.name.as_str()));
    let (before, after, owner, new_owner) = (list(old), list(new), owner(old), owner(new));
    let position = |owner: &str, webhook: &Webhook| {
        let rust = format!("{owner}::{}", webhook.variant);
        At::named(format!("{noun} `{}`", webhook.wire), rust, Messages::RESPONSES)
    };
    let by_name: BTreeMap<&str, &Webhook> = after.iter().map(|each| (each.wire.as_str(), each)).collect();
    let known: BTreeSet<&str> = before.iter().map(|each| each.wire.as_str()).collect();
    for webhook in &before {
        let (at, line) = (position(&owner, webhook), webhook_line(&owner, webhook));
        if let Some(other) = by_name.get(webhook.wire.as_str()) {
            let at = at.with_docs(Some(&webhook.docs), Some(&other.docs));
            let new_line = webhook_line(&new_owner, other);
            compare_webhook(walk, &at, (webhook, line), (other, new_line));
        } else {
            let at = at.with_docs(Some(&webhook.docs), None);
            let (rust, wire) = (RustClass::breaks_for_good(line), Wire::response(WireClass::Breaking));
            walk.add(&at, ChangeKind::WebhookRemoved, "is removed", rust, wire);
        }
    }
    for webhook in after.iter().filter(|each| !known.contains(each.wire.as_str())) {
        let at = position(&new_owner, webhook).with_docs(None, Some(&webhook.docs));
        let wire = Wire::response(WireClass::Narrowing);
        walk.add(&at, ChangeKind::WebhookAdded, "is added", RustClass::Compiles, wire);
    }
}

/// Returns a line that matches a webhook.
fn webhook_line(owner: &str, webhook: &Webhook) -> String {
    let content = if webhook.payload.is_some() { "(_)" } else { "" };
    format!("matches!(value, {owner}::{}{content});", webhook.variant)
}

fn compare_webhook(walk: &mut Walk<'_>, at: &At, (old, line): (&Webhook, String), (new, new_line): (&Webhook, String)) {
    let start = walk.found.len();
    let typed = |line: &str, type_: &str| {
        format!(
            "{} let inner: {type_} = inner;",
            line.replace("matches!(value, ", "let ")
                .replace("(_));", "(inner) = value;")
        )
    };
    walk.docs(at, &old.docs, &new.docs);
    if line != new_line {
        let rust = RustClass::breaks(line.clone(), new_line.clone());
        walk.add(at, ChangeKind::NameChanged, "has another variant", rust, Wire::NEITHER);
    }
    match (&old.payload, &new.payload) {
        (Some(Payload::Json(one, one_rules)), Some(Payload::Json(two, two_rules))) => {
            walk.types(at, one, two, |walk| {
                let before = typed(&line, &code::type_(walk.old.api, one));
                RustClass::breaks(before, typed(&new_line, &code::type_(walk.new.api, two)))
            });
            constraints::compare(walk, at, (one_rules, two_rules), start);
        }
        (one, two) => {
            let (one, two) = (
                code::payload(walk.old.api, one.as_ref()),
                code::payload(walk.new.api, two.as_ref()),
            );
            if one != two {
                let rust = RustClass::breaks(typed(&line, &one), typed(&new_line, &two));
                let wire = Wire::response(WireClass::Breaking);
                walk.add(at, ChangeKind::WebhookChanged, "has another content", rust, wire);
            }
        }
    }
}
