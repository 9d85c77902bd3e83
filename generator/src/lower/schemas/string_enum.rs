//! Lowers lists of strings: by `enum`, by `const`, and by unions of those.

use crate::document::{Node, Object, Value};
use crate::lower::schemas::schema::Lowered;
use crate::lower::{Context, NamingContext, docs};
use crate::model::{Assertion, Constraints, Docs, JsonTypes, ListedString, Shape, StringEnum, Type};
use crate::names::{self, NameCandidates, Namespace};

impl<'run> Context<'run> {
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

    /// Gives the strings of `branches` a type of their own.
    pub(in crate::lower) fn define_strings(
        &mut self,
        strings: &[&str],
        branches: &[&'run Node],
        place: &NamingContext,
    ) -> Type {
        let docs = Docs {
            text: "The strings among the branches.".to_owned().into(),
            ..Docs::default()
        };
        let id = self.declare(&place.module, &place.words, docs);
        let listed = strings
            .iter()
            .map(|string| Node::string(self.root.origin, *string).to_string())
            .collect();
        let constraints = Constraints(vec![Assertion::Enum(listed)]);
        self.define(id, Shape::StringEnum(string_enum(strings, branches)), constraints);
        Type::Named(id)
    }
}

/// Returns the enum of `strings`; of equal ones the first counts.
///
/// What a branch of `branches` says beside the only string that it lists, it says of that string.
pub(in crate::lower) fn string_enum(strings: &[&str], branches: &[&Node]) -> StringEnum {
    let words: Vec<(&str, Docs)> = branches
        .iter()
        .filter_map(|branch| match listed_strings(&[branch])?.as_slice() {
            [only] => Some((*only, docs(branch))),
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

/// Returns the strings of branches that list strings, or are the open end of such a list.
pub(in crate::lower) fn listed_strings<'node>(branches: &[&'node Node]) -> Option<Vec<&'node str>> {
    let mut strings = Vec::new();
    for branch in branches {
        let members = branch.as_object()?;
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

/// Returns whether a schema of these properties takes any string, and says no more than that in words.
pub(in crate::lower) fn is_any_string(members: &Object) -> bool {
    members.get("type").and_then(Node::as_str) == Some("string")
        && members
            .keys()
            .all(|key| ["type", "title", "description"].contains(&key.as_str()))
}
