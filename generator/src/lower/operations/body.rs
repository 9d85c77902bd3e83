//! Lowers request bodies: the supported media types and their contents.

use crate::document::{Kind, Node};
use crate::lower::operations::Operations;
use crate::lower::operations::media_type::{self, MediaKind};
use crate::lower::operations::operation::Skipped;
use crate::lower::operations::parse::parse;
use crate::lower::schemas::naming::NamingContext;
use crate::model::{Body, Constraints, Content, JsonTypes, ModulePath, Operation, Type};
use crate::names::{self, Namespace};
use crate::source::Pointer;

/// A request body as the document has it.
pub(in crate::lower) struct Offered<'run> {
    node: &'run Node,
    pointer: Pointer,
    /// The name of the argument or setter.
    field: String,
    required: bool,
    /// The supported media types, the default first.
    choices: Vec<Choice<'run>>,
}

/// A media type of a body.
struct Choice<'run> {
    media_type: &'run str,
    media_kind: MediaKind,
    media: &'run Node,
}

impl<'run> Choice<'run> {
    fn schema(&self) -> Option<&'run Node> {
        self.media.get("schema")
    }
}

impl<'run> Operations<'run> {
    /// Returns the supported media types of the body of an operation. The error says why none is supported.
    pub(in crate::lower) fn offered_bodies(
        &mut self,
        operation: &'run Node,
        pointer: &Pointer,
        fields: &mut Namespace,
    ) -> Result<Option<Offered<'run>>, Skipped> {
        let Some(node) = operation.get("requestBody") else {
            return Ok(None);
        };
        let (node, pointer) = self
            .schemas
            .cx
            .follow(Kind::RequestBody, node, pointer.child("requestBody"));
        let parsed: openapiv3::RequestBody = parse(&mut self.schemas.cx, Kind::RequestBody, node, &pointer)?;
        let content = node.get("content");
        let Some((content, listed)) = content.and_then(|content| Some((content, content.as_object()?))) else {
            return Ok(None);
        };
        let mut choices = Vec::new();
        let mut reasons = Vec::new();
        for (media_type, media) in listed {
            let choice = Choice {
                media_type,
                media_kind: self.content_media_kind(media_type, media.get("schema")),
                media,
            };
            if media.get("itemSchema").is_some() {
                let reason = "a request is sent as a whole, whose items the caller writes";
                self.schemas.cx.degrade(media, "itemSchema", reason);
            }
            match self.fault_of(&choice) {
                Some(reason) => reasons.push((media_type, reason)),
                None => choices.push(choice),
            }
        }
        reasons.sort_unstable();
        // The order of keys has no meaning; `application/json` comes first.
        choices.sort_by_key(|choice| {
            let is_plain = media_type::essence(choice.media_type) == "application/json";
            (choice.media_kind, !is_plain, choice.media_type)
        });
        if let (true, Some((media_type, reason))) = (choices.is_empty(), reasons.first()) {
            return Err(Skipped::Unsupported(format!("its body is {media_type}: {reason}")));
        }
        for (media_type, reason) in reasons {
            self.schemas
                .cx
                .degrade(content, media_type, format!("not offered: {reason}"));
        }
        self.skip_repeated(content, &mut choices);
        Ok((!choices.is_empty()).then_some(Offered {
            node,
            pointer: pointer.child("content"),
            field: fields.take("body", ""),
            required: parsed.required,
            choices,
        }))
    }

    /// Returns why a body of this media type is not supported, or `None` if it is.
    fn fault_of(&self, choice: &Choice<'run>) -> Option<&'static str> {
        let is_form = matches!(choice.media_kind, MediaKind::Form | MediaKind::Multipart);
        let has_members = |schema: &'run Node| self.schemas.allowed_types(schema).has(JsonTypes::OBJECT);
        if !media_type::is_header_value(choice.media_type) {
            Some("it is no media type")
        } else if is_form && !choice.schema().is_none_or(has_members) {
            Some("it needs an object, which its schema does not allow")
        } else {
            None
        }
    }

    /// Skips media types with the same schema as the first one.
    fn skip_repeated(&mut self, content: &'run Node, choices: &mut Vec<Choice<'run>>) {
        let Some(first) = choices.first() else { return };
        let (media_type, media_kind) = (first.media_type, first.media_kind);
        let schema = first.schema().map(Node::to_json);
        let is_repeated = |choice: &Choice<'run>| {
            choice.media_kind != media_kind
                && choice.media_kind != MediaKind::Text
                && schema.is_some()
                && choice.schema().map(Node::to_json) == schema
                && !(choice.media_kind == MediaKind::Multipart && self.wants_parts(choice.media))
        };
        let (repeated, kept) = std::mem::take(choices).into_iter().partition(is_repeated);
        let repeated: Vec<Choice<'run>> = repeated;
        *choices = kept;
        for choice in repeated {
            let reason = format!("the body is sent as {media_type}, by the same schema");
            self.schemas.cx.ignore(content, choice.media_type, reason);
        }
    }

    /// Returns `operation` for each of the media types that its body may have.
    ///
    /// The operation for the first keeps its name; to the others the words of the media type are added.
    pub(in crate::lower) fn with_variants(
        &mut self,
        operation: Operation,
        offered: Option<&Offered<'run>>,
        module_path: &ModulePath,
        functions: &mut Namespace,
    ) -> Vec<Operation> {
        let mut all = vec![operation];
        let Some(offered) = offered else { return all };
        for choice in offered.choices.iter().skip(1) {
            let media_words = media_type::words(choice.media_type);
            let words = format!("{} {media_words}", all[0].function);
            let function = functions.take(&names::function_name(&words), &words);
            let request_words = format!("{} {media_words}", all[0].request_type);
            let request_type = self.schemas.types.take_type_name(module_path, &request_words);
            let place = NamingContext::new(module_path.clone(), &all[0].request_type);
            let place = place.append(&media_words).having([("body", choice.schema())]);
            let body = self.lower_body(offered, choice, &place);
            let alternatives = self.alternatives_of(&all[0].alternatives, module_path, &request_type);
            all.push(Operation {
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

    /// Lowers the body of the default media type.
    pub(in crate::lower) fn lower_first_body(
        &mut self,
        offered: &Offered<'run>,
        place: &NamingContext,
    ) -> Option<Body> {
        let choice = offered.choices.first()?;
        Some(self.lower_body(offered, choice, place))
    }

    fn lower_body(&mut self, offered: &Offered<'run>, choice: &Choice<'run>, place: &NamingContext) -> Body {
        let content = self.lower_content(choice, &offered.pointer.child(choice.media_type), place);
        Body {
            field: offered.field.clone(),
            media_type: media_type::sent(choice.media_type, choice.media_kind),
            content,
            required: offered.required,
            others: Vec::new(),
            docs: self
                .schemas
                .cx
                .docs_with_examples(offered.node, [Some(choice.media), None], None),
        }
    }

    fn lower_content(&mut self, choice: &Choice<'run>, pointer: &Pointer, request: &NamingContext) -> Content {
        let place = &request.child("body");
        if !matches!(choice.media_kind, MediaKind::Form | MediaKind::Multipart)
            && choice.media.get("encoding").is_some()
        {
            self.schemas
                .cx
                .ignore(choice.media, "encoding", "it is for forms and bodies of several parts");
        }
        match choice.media_kind {
            MediaKind::Json => match choice.schema() {
                None => Content::Json(Type::Json, Constraints::default()),
                Some(schema) => {
                    let type_ = self.schemas.lower_type(schema, place);
                    Content::Json(type_, self.schemas.lower_constraints(schema, &place.module))
                }
            },
            MediaKind::Form => Content::Form(self.lower_form(choice.media, false, place)),
            MediaKind::Multipart if self.wants_parts(choice.media) => {
                Content::Parts(Box::new(self.lower_parts(choice.media, pointer, request)))
            }
            MediaKind::Multipart => Content::Form(self.lower_form(choice.media, true, place)),
            MediaKind::Text => Content::Text,
            MediaKind::Bytes => Content::Bytes,
        }
    }
}
