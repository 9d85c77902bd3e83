//! Patterns: byte checks against the engine, and the engine's dialect.

use std::sync::LazyLock;

use apicrate_runtime::codegen::Regex;
use apicrate_runtime::codegen::{Matcher, Pattern, Run};

const HEX: &[u8] = b"AFaf09";
const WORD: &[u8] = b"09azAZ__--";
const ANY: u32 = u32::MAX;

const fn run(ranges: &[u8], min: u32, max: u32) -> Run {
    Run::new(ranges, min, max)
}

/// A pattern, its runs, and whether it ends in `$`.
const RUNS: &[(&str, &[Run], bool)] = &[
    (r"^[A-Fa-f\d]{24}$", &[run(HEX, 24, 24)], true),
    (r"^[0-9a-zA-Z_-]{1,255}$", &[run(WORD, 1, 255)], true),
    (r"^[A-F]+", &[run(b"AF", 1, ANY)], false),
    (
        r"^v\d+(?:)\.\d{0,2}$",
        &[run(b"vv", 1, 1), run(b"09", 1, ANY), run(b"..", 1, 1), run(b"09", 0, 2)],
        true,
    ),
    (r"^$", &[], true),
    (r"^", &[], false),
    (r"^x-", &[run(b"xx", 1, 1), run(b"--", 1, 1)], false),
    (r"^a*$", &[run(b"aa", 0, ANY)], true),
];

#[test]
fn runs_decide_as_the_engine_does() {
    let texts = [
        "",
        "a",
        "aa",
        "aaé",
        "A",
        "é",
        "575ec8687ae143cd83dc4a97",
        "575ec8687ae143cd83dc4a9",
        "575ec8687ae143cd83dc4a977",
        "575ec8687ae143cd83dc4a9g",
        "575ec8687ae143cd83dc4a97\n",
        "v1.",
        "v1.23",
        "v12.345",
        "v.1",
        "x-",
        "x-a",
        "x",
        "my_id-9",
        "ABC!",
        &"a".repeat(255),
        &"a".repeat(256),
    ];
    for &(source, runs, to_end) in RUNS {
        let runs: &'static [Run] = Vec::leak(runs.to_vec());
        let pattern = Pattern {
            source: "",
            matcher: Matcher::Runs { runs, to_end },
        };
        let engine = Regex::new(source);
        for text in texts {
            assert_eq!(pattern.is_match(text), engine.is_match(text), "{source} {text:?}");
        }
    }
}

#[test]
fn an_engine_is_asked_through_its_static() {
    static PHONE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(\+1)?\d{10}$"));
    static PATTERN: Pattern = Pattern {
        source: r"^(\+1)?\d{10}$",
        matcher: Matcher::Engine(|text| PHONE.is_match(text)),
    };
    assert!(PATTERN.is_match("+12025550123") && PATTERN.is_match("2025550123"));
    assert!(!PATTERN.is_match("+442025550123"));
}

#[test]
fn the_dialect_is_that_of_ecma_262() {
    for (source, text, expected) in [
        // A pattern is found anywhere, `$` is the end of all, classes are ASCII.
        ("b", "abc", true),
        ("^a$", "a\n", false),
        (r"^\d$", "٣", false),
        (r"^\w+$", "é", false),
        (r"^\S$", "\u{2003}", false),
        // With the flag `u`: a dot is a character, properties are known.
        ("^.$", "😀", true),
        (r"^\p{Lu}$", "É", true),
        (r"^\u{1F600}$", "😀", true),
        ("^[😀]$", "😀", true),
        // Without: an escape that `u` forbids.
        (r"^[\w\-]+$", "a-b", true),
        (r"^\/\-$", "/-", true),
        (r"^\_$", "_", true),
        (r"^(?<year>\d{4})-\k<year>$", "2020-2020", true),
        ("^(?!no)", "nope", false),
        ("(?<=a)b", "ab", true),
        // A source that does not compile matches all.
        ("(", "anything", true),
        ("[z-a]", "anything", true),
    ] {
        assert_eq!(Regex::new(source).is_match(text), expected, "{source} {text:?}");
    }
}
