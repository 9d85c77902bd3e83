//! What a `format` comes to.
//!
//! A format modifies a type, and is an annotation without one, or where it is not known
//! ([OpenAPI 3.0.4 §4.4](https://spec.openapis.org/oas/v3.0.4.html#data-type-format)).

use crate::document::typos;
use crate::document::{Node, Value};

/// Formats of strings that the runtime asserts, with the names of the variants that its `Format` has for them.
const ASSERTED: [(&str, &str); 16] = [
    ("date", "Date"),
    ("date-time", "DateTime"),
    ("time", "Time"),
    ("duration", "Duration"),
    ("email", "Email"),
    ("hostname", "Hostname"),
    ("ipv4", "Ipv4"),
    ("ipv6", "Ipv6"),
    ("uri", "Uri"),
    ("uri-reference", "UriReference"),
    ("iri", "Iri"),
    ("iri-reference", "IriReference"),
    ("uri-template", "UriTemplate"),
    ("relative-json-pointer", "RelativeJsonPointer"),
    ("uuid", "Uuid"),
    ("json-pointer", "JsonPointer"),
];

/// Other formats that are known, from the [registry](https://spec.openapis.org/registry/format/) and
/// [JSON Schema §7.3](https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3).
const OTHERS: [&str; 38] = [
    "base64url",
    "binary",
    "byte",
    "char",
    "commonmark",
    "date-time-local",
    "decimal",
    "decimal128",
    "double",
    "double-int",
    "etag",
    "float",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int16",
    "int32",
    "int64",
    "int8",
    "ipv4-cidr",
    "media-range",
    "password",
    "regex",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "time-local",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "unixtime",
    "url",
];

fn is_known(format: &str) -> bool {
    asserted(format).is_some() || OTHERS.contains(&format)
}

/// Returns the name of the variant for a format that the runtime asserts.
pub(crate) fn asserted(format: &str) -> Option<&'static str> {
    let found = ASSERTED.iter().find(|(name, _)| *name == format);
    found.map(|(_, variant)| *variant)
}

/// Returns what is lost of the `format` of a schema, if anything is.
pub(in crate::document) fn loss(schema: &Node) -> Option<&'static str> {
    let format = schema.get("format")?.as_str()?;
    let types: Vec<&str> = match schema.get("type").map(|node| &node.value) {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Node::as_str).collect(),
        _ => Vec::new(),
    };
    let has = |name: &str| types.contains(&name);
    if !is_known(format) {
        return Some("the format is unknown, so it is only an annotation");
    }
    if types.is_empty() {
        return Some("a format without a `type` is only an annotation");
    }
    let is_of_type = match format {
        "int8" | "int16" | "uint8" | "uint16" if has("integer") => return Some("read as i32, which holds more"),
        "uint" if has("integer") => return Some("read as u64, which holds more"),
        "int32" | "int64" | "uint32" | "uint64" => has("integer"),
        "float" if has("number") => return Some("read as f64, which holds more"),
        "double" => has("number"),
        "binary" | "byte" => has("string"),
        known if asserted(known).is_some() => has("string"),
        _ => return Some("the format is an annotation"),
    };
    (!is_of_type).then_some("the format does not apply to this type")
}

/// Returns the format that an unknown one is probably meant to be.
pub(in crate::document) fn meant(format: &str) -> Option<&'static str> {
    if is_known(format) {
        return None;
    }
    let known = ASSERTED.iter().map(|(name, _)| *name).chain(OTHERS);
    let letters = |word: &str| -> Vec<char> {
        let signs = typos::plain(word).into_iter();
        signs.filter(|sign| !sign.is_ascii_digit()).collect()
    };
    // A format of another width or version is another format.
    let meant = typos::nearest(format, known)?;
    (letters(meant) != letters(format) || typos::plain(meant) == typos::plain(format)).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::{ASSERTED, meant};

    #[test]
    fn the_runtime_has_the_formats_that_are_asserted() {
        let runtime = include_str!("../../../runtime/src/schema/keywords.rs");
        let (_, formats) = runtime.split_once("pub enum Format {\n").unwrap();
        let (formats, _) = formats.split_once("\n}\n").unwrap();
        let variants = formats.lines().filter_map(|line| line.trim().strip_suffix(','));
        let mut variants: Vec<&str> = variants.collect();
        let mut asserted = ASSERTED.map(|(_, variant)| variant);
        variants.sort_unstable();
        asserted.sort_unstable();
        assert_eq!(variants, asserted);
    }

    #[test]
    fn a_slip_in_a_format_is_recognised() {
        for (format, expected) in [
            ("datetime", Some("date-time")),
            ("date_time", Some("date-time")),
            ("UUID", Some("uuid")),
            ("emial", Some("email")),
            ("hostnam", Some("hostname")),
            ("int128", None),
            ("uuid4", None),
            ("phone", None),
            ("uri", None),
            ("url", None),
        ] {
            assert_eq!(meant(format), expected, "{format}");
        }
    }
}
