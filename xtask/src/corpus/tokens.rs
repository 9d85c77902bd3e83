//! What the public items of emitted Rust are, read from its tokens.
//!
//! Tokens and not syntax trees: what is emitted may be a call of a macro that has the items in its argument.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// What stands around one value of another type.
const WRAPPERS: [&str; 9] = [
    "Option", "Maybe", "AbsentOr", "Box", "Arc", "Vec", "Cow", "Into", "Nullable",
];

/// The public items of a file.
///
/// An untyped place is one whose type is that of any JSON value, alone or within what holds one value or a list of them
/// (`Option<Json>`, `Vec<Json>`, `impl Into<Json>`): a field of a public struct or of a variant of a public enum, the
/// type that an alias stands for, or an argument of a public function, unless it is given to such a field of the type
/// that the function belongs to or returns. Maps of JSON values do not count: most keep what a document does not
/// describe. A schema that allows any value counts, for each generator alike.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Items {
    /// Structs, enums and unions.
    pub(super) types: usize,
    pub(super) untyped: usize,
    /// The longest name of an item, a field or a variant.
    pub(super) longest_name: String,
}

impl Items {
    /// Reads the tokens of a file; `json` is how the paths of the type of any JSON value end.
    pub(super) fn of(tokens: TokenStream, json: [&str; 2]) -> Self {
        let mut scan = Scan {
            json,
            found: Self::default(),
            fields: BTreeSet::new(),
            arguments: Vec::new(),
        };
        scan.items(tokens, None);
        let fields = scan.fields;
        let is_field = |argument: &Argument| {
            let owners = argument.owners.iter();
            owners
                .into_iter()
                .any(|owner| fields.contains(&(owner.clone(), argument.name.clone())))
        };
        let arguments = scan.arguments.iter().filter(|argument| !is_field(argument));
        scan.found.untyped += arguments.count();
        scan.found
    }
}

/// An untyped argument of a function.
struct Argument {
    name: String,
    /// The type that the function belongs to, and the one that it returns.
    owners: Vec<String>,
}

struct Scan<'a> {
    json: [&'a str; 2],
    found: Items,
    /// Untyped fields, with their types.
    fields: BTreeSet<(String, String)>,
    arguments: Vec<Argument>,
}

