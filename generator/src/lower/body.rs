//! Lowers request bodies: which media types are offered, and what each holds.

use super::media_type::{self, Sort};
use super::operation::LeftOut;
use super::{Context, Home, Place, docs};
use crate::document::{Kind, Node, Pointer};
use crate::model::{Body, Content, JsonTypes, Operation, Rule, Type};
use crate::names::{self, Namespace};

/// A request body as the document has it.
pub(super) struct Offered<'run> {
    node: &'run Node,
    pointer: Pointer,
    /// The name of the argument or setter.
    field: String,
    required: bool,
    /// The media types that are offered, the one that is taken unless asked otherwise first.
    choices: Vec<Choice<'run>>,
}

/// A media type of a body.
struct Choice<'run> {
    media_type: &'run str,
    sort: Sort,
    media: &'run Node,
}

impl<'run> Choice<'run> {
    fn schema(&self) -> Option<&'run Node> {
        self.media.get("schema")
    }
}

impl<'run> Context<'run> {
    /// Returns what an operation offers for its body; the error says why it cannot do with any of it.
    pub(super) fn offered_bodies(
        &mut self,
        operation: &'run Node,
        pointer: &Pointer,
        fields: &mut Namespace,
    ) -> Result<Option<Offered<'run>>, LeftOut> {
        let Some(node) = operation.get("requestBody") else {
            return Ok(None);
        };
        let (node, pointer) = self.follow(Kind::RequestBody, node, pointer.child("requestBody"));
        let parsed: openapiv3::RequestBody = self.parse(Kind::RequestBody, node, &pointer)?;
        let content = node.get("content");
        let Some((content, listed)) = content.and_then(|content| Some((content, content.as_object()?))) else {
            return Ok(None);
        };
        let mut choices = Vec::new();
        let mut reasons = Vec::new();
        for (media_type, media) in listed {
            let choice = Choice {
                media_type,
                sort: self.sort_of_content(media_type, media.get("schema")),
                media,
            };
            match self.fault_of(&choice) {
                Some(reason) => reasons.push((media_type, reason)),
                None => choices.push(choice),
            }
        }
        reasons.sort_unstable();
        // The order of keys has no meaning; what the document calls JSON and nothing else comes first.
        choices.sort_by_key(|choice| {
            let is_plain = media_type::essence(choice.media_type) == "application/json";
            (choice.sort, !is_plain, choice.media_type)
        });
        if let (true, Some((media_type, reason))) = (choices.is_empty(), reasons.first()) {
            return Err(LeftOut::Unwritten(format!("its body is {media_type}: {reason}")));
        }
        for (media_type, reason) in reasons {
            self.degrade(content, media_type, format!("not offered: {reason}"));
        }
        self.leave_out_repeated(content, &mut choices);
        Ok((!choices.is_empty()).then_some(Offered {
            node,
            pointer: pointer.child("content"),
            field: fields.take("body", ""),
            required: parsed.required,
            choices,
        }))
    }

    /// Returns why a body cannot be written as this media type, if it cannot.
    fn fault_of(&self, choice: &Choice<'run>) -> Option<&'static str> {
        let is_form = matches!(choice.sort, Sort::Form | Sort::Multipart);
        let has_members = |schema: &'run Node| self.allowed_types(schema).has(JsonTypes::OBJECT);
        if !media_type::is_header_value(choice.media_type) {
            Some("it is no media type")
        } else if is_form && !choice.schema().is_none_or(has_members) {
            Some("it is made of members, but its schema allows no object")
        } else {
            None
        }
    }

    /// Leaves out media types that say what the first one says, in another notation.
    fn leave_out_repeated(&mut self, content: &'run Node, choices: &mut Vec<Choice<'run>>) {
        let Some(first) = choices.first() else { return };
        let (media_type, sort) = (first.media_type, first.sort);
        let schema = first.schema().map(Node::to_json);
        let is_repeated = |choice: &Choice<'run>| {
            choice.sort != sort
                && choice.sort != Sort::Text
                && schema.is_some()
                && choice.schema().map(Node::to_json) == schema
                && !(choice.sort == Sort::Multipart && self.wants_parts(choice.media))
        };
        let (repeated, kept) = std::mem::take(choices).into_iter().partition(is_repeated);
        let repeated: Vec<Choice<'run>> = repeated;
        *choices = kept;
        for choice in repeated {
            let reason = format!("the body is sent as {media_type}, by the same schema");
            self.ignore(content, choice.media_type, reason);
        }
    }

    /// Returns `operation` for each of the media types that its body may have.
    ///
    /// It keeps its name where its body is of the first; elsewhere the words of the media type are added.
    pub(super) fn with_variants(
        &mut self,
        operation: Operation,
        offered: Option<&Offered<'run>>,
        home: &Home,
        functions: &mut Namespace,
    ) -> Vec<Operation> {
        let mut all = vec![operation];
        let Some(offered) = offered else { return all };
        for choice in offered.choices.iter().skip(1) {
            let words = format!("{} {}", all[0].function, media_type::words(choice.media_type));
            let function = functions.take(&names::field_name(&words), &words);
            let request_type = self.take_type_name(home, &function);
            let place = Place::new(home.clone(), &request_type).having([("body", choice.schema())]);
            let body = self.lower_body(offered, choice, &place);
            let alternatives = self.alternatives_of(&all[0].alternatives, home, &request_type);
            all.push(Operation {
                static_name: self.take_static_name(home, &request_type, "OPERATION"),
                alternatives,
                body: Some(body),
                is_variant: true,
                paging: None,
                function,
                request_type,
                ..all[0].clone()
            });
        }
        let functions: Vec<String> = all.iter().skip(1).map(|variant| variant.function.clone()).collect();
        if let Some(body) = &mut all[0].body {
            body.others = functions;
        }
        all
    }

    /// Lowers the body of the media type that is taken unless asked otherwise.
    pub(super) fn lower_first_body(&mut self, offered: &Offered<'run>, place: &Place) -> Option<Body> {
        let choice = offered.choices.first()?;
        Some(self.lower_body(offered, choice, place))
    }

    fn lower_body(&mut self, offered: &Offered<'run>, choice: &Choice<'run>, place: &Place) -> Body {
        let content = self.lower_content(choice, &offered.pointer.child(choice.media_type), place);
        Body {
            field: offered.field.clone(),
            media_type: media_type::sent(choice.media_type, choice.sort),
            content,
            required: offered.required,
            others: Vec::new(),
            docs: docs(offered.node),
        }
    }

    fn lower_content(&mut self, choice: &Choice<'run>, pointer: &Pointer, request: &Place) -> Content {
        let place = &request.child("body");
        if !matches!(choice.sort, Sort::Form | Sort::Multipart) && choice.media.get("encoding").is_some() {
            self.ignore(choice.media, "encoding", "it is for forms and bodies of several parts");
        }
        match choice.sort {
            Sort::Json => match choice.schema() {
                None => Content::Json(Type::Json, Rule::default()),
                Some(schema) => {
                    let type_ = self.lower_type(schema, place);
                    Content::Json(type_, self.lower_rule(schema, &place.module))
                }
            },
            Sort::Form => Content::Form(self.lower_form(choice.media, false, place)),
            Sort::Multipart if self.wants_parts(choice.media) => {
                Content::Parts(self.lower_parts(choice.media, pointer, request))
            }
            Sort::Multipart => Content::Form(self.lower_form(choice.media, true, place)),
            Sort::Text => Content::Text,
            Sort::Bytes => Content::Bytes,
        }
    }
}
