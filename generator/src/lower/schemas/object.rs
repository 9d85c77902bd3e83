//! Lowers objects: structs and maps.

use crate::document::{Node, Object as Members};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::schemas::schema::Lowered;
use crate::model::{JsonTypes, Object, Presence, Property, Shape, Type};
use crate::names::{self, Namespace};

/// Names that a struct has methods of; a setter cannot have them.
pub(in crate::lower) const METHOD_NAMES: [&str; 4] = ["new", "get", "entry", "validate"];

impl<'run> Schemas<'run> {
    /// Lowers an object: a struct if it defines properties, else a map.
    pub(in crate::lower) fn lower_object(&mut self, node: &'run Node, place: &NamingContext) -> Lowered {
        let properties = node
            .get("properties")
            .and_then(Node::as_object)
            .filter(|members| !members.is_empty());
        let place = &match properties {
            Some(properties) => place.clone().having(members(node, properties)),
            None => place.clone(),
        };
        let additional_properties = self.lower_additional_properties(node, place);
        let has_rest = node
            .get("additionalProperties")
            .is_some_and(|rest| rest.as_object().is_some_and(|members| !members.is_empty()));
        let by_pattern = node.get("patternProperties").is_some() && !has_rest;
        let is_confined = JsonTypes::OBJECT.or(JsonTypes::NULL).has(self.allowed_types(node));
        if properties.is_none() && is_confined {
            let closed = node.get("additionalProperties").and_then(Node::as_bool) == Some(false);
            match &additional_properties {
                Some(type_) if !by_pattern => return Lowered::Type(Type::Map(Box::new(type_.clone()))),
                // A map for patterns cannot contain names that no pattern matches.
                Some(_) => {}
                // An object without allowed properties is still an object, and a newer server may add properties.
                None if closed => return Lowered::Shape(Shape::Object(empty())),
                None => return Lowered::Type(Type::Map(Box::new(Type::Json))),
            }
        }
        if properties.is_none() && additional_properties.is_none() {
            return Lowered::Type(Type::Json);
        }
        let mut fields = names::fields_beside(&METHOD_NAMES);
        let properties = match properties {
            Some(properties) => self.lower_properties(node, properties, place, &mut fields),
            None => Vec::new(),
        };
        let additional_properties = additional_properties.map(|type_| Property {
            wire: String::new(),
            field: fields.take("additional_properties", ""),
            type_,
            presence: Presence::Required,
            constant: None,
            default: None,
            docs: crate::model::Docs::default(),
        });
        let other = fields.take("unknown_fields", "");
        // Properties of type `Json` can be `null` if the value is not an object.
        let needs_object = properties
            .iter()
            .any(|property| property.presence == Presence::Required && property.type_ != Type::Json);
        if needs_object && !is_confined {
            let reason = "only objects are decoded, although the schema has no `type: object`";
            self.cx.degrade(node, "required", reason);
        }
        let non_object = (!is_confined && !needs_object).then(|| fields.take("non_object", ""));
        Lowered::Shape(Shape::Object(Object {
            properties,
            additional_properties,
            by_pattern,
            other,
            non_object,
            required: None,
        }))
    }

    fn lower_properties(
        &mut self,
        node: &'run Node,
        properties: &'run Members,
        place: &NamingContext,
        fields: &mut Namespace,
    ) -> Vec<Property> {
        let required: Vec<&str> = node
            .get("required")
            .and_then(Node::as_array)
            .into_iter()
            .flatten()
            .filter_map(Node::as_str)
            .collect();
        self.compositions.count_nested(properties.len());
        let mut lowered = Vec::with_capacity(properties.len());
        for (wire, schema) in properties {
            let type_ = self.lower_type(schema, &place.child(wire));
            let is_required = required.contains(&wire.as_str());
            let is_nullable = matches!(type_, Type::Nullable(_));
            let presence = match (is_required, is_nullable) {
                (true, _) => Presence::Required,
                (false, false) => Presence::Optional,
                (false, true) => Presence::Maybe,
            };
            let type_ = match (presence, type_) {
                // `Maybe` has a `null` of its own.
                (Presence::Maybe, Type::Nullable(inner)) => *inner,
                (_, other) => other,
            };
            lowered.push(Property {
                wire: wire.clone(),
                field: fields.take(&names::field_name(wire), wire),
                type_,
                presence,
                constant: None,
                default: None,
                docs: self.cx.docs_of_use(schema),
            });
        }
        lowered
    }

    /// Returns the type of additional properties, if the schema defines one.
    ///
    /// Several patterns share one map: of one type where they agree, else of any JSON value.
    fn lower_additional_properties(&mut self, node: &'run Node, place: &NamingContext) -> Option<Type> {
        let mut types: Vec<Type> = Vec::new();
        for (_, schema) in node
            .get("patternProperties")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            let place = place.element("value");
            types.push(self.lower_type(schema, &place));
        }
        if let Some(schema) = node
            .get("additionalProperties")
            .filter(|schema| schema.as_object().is_some_and(|members| !members.is_empty()))
        {
            let place = place.element("value");
            types.push(self.lower_type(schema, &place));
        }
        let first = types.pop()?;
        if types.iter().any(|other| *other != first) {
            self.cx.degrade(
                node,
                "patternProperties",
                "patterns of different types share a map of any JSON value",
            );
            return Some(Type::Json);
        }
        Some(first)
    }
}

/// Returns the properties of an object by name. Additional properties have the name `value`.
fn members<'node>(node: &'node Node, properties: &'node Members) -> Vec<(&'node str, Option<&'node Node>)> {
    let mut members: Vec<_> = properties
        .iter()
        .map(|(wire, schema)| (wire.as_str(), Some(schema)))
        .collect();
    let patterns = node.get("patternProperties").and_then(Node::as_object);
    members.extend(
        patterns
            .into_iter()
            .flatten()
            .map(|(_, schema)| ("value", Some(schema))),
    );
    members.push(("value", node.get("additionalProperties")));
    members
}

/// Returns the struct of an object without properties.
pub(in crate::lower) fn empty() -> Object {
    Object {
        properties: Vec::new(),
        additional_properties: None,
        by_pattern: false,
        other: "unknown_fields".to_owned(),
        non_object: None,
        required: None,
    }
}
