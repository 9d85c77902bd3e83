//! Lowers one operation.

use crate::document::{Kind, Node};
use crate::lower::context::Context;
use crate::lower::operations::Operations;
use crate::lower::operations::alternatives;
use crate::lower::operations::body::Offered;
use crate::lower::operations::checks;
use crate::lower::operations::found::Found;
use crate::lower::operations::method;
use crate::lower::operations::pagination;
use crate::lower::operations::parameter::{ParameterDeclaration, declared_parameters, undeclared};
use crate::lower::operations::parse::parse;
use crate::lower::operations::path;
use crate::lower::operations::path_template;
use crate::lower::operations::response_content;
use crate::lower::operations::responses;
use crate::lower::schemas::naming::NamingContext;
use crate::model::{Docs, ModulePath, Operation, Parameter};
use crate::names::{self, Namespace};

/// The methods of a request type; a setter cannot have their names.
const METHOD_NAMES: [&str; 4] = ["send", "send_blocking", "into_http", "decode"];

/// Why an operation is skipped.
pub(in crate::lower) enum Skipped {
    /// It has an error that a diagnostic reports.
    Reported(String),
    /// It needs something that is not supported.
    Unsupported(String),
}

impl<'run> Operations<'run> {
    /// Lowers an operation to one for each media type of its body. `functions` are the names of its module, `function`
    /// and `request` its own.
    pub(in crate::lower) fn lower_operation(
        &mut self,
        found: &Found<'run>,
        module: &str,
        (function, request): (String, &str),
        functions: &mut Namespace,
    ) -> Result<Vec<Operation>, Skipped> {
        let parsed: openapiv3::Operation = parse(&mut self.schemas.cx, Kind::Operation, found.node, &found.pointer)?;
        let module_path = ModulePath::Operations(module.to_owned());
        let request_type = self.schemas.types.take_type_name(&module_path, request);
        let mut fields = reserved_fields(found.node);
        let contents = self.response_contents(found.node, &found.pointer, found.method);
        let asked = alternatives::take_methods(&contents, &mut fields);
        let cx = &self.schemas.cx;
        let mut declared = declared_parameters(cx, [found.item.clone(), (found.node, found.pointer.clone())]);
        let place = NamingContext::new(module_path, &request_type).having(members(cx, found, &declared));
        let missing = checks::check_template(&mut self.schemas.cx, found, &mut declared);
        let parameters = self.lower_parameters(found, (&declared, &missing), &place, &mut fields)?;
        let offered = self.bodies_of(found, &mut fields)?;
        let body = offered
            .as_ref()
            .and_then(|offered| self.lower_first_body(offered, &place));
        let (success, failure) = self.lower_responses(&contents, &place);
        let headers = self.lower_headers(&contents, &place);
        let streams = self.lower_streams(&contents, &place);
        let alternatives = self.lower_alternatives(&contents, &asked, &success, &place);
        let paging = self.lower_paging(found.node, &parameters, &success, &mut fields);
        let cx = &mut self.schemas.cx;
        let operation = Operation {
            id: found.name(),
            function,
            request_type,
            method: found.method.to_owned(),
            server: self.servers.own_server(cx, found.item.0, found.node),
            path: path_template::written(&found.sent, &checks::query_names(&declared)),
            docs: operation_docs(found, parsed),
            parameters,
            body,
            required: None,
            is_variant: false,
            success,
            failure,
            headers,
            streams,
            alternatives,
            accept: response_content::accept(&contents),
            security: if found.method == method::TRACE {
                Vec::new()
            } else {
                self.security.requirements(cx, found.node)
            },
            is_safe: method::is_safe(cx, found),
            paging,
        };
        Ok(self.with_variants(operation, offered.as_ref(), &place.module, functions))
    }

    /// Lowers the parameters of an operation, in the order of its path: those that it declares, and those that the path
    /// alone has.
    fn lower_parameters(
        &mut self,
        found: &Found<'run>,
        (declared, missing): (&[ParameterDeclaration<'run>], &[String]),
        place: &NamingContext,
        fields: &mut Namespace,
    ) -> Result<Vec<Parameter>, Skipped> {
        let mut parameters = Vec::new();
        for parameter in declared {
            parameters.extend(self.lower_parameter(parameter, found.path, place, fields)?);
        }
        parameters.extend(missing.iter().map(|name| undeclared(name, fields)));
        path::sort(&mut parameters, &found.sent);
        Ok(parameters)
    }

    /// Returns the supported media types of the body of an operation. A TRACE request has none.
    fn bodies_of(&mut self, found: &Found<'run>, fields: &mut Namespace) -> Result<Option<Offered<'run>>, Skipped> {
        if found.method == method::TRACE {
            method::skip_in_trace(&mut self.schemas.cx, &mut self.security, found);
            return Ok(None);
        }
        self.offered_bodies(found.node, &found.pointer, fields)
    }
}

/// Returns the namespace of the fields of a request type, with the names of its methods reserved.
fn reserved_fields(operation: &Node) -> Namespace {
    let mut fields = names::fields_beside(&METHOD_NAMES);
    let extensions = [pagination::EXTENSION, pagination::DROPSHOT];
    if extensions.iter().any(|extension| operation.get(extension).is_some()) {
        for method in pagination::METHOD_NAMES {
            fields.reserve(method);
        }
    }
    fields
}

fn operation_docs(found: &Found<'_>, parsed: openapiv3::Operation) -> Docs {
    Docs {
        title: parsed.summary.unwrap_or_default().trim().to_owned().into(),
        text: parsed.description.unwrap_or_default().trim().to_owned().into(),
        origin: Some(found.node.origin).into(),
        pointer: found.pointer.clone().into(),
        deprecated: parsed.deprecated,
        ..Docs::default()
    }
}

/// Returns the nested schemas of an operation, by name.
fn members<'run>(
    cx: &Context<'run>,
    found: &Found<'run>,
    declared: &[ParameterDeclaration<'run>],
) -> Vec<(String, Option<&'run Node>)> {
    let mut members = vec![("response".to_owned(), None), ("error".to_owned(), None)];
    for parameter in declared {
        let name = parameter.node.get("name").and_then(Node::as_str).unwrap_or_default();
        members.push((name.to_owned(), parameter.node.get("schema")));
    }
    let body = found.node.get("requestBody").map(|body| ("body".to_owned(), body));
    let responses = found
        .node
        .get("responses")
        .and_then(Node::as_object)
        .into_iter()
        .flatten();
    let responses = responses.filter_map(|(key, response)| Some((responses::name(key)?, response)));
    for (word, holder) in body.into_iter().chain(responses) {
        let content = cx.resolve(holder).get("content").and_then(Node::as_object);
        let media_types = content.into_iter().flatten();
        members.push((word.clone(), None));
        members.extend(media_types.map(|(_, media_type)| (word.clone(), media_type.get("schema"))));
    }
    members
}
