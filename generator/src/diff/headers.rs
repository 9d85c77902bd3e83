//! Compares the documented headers of responses.

use std::collections::BTreeSet;

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire, WireClass};
use crate::diff::code::{self, Call};
use crate::diff::kind::ChangeKind;
use crate::diff::relation::Relation;
use crate::diff::responses;
use crate::diff::walk::Walk;
use crate::model::ResponseHeader;

/// Compares the headers of two operations.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: Call<'_>, new: Call<'_>) {
    let (before, after): (Vec<_>, Vec<_>) = (
        old.operation.response_headers().collect(),
        new.operation.response_headers().collect(),
    );
    let matched = matched_headers(&before, &after);
    let taken: BTreeSet<usize> = matched.iter().flatten().copied().collect();
    let position = |header: &ResponseHeader| at.item(&format!("response header `{}`", header.wire), &header.method);
    let line = |call: Call<'_>, header: &ResponseHeader| {
        let name = call
            .operation
            .headers
            .as_ref()
            .map_or("", |headers| headers.name.as_str());
        let type_ = code::type_(call.api, &header.type_);
        format!(
            "let header: Option<{type_}> = {}(response.headers()).{}()?;",
            call.item(name),
            header.method
        )
    };
    for (header, other) in before.iter().zip(matched) {
        let Some(other) = other.map(|other| after[other]) else {
            let at = position(header).with_docs(Some(&header.docs), None);
            let rust = RustClass::breaks_for_good(line(old, header));
            let wire = Wire::response(WireClass::Breaking);
            walk.add(&at, ChangeKind::ResponseHeaderRemoved, "is removed", rust, wire);
            continue;
        };
        let at = position(header).with_docs(Some(&header.docs), Some(&other.docs));
        walk.docs(&at, &header.docs, &other.docs);
        let class = |_: &Walk<'_>| RustClass::of_lines(line(old, header), line(new, other));
        let is_same = walk.types(&at, &header.type_, &other.type_, class);
        if (header.form != other.form || header.statuses != other.statuses || header.method != other.method) && is_same
        {
            let rust = class(walk);
            let wire = at.wire(Relation::Other);
            let message = "is written otherwise, or in responses with other statuses";
            walk.add(&at, ChangeKind::ResponseHeaderChanged, message, rust, wire);
        }
    }
    compare_set(walk, at, old, new);
    for (_, header) in after.iter().enumerate().filter(|(index, _)| !taken.contains(index)) {
        let at = position(header).with_docs(None, Some(&header.docs));
        let wire = Wire::response(WireClass::Compatible);
        walk.add(
            &at,
            ChangeKind::ResponseHeaderAdded,
            "is added",
            RustClass::Compiles,
            wire,
        );
    }
}

/// Compares what the type of the headers is another name for.
fn compare_set(walk: &mut Walk<'_>, at: &At, old: Call<'_>, new: Call<'_>) {
    let alias = |call: Call<'_>| {
        let headers = call.operation.headers.as_ref()?;
        Some((format!("{}<'_>", call.item(&headers.name)), headers.set.clone()))
    };
    if let (Some(before), Some(after)) = (alias(old), alias(new))
        && old.path() == new.path()
    {
        responses::compare_shared(walk, at, before, after);
    }
}

/// Returns for each header the index of the one that it has become: of its name and statuses, or else of its name.
fn matched_headers(old: &[&ResponseHeader], new: &[&ResponseHeader]) -> Vec<Option<usize>> {
    let mut matched: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = BTreeSet::new();
    for with_statuses in [true, false] {
        for (header, matched) in old.iter().zip(&mut matched).filter(|(_, matched)| matched.is_none()) {
            let found = new.iter().enumerate().find(|(index, other)| {
                let is_same = header.wire == other.wire && (!with_statuses || header.statuses == other.statuses);
                is_same && !taken.contains(index)
            });
            *matched = found.map(|(index, _)| index);
            taken.extend(*matched);
        }
    }
    matched
}
