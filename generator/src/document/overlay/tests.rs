//! The cases of the `OpenAPI` Initiative, and tables of our own.

use std::fs;
use std::path::Path;

use super::{Change, Miss, Overlay};
use crate::diagnostic::{At, Diagnostic, Diagnostics, Severity};
use crate::document::{Node, read};
use crate::source::Sources;

/// Reads a text that has no faults.
fn node(sources: &mut Sources, name: &str, text: &str) -> Node {
    let mut diagnostics = Diagnostics::default();
    let node = read(sources, name, text, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{name}: {diagnostics:?}\n{text}");
    node.unwrap()
}

#[test]
fn the_cases_of_the_standard_come_out_as_they_should() {
    // Cargo runs tests in the folder of their package.
    let cases = Path::new("../tests/fixtures/overlay-cases");
    let mut count = 0;
    for case in fs::read_dir(cases)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
    {
        let mut sources = Sources::default();
        let mut file = |name: &str| node(&mut sources, name, &fs::read_to_string(case.join(name)).unwrap());
        let (mut document, overlay, output) = (file("openapi.yaml"), file("overlay.yaml"), file("output.yaml"));
        let mut diagnostics = Diagnostics::default();
        let overlay = Overlay::parse(&overlay, &mut diagnostics).unwrap();
        let changes = overlay.apply(&mut document, Miss::Error, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", case.display());
        assert!(
            changes.actions.iter().all(|change| change.matched > 0),
            "{}: {changes}",
            case.display()
        );
        assert!(document == output, "{}", case.display());
        count += 1;
    }
    assert_eq!(count, 8);
}

/// Applies the actions, and returns the document, the codes of the errors, and what changed.
fn apply(version: &str, document: &str, actions: &str) -> (Node, Vec<&'static str>, Vec<Change>) {
    let mut sources = Sources::default();
    let mut document = node(&mut sources, "openapi.yaml", document);
    let text = format!("overlay: {version}\ninfo: {{title: a, version: '1'}}\nactions: {actions}\n");
    let overlay = node(&mut sources, "overlay.yaml", &text);
    let mut diagnostics = Diagnostics::default();
    let overlay = Overlay::parse(&overlay, &mut diagnostics);
    let changes = overlay.map(|overlay| overlay.apply(&mut document, Miss::Error, &mut diagnostics));
    for diagnostic in diagnostics.iter() {
        assert!(diagnostic.help.is_some(), "{diagnostic:?}");
        let At::Node(origin) = diagnostic.at else {
            panic!("{diagnostic:?}")
        };
        assert!(sources.locate(origin).is_some(), "{diagnostic:?}");
    }
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    (
        document,
        errors.map(|diagnostic| diagnostic.code).collect(),
        changes.unwrap_or_default().actions,
    )
}

/// Version 1.1, or both, with the document, the actions, and the document after them.
const APPLIED: &str = r#"
# Merging, rules 1 to 5.
both | {a: {b: 1, c: 2}} | [{target: $.a, update: {c: 3, d: 4}}] | {"a":{"b":1,"c":3,"d":4}}
both | {a: {b: [1, 2]}} | [{target: $.a, update: {b: [2, 3]}}] | {"a":{"b":[1,2,2,3]}}
both | {a: {b: {c: 1}}} | [{target: $, update: {a: {b: {d: x}}}}] | {"a":{"b":{"c":1,"d":"x"}}}
both | {a: {b: x}} | [{target: $.a, update: {b: null}}] | {"a":{"b":null}}
both | {a: null} | [{target: $, update: {a: 1.50}}] | {"a":1.5}
both | {a: {b: 1}, c: {b: 2}} | [{target: $.*, update: {d: 0}}] | {"a":{"b":1,"d":0},"c":{"b":2,"d":0}}
# A target that is an array.
both | {a: [1]} | [{target: $.a, update: {b: 2}}] | {"a":[1,{"b":2}]}
both | {a: [1]} | [{target: $.a, update: x}] | {"a":[1,"x"]}
both | {a: [1]} | [{target: $.a, update: [2, [3]]}] | {"a":[1,2,[3]]}
both | {a: [1]} | [{target: $.a, update: null}] | {"a":[1,null]}
both | {a: [1]} | [{target: '$["a", "a"]', update: 2}] | {"a":[1,2]}
# A target that is a primitive.
1.1 | {a: [x, y]} | [{target: '$.a[1]', update: 5}] | {"a":["x",5]}
1.1 | {a: 1, b: true} | [{target: $.*, update: null}] | {"a":null,"b":null}
both | {a: [x, y, z]} | [{target: '$.a[0,2]', remove: true}] | {"a":["y"]}
# Nodes of different kinds.
1.0 | {a: {}, b: []} | [{target: $.*, update: {c: 1}}] | {"a":{"c":1},"b":[{"c":1}]}
# Removing.
both | {a: 1, b: 2, c: 3} | [{target: $.b, remove: true}] | {"a":1,"c":3}
both | {a: {a: {a: 1}}, b: 2} | [{target: $..a, remove: true}] | {"b":2}
both | [1, 2, 3, 4] | [{target: '$[0,0,1,2,1]', remove: true}] | [4]
both | [[1, 2], [3]] | [{target: '$..*', remove: true}] | []
both | {a: 1, b: 2} | [{target: $.a, remove: true, update: {c: 3}}] | {"b":2}
both | {a: {b: 1}} | [{target: $.a, remove: false, update: {c: 3}}] | {"a":{"b":1,"c":3}}
both | {a~b: {c/d: 1}} | [{target: "$['a~b']['c/d']", remove: true}] | {"a~b":{}}
# One action after the other.
both | {a: [1]} | [{target: $.a, remove: true}, {target: $, update: {a: [2]}}] | {"a":[2]}
both | {a: {}} | [{target: $.a, update: {b: {}}}, {target: $.a.b, update: {c: 1}}] | {"a":{"b":{"c":1}}}
both | {a: [1]} | [{target: $.a, update: 2}, {target: '$.a[?@ == 2]', remove: true}] | {"a":[1]}
both | {a: [[1]]} | [{target: '$.a[0]', remove: true}, {target: '$.a[0]', update: 2}] | {"a":[]} overlay-target-unmatched
# Copying.
1.1 | {a: {x: 1}, b: {y: 2}} | [{target: $.b, copy: $.a}] | {"a":{"x":1},"b":{"y":2,"x":1}}
1.1 | {a: 1} | [{target: $, update: {b: {}}}, {target: $.b, copy: $}] | {"a":1,"b":{"a":1,"b":{}}}
1.1 | {a: {x: 1}} | [{target: $.a, copy: $}] | {"a":{"x":1,"a":{"x":1}}}
1.1 | {a: [1], b: [2, 3]} | [{target: $.a, copy: $.b}] | {"a":[1,2,3],"b":[2,3]}
1.1 | {a: 1, b: 2} | [{target: $.a, copy: $.b}] | {"a":2,"b":2}
# An action that misses.
both | {a: 1} | [{target: $.b, remove: true}] | {"a":1} overlay-target-unmatched
both | {a: 1} | [{target: $.b, update: {}}, {target: $, update: {a: 2}}] | {"a":2} overlay-target-unmatched
# Merging, rule 6.
both | {a: {b: x}} | [{target: $.a, update: {b: {}}}] | {"a":{"b":"x"}} overlay-merge
both | {a: {b: []}} | [{target: $.a, update: {b: {}}}] | {"a":{"b":[]}} overlay-merge
both | {a: {b: []}} | [{target: $.a, update: {b: 1}}] | {"a":{"b":[]}} overlay-merge
both | {a: {}} | [{target: $, update: {a: null, b: 1}}] | {"a":{},"b":1} overlay-merge
both | {a: {}} | [{target: $, update: {a: 1, b: {}}}, {target: $.b, update: x}] | {"a":{},"b":{}} overlay-merge overlay-merge
both | {a: {}} | [{target: $.a, update: [x]}] | {"a":{}} overlay-merge
1.1 | {a: 1} | [{target: $.a, update: {b: 1}}] | {"a":1} overlay-merge
1.1 | {a: {}, b: 1} | [{target: $.a, copy: $.b}] | {"a":{},"b":1} overlay-merge
# A target of a kind that the version does not take.
1.0 | {a: 1} | [{target: $.a, update: 2}] | {"a":1} overlay-target
1.0 | {a: null, b: {}} | [{target: $.*, update: {}}] | {"a":null,"b":{}} overlay-target
1.1 | {a: [], b: {}} | [{target: $.*, update: {c: 1}}] | {"a":[],"b":{}} overlay-target
# The rest.
1.1 | {a: {}, b: [1, 2]} | [{target: $.a, copy: '$.b[*]'}] | {"a":{},"b":[1,2]} overlay-copy
1.1 | {a: {}} | [{target: $.a, copy: $.b}] | {"a":{}} overlay-copy
both | {a: 1} | [{target: $, remove: true}] | {"a":1} overlay-root
1.1 | {a: {}, b: 1} | [{target: $.a, copy: $.b, update: {}}] | {"a":{},"b":1} overlay-update-and-copy
both | {a: 1} | [{target: a, remove: true}] | {"a":1} overlay-jsonpath
both | {a: 1} | [{target: '$[?@.a = 1]', remove: true}] | {"a":1} overlay-jsonpath
"#;

/// Returns the lines of a table, cut into columns, without its comments.
fn rows<const COLUMNS: usize>(table: &str) -> impl Iterator<Item = [&str; COLUMNS]> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split(" | ").collect::<Vec<_>>().try_into().unwrap())
}

