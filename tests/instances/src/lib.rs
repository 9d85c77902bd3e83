//! Values synthesized from a schema, most of which are valid.
//!
//! A maker gathers everything that the schema says of one place — through
//! references, `allOf`, and one subschema of each union — and makes a value of
//! that. What it cannot keep to, as `not`, is left to the oracle to sort out.

mod numbers;
mod objects;
mod patterns;
mod random;
mod strings;

use std::collections::BTreeMap;

use apicrate_runtime::Json;
use serde_json::{Map, Value};

pub use self::patterns::is_match;
pub use self::random::Random;
pub use self::strings::near_misses;

/// Everything that a schema says of one place, without references and compositions.
pub type Says<'s> = Vec<&'s Map<String, Value>>;

/// A value with what the schema says of each place in it.
#[derive(Debug, Clone)]
pub struct Instance<'s> {
    /// The value.
    pub value: Json,
    /// The places, by their JSON Pointers.
    pub places: BTreeMap<String, Place<'s>>,
}

/// What the schema says of one place.
#[derive(Debug, Clone, Default)]
pub struct Place<'s> {
    /// The schemas that apply, in the subschemas that were chosen.
    pub says: Says<'s>,
    /// Whether there was a subschema to choose.
    pub is_union: bool,
    /// Whether the schema is a choice of several subschemas beside `null`, and nothing else.
    pub is_choice: bool,
    /// Properties that other subschemas of a `oneOf` define: one of another type keeps its subschema from holding too.
    pub apart: Vec<&'s str>,
    /// Whether one of the subschemas takes an array or an object.
    pub has_containers: bool,
}

/// How many of the optional properties an object gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// None of them.
    None,
    /// Some of them.
    Some,
    /// All of them, where the value is not too deep.
    All,
}

/// Makes values of one schema.
struct Maker<'s, 'r> {
    schema: &'s Value,
    random: &'r mut Random,
    places: BTreeMap<String, Place<'s>>,
    filling: Filling,
}

/// How deep a value is made where the schema lets it be less deep.
const DEEP: usize = 5;
/// How many references and compositions may lead from one place to the next.
const CHAIN: usize = 40;

/// How far it is looked ahead for the least value.
const SOON: usize = 6;

/// What a value of any type may be.
const OTHERS: [&str; 12] = [
    "null",
    "true",
    "false",
    "0",
    "1.5",
    "\"\"",
    "\"text\"",
    "\"1\"",
    "[]",
    "[null]",
    "{}",
    "{\"a\":1}",
];

/// Makes a value of `schema`.
#[must_use]
pub fn make<'s>(schema: &'s Value, random: &mut Random) -> Instance<'s> {
    let filling = *random.pick(&[Filling::None, Filling::Some, Filling::Some, Filling::All]);
    make_filled(schema, filling, random)
}

/// Makes a value of `schema` with so many of the optional properties.
#[must_use]
pub fn make_filled<'s>(schema: &'s Value, filling: Filling, random: &mut Random) -> Instance<'s> {
    let mut maker = Maker {
        schema,
        random,
        places: BTreeMap::new(),
        filling,
    };
    let value = maker.value(&[schema], "", 0);
    Instance {
        value,
        places: maker.places,
    }
}

/// Returns a value of any type.
#[must_use]
pub fn other(random: &mut Random) -> Json {
    parsed(random.pick::<&str>(&OTHERS))
}

/// Returns a value of `serde_json` with its numbers as they are written.
#[must_use]
pub fn json(value: &Value) -> Json {
    parsed(&value.to_string())
}

