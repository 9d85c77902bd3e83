//! Request bodies: the types that callers give, and what is made of them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::text;
use crate::emit::operations::parameter::style_name;
use crate::emit::scope::paths::{Scope, ident};
use crate::model::{Body, Content, Encoding, Operation, Shape, Type, TypeId};

/// Returns what is said of a body that the document does not describe: its type and the required properties, or its
/// media type.
pub(in crate::emit) fn words(scope: &Scope<'_>, body: &Body) -> String {
    let list = |names: Vec<&str>| {
        let names: Vec<String> = names.into_iter().map(text::literal).collect();
        match names.as_slice() {
            [] => String::new(),
            _ => format!("; required: {}", names.join(", ")),
        }
    };
    let (name, required) = match &body.content {
        Content::Json(Type::Named(id), _) => of_type(scope, *id),
        Content::Form(form) => match &form.type_ {
            Type::Named(id) => of_type(scope, *id),
            _ => return format!("The body, as {}.", text::literal(&body.media_type)),
        },
        Content::Parts(parts) => {
            let required = parts.given().map(|part| part.wire.as_str()).collect();
            (parts.name.as_str(), required)
        }
        Content::Json(..) | Content::Text | Content::Bytes => {
            return format!("The body, as {}.", text::literal(&body.media_type));
        }
    };
    format!("The body, a value of `{name}`{}.", list(required))
}

/// Returns the name of a type, and the names of its properties that callers have to give.
fn of_type<'api>(scope: &Scope<'api>, id: TypeId) -> (&'api str, Vec<&'api str>) {
    let named = scope.api.named(id);
    let required = match &named.shape {
        Shape::Object(object) => object.given().map(|property| property.wire.as_str()).collect(),
        _ => Vec::new(),
    };
    (&named.name, required)
}

/// Returns the type of a body, the type of the argument that gives one, and how.
pub(in crate::emit) fn types(scope: &Scope<'_>, body: &Body) -> (TokenStream, TokenStream, TokenStream) {
    let name = ident(&body.field);
    let type_ = match &body.content {
        Content::Json(type_, _) => type_,
        Content::Form(form) => &form.type_,
        Content::Parts(parts) => {
            let type_ = ident(&parts.name);
            return (quote!(#type_), quote!(#type_), quote!(#name));
        }
        Content::Text => return (quote!(String), quote!(impl Into<String>), quote!(#name.into())),
        Content::Bytes => {
            return (
                quote!(runtime::Upload),
                quote!(impl Into<runtime::Upload>),
                quote!(#name.into()),
            );
        }
    };
    let (argument, value) = scope.argument(type_, &name);
    (scope.type_(type_), argument, value)
}

/// Returns what a body is where it is not `null`, if it may be absent and may be `null`.
pub(in crate::emit) fn maybe(body: &Body) -> Option<&Type> {
    match &body.content {
        Content::Json(Type::Nullable(inner), _) if !body.required => Some(inner),
        _ => None,
    }
}

/// Returns the type of the HTTP request's body, and the function that makes the request.
pub(in crate::emit) fn request(operation: &Operation) -> (TokenStream, TokenStream) {
    if operation.body.as_ref().is_some_and(|body| body.content.is_streamed()) {
        (quote!(runtime::Body), quote!(into_request))
    } else {
        (quote!(bytes::Bytes), quote!(into_http))
    }
}

/// Returns the method that makes the payload of a request.
pub(in crate::emit) fn payload(body: &Body) -> TokenStream {
    let field = ident(&body.field);
    let payload = if body.required {
        made(body, &quote!(self.#field), &quote!(&self.#field))
    } else if maybe(body).is_some() {
        let null = made(body, &quote!(runtime::Json::Null), &quote!(&runtime::Json::Null));
        let value = made(body, &quote!(value), &quote!(value));
        quote! {
            match &self.#field {
                runtime::Maybe::Absent => codegen::Payload::None,
                runtime::Maybe::Null => #null,
                runtime::Maybe::Value(value) => #value,
            }
        }
    } else {
        let payload = made(body, &quote!(value), &quote!(value));
        quote! {
            match &self.#field {
                Some(value) => #payload,
                None => codegen::Payload::None,
            }
        }
    };
    quote! {
        fn payload(&self) -> codegen::Payload {
            #payload
        }
    }
}

/// Returns what makes a payload of a body, as a place and as a reference to it.
fn made(body: &Body, place: &TokenStream, reference: &TokenStream) -> TokenStream {
    let media_type = &body.media_type;
    match &body.content {
        Content::Json(..) => quote!(codegen::Payload::json(#media_type, #reference)),
        Content::Text => quote!(codegen::Payload::bytes(#media_type, #place.clone())),
        Content::Bytes => quote!(codegen::Payload::upload(#media_type, #reference)),
        Content::Parts(_) => quote!(#place.payload(#media_type)),
        Content::Form(form) => {
            let encodings = form.encodings.iter().map(|(name, encoding)| {
                let encoding = described(encoding);
                quote!((#name, #encoding))
            });
            let encodings = quote!(&[#(#encodings),*]);
            if form.is_multipart {
                quote!(codegen::Multipart::new(#media_type).object(#reference, #encodings).payload())
            } else {
                quote!(codegen::Payload::form(#media_type, #reference, #encodings))
            }
        }
    }
}

/// Returns how a property of a form or a part is written.
pub(in crate::emit) fn described(encoding: &Encoding) -> TokenStream {
    match encoding {
        Encoding::Content(media_type) if media_type.is_empty() => quote!(codegen::Encoding::USUAL),
        Encoding::Content(media_type) => quote!(codegen::Encoding::Content(#media_type)),
        Encoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let (style, reserved) = (
                ident(style_name(*style)),
                allow_reserved.then(|| quote!(.allow_reserved())),
            );
            quote!(codegen::Encoding::style(codegen::Style::#style, #explode) #reserved)
        }
    }
}
