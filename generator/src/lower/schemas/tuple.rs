//! Lowers arrays whose elements have types of their own.

use crate::document::{Node, Value};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::schemas::object::METHOD_NAMES;
use crate::lower::schemas::schema::Lowered;
use crate::model::{Docs, Presence, Property, Shape, Tuple, Type};
use crate::names;

/// The names of elements without a title.
const ORDINALS: [&str; 10] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
];

impl<'run> Schemas<'run> {
    /// Lowers an array with `prefixItems`: a list where all elements are of one type, else a struct.
    pub(in crate::lower) fn lower_tuple(
        &mut self,
        node: &'run Node,
        elements: &'run [Node],
        place: &NamingContext,
    ) -> Lowered {
        let words: Vec<String> = elements
            .iter()
            .enumerate()
            .map(|(index, element)| words(element, index))
            .collect();
        let members = words.iter().map(String::as_str).zip(elements.iter().map(Some));
        let rest = ("item", node.get("items"));
        let place = &place.clone().having(members.chain([rest]));
        let rest = match node.get("items") {
            Some(items) if items.as_bool().is_none() => {
                let place = place.element("item");
                Some(self.lower_type(items, &place))
            }
            _ => None,
        };
        let required = required_elements(node);
        let mut fields = names::fields_beside(&METHOD_NAMES);
        let mut lowered = Vec::with_capacity(elements.len());
        for (index, (element, words)) in elements.iter().zip(&words).enumerate() {
            let presence = if index < required {
                Presence::Required
            } else {
                Presence::Optional
            };
            lowered.push(Property {
                wire: index.to_string(),
                field: fields.take(&names::field_name(words), words),
                type_: self.lower_type(element, &place.child(words)),
                presence,
                default: None,
                constant: None,
                docs: self.cx.docs_of_use(element),
            });
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
                    constant: None,
                    default: None,
                    docs: Docs::default(),
                },
                elements: lowered,
                required: None,
            })),
        }
    }
}

/// Returns how many elements an array has at least.
fn required_elements(node: &Node) -> usize {
    match node.get("minItems").map(|node| &node.value) {
        Some(Value::Number(text)) => text.parse().unwrap_or(0),
        _ => 0,
    }
}

/// Returns the words for the element at `index` of a tuple: its title, or its position.
fn words(element: &Node, index: usize) -> String {
    let title = element
        .get("title")
        .and_then(Node::as_str)
        .filter(|title| !title.is_empty());
    match (title, ORDINALS.get(index)) {
        (Some(title), _) => title.to_owned(),
        (None, Some(ordinal)) => (*ordinal).to_owned(),
        (None, None) => format!("item {}", index + 1),
    }
}
