//! Mutations of references: to anything, to oneself, to what one stands in, and in circles.

use generator::unstable::{Node, Object, Value};

use crate::mutate::{node, object};
use crate::random::Random;
use crate::{hostile, tree};

/// Keys whose values name something of the document.
const NAMING: &[&str] = &[
    "$ref",
    "$dynamicRef",
    "$anchor",
    "$id",
    "$dynamicAnchor",
    "operationRef",
    "operationId",
    "$schema",
];

/// Changes the node at `path` to a reference, or gives it one.
pub fn change(root: &mut Node, paths: &[tree::Path], path: &[usize], random: &mut Random) {
    if random.percent(15) {
        circle(root, random);
        return;
    }
    let target = target(root, paths, path, random);
    let made = reference(target.clone());
    let Some(found) = tree::get_mut(root, path) else { return };
    match (&mut found.value, random.below(10)) {
        (Value::Object(entries), 0..=1) => {
            let key = random.pick(NAMING).copied().unwrap_or("$ref");
            entries.insert(key.to_owned(), node(Value::String(target)));
        }
        (Value::Object(entries), 2..=4) => {
            let key = ["allOf", "oneOf", "anyOf"]
                .get(random.below(3))
                .copied()
                .unwrap_or("allOf");
            match entries.get_mut(key).map(|list| &mut list.value) {
                Some(Value::Array(elements)) => elements.push(made),
                _ => drop(entries.insert(key.to_owned(), node(Value::Array(vec![made])))),
            }
        }
        (Value::Object(entries), 5) => {
            let mapping = object(&hostile::string(random), node(Value::String(target)));
            let named = [
                ("propertyName".to_owned(), node(Value::String("kind".to_owned()))),
                ("mapping".to_owned(), mapping),
            ];
            entries.insert(
                "discriminator".to_owned(),
                node(Value::Object(Object::from_iter(named))),
            );
        }
        (Value::Object(entries), 6) => {
            let properties = entries
                .entry("properties".to_owned())
                .or_insert_with(|| node(Value::Object(Object::default())));
            if let Value::Object(properties) = &mut properties.value {
                properties.insert("inner".to_owned(), made);
            }
        }
        (Value::Array(elements), 0..=6) => elements.push(made),
        (Value::String(text), 0..=6) => *text = target,
        (value, _) => *value = made.value,
    }
}

/// Makes a reference object.
fn reference(target: String) -> Node {
    object("$ref", node(Value::String(target)))
}

/// Chooses what a reference at `path` names.
fn target(root: &Node, paths: &[tree::Path], path: &[usize], random: &mut Random) -> String {
    let at = |path: &[usize]| tree::pointer(root, path).to_fragment();
    match random.below(20) {
        0..=1 => at(path),
        2..=4 => at(&path[..random.below(path.len())]),
        5..=9 => random.pick(paths).map(|path| at(path)).unwrap_or_default(),
        10..=16 => {
            let components: Vec<&tree::Path> = paths.iter().filter(|path| is_component(root, path)).collect();
            random.pick(&components).map(|path| at(path)).unwrap_or_default()
        }
        17 => format!("#{}", hostile::string(random)),
        18 => hostile::string(random),
        _ => format!("{}/nowhere", at(path)),
    }
}

fn is_component(root: &Node, path: &[usize]) -> bool {
    path.len() == 3 && tree::key(root, &path[..1]) == Some("components")
}

/// Makes a few components refer to each other in a circle, each by another keyword.
fn circle(root: &mut Node, random: &mut Random) {
    let paths = tree::paths(root);
    let components: Vec<tree::Path> = paths.into_iter().filter(|path| is_component(root, path)).collect();
    let count = 1 + random.below(4);
    let chosen: Vec<tree::Path> = (0..count).filter_map(|_| random.pick(&components).cloned()).collect();
    for (index, path) in chosen.iter().enumerate() {
        let next = &chosen[(index + 1) % chosen.len()];
        let made = reference(tree::pointer(root, next).to_fragment());
        let list = |made: Node| node(Value::Array(vec![made]));
        let (key, value) = match random.below(9) {
            0 => ("allOf", list(made)),
            1 => ("oneOf", list(made)),
            2 => ("anyOf", list(made)),
            3 => ("items", made),
            4 => ("properties", object("next", made)),
            5 => ("additionalProperties", made),
            6 => ("prefixItems", list(made)),
            7 => ("not", made),
            _ => ("$ref", made.get("$ref").cloned().unwrap_or(made)),
        };
        let Some(found) = tree::get_mut(root, path) else {
            continue;
        };
        match &mut found.value {
            Value::Object(entries) if random.percent(60) => drop(entries.insert(key.to_owned(), value)),
            other => *other = object(key, value).value,
        }
    }
}
