//! Lowers forms: bodies whose properties are serialized one by one.

use crate::document::{Kind, Node};
use crate::lower::context::docs;
use crate::lower::operations::Operations;
use crate::lower::operations::encoding::Members;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::token::is_token;
use crate::model::{
    Assertion, Constraints, Derives, Encoding, Form, Part, PartContent, PartHeader, Parts, Type, TypeId,
};
use crate::names::{self, Namespace};

/// The methods of a struct of parts; a setter cannot have their names.
const METHOD_NAMES: [&str; 2] = ["new", "payload"];

impl<'run> Operations<'run> {
    /// Lowers a form whose values are those of its schema's type.
    pub(in crate::lower) fn lower_form(
        &mut self,
        media: &'run Node,
        is_multipart: bool,
        place: &NamingContext,
    ) -> Form {
        let members = self.form_members(media);
        let encodings = self.lower_encodings(media, &members, is_multipart);
        let (type_, constraints) = match media.get("schema") {
            None => (Type::Map(Box::new(Type::Json)), Constraints::default()),
            Some(schema) => {
                let type_ = self.schemas.lower_type(schema, place);
                (type_, self.schemas.lower_constraints(schema, &place.module))
            }
        };
        Form {
            is_multipart,
            type_,
            constraints,
            encodings,
        }
    }

