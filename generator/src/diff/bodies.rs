//! Compares request bodies.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire, WireClass};
use crate::diff::code::{Argument, Call};
use crate::diff::constraints;
use crate::diff::kind::ChangeKind;
use crate::diff::parameters::{added_class, class, removed_class};
use crate::diff::parts;
use crate::diff::side::Messages;
use crate::diff::walk::Walk;
use crate::diff::words;
use crate::model::{Body, Constraints, Content, Encoding, Form, Type};

/// Compares the bodies of two operations.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: Call<'_>, new: Call<'_>) {
    let position = |body: &Body| at.item("request body", &body.field).in_messages(Messages::REQUESTS);
    match (&old.operation.body, &new.operation.body) {
        (None, None) => {}
        (Some(body), None) => {
            let at = position(body).with_docs(Some(&body.docs), None);
            let rust = removed_class(old, new, Argument::Body(body));
            let wire = Wire::request(WireClass::Breaking);
            walk.add(&at, ChangeKind::BodyRemoved, "is removed", rust, wire);
        }
        (None, Some(body)) => {
            let at = position(body).with_docs(None, Some(&body.docs));
            let (message, wire) = if body.required {
                ("is added, and is required", WireClass::Breaking)
            } else {
                ("is added", WireClass::Compatible)
            };
            let rust = added_class(old, new, Argument::Body(body));
            walk.add(&at, ChangeKind::BodyAdded, message, rust, Wire::request(wire));
        }
        (Some(before), Some(after)) => {
            let at = position(before).with_docs(Some(&before.docs), Some(&after.docs));
            compare_both(walk, &at, (old, before), (new, after));
        }
    }
}

fn compare_both(walk: &mut Walk<'_>, at: &At, (old, before): (Call<'_>, &Body), (new, after): (Call<'_>, &Body)) {
    let start = walk.found.len();
    walk.docs(at, &before.docs, &after.docs);
    let body_class = |walk: &Walk<'_>| class(walk, (old, Argument::Body(before)), (new, Argument::Body(after)));
    let (kind, message, wire) = if after.required {
        (ChangeKind::BodyRequired, "is required now", WireClass::Breaking)
    } else {
        (ChangeKind::BodyOptional, "is optional now", WireClass::Compatible)
    };
    if before.required != after.required {
        let rust = body_class(walk);
        walk.add(at, kind, message, rust, Wire::request(wire));
    }
    if before.media_type != after.media_type {
        let message = format!(
            "is sent as `{}` now, and was sent as `{}`",
            after.media_type, before.media_type
        );
        let rust = body_class(walk);
        let wire = Wire::request(WireClass::Breaking);
        walk.add(at, ChangeKind::BodyContentChanged, message, rust, wire);
    }
    let compare_value = |walk: &mut Walk<'_>,
                         (old, old_constraints): (&Type, &Constraints),
                         (new, new_constraints): (&Type, &Constraints)| {
        walk.types(at, old, new, body_class);
        constraints::compare(walk, at, (old_constraints, new_constraints), start);
    };
    match (&before.content, &after.content) {
        (Content::Json(one, one_rules), Content::Json(two, two_rules)) => {
            compare_value(walk, (one, one_rules), (two, two_rules));
        }
        (Content::Form(one), Content::Form(two)) => {
            compare_value(walk, (&one.type_, &one.constraints), (&two.type_, &two.constraints));
            compare_forms(walk, at, one, two);
        }
        (Content::Parts(one), Content::Parts(two)) => parts::compare(walk, at, (old, one), (new, two)),
        (Content::Text, Content::Text) | (Content::Bytes, Content::Bytes) => {}
        (one, two) => {
            let message = format!("is {} now, and was {}", content(two), content(one));
            let rust = body_class(walk);
            let wire = Wire::request(WireClass::Breaking);
            walk.add(at, ChangeKind::BodyContentChanged, message, rust, wire);
        }
    }
    let is_told = crate::diff::parameters::is_told(walk, start);
    let rust = body_class(walk);
    if rust != RustClass::Compiles && !is_told {
        walk.add(at, ChangeKind::NameChanged, "is another argument", rust, Wire::NEITHER);
    }
}

/// Returns words for what a body holds.
fn content(content: &Content) -> &'static str {
    match content {
        Content::Json(..) => "JSON",
        Content::Form(_) => "a form",
        Content::Parts(_) => "a form of parts",
        Content::Text => "text",
        Content::Bytes => "bytes",
    }
}

fn compare_forms(walk: &mut Walk<'_>, at: &At, old: &Form, new: &Form) {
    let wire = Wire::request(WireClass::Breaking);
    if old.is_multipart != new.is_multipart {
        let message = if new.is_multipart {
            "consists of parts now"
        } else {
            "does not consist of parts any more"
        };
        walk.add(at, ChangeKind::BodyContentChanged, message, RustClass::Compiles, wire);
    }
    let by_name = |form: &Form| -> BTreeMap<String, String> {
        let encodings = form.encodings.iter();
        encodings
            .map(|(name, encoding)| (name.clone(), encoding_words(encoding)))
            .collect()
    };
    let (before, after) = (by_name(old), by_name(new));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names.into_iter().filter(|name| before.get(*name) != after.get(*name)) {
        let at = at.inside(&format!("property `{name}`"));
        let shown =
            |encodings: &BTreeMap<String, String>| encodings.get(name).map_or("by default", String::as_str).to_owned();
        let message = format!("is encoded {} now, and was encoded {}", shown(&after), shown(&before));
        walk.add(&at, ChangeKind::BodyContentChanged, message, RustClass::Compiles, wire);
    }
}

/// Describes an encoding. Equal texts stand for equal encodings.
pub(super) fn encoding_words(encoding: &Encoding) -> String {
    match encoding {
        Encoding::Content(media_type) if media_type.is_empty() => "by the type of its value".to_owned(),
        Encoding::Content(media_type) => format!("as `{media_type}`"),
        Encoding::Style {
            style,
            explode,
            allow_reserved,
        } => format!(
            "as {} (explode: {explode}, allowReserved: {allow_reserved})",
            words::style(*style)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::encoding_words;
    use crate::model::{Encoding, Style};

    #[test]
    fn encodings_have_words_of_their_own() {
        let style = |explode| Encoding::Style {
            style: Style::Form,
            explode,
            allow_reserved: false,
        };
        let all = [
            Encoding::Content(String::new()),
            Encoding::Content("text/plain".to_owned()),
            style(false),
            style(true),
        ];
        let words: std::collections::BTreeSet<String> = all.iter().map(encoding_words).collect();
        assert_eq!(words.len(), all.len());
    }
}
