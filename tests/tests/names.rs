//! Names of emitted crates are short, and say what they stand for.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use tests::syntax::SourceText;

/// How many characters a name has at most.
const LONGEST: usize = 60;

/// Nouns that say nothing of a variant; with a number, it could be any.
const EMPTY_NOUNS: [&str; 6] = ["Array", "Branch", "Object", "Union", "Value", "Variant"];

/// Returns the identifiers of the emitted sources of all golden cases and of the product, but for their runtimes.
fn names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for folder in ["tests/cases/ok", "generated/src"] {
        for source in SourceText::below(folder) {
            if !format!("/{}", source.path).contains("/runtime/") {
                collect(source.text.parse().unwrap(), &mut names);
            }
        }
    }
    names
}

fn collect(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => {
                names.insert(name.to_string());
            }
            TokenTree::Group(group) => collect(group.stream(), names),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

#[test]
fn no_name_is_longer_than_a_line_has_room_for() {
    let mut names: Vec<String> = names().into_iter().collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    assert!(names[0].len() <= LONGEST, "the longest are {:#?}", &names[..10]);
    // The case `inline_types` has a component whose name is longer.
    assert!(names[0].len() > LONGEST / 2, "{:#?}", &names[..10]);
}

#[test]
fn no_name_is_a_number_behind_a_noun_of_any_schema() {
    let is_numbered = |name: &&String| {
        let noun = name.trim_end_matches(|last: char| last.is_ascii_digit());
        // Two listed values of `names_obstacle_course` are spelled `self`.
        noun != name.as_str() && *name != "SelfValue2" && EMPTY_NOUNS.iter().any(|empty| noun.ends_with(empty))
    };
    let names = names();
    let numbered: Vec<&String> = names.iter().filter(is_numbered).collect();
    assert!(numbered.is_empty(), "{numbered:#?}");
}
