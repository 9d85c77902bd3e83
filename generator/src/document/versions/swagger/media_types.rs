//! The media types of requests and responses, `consumes` and `produces`.

use crate::document::Node;
use crate::document::media_type::{essence, is_json};
use crate::source::Origin;

/// A list of media types, and where each was read.
#[derive(Debug, Clone, Default)]
pub(super) struct MediaTypes(pub(super) Vec<(String, Origin)>);

impl MediaTypes {
    /// Returns those that the field `key` of `holder` lists. An empty list takes the place of the document's
    /// ([Swagger 2.0, Operation Object](https://spec.openapis.org/oas/v2.0.html#fixed-fields-4)).
    pub(super) fn of(holder: &Node, key: &str) -> Option<Self> {
        let list = holder.get(key)?.as_array()?;
        let mut found = Self::default();
        for node in list {
            if let Some(text) = node
                .as_str()
                .filter(|text| !found.0.iter().any(|(known, _)| known == text))
            {
                found.0.push((text.to_owned(), node.origin));
            }
        }
        Some(found)
    }

    /// Returns those of a body, which is no form; without any it is JSON.
    pub(super) fn of_body(&self, origin: Origin) -> Self {
        self.filtered(|text| !is_form(text)).unwrap_or_else(|| {
            if self.0.is_empty() {
                Self(vec![("application/json".to_owned(), origin)])
            } else {
                self.clone()
            }
        })
    }

    /// Returns those of a form. Files need one of several parts.
    pub(super) fn of_form(&self, has_files: bool, origin: Origin) -> Self {
        let usual = if has_files {
            "multipart/form-data"
        } else {
            "application/x-www-form-urlencoded"
        };
        self.filtered(|text| is_form(text) && (is_multipart(text) || !has_files))
            .unwrap_or_else(|| Self(vec![(usual.to_owned(), origin)]))
    }

    /// Returns those of a response; without any it is JSON. A file is not JSON.
    pub(super) fn of_response(&self, is_file: bool, origin: Origin) -> Self {
        let usual = if is_file {
            "application/octet-stream"
        } else {
            "application/json"
        };
        self.filtered(|text| !is_file || !is_json(text))
            .unwrap_or_else(|| Self(vec![(usual.to_owned(), origin)]))
    }

    /// Returns those of them that `is_wanted` takes, if there are any.
    fn filtered(&self, is_wanted: impl Fn(&str) -> bool) -> Option<Self> {
        let wanted: Vec<(String, Origin)> = self.0.iter().filter(|(text, _)| is_wanted(text)).cloned().collect();
        (!wanted.is_empty()).then_some(Self(wanted))
    }

    /// Returns the names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

fn is_multipart(media_type: &str) -> bool {
    essence(media_type).starts_with("multipart/")
}

fn is_form(media_type: &str) -> bool {
    is_multipart(media_type) || essence(media_type) == "application/x-www-form-urlencoded"
}

/// Returns whether content of a media type can have the structure of a schema.
pub(super) fn carries_objects(media_type: &str) -> bool {
    let essence = essence(media_type);
    let is_xml = matches!(essence.as_str(), "application/xml" | "text/xml") || essence.ends_with("+xml");
    is_json(media_type) || is_xml || is_form(media_type) || essence.contains('*')
}
