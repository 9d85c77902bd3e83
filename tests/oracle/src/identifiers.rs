//! References by `$id` and `$anchor`, as JSON Schema 2020-12 §8.2 has them, made pointers into the document.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fluent_uri::{Uri, UriRef};
use serde_json::Value;

/// The base URI of a document whose own is not known.
const DOCUMENT: &str = "test://document/";

/// Keywords whose value has properties under names of the author's.
const NAMES: [&str; 7] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
    "schemas",
    "mapping",
];
/// Keywords whose value is data.
const DATA: [&str; 5] = ["enum", "const", "default", "example", "examples"];

/// Where the schemas are that have an identifier.
#[derive(Default)]
struct Identifiers {
    resources: BTreeMap<String, String>,
    anchors: BTreeMap<(String, String), String>,
}

/// Returns the document with a pointer in each reference that means a schema by its identifiers.
pub(crate) fn absolute(document: &Value) -> Cow<'_, Value> {
    let mut found = Identifiers::default();
    found.add(document, "", DOCUMENT, false);
    if found.resources.is_empty() && found.anchors.is_empty() {
        return Cow::Borrowed(document);
    }
    found.resources.insert(DOCUMENT.to_owned(), String::new());
    let mut document = document.clone();
    found.rewrite(&mut document, DOCUMENT, false);
    Cow::Owned(document)
}

/// Returns the URI that `reference` stands for, and its fragment.
fn join(base: &str, reference: &str) -> (String, String) {
    let base = Uri::parse(base).unwrap_or_else(|error| panic!("{base}: {error}"));
    let parsed = UriRef::parse(reference).unwrap_or_else(|error| panic!("{reference}: {error}"));
    let joined = parsed.resolve_against(&base);
    let joined = joined.unwrap_or_else(|error| panic!("{reference}: {error}"));
    let fragment = joined.fragment().map_or("", |fragment| fragment.as_str()).to_owned();
    (joined.strip_fragment().as_str().to_owned(), fragment)
}

fn below(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"))
}

fn base_of(value: &Value, base: &str, are_names: bool) -> String {
    match value.get("$id").and_then(Value::as_str) {
        Some(id) if !are_names => join(base, id).0,
        _ => base.to_owned(),
    }
}

impl Identifiers {
    fn add(&mut self, value: &Value, at: &str, base: &str, are_names: bool) {
        let own = base_of(value, base, are_names);
        if own != base {
            self.resources.insert(own.clone(), at.to_owned());
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = value.get(keyword).and_then(Value::as_str).filter(|_| !are_names) {
                self.anchors.insert((own.clone(), name.to_owned()), at.to_owned());
            }
        }
        for (key, property) in value.as_object().into_iter().flatten() {
            if are_names || !DATA.contains(&key.as_str()) {
                let are_names = !are_names && NAMES.contains(&key.as_str());
                self.add(property, &below(at, key), &own, are_names);
            }
        }
        for (index, element) in value.as_array().into_iter().flatten().enumerate() {
            self.add(element, &format!("{at}/{index}"), &own, false);
        }
    }

    fn rewrite(&self, value: &mut Value, base: &str, are_names: bool) {
        let own = base_of(value, base, are_names);
        match value {
            Value::Object(properties) => {
                let is_discriminator = properties.contains_key("propertyName") && !are_names;
                for (key, property) in properties {
                    match property {
                        Value::Object(mapping) if key == "mapping" && is_discriminator => {
                            for text in mapping.values_mut() {
                                if let Value::String(text) = text {
                                    *text = self.target(text, &own);
                                }
                            }
                        }
                        Value::String(text) if key == "$ref" && !are_names => *text = self.target(text, &own),
                        other if are_names || !DATA.contains(&key.as_str()) => {
                            self.rewrite(other, &own, !are_names && NAMES.contains(&key.as_str()));
                        }
                        _ => {}
                    }
                }
            }
            Value::Array(elements) => elements
                .iter_mut()
                .for_each(|element| self.rewrite(element, &own, false)),
            _ => {}
        }
    }

    fn target(&self, text: &str, base: &str) -> String {
        let (uri, fragment) = join(base, text);
        let Some(resource) = self.resources.get(&uri) else {
            return text.to_owned();
        };
        match self.anchors.get(&(uri, fragment.clone())) {
            Some(pointer) => format!("#{pointer}"),
            None => format!("#{resource}{fragment}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn references_become_pointers() {
        let document = json!({"components": {"schemas": {
            "A": {"$id": "http://a.example/b", "items": {"$ref": "#x"}, "$defs": {"$id": {"$anchor": "x", "not": {"$ref": "c"}}}},
            "C": {"$id": "http://a.example/c", "items": {"$ref": "b#/$defs"}, "enum": [{"$ref": "#"}]},
            "D": {"$ref": "#/components/schemas/A"},
            "E": {"discriminator": {"propertyName": "kind", "mapping": {"c": "http://a.example/c", "d": "D"}}},
        }}});
        let found = super::absolute(&document);
        let schemas = &found["components"]["schemas"];
        assert_eq!(schemas["A"]["items"]["$ref"], "#/components/schemas/A/$defs/$id");
        assert_eq!(schemas["A"]["$defs"]["$id"]["not"]["$ref"], "#/components/schemas/C");
        assert_eq!(schemas["C"]["items"]["$ref"], "#/components/schemas/A/$defs");
        assert_eq!(schemas["C"]["enum"][0]["$ref"], "#");
        assert_eq!(schemas["D"]["$ref"], "#/components/schemas/A");
        let mapping = json!({"c": "#/components/schemas/C", "d": "D"});
        assert_eq!(schemas["E"]["discriminator"]["mapping"], mapping);
    }
}
