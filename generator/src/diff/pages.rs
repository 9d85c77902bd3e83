//! Compares the pagination of operations.

use crate::diff::at::At;
use crate::diff::change::RustClass;
use crate::diff::code::{self, Call};
use crate::diff::kind::ChangeKind;
use crate::diff::relation::Relation;
use crate::diff::walk::Walk;
use crate::model::{AccessStep, Operation, PagingStyle};

/// Compares the pages of two operations.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: Call<'_>, new: Call<'_>) {
    let at = at.inside("pagination");
    let wire = at.wire(Relation::Same);
    let line = |call: Call<'_>| format!("{}.pages(client);", call.line().trim_end_matches(';'));
    match (&old.operation.paging, &new.operation.paging) {
        (None, None) => {}
        (None, Some(_)) => walk.add(&at, ChangeKind::PaginationAdded, "is added", RustClass::Compiles, wire),
        (Some(_), None) => {
            let rust = RustClass::breaks(line(old), new.line());
            walk.add(&at, ChangeKind::PaginationRemoved, "is removed", rust, wire);
        }
        (Some(before), Some(after)) => {
            walk.types(&at.inside("items"), &before.item, &after.item, |walk| {
                let item = |type_: String, call: Call<'_>| {
                    let call = call.line();
                    format!(
                        "let item: {type_} = {}.items(client).next().await.unwrap()?;",
                        call.trim_end_matches(';')
                    )
                };
                let before = item(code::type_(walk.old.api, &before.item), old);
                RustClass::breaks(before, item(code::type_(walk.new.api, &after.item), new))
            });
            let (one, two) = (shown(old.operation, &before.style), shown(new.operation, &after.style));
            let is_other = one != two || before.items != after.items || before.size != after.size;
            if is_other {
                let message = if one == two {
                    format!("reads pages otherwise now: {two}")
                } else {
                    format!("is {two} now, and was {one}")
                };
                walk.add(&at, ChangeKind::PaginationChanged, message, RustClass::Compiles, wire);
            }
        }
    }
}

/// Describes how pages are requested. Equal texts stand for equal styles.
fn shown(operation: &Operation, style: &PagingStyle) -> String {
    let name = |index: usize| {
        operation
            .parameters
            .get(index)
            .map_or("", |parameter| parameter.wire.as_str())
    };
    let optional = |words: &str, steps: &Option<Vec<AccessStep>>| {
        steps
            .as_ref()
            .map_or_else(String::new, |steps| format!("{words}{}", access(steps)))
    };
    match style {
        PagingStyle::Offset { parameter, total } => {
            format!("by offset `{}`{}", name(*parameter), optional(" up to ", total))
        }
        PagingStyle::Page {
            parameter,
            first,
            total,
        } => format!(
            "by page `{}` from {first}{}",
            name(*parameter),
            optional(" up to ", total)
        ),
        PagingStyle::Cursor { parameter, next, more } => {
            format!(
                "by cursor `{}` from {}{}",
                name(*parameter),
                access(next),
                optional(" while ", more)
            )
        }
        PagingStyle::LastItem { parameter, id, more } => {
            format!(
                "by the last item `{}` from {}{}",
                name(*parameter),
                access(id),
                optional(" while ", more)
            )
        }
        PagingStyle::Link { field: _, next } => format!("by link{}", optional(" from ", next)),
    }
}

fn access(steps: &[AccessStep]) -> String {
    let steps: Vec<String> = steps
        .iter()
        .map(|step| match step {
            AccessStep::Property { field, .. } => field.clone(),
            AccessStep::NotNull => "?".to_owned(),
            AccessStep::Inner => "0".to_owned(),
        })
        .collect();
    format!("`{}`", steps.join("."))
}
