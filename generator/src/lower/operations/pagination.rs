//! Lowers `x-pagination`: the pagination of a list.
//!
//! OpenAPI does not describe pagination, so an overlay does. It has to be correct: a missing parameter or a dangling
//! pointer would cause endless requests, or end the list too early.

use crate::diagnostic::Diagnostic;
use crate::document::{Node, Value};
use crate::lower::operations::Operations;
use crate::lower::schemas::types::Types;
use crate::model::{AccessStep, Location, Paging, PagingStyle, Parameter, Responses, Type};
use crate::names::Namespace;
use crate::source::{Origin, Pointer};

/// The extension, at an operation.
pub(in crate::lower) const EXTENSION: &str = "x-pagination";

/// The methods of the request type of an operation with pages.
pub(in crate::lower) const METHOD_NAMES: [&str; 4] = ["pages", "items", "pages_blocking", "items_blocking"];

impl Operations<'_> {
    /// Lowers the declaration of an operation. An invalid one is reported, and the operation has no pages.
    pub(in crate::lower) fn lower_paging(
        &mut self,
        operation: &Node,
        parameters: &[Parameter],
        success: &Responses,
        fields: &mut Namespace,
    ) -> Option<Paging> {
        let node = operation.get(EXTENSION)?;
        let cx = &mut self.schemas.cx;
        if is_of_others(node) {
            let reason = format!("it is not the {EXTENSION} of this generator: it has none of its fields");
            cx.ignore(operation, EXTENSION, reason);
            return None;
        }
        let paging = DeclaredStyle::of(node).and_then(|style| {
            let declared = PagingDeclaration {
                node,
                style,
                parameters,
                success,
                types: &self.schemas.types,
            };
            declared.lower(fields)
        });
        paging
            .map_err(|errors| errors.into_iter().for_each(|error| cx.report(error.into())))
            .ok()
    }
}

/// The style that a declaration names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DeclaredStyle {
    Offset,
    Page,
    Cursor,
    Link,
}

impl DeclaredStyle {
    const ALL: [Self; 4] = [Self::Offset, Self::Page, Self::Cursor, Self::Link];

    fn name(self) -> &'static str {
        match self {
            Self::Offset => "offset",
            Self::Page => "page",
            Self::Cursor => "cursor",
            Self::Link => "link",
        }
    }

    fn required_fields(self) -> &'static [&'static str] {
        match self {
            Self::Offset => &["offset", "items"],
            Self::Page => &["page", "items"],
            Self::Cursor => &["cursor", "next", "items"],
            Self::Link => &["items"],
        }
    }

    fn optional_fields(self) -> &'static [&'static str] {
        match self {
            Self::Offset => &["limit", "total"],
            Self::Page => &["perPage", "firstPage", "total"],
            Self::Cursor => &["limit", "more"],
            Self::Link => &["limit"],
        }
    }

    /// Returns the field that names the parameter for the length of a page.
    fn size_field(self) -> &'static str {
        match self {
            Self::Page => "perPage",
            Self::Offset | Self::Cursor | Self::Link => "limit",
        }
    }

    fn fields(self) -> impl Iterator<Item = &'static str> {
        self.required_fields().iter().chain(self.optional_fields()).copied()
    }

    /// Returns the style of a declaration with all of its required fields and no unknown ones.
    fn of(node: &Node) -> Result<Self, Vec<PagingError>> {
        let known = Self::ALL.map(Self::name).join(", ");
        let help = format!("give it a `style`, which is one of {known}");
        let Some(members) = node.as_object() else {
            let message = format!("{EXTENSION} must be an object, found {}", node.kind());
            return Err(vec![PagingError::form(node, message, help)]);
        };
        let value = members.get("style");
        let is_named = |style: &Self| value.and_then(Node::as_str) == Some(style.name());
        let Some(style) = Self::ALL.into_iter().find(is_named) else {
            let message = match value {
                None => format!("{EXTENSION} has no style"),
                Some(value) => format!("{value} is not a style of {EXTENSION}"),
            };
            return Err(vec![PagingError::form(value.unwrap_or(node), message, help)]);
        };
        let name = style.name();
        let mut errors = Vec::new();
        let missing = style.required_fields().iter();
        let missing = missing.filter(|field| !members.contains_key(**field));
        let missing: Vec<String> = missing.map(|field| format!("`{field}`")).collect();
        if !missing.is_empty() {
            let missing = missing.join(" and ");
            let message = format!("{EXTENSION} lacks {missing}, which the style {name} requires");
            let help = format!("add {missing}, or choose another style");
            errors.push(PagingError::form(node, message, help));
        }
        for (field, value) in members {
            if field != "style" && !style.fields().any(|known| known == field) {
                let fields: Vec<&str> = style.fields().collect();
                let message = format!("`{field}` is not a field of {EXTENSION} with the style {name}");
                let help = format!("the fields are {}", fields.join(", "));
                errors.push(PagingError::form(value, message, help));
            }
        }
        if errors.is_empty() { Ok(style) } else { Err(errors) }
    }
}

