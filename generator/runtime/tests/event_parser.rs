//! The format of server-sent events, however it is split into chunks.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::time::Duration;

use apicrate_runtime::EventParser;

const CAP: usize = 1 << 20;

/// Returns type, id and data of each event.
fn events(parser: &mut EventParser) -> Vec<(String, String, String)> {
    std::iter::from_fn(|| parser.next_event())
        .map(|event| event.map_or_else(Default::default, |event| (event.event, event.id, event.data)))
        .collect()
}

fn whole(text: &[u8]) -> Vec<(String, String, String)> {
    let mut parser = EventParser::new(CAP);
    parser.feed(text);
    events(&mut parser)
}

fn data(text: &str) -> Vec<String> {
    whole(text.as_bytes()).into_iter().map(|(_, _, data)| data).collect()
}

/// The examples of the standard, and each rule of it.
#[test]
fn the_rules_of_the_standard() {
    let table: [(&str, &[&str]); 19] = [
        ("data: YHOO\ndata: +2\ndata: 10\n\n", &["YHOO\n+2\n10"]),
        (
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            &["first event", "second event", " third event"],
        ),
        ("data\n\ndata\ndata\n\ndata:", &["", "\n"]),
        ("data:test\n\ndata: test\n\n", &["test", "test"]),
        // The three ends of a line, mixed.
        ("data: a\r\rdata: b\r\n\r\ndata: c\n\n", &["a", "b", "c"]),
        ("data: a\r\n\rdata: b\n\r\ndata: c\r\n\n", &["a", "b", "c"]),
        // A byte order mark, one alone, and at the start alone.
        ("\u{feff}data: a\n\n", &["a"]),
        ("\u{feff}\u{feff}data: a\n\ndata: b\n\n", &["b"]),
        ("data: a\n\u{feff}data: b\n\n", &["a"]),
        // What has no empty line behind it is no event.
        ("data: a\n\ndata: b\n", &["a"]),
        ("data: a", &[]),
        // Fields that are none, and such as are not what they seem.
        ("Data: a\n data: b\ndata : c\nother: d\ndata: e\n\n", &["e"]),
        ("event: only\n\n", &[]),
        ("id: 7\n\n", &[]),
        ("data: a: b\n\n", &["a: b"]),
        (":\n:data: a\n\n", &[]),
        ("\n\n\n\n", &[]),
        ("data: \u{e9}\u{1f600}\n\n", &["\u{e9}\u{1f600}"]),
        ("data: a\tb\u{0}c\u{b}d\n\n", &["a\tb\u{0}c\u{b}d"]),
    ];
    for (text, expected) in table {
        assert_eq!(data(text), expected, "{text:?}");
    }
    assert_eq!(
        whole(b"data: \xff\xc3(\n\n")[0].2,
        "\u{fffd}\u{fffd}(",
        "what is no UTF-8 is replaced"
    );
}

