//! Lowers arrays whose elements have types of their own.

use super::schema::{Lowered, element_place};
use super::{Context, Place};
use crate::document::{Node, Value};
use crate::model::{Docs, Presence, Property, Shape, Tuple, Type};
use crate::names::{self, Namespace};

/// What elements are called that have no title.
const ORDINALS: [&str; 10] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
];

impl<'run> Context<'run> {
    /// Lowers an array with `prefixItems`: a list where all elements are of one type, else a struct.
    pub(super) fn lower_tuple(&mut self, node: &'run Node, elements: &'run [Node], place: &Place) -> Lowered {
        let rest = match node.get("items") {
            Some(items) if items.as_bool().is_none() => {
                let place = element_place(place, "item");
                Some(self.lower_type(items, &place))
            }
            _ => None,
        };
        let required = match node.get("minItems").map(|node| &node.value) {
            Some(Value::Number(text)) => text.parse().unwrap_or(0),
            _ => 0,
        };
        let mut fields = Namespace::default();
        for method in super::object::METHOD_NAMES {
            fields.reserve(method);
        }
        let mut lowered = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            lowered.push(self.lower_element(element, index, index < required, place, &mut fields));
        }
        let first = lowered.first().map(|element| element.type_.clone());
        let is_uniform = lowered.iter().all(|element| Some(&element.type_) == first.as_ref());
        let is_closed = node.get("items").and_then(Node::as_bool) == Some(false);
        match (first, &rest) {
            (Some(type_), rest) if is_uniform && (is_closed || rest.as_ref() == Some(&type_)) => {
                Lowered::Type(Type::Array(Box::new(type_)))
            }
            (None, _) => Lowered::Type(Type::Array(Box::new(rest.unwrap_or(Type::Json)))),
            _ => Lowered::Shape(Shape::Tuple(Tuple {
                rest: Property {
                    wire: String::new(),
                    field: fields.take("rest", ""),
                    type_: rest.unwrap_or(Type::Json),
                    presence: Presence::Required,
                    docs: Docs::default(),
                },
                elements: lowered,
            })),
        }
    }

    fn lower_element(
        &mut self,
        element: &'run Node,
        index: usize,
        is_required: bool,
        place: &Place,
        fields: &mut Namespace,
    ) -> Property {
        let ordinal = ORDINALS
            .get(index)
            .map_or_else(|| format!("item {}", index + 1), |word| (*word).to_owned());
        let title = element
            .get("title")
            .and_then(Node::as_str)
            .filter(|title| !title.is_empty());
        let words = title.unwrap_or(&ordinal);
        Property {
            wire: index.to_string(),
            field: fields.take(&names::field_name(words), words),
            type_: self.lower_type(element, &place.child(words)),
            presence: if is_required {
                Presence::Required
            } else {
                Presence::Optional
            },
            docs: self.docs_of_use(element),
        }
    }
}
