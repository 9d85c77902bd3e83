//! Tables of what is read, and of what is refused.

mod places;

use super::{MAX_DEPTH, read};
use crate::diagnostic::{At, Diagnostic, Diagnostics};
use crate::document::Node;
use crate::source::{Pointer, Sources};

struct Outcome {
    sources: Sources,
    diagnostics: Diagnostics,
    node: Option<Node>,
}

fn outcome(name: &str, text: &str) -> Outcome {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let node = read(&mut sources, name, text, &mut diagnostics);
    Outcome {
        sources,
        diagnostics,
        node,
    }
}

/// Reads a text without faults and prints it as JSON.
fn json_of(name: &str, text: &str) -> String {
    let Outcome { diagnostics, node, .. } = outcome(name, text);
    assert!(diagnostics.is_empty(), "{text:?}: {diagnostics:?}");
    node.unwrap().to_string()
}

impl Outcome {
    /// Returns each diagnostic as `code line:column`.
    fn faults(&self) -> Vec<String> {
        let shown = |diagnostic: &Diagnostic| {
            let (line, column) = self.place(diagnostic.at);
            format!("{} {line}:{column}", diagnostic.code)
        };
        self.diagnostics.iter().map(shown).collect()
    }

    fn place(&self, at: At) -> (usize, usize) {
        match at {
            At::Node(origin) => self
                .sources
                .locate(origin)
                .map(|place| (place.line, place.column))
                .unwrap(),
            At::Position { line, column, .. } => (line, column),
            At::Nowhere => (0, 0),
        }
    }
}

