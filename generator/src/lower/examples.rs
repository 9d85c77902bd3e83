//! Examples of the document, as documentation of what it does not describe.

use std::fmt::{self, Write};

use crate::document::{Kind, Node, Value};
use crate::lower::context::Context;
use crate::model::Example;
use crate::source::Pointer;

/// How long an example gets that stands within a line, in bytes.
const INLINE: usize = 60;

/// How many of those stand beside each other.
const MOST: usize = 3;

/// How many lines a longer example takes at most, and how long these get in bytes.
const LINES: usize = 30;
const WIDTH: usize = 90;

/// Returns the examples of a schema that documentation shows: `example`, and `examples` as a list.
pub(in crate::lower) fn of_schema(node: &Node) -> Vec<Example> {
    let list = node.get("examples").and_then(Node::as_array).unwrap_or_default();
    chosen(node.get("example").into_iter().chain(list).map(|value| ("", value)))
}

impl<'run> Context<'run> {
    /// Returns the examples of a parameter, header or media type that documentation shows: `example`, and `examples` as
    /// a map of Example Objects.
    pub(in crate::lower) fn examples_of(&self, node: &'run Node) -> Vec<Example> {
        chosen(self.example_values(node))
    }

    /// Returns the example of a parameter that is a string, if there is one.
    pub(in crate::lower) fn text_example(&self, node: &'run Node, schema: Option<&'run Node>) -> Option<Example> {
        let schema = schema.map(|schema| self.resolve(schema));
        let of_schema = schema.and_then(|schema| schema.get("example")).map(|value| ("", value));
        let mut values = self.example_values(node).chain(of_schema);
        values.find_map(|(summary, value)| {
            let text = value.as_str()?;
            Some(Example::new(summary, text.to_owned(), value.origin))
        })
    }

    fn example_values(&self, node: &'run Node) -> impl Iterator<Item = (&'run str, &'run Node)> {
        let map = node.get("examples").and_then(Node::as_object).into_iter().flatten();
        let of_map = map.filter_map(|(_, example)| {
            let (example, _) = self.follow(Kind::Example, example, Pointer::root());
            let summary = example.get("summary").and_then(Node::as_str).unwrap_or_default();
            Some((summary, example.get("dataValue").or_else(|| example.get("value"))?))
        });
        let of_map = of_map.filter(|(_, value)| !matches!(value.value, Value::Null));
        node.get("example").map(|value| ("", value)).into_iter().chain(of_map)
    }
}

/// Returns the first examples that stand within a line, or else the first that is not too long.
fn chosen<'run>(values: impl Iterator<Item = (&'run str, &'run Node)>) -> Vec<Example> {
    let mut long = None;
    let mut short: Vec<Example> = Vec::new();
    for (summary, value) in values {
        let example = |text| Example::new(summary, text, value.origin);
        if let Some(text) = compact(value, INLINE) {
            let is_new = short.iter().all(|known| known.text != text);
            short.extend(is_new.then(|| example(text)));
        } else if long.is_none() && short.is_empty() {
            long = lines(value).map(example);
        }
        if short.len() == MOST {
            break;
        }
    }
    if short.is_empty() {
        long.into_iter().collect()
    } else {
        short
    }
}

/// Text that cannot get longer than a limit.
struct Limited {
    text: String,
    limit: usize,
}

impl Write for Limited {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.text.len() + text.len() > self.limit {
            return Err(fmt::Error);
        }
        self.text.push_str(text);
        Ok(())
    }
}

/// Returns a value as JSON in one line, if that is not longer than `limit`.
fn compact(value: &Node, limit: usize) -> Option<String> {
    let mut limited = Limited {
        text: String::new(),
        limit,
    };
    write!(limited, "{value}").ok()?;
    Some(limited.text)
}

/// Returns a value as JSON in several lines, if these are neither too many nor too long.
fn lines(value: &Node) -> Option<String> {
    let mut lines = Vec::new();
    push_lines(value, "", 0, "", &mut lines)?;
    (lines.len() <= LINES).then(|| lines.join("\n"))
}

/// Adds the lines of a value, of which the first starts with `key`, and the last ends with `end`.
fn push_lines(value: &Node, key: &str, depth: usize, end: &str, lines: &mut Vec<String>) -> Option<()> {
    let indent = "  ".repeat(depth);
    let room = WIDTH.checked_sub(indent.len() + key.len() + end.len())?;
    if lines.len() >= LINES {
        return None;
    }
    if let Some(text) = compact(value, room) {
        lines.push(format!("{indent}{key}{text}{end}"));
        return Some(());
    }
    let [open, close] = match &value.value {
        Value::Array(_) => ["[", "]"],
        Value::Object(_) => ["{", "}"],
        _ => return None,
    };
    let elements = value
        .as_array()
        .unwrap_or_default()
        .iter()
        .map(|element| (String::new(), element));
    let properties = value.as_object().into_iter().flatten();
    let properties = properties.map(|(name, value)| (format!("{}: ", serde_json::Value::from(name.as_str())), value));
    let mut children = elements.chain(properties).peekable();
    lines.push(format!("{indent}{key}{open}"));
    while let Some((key, child)) = children.next() {
        let comma = if children.peek().is_some() { "," } else { "" };
        push_lines(child, &key, depth + 1, comma, lines)?;
    }
    lines.push(format!("{indent}{close}{end}"));
    Some(())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{INLINE, LINES, of_schema};
    use crate::diagnostic::Diagnostics;
    use crate::document::read;
    use crate::source::Sources;

    /// Returns the examples of a schema, written in YAML.
    fn examples(schema: &str) -> Vec<String> {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let node = read(&mut sources, "schema.yaml", schema, &mut diagnostics).unwrap();
        of_schema(&node).into_iter().map(|example| example.text).collect()
    }

    #[test]
    fn the_first_short_examples_are_shown_or_one_long() {
        assert_eq!(examples("{example: a}"), ["\"a\""]);
        assert_eq!(examples("{example: null}"), ["null"]);
        assert_eq!(examples("{example: {a: 1.5}}"), ["{\"a\":1.5}"]);
        assert_eq!(examples("{example: 1, examples: [1, 2, 3, 4]}"), ["1", "2", "3"]);
        let long = "x".repeat(INLINE);
        assert_eq!(examples(&format!("{{examples: [{long}, 2]}}")), ["2"]);
        assert_eq!(
            examples(&format!("{{examples: [{long}, y{long}]}}")),
            [format!("\"{long}\"")]
        );
    }

    #[test]
    fn a_long_example_has_a_line_for_what_fits_in_one() {
        let long = "x".repeat(INLINE);
        let text = format!("{{example: {{a: [1, {{b: 2}}], c: [{long}, {{d: {long}}}], e: {{}}}}}}");
        let expected = format!(
            "{{\n  \"a\": [1,{{\"b\":2}}],\n  \"c\": [\n    \"{long}\",\n    {{\"d\":\"{long}\"}}\n  ],\n  \"e\": {{}}\n}}"
        );
        assert_eq!(examples(&text), [expected]);
    }

    #[test]
    fn an_example_that_is_too_long_is_not_shown() {
        assert!(examples(&format!("{{example: {}}}", "x".repeat(200))).is_empty());
        let many = |count: usize| {
            let mut text = "{example: {".to_owned();
            for index in 0..count {
                write!(text, "property_{index}: a value of some length, ").unwrap();
            }
            examples(&(text + "}}"))
        };
        assert_eq!(many(LINES - 2).len(), 1);
        assert!(many(LINES - 1).is_empty());
    }
}
