//! Compares what belongs to clients as a whole: security, Cargo features, and types that operations share.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire, WireClass};
use crate::diff::kind::ChangeKind;
use crate::diff::side::Messages;
use crate::diff::walk::Walk;
use crate::diff::{servers, streams, words};
use crate::model::{Api, Availability, Feature, Scheme, SchemeKind};

/// Compares what is of no single operation or type.
pub(super) fn compare(walk: &mut Walk<'_>) {
    servers::compare(walk);
    schemes(walk);
    features(walk);
    streams::webhooks(walk);
    shared(walk);
    settings(walk);
}

/// Compares the items of two lists by their names.
fn by_name<'run, T>(
    old: &'run [T],
    new: &'run [T],
    name: impl Fn(&T) -> &str,
) -> Vec<(Option<&'run T>, Option<&'run T>)> {
    let after: BTreeMap<&str, &T> = new.iter().map(|each| (name(each), each)).collect();
    let known: BTreeSet<&str> = old.iter().map(&name).collect();
    let both = old.iter().map(|each| (Some(each), after.get(name(each)).copied()));
    let added = new
        .iter()
        .filter(|each| !known.contains(name(each)))
        .map(|each| (None, Some(each)));
    both.chain(added).collect()
}

fn schemes(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.api, walk.new.api);
    let position = |scheme: &Scheme| {
        let rust = format!("ClientBuilder::{}", scheme.setter);
        At::named(format!("security scheme `{}`", scheme.name), rust, Messages::REQUESTS)
    };
    for (before, after) in by_name(&old.schemes, &new.schemes, |scheme| &scheme.name) {
        match (before, after) {
            (Some(before), Some(after)) => {
                let at = position(before).with_docs(Some(&before.docs), Some(&after.docs));
                walk.docs(&at, &before.docs, &after.docs);
                scheme(walk, &at, before, after);
            }
            (Some(before), None) => {
                let at = position(before).with_docs(Some(&before.docs), None);
                let rust = RustClass::breaks_for_good(scheme_line(before));
                let wire = Wire::request(WireClass::Compatible);
                walk.add(
                    &at,
                    ChangeKind::SecuritySchemeRemoved,
                    "is no longer asked for",
                    rust,
                    wire,
                );
            }
            (None, Some(after)) => {
                let at = position(after).with_docs(None, Some(&after.docs));
                let wire = Wire::request(WireClass::Compatible);
                let rust = constructors(old, new);
                walk.add(&at, ChangeKind::SecuritySchemeAdded, "is asked for", rust, wire);
            }
            (None, None) => {}
        }
    }
}

/// Returns a line that gives a client the credentials of a scheme.
fn scheme_line(scheme: &Scheme) -> String {
    format!(
        "Client::builder().{}({});",
        scheme.setter,
        credentials(scheme).join(", ")
    )
}

/// Returns the class of what makes a client in one step: it takes the credentials of the only scheme, if there is one.
fn constructors(old: &Api, new: &Api) -> RustClass {
    let arguments = |api: &Api| match api.schemes.as_slice() {
        [scheme] => credentials(scheme),
        _ => &[],
    };
    let (before, after) = (arguments(old), arguments(new));
    // A token and a key are texts both.
    if before.len() == after.len() {
        return RustClass::Compiles;
    }
    let line = |arguments: &[&str]| format!("Client::new({});", arguments.join(", "));
    RustClass::breaks(line(before), line(after))
}

/// Returns the credentials of a scheme, as callers give them.
fn credentials(scheme: &Scheme) -> &'static [&'static str] {
    match scheme.kind {
        SchemeKind::Bearer => &["token"],
        SchemeKind::Basic => &["user", "password"],
        SchemeKind::ApiKey(..) => &["key"],
    }
}

