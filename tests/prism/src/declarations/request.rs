//! Reads the declaration of one operation: `codegen::request! { … }`.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, GenericArgument, Ident, LitStr, PathArguments, Result, Signature, Token, Type, Visibility, braced,
    parenthesized,
};

use super::arguments;

/// A function that makes a request.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) function: String,
    /// The arguments of the function.
    pub(crate) arguments: Vec<(String, Type)>,
    pub(crate) method: String,
    /// The path template, without variables filled in.
    pub(crate) path: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
}

/// A parameter, and the field that has its value.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) field: Field,
    /// `path`, `query`, `header` …
    pub(crate) location: String,
    /// The name on the wire.
    pub(crate) name: String,
}

/// The body, and the field that has it.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) field: Field,
    /// Whether it is text as the caller gives it.
    pub(crate) is_text: bool,
    pub(crate) media_type: String,
}

/// A field of a request.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// The type without its presence.
    pub(crate) value: Type,
    /// Whether the function takes it, or it has one value alone; else it has a setter.
    pub(crate) is_required: bool,
    /// Whether the setter takes what the box holds.
    pub(crate) is_boxed: bool,
}

impl Parse for Request {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        let signature: Signature = input.parse()?;
        let fields;
        braced!(fields in input);
        let mut parameters = Vec::new();
        while !fields.is_empty() {
            parameters.push(fields.parse()?);
        }
        let method: TokenTree = input.parse()?;
        let path: LitStr = input.parse()?;
        input.parse::<Token![as]>()?;
        input.parse::<LitStr>()?;
        input.parse::<Token![;]>()?;
        let attributes = input.call(Attribute::parse_outer)?;
        let ahead = input.fork();
        let has_body = ahead.parse::<Ident>().is_ok_and(|word| word == "sends");
        if !attributes.is_empty() && !has_body {
            return Err(input.error("documentation of something else than a body"));
        }
        let body = has_body.then(|| input.parse()).transpose()?;
        // How responses are read is the business of the crate.
        input.parse::<TokenStream>()?;
        Ok(Self {
            function: signature.ident.to_string(),
            arguments: arguments(&signature),
            method: method.to_string().trim_matches('"').to_owned(),
            path: path.value(),
            parameters,
            body,
        })
    }
}

impl Parse for Parameter {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        input.call(Attribute::parse_outer)?;
        let field = input.parse()?;
        let location: Ident = input.parse()?;
        let described;
        parenthesized!(described in input);
        let name: LitStr = described.parse()?;
        described.parse::<TokenStream>()?;
        // `.style(…)`, `.required()` …
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<TokenTree>()?;
        }
        input.parse::<Option<Token![,]>>()?;
        Ok(Self {
            field,
            location: location.to_string(),
            name: name.value(),
        })
    }
}

impl Parse for Body {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        input.parse::<Ident>()?;
        let field = input.parse()?;
        // How it is written: `json`, `form`, `parts` …
        let kind: Ident = input.parse()?;
        let described;
        parenthesized!(described in input);
        described.parse::<TokenStream>()?;
        let media_type = if input.parse::<Option<Token![as]>>()?.is_some() {
            input.parse::<LitStr>()?.value()
        } else {
            "application/json".to_owned()
        };
        input.parse::<Token![;]>()?;
        Ok(Self {
            field,
            is_text: kind == "text",
            media_type,
        })
    }
}

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name: Ident = input.parse()?;
        input.parse::<Token![:]>()?;
        let (presence, value) = wrapped(&input.parse()?).ok_or_else(|| input.error("a type without a presence"))?;
        input.parse::<Token![=]>()?;
        let give: TokenTree = input.parse()?;
        Ok(Self {
            name: name.to_string(),
            value,
            is_required: presence == "Required",
            is_boxed: give.to_string() == "boxed",
        })
    }
}

/// Returns the name of a generic type and its argument.
pub(super) fn wrapped(whole: &Type) -> Option<(String, Type)> {
    let Type::Path(path) = whole else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(value) => Some((last.ident.to_string(), value.clone())),
        _ => None,
    }
}

impl Request {
    /// Returns the method and the path template, by which plans name the operation.
    pub(crate) fn key(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

impl Parameter {
    /// Returns what plans call the value of the parameter.
    pub(crate) fn key(&self) -> String {
        parameter_key(&self.location, &self.name)
    }
}

impl Body {
    /// Returns what plans call the body.
    pub(crate) fn key(&self) -> String {
        body_key(&self.media_type)
    }
}

/// Returns what plans call the value of a parameter. Names of headers have no case (RFC 9110 §5.1).
pub(crate) fn parameter_key(location: &str, name: &str) -> String {
    if location == "header" {
        format!("header {}", name.to_ascii_lowercase())
    } else {
        format!("{location} {name}")
    }
}

/// Returns what plans call the body of a media type.
pub(crate) fn body_key(media_type: &str) -> String {
    format!("body {media_type}")
}