#[test]
fn types_and_ids() {
    let text = "event: add\nid: 1\ndata: a\n\ndata: b\n\nid: 2\n\nevent: x\nevent\ndata: c\n\nid: 3\u{0}\ndata: d\n\nid\ndata: e\n\n";
    let found = whole(text.as_bytes());
    let expected = [
        ("add", "1", "a"),
        // The type is of one event alone; the id stays.
        ("message", "1", "b"),
        // An event without data is none, but its id counts.
        ("message", "2", "c"),
        // An id with the character NULL is none.
        ("message", "2", "d"),
        ("message", "", "e"),
    ];
    let found: Vec<_> = found
        .iter()
        .map(|(event, id, data)| (event.as_str(), id.as_str(), data.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_wait_that_the_server_asks_for() {
    for (text, expected) in [
        ("retry: 2500\n", Some(2500)),
        ("retry:0\n", Some(0)),
        ("retry: 1\nretry: 2\n\n", Some(2)),
        (
            "retry: 1\nretry: -2\nretry: 3.5\nretry: 4s\nretry\nretry: \nretry:  5\n",
            Some(1),
        ),
        ("retry: 99999999999999999999999999\n", None),
        ("retry: 1", None),
    ] {
        let mut parser = EventParser::new(CAP);
        parser.feed(text.as_bytes());
        assert_eq!(parser.retry(), expected.map(Duration::from_millis), "{text:?}");
    }
}

/// A text with everything in it gives the same events wherever it is split in two, and in three at each pair of places.
#[test]
fn pieces_do_not_matter() {
    let text = "\u{feff}: c\r\nid: \u{e9}1\r\nevent: add\rdata: \u{1f600}\ndata: two\r\n\r\n\r\ndata\r\rretry: 17\n\nid:2\ndata: last\r\n\r\nid: 3\ndata: lost\r\n".as_bytes();
    let expected = whole(text);
    assert_eq!(expected.len(), 3);
    for first in 0..=text.len() {
        for second in first..=text.len() {
            let mut parser = EventParser::new(CAP);
            let mut found = Vec::new();
            for chunk in [&text[..first], &text[first..second], &text[second..]] {
                parser.feed(chunk);
                found.extend(events(&mut parser));
            }
            assert_eq!(found, expected, "split at {first} and {second}");
            assert_eq!(
                (parser.last_event_id(), parser.retry()),
                ("2", Some(Duration::from_millis(17)))
            );
        }
    }
    let mut parser = EventParser::new(CAP);
    for byte in text {
        parser.feed(&[*byte]);
    }
    assert_eq!(events(&mut parser), expected);
}

#[test]
fn another_connection_starts_anew_behind_the_last_event() {
    let mut parser = EventParser::new(CAP);
    parser.feed(b"retry: 5\nid: 1\ndata: a\n\nid: 2\nevent: x\ndata: lost");
    parser.reconnect();
    assert_eq!(
        (parser.last_event_id(), parser.retry()),
        ("1", Some(Duration::from_millis(5)))
    );
    parser.feed("\u{feff}data: b\n\n".as_bytes());
    assert_eq!(
        events(&mut parser),
        [
            ("message".to_owned(), "1".to_owned(), "a".to_owned()),
            ("message".to_owned(), "1".to_owned(), "b".to_owned())
        ]
    );
}

/// An event that is too large is reported once. It is the only one lost, and takes no memory.
#[test]
fn an_event_may_not_be_larger_than_the_cap() {
    let long = "x".repeat(100);
    for (text, expected) in [
        (format!("data: {long}\n\n"), vec![None]),
        (
            format!("data: a\ndata: {long}\ndata: b\nid: 1\n\ndata: c\n\n"),
            vec![None, Some("c")],
        ),
        // Lines that are short each, but too many.
        ("data: 0123456789\n".repeat(4) + "\ndata: c\n\n", vec![None, Some("c")]),
        (format!("event: {long}\ndata: a\n\ndata: c\n\n"), vec![None, Some("c")]),
        (format!("{long}: y\ndata: a\n\ndata: c\n\n"), vec![None, Some("c")]),
        // A comment is no part of an event, whatever its length.
        (format!("data: a\n:{long}\n\ndata: c\n\n"), vec![Some("a"), Some("c")]),
        (
            format!("data: {}\n\n", "y".repeat(26)),
            vec![Some("yyyyyyyyyyyyyyyyyyyyyyyyyy")],
        ),
    ] {
        for size in 1..text.len() {
            let mut parser = EventParser::new(32);
            for chunk in text.as_bytes().chunks(size) {
                parser.feed(chunk);
            }
            let found: Vec<Option<String>> = std::iter::from_fn(|| parser.next_event())
                .map(|event| event.map(|event| event.data))
                .collect();
            assert_eq!(
                found.iter().map(Option::as_deref).collect::<Vec<_>>(),
                expected,
                "{text:?} by {size}"
            );
        }
    }
}
