//! Documented headers of responses: a struct around the headers of a response, with a method for each.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::deprecation;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::declaration;
use crate::model::{HeaderForm, Operation, ResponseHeader, ResponseHeaders};

/// Returns the type of the headers of an operation's responses, if any are documented: a struct, or another name for
/// one that several operations have.
pub(in crate::emit) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<Item> {
    let ResponseHeaders { name, set, headers } = operation.headers.as_ref()?;
    let Some(set) = set else {
        let about = format!(
            "The documented headers of the responses of [`{}()`].",
            operation.function
        );
        return Some(struct_(scope, name, headers, about));
    };
    let (name, set) = (ident(name), ident(set));
    Some(if name == set {
        parse_quote!(
            pub use crate::responses::#set;
        )
    } else {
        parse_quote!(
            pub use crate::responses::#set as #name;
        )
    })
}

/// Returns the struct of documented headers.
pub(in crate::emit) fn struct_(scope: &Scope<'_>, name: &str, headers: &[ResponseHeader], about: String) -> Item {
    let paragraphs = [
        about,
        format!("Of a success: `{name}(response.headers())`,\nof a failure: `{name}(&error.response.headers)`."),
    ];
    let (name, docs) = (ident(name), text::attributes(&paragraphs));
    let methods = headers.iter().map(|header| method(scope, header));
    declaration::item(
        "headers",
        quote! {
            #docs
            pub struct #name { #(#methods,)* }
        },
    )
}

/// Returns the method of a header: its type, and how the value is written.
fn method(scope: &Scope<'_>, header: &ResponseHeader) -> TokenStream {
    let (method, type_, wire) = (ident(&header.method), scope.type_(&header.type_), &header.wire);
    let docs = text::attributes(&docs(header));
    let deprecated = deprecation::attribute(&header.docs, "header");
    let form = match &header.form {
        HeaderForm::Value => quote!(value(#wire)),
        HeaderForm::Json => quote!(json(#wire)),
        HeaderForm::List { are_strings } => quote!(list(#wire, #are_strings)),
        HeaderForm::Lines { are_strings } => quote!(lines(#wire, #are_strings)),
        HeaderForm::Object { explode, strings } => quote!(object(#wire, #explode, &[#(#strings),*])),
    };
    quote!(#docs #deprecated #method: #type_ = #form)
}

/// Returns the documentation of a header, with the statuses that have it.
fn docs(header: &ResponseHeader) -> Vec<String> {
    let mut paragraphs = text::text(&header.docs, "", Room::MEMBER);
    let statuses: Vec<String> = header.statuses.iter().map(|status| format!("`{status}`")).collect();
    let of_statuses = match statuses.as_slice() {
        [] => String::new(),
        statuses => format!(", documented for {}", statuses.join(", ")),
    };
    paragraphs.push(format!("The header {}{of_statuses}.", text::literal(&header.wire)));
    paragraphs
}
