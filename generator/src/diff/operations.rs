//! Finds the operations that belong together, and compares them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire, WireClass};
use crate::diff::code::Call;
use crate::diff::kind::ChangeKind;
use crate::diff::relation::Relation;
use crate::diff::side::Messages;
use crate::diff::walk::Walk;
use crate::diff::{bodies, clients, pages, parameters, responses};
use crate::model::{Api, Operation};

/// Compares all operations.
pub(super) fn compare(walk: &mut Walk<'_>) {
    let (old, new) = (calls(walk.old.api), calls(walk.new.api));
    let matched = matched(&old, &new);
    let taken: BTreeSet<usize> = matched.iter().flatten().copied().collect();
    for (call, other) in old.iter().zip(matched) {
        match other {
            Some(other) => compare_one(walk, *call, new[other]),
            None => removed(walk, *call),
        }
    }
    for (index, call) in new.iter().enumerate() {
        if !taken.contains(&index) {
            added(walk, *call);
        }
    }
}

fn calls(api: &Api) -> Vec<Call<'_>> {
    let of_resource = api.resources.iter().flat_map(|resource| {
        let module = resource.module.as_str();
        let operations = resource.operations.iter();
        operations.map(move |operation| Call { api, module, operation })
    });
    of_resource.collect()
}

/// Returns for each operation the index of the one that it has become: by its `operationId`, or else by its method and
/// path. Those with bodies of other media types are told apart by these.
fn matched(old: &[Call<'_>], new: &[Call<'_>]) -> Vec<Option<usize>> {
    let mut matched: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = BTreeSet::new();
    for key in [by_id, by_path] {
        let mut free: BTreeMap<_, usize> = BTreeMap::new();
        for (index, call) in new.iter().enumerate().filter(|(index, _)| !taken.contains(index)) {
            free.entry(key(call.operation)).or_insert(index);
        }
        for (call, matched) in old.iter().zip(&mut matched).filter(|(_, matched)| matched.is_none()) {
            *matched = free.remove(&key(call.operation));
            taken.extend(*matched);
        }
    }
    matched
}

type Key = (String, Option<String>);

fn by_id(operation: &Operation) -> Key {
    (operation.id.clone(), variant(operation))
}

fn by_path(operation: &Operation) -> Key {
    (
        format!("{} {}", operation.method, without_names(&operation.path)),
        variant(operation),
    )
}

/// Returns the media type of the body, if the operation is there for it.
fn variant(operation: &Operation) -> Option<String> {
    let body = operation.body.as_ref().filter(|_| operation.is_variant);
    body.map(|body| body.media_type.clone())
}

/// Returns a path template without the names of its parameters, which do not go over the wire.
fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("{}");
        text.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    text
}

/// Returns the position of an operation.
fn position(call: Call<'_>) -> At {
    let messages = Messages::REQUESTS.or(Messages::RESPONSES);
    let words = match variant(call.operation) {
        Some(media_type) => format!("operation `{}` with a body of `{media_type}`", call.operation.id),
        None => format!("operation `{}`", call.operation.id),
    };
    At::named(words, call.path(), messages)
}

/// Returns the method and path of an operation, unless it is called by them.
fn sent_as(operation: &Operation) -> String {
    let sent = format!("{} {}", operation.method, operation.path);
    if operation.id == sent {
        String::new()
    } else {
        format!(": `{sent}`")
    }
}

fn removed(walk: &mut Walk<'_>, call: Call<'_>) {
    let at = position(call).with_docs(Some(&call.operation.docs), None);
    let kind = if call.operation.is_variant {
        ChangeKind::MediaTypeRemoved
    } else {
        ChangeKind::OperationRemoved
    };
    let message = format!("is removed{}", sent_as(call.operation));
    let wire = Wire::request(WireClass::Breaking);
    walk.add(&at, kind, message, RustClass::breaks_for_good(call.line()), wire);
}

fn added(walk: &mut Walk<'_>, call: Call<'_>) {
    let at = position(call).with_docs(None, Some(&call.operation.docs));
    let kind = if call.operation.is_variant {
        ChangeKind::MediaTypeAdded
    } else {
        ChangeKind::OperationAdded
    };
    let message = format!("is added{}", sent_as(call.operation));
    let wire = Wire::request(WireClass::Compatible);
    walk.add(&at, kind, message, RustClass::Compiles, wire);
}

