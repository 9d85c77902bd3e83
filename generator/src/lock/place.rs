//! The places of schemas, as keys of a lock: an owner, and the way from it.
//!
//! Elements of a list are told by what they are, not by their number, so that one that is added before them moves none:
//! `Pet#/oneOf/[Cat]` is the subschema of the union `Pet` that refers to `Cat`.

use std::collections::BTreeMap;

use crate::document::keywords::COMPOSITIONS;
use crate::document::{Node, Value};
use crate::source::{Pointer, array_index};

/// Returns the keys of what stands at `pointer`, which is owned by what is called `owner` and stands at `from`: the one
/// that it has, and then those that it may have had when the lists around it had other elements.
///
/// What stands elsewhere, such as a response that several operations refer to, has its whole pointer in the key.
#[must_use]
pub(crate) fn keys(root: &Node, owner: &str, from: &Pointer, pointer: &Pointer) -> Vec<String> {
    let own = from.segments().count();
    let steps = steps(root, pointer);
    let is_below = pointer.segments().zip(from.segments()).all(|(step, own)| step == own) && steps.len() >= own;
    let write = |by: fn(&Step) -> String| {
        let names = steps.iter().map(by);
        if is_below {
            format!("{owner}#{}", Pointer::of(names.skip(own)).as_str())
        } else {
            format!("{owner}#{}", Pointer::of(names).as_str().trim_start_matches('/'))
        }
    };
    let mut keys = vec![write(Step::name)];
    for other in [write(Step::first_words), write(Step::number)] {
        if !keys.contains(&other) {
            keys.push(other);
        }
    }
    keys
}

/// Splits the key of an inline schema into its owner and the way from there.
#[must_use]
pub(crate) fn split_key(key: &str) -> Option<(&str, &str)> {
    let mut parts = key.splitn(2, '#');
    Some((parts.next()?, parts.next()?))
}

/// Returns the node that the part of a key behind its owner leads to; `from` is the node of the owner.
#[must_use]
pub(crate) fn resolve<'node>(root: &'node Node, from: &'node Node, below: &str) -> Option<&'node Node> {
    let (start, pointer) = if below.is_empty() || below.starts_with('/') {
        (from, Pointer::parse(below)?)
    } else {
        (root, Pointer::parse(&format!("/{below}"))?)
    };
    pointer.segments().try_fold(start, |node, step| match &node.value {
        Value::Object(members) => members.get(&step),
        Value::Array(elements) => {
            let named = names(elements).into_iter().position(|name| name == step);
            elements.get(named.or_else(|| array_index(&step))?)
        }
        _ => None,
    })
}

/// A step of a pointer.
struct Step {
    segment: String,
    /// Of an element of a list, its name there.
    name: Option<String>,
    /// The words for it alone.
    first_words: Option<String>,
}

impl Step {
    fn name(&self) -> String {
        self.name.as_ref().unwrap_or(&self.segment).clone()
    }

    fn first_words(&self) -> String {
        let words = self.first_words.as_ref().map(|words| format!("[{words}]"));
        words.unwrap_or_else(|| self.name())
    }

    fn number(&self) -> String {
        self.segment.clone()
    }
}

/// Returns the steps of a pointer.
fn steps(root: &Node, pointer: &Pointer) -> Vec<Step> {
    let mut node = Some(root);
    let mut steps = Vec::new();
    for segment in pointer.segments() {
        let (mut name, mut first_words, mut child) = (None, None, None);
        match node.map(|node| &node.value) {
            Some(Value::Array(elements)) => {
                if let Some(index) = array_index(&segment) {
                    name = names(elements).into_iter().nth(index);
                    child = elements.get(index);
                    first_words = child.and_then(|element| words(element).into_iter().next());
                }
            }
            Some(Value::Object(members)) => child = members.get(&segment),
            _ => {}
        }
        steps.push(Step {
            segment,
            name,
            first_words,
        });
        node = child;
    }
    steps
}

/// Returns the names of the elements of a list, each with brackets: the first words that no other has; or else its first
/// words, and which of those with the same ones it is. What has no words has its number.
fn names(elements: &[Node]) -> Vec<String> {
    let words: Vec<Vec<String>> = elements.iter().map(words).collect();
    let mut uses: BTreeMap<&String, usize> = BTreeMap::new();
    for words in words.iter().flatten() {
        *uses.entry(words).or_default() += 1;
    }
    let mut alike: BTreeMap<&String, usize> = BTreeMap::new();
    let mut names = Vec::with_capacity(words.len());
    for (index, words) in words.iter().enumerate() {
        let own = words.iter().find(|words| uses[words] == 1);
        names.push(match (own, words.first()) {
            (Some(own), _) => format!("[{own}]"),
            (None, None) => index.to_string(),
            (None, Some(first)) => {
                let number = alike.entry(first).or_default();
                *number += 1;
                format!("[{first} {number}]")
            }
        });
    }
    names
}

