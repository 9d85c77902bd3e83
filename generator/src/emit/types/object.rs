//! Structs: their fields, what builds them, and their codec.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::deprecation;
use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::files;
use crate::emit::types::object_use;
use crate::emit::types::traits;
use crate::model::{Named, Object, Presence, Property};

/// Returns the items of a struct.
pub(in crate::emit) fn items(scope: &Scope<'_>, named: &Named, object: &Object) -> Vec<Item> {
    let mut items = vec![definition(scope, named, object)];
    items.extend(object_use::required(scope, named, object));
    items.extend(object_use::inherent(scope, named, object));
    items.extend(named.has_default_impl.then(|| traits::default(&named.name)));
    items.extend(object_use::as_map(scope, named, object));
    items.push(decode(named, object));
    items.push(encode(named, object));
    items.push(files::schema_line(named));
    items
}

fn definition(scope: &Scope<'_>, named: &Named, object: &Object) -> Item {
    let (name, docs) = (ident(&named.name), files::type_docs(named));
    let derive = traits::derive(&named.derives);
    let fields = object.properties.iter().map(|property| {
        let (field, type_) = (ident(&property.field), scope.field_type(property));
        let docs = text::attributes(&object_use::property_docs(property, None));
        let deprecated = deprecation::attribute(&property.docs, "property");
        quote!(#docs #deprecated pub #field: #type_,)
    });
    let additional_properties = object.additional_properties.iter().map(|additional_properties| {
        let (field, type_) = (
            ident(&additional_properties.field),
            scope.type_(&additional_properties.type_),
        );
        quote! {
            /// Additional properties.
            pub #field: runtime::Map<#type_>,
        }
    });
    let other = ident(&object.other);
    let non_object = object.non_object.as_deref().map(ident).map(|non_object| {
        quote! {
            /// The value, if it is not an object: the schema has no `type: object`.
            pub #non_object: Option<Box<runtime::Json>>,
        }
    });
    let body = quote! {
        #(#fields)*
        #(#additional_properties)*
        /// Properties that the schema does not define, kept as received.
        pub #other: runtime::Map<runtime::Json>,
        #non_object
    };
    parse_quote! {
        #docs
        #derive
        #[non_exhaustive]
        pub struct #name { #body }
    }
}

fn decode(named: &Named, object: &Object) -> Item {
    let name = ident(&named.name);
    let (begin, next, member) = (local(object, "begin"), local(object, "next"), local(object, "member"));
    let reader = local(object, "reader");
    let other = ident(&object.other);
    let has_required = object
        .properties
        .iter()
        .any(|property| property.presence == Presence::Required);
    let begin_local = has_required.then(|| quote!(let #begin = #reader.offset()?;));
    let locals = object.properties.iter().map(|property| {
        let field = ident(&property.field);
        let initial = if property.presence == Presence::Maybe {
            quote!(runtime::Maybe::Absent)
        } else {
            quote!(None)
        };
        quote!(let mut #field = #initial;)
    });
    let maps = object
        .additional_properties
        .iter()
        .map(|additional_properties| ident(&additional_properties.field))
        .chain([other.clone()]);
    let map_locals = maps.clone().map(|map| quote!(let mut #map = Vec::new();));
    let step = step(named, object, &member, &reader);
    let fields = object.properties.iter().map(|property| {
        let (field, wire) = (ident(&property.field), &property.wire);
        if property.presence == Presence::Required {
            quote!(#field: #field.ok_or_else(|| codegen::Fault::missing(#begin, #wire))?)
        } else {
            quote!(#field)
        }
    });
    let absent = absent(object, &maps.clone().collect::<Vec<_>>());
    let maps = maps.map(|map| quote!(#map: #map.into()));
    let no_object = object.non_object.as_deref().map(ident).map(|non_object| {
        quote! {
            if let Some(value) = #reader.non_object()? {
                return Ok(Self { #non_object: Some(value), #absent });
            }
        }
    });
    let accepts = object.non_object.is_none().then(|| {
        quote! {
            fn accepts(kind: codegen::Kind) -> bool {
                kind == codegen::Kind::Object
            }
        }
    });
    let instead_field = object
        .non_object
        .as_deref()
        .map(ident)
        .map(|non_object| quote!(, #non_object: None));
    parse_quote! {
        impl runtime::Decode for #name {
            fn decode(#reader: &mut codegen::Reader<'_>) -> Result<Self, codegen::Fault> {
                #no_object
                #begin_local
                #(#locals)*
                #(#map_locals)*
                let mut #next = #reader.begin_object()?;
                while let Some(#member) = #next {
                    #step
                    #next = #reader.next_key()?;
                }
                Ok(Self { #(#fields,)* #(#maps),* #instead_field })
            }

            #accepts
        }
    }
}

/// Returns the fields of a value that is no object.
fn absent(object: &Object, maps: &[Ident]) -> TokenStream {
    let is_required = |property: &Property| property.presence == Presence::Required;
    if !object.properties.iter().any(is_required) {
        return quote!(..Self::default());
    }
    let fields = object.properties.iter().map(|property| {
        let field = ident(&property.field);
        match property.presence {
            Presence::Required => quote!(#field: runtime::Json::Null),
            Presence::Optional => quote!(#field: None),
            Presence::Maybe => quote!(#field: runtime::Maybe::Absent),
        }
    });
    quote!(#(#fields,)* #(#maps: runtime::Map::new()),*)
}

/// Returns whether an arm takes more than a line.
///
/// What is broken into a block is a statement there, and ends as one.
fn is_long(arm: &str) -> bool {
    const WIDTH: usize = 89;
    const INDENT: usize = 16;
    INDENT + arm.chars().count() > WIDTH
}

/// Returns the arm that reads a property, as it is printed.
fn arm(property: &Property, (member, reader): (&Ident, &Ident), unknown_fields: &str) -> String {
    let field = &property.field;
    let call = match property.presence {
        Presence::Required => format!("{field} = Some({reader}.value()?),"),
        Presence::Optional => format!("{reader}.optional(&mut {field}, {member}, &mut {unknown_fields})?,"),
        Presence::Maybe => format!("{field} = {reader}.value()?,"),
    };
    format!("{:?} => {call}", property.wire)
}

/// Returns a name for a local variable that no field has.
fn local(object: &Object, name: &str) -> Ident {
    let mut fields = object
        .properties
        .iter()
        .chain(&object.additional_properties)
        .map(|property| property.field.as_str())
        .chain(object.non_object.as_deref());
    if name == object.other || fields.any(|field| field == name) {
        ident(&format!("{name}_"))
    } else {
        ident(name)
    }
}

/// Returns what reads the value of the property whose name is `member`.
fn step(named: &Named, object: &Object, member: &Ident, reader: &Ident) -> TokenStream {
    let other = ident(&object.other);
    let (rest, printed) = if let Some(additional_properties) = &object.additional_properties {
        let field = ident(&additional_properties.field);
        if object.by_pattern {
            let schema = ident(&named.static_name);
            (
                quote!(#reader.additional_property_by_pattern(&#schema, #member, &mut #field, &mut #other)?),
                format!(
                    "_ => {reader}.additional_property_by_pattern(&{schema}, {member}, &mut {field}, &mut {other})?,"
                ),
            )
        } else {
            (
                quote!(#reader.additional_property(#member, &mut #field, &mut #other)?),
                format!("_ => {reader}.additional_property({member}, &mut {field}, &mut {other})?,"),
            )
        }
    } else {
        (quote!(#reader.keep_unknown(#member, &mut #other)?), String::new())
    };
    let read = |property: &Property| {
        let field = ident(&property.field);
        match property.presence {
            Presence::Required => quote!(#field = Some(#reader.value()?)),
            Presence::Optional => quote!(#reader.optional(&mut #field, #member, &mut #other)?),
            Presence::Maybe => quote!(#field = #reader.value()?),
        }
    };
    match object.properties.as_slice() {
        [] => quote!(#rest;),
        [only] => {
            let (wire, read) = (&only.wire, read(only));
            quote!(if #member == #wire { #read; } else { #rest; })
        }
        many => {
            let arms = many.iter().map(|property| {
                let (wire, read) = (&property.wire, read(property));
                if is_long(&arm(property, (member, reader), &object.other)) {
                    quote!(#wire => { #read; })
                } else {
                    quote!(#wire => #read,)
                }
            });
            let rest = if is_long(&printed) {
                quote!(_ => { #rest; })
            } else {
                quote!(_ => #rest,)
            };
            quote!(match &*#member { #(#arms)* #rest })
        }
    }
}

fn encode(named: &Named, object: &Object) -> Item {
    let name = ident(&named.name);
    let members = object.properties.iter().map(|property| {
        let (field, wire) = (ident(&property.field), &property.wire);
        match property.presence {
            Presence::Required => quote!(writer.property(#wire, &self.#field);),
            Presence::Optional => quote!(writer.optional(#wire, self.#field.as_ref());),
            Presence::Maybe => quote!(writer.maybe(#wire, &self.#field);),
        }
    });
    let maps = object
        .additional_properties
        .iter()
        .map(|additional_properties| &additional_properties.field)
        .chain([&object.other]);
    let maps = maps.map(|map| {
        let map = ident(map);
        quote!(writer.properties(&self.#map);)
    });
    let no_object = object.non_object.as_deref().map(ident).map(|non_object| {
        quote! {
            if let Some(value) = &self.#non_object {
                return value.encode(writer);
            }
        }
    });
    parse_quote! {
        impl runtime::Encode for #name {
            fn encode(&self, writer: &mut codegen::Writer) {
                #no_object
                writer.begin_object();
                #(#members)*
                #(#maps)*
                writer.end_object();
            }
        }
    }
}
