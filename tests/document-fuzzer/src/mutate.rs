//! Makes inputs: mutations of trees that keep the structure of a document in view.

use generator::Strictness;
use generator::unstable::{Node, Object, Origin, Value};

use crate::corpus::{Corpus, Seed};
use crate::input::{Input, JSON};
use crate::random::Random;
use crate::{hostile, print, reference, text, tree};

/// Trees with more nodes than this do not grow any further: a document whose schemas are merged several times becomes
/// several times as many types, and 10,000 types take about 4 s.
const LARGEST: usize = 6_000;

/// Documents with more bytes than this are not checked: that they take memory is no fault.
const LONGEST: usize = 2_000_000;

/// Trees with more levels than this do not get any more; that is deeper than documents may be.
const DEEPEST: usize = 250;

impl Corpus {
    /// Makes the input of a run.
    #[must_use]
    pub fn input(&self, seed: u64, run: u64) -> Input {
        let mut random = Random::new(seed, run);
        let chosen = &self.seeds[random.below(self.seeds.len())];
        let is_json = random.percent(30);
        let mut overlays = chosen.overlays.clone();
        let document = match &chosen.tree {
            Some(tree) if random.percent(92) => {
                let mut tree = tree.clone();
                self.mutate(&mut tree, &mut random);
                if random.percent(3) {
                    overlays.extend(random.pick(&self.overlays).cloned());
                }
                let printed = if is_json {
                    print::json(&tree)
                } else {
                    print::yaml(&tree)
                };
                if random.percent(4) {
                    text::mutate(&printed, &mut random)
                } else {
                    printed
                }
            }
            _ => text::mutate(&chosen.text, &mut random),
        };
        let document = if document.len() > LONGEST {
            chosen.text.clone()
        } else {
            document
        };
        for overlay in &mut overlays {
            if random.percent(20) {
                self.mutate(overlay, &mut random);
            }
        }
        Input {
            name: if is_json { JSON } else { "openapi.yaml" }.to_owned(),
            document,
            overlays: overlays.iter().map(print::yaml).collect(),
            strictness: match random.below(4) {
                0 => Strictness::Usual,
                1 => Strictness::Strict,
                _ => Strictness::Lenient,
            },
            has_runtime: random.percent(1),
            only: if random.percent(3) {
                only(chosen, &mut random)
            } else {
                Vec::new()
            },
        }
    }

    /// Changes a tree at a few random places.
    fn mutate(&self, root: &mut Node, random: &mut Random) {
        let times = match random.below(10) {
            0..=4 => 1,
            5..=7 => 2 + random.below(3),
            8 => 5 + random.below(10),
            _ => 15 + random.below(40),
        };
        for _ in 0..times {
            let paths = tree::paths(root);
            let Some(path) = random.pick(&paths).cloned() else {
                return;
            };
            self.change(root, &paths, &path, random);
        }
    }

    /// Makes one change at a path.
    fn change(&self, root: &mut Node, paths: &[tree::Path], path: &[usize], random: &mut Random) {
        match random.below(100) {
            0..=9 => drop(tree::remove(root, path)),
            10..=14 => swap(root, paths, path, random),
            15..=23 => retype(root, path, random),
            24..=31 => rename(root, path, random),
            32..=36 => duplicate(root, path, random),
            37..=41 => nest(root, paths, path, random),
            42..=57 => reference::change(root, paths, path, random),
            58..=77 => self.splice(root, path, random),
            78..=87 => set(root, path, Value::String(hostile::string(random))),
            88..=93 => set(root, path, Value::Number(hostile::number(random))),
            94..=97 => scalar(root, paths, random),
            _ => grow(root, path, random),
        }
    }