/// Returns words that tell an element of a list, the more lasting first: of a parameter its name and where it stands, of
/// a schema what it refers to, its title, its type, what it requires, its properties, their patterns, its values.
fn words(element: &Node) -> Vec<String> {
    const LISTED: usize = 4;
    let text = |key: &str| element.get(key).and_then(Node::as_str);
    if let Some(reference) = text("$ref") {
        let last = reference.rsplit(['/', '#']).find(|part| !part.is_empty());
        return last.map(str::to_owned).into_iter().collect();
    }
    if let (Some(name), Some(place)) = (text("name"), text("in")) {
        return vec![format!("{place} {name}")];
    }
    let list = |key: &str| -> Vec<&str> {
        let elements = element.get(key).and_then(Node::as_array).into_iter().flatten();
        elements.filter_map(Node::as_str).collect()
    };
    let kinds = text("type").map_or_else(|| list("type"), |kind| vec![kind]).join(" ");
    let names_in = |key: &str| -> Vec<&str> {
        let members = element.get(key).and_then(Node::as_object).into_iter().flatten();
        members.map(|(name, _)| name.as_str()).take(LISTED).collect()
    };
    let (properties, patterns) = (names_in("properties"), names_in("patternProperties"));
    let required: Vec<&str> = list("required").into_iter().take(LISTED).collect();
    let values: Vec<&str> = text("const").into_iter().chain(list("enum")).take(LISTED).collect();
    let mut words: Vec<String> = text("title").map(str::to_owned).into_iter().collect();
    if !kinds.is_empty() {
        words.push(kinds.clone());
    }
    let composition = COMPOSITIONS.into_iter().find(|keyword| element.get(keyword).is_some());
    words.extend(composition.filter(|_| kinds.is_empty()).map(str::to_owned));
    for (sign, more) in [("", required), ("", properties), ("like ", patterns), ("= ", values)] {
        let said = format!("{kinds} {sign}{}", more.join(" "));
        let said = said.trim();
        if !more.is_empty() && !words.iter().any(|known| known == said) {
            words.push(said.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{keys, resolve};
    use crate::diagnostic::Diagnostics;
    use crate::document::{self, Node};
    use crate::source::{Pointer, Sources};

    fn key(root: &Node, owner: &str, from: &Pointer, pointer: &Pointer) -> String {
        keys(root, owner, from, pointer).swap_remove(0)
    }

    fn read(text: &str) -> Node {
        let mut diagnostics = Diagnostics::default();
        document::read(&mut Sources::default(), "pets.yaml", text, &mut diagnostics).unwrap()
    }

    #[test]
    fn an_element_that_is_added_moves_no_key() {
        let old = read("{Pet: {oneOf: [{$ref: '#/Cat'}, {type: object}, {type: string}, {type: string}]}}");
        let new =
            read("{Pet: {oneOf: [{title: Fish}, {$ref: '#/Cat'}, {type: string}, {type: object}, {type: string}]}}");
        let from = Pointer::of(["Pet"]);
        let keys: Vec<String> = (0..4)
            .map(|index| key(&old, "Pet", &from, &from.child("oneOf").element(index)))
            .collect();
        assert_eq!(
            keys,
            [
                "Pet#/oneOf/[Cat]",
                "Pet#/oneOf/[object]",
                "Pet#/oneOf/[string 1]",
                "Pet#/oneOf/[string 2]"
            ]
        );
        for (key, index) in keys.iter().zip([1, 3, 2, 4]) {
            let found = resolve(&new, new.get("Pet").unwrap(), key.strip_prefix("Pet#").unwrap());
            let expected = from.child("oneOf").element(index);
            assert_eq!(
                found.map(|node| node.origin),
                expected.follow(&new).map(|node| node.origin),
                "{key}"
            );
        }
    }

    #[test]
    fn an_element_keeps_the_key_that_it_had() {
        let from = Pointer::of(["Pet"]);
        let first = from.child("oneOf").element(0);
        let keys_of = |text: &str| keys(&read(text), "Pet", &from, &first);
        let alone = "{Pet: {oneOf: [{type: object, required: [a]}, {type: string}]}}";
        let beside = "{Pet: {oneOf: [{type: object, required: [a]}, {type: object, properties: {b: {}}}]}}";
        assert_eq!(keys_of(alone), ["Pet#/oneOf/[object]", "Pet#/oneOf/0"]);
        assert_eq!(
            keys_of(beside),
            ["Pet#/oneOf/[object a]", "Pet#/oneOf/[object]", "Pet#/oneOf/0"]
        );
    }

    #[test]
    fn a_union_and_a_map_are_told_from_what_is_added_before_them() {
        let old = read("{Pet: {oneOf: [{oneOf: [{type: object}, {type: object, patternProperties: {'^a': {}}}]}]}}");
        let new = read(
            "{Pet: {oneOf: [{type: 'null'}, {oneOf: [{type: 'null'}, {type: object}, {type: object, patternProperties: {'^a': {}}}]}]}}",
        );
        let from = Pointer::of(["Pet"]);
        let before = from.child("oneOf").element(0).child("oneOf").element(1);
        let after = from.child("oneOf").element(1).child("oneOf").element(2);
        let own = key(&old, "Pet", &from, &before);
        assert_eq!(own, "Pet#/oneOf/[oneOf]/oneOf/[object like ^a]");
        assert_eq!(key(&new, "Pet", &from, &after), own);
    }

    #[test]
    fn what_stands_elsewhere_has_its_whole_pointer() {
        let root = read("{a: {b: {}}, c: {d: {}}}");
        let foreign = key(&root, "get", &Pointer::of(["a"]), &Pointer::of(["c", "d"]));
        assert_eq!(foreign, "get#c/d");
        assert!(resolve(&root, root.get("a").unwrap(), "c/d").is_some());
        assert_eq!(key(&root, "get", &Pointer::of(["a"]), &Pointer::of(["a"])), "get#");
    }

    #[test]
    fn parameters_are_told_by_name_and_place() {
        let root = read("{parameters: [{name: id, in: path}, {name: id, in: query}]}");
        let second = Pointer::of(["parameters", "1"]);
        assert_eq!(
            key(&root, "get", &Pointer::root(), &second),
            "get#/parameters/[query id]"
        );
    }
}
