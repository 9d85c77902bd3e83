//! Types and statics as they are written where they are used.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::emit::scope::imports::Imports;
use crate::emit::scope::names::Names;
use crate::model::{Api, Integer, ModulePath, Named, Operation, Presence, Property, Type, TypeId};

/// The module that is being written.
pub(in crate::emit) struct Scope<'api> {
    /// The model.
    pub(in crate::emit) api: &'api Api,
    /// The path of the module, if its items lie in one.
    module: Option<&'api ModulePath>,
    /// What the module uses of others.
    pub(in crate::emit) imports: Imports,
    /// Items of the runtime whose names a type of the document has too.
    hidden: Vec<&'static str>,
}

/// The items of the runtime that statics use by their bare names.
const BARE: [&str; 6] = ["Format", "Keyword", "Pattern", "Run", "Schema", "Types"];

/// Returns `name` as an identifier; names were made to be one.
pub(in crate::emit) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

impl<'api> Scope<'api> {
    /// Starts a module.
    pub(in crate::emit) fn new(names: &Names<'api>, module: &'api ModulePath) -> Self {
        let operations = names
            .api
            .resources
            .iter()
            .filter(|resource| matches!(module, ModulePath::Operations(name) if *name == resource.module))
            .flat_map(|resource| &resource.operations);
        let of_operations: Vec<&str> = operations.flat_map(Operation::type_names).collect();
        let is_hidden = |name: &&str| of_operations.contains(name) || names.has_type(name);
        let hidden = BARE.into_iter().filter(is_hidden).collect();
        Self {
            module: Some(module),
            hidden,
            ..Self::nowhere(names.api)
        }
    }

    /// Starts nowhere: paths are whole, and nothing is imported for them. So a type can stand where only some
    /// features of the crate have it.
    pub(in crate::emit) fn nowhere(api: &'api Api) -> Self {
        Self {
            api,
            module: None,
            imports: Imports::default(),
            hidden: Vec::new(),
        }
    }

    /// Returns the path of a named type.
    pub(in crate::emit) fn named(&self, id: TypeId) -> TokenStream {
        let named = self.api.named(id);
        self.path(named, &named.name)
    }

    /// Returns the path of the static with a type's schema.
    pub(in crate::emit) fn static_of(&self, id: TypeId) -> TokenStream {
        let named = self.api.named(id);
        self.path(named, &named.static_name)
    }

    fn path(&self, named: &Named, name: &str) -> TokenStream {
        let name_ident = ident(name);
        if self.module == Some(&named.module) {
            return quote!(#name_ident);
        }
        let is_beside = |module: &ModulePath| module.is_private() && module.root() == named.module.root();
        if self.module.is_some_and(is_beside) {
            self.imports.add_sibling(name);
            return quote!(#name_ident);
        }
        let segments: Vec<_> = named.module.public_segments().map(ident).collect();
        if self.module.is_none() || matches!(named.module, ModulePath::Operations(_)) {
            return quote!(crate::#(#segments::)*#name_ident);
        }
        self.imports.add_module(named.module.root());
        quote!(#(#segments::)*#name_ident)
    }

    /// Returns the path of an item of the runtime: its bare name, unless a type
    /// of the document has the same.
    pub(in crate::emit) fn codegen(&self, name: &str) -> TokenStream {
        let ident = ident(name);
        if self.hidden.contains(&name) {
            return quote!(codegen::#ident);
        }
        self.imports.add_codegen(name);
        quote!(#ident)
    }

    /// Returns a type.
    pub(in crate::emit) fn type_(&self, type_: &Type) -> TokenStream {
        match type_ {
            Type::Json => quote!(runtime::Json),
            Type::Boolean => quote!(bool),
            Type::Integer(Integer::I32) => quote!(i32),
            Type::Integer(Integer::I64) => quote!(i64),
            Type::Integer(Integer::U32) => quote!(u32),
            Type::Integer(Integer::U64) => quote!(u64),
            Type::Number => quote!(f64),
            Type::Decimal => quote!(runtime::Number),
            Type::String => quote!(String),
            Type::DateTime => quote!(runtime::DateTime),
            Type::Date => quote!(runtime::Date),
            Type::Scalar => quote!(runtime::Scalar),
            Type::Named(id) => self.named(*id),
            Type::Array(inner) => {
                let inner = self.type_(inner);
                quote!(Vec<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.type_(inner);
                quote!(runtime::Map<#inner>)
            }
            Type::Nullable(inner) => {
                let inner = self.type_(inner);
                quote!(Option<#inner>)
            }
            Type::Boxed(inner) => {
                let inner = self.type_(inner);
                quote!(Box<#inner>)
            }
        }
    }

    /// Returns the type of a field that holds a property.
    pub(in crate::emit) fn field_type(&self, property: &Property) -> TokenStream {
        let type_ = self.type_(&property.type_);
        match property.presence {
            Presence::Required => type_,
            Presence::Optional => quote!(Option<#type_>),
            Presence::Maybe => quote!(runtime::Maybe<#type_>),
        }
    }

    /// Returns the type of an argument that gives a value of `type_`, and the
    /// value made from the argument `name`.
    pub(in crate::emit) fn argument(&self, type_: &Type, name: &Ident) -> (TokenStream, TokenStream) {
        match type_ {
            Type::Boxed(inner) => {
                let (argument, value) = self.argument(inner, name);
                (argument, quote!(Box::new(#value)))
            }
            type_ if type_.is_converted() => {
                let type_ = self.type_(type_);
                (quote!(impl Into<#type_>), quote!(#name.into()))
            }
            other => (self.type_(other), quote!(#name)),
        }
    }
}
