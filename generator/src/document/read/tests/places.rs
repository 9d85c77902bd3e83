//! Reading and locating count nodes alike.
//!
//! Many small documents are written at random, in every style that YAML has, with a different word
//! for each scalar: where a node is said to stand, its own word must stand.

use std::fmt::{self, Write as _};

use super::outcome;
use crate::document::{Node, Value};
use crate::source::{Origin, Sources};

#[test]
fn every_word_stands_where_its_node_does() {
    let mut seen = Seen::default();
    for seed in 1..=500 {
        for style in [Style::Block, Style::Flow, Style::Json] {
            let text = Writer::document(seed, style);
            let name = if style == Style::Json { "a.json" } else { "a.yaml" };
            let outcome = outcome(name, &text);
            assert!(outcome.diagnostics.is_empty(), "{text}\n{:?}", outcome.diagnostics);
            check(&outcome.node.unwrap(), &outcome.sources, &mut seen);
        }
    }
    assert!(seen.words > 10_000 && seen.aliased > 1000, "{seen:?}");
}

#[test]
fn a_node_behind_an_alias_stands_at_its_anchor() {
    let text = "a: &a\n  b: &b x\n  c: *b\nd: *a\n";
    let outcome = outcome("a.yaml", text);
    let node = outcome.node.unwrap();
    let place = |keys: &[&str]| {
        let node = keys.iter().fold(&node, |node, key| node.get(key).unwrap());
        let place = outcome.sources.locate(node.origin).unwrap();
        (place.line, place.column, place.alias)
    };
    assert_eq!(place(&["a"]), (1, 4, None));
    assert_eq!(place(&["a", "c"]), (2, 6, Some((3, 6))));
    assert_eq!(place(&["d"]), (1, 4, Some((4, 4))));
    assert_eq!(place(&["d", "b"]), (2, 6, Some((4, 4))));
    assert_eq!(place(&["d", "c"]), (2, 6, Some((3, 6))));
    let beyond = Origin {
        source: 0,
        index: 100,
        copy: 0,
    };
    assert_eq!(outcome.sources.locate(beyond), None);
}

#[derive(Debug, Default)]
struct Seen {
    words: usize,
    aliased: usize,
}

