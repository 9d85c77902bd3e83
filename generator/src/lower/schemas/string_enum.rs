//! Lowers lists of strings: by `enum`, by `const`, and by unions of those.

use crate::document::keywords;
use crate::document::{Node, Object, Value};
use crate::lower::context::docs;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::schemas::schema::Lowered;
use crate::model::{Assertion, Constraints, Docs, JsonTypes, ListedString, Shape, StringEnum, Type};
use crate::names::{self, NameCandidates, Namespace};

impl<'run> Schemas<'run> {
    /// Lowers an enum of strings. Other enums keep their type; the constraints list the values.
    pub(in crate::lower) fn lower_enum(&self, node: &'run Node) -> Option<Lowered> {
        let listed: Vec<&Node> = match (node.get("const"), node.get("enum").and_then(Node::as_array)) {
            (Some(only), _) => vec![only],
            (None, Some(values)) => values.iter().collect(),
            (None, None) => return None,
        };
        let strings: Option<Vec<&str>> = listed
            .iter()
            .filter(|value| !matches!(value.value, Value::Null))
            .map(|value| value.as_str())
            .collect();
        let declared = node.get("type").map_or(JsonTypes::STRING, |_| self.types_of(node));
        let strings = strings.filter(|strings| !strings.is_empty() && declared.has(JsonTypes::STRING))?;
        Some(Lowered::Shape(Shape::StringEnum(string_enum(&strings, &[]))))
    }

    /// Gives the strings of `subschemas` a type of their own.
    pub(in crate::lower) fn define_strings(
        &mut self,
        strings: &[&str],
        subschemas: &[&'run Node],
        place: &NamingContext,
    ) -> Type {
        let docs = Docs {
            text: "The strings among the variants.".to_owned().into(),
            ..Docs::default()
        };
        let id = self.types.declare_inline(place, docs);
        let listed = strings
            .iter()
            .map(|string| Node::string(self.cx.root.origin, *string).to_string())
            .collect();
        let constraints = Constraints(vec![Assertion::Enum(listed)]);
        self.types
            .define(id, Shape::StringEnum(string_enum(strings, subschemas)), constraints);
        Type::Named(id)
    }
}

/// Returns the enum of `strings`, without duplicates.
///
/// The annotations of a subschema that lists a single string are those of the string.
pub(in crate::lower) fn string_enum(strings: &[&str], subschemas: &[&Node]) -> StringEnum {
    let words: Vec<(&str, Docs)> = subschemas
        .iter()
        .filter_map(|subschema| match listed_strings(&[subschema])?.as_slice() {
            [only] => Some((*only, docs(subschema))),
            _ => None,
        })
        .collect();
    let docs_of = |string: &str| words.iter().find(|(known, _)| *known == string).map(|(_, docs)| docs);
    let title_of = |string: &str| docs_of(string).map(|docs| docs.title.as_str());
    let mut candidates = NameCandidates::default();
    for string in strings {
        candidates.add(string, string);
        candidates.add(string, names::value_words(string, title_of(string)));
    }
    let mut names = Namespace::default();
    let mut values: Vec<ListedString> = Vec::new();
    for string in strings {
        if values.iter().any(|known| known.wire == *string) {
            continue;
        }
        let title = title_of(string).filter(|title| candidates.allows(string, title));
        let words = names::value_words(string, title);
        values.push(ListedString {
            wire: (*string).to_owned(),
            variant: names.take(&names::variant_name(words), words),
            docs: docs_of(string).cloned().unwrap_or_default(),
        });
    }
    let unknown = names.take("Unknown", "");
    StringEnum {
        values,
        unknown,
        is_open: false,
    }
}

/// Returns the listed strings, if each subschema lists strings or allows any string.
pub(in crate::lower) fn listed_strings<'node>(subschemas: &[&'node Node]) -> Option<Vec<&'node str>> {
    let mut strings = Vec::new();
    for subschema in subschemas {
        let members = subschema.as_object()?;
        let listed: Vec<&Node> = match (members.get("const"), members.get("enum").and_then(Node::as_array)) {
            (Some(only), _) => vec![only],
            (None, Some(values)) => values.iter().collect(),
            (None, None) if is_any_string(members) => Vec::new(),
            (None, None) => return None,
        };
        for value in listed {
            strings.push(value.as_str()?);
        }
    }
    (!strings.is_empty()).then_some(strings)
}

/// Returns whether a schema with these keywords allows any string, and has no keyword but `type`, a title and a
/// description.
pub(in crate::lower) fn is_any_string(members: &Object) -> bool {
    members.get("type").and_then(Node::as_str) == Some("string")
        && members
            .keys()
            .all(|key| keywords::is(key, |keyword| keyword.is_type() || keyword.is_text()))
}