    /// Puts a value of another document in the place of a node, or among the properties of an object.
    fn splice(&self, root: &mut Node, path: &[usize], random: &mut Random) {
        let role = tree::role(root, path);
        let same = self.donors.get(&role);
        let any = random.pick(&self.roles).and_then(|role| self.donors.get(role));
        let pool = if random.percent(85) { same.or(any) } else { any };
        let Some(donor) = pool.and_then(|pool| random.pick(pool)).cloned() else {
            return;
        };
        let Some(node) = tree::get_mut(root, path) else { return };
        match (&mut node.value, donor.value) {
            (Value::Object(entries), Value::Object(added)) if random.percent(70) => {
                let chosen = random.below(added.len());
                let all = random.percent(20);
                let added = added.into_iter().enumerate();
                entries.extend(
                    added
                        .filter(|(index, _)| all || *index == chosen)
                        .map(|(_, entry)| entry),
                );
            }
            (Value::Array(elements), Value::Array(added)) if random.percent(70) => elements.extend(added),
            (value, donor) => *value = donor,
        }
    }
}

/// Returns a word of the document that may be a tag or the id of an operation.
fn only(seed: &Seed, random: &mut Random) -> Vec<String> {
    let Some(root) = &seed.tree else { return Vec::new() };
    let named = tree::paths(root).into_iter().filter(|path| {
        let role = tree::role(root, path);
        role == "operationId" || role == "tags/*"
    });
    let words: Vec<&str> = named.filter_map(|path| tree::get(root, &path)?.as_str()).collect();
    random.pick(&words).map(|word| (*word).to_owned()).into_iter().collect()
}

/// Sets the value of a node.
fn set(root: &mut Node, path: &[usize], value: Value) {
    if let Some(node) = tree::get_mut(root, path) {
        node.value = value;
    }
}

/// Makes a node that was never read.
pub(crate) fn node(value: Value) -> Node {
    Node::new(
        Origin {
            source: 0,
            index: 0,
            copy: 0,
        },
        value,
    )
}

/// Makes an object of one property.
pub(crate) fn object(key: &str, value: Node) -> Node {
    node(Value::Object(Object::from_iter([(key.to_owned(), value)])))
}

/// Replaces a random scalar by a hostile one of the same type.
fn scalar(root: &mut Node, paths: &[tree::Path], random: &mut Random) {
    let scalars: Vec<&tree::Path> = paths
        .iter()
        .filter(|path| tree::get(root, path).is_some_and(|node| tree::children(node).next().is_none()))
        .collect();
    let Some(path) = random.pick(&scalars) else { return };
    let Some(found) = tree::get(root, path) else { return };
    let value = match &found.value {
        Value::Number(_) => Value::Number(hostile::number(random)),
        Value::Bool(value) => Value::Bool(!value),
        _ if tree::key(root, path) == Some("pattern") => Value::String(hostile::pattern(random)),
        Value::String(text) if random.percent(30) => Value::String(format!("{text}{}", hostile::string(random))),
        _ => Value::String(hostile::string(random)),
    };
    set(root, path, value);
}

/// Swaps the values of two nodes, of which neither holds the other.
fn swap(root: &mut Node, paths: &[tree::Path], path: &[usize], random: &mut Random) {
    let Some(other) = random.pick(paths) else { return };
    if other.starts_with(path) || path.starts_with(other) {
        return;
    }
    let (Some(first), Some(second)) = (tree::get(root, path).cloned(), tree::get(root, other).cloned()) else {
        return;
    };
    set(root, path, second.value);
    set(root, other, first.value);
}

/// Gives a node a value of another type.
fn retype(root: &mut Node, path: &[usize], random: &mut Random) {
    let Some(found) = tree::get_mut(root, path) else { return };
    let inner = std::mem::replace(&mut found.value, Value::Null);
    found.value = match random.below(9) {
        0 => Value::Null,
        1 => Value::Bool(random.percent(50)),
        2 => Value::Number("1".to_owned()),
        3 => Value::String(String::new()),
        4 => Value::Array(Vec::new()),
        5 => Value::Object(Object::default()),
        6 => Value::Array(vec![node(inner)]),
        7 => object(&hostile::string(random), node(inner)).value,
        _ => match inner {
            Value::Number(text) => Value::String(text),
            Value::Bool(value) => Value::String(value.to_string()),
            Value::Object(entries) => Value::Array(entries.into_values().collect()),
            Value::Array(elements) => {
                let named = elements.into_iter().enumerate();
                Value::Object(named.map(|(index, element)| (index.to_string(), element)).collect())
            }
            Value::String(text) => Value::Array(vec![node(Value::String(text))]),
            Value::Null => Value::Bool(true),
        },
    };
}

