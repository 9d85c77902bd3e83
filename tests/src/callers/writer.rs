//! Gathers the statements of a caller, and the items that each uses.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use generator::unstable::model::TypeId;
use generator::unstable::{Api, Type, lines};

use super::Line;

/// What the statements of a caller are gathered in.
pub(super) struct Writer<'api> {
    pub(super) api: &'api Api,
    /// What the statements that come next are about.
    about: String,
    lines: Vec<Line>,
    /// The types that the statement names which is made.
    named: RefCell<BTreeSet<String>>,
    holders: BTreeMap<String, BTreeSet<String>>,
}

/// How a statement uses its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It uses what it names.
    Plain,
    /// It gives all that an item wants: what is newly required there concerns it.
    Arguments,
    /// It takes the outcome of a request: responses that are new concern it.
    Outcome,
}

impl<'api> Writer<'api> {
    pub(super) fn new(api: &'api Api) -> Self {
        Self {
            api,
            about: String::new(),
            lines: Vec::new(),
            named: RefCell::default(),
            holders: BTreeMap::new(),
        }
    }

    /// Says what the statements that come next are about.
    pub(super) fn about(&mut self, path: &str) {
        path.clone_into(&mut self.about);
    }

    /// Returns a type as the statement names it.
    pub(super) fn type_(&self, type_: &Type) -> String {
        lines::type_by(type_, &|id| self.path(id))
    }

    /// Returns the path of a type as the statement names it.
    pub(super) fn path(&self, id: TypeId) -> String {
        let path = lines::path(self.api.named(id));
        self.named.borrow_mut().insert(path.clone());
        path
    }

    /// Returns a value of a type.
    pub(super) fn any(&self, type_: &Type) -> String {
        any(&self.type_(type_))
    }

    /// Returns a value as an argument takes it: that of a box without the box.
    pub(super) fn given(&self, type_: &Type) -> String {
        self.any(unboxed(type_))
    }

    /// Adds a statement that uses some items, beside the types that it names.
    pub(super) fn line(&mut self, items: &[&str], text: String) {
        self.add(items, Use::Plain, false, text);
    }

    /// Adds a statement; `is_test` says whether only tests can have it.
    pub(super) fn add(&mut self, items: &[&str], role: Use, is_test: bool, text: String) {
        let named = std::mem::take(self.named.get_mut());
        for type_ in &named {
            let holders = self.holders.entry(type_.clone()).or_default();
            // What a type has is not what has it.
            let others = items.iter().filter(|item| !is_within(item, type_));
            holders.extend(others.map(|item| (*item).to_owned()));
        }
        let mut uses = named;
        uses.extend(items.iter().map(|item| (*item).to_owned()));
        self.lines.push(Line {
            about: self.about.clone(),
            text,
            uses,
            role,
            is_test,
        });
    }

    /// Says what a type is made of that statements use: it goes when they do.
    pub(super) fn hold(&mut self, type_: &str, items: &[String]) {
        let holders = self.holders.entry(type_.to_owned()).or_default();
        holders.extend(items.iter().cloned());
    }

    pub(super) fn finish(self) -> (Vec<Line>, BTreeMap<String, BTreeSet<String>>) {
        (self.lines, self.holders)
    }
}

/// Returns a value of a type.
pub(super) fn any(type_: &str) -> String {
    format!("any::<{type_}>()")
}

/// Returns whether a path is that of an item, or of something in it.
pub(super) fn is_within(path: &str, item: &str) -> bool {
    path.strip_prefix(item)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Returns the type in a box.
pub(super) fn unboxed(type_: &Type) -> &Type {
    match type_ {
        Type::Boxed(inner) => inner,
        other => other,
    }
}

/// Returns the expression that gives fields: one by its position, or more by a struct.
pub(super) fn arguments(structure: Option<String>, fields: &[(String, String)]) -> String {
    if let Some(structure) = structure {
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        return format!("{structure} {{ {} }}", fields.join(", "));
    }
    let values: Vec<&str> = fields.iter().map(|(_, value)| value.as_str()).collect();
    values.join(", ")
}
