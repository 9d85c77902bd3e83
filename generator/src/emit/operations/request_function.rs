//! Request functions: their documentation, and how their arguments are given.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Item;

use crate::emit::docs::deprecation;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::operations::request_field::Field;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constants;
use crate::emit::types::required::{self, Given};
use crate::model::{Operation, Required};

/// The arguments of a request function.
pub(in crate::emit) struct Arguments<'api> {
    by_position: Vec<Field<'api>>,
    /// The struct of the others, if there are any.
    by_name: Option<&'api Required>,
}

impl<'api> Arguments<'api> {
    /// Returns those of an operation.
    pub(in crate::emit) fn of(operation: &'api Operation) -> Self {
        let by_name = operation.required.as_ref();
        let by_position =
            Field::all(operation).filter(|field| field.is_given() && (field.is_in_path() || by_name.is_none()));
        Self {
            by_position: by_position.collect(),
            by_name,
        }
    }

    /// Returns the struct of what is given by name, if there is one.
    pub(in crate::emit) fn by_name(&self) -> Option<&'api Required> {
        self.by_name
    }

    /// Returns the names of the arguments.
    pub(in crate::emit) fn names(&self) -> Vec<Ident> {
        let by_position = self.by_position.iter().map(|field| ident(field.name()));
        let by_name = self.by_name.map(|required| ident(&required.argument));
        by_position.chain(by_name).collect()
    }

    /// Returns the arguments with their types.
    pub(in crate::emit) fn written(&self, scope: &Scope<'_>) -> Vec<TokenStream> {
        let by_position = self.by_position.iter().map(|field| {
            let (name, (_, argument)) = (ident(field.name()), field.types(scope));
            quote!(#name: #argument)
        });
        let by_name = self.by_name.map(|required| {
            let (argument, type_) = (ident(&required.argument), ident(&required.type_.name));
            quote!(#argument: #type_)
        });
        by_position.chain(by_name).collect()
    }
}

/// Returns the documentation and the attributes of the function that makes a request.
pub(in crate::emit) fn attributes(scope: &Scope<'_>, operation: &Operation, arguments: &Arguments<'_>) -> TokenStream {
    let mut paragraphs = text::text(
        &operation.docs,
        "The document has no description of this operation.",
        Room::ITEM,
    );
    paragraphs.push(format!("`{} {}`", operation.method, operation.path));
    let filled = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.constant.is_some());
    paragraphs.extend(constants::filled_in(filled.map(|parameter| parameter.wire.as_str())));
    paragraphs.extend(media_types(operation));
    paragraphs.extend(list(scope, arguments));
    paragraphs.extend(responses(operation));
    paragraphs.extend(headers(operation));
    let docs = text::attributes(&paragraphs);
    let deprecated = deprecation::attribute(&operation.docs, "operation");
    let allow = text::allow_many_arguments(arguments.by_position.len());
    quote!(#docs #deprecated #allow)
}

/// Returns the list of the arguments, where the document says anything of those that stand by position.
///
/// What is given by name has its words at the fields.
fn list(scope: &Scope<'_>, arguments: &Arguments<'_>) -> Vec<String> {
    if !arguments.by_position.iter().any(Field::has_words) {
        return Vec::new();
    }
    let items = arguments.by_position.iter().map(|field| {
        text::list_item(
            field.name(),
            &field.argument_docs(scope, Room::ITEM.in_item(field.name())),
        )
    });
    let last = arguments.by_name.map(|required| {
        let words = format!("see the fields of [`{}`].", required.type_.name);
        text::list_item(&required.argument, &[words])
    });
    let items: Vec<String> = items.chain(last).collect();
    vec!["# Arguments".to_owned(), items.join("\n")]
}

/// Returns the list of the responses that the document says anything of.
fn responses(operation: &Operation) -> Vec<String> {
    // An enum of its own says it itself.
    let has_enum = operation.success.enum_name.is_some() && operation.success.set.is_none();
    let success = operation.success.cases.iter().filter(|_| !has_enum);
    let failure = operation.failure.cases.iter();
    // A `default` may be both.
    let failure = failure.filter(|response| !operation.success.cases.contains(response));
    let described = success.chain(failure).filter(|response| {
        let docs = &response.docs;
        !(docs.text.is_empty() && docs.examples.is_empty())
    });
    let items: Vec<String> = described
        .map(|response| {
            let status = response.status.to_string();
            text::list_item(&status, &text::text(&response.docs, "", Room::ITEM.in_item(&status)))
        })
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec!["# Responses".to_owned(), items.join("\n")]
}

/// Says which type has the headers of the responses, if any are documented.
fn headers(operation: &Operation) -> Option<String> {
    let headers = operation.headers.as_ref()?;
    Some(format!(
        "The headers of the responses are typed by [`{}`].",
        headers.name
    ))
}

/// Returns the struct of what is required beside the path, where callers give it by one.
pub(in crate::emit) fn required(scope: &Scope<'_>, operation: &Operation) -> Option<Item> {
    let required = operation.required.as_ref()?;
    let given = Field::all(operation).filter(|field| field.is_given() && !field.is_in_path());
    let given = given.map(|field| Given {
        field: ident(field.name()),
        type_: field.types(scope).0,
        docs: field.given_docs(scope, Room::ITEM),
    });
    let words = format!("The required arguments of [`{}()`].", operation.function);
    Some(required::definition(&required.type_, &words, given.collect()))
}

/// Says what the body is sent as, where there is a choice.
fn media_types(operation: &Operation) -> Option<String> {
    let body = operation.body.as_ref()?;
    let sent = format!("The body is sent as {}", text::literal(&body.media_type));
    let others: Vec<String> = body.others.iter().map(|name| format!("[`{name}()`]")).collect();
    if others.is_empty() {
        operation.is_variant.then(|| format!("{sent}."))
    } else {
        Some(format!("{sent}; otherwise by {}.", others.join(", ")))
    }
}
