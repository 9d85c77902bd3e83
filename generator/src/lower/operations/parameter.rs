//! Lowers the parameters of an operation.
//!
//! A path item and its operations may both declare parameters. A parameter of the operation overrides that of the path
//! item with the same name and location.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::document::{Kind, Node};
use crate::lower::context::{Context, NodeId, docs};
use crate::lower::names_record::parameter_key;
use crate::lower::operations::Operations;
use crate::lower::operations::operation::Skipped;
use crate::lower::operations::parse::parse;
use crate::lower::operations::path_words;
use crate::lower::operations::style::{ParameterStyle, UnsupportedStyle, location};
use crate::lower::schemas::all_of::only_reference;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::schemas::ordered::ordered_constraints;
use crate::lower::schemas::schema::is_bare_reference;
use crate::model::{Assertion, Constraints, Docs, Location, ModulePath, Parameter, Shape, Style, Type, TypeId};
use crate::names::{self, Namespace};
use crate::source::{Origin, Pointer};

/// Headers that are ignored as parameters
/// ([OpenAPI 3.0.4 §4.7.12.2](https://spec.openapis.org/oas/v3.0.4.html#fixed-fields-for-use-with-schema)).
const NO_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// A parameter of an operation, declared by the operation or its path item.
pub(in crate::lower) struct ParameterDeclaration<'run> {
    /// The parameter.
    pub(in crate::lower) node: &'run Node,
    /// Its pointer in the normalised document.
    pub(in crate::lower) pointer: Pointer,
    /// Where it was declared: the parameter itself, or a reference to it.
    pub(in crate::lower) origin: Origin,
    /// The name that the path template has for it, if it differs from the declared one.
    pub(in crate::lower) name_in_path: Option<String>,
}

/// Returns the parameters of an operation: those of the path item first, then the operation's own, each at the
/// position of its first declaration.
pub(in crate::lower) fn declared_parameters<'run>(
    cx: &Context<'run>,
    lists: [(&'run Node, Pointer); 2],
) -> Vec<ParameterDeclaration<'run>> {
    let mut declared: Vec<ParameterDeclaration<'run>> = Vec::new();
    for (holder, pointer) in lists {
        let list = holder.get("parameters").and_then(Node::as_array).unwrap_or_default();
        for (index, node) in list.iter().enumerate() {
            let origin = node.origin;
            let (node, pointer) = cx.follow(Kind::Parameter, node, pointer.child("parameters").element(index));
            let found = ParameterDeclaration {
                node,
                pointer,
                origin,
                name_in_path: None,
            };
            // Without a name or a location nothing says that two are the same.
            let is_known = matches!(key(node), (Some(_), Some(_)));
            match declared
                .iter_mut()
                .find(|known| is_known && key(known.node) == key(node))
            {
                Some(known) => *known = found,
                None => declared.push(found),
            }
        }
    }
    declared
}

impl<'run> Operations<'run> {
    /// Lowers a parameter. The error says why the operation is skipped.
    pub(in crate::lower) fn lower_parameter(
        &mut self,
        declared: &ParameterDeclaration<'run>,
        path: &str,
        place: &NamingContext,
        fields: &mut Namespace,
    ) -> Result<Option<Parameter>, Skipped> {
        let node = declared.node;
        // Why it cannot be read was reported.
        let Ok(parameter) =
            parse::<openapiv3::Parameter>(&mut self.schemas.cx, Kind::Parameter, node, &declared.pointer)
        else {
            return Ok(None);
        };
        let location = location(node, &parameter);
        let data = parameter.parameter_data_ref();
        let name = declared.name_in_path.as_ref().unwrap_or(&data.name);
        if location == Location::Header && NO_PARAMETERS.contains(&name.to_lowercase().as_str()) {
            return Ok(None);
        }
        let required = data.required || location == Location::Path;
        let form = match self.form_of(node, &parameter) {
            Ok(Some(form)) => form,
            Ok(None) => {
                let reason = format!("the schema of the parameter {name:?} is missing");
                return Err(Skipped::Unsupported(reason));
            }
            Err(unsupported) if required => {
                let reason = format!("the parameter {name:?} cannot be serialized: {}", unsupported.reason);
                return Err(Skipped::Unsupported(reason));
            }
            Err(unsupported) => {
                self.skip_parameter(name, &unsupported);
                return Ok(None);
            }
        };
        let description = data.description.as_deref().unwrap_or_default();
        let (type_, constraints) = self.lower_value((name, description, location), path, form, place);
        Ok(Some(Parameter {
            wire: name.clone(),
            field: take_field(location, name, fields),
            location,
            style: form.style,
            explode: form.explode,
            allow_reserved: form.allow_reserved,
            allow_empty: form.allow_empty,
            required,
            constant: None,
            default: None,
            type_,
            constraints,
            docs: self.parameter_docs(node, form.schema),
            example: self.schemas.cx.text_example(node, form.schema).into(),
        }))
    }

    /// Returns the annotations of a parameter, with the default of its schema.
    fn parameter_docs(&self, node: &'run Node, schema: Option<&'run Node>) -> Docs {
        let cx = &self.schemas.cx;
        let content = node.get("content").and_then(Node::as_object);
        let media = content.and_then(|content| content.values().next());
        Docs {
            default: schema.and_then(|schema| cx.docs_of_use(schema).default),
            ..cx.docs_with_examples(node, [Some(node), media], schema)
        }
    }

