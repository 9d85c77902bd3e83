//! Compares the parts of `multipart` bodies.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::at::At;
use crate::diff::bodies::encoding_words;
use crate::diff::change::{RustClass, Wire, WireClass};
use crate::diff::code::{self, Call};
use crate::diff::constraints;
use crate::diff::kind::ChangeKind;
use crate::diff::walk::Walk;
use crate::diff::words;
use crate::model::{Api, Part, PartContent, Parts};

/// The parts of the body of an operation.
#[derive(Clone, Copy)]
struct Form<'run> {
    call: Call<'run>,
    parts: &'run Parts,
}

/// Compares the parts of bodies.
pub(super) fn compare(
    walk: &mut Walk<'_>,
    at: &At,
    (old_call, old): (Call<'_>, &Parts),
    (new_call, new): (Call<'_>, &Parts),
) {
    let by_name: BTreeMap<&str, &Part> = new.parts.iter().map(|part| (part.wire.as_str(), part)).collect();
    let known: BTreeSet<&str> = old.parts.iter().map(|part| part.wire.as_str()).collect();
    let (before, after) = (
        Form {
            call: old_call,
            parts: old,
        },
        Form {
            call: new_call,
            parts: new,
        },
    );
    let start = walk.found.len();
    let position = |part: &Part| at.item(&format!("part `{}`", part.wire), &part.field);
    walk.docs(at, &old.docs, &new.docs);
    for part in &old.parts {
        if let Some(other) = by_name.get(part.wire.as_str()) {
            let at = position(part).with_docs(Some(&part.docs), Some(&other.docs));
            compare_one(walk, &at, (before, part), (after, other));
        } else {
            let at = position(part).with_docs(Some(&part.docs), None);
            let rust = RustClass::breaks(before.line(Some(part)), after.line(None));
            let wire = Wire::request(WireClass::Narrowing);
            walk.add(&at, ChangeKind::PartRemoved, "is removed", rust, wire);
        }
    }
    for part in new.parts.iter().filter(|part| !known.contains(part.wire.as_str())) {
        let at = position(part).with_docs(None, Some(&part.docs));
        let (rust, wire) = if part.required {
            let rust = RustClass::of_lines(before.line(None), after.line(None));
            (rust, WireClass::Breaking)
        } else {
            (RustClass::Compiles, WireClass::Compatible)
        };
        walk.add(&at, ChangeKind::PartAdded, "is added", rust, Wire::request(wire));
    }
    let names = |form: Form<'_>| format!("{}::{}", form.call.item(&form.parts.name), form.parts.add);
    let rust = RustClass::of_lines(names(before), names(after));
    if (rust != RustClass::Compiles || old.other != new.other) && before.call.path() == after.call.path() {
        let rust = rust.or(|| RustClass::breaks(format!("value.{}", old.other), format!("value.{}", new.other)));
        let message = "has another type, field or method";
        walk.add(at, ChangeKind::NameChanged, message, rust, Wire::NEITHER);
    }
    constraints::compare(walk, at, (&old.constraints, &new.constraints), start);
}

fn compare_one(walk: &mut Walk<'_>, at: &At, (old, part): (Form<'_>, &Part), (new, other): (Form<'_>, &Part)) {
    walk.docs(at, &part.docs, &other.docs);
    let lines = || RustClass::of_lines(old.line(Some(part)), new.line(Some(other)));
    let (message, wire) = if other.required {
        ("is required now", WireClass::Breaking)
    } else {
        ("is optional now", WireClass::Compatible)
    };
    if part.required != other.required {
        walk.add(at, ChangeKind::PartChanged, message, lines(), Wire::request(wire));
    }
    let is_same = match (&part.content, &other.content) {
        (PartContent::Value(one, _), PartContent::Value(two, _)) => walk.types(at, one, two, |_| lines()),
        _ => true,
    };
    let (one, two) = (part_words(walk.old.api, part), part_words(walk.new.api, other));
    if one != two && is_same {
        let message = format!("is {two} now, and was {one}");
        let wire = Wire::request(WireClass::Narrowing);
        walk.add(at, ChangeKind::PartChanged, message, lines(), wire);
    }
}

impl Form<'_> {
    /// Returns a line that makes the parts, and sets one of them.
    fn line(self, set: Option<&Part>) -> String {
        parts_line(self.call.api, self.call, self.parts, set)
    }
}

/// Returns a line that makes the parts, and sets one that is optional.
fn parts_line(api: &Api, call: Call<'_>, parts: &Parts, set: Option<&Part>) -> String {
    let given: Vec<&str> = parts.given().map(|part| part.field.as_str()).collect();
    let arguments = match &parts.required {
        Some(required) => format!("{} {{ {} }}", call.item(&required.name), given.join(", ")),
        None => given.join(", "),
    };
    let made = format!("{}::new({arguments})", call.item(&parts.name));
    let Some(part) = set else {
        return format!("{made};");
    };
    let type_ = match &part.content {
        PartContent::Value(type_, _) => code::type_(api, type_),
        PartContent::File { is_list: true, .. } => "Vec<runtime::Upload>".to_owned(),
        PartContent::File { .. } => "runtime::Upload".to_owned(),
    };
    let setter = if given.contains(&part.field.as_str()) {
        String::new()
    } else {
        format!(".{0}({0})", part.field)
    };
    format!("let {0}: {type_} = {0}; {made}{setter};", part.field)
}

/// Describes a part. Equal texts stand for equal parts.
fn part_words(api: &Api, part: &Part) -> String {
    let content = match &part.content {
        PartContent::Value(_, encoding) => format!("a value, encoded {}", encoding_words(encoding)),
        PartContent::File {
            media_types,
            is_list,
            is_declared,
        } => {
            let file = if *is_list { "a list of files" } else { "a file" };
            let declared = if *is_declared { "" } else { " by its media type" };
            format!("{file} of `{media_types}`{declared}")
        }
    };
    let mut words = content;
    if let Some(constant) = &part.constant {
        words = format!("{words}, always `{}`", words::constant(api, constant));
    }
    for header in &part.headers {
        let required = if header.required { " (required)" } else { "" };
        let type_ = words::type_(api, &header.type_);
        words = format!("{words}, with the header `{}`{required}: {type_}", header.wire);
    }
    words
}
