//! Request bodies: the types that callers give, and what is made of them.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use crate::emit::docs::text;
use crate::emit::operations::parameter::style_name;
use crate::emit::scope::paths::{Scope, ident};
use crate::model::{Body, Content, Encoding, Shape, Type, TypeId};

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

/// Returns the type of a body.
pub(in crate::emit) fn type_(scope: &Scope<'_>, body: &Body) -> TokenStream {
    match &body.content {
        Content::Json(type_, _) => scope.type_(type_),
        Content::Form(form) => scope.type_(&form.type_),
        Content::Parts(parts) => ident(&parts.name).into_token_stream(),
        Content::Text => quote!(String),
        Content::Bytes => quote!(runtime::Upload),
    }
}

/// Returns what a body is where it is not `null`, if it may be absent and may be `null`.
pub(in crate::emit) fn maybe(body: &Body) -> Option<&Type> {
    match &body.content {
        Content::Json(Type::Nullable(inner), _) if !body.required => Some(inner),
        _ => None,
    }
}

/// Returns what makes the payload of a body: a constructor of the runtime's `Payload`.
pub(in crate::emit) fn kind(content: &Content) -> &'static str {
    match content {
        Content::Json(..) => "json",
        Content::Text => "text",
        Content::Bytes => "upload",
        Content::Parts(_) => "parts",
        Content::Form(form) if form.is_multipart => "multipart",
        Content::Form(_) => "form",
    }
}

/// Returns the encodings of the properties of a form, as an argument of what makes its payload.
pub(in crate::emit) fn encodings(content: &Content) -> Option<TokenStream> {
    let Content::Form(form) = content else { return None };
    let encodings = form.encodings.iter().map(|(name, encoding)| {
        let encoding = described(encoding);
        quote!((#name, #encoding))
    });
    Some(quote!(, &[#(#encodings),*]))
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