/// Gives a property a hostile key, or one that becomes the same name in Rust as another's.
fn rename(root: &mut Node, path: &[usize], random: &mut Random) {
    let Some(key) = tree::key(root, path).map(str::to_owned) else {
        return;
    };
    let holder = path.split_last().and_then(|(_, holder)| tree::get(root, holder));
    let others: Vec<&String> = holder
        .and_then(Node::as_object)
        .into_iter()
        .flat_map(|entries| entries.keys())
        .collect();
    let other = random.pick(&others).map(|other| (*other).clone()).unwrap_or_default();
    let name = match random.below(4) {
        0 => variant(&other, random),
        1 => variant(&key, random),
        _ => hostile::string(random),
    };
    tree::rename(root, path, &name);
}

/// Spells a word differently.
fn variant(word: &str, random: &mut Random) -> String {
    match random.below(8) {
        0 => word.to_uppercase(),
        1 => word.to_lowercase(),
        2 => format!("{word}_"),
        3 => format!("_{word}"),
        4 => format!("{word}2"),
        5 => word.replace(['_', '-', ' '], ""),
        6 => format!("{word}-"),
        _ => word.chars().flat_map(|letter| [letter, '_']).collect(),
    }
}

/// Adds a copy of a node beside it.
fn duplicate(root: &mut Node, path: &[usize], random: &mut Random) {
    let Some((last, holder)) = path.split_last() else {
        return;
    };
    let Some(copy) = tree::get(root, path).cloned() else {
        return;
    };
    let name = tree::key(root, path).map(|key| variant(key, random));
    match (tree::get_mut(root, holder).map(|holder| &mut holder.value), name) {
        (Some(Value::Object(entries)), Some(name)) => drop(entries.insert(name, copy)),
        (Some(Value::Array(elements)), _) => elements.insert(*last, copy),
        _ => {}
    }
}

/// Puts a node into objects of one property, many levels deep.
fn nest(root: &mut Node, paths: &[tree::Path], path: &[usize], random: &mut Random) {
    const KEYS: &[&str] = &[
        "allOf",
        "oneOf",
        "anyOf",
        "items",
        "properties",
        "not",
        "additionalProperties",
        "prefixItems",
        "if",
        "schema",
        "$defs",
        "patternProperties",
        "dependentSchemas",
        "content",
        "callbacks",
        "",
    ];
    if paths.iter().any(|path| path.len() > DEEPEST) {
        return;
    }
    let levels = [1, 2, 5, 20, 40, 60, 120, 200]
        .get(random.below(8))
        .copied()
        .unwrap_or_default();
    let key = random.pick(KEYS).copied().unwrap_or_default();
    let Some(found) = tree::get_mut(root, path) else { return };
    let mut inner = std::mem::replace(found, node(Value::Null));
    for _ in 0..levels {
        let held = match key {
            "allOf" | "oneOf" | "anyOf" | "prefixItems" => node(Value::Array(vec![inner])),
            "properties" | "$defs" | "patternProperties" | "dependentSchemas" | "content" | "callbacks" => {
                object("a", inner)
            }
            _ => inner,
        };
        inner = if key.is_empty() {
            node(Value::Array(vec![held]))
        } else {
            object(key, held)
        };
    }
    *found = inner;
}

/// Adds many copies of a node beside it.
fn grow(root: &mut Node, path: &[usize], random: &mut Random) {
    let Some((_, holder)) = path.split_last() else { return };
    let Some(copy) = tree::get(root, path).cloned() else {
        return;
    };
    let key = tree::key(root, path).unwrap_or_default().to_owned();
    let times = [3, 30, 300].get(random.below(3)).copied().unwrap_or_default();
    if tree::size(root) + times * tree::size(&copy) > LARGEST || times * copy.to_string().len() > LONGEST {
        return;
    }
    match tree::get_mut(root, holder).map(|holder| &mut holder.value) {
        Some(Value::Object(entries)) => entries.extend((0..times).map(|index| (format!("{key}{index}"), copy.clone()))),
        Some(Value::Array(elements)) => elements.extend((0..times).map(|_| copy.clone())),
        _ => {}
    }
}
