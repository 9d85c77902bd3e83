//! Request functions: one for each operation, with the type of its requests.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::SourceFile;
use crate::emit::docs::contents;
use crate::emit::docs::text;
use crate::emit::operations::body;
use crate::emit::operations::form_parts;
use crate::emit::operations::other_readings;
use crate::emit::operations::pages;
use crate::emit::operations::parameter;
use crate::emit::operations::request_field::Field;
use crate::emit::operations::request_function;
use crate::emit::operations::responses;
use crate::emit::scope::availability;
use crate::emit::scope::names::Names;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constants;
use crate::emit::types::constraints;
use crate::emit::types::files;
use crate::model::{Api, ModulePath, Operation, Resource};

/// Returns `operations/mod.rs`.
pub(in crate::emit) fn root(api: &Api) -> SourceFile {
    let modules = api.resources.iter().map(|resource| -> Item {
        let (name, cfg) = (
            ident(&resource.module),
            availability::attribute(api, &resource.availability),
        );
        parse_quote!(#cfg pub mod #name;)
    });
    SourceFile {
        path: "operations/mod.rs".to_owned(),
        docs: vec!["The operations of the document, by resource.".to_owned()],
        attributes: Vec::new(),
        items: modules.collect(),
    }
}

/// Returns the file of a resource.
pub(in crate::emit) fn file(names: &Names<'_>, resource: &Resource) -> SourceFile {
    let module = ModulePath::Operations(resource.module.clone());
    let scope = Scope::new(names, &module);
    let modules = &names.api.modules;
    let ids = modules
        .iter()
        .find(|known| known.path == module)
        .map(|module| module.types.as_slice())
        .unwrap_or_default();
    let mut body: Vec<Item> = resource
        .operations
        .iter()
        .flat_map(|operation| items(&scope, operation))
        .collect();
    body.extend(ids.iter().flat_map(|id| files::items(&scope, *id)));
    body.extend(constraints::statics(&scope, ids));
    let (items, attributes) = files::with_imports(names, &scope, body, Some(resource));
    let mut docs = text::text(&resource.docs, "Operations.");
    docs.push(contents::table(resource));
    SourceFile {
        path: module.file(),
        docs,
        attributes,
        items,
    }
}

fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    let mut items = vec![request_function::item(scope, operation)];
    items.extend(request_function::required(scope, operation));
    items.extend([
        definition(scope, operation),
        inherent(scope, operation),
        call(scope, operation),
        description(scope, operation),
    ]);
    items.extend(pages::paged(scope, operation));
    items.extend(form_parts::items(scope, operation));
    if !operation.is_variant {
        items.extend(responses::items(scope, operation));
    }
    items.extend(other_readings::items(scope, operation));
    items
}

fn definition(scope: &Scope<'_>, operation: &Operation) -> Item {
    let type_ = ident(&operation.request_type);
    let docs = text::attributes(&[format!("A request of [`{}()`].", operation.function)]);
    let fields = Field::all(operation).map(|field| {
        let (name, type_) = (ident(field.name()), field.field_type(scope));
        quote!(#name: #type_,)
    });
    let query = pages::query_field(operation).map(|field| quote!(#field: Option<String>,));
    parse_quote! {
        #docs
        #[derive(Debug, Clone)]
        #[must_use = "a request has no effect until it is sent"]
        pub struct #type_ { #(#fields)* #query }
    }
}

fn inherent(scope: &Scope<'_>, operation: &Operation) -> Item {
    let type_ = ident(&operation.request_type);
    let setters = Field::all(operation).filter(|field| !field.is_required()).map(|field| {
        let (name, docs, (_, argument, value)) = (
            ident(field.name()),
            text::attributes(&field.setter_docs()),
            field.types(scope),
        );
        let deprecated = field.deprecated();
        let value = if field.maybe().is_some() {
            value
        } else {
            quote!(Some(#value))
        };
        quote! {
            #docs
            #deprecated
            pub fn #name(mut self, #name: #argument) -> Self {
                self.#name = #value;
                self
            }
        }
    });
    let success = responses::responses_type(scope, &operation.success);
    let terminals = terminals(operation, &success, &responses::failure_type(operation));
    let readings = other_readings::methods(scope, operation);
    let pages = pages::methods(operation);
    let constants = operation.parameters.iter().filter_map(|parameter| {
        let default = parameter.default.as_ref()?;
        Some(constants::default(scope, &parameter.wire, default))
    });
    parse_quote! {
        impl #type_ {
            #(#constants)*

            #(#setters)*

            #terminals
            #readings
            #pages
        }
    }
}

/// Returns the methods that send a request, and those that only make it and decode its response.
pub(in crate::emit) fn terminals(operation: &Operation, success: &TokenStream, failure: &TokenStream) -> TokenStream {
    let (body, make) = body::request(operation);
    quote! {
        /// Sends the request and decodes the response.
        ///
        /// # Errors
        ///
        /// If the request does not conform to the document, the call fails, or the response is not a documented
        /// success.
        #[cfg(feature = "async")]
        pub async fn send(self, client: &crate::Client) -> Result<runtime::ResponseValue<#success>, runtime::Error<#failure>> {
            client.call(&self).await
        }

        /// Sends the request, blocks until the response is received, and decodes it.
        ///
        /// # Errors
        ///
        /// If the request does not conform to the document, the call fails, or the response is not a documented
        /// success.
        #[cfg(feature = "blocking")]
        pub fn send_blocking(self, client: &crate::BlockingClient) -> Result<runtime::ResponseValue<#success>, runtime::Error<#failure>> {
            client.call(&self)
        }

        /// Makes the HTTP request.
        ///
        /// # Errors
        ///
        /// If an argument or the body does not conform to the document.
        pub fn into_http(self, base: &runtime::RequestDefaults) -> Result<http::Request<#body>, runtime::InvalidRequest> {
            codegen::#make(&self, base, runtime::Validation::On)
        }

        /// Decodes a response to such a request.
        ///
        /// # Errors
        ///
        /// If the response is not a documented success, or cannot be decoded.
        pub fn decode(response: http::Response<bytes::Bytes>) -> Result<runtime::ResponseValue<#success>, runtime::Error<#failure>> {
            codegen::decode::<Self>(response)
        }
    }
}

