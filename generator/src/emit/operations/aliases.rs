//! Former names of what stands in the module of a resource.

use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::text;
use crate::emit::operations::request_function::Arguments;
use crate::emit::scope::availability;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::former;
use crate::model::{Alias, AliasTarget, Resource};

/// Returns the deprecated items under the former names.
pub(in crate::emit) fn items(scope: &Scope<'_>, resource: &Resource) -> Vec<Item> {
    let alias = |alias: &Alias| match &alias.target {
        AliasTarget::Local(name) => Some(former::alias(&alias.name, name)),
        AliasTarget::Function(name) => function(scope, resource, &alias.name, name),
        AliasTarget::Type(id) => {
            let target = scope.api.named(*id);
            let is_covered = target.availability.covers(&resource.availability);
            let cfg = (!is_covered).then(|| availability::attribute(scope.api, &target.availability));
            let path = format!("{}::{}", target.module.rust_path(), target.name);
            let (name, deprecated) = (ident(&alias.name), former::deprecated(&path, &format!("crate::{path}")));
            let type_ = Scope::nowhere(scope.api).named(*id);
            Some(parse_quote!(#deprecated #cfg pub type #name = #type_;))
        }
    };
    resource.aliases.iter().filter_map(alias).collect()
}

/// Returns the function `former`, which calls the one that is called `name` now.
fn function(scope: &Scope<'_>, resource: &Resource, former: &str, name: &str) -> Option<Item> {
    let operation = resource
        .operations
        .iter()
        .find(|operation| operation.function == name)?;
    let arguments = Arguments::of(operation);
    let (written, passed) = (arguments.written(scope), arguments.names());
    let (former, function, type_) = (ident(former), ident(name), ident(&operation.request_type));
    let deprecated = former::deprecated(&format!("{name}()"), name);
    let allow = text::allow_many_arguments(passed.len());
    let call = quote!(#function(#(#passed),*));
    Some(parse_quote! {
        #deprecated
        #allow
        pub fn #former(#(#written),*) -> #type_ {
            #call
        }
    })
}
