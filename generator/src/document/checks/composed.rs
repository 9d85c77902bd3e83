//! What an object that is composed of several schemas declares.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use serde_json::json;

use crate::diagnostic::{Diagnostic, Diagnostics, Fix};
use crate::document::keywords::{self, Keyword};
use crate::document::{Kind, Node, Resolver, children};
use crate::source::Pointer;

/// How many schemas are looked at for one object; an object of more may declare anything.
const MOST: usize = 1000;

/// An object with all schemas that speak of it, by reference as well.
///
/// They are gathered when something asks for them, for most objects require nothing.
#[derive(Debug)]
pub(in crate::document) struct Composed<'run> {
    /// The document, and the schema that the others are parts of; `None` for an object of which nothing is asked.
    start: Option<(&'run Node, &'run Node)>,
    gathered: OnceCell<Gathered<'run>>,
}

/// What the schemas of an object declare.
#[derive(Debug, Default)]
struct Gathered<'run> {
    /// The properties that any of them declares.
    declared: BTreeSet<&'run str>,
    /// Whether properties are described in another way than by name, or it is not known what is.
    is_open: bool,
}

impl<'run> Composed<'run> {
    /// Returns the object of `node` and its parts.
    pub(in crate::document) fn of(document: &'run Node, node: &'run Node) -> Self {
        Self {
            start: Some((document, node)),
            gathered: OnceCell::new(),
        }
    }

    /// Returns an object of which nothing is asked.
    pub(in crate::document) fn open() -> Self {
        Self {
            start: None,
            gathered: OnceCell::new(),
        }
    }

    fn gathered(&self) -> &Gathered<'run> {
        self.gathered.get_or_init(|| match self.start {
            Some((document, node)) => Gathered::of(document, node).unwrap_or_else(Gathered::open),
            None => Gathered::open(),
        })
    }

    /// A property that `node` requires and no part of the object declares may be a slip of the pen.
    ///
    /// An object that declares no property at all is described elsewhere, or not at all.
    pub(in crate::document) fn check_required(&self, node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
        let required = node.get("required").and_then(Node::as_array).unwrap_or_default();
        if required.is_empty() {
            return;
        }
        let Gathered { declared, is_open } = self.gathered();
        if *is_open || declared.is_empty() {
            return;
        }
        for (index, name) in required.iter().enumerate() {
            if let Some(text) = name.as_str().filter(|text| !declared.contains(text)) {
                let message = format!("{text:?} is required, but the schema does not define it");
                let pointer = at.child("required").element(index);
                diagnostics.push(
                    Diagnostic::warning("required-undeclared", name.origin, pointer, message)
                        .with_help(format!(
                            "correct the name, or add the property to `properties`: {text}: {{…}}"
                        ))
                        .with_fix(Fix::Declare(at.child("properties").child(text), json!({}))),
                );
            }
        }
    }
}

impl<'run> Gathered<'run> {
    /// Gathers what `node` and its parts declare; nothing where that cannot be known.
    fn of(document: &'run Node, node: &'run Node) -> Option<Self> {
        let mut gathered = Self::default();
        let mut seen: BTreeSet<*const Node> = BTreeSet::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if !seen.insert(std::ptr::from_ref(node)) {
                continue;
            }
            if seen.len() > MOST {
                return None;
            }
            if let Some(reference) = node.get("$ref") {
                open.push(target(document, reference)?);
            }
            let members = node.as_object().into_iter().flatten();
            let mut described = members.filter(|(_, schema)| schema.as_object().is_some());
            gathered.is_open |= described.any(|(key, _)| keywords::is(key, Keyword::declares_unnamed_properties));
            let declared = node.get("properties").and_then(Node::as_object);
            gathered
                .declared
                .extend(declared.into_iter().flatten().map(|(name, _)| name.as_str()));
            children(Kind::Schema, node, |path, _, part| {
                if path
                    .first()
                    .is_some_and(|key| keywords::is(key, Keyword::applies_in_place))
                {
                    open.push(part);
                }
            });
        }
        Some(gathered)
    }

    fn open() -> Self {
        Self {
            is_open: true,
            ..Self::default()
        }
    }
}

fn target<'run>(document: &'run Node, reference: &Node) -> Option<&'run Node> {
    let (_, node) = Resolver::new(document).follow(reference.as_str()?)?;
    Some(node)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::document;
    use crate::source::Sources;

    /// Returns the pointers of what is required, but not declared.
    fn undeclared(schemas: &str) -> Vec<String> {
        let text = format!("openapi: 3.1.0\ncomponents:\n  schemas:\n{schemas}");
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let document = document::read(&mut sources, "a.yaml", &text, &mut diagnostics).unwrap();
        document::normalise(&document::Bundle::alone(document), &mut diagnostics);
        let warnings = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code == "required-undeclared");
        warnings.map(|diagnostic| diagnostic.pointer.to_string()).collect()
    }

    #[test]
    fn parts_declare_for_one_another() {
        for schemas in [
            "    A: {properties: {a: {}}, allOf: [{required: [a, b]}, {properties: {b: {}}}]}",
            "    A: {properties: {a: {}, b: {}}, if: {required: [a]}, then: {required: [b], properties: {a: {}}}, else: {required: [a]}}",
            "    A: {properties: {a: {}, b: {}}, oneOf: [{required: [a], properties: {a: {}}}, {required: [b], properties: {a: {}}}]}",
            "    A: {properties: {a: {}}, anyOf: [{required: [b]}, {$ref: '#/components/schemas/B'}]}\n    B: {properties: {b: {}}}",
            "    A: {properties: {a: {}}, not: {required: [b], properties: {c: {}}}}",
            "    A: {properties: {a: {}}, allOf: [{required: [b]}], additionalProperties: {type: string}}",
            "    A: {properties: {a: {}}, allOf: [{required: [b]}, {$ref: '#/components/schemas/A'}, {$ref: 'other.yaml'}]}",
            "    A: {required: [a]}",
        ] {
            assert!(undeclared(schemas).is_empty(), "{schemas}: {:?}", undeclared(schemas));
        }
    }

    #[test]
    fn a_required_undefined_property_is_reported() {
        for (schemas, place) in [
            ("    A: {properties: {a: {}}, required: [b]}", "A/required/0"),
            (
                "    A: {properties: {a: {}}, then: {required: [a, b]}}",
                "A/then/required/1",
            ),
            (
                "    A: {allOf: [{$ref: '#/components/schemas/B'}, {required: [a]}]}\n    B: {properties: {b: {}}}",
                "A/allOf/1/required/0",
            ),
            // What a property has, the object around it does not.
            (
                "    A: {properties: {a: {properties: {b: {}}}}, required: [b]}",
                "A/required/0",
            ),
            (
                "    A: {properties: {b: {properties: {a: {}}, required: [b]}}}",
                "A/properties/b/required/0",
            ),
            (
                "    small:\n      A: {properties: {a: {}}, required: [b]}",
                "small/A/required/0",
            ),
        ] {
            assert_eq!(
                undeclared(schemas),
                [format!("/components/schemas/{place}")],
                "{schemas}"
            );
        }
    }
}
