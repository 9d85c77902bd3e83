//! The page of diagnostics, `docs/diagnostics.md`: a section for each code, with a document, its message and the cure.
//!
//! The messages are written by `cargo xtask bless`, which runs the generator on the documents of the page.
//!
//! A section is a heading `### code`. The document stands in a fence `yaml` or `json`, an overlay in a fence
//! `yaml overlay`. The word `strict` in the fence of the document asks for a strict run, and `only=NAME` selects an
//! operation or a tag. With the word `documents` other documents can be referred to: those in fences
//! `yaml document=NAME`. A names lock stands in a fence `toml lock`. The message stands in a fence `text`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::PathBuf;

use generator::{Input, NamesText, Options, OverlayText, Run, Strictness};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::documents::Documents;
use crate::syntax::SourceText;

/// The functions of `Diagnostic` whose first argument is a code.
const CONSTRUCTORS: [&str; 5] = ["error", "error_at", "degraded", "warning", "warning_at"];

/// Strings of the generator that are spelled like codes.
const OTHERS: [&str; 15] = [
    "apicrate-runtime",
    "content-type",
    "date-time",
    "event-stream",
    "iri-reference",
    "json-pointer",
    "json-seq",
    "relative-json-pointer",
    "uri-reference",
    "uri-template",
    "x-dropshot-pagination",
    "x-event-end",
    "x-nullable",
    "x-pagination",
    "x-safe",
];

/// Sources that report nothing: tables of formats and of crates, and the changes of a diff, whose kinds have codes too.
const OTHER_CODES: [&str; 3] = ["document/keywords/formats.rs", "emit/package/manifest.rs", "diff/"];

/// A section of the page.
#[derive(Debug, Default)]
pub struct Section {
    /// The code in the heading.
    pub code: String,
    /// The fences before the message: the words behind the backquotes, and the text.
    fences: Vec<(String, String)>,
    /// Whether the section has a message.
    pub has_message: bool,
    /// Whether the section names a cure.
    pub has_cure: bool,
}

impl Section {
    /// Runs the generator on the example.
    fn run(&self) -> Option<Run> {
        let is_overlay = |words: &str| words.ends_with(" overlay");
        let others = self
            .fences
            .iter()
            .filter_map(|(words, text)| Some((words.split_once(" document=")?.1, text)));
        let others: BTreeMap<&str, &String> = others.collect();
        let is_lock = |words: &str| words == "toml lock";
        let is_other = |words: &str| words.contains(" document=") || is_overlay(words) || is_lock(words);
        let (words, text) = self.fences.iter().find(|(words, _)| !is_other(words))?;
        let overlays = self.fences.iter().filter(|(words, _)| is_overlay(words));
        let overlays: Vec<_> = overlays
            .map(|(_, text)| OverlayText {
                name: "overlay.yaml".to_owned(),
                text: text.clone(),
            })
            .collect();
        let mut options = Options::new("example");
        let lock = self.fences.iter().find(|(words, _)| is_lock(words));
        options.names = lock.map(|(_, text)| NamesText {
            name: "names.lock".to_owned(),
            text: text.clone(),
        });
        let mut has_reader = false;
        for word in words.split(' ').skip(1) {
            match word.split_once('=') {
                Some(("only", name)) => options.selection.only.push(name.to_owned()),
                _ if word == "strict" => options.strictness = Strictness::Strict,
                _ if word == "documents" => has_reader = true,
                _ => return None,
            }
        }
        let is_json = words.starts_with("json");
        let input = Input {
            name: if is_json { "openapi.json" } else { "openapi.yaml" },
            text,
            overlays: &overlays,
        };
        let documents = Documents::new(input.name, |path| others.get(path).map(ToString::to_string));
        Some(if has_reader {
            generator::generate_with(&input, &options, &documents)
        } else {
            generator::generate(&input, &options)
        })
    }

