//! Decides whether the `title` of a schema is used as its name.
//!
//! A `title` is an annotation for people
//! ([JSON Schema 2020-12 §9.1](https://json-schema.org/draft/2020-12/json-schema-validation#section-9.1)): some are
//! names, others are sentences, and others repeat what stands beside them. One function decides for all of them.

use std::collections::BTreeMap;

use heck::ToSnakeCase as _;

use super::{type_name, variant_name};

/// How many words a name may have.
const LONGEST: usize = 4;

/// Words of phrases: who writes them describes, and does not name.
pub(super) const OF_PHRASES: [&str; 26] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "if", "in", "is", "of", "on", "or", "per", "that",
    "the", "this", "to", "when", "where", "which", "whether", "with",
];

/// Words for what any schema is, has or stands in, which name none of them.
pub(super) const OF_ANY: [&str; 14] = [
    "array",
    "boolean",
    "enum",
    "integer",
    "item",
    "items",
    "null",
    "number",
    "object",
    "properties",
    "schema",
    "string",
    "value",
    "values",
];

/// Returns the words by which `title` names an inline type within what the words `holder` name; `None` where it is no name.
///
/// A name is one to four words of ASCII letters and digits, the first of which
/// starts with a letter. A title with an article, a preposition or the like is
/// a phrase; one with an underscore is the name of something in other software;
/// one that says `Object` or `Value` alone holds of anything. Words that `holder`
/// ends in are not said twice: the `Job Config` of a `Job` is its `Config`.
/// A title that repeats the holder in any other way was written to stand on its
/// own, as its first word or any two of its words show; behind the holder it
/// would be clumsy.
#[must_use]
pub(crate) fn title_words(title: &str, holder: &str) -> Option<String> {
    let words = split(title).filter(|_| !title.contains('_'))?;
    let held = type_name(holder).to_snake_case();
    let held: Vec<&str> = held.split('_').collect();
    let is_held = |words: &[String]| held.windows(words.len()).any(|run| run == words);
    let repeated = (0..=words.len().min(held.len()))
        .rev()
        .find(|count| held[held.len() - count..] == words[..*count])?;
    let words = &words[repeated..];
    let is_name = words
        .first()
        .is_some_and(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()))
        && !is_held(&words[..1])
        && !words.windows(2).any(is_held)
        && words.iter().all(|word| !OF_PHRASES.contains(&word.as_str()))
        && words.iter().any(|word| !OF_ANY.contains(&word.as_str()));
    is_name.then(|| words.join(" "))
}

/// Returns whether a title is short enough for a name: it has one to four words that can be spelled, or fits into half a
/// line.
#[must_use]
pub(crate) fn is_short(title: &str) -> bool {
    const HALF_A_LINE: usize = 40;
    split(title).is_some() || variant_name(title).len() <= HALF_A_LINE
}

/// Returns the words that name the variant of a listed `value`: its own, or `title` where they
/// are no word that an identifier could spell.
///
/// Behind its value a phrase cannot mislead, so `At least` may name `>=`.
#[must_use]
pub(crate) fn value_words<'text>(value: &'text str, title: Option<&'text str>) -> &'text str {
    let first = value.chars().find(char::is_ascii_alphanumeric);
    let is_spelled = value.is_ascii() && first.is_some_and(|first| first.is_ascii_alphabetic());
    title
        .filter(|title| !is_spelled && split(title).is_some())
        .unwrap_or(value)
}

/// Returns whether two texts have the same letters and digits, whatever their case and what stands between them.
#[must_use]
pub(crate) fn is_same_word(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    letters(one) == letters(other)
}

/// Returns the words of a title that can be spelled, in lower case.
fn split(title: &str) -> Option<Vec<String>> {
    let is_plain = title
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || " -_/".contains(character));
    let words = title.to_snake_case();
    let words: Vec<String> = words
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let starts_with_letter = words.first()?.starts_with(|first: char| first.is_ascii_alphabetic());
    (is_plain && starts_with_letter && words.len() <= LONGEST).then_some(words)
}

