//! JSON lines and JSON text sequences, however they are split into chunks.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use apicrate_runtime::JsonTexts;

/// Returns number and text of each; `None` stands for one that is too long.
fn drain(texts: &mut JsonTexts) -> Vec<(u64, Option<String>)> {
    std::iter::from_fn(|| texts.next_text())
        .map(|found| {
            (
                found.number,
                found.text.map(|text| String::from_utf8(text.to_vec()).unwrap()),
            )
        })
        .collect()
}

fn by(mut texts: JsonTexts, chunks: &[&[u8]]) -> Vec<(u64, Option<String>)> {
    let mut found = Vec::new();
    for chunk in chunks {
        texts.feed(chunk);
        found.extend(drain(&mut texts));
    }
    texts.end();
    found.extend(drain(&mut texts));
    found
}

fn some(expected: &[(u64, &str)]) -> Vec<(u64, Option<String>)> {
    expected
        .iter()
        .map(|(number, text)| (*number, Some((*text).to_owned())))
        .collect()
}

#[test]
fn a_line_is_a_text() {
    let table: [(&str, &[(u64, &str)]); 8] = [
        ("1\n2\n", &[(1, "1"), (2, "2")]),
        ("1\n2", &[(1, "1"), (2, "2")]),
        ("{\"a\":1}\r\n[2]\r\n", &[(1, "{\"a\":1}\r"), (2, "[2]\r")]),
        // Empty lines are no texts, but lines.
        ("\n\n1\n \r\n\t\n2\n\n", &[(3, "1"), (6, "2")]),
        ("", &[]),
        ("\n", &[]),
        ("  ", &[]),
        ("\"\\n\u{e9}\"\nnull", &[(1, "\"\\n\u{e9}\""), (2, "null")]),
    ];
    for (text, expected) in table {
        assert_eq!(
            by(JsonTexts::lines(1000), &[text.as_bytes()]),
            some(expected),
            "{text:?}"
        );
    }
}

/// The rules of RFC 7464: what stands before the first separator is lenient reading's own affair.
#[test]
fn a_separator_starts_a_text_of_a_sequence() {
    let table: [(&str, &[(u64, &str)]); 8] = [
        ("\u{1e}1\n\u{1e}2\n", &[(1, "1\n"), (2, "2\n")]),
        // Texts go over several lines.
        (
            "\u{1e}{\n \"a\": \"}\\\"\n\"\n}\n\u{1e}[\n]\n",
            &[(1, "{\n \"a\": \"}\\\"\n\"\n}\n"), (2, "[\n]\n")],
        ),
        // Separators in a row are one.
        ("\u{1e}\u{1e}\n\u{1e}1\n", &[(1, "1\n")]),
        // A text that breaks off costs itself alone.
        ("\u{1e}{\"a\":\u{1e}{\"b\":1}\n", &[(1, "{\"a\":"), (2, "{\"b\":1}\n")]),
        ("\u{1e}12\u{1e}3\n", &[(1, "12"), (2, "3\n")]),
        ("\u{1e}1\n\u{1e}{\"b\"", &[(1, "1\n"), (2, "{\"b\"")]),
        ("1\n2\n", &[(1, "1\n"), (2, "2\n")]),
        ("\u{1e}", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(
            by(JsonTexts::sequence(1000), &[text.as_bytes()]),
            some(expected),
            "{text:?}"
        );
    }
}

#[test]
fn pieces_do_not_matter() {
    let lines = "\u{feff}{\"a\": \"\u{e9}\"}\r\n\n[1,\t2]\n\"\\\"\"\r\n7";
    let sequence = "\u{1e}{\n\"a\": \"\u{1f600}}\\\"\"\n}\n\u{1e}\u{1e}5\n\u{1e}\"x\ny\"\n\u{1e}{\"cut\":\u{1e}6";
    for (text, is_sequence) in [(lines, false), (sequence, true)] {
        let start = if is_sequence {
            JsonTexts::sequence
        } else {
            JsonTexts::lines
        };
        let text = text.as_bytes();
        let expected = by(start(1000), &[text]);
        assert!(expected.len() > 3);
        for first in 0..=text.len() {
            for second in first..=text.len() {
                let chunks = [&text[..first], &text[first..second], &text[second..]];
                assert_eq!(by(start(1000), &chunks), expected, "split at {first} and {second}");
            }
        }
        let bytes: Vec<&[u8]> = text.chunks(1).collect();
        assert_eq!(by(start(1000), &bytes), expected);
    }
}

/// A text is there as soon as its line is, and not only with the next one.
#[test]
fn a_text_does_not_wait_for_the_next_one() {
    for (mut texts, chunk) in [
        (JsonTexts::lines(100), "[1]\n"),
        (JsonTexts::sequence(100), "\u{1e}[1]\n"),
    ] {
        texts.feed(chunk.as_bytes());
        assert_eq!(drain(&mut texts).len(), 1, "{chunk:?}");
    }
}

#[test]
fn a_text_may_not_be_longer_than_the_cap() {
    let long = format!("\"{}\"", "x".repeat(50));
    for (text, is_sequence) in [
        (format!("1\n{long}\n2\n{long}"), false),
        (format!("\u{1e}1\n\u{1e}{long}\n\u{1e}2\n\u{1e}{long}"), true),
    ] {
        for size in 1..=text.len() {
            let texts = if is_sequence {
                JsonTexts::sequence(16)
            } else {
                JsonTexts::lines(16)
            };
            let chunks: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
            let found = by(texts, &chunks);
            let numbers: Vec<(u64, bool)> = found.iter().map(|(number, text)| (*number, text.is_some())).collect();
            assert_eq!(
                numbers,
                [(1, true), (2, false), (3, true), (4, false)],
                "{text:?} by {size}"
            );
        }
    }
    // A line of exactly the cap is taken, its end not counted.
    let found = by(JsonTexts::lines(3), &[b"123\n1234\n"]);
    assert_eq!(found, [(1, Some("123".to_owned())), (2, None)]);
}
