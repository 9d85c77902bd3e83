//! Checks an overlay document against the rules of its version.
//!
//! The rules are those of the standard's schemas
//! ([1.0](https://spec.openapis.org/overlay/1.0/schema/2024-10-22.html),
//! [1.1](https://spec.openapis.org/overlay/1.1/schema/2026-01-15.html)), which know more than its text.

use std::collections::BTreeMap;

use serde_json_path::JsonPath;

use super::merge::ValueKind;
use super::{Action, Effect, Overlay, Query, Version};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Node, Object};
use crate::source::{Origin, Pointer};

/// A field of one of the three objects.
struct Field {
    name: &'static str,
    required: bool,
    since: Version,
}

const fn field(name: &'static str, required: bool, since: Version) -> Field {
    Field { name, required, since }
}

const ROOT: &[Field] = &[
    field("overlay", true, Version::V1_0),
    field("info", true, Version::V1_0),
    field("extends", false, Version::V1_0),
    field("actions", true, Version::V1_0),
];

const INFO: &[Field] = &[
    field("title", true, Version::V1_0),
    field("version", true, Version::V1_0),
    field("description", false, Version::V1_1),
];

const ACTION: &[Field] = &[
    field("target", true, Version::V1_0),
    field("description", false, Version::V1_0),
    field("update", false, Version::V1_0),
    field("remove", false, Version::V1_0),
    field("copy", false, Version::V1_1),
];

/// How deep brackets and parentheses of a query may be nested: the time that `serde_json_path`
/// takes doubles with every filter inside of a filter.
const QUERY_DEPTH: usize = 12;

pub(super) fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Overlay> {
    let mut checker = Checker {
        diagnostics,
        version: Version::V1_1,
        sound: true,
    };
    let overlay = checker.overlay(node);
    overlay.filter(|_| checker.sound)
}

struct Checker<'run> {
    diagnostics: &'run mut Diagnostics,
    version: Version,
    /// Whether no error was reported.
    sound: bool,
}