fn scheme(walk: &mut Walk<'_>, at: &At, old: &Scheme, new: &Scheme) {
    let rust = RustClass::of_lines(scheme_line(old), scheme_line(new));
    if old.kind != new.kind {
        let kind = |kind: &SchemeKind| match kind {
            SchemeKind::Bearer => "a bearer token".to_owned(),
            SchemeKind::Basic => "user and password".to_owned(),
            SchemeKind::ApiKey(location, name) => format!("the key `{name}` in {location:?}").to_lowercase(),
        };
        let message = format!("is {} now, and was {}", kind(&new.kind), kind(&old.kind));
        let wire = Wire::request(WireClass::Breaking);
        walk.add(at, ChangeKind::SecuritySchemeChanged, message, rust, wire);
    } else if rust != RustClass::Compiles {
        walk.add(at, ChangeKind::NameChanged, "has another setter", rust, Wire::NEITHER);
    }
    if old.flows != new.flows {
        let lines = |scheme: &Scheme| -> Vec<String> {
            let flows = scheme.flows.iter();
            let setters = flows.flat_map(|flows| {
                let own = [flows.client_credentials.as_ref(), flows.refresh_token.as_ref()];
                let own = own.into_iter().flatten().map(|flow| flow.setter.clone());
                [flows.setter.clone()].into_iter().chain(own)
            });
            setters
                .map(|setter| format!("Client::builder().{setter}(grant);"))
                .collect()
        };
        let after = lines(new);
        let lost = lines(old).into_iter().find(|line| !after.contains(line));
        let rust = lost.map_or(RustClass::Compiles, RustClass::breaks_for_good);
        let wire = Wire::request(WireClass::Narrowing);
        let message = "has other flows, token endpoints or scopes";
        walk.add(at, ChangeKind::SecuritySchemeChanged, message, rust, wire);
    }
}

/// Compares the security requirements of an operation.
pub(super) fn requirements(walk: &mut Walk<'_>, at: &At, old: &[Vec<String>], new: &[Vec<String>]) {
    let names = |api: &Api, requirements: &[Vec<String>]| -> BTreeSet<Vec<String>> {
        let name = |static_name: &String| {
            let scheme = api.schemes.iter().find(|scheme| scheme.static_name == *static_name);
            scheme.map_or_else(|| static_name.clone(), |scheme| scheme.name.clone())
        };
        requirements.iter().map(|all| all.iter().map(name).collect()).collect()
    };
    let (before, after) = (names(walk.old.api, old), names(walk.new.api, new));
    if before == after {
        return;
    }
    let shown = |alternatives: &BTreeSet<Vec<String>>| {
        let all: Vec<String> = alternatives
            .iter()
            .map(|all| {
                if all.is_empty() {
                    "nothing".to_owned()
                } else {
                    words::list(all.iter().map(String::as_str))
                }
            })
            .collect();
        if all.is_empty() {
            "nothing".to_owned()
        } else {
            all.join(" or ")
        }
    };
    let is_open = |alternatives: &BTreeSet<Vec<String>>| alternatives.is_empty() || alternatives.contains(&Vec::new());
    let class = if is_open(&after) || (!before.is_empty() && before.is_subset(&after)) {
        WireClass::Compatible
    } else if before.is_disjoint(&after) {
        WireClass::Breaking
    } else {
        WireClass::Narrowing
    };
    let message = format!("asks for {} now, and asked for {}", shown(&after), shown(&before));
    walk.add(
        at,
        ChangeKind::SecurityChanged,
        message,
        RustClass::Compiles,
        Wire::request(class),
    );
}