/// Reads text that is JSON.
fn parsed(text: &str) -> Json {
    apicrate_runtime::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

impl<'s> Maker<'s, '_> {
    /// Makes a value to which all of `schemas` apply.
    fn value(&mut self, schemas: &[&'s Value], at: &str, depth: usize) -> Json {
        let mut place = Place::default();
        for schema in schemas {
            self.gather(schema, &mut place, depth, 0);
        }
        let says = place.says.clone();
        let apart = self.apart(&mut place);
        self.places.insert(at.to_owned(), place);
        if let Some(value) = self.listed(&says) {
            return value;
        }
        match self.kind(&says, depth) {
            "null" => Json::Null,
            "boolean" => Json::Bool(self.random.chance(1, 2)),
            "integer" => self.number(&says, true),
            "number" => self.number(&says, false),
            "string" => Json::String(self.string(&says)),
            "array" => self.array(&says, at, depth),
            _ => {
                let mut object = self.object(&says, at, depth);
                if let (Some(name), Json::Object(properties)) = (apart, &mut object) {
                    properties.insert(name, other(self.random));
                }
                object
            }
        }
    }

    /// Leaves one property at most of those that set the subschema apart from others, and only at times.
    fn apart(&mut self, place: &mut Place<'s>) -> Option<&'s str> {
        let is_defined = |name: &str| {
            place
                .says
                .iter()
                .any(|schema| schema.get("properties").is_some_and(|known| known.get(name).is_some()))
        };
        let names: Vec<&str> = place.apart.iter().copied().filter(|name| !is_defined(name)).collect();
        let is_one = !names.is_empty() && self.random.chance(1, 3);
        let name = is_one.then(|| *self.random.pick(&names));
        place.apart = name.into_iter().collect();
        name
    }

    /// Gathers what `schema` says of the place.
    fn gather(&mut self, schema: &'s Value, place: &mut Place<'s>, depth: usize, chain: usize) {
        let Value::Object(keywords) = schema else { return };
        if chain > CHAIN {
            return;
        }
        place.says.push(keywords);
        if let Some(target) = keywords.get("$ref").and_then(Value::as_str) {
            let name = target.rsplit('/').next().unwrap_or_default();
            self.gather(&self.schema["definitions"][name], place, depth, chain + 1);
        }
        for schema in list(keywords, "allOf") {
            self.gather(schema, place, depth, chain + 1);
        }
        for keyword in ["oneOf", "anyOf"] {
            let subschemas = list(keywords, keyword);
            if !subschemas.is_empty() {
                place.is_union = true;
                place.is_choice |= keywords.len() == 1 && place.says.iter().all(|schema| schema.len() == 1) && {
                    let is_null = |subschema: &&Value| subschema["type"] == "null";
                    subschemas.iter().filter(|subschema| !is_null(subschema)).count() > 1
                };
                place.has_containers |= subschemas.iter().any(|subschema| self.takes_container(subschema, 0));
                let subschema = if depth > DEEP {
                    // The least has the best chance to lead to no further value.
                    subschemas.iter().min_by_key(|subschema| self.cost(subschema, SOON))
                } else {
                    Some(self.random.pick(subschemas))
                };
                let subschema = subschema.unwrap_or(&subschemas[0]);
                if keyword == "oneOf" {
                    let others = subschemas.iter().filter(|other| !std::ptr::eq(*other, subschema));
                    place.apart.extend(others.flat_map(|other| self.properties(other)));
                }
                self.gather(subschema, place, depth, chain + 1);
            }
        }
        if let Some(condition) = keywords.get("if") {
            place.is_union = true;
            let parts: &[&str] = if self.random.chance(1, 2) { &["then"] } else { &["else"] };
            if parts == ["then"] {
                self.gather(condition, place, depth, chain + 1);
            }
            for schema in parts.iter().filter_map(|part| keywords.get(*part)) {
                self.gather(schema, place, depth, chain + 1);
            }
        }
        if keywords.contains_key("not") {
            place.is_union = true;
        }
    }

    /// Returns whether the schema takes an array or an object.
    fn takes_container(&self, schema: &Value, chain: usize) -> bool {
        if let Some(name) = schema["$ref"].as_str().and_then(|target| target.rsplit('/').next()) {
            return chain < CHAIN && self.takes_container(&self.schema["definitions"][name], chain + 1);
        }
        let is_container = |kind: &Value| kind == "array" || kind == "object";
        let parts = ["allOf", "oneOf", "anyOf"]
            .iter()
            .filter_map(|keyword| schema[*keyword].as_array());
        let mut parts = parts.flatten();
        match &schema["type"] {
            Value::Array(types) => types.iter().any(is_container),
            Value::Null => parts.any(|part| self.takes_container(part, chain + 1)),
            kind => is_container(kind),
        }
    }

    /// Returns the properties that the schema defines, behind its reference.
    fn properties(&self, schema: &'s Value) -> impl Iterator<Item = &'s str> {
        let name = schema["$ref"].as_str().and_then(|target| target.rsplit('/').next());
        let schema = name.map_or(schema, |name| &self.schema["definitions"][name]);
        let properties = schema["properties"].as_object().into_iter().flatten();
        properties.map(|(name, _)| name.as_str())
    }

    /// Returns about how many schemas the least value takes; more than a thousand where it is deep, or has no end.
    fn cost(&self, schema: &Value, left: usize) -> usize {
        const ENDLESS: usize = 1000;
        if left == 0 {
            return ENDLESS;
        }
        let cost = |schema: &Value| self.cost(schema, left - 1);
        let name = schema["$ref"].as_str().and_then(|target| target.rsplit('/').next());
        let target = name.map_or(0, |name| cost(&self.schema["definitions"][name]));
        let parts: usize = schema["allOf"].as_array().into_iter().flatten().map(cost).sum();
        let unions = ["oneOf", "anyOf"]
            .iter()
            .filter_map(|keyword| schema[*keyword].as_array());
        let unions: usize = unions.filter_map(|subschemas| subschemas.iter().map(cost).min()).sum();
        let required = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        let properties: usize = required.map(|name| cost(&schema["properties"][name])).sum();
        let has_elements = schema["minItems"].as_u64().is_some_and(|least| least > 0);
        let elements = if has_elements { cost(&schema["items"]) } else { 0 };
        1 + target + parts + unions + properties + elements
    }

    /// Picks one of the values that `const` and `enum` list.
    fn listed(&mut self, says: &Says<'s>) -> Option<Json> {
        let mut values: Option<Vec<&Value>> = None;
        for schema in says {
            let listed: Vec<&Value> = match (schema.get("const"), schema.get("enum")) {
                (Some(value), _) => vec![value],
                (None, Some(Value::Array(values))) => values.iter().collect(),
                _ => continue,
            };
            values = Some(match values {
                Some(before) => before.into_iter().filter(|value| listed.contains(value)).collect(),
                None => listed,
            });
        }
        let values = values.filter(|values| !values.is_empty())?;
        Some(json(self.random.pick::<&Value>(&values)))
    }

    /// Picks a kind that all of the schemas allow.
    fn kind(&mut self, says: &Says<'s>, depth: usize) -> &'static str {
        const KINDS: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
        let allows = |schema: &&Map<String, Value>, kind: &str| {
            let named = |name: &Value| name == kind || (kind == "integer" && name == "number");
            match schema.get("type") {
                Some(Value::Array(types)) => types.iter().any(named),
                Some(one) => named(one),
                None => true,
            }
        };
        let mut kinds: Vec<&'static str> = KINDS.to_vec();
        kinds.retain(|kind| says.iter().all(|schema| allows(schema, kind)));
        let typed = says.iter().any(|schema| schema.contains_key("type"));
        let hinted: Vec<&'static str> = kinds.iter().copied().filter(|kind| hints(says, kind)).collect();
        if !hinted.is_empty() && self.random.chance(if typed { 3 } else { 9 }, 10) {
            return self.random.pick::<&'static str>(&hinted);
        }
        if !typed && depth > DEEP {
            return "string";
        }
        if kinds.len() > 1 && self.random.chance(3, 4) {
            kinds.retain(|kind| *kind != "null");
        }
        if kinds.is_empty() {
            return "null";
        }
        self.random.pick::<&'static str>(&kinds)
    }

    /// Makes a value of no particular shape.
    fn any(&mut self, depth: usize) -> Json {
        const WORDS: [&str; 8] = ["null", "true", "0", "1.5", "\"\"", "\"word\"", "[1]", "{\"a\":null}"];
        let bound = if depth > DEEP { 6 } else { 8 };
        parsed(WORDS[self.random.below(bound)])
    }
}

/// Returns the elements of a list, as of schemas.
fn list<'s>(keywords: &'s Map<String, Value>, keyword: &str) -> &'s [Value] {
    keywords
        .get(keyword)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Returns the largest value, or the smallest, that a keyword has.
fn bound(says: &Says<'_>, keyword: &str, largest: bool) -> Option<usize> {
    let numbers = says.iter().filter_map(|schema| schema.get(keyword)?.as_u64());
    let number = if largest { numbers.max() } else { numbers.min() };
    number.and_then(|number| usize::try_from(number).ok())
}

/// Returns whether a keyword speaks of values of this kind.
fn hints(says: &Says<'_>, kind: &str) -> bool {
    let keywords: &[&str] = match kind {
        "object" => &[
            "properties",
            "required",
            "patternProperties",
            "propertyNames",
            "minProperties",
        ],
        "array" => &["items", "prefixItems", "contains", "minItems", "maxItems"],
        "string" => &["pattern", "minLength", "maxLength"],
        "number" => &[
            "minimum",
            "maximum",
            "multipleOf",
            "exclusiveMinimum",
            "exclusiveMaximum",
        ],
        _ => &[],
    };
    says.iter()
        .any(|schema| keywords.iter().any(|keyword| schema.contains_key(*keyword)))
}
