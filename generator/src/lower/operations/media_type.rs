//! Media types: classification and naming.

pub(in crate::lower) use crate::document::media_type::essence;
use crate::document::media_type::is_json;

/// The kind of a media type, in order of preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum MediaKind {
    /// JSON, or a media type with the suffix `+json`.
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/…`
    Multipart,
    /// `text/…`
    Text,
    /// Anything else.
    Bytes,
}

/// Returns the kind of a media type.
pub(in crate::lower) fn media_kind_of(media_type: &str) -> MediaKind {
    match essence(media_type).as_str() {
        other if is_json(other) => MediaKind::Json,
        "application/*" | "*/*" | "" => MediaKind::Json,
        "application/x-www-form-urlencoded" => MediaKind::Form,
        other if other.starts_with("multipart/") => MediaKind::Multipart,
        other if other.starts_with("text/") => MediaKind::Text,
        _ => MediaKind::Bytes,
    }
}

/// Returns whether a media type is a range, or empty.
pub(in crate::lower) fn is_range(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.is_empty() || essence.contains('*')
}

/// Returns whether two media types differ only in spelling and `charset`.
pub(in crate::lower) fn is_same(left: &str, right: &str) -> bool {
    let parameters = |media_type: &str| {
        let parameters = media_type.split(';').skip(1);
        let parameters = parameters.map(|parameter| parameter.trim().to_lowercase());
        let mut parameters: Vec<String> = parameters
            .filter(|parameter| !parameter.is_empty() && !parameter.starts_with("charset"))
            .collect();
        parameters.sort();
        parameters
    };
    essence(left) == essence(right) && parameters(left) == parameters(right)
}

/// Returns the media type that a client sends for a body: a range is replaced by a concrete media type.
pub(in crate::lower) fn sent(media_type: &str, media_kind: MediaKind) -> String {
    if !is_range(media_type) {
        return media_type.trim().to_owned();
    }
    match media_kind {
        MediaKind::Json => "application/json",
        MediaKind::Multipart => "multipart/form-data",
        MediaKind::Text => "text/plain",
        MediaKind::Form | MediaKind::Bytes => "application/octet-stream",
    }
    .to_owned()
}

/// Returns the words that distinguish a body of this media type from others of its operation.
pub(in crate::lower) fn words(media_type: &str) -> String {
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    let essence = essence.trim().to_lowercase();
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    let subtype = ["x-", "vnd."]
        .iter()
        .fold(subtype, |rest, tree| rest.strip_prefix(tree).unwrap_or(rest));
    let words = match (media_kind_of(media_type), essence.as_str()) {
        (_, "application/json") => "json",
        (MediaKind::Form, _) => "form",
        (_, "multipart/form-data") => "multipart",
        (_, "text/plain") => "text",
        (_, "*/*") => "any",
        _ if subtype == "*" => essence.trim_end_matches("/*"),
        _ => subtype,
    };
    let parameter = parameters.trim();
    if parameter.is_empty() || parameter.starts_with("charset") {
        words.to_owned()
    } else {
        format!("{words} {parameter}")
    }
}

/// Returns whether `text` can be the value of a header.
pub(in crate::lower) fn is_header_value(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{MediaKind, is_same, media_kind_of, sent, words};

    #[test]
    fn media_types() {
        let table = [
            ("application/json", MediaKind::Json, "application/json", "json"),
            (
                "application/json; charset=utf-8",
                MediaKind::Json,
                "application/json; charset=utf-8",
                "json",
            ),
            (
                "application/json;simple",
                MediaKind::Json,
                "application/json;simple",
                "json simple",
            ),
            (
                "Application/Merge-Patch+JSON",
                MediaKind::Json,
                "Application/Merge-Patch+JSON",
                "merge-patch+json",
            ),
            ("*/*", MediaKind::Json, "application/json", "any"),
            (
                "application/x-www-form-urlencoded",
                MediaKind::Form,
                "application/x-www-form-urlencoded",
                "form",
            ),
            (
                "multipart/form-data",
                MediaKind::Multipart,
                "multipart/form-data",
                "multipart",
            ),
            ("multipart/mixed", MediaKind::Multipart, "multipart/mixed", "mixed"),
            ("text/plain", MediaKind::Text, "text/plain", "text"),
            ("text/*", MediaKind::Text, "text/plain", "text"),
            ("text/x-markdown", MediaKind::Text, "text/x-markdown", "markdown"),
            ("application/vnd.flux", MediaKind::Bytes, "application/vnd.flux", "flux"),
            ("image/*", MediaKind::Bytes, "application/octet-stream", "image"),
        ];
        for (media_type, media_kind, header, name) in table {
            let found = (
                media_kind_of(media_type),
                sent(media_type, media_kind),
                words(media_type),
            );
            assert_eq!(found, (media_kind, header.to_owned(), name.to_owned()), "{media_type}");
        }
    }

    #[test]
    fn a_charset_makes_no_other_media_type() {
        assert!(is_same("application/json", "Application/JSON; charset=utf-8"));
        assert!(is_same("a/b; x=1;charset=utf-8; y=2", "a/b;y=2;X=1"));
        assert!(!is_same("application/json", "application/json; version=1"));
        assert!(!is_same("application/json", "text/json"));
    }

    #[test]
    fn a_range_of_bytes_is_sent_as_such() {
        assert_eq!(sent("*/*", MediaKind::Bytes), "application/octet-stream");
    }
}
