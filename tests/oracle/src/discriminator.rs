//! Discriminators: which value of a property chooses which subschema of a union.
//!
//! A value chooses a subschema by the mapping; else by being its name, or that of a subschema of a union that it is; else
//! by the mapping of such a union for the same property; else where the subschema alone lists it for the property,
//! by `enum` or `const`. A union without a discriminator has that of the parent in the `allOf` of all its subschemas.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::circles::address;
use crate::translate::{Version, follow, unescaped, version};

const SCHEMAS: &str = "/components/schemas/";

/// Where the documents stand that a document refers to, in its tree.
const DOCUMENTS: &str = "/\0documents/";

/// The discriminator of a union.
pub(crate) struct Choice {
    property: String,
    /// The values, and the subschemas that they choose.
    values: Vec<(String, usize)>,
    /// The subschema for objects without one of the values, as OpenAPI 3.2 has it.
    default: Option<usize>,
}

/// What a subschema consists of.
#[derive(Default)]
struct Subschema<'d> {
    /// The pointers of the components that it is, and of those among the subschemas of unions that it is.
    own: Vec<String>,
    inner: Vec<String>,
    leaves: Vec<&'d Value>,
    discriminators: Vec<&'d Value>,
}

impl Choice {
    /// Returns the discriminator of the union under `keyword` of `schema`, where it is one of several subschemas.
    pub(crate) fn of(document: &Value, schema: &Map<String, Value>, keyword: &str) -> Option<Self> {
        let subschemas = schema.get(keyword)?.as_array()?;
        let is_null =
            |subschema: &&Value| subschema["type"] == "null" && subschema.as_object().is_some_and(|map| map.len() == 1);
        if subschemas.iter().filter(|subschema| !is_null(subschema)).count() < 2 {
            return None;
        }
        let discriminator = schema
            .get("discriminator")
            .or_else(|| inherited(document, subschemas))?;
        let property = discriminator["propertyName"].as_str()?.to_owned();
        let collected: Vec<Subschema<'_>> = subschemas
            .iter()
            .map(|subschema| Subschema::of(document, subschema))
            .collect();
        let index_of = |pointer: &String| {
            let own = collected.iter().position(|subschema| subschema.own.contains(pointer));
            own.or_else(|| collected.iter().position(|subschema| subschema.inner.contains(pointer)))
        };
        let default = discriminator["defaultMapping"].as_str().and_then(|text| {
            let pointer = text
                .strip_prefix('#')
                .map_or_else(|| format!("{SCHEMAS}{text}"), str::to_owned);
            index_of(&pointer)
        });
        let mut choice = Self {
            property,
            values: Vec::new(),
            default,
        };
        for (value, target) in mapped(document, discriminator) {
            choice.add(value, index_of(&target));
        }
        for pointer in collected
            .iter()
            .flat_map(|subschema| subschema.own.iter().chain(&subschema.inner))
        {
            let name = name(pointer);
            choice.add(name.replace("~1", "/").replace("~0", "~"), index_of(pointer));
        }
        for (index, subschema) in collected.iter().enumerate() {
            for inner in &subschema.discriminators {
                if inner["propertyName"] == choice.property.as_str() {
                    for (value, _) in mapped(document, inner) {
                        choice.add(value, Some(index));
                    }
                }
            }
        }
        let listed = collected
            .iter()
            .map(|subschema| subschema.listed(document, &choice.property));
        let listed: Vec<BTreeSet<String>> = listed.collect();
        for (index, values) in listed.iter().enumerate() {
            let mut others = listed.iter().enumerate().filter(|(other, _)| *other != index);
            let shared: BTreeSet<&String> = others.by_ref().flat_map(|(_, others)| others).collect();
            for value in values.iter().filter(|value| !shared.contains(value)) {
                choice.add(value.clone(), Some(index));
            }
        }
        (!choice.values.is_empty()).then_some(choice)
    }

    fn add(&mut self, value: String, index: Option<usize>) {
        if let Some(index) = index
            && self.values.iter().all(|(known, _)| *known != value)
        {
            self.values.push((value, index));
        }
    }

    /// Returns a schema that means the union under `keyword`, of these subschemas.
    ///
    /// Of an object the subschema that its property chooses has to hold, or, where that chooses none, one that no
    /// value chooses. What is no object is validated by all.
    pub(crate) fn schema(&self, keyword: &str, subschemas: &Value) -> Value {
        let Value::Array(subschemas) = subschemas else {
            return subschemas.clone();
        };
        let chosen =
            |values: &[&String]| json!({"required": [self.property], "properties": {&self.property: {"enum": values}}});
        let mut cases = Vec::new();
        let mut open = Vec::new();
        for (index, subschema) in subschemas.iter().enumerate() {
            let values = self.values.iter().filter(|(_, chosen)| *chosen == index);
            let values: Vec<&String> = values.map(|(value, _)| value).collect();
            if self.default == Some(index) && !values.is_empty() {
                open.push(subschema);
            }
            if values.is_empty() {
                open.push(subschema);
                continue;
            }
            let mut case = chosen(&values);
            case["type"] = "object".into();
            case["allOf"] = json!([subschema]);
            cases.push(case);
        }
        if !open.is_empty() {
            let all: Vec<&String> = self.values.iter().map(|(value, _)| value).collect();
            cases.push(json!({"type": "object", "not": chosen(&all), keyword: open}));
        }
        cases.push(json!({"not": {"type": "object"}, keyword: subschemas}));
        json!({"anyOf": cases})
    }
}

