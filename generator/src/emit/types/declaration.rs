//! Declarations of types by macros of the runtime.

use proc_macro2::TokenStream;
use syn::{Item, ItemMacro, Macro, MacroDelimiter, Path, PathSegment, Token, token};

use crate::emit::scope::paths::ident;

/// Returns `codegen::name! { tokens }`.
///
/// The macro parses its tokens, so they are not parsed here.
pub(in crate::emit) fn item(name: &str, tokens: TokenStream) -> Item {
    let path = Path {
        leading_colon: None,
        segments: ["codegen", name]
            .map(|name| PathSegment::from(ident(name)))
            .into_iter()
            .collect(),
    };
    Item::Macro(ItemMacro {
        attrs: Vec::new(),
        ident: None,
        mac: Macro {
            path,
            bang_token: <Token![!]>::default(),
            delimiter: MacroDelimiter::Brace(token::Brace::default()),
            tokens,
        },
        semi_token: None,
    })
}
