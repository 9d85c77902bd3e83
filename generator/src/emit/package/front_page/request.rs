//! A request of an operation with values for its arguments.

use std::cmp::Reverse;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::operations::request_field::Field;
use crate::emit::package::front_page::Page;
use crate::emit::package::front_page::snippet::Snippet;
use crate::emit::scope::paths::{Scope, ident};
use crate::model::{Content, Integer, ModulePath, Named, Operation, Parameter, Payload, Resource, Shape, Type};

/// The longest example of the document that stands for a value.
const LONGEST: usize = 40;

/// The modules of the crate that code of the front page imports.
const MODULES: [&str; 4] = ["ids", "runtime", "schemas", "servers"];

/// A request, and what the code around it needs.
pub(super) struct Request<'page> {
    pub(super) page: &'page Page<'page>,
    resource: &'page Resource,
    pub(super) operation: &'page Operation,
    arguments: Vec<Argument<'page>>,
}

/// An argument: a field of the request, and a value for it.
struct Argument<'page> {
    field: Field<'page>,
    value: Value,
}

/// A value for an argument.
enum Value {
    /// A text, from which a value is made where the argument is given.
    Text(String),
    /// An expression.
    Made(Made),
    /// A value that readers have to make themselves.
    Given,
}

/// An expression that makes a value.
pub(super) struct Made {
    pub(super) tokens: TokenStream,
    /// The module at the root of the crate that it names.
    pub(super) root: Option<&'static str>,
}

