//! Descriptions of parameters, by which the runtime writes their arguments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constraints;
use crate::model::{Location, Parameter, Style};

/// Returns the description of a parameter; what is as usual goes without saying.
pub(in crate::emit) fn description(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let (name, schema) = (&parameter.wire, constraints::reference(scope, &parameter.constraints));
    let (usual_style, usual_explode) = match parameter.location {
        Location::Path | Location::Header => (Style::Simple, false),
        Location::Query | Location::Querystring | Location::Cookie => (Style::Form, true),
    };
    // The runtime has a constructor for each location.
    let constructor = ident(parameter.location.word());
    let is_usual = parameter.style == usual_style && parameter.explode == usual_explode;
    let style = (!is_usual).then(|| {
        let (style, explode) = (ident(style_name(parameter.style)), parameter.explode);
        quote!(.style(codegen::Style::#style, #explode))
    });
    let reserved = parameter.allow_reserved.then(|| quote!(.allow_reserved()));
    let empty = parameter.allow_empty.then(|| quote!(.allow_empty()));
    let is_required = parameter.required && parameter.location != Location::Path;
    let required = is_required.then(|| quote!(.required()));
    quote!(#constructor(#name, #schema) #style #reserved #empty #required)
}

/// Returns the name that a style has in the runtime.
pub(in crate::emit) fn style_name(style: Style) -> &'static str {
    match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::Cookie => "Cookie",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Json => "Json",
        Style::Text => "Text",
    }
}
