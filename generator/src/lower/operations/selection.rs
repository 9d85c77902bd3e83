//! Finds the operations that a selection names.

use std::collections::BTreeSet;

use crate::diagnostic::{At, Diagnostic};
use crate::document::{Node, nearest};
use crate::lower::Selection;
use crate::lower::context::{Context, NodeId, SetAside};
use crate::lower::operations::Operations;
use crate::lower::operations::found::Found;
use crate::source::Origin;

/// The names that an operation can be selected by.
struct Selectable<'found> {
    tags: Vec<&'found str>,
    /// Its operation id, the names of its function, its path, and the names that it shares with others.
    names: Vec<String>,
}

impl<'run> Operations<'run> {
    /// Returns of each operation whether it is selected: by a tag, its operation id, the name of its function, with or
    /// without that of its module, the name of its module alone, or its path, with or without its method.
    ///
    /// Selected names have to exist; otherwise a misspelled name would give an empty crate.
    pub(in crate::lower) fn select(
        &mut self,
        found: &[Found<'run>],
        functions: &[String],
        modules: &[String],
        selection: &Selection,
    ) -> Vec<bool> {
        if selection.only.is_empty() {
            return vec![true; found.len()];
        }
        let all: Vec<Selectable<'_>> = found
            .iter()
            .zip(functions)
            .zip(modules)
            .map(|((operation, function), module)| Selectable::of(operation, function, module))
            .collect();
        let mut selected = vec![false; found.len()];
        for pattern in &selection.only {
            let taken: Vec<usize> = (0..all.len()).filter(|index| all[*index].is_named(pattern)).collect();
            if taken.is_empty() {
                self.schemas.cx.report(unknown(pattern, &all));
            }
            for index in taken {
                selected[index] = true;
            }
        }
        selected
    }

    /// Reports and records what was set aside of nodes that the operations `taken` refer to: they share them with
    /// operations that are not selected. Records that a selection has no callbacks and no webhooks.
    pub(in crate::lower) fn restore_shared(&mut self, taken: &[&Found<'run>], aside: SetAside) {
        let cx = &mut self.schemas.cx;
        let origins = origins(cx, taken);
        cx.restore(aside, &origins);
        let root = [(cx.root, "webhooks")].into_iter();
        let holders = root.chain(taken.iter().map(|found| (found.node, "callbacks")));
        for (holder, keyword) in holders.filter(|(holder, keyword)| holder.get(keyword).is_some()) {
            cx.ignore(holder, keyword, "a selection keeps operations alone");
        }
    }
}

/// Returns the origins of the nodes that operations consist of and refer to, and of their keys; callbacks apart.
fn origins<'run>(cx: &Context<'run>, operations: &[&Found<'run>]) -> BTreeSet<Origin> {
    let mut open: Vec<&'run Node> = Vec::new();
    for found in operations {
        let members = found.node.as_object().into_iter().flatten();
        open.extend(members.filter(|(key, _)| *key != "callbacks").map(|(_, value)| value));
        open.extend(["parameters", "servers"].iter().filter_map(|key| found.item.0.get(key)));
    }
    let mut origins = BTreeSet::new();
    let mut seen = BTreeSet::new();
    while let Some(node) = open.pop() {
        if seen.insert(NodeId(node)) {
            origins.extend([node.origin, node.origin.key()]);
            open.extend(node.as_object().into_iter().flatten().map(|(_, value)| value));
            open.extend(node.as_array().into_iter().flatten());
            open.extend(cx.referred(node));
        }
    }
    origins
}

impl<'found> Selectable<'found> {
    fn of(operation: &'found Found<'_>, function: &str, module: &str) -> Self {
        let tags = operation.node.get("tags").and_then(Node::as_array).unwrap_or_default();
        let tags = tags.iter().filter_map(Node::as_str).chain([operation.tag.as_str()]);
        let Found { method, path, .. } = operation;
        let names = [
            function.to_owned(),
            format!("{module}::{function}"),
            module.to_owned(),
            format!("{method} {path}"),
            (*path).to_owned(),
        ];
        Self {
            tags: tags.collect(),
            names: operation.id.map(str::to_owned).into_iter().chain(names).collect(),
        }
    }

    fn is_named(&self, pattern: &str) -> bool {
        self.all().any(|name| is_match(pattern, name))
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().copied().chain(self.names.iter().map(String::as_str))
    }
}

fn unknown(pattern: &str, all: &[Selectable<'_>]) -> Diagnostic {
    let message = format!("{pattern:?} is selected, but is no tag, operation id, function, module or path");
    let names: BTreeSet<&str> = all.iter().flat_map(Selectable::all).collect();
    let help = nearest(pattern, names).map_or_else(
        || {
            let tags: BTreeSet<&str> = all
                .iter()
                .flat_map(|operation| operation.tags.iter().copied())
                .collect();
            let tags: Vec<&str> = tags.into_iter().collect();
            format!("the tags are {}", tags.join(", "))
        },
        |meant| format!("did you mean `{meant}`?"),
    );
    Diagnostic::error_at("unknown-selection", At::Nowhere, message).with_help(help)
}

/// Returns whether `name` is `pattern`, in which each `*` is any text.
fn is_match(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut name) = name.strip_prefix(start) else {
        return false;
    };
    let (inner, end) = rest
        .rsplit_once('*')
        .map_or((None, rest), |(inner, end)| (Some(inner), end));
    // Each text is found as early as it can be, which leaves most to those after it.
    for text in inner.into_iter().flat_map(|inner| inner.split('*')) {
        let Some(place) = name.find(text) else { return false };
        name = &name[place + text.len()..];
    }
    name.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::is_match;

    #[test]
    fn a_star_is_any_text() {
        for (pattern, names, others) in [
            ("pets", &["pets"][..], &["pet", "petss", ""][..]),
            ("pets::*", &["pets::get", "pets::"], &["pets", "a pets::get"]),
            ("*_row", &["get_row", "_row"], &["get_row_", "row"]),
            (
                "GET /pet*/{id}",
                &["GET /pets/{id}", "GET /pet/a/{id}"],
                &["GET /pets/{i}", "PUT /pets/{id}"],
            ),
            ("*", &["", "a"], &[]),
            ("a*a", &["aa", "aba"], &["a", "ab"]),
            ("a*b*b*c", &["abbc", "axbybzc"], &["abc", "abcb", "abb"]),
            ("**a", &["a", "ba"], &["ab"]),
        ] {
            for name in names {
                assert!(is_match(pattern, name), "{pattern} {name}");
            }
            for name in others {
                assert!(!is_match(pattern, name), "{pattern} {name}");
            }
        }
    }
}
