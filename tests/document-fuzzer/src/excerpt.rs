//! Excerpts of large documents: some path items, with the components that they refer to.

use std::collections::BTreeSet;

use generator::Pointer;
use generator::unstable::Node;

use crate::tree;

/// The sections with components: of Swagger 2.0 at the root (its §Swagger Object), since then below `components`.
const SECTIONS: [&str; 3] = ["definitions", "parameters", "responses"];

/// Returns a document with about `most` nodes: path items from all over it, and what they refer to. A document that has no
/// more stays as it is.
#[must_use]
pub fn excerpt(mut root: Node, most: usize) -> Node {
    if tree::size(&root) <= most {
        return root;
    }
    let Some(paths) = root.get("paths").and_then(Node::as_object) else {
        return root;
    };
    let (mut kept, mut components, mut size) = (BTreeSet::new(), BTreeSet::new(), 0);
    for index in spread(paths.len()) {
        let Some((path, item)) = paths.get_index(index) else {
            continue;
        };
        let (needed, added) = closure(&root, item, &components);
        if size + added <= most {
            size += added;
            kept.insert(path.clone());
            components.extend(needed);
        }
    }
    retain(&mut root, "paths", |path| kept.contains(path));
    for section in SECTIONS {
        retain(&mut root, section, |name| {
            components.contains(&Pointer::of([section, name]))
        });
    }
    let of_components = root.as_object_mut().and_then(|root| root.get_mut("components"));
    if let Some(sections) = of_components.and_then(Node::as_object_mut) {
        for (section, of_section) in sections.iter_mut().filter(|(name, _)| *name != "securitySchemes") {
            if let Some(named) = of_section.as_object_mut() {
                named.retain(|name, _| components.contains(&Pointer::of(["components", section, name])));
            }
        }
    }
    retain(&mut root, "webhooks", |_| false);
    root
}

/// Returns the components that a node needs beside the `known` ones, and how many nodes it has with them.
fn closure(root: &Node, node: &Node, known: &BTreeSet<Pointer>) -> (BTreeSet<Pointer>, usize) {
    let (mut needed, mut size, mut open) = (BTreeSet::new(), 0, vec![node]);
    while let Some(node) = open.pop() {
        size += 1;
        open.extend(tree::children(node));
        let Some(component) = node.get("$ref").and_then(Node::as_str).and_then(component) else {
            continue;
        };
        if !known.contains(&component) && needed.insert(component.clone()) {
            open.extend(component.follow(root));
        }
    }
    (needed, size)
}

/// Returns the component that a reference leads to, or into.
fn component(reference: &str) -> Option<Pointer> {
    let pointer = Pointer::parse_fragment(reference.strip_prefix('#')?)?;
    let segments: Vec<String> = pointer.segments().collect();
    let count = if segments.first()? == "components" { 3 } else { 2 };
    Some(Pointer::of(segments.iter().take(count)))
}

fn retain(root: &mut Node, section: &str, keep: impl Fn(&str) -> bool) {
    let of_section = root.as_object_mut().and_then(|root| root.get_mut(section));
    if let Some(named) = of_section.and_then(Node::as_object_mut) {
        named.retain(|name, _| keep(name));
    }
}

/// Returns all numbers below `count`, so that the first ones are spread over all of them.
fn spread(count: usize) -> impl Iterator<Item = usize> {
    let stride = (1..count).rev().map(|stride| stride * 5 / 8 + 1);
    let stride = stride.into_iter().find(|stride| gcd(*stride, count) == 1).unwrap_or(1);
    (0..count).map(move |number| number * stride % count)
}

fn gcd(one: usize, other: usize) -> usize {
    if other == 0 { one } else { gcd(other, one % other) }
}

#[cfg(test)]
mod tests {
    use generator::unstable::Object;

    use super::*;
    use crate::corpus::parse;

    #[test]
    fn an_excerpt_has_what_it_refers_to_and_nothing_else() {
        let lines = |line: &dyn Fn(usize) -> String| (0..50).map(line).collect::<String>();
        let text = [
            "openapi: 3.1.0\npaths:\n".to_owned(),
            lines(&|n| {
                format!("  /p{n}: {{get: {{responses: {{'200': {{$ref: '#/components/responses/r{n}'}}}}}}}}\n")
            }),
            "components:\n  securitySchemes: {key: {type: apiKey}}\n  responses:\n".to_owned(),
            lines(&|n| {
                format!("    r{n}: {{content: {{a/b: {{schema: {{$ref: '#/components/schemas/s~1{n}/items'}}}}}}}}\n")
            }),
            "  schemas:\n".to_owned(),
            lines(&|n| format!("    s/{n}: {{items: {{$ref: '#/components/schemas/s~1{n}'}}}}\n")),
        ]
        .concat();
        let whole = parse(&text).unwrap();
        let part = excerpt(whole.clone(), 100);
        let count = |pointer: &str| {
            let found = Pointer::parse(pointer).and_then(|pointer| pointer.follow(&part)?.as_object());
            found.map_or(0, Object::len)
        };
        let paths = count("/paths");
        assert!((2..20).contains(&paths), "{paths}");
        assert_eq!(count("/components/schemas"), paths);
        assert_eq!(count("/components/responses"), paths);
        assert_eq!(count("/components/securitySchemes"), 1);
        assert_eq!(excerpt(whole.clone(), 10_000).to_json(), whole.to_json());
    }

    #[test]
    fn numbers_are_spread() {
        for count in [0, 1, 2, 10, 1223] {
            let mut all: Vec<usize> = spread(count).collect();
            all.sort_unstable();
            assert_eq!(all, (0..count).collect::<Vec<_>>());
        }
    }
}