impl Scan<'_> {
    /// Reads the items of a module, an `impl` of `owner`, or the argument of a macro.
    fn items(&mut self, tokens: TokenStream, owner: Option<&str>) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let Some((first, after)) = rest.split_first() {
            rest = after;
            match word(first).as_deref() {
                Some("pub") => rest = self.public(after, owner),
                Some("impl") => {
                    let Some(at) = after.iter().position(|token| group(token, Delimiter::Brace).is_some()) else {
                        continue;
                    };
                    if let TokenTree::Group(body) = &after[at] {
                        self.items(body.stream(), implemented(&after[..at]).as_deref());
                    }
                    rest = &after[at + 1..];
                }
                Some("mod") => {
                    if let [_, TokenTree::Group(body), ..] = after {
                        self.items(body.stream(), None);
                    }
                }
                // Its name, and then its rules.
                Some("macro_rules") => rest = after.get(3..).unwrap_or_default(),
                Some(_) => {
                    if let [bang, TokenTree::Group(argument), ..] = after
                        && is_punct(bang, '!')
                    {
                        self.items(argument.stream(), owner);
                        rest = &after[2..];
                    }
                }
                None => {}
            }
        }
    }

    /// Reads an item behind `pub`, and returns what follows the part that is read.
    fn public<'t>(&mut self, tokens: &'t [TokenTree], owner: Option<&str>) -> &'t [TokenTree] {
        // `pub(crate)` is not public.
        if tokens
            .first()
            .is_some_and(|token| group(token, Delimiter::Parenthesis).is_some())
        {
            return &tokens[1..];
        }
        let is_modifier =
            |token: &TokenTree| matches!(word(token).as_deref(), Some("async" | "const" | "unsafe" | "extern"));
        let start = tokens
            .iter()
            .position(|token| !is_modifier(token))
            .unwrap_or(tokens.len());
        let [keyword, name, rest @ ..] = &tokens[start..] else {
            return tokens;
        };
        let (Some(keyword), Some(name)) = (word(keyword), word(name)) else {
            return tokens;
        };
        match keyword.as_str() {
            "struct" | "union" | "enum" => {
                self.found.types += 1;
                self.note(&name);
                self.type_item(&name, keyword == "enum", rest);
            }
            "type" => {
                self.note(&name);
                let end = rest.iter().position(|token| is_punct(token, ';')).unwrap_or(rest.len());
                let target = rest[..end].iter().position(|token| is_punct(token, '='));
                if let Some(target) = target
                    && self.is_json(&rest[target + 1..end])
                {
                    self.found.untyped += 1;
                }
            }
            "fn" => {
                self.note(&name);
                self.function(owner, rest);
            }
            _ => return tokens,
        }
        rest
    }

    /// Reads the fields of a type, behind its name.
    fn type_item(&mut self, name: &str, is_enum: bool, tokens: &[TokenTree]) {
        let is_end = |token: &TokenTree| matches!(token, TokenTree::Group(_)) || is_punct(token, ';');
        let Some(TokenTree::Group(body)) = tokens.iter().find(|token| is_end(token)) else {
            return;
        };
        if !is_enum {
            self.fields_of(name, body);
            return;
        }
        for variant in list(body) {
            let variant = without_attributes(&variant);
            if let Some(variant) = variant.first().and_then(word) {
                self.note(&variant);
            }
            if let Some(TokenTree::Group(fields)) = variant.get(1) {
                self.fields_of(name, fields);
            }
        }
    }

    /// Reads the fields in braces or parentheses.
    fn fields_of(&mut self, owner: &str, fields: &Group) {
        for (index, field) in list(fields).iter().enumerate() {
            let (name, kind) = if fields.delimiter() == Delimiter::Brace {
                let Some((name, kind)) = named(without_attributes(field)) else {
                    continue;
                };
                self.note(&name);
                (name, kind)
            } else {
                (index.to_string(), without_visibility(without_attributes(field)))
            };
            if self.is_json(kind) {
                self.found.untyped += 1;
                self.fields.insert((owner.to_owned(), name));
            }
        }
    }

    /// Reads the arguments of a function, behind its name.
    fn function(&mut self, owner: Option<&str>, tokens: &[TokenTree]) {
        let Some(at) = tokens
            .iter()
            .position(|token| group(token, Delimiter::Parenthesis).is_some())
        else {
            return;
        };
        let Some(arguments) = group(&tokens[at], Delimiter::Parenthesis) else {
            return;
        };
        let is_end = |token: &TokenTree| group(token, Delimiter::Brace).is_some() || is_punct(token, ';');
        let returned = tokens[at + 1..].iter().take_while(|token| !is_end(token));
        let returned = returned.filter_map(word).last();
        for argument in list(arguments) {
            if let Some((name, kind)) = named(without_attributes(&argument))
                && self.is_json(kind)
            {
                let owners = owner.map(str::to_owned).into_iter().chain(returned.clone()).collect();
                self.arguments.push(Argument { name, owners });
            }
        }
    }

    /// Returns whether a type is that of any JSON value, or what holds one.
    fn is_json(&self, tokens: &[TokenTree]) -> bool {
        let is_path = |token: &TokenTree| is_punct(token, ':') || word(token).is_some();
        let is_before = |token: &TokenTree| matches!(word(token).as_deref(), Some("impl" | "mut"));
        // Macros write the default of a field behind its type.
        let mut tokens = tokens.split(|token| is_punct(token, '=')).next().unwrap_or_default();
        loop {
            match tokens {
                [sign, _, rest @ ..] if is_punct(sign, '\'') => tokens = rest,
                [sign, rest @ ..] if is_punct(sign, '&') || is_before(sign) => tokens = rest,
                _ => break,
            }
        }
        if let [TokenTree::Group(element)] = tokens {
            let element: Vec<TokenTree> = element.stream().into_iter().collect();
            return element
                .split(|token| is_punct(token, ';'))
                .next()
                .is_some_and(|kind| self.is_json(kind));
        }
        let end = tokens.iter().position(|token| !is_path(token)).unwrap_or(tokens.len());
        let segments: Vec<String> = tokens[..end].iter().filter_map(word).collect();
        match &tokens[end..] {
            [open, arguments @ .., close] if is_punct(open, '<') && is_punct(close, '>') => {
                let is_wrapper = segments.last().is_some_and(|last| WRAPPERS.contains(&last.as_str()));
                is_wrapper && self.is_json(arguments)
            }
            [] => segments.ends_with(&self.json.map(str::to_owned)),
            _ => false,
        }
    }

    fn note(&mut self, name: &str) {
        if name.chars().count() > self.found.longest_name.chars().count() {
            name.clone_into(&mut self.found.longest_name);
        }
    }
}

