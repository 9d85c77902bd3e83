//! Compares a ledger with its document: every key that is not one of those which shape a client has a line.
//!
//! The walk goes by tables of its own (`ledger_objects.rs`), which are written from the specification and SUPPORTED.md, and share nothing
//! with the generator but the tree that a document is read into.

use std::collections::BTreeSet;

use generator::Pointer;
use generator::unstable::{Node, Object, Value};

use crate::ledger_objects::{OBJECTS, SWAGGER_OBJECTS};

/// The kinds of objects that a Reference Object may stand for.
const REFERABLE: [&str; 14] = [
    "Callback",
    "Webhook",
    "MediaType",
    "SwaggerPathItem",
    "SwaggerParameter",
    "SwaggerResponse",
    "Example",
    "PathItem",
    "Parameter",
    "Header",
    "RequestBody",
    "Response",
    "SecurityScheme",
    "Schema",
];

/// Properties of `components` that count whether or not anything refers to them.
const ALWAYS: [&str; 2] = ["schemas", "securitySchemes"];

/// What a walk over a document finds.
#[derive(Debug, Default)]
pub struct Found {
    /// How many keys were looked at.
    pub keys: usize,
    /// How many of them have a line in the ledger.
    pub reported: usize,
    /// The keys that neither shape a client nor have a line: the object that has them, and the key.
    pub missing: Vec<(String, String)>,
    /// The objects that were looked at and may have unknown keys, without those that are maps.
    pub objects: Vec<Pointer>,
}

/// The keys of a document that were added to it.
pub const SEEDS: [&str; 3] = ["zz-seeded-scalar", "zz-seeded-list", "zz-seeded-object"];

struct Walk<'run> {
    rows: BTreeSet<(&'run str, &'run str)>,
    /// The keys that the ledger calls unknown.
    unknown: BTreeSet<(String, String)>,
    /// Whether schemas are those of 3.0 or of 2.0.
    is_3_0: bool,
    is_2_0: bool,
    references: BTreeSet<String>,
    found: Found,
}

/// Goes through `document`, whose ledger is `tsv`.
#[must_use]
pub fn walk(document: &Node, tsv: &str) -> Found {
    let mut references = BTreeSet::new();
    collect_references(document, &mut references);
    let version = document.get("openapi").and_then(Node::as_str).unwrap_or_default();
    let is_2_0 = document.get("swagger").is_some();
    let mut walk = Walk {
        rows: rows(tsv).collect(),
        unknown: tsv
            .lines()
            .filter_map(|line| {
                let (key, _) = line.split_once("\trefused\tno field")?;
                let (at, name) = key.split_once('\t')?;
                Some((at.to_owned(), name.to_owned()))
            })
            .collect(),
        is_3_0: version.starts_with("3.0") || is_2_0,
        is_2_0,
        references,
        found: Found::default(),
    };
    walk.object(if is_2_0 { "Swagger" } else { "OpenApi" }, document, &Pointer::root());
    walk.found
}

fn collect_references(node: &Node, references: &mut BTreeSet<String>) {
    for (key, property) in node.as_object().into_iter().flatten() {
        references.extend(property.as_str().filter(|_| key == "$ref").map(str::to_owned));
        collect_references(property, references);
    }
    for element in node.as_array().into_iter().flatten() {
        collect_references(element, references);
    }
}

/// Returns what the field of a kind of object holds; `None` where a client is not shaped by it.
fn field(kind: &str, name: &str) -> Option<&'static str> {
    let (_, fields) = OBJECTS
        .iter()
        .chain(SWAGGER_OBJECTS)
        .find(|(known, _)| *known == kind)?;
    let fields = fields.split_whitespace();
    let mut fields = fields.map(|field| field.split_once(':').unwrap_or((field, "")));
    fields.find(|(field, _)| *field == name).map(|(_, holds)| holds)
}

