//! Lowers the parameters of an operation.
//!
//! A path item and its operations may both declare parameters; the operation
//! wins when both name the same one in the same location.

use openapiv3::{CookieStyle, HeaderStyle, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use super::all_of::only_reference;
use super::operation::LeftOut;
use super::schema::is_bare_reference;
use super::{Context, Home, Place, docs};
use crate::diagnostic::Diagnostic;
use crate::document::{Kind, Node, Origin, Pointer};
use crate::model::{Assertion, Docs, Location, Parameter, Rule, Shape, Style, Type, TypeId};
use crate::names::{self, Namespace};

/// Headers that are not parameters, whatever a document says
/// ([OpenAPI 3.0.4 §4.7.12.2](https://spec.openapis.org/oas/v3.0.4.html#fixed-fields-for-use-with-schema)).
const NO_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// A parameter that holds for an operation.
pub(super) struct Declared<'run> {
    /// The parameter.
    pub(super) node: &'run Node,
    /// Where it stands in the normalised document.
    pub(super) pointer: Pointer,
    /// Where it was declared: the parameter itself, or a reference to it.
    pub(super) origin: Origin,
}

impl<'run> Context<'run> {
    /// Returns the parameters that hold for an operation: those of the path item
    /// first, then the operation's own, each where it was first declared.
    pub(super) fn declared_parameters(&self, lists: [(&'run Node, Pointer); 2]) -> Vec<Declared<'run>> {
        let mut declared: Vec<Declared<'run>> = Vec::new();
        for (holder, pointer) in lists {
            let list = holder.get("parameters").and_then(Node::as_array).unwrap_or_default();
            for (index, node) in list.iter().enumerate() {
                let origin = node.origin;
                let (node, pointer) = self.follow(Kind::Parameter, node, pointer.child("parameters").element(index));
                let found = Declared { node, pointer, origin };
                match declared.iter_mut().find(|known| key(known.node) == key(node)) {
                    Some(known) => *known = found,
                    None => declared.push(found),
                }
            }
        }
        declared
    }

    /// Lowers a parameter; the error says why the operation cannot do with it.
    pub(super) fn lower_parameter(
        &mut self,
        declared: &Declared<'run>,
        place: &Place,
        fields: &mut Namespace,
    ) -> Result<Option<Parameter>, LeftOut> {
        let node = declared.node;
        let parameter: openapiv3::Parameter = self.parse(Kind::Parameter, node, &declared.pointer)?;
        let (style, default_explode, allow_reserved) = style(&parameter);
        let data = parameter.parameter_data_ref();
        if style.location == Location::Header && NO_PARAMETERS.contains(&data.name.to_lowercase().as_str()) {
            return Ok(None);
        }
        let required = data.required || style.location == Location::Path;
        let ParameterSchemaOrContent::Schema(ReferenceOr::Reference { reference }) = &data.format else {
            return if required {
                let reason = format!("the parameter {:?} has a media type", data.name);
                Err(LeftOut::Unwritten(reason))
            } else {
                self.leave_out_parameter(node, &data.name);
                Ok(None)
            };
        };
        let Some((schema, _)) = self.target(reference) else {
            return Err(LeftOut::Unwritten(format!(
                "the parameter {:?} has no schema",
                data.name
            )));
        };
        let type_ = match self.lower_id(data, schema, style) {
            Some(id) => Type::Named(id),
            None => self.lower_type(schema, &place.child(&data.name)),
        };
        let rule = match &type_ {
            Type::Named(id) if style.location == Location::Path => Rule::reference(*id),
            _ => self.lower_rule(schema, &place.module),
        };
        let location = location_word(style.location);
        let field = names::field_name(&data.name);
        let field = if fields.has(&field) {
            names::field_name(&format!("{location} {}", data.name))
        } else {
            field
        };
        Ok(Some(Parameter {
            wire: data.name.clone(),
            field: fields.take(&field, &data.name),
            style,
            explode: data.explode.unwrap_or(default_explode),
            allow_reserved,
            required,
            type_,
            rule,
            docs: Docs {
                default: self.default_of(node),
                ..docs(node)
            },
            example: node.get("example").and_then(Node::as_str).map(str::to_owned),
        }))
    }

    /// Returns what a parameter counts as where it is absent, as its schema says.
    fn default_of(&self, node: &'run Node) -> Option<String> {
        self.docs_of_use(node.get("schema")?).default
    }

    /// Reports an optional parameter with a media type: requests never have it.
    fn leave_out_parameter(&mut self, node: &Node, name: &str) {
        let content = node.get("content").map_or(node.origin, |content| content.origin.key());
        let message =
            format!("the optional parameter {name:?} is left out: a media type (`content`) is not written yet");
        self.report(
            Diagnostic::degraded("parameter-left-out", content, Pointer::root(), message)
                .with_help("describe it with `schema` and `style` where those say the same"),
        );
    }

    /// Returns the type of a path parameter that is a string with a pattern.
    ///
    /// There is one for each name and schema in the whole crate, so that
    /// arguments which are swapped do not compile. That the schema is a component
    /// makes no difference: several parameters may share it.
    fn lower_id(&mut self, data: &openapiv3::ParameterData, schema: &'run Node, style: Style) -> Option<TypeId> {
        let target = self.behind(schema);
        let is_text = target.get("type").and_then(Node::as_str) == Some("string") && target.get("pattern").is_some();
        if style.location != Location::Path || !is_text || target.get("enum").is_some() {
            return None;
        }
        // What narrows the component further belongs to the rule, so it is kept beside the reference.
        let written = if is_bare_reference(schema) { target } else { schema };
        let rule = self.lower_rule(written, &Home::Ids);
        let key = (data.name.clone(), format!("{rule:?}"));
        if let Some(id) = self.ids.get(&key) {
            return Some(*id);
        }
        let docs = crate::model::Docs {
            text: data.description.clone().unwrap_or_default(),
            ..docs(schema)
        };
        let id = self.declare(&Home::Ids, &data.name, docs);
        let from = self.components_like(&rule);
        self.define(id, Shape::CheckedString { from }, rule);
        self.ids.insert(key, id);
        Some(id)
    }

    /// Returns the schema that `schema` is, or only narrows or documents, by reference.
    fn behind(&self, schema: &'run Node) -> &'run Node {
        let mut schema = schema;
        // Circles of references were refused; the bound is for a document that has errors.
        for _ in 0..64 {
            match only_reference(schema).and_then(|reference| self.target(reference)) {
                Some((target, _)) => schema = target,
                None => break,
            }
        }
        schema
    }

    /// Returns the components that are checked strings of the same pattern.
    fn components_like(&self, rule: &Rule) -> Vec<TypeId> {
        let pattern = |rule: &Rule| {
            rule.0
                .iter()
                .find(|assertion| matches!(assertion, Assertion::Pattern(_)))
                .cloned()
        };
        let is_like = |id: &&TypeId| {
            let named = &self.types[id.index()];
            matches!(named.shape, Shape::CheckedString { .. }) && pattern(&named.rule) == pattern(rule)
        };
        self.components.values().filter(is_like).copied().collect()
    }
}

fn key(node: &Node) -> (Option<&str>, Option<&str>) {
    (
        node.get("name").and_then(Node::as_str),
        node.get("in").and_then(Node::as_str),
    )
}

fn location_word(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// Returns the style, whether it explodes unless told otherwise, and whether reserved characters stay
/// ([OpenAPI 3.0.4 §4.7.12.2](https://spec.openapis.org/oas/v3.0.4.html#style-values)).
fn style(parameter: &openapiv3::Parameter) -> (Style, bool, bool) {
    let of = |location, variant| Style { location, variant };
    match parameter {
        openapiv3::Parameter::Path { style, .. } => {
            let variant = match style {
                PathStyle::Simple => "PathSimple",
                PathStyle::Label => "PathLabel",
                PathStyle::Matrix => "PathMatrix",
            };
            (of(Location::Path, variant), false, false)
        }
        openapiv3::Parameter::Query {
            style, allow_reserved, ..
        } => {
            let (variant, explode) = match style {
                QueryStyle::Form => ("QueryForm", true),
                QueryStyle::SpaceDelimited => ("QuerySpace", false),
                QueryStyle::PipeDelimited => ("QueryPipe", false),
                QueryStyle::DeepObject => ("QueryDeepObject", true),
            };
            (of(Location::Query, variant), explode, *allow_reserved)
        }
        openapiv3::Parameter::Header {
            style: HeaderStyle::Simple,
            ..
        } => (of(Location::Header, "HeaderSimple"), false, false),
        openapiv3::Parameter::Cookie {
            style: CookieStyle::Form,
            ..
        } => (of(Location::Cookie, "CookieForm"), true, false),
    }
}
