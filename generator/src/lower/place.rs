//! Where a type is written, and what it is called.

use std::rc::Rc;

use crate::document::Node;
use crate::names::{self, Claims};

/// How deep titles are looked for within lists and maps.
const DEEPEST: usize = 16;

/// The module that a type is written in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// A file of `schemas`.
    Schemas(String),
    /// `ids`
    Ids,
    /// A file of `operations`.
    Operations(String),
}

impl Home {
    /// Returns the path of the module from the crate's root.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Schemas(file) => format!("schemas/{file}"),
            Self::Ids => "ids".to_owned(),
            Self::Operations(file) => format!("operations/{file}"),
        }
    }

    /// Returns what names have to differ in: all files of `schemas` are one namespace.
    pub(super) fn namespace(&self) -> String {
        Self::namespace_of(&self.path()).to_owned()
    }

    /// Returns what names have to differ in, in the module of that path.
    pub(super) fn namespace_of(path: &str) -> &str {
        if path.starts_with("schemas/") { "schemas" } else { path }
    }
}

/// Where a type is written, and how its name starts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    /// The module.
    pub(super) module: Home,
    /// The words of the name.
    pub(super) words: String,
    /// What leads to the type, where its title may stand instead.
    member: Option<Member>,
    /// The names among which the titles of what stands in the type have to be told apart.
    claims: Rc<Claims>,
    /// Whether the type has members: what its elements are called then stands behind its own name.
    has_members: bool,
}

/// A member of something that has a name.
#[derive(Debug, Clone, PartialEq)]
struct Member {
    /// The words of what it is a member of.
    holder: String,
    /// The word that leads to it.
    word: String,
    /// The name by which it has its claims.
    owner: String,
    /// The names of all members there.
    claims: Rc<Claims>,
}

impl Place {
    /// Returns the place of what has a name of its own, such as a component or an operation.
    pub(super) fn new(module: Home, words: impl Into<String>) -> Self {
        Self {
            module,
            words: words.into(),
            member: None,
            claims: Rc::default(),
            has_members: false,
        }
    }

    /// Returns the place with the names of the members of what stands there.
    pub(super) fn having<'node, W: AsRef<str>>(
        self,
        members: impl IntoIterator<Item = (W, Option<&'node Node>)>,
    ) -> Self {
        let mut claims = Claims::default();
        for (word, schema) in members {
            let word = word.as_ref();
            claims.add(word, word);
            if let Some(plural) = word.split(' ').next_back().and_then(names::singular) {
                claims.add(word, &plural);
            }
            for title in schema.into_iter().flat_map(|schema| titles(schema, 0)) {
                if let Some(words) = names::title_words(title, &self.words) {
                    claims.add(word, &words);
                }
            }
        }
        Self {
            claims: Rc::new(claims),
            has_members: true,
            ..self
        }
    }

    /// Returns the place of an inline type that `word` leads to.
    pub(super) fn child(&self, word: &str) -> Self {
        let member = Member {
            holder: self.words.clone(),
            word: word.to_owned(),
            owner: word.to_owned(),
            claims: Rc::clone(&self.claims),
        };
        Self {
            member: Some(member),
            ..self.branch(word)
        }
    }

    /// Returns the place of a union's branch: its title, if it has one, made its variant already.
    pub(super) fn branch(&self, variant: &str) -> Self {
        Self::new(self.module.clone(), format!("{} {variant}", self.words))
    }

    /// Returns the place of an array's element or a map's value: the singular of
    /// the place, or `word` added to it.
    pub(super) fn element(&self, word: &str) -> Self {
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

    /// Returns the place of an inline type with this title: by it, where that is a name
    /// ([`names::title_words`]) and that of no other member.
    ///
    /// A title that spells the member's own word tells nothing new, and is spelled worse as often as not.
    pub(super) fn titled(&self, title: Option<&str>) -> Self {
        let Some((member, title)) = self.member.as_ref().zip(title) else {
            return self.clone();
        };
        let is_word = |words: &str| names::is_same_word(words, &member.word);
        let words = names::title_words(title, &member.holder).filter(|words| {
            let is_new = !is_word(title) && !is_word(words);
            is_new && member.claims.grants(&member.owner, words)
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

/// Returns the titles that may name the type of a member: those of its schema, and of the elements and branches in it.
fn titles(node: &Node, depth: usize) -> Vec<&str> {
    let mut found: Vec<&str> = node.get("title").and_then(Node::as_str).into_iter().collect();
    if depth == DEEPEST {
        return found;
    }
    let elements = ["items", "additionalProperties"]
        .into_iter()
        .filter_map(|key| node.get(key));
    let patterns = node.get("patternProperties").and_then(Node::as_object);
    let branches = ["oneOf", "anyOf"]
        .into_iter()
        .filter_map(|key| node.get(key).and_then(Node::as_array));
    let inner = elements
        .chain(patterns.into_iter().flatten().map(|(_, schema)| schema))
        .chain(branches.flatten());
    found.extend(inner.flat_map(|node| titles(node, depth + 1)));
    found
}
