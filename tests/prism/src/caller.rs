//! Writes the program that calls every operation of an emitted crate.
//!
//! It takes the arguments of each call from a file, decodes them as the types that the client takes, makes the request
//! by the emitted function and setters, and sends it by the emitted `send`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{FnArg, ImplItem, Item, Type};

use crate::declarations::{Form, Request, Resource};

/// What every caller shares.
const SUPPORT: &str = include_str!("../caller/support.rs");

/// What the callers of crates with uploads have beside.
const UPLOADS: &str = include_str!("../caller/uploads.rs");

/// The types of arguments that are texts.
const TEXTS: [&str; 2] = ["impl Into < String >", "impl AsRef < str >"];

/// Methods of the builder that take texts, and set no credentials.
const NO_CREDENTIALS: [&str; 3] = ["base_url", "server_url", "header"];

/// The manifest of a caller, without the name of the package of its client.
const MANIFEST: &str = include_str!("../caller/Cargo.toml.in");

/// Writes the manifest of the caller in `folder`, whose workspace has the client too.
pub(crate) fn write_manifest(folder: &Path, package: &str) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    put(&folder.join("Cargo.toml"), &MANIFEST.replace("CLIENT", package))
}

/// Writes the caller in `folder` of the crate in its folder `client`.
pub(crate) fn write(folder: &Path, resources: &[Resource]) -> Result<()> {
    let source = folder.join("src");
    fs::create_dir_all(source.join("resources")).with_context(|| format!("{} cannot be made", source.display()))?;
    put(&source.join("support.rs"), SUPPORT)?;
    let credentials = credentials(&folder.join("client/src/client.rs"))?;
    let mut main = String::from("#![allow(warnings)]\n\nmod support;\n");
    if folder.join("client/src/runtime/request/upload.rs").exists() {
        put(&source.join("uploads.rs"), UPLOADS)?;
        main.push_str("mod uploads;\n");
    }
    main.push_str("\nmod resources {\n");
    let mut table = String::new();
    for resource in resources {
        let name = &resource.module;
        let _ = writeln!(main, "    pub(crate) mod {name};");
        put(&source.join("resources").join(format!("{name}.rs")), &module(resource))?;
        for (index, request) in resource.requests.iter().enumerate() {
            let key = request.key();
            let called = format!("{name}::{}", request.function);
            let _ = writeln!(table, "    ({key:?}, {called:?}, resources::{name}::call_{index}),");
        }
    }
    let _ = write!(
        main,
        "}}\n\nconst OPERATIONS: &[support::Operation] = &[\n{table}];\n\n\
         fn main() {{\n    support::run(OPERATIONS, |builder| builder{credentials});\n}}\n"
    );
    put(&source.join("main.rs"), &main)
}

fn put(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

/// Returns the calls of a builder that give it credentials.
fn credentials(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let file = syn::parse_file(&text)?;
    let mut calls = String::new();
    let impls = file.items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.self_ty.to_token_stream().to_string() == "ClientBuilder" => Some(&item.items),
        _ => None,
    });
    for item in impls.flatten() {
        let ImplItem::Fn(function) = item else { continue };
        let is_text = |argument: &FnArg| match argument {
            FnArg::Receiver(_) => true,
            FnArg::Typed(typed) => TEXTS.contains(&typed.ty.to_token_stream().to_string().as_str()),
        };
        let signature = &function.sig;
        let texts = signature.inputs.len().saturating_sub(1);
        let name = signature.ident.to_string();
        if texts > 0 && signature.inputs.iter().all(is_text) && !NO_CREDENTIALS.contains(&name.as_str()) {
            let _ = write!(calls, ".{name}({})", vec!["\"interop\""; texts].join(", "));
        }
    }
    Ok(calls)
}

/// Writes the functions that call the operations of a resource.
fn module(resource: &Resource) -> String {
    let name = ident(&resource.module);
    let mut text = String::new();
    let imports = quote! {
        use client::*;
        use client::operations::#name as resource;
        use client::operations::#name::*;
        use crate::support::{Arguments, Caller, Outcome, outcome};
    };
    let _ = writeln!(text, "{imports}");
    for form in &resource.forms {
        let _ = writeln!(text, "{}", form_function(resource, form));
    }
    for (index, request) in resource.requests.iter().enumerate() {
        let _ = writeln!(text, "{}", call_function(resource, index, request));
    }
    text
}

/// Writes the function that makes a body of parts.
fn form_function(resource: &Resource, form: &Form) -> TokenStream {
    let name = ident(&form.name);
    let function = ident(&format!("form_{}", form.name));
    let value = |field: &str| {
        let part = form.parts.iter().find(|part| part.field == field)?;
        Some(read(&part.value, &part.name, part.is_required))
    };
    let arguments = given(resource, &form.arguments, &value);
    let setters = form.parts.iter().filter(|part| !part.is_required).map(|part| {
        let setter = ident(&part.field);
        let value = read(&part.value, &part.name, false);
        quote!(if let Some(value) = #value { body = body.#setter(value); })
    });
    let rest = form.takes_others.then(|| {
        quote!(for (name, content) in arguments.rest() {
            body = body.part(name, content);
        })
    });
    quote! {
        fn #function(arguments: &Arguments) -> Result<#name, String> {
            let mut body = #name::new(#(#arguments),*);
            #(#setters)*
            #rest
            arguments.finish()?;
            Ok(body)
        }
    }
}

