//! Decides how parameters are serialized: by style, or by the media type of their `content`.

use openapiv3::{CookieStyle, HeaderStyle, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use serde_json::json;

use crate::diagnostic::{Diagnostic, Fix};
use crate::document::Node;
use crate::lower::operations::Operations;
use crate::lower::operations::media_type::{MediaKind, media_kind_of};
use crate::model::{JsonTypes, Location, Shape, Style, Type};
use crate::source::{Origin, Pointer};

/// How a parameter is serialized.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct ParameterStyle<'run> {
    /// The style, or the kind of its `content`.
    pub(in crate::lower) style: Style,
    /// Whether each element or property is a separate parameter.
    pub(in crate::lower) explode: bool,
    /// Whether reserved characters are not percent-encoded.
    pub(in crate::lower) allow_reserved: bool,
    /// Whether the value may be empty.
    pub(in crate::lower) allow_empty: bool,
    /// The schema of the value, which a `content` may lack.
    pub(in crate::lower) schema: Option<&'run Node>,
}

/// Why a parameter cannot be serialized.
pub(in crate::lower) struct UnsupportedStyle {
    /// The origin of the keyword, or of the parameter.
    pub(in crate::lower) place: Origin,
    /// The reason.
    pub(in crate::lower) reason: String,
    /// What would help.
    pub(in crate::lower) help: &'static str,
}

