//! Prints trees as YAML and as JSON.

use std::fmt::Write as _;

use generator::unstable::{Node, Value};

/// How deep blocks go; what is deeper is printed in flow style, since each level of a block is indented.
const BLOCKS: usize = 30;

/// Prints a tree as YAML, in block style.
#[must_use]
pub fn yaml(node: &Node) -> String {
    let mut text = String::new();
    block(node, 0, &mut text);
    text.push('\n');
    text
}

/// Prints a tree as JSON.
#[must_use]
pub fn json(node: &Node) -> String {
    let mut text = String::new();
    flow(node, &mut text);
    text
}

fn block(node: &Node, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match &node.value {
        Value::Object(properties) if !properties.is_empty() && depth < BLOCKS => {
            for (index, (key, value)) in properties.iter().enumerate() {
                if index > 0 {
                    text.push('\n');
                    text.push_str(&indent);
                }
                string(key, text);
                text.push(':');
                inner(value, depth + 1, text);
            }
        }
        Value::Array(elements) if !elements.is_empty() && depth < BLOCKS => {
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    text.push('\n');
                    text.push_str(&indent);
                }
                text.push('-');
                inner(element, depth + 1, text);
            }
        }
        _ => flow(node, text),
    }
}

/// Prints what stands behind a colon or a dash.
fn inner(node: &Node, depth: usize, text: &mut String) {
    let is_block = super::tree::children(node).next().is_some() && depth < BLOCKS;
    if is_block {
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
    } else {
        text.push(' ');
    }
    block(node, depth, text);
}

fn flow(node: &Node, text: &mut String) {
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => text.push_str(number),
        Value::String(value) => quoted(value, text),
        Value::Array(elements) => {
            text.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    text.push_str(", ");
                }
                flow(element, text);
            }
            text.push(']');
        }
        Value::Object(properties) => {
            text.push('{');
            for (index, (key, value)) in properties.iter().enumerate() {
                if index > 0 {
                    text.push_str(", ");
                }
                quoted(key, text);
                text.push_str(": ");
                flow(value, text);
            }
            text.push('}');
        }
    }
}

/// Prints a key, without quotes where it is plain to YAML.
fn string(value: &str, text: &mut String) {
    let is_plain = value.starts_with(|first: char| first.is_ascii_alphabetic())
        && value.chars().all(|letter| letter.is_ascii_alphanumeric())
        && value.len() > 3
        && !["true", "false", "null"].contains(&value.to_ascii_lowercase().as_str());
    if is_plain {
        text.push_str(value);
    } else {
        quoted(value, text);
    }
}

/// Prints a string as JSON has it, with nothing in it that YAML calls unprintable.
fn quoted(value: &str, text: &mut String) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => {
                text.push('\\');
                text.push(character);
            }
            '\n' => text.push_str("\\n"),
            _ if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\u{:04x}", u32::from(character));
            }
            _ => text.push(character),
        }
    }
    text.push('"');
}
