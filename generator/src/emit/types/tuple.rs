//! Structs of the elements of an array.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::deprecation;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constants;
use crate::emit::types::files;
use crate::emit::types::object_use;
use crate::emit::types::required::{self, Given};
use crate::emit::types::traits;
use crate::model::{Named, Presence, Property, Tuple};

/// Returns the items of a struct of elements.
pub(in crate::emit) fn items(scope: &Scope<'_>, named: &Named, tuple: &Tuple) -> Vec<Item> {
    let mut items = vec![definition(scope, named, tuple)];
    items.extend(required(scope, named, tuple));
    items.extend(named.has_default_impl.then(|| traits::default(&named.name)));
    items.push(inherent(scope, named, tuple));
    if !named.is_input {
        let setters: Vec<TokenStream> = setters(scope, tuple).collect();
        items.extend(object_use::for_tests(named, &setters));
    }
    items.extend([decode(named, tuple), encode(named, tuple), files::schema_line(named)]);
    items
}

fn definition(scope: &Scope<'_>, named: &Named, tuple: &Tuple) -> Item {
    let (name, docs) = (ident(&named.name), files::type_docs(named));
    let derive = traits::derive(&named.derives);
    let fields = tuple.elements.iter().map(|element| {
        let (field, type_) = (ident(&element.field), scope.field_type(element));
        let docs = text::attributes(&element_docs(element));
        let deprecated = deprecation::attribute(&element.docs, "element");
        quote!(#docs #deprecated pub #field: #type_,)
    });
    let (rest, type_) = (ident(&tuple.rest.field), scope.type_(&tuple.rest.type_));
    let body = quote! {
        #(#fields)*
        /// The elements that follow.
        pub #rest: Vec<#type_>,
    };
    parse_quote! {
        #docs
        #derive
        #[non_exhaustive]
        pub struct #name { #body }
    }
}

/// Returns the struct of the required elements, where callers give them by one.
fn required(scope: &Scope<'_>, named: &Named, tuple: &Tuple) -> Option<Item> {
    let required = tuple.required.as_ref()?;
    let given = tuple
        .given()
        .map(|element| Given::property(scope, element, element_docs(element)));
    let words = format!("The required elements of [`{}`].", named.name);
    Some(required::definition(required, &words, given.collect()))
}

fn element_docs(element: &Property) -> Vec<String> {
    text::text(
        &element.docs,
        &format!("The element at index {}.", element.wire),
        Room::ITEM,
    )
}

fn setter_docs(element: &Property) -> Vec<String> {
    text::text(
        &element.docs,
        &format!("Sets the element at index {}.", element.wire),
        Room::ITEM,
    )
}

fn inherent(scope: &Scope<'_>, named: &Named, tuple: &Tuple) -> Item {
    let (name, required) = (ident(&named.name), tuple.required.as_ref());
    let arguments = required::arguments(scope, required, tuple.given());
    let values = tuple.elements.iter().map(|element| {
        if element.is_given() {
            required::value(scope, required, element)
        } else {
            constants::unasked(scope, element)
        }
    });
    let rest = ident(&tuple.rest.field);
    let filled = tuple.elements.iter().filter(|element| element.constant.is_some());
    let docs = object_use::constructor_docs("elements", tuple.given().count(), filled);
    let setters = setters(scope, tuple).filter(|_| named.is_input);
    parse_quote! {
        impl #name {
            #docs
            #[must_use]
            pub fn new(#arguments) -> Self {
                Self { #(#values,)* #rest: Vec::new() }
            }

            #(#setters)*
        }
    }
}

/// Returns the setters of the elements that a value may lack.
fn setters(scope: &Scope<'_>, tuple: &Tuple) -> impl Iterator<Item = TokenStream> {
    let optional = tuple
        .elements
        .iter()
        .filter(|element| element.presence != Presence::Required);
    optional.map(|element| object_use::setter(scope, element, &setter_docs(element)))
}

/// Returns a name for a local variable that no field has.
fn local(tuple: &Tuple, name: &str) -> Ident {
    let mut fields = tuple.elements.iter().chain([&tuple.rest]);
    if fields.any(|element| element.field == name) {
        ident(&format!("{name}_"))
    } else {
        ident(name)
    }
}

fn decode(named: &Named, tuple: &Tuple) -> Item {
    let name = ident(&named.name);
    let (reader, begin, more) = (local(tuple, "reader"), local(tuple, "begin"), local(tuple, "more"));
    let rest = ident(&tuple.rest.field);
    let is_required = |element: &&Property| element.presence == Presence::Required;
    let count = tuple.elements.iter().filter(is_required).count();
    let begin_local = (count > 0).then(|| quote!(let #begin = #reader.offset()?;));
    let locals: Vec<TokenStream> = tuple
        .elements
        .iter()
        .map(|element| {
            let field = ident(&element.field);
            quote!(let #field = #reader.element(&mut #more)?;)
        })
        .collect();
    let values = tuple.elements.iter().map(|element| {
        let field = ident(&element.field);
        if element.presence == Presence::Required {
            quote!(#field: #field.ok_or_else(|| codegen::Fault::short(#begin, #count))?,)
        } else {
            quote!(#field,)
        }
    });
    parse_quote! {
        impl runtime::Decode for #name {
            type Kinds = codegen::kind::Array;

            fn decode(#reader: &mut codegen::Reader<'_>) -> Result<Self, codegen::Fault> {
                #begin_local
                let mut #more = #reader.begin_array()?;
                #(#locals)*
                let #rest = #reader.rest(#more)?;
                Ok(Self { #(#values)* #rest })
            }
        }
    }
}

fn encode(named: &Named, tuple: &Tuple) -> Item {
    let (name, rest) = (ident(&named.name), ident(&tuple.rest.field));
    let elements = tuple.elements.iter().map(|element| {
        let field = ident(&element.field);
        if element.presence == Presence::Required {
            quote!(codegen::required(&self.#field))
        } else {
            quote!(codegen::optional(self.#field.as_ref()))
        }
    });
    parse_quote! {
        impl runtime::Encode for #name {
            fn encode(&self, writer: &mut codegen::Writer) {
                writer.tuple(&[#(#elements),*], &self.#rest);
            }
        }
    }
}
