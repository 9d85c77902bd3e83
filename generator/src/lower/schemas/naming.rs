//! The module and the name of a type.

use std::rc::Rc;

use crate::document::Node;
use crate::document::keywords::UNIONS;
use crate::model::ModulePath;
use crate::names::{self, NameCandidates};

/// The maximum depth at which titles are collected within lists and maps.
const DEEPEST: usize = 16;

/// The context for naming a type: its module, and the way to it from the component or operation that owns it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lower) struct NamingContext {
    /// The module.
    pub(in crate::lower) module: ModulePath,
    /// The component, or the request of an operation, that owns the type.
    pub(in crate::lower) owner: Rc<str>,
    /// The words of each step from the owner to the type: properties, elements, variants.
    pub(in crate::lower) steps: Vec<String>,
    /// The words of the title, if it is a name.
    pub(in crate::lower) title: Option<String>,
    /// The property of the type in its parent, whose word a title may replace.
    member: Option<Member>,
    /// The name candidates of the types nested in this one.
    candidates: Rc<NameCandidates>,
    /// Whether the type has properties: then the names of its elements are appended to its own name.
    has_members: bool,
}

/// A property, variant or element of a named type.
#[derive(Debug, Clone, PartialEq)]
struct Member {
    /// How many steps lead to the parent.
    depth: usize,
    /// The words of the parent.
    holder: String,
    /// Its own word.
    word: String,
    /// The name by which its candidates are registered.
    owner: String,
    /// The name candidates of the parent.
    candidates: Rc<NameCandidates>,
}

impl NamingContext {
    /// Returns the naming context of a component or an operation.
    pub(in crate::lower) fn new(module: ModulePath, owner: &str) -> Self {
        Self {
            module,
            owner: owner.into(),
            steps: Vec::new(),
            title: None,
            member: None,
            candidates: Rc::default(),
            has_members: false,
        }
    }

    /// Returns the words of the owner and of all steps.
    pub(in crate::lower) fn words(&self) -> String {
        let steps = self.steps.iter().map(String::as_str);
        [&*self.owner].into_iter().chain(steps).collect::<Vec<_>>().join(" ")
    }

    /// Adds the name candidates of the nested types.
    pub(in crate::lower) fn having<'node, W: AsRef<str>>(
        self,
        members: impl IntoIterator<Item = (W, Option<&'node Node>)>,
    ) -> Self {
        let mut candidates = NameCandidates::default();
        let holder = self.words();
        for (word, schema) in members {
            let word = word.as_ref();
            candidates.add(word, word);
            if let Some(plural) = word.split(' ').next_back().and_then(names::singular) {
                candidates.add(word, &plural);
            }
            for title in schema.into_iter().flat_map(|schema| titles(schema, 0)) {
                if let Some(words) = names::title_words(title, &holder) {
                    candidates.add(word, &words);
                }
            }
        }
        Self {
            candidates: Rc::new(candidates),
            has_members: true,
            ..self
        }
    }

    /// Returns the naming context of the inline type of `word`.
    pub(in crate::lower) fn child(&self, word: &str) -> Self {
        let member = Member {
            depth: self.steps.len(),
            holder: self.words(),
            word: word.to_owned(),
            owner: word.to_owned(),
            candidates: Rc::clone(&self.candidates),
        };
        Self {
            member: Some(member),
            ..self.append(word)
        }
    }

    /// Returns the naming context with `words` appended, such as those of a variant of a union. The title of the
    /// schema is not used: it already named the variant.
    pub(in crate::lower) fn append(&self, words: &str) -> Self {
        let steps = self.steps.iter().cloned().chain([words.to_owned()]);
        Self {
            steps: steps.collect(),
            ..Self::new(self.module.clone(), &self.owner)
        }
    }

    /// Returns the naming context of the element of an array or the value of a map: the singular of this name, unless
    /// another property has that, or `word` appended to it.
    pub(in crate::lower) fn element(&self, word: &str) -> Self {
        let child = self.child(word);
        let member = match &self.member {
            Some(member) if !self.has_members => Some(member.clone()),
            _ => child.member.clone(),
        };
        let Some((last, before)) = self.steps.split_last() else {
            return Self { member, ..child };
        };
        let is_free = |singular: &String| {
            let is_of_other = |member: &Member| !member.candidates.allows(&member.owner, singular);
            !self.member.as_ref().is_some_and(is_of_other)
        };
        let words = singular(last)
            .filter(is_free)
            .unwrap_or_else(|| format!("{last} {word}"));
        let steps = before.iter().cloned().chain([words]).collect();
        Self { steps, member, ..child }
    }

    /// Returns the naming context of an inline type with this title. The title is used if it is a name
    /// ([`names::title_words`]) and that of no other member.
    ///
    /// A title that repeats the word of the property is not used.
    pub(in crate::lower) fn titled(&self, title: Option<&str>) -> Self {
        let Some((member, title)) = self.member.as_ref().zip(title) else {
            return self.clone();
        };
        let is_word = |words: &str| names::is_same_word(words, &member.word);
        let words = names::title_words(title, &member.holder).filter(|words| !is_word(title) && !is_word(words));
        let mut titled = Self {
            title: words.clone(),
            ..self.clone()
        };
        if let Some(words) = words.filter(|words| member.candidates.allows(&member.owner, words)) {
            titled.steps.truncate(member.depth);
            titled.steps.push(words);
        }
        titled
    }
}

/// Returns `words` with the last one in the singular, if it is a plural.
fn singular(words: &str) -> Option<String> {
    match words.rsplit_once(' ') {
        Some((head, last)) => Some(format!("{head} {}", names::singular(last)?)),
        None => names::singular(words),
    }
}

/// Returns the titles that may name the type of a member: those of its schema, and of the elements and variants in it.
fn titles(node: &Node, depth: usize) -> Vec<&str> {
    let mut found: Vec<&str> = node.get("title").and_then(Node::as_str).into_iter().collect();
    if depth == DEEPEST {
        return found;
    }
    let elements = ["items", "additionalProperties"]
        .into_iter()
        .filter_map(|key| node.get(key));
    let patterns = node.get("patternProperties").and_then(Node::as_object);
    let subschemas = UNIONS
        .into_iter()
        .filter_map(|key| node.get(key).and_then(Node::as_array));
    let inner = elements
        .chain(patterns.into_iter().flatten().map(|(_, schema)| schema))
        .chain(subschemas.flatten());
    found.extend(inner.flat_map(|node| titles(node, depth + 1)));
    found
}
