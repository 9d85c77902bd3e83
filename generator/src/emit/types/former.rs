//! Former names of types: deprecated aliases.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::scope::paths::ident;
use crate::model::{Named, Shape};

/// Returns the aliases of a type under its former names, and of the struct of what `new` takes.
pub(in crate::emit) fn items(named: &Named) -> Vec<Item> {
    let required = match &named.shape {
        Shape::Object(object) => object.required.as_ref(),
        Shape::Tuple(tuple) => tuple.required.as_ref(),
        _ => None,
    };
    // The struct is there for tests alone if no caller makes values of the type.
    let required = required.filter(|_| named.is_input);
    let mut items = Vec::new();
    for former in &named.former {
        items.push(alias(&former.name, &named.name));
        items.extend(required.map(|required| alias(&former.required, &required.name)));
    }
    items
}

/// Returns the alias `former` of a type of the same module.
pub(in crate::emit) fn alias(former: &str, name: &str) -> Item {
    let (former, type_, deprecated) = (ident(former), ident(name), deprecated(name, name));
    parse_quote! {
        #deprecated
        pub type #former = #type_;
    }
}

/// Returns the documentation and the attribute of a former name of what is called `name` now, and has the path `link`.
pub(in crate::emit) fn deprecated(name: &str, link: &str) -> TokenStream {
    let call = if name.ends_with("()") { "()" } else { "" };
    let (docs, note) = (
        format!(" The former name of [`{link}{call}`]."),
        format!("renamed to `{name}`"),
    );
    quote! {
        #[doc = #docs]
        #[deprecated(note = #note)]
    }
}
