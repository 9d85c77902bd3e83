//! What a Rust source names, seen without compiling it.
//!
//! Comments and strings do not count, since nobody depends on what they say.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A source of the workspace.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// The path below the folder that was read, with slashes.
    pub path: String,
    /// The text.
    pub text: String,
}

impl SourceText {
    /// Reads the Rust sources below `folder`, a path from the root of the workspace.
    ///
    /// # Panics
    ///
    /// When one cannot be read, or there is none.
    #[must_use]
    pub fn below(folder: &str) -> Vec<Self> {
        let root = crate::root().join(folder);
        let mut sources = Vec::new();
        collect(&root, "", &mut sources);
        sources.retain(|source| {
            Path::new(&source.path)
                .extension()
                .is_some_and(|extension| extension == "rs")
        });
        assert!(!sources.is_empty(), "no source lies below {folder}");
        sources
    }

    /// Reads all files below `folder`, but for what was built.
    ///
    /// # Panics
    ///
    /// When one is not text.
    #[must_use]
    pub fn all_below(folder: &str) -> Vec<Self> {
        let mut sources = Vec::new();
        collect(&crate::root().join(folder), "", &mut sources);
        sources
    }

    /// Returns the paths that the source names itself, each as long as it goes
    /// and with the groups of a `use` taken apart: `std::fs::read`.
    ///
    /// What it only writes down, in a `quote!` or in a `macro_rules!`, does not count.
    ///
    /// # Panics
    ///
    /// When the text is not Rust.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        let tokens: TokenStream = self
            .text
            .parse()
            .unwrap_or_else(|error| panic!("{}: {error}", self.path));
        let mut paths = Vec::new();
        gather(tokens, "", &mut paths);
        paths
    }
}

fn collect(folder: &Path, prefix: &str, sources: &mut Vec<SourceText>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            if name != "target" {
                collect(&entry.path(), &format!("{path}/"), sources);
            }
        } else {
            let text = fs::read_to_string(entry.path());
            let text = text.unwrap_or_else(|error| panic!("{}: {error}", entry.path().display()));
            sources.push(SourceText { path, text });
        }
    }
}

/// Gathers the paths of `tokens`; `prefix` is what stands before a group of a `use`.
fn gather(tokens: TokenStream, prefix: &str, paths: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut path = prefix.to_owned();
    // Whether `path` ends in `::` and goes on.
    let mut open = !prefix.is_empty();
    let mut is_call = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) => {
                if !open {
                    close(&mut path, paths);
                }
                if !path.is_empty() {
                    path.push_str("::");
                }
                path.push_str(&ident.to_string());
                open = false;
                continue;
            }
            TokenTree::Punct(colon) if colon.as_char() == ':' => {
                let again = tokens.next_if(|next| matches!(next, TokenTree::Punct(next) if next.as_char() == ':'));
                if again.is_some() && !path.is_empty() {
                    open = true;
                    continue;
                }
            }
            TokenTree::Punct(mark) if mark.as_char() == '!' => {
                is_call = matches!(
                    path.rsplit("::").next(),
                    Some("quote" | "parse_quote" | "quote_spanned" | "macro_rules")
                );
                if path == "macro_rules" {
                    tokens.next();
                }
            }
            TokenTree::Group(group) => {
                let is_list = open && group.delimiter() == Delimiter::Brace;
                if is_list {
                    for part in parts(group.stream()) {
                        gather(part, &path, paths);
                    }
                    path.clear();
                } else if !std::mem::take(&mut is_call) {
                    close(&mut path, paths);
                    gather(group.stream(), "", paths);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        close(&mut path, paths);
        open = false;
    }
    close(&mut path, paths);
}

fn close(path: &mut String, paths: &mut Vec<String>) {
    if !path.is_empty() {
        paths.push(std::mem::take(path));
    }
}

/// Takes the list of a `use` apart at its commas.
fn parts(tokens: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let parts = tokens.split(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ','));
    parts.map(|part| part.iter().cloned().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::SourceText;

    #[test]
    fn paths_are_what_the_source_names_itself() {
        let text = r#"
            //! std::net is a comment
            use std::{fs, io::{self, Write as _}};
            /// std::env
            fn name(a: crate::document::Node) -> &'static str {
                let tokens = quote!(std::time::Duration { x: #y });
                println!("std::process");
                if a.is::<u8>() { other::call(1) }
                "std::thread"
            }
            macro_rules! local { () => { crate::inner::Type }; }
        "#;
        let source = SourceText {
            path: "x.rs".to_owned(),
            text: text.to_owned(),
        };
        let paths = source.paths();
        for named in [
            "std::fs",
            "std::io::self",
            "std::io::Write",
            "crate::document::Node",
            "println",
            "other::call",
        ] {
            assert!(paths.iter().any(|path| path == named), "{named} is not among {paths:?}");
        }
        for absent in [
            "std::time",
            "std::net",
            "std::env",
            "std::process",
            "std::thread",
            "crate::inner",
        ] {
            assert!(
                !paths.iter().any(|path| path.starts_with(absent)),
                "{absent} is among {paths:?}"
            );
        }
    }
}
