//! Lowers `x-pagination`: the pagination of a list.
//!
//! OpenAPI does not describe pagination, so an overlay does. It has to be correct: a missing parameter or a dangling
//! pointer would cause endless requests, or end the list too early.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::document::{Node, Value};
use crate::lower::operations::Operations;
use crate::model::{AccessStep, Location, Paging, PagingStyle, Parameter, Payload, Presence, Responses, Shape, Type};
use crate::names::Namespace;
use crate::source::Pointer;

/// The extension, at an operation.
pub(in crate::lower) const EXTENSION: &str = "x-pagination";

/// Names that the type of a request that pages has methods of.
pub(in crate::lower) const METHOD_NAMES: [&str; 4] = ["pages", "items", "pages_blocking", "items_blocking"];

/// The styles, each with the fields that it has to have and those that it may have.
const STYLES: [(&str, &[&str], &[&str]); 4] = [
    ("offset", &["offset", "items"], &["limit", "total"]),
    ("page", &["page", "items"], &["perPage", "firstPage", "total"]),
    ("cursor", &["cursor", "next", "items"], &["limit", "more"]),
    ("link", &["items"], &["limit"]),
];

/// The declaration of an operation, and its context.
struct PagingDeclaration<'run> {
    node: &'run Node,
    style: &'static str,
    parameters: &'run [Parameter],
    success: &'run Responses,
}

/// The expected type of the target of a pointer.
#[derive(Clone, Copy)]
enum Wanted {
    List,
    Count,
    Cursor,
    Flag,
}

