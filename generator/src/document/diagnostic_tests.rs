//! What diagnostics look like.

use crate::diagnostic::{At, Diagnostic, Diagnostics};
use crate::document::read;
use crate::source::{Pointer, Sources};

/// Reads a text with one fault, and renders that.
fn rendered(name: &str, text: &str, render: fn(&Diagnostic, &Sources) -> String) -> String {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let _ = read(&mut sources, name, text, &mut diagnostics);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    render(diagnostics.iter().next().unwrap(), &sources)
}

#[test]
fn a_node_is_shown_with_its_line_and_pointer() {
    let text = "paths:\n  /é/{a}:\n    get: {}\n    get: {}\n";
    assert_eq!(
        rendered("spec/a.yaml", text, Diagnostic::render),
        "\
warning[duplicate-key]: duplicate key `get` in an object
 --> spec/a.yaml:4:5
  |
4 |     get: {}
  |     ^
  = pointer: /paths/~1é~1{a}/get
  = spec/a.yaml:3:5: the first one is here, and is not read
  = help: remove or rename one of the two
"
    );
    assert_eq!(
        rendered("spec/a.yaml", text, Diagnostic::render_json),
        concat!(
            r#"{"severity":"warning","code":"duplicate-key","file":"spec/a.yaml","line":4,"column":5,"#,
            r#""pointer":"/paths/~1é~1{a}/get","message":"duplicate key `get` in an object","#,
            r#""help":"remove or rename one of the two","actions":[],"#,
            r#""related":[{"file":"spec/a.yaml","line":3,"column":5,"message":"the first one is here, and is not read"}]}"#
        )
    );
}

#[test]
fn a_position_is_shown_without_a_pointer() {
    let text = rendered("a.yaml", "a: 1\nb:\r\n\tc: 1\r\n", Diagnostic::render);
    assert_eq!(
        text,
        "\
error[yaml-tab]: a tab is used for indentation
 --> a.yaml:3:1
  |
3 |  c: 1
  | ^
  = help: indent with spaces; YAML does not allow tabs there
"
    );
}

#[test]
fn long_lines_are_cut_around_the_caret() {
    let (twice, pad) = (r#"{"a": 1, "a": 2}"#, "\"é\", ".repeat(100));
    let cases = [
        (format!("[{twice}, {pad}0]"), false, true),
        (format!("[{pad}{twice}, {pad}0]"), true, true),
        (format!("[{pad}{twice}]"), true, false),
        (format!("[{twice}]"), false, false),
    ];
    for (text, cut_before, cut_behind) in cases {
        let shown = rendered("a.json", &text, Diagnostic::render);
        let (line, caret) = (shown.lines().nth(3).unwrap(), shown.lines().nth(4).unwrap());
        let at_caret: String = line.chars().skip(caret.chars().count() - 1).take(6).collect();
        assert_eq!(at_caret, "\"a\": 2", "{shown}");
        assert_eq!(
            (line.starts_with("1 | …"), line.ends_with('…')),
            (cut_before, cut_behind),
            "{shown}"
        );
        assert!(line.chars().count() < 130, "{shown}");
    }
}

#[test]
fn an_alias_is_named_beside_the_anchor() {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let node = read(&mut sources, "a.yaml", "a: &a {b: 1}\nc: *a\n", &mut diagnostics).unwrap();
    let origin = node.get("c").unwrap().get("b").unwrap().origin;
    let diagnostic = Diagnostic::warning("odd", origin, Pointer::of(["c", "b"]), "odd").with_help("one\n  two\nthree");
    assert_eq!(
        diagnostic.render(&sources),
        "\
warning[odd]: odd
 --> a.yaml:1:11
  |
1 | a: &a {b: 1}
  |           ^
  = pointer: /c/b
  = a.yaml:2:4: reached through the alias here
  = help: one
            two
          three
"
    );
    assert!(
        diagnostic.render_json(&sources).contains(
            r#""related":[{"file":"a.yaml","line":2,"column":4,"message":"reached through the alias here"}]"#
        )
    );
}

#[test]
fn a_place_may_be_unknown() {
    let sources = Sources::default();
    let nowhere = Diagnostic::error_at("lost", At::Nowhere, "no \u{1b}[31mplace\n\u{202e}");
    assert_eq!(
        nowhere.render(&sources),
        "error[lost]: no \\u{1b}[31mplace\\u{a}\\u{202e}\n"
    );
    assert_eq!(
        nowhere.render_json(&sources),
        r#"{"severity":"error","code":"lost","file":null,"line":null,"column":null,"pointer":"","#.to_owned()
            + "\"message\":\"no \\u001b[31mplace\\n\u{202e}\",\"help\":null,\"actions\":[],\"related\":[]}"
    );
}

#[test]
fn one_place_has_one_diagnostic_of_a_code() {
    let at = At::Position {
        source: 0,
        line: 1,
        column: 1,
    };
    let mut diagnostics = Diagnostics::default();
    for (code, at) in [("a", at), ("a", at), ("b", at), ("a", At::Nowhere), ("a", At::Nowhere)] {
        diagnostics.push(Diagnostic::error_at(code, at, "x"));
    }
    assert_eq!(
        diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<String>(),
        "abaa"
    );
}
