//! Schemas of Swagger 2.0 ([Schema Object](https://spec.openapis.org/oas/v2.0.html#schema-object)).

use super::{Swagger, object};
use crate::document::grammar::for_each_mut;
use crate::document::{Kind, Node, Object, Value};

impl Swagger<'_> {
    /// Converts the definitions.
    pub(super) fn definitions(&self, definitions: &Node) -> Node {
        super::map(definitions, |schema| self.schema(schema))
    }

    /// Converts a schema with all its subschemas.
    pub(super) fn schema(&self, schema: &Node) -> Node {
        let mut schema = schema.clone();
        for_each_mut(Kind::Schema, &mut schema, &mut |kind, node| match kind {
            Kind::Schema => self.rewrite(node),
            Kind::Discriminator => self.rewrite_mapping(node),
            _ => {}
        });
        schema
    }

    fn rewrite(&self, schema: &mut Node) {
        let origin = schema.origin;
        let Some(members) = schema.as_object_mut() else { return };
        if let Some(reference) = members.get_mut("$ref") {
            self.rewrite_reference(reference);
        }
        if let Some(name) = members.get_mut("discriminator").filter(|node| node.as_str().is_some()) {
            let property = Object::from_iter([("propertyName".to_owned(), name.clone())]);
            name.value = Value::Object(property);
        }
        file(members);
        let nullable = members.shift_remove("x-nullable");
        let Some(nullable) = nullable.filter(|node| node.as_bool() == Some(true)) else {
            return;
        };
        // What stands beside a reference is ignored, but nobody writes this without meaning it.
        if let Some(reference) = members.shift_remove("$ref") {
            let target = object(origin, Object::from_iter([("$ref".to_owned(), reference)]));
            let list = Node::new(origin, Value::Array(vec![target]));
            members.retain(|key, _| key == "description" || key == "title");
            members.insert("allOf".to_owned(), list);
        }
        members.insert("nullable".to_owned(), nullable);
    }

    fn rewrite_mapping(&self, discriminator: &mut Node) {
        let mapping = discriminator
            .as_object_mut()
            .and_then(|members| members.get_mut("mapping"));
        for (_, value) in mapping.and_then(Node::as_object_mut).into_iter().flatten() {
            self.rewrite_reference(value);
        }
    }
}

/// `type: file` is a string of any bytes in 3.0
/// ([OpenAPI 3.0.4 §4.7.14.2](https://spec.openapis.org/oas/v3.0.4.html#considerations-for-file-uploads)).
fn file(members: &mut Object) {
    let Some(type_) = members.get_mut("type").filter(|node| node.as_str() == Some("file")) else {
        return;
    };
    type_.value = Value::String("string".to_owned());
    let format = Node::string(type_.origin, "binary");
    members.insert("format".to_owned(), format);
}
