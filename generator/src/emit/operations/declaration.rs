//! Declarations of requests: one for each operation, by a macro of the runtime.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use crate::emit::docs::text;
use crate::emit::operations::body;
use crate::emit::operations::pages;
use crate::emit::operations::parameter;
use crate::emit::operations::request_field::Field;
use crate::emit::operations::request_function::{self, Arguments};
use crate::emit::operations::responses;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constants;
use crate::emit::types::constraints;
use crate::emit::types::declaration;
use crate::model::{Operation, Parameter, SAFE_METHODS};

/// The media type of bodies and responses where a declaration does not say another.
const USUAL_MEDIA_TYPE: &str = "application/json";

/// The methods that the runtime has constants for; it makes others of their texts.
const CONSTANTS: [&str; 8] = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// Returns the declaration of the requests of an operation.
pub(in crate::emit) fn item(scope: &Scope<'_>, operation: &Operation) -> Item {
    let (function, type_) = (ident(&operation.function), ident(&operation.request_type));
    let given = Arguments::of(operation);
    let attributes = request_function::attributes(scope, operation, &given);
    let arguments = given.written(scope);
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| parameter_field(scope, parameter, &given));
    let (path, id) = (&operation.path, &operation.id);
    let method = method(&operation.method);
    let body = body_field(scope, operation, &given);
    let link = pages::query_field(operation).map(|field| quote!(link #field;));
    let settings = settings(operation);
    let result = responses::result(scope, operation, &operation.success);
    declaration::item(
        "request",
        quote! {
            #attributes
            pub fn #function(#(#arguments),*) -> #type_ { #(#parameters,)* }
            #method #path as #id;
            #body
            #link
            #settings
            #result
        },
    )
}

/// Returns a method as a declaration has it.
fn method(name: &str) -> TokenStream {
    if CONSTANTS.contains(&name) {
        let name = ident(name);
        quote!(#name)
    } else {
        quote!(#name)
    }
}

/// Returns the field of a parameter, and how it is sent.
fn parameter_field(scope: &Scope<'_>, parameter: &Parameter, given: &Arguments<'_>) -> TokenStream {
    let field = Field::Parameter(parameter);
    let (declared, give) = (declared(scope, &field), give(scope, &field, given));
    let sent = parameter::description(scope, parameter);
    quote!(#declared = #give #sent)
}

/// Returns the field of the body, and how it is sent.
fn body_field(scope: &Scope<'_>, operation: &Operation, given: &Arguments<'_>) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let field = Field::Body(body);
    let (attributes, field_declared) = (setter_attributes(&field), field.declared(scope));
    let give = give(scope, &field, given);
    let (kind, media_type) = (ident(body::kind(&body.content)), &body.media_type);
    let schema = body.content.constraints();
    let schema = schema.map(|constraints| constraints::reference(scope, constraints));
    let encodings = body::encodings(&body.content);
    let media_type = (media_type != USUAL_MEDIA_TYPE).then(|| quote!(as #media_type));
    Some(quote!(#attributes sends #field_declared = #give #kind(#schema #encodings) #media_type;))
}

/// Returns a field under the documentation of its setter, if it has one.
fn declared(scope: &Scope<'_>, field: &Field<'_>) -> TokenStream {
    let (attributes, declared) = (setter_attributes(field), field.declared(scope));
    quote!(#attributes #declared)
}

fn setter_attributes(field: &Field<'_>) -> Option<TokenStream> {
    (!field.is_required()).then(|| {
        let (docs, deprecated) = (text::attributes(&field.setter_docs()), field.deprecated());
        quote!(#docs #deprecated)
    })
}

/// Returns how the value of a field is given: `into` by a conversion, as a `value`, or the value itself.
fn give(scope: &Scope<'_>, field: &Field<'_>, given: &Arguments<'_>) -> TokenStream {
    if let Some(constant) = field.constant() {
        let value = constants::value(scope, constant);
        return quote!((#value));
    }
    match given.by_name() {
        Some(required) if field.is_required() && !field.is_in_path() => {
            let (argument, name) = (ident(&required.argument), ident(field.name()));
            quote!((#argument.#name))
        }
        _ => {
            let word = ident(if field.is_converted() { "into" } else { "value" });
            quote!(#word)
        }
    }
}

/// Returns what is not as usual: the server, security requirements, media types, and what the method does not say.
fn settings(operation: &Operation) -> TokenStream {
    let server = operation.server.as_ref().map(|url| quote!(server #url;));
    let security = operation.security.iter().map(|alternative| {
        let schemes = alternative.iter().map(|name| ident(name));
        quote!(&[#(&crate::security::#schemes),*])
    });
    let security = (!operation.security.is_empty()).then(|| quote!(security &[#(#security),*];));
    let accept = &operation.accept;
    let accept = (accept != USUAL_MEDIA_TYPE).then(|| quote!(accept #accept;));
    let is_safe = operation.is_safe;
    let safe = (is_safe != SAFE_METHODS.contains(&operation.method.as_str())).then(|| quote!(safe #is_safe;));
    let redirects = operation
        .documents_redirects()
        .then(|| quote!(redirects documents_redirects;));
    quote!(#server #security #accept #safe #redirects)
}
