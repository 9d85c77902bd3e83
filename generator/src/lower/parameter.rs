//! Lowers the parameters of an operation.
//!
//! A path item and its operations may both declare parameters; the operation
//! wins when both name the same one in the same location.

use std::collections::BTreeSet;

use super::all_of::only_reference;
use super::operation::LeftOut;
use super::schema::is_bare_reference;
use super::style::{Form, Unwritten, location};
use super::{Context, Home, Place, address, docs};
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
        let location = location(&parameter);
        let data = parameter.parameter_data_ref();
        if location == Location::Header && NO_PARAMETERS.contains(&data.name.to_lowercase().as_str()) {
            return Ok(None);
        }
        let required = data.required || location == Location::Path;
        let form = match self.form_of(node, &parameter) {
            Ok(Some(form)) => form,
            Ok(None) => {
                let reason = format!("the schema of the parameter {:?} is missing", data.name);
                return Err(LeftOut::Unwritten(reason));
            }
            Err(unwritten) if required => {
                let reason = format!("the parameter {:?} cannot be written: {}", data.name, unwritten.reason);
                return Err(LeftOut::Unwritten(reason));
            }
            Err(unwritten) => {
                self.leave_out_parameter(&data.name, &unwritten);
                return Ok(None);
            }
        };
        let (type_, rule) = self.lower_value(data, location, form, place);
        let field = names::field_name(&data.name);
        let field = if fields.has(&field) {
            names::field_name(&format!("{} {}", location_word(location), data.name))
        } else {
            field
        };
        Ok(Some(Parameter {
            wire: data.name.clone(),
            field: fields.take(&field, &data.name),
            location,
            style: form.style,
            explode: form.explode,
            allow_reserved: form.allow_reserved,
            allow_empty: form.allow_empty,
            required,
            constant: None,
            type_,
            rule,
            docs: Docs {
                default: form.schema.and_then(|schema| self.docs_of_use(schema).default),
                ..docs(node)
            },
            example: node.get("example").and_then(Node::as_str).map(str::to_owned),
        }))
    }

    /// Returns the type and the rule of a parameter's value.
    fn lower_value(
        &mut self,
        data: &openapiv3::ParameterData,
        location: Location,
        form: Form<'run>,
        place: &Place,
    ) -> (Type, Rule) {
        let Some(schema) = form.schema else {
            let type_ = if form.style == Style::Json {
                Type::Json
            } else {
                Type::String
            };
            return (type_, Rule::default());
        };
        if form.style != Style::Json
            && let Some(id) = self.lower_id(data, schema, location)
        {
            return (Type::Named(id), Rule::reference(id));
        }
        let type_ = self.lower_type(schema, &place.child(&data.name));
        let rule = match &type_ {
            Type::Named(id) if location == Location::Path => Rule::reference(*id),
            _ => self.lower_rule(schema, &place.module),
        };
        (self.argument_type(form, type_), rule)
    }

    /// Reports an optional parameter that cannot be written: requests never have it.
    fn leave_out_parameter(&mut self, name: &str, unwritten: &Unwritten) {
        let message = format!("the optional parameter {name:?} is left out: {}", unwritten.reason);
        self.report(
            Diagnostic::degraded("parameter-left-out", unwritten.place, Pointer::root(), message)
                .with_help(unwritten.help),
        );
    }

    /// Returns the type of a path parameter that is a string with a pattern.
    ///
    /// There is one for each name and schema in the whole crate, so that
    /// arguments which are swapped do not compile. That the schema is a component
    /// makes no difference: several parameters may share it.
    fn lower_id(&mut self, data: &openapiv3::ParameterData, schema: &'run Node, location: Location) -> Option<TypeId> {
        let target = self.behind(schema);
        let is_text = target.get("type").and_then(Node::as_str) == Some("string") && target.get("pattern").is_some();
        if location != Location::Path || !is_text || target.get("enum").is_some() {
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
        // Circles of references were refused; the set is for a document that has errors.
        let mut seen = BTreeSet::new();
        while let Some(reference) = only_reference(schema).filter(|_| seen.insert(address(schema))) {
            match self.target(reference) {
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
