//! Lists by offset, by page number and by cursor.

use std::cell::RefCell;

use crate::server::{FROM_0, Script, Style, all, at, numbers, response, words};

#[test]
fn an_offset_goes_on_behind_what_came_until_the_total() {
    let script =
        Script::new(|query: &str| response(&format!(r#"{{"total": "7", "items": {}}}"#, numbers(at(query), 3, 7))));
    let (items, error) = script.items(Style::Offset, None);
    assert_eq!((items.as_slice(), error.is_none()), (&FROM_0[..], true));
    assert_eq!(script.queries(), ["", "at=3", "at=6"]);
    // A walk may start anywhere, and ends at the same place.
    let (items, _) = script.items(Style::Offset, Some("4"));
    assert_eq!((items.as_slice(), script.queries().len()), (&FROM_0[4..], 1));
    let (items, _) = script.items(Style::Offset, Some("7"));
    assert_eq!((items.len(), script.queries().len()), (0, 1));
}

#[test]
fn without_a_total_only_an_empty_page_is_the_last() {
    // The second page is short, as it is where a server leaves out what a caller must not see.
    let script = Script::new(|query: &str| {
        let most = if at(query) == 3 { 1 } else { 3 };
        response(&format!(r#"{{"items": {}}}"#, numbers(at(query), most, 7)))
    });
    let (items, error) = script.items(Style::Offset, None);
    assert_eq!((items.as_slice(), error.is_none()), (&FROM_0[..], true));
    assert_eq!(script.queries(), ["", "at=3", "at=4", "at=7"]);
}

#[test]
fn an_empty_first_page_is_the_last() {
    for style in [Style::Offset, Style::Page { first: 1 }, Style::Cursor, Style::Link] {
        let script = Script::new(|_: &str| response(r#"{"items": []}"#));
        let mut pages = script.pages(style, None);
        assert!(pages.next().unwrap().is_ok(), "{style:?}");
        assert!(pages.next().is_none() && pages.next().is_none(), "{style:?}");
        assert_eq!(script.queries().len(), 1, "{style:?}");
    }
}

#[test]
fn pages_are_sent_for_one_by_one() {
    let script = Script::new(|query: &str| response(&format!(r#"{{"items": {}}}"#, numbers(at(query), 2, 100))));
    let mut items = script.pages(Style::Offset, None).items();
    assert_eq!(script.queries().len(), 0);
    let first: Vec<i64> = items
        .by_ref()
        .take(2)
        .map(|item| item.unwrap().as_i64().unwrap())
        .collect();
    assert_eq!((first, script.queries().len()), (vec![0, 1], 1));
    assert_eq!(items.next().unwrap().unwrap().as_i64(), Some(2));
    assert_eq!(script.queries(), ["at=2"]);
}

#[test]
fn a_server_that_does_not_go_on_is_found_out() {
    for (style, body) in [
        (Style::Offset, r#"{"items": [1, 2]}"#),
        (Style::Offset, r#"{"total": 9, "items": [1, 2]}"#),
        (Style::Page { first: 0 }, r#"{"items": [1, 2]}"#),
        (Style::Page { first: 1 }, r#"{"total": 9, "items": [1, 2]}"#),
    ] {
        let script = Script::new(|_: &str| response(body));
        let (items, error) = script.items(style, None);
        let words = words(error);
        assert!(words.contains("the items of the previous page"), "{words}");
        assert_eq!((items, script.queries().len()), (vec![1, 2], 2), "{style:?} {body}");
    }
    // What differs beside the items does not hide it.
    let count = RefCell::new(0);
    let script = Script::new(|_: &str| {
        *count.borrow_mut() += 1;
        response(&format!(r#"{{"took": {}, "items": [1, 2]}}"#, count.borrow()))
    });
    assert!(script.items(Style::Offset, None).1.is_some());
    assert_eq!(script.queries().len(), 2);
}

#[test]
fn a_list_may_hold_the_same_items_over_and_over() {
    let script =
        Script::new(|query: &str| response(&format!(r#"{{"total": 6, "at": {}, "items": [5, 5]}}"#, at(query))));
    let (items, error) = script.items(Style::Offset, None);
    assert_eq!((items, error.is_none()), (vec![5; 6], true));
}

#[test]
fn pages_are_numbered_from_the_first() {
    for first in [0, 1] {
        let script = Script::new(move |query: &str| {
            let number = if query.is_empty() { first } else { at(query) };
            let items = numbers((number - first) * 3, 3, 7);
            response(&format!(r#"{{"total": 7, "items": {items}}}"#))
        });
        let style = Style::Page { first: first as u64 };
        let (items, error) = script.items(style, None);
        assert_eq!((items.as_slice(), error.is_none()), (&FROM_0[..], true));
        let expected = [String::new(), format!("at={}", first + 1), format!("at={}", first + 2)];
        assert_eq!(script.queries(), expected);
        // From a page in the middle: what was skipped counts towards the total.
        let (items, _) = script.items(style, Some(&(first + 1).to_string()));
        assert_eq!((items.as_slice(), script.queries().len()), (&FROM_0[3..], 2));
        // The last page is shorter than those before it: it takes one without items to know.
        let (items, _) = script.items(style, Some(&(first + 2).to_string()));
        assert_eq!((items.as_slice(), script.queries().len()), (&FROM_0[6..], 2));
    }
}

#[test]
fn cursors_are_followed_to_the_end() {
    for (style, last) in [
        (Style::Cursor, r#""items": [3]"#),
        (Style::Cursor, r#""items": [3], "next": null"#),
        (Style::Cursor, r#""items": [3], "next": """#),
        (Style::Cursor, r#""items": [3], "next": "d", "more": false"#),
    ] {
        let script = Script::new(|query: &str| {
            let body = match query {
                "" => r#""items": [1, 2], "next": "b c", "more": true"#,
                // A page without items leads on as well, and a cursor may be a number.
                "at=b%20c" => r#""items": [], "next": 17"#,
                "at=17" => last,
                other => panic!("{other}"),
            };
            response(&format!("{{{body}}}"))
        });
        let (items, error) = script.items(style, None);
        assert_eq!((items, error.is_none()), (vec![1, 2, 3], true), "{last}");
        assert_eq!(script.queries(), ["", "at=b%20c", "at=17"], "{last}");
    }
}

#[test]
fn a_cursor_that_came_before_ends_the_walk_behind_its_page() {
    let script = Script::new(|query: &str| {
        let (item, next) = match query {
            "at=a" => (1, "b"),
            "at=b" => (2, "c"),
            _ => (3, "a"),
        };
        response(&format!(r#"{{"items": [{item}], "next": "{next}"}}"#))
    });
    let (items, error) = script.items(Style::Cursor, Some("a"));
    let message = words(error);
    assert!(
        message.contains("a page that was not requested before, found `a`"),
        "{message}"
    );
    assert_eq!((items, script.queries().len()), (vec![1, 2, 3], 3));
    let lost = Script::new(|_: &str| response(r#"{"items": [1], "more": true}"#));
    let (items, error) = lost.items(Style::Cursor, None);
    let message = words(error);
    assert!(message.contains("since there are more items"), "{message}");
    assert_eq!(items, [1]);
}

#[test]
fn an_error_keeps_its_status_and_the_walk_can_go_on() {
    let is_down = RefCell::new(true);
    let script = Script::new(|query: &str| {
        if at(query) == 4 && is_down.replace(false) {
            let mut response = response("out of order");
            *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
            return response;
        }
        response(&format!(r#"{{"total": 7, "items": {}}}"#, numbers(at(query), 2, 7)))
    });
    let mut items = script.pages(Style::Offset, None).items();
    let (before, error) = all(&mut items);
    let error = error.unwrap();
    assert_eq!(
        (before.as_slice(), error.status().unwrap().as_u16()),
        (&FROM_0[..4], 503)
    );
    assert_eq!(error.response().unwrap().body, "out of order");
    assert!(items.next().is_none() && items.next().is_none());
    assert_eq!(script.queries(), ["", "at=2", "at=4"]);
    items.resume();
    let (behind, error) = all(&mut items);
    assert_eq!((behind.as_slice(), error.is_none()), (&FROM_0[4..], true));
    items.resume();
    assert!(items.next().is_none());
    assert_eq!(script.queries(), ["at=4", "at=6"]);
}
