//! What the document deprecates: an attribute where it is defined, and silence where the crate itself uses it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, parse_quote};

use crate::emit::scope::names::Names;
use crate::emit::scope::uses::Uses;
use crate::model::{AccessStep, Docs, PagingStyle, Resource};

/// How long the note of a deprecation gets.
const LONGEST: usize = 200;

/// Returns `#[deprecated]` where the document deprecates something; `noun` says what it is.
pub(in crate::emit) fn attribute(docs: &Docs, noun: &str) -> Option<TokenStream> {
    docs.deprecated.then(|| {
        let note = note(docs).unwrap_or_else(|| format!("the document marks this {noun} as deprecated"));
        quote!(#[deprecated(note = #note)])
    })
}

/// What a sentence says of a deprecation, the more useful first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    /// What to use instead.
    Instead,
    /// That something is deprecated, and perhaps why.
    Deprecated,
}

/// Returns the sentence in which a description says what to use instead, or else why something is deprecated.
fn note(docs: &Docs) -> Option<String> {
    let found = [&docs.text, &docs.title].into_iter().flat_map(|text| {
        let mut is_reported = false;
        sentences(text).into_iter().filter_map(move |sentence| {
            let says = says(&sentence, is_reported);
            is_reported = sentence.to_lowercase().contains("deprecat");
            Some((says.filter(|_| sentence.len() <= LONGEST)?, sentence))
        })
    });
    found.min_by_key(|(says, _)| *says).map(|(_, sentence)| sentence)
}

/// Returns what a sentence says of a deprecation; `is_reported` is whether the one before says that there is one.
fn says(sentence: &str, is_reported: bool) -> Option<Says> {
    const OTHERS: [&str; 7] = [
        "replaced by",
        "replaced with",
        "superseded by",
        "in favor of",
        "in favour of",
        "switch to",
        "migrate to",
    ];
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = lower.split(|sign: char| !sign.is_alphanumeric()).collect();
    let has = |word: &str| words.contains(&word);
    let is_deprecated = lower.contains("deprecat");
    let is_advice = matches!(words.first(), Some(&("use" | "please" | "see" | "prefer")));
    // What a description says the operation does "instead of" something is no advice.
    let is_instead = has("instead") && (!lower.contains("instead of") || has("use") || is_deprecated);
    if is_instead
        || OTHERS.iter().any(|other| lower.contains(other))
        || is_deprecated && has("use")
        || is_reported && is_advice
    {
        return Some(Says::Instead);
    }
    is_deprecated.then_some(Says::Deprecated)
}

/// Returns the sentences of a text, each in one line.
fn sentences(text: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(current) = sentences.last_mut() else { break };
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(&word.replace(char::is_control, ""));
        if word.ends_with(['.', '!', '?']) {
            sentences.push(String::new());
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Returns what keeps the compiler quiet about uses within a module with `uses`, where there are any.
///
/// Callers still see a warning where they use what is deprecated.
pub(in crate::emit) fn allowance(names: &Names<'_>, uses: &Uses<'_>, resource: Option<&Resource>) -> Vec<Attribute> {
    if uses.deprecated || resource.is_some_and(|resource| walks_through_deprecated(names, resource)) {
        vec![parse_quote!(#![allow(deprecated, reason = "deprecated items are used here")])]
    } else {
        Vec::new()
    }
}

/// Returns whether a list is asked for page by page through a field that is deprecated; its type is not named there.
fn walks_through_deprecated(names: &Names<'_>, resource: &Resource) -> bool {
    let is_deprecated =
        |step: &AccessStep| matches!(step, AccessStep::Property { field, .. } if names.is_deprecated_field(field));
    let pagings = resource
        .operations
        .iter()
        .filter_map(|operation| operation.paging.as_ref());
    pagings.into_iter().any(|paging| {
        let others = match &paging.style {
            PagingStyle::Offset { total, .. } | PagingStyle::Page { total, .. } => [total.as_ref(), None],
            PagingStyle::Cursor { next, more, .. } => [Some(next), more.as_ref()],
            PagingStyle::LastItem { id, more, .. } => [Some(id), more.as_ref()],
            PagingStyle::Link { next, .. } => [next.as_ref(), None],
        };
        let ways = others.into_iter().flatten().chain([&paging.items]);
        ways.flatten().any(is_deprecated)
    })
}

#[cfg(test)]
mod tests {
    use super::note;
    use crate::model::Docs;

    #[test]
    fn the_note_is_the_sentence_that_says_what_to_use() {
        for (text, expected) in [
            ("This is deprecated. Use getB instead.", Some("Use getB instead.")),
            (
                "Gets A instead of B. This is deprecated. Use `getB`.",
                Some("Use `getB`."),
            ),
            ("Use this to get A. This is deprecated.", Some("This is deprecated.")),
            (
                "Lists things. Deprecated, use `search` instead. It is slow.",
                Some("Deprecated, use `search` instead."),
            ),
            (
                "**Deprecated**: use getB. See the guide.",
                Some("**Deprecated**: use getB."),
            ),
            (
                "Deprecated since 2.0.\n\nThis call is superseded by\ngetB.",
                Some("This call is superseded by getB."),
            ),
            ("Deprecated because it is slow.", Some("Deprecated because it is slow.")),
            ("Gets A.", None),
        ] {
            let docs = Docs {
                text: text.to_owned().into(),
                deprecated: true,
                ..Docs::default()
            };
            assert_eq!(note(&docs).as_deref(), expected, "{text}");
        }
    }
}