impl<'run> Operations<'run> {
    /// Returns how a parameter is serialized. Returns `None` if its schema is missing, which was reported.
    pub(in crate::lower) fn form_of(
        &mut self,
        node: &'run Node,
        parameter: &openapiv3::Parameter,
    ) -> Result<Option<ParameterStyle<'run>>, UnsupportedStyle> {
        let data = parameter.parameter_data_ref();
        let location = location(node, parameter);
        for keyword in ["allowReserved", "allowEmptyValue"] {
            if location != Location::Query && node.get(keyword).and_then(Node::as_bool) == Some(true) {
                let reason = "it only applies to query parameters";
                self.schemas.cx.degrade(node, keyword, reason);
            }
        }
        match &data.format {
            ParameterSchemaOrContent::Schema(_) if node.get("schema").is_none() => {
                Ok(Some(self.form_without_schema(node, parameter)))
            }
            ParameterSchemaOrContent::Schema(schema) => match self.schema_of(schema) {
                Some(schema) => self.form_by_schema(node, parameter, schema).map(Some),
                None => Ok(None),
            },
            ParameterSchemaOrContent::Content(content) => self.form_by_content(node, content).map(Some),
        }
    }

    /// Returns how a parameter with neither `schema` nor `content` is serialized: as a string.
    fn form_without_schema(&mut self, node: &Node, parameter: &openapiv3::Parameter) -> ParameterStyle<'run> {
        self.report_no_schema(node, &parameter.parameter_data_ref().name);
        let (style, allow_reserved, allow_empty) = style(node, parameter);
        let form = text_form(style, allow_reserved, allow_empty);
        if form.style != style {
            let reason = "it has no defined form for a string, which is written as `form`";
            self.schemas.cx.degrade(node, "style", reason);
        }
        form
    }

    /// Returns how a parameter with a `schema` is serialized.
    fn form_by_schema(
        &mut self,
        node: &'run Node,
        parameter: &openapiv3::Parameter,
        schema: &'run Node,
    ) -> Result<ParameterStyle<'run>, UnsupportedStyle> {
        let (style, allow_reserved, allow_empty) = style(node, parameter);
        if node.get("content").is_some() {
            let reason = "`schema` stands beside it, and says how the value is written";
            self.schemas.cx.degrade(node, "content", reason);
        }
        // By the text of the specification the default for `deepObject` is `false`, with which its behaviour is
        // undefined. OpenAPI 3.2 has no such default (https://spec.openapis.org/oas/v3.2.0.html#style-values).
        let default = matches!(style, Style::Form | Style::Cookie | Style::DeepObject);
        let form = ParameterStyle {
            style,
            explode: parameter.parameter_data_ref().explode.unwrap_or(default),
            allow_reserved,
            allow_empty: allow_empty && style == Style::Form,
            schema: Some(schema),
        };
        self.check_table(node, form, schema)?;
        if allow_empty && !form.allow_empty {
            // The flag is ignored there (https://spec.openapis.org/oas/v3.1.1.html#parameter-object).
            let reason = "the style is not defined for an empty value";
            self.schemas.cx.degrade(node, "allowEmptyValue", reason);
        }
        Ok(form)
    }

    /// Returns how a parameter with a `content` is serialized: by one of its media types.
    fn form_by_content(
        &mut self,
        node: &'run Node,
        content: &openapiv3::Content,
    ) -> Result<ParameterStyle<'run>, UnsupportedStyle> {
        let is_whole_query = is(node, "in", "querystring");
        let written = content
            .iter()
            .filter_map(|(media_type, media)| Some((written_as(media_type, is_whole_query)?, media)));
        let Some((style, media)) = written.min_by_key(|(style, _)| *style == Style::Text) else {
            let known: Vec<&str> = content.keys().map(String::as_str).collect();
            return Err(UnsupportedStyle {
                place: node.get("content").map_or(node.origin, |content| content.origin.key()),
                reason: format!("its media type is {}", known.join(", ")),
                help: "only `content` of JSON or text/plain is supported; use one of them, if the server accepts it",
            });
        };
        if content.len() > 1 {
            let reason = "only one of several media types is used";
            self.schemas.cx.degrade(node, "content", reason);
        }
        let schema = media.schema.as_ref().and_then(|schema| self.schema_of(schema));
        if let Some(schema) = schema.filter(|_| style == Style::Text) {
            self.check_text(node, schema)?;
        }
        Ok(ParameterStyle {
            style,
            explode: style == Style::Form,
            allow_reserved: false,
            allow_empty: false,
            schema,
        })
    }

    /// A parameter has a `schema` or a `content`
    /// ([OpenAPI 3.1.1 §4.8.12](https://spec.openapis.org/oas/v3.1.1.html#parameter-object)).
    fn report_no_schema(&mut self, node: &Node, name: &str) {
        let message = format!("the parameter {name:?} has neither `schema` nor `content`; it is a string");
        let fix = Fix::Update(json!({"schema": {"type": "string"}}));
        let diagnostic = Diagnostic::warning("parameter-without-schema", node.origin, Pointer::root(), message);
        self.schemas.cx.report(
            diagnostic
                .with_help("add a schema, such as `schema: {type: string}`")
                .with_fix(fix),
        );
    }

    fn schema_of(&self, schema: &ReferenceOr<openapiv3::Schema>) -> Option<&'run Node> {
        match schema {
            ReferenceOr::Reference { reference } => self.schemas.cx.target(reference).map(|(node, _)| node),
            ReferenceOr::Item(_) => None,
        }
    }

    /// Returns an error for the cells of the style table that are not applicable
    /// ([OpenAPI 3.1.1 §4.8.12.6](https://spec.openapis.org/oas/v3.1.1.html#style-examples)): the specification
    /// does not define them.
    fn check_table(
        &self,
        node: &'run Node,
        form: ParameterStyle<'run>,
        schema: &'run Node,
    ) -> Result<(), UnsupportedStyle> {
        let (name, shapes, explode) = match form.style {
            Style::SpaceDelimited => ("spaceDelimited", JsonTypes::ARRAY.or(JsonTypes::OBJECT), false),
            Style::PipeDelimited => ("pipeDelimited", JsonTypes::ARRAY.or(JsonTypes::OBJECT), false),
            // Undefined for arrays and scalars, which are serialized like those within an object.
            Style::DeepObject => ("deepObject", JsonTypes::ANY, true),
            _ => return Ok(()),
        };
        let place = |keyword: &str| node.get(keyword).map_or(node.origin, |value| value.origin.key());
        if form.explode != explode {
            return Err(UnsupportedStyle {
                place: place("explode"),
                reason: format!("the style {name} is not defined with `explode: {}`", form.explode),
                help: if explode {
                    "write `explode: true`, or omit it"
                } else {
                    "write `explode: false`, or `style: form` if each element is a separate parameter"
                },
            });
        }
        let types = self.schemas.types_of(schema).without(JsonTypes::NULL);
        if types.and(shapes).is_empty() {
            return Err(UnsupportedStyle {
                place: place("style"),
                reason: format!("the style {name} is not defined for {}", kinds(types)),
                help: "write `style: form`, which is defined for every type, or correct the `type` of the schema",
            });
        }
        Ok(())
    }

    /// Returns an error unless values are strings, or scalars that are serialized as strings.
    fn check_text(&self, node: &'run Node, schema: &'run Node) -> Result<(), UnsupportedStyle> {
        let types = self.schemas.types_of(schema);
        if !types.and(JsonTypes::SCALAR).is_empty() {
            return Ok(());
        }
        Err(UnsupportedStyle {
            place: node.get("content").map_or(node.origin, |content| content.origin.key()),
            reason: format!("text/plain cannot represent {}", kinds(types)),
            help: "write `application/json`, or correct the `type` of the schema",
        })
    }

    /// Returns the type of an argument whose schema has the type `type_`.
    ///
    /// No style can represent `null`, so the type is not nullable. The exception is a parameter that may be empty, if
    /// the type has no empty value: there `null` is the empty value. JSON text can be `null`.
    pub(in crate::lower) fn argument_type(&self, form: ParameterStyle<'run>, type_: Type) -> Type {
        match type_ {
            type_ if form.style == Style::Json => type_,
            Type::Nullable(inner) if !form.allow_empty => *inner,
            type_ if form.allow_empty && !self.has_empty(&type_) => Type::Nullable(Box::new(type_)),
            type_ => type_,
        }
    }

    /// Returns whether one of the values is serialized as an empty string.
    fn has_empty(&self, type_: &Type) -> bool {
        match type_ {
            Type::String | Type::Json | Type::Scalar | Type::Array(_) | Type::Map(_) | Type::Nullable(_) => true,
            Type::Named(id) => match &self.schemas.types[*id].shape {
                Shape::Alias(inner) | Shape::Wrapper(inner) => self.has_empty(inner),
                _ => false,
            },
            _ => false,
        }
    }
}

