//! Lowers `x-pagination`: the pagination of a list.
//!
//! The extension `x-dropshot-pagination` of others is read as one.
//!
//! OpenAPI does not describe pagination, so an overlay does. It has to be correct: a missing parameter or a dangling
//! pointer would cause endless requests, or end the list too early.

use crate::document::{Node, Object, Value};
use crate::lower::operations::Operations;
use crate::lower::operations::access_path::Dangling;
use crate::lower::operations::pagination_style::{DeclaredStyle, FieldErrors, PagingError, is_of_others};
use crate::lower::schemas::types::Types;
use crate::model::{AccessStep, Location, Paging, PagingStyle, Parameter, Responses, Type};
use crate::names::Namespace;
use crate::source::Pointer;

/// The extension, at an operation.
pub(in crate::lower) const EXTENSION: &str = "x-pagination";

/// The extension by which Dropshot marks an operation with pages
/// ([its documentation](https://docs.rs/dropshot/latest/dropshot/#pagination)).
pub(in crate::lower) const DROPSHOT: &str = "x-dropshot-pagination";

/// What [`DROPSHOT`] means in the words of [`EXTENSION`].
const DROPSHOT_FIELDS: [(&str, &str); 5] = [
    ("style", "cursor"),
    ("cursor", "page_token"),
    ("limit", "limit"),
    ("next", "/next_page"),
    ("items", "/items"),
];

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
        let types = &self.schemas.types;
        let lower = |node: &Node, fields: &mut Namespace| {
            let style = DeclaredStyle::of(node)?;
            let declared = PagingDeclaration {
                node,
                style,
                parameters,
                success,
                types,
            };
            declared.lower(fields)
        };
        let cx = &mut self.schemas.cx;
        let own = operation.get(EXTENSION);
        if let Some(node) = own.filter(|node| !is_of_others(node)) {
            if operation.get(DROPSHOT).is_some() {
                cx.ignore(operation, DROPSHOT, format!("{EXTENSION} says how the operation pages"));
            }
            let paging = lower(node, fields);
            return paging
                .map_err(|errors| errors.into_iter().for_each(|error| cx.report(error.into())))
                .ok();
        }
        if own.is_some() {
            let reason = format!("it is not the {EXTENSION} of this generator: it has none of its fields");
            cx.ignore(operation, EXTENSION, reason);
        }
        let dropshot = operation.get(DROPSHOT)?;
        match lower(&of_dropshot(dropshot), fields) {
            Ok(paging) => Some(paging),
            Err(errors) => {
                let reasons: Vec<String> = errors.into_iter().map(|error| error.message).collect();
                cx.degrade(
                    operation,
                    DROPSHOT,
                    format!("the operation has no pages: {}", reasons.join("; ")),
                );
                None
            }
        }
    }
}

/// Returns a declaration that says what `node`, the extension of Dropshot, means.
fn of_dropshot(node: &Node) -> Node {
    let text = |text: &str| Node::synthesized(node.origin, Value::String(text.into()));
    let fields = DROPSHOT_FIELDS
        .iter()
        .map(|(name, value)| ((*name).to_owned(), text(value)));
    Node::synthesized(node.origin, Value::Object(fields.collect::<Object>()))
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
        let item = items.as_ref().map(|(_, item)| item);
        let style = self.lower_style(item, fields, errors);
        let (items, item) = items?;
        let setter = |size: usize| (!self.parameters[size].required).then(|| self.parameters[size].field.clone());
        Some(Paging {
            style: style?,
            items,
            item,
            size: size?.and_then(setter),
        })
    }

    /// Lowers the fields that only one style has. `item` is the type of an item, if `items` has no error.
    fn lower_style(
        &self,
        item: Option<&Type>,
        fields: &mut Namespace,
        errors: &mut FieldErrors,
    ) -> Option<PagingStyle> {
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
            DeclaredStyle::LastItem => {
                let parameter = errors.required(self.parameter("cursor"));
                let id = item.and_then(|item| errors.required(self.id(item)));
                let more = errors.check(self.flag("more"));
                PagingStyle::LastItem {
                    parameter: parameter?,
                    id: id?,
                    more: more?,
                }
            }
            DeclaredStyle::Link => PagingStyle::Link {
                field: fields.take("next_query", ""),
                next: errors.check(self.scalar("next", "a string"))?,
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

    /// Returns the access path from an item to its id.
    fn id(&self, item: &Type) -> Result<Option<Vec<AccessStep>>, PagingError> {
        let is_scalar = |type_: Type| self.types.is_scalar(&type_).then_some(());
        let follow = |pointer: &Pointer| self.types.access_path_from(item, pointer);
        let found = self.target("id", ("an item", "a string or a number"), follow, is_scalar)?;
        Ok(found.map(|(access_path, ())| access_path))
    }

    /// Returns the access path to a boolean.
    fn flag(&self, field: &str) -> Result<Option<Vec<AccessStep>>, PagingError> {
        let is_flag = |type_| (type_ == Type::Boolean).then_some(());
        let found = self.access_path(field, "a boolean", is_flag)?;
        Ok(found.map(|(access_path, ())| access_path))
    }

    /// Returns the access path of the pointer of a field into the response.
    fn access_path<T>(
        &self,
        field: &str,
        expected: &str,
        accept: impl Fn(Type) -> Option<T>,
    ) -> Result<Option<(Vec<AccessStep>, T)>, PagingError> {
        let follow = |pointer: &Pointer| self.types.access_path(self.success, pointer);
        self.target(field, ("the response", expected), follow, accept)
    }

    /// Returns the access path that `follow` finds for the pointer of a field into `base`, and the result of `accept` for
    /// the type of its target.
    ///
    /// If the result is `None`, the target is not `expected`.
    fn target<T>(
        &self,
        field: &str,
        (base, expected): (&str, &str),
        follow: impl Fn(&Pointer) -> Result<(Vec<AccessStep>, Type), Dangling>,
        accept: impl Fn(Type) -> Option<T>,
    ) -> Result<Option<(Vec<AccessStep>, T)>, PagingError> {
        let Some((node, text)) = self.text(field, &format!("a JSON Pointer into {base}"))? else {
            return Ok(None);
        };
        let Some(pointer) = Pointer::parse(text) else {
            let message = format!("`{field}` is {text:?}, which is not a JSON Pointer");
            let help = "a pointer is empty, for all of it, or starts with `/` (RFC 6901)".to_owned();
            return Err(PagingError::form(node, message, help));
        };
        let (message, help) = match follow(&pointer) {
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

/// Returns the number of the first page: the default of the parameter, or 1.
fn default_page(parameter: &Parameter) -> u64 {
    let default = parameter.docs.default.as_deref().unwrap_or_default();
    default.trim_matches('"').parse().unwrap_or(1)
}