    /// Returns what the generator says of the example under the code of the section; empty if it does not report it.
    fn message(&self) -> String {
        let Some(run) = self.run() else { return String::new() };
        let reported = run.diagnostics.iter().filter(|found| found.code == self.code);
        let reported: Vec<String> = reported.map(|found| found.render(&run.sources)).collect();
        reported.join("\n")
    }
}

/// Returns the file of the page.
#[must_use]
pub fn file() -> PathBuf {
    crate::root().join("docs/diagnostics.md")
}

/// Returns the sections of `page`, and the page with the messages that the generator gives now.
#[must_use]
pub fn read(page: &str) -> (Vec<Section>, String) {
    let mut sections: Vec<Section> = Vec::new();
    let mut text = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        if let Some(code) = line.strip_prefix("### ") {
            sections.push(Section {
                code: code.to_owned(),
                ..Section::default()
            });
        }
        let Some(section) = sections.last_mut() else { continue };
        section.has_cure |= line.starts_with("Cure: ");
        let Some(words) = line.strip_prefix("```") else {
            continue;
        };
        let mut fenced = String::new();
        for line in lines.by_ref().take_while(|line| *line != "```") {
            fenced.push_str(line);
            fenced.push('\n');
        }
        if words == "text" {
            section.has_message = true;
            fenced = section.message();
        } else {
            section.fences.push((words.to_owned(), fenced.clone()));
        }
        text.push_str(&fenced);
        text.push_str("```\n");
    }
    (sections, text)
}

/// Returns the codes that the sources of the generator name.
///
/// # Panics
///
/// When a source cannot be read, or is not Rust.
#[must_use]
pub fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for source in SourceText::below("generator/src") {
        let is_test = source.path.contains("tests");
        let is_other = OTHER_CODES.iter().any(|path| source.path.starts_with(path));
        if !is_test && !is_other {
            let tokens: TokenStream = source
                .text
                .parse()
                .unwrap_or_else(|error| panic!("{}: {error}", source.path));
            collect(tokens, &mut codes);
        }
    }
    codes.retain(|code| !OTHERS.contains(&code.as_str()));
    codes
}

/// Collects the codes among `tokens`: strings in kebab case, and the first arguments of the constructors.
fn collect(tokens: TokenStream, codes: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        index += 1;
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let attribute = tokens.get(index).map(ToString::to_string).unwrap_or_default();
                // An attribute holds no code, such as a doc comment; nor does a module of tests.
                index += usize::from(attribute.starts_with('['));
                if attribute == "[cfg (test)]" {
                    let is_end = |token: &TokenTree| {
                        matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
                            || matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';')
                    };
                    index += tokens[index..].iter().take_while(|token| !is_end(token)).count() + 1;
                }
            }
            TokenTree::Literal(literal) => codes.extend(string(&literal.to_string()).filter(|text| is_kebab(text))),
            TokenTree::Group(group) => {
                let before = |distance: usize| tokens.get(index.checked_sub(distance)?).map(ToString::to_string);
                let is_constructor = before(2).is_some_and(|name| CONSTRUCTORS.contains(&name.as_str()))
                    && before(5).as_deref() == Some("Diagnostic");
                if let (true, Some(TokenTree::Literal(first))) = (is_constructor, group.stream().into_iter().next()) {
                    codes.extend(string(&first.to_string()));
                }
                collect(group.stream(), codes);
            }
            _ => {}
        }
    }
}

/// Returns the text of a string literal without escapes.
fn string(literal: &str) -> Option<String> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    Some(text.to_owned())
}

/// Returns whether a text is at least two words in lower case, joined by hyphens.
fn is_kebab(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|character| character.is_ascii_lowercase() || character.is_ascii_digit())
    };
    text.starts_with(|character: char| character.is_ascii_lowercase())
        && text.contains('-')
        && text.split('-').all(is_word)
}

/// Writes the messages of today into the page, and returns whether it changed.
///
/// # Errors
///
/// When the page cannot be read or written.
pub fn bless() -> io::Result<bool> {
    let page = fs::read_to_string(file())?;
    let (_, text) = read(&page);
    if text == page {
        return Ok(false);
    }
    fs::write(file(), text)?;
    Ok(true)
}