impl Made {
    /// Makes an expression that names a type.
    pub(super) fn of(page: &Page<'_>, named: &Named, tokens: impl FnOnce(TokenStream) -> TokenStream) -> Self {
        let segments = named.module.public_segments().map(ident);
        let (krate, name) = (&page.krate, ident(&named.name));
        // The modules of operations have any name.
        let is_in_operations = matches!(named.module, ModulePath::Operations(_));
        let path = if is_in_operations {
            quote!(#krate::#(#segments::)*#name)
        } else {
            quote!(#(#segments::)*#name)
        };
        Self {
            tokens: tokens(path),
            root: (!is_in_operations).then(|| named.module.root()),
        }
    }

    fn literal(tokens: TokenStream) -> Self {
        Self { tokens, root: None }
    }
}

impl<'page> Request<'page> {
    pub(super) fn new(page: &'page Page<'page>, resource: &'page Resource, operation: &'page Operation) -> Self {
        let arguments = Field::all(operation).filter(Field::is_given).map(|field| {
            let value = match &field {
                Field::Parameter(parameter) => of_parameter(page, parameter),
                Field::Body(_) => Value::Given,
            };
            Argument { field, value }
        });
        Self {
            page,
            resource,
            operation,
            arguments: arguments.collect(),
        }
    }

    /// Returns how much a reader has to know before the call says anything; the simplest comes first.
    pub(super) fn cost(&self) -> impl Ord + use<> {
        let given = |argument: &&Argument<'_>| matches!(argument.value, Value::Given);
        let is_json = |payload: &Option<Payload>| matches!(payload, Some(Payload::Json(..)));
        let first = self.operation.success.cases.first();
        (
            self.operation.docs.deprecated || self.operation.is_variant,
            self.arguments.iter().filter(given).count(),
            self.operation.method != "GET",
            Reverse(first.is_some_and(|response| is_json(&response.payload))),
            self.arguments.len(),
        )
    }

    /// Returns the path of the operation's module as code names it.
    pub(super) fn module(&self) -> TokenStream {
        let (krate, module) = (&self.page.krate, ident(&self.resource.module));
        if MODULES.contains(&self.resource.module.as_str()) {
            quote!(#krate::operations::#module)
        } else {
            quote!(#module)
        }
    }

    /// Returns the call of the request function.
    pub(super) fn made(&self) -> TokenStream {
        let (module, function) = (self.module(), ident(&self.operation.function));
        let is_by_name = |argument: &&Argument<'_>| self.operation.required.is_some() && !argument.field.is_in_path();
        let (by_name, by_position): (Vec<_>, Vec<_>) = self.arguments.iter().partition(is_by_name);
        let by_position = by_position.into_iter().map(|argument| {
            let name = ident(argument.field.name());
            quote!(#name)
        });
        let required = self.operation.required.as_ref().map(|required| {
            let type_ = ident(&required.type_.name);
            let fields = by_name.iter().map(|argument| {
                let name = ident(argument.field.name());
                if let Value::Text(_) = argument.value {
                    quote!(#name: #name.into())
                } else {
                    quote!(#name)
                }
            });
            quote!(#module::#type_ { #(#fields),* })
        });
        let arguments = by_position.chain(required);
        quote!(#module::#function(#(#arguments),*))
    }

    /// Starts code that makes the request, with the values of its arguments.
    ///
    /// Where `is_shown` is unset, readers see neither the values nor what only those import.
    pub(super) fn start(&self, mut snippet: Snippet, is_shown: bool) -> Snippet {
        let krate = &self.page.krate;
        let scope = Scope::nowhere(self.page.api);
        snippet = snippet.deprecated(self.operation.docs.deprecated);
        if !MODULES.contains(&self.resource.module.as_str()) {
            snippet = snippet.import(&quote!(#krate::operations), &self.resource.module);
        }
        for argument in &self.arguments {
            let name = ident(argument.field.name());
            let value = match &argument.value {
                Value::Text(text) => quote!(let #name = #text;),
                Value::Made(Made { tokens, root }) => {
                    if let Some(root) = root {
                        snippet = snippet.import_if(is_shown, &quote!(#krate), root);
                    }
                    quote!(let #name = #tokens;)
                }
                Value::Given => {
                    let type_ = self.given_type(&argument.field, &scope);
                    snippet = snippet.argument(quote!(#name: #type_));
                    continue;
                }
            };
            snippet = if is_shown {
                snippet.shown("", value)
            } else {
                snippet.hidden(value)
            };
        }
        snippet
    }

    /// Returns the type of a value that readers make themselves, as another crate writes it.
    fn given_type(&self, field: &Field<'_>, scope: &Scope<'_>) -> TokenStream {
        if let Field::Body(body) = field
            && let Content::Parts(parts) = &body.content
        {
            let (krate, module, name) = (&self.page.krate, ident(&self.resource.module), ident(&parts.name));
            return quote!(#krate::operations::#module::#name);
        }
        self.page.outside(field.types(scope).0)
    }

    /// Returns the sentence that says what readers have to make themselves.
    pub(super) fn given_words(&self) -> String {
        let given = self
            .arguments
            .iter()
            .filter(|argument| matches!(argument.value, Value::Given));
        let names: Vec<String> = given.map(|argument| format!("`{}`", argument.field.name())).collect();
        match names.as_slice() {
            [] => String::new(),
            [only] => format!("{only} is a value that the caller has made."),
            many => format!("{} are values that the caller has made.", many.join(" and ")),
        }
    }
}

fn of_parameter(page: &Page<'_>, parameter: &Parameter) -> Value {
    let example = parameter.example.as_ref().map(|example| example.text.as_str());
    let example = example.filter(|example| example.len() <= LONGEST);
    let text = || example.unwrap_or("…").to_owned();
    match &parameter.type_ {
        Type::String => Value::Text(text()),
        Type::Boolean => Value::Made(Made::literal(quote!(true))),
        Type::Integer(Integer::I32 | Integer::I64 | Integer::U32 | Integer::U64) => {
            Value::Made(Made::literal(quote!(1)))
        }
        Type::Number => Value::Made(Made::literal(quote!(1.5))),
        Type::Named(id) => of_named(page, page.api.named(*id), text),
        _ => Value::Given,
    }
}

fn of_named(page: &Page<'_>, named: &Named, text: impl Fn() -> String) -> Value {
    match &named.shape {
        Shape::Wrapper(Type::String) | Shape::Alias(Type::String) => Value::Text(text()),
        Shape::CheckedString { .. } => Value::Made(Made::of(page, named, |path| {
            let text = text();
            quote!(#text.parse::<#path>()?)
        })),
        Shape::StringEnum(listed) => listed.values.first().map_or(Value::Given, |value| {
            let variant = ident(&value.variant);
            Value::Made(Made::of(page, named, |path| quote!(#path::#variant)))
        }),
        _ => Value::Given,
    }
}
