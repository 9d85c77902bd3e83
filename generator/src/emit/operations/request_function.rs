//! Request functions, and how their arguments are given.

use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::deprecation;
use crate::emit::docs::text;
use crate::emit::operations::pages;
use crate::emit::operations::request_field::Field;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constants;
use crate::emit::types::required::{self, Given};
use crate::model::{Operation, Required};

/// Returns the function that makes a request.
pub(in crate::emit) fn item(scope: &Scope<'_>, operation: &Operation) -> Item {
    let (name, type_) = (ident(&operation.function), ident(&operation.request_type));
    let mut paragraphs = text::text(&operation.docs, "The document has no description of this operation.");
    paragraphs.push(format!("`{} {}`", operation.method, operation.path));
    let filled = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.constant.is_some());
    paragraphs.extend(constants::filled_in(filled.map(|parameter| parameter.wire.as_str())));
    paragraphs.extend(media_types(operation));
    let (by_name, by_position): (Vec<Field<'_>>, Vec<Field<'_>>) = Field::all(operation)
        .filter(Field::is_given)
        .partition(|field| operation.required.is_some() && !field.is_in_path());
    let arguments = by_position.iter().map(|field| {
        let (name, (_, argument, _)) = (ident(field.name()), field.types(scope));
        quote!(#name: #argument)
    });
    let required = operation.required.as_ref().filter(|_| !by_name.is_empty());
    paragraphs.extend(list(scope, &by_position, required));
    paragraphs.extend(responses(operation));
    let docs = text::attributes(&paragraphs);
    let argument = required.map(|required| {
        let (argument, type_) = (ident(&required.argument), ident(&required.type_.name));
        quote!(#argument: #type_)
    });
    let values = Field::all(operation).map(|field| {
        let name = ident(field.name());
        let (_, _, value) = field.types(scope);
        if let Some(constant) = field.constant() {
            let value = constants::value(scope, constant);
            return quote!(#name: #value);
        }
        match (field.is_required(), required) {
            (false, _) if field.maybe().is_some() => quote!(#name: runtime::Maybe::Absent),
            (false, _) => quote!(#name: None),
            (true, Some(required)) if !field.is_in_path() => {
                let argument = ident(&required.argument);
                quote!(#name: #argument.#name)
            }
            (true, _) => quote!(#name: #value),
        }
    });
    let query = pages::query_field(operation).map(|field| quote!(#field: None));
    let values = values.chain(query);
    let allow = text::allow_many_arguments(by_position.len());
    let arguments = arguments.chain(argument);
    let deprecated = deprecation::attribute(&operation.docs, "operation");
    parse_quote! {
        #docs
        #deprecated
        #allow
        pub fn #name(#(#arguments),*) -> #type_ {
            #type_ { #(#values),* }
        }
    }
}

/// Returns the list of the arguments, where the document says anything of those that stand by position.
///
/// What is given by name has its words at the fields.
fn list(scope: &Scope<'_>, by_position: &[Field<'_>], required: Option<&Required>) -> Vec<String> {
    if !by_position.iter().any(Field::has_words) {
        return Vec::new();
    }
    let items = by_position
        .iter()
        .map(|field| text::list_item(field.name(), &field.given_docs(scope)));
    let last = required.map(|required| {
        let words = format!("see the fields of [`{}`].", required.type_.name);
        text::list_item(&required.argument, &[words])
    });
    let items: Vec<String> = items.chain(last).collect();
    vec!["# Arguments".to_owned(), items.join("\n")]
}

/// Returns the list of the successes that the document says anything of, where they have no enum that would say it.
fn responses(operation: &Operation) -> Vec<String> {
    let success = &operation.success;
    let described = success.cases.iter().filter(|response| {
        let docs = &response.docs;
        success.enum_name.is_none() && !(docs.text.is_empty() && docs.examples.is_empty())
    });
    let items: Vec<String> = described
        .map(|response| text::list_item(&response.status.to_string(), &text::text(&response.docs, "")))
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec!["# Responses".to_owned(), items.join("\n")]
}

/// Returns the struct of what is required beside the path, where callers give it by one.
pub(in crate::emit) fn required(scope: &Scope<'_>, operation: &Operation) -> Option<Item> {
    let required = operation.required.as_ref()?;
    let given = Field::all(operation).filter(|field| field.is_given() && !field.is_in_path());
    let given = given.map(|field| Given {
        field: ident(field.name()),
        type_: field.types(scope).0,
        docs: field.given_docs(scope),
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