#[test]
fn actions_follow_the_rules_of_both_versions() {
    for [versions, document, actions, expected] in rows(APPLIED) {
        for version in ["1.0", "1.1"]
            .into_iter()
            .filter(|version| versions == "both" || versions == *version)
        {
            let (document, faults, _) = apply(&format!("{version}.0"), document, actions);
            let found = std::iter::once(document.to_string()).chain(faults.into_iter().map(str::to_owned));
            assert_eq!(found.collect::<Vec<_>>().join(" "), expected, "{version}: {actions}");
        }
    }
}

#[test]
fn an_action_without_effect_is_a_warning() {
    let overlay = "{overlay: 1.1.0, info: {title: a, version: '1'}, actions: [{target: $.a}, \
        {target: $.b, remove: true, copy: $.a}]}";
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    assert!(Overlay::parse(&node(&mut sources, "a.yaml", overlay), &mut diagnostics).is_some());
    let shown = |fault: &Diagnostic| format!("{} {} {}", fault.severity.as_str(), fault.code, fault.pointer);
    let found: Vec<_> = diagnostics.iter().map(shown).collect();
    assert_eq!(
        found,
        [
            "warning overlay-without-effect /actions/0",
            "warning overlay-without-effect /actions/1"
        ]
    );
}

/// Overlays that are not valid, with the code and the pointer of a fault.
///
/// `INFO` and `ACTIONS` stand for valid ones.
const INVALID: &str = "
[] | overlay-invalid:
{overlay: 1.0.0, INFO} | overlay-invalid:
{INFO, ACTIONS} | overlay-invalid:
{overlay: 1.0.0, ACTIONS} | overlay-invalid:
{overlay: 1.0.0, INFO, ACTIONS, more: 1} | overlay-invalid:/more
{overlay: 1.0.0, INFO, ACTIONS, extends: 1} | overlay-invalid:/extends
{overlay: '1.1', INFO, ACTIONS} | overlay-version:/overlay
{overlay: 1.2.0, INFO, ACTIONS} | overlay-version:/overlay
{overlay: 1.0, INFO, ACTIONS} | overlay-version:/overlay
{overlay: 1.0.x, INFO, ACTIONS} | overlay-version:/overlay
{overlay: 1.0., INFO, ACTIONS} | overlay-version:/overlay
{overlay: [], INFO, ACTIONS} | overlay-version:/overlay
{overlay: 1.0.0, info: [], ACTIONS} | overlay-invalid:/info
{overlay: 1.0.0, info: {title: a}, ACTIONS} | overlay-invalid:/info
{overlay: 1.0.0, info: {title: a, version: 1}, ACTIONS} | overlay-invalid:/info/version
{overlay: 1.0.0, info: {title: a, version: '1', description: b}, ACTIONS} | overlay-invalid:/info/description
{overlay: 1.0.0, INFO, actions: []} | overlay-invalid:/actions
{overlay: 1.0.0, INFO, actions: {}} | overlay-invalid:/actions
{overlay: 1.0.0, INFO, actions: [x]} | overlay-invalid:/actions/0
{overlay: 1.0.0, INFO, actions: [{remove: true}]} | overlay-invalid:/actions/0
{overlay: 1.0.0, INFO, actions: [{target: 1, remove: true}]} | overlay-invalid:/actions/0/target
{overlay: 1.0.0, INFO, actions: [{target: $, remove: 1}]} | overlay-invalid:/actions/0/remove
{overlay: 1.0.0, INFO, actions: [{target: $, copy: $.a}]} | overlay-invalid:/actions/0/copy
{overlay: 1.0.0, INFO, actions: [{target: $.a, Update: 1}]} | overlay-invalid:/actions/0/Update
{overlay: 1.0.0, INFO, actions: [{target: $.a, description: 1}]} | overlay-invalid:/actions/0/description
{overlay: 1.0.0, INFO, actions: [{target: $.a, update: x}, {update: x, target: $.a}]} | overlay-invalid:/actions/1
{overlay: 1.1.0, INFO, actions: [{target: $, copy: '$['}]} | overlay-jsonpath:/actions/0/copy
{overlay: 1.1.0, INFO, actions: [{target: '$[?((((((((((((@.a))))))))))))]'}]} | overlay-jsonpath:/actions/0/target
";

