//! Lowers the Encoding Objects of forms, and finds the properties that are files
//! ([OpenAPI 3.1.1 §4.8.15](https://spec.openapis.org/oas/v3.1.1.html#encoding-object)).

use std::collections::BTreeSet;

use crate::document::keywords::{self, COMPOSITIONS, Keyword};
use crate::document::{Node, Value};
use crate::lower::context::NodeId;
use crate::lower::operations::Operations;
use crate::lower::operations::media_type::{MediaKind, essence, media_kind_of};
use crate::lower::schemas::json_types::list;
use crate::model::{Encoding, JsonTypes, Style};

/// The properties of a form, with their schemas.
pub(in crate::lower) type Members<'run> = Vec<(&'run str, &'run Node)>;

/// The styles of a query.
const STYLES: [(&str, Style); 4] = [
    ("form", Style::Form),
    ("spaceDelimited", Style::SpaceDelimited),
    ("pipeDelimited", Style::PipeDelimited),
    ("deepObject", Style::DeepObject),
];

/// The fields by which a property is serialized like a query parameter. With them, its media type is ignored.
const BY_STYLE: [&str; 3] = ["style", "explode", "allowReserved"];

impl<'run> Operations<'run> {
    /// Returns the properties of the schema of a form and of its in-place subschemas.
    pub(in crate::lower) fn form_members(&self, media: &'run Node) -> Members<'run> {
        let mut members = Vec::new();
        if let Some(schema) = media.get("schema") {
            self.add_members(schema, &mut members);
        }
        members
    }

    fn add_members(&self, schema: &'run Node, members: &mut Members<'run>) {
        for schema in self.schemas.cx.in_place(schema) {
            let properties = schema.get("properties").and_then(Node::as_object);
            for (name, property) in properties.into_iter().flatten() {
                let says_something = property.as_object().is_some_and(|keywords| !keywords.is_empty());
                match members.iter_mut().find(|(known, _)| known == name) {
                    // The later schema is usually the narrower one.
                    Some(known) if says_something => known.1 = property,
                    Some(_) => {}
                    None => members.push((name, property)),
                }
            }
        }
    }

    /// Returns the required properties of a form.
    pub(in crate::lower) fn required_properties(&self, media: &'run Node) -> Vec<&'run str> {
        let parts = media
            .get("schema")
            .map(|schema| self.schemas.cx.parts(schema))
            .unwrap_or_default();
        let required = parts.into_iter().flat_map(|part| list(part, "required"));
        required.filter_map(Node::as_str).collect()
    }

    /// Returns whether the values of a schema are lists of files, or `None` if they are not files.
    ///
    /// A string is a file by its `format`, or by a `contentMediaType` without `contentEncoding`. So is a value of an
    /// empty schema, and of a union with a file.
    pub(in crate::lower) fn is_file_list(&self, schema: &'run Node) -> Option<bool> {
        self.is_file_among(schema, &mut BTreeSet::new())
    }

    /// Returns the same, without the schemas in `seen`.
    fn is_file_among(&self, schema: &'run Node, seen: &mut BTreeSet<NodeId<'run>>) -> Option<bool> {
        let schema = self.schemas.cx.resolve(schema);
        let keyword = |key: &str| schema.get(key).and_then(Node::as_str);
        if !seen.insert(NodeId(schema)) || keyword("contentEncoding").is_some() {
            return None;
        }
        if keyword("format") == Some("binary") {
            return Some(false);
        }
        if let Some(media_type) = keyword("contentMediaType") {
            return (media_kind_of(media_type) == MediaKind::Bytes).then_some(false);
        }
        if let Some(items) = schema
            .get("items")
            .filter(|_| self.schemas.allowed_types(schema).has(JsonTypes::ARRAY))
        {
            return self.is_file_among(items, seen).map(|_| true);
        }
        // An unconstrained subschema does not make the value a file.
        let parts = parts_of(schema).filter(|part| !is_unconstrained(self.schemas.cx.resolve(part)));
        let found = parts.filter_map(|part| self.is_file_among(part, seen));
        match found.max() {
            None => is_unconstrained(schema).then_some(false),
            found => found,
        }
    }

    /// Returns whether a property is a file by the media type of its encoding alone.
    pub(in crate::lower) fn is_file_by_encoding(&self, media: &'run Node, name: &str, schema: &'run Node) -> bool {
        let encoding = media.get("encoding").and_then(|encodings| encodings.get(name));
        let schema = self.schemas.cx.resolve(schema);
        let is_encoded =
            schema.get("contentEncoding").is_some() || schema.get("format").and_then(Node::as_str) == Some("byte");
        let media_types = encoding.and_then(|encoding| encoding.get("contentType")?.as_str());
        let is_styled = encoding.is_some_and(|encoding| BY_STYLE.iter().any(|key| encoding.get(key).is_some()));
        media_types.is_some_and(|list| !is_encoded && !is_styled && list.split(',').all(is_of_bytes))
    }

    /// Returns the encodings of the properties that do not have the default encoding.
    pub(in crate::lower) fn lower_encodings(
        &mut self,
        media: &'run Node,
        members: &Members<'run>,
        is_multipart: bool,
    ) -> Vec<(String, Encoding)> {
        let mut lowered: Vec<(String, Encoding)> = Vec::new();
        let listed = media.get("encoding").and_then(|node| Some((node, node.as_object()?)));
        for (encodings, (name, encoding)) in listed
            .into_iter()
            .flat_map(|(node, list)| list.iter().map(move |pair| (node, pair)))
        {
            if !members.iter().any(|(known, _)| known == name) {
                self.schemas
                    .cx
                    .degrade(encodings, name, "the schema has no property of that name");
                continue;
            }
            if !is_multipart && encoding.get("headers").is_some() {
                self.schemas
                    .cx
                    .ignore(encoding, "headers", "only bodies of several parts have them");
            }
            lowered.extend(self.lower_encoding(encoding).map(|encoding| (name.clone(), encoding)));
        }
        for (name, schema) in members {
            let schema = self.schemas.cx.resolve(schema);
            let is_base64 =
                schema.get("contentEncoding").is_some() || schema.get("format").and_then(Node::as_str) == Some("byte");
            if is_multipart && is_base64 && lowered.iter().all(|(known, _)| known != name) {
                let encoding = Encoding::Content("application/octet-stream".to_owned());
                lowered.push(((*name).to_owned(), encoding));
            }
        }
        lowered
    }

    fn lower_encoding(&mut self, encoding: &'run Node) -> Option<Encoding> {
        let flag = |key: &str| encoding.get(key).and_then(Node::as_bool);
        let content_type = encoding.get("contentType").and_then(Node::as_str);
        if BY_STYLE.iter().all(|key| encoding.get(key).is_none()) {
            return content_type.map(|media_type| Encoding::Content(media_type.trim().to_owned()));
        }
        if content_type.is_some() {
            self.schemas.cx.ignore(
                encoding,
                "contentType",
                "`style`, `explode` or `allowReserved` stand beside it",
            );
        }
        let name = encoding.get("style").and_then(Node::as_str).unwrap_or("form");
        // Unknown styles were reported when the body was parsed.
        let style = STYLES.iter().find(|(known, _)| *known == name);
        let style = style.map_or(Style::Form, |(_, style)| *style);
        let explode = flag("explode").unwrap_or(matches!(name, "form" | "deepObject"));
        let is_defined = match name {
            "form" => true,
            "deepObject" => explode,
            _ => !explode,
        };
        if !is_defined {
            let reason = format!(
                "nothing defines `style: {name}` with `explode: {explode}`; it is written as with {}",
                !explode
            );
            self.schemas.cx.degrade(encoding, "explode", reason);
        }
        Some(Encoding::Style {
            style,
            explode: explode == is_defined,
            allow_reserved: flag("allowReserved").unwrap_or(false),
        })
    }
}

/// Returns the subschemas that apply, or may apply, to the same value as `schema`.
fn parts_of(schema: &Node) -> impl Iterator<Item = &Node> {
    COMPOSITIONS
        .into_iter()
        .flat_map(|keyword| schema.get(keyword).and_then(Node::as_array).unwrap_or_default())
}

/// Returns whether a schema has no constraints.
fn is_unconstrained(schema: &Node) -> bool {
    match &schema.value {
        Value::Bool(all) => *all,
        Value::Object(members) => members.keys().all(|key| keywords::is(key, Keyword::documents)),
        _ => false,
    }
}

/// Returns whether content of this media type is neither JSON nor text.
fn is_of_bytes(media_type: &str) -> bool {
    let essence = essence(media_type);
    media_kind_of(media_type) == MediaKind::Bytes || (essence.contains('*') && !essence.starts_with("text/"))
}
