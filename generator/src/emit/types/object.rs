//! Structs of objects: one declaration each, which a macro of the runtime expands.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use crate::emit::docs::deprecation;
use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constants;
use crate::emit::types::constraints::{self, Around};
use crate::emit::types::declaration;
use crate::emit::types::files;
use crate::emit::types::object_use;
use crate::emit::types::string_enum;
use crate::model::{Assertion, Constraints, Derive, Named, Object, Presence, Property, Shape, Type};

/// Returns the items of a struct.
pub(in crate::emit) fn items(scope: &Scope<'_>, named: &Named, object: &Object) -> Vec<Item> {
    let mut items = vec![declaration(scope, named, object)];
    items.extend(object_use::inherent(scope, named, object));
    items.extend(object_use::as_map(scope, named, object));
    items
}

/// Returns whether the declaration of a type has its schema too: its properties, or its values, are those of the type.
pub(in crate::emit) fn declares_schema(named: &Named) -> bool {
    match &named.shape {
        Shape::Object(object) => schemas(named, object).is_some(),
        Shape::StringEnum(shape) => string_enum::around(named, shape).is_some(),
        Shape::Union(_) => true,
        _ => false,
    }
}

/// Returns the schemas of the properties and the keywords around them, if the properties are the fields of the struct.
fn schemas<'api>(named: &'api Named, object: &Object) -> Option<(&'api [(String, Constraints)], Around<'api>)> {
    let around = Around::find(&named.constraints, |assertion| {
        matches!(assertion, Assertion::Properties(_))
    })?;
    let schemas = match around.own {
        Some(Assertion::Properties(schemas)) => schemas.as_slice(),
        _ => &[],
    };
    let fields = object.properties.iter().map(|property| &property.wire);
    schemas
        .iter()
        .map(|(name, _)| name)
        .eq(fields)
        .then_some((schemas, around))
}

fn declaration(scope: &Scope<'_>, named: &Named, object: &Object) -> Item {
    let (name, docs, static_name) = (ident(&named.name), files::type_docs(named), ident(&named.static_name));
    let words = words(scope, named, object);
    let (schemas, mut around) = schemas(named, object).unzip();
    let required = object
        .properties
        .iter()
        .filter(|property| property.presence == Presence::Required);
    let required = required.map(|property| property.wire.as_str()).collect();
    let required = around.as_mut().is_some_and(|around| around.leave_required(required));
    let required = required.then(|| quote!(required));
    let keywords = around.map(|around| around.brackets(scope));
    let fields = object.properties.iter().enumerate().map(|(index, property)| {
        let schema = schemas.map(|schemas| &schemas[index].1);
        let is_asked = object.required.is_some() && property.is_given();
        field(scope, property, is_asked, schema)
    });
    let additional = object.additional_properties.iter().map(|additional| {
        let (field, type_) = (ident(&additional.field), scope.type_(&additional.type_));
        let which = ident(if object.by_pattern { "by_pattern" } else { "any" });
        quote!([#which] #field: Map<#type_>,)
    });
    let unknown = ident(&object.other);
    let non_object = object.non_object.as_deref().map(ident);
    let non_object = non_object.map(|field| quote!(, #field if not an object));
    let tokens = quote! {
        #docs
        pub struct #name #words: #static_name #required #keywords {
            #(#fields)*
            #(#additional)*
            ..#unknown #non_object
        }
    };
    declaration::item("object", tokens)
}

/// Returns the words after the name of a struct: what is implemented for it beyond the usual.
fn words(scope: &Scope<'_>, named: &Named, object: &Object) -> Option<TokenStream> {
    let constructor = constructor(scope, named, object);
    let words = [
        named.derives.has(Derive::Default).then(|| quote!(default)),
        constructor,
        (!named.is_input).then(|| quote!(mock)),
    ];
    let words: Vec<_> = words.into_iter().flatten().collect();
    (!words.is_empty()).then(|| quote!((#(#words),*)))
}

/// Returns what the constructor takes, if it takes anything.
fn constructor(scope: &Scope<'_>, named: &Named, object: &Object) -> Option<TokenStream> {
    if let Some(required) = &object.required {
        let copy = required.derives.has(Derive::Copy).then(|| quote!(+ Copy));
        let required = ident(&required.name);
        return Some(quote!(new: #required #copy));
    }
    if named.has_default_impl {
        return Some(quote!(new()));
    }
    let only = object.given().next().filter(|_| !named.derives.has(Derive::Default))?;
    let field = ident(&only.field);
    let (argument, _) = scope.argument(&only.type_, &field);
    Some(quote!(new(#field: #argument)))
}

fn field(scope: &Scope<'_>, property: &Property, is_asked: bool, schema: Option<&Constraints>) -> TokenStream {
    let (field, wire, type_) = (ident(&property.field), &property.wire, scope.type_(&property.type_));
    let docs = text::documented(&property.docs);
    let deprecated = deprecation::attribute(&property.docs, "property");
    let presence = ident(match property.presence {
        Presence::Required => "Required",
        Presence::Optional => "Option",
        Presence::Maybe => "Maybe",
    });
    let given = ident(given(&property.type_));
    let schema = schema.map(|schema| {
        let schema = constraints::reference(scope, schema);
        quote!(, #schema)
    });
    let constant = property.constant.as_ref().map(|constant| {
        let value = constants::value(scope, constant);
        quote!(is #value)
    });
    let sign = if is_asked { quote!(=>) } else { quote!(=) };
    quote!(#docs #deprecated pub #field: #presence<#type_> #sign #given(#wire #schema) #constant,)
}

/// Returns the word for how a value of a property is given.
fn given(type_: &Type) -> &'static str {
    match type_ {
        Type::Boxed(_) => "boxed",
        converted if converted.is_converted() => "into",
        _ => "value",
    }
}
