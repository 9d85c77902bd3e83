//! Lowers forms: bodies whose members are written one by one.

use super::encoding::Members;
use super::media_type::is_header_value;
use super::{Context, Place, docs};
use crate::document::{Kind, Node, Pointer};
use crate::model::{Assertion, Encoding, Form, Part, PartContent, PartHeader, Parts, Rule, Type, TypeId};
use crate::names::{self, Namespace};

/// Names that a struct of parts has methods of; a setter cannot have them.
const METHOD_NAMES: [&str; 4] = ["new", "payload", "clone", "default"];

impl<'run> Context<'run> {
    /// Lowers a form whose values are those of its schema's type.
    pub(super) fn lower_form(&mut self, media: &'run Node, is_multipart: bool, place: &Place) -> Form {
        let members = self.form_members(media);
        let encodings = self.lower_encodings(media, &members, is_multipart);
        let (type_, rule) = match media.get("schema") {
            None => (Type::Map(Box::new(Type::Json)), Rule::default()),
            Some(schema) => {
                let type_ = self.lower_type(schema, place);
                (type_, self.lower_rule(schema, &place.module))
            }
        };
        Form {
            is_multipart,
            type_,
            rule,
            encodings,
        }
    }

    /// Returns whether callers have to give the parts of a body one by one: some are files, some
    /// have headers, or the document does not say what there is.
    pub(super) fn wants_parts(&self, media: &'run Node) -> bool {
        let members = self.form_members(media);
        let is_file = |(name, schema): &(&'run str, &'run Node)| {
            self.is_file_list(schema).is_some() || self.is_file_by_encoding(media, name, schema)
        };
        let names_others = |schema: &'run Node| {
            let rest = self.resolve(schema).get("additionalProperties");
            rest.is_some_and(|rest| rest.as_bool() != Some(true) && self.is_file_list(rest).is_none())
        };
        let encodings = media.get("encoding").and_then(Node::as_object).into_iter().flatten();
        let mut headers = encodings.filter_map(|(_, encoding)| encoding.get("headers")?.as_object());
        members.iter().any(is_file)
            || headers.any(|headers| !headers.is_empty())
            || (members.is_empty() && !media.get("schema").is_some_and(names_others))
    }

    /// Lowers the parts of a body as a struct of their own.
    pub(super) fn lower_parts(&mut self, media: &'run Node, pointer: &Pointer, request: &Place) -> Parts {
        let members = self.form_members(media);
        let name = self.take_type_name(&request.module, &format!("{} form", request.words));
        let words = members.iter().map(|(wire, schema)| (*wire, Some(*schema)));
        let place = Place::new(request.module.clone(), &name).having(words);
        let mut fields = Namespace::default();
        for method in METHOD_NAMES {
            fields.reserve(method);
        }
        let mut parts = self.lower_members(media, &members, &place, &mut fields);
        for part in &mut parts {
            part.headers = self.lower_part_headers(media, pointer, &part.wire, &place, &mut fields);
        }
        let schema = media.get("schema");
        let rule = schema.map(|schema| self.lower_rule(schema, &place.module));
        let is_file = |part: &&Part| matches!(part.content, PartContent::File { .. });
        let files: Vec<&str> = parts.iter().filter(is_file).map(|part| part.wire.as_str()).collect();
        let rule = self.without_files(&rule.unwrap_or_default(), &files, &mut Vec::new());
        Parts {
            other: fields.take("other", ""),
            add: fields.take("part", ""),
            name,
            rule,
            required: None,
            parts,
            docs: schema.map(docs).unwrap_or_default(),
        }
    }

    fn lower_members(
        &mut self,
        media: &'run Node,
        members: &Members<'run>,
        place: &Place,
        fields: &mut Namespace,
    ) -> Vec<Part> {
        let required = self.required_members(media);
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
                // No form has a word for `null`: such a part is not there.
                let type_ = match self.lower_type(schema, &place.child(wire)) {
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
                docs: self.docs_of_use(schema),
            });
        }
        parts
    }

    /// Lowers the headers of the part `wire`.
    fn lower_part_headers(
        &mut self,
        media: &'run Node,
        pointer: &Pointer,
        wire: &str,
        place: &Place,
        fields: &mut Namespace,
    ) -> Vec<PartHeader> {
        let listed = media
            .get("encoding")
            .and_then(|encodings| encodings.get(wire)?.get("headers"));
        let pointer = pointer.child("encoding").child(wire).child("headers");
        let mut headers = Vec::new();
        for (name, node) in listed.and_then(Node::as_object).into_iter().flatten() {
            let holder = listed.unwrap_or(media);
            // The media type of a part has a field of its own (https://spec.openapis.org/oas/v3.1.1.html#encoding-object).
            if name.eq_ignore_ascii_case("content-type") {
                self.ignore(holder, name, "`contentType` says it");
                continue;
            }
            let (header, _) = self.follow(Kind::Header, node, pointer.child(name));
            let is_token = !name.is_empty() && is_header_value(name) && !name.contains([' ', ':', '"', '(', ')', ',']);
            let Some(schema) = header.get("schema").filter(|_| is_token) else {
                self.degrade(holder, name, "a header of a part is written by its name and `schema`");
                continue;
            };
            if header.get("explode").and_then(Node::as_bool) == Some(true) {
                self.ignore(
                    header,
                    "explode",
                    "it matters to objects alone, which are written without",
                );
            }
            let words = format!("{wire} {name}");
            let type_ = match self.lower_type(schema, &place.child(&words)) {
                Type::Nullable(inner) => *inner,
                other => other,
            };
            headers.push(PartHeader {
                wire: name.clone(),
                field: fields.take(&names::field_name(&words), &words),
                type_,
                required: header.get("required").and_then(Node::as_bool) == Some(true),
                docs: docs(header),
            });
        }
        headers
    }

    /// Returns a rule for the parts of a body without what it asks of files, which are no JSON: of
    /// those it counts them. What nobody described is not judged either.
    fn without_files(&self, rule: &Rule, files: &[&str], open: &mut Vec<TypeId>) -> Rule {
        let judge = |rules: &[Rule], open: &mut Vec<TypeId>| -> Vec<Rule> {
            rules.iter().map(|rule| self.without_files(rule, files, open)).collect()
        };
        let assertions = rule.0.iter().filter_map(|assertion| match assertion {
            Assertion::Properties(rules) => {
                let rules = rules.iter().map(|(name, rule)| {
                    let rule = if files.contains(&name.as_str()) {
                        counted(rule)
                    } else {
                        rule.clone()
                    };
                    (name.clone(), rule)
                });
                Some(Assertion::Properties(rules.collect()))
            }
            Assertion::AdditionalProperties(rule) if rule.0 != [Assertion::Never] => None,
            Assertion::PatternProperties(_)
            | Assertion::UnevaluatedProperties(_)
            | Assertion::Not(_)
            | Assertion::If(..)
            | Assertion::DependentSchemas(_) => None,
            // What is asked again of the same value adds nothing.
            Assertion::Reference(id) if open.contains(id) => None,
            Assertion::Reference(id) => {
                let target = &self.types[id.index()].rule;
                open.push(*id);
                let judged = self.without_files(target, files, open);
                open.pop();
                Some(if judged == *target {
                    assertion.clone()
                } else {
                    Assertion::AllOf(vec![judged])
                })
            }
            Assertion::Discriminator(property, mapping, union) => {
                let rules: Vec<Rule> = union.rules().into_iter().cloned().collect();
                let judged = Box::new(Assertion::AnyOf(judge(&rules, open)));
                Some(Assertion::Discriminator(property.clone(), mapping.clone(), judged))
            }
            Assertion::AllOf(rules) => Some(Assertion::AllOf(judge(rules, open))),
            Assertion::AnyOf(rules) => Some(Assertion::AnyOf(judge(rules, open))),
            Assertion::OneOf(rules) => {
                let judged = judge(rules, open);
                // Branches that part by a file alone may all hold once it is not judged.
                Some(if judged == *rules {
                    assertion.clone()
                } else {
                    Assertion::AnyOf(judged)
                })
            }
            other => Some(other.clone()),
        });
        Rule(assertions.collect())
    }
}

/// Returns what a rule asks of the number of elements.
fn counted(rule: &Rule) -> Rule {
    let is_count = |assertion: &&Assertion| matches!(assertion, Assertion::MinItems(_) | Assertion::MaxItems(_));
    Rule(rule.0.iter().filter(is_count).cloned().collect())
}