impl<'d> Subschema<'d> {
    fn of(document: &'d Value, subschema: &'d Value) -> Self {
        let mut found = Self::default();
        let mut seen = BTreeSet::new();
        let mut open = vec![(subschema, true)];
        while let Some((subschema, is_own)) = open.pop() {
            let mut schema = subschema;
            let first = subschema["allOf"].get(0).filter(|part| part.get("$ref").is_some());
            let mut reference = first.unwrap_or(subschema);
            while let Some(pointer) = reference["$ref"].as_str().map(unescaped) {
                let pointers = if is_own { &mut found.own } else { &mut found.inner };
                let Some(target) = follow(document, &pointer).filter(|_| seen.insert(pointer.clone())) else {
                    break;
                };
                pointers.push(pointer);
                (schema, reference) = (target, target);
            }
            let holders = parts(schema);
            let unions = holders.iter().flat_map(|part| [&part["oneOf"], &part["anyOf"]]);
            let unions: Vec<&Value> = unions.filter_map(Value::as_array).flatten().collect();
            match schema.as_object() {
                Some(map) if !unions.is_empty() => {
                    if seen.insert(address(map).to_string()) {
                        let inner = holders.iter().filter_map(|part| part.get("discriminator"));
                        found.discriminators.extend(inner);
                        let is_inline = is_own && std::ptr::eq(schema, subschema);
                        open.extend(unions.into_iter().rev().map(|inner| (inner, is_inline)));
                    }
                }
                _ => found.leaves.push(subschema),
            }
        }
        found
    }

    /// Returns the strings that all of the leaves list for the property.
    fn listed(&self, document: &Value, property: &str) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for leaf in &self.leaves {
            let mut of_leaf: Option<BTreeSet<String>> = None;
            let (mut open, mut seen) = (vec![*leaf], BTreeSet::new());
            while let Some(part) = open.pop() {
                let Value::Object(map) = part else { continue };
                if !seen.insert(address(map)) {
                    continue;
                }
                open.extend(part["allOf"].as_array().into_iter().flatten());
                let target = part["$ref"].as_str().map(unescaped);
                open.extend(target.and_then(|pointer| follow(document, &pointer)));
                let Some(strings) = strings(document, &part["properties"][property]) else {
                    continue;
                };
                of_leaf = Some(match of_leaf {
                    Some(known) => known.intersection(&strings).cloned().collect(),
                    None => strings,
                });
            }
            match of_leaf {
                Some(strings) => all.extend(strings),
                None => return BTreeSet::new(),
            }
        }
        all
    }
}

/// Returns the strings that a schema lists, where it lists nothing else.
fn strings(document: &Value, schema: &Value) -> Option<BTreeSet<String>> {
    let schema = resolved(document, schema);
    let is_nullable = version(document) == Version::V3_0 && schema["nullable"] == true;
    let listed = match (schema.get("const"), schema.get("enum")) {
        (Some(only), _) => std::slice::from_ref(only),
        (None, Some(Value::Array(listed))) if !is_nullable => listed,
        _ => return None,
    };
    let strings: Option<BTreeSet<String>> = listed.iter().map(|value| value.as_str().map(str::to_owned)).collect();
    strings.filter(|strings| !strings.is_empty())
}

/// Returns the name of the schema at a pointer. One in another document is called by the last word of the way to it, or by
/// the name of the file.
fn name(pointer: &str) -> &str {
    let Some(foreign) = pointer.strip_prefix(DOCUMENTS) else {
        return pointer.strip_prefix(SCHEMAS).unwrap_or(pointer);
    };
    if let Some((_, word)) = foreign.rsplit_once('/') {
        return word;
    }
    let file = foreign.rsplit_once("~1").map_or(foreign, |(_, file)| file);
    file.split('.').next().unwrap_or(file)
}

/// Returns the values of a mapping, and where they lead to.
fn mapped(document: &Value, discriminator: &Value) -> Vec<(String, String)> {
    let mapping = discriminator["mapping"].as_object().into_iter().flatten();
    let mapped = mapping.filter_map(|(value, target)| {
        let target = target.as_str()?;
        let is_name = document["components"]["schemas"].get(target).is_some();
        let pointer = if is_name {
            format!("{SCHEMAS}{}", target.replace('~', "~0").replace('/', "~1"))
        } else {
            unescaped(target)
        };
        Some((value.clone(), pointer))
    });
    mapped.collect()
}

/// Returns the discriminator of the parent that all subschemas have.
fn inherited<'d>(document: &'d Value, subschemas: &'d [Value]) -> Option<&'d Value> {
    let parent = |subschema: &'d Value| {
        let parts = resolved(document, subschema)["allOf"].as_array()?;
        let parents = parts.iter().filter(|part| part.get("$ref").is_some());
        parents
            .map(|part| resolved(document, part))
            .find_map(|part| part.get("discriminator"))
    };
    let mut subschemas = subschemas.iter().filter(|subschema| subschema["type"] != "null");
    let found = parent(subschemas.next()?)?;
    subschemas
        .all(|subschema| parent(subschema).is_some_and(|other| std::ptr::eq(other, found)))
        .then_some(found)
}

/// Follows references until there is none.
fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    let mut schema = schema;
    for _ in 0..100 {
        match schema["$ref"]
            .as_str()
            .and_then(|target| follow(document, &unescaped(target)))
        {
            Some(target) => schema = target,
            None => break,
        }
    }
    schema
}

/// Returns a schema and the parts that are written in it.
fn parts(schema: &Value) -> Vec<&Value> {
    let mut parts = vec![schema];
    let mut next = 0;
    while let Some(part) = parts.get(next) {
        parts.extend(part["allOf"].as_array().into_iter().flatten());
        next += 1;
    }
    parts
}