/// Returns how a parameter without a schema is serialized: as a string, in a style that is defined for strings.
fn text_form<'run>(style: Style, allow_reserved: bool, allow_empty: bool) -> ParameterStyle<'run> {
    let is_for_text = matches!(
        style,
        Style::Simple | Style::Label | Style::Matrix | Style::Form | Style::Cookie
    );
    ParameterStyle {
        style: if is_for_text { style } else { Style::Form },
        explode: false,
        allow_reserved,
        allow_empty: allow_empty && style == Style::Form,
        schema: None,
    }
}

/// Returns the names of types for a message.
fn kinds(types: JsonTypes) -> String {
    let names: Vec<&str> = types.iter().map(|(name, _)| name).collect();
    match names.as_slice() {
        [] => "a schema without values".to_owned(),
        names => format!("values of type {}", names.join(", ")),
    }
}

/// Returns the style of a media type.
fn written_as(media_type: &str, is_whole_query: bool) -> Option<Style> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match media_kind_of(media_type) {
        MediaKind::Json if !essence.contains('*') => Some(Style::Json),
        // A query is such a form (https://url.spec.whatwg.org/#application/x-www-form-urlencoded).
        MediaKind::Form if is_whole_query => Some(Style::Form),
        MediaKind::Text if essence.eq_ignore_ascii_case("text/plain") => Some(Style::Text),
        _ => None,
    }
}

/// Returns the location of a parameter.
pub(in crate::lower) fn location(node: &Node, parameter: &openapiv3::Parameter) -> Location {
    match parameter {
        openapiv3::Parameter::Query { .. } if is(node, "in", "querystring") => Location::Querystring,
        openapiv3::Parameter::Path { .. } => Location::Path,
        openapiv3::Parameter::Query { .. } => Location::Query,
        openapiv3::Parameter::Header { .. } => Location::Header,
        openapiv3::Parameter::Cookie { .. } => Location::Cookie,
    }
}

/// Returns the style, whether reserved characters are not percent-encoded, and whether the value may be empty.
fn style(node: &Node, parameter: &openapiv3::Parameter) -> (Style, bool, bool) {
    match parameter {
        openapiv3::Parameter::Path { style, .. } => {
            let style = match style {
                PathStyle::Simple => Style::Simple,
                PathStyle::Label => Style::Label,
                PathStyle::Matrix => Style::Matrix,
            };
            (style, false, false)
        }
        openapiv3::Parameter::Query {
            style,
            allow_reserved,
            allow_empty_value,
            ..
        } => {
            let style = match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            };
            (style, *allow_reserved, allow_empty_value.unwrap_or(false))
        }
        openapiv3::Parameter::Header {
            style: HeaderStyle::Simple,
            ..
        } => (Style::Simple, false, false),
        openapiv3::Parameter::Cookie { .. } if is(node, "style", "cookie") => (Style::Cookie, false, false),
        openapiv3::Parameter::Cookie {
            style: CookieStyle::Form,
            ..
        } => (Style::Form, false, false),
    }
}

/// Returns whether the field `key` of a parameter is `text`.
fn is(node: &Node, key: &str, text: &str) -> bool {
    node.get(key).and_then(Node::as_str) == Some(text)
}