fn features(walk: &mut Walk<'_>) {
    for (before, after) in by_name(&walk.old.api.features, &walk.new.api.features, |feature: &Feature| {
        &feature.name
    }) {
        let name = before.or(after).map_or("", |feature| feature.name.as_str());
        let at = At::named(format!("feature `{name}`"), name.to_owned(), Messages::default());
        match (before, after) {
            (Some(_), None) => {
                let rust = RustClass::breaks_for_good(format!("features = [{name:?}]"));
                walk.add(&at, ChangeKind::FeatureRemoved, "is removed", rust, Wire::NEITHER);
            }
            (None, Some(_)) => {
                walk.add(
                    &at,
                    ChangeKind::FeatureAdded,
                    "is added",
                    RustClass::Compiles,
                    Wire::NEITHER,
                );
            }
            _ => {}
        }
    }
}

/// Reports that an item is no longer compiled with features that both crates have.
pub(super) fn availability(walk: &mut Walk<'_>, at: &At, old: &Availability, new: &Availability) {
    let (Some(after), before) = (walk.new.api.feature_names(new), walk.old.api.feature_names(old)) else {
        return;
    };
    let had_features = !walk.old.api.features.is_empty();
    let before = before.unwrap_or_default();
    let exists = |name: &&str| walk.new.api.features.iter().any(|feature| feature.name == **name);
    let lost: Vec<&str> = before
        .iter()
        .copied()
        .filter(|name| !after.contains(name))
        .filter(exists)
        .collect();
    let is_default = |name: &&str| {
        let mut features = walk.new.api.features.iter();
        features.any(|feature| feature.name == **name && feature.part.is_default())
    };
    // The first features of a crate are those that it had as a whole.
    let are_first = !had_features && after.iter().any(is_default);
    if are_first || (lost.is_empty() && *old != Availability::Always) {
        return;
    }
    let shown = |names: &[&str]| match names {
        [] => "default-features = false".to_owned(),
        names => format!("features = {names:?}"),
    };
    let message = format!("is compiled with {} alone now", words::list(after.iter().copied()));
    let rust = RustClass::breaks(shown(&lost), shown(&after));
    walk.add(at, ChangeKind::AvailabilityChanged, message, rust, Wire::NEITHER);
}

/// Compares the types of responses that several operations share. Operations have names of their own for them.
fn shared(walk: &mut Walk<'_>) {
    let names = |api: &Api| -> BTreeSet<String> {
        let sets = api.response_sets.iter().map(|set| set.name.clone());
        sets.chain(api.header_sets.iter().map(|set| set.name.clone())).collect()
    };
    let (before, after) = (names(walk.old.api), names(walk.new.api));
    for name in before.difference(&after) {
        let path = format!("responses::{name}");
        let at = At::named(format!("shared responses `{name}`"), path.clone(), Messages::RESPONSES);
        let message = "are shared no more; operations keep names of their own";
        walk.add(
            &at,
            ChangeKind::TypeRemoved,
            message,
            RustClass::breaks_for_good(path),
            Wire::NEITHER,
        );
    }
    for name in after.difference(&before) {
        let at = At::named(
            format!("shared responses `{name}`"),
            format!("responses::{name}"),
            Messages::RESPONSES,
        );
        walk.add(
            &at,
            ChangeKind::TypeAdded,
            "are shared now",
            RustClass::Compiles,
            Wire::NEITHER,
        );
    }
}

/// Compares headers of every request and environment variables.
fn settings(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.api, walk.new.api);
    let at = |words: &str, rust: &str| At::named(words.to_owned(), rust.to_owned(), Messages::REQUESTS);
    if old.headers != new.headers {
        let at = at("the headers of every request", "ClientBuilder");
        let wire = Wire::request(WireClass::Narrowing);
        walk.add(
            &at,
            ChangeKind::ClientChanged,
            "are others now",
            RustClass::Compiles,
            wire,
        );
    }
    if old.environment != new.environment {
        let at = at("the environment variables of the client", "Client::from_env");
        let line = "Client::from_env()?;";
        let rust = if new.environment.is_none() {
            RustClass::breaks_for_good(line)
        } else {
            RustClass::Compiles
        };
        walk.add(&at, ChangeKind::ClientChanged, "are others now", rust, Wire::NEITHER);
    }
}