impl Walk<'_> {
    fn object(&mut self, kind: &'static str, node: &Node, at: &Pointer) {
        let Some(properties) = node.as_object() else { return };
        if kind == "Schema" && self.is_container(properties, at) {
            for (name, property) in properties {
                self.found.keys += 1;
                self.object(kind, property, &at.child(name));
            }
            return;
        }
        // A key of these that is not known is an error.
        if !["Paths", "SwaggerPaths", "Pagination", "Callback"].contains(&kind) {
            self.found.objects.push(at.clone());
        }
        let is_reference = REFERABLE.contains(&kind) && properties.contains_key("$ref");
        for (name, value) in properties {
            self.found.keys += 1;
            if self.is_reported(at, name) {
                self.found.reported += 1;
                // What shapes a client is not to be called unknown.
                if self.is_unknown(at, name) && self.holds(kind, name, value, is_reference).is_some() {
                    self.found.missing.push((at.to_string(), name.clone()));
                }
                continue;
            }
            match self.holds(kind, name, value, is_reference) {
                Some(holds) => self.value(holds, value, &at.child(name), kind),
                None if name.starts_with("x-") => {} // Extensions are counted.
                None => self.found.missing.push((at.to_string(), name.clone())),
            }
        }
    }

    /// Returns what a property holds; `None` where it has to have a line.
    fn holds(&self, kind: &str, name: &str, value: &Node, is_reference: bool) -> Option<&'static str> {
        if matches!(value.value, Value::Null) && !["default", "const", "example"].contains(&name) {
            return None;
        }
        match kind {
            "Callback" if !is_reference => return (!name.starts_with("x-")).then_some("Webhook"),
            "Paths" => return name.starts_with('/').then_some("PathItem"),
            "SwaggerPaths" => return name.starts_with('/').then_some("SwaggerPathItem"),
            "Responses" | "SwaggerResponses" => {
                let is_code = name.len() == 3 && name.starts_with(|first: char| ('1'..='5').contains(&first));
                let response = if self.is_2_0 { "SwaggerResponse" } else { "Response" };
                return (is_code || name == "default").then_some(response);
            }
            _ if is_reference && name == "$ref" => return Some(""),
            "Schema" if is_reference && self.is_3_0 => {
                let counts = ["title", "description", "deprecated", "summary"].contains(&name)
                    || (name == "nullable" && value.as_bool() == Some(true))
                    || (self.is_2_0 && name == "x-nullable" && value.as_bool() == Some(true));
                return counts.then_some("");
            }
            "Schema" if self.is_3_0 && ["$id", "$anchor", "$dynamicAnchor"].contains(&name) => return None,
            "Schema"
                if self.is_2_0 && (name == "x-nullable" || (name == "discriminator" && value.as_str().is_some())) =>
            {
                return Some("");
            }
            "Schema" => {}
            _ if is_reference => return None,
            _ => {}
        }
        field(kind, name)
    }

    fn value(&mut self, holds: &'static str, value: &Node, at: &Pointer, holder: &str) {
        let inner = holds.trim_matches(['[', ']', '{', '}']);
        match &value.value {
            Value::Object(properties) if holds.starts_with('{') => {
                let section = at.segments().last().unwrap_or_default();
                for (name, property) in properties {
                    self.found.keys += 1;
                    let is_object = property.as_object().is_some() || inner == "Schema";
                    let is_lazy = (holder == "Components" && !ALWAYS.contains(&section.as_str()))
                        || (holder == "Swagger" && ["parameters", "responses"].contains(&section.as_str()));
                    let is_reached = !is_lazy || self.is_referred(at, name);
                    if self.is_reported(at, name) {
                        self.found.reported += 1;
                    } else if !is_object || !is_reached {
                        self.found.missing.push((at.to_string(), name.clone()));
                    } else {
                        self.object(inner, property, &at.child(name));
                    }
                }
            }
            Value::Array(elements) if holds.starts_with('[') || holds == "Schemas" => {
                let inner = if holds == "Schemas" { "Schema" } else { inner };
                for (index, element) in elements.iter().enumerate() {
                    // An element that is skipped has a line of its own.
                    if !self.is_reported(at, &index.to_string()) {
                        self.object(inner, element, &at.element(index));
                    }
                }
            }
            Value::Object(_) if holds == "Schemas" => self.object("Schema", value, at),
            Value::Object(_) if !holds.is_empty() && !holds.starts_with(['{', '[']) => self.object(inner, value, at),
            Value::Bool(_) if holds.starts_with("Schema") => {}
            _ if holds.is_empty() => {}
            // It is not what belongs there.
            _ => {
                let (parent, key) = at.split().unwrap_or_default();
                self.found.missing.push((parent.to_string(), key));
            }
        }
    }

    fn is_reported(&self, at: &Pointer, name: &str) -> bool {
        let (at, name) = (plain(at.as_str()), plain(name));
        self.rows.contains(&(at.as_str(), name.as_str()))
    }

    /// Returns whether the ledger says that no object of the kind has such a key.
    fn is_unknown(&self, at: &Pointer, name: &str) -> bool {
        self.unknown.contains(&(plain(at.as_str()), plain(name)))
    }

    /// Returns whether anything refers to a component, or to a part of it.
    fn is_referred(&self, section: &Pointer, name: &str) -> bool {
        let own = section.child(name);
        let mut fragments = self.references.iter().filter_map(|text| text.strip_prefix('#'));
        fragments.any(|fragment| Pointer::parse_fragment(fragment).is_some_and(|target| target.starts_with(&own)))
    }

    /// Returns whether the properties are schemas under names of their own, and make up none themselves.
    fn is_container(&self, properties: &Object, at: &Pointer) -> bool {
        let is_schema_of_its_own = |key: &str| {
            key.starts_with("x-")
                || ["default", "const", "example", "externalDocs", "xml"].contains(&key)
                || field("Schema", key).is_some_and(|holds| !holds.is_empty())
        };
        at.starts_with(&Pointer::of(["components", "schemas"]))
            && !properties.is_empty()
            && !self.references.contains(&at.to_fragment())
            && properties
                .iter()
                .all(|(key, property)| property.as_object().is_some() && !is_schema_of_its_own(key))
            && at
                .segments()
                .skip(2)
                .all(|segment| field("Schema", &segment).is_none_or(str::is_empty))
    }
}

