//! Makes overlay actions of the fixes of diagnostics.
//!
//! Actions are those of [Overlay 1.1](https://spec.openapis.org/overlay/v1.1.0.html): a primitive may be updated, and an
//! element of an array may be removed.

mod order;

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use crate::diagnostic::{Action, ActionChange, Diagnostic, Diagnostics, Fix, quoted};
use crate::document::{Node, Value};
use crate::source::Pointer;

/// The overlay that mends the findings of a run.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Mending {
    /// The text of the overlay; `None` if there is nothing that it would do.
    pub overlay: Option<String>,
    /// How many diagnostics it mends.
    pub mended: usize,
    /// How many have no change that an overlay could make.
    pub without: usize,
    /// How many are of other documents: an overlay changes the root document alone.
    pub elsewhere: usize,
}

/// A missing object that stands deeper than this below all that there is is not added.
const MOST_STEPS: usize = 12;

/// A change of the tree at a place.
#[derive(Debug, Clone, PartialEq)]
struct Edit {
    at: Pointer,
    /// Where it was before nodes got other keys.
    was: Pointer,
    change: ActionChange,
}

/// What mends the fault of one diagnostic.
#[derive(Debug, Default)]
struct Plan {
    /// The edits, in order. The place of an edit exists when it is its turn.
    edits: Vec<Edit>,
    /// The old and the new place of a node that gets another key.
    renamed: Option<(Pointer, Pointer)>,
}

/// Gives the diagnostics of `document` the actions that mend them, and ends the help of those that show them.
pub(crate) fn explain(document: &Node, diagnostics: &mut Diagnostics) {
    diagnostics.for_each_mut(|diagnostic| {
        if diagnostic.pointer.is_foreign() {
            return;
        }
        let Some(plan) = plan(document, diagnostic) else { return };
        diagnostic.actions = plan.edits.into_iter().map(|edit| action(document, edit)).collect();
        if diagnostic.shows_actions {
            let help = diagnostic.help.get_or_insert_default();
            help.push_str(" with an overlay action:");
            for action in &diagnostic.actions {
                let _ = write!(help, "\n{action}");
            }
        }
    });
}

/// Makes the overlay that mends what was found in `document`.
pub(crate) fn overlay<'run>(
    document: &Node,
    diagnostics: impl IntoIterator<Item = &'run Diagnostic>,
    title: &str,
) -> Mending {
    let mut mending = Mending::default();
    let mut plans = Vec::new();
    for diagnostic in diagnostics {
        if diagnostic.pointer.is_foreign() {
            mending.elsewhere += 1;
        } else if let Some(plan) = plan(document, diagnostic) {
            mending.mended += 1;
            plans.push(plan);
        } else {
            mending.without += 1;
        }
    }
    let edits = order::ordered(document, plans);
    if !edits.is_empty() {
        let title = format!("What mends {title}");
        let mut text = format!(
            "overlay: 1.1.0\ninfo: {{title: {}, version: 1.0.0}}\nactions:\n",
            quoted(&title)
        );
        for edit in edits {
            let _ = writeln!(text, "{}", action(document, edit));
        }
        mending.overlay = Some(text);
    }
    mending
}

/// Returns the edits that mend the fault of a diagnostic.
fn plan(document: &Node, diagnostic: &Diagnostic) -> Option<Plan> {
    let at = &diagnostic.pointer;
    let fix = diagnostic.fix.as_ref()?;
    if let Fix::Declare(target, value) = fix {
        return declare(document, target, value).map(Plan::of);
    }
    let node = at.follow(document)?;
    let (holder, key) = at.split()?;
    match fix {
        Fix::Remove => remove(document, at).map(Plan::of),
        Fix::RemoveHolder => remove(document, &holder).map(Plan::of),
        Fix::Replace(value) => Some(replace(document, at, node, value)),
        Fix::Update(value) => Some(Plan::of(Edit::update(at.clone(), in_version(document, value)))),
        Fix::Rename(new) => {
            let members = holder.follow(document)?.as_object()?;
            if members.contains_key(new) {
                return None;
            }
            let value = node.to_json();
            let mut update = serde_json::Map::new();
            update.insert(new.clone(), value);
            Some(Plan {
                edits: vec![
                    Edit::update(holder.clone(), Json::Object(update)),
                    Edit::remove(at.clone()),
                ],
                renamed: Some((holder.child(&key), holder.child(new))),
            })
        }
        Fix::Rewrite { remove, update } => {
            let members = holder.follow(document)?.as_object()?;
            let removed = remove.iter().filter(|key| members.contains_key(*key));
            let mut edits: Vec<Edit> = removed.map(|key| Edit::remove(holder.child(key))).collect();
            if update.as_object().is_some_and(|update| !update.is_empty()) {
                edits.push(Edit::update(holder, update.clone()));
            }
            Some(Plan { edits, renamed: None })
        }
        Fix::Require => {
            let (properties, name) = holder.split()?;
            let (object, _) = properties.split()?;
            let required = Edit::update(object, json!({ "required": [name] }));
            Some(Plan {
                edits: vec![Edit::remove(at.clone()), required],
                renamed: None,
            })
        }
        Fix::Declare(..) => None,
    }
}

impl Plan {
    fn of(edit: Edit) -> Self {
        Self {
            edits: vec![edit],
            renamed: None,
        }
    }

    /// Returns whether it takes an element out of an array, so that later ones move.
    fn shifts(&self, document: &Node) -> bool {
        self.edits
            .iter()
            .any(|edit| edit.change == ActionChange::Remove && is_element(document, &edit.at))
    }
}