    /// Returns whether a body has a struct of its parts: some are files, some have headers, or the schema defines none.
    pub(in crate::lower) fn wants_parts(&self, media: &'run Node) -> bool {
        let members = self.form_members(media);
        let is_file = |(name, schema): &(&'run str, &'run Node)| {
            self.is_file_list(schema).is_some() || self.is_file_by_encoding(media, name, schema)
        };
        let names_others = |schema: &'run Node| {
            let rest = self.schemas.cx.resolve(schema).get("additionalProperties");
            rest.is_some_and(|rest| rest.as_bool() != Some(true) && self.is_file_list(rest).is_none())
        };
        let encodings = media.get("encoding").and_then(Node::as_object).into_iter().flatten();
        let mut headers = encodings.filter_map(|(_, encoding)| encoding.get("headers")?.as_object());
        members.iter().any(is_file)
            || headers.any(|headers| !headers.is_empty())
            || (members.is_empty() && !media.get("schema").is_some_and(names_others))
    }

    /// Lowers the parts of a body as a struct of their own.
    pub(in crate::lower) fn lower_parts(&mut self, media: &'run Node, request: &NamingContext) -> Parts {
        let members = self.form_members(media);
        let form = request.append("form");
        let name = self.schemas.types.take_type_name(&form.module, &form.words());
        let words = members.iter().map(|(wire, schema)| (*wire, Some(*schema)));
        let place = form.having(words);
        let mut fields = names::fields_beside(&METHOD_NAMES);
        let mut parts = self.lower_members(media, &members, &place, &mut fields);
        for part in &mut parts {
            part.headers = self.lower_part_headers(media, &part.wire, &place, &mut fields);
        }
        let schema = media.get("schema");
        let constraints = schema.map(|schema| self.schemas.lower_constraints(schema, &place.module));
        let is_file = |part: &&Part| matches!(part.content, PartContent::File { .. });
        let files: Vec<&str> = parts.iter().filter(is_file).map(|part| part.wire.as_str()).collect();
        let constraints = self.without_files(&constraints.unwrap_or_default(), &files, &mut Vec::new());
        Parts {
            other: fields.take("other", ""),
            add: fields.take("part", ""),
            name,
            constraints,
            required: None,
            derives: Derives::default(),
            has_default_impl: false,
            parts,
            docs: schema.map(docs).unwrap_or_default(),
        }
    }

    fn lower_members(
        &mut self,
        media: &'run Node,
        members: &Members<'run>,
        place: &NamingContext,
        fields: &mut Namespace,
    ) -> Vec<Part> {
        let required = self.required_properties(media);
        let encodings = self.lower_encodings(media, members, true);
        let mut parts = Vec::new();
        for (wire, schema) in members {
            let encoding = encodings
                .iter()
                .find(|(known, _)| known == wire)
                .map(|(_, encoding)| encoding);
            let is_list = self.is_file_list(schema);
            let content = if is_list.is_some() || self.is_file_by_encoding(media, wire, schema) {
                PartContent::File {
                    media_types: match encoding {
                        Some(Encoding::Content(media_types)) => media_types.clone(),
                        _ => String::new(),
                    },
                    is_list: is_list == Some(true),
                    is_declared: is_list.is_some(),
                }
            } else {
                // A form cannot represent `null`: the part is omitted.
                let type_ = match self.schemas.lower_type(schema, &place.child(wire)) {
                    Type::Nullable(inner) => *inner,
                    other => other,
                };
                PartContent::Value(type_, encoding.cloned().unwrap_or(Encoding::Content(String::new())))
            };
            parts.push(Part {
                wire: (*wire).to_owned(),
                field: fields.take(&names::field_name(wire), wire),
                content,
                required: required.contains(wire),
                constant: None,
                headers: Vec::new(),
                docs: self.schemas.cx.docs_of_use(schema),
            });
        }
        parts
    }

    /// Lowers the headers of the part `wire`.
    fn lower_part_headers(
        &mut self,
        media: &'run Node,
        wire: &str,
        place: &NamingContext,
        fields: &mut Namespace,
    ) -> Vec<PartHeader> {
        let listed = media
            .get("encoding")
            .and_then(|encodings| encodings.get(wire)?.get("headers"));
        let mut headers = Vec::new();
        for (name, node) in listed.and_then(Node::as_object).into_iter().flatten() {
            let holder = listed.unwrap_or(media);
            // The media type of a part has a field of its own (https://spec.openapis.org/oas/v3.1.1.html#encoding-object).
            if name.eq_ignore_ascii_case("content-type") {
                self.schemas.cx.ignore(holder, name, "`contentType` says it");
                continue;
            }
            let header = self.schemas.cx.object(Kind::Header, node);
            let Some(schema) = header.get("schema").filter(|_| is_token(name)) else {
                self.schemas
                    .cx
                    .degrade(holder, name, "a header of a part is written by its name and `schema`");
                continue;
            };
            if header.get("content").is_some() {
                let reason = "a header of a part is written by its `schema`";
                self.schemas.cx.ignore(header, "content", reason);
            }
            if header.get("explode").and_then(Node::as_bool) == Some(true) {
                self.schemas.cx.ignore(
                    header,
                    "explode",
                    "it matters to objects alone, which are written without",
                );
            }
            let words = format!("{wire} {name}");
            let type_ = match self.schemas.lower_type(schema, &place.child(&words)) {
                Type::Nullable(inner) => *inner,
                other => other,
            };
            headers.push(PartHeader {
                wire: name.clone(),
                field: fields.take(&names::field_name(&words), &words),
                type_,
                required: header.get("required").and_then(Node::as_bool) == Some(true),
                docs: self
                    .schemas
                    .cx
                    .docs_with_examples(header, [Some(header), None], header.get("schema")),
            });
        }
        headers
    }

    /// Returns the constraints of a multipart body without those of files, which are not JSON; only the number of files
    /// is checked. Undefined parts are not validated.
    fn without_files(&self, constraints: &Constraints, files: &[&str], open: &mut Vec<TypeId>) -> Constraints {
        let each = |subschemas: &[Constraints], open: &mut Vec<TypeId>| -> Vec<Constraints> {
            subschemas
                .iter()
                .map(|constraints| self.without_files(constraints, files, open))
                .collect()
        };
        let assertions = constraints.0.iter().filter_map(|assertion| match assertion {
            Assertion::Properties(subschemas) => {
                let subschemas = subschemas.iter().map(|(name, constraints)| {
                    let constraints = if files.contains(&name.as_str()) {
                        counted(constraints)
                    } else {
                        constraints.clone()
                    };
                    (name.clone(), constraints)
                });
                Some(Assertion::Properties(subschemas.collect()))
            }
            Assertion::AdditionalProperties(constraints) if constraints.0 != [Assertion::Never] => None,
            Assertion::PatternProperties(_)
            | Assertion::UnevaluatedProperties(_)
            | Assertion::Not(_)
            | Assertion::If(..)
            | Assertion::DependentSchemas(_) => None,
            // A recursive reference for the same value adds nothing.
            Assertion::Reference(id) if open.contains(id) => None,
            Assertion::Reference(id) => {
                let target = &self.schemas.types[*id].constraints;
                open.push(*id);
                let kept = self.without_files(target, files, open);
                open.pop();
                Some(if kept == *target {
                    assertion.clone()
                } else {
                    Assertion::AllOf(vec![kept])
                })
            }
            Assertion::Discriminator(property, mapping, union) => {
                let subschemas: Vec<Constraints> = union.subschemas().into_iter().cloned().collect();
                let kept = Box::new(Assertion::AnyOf(each(&subschemas, open)));
                Some(Assertion::Discriminator(property.clone(), mapping.clone(), kept))
            }
            Assertion::AllOf(subschemas) => Some(Assertion::AllOf(each(subschemas, open))),
            Assertion::AnyOf(subschemas) => Some(Assertion::AnyOf(each(subschemas, open))),
            Assertion::OneOf(subschemas) => {
                let kept = each(subschemas, open);
                // Subschemas that differ only in a file may all match when files are not validated.
                Some(if kept == *subschemas {
                    assertion.clone()
                } else {
                    Assertion::AnyOf(kept)
                })
            }
            other => Some(other.clone()),
        });
        Constraints(assertions.collect())
    }
}

/// Returns the constraints of the number of elements.
fn counted(constraints: &Constraints) -> Constraints {
    let is_count = |assertion: &&Assertion| matches!(assertion, Assertion::MinItems(_) | Assertion::MaxItems(_));
    Constraints(constraints.0.iter().filter(is_count).cloned().collect())
}
