//! Code of the front page, made of syntax and printed as rustfmt would print it.

use std::collections::BTreeMap;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;
use syn::{Item, parse_quote};

/// Code that is compiled and not run.
#[derive(Default)]
pub(super) struct Snippet {
    /// What it imports, by module: the names, and whether readers see it.
    imports: BTreeMap<String, (Vec<String>, bool)>,
    /// The items before the function.
    items: Vec<Item>,
    /// What the hidden function gets as its arguments.
    arguments: Vec<TokenStream>,
    /// Whether anything that is called is deprecated.
    is_deprecated: bool,
    parts: Vec<Part>,
}

/// Statements of the hidden function.
struct Part {
    comment: &'static str,
    statements: TokenStream,
    is_shown: bool,
}

impl Snippet {
    /// Imports an item of the module `path`, which starts with the crate's name.
    pub(super) fn import(mut self, path: &TokenStream, name: &str) -> Self {
        self.add_import(path, name, true);
        self
    }

    /// Imports what only hidden lines name.
    pub(super) fn import_hidden(mut self, path: &TokenStream, name: &str) -> Self {
        self.add_import(path, name, false);
        self
    }

    /// Imports what readers see only if `is_shown` is set.
    pub(super) fn import_if(mut self, is_shown: bool, path: &TokenStream, name: &str) -> Self {
        self.add_import(path, name, is_shown);
        self
    }

    fn add_import(&mut self, path: &TokenStream, name: &str, is_shown: bool) {
        let path = path.to_string().replace(' ', "");
        let (names, shown) = self.imports.entry(path).or_default();
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
            names.sort();
        }
        *shown |= is_shown;
    }

    /// Adds an item.
    pub(super) fn item(mut self, item: Item) -> Self {
        self.items.push(item);
        self
    }

    /// Gives the hidden function an argument, for a value that readers have to make themselves.
    pub(super) fn argument(mut self, argument: TokenStream) -> Self {
        self.arguments.push(argument);
        self
    }

    /// Marks that something deprecated is called.
    pub(super) fn deprecated(mut self, is_deprecated: bool) -> Self {
        self.is_deprecated |= is_deprecated;
        self
    }

    /// Adds statements under a comment, which may be empty.
    pub(super) fn shown(self, comment: &'static str, statements: TokenStream) -> Self {
        self.part(comment, statements, true)
    }

    /// Adds statements that readers do not see.
    pub(super) fn hidden(self, statements: TokenStream) -> Self {
        self.part("", statements, false)
    }

    fn part(mut self, comment: &'static str, statements: TokenStream, is_shown: bool) -> Self {
        self.parts.push(Part {
            comment,
            statements,
            is_shown,
        });
        self
    }

    /// Returns the code in a fence.
    pub(super) fn fenced(self) -> String {
        let mut lines = Lines::default();
        for (path, (names, is_shown)) in &self.imports {
            lines.push_tokens(&import(path, names), *is_shown);
        }
        for item in &self.items {
            lines.end_block();
            lines.push_tokens(&quote!(#item), true);
        }
        lines.end_block();
        if self.is_deprecated {
            lines.push("#[allow(deprecated)]", false);
        }
        let arguments = &self.arguments;
        let function = printed(&quote! {
            async fn example(#(#arguments),*) -> Result<(), Box<dyn std::error::Error>> {}
        });
        let start = function.trim_end().trim_end_matches('}');
        start.lines().for_each(|line| lines.push(line, false));
        for part in &self.parts {
            if !part.comment.is_empty() {
                lines.end_block();
                lines.push(&format!("// {}", part.comment), true);
            }
            lines.push_tokens(&part.statements, part.is_shown);
        }
        lines.push("Ok(())", false);
        lines.push("}", false);
        format!("```no_run\n{}\n```", lines.0.join("\n"))
    }
}

/// Lines of code, of which those that readers do not see start with `# `.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn push(&mut self, line: &str, is_shown: bool) {
        self.0.push(match (is_shown, line.is_empty()) {
            (true, _) => line.to_owned(),
            (false, true) => "#".to_owned(),
            (false, false) => format!("# {line}"),
        });
    }

    /// Puts an empty line behind what readers see so far.
    fn end_block(&mut self) {
        let is_hidden = |line: &String| line.starts_with("# ") || line.is_empty();
        if self.0.iter().any(|line| !is_hidden(line)) && self.0.last().is_some_and(|line| !line.is_empty()) {
            self.0.push(String::new());
        }
    }

    /// Pushes items, or statements, as they are printed.
    fn push_tokens(&mut self, tokens: &TokenStream, is_shown: bool) {
        let is_item = syn::parse2::<Item>(tokens.clone()).is_ok();
        let text = if is_item {
            printed(tokens)
        } else {
            let function = printed(&quote!(async fn example() { #tokens }));
            let body = function.trim_end().lines().skip(1);
            let body: Vec<&str> = body.map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
            body[..body.len().saturating_sub(1)].join("\n")
        };
        text.lines().for_each(|line| self.push(line, is_shown));
    }
}

/// Returns tokens of a file as text.
fn printed(tokens: &TokenStream) -> String {
    // What is no syntax would be seen by the test that compiles the code.
    syn::parse2(tokens.clone()).map_or_else(|_| tokens.to_string(), |file| prettyplease::unparse(&file))
}

fn import(path: &str, names: &[String]) -> TokenStream {
    let tokens = |text: &str| text.parse::<TokenStream>().unwrap_or_default();
    let (path, names) = (tokens(path), names.iter().map(|name| tokens(name)));
    let item: Item = match names.len() {
        1 => parse_quote!(use #path::#(#names)*;),
        _ => parse_quote!(use #path::{#(#names),*};),
    };
    quote!(#item)
}

/// Replaces `crate`, and the `runtime` that modules of the crate import, by their paths from another crate.
pub(super) fn outside(tokens: TokenStream, krate: &Ident) -> TokenStream {
    let mut is_in_path = false;
    let mut outside = TokenStream::new();
    for tree in tokens {
        let was_in_path = std::mem::replace(
            &mut is_in_path,
            matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ':'),
        );
        outside.extend(match tree {
            TokenTree::Ident(name) if name == "crate" => quote!(#krate),
            TokenTree::Ident(name) if name == "runtime" && !was_in_path => quote!(#krate::#name),
            TokenTree::Group(group) => {
                let inner = Group::new(group.delimiter(), self::outside(group.stream(), krate));
                quote!(#inner)
            }
            other => quote!(#other),
        });
    }
    outside
}
