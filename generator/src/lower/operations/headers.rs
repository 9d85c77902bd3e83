//! Lowers the headers of responses
//! ([Header Object](https://spec.openapis.org/oas/v3.1.1.html#header-object)).

use crate::document::{Kind, Node};
use crate::lower::context::docs;
use crate::lower::operations::Operations;
use crate::lower::operations::media_type::{MediaKind, media_kind_of};
use crate::lower::operations::response_content::ResponseContent;
use crate::lower::operations::responses::status_name;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::token::is_token;
use crate::model::{HeaderForm, JsonTypes, ResponseHeader, ResponseHeaders, Status, Type};
use crate::names::{self, Namespace};

/// The header of which each line is a value of its own
/// ([RFC 9110 §5.3](https://www.rfc-editor.org/rfc/rfc9110#section-5.3)).
const REPEATED: &str = "Set-Cookie";

/// How the value of a header is described: its schema, if it has one, and whether it is JSON text.
struct Described<'run> {
    schema: Option<&'run Node>,
    is_json: bool,
}

impl<'run> Operations<'run> {
    /// Lowers the headers of all responses of an operation. A header of several responses is one, unless its types
    /// differ.
    pub(in crate::lower) fn lower_headers(
        &mut self,
        contents: &[ResponseContent<'run>],
        place: &NamingContext,
    ) -> Option<ResponseHeaders> {
        let mut declared: Vec<(&'run str, &'run Node, Status)> = Vec::new();
        for content in contents {
            self.collect_headers(content, &mut declared);
        }
        if declared.is_empty() {
            return None;
        }
        let members = declared.iter().map(|(name, node, _)| (*name, node.get("schema")));
        let nested = place.append("headers").having(members);
        let mut methods = Namespace::default();
        let mut headers: Vec<ResponseHeader> = Vec::new();
        for (wire, node, status) in declared {
            let (type_, form) = self.lower_header(wire, node, &nested);
            let is_known = |known: &ResponseHeader| known.wire.eq_ignore_ascii_case(wire);
            let is_same = |known: &&mut ResponseHeader| is_known(known) && known.type_ == type_ && known.form == form;
            if let Some(known) = headers.iter_mut().find(is_same) {
                known.statuses.push(status);
                let others = docs(node).text;
                if !known.docs.text.contains(others.as_str()) {
                    known.docs.text = format!("{}\n\n{}", *known.docs.text, *others).into();
                }
                continue;
            }
            let words = if headers.iter().any(is_known) {
                format!("{} {wire}", status_name(status))
            } else {
                wire.to_owned()
            };
            headers.push(ResponseHeader {
                wire: wire.to_owned(),
                method: methods.take(&names::field_name(&words), &words),
                type_,
                form,
                statuses: vec![status],
                docs: self
                    .schemas
                    .cx
                    .docs_with_examples(node, [Some(node), None], node.get("schema")),
            });
        }
        for header in &mut headers {
            if header.statuses.len() == contents.len() {
                header.statuses.clear();
            }
        }
        let words = format!("{} headers", place.words());
        Some(ResponseHeaders {
            name: self.schemas.types.take_type_name(&place.module, &words),
            set: None,
            headers,
        })
    }

    /// Adds the headers of a response to `declared`.
    fn collect_headers(
        &mut self,
        content: &ResponseContent<'run>,
        declared: &mut Vec<(&'run str, &'run Node, Status)>,
    ) {
        let listed = content.node.get("headers");
        for (name, node) in listed.and_then(Node::as_object).into_iter().flatten() {
            let holder = listed.unwrap_or(content.node);
            let header = self.schemas.cx.object(Kind::Header, node);
            if name.eq_ignore_ascii_case("content-type") {
                // https://spec.openapis.org/oas/v3.1.1.html#response-object
                self.schemas.cx.ignore(holder, name, "`content` says it");
            } else if !is_token(name) {
                self.schemas
                    .cx
                    .degrade(holder, name, "no header has such a name; the response has it untyped");
            } else if header.get("$ref").is_none() && header.as_object().is_some() {
                declared.push((name, header, content.status));
            } else if header.as_object().is_some() {
                self.schemas.cx.degrade(
                    holder,
                    name,
                    "the reference leads to no header; the response has it untyped",
                );
            }
        }
    }

    /// Returns the type of a header, and how its value is written.
    fn lower_header(&mut self, wire: &str, node: &'run Node, place: &NamingContext) -> (Type, HeaderForm) {
        let Described { schema, is_json } = self.described(node);
        let lowered = schema.map(|schema| self.schemas.lower_type(schema, &place.child(wire)));
        let type_ = match lowered {
            // An absent header has no value either.
            Some(Type::Nullable(inner)) if !is_json => *inner,
            Some(type_) => type_,
            None if is_json => Type::Json,
            None => Type::String,
        };
        if is_json {
            return (type_, HeaderForm::Json);
        }
        let explode = node.get("explode").and_then(Node::as_bool) == Some(true);
        let form = schema.map_or(HeaderForm::Value, |schema| self.header_form(schema, explode));
        if !wire.eq_ignore_ascii_case(REPEATED) {
            return (type_, form);
        }
        if let HeaderForm::List { are_strings } = form {
            return (type_, HeaderForm::Lines { are_strings });
        }
        let are_strings = schema.is_none_or(|schema| self.is_string(schema));
        (Type::Array(Box::new(type_)), HeaderForm::Lines { are_strings })
    }

    /// Returns how a header is described: by its `schema`, or by one of the media types of its `content`.
    fn described(&mut self, node: &'run Node) -> Described<'run> {
        let content = node.get("content").and_then(Node::as_object);
        if let (Some(schema), Some(_)) = (node.get("schema"), content) {
            let reason = "`schema` stands beside it, and says how the value is written";
            self.schemas.cx.degrade(node, "content", reason);
            return Described {
                schema: Some(schema),
                is_json: false,
            };
        }
        let media_types = content.into_iter().flatten();
        let kinds = media_types.map(|(name, media)| (media_kind_of(name) == MediaKind::Json, name, media));
        match kinds.max_by_key(|(is_json, ..)| *is_json) {
            Some((is_json, name, media)) => {
                let is_text = media_kind_of(name) == MediaKind::Text;
                Described {
                    // The text of another media type is a string, whatever it stands for.
                    schema: media.get("schema").filter(|_| is_json || is_text),
                    is_json,
                }
            }
            None => Described {
                schema: node.get("schema"),
                is_json: false,
            },
        }
    }

    /// Returns how values of a schema are written in the style `simple`.
    fn header_form(&self, schema: &'run Node, explode: bool) -> HeaderForm {
        let types = self.schemas.types_of(schema).without(JsonTypes::NULL);
        if types == JsonTypes::ARRAY {
            let mut elements = self.parts_with(schema, "items");
            return HeaderForm::List {
                are_strings: elements.any(|items| self.is_string(items)),
            };
        }
        if types != JsonTypes::OBJECT {
            return HeaderForm::Value;
        }
        let properties = self.parts_with(schema, "properties").filter_map(Node::as_object);
        let strings = properties.flatten().filter(|(_, schema)| self.is_string(schema));
        HeaderForm::Object {
            explode,
            strings: strings.map(|(name, _)| name.clone()).collect(),
        }
    }

    /// Returns the values of a keyword of the subschemas that all apply to a value.
    fn parts_with(&self, schema: &'run Node, keyword: &'static str) -> impl Iterator<Item = &'run Node> + use<'run> {
        let parts = self.schemas.cx.parts(schema);
        parts.into_iter().filter_map(move |part| part.get(keyword))
    }

    /// Returns whether all values of a schema are strings.
    fn is_string(&self, schema: &'run Node) -> bool {
        self.schemas.types_of(schema).without(JsonTypes::NULL) == JsonTypes::STRING
    }
}