    /// Returns the type and the constraints of a parameter.
    fn lower_value(
        &mut self,
        (name, description, location): (&str, &str, Location),
        path: &str,
        form: ParameterStyle<'run>,
        place: &NamingContext,
    ) -> (Type, Constraints) {
        let Some(schema) = form.schema else {
            let type_ = if form.style == Style::Json {
                Type::Json
            } else {
                Type::String
            };
            return (type_, Constraints::default());
        };
        if form.style != Style::Json
            && location == Location::Path
            && let Some(id) = self.lower_id((name, description), schema, path)
        {
            return (Type::Named(id), Constraints::reference(id));
        }
        let type_ = self.schemas.lower_type(schema, &place.child(name));
        let constraints = match &type_ {
            Type::Named(id) if location == Location::Path => Constraints::reference(*id),
            _ => self.schemas.lower_constraints(schema, &place.module),
        };
        (self.argument_type(form, type_), constraints)
    }

    /// Reports an optional parameter that cannot be serialized; requests do not have it.
    fn skip_parameter(&mut self, name: &str, unsupported: &UnsupportedStyle) {
        let message = format!("the optional parameter {name:?} is skipped: {}", unsupported.reason);
        self.schemas.cx.report(
            Diagnostic::degraded("parameter-skipped", unsupported.place, Pointer::root(), message)
                .with_help(unsupported.help),
        );
    }

    /// Returns the type of a path parameter that is a string with a pattern.
    ///
    /// There is one for each name and schema in the whole crate, so that swapped arguments do not compile. A component
    /// is not used as this type, since several parameters may share it.
    fn lower_id(&mut self, (name, description): (&str, &str), schema: &'run Node, path: &str) -> Option<TypeId> {
        let target = self.reference_target(schema);
        let is_text = target.get("type").and_then(Node::as_str) == Some("string") && target.get("pattern").is_some();
        if !is_text || target.get("enum").is_some() {
            return None;
        }
        // Siblings of a reference that narrow its target are constraints too.
        let written = if is_bare_reference(schema) { target } else { schema };
        let words = &path_words::parameter_words(path, name);
        let file = names::field_name(words);
        let constraints = self.schemas.lower_constraints(written, &ModulePath::Ids(file.clone()));
        let known = self.path_parameters.entry(words.clone()).or_default();
        let ordered = ordered_constraints(&constraints);
        let is_same = |id: &&TypeId| ordered_constraints(&self.schemas.types[**id].constraints) == ordered;
        if let Some(id) = known.iter().find(is_same) {
            return Some(*id);
        }
        let docs = crate::model::Docs {
            text: description.to_owned().into(),
            ..docs(schema)
        };
        let module_path = ModulePath::Ids(self.id_modules.take(&file, words));
        let locked = self.schemas.locked.as_ref();
        let locked = locked.and_then(|locked| locked.parameter(&parameter_key(words, &constraints)));
        let is_given = |name: &&str| {
            let mut ids = self.path_parameters.values().flatten();
            ids.any(|id| self.schemas.types[*id].name == **name)
        };
        let locked = locked.filter(|name| !is_given(name));
        let id = match locked {
            Some(locked) => self.schemas.types.declare_locked(&module_path, locked, docs),
            None => self.schemas.types.declare(&module_path, words, docs),
        };
        let from = self.components_with_pattern(&constraints);
        self.schemas
            .types
            .define(id, Shape::CheckedString { from }, constraints);
        self.path_parameters.entry(words.clone()).or_default().push(id);
        Some(id)
    }

    /// Follows a schema through references that only narrow or document their target.
    fn reference_target(&self, schema: &'run Node) -> &'run Node {
        let mut schema = schema;
        // Reference cycles were reported; the set is for documents with errors.
        let mut seen = BTreeSet::new();
        while let Some(reference) = only_reference(schema).filter(|_| seen.insert(NodeId(schema))) {
            match self.schemas.cx.target(reference) {
                Some((target, _)) => schema = target,
                None => break,
            }
        }
        schema
    }

    /// Returns the components that are checked strings of the same pattern.
    fn components_with_pattern(&self, constraints: &Constraints) -> Vec<TypeId> {
        let pattern = |constraints: &Constraints| {
            constraints
                .0
                .iter()
                .find(|assertion| matches!(assertion, Assertion::Pattern(_)))
                .cloned()
        };
        let is_like = |id: &&TypeId| {
            let named = &self.schemas.types[**id];
            matches!(named.shape, Shape::CheckedString { .. }) && pattern(&named.constraints) == pattern(constraints)
        };
        self.schemas.components.values().filter(is_like).copied().collect()
    }
}

/// Returns a parameter of the path that nothing declares, or whose declaration cannot be read: a string.
pub(in crate::lower) fn undeclared(name: &str, fields: &mut Namespace) -> Parameter {
    Parameter {
        wire: name.to_owned(),
        field: take_field(Location::Path, name, fields),
        location: Location::Path,
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        allow_empty: false,
        required: true,
        constant: None,
        default: None,
        type_: Type::String,
        constraints: Constraints::default(),
        docs: Docs::default(),
        example: None.into(),
    }
}

/// Returns a unique name for the field of a parameter, with its location if the name alone is taken.
fn take_field(location: Location, name: &str, fields: &mut Namespace) -> String {
    let field = names::field_name(name);
    let field = if fields.has(&field) {
        names::field_name(&format!("{} {name}", location.word()))
    } else {
        field
    };
    fields.take(&field, name)
}

fn key(node: &Node) -> (Option<&str>, Option<&str>) {
    (
        node.get("name").and_then(Node::as_str),
        node.get("in").and_then(Node::as_str),
    )
}