/// Writes the function that calls one operation.
fn call_function(resource: &Resource, index: usize, request: &Request) -> TokenStream {
    let function = ident(&format!("call_{index}"));
    let called = ident(&request.function);
    let value = |field: &str| request_value(resource, request, field, true);
    let arguments = given(resource, &request.arguments, &value);
    let parameters = request.parameters.iter().map(|parameter| &parameter.field);
    let body = request.body.iter().map(|body| &body.field);
    let setters = parameters.chain(body).filter(|field| !field.is_required).map(|field| {
        let setter = ident(&field.name);
        let value = request_value(resource, request, &field.name, false);
        quote!(if let Some(value) = #value { request = request.#setter(value); })
    });
    // The request has what has one value alone.
    let is_given = |name: &str| {
        let fields = request
            .arguments
            .iter()
            .filter_map(|(_, of)| resource.structure(&of.to_token_stream().to_string()));
        let mut fields = fields.flat_map(|structure| &structure.fields);
        request.arguments.iter().any(|(argument, _)| argument == name) || fields.any(|(field, _)| field == name)
    };
    let required = request
        .parameters
        .iter()
        .filter(|parameter| parameter.field.is_required);
    let constants = required
        .filter(|parameter| !is_given(&parameter.field.name))
        .map(|parameter| {
            let key = parameter.key();
            quote!(arguments.find(#key);)
        });
    quote! {
        pub(crate) fn #function(caller: &Caller, arguments: &Arguments) -> Result<Outcome, String> {
            let mut request = resource::#called(#(#arguments),*);
            #(#setters)*
            #(#constants)*
            arguments.finish()?;
            Ok(outcome(caller.wait(request.send(&caller.client))))
        }
    }
}

/// Writes the value of a field of a request.
fn request_value(resource: &Resource, request: &Request, field: &str, is_required: bool) -> Option<TokenStream> {
    if let Some(parameter) = request
        .parameters
        .iter()
        .find(|parameter| parameter.field.name == field)
    {
        let value = unboxed(&parameter.field.value, parameter.field.is_boxed);
        return Some(read(&value, &parameter.key(), is_required));
    }
    let body = request.body.as_ref().filter(|body| body.field.name == field)?;
    let key = body.key();
    if body.is_text {
        let method = ident(if is_required { "required_text" } else { "optional_text" });
        return Some(quote!(arguments.#method(#key)?));
    }
    let name = body.field.value.to_token_stream().to_string();
    if resource.forms.iter().any(|form| form.name == name) {
        let function = ident(&format!("form_{name}"));
        let parts = quote!(arguments.parts(#key).as_ref().map(#function).transpose()?);
        return Some(if is_required {
            quote!(#parts.ok_or_else(|| format!("no value for {}", #key))?)
        } else {
            parts
        });
    }
    Some(read(
        &unboxed(&body.field.value, body.field.is_boxed),
        &key,
        is_required,
    ))
}

/// Writes the arguments of a function: values of fields, or a struct of those that are required.
fn given(
    resource: &Resource,
    arguments: &[(String, Type)],
    value: &dyn Fn(&str) -> Option<TokenStream>,
) -> Vec<TokenStream> {
    let of = |(name, of): &(String, Type)| {
        if let Some(value) = value(name) {
            return value;
        }
        let name = of.to_token_stream().to_string();
        let fields = resource.structure(&name).map(|structure| structure.fields.as_slice());
        let fields = fields.unwrap_or_default().iter().map(|(field, _)| {
            let value = value(field);
            let field = ident(field);
            quote!(#field: #value)
        });
        let name = ident(&name);
        quote!(#name { #(#fields),* })
    };
    arguments.iter().map(of).collect()
}

/// Writes how a value of a type is taken from the arguments.
fn read(of: &Type, key: &str, is_required: bool) -> TokenStream {
    let text = of.to_token_stream().to_string();
    let presence = if is_required { "required" } else { "optional" };
    let content = match text.as_str() {
        "runtime :: Upload" => "_upload",
        "Vec < runtime :: Upload >" => "_uploads",
        _ => {
            let method = ident(presence);
            let of = outside(of.to_token_stream());
            return quote!(arguments.#method::<#of>(#key)?);
        }
    };
    let method = ident(&format!("{presence}{content}"));
    quote!(arguments.#method(#key)?)
}

/// Returns the type in a box.
fn unboxed(of: &Type, is_boxed: bool) -> Type {
    if !is_boxed {
        return of.clone();
    }
    syn::parse_quote!(<#of as std::ops::Deref>::Target)
}

/// Returns a path within the emitted crate as one from outside.
fn outside(tokens: TokenStream) -> TokenStream {
    let tree = |tree: TokenTree| match tree {
        TokenTree::Ident(word) if word == "crate" => TokenTree::Ident(Ident::new("client", word.span())),
        TokenTree::Group(group) => TokenTree::Group(Group::new(group.delimiter(), outside(group.stream()))),
        other => other,
    };
    tokens.into_iter().map(tree).collect()
}

fn ident(name: &str) -> TokenTree {
    let span = proc_macro2::Span::call_site();
    TokenTree::Ident(match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, span),
        None => Ident::new(name, span),
    })
}
