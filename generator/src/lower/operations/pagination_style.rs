//! The styles of `x-pagination` and the fields of each.

use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::lower::operations::pagination::EXTENSION;
use crate::source::{Origin, Pointer};

/// The style that a declaration names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum DeclaredStyle {
    Offset,
    Page,
    Cursor,
    LastItem,
    Link,
}

impl DeclaredStyle {
    const ALL: [Self; 5] = [Self::Offset, Self::Page, Self::Cursor, Self::LastItem, Self::Link];

    fn name(self) -> &'static str {
        match self {
            Self::Offset => "offset",
            Self::Page => "page",
            Self::Cursor => "cursor",
            Self::LastItem => "lastItem",
            Self::Link => "link",
        }
    }

    fn required_fields(self) -> &'static [&'static str] {
        match self {
            Self::Offset => &["offset", "items"],
            Self::Page => &["page", "items"],
            Self::Cursor => &["cursor", "next", "items"],
            Self::LastItem => &["cursor", "id", "items"],
            Self::Link => &["items"],
        }
    }

    fn optional_fields(self) -> &'static [&'static str] {
        match self {
            Self::Offset => &["limit", "total"],
            Self::Page => &["perPage", "firstPage", "total"],
            Self::Cursor | Self::LastItem => &["limit", "more"],
            Self::Link => &["limit", "next"],
        }
    }

    /// Returns the field that names the parameter for the length of a page.
    pub(in crate::lower) fn size_field(self) -> &'static str {
        match self {
            Self::Page => "perPage",
            Self::Offset | Self::Cursor | Self::LastItem | Self::Link => "limit",
        }
    }

    fn fields(self) -> impl Iterator<Item = &'static str> {
        self.required_fields().iter().chain(self.optional_fields()).copied()
    }

    /// Returns the style of a declaration with all of its required fields and no unknown ones.
    pub(in crate::lower) fn of(node: &Node) -> Result<Self, Vec<PagingError>> {
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
pub(in crate::lower) struct PagingError {
    pub(in crate::lower) code: &'static str,
    pub(in crate::lower) origin: Origin,
    pub(in crate::lower) message: String,
    pub(in crate::lower) help: String,
}

impl PagingError {
    /// Makes the error of a declaration or a field with an invalid form.
    pub(in crate::lower) fn form(node: &Node, message: String, help: String) -> Self {
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
pub(in crate::lower) struct FieldErrors(pub(in crate::lower) Vec<PagingError>);

impl FieldErrors {
    /// Returns the value of a field, or `None` after an error.
    pub(in crate::lower) fn check<T>(&mut self, field: Result<T, PagingError>) -> Option<T> {
        field.map_err(|error| self.0.push(error)).ok()
    }

    /// Returns the value of a required field, or `None` after an error. `DeclaredStyle::of` reports a missing field.
    pub(in crate::lower) fn required<T>(&mut self, field: Result<Option<T>, PagingError>) -> Option<T> {
        self.check(field).flatten()
    }
}

/// Returns whether it is the extension of another tool: it has none of the fields.
pub(in crate::lower) fn is_of_others(node: &Node) -> bool {
    let is_field = |name: &str| {
        let mut fields = DeclaredStyle::ALL.into_iter().flat_map(DeclaredStyle::fields);
        name == "style" || fields.any(|field| field == name)
    };
    let members = node.as_object();
    members.is_some_and(|members| !members.keys().any(|name| is_field(name)))
}
