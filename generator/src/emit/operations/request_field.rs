//! The fields of a request: parameters and the body.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::deprecation;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::operations::body;
use crate::emit::scope::paths::{Scope, ident};
use crate::model::{Body, Constant, Content, Location, Operation, Parameter, Type};

/// A field of a request's type: a parameter or the body.
pub(in crate::emit) enum Field<'api> {
    Parameter(&'api Parameter),
    Body(&'api Body),
}

impl<'api> Field<'api> {
    pub(in crate::emit) fn all(operation: &'api Operation) -> impl Iterator<Item = Self> {
        operation
            .parameters
            .iter()
            .map(Self::Parameter)
            .chain(operation.body.iter().map(Self::Body))
    }

    pub(in crate::emit) fn name(&self) -> &'api str {
        match self {
            Self::Parameter(parameter) => &parameter.field,
            Self::Body(body) => &body.field,
        }
    }

    pub(in crate::emit) fn is_in_path(&self) -> bool {
        matches!(self, Self::Parameter(parameter) if parameter.location == Location::Path)
    }

    /// Returns whether callers have to give it.
    pub(in crate::emit) fn is_given(&self) -> bool {
        match self {
            Self::Parameter(parameter) => parameter.is_given(),
            Self::Body(body) => body.required,
        }
    }

    /// Returns the value that it always has, if it has one alone.
    pub(in crate::emit) fn constant(&self) -> Option<&'api Constant> {
        match self {
            Self::Parameter(parameter) => parameter.constant.as_ref(),
            Self::Body(_) => None,
        }
    }

    pub(in crate::emit) fn is_required(&self) -> bool {
        match self {
            Self::Parameter(parameter) => parameter.required,
            Self::Body(body) => body.required,
        }
    }

    /// Returns what the value is where it is not `null`, for what may be absent and may be `null`.
    pub(in crate::emit) fn maybe(&self) -> Option<&'api Type> {
        match self {
            Self::Parameter(parameter) => match &parameter.type_ {
                Type::Nullable(inner) if !parameter.required => Some(inner),
                _ => None,
            },
            Self::Body(body) => body::maybe(body),
        }
    }

    /// Returns the name of the field with its type: `Required`, an `Option` or a `Maybe`.
    pub(in crate::emit) fn declared(&self, scope: &Scope<'_>) -> TokenStream {
        let name = ident(self.name());
        if let Some(inner) = self.maybe() {
            let inner = scope.type_(inner);
            return quote!(#name: Maybe<#inner>);
        }
        let presence = ident(if self.is_required() { "Required" } else { "Option" });
        let (type_, _) = self.types(scope);
        quote!(#name: #presence<#type_>)
    }

    /// Returns whether a value is converted from what a caller gives.
    pub(in crate::emit) fn is_converted(&self) -> bool {
        let type_ = match self {
            _ if self.maybe().is_some() => return true,
            Self::Parameter(parameter) => &parameter.type_,
            Self::Body(body) => match &body.content {
                Content::Json(type_, _) => type_,
                Content::Form(form) => &form.type_,
                Content::Parts(_) => return false,
                Content::Text | Content::Bytes => return true,
            },
        };
        type_.is_converted()
    }

    /// Returns the type of a value, and the type of the argument that gives one.
    pub(in crate::emit) fn types(&self, scope: &Scope<'_>) -> (TokenStream, TokenStream) {
        let type_ = match self {
            Self::Parameter(parameter) => scope.type_(&parameter.type_),
            Self::Body(body) => body::type_(scope, body),
        };
        let argument = if self.is_converted() {
            quote!(impl Into<#type_>)
        } else {
            type_.clone()
        };
        (type_, argument)
    }

    /// Returns the documentation of the setter, but for what it is sent as.
    pub(in crate::emit) fn setter_docs(&self) -> Vec<String> {
        match self {
            Self::Parameter(parameter) => self.with_empty(parameter, text::text(&parameter.docs, "", Room::MEMBER)),
            Self::Body(body) => text::text(&body.docs, "Sets the body.", Room::MEMBER),
        }
    }

    /// Returns the documentation of a value that callers have to give.
    pub(in crate::emit) fn given_docs(&self, scope: &Scope<'_>, room: Room) -> Vec<String> {
        match self {
            Self::Parameter(parameter) => {
                let name = (parameter.wire.as_str(), parameter.field.as_str());
                let docs = text::of_name(&parameter.docs, None, words(parameter.location), name, room);
                self.with_empty(parameter, docs)
            }
            Self::Body(body) => text::text(&body.docs, &body::words(scope, body), room),
        }
    }

    /// Returns the documentation of an argument. The path of the operation has the names of its parameters.
    pub(in crate::emit) fn argument_docs(&self, scope: &Scope<'_>, room: Room) -> Vec<String> {
        match self {
            Self::Parameter(parameter) if self.is_in_path() => {
                text::text(&parameter.docs, &text::literal(&parameter.wire), room)
            }
            _ => self.given_docs(scope, room),
        }
    }

    /// Returns whether the document says anything of it in words.
    pub(in crate::emit) fn has_words(&self) -> bool {
        let docs = match self {
            Self::Parameter(parameter) => &parameter.docs,
            Self::Body(body) => &body.docs,
        };
        !docs.text.is_empty() || !docs.title.is_empty() || !docs.examples.is_empty()
    }

    /// Adds what an empty value means, if the parameter may have one.
    fn with_empty(&self, parameter: &Parameter, mut paragraphs: Vec<String>) -> Vec<String> {
        let empty = match (parameter.allow_empty, self.maybe()) {
            (false, _) => None,
            (true, Some(_)) => Some("`Maybe::Null` sends the parameter without a value."),
            (true, None) => Some("An empty value sends the parameter without a value."),
        };
        paragraphs.extend(empty.map(str::to_owned));
        paragraphs
    }

    /// Returns `#[deprecated]` where the document deprecates it.
    pub(in crate::emit) fn deprecated(&self) -> Option<TokenStream> {
        match self {
            Self::Parameter(parameter) => deprecation::attribute(&parameter.docs, "parameter"),
            Self::Body(_) => None,
        }
    }
}

fn words(location: Location) -> &'static str {
    match location {
        Location::Path => "Path parameter",
        Location::Query => "Query parameter",
        Location::Querystring => "Query",
        Location::Header => "Header",
        Location::Cookie => "Cookie",
    }
}
