//! Media types: what becomes of one, and what it is called.

/// What becomes of a media type, in the order in which one of several is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// JSON, its relatives with a suffix included.
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data` and its relatives.
    Multipart,
    /// `text/…`
    Text,
    /// Anything else.
    Bytes,
}

/// JSON is what a media type of JSON says it is, its structured suffix included
/// ([RFC 6839 §3.1](https://www.rfc-editor.org/rfc/rfc6839#section-3.1)).
pub(super) fn sort_of(media_type: &str) -> Sort {
    match essence(media_type).as_str() {
        "application/json" | "text/json" | "application/*" | "*/*" | "" => Sort::Json,
        "application/x-www-form-urlencoded" => Sort::Form,
        other if other.ends_with("+json") => Sort::Json,
        other if other.starts_with("multipart/") => Sort::Multipart,
        other if other.starts_with("text/") => Sort::Text,
        _ => Sort::Bytes,
    }
}

/// Returns whether a media type is of bodies that are made of named parts.
pub(super) fn is_form(media_type: &str) -> bool {
    matches!(sort_of(media_type), Sort::Form | Sort::Multipart)
}

/// Returns a media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_lowercase()
}

/// Returns the media type that a client sends: a range says what a server takes.
pub(super) fn sent(media_type: &str) -> String {
    let essence = essence(media_type);
    if !essence.is_empty() && !essence.contains('*') {
        return media_type.trim().to_owned();
    }
    match sort_of(media_type) {
        Sort::Json => "application/json",
        Sort::Multipart => "multipart/form-data",
        Sort::Text => "text/plain",
        Sort::Form | Sort::Bytes => "application/octet-stream",
    }
    .to_owned()
}

/// Returns the words that tell a body of this media type from others of its operation.
pub(super) fn words(media_type: &str) -> String {
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    let essence = essence.trim().to_lowercase();
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    let subtype = ["x-", "vnd."]
        .iter()
        .fold(subtype, |rest, tree| rest.strip_prefix(tree).unwrap_or(rest));
    let words = match (sort_of(media_type), essence.as_str()) {
        (_, "application/json") => "json",
        (Sort::Form, _) => "form",
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
pub(super) fn is_header_value(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{Sort, sent, sort_of, words};

    #[test]
    fn media_types() {
        let table = [
            ("application/json", Sort::Json, "application/json", "json"),
            (
                "application/json; charset=utf-8",
                Sort::Json,
                "application/json; charset=utf-8",
                "json",
            ),
            (
                "application/json;simple",
                Sort::Json,
                "application/json;simple",
                "json simple",
            ),
            (
                "Application/Merge-Patch+JSON",
                Sort::Json,
                "Application/Merge-Patch+JSON",
                "merge-patch+json",
            ),
            ("*/*", Sort::Json, "application/json", "any"),
            (
                "application/x-www-form-urlencoded",
                Sort::Form,
                "application/x-www-form-urlencoded",
                "form",
            ),
            (
                "multipart/form-data",
                Sort::Multipart,
                "multipart/form-data",
                "multipart",
            ),
            ("multipart/mixed", Sort::Multipart, "multipart/mixed", "mixed"),
            ("text/plain", Sort::Text, "text/plain", "text"),
            ("text/*", Sort::Text, "text/plain", "text"),
            ("text/x-markdown", Sort::Text, "text/x-markdown", "markdown"),
            ("application/vnd.flux", Sort::Bytes, "application/vnd.flux", "flux"),
            ("image/*", Sort::Bytes, "application/octet-stream", "image"),
        ];
        for (media_type, sort, header, name) in table {
            let found = (sort_of(media_type), sent(media_type), words(media_type));
            assert_eq!(found, (sort, header.to_owned(), name.to_owned()), "{media_type}");
        }
    }
}
