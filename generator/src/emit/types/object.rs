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
    let (name, reader) = (ident(&named.name), local(object, "reader"));
    let non_object = object.non_object.as_deref().map(|non_object| {
        let (field, other_fields) = (ident(non_object), fields_of_non_object(object));
        quote! {
            if let Some(value) = #reader.non_object()? {
                return Ok(Self { #field: Some(value), #other_fields });
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
    let properties = decode_properties(named, object, &reader);
    parse_quote! {
        impl runtime::Decode for #name {
            fn decode(#reader: &mut codegen::Reader<'_>) -> Result<Self, codegen::Fault> {
                #non_object
                #properties
            }

            #accepts
        }
    }
}

/// Returns the statements that read the properties of an object, and make the struct of them.
fn decode_properties(named: &Named, object: &Object, reader: &Ident) -> TokenStream {
    let (begin, next, member) = (local(object, "begin"), local(object, "next"), local(object, "member"));
    let is_required = |property: &Property| property.presence == Presence::Required;
    let has_required = object.properties.iter().any(is_required);
    let begin_local = has_required.then(|| quote!(let #begin = #reader.offset()?;));
    let locals = object.properties.iter().map(|property| {
        let (field, initial) = (ident(&property.field), absent(property));
        quote!(let mut #field = #initial;)
    });
    let map_locals = maps(object).map(|map| quote!(let mut #map = Vec::new();));
    let step = step(named, object, &member, reader);
    let fields = object.properties.iter().map(|property| {
        let (field, wire) = (ident(&property.field), &property.wire);
        if is_required(property) {
            quote!(#field: #field.ok_or_else(|| codegen::Fault::missing(#begin, #wire))?)
        } else {
            quote!(#field)
        }
    });
    let map_fields = maps(object).map(|map| quote!(#map: #map.into()));
    let non_object = object.non_object.as_deref().map(|non_object| {
        let field = ident(non_object);
        quote!(, #field: None)
    });
    quote! {
        #begin_local
        #(#locals)*
        #(#map_locals)*
        let mut #next = #reader.begin_object()?;
        while let Some(#member) = #next {
            #step
            #next = #reader.next_key()?;
        }
        Ok(Self { #(#fields,)* #(#map_fields),* #non_object })
    }
}

/// Returns the fields for properties that are not declared.
fn maps(object: &Object) -> impl Iterator<Item = Ident> {
    let additional_properties = object.additional_properties.iter().map(|property| &property.field);
    additional_properties.chain([&object.other]).map(|field| ident(field))
}

/// Returns the value of a property that is absent; of a required one, that of its local variable.
fn absent(property: &Property) -> TokenStream {
    match property.presence {
        Presence::Required | Presence::Optional => quote!(None),
        Presence::Maybe => quote!(runtime::Maybe::Absent),
    }
}

/// Returns the other fields of a value that is not an object.
fn fields_of_non_object(object: &Object) -> TokenStream {
    let is_required = |property: &Property| property.presence == Presence::Required;
    if !object.properties.iter().any(is_required) {
        return quote!(..Self::default());
    }
    let fields = object.properties.iter().map(|property| {
        let field = ident(&property.field);
        let value = if is_required(property) {
            quote!(runtime::Json::Null)
        } else {
            absent(property)
        };
        quote!(#field: #value)
    });
    let maps = maps(object);
    quote!(#(#fields,)* #(#maps: runtime::Map::new()),*)
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
    let rest = if let Some(additional_properties) = &object.additional_properties {
        let field = ident(&additional_properties.field);
        if object.by_pattern {
            let schema = ident(&named.static_name);
            quote!(#reader.additional_property_by_pattern(&#schema, #member, &mut #field, &mut #other)?)
        } else {
            quote!(#reader.additional_property(#member, &mut #field, &mut #other)?)
        }
    } else {
        quote!(#reader.keep_unknown(#member, &mut #other)?)
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
                quote!(#wire => #read,)
            });
            quote!(match &*#member { #(#arms)* _ => #rest, })
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
    let maps = maps(object).map(|map| quote!(writer.properties(&self.#map);));
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