/// An error of a declaration.
struct PagingError {
    code: &'static str,
    origin: Origin,
    message: String,
    help: String,
}

impl PagingError {
    /// Makes the error of a declaration or a field with an invalid form.
    fn form(node: &Node, message: String, help: String) -> Self {
        Self {
            code: "pagination-form",
            origin: node.origin,
            message,
            help,
        }
    }
}

impl From<PagingError> for Diagnostic {
    fn from(error: PagingError) -> Self {
        Self::degraded(error.code, error.origin, Pointer::root(), error.message).with_help(error.help)
    }
}

/// The errors of fields, which are collected to be reported all at once.
#[derive(Default)]
struct FieldErrors(Vec<PagingError>);

impl FieldErrors {
    /// Returns the value of a field, or `None` after an error.
    fn check<T>(&mut self, field: Result<T, PagingError>) -> Option<T> {
        field.map_err(|error| self.0.push(error)).ok()
    }

    /// Returns the value of a required field, or `None` after an error. `DeclaredStyle::of` reports a missing field.
    fn required<T>(&mut self, field: Result<Option<T>, PagingError>) -> Option<T> {
        self.check(field).flatten()
    }
}

/// The declaration of an operation, and its context.
struct PagingDeclaration<'all> {
    node: &'all Node,
    style: DeclaredStyle,
    parameters: &'all [Parameter],
    success: &'all Responses,
    types: &'all Types,
}

impl<'all> PagingDeclaration<'all> {
    fn lower(&self, fields: &mut Namespace) -> Result<Paging, Vec<PagingError>> {
        let mut errors = FieldErrors::default();
        self.lower_fields(fields, &mut errors).ok_or(errors.0)
    }

    /// Lowers all fields, or returns `None` if one has an error.
    fn lower_fields(&self, fields: &mut Namespace, errors: &mut FieldErrors) -> Option<Paging> {
        let items = errors.required(self.items());
        let size = errors.check(self.parameter(self.style.size_field()));
        let style = self.lower_style(fields, errors);
        let (items, item) = items?;
        let setter = |size: usize| (!self.parameters[size].required).then(|| self.parameters[size].field.clone());
        Some(Paging {
            style: style?,
            items,
            item,
            size: size?.and_then(setter),
        })
    }

    /// Lowers the fields that only one style has.
    fn lower_style(&self, fields: &mut Namespace, errors: &mut FieldErrors) -> Option<PagingStyle> {
        Some(match self.style {
            DeclaredStyle::Offset => {
                let parameter = errors.required(self.parameter("offset"));
                let total = errors.check(self.scalar("total", "a number"));
                PagingStyle::Offset {
                    parameter: parameter?,
                    total: total?,
                }
            }
            DeclaredStyle::Page => {
                let parameter = errors.required(self.parameter("page"));
                let first = errors.check(self.first_page());
                let total = errors.check(self.scalar("total", "a number"));
                let parameter = parameter?;
                PagingStyle::Page {
                    parameter,
                    first: first?.unwrap_or_else(|| default_page(&self.parameters[parameter])),
                    total: total?,
                }
            }
            DeclaredStyle::Cursor => {
                let parameter = errors.required(self.parameter("cursor"));
                let next = errors.required(self.scalar("next", "a string or a number"));
                let more = errors.check(self.flag("more"));
                PagingStyle::Cursor {
                    parameter: parameter?,
                    next: next?,
                    more: more?,
                }
            }
            DeclaredStyle::Link => PagingStyle::Link {
                field: fields.take("next_query", ""),
            },
        })
    }

    /// Returns a field that is a string, and its text.
    fn text(&self, field: &str, expected: &str) -> Result<Option<(&'all Node, &'all str)>, PagingError> {
        let Some(value) = self.node.get(field) else {
            return Ok(None);
        };
        if let Some(text) = value.as_str() {
            return Ok(Some((value, text)));
        }
        let message = format!("`{field}` must be {expected}, found {}", value.kind());
        let help = format!("write {expected} as a string");
        Err(PagingError::form(value, message, help))
    }

    /// Returns the number of the first page.
    fn first_page(&self) -> Result<Option<u64>, PagingError> {
        let Some(value) = self.node.get("firstPage") else {
            return Ok(None);
        };
        if let Value::Number(text) = &value.value
            && let Ok(number) = text.parse()
        {
            return Ok(Some(number));
        }
        let message = format!("`firstPage` must be the number of a page, found {value}");
        let help = "write an integer of 0 or more".to_owned();
        Err(PagingError::form(value, message, help))
    }