fn call(scope: &Scope<'_>, operation: &Operation) -> Item {
    let (type_, static_name) = (ident(&operation.request_type), ident(&operation.static_name));
    let success = responses::responses_type(scope, &operation.success);
    let failure = responses::failure_type(operation);
    let success_body = responses::success_body(&operation.success);
    let arguments = operation.parameters.iter().map(|parameter| {
        let field = ident(&parameter.field);
        if parameter.required {
            quote!(codegen::required(&self.#field))
        } else if Field::Parameter(parameter).maybe().is_some() {
            quote!(codegen::maybe(&self.#field))
        } else {
            quote!(codegen::optional(self.#field.as_ref()))
        }
    });
    let arguments = if operation.parameters.is_empty() {
        quote!(Vec::new())
    } else {
        quote!(Vec::from([#(#arguments),*]))
    };
    let payload = operation.body.as_ref().map(body::payload);
    let query = pages::query_field(operation).map(|field| {
        quote! {
            fn query(&self) -> Option<&str> {
                self.#field.as_deref()
            }
        }
    });
    parse_quote! {
        impl runtime::Call for #type_ {
            type Success = #success;
            type Failure = #failure;

            fn operation(&self) -> &'static runtime::Operation {
                &#static_name
            }

            fn arguments(&self) -> Vec<Option<&dyn runtime::Encode>> {
                #arguments
            }

            #payload

            #query

            fn success(response: &runtime::RawResponse) -> Option<Result<Self::Success, runtime::DecodeError>> {
                #success_body
            }
        }
    }
}

/// Returns the static that describes the operation's requests.
fn description(scope: &Scope<'_>, operation: &Operation) -> Item {
    let (name, method) = (ident(&operation.static_name), ident(operation.method));
    let (id, path, accept) = (&operation.id, &operation.path, &operation.accept);
    let security = operation.security.iter().map(|alternative| {
        let schemes = alternative.iter().map(|name| ident(name));
        quote!(&[#(&crate::security::#schemes),*])
    });
    let (is_safe, documents_redirects) = (operation.is_safe, operation.documents_redirects());
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| parameter::description(scope, parameter));
    let body = if let Some(constraints) = operation.body.as_ref().and_then(|body| body.content.constraints()) {
        let schema = constraints::reference(scope, constraints);
        quote!(Some(#schema))
    } else {
        quote!(None)
    };
    let server = if let Some(url) = &operation.server {
        quote!(Some(#url))
    } else {
        quote!(None)
    };
    parse_quote! {
        static #name: runtime::Operation = runtime::Operation {
            id: #id,
            method: http::Method::#method,
            server: #server,
            path: #path,
            parameters: &[#(#parameters),*],
            body: #body,
            accept: #accept,
            security: &[#(#security),*],
            is_safe: #is_safe,
            documents_redirects: #documents_redirects,
        };
    }
}