/// The name candidates of the types nested in one type.
///
/// Two properties of an object can have the same title, or one may have the name of another as its title. Then neither
/// is named by the title.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct NameCandidates {
    /// Names in lower case, each with the only property that may have it, or `None` if there are several.
    owners: BTreeMap<String, Option<String>>,
}

impl NameCandidates {
    /// Adds `words` as a name candidate of the property `owner`.
    pub(crate) fn add(&mut self, owner: &str, words: &str) {
        let known = self
            .owners
            .entry(variant_name(words).to_lowercase())
            .or_insert_with(|| Some(owner.to_owned()));
        if known.as_deref() != Some(owner) {
            *known = None;
        }
    }

    /// Returns whether `words` is a name candidate of no property but `owner`.
    #[must_use]
    pub(crate) fn allows(&self, owner: &str, words: &str) -> bool {
        self.owners
            .get(&variant_name(words).to_lowercase())
            .is_none_or(|known| known.as_deref() == Some(owner))
    }
}

#[cfg(test)]
mod tests {
    use super::{NameCandidates, title_words, value_words};

    #[test]
    fn titles() {
        let table = [
            ("Retry Policy", "Job", Some("retry policy")),
            ("RetryPolicy", "Job", Some("retry policy")),
            ("retry-policy", "Job", Some("retry policy")),
            ("Parent/child status", "Job", Some("parent child status")),
            ("OAuth 2 Client", "Job", Some("o auth 2 client")),
            // The words of the holder are not said again.
            ("Job Config", "Job", Some("config")),
            ("Job Config", "retryJob", Some("config")),
            ("Job Config", "jobRunner", None),
            ("Job Config", "runJob", Some("config")),
            ("Response Run Job", "runJob", None),
            ("Job", "Job", None),
            ("Job", "runJobs", Some("job")),
            ("Data Table", "dataTable", None),
            ("Job Object", "Job", None),
            ("Job 2", "Job", None),
            // Phrases, and what holds of anything.
            ("State of a job", "Job", None),
            ("The policy", "Job", None),
            ("Value", "Job", None),
            ("String enum", "Job", None),
            ("retry_policy_params", "Job", None),
            // What no identifier spells, or nobody would write.
            ("How jobs are run again later", "Job", None),
            ("Policy (old)", "Job", None),
            ("Retries.", "Job", None),
            ("2nd Policy", "Job", None),
            ("Größe", "Job", None),
            ("", "Job", None),
            (" ", "Job", None),
            ("-", "Job", None),
        ];
        for (title, holder, expected) in table {
            assert_eq!(title_words(title, holder).as_deref(), expected, "{title:?} in {holder}");
        }
    }

    #[test]
    fn values() {
        let table = [
            ("low", Some("Not much"), "low"),
            ("1", Some("Low"), "Low"),
            (">=", Some("At least"), "At least"),
            ("größe", Some("Size"), "Size"),
            ("", Some("Nothing"), "Nothing"),
            ("1", Some("The first of many levels"), "1"),
            ("1", Some("1"), "1"),
            ("1", None, "1"),
        ];
        for (value, title, expected) in table {
            assert_eq!(value_words(value, title), expected, "{value:?} {title:?}");
        }
    }

    #[test]
    fn a_name_candidate_of_two_is_given_to_neither() {
        let mut candidates = NameCandidates::default();
        for (owner, words) in [
            ("assignee", "assignee"),
            ("assignee", "user"),
            ("owner", "user"),
            ("owner", "OWNER"),
        ] {
            candidates.add(owner, words);
        }
        assert!(candidates.allows("assignee", "Assignee"));
        assert!(!candidates.allows("owner", "assignee"));
        assert!(!candidates.allows("assignee", "user") && !candidates.allows("owner", "user"));
        assert!(candidates.allows("owner", "owner") && candidates.allows("owner", "other"));
    }
}
