//! What becomes of descriptions.

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::emit::docs::markdown::{cell, prose};
use crate::emit::docs::room::Room;

#[test]
fn a_cell_is_the_first_paragraph_in_one_line() {
    for (text, expected) in [
        ("Gets a\nwidget.\n\nAnd more.", "Gets a widget."),
        ("# Title\ntext", "Title"),
        ("- one\n- two", "one"),
        (
            "a | b, `c|d` and [e](https://f.g)<br>h",
            "a \\| b, `c\\|d` and [e](https://f.g) h",
        ),
        ("```\ncode\n```", ""),
        ("|a|b|\n|---|---|\n|c|d|", "a"),
        ("", ""),
    ] {
        assert_eq!(cell(text), expected, "{text}");
    }
}

#[test]
fn prose_stays_prose() {
    let table = [
        ("See https://example.com/a.", "See <https://example.com/a>."),
        ("(https://example.com/a_(b)).", "(<https://example.com/a_(b)>)."),
        ("An [array] of <T>", "An \\[array\\] of \\<T>"),
        ("Set dataTable or data_table", "Set `dataTable` or `data_table`"),
        (
            "Some deviceIds, NodeResources of URLs or “MyApis”",
            "Some `deviceIds`, `NodeResources` of URLs or “`MyApis`”",
        ),
        (
            "by code_part=log_level,code_part=x",
            "by `code_part=log_level,code_part=x`",
        ),
        ("```\ncode\n```", "```text\ncode\n```"),
        ("```js\nopen", "```text\nopen\n```"),
        ("~~~\na ``` b\n~~~", "````text\na ``` b\n````"),
        ("    indented\n", "```text\nindented\n```"),
        ("see [this](https://a.b)", "see [this](https://a.b)"),
        (
            "see [all of this](https://a.b/c_d 'T')",
            "see [all of this](https://a.b/c_d \"T\")",
        ),
        (
            "see [all of\nthis][1]\n\n[1]: https://a.b",
            "see [all of this](https://a.b)",
        ),
        (
            "see [the `list`](#list) or [docs](/docs/a_b)",
            "see the `list` or docs (`/docs/a_b`)",
        ),
        ("see [`Vec`](Vec) and [Foo::bar]", "see `Vec` and \\[`Foo::bar`\\]"),
        ("<https://a.b> and <a@b.example>", "<https://a.b> and <a@b.example>"),
        ("![a chart](https://a.b/c.png)", "[a chart](https://a.b/c.png)"),
        ("a ` b", "a \\` b"),
        ("*/ \" \\ #", "\\*/ \" \\\\ #"),
        ("a * b, *c*, __d__ and 2*3", "a * b, *c*, **d** and 2\\*3"),
        ("- one\n- two\n  - three", "- one\n- two\n  - three"),
        ("* one\n\n  more\n* two", "- one\n\n  more\n\n- two"),
        ("3. one\n4. two", "3. one\n4. two"),
        (
            "|a|b|\n|---|:-:|\n|`x|y`|c \\| d|",
            "| a | b |\n| --- | :-: |\n| \\`x | y\\` |",
        ),
        ("> quoted\n> text", "> quoted text"),
        ("# A title\ntext", "# A title\n\ntext"),
        ("Title\n---\ntext", "## Title\n\ntext"),
        ("one\\\ntwo  \nthree", "one\\\ntwo\\\nthree"),
        ("&lt;id&gt; &amp;lt;", "\\<id> \\&lt;"),
        ("a\u{7}b \u{202e}c", "a b c"),
    ];
    for (text, expected) in table {
        assert_eq!(prose(text, Room::MEMBER), expected, "{text}");
    }
}

