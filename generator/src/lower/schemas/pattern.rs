//! Lowers regular expressions.
//!
//! Many patterns of real documents are runs of characters out of one class
//! each, like `^[A-Fa-f\d]{24}$`. Those are decided byte by byte; the rest needs
//! an engine for the [ECMAScript dialect](https://tc39.es/ecma262/#sec-patterns).

use crate::model::{Pattern, Run};

/// The maximum number of alternatives in a pattern that is compiled.
const MOST_ALTERNATIVES: usize = 500;

/// Returns the pattern, with its runs if it consists of runs.
pub(in crate::lower) fn lower_pattern(source: &str) -> Pattern {
    Pattern {
        source: source.to_owned(),
        runs: runs(source),
    }
}

/// Returns why `source` is no regular expression, if it is none.
///
/// Like the runtime it compiles with the flag `u` first
/// ([JSON Schema §6.4](https://json-schema.org/draft/2020-12/json-schema-core#section-6.4)), then without.
pub(in crate::lower) fn fault(source: &str) -> Option<String> {
    // The engine calls itself for each alternative, and would run out of stack.
    if source.matches('|').count() > MOST_ALTERNATIVES {
        return None;
    }
    regress::Regex::with_flags(source, "u")
        .or_else(|_| regress::Regex::with_flags(source, ""))
        .err()
        .map(|error| error.text)
}

fn runs(source: &str) -> Option<(Vec<Run>, bool)> {
    let mut rest = source.strip_prefix('^')?;
    let mut runs: Vec<Run> = Vec::new();
    while !rest.is_empty() && rest != "$" {
        let (class, after) = class(rest)?;
        let (min, max, after) = repetition(after)?;
        rest = after;
        // Adjacent runs that share a character would need backtracking.
        let overlaps = runs
            .last()
            .is_some_and(|last| last.min != last.max && overlap(&last.class, &class));
        if overlaps {
            return None;
        }
        runs.push(Run { class, min, max });
    }
    let to_end = rest == "$";
    // Without `$`, any text may follow the minimum of the last run.
    (!runs.is_empty()).then_some((runs, to_end))
}

/// Reads one character class from the front of `text`.
fn class(text: &str) -> Option<(Vec<(u8, u8)>, &str)> {
    let mut characters = text.chars();
    let first = characters.next()?;
    if first == '[' {
        return bracket(characters.as_str());
    }
    if first == '\\' {
        let (ranges, after) = escape(characters.as_str())?;
        return Some((ranges, after));
    }
    let is_plain = first.is_ascii() && !first.is_ascii_control() && !"^$.*+?()[]{}|/".contains(first);
    is_plain.then(|| (vec![(first as u8, first as u8)], characters.as_str()))
}

fn bracket(text: &str) -> Option<(Vec<(u8, u8)>, &str)> {
    let mut rest = text;
    let mut ranges = Vec::new();
    loop {
        let mut characters = rest.chars();
        let first = characters.next()?;
        match first {
            ']' | '^' if ranges.is_empty() => return None,
            ']' => return Some((ranges, characters.as_str())),
            '\\' => {
                let (escaped, after) = escape(characters.as_str())?;
                ranges.extend(escaped);
                rest = after;
                if rest.starts_with('-') && !rest.starts_with("-]") {
                    return None;
                }
                continue;
            }
            _ if !first.is_ascii() || first.is_ascii_control() => return None,
            _ => {}
        }
        let after = characters.as_str();
        let mut ahead = after.chars();
        match (ahead.next(), ahead.next()) {
            (Some('-'), Some(last)) if last != ']' => {
                if !last.is_ascii() || last == '\\' || last < first {
                    return None;
                }
                ranges.push((first as u8, last as u8));
                rest = ahead.as_str();
            }
            _ => {
                ranges.push((first as u8, first as u8));
                rest = after;
            }
        }
    }
}

/// Reads what follows a backslash.
fn escape(text: &str) -> Option<(Vec<(u8, u8)>, &str)> {
    let first = text.chars().next()?;
    let ranges = match first {
        'd' => vec![(b'0', b'9')],
        'w' => vec![(b'0', b'9'), (b'A', b'Z'), (b'_', b'_'), (b'a', b'z')],
        sign if sign.is_ascii_punctuation() => vec![(sign as u8, sign as u8)],
        _ => return None,
    };
    Some((ranges, &text[1..]))
}

/// Reads the quantifier of the class before it.
fn repetition(text: &str) -> Option<(u32, u32, &str)> {
    let read = match text.chars().next() {
        Some('*') => (0, u32::MAX, &text[1..]),
        Some('+') => (1, u32::MAX, &text[1..]),
        Some('?') => (0, 1, &text[1..]),
        Some('{') => {
            let (inside, after) = text[1..].split_once('}')?;
            let (min, max) = match inside.split_once(',') {
                None => (inside.parse().ok()?, inside.parse().ok()?),
                Some((min, "")) => (min.parse().ok()?, u32::MAX),
                Some((min, max)) => (min.parse().ok()?, max.parse().ok()?),
            };
            (min, max, after)
        }
        _ => (1, 1, text),
    };
    // A lazy or possessive quantifier does not change what matches, but is rare: the engine handles it.
    (!read.2.starts_with(['?', '+', '*']) && read.0 <= read.1).then_some(read)
}

fn overlap(left: &[(u8, u8)], right: &[(u8, u8)]) -> bool {
    left.iter().any(|(low, high)| {
        right
            .iter()
            .any(|(other_low, other_high)| low <= other_high && other_low <= high)
    })
}

#[cfg(test)]
mod tests {
    use super::{fault, runs};

    #[test]
    fn a_pattern_that_does_not_compile_is_reported() {
        for good in ["^(?!0)\\d+$", r"[\w\-]", "(?<a>x)", "é|ß", "^$", r"\p{L}"] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "(",
            "[a",
            "a++",
            "(?i)a",
            "*",
            "a{2,1}",
            &"(".repeat(100_000),
            &"(?:".repeat(100_000),
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
        for long in [
            "[".repeat(100_000),
            "a?".repeat(10_000),
            "a|".repeat(10_000),
            "a{1000000000}".to_owned(),
        ] {
            let _ = fault(&long);
        }
    }

    #[test]
    fn simple_patterns_are_runs() {
        let (hex, to_end) = runs(r"^[A-Fa-f\d]{24}$").unwrap();
        assert_eq!((hex.len(), hex[0].min, hex[0].max, to_end), (1, 24, 24, true));
        assert_eq!(hex[0].class, [(b'A', b'F'), (b'a', b'f'), (b'0', b'9')]);
        let (key, to_end) = runs("^[0-9a-zA-Z_-]{1,255}").unwrap();
        assert_eq!((key[0].min, key[0].max, to_end), (1, 255, false));
        assert_eq!(runs(r"^v\d+\.\d+$").unwrap().0.len(), 4);
        assert!(runs("^x-").is_some());
    }

    #[test]
    fn others_are_not() {
        for source in [
            "abc",
            "^(a|b)$",
            "^.*$",
            "^a*a$",
            "^[^a]$",
            "^a*?$",
            r"^\p{L}$",
            "^é$",
            "^$",
            r"^[\w-z]$",
            "^a|b$",
            "^{a}$",
        ] {
            assert!(runs(source).is_none(), "{source}");
        }
    }
}