/// Compares two operations. Each field is compared: the compiler names one that is forgotten.
fn compare_one(walk: &mut Walk<'_>, old: Call<'_>, new: Call<'_>) {
    let Operation {
        id: _,
        function: _,
        request_type,
        method: _,
        path: _,
        docs,
        parameters: _,
        body: _,
        required,
        is_variant: _,
        success: _,
        failure: _,
        headers: _,
        streams: _,
        alternatives: _,
        accept: _,
        server: _,
        security,
        is_safe: _,
        paging: _,
    } = old.operation;
    let other = new.operation;
    let at = position(old).with_docs(Some(docs), Some(&other.docs));
    walk.docs(&at, docs, &other.docs);
    compare_names(walk, &at, old, new);
    compare_path(walk, &at, old, new);
    parameters::compare(walk, &at, old, new);
    bodies::compare(walk, &at, old, new);
    responses::compare(walk, &at, old, new);
    pages::compare(walk, &at, old, new);
    compare_sending(walk, &at, old.operation, new.operation);
    clients::requirements(walk, &at, security, &other.security);
    let structs = (
        required.as_ref().map(|required| &required.type_.name),
        other.required.as_ref().map(|required| &required.type_.name),
    );
    // The types of an operation have the name of its function.
    let is_same_function = old.path() == new.path();
    let names = [(Some(request_type), Some(&other.request_type)), structs];
    for names in names.into_iter().filter(|_| is_same_function) {
        if let (Some(before), Some(after)) = names
            && before != after
        {
            let rust = RustClass::breaks(old.item(before), new.item(after));
            let message = format!("has the type `{}` now", new.item(after));
            walk.add(&at, ChangeKind::NameChanged, message, rust, Wire::NEITHER);
        }
    }
}

/// Reports what differs in how requests are sent, beside their parameters and bodies.
fn compare_sending(walk: &mut Walk<'_>, at: &At, old: &Operation, new: &Operation) {
    let same = at.wire(Relation::Same);
    if old.accept != new.accept {
        let at = at.inside("header `Accept`");
        let message = format!("is `{}` now, and was `{}`", new.accept, old.accept);
        let kind = ChangeKind::ResponseContentChanged;
        walk.add(&at, kind, message, RustClass::Compiles, same);
    }
    if old.server != new.server {
        let shown = |server: &Option<String>| match server {
            Some(url) => format!("`{url}`"),
            None => "the base URL".to_owned(),
        };
        let message = format!("goes to {} now, and went to {}", shown(&new.server), shown(&old.server));
        let wire = Wire::request(WireClass::Breaking);
        walk.add(at, ChangeKind::ServerChanged, message, RustClass::Compiles, wire);
    }
    if old.is_safe != new.is_safe {
        let message = if new.is_safe {
            "is safe to repeat now"
        } else {
            "is not safe to repeat any more"
        };
        walk.add(at, ChangeKind::SafetyChanged, message, RustClass::Compiles, same);
    }
}

/// Reports another `operationId`, or another function.
fn compare_names(walk: &mut Walk<'_>, at: &At, old: Call<'_>, new: Call<'_>) {
    let rust = if old.path() == new.path() {
        RustClass::Compiles
    } else {
        RustClass::breaks(old.line(), new.line())
    };
    let has_id = |operation: &Operation| !sent_as(operation).is_empty();
    if old.operation.id != new.operation.id && (has_id(old.operation) || has_id(new.operation)) {
        let message = format!("is called `{}` now", new.operation.id);
        walk.add(at, ChangeKind::OperationRenamed, message, rust, Wire::NEITHER);
    } else if rust != RustClass::Compiles {
        let message = format!("is the function `{}` now", new.path());
        walk.add(at, ChangeKind::NameChanged, message, rust, Wire::NEITHER);
    }
}

/// Reports another method or path.
fn compare_path(walk: &mut Walk<'_>, at: &At, old: Call<'_>, new: Call<'_>) {
    let sent = |call: Call<'_>| format!("{} {}", call.operation.method, without_names(&call.operation.path));
    let shown = |call: Call<'_>| format!("{} {}", call.operation.method, call.operation.path);
    let (before, after) = (shown(old), shown(new));
    if before != after {
        let class = if sent(old) == sent(new) {
            WireClass::Compatible
        } else {
            WireClass::Breaking
        };
        let message = format!("is `{after}` now, and was `{before}`");
        walk.add(
            at,
            ChangeKind::OperationMoved,
            message,
            RustClass::Compiles,
            Wire::request(class),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::without_names;

    #[test]
    fn names_of_path_parameters_are_left_out() {
        for (path, without) in [
            ("/pets/{id}", "/pets/{}"),
            ("/pets/{petId}/toys/{toyId}.json", "/pets/{}/toys/{}.json"),
            ("/pets", "/pets"),
            ("/pets/{id", "/pets/{}id"),
        ] {
            assert_eq!(without_names(path), without);
        }
    }
}
