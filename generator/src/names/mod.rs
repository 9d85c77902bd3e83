//! Names: from the words of a document to identifiers of Rust.
//!
//! A name depends on the words that it is made of, and, where two would be
//! equal, on the words that it has to differ from; nothing else in the document
//! can move it. No name has more than 60 characters.

mod derived;
mod features;
mod length;
mod methods;
mod nested;
mod plural;
mod request;
mod title;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use heck::ToSnakeCase as _;

use length::{LONGEST_FIELD, abbreviated, camel_case, camel_case_within, shortened};

pub(crate) use derived::{default_name, header_set_name, required_name, response_set_name, static_name, variable_name};
pub(crate) use features::{UNREFERENCED, WEBHOOKS, feature_names};
pub(crate) use methods::fields_beside;
pub(crate) use nested::{Nested, nested_names};
pub(crate) use plural::singular;
pub(crate) use request::{is_verb, request_words};
pub(crate) use title::{NameCandidates, is_same_word, is_short, title_words, value_words};

/// Strict and reserved keywords of the 2024 edition, and the weak ones that
/// cannot stand for a field or a function everywhere.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that emitted code uses without a path: a type of the document must not hide them.
const RESERVED_TYPES: &[&str] = &[
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deref",
    "DerefMut",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "IntoIterator",
    "FromIterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Signs that are words of their own where no letter or digit stands beside them.
const SIGNS: &[(char, &str)] = &[
    ('+', "plus"),
    ('-', "minus"),
    ('*', "star"),
    ('/', "slash"),
    ('\\', "backslash"),
    ('=', "equal"),
    ('<', "less"),
    ('>', "greater"),
    ('!', "not"),
    ('~', "tilde"),
    ('^', "caret"),
    ('&', "and"),
    ('|', "or"),
    ('%', "percent"),
    ('$', "dollar"),
    ('#', "hash"),
    ('@', "at"),
    ('?', "question"),
    ('.', "dot"),
    (',', "comma"),
    (':', "colon"),
    (';', "semicolon"),
    ('\'', "quote"),
    ('"', "double quote"),
    ('`', "backtick"),
    ('_', "underscore"),
    (' ', "space"),
    ('(', "open"),
    (')', "close"),
    ('[', "open bracket"),
    (']', "close bracket"),
    ('{', "open brace"),
    ('}', "close brace"),
];

/// Returns `words` as the name of a type or variant: `UpperCamelCase`.
#[must_use]
pub(crate) fn type_name(words: &str) -> String {
    beside_prelude(camel_case(&spell(words)))
}

/// Returns `words` as the name of a type that belongs to an operation. One that is too long keeps each of its words, so
/// that it does not depend on other operations.
#[must_use]
pub(crate) fn operation_type_name(words: &str) -> String {
    beside_prelude(camel_case_within(&spell(words), abbreviated))
}

/// Returns a name that hides no type of the prelude.
fn beside_prelude(name: String) -> String {
    let name = start_with_letter(name, 'N');
    if RESERVED_TYPES.contains(&name.as_str()) {
        format!("{name}Schema")
    } else {
        name
    }
}

/// Returns `words` as the name of an enum's variant.
///
/// Variants stand behind the name of their enum, so they hide nothing.
#[must_use]
pub(crate) fn variant_name(words: &str) -> String {
    let name = start_with_letter(camel_case(&spell(words)), 'N');
    if name == "Self" { "SelfValue".to_owned() } else { name }
}

/// Returns `words` as the name of a field, function or module: `snake_case`.
///
/// A keyword gets an underscore; a raw identifier could not spell `self`.
#[must_use]
pub(crate) fn field_name(words: &str) -> String {
    beside_keywords(shortened(&spell(words).to_snake_case(), LONGEST_FIELD))
}

/// Returns `words` as the name of the function of an operation. One that is too long keeps each of its words, so that it
/// does not depend on other operations.
#[must_use]
pub(crate) fn function_name(words: &str) -> String {
    beside_keywords(abbreviated(&spell(words).to_snake_case(), LONGEST_FIELD))
}

/// Returns a name that is no keyword.
fn beside_keywords(name: String) -> String {
    let name = start_with_letter(name, 'n');
    if KEYWORDS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// Returns `words` with everything spelled that an identifier cannot hold.
///
/// Signs between words only part them. A text of signs alone is spelled sign by
/// sign; so are signs before a digit, for `-1` is not `1`. Names are ASCII:
/// modules have to be, and whoever calls the crate has to type them.
fn spell(words: &str) -> String {
    if words.is_empty() {
        return "empty".to_owned();
    }
    let words = transliterate(words);
    let has_word = words.contains(|character: char| character.is_ascii_alphanumeric());
    let mut spelled = String::with_capacity(words.len());
    let mut leads = true;
    for (character, before_digit) in words.chars().zip(before_digits(&words)) {
        let sign = SIGNS.iter().find(|(sign, _)| *sign == character).map(|(_, word)| *word);
        if character.is_ascii_alphanumeric() {
            spelled.push(character);
            leads = false;
            continue;
        }
        spelled.push(' ');
        let is_spelled = !has_word || (leads && before_digit && matches!(character, '-' | '+' | '<' | '>' | '='));
        if let Some(word) = sign.filter(|_| is_spelled) {
            spelled.push_str(word);
            spelled.push(' ');
        }
    }
    if spelled.trim().is_empty() {
        "blank".to_owned()
    } else {
        spelled
    }
}

/// Returns of each character whether a digit comes next, or signs of comparison and then a digit.
fn before_digits(words: &str) -> Vec<bool> {
    let mut is_digit = false;
    let mut before: Vec<bool> = words
        .chars()
        .rev()
        .map(|character| {
            let before = is_digit;
            if !"-+<>= ".contains(character) {
                is_digit = character.is_ascii_digit();
            }
            before
        })
        .collect();
    before.reverse();
    before
}

/// Returns `words` in ASCII: by sound or meaning, or else by code point.
fn transliterate(words: &str) -> String {
    let mut ascii = String::with_capacity(words.len());
    for character in words.chars() {
        if character.is_whitespace() {
            ascii.push(' ');
            continue;
        }
        match deunicode::deunicode_char(character) {
            Some(text) => ascii.push_str(text),
            None => {
                // Writing to a string cannot fail.
                let _ = write!(ascii, " u{:x} ", u32::from(character));
            }
        }
    }
    ascii
}

/// Returns whether a type of this name would hide one that emitted code names without a path.
#[must_use]
pub(crate) fn is_reserved_type(name: &str) -> bool {
    RESERVED_TYPES.contains(&name)
}

/// Returns whether a text is an identifier that is no keyword.
#[must_use]
pub(crate) fn is_identifier(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok()
}

fn start_with_letter(name: String, letter: char) -> String {
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name
    } else {
        format!("{letter}{name}")
    }
}

/// Stands for the words of a reserved name; no document has them.
const RESERVED: &str = "\0reserved";

/// The names of one namespace.
#[derive(Debug, Default, Clone)]
pub(crate) struct Namespace {
    /// Name to the words that it was made of; names are compared without regard
    /// to case, for some become files.
    taken: BTreeMap<String, String>,
}

impl Namespace {
    /// Keeps `name` from being given to anything.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_lowercase(), RESERVED.to_owned());
    }

    /// Takes `name` as it is: it was given before.
    pub(crate) fn hold(&mut self, name: &str) {
        self.taken.insert(name.to_lowercase(), name.to_owned());
    }

    /// Returns whether `name` is taken.
    #[must_use]
    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.contains_key(&name.to_lowercase())
    }

    /// Returns `name`, or a name made from it that is not taken yet.
    ///
    /// What is reserved gets an underscore, as keywords do. What is written in
    /// capitals says so (`Asc`, `AscUpper`); the next resort is a number.
    pub(crate) fn take(&mut self, name: &str, words: &str) -> String {
        let is_upper = words.chars().any(char::is_uppercase) && !words.chars().any(char::is_lowercase);
        let is_type = name.starts_with(char::is_uppercase);
        let upper = if is_type {
            format!("{name}Upper")
        } else {
            format!("{}_upper", name.trim_end_matches('_'))
        };
        let mut candidate = name.to_owned();
        let is_reserved = self
            .taken
            .get(&name.to_lowercase())
            .is_some_and(|words| words == RESERVED);
        if is_reserved && !is_type && !name.ends_with('_') {
            candidate.push('_');
        }
        let mut number = 1;
        while self.taken.contains_key(&candidate.to_lowercase()) {
            candidate = if number == 1 && is_upper {
                upper.clone()
            } else if is_type {
                format!("{name}{}", number.max(2))
            } else {
                format!("{}_{}", name.trim_end_matches('_'), number.max(2))
            };
            number += 1;
        }
        self.taken.insert(candidate.to_lowercase(), words.to_owned());
        candidate
    }
}