#[test]
fn an_overlay_must_be_valid() {
    for [text, expected] in rows(INVALID) {
        let text = text.replace("INFO", "info: {title: a, version: '1'}");
        let text = text.replace("ACTIONS", "actions: [{target: $.a, remove: true}]");
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let node = node(&mut sources, "overlay.yaml", &text);
        assert!(Overlay::parse(&node, &mut diagnostics).is_none(), "{text}");
        let shown = |fault: &Diagnostic| format!("{}:{}", fault.code, fault.pointer);
        let found: Vec<_> = diagnostics.iter().map(shown).collect();
        assert!(found.contains(&expected.to_owned()), "{text}: {found:?}");
        assert!(diagnostics.iter().all(|diagnostic| diagnostic.help.is_some()), "{text}");
    }
}

#[test]
fn an_overlay_may_have_all_that_its_version_knows() {
    let text = "{overlay: 1.1.9, x-a: 1, extends: a.yaml, info: {title: a, version: '1', description: b, x-b: 1}, \
        actions: [{target: $, description: c, x-c: 1, update: {}}]}";
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let overlay = Overlay::parse(&node(&mut sources, "a.yaml", text), &mut diagnostics).unwrap();
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(overlay.extends(), Some("a.yaml"));
}

#[test]
fn a_fault_of_a_query_names_the_character() {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let text = "{overlay: 1.0.0, info: {title: a, version: '1'}, actions: [{target: '$.öö[?@.x=1]', remove: true}]}";
    Overlay::parse(&node(&mut sources, "a.yaml", text), &mut diagnostics);
    let diagnostic = diagnostics.iter().next().unwrap();
    assert_eq!(
        diagnostic.message,
        "`$.öö[?@.x=1]` is not a JSONPath query: in long-hand segment, expected closing ']' at character 10"
    );
}

