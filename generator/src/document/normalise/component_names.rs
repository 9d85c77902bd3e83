//! Names of components that stand in other documents.
//!
//! Such a component has the name of the component of the root document that is nothing but a reference to it; else the
//! last word of the way to it in its document, or, of a whole document, the name of the file. Where several would have
//! one name, each has before it the nearest word of its own way that tells them apart, so that the names do not depend
//! on an order.

use std::collections::{BTreeMap, BTreeSet};

use super::search::Component;
use crate::document::Node;
use crate::document::reference::{Reference, Resolver, Target};
use crate::source::Pointer;

/// Segments that only say what stands below them.
const STRUCTURE: [&str; 18] = [
    "allOf",
    "anyOf",
    "oneOf",
    "components",
    "content",
    "definitions",
    "$defs",
    "paths",
    "parameters",
    "properties",
    "responses",
    "schema",
    "schemas",
    "items",
    "headers",
    "requestBody",
    "requestBodies",
    "examples",
];

/// Segments that name nothing without the one before them.
const DEPENDENT: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "default",
];

/// Names the targets in other documents. Returns those that are nothing but a reference to another one, and have its
/// name.
pub(super) fn assign(root: &Node, components: &mut BTreeMap<Target, Component>) -> BTreeSet<Target> {
    let foreign: Vec<Target> = components
        .keys()
        .filter(|target| target.is_foreign())
        .cloned()
        .collect();
    if foreign.is_empty() {
        return BTreeSet::new();
    }
    let ends = ends(root, &foreign, components);
    let aliases = aliases(root);
    let mut taken: BTreeSet<(&'static str, String)> = BTreeSet::new();
    let own = components.iter().filter(|(target, _)| !target.is_foreign());
    taken.extend(own.map(|(_, component)| (component.section, key(&component.name))));
    for (section, objects) in root.get("components").and_then(Node::as_object).into_iter().flatten() {
        let Some(section) = components
            .values()
            .map(|one| one.section)
            .find(|known| known == section)
        else {
            continue;
        };
        let names = objects.as_object().into_iter().flatten();
        taken.extend(names.map(|(name, _)| (section, key(name))));
    }
    let mut open: BTreeMap<&'static str, Vec<Named<'_>>> = BTreeMap::new();
    for target in foreign.iter().filter(|target| !ends.contains_key(*target)) {
        let Some(component) = components.get_mut(target) else {
            continue;
        };
        let named = Named::of(target);
        let of_target = aliases.get(&(component.section.to_owned(), target.clone()));
        match of_target.and_then(|names| alias(names, &named.name)) {
            Some(name) => component.name = name,
            None => open.entry(component.section).or_default().push(named),
        }
    }
    for (section, named) in open {
        let is_taken = |name: &str| taken.contains(&(section, key(name)));
        for (target, name) in distinct(named, &is_taken) {
            if let Some(component) = components.get_mut(&target) {
                component.name = name;
            }
        }
    }
    for (target, end) in &ends {
        if let Some(component) = components.get(end).cloned() {
            components.insert(target.clone(), component);
        }
    }
    ends.into_keys().collect()
}

/// Returns the targets that are nothing but references to others of the same section, with what they lead to in the end.
fn ends(root: &Node, foreign: &[Target], components: &BTreeMap<Target, Component>) -> BTreeMap<Target, Target> {
    let resolver = Resolver::new(root);
    let next = |target: &Target| {
        let next = sole_reference(resolver.node(target)?)?;
        let is_like = components.get(&next)?.section == components.get(target)?.section;
        Some(next).filter(|next| is_like && next.is_foreign())
    };
    // Each step is taken once, for a chain may be long. A circle has no end.
    let mut ends: BTreeMap<Target, Option<Target>> = BTreeMap::new();
    for target in foreign {
        let (mut way, mut at) = (Vec::new(), target.clone());
        let end = loop {
            if let Some(known) = ends.get(&at) {
                break known.clone();
            }
            let Some(further) = next(&at) else {
                break Some(at.clone());
            };
            ends.insert(at.clone(), None);
            way.push(std::mem::replace(&mut at, further));
        };
        ends.insert(at, end.clone());
        ends.extend(way.into_iter().map(|passed| (passed, end.clone())));
    }
    let ends = ends.into_iter().filter_map(|(target, end)| Some((target, end?)));
    ends.filter(|(target, end)| target != end).collect()
}

/// Returns the components of the root document that are nothing but a reference into another document: the names, by
/// the section and what they lead to.
fn aliases(root: &Node) -> BTreeMap<(String, Target), Vec<String>> {
    let mut found: BTreeMap<(String, Target), Vec<String>> = BTreeMap::new();
    for (section, objects) in root.get("components").and_then(Node::as_object).into_iter().flatten() {
        for (name, object) in objects.as_object().into_iter().flatten() {
            if let Some(target) = sole_reference(object).filter(Target::is_foreign) {
                found.entry((section.clone(), target)).or_default().push(name.clone());
            }
        }
    }
    found
}

/// Returns the one of several names that is like the component's own, or else the first one.
fn alias(names: &[String], own: &str) -> Option<String> {
    let like = names.iter().find(|name| key(name) == key(own));
    like.or(names.iter().min()).cloned()
}

fn sole_reference(node: &Node) -> Option<Target> {
    let members = node.as_object().filter(|members| members.len() == 1)?;
    Reference::target_of(members.get("$ref")?)
}

/// A target whose name is not settled.
struct Named<'run> {
    target: &'run Target,
    name: String,
    /// The words before the name that are left, the nearest last.
    before: Vec<String>,
}

