//! What a document says does not depend on the version of OpenAPI that it says it in.
//!
//! A case may hold other spellings of its document, in the words of other versions. Any case without one of the other
//! version of 3 has words that mean the same in both, or is listed
//! here as one that only one version can say.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::fmt::Write as _;

use generator::Run;
use tests::cases::{self, Case, Files, Kind};

/// Cases of what 3.1 alone can say, or 3.2, and the words for it. In a document of 3.0 they are read as 3.1 has them,
/// with a warning; siblings of a reference are ignored there.
const ONLY_IN_3_1: [(&str, &str); 24] = [
    ("components_only", "the type `null` on its own"),
    ("const_string", "`const`"),
    ("doubtful_spots", "`$recursiveRef`, and `type: null`"),
    ("features_of_resources", "`webhooks`"),
    ("examples", "`examples` of a schema"),
    ("keywords_of_3_1", "`if`, `contains`, `dependentRequired` and others"),
    ("losant_published_paths", "`patternProperties`"),
    ("names_obstacle_course", "`null` in a list of types"),
    (
        "nullable_beside_reference",
        "siblings of a reference; 3.0 has none, and warns of `nullable` there",
    ),
    ("one_of_by_schema", "a list of types"),
    (
        "only_in_3_1",
        "`const`, lists of types, boolean schemas, `$defs` and others",
    ),
    ("openapi_3_2", "media types by reference, and other words of 3.2"),
    ("path_parameter_by_reference", "siblings of a reference"),
    ("pattern_beside_properties", "`patternProperties`"),
    ("pattern_properties", "`patternProperties`"),
    ("patterns_by_engine", "`propertyNames`"),
    ("recursion_through_maps", "a list of types"),
    ("reference_with_siblings_3_1", "siblings of a reference"),
    ("responses_by_status", "a list of types"),
    ("scalar_of_several_types", "a list of types"),
    ("schema_identifiers", "`$id` and `$anchor`"),
    ("several_patterns", "`patternProperties`"),
    ("titles", "`const`, `prefixItems`"),
    ("tuples", "`prefixItems`"),
];

/// Returns how two runs of a case differ, if they do. What they say of the document differs in words and places,
/// so only the kind of each is compared.
fn difference(case: &Case, first: &Run, other: &Run) -> Option<String> {
    // A document of types alone has an empty `paths` in 3.0, which asks for the field, and none in 3.1.
    let codes = |run: &Run| -> Vec<&str> {
        let codes = run.diagnostics.iter().map(|diagnostic| diagnostic.code);
        codes.filter(|code| *code != "no-operations").collect()
    };
    if codes(first) != codes(other) {
        let reported = case.given(other).remove("expected.txt").unwrap_or_default();
        return Some(format!(
            "{:?} are said of one, and of the other:\n{reported}",
            codes(first)
        ));
    }
    cases::difference(&files(case, first), &files(case, other))
}

/// Returns the crate that a run gives, without the places of schemas: Swagger 2.0 has others.
fn files(case: &Case, run: &Run) -> Files {
    let mut files = case.given(run);
    files.remove("expected.txt");
    for text in files.values_mut() {
        *text = without_pointers(text);
    }
    files
}

fn without_pointers(text: &str) -> String {
    let mut parts = text.split("`#/");
    let mut kept = parts.next().unwrap().to_owned();
    for part in parts {
        kept.push_str("`#");
        kept.push_str(&part[part.find('`').unwrap()..]);
    }
    kept
}

/// Asserts that nothing was found, case by case.
fn none(found: &[(String, String)]) {
    let mut report = String::new();
    for (name, words) in found {
        writeln!(report, "\n== {name}\n\n{words}").unwrap();
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn a_second_spelling_gives_the_same_crate() {
    let mut found = Vec::new();
    for case in cases::find(Kind::Ok).unwrap() {
        let others = case.run_also().unwrap();
        if others.is_empty() {
            continue;
        }
        let first = case.run().unwrap();
        for (name, other) in others {
            let words = difference(&case, &first, &other);
            found.extend(words.map(|words| (format!("{}/{name}", case.name), words)));
        }
    }
    none(&found);
}

#[test]
fn what_is_meant_gives_the_same_crate() {
    let (mut found, mut compared) = (Vec::new(), 0);
    for case in cases::find(Kind::Ok).unwrap() {
        let Some(meant) = case.run_meant().unwrap() else {
            continue;
        };
        compared += 1;
        let (first, other) = (files(&case, &case.run().unwrap()), files(&case, &meant.run));
        found.extend(cases::difference(&first, &other).map(|words| (case.name, words)));
    }
    none(&found);
    assert!(compared > 0);
}

#[test]
fn words_of_both_versions_mean_the_same_in_both() {
    let mut found = Vec::new();
    for case in cases::find(Kind::Ok).unwrap() {
        let listed = ONLY_IN_3_1.iter().find(|(name, _)| *name == case.name);
        if case.has_other_version() {
            assert!(listed.is_none(), "{} has a second spelling", case.name);
            continue;
        }
        let Some(other) = case.run_in_other_version().unwrap() else {
            continue;
        };
        let words = difference(&case, &case.run().unwrap(), &other);
        let words = match (words, listed) {
            (Some(_), Some(_)) => None,
            (None, Some((_, reason))) => Some(format!("3.0 says it too: {reason}")),
            (words, None) => words.map(|words| {
                format!(
                    "{words}\nadd the other spelling as also_3_0.yaml or also_3_1.yaml, or list it in {}",
                    file!()
                )
            }),
        };
        found.extend(words.map(|words| (case.name, words)));
    }
    none(&found);
}
