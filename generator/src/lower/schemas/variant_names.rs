//! Names the variants of a union.
//!
//! A variant is named by its component, its title, or what makes a value one of its schema: a constant, or the only
//! property that it requires; or else by its JSON type. Where that is the type of others too, it is named by a property
//! that it alone has, or by the type of its elements.

use std::collections::BTreeMap;

use crate::document::{Node, Value};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::json_types::list;
use crate::model::JsonTypes;
use crate::names;

/// The properties of the objects that a subschema of a union allows.
#[derive(Default)]
struct Traits<'run> {
    /// The names of the required properties.
    required: Vec<&'run str>,
    /// The names of all properties.
    properties: Vec<&'run str>,
    /// The properties with only one value, each with the words for it.
    constants: Vec<(&'run str, String)>,
}

/// In how many subschemas of a union something is found.
#[derive(Default)]
struct Counts<'run> {
    required: BTreeMap<&'run str, usize>,
    properties: BTreeMap<&'run str, usize>,
    constants: BTreeMap<(&'run str, String), usize>,
}

impl<'run> Schemas<'run> {
    /// Returns the words for each variant of the union of `node`. The schemas of a variant are a group.
    ///
    /// Variants that would have one name get the next best, until no two do or there is no other.
    pub(in crate::lower) fn variant_words(&self, node: &'run Node, groups: &[Vec<&'run Node>]) -> Vec<String> {
        let tag = node
            .get("discriminator")
            .and_then(|discriminator| discriminator.get("propertyName")?.as_str());
        let traits: Vec<Traits<'run>> = groups.iter().map(|group| self.traits_of(group[0], tag)).collect();
        let counts = Counts::of(&traits);
        let words: Vec<Vec<String>> = groups
            .iter()
            .zip(&traits)
            .map(|(group, traits)| self.words_of_variant(group, traits, &counts))
            .collect();
        let mut chosen = vec![0; words.len()];
        loop {
            let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (index, words) in words.iter().enumerate() {
                let name = names::variant_name(&words[chosen[index]]).to_lowercase();
                by_name.entry(name).or_default().push(index);
            }
            let rivals = by_name.into_values().filter(|rivals| rivals.len() > 1).flatten();
            let giving_way: Vec<usize> = rivals
                .filter(|index| chosen[*index] + 1 < words[*index].len())
                .collect();
            if giving_way.is_empty() {
                break;
            }
            for index in giving_way {
                chosen[index] += 1;
            }
        }
        words
            .into_iter()
            .zip(chosen)
            .map(|(mut words, index)| words.swap_remove(index))
            .collect()
    }

    /// Returns the words that a variant may be named by, the best first.
    fn words_of_variant(&self, group: &[&'run Node], traits: &Traits<'run>, counts: &Counts<'run>) -> Vec<String> {
        let subschema = group[0];
        if let Some(name) = self.component_name(subschema) {
            return vec![name];
        }
        let title = subschema
            .get("title")
            .and_then(Node::as_str)
            .filter(|title| !title.is_empty());
        let (name, sentence) = match title {
            Some(title) if names::is_short(title) => (Some(title.to_owned()), None),
            other => (None, other.map(str::to_owned)),
        };
        let kinds = self.types_of_any(group).without(JsonTypes::NULL);
        let (fixed, others) = match kinds {
            JsonTypes::OBJECT => (traits.fixed(counts), traits.others(counts)),
            JsonTypes::ARRAY => (Vec::new(), self.array_words(subschema).into_iter().collect()),
            _ => (Vec::new(), Vec::new()),
        };
        let kind = kind_words(kinds, subschema, traits);
        let before = name.into_iter().chain(fixed).chain(sentence);
        before.chain([kind]).chain(others).collect()
    }

    /// Returns the name of the component that `subschema` refers to.
    fn component_name(&self, subschema: &'run Node) -> Option<String> {
        let reference = subschema.get("$ref").and_then(Node::as_str)?;
        Some(self.types[self.component(reference)?].name.clone())
    }

    /// Returns the words for one of several arrays, by its elements.
    fn array_words(&self, array: &'run Node) -> Option<String> {
        let items = self.cx.resolve(array).get("items")?;
        let title = items
            .get("title")
            .and_then(Node::as_str)
            .filter(|title| names::is_short(title));
        let name = self.component_name(items).or_else(|| title.map(str::to_owned));
        let by_kind = || match self.types_of(items).without(JsonTypes::NULL) {
            JsonTypes::ARRAY => "nested".to_owned(),
            kinds => kind_words(kinds, items, &Traits::default()),
        };
        Some(format!("{} array", name.unwrap_or_else(by_kind)))
    }

    /// Returns what is known of the objects that `subschema` allows. Of the constants, that of the property `tag` comes
    /// first.
    fn traits_of(&self, subschema: &'run Node, tag: Option<&str>) -> Traits<'run> {
        let mut traits = Traits::default();
        for part in self.cx.parts(subschema) {
            traits
                .required
                .extend(list(part, "required").iter().filter_map(Node::as_str));
            for (name, schema) in part.get("properties").and_then(Node::as_object).into_iter().flatten() {
                traits.properties.push(name);
                if let Some(words) = constant_words(name, self.cx.resolve(schema)) {
                    traits.constants.push((name, words));
                }
            }
        }
        // Several parts may define one property.
        traits.required.sort_unstable();
        traits.required.dedup();
        traits.properties.sort_unstable();
        traits.properties.dedup();
        traits.constants.sort_unstable();
        traits.constants.dedup();
        traits.constants.sort_by_key(|(name, _)| Some(*name) != tag);
        traits
    }
}

impl<'run> Counts<'run> {
    fn of(all: &[Traits<'run>]) -> Self {
        let mut counts = Self::default();
        for traits in all {
            for name in &traits.required {
                *counts.required.entry(name).or_default() += 1;
            }
            for name in &traits.properties {
                *counts.properties.entry(name).or_default() += 1;
            }
            for constant in &traits.constants {
                *counts.constants.entry(constant.clone()).or_default() += 1;
            }
        }
        counts
    }
}

impl Traits<'_> {
    /// Returns the words for what makes a value one of this subschema: its only required property, or a constant, if no
    /// other subschema has it.
    fn fixed(&self, counts: &Counts<'_>) -> Vec<String> {
        let only = match self.required.as_slice() {
            [only] => Some(*only).filter(|name| counts.required.get(name) == Some(&1)),
            _ => None,
        };
        let is_only = |constant: &&(&str, String)| counts.constants.get(*constant) == Some(&1);
        let constants = self.constants.iter().filter(is_only).map(|(_, words)| words.clone());
        only.map(str::to_owned).into_iter().chain(constants).collect()
    }

    /// Returns the names of the other properties that no other subschema requires, or defines.
    fn others(&self, counts: &Counts<'_>) -> Vec<String> {
        let required = self
            .required
            .iter()
            .filter(|name| counts.required.get(*name) == Some(&1));
        let defined = self
            .properties
            .iter()
            .filter(|name| counts.properties.get(*name) == Some(&1));
        required.chain(defined).map(|name| (*name).to_owned()).collect()
    }
}

/// Returns the words for the only value that `schema` allows for the property `name`, if it allows only one.
fn constant_words(name: &str, schema: &Node) -> Option<String> {
    let ((Some(value), _) | (None, [value])) = (schema.get("const"), list(schema, "enum")) else {
        return None;
    };
    match &value.value {
        Value::String(text) if text.starts_with(|first: char| first.is_ascii_alphabetic()) => Some(text.clone()),
        Value::String(text) | Value::Number(text) => Some(format!("{name} {text}")),
        Value::Bool(true) => Some(name.to_owned()),
        Value::Bool(false) => Some(format!("not {name}")),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns the word for values of these JSON types.
fn kind_words(kinds: JsonTypes, schema: &Node, traits: &Traits<'_>) -> String {
    let is_map = || {
        ["additionalProperties", "patternProperties"]
            .iter()
            .any(|key| schema.get(key).is_some())
    };
    let word = match kinds {
        JsonTypes::STRING => "String",
        JsonTypes::BOOLEAN => "Boolean",
        JsonTypes::INTEGER => "Integer",
        JsonTypes::ARRAY => "Array",
        JsonTypes::OBJECT if traits.properties.is_empty() && is_map() => "Map",
        JsonTypes::OBJECT => "Object",
        kinds if JsonTypes::NUMBER.or(JsonTypes::INTEGER).has(kinds) => "Number",
        kinds if JsonTypes::SCALAR.has(kinds) => "Scalar",
        _ => "Value",
    };
    word.to_owned()
}