/// Returns a text as the ledger has it.
fn plain(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// Returns what of a document that is [`seeded`] at these objects has no line in its ledger: the object and the key.
#[must_use]
pub fn lost_seeds(objects: &[Pointer], tsv: &str) -> Vec<(String, &'static str)> {
    let rows: BTreeSet<(&str, &str)> = rows(tsv).collect();
    let seeds = objects
        .iter()
        .flat_map(|at| SEEDS.map(|seed| (plain(at.as_str()), seed)));
    seeds
        .filter(|(at, seed)| !rows.contains(&(at.as_str(), *seed)))
        .collect()
}

fn rows(tsv: &str) -> impl Iterator<Item = (&str, &str)> {
    tsv.lines().skip(1).filter_map(|line| {
        let mut fields = line.split('\t');
        Some((fields.next()?, fields.next()?))
    })
}

/// Adds a scalar, a list and an object under unknown keys to each of the objects.
#[must_use]
pub fn seeded(document: &Node, objects: &[Pointer]) -> Node {
    let mut seeded = document.clone();
    for at in objects {
        let Some(node) = at.follow_mut(&mut seeded) else {
            continue;
        };
        let origin = node.origin;
        let text = |text: &str| Node::string(origin, text);
        let schema = Object::from_iter([("type".to_owned(), text("string"))]);
        let values = [
            text("seed").value,
            Value::Array(vec![text("seed")]),
            Value::Object(schema),
        ];
        let Some(properties) = node.as_object_mut() else {
            continue;
        };
        for (key, value) in SEEDS.into_iter().zip(values) {
            properties.insert(key.to_owned(), Node::new(origin, value));
        }
    }
    seeded
}