#[cfg(test)]
mod tests {
    use super::{Namespace, field_name, type_name, variant_name};

    #[test]
    fn fields() {
        let table = [
            ("$and", "and"),
            ("type", "type_"),
            ("self", "self_"),
            ("applicationId", "application_id"),
            ("", "empty"),
            (" ", "space"),
            (">=", "greater_equal"),
            (">", "greater"),
            ("-1", "minus_1"),
            ("+1", "plus_1"),
            ("1st", "n1st"),
            ("@type", "type_"),
            ("a-b.c", "a_b_c"),
            ("größe", "grosse"),
            ("名前", "ming_qian"),
            ("😀", "grinning"),
            ("utf-8", "utf_8"),
            ("≥ 1", "greater_equal_1"),
            ("\u{10fffd}", "u10fffd"),
            ("_links", "links"),
            ("\u{0}", "blank"),
            ("async", "async_"),
            ("X-Rate-Limit", "x_rate_limit"),
            ("Dollar$", "dollar"),
        ];
        for (words, name) in table {
            assert_eq!(field_name(words), name, "{words:?}");
            assert!(syn::parse_str::<syn::Ident>(&field_name(words)).is_ok(), "{words:?}");
        }
    }

    #[test]
    fn a_long_word_is_spelled_sign_by_sign() {
        assert!(field_name(&("-".repeat(100_000) + "1")).ends_with("minus_1"));
    }

    #[test]
    fn types() {
        let table = [
            ("dataTableRow", "DataTableRow"),
            ("common/objectId", "CommonObjectId"),
            ("Option", "OptionSchema"),
            ("2fa", "N2fa"),
            ("string", "StringSchema"),
            ("error", "Error"),
            ("_", "Underscore"),
        ];
        for (words, name) in table {
            assert_eq!(type_name(words), name, "{words:?}");
        }
        assert_eq!(variant_name("Option"), "Option");
        assert_eq!(variant_name("Self"), "SelfValue");
    }

    #[test]
    fn collisions() {
        let mut names = Namespace::default();
        let variants = ["asc", "desc", "ASC", "DESC", "", "Asc"].map(|value| names.take(&variant_name(value), value));
        assert_eq!(variants, ["Asc", "Desc", "AscUpper", "DescUpper", "Empty", "Asc2"]);
        let mut names = Namespace::default();
        let fields = ["type", "type_", "TYPE"].map(|value| names.take(&field_name(value), value));
        assert_eq!(fields, ["type_", "type_2", "type_upper"]);
    }
}