impl Checker<'_> {
    fn error(&mut self, diagnostic: Diagnostic) {
        self.sound = false;
        self.diagnostics.push(diagnostic);
    }

    fn overlay(&mut self, node: &Node) -> Option<Overlay> {
        let root = Pointer::root();
        let members = self.object(node, &root, "an overlay")?;
        if let Some(version) = members.get("overlay") {
            self.version(version, &root.child("overlay"));
        }
        self.fields(node.origin, members, &root, ROOT);
        if let Some(info) = members.get("info") {
            let pointer = root.child("info");
            if let Some(members) = self.object(info, &pointer, "`info`") {
                self.fields(info.origin, members, &pointer, INFO);
                for name in ["title", "version", "description"] {
                    self.string(members, name, &pointer);
                }
            }
        }
        let extends = self.string(members, "extends", &root);
        let actions = members
            .get("actions")
            .map(|actions| self.actions(actions, &root.child("actions")));
        Some(Overlay {
            version: self.version,
            extends,
            actions: actions.unwrap_or_default(),
        })
    }

    /// Reads the version; the patch number does not matter.
    fn version(&mut self, node: &Node, pointer: &Pointer) {
        let digits = |patch: &str| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit());
        let known = node
            .as_str()
            .and_then(|text| match text.strip_prefix("1.")?.split_once('.')? {
                ("0", patch) if digits(patch) => Some(Version::V1_0),
                ("1", patch) if digits(patch) => Some(Version::V1_1),
                _ => None,
            });
        match known {
            Some(version) => self.version = version,
            None => self.error(
                Diagnostic::error(
                    "overlay-version",
                    node.origin,
                    pointer.clone(),
                    format!("version {} of Overlay is not supported", shown(node)),
                )
                .with_help("write `overlay: 1.0.0` or `overlay: 1.1.0`"),
            ),
        }
    }

    fn actions(&mut self, node: &Node, pointer: &Pointer) -> Vec<Action> {
        let Some(elements) = node.as_array().filter(|elements| !elements.is_empty()) else {
            let message = "`actions` is not a list of at least one action";
            self.error(
                invalid(node.origin, pointer.clone(), message).with_help(
                    "write a list of objects, each with a `target` and one of `update`, `remove` and `copy`",
                ),
            );
            return Vec::new();
        };
        let mut known = BTreeMap::new();
        let mut actions = Vec::new();
        for (index, element) in elements.iter().enumerate() {
            let pointer = pointer.element(index);
            let first = *known.entry(element.to_json().to_string()).or_insert(element.origin);
            if first == element.origin {
                actions.extend(self.action(element, &pointer));
            } else {
                self.error(
                    invalid(element.origin, pointer, "duplicate action")
                        .with_related(first, "the first one is here")
                        .with_help("remove one of the two, or correct the target of one"),
                );
            }
        }
        actions
    }

    fn action(&mut self, node: &Node, pointer: &Pointer) -> Option<Action> {
        let members = self.object(node, pointer, "an action")?;
        self.fields(node.origin, members, pointer, ACTION);
        self.string(members, "description", pointer);
        let target = self.query(members, "target", pointer);
        let copy = self.query(members, "copy", pointer);
        let remove = members.get("remove");
        if let Some(remove) = remove.filter(|remove| remove.as_bool().is_none()) {
            let message = format!("`remove` is {}, not a boolean", remove.kind());
            self.error(
                invalid(remove.origin, pointer.child("remove"), message)
                    .with_help("write `remove: true`, or leave it out"),
            );
        }
        let removes = remove.and_then(Node::as_bool).unwrap_or_default();
        self.effects(members, pointer, removes);
        let update = members.get("update");
        let effect = match (update, copy) {
            _ if removes => Effect::Remove,
            (Some(value), _) => Effect::Update {
                value: value.clone(),
                pointer: pointer.child("update"),
            },
            (None, Some(copy)) => Effect::Copy(copy),
            (None, None) => Effect::Nothing,
        };
        Some(Action {
            target: target?,
            effect,
        })
    }

    /// Reports effects that exclude each other, or that are not there.
    ///
    /// `remove` wins over the others. `update` and `copy` each have no impact beside the other, by
    /// the letter of the standard; tools apply one of them, and not all the same.
    fn effects(&mut self, members: &Object, pointer: &Pointer, removes: bool) {
        let (update, copy) = (members.get("update"), members.get("copy"));
        if let (Some(update), Some(copy), false) = (update, copy, removes) {
            self.error(
                Diagnostic::error(
                    "overlay-update-and-copy",
                    copy.origin.key(),
                    pointer.child("copy"),
                    "an action has both `update` and `copy`",
                )
                .with_related(update.origin.key(), "`update` is here")
                .with_help("write two actions with the same target"),
            );
        }
        let idle = update
            .or(copy)
            .filter(|_| removes)
            .map(|node| (node.origin.key(), "has no effect beside `remove`"));
        let target = members
            .get("target")
            .filter(|_| update.is_none() && copy.is_none() && !removes);
        let empty = target.map(|target| (target.origin, "has no effect: it has only a target"));
        if let Some((origin, words)) = idle.or(empty) {
            self.diagnostics.push(
                Diagnostic::warning(
                    "overlay-without-effect",
                    origin,
                    pointer.clone(),
                    format!("this action {words}"),
                )
                .with_help("remove what has no effect"),
            );
        }
    }

    fn query(&mut self, members: &Object, name: &str, pointer: &Pointer) -> Option<Query> {
        let text = self.string(members, name, pointer)?;
        let origin = members.get(name)?.origin;
        let pointer = pointer.child(name);
        let help = "a query is `$` and segments such as `.name`, `['any name']`, `[0]`, `[*]` and `[?@.name == 'x']` \
            (RFC 9535)";
        let fault = if depth(&text) > QUERY_DEPTH {
            format!("brackets are nested more than {QUERY_DEPTH} deep")
        } else {
            match JsonPath::parse(&text) {
                Ok(path) => {
                    return Some(Query {
                        text,
                        path,
                        origin,
                        pointer,
                    });
                }
                Err(error) => {
                    let before = text.get(..error.position()).unwrap_or(&text);
                    format!("{} at character {}", error.message(), before.chars().count() + 1)
                }
            }
        };
        let message = format!("`{text}` is not a JSONPath query: {fault}");
        self.error(Diagnostic::error("overlay-jsonpath", origin, pointer, message).with_help(help));
        None
    }

    fn object<'node>(&mut self, node: &'node Node, pointer: &Pointer, what: &str) -> Option<&'node Object> {
        let members = node.as_object();
        if members.is_none() {
            let message = format!("{what} is {}, not an object", node.kind());
            self.error(
                invalid(node.origin, pointer.clone(), message)
                    .with_help("see the Overlay specification: https://spec.openapis.org/overlay/latest.html"),
            );
        }
        members
    }

    /// Returns the text of a field; one that is not there is not at fault here.
    fn string(&mut self, members: &Object, name: &str, pointer: &Pointer) -> Option<String> {
        let node = members.get(name)?;
        let text = node.as_str();
        if text.is_none() {
            let message = format!("`{name}` is {}, not a string", node.kind());
            self.error(
                invalid(node.origin, pointer.child(name), message)
                    .with_help(format!("put it in quotes: `{name}: \"…\"`")),
            );
        }
        text.map(str::to_owned)
    }

    /// Checks that all that is required is there, and nothing that the version does not know.
    fn fields(&mut self, origin: Origin, members: &Object, pointer: &Pointer, fields: &[Field]) {
        let missing = |field: &&Field| field.required && !members.contains_key(field.name);
        let missing: Vec<_> = fields
            .iter()
            .filter(missing)
            .map(|field| format!("`{}`", field.name))
            .collect();
        if !missing.is_empty() {
            let missing = missing.join(" and ");
            self.error(
                invalid(origin, pointer.clone(), format!("{missing} missing"))
                    .with_help(format!("add {missing}; the standard requires it")),
            );
        }
        for (key, node) in members {
            if key.starts_with("x-") {
                continue;
            }
            let help = match fields.iter().find(|field| field.name == key) {
                Some(field) if field.since <= self.version => continue,
                Some(_) => "this field came with version 1.1: write `overlay: 1.1.0`".to_owned(),
                None => {
                    let names: Vec<_> = fields.iter().map(|field| format!("`{}`", field.name)).collect();
                    format!(
                        "the fields are {}; a field of your own starts with `x-`",
                        names.join(", ")
                    )
                }
            };
            let message = format!("the field `{key}` is not allowed here");
            self.error(invalid(node.origin.key(), pointer.child(key), message).with_help(help));
        }
    }
}

fn invalid(origin: Origin, pointer: Pointer, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("overlay-invalid", origin, pointer, message)
}

/// Returns a scalar as it is, and the kind of anything longer.
fn shown(node: &Node) -> String {
    match ValueKind::of(node) {
        ValueKind::Primitive => node.to_string(),
        ValueKind::Array | ValueKind::Object => node.kind().to_owned(),
    }
}

/// Returns how deep the brackets and parentheses of a query are nested.
fn depth(query: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut quote = None;
    let mut characters = query.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(open), _) if open == character => quote = None,
            (None, '\'' | '"') => quote = Some(character),
            (None, '[' | '(') => depth += 1,
            (None, ']' | ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
