//! The module and the name of a type.

use std::rc::Rc;

use crate::document::Node;
use crate::document::keywords::UNIONS;
use crate::model::ModulePath;
use crate::names::{self, NameCandidates};

/// The maximum depth at which titles are collected within lists and maps.
const DEEPEST: usize = 16;

/// The context for naming a type: its module and the words of its name.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lower) struct NamingContext {
    /// The module.
    pub(in crate::lower) module: ModulePath,
    /// The words of the name.
    pub(in crate::lower) words: String,
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
    pub(in crate::lower) fn new(module: ModulePath, words: impl Into<String>) -> Self {
        Self {
            module,
            words: words.into(),
            member: None,
            candidates: Rc::default(),
            has_members: false,
        }
    }

    /// Adds the name candidates of the nested types.
    pub(in crate::lower) fn having<'node, W: AsRef<str>>(
        self,
        members: impl IntoIterator<Item = (W, Option<&'node Node>)>,
    ) -> Self {
        let mut candidates = NameCandidates::default();
        for (word, schema) in members {
            let word = word.as_ref();
            candidates.add(word, word);
            if let Some(plural) = word.split(' ').next_back().and_then(names::singular) {
                candidates.add(word, &plural);
            }
            for title in schema.into_iter().flat_map(|schema| titles(schema, 0)) {
                if let Some(words) = names::title_words(title, &self.words) {
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
            holder: self.words.clone(),
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
        Self::new(self.module.clone(), format!("{} {words}", self.words))
    }

    /// Returns the naming context of the element of an array or the value of a map: the singular of this name, or
    /// `word` appended to it.
    pub(in crate::lower) fn element(&self, word: &str) -> Self {
        let child = self.child(word);
        let member = match &self.member {
            Some(member) if !self.has_members => Some(member.clone()),
            _ => child.member.clone(),
        };
        let (head, last) = self.words.rsplit_once(' ').unwrap_or(("", &self.words));
        let words = match names::singular(last) {
            Some(singular) if !head.is_empty() => format!("{head} {singular}"),
            _ => child.words.clone(),
        };
        Self { words, member, ..child }
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
        let words = names::title_words(title, &member.holder).filter(|words| {
            let is_new = !is_word(title) && !is_word(words);
            is_new && member.candidates.allows(&member.owner, words)
        });
        match words {
            Some(words) => Self {
                words: format!("{} {words}", member.holder),
                ..self.clone()
            },
            None => self.clone(),
        }
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