impl Operations<'_> {
    /// Lowers the declaration of an operation; one with a fault is reported, and the operation does not page.
    pub(in crate::lower) fn lower_paging(
        &mut self,
        operation: &Node,
        parameters: &[Parameter],
        success: &Responses,
        fields: &mut Namespace,
    ) -> Option<Paging> {
        let node = operation.get(EXTENSION)?;
        if is_of_others(node) {
            let reason = format!("it is not the {EXTENSION} of this generator: it has none of its fields");
            self.schemas.cx.ignore(operation, EXTENSION, reason);
            return None;
        }
        let declared = PagingDeclaration {
            node,
            style: self.paging_style(node)?,
            parameters,
            success,
        };
        let size = match declared.style {
            "page" => "perPage",
            _ => "limit",
        };
        // Check all fields, to report all errors at once.
        let items = self.access_path(&declared, "items", Wanted::List);
        let size = self.parameter(&declared, size);
        let style = self.paging_fields(&declared, fields)?;
        let (items, list) = items.ok()??;
        let Type::Array(item) = list else { return None };
        let setter = |size: usize| (!parameters[size].required).then(|| parameters[size].field.clone());
        Some(Paging {
            style,
            items,
            item: *item,
            size: size.ok()?.and_then(setter),
        })
    }

    /// Lowers the fields that only one style has.
    fn paging_fields(&mut self, declared: &PagingDeclaration<'_>, fields: &mut Namespace) -> Option<PagingStyle> {
        Some(match declared.style {
            "offset" => {
                let parameter = self.parameter(declared, "offset");
                let total = self.access_path(declared, "total", Wanted::Count);
                PagingStyle::Offset {
                    parameter: parameter.ok()??,
                    total: total.ok()?.map(|(access_path, _)| access_path),
                }
            }
            "page" => {
                let parameter = self.parameter(declared, "page");
                let first = self.first_page(declared);
                let total = self.access_path(declared, "total", Wanted::Count);
                let parameter = parameter.ok()??;
                let default = || default_page(&declared.parameters[parameter]);
                PagingStyle::Page {
                    parameter,
                    first: first.ok()?.unwrap_or_else(default),
                    total: total.ok()?.map(|(access_path, _)| access_path),
                }
            }
            "cursor" => {
                let parameter = self.parameter(declared, "cursor");
                let next = self.access_path(declared, "next", Wanted::Cursor);
                let more = self.access_path(declared, "more", Wanted::Flag);
                PagingStyle::Cursor {
                    parameter: parameter.ok()??,
                    next: next.ok()?.map(|(access_path, _)| access_path)?,
                    more: more.ok()?.map(|(access_path, _)| access_path),
                }
            }
            _ => PagingStyle::Link {
                field: fields.take("next_query", ""),
            },
        })
    }

    /// Returns the style, if the declaration has one, with all of its fields and no others.
    fn paging_style(&mut self, node: &Node) -> Option<&'static str> {
        let names: Vec<&str> = STYLES.iter().map(|(name, ..)| *name).collect();
        let help = format!("give it a `style`, which is one of {}", names.join(", "));
        let Some(members) = node.as_object() else {
            let message = format!("{EXTENSION} must be an object, found {}", node.kind());
            self.report_form(node, message, help);
            return None;
        };
        let style = members.get("style");
        let known = STYLES
            .iter()
            .find(|(name, ..)| style.and_then(Node::as_str) == Some(name));
        let Some((name, needed, optional)) = known else {
            let message = match style {
                None => format!("{EXTENSION} has no style"),
                Some(style) => format!("{style} is not a style of {EXTENSION}"),
            };
            self.report_form(style.unwrap_or(node), message, help);
            return None;
        };
        let lacking = needed.iter().filter(|field| !members.contains_key(**field));
        let lacking: Vec<String> = lacking.map(|field| format!("`{field}`")).collect();
        let mut is_whole = lacking.is_empty();
        if !is_whole {
            let lacking = lacking.join(" and ");
            let message = format!("{EXTENSION} lacks {lacking}, which the style {name} requires");
            self.report_form(node, message, format!("add {lacking}, or choose another style"));
        }
        for (field, value) in members {
            if field != "style" && !needed.contains(&field.as_str()) && !optional.contains(&field.as_str()) {
                let fields: Vec<&str> = needed.iter().chain(*optional).copied().collect();
                let message = format!("`{field}` is not a field of {EXTENSION} with the style {name}");
                self.report_form(value, message, format!("the fields are {}", fields.join(", ")));
                is_whole = false;
            }
        }
        is_whole.then_some(name)
    }

    /// Returns the text of a field; `None` where the declaration does not have it.
    fn text<'run>(
        &mut self,
        declared: &PagingDeclaration<'run>,
        field: &str,
        what: &str,
    ) -> Result<Option<&'run str>, ()> {
        let Some(value) = declared.node.get(field) else {
            return Ok(None);
        };
        if let Some(text) = value.as_str() {
            return Ok(Some(text));
        }
        let message = format!("`{field}` must be {what}, found {}", value.kind());
        self.report_form(value, message, format!("write {what} as a string"));
        Err(())
    }

    /// Returns the number of the first page, where the declaration says it.
    fn first_page(&mut self, declared: &PagingDeclaration<'_>) -> Result<Option<u64>, ()> {
        let Some(value) = declared.node.get("firstPage") else {
            return Ok(None);
        };
        if let Value::Number(text) = &value.value
            && let Ok(number) = text.parse()
        {
            return Ok(Some(number));
        }
        let message = format!("`firstPage` must be the number of a page, found {value}");
        self.report_form(value, message, "write an integer of 0 or more".to_owned());
        Err(())
    }

    /// Returns the parameter that a field names; `None` where the declaration does not have the field.
    fn parameter(&mut self, declared: &PagingDeclaration<'_>, field: &str) -> Result<Option<usize>, ()> {
        let Some(name) = self.text(declared, field, "the name of a parameter")? else {
            return Ok(None);
        };
        let of_requests = || declared.parameters.iter().enumerate();
        let places = |parameter: &Parameter| parameter.location != Location::Path;
        let found = of_requests().find(|(_, parameter)| parameter.wire == name && places(parameter));
        let node = declared.node.get(field).unwrap_or(declared.node);
        let (message, help) = match found {
            Some((index, parameter)) if self.is_scalar(&parameter.type_) => return Ok(Some(index)),
            Some(_) => (
                format!("`{field}` names the parameter {name:?}, which is neither a string nor a number"),
                "name a parameter whose schema has the type string, integer or number".to_owned(),
            ),
            None => {
                let known: Vec<&str> = of_requests()
                    .filter(|(_, parameter)| places(parameter))
                    .map(|(_, parameter)| parameter.wire.as_str())
                    .collect();
                let help = if known.is_empty() {
                    "the operation has no parameters beside those of its path; declare it".to_owned()
                } else {
                    format!("the parameters are {}", known.join(", "))
                };
                (
                    format!("`{field}` names {name:?}, which is not a parameter of the operation"),
                    help,
                )
            }
        };
        self.schemas.cx.report(
            Diagnostic::error("pagination-parameter", node.origin, Pointer::root(), message)
                .with_help(help)
                .with_safe_reading(),
        );
        Err(())
    }

    /// Returns whether values of the type are strings or numbers.
    fn is_scalar(&self, type_: &Type) -> bool {
        let (_, type_) = self.opened(type_);
        match type_ {
            Type::Integer(_) | Type::Number | Type::Decimal | Type::String | Type::Scalar => true,
            Type::Named(id) => matches!(self.schemas.types[id].shape, Shape::CheckedString { .. }),
            _ => false,
        }
    }

    /// Returns the access path of the pointer of a field, and the type of its target. Returns `None` if the field is
    /// absent.
    fn access_path(
        &mut self,
        declared: &PagingDeclaration<'_>,
        field: &str,
        wanted: Wanted,
    ) -> Result<Option<(Vec<AccessStep>, Type)>, ()> {
        let Some(text) = self.text(declared, field, "a JSON Pointer into the response")? else {
            return Ok(None);
        };
        let node = declared.node.get(field).unwrap_or(declared.node);
        let Some(pointer) = Pointer::parse(text) else {
            let message = format!("`{field}` is {text:?}, which is not a JSON Pointer");
            let help = "a pointer is empty, for the whole response, or starts with `/` (RFC 6901)".to_owned();
            self.report_form(node, message, help);
            return Err(());
        };
        let fault = match self.follow_types(declared.success, &pointer) {
            Ok((access_path, type_)) if self.is_wanted(&type_, wanted) => return Ok(Some((access_path, type_))),
            Ok(_) => (
                format!("the target of `{field}` is not {}", wanted.words()),
                format!("point to {}, or correct the schema of the response", wanted.words()),
            ),
            Err((message, help)) => (format!("`{field}` is dangling: {message}"), help),
        };
        self.schemas.cx.report(
            Diagnostic::error("pagination-pointer", node.origin, Pointer::root(), fault.0)
                .with_help(fault.1)
                .with_safe_reading(),
        );
        Err(())
    }

    fn is_wanted(&self, type_: &Type, wanted: Wanted) -> bool {
        match wanted {
            Wanted::List => matches!(type_, Type::Array(_)),
            // A count may be written as a string, as parameters are.
            Wanted::Count | Wanted::Cursor => self.is_scalar(type_),
            Wanted::Flag => *type_ == Type::Boolean,
        }
    }

    /// Follows a pointer into the success of an operation; the error is a message and a help.
    fn follow_types(
        &self,
        success: &Responses,
        pointer: &Pointer,
    ) -> Result<(Vec<AccessStep>, Type), (String, String)> {
        let payload = success.cases.first().and_then(|response| response.payload.as_ref());
        let (Some(Payload::Json(type_, _)), None) = (payload, &success.enum_name) else {
            let message = "the operation has no success that is JSON of a single schema".to_owned();
            return Err((message, "describe one success with `application/json`".to_owned()));
        };
        let (mut access_path, mut type_) = self.opened(type_);
        for segment in pointer.segments() {
            let object = match type_ {
                Type::Named(id) => match &self.schemas.types[id].shape {
                    Shape::Object(object) => Some(object),
                    _ => None,
                },
                _ => None,
            };
            let properties = object.map(|object| object.properties.as_slice()).unwrap_or_default();
            let Some(property) = properties.iter().find(|property| property.wire == segment) else {
                let known: Vec<&str> = properties.iter().map(|property| property.wire.as_str()).collect();
                let help = if known.is_empty() {
                    "only declared properties of objects can be the target".to_owned()
                } else {
                    format!("the properties there are {}", known.join(", "))
                };
                return Err((
                    format!("the schema of the response has no property {segment:?} there"),
                    help,
                ));
            };
            let (mut further, inner) = self.opened(&property.type_);
            let mut presence = property.presence;
            // A required nullable property is an `Option`, as an optional one is.
            if presence == Presence::Required && further.first() == Some(&AccessStep::NotNull) {
                presence = Presence::Optional;
                further.remove(0);
            }
            access_path.push(AccessStep::Property {
                field: property.field.clone(),
                presence,
            });
            access_path.extend(further);
            type_ = inner;
        }
        Ok((access_path, type_))
    }

    /// Returns the innermost type, and the access steps to it.
    fn opened(&self, type_: &Type) -> (Vec<AccessStep>, Type) {
        let (mut access_path, mut type_) = (Vec::new(), type_.clone());
        // Names may be cyclic in a document with reference cycles.
        let mut seen = BTreeSet::new();
        loop {
            type_ = match type_ {
                Type::Nullable(inner) => {
                    access_path.push(AccessStep::NotNull);
                    *inner
                }
                Type::Boxed(inner) => *inner,
                Type::Named(id) if !seen.insert(id) => return (access_path, Type::Named(id)),
                Type::Named(id) => match &self.schemas.types[id].shape {
                    Shape::Alias(inner) => inner.clone(),
                    Shape::Wrapper(inner) => {
                        access_path.push(AccessStep::Inner);
                        inner.clone()
                    }
                    _ => return (access_path, Type::Named(id)),
                },
                other => return (access_path, other),
            };
        }
    }

    fn report_form(&mut self, node: &Node, message: String, help: String) {
        self.schemas.cx.report(
            Diagnostic::error("pagination-form", node.origin, Pointer::root(), message)
                .with_help(help)
                .with_safe_reading(),
        );
    }
}

/// Returns whether it is an extension of somebody else: it has none of the fields.
fn is_of_others(node: &Node) -> bool {
    let is_field = |name: &str| {
        let mut styles = STYLES.iter();
        name == "style" || styles.any(|(_, needed, optional)| needed.contains(&name) || optional.contains(&name))
    };
    let members = node.as_object();
    members.is_some_and(|members| !members.keys().any(|name| is_field(name)))
}

impl Wanted {
    fn words(self) -> &'static str {
        match self {
            Self::List => "an array",
            Self::Count => "a number",
            Self::Cursor => "a string or a number",
            Self::Flag => "a boolean",
        }
    }
}

/// Returns the number of the page that a request without a number returns: the default of the parameter, or 1.
fn default_page(parameter: &Parameter) -> u64 {
    let default = parameter.docs.default.as_deref().unwrap_or_default();
    default.trim_matches('"').parse().unwrap_or(1)
}