#[test]
fn html_is_markdown_or_stripped() {
    let table = [
        ("a<br>b<br/>\nc", "a\\\nb\\\nc"),
        (
            "<p>One.</p><p>Two <b>bold</b> <i>words</i>.</p>",
            "One.\n\nTwo **bold** *words*.",
        ),
        (
            "See <a href=\"https://a.b/c\">all of this</a>.",
            "See [all of this](https://a.b/c).",
        ),
        ("See <a name=x>this</a>.", "See this."),
        ("The <code>a_b &lt;c&gt;</code> of", "The `a_b <c>` of"),
        ("<ul><li>one</li><li>two</li></ul>end", "- one\n- two\n\nend"),
        ("<div class=\"x\">\n<span>text</span>\n</div>", "text"),
        (
            "an <id> or <user-name> or <name>",
            "an \\<id> or \\<user-name> or \\<name>",
        ),
        ("a <!-- hidden --> b", "a b"),
        ("|a|\n|-|\n|b<br>c|", "| a |\n| --- |\n| b c |"),
        ("<h2>Title</h2>text", "## Title\n\ntext"),
        ("<pre>fn main() {}</pre>", "```text\nfn main() {}\n```"),
    ];
    for (text, expected) in table {
        assert_eq!(prose(text, Room::MEMBER), expected, "{text}");
    }
}

/// Texts whose words would begin a block if they came to stand at the start of a line.
#[test]
fn lines_are_broken_where_nothing_begins() {
    for word in [
        "-", "+", "*", "#", "##", "1.", "22)", ">", "|", "=", "===", "---", "~~~", "```", "--|--",
    ] {
        let text = format!("word {word} ").repeat(60);
        let written = prose(&text, Room::MEMBER);
        let lines: Vec<&str> = written.lines().collect();
        assert!(
            lines.len() > 2 && lines.iter().all(|line| line.chars().count() <= 97),
            "{written}"
        );
        let events = Parser::new_ext(&written, Options::all());
        let blocks = events.filter(|event| matches!(event, Event::Start(tag) if *tag != Tag::Paragraph));
        assert_eq!(blocks.count(), 0, "{word}: {written}");
    }
    let link = format!(
        "{}[of several words](https://example.com/{})",
        "word ".repeat(17),
        "x".repeat(90)
    );
    assert!(
        prose(&link, Room::MEMBER).contains("several\nwords](https://example.com/x"),
        "{}",
        prose(&link, Room::MEMBER)
    );
}

/// What was written is read as what it was: links lead where they led, code is code, lists have their items.
#[test]
fn what_is_written_reads_as_what_was_said() {
    let text = "Some *emphasis of words* and [a link of words](https://a.b/c?d=e&f=g), `code of words`, ~~gone~~.\n\n\
        1. first\n\n   ```json\n   {\"a\": [1]}\n   ```\n2. second\n   - inner [x](https://x.y)\n   - inner\n\n\
        | a | b |\n| :-- | --: |\n| [l m](https://l.m) | **n** |\n\n> quoted\n>\n> - list\n\n---\n\n### End";
    let once = prose(text, Room::MEMBER);
    assert_eq!(prose(&once, Room::MEMBER), once);
    let kinds = |text: &str| -> Vec<String> {
        let events = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
        let kept = events.filter(|event| matches!(event, Event::Start(_) | Event::End(_) | Event::Code(_)));
        let kept = kept.map(|event| match event {
            Event::Start(Tag::CodeBlock(_)) => "code".to_owned(),
            other => format!("{other:?}"),
        });
        kept.collect()
    };
    assert_eq!(kinds(&once), kinds(text), "{once}");
}

#[test]
fn nesting_has_an_end() {
    for text in [
        ">".repeat(20_000),
        "- ".repeat(20_000),
        "[".repeat(20_000),
        "*a ".repeat(20_000),
        "<b>".repeat(9_000),
    ] {
        let written = prose(&text, Room::MEMBER);
        assert!(written.len() < 1_000_000);
    }
}

#[test]
fn lines_are_filled_to_the_room_that_they_have() {
    let text = format!("{} end", "word ".repeat(40));
    let longest = |room| prose(&text, room).lines().map(str::len).max();
    assert_eq!(longest(Room::FILE), Some(94));
    assert_eq!(longest(Room::MEMBER), Some(84));
    let first = |room| prose(&text, room).lines().next().map(str::len);
    assert_eq!(first(Room::MEMBER), Some(84));
    assert_eq!(first(Room::MEMBER.behind("Status 404: ")), Some(74));
    assert_eq!(first(Room::MEMBER.in_item("limit")), Some(74));
    assert_eq!(first(Room::MEMBER.behind("Status 404: ").below()), Some(84));
    // A list stands below what is in the first line.
    let list = prose(&format!("- {text}"), Room::MEMBER.behind("Status 404: "));
    assert_eq!(list.lines().next().map(str::len), Some(86));
}
