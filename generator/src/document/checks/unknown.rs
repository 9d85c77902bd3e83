//! Warns of keys and formats that are probably meant to be others.

use serde_json::json;

use crate::diagnostic::{Diagnostic, Diagnostics, Fix};
use crate::document::account::{Fate, Key, KeyUsage};
use crate::document::bundle::Bundle;
use crate::document::grammar::containers::Containers;
use crate::document::keywords::{self, Keyword, formats};
use crate::document::typos;
use crate::document::{FieldContent, Kind, Node};

/// Warns of what looks like a slip in a document.
pub(in crate::document) fn check(bundle: &Bundle, containers: &Containers, diagnostics: &mut Diagnostics) {
    let document = &bundle.root;
    for at in containers.unreferenced() {
        let Some(container) = at.follow(document) else { continue };
        let message = format!("{at} contains schemas and is not read as a schema, but no reference targets them");
        diagnostics.push(
            Diagnostic::warning("unreferenced-schemas", container.origin.key(), at.clone(), message)
                .with_help("if they are properties of an object, move them into `properties`"),
        );
    }
    for key in &KeyUsage::of(bundle).keys {
        // How pages are asked for has a check of its own.
        if key.is_unknown() && key.kind != Kind::Pagination {
            check_key(key, diagnostics);
        }
        let format = key
            .value
            .as_str()
            .filter(|_| key.name == "format" && key.kind == Kind::Schema);
        if let Some((found, meant)) = format.and_then(|found| Some((found, formats::meant(found)?))) {
            let message = format!("{found:?} is an unknown format, so it has no effect");
            diagnostics.push(
                Diagnostic::warning("unknown-format", key.value.origin, key.at.child(&key.name), message)
                    .with_help(format!("did you mean `{meant}`?"))
                    .with_fix(Fix::Replace(json!(meant))),
            );
        }
    }
}

fn check_key(key: &Key<'_>, diagnostics: &mut Diagnostics) {
    let fields = key
        .kind
        .fields()
        .iter()
        .map(|(name, ..)| *name)
        .filter(|name| *name != "*");
    // What 3.0 does not have is no slip.
    let is_known = key.kind.field(&key.name).is_some();
    let is_object = key.kind == Kind::Schema && is_schema(key.value);
    // A keyword that holds no schemas is not what a schema was written under.
    let fits = |name: &&str| !is_object || !matches!(key.kind.field(name), Some((FieldContent::Plain, _)));
    let nearest = typos::nearest(&key.name, fields).filter(|_| !is_known).filter(fits);
    let help = match nearest {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None if is_object => {
            format!(
                "properties belong in `properties`: write `properties: {{{}: …}}`",
                key.name
            )
        }
        None => return,
    };
    let fix = match nearest {
        Some(nearest) => Fix::Rename(nearest.to_owned()),
        None => Fix::rewrite([&*key.name], json!({"properties": {&*key.name: key.value.to_json()}})),
    };
    let Fate::Refused(reason) = key.fate else { return };
    let message = format!("`{}` is ignored: it is {reason}", key.name);
    diagnostics.push(
        Diagnostic::warning(
            "unknown-field",
            key.value.origin.key(),
            key.at.child(&key.name),
            message,
        )
        .with_help(help)
        .with_fix(fix),
    );
}

fn is_schema(value: &Node) -> bool {
    value
        .as_object()
        .is_some_and(|members| keywords::has(members, Keyword::shows_schema))
}