fn check(node: &Node, sources: &Sources, seen: &mut Seen) {
    match &node.value {
        Value::String(word) => stands_at(word, node.origin, sources, seen),
        Value::Array(elements) => elements.iter().for_each(|element| check(element, sources, seen)),
        Value::Object(members) => {
            for (key, value) in members {
                stands_at(key, value.origin.key(), sources, seen);
                check(value, sources, seen);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            assert!(sources.locate(node.origin).is_some());
        }
    }
}

fn stands_at(word: &str, origin: Origin, sources: &Sources, seen: &mut Seen) {
    let source = sources.get(origin.source).unwrap();
    let rest = |line: usize, column: usize| -> String { source.line(line).unwrap().chars().skip(column - 1).collect() };
    let place = sources.locate(origin).unwrap();
    let mut found = rest(place.line, place.column);
    while found.starts_with(['&', '!']) {
        found = found
            .split_once(' ')
            .map(|(_, behind)| behind.trim_start().to_owned())
            .unwrap_or_default();
    }
    if found.starts_with(['|', '>']) {
        found = rest(place.line + 1, 1);
    }
    let found = found.trim_start_matches([' ', '"', '\'']);
    let found: String = found
        .chars()
        .take_while(|character| character.is_alphanumeric())
        .collect();
    assert_eq!(found, word.trim_end(), "{place:?} of\n{}", source.text);
    seen.words += 1;
    if let Some((line, column)) = place.alias {
        seen.aliased += 1;
        assert!(rest(line, column).starts_with('*'), "{place:?} of\n{}", source.text);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Block,
    Flow,
    Json,
}

struct Writer {
    text: String,
    random: u64,
    words: usize,
    /// The anchors of complete nodes.
    anchors: Vec<String>,
    style: Style,
}

impl Writer {
    fn document(seed: u64, style: Style) -> String {
        let random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut writer = Self {
            text: String::new(),
            random,
            words: 0,
            anchors: Vec::new(),
            style,
        };
        if writer.chance(4) {
            writer.text.push('\u{feff}');
        }
        match style {
            Style::Block => writer.block(0, 0),
            Style::Flow => {
                writer.text.push_str("--- ");
                writer.flow(0);
            }
            Style::Json => writer.flow(0),
        }
        if writer.chance(3) {
            writer.text.replace('\n', "\r\n")
        } else {
            writer.text
        }
    }

    /// Returns a number below `limit` (xorshift).
    fn below(&mut self, limit: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from(self.random >> 33).unwrap() % limit
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    /// Writes one of `texts`.
    fn one_of(&mut self, texts: &[&str]) {
        let index = self.below(texts.len());
        self.text.push_str(texts[index]);
    }

    fn write(&mut self, text: fmt::Arguments<'_>) {
        self.text.write_fmt(text).unwrap();
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("wé{}", self.words)
    }

    /// Writes a map or a list, one entry per line.
    fn block(&mut self, indent: usize, depth: usize) {
        let is_map = self.chance(2);
        for _ in 0..=self.below(4) {
            if self.chance(6) {
                self.text.push_str("# a comment: [with, {marks\n\n");
            }
            self.text.push_str(&" ".repeat(indent));
            if is_map {
                self.key();
            }
            self.text.push_str(if is_map { ":" } else { "-" });
            self.block_value(indent + 2, depth + 1);
        }
    }

    fn block_value(&mut self, indent: usize, depth: usize) {
        match self.below(8) {
            0 if depth < 5 => self.text.push('\n'),
            0..3 if depth < 5 => {
                let anchor = self.anchor();
                self.text.push('\n');
                self.block(indent, depth);
                self.anchors.extend(anchor);
                return;
            }
            3 => {
                let (header, word) = (["|", ">-", "|+"][self.below(3)], self.word());
                self.write(format_args!(" {header}\n{}{word}", " ".repeat(indent)));
            }
            4 => {
                self.text.push(' ');
                self.flow(depth);
            }
            _ => {
                self.text.push(' ');
                self.scalar();
            }
        }
        self.text.push('\n');
    }

    /// Writes anything on one line.
    fn flow(&mut self, depth: usize) {
        let anchor = if self.style == Style::Json { None } else { self.anchor() };
        if anchor.is_some() {
            self.text.push(' ');
        }
        let (is_map, count) = (self.chance(2), self.below(5));
        self.text.push(if is_map { '{' } else { '[' });
        for index in 0..count {
            if index > 0 {
                let breaks: &[&str] = if self.style == Style::Json {
                    &[", ", ",\n"]
                } else {
                    &[", "]
                };
                self.one_of(breaks);
            }
            if is_map {
                self.key();
                self.text.push_str(": ");
            }
            if depth < 5 && self.chance(3) {
                self.flow(depth + 1);
            } else {
                self.scalar();
            }
        }
        self.text.push(if is_map { '}' } else { ']' });
        self.anchors.extend(anchor);
    }

    /// Writes an anchor before a list or map, which can be used once that is complete.
    fn anchor(&mut self) -> Option<String> {
        let wanted = self.chance(3);
        wanted.then(|| {
            self.words += 1;
            let name = format!("a{}", self.words);
            self.write(format_args!(" &{name}"));
            name
        })
    }

    fn key(&mut self) {
        let word = self.word();
        let quote = if self.style == Style::Json {
            "\""
        } else {
            ["", "", "'", "\""][self.below(4)]
        };
        self.write(format_args!("{quote}{word}{quote}"));
    }

    fn scalar(&mut self) {
        if self.style == Style::Json {
            return match self.below(6) {
                0 => self.one_of(&["null", "true", "-1.5e3", "{}", "[ ]"]),
                _ => self.key(),
            };
        }
        match self.below(9) {
            0 => self.one_of(&["null", "true", "-1.5e3", "{}", "[ ]", "~"]),
            1..3 if !self.anchors.is_empty() => {
                let index = self.below(self.anchors.len());
                let anchor = &self.anchors[index];
                self.text.extend(["*", anchor, " "]);
            }
            3 => {
                let name = format!("s{}", self.words);
                self.write(format_args!("&{name} "));
                self.key();
                self.anchors.push(name);
            }
            4 => {
                self.one_of(&["!!str ", "!own ", "!<tag:a,2000:b> "]);
                self.key();
            }
            _ => self.key(),
        }
    }
}