#[test]
fn yaml_becomes_json_values() {
    let cases = [
        (
            "a: [1, -2, 0x1F, 1.50, 1e3, 1e+400]",
            r#"{"a":[1,-2,31,1.5,1000.0,"1e+400"]}"#,
        ),
        (
            "- 18446744073709551616\n- -170141183460469231731687303715884105728",
            "[18446744073709551616,-170141183460469231731687303715884105728]",
        ),
        (
            "- 012\n- yes\n- 12:30\n- 2020-01-01",
            r#"["012","yes","12:30","2020-01-01"]"#,
        ),
        ("a: ~\nb:\nc: null\nd: ''", r#"{"a":null,"b":null,"c":null,"d":""}"#),
        (
            "200: a\ntrue: b\nnull: c\n1.0: d\n0x1F: e\n'x': f",
            r#"{"200":"a","true":"b","null":"c","1.0":"d","0x1F":"e","x":"f"}"#,
        ),
        (
            "a: !thing 5\nb: !!str 5\nc: !x {d: !y [e]}",
            r#"{"a":5,"b":"5","c":{"d":["e"]}}"#,
        ),
        ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", r#"{"a":"x\ny\n","b":"x y"}"#),
        (
            "a: &x {k: v}\nb: *x\nc: &y 1\n? *y\n: *y\n",
            r#"{"a":{"k":"v"},"b":{"k":"v"},"c":1,"1":1}"#,
        ),
        ("\u{feff}---\na: 1\n...\n", r#"{"a":1}"#),
        ("{a: b, 'c': [d]}", r#"{"a":"b","c":["d"]}"#),
    ];
    for (text, json) in cases {
        assert_eq!(json_of("a.yaml", text), json, "{text:?}");
    }
}

#[test]
fn yaml_keeps_the_digits_of_large_numbers() {
    let text = "a: [9223372036854775807.0, -9.223372036854775809e18, &x +18446744073709551615.50, *x, 1.5e3]";
    let expected = r#"{"a":[9223372036854775807.0,-9.223372036854775809e18,"#;
    let found = json_of("a.yaml", text);
    assert!(found.starts_with(expected), "{found}");
    // What is not written as a number of JSON has the digits of the nearest `f64`.
    assert!(found.ends_with(",1500.0]}"), "{found}");
}

#[test]
fn json_keeps_the_text_of_numbers_and_all_of_unicode() {
    let long = "k".repeat(2000);
    let cases = [
        (
            r#" {"a":[1.50,1E3,-0,1e999,18446744073709551616]}"#.to_owned(),
            r#"{"a":[1.50,1E3,-0,1e999,18446744073709551616]}"#.to_owned(),
        ),
        (
            r#"["\ud83d\ude00","\u0041\/\n"]"#.to_owned(),
            r#"["😀","A/\n"]"#.to_owned(),
        ),
        (format!("{{\"{long}\":null}}"), format!("{{\"{long}\":null}}")),
        (
            "\u{feff}\n[true,false,null,{},[]]\n".to_owned(),
            "[true,false,null,{},[]]".to_owned(),
        ),
        (
            r#"{"<<":{"a":1},"b":2}"#.to_owned(),
            r#"{"<<":{"a":1},"b":2}"#.to_owned(),
        ),
    ];
    for (text, json) in cases {
        assert_eq!(json_of("a.json", &text), json);
    }
}

#[test]
fn merge_keys_are_applied() {
    let cases = [
        (
            "a: &a {x: 1, y: 2}\nb:\n  z: 0\n  <<: *a\n  y: 3\n",
            r#"{"z":0,"x":1,"y":3}"#,
        ),
        (
            "a: &a {x: 1}\nc: &c {x: 2, w: 3}\nb:\n  <<: [*a, *c]\n",
            r#"{"x":1,"w":3}"#,
        ),
        ("a: &a {x: 1}\nc: &c {<<: *a, y: 2}\nb: {<<: *c}\n", r#"{"x":1,"y":2}"#),
        ("b: {<<: {x: 1}, '<<': 2}\n", r#"{"x":1,"<<":2}"#),
    ];
    for (text, json) in cases {
        let document = outcome("a.yaml", text);
        assert!(document.diagnostics.is_empty(), "{text:?}: {:?}", document.diagnostics);
        assert_eq!(document.node.unwrap().get("b").unwrap().to_string(), json, "{text:?}");
    }
}

/// Returns a few lines of aliases that stand for very many nodes.
fn laughs() -> String {
    (1..10).fold("a0: &a0 [x, x, x, x]\n".to_owned(), |text, level| {
        let alias = format!("*a{}", level - 1);
        text + &format!("a{level}: &a{level} [{alias}, {alias}, {alias}, {alias}]\n")
    })
}

/// Texts of which no tree can be made, with the code and the place of the one diagnostic.
#[test]
fn faults_of_syntax_have_a_code_and_a_place() {
    let deep = "[".repeat(MAX_DEPTH + 1);
    let deep_second = format!("a: 1\n---\nb: {}", "{a: ".repeat(50_000));
    let deep_odd = format!("b: {}\u{7f}", "{a: ".repeat(50_000));
    let deep_blocks = "- ".repeat(MAX_DEPTH + 1) + "x";
    let deep_flow = format!("a: {}", "[".repeat(2000));
    let bomb = laughs();
    let wide = format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(2000), "*a,".repeat(2000));
    let cases = [
        ("a: b: c\n", "yaml-syntax 1:5"),
        ("a: @b\n", "yaml-syntax 1:4"),
        ("a:\n - b\n  - c\n d\n", "yaml-syntax 5:1"),
        ("a: \u{7}\n", "yaml-syntax 1:4"),
        ("a: !!int x\n", "yaml-syntax 1:4"),
        ("é: x\na: \"\\q\"\n", "yaml-syntax 2:5"),
        ("a: 'b\nc: d\n", "yaml-unclosed 1:4"),
        ("a: \"b", "yaml-unclosed 1:4"),
        ("a: [b, c\nd: e\n", "yaml-unclosed 2:2"),
        ("a: {b: c\n", "yaml-unclosed 1:4"),
        ("a: {b: [\n", "yaml-unclosed 1:8"),
        ("a: [b, {c: d]\n", "yaml-unclosed 1:13"),
        ("a:\n\tb: c\n", "yaml-tab 2:1"),
        ("a:\n  b: c\n\td: e\n", "yaml-tab 3:1"),
        ("a: |\n \tb\n\tc\n", "yaml-tab 2:2"),
        ("a: *b\n", "yaml-unknown-alias 1:4"),
        ("paths:\n  {id}: x\n", "yaml-key 2:3"),
        ("a: &a [x]\n*a : y\n", "yaml-key 2:1"),
        ("a: &a x\nb: &a y\n", "yaml-duplicate-anchor 2:4"),
        ("a: &a [*a]\n", "too-deep 1:4"),
        (&bomb, "yaml-alias-bomb 2:5"),
        (&wide, "yaml-alias-bomb 1:3018"),
        (&deep, "too-deep 1:128"),
        (&deep_blocks, "too-deep 1:255"),
        (&deep_flow, "too-deep 1:131"),
        (&deep_odd, "too-deep 1:512"),
        (&deep_second, "too-deep 3:512"),
        ("", "empty-document 1:1"),
        ("# nothing\n---\n", "empty-document 1:1"),
        ("a: 1\n---\nb: 2\n", "yaml-multiple-documents 2:1"),
        ("{a: b}\n---\n{c: d}\n", "yaml-multiple-documents 2:1"),
    ];
    for (text, expected) in cases {
        let outcome = outcome("a.yaml", text);
        let shown = text.chars().take(60).collect::<String>();
        assert_eq!(outcome.faults(), [expected], "{shown:?}: {:?}", outcome.diagnostics);
        assert!(outcome.node.is_none(), "{shown:?}");
        assert!(
            outcome.diagnostics.iter().all(|diagnostic| diagnostic.help.is_some()),
            "{shown:?}"
        );
    }
}

#[test]
fn what_is_named_json_is_refused_as_json() {
    let cases = [
        ("{\"a\": 1,}", "json-syntax 1:8"),
        ("[1,\n 2,\n ]", "json-syntax 2:3"),
        ("{\"a\": 1\n\"b\": 2}", "json-syntax 1:8"),
        ("{\"é\": 'x'}", "json-syntax 1:7"),
        ("{a: 1}", "json-syntax 1:2"),
        ("[1, 2", "json-syntax 1:6"),
        ("[01]", "json-syntax 1:2"),
        ("[0, 1.]", "json-syntax 1:5"),
        ("[tru]", "json-syntax 1:2"),
        ("[\"a\nb\"]", "json-syntax 1:4"),
        ("[\"\\ud83d\"]", "json-syntax 1:9"),
        ("{} {}", "json-syntax 1:4"),
        ("{\"a\" 1}", "json-syntax 1:6"),
        ("[\"a\\q\"]", "json-syntax 1:5"),
        ("[\"a", "json-syntax 1:2"),
        ("{\"a\":\n\n", "json-syntax 1:6"),
        ("{\"a\": 1", "json-syntax 1:8"),
        ("[1 2]", "json-syntax 1:3"),
    ];
    for (text, expected) in cases {
        assert_eq!(outcome("a.json", text).faults(), [expected], "{text:?}");
    }
    assert_eq!(json_of("a.yaml", "{\"a\": 1,}"), r#"{"a":1}"#);
    assert_eq!(outcome("a.yaml", "{\"a\": [1}").faults(), ["yaml-unclosed 1:9"]);
    assert_eq!(outcome("A.JSON", "").faults(), ["empty-document 1:1"]);
}

#[test]
fn all_duplicate_keys_come_out_together() {
    let text = "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 4\nb: 5\n'a': 6\n";
    let yaml = outcome("a.yaml", text);
    assert_eq!(
        yaml.faults(),
        [
            "duplicate-key 5:3",
            "duplicate-key 6:1",
            "duplicate-key 7:1",
            "duplicate-key 8:1"
        ]
    );
    assert_eq!(yaml.node.as_ref().unwrap().to_string(), r#"{"a":6,"b":5}"#);
    let first = yaml.diagnostics.iter().next().unwrap();
    assert_eq!(first.pointer, Pointer::of(["b", "c"]));
    assert_eq!(yaml.place(first.related[0].0), (3, 3));

    let json = outcome("a.json", "{\"a\": {\"b\": 1, \"b\": 2},\n \"a\": 3}");
    assert_eq!(json.faults(), ["duplicate-key 1:16", "duplicate-key 2:2"]);
    assert_eq!(json.place(json.diagnostics.iter().nth(1).unwrap().related[0].0), (1, 2));
}

#[test]
fn a_fault_behind_an_anchor_is_reported_once() {
    let text = "a: &a {x: 1, x: .inf, <<: 5}\nb: *a\nc: [*a, {<<: *a}]\n&k k: 1\nd: {*k : 1, *k : 2}\n";
    let outcome = outcome("a.yaml", text);
    assert_eq!(
        outcome.faults(),
        [
            "yaml-not-finite 1:17",
            "duplicate-key 1:14",
            "yaml-merge-key 1:23",
            "duplicate-key 4:1"
        ]
    );
}

#[test]
fn faults_that_leave_a_tree_leave_one() {
    let cases = [
        (
            "a: .nan\nb: [-.INF]\n",
            &["yaml-not-finite 1:4", "yaml-not-finite 2:5"][..],
            r#"{"a":null,"b":[null]}"#,
        ),
        ("a: {<<: 5, b: 1}\n", &["yaml-merge-key 1:5"], r#"{"a":{"b":1}}"#),
        (
            "a: {<<: [{c: 1}, d], b: 1}\n",
            &["yaml-merge-key 1:5"],
            r#"{"a":{"c":1,"b":1}}"#,
        ),
        (
            "a: {<<: {c: 1}, <<: {d: 1}}\n",
            &["duplicate-key 1:17"],
            r#"{"a":{"c":1,"d":1}}"#,
        ),
    ];
    for (text, faults, json) in cases {
        let outcome = outcome("a.yaml", text);
        assert_eq!(outcome.faults(), faults, "{text:?}");
        assert_eq!(outcome.node.unwrap().to_string(), json, "{text:?}");
    }
    let failed = outcome("a.yaml", "a: 1\na: 2\nb: [\n");
    assert_eq!(failed.faults(), ["duplicate-key 2:1", "yaml-unclosed 3:4"]);
}

#[test]
fn documents_may_be_nested_up_to_the_limit() {
    let flow = "[".repeat(MAX_DEPTH) + &"]".repeat(MAX_DEPTH);
    assert_eq!(json_of("a.json", &flow), flow);
    assert_eq!(json_of("a.yaml", &format!("!t {flow}")), flow);
    let keys: String = (0..MAX_DEPTH - 1).map(|level| " ".repeat(level) + "a:\n").collect();
    assert_eq!(
        json_of("a.yaml", &format!("{keys}{}b: x", " ".repeat(MAX_DEPTH)))
            .matches('{')
            .count(),
        MAX_DEPTH
    );
}
