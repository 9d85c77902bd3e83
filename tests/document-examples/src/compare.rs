//! Compares JSON values: numbers by value, objects without order.

use generator::unstable::{Node, Value, read_document};
use generator::{Diagnostics, Sources};

/// Returns the first difference of two values, with its place; `None` where they are equal.
pub(crate) fn difference(before: &Node, after: &Node) -> Option<String> {
    at("", before, after)
}

/// Reads JSON text. The brackets tell the reader that it is no YAML, in which line ends within a string are spaces.
pub(crate) fn parse(text: &str) -> Option<Node> {
    let text = format!("[{text}]");
    let read = read_document(&mut Sources::default(), "text", &text, &mut Diagnostics::default())?;
    match read.value {
        Value::Array(elements) if elements.len() == 1 => elements.into_iter().next(),
        _ => None,
    }
}

fn at(place: &str, before: &Node, after: &Node) -> Option<String> {
    let is_equal = match (&before.value, &after.value) {
        (Value::Object(before), Value::Object(after)) => {
            let inner = before.iter().find_map(|(name, value)| match after.get(name) {
                Some(other) => at(&below(place, name), value, other),
                None => Some(format!("{} is lost", below(place, name))),
            });
            let added = || after.keys().find(|name| !before.contains_key(*name));
            return inner.or_else(|| added().map(|name| format!("{} is added", below(place, name))));
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let mut pairs = before.iter().zip(after).enumerate();
            return pairs.find_map(|(index, (before, after))| at(&format!("{place}/{index}"), before, after));
        }
        (Value::Number(before), Value::Number(after)) => decimal(before) == decimal(after),
        (Value::String(before), Value::String(after)) => before == after,
        (Value::Bool(before), Value::Bool(after)) => before == after,
        (Value::Null, Value::Null) => true,
        _ => false,
    };
    let place = if place.is_empty() { "the value" } else { place };
    (!is_equal).then(|| format!("{place} was {}, and is {}", short(before), short(after)))
}

fn below(place: &str, name: &str) -> String {
    format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn short(node: &Node) -> String {
    let text = node.to_string();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Returns the value of a JSON number: its sign, its digits without zeros around them, and the exponent of the last digit.
fn decimal(text: &str) -> (bool, String, i64) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.parse().unwrap_or(i64::MAX);
    let (is_negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => (true, mantissa),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let kept = digits.trim_end_matches('0');
    if kept.is_empty() {
        return (false, String::new(), 0);
    }
    let shift = i64::try_from(digits.len() - kept.len()).unwrap_or(0) - i64::try_from(fraction.len()).unwrap_or(0);
    (is_negative, kept.to_owned(), exponent.saturating_add(shift))
}

#[cfg(test)]
mod tests {
    use super::{difference, parse};

    #[test]
    fn values_are_compared_and_not_texts() {
        let of = |before: &str, after: &str| difference(&parse(before).unwrap(), &parse(after).unwrap());
        for (before, after) in [
            ("[1.0, -0, 1e2, 0.010]", "[1, 0.0, 100.0, 1E-2]"),
            ("null", "null"),
            ("\"a\u{85}b\"", "\"a\\u0085b\""),
            ("{\"a\": 1, \"b\": null}", "{\"b\": null, \"a\": 1}"),
        ] {
            assert_eq!(of(before, after), None);
        }
        for (before, after, words) in [
            ("{\"a\": {\"b/c\": 1}}", "{\"a\": {}}", "/a/b~1c is lost"),
            ("{}", "{\"a\": null}", "/a is added"),
            ("[1]", "[1, 1]", "the value was [1], and is [1,1]"),
            (
                "[10000000000000001]",
                "[10000000000000002]",
                "/0 was 10000000000000001, and is 10000000000000002",
            ),
            ("[\"1\"]", "[1]", "/0 was \"1\", and is 1"),
        ] {
            assert_eq!(of(before, after).as_deref(), Some(words));
        }
    }
}