#[test]
fn nodes_of_an_overlay_keep_their_places() {
    let mut sources = Sources::default();
    let mut document = node(&mut sources, "openapi.yaml", "a:\n  b: 1\n  c: {d: 2}\n");
    let overlay = node(
        &mut sources,
        "overlay.yaml",
        "overlay: 1.1.0\ninfo: {title: a, version: '1'}\nactions:\n- target: $.a\n  update: {b: 3, e: {f: 4}}\n\
         - target: $.a.e\n  copy: $.a.c\n",
    );
    let mut diagnostics = Diagnostics::default();
    let overlay = Overlay::parse(&overlay, &mut diagnostics).unwrap();
    let changes = overlay.apply(&mut document, Miss::Error, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(
        changes.to_string(),
        "2 of 2 actions matched 2 nodes: 1 updated, 0 removed, 1 copied to"
    );
    let place = |keys: &[&str]| {
        let node = keys.iter().fold(&document, |node, key| node.get(key).unwrap());
        let place = sources.locate(node.origin).unwrap();
        (node.origin.source, place.line, place.column)
    };
    assert_eq!(place(&["a"]), (0, 2, 3));
    assert_eq!(place(&["a", "b"]), (1, 5, 15));
    assert_eq!(place(&["a", "e", "f"]), (1, 5, 25));
    assert_eq!(place(&["a", "e", "d"]), (0, 3, 10));
}

#[test]
fn a_miss_may_be_ignored() {
    let mut sources = Sources::default();
    let mut document = node(&mut sources, "openapi.yaml", "a: 1");
    let text = "{overlay: 1.0.0, info: {title: a, version: '1'}, actions: [{target: $.b, remove: true}]}";
    let mut diagnostics = Diagnostics::default();
    let overlay = Overlay::parse(&node(&mut sources, "overlay.yaml", text), &mut diagnostics).unwrap();
    assert_eq!(
        overlay.apply(&mut document, Miss::Ignore, &mut diagnostics).actions,
        [Change::default()]
    );
    assert!(diagnostics.is_empty());
}

#[test]
fn an_overlay_cannot_grow_without_limit() {
    let repeated = |action: &str| {
        let actions = (0..40).map(|step| action.replace("STEP", &step.to_string()));
        format!("[{}]", actions.collect::<Vec<_>>().join(", "))
    };
    let (_, codes, _) = apply("1.1.0", "{a: [1]}", &repeated("{target: $.a, copy: $.a, x-step: STEP}"));
    assert_eq!(codes.first(), Some(&"overlay-too-large"));
    let deepening = "{target: '$..[?length(@) == 0]', copy: $, x-step: STEP}";
    let (_, codes, _) = apply("1.1.0", "{a: {b: {}}}", &repeated(deepening));
    assert_eq!(codes.first(), Some(&"too-deep"));
}