/// Returns the name of the type that an `impl` is for, from what stands between `impl` and its body.
fn implemented(header: &[TokenTree]) -> Option<String> {
    let is_word = |token: &&TokenTree, expected: &str| word(token).as_deref() == Some(expected);
    let header = header.split(|token| is_word(&token, "where")).next()?;
    let header = header.rsplit(|token| is_word(&token, "for")).next()?;
    let mut depth = 0;
    let mut name = None;
    for (index, token) in header.iter().enumerate() {
        let is_arrow = index > 0 && is_punct(&header[index - 1], '-');
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '<' => depth += 1,
            TokenTree::Punct(sign) if sign.as_char() == '>' && !is_arrow => depth -= 1,
            TokenTree::Ident(ident) if depth == 0 => name = Some(ident.to_string()),
            _ => {}
        }
    }
    name
}

/// Splits the content of a group at the commas that are in no generic arguments.
fn list(group: &Group) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let mut depth = 0;
    let mut is_arrow = false;
    for token in group.stream() {
        match &token {
            TokenTree::Punct(sign) if sign.as_char() == '<' => depth += 1,
            TokenTree::Punct(sign) if sign.as_char() == '>' && !is_arrow => depth -= 1,
            TokenTree::Punct(sign) if sign.as_char() == ',' && depth == 0 => {
                parts.push(Vec::new());
                continue;
            }
            _ => {}
        }
        is_arrow = is_punct(&token, '-');
        if let Some(part) = parts.last_mut() {
            part.push(token);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Splits a field or an argument into its name and its type.
fn named(tokens: &[TokenTree]) -> Option<(String, &[TokenTree])> {
    let tokens = without_visibility(tokens);
    let tokens = match tokens {
        [first, rest @ ..] if word(first).as_deref() == Some("mut") => rest,
        _ => tokens,
    };
    match tokens {
        [name, colon, kind @ ..] if is_punct(colon, ':') => Some((word(name)?, kind)),
        _ => None,
    }
}

fn without_visibility(tokens: &[TokenTree]) -> &[TokenTree] {
    match tokens {
        [first, within, rest @ ..] if word(first).as_deref() == Some("pub") => {
            if group(within, Delimiter::Parenthesis).is_some() {
                rest
            } else {
                &tokens[1..]
            }
        }
        _ => tokens,
    }
}

fn without_attributes(tokens: &[TokenTree]) -> &[TokenTree] {
    match tokens {
        [sign, TokenTree::Group(_), rest @ ..] if is_punct(sign, '#') => without_attributes(rest),
        _ => tokens,
    }
}

/// Returns an identifier, without the mark of a raw one.
fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string().trim_start_matches("r#").to_owned()),
        _ => None,
    }
}

fn is_punct(token: &TokenTree, expected: char) -> bool {
    matches!(token, TokenTree::Punct(sign) if sign.as_char() == expected)
}

fn group(token: &TokenTree, delimiter: Delimiter) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