impl Edit {
    fn remove(at: Pointer) -> Self {
        Self {
            was: at.clone(),
            at,
            change: ActionChange::Remove,
        }
    }

    fn update(at: Pointer, value: Json) -> Self {
        Self {
            was: at.clone(),
            at,
            change: ActionChange::Update(value),
        }
    }
}

/// Removes a node, unless it is the document, or a component: references to it would lead nowhere.
fn remove(document: &Node, at: &Pointer) -> Option<Edit> {
    let segments: Vec<String> = at.segments().collect();
    let is_component = match segments.as_slice() {
        [] => true,
        [first, ..] if first == "components" => segments.len() < 4,
        [first, ..] => SWAGGER.iter().any(|(_, section)| section == first) && segments.len() < 3,
    };
    (!is_component && at.follow(document).is_some()).then(|| Edit::remove(at.clone()))
}

/// Puts a value in place of a node: primitives are updated, and anything else is removed before.
fn replace(document: &Node, at: &Pointer, node: &Node, value: &Json) -> Plan {
    let value = in_version(document, value);
    let is_primitive = !matches!(node.value, Value::Array(_) | Value::Object(_));
    if is_primitive && !value.is_array() && !value.is_object() {
        return Plan::of(Edit::update(at.clone(), value));
    }
    let Some((holder, key)) = at.split() else {
        return Plan::default();
    };
    let update = if is_element(document, at) {
        json!([value])
    } else {
        json!({ key: value })
    };
    Plan {
        edits: vec![Edit::remove(at.clone()), Edit::update(holder, update)],
        renamed: None,
    }
}

/// Adds what is missing, by an update of the object that stands nearest to it.
fn declare(document: &Node, target: &Pointer, value: &Json) -> Option<Edit> {
    let value = in_version(document, value);
    let target = place_in_version(document, target);
    let segments: Vec<String> = target.segments().collect();
    let (mut nearest, mut known) = (document, 0);
    while let Some(next) = segments
        .get(known)
        .and_then(|segment| Pointer::of([segment]).follow(nearest))
    {
        nearest = next;
        known += 1;
    }
    let missing = &segments[known..];
    if missing.is_empty() || missing.len() > MOST_STEPS || nearest.as_object().is_none() {
        return None;
    }
    let update = missing
        .iter()
        .rev()
        .fold(value, |inner, segment| json!({ segment: inner }));
    Some(Edit::update(Pointer::of(&segments[..known]), update))
}

/// The sections of components, and what holds the same in Swagger 2.0
/// ([Swagger Object](https://spec.openapis.org/oas/v2.0.html#swagger-object)).
const SWAGGER: [(&str, &str); 4] = [
    ("schemas", "definitions"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securitySchemes", "securityDefinitions"),
];

/// Returns where the document has what stands at `target` in the form of 3.0.
fn place_in_version(document: &Node, target: &Pointer) -> Pointer {
    let segments: Vec<String> = target.segments().collect();
    if let ([components, section, rest @ ..], true) = (segments.as_slice(), document.get("swagger").is_some())
        && components == "components"
        && let Some((_, own)) = SWAGGER.iter().find(|(name, _)| name == section)
    {
        return rest.iter().fold(Pointer::of([own]), |at, segment| at.child(segment));
    }
    target.clone()
}

/// Returns a value of the form of 3.0 in that of the document: a list of parameters, or a security scheme.
fn in_version(document: &Node, value: &Json) -> Json {
    if document.get("swagger").is_none() {
        return value.clone();
    }
    match value {
        Json::Array(elements) => elements.iter().map(|element| in_version(document, element)).collect(),
        Json::Object(members) if members.get("scheme").is_some() => json!({ "type": "basic" }),
        Json::Object(members) => {
            let mut own = serde_json::Map::new();
            for (key, member) in members {
                match member
                    .as_object()
                    .filter(|_| key == "schema" && members.get("in").is_some())
                {
                    Some(schema) => own.extend(schema.clone()),
                    None => drop(own.insert(key.clone(), in_version(document, member))),
                }
            }
            Json::Object(own)
        }
        _ => value.clone(),
    }
}

fn is_element(document: &Node, at: &Pointer) -> bool {
    at.split()
        .and_then(|(holder, _)| holder.follow(document))
        .is_some_and(|holder| holder.as_array().is_some())
}

/// Returns the action that makes an edit.
fn action(document: &Node, edit: Edit) -> Action {
    let mut target = "$".to_owned();
    let mut node = Some(document);
    for (segment, was) in edit.at.segments().zip(edit.was.segments()) {
        if node.is_some_and(|node| node.as_array().is_some()) {
            let _ = write!(target, "[{segment}]");
        } else {
            target.push_str(&step(&segment));
        }
        node = node.and_then(|node| Pointer::of([&was]).follow(node));
    }
    Action {
        target,
        change: edit.change,
    }
}

/// Returns a step of a `JSONPath` ([RFC 9535 §2.5.1](https://www.rfc-editor.org/rfc/rfc9535#section-2.5.1)).
fn step(name: &str) -> String {
    let is_short = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
    if is_short {
        return format!(".{name}");
    }
    let mut text = "['".to_owned();
    for sign in name.chars() {
        match sign {
            '\\' | '\'' => text.extend(['\\', sign]),
            _ if sign.is_control() => {
                let _ = write!(text, "\\u{:04x}", u32::from(sign));
            }
            _ => text.push(sign),
        }
    }
    text + "']"
}