    /// Returns the index of the parameter that a field names.
    fn parameter(&self, field: &str) -> Result<Option<usize>, PagingError> {
        let Some((node, name)) = self.text(field, "the name of a parameter")? else {
            return Ok(None);
        };
        let is_candidate = |parameter: &Parameter| parameter.location != Location::Path;
        let mut parameters = self.parameters.iter().enumerate();
        let found = parameters.find(|(_, parameter)| parameter.wire == name && is_candidate(parameter));
        let (message, help) = match found {
            Some((index, parameter)) if self.types.is_scalar(&parameter.type_) => return Ok(Some(index)),
            Some(_) => (
                format!("`{field}` names the parameter {name:?}, which is neither a string nor a number"),
                "name a parameter whose schema has the type string, integer or number".to_owned(),
            ),
            None => {
                let known = self.parameters.iter().filter(|parameter| is_candidate(parameter));
                let known: Vec<&str> = known.map(|parameter| parameter.wire.as_str()).collect();
                let help = if known.is_empty() {
                    "the operation has no parameters beside those of its path; declare it".to_owned()
                } else {
                    format!("the parameters are {}", known.join(", "))
                };
                let message = format!("`{field}` names {name:?}, which is not a parameter of the operation");
                (message, help)
            }
        };
        Err(PagingError {
            code: "pagination-parameter",
            origin: node.origin,
            message,
            help,
        })
    }

    /// Returns the access path to the list, and the type of its items.
    fn items(&self) -> Result<Option<(Vec<AccessStep>, Type)>, PagingError> {
        self.access_path("items", "an array", |type_| match type_ {
            Type::Array(item) => Some(*item),
            _ => None,
        })
    }

    /// Returns the access path to a string or a number. A number may be written as a string, as parameters are.
    fn scalar(&self, field: &str, expected: &str) -> Result<Option<Vec<AccessStep>>, PagingError> {
        let is_scalar = |type_: Type| self.types.is_scalar(&type_).then_some(());
        let found = self.access_path(field, expected, is_scalar)?;
        Ok(found.map(|(access_path, ())| access_path))
    }

    /// Returns the access path to a boolean.
    fn flag(&self, field: &str) -> Result<Option<Vec<AccessStep>>, PagingError> {
        let is_flag = |type_| (type_ == Type::Boolean).then_some(());
        let found = self.access_path(field, "a boolean", is_flag)?;
        Ok(found.map(|(access_path, ())| access_path))
    }

    /// Returns the access path of the pointer of a field, and the result of `accept` for the type of its target.
    ///
    /// If the result is `None`, the target is not `expected`.
    fn access_path<T>(
        &self,
        field: &str,
        expected: &str,
        accept: impl Fn(Type) -> Option<T>,
    ) -> Result<Option<(Vec<AccessStep>, T)>, PagingError> {
        let Some((node, text)) = self.text(field, "a JSON Pointer into the response")? else {
            return Ok(None);
        };
        let Some(pointer) = Pointer::parse(text) else {
            let message = format!("`{field}` is {text:?}, which is not a JSON Pointer");
            let help = "a pointer is empty, for the whole response, or starts with `/` (RFC 6901)".to_owned();
            return Err(PagingError::form(node, message, help));
        };
        let (message, help) = match self.types.access_path(self.success, &pointer) {
            Ok((access_path, type_)) => match accept(type_) {
                Some(accepted) => return Ok(Some((access_path, accepted))),
                None => (
                    format!("the target of `{field}` is not {expected}"),
                    format!("point to {expected}, or correct the schema of the response"),
                ),
            },
            Err(dangling) => (format!("`{field}` is dangling: {}", dangling.reason), dangling.help),
        };
        Err(PagingError {
            code: "pagination-pointer",
            origin: node.origin,
            message,
            help,
        })
    }
}

/// Returns whether it is the extension of another tool: it has none of the fields.
fn is_of_others(node: &Node) -> bool {
    let is_field = |name: &str| {
        let mut fields = DeclaredStyle::ALL.into_iter().flat_map(DeclaredStyle::fields);
        name == "style" || fields.any(|field| field == name)
    };
    let members = node.as_object();
    members.is_some_and(|members| !members.keys().any(|name| is_field(name)))
}

/// Returns the number of the first page: the default of the parameter, or 1.
fn default_page(parameter: &Parameter) -> u64 {
    let default = parameter.docs.default.as_deref().unwrap_or_default();
    default.trim_matches('"').parse().unwrap_or(1)
}
