//! Schemas of the suite as components of a document.
//!
//! A schema of the suite is a document of its own: `#/definitions/a` starts at
//! its root. Within a component the same place is further down. In a document of 3.1
//! an `$id` makes the component a document of its own. In one of 3.0, which has no
//! identifiers, references within a schema resource are written anew. Nothing else is:
//! a reference to an anchor or by a URI is for the generator to validate.

use generator::Pointer;
use generator::unstable::{FieldContent, Kind};
use serde_json::Value;

/// Returns `schema` as it has to stand at `/components/schemas/<name>` of a document of 3.1.
pub(super) fn identified(name: &str, schema: &Value, has_siblings: bool) -> Value {
    let mut schema = schema.clone();
    if !has_siblings {
        drop_identifiers_beside_references(&mut schema);
    }
    if let Some(properties) = schema
        .as_object_mut()
        .filter(|properties| !properties.contains_key("$id"))
    {
        properties.insert("$id".to_owned(), format!("suite:///{name}").into());
    }
    schema
}

/// Removes each `$id` beside a `$ref`, where what stands beside a reference does not count.
fn drop_identifiers_beside_references(schema: &mut Value) {
    let Some(properties) = schema.as_object_mut() else {
        return;
    };
    if properties.get("$ref").is_some_and(Value::is_string) {
        properties.remove("$id");
    }
    for (keyword, value) in properties {
        match (Kind::Schema.field(keyword), value) {
            (Some((FieldContent::List(Kind::Schema) | FieldContent::SchemaOrList, _)), Value::Array(schemas)) => {
                schemas.iter_mut().for_each(drop_identifiers_beside_references);
            }
            (Some((FieldContent::Map(Kind::Schema), _)), Value::Object(schemas)) => {
                schemas.values_mut().for_each(drop_identifiers_beside_references);
            }
            (Some((FieldContent::One(Kind::Schema) | FieldContent::SchemaOrList, _)), schema) => {
                drop_identifiers_beside_references(schema);
            }
            _ => {}
        }
    }
}

/// Returns `schema` as it has to stand at `/components/schemas/<name>` of a document of 3.0.
pub(super) fn component(name: &str, schema: &Value, has_siblings: bool) -> Value {
    let pointer = Pointer::of(["components", "schemas", name]);
    let mut schema = schema.clone();
    let walk = Walk { has_siblings };
    walk.schema(&mut schema, &pointer, &pointer);
    schema
}

/// A walk over the schemas within a schema.
#[derive(Debug, Clone, Copy)]
struct Walk {
    /// Whether what stands beside a reference counts, as it does since draft 2019-09.
    has_siblings: bool,
}

impl Walk {
    /// Rewrites the references of the schema at `at`, whose resource has its root at `base`.
    fn schema(self, schema: &mut Value, at: &Pointer, base: &Pointer) {
        let Some(properties) = schema.as_object_mut() else {
            return;
        };
        let is_reference = properties.get("$ref").is_some_and(Value::is_string);
        let starts_resource = properties
            .get("$id")
            .and_then(Value::as_str)
            .is_some_and(|id| !id.starts_with('#'))
            && (self.has_siblings || !is_reference);
        let base = if starts_resource { at } else { base };
        if let Some(Value::String(reference)) = properties.get_mut("$ref")
            && let Some(fragment) = reference.strip_prefix('#')
            && (fragment.is_empty() || fragment.starts_with('/'))
        {
            // A pointer in a fragment is percent-encoded (RFC 6901 §6); what followed the `#` is already.
            *reference = format!("#{}{fragment}", base.as_str().replace('%', "%25"));
        }
        for (keyword, value) in properties {
            let at = at.child(keyword);
            match (Kind::Schema.field(keyword), value) {
                (Some((FieldContent::List(Kind::Schema) | FieldContent::SchemaOrList, _)), Value::Array(schemas)) => {
                    for (index, schema) in schemas.iter_mut().enumerate() {
                        self.schema(schema, &at.element(index), base);
                    }
                }
                (Some((FieldContent::Map(Kind::Schema), _)), Value::Object(schemas)) => {
                    for (name, schema) in schemas {
                        self.schema(schema, &at.child(name), base);
                    }
                }
                (Some((FieldContent::One(Kind::Schema) | FieldContent::SchemaOrList, _)), schema) => {
                    self.schema(schema, &at, base);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{component, identified};

    #[test]
    fn a_component_of_3_1_is_a_document_of_its_own() {
        let schema = json!({"not": {"$id": "a.json", "$ref": "#/not"}});
        assert_eq!(identified("T", &schema, true)["$id"], "suite:///T");
        assert_eq!(identified("T", &schema, true)["not"], schema["not"]);
        assert_eq!(identified("T", &schema, false)["not"], json!({"$ref": "#/not"}));
        assert_eq!(identified("T", &json!({"$id": "b"}), true), json!({"$id": "b"}));
        assert_eq!(identified("T", &json!(true), true), json!(true));
    }

    #[test]
    fn references_within_a_resource_are_moved_with_it() {
        let schema = json!({
            "properties": {"a": {"$ref": "#"}, "b": {"$ref": "#/definitions/50%25"}, "$ref": {"$ref": "#/definitions/c"}},
            "definitions": {"c": {"$id": "c.json", "items": [{"$ref": "#/items/1"}, {"$ref": "c.json"}, {"$ref": "#anchor"}]}},
            "enum": [{"$ref": "#"}],
        });
        let expected = json!({
            "properties": {
                "a": {"$ref": "#/components/schemas/T"},
                "b": {"$ref": "#/components/schemas/T/definitions/50%25"},
                "$ref": {"$ref": "#/components/schemas/T/definitions/c"},
            },
            "definitions": {"c": {"$id": "c.json", "items": [
                {"$ref": "#/components/schemas/T/definitions/c/items/1"}, {"$ref": "c.json"}, {"$ref": "#anchor"},
            ]}},
            "enum": [{"$ref": "#"}],
        });
        assert_eq!(component("T", &schema, true), expected);
    }

    #[test]
    fn beside_a_reference_an_id_starts_a_resource_only_where_siblings_count() {
        let schema = json!({"not": {"$id": "a.json", "$ref": "#/not"}});
        let reference = |has_siblings| component("T", &schema, has_siblings)["not"]["$ref"].clone();
        assert_eq!(reference(false), "#/components/schemas/T/not");
        assert_eq!(reference(true), "#/components/schemas/T/not/not");
    }
}
