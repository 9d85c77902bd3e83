//! Objects and arrays.

use std::collections::BTreeSet;

use apicrate_runtime::{Json, Map};
use serde_json::Value;

use super::patterns::is_match;
use super::{DEEP, Filling, Maker, Says, bound, list};

/// Names that no schema is likely to have.
const FURTHER: [&str; 8] = [
    "extra",
    "x-1",
    "another one",
    "Ünknown",
    "0",
    "a/b~c",
    "__proto__",
    "more",
];

impl<'s> Maker<'s, '_> {
    /// Makes an object.
    pub(super) fn object(&mut self, says: &Says<'s>, at: &str, depth: usize) -> Json {
        let required = required(says);
        let mut names = required.clone();
        for schema in says {
            for name in schema
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                if self.takes_optional(depth) {
                    names.insert(name.0.clone());
                }
            }
            for (pattern, _) in schema
                .get("patternProperties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                if self.takes_optional(depth) {
                    names.extend(self.matching(pattern));
                }
            }
        }
        let least = bound(says, "minProperties", true).unwrap_or(0);
        let further = match self.filling {
            Filling::None => 0,
            _ if depth > DEEP => 0,
            _ => self.random.below(3),
        };
        for _ in 0..further.max(least.saturating_sub(names.len())) {
            names.extend(self.further_name(says));
        }
        depend(says, &mut names);
        let most = bound(says, "maxProperties", false).unwrap_or(usize::MAX);
        while let Some(name) = names.iter().find(|name| !required.contains(*name)).cloned() {
            if names.len() <= most {
                break;
            }
            names.remove(&name);
        }
        let mut properties = Vec::new();
        for name in names {
            if let Some(schemas) = property_schemas(says, &name) {
                let place = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                let value = match schemas.as_slice() {
                    [] => self.any(depth),
                    schemas => self.value(schemas, &place, depth + 1),
                };
                properties.push((name, value));
            }
        }
        if self.random.chance(1, 3) {
            properties.reverse();
        }
        Json::Object(Map::from(properties))
    }

    fn takes_optional(&mut self, depth: usize) -> bool {
        match self.filling {
            _ if depth > DEEP => false,
            Filling::None => false,
            Filling::Some => self.random.chance(if depth < 3 { 2 } else { 1 }, 4),
            Filling::All => depth < 3 || self.random.chance(1, 3),
        }
    }

    /// Returns a name for a property that `properties` does not name.
    fn further_name(&mut self, says: &Says<'s>) -> Option<String> {
        if let Some(schema) = says.iter().find_map(|schema| schema.get("propertyNames")) {
            let places = self.places.clone();
            let name = self.value(&[schema], "", DEEP);
            self.places = places;
            return name.as_str().map(str::to_owned);
        }
        let patterns: Vec<&String> = says
            .iter()
            .filter_map(|schema| schema.get("patternProperties")?.as_object())
            .flat_map(serde_json::Map::keys)
            .collect();
        if !patterns.is_empty() && self.random.chance(1, 2) {
            let pattern = *self.random.pick(&patterns);
            return self.matching(pattern);
        }
        Some((*self.random.pick(&FURTHER)).to_owned())
    }

    /// Makes an array.
    pub(super) fn array(&mut self, says: &Says<'s>, at: &str, depth: usize) -> Json {
        let least = bound(says, "minItems", true).unwrap_or(0);
        let most = bound(says, "maxItems", false).unwrap_or(usize::MAX);
        let wanted = says.iter().filter(|schema| schema.contains_key("contains")).count();
        let wanted = wanted * bound(says, "minContains", true).unwrap_or(1).max(1);
        let prefix = says.iter().map(|schema| prefix(schema).len()).max().unwrap_or(0);
        let low = least.max(wanted).max(if self.random.chance(1, 2) { prefix } else { 0 });
        let length = match (self.filling, depth > DEEP) {
            (Filling::None, _) | (_, true) => low,
            _ if self.random.chance(1, 8) => most.min(low + 12),
            _ => low + self.random.below(4),
        };
        let unique = says
            .iter()
            .any(|schema| schema.get("uniqueItems") == Some(&Value::Bool(true)));
        let mut elements: Vec<Json> = Vec::new();
        for index in 0..length.min(most) {
            let schemas = element(says, index, index < prefix.max(wanted) && wanted > 0);
            let place = format!("{at}/{index}");
            for _ in 0..6 {
                let value = match schemas.as_slice() {
                    [] => self.any(depth),
                    schemas => self.value(schemas, &place, depth + 1),
                };
                if !unique || elements.iter().all(|other| !other.same(&value)) {
                    elements.push(value);
                    break;
                }
            }
            if elements.len() <= index {
                break;
            }
        }
        Json::Array(elements)
    }
}

fn required(says: &Says<'_>) -> BTreeSet<String> {
    let names = says.iter().flat_map(|schema| list(schema, "required"));
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Adds the names that others ask for.
fn depend(says: &Says<'_>, names: &mut BTreeSet<String>) {
    for schema in says {
        for keyword in ["dependentRequired", "dependencies"] {
            for (name, asked) in schema.get(keyword).and_then(Value::as_object).into_iter().flatten() {
                if names.contains(name) {
                    let asked = asked.as_array().into_iter().flatten();
                    names.extend(asked.filter_map(|name| name.as_str().map(str::to_owned)));
                }
            }
        }
    }
}

/// Returns what is said of the property `name`; `None` where it must not be.
fn property_schemas<'s>(says: &Says<'s>, name: &str) -> Option<Vec<&'s Value>> {
    let mut schemas = Vec::new();
    // A property that one schema defines is evaluated for `unevaluatedProperties`.
    let mut defined = false;
    for schema in says {
        let before = schemas.len();
        schemas.extend(schema.get("properties").and_then(|properties| properties.get(name)));
        let patterns = schema.get("patternProperties").and_then(Value::as_object);
        for (pattern, schema) in patterns.into_iter().flatten() {
            if is_match(pattern, name) {
                schemas.push(schema);
            }
        }
        if schemas.len() == before {
            match schema.get("additionalProperties") {
                Some(Value::Bool(false)) => return None,
                Some(other) => schemas.push(other),
                None => continue,
            }
        }
        defined = true;
    }
    let closed = says
        .iter()
        .any(|schema| schema.get("unevaluatedProperties") == Some(&Value::Bool(false)));
    (defined || !closed).then_some(schemas)
}

/// Returns the schemas of the first elements.
fn prefix(schema: &serde_json::Map<String, Value>) -> &[Value] {
    let tuple = list(schema, "items");
    if tuple.is_empty() {
        list(schema, "prefixItems")
    } else {
        tuple
    }
}

/// Returns what is said of the element at `index`.
fn element<'s>(says: &Says<'s>, index: usize, is_wanted: bool) -> Vec<&'s Value> {
    let mut schemas = Vec::new();
    for schema in says {
        let prefix = prefix(schema);
        if let Some(schema) = prefix.get(index) {
            schemas.push(schema);
        } else if schema.get("items").is_some_and(|items| !items.is_array()) {
            schemas.extend(schema.get("items"));
        } else {
            schemas.extend(schema.get("additionalItems"));
        }
        if is_wanted {
            schemas.extend(schema.get("contains"));
        }
    }
    schemas
}