impl<'run> Named<'run> {
    fn of(target: &'run Target) -> Self {
        let (document, pointer) = target.pointer().in_document();
        let document = document.unwrap_or_default();
        let mut words: Vec<String> = document
            .split('/')
            .filter(|segment| !matches!(*segment, "" | "." | ".."))
            .map(str::to_owned)
            .collect();
        if let Some(file) = words.last_mut() {
            let stem = file
                .split('.')
                .next()
                .filter(|stem| !stem.is_empty())
                .map(str::to_owned);
            *file = stem.unwrap_or_else(|| file.clone());
        }
        words.extend(pointer.segments().filter(|segment| is_word(segment)));
        let mut name = words.pop().unwrap_or_default();
        while is_dependent(name.split('-').next().unwrap_or_default())
            && pointer != Pointer::root()
            && let Some(before) = words.pop()
        {
            name = format!("{before}-{name}");
        }
        Self {
            target,
            name,
            before: words,
        }
    }
}

/// Returns whether a segment says what a component is. A media type does not, for a client has one type for all.
fn is_word(segment: &str) -> bool {
    let is_path = segment.starts_with('/');
    let is_media_type = !is_path && segment.contains('/');
    !STRUCTURE.contains(&segment) && !is_media_type
}

fn is_dependent(word: &str) -> bool {
    DEPENDENT.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Makes the names distinct from each other and from those that are taken.
fn distinct(named: Vec<Named<'_>>, is_taken: &dyn Fn(&str) -> bool) -> Vec<(Target, String)> {
    let mut done: Vec<(Target, String)> = Vec::new();
    let mut open = vec![named];
    while let Some(group) = open.pop() {
        let mut rivals: BTreeMap<String, Vec<Named<'_>>> = BTreeMap::new();
        for named in group {
            rivals.entry(key(&named.name)).or_default().push(named);
        }
        for (_, mut rivals) in rivals {
            let is_free = rivals.len() == 1 && !is_taken(&rivals[0].name);
            if is_free || !extend(&mut rivals) {
                done.extend(rivals.into_iter().map(|named| (named.target.clone(), named.name)));
            } else {
                open.push(rivals);
            }
        }
    }
    numbered(done, is_taken)
}

/// Puts a word more before each of the names, of the nearest ones that are not the same for all. Returns whether there
/// was one.
fn extend(rivals: &mut [Named<'_>]) -> bool {
    loop {
        let words: Vec<Option<String>> = rivals.iter_mut().map(|named| named.before.pop()).collect();
        if words.iter().all(Option::is_none) {
            return false;
        }
        let is_common = rivals.len() > 1 && words.iter().all(|word| *word == words[0]);
        if is_common {
            continue;
        }
        for (named, word) in rivals.iter_mut().zip(words) {
            if let Some(word) = word {
                named.name = format!("{word}-{}", named.name);
            }
        }
        return true;
    }
}

/// Names that are still alike, or those that became so, are numbered.
fn numbered(mut names: Vec<(Target, String)>, is_taken: &dyn Fn(&str) -> bool) -> Vec<(Target, String)> {
    names.sort();
    let (mut seen, mut numbers) = (BTreeSet::new(), BTreeMap::new());
    for (_, name) in &mut names {
        let own = name.clone();
        // There may be many of one name, so each goes on where the one before it ended.
        let number: &mut usize = numbers.entry(key(&own)).or_insert(1);
        while is_taken(name) || !seen.insert(key(name)) {
            *number += 1;
            *name = format!("{own}-{number}");
        }
    }
    names
}

/// Returns what names have in common that are told apart by case or punctuation alone.
fn key(name: &str) -> String {
    let signs = name.chars().filter(|sign| sign.is_alphanumeric());
    signs.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{Named, Target, distinct};
    use crate::source::Pointer;

    fn names(places: &[(&str, &str)], taken: &[&str]) -> Vec<String> {
        let target = |(file, pointer): &(&str, &str)| {
            Target::at(Pointer::to_document(file).join(&Pointer::parse(pointer).unwrap()))
        };
        let targets: Vec<Target> = places.iter().map(target).collect();
        let named = targets.iter().map(Named::of).collect();
        let found = distinct(named, &|name| taken.contains(&name));
        let name = |target: &Target| found.iter().find(|(other, _)| other == target).unwrap().1.clone();
        targets.iter().map(name).collect()
    }

    #[test]
    fn a_name_is_the_last_word_of_the_way() {
        for (file, pointer, expected) in [
            ("schemas/Pet.yaml", "", "Pet"),
            ("../common/Pet.v1.yaml", "", "Pet"),
            ("200.yaml", "", "200"),
            ("common.yaml", "/components/schemas/Pet", "Pet"),
            ("common.yaml", "/Pet/properties/name", "name"),
            ("common.yaml", "/Pets/items", "Pets"),
            (
                "api.yaml",
                "/paths/~1pets/get/responses/200/content/application~1json/schema",
                "/pets-get-200",
            ),
            ("api.yaml", "/components/responses/404", "api-404"),
        ] {
            assert_eq!(names(&[(file, pointer)], &[]), [expected], "{file}#{pointer}");
        }
    }

    #[test]
    fn names_that_are_alike_have_the_word_that_tells_them_apart() {
        let images = [("droplets/models/image.yml", ""), ("images/models/Image.yml", "")];
        assert_eq!(names(&images, &[]), ["droplets-image", "images-Image"]);
        let list = [("a.yaml", "/Pet"), ("b.yaml", "/Pet"), ("c/b.yaml", "/Pet")];
        assert_eq!(names(&list, &[]), ["a-Pet", "b-Pet", "c-b-Pet"]);
        assert_eq!(names(&[("a/Pet.yaml", "")], &["Pet"]), ["a-Pet"]);
        assert_eq!(names(&[("Pet.yaml", "")], &["Pet"]), ["Pet-2"]);
        let spellings = [("a.yaml", "/pet"), ("a.yaml", "/Pet"), ("a.yaml", "/p-et")];
        assert_eq!(names(&spellings, &[]), ["pet-3", "Pet", "p-et-2"]);
    }
}
