//! The layout of declarations: invocations of the runtime's macros with braces, one declaration of a type in each, and
//! statics.
//!
//! rustfmt leaves the tokens between the braces of a macro as they are, and prettyplease does not know what they mean.
//! Here each field is a line of its own under its documentation, as in a struct, and a line that is too long is broken
//! at its last pair of parentheses.

use std::iter::Peekable;
use std::mem;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, Lit};

/// How many characters a line takes.
const WIDTH: usize = 100;

/// How many characters a level is indented by.
const STEP: usize = 4;

/// Returns the text of a declaration or a static, or none if the item is another. It takes the tokens of the item.
pub(super) fn declaration(item: &mut Item) -> Option<String> {
    let mut text = String::new();
    match item {
        Item::Verbatim(tokens) if !tokens.is_empty() => block(mem::take(tokens), 0, &mut text),
        Item::Static(item) => block(item.to_token_stream(), 0, &mut text),
        Item::Macro(item) if matches!(item.mac.delimiter, syn::MacroDelimiter::Brace(_)) => {
            text.push_str(&flat(item.mac.path.to_token_stream()));
            text.push_str("! {\n");
            block(mem::take(&mut item.mac.tokens), STEP, &mut text);
            text.push_str("}\n");
        }
        _ => return None,
    }
    Some(text)
}

/// Writes the entries of a block, each in a line or a block of its own.
fn block(tokens: TokenStream, indent: usize, text: &mut String) {
    let mut trees = tokens.into_iter().peekable();
    while trees.peek().is_some() {
        if let Some(attribute) = attribute(&mut trees) {
            write_attribute(&attribute, indent, text);
            continue;
        }
        let mut entry: Vec<TokenTree> = Vec::new();
        let mut body = None;
        let mut end = None;
        while let Some(tree) = trees.next() {
            match tree {
                TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';') => {
                    end = Some(punct.as_char());
                    break;
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    body = Some(group.stream());
                    if let Some(TokenTree::Punct(punct)) = trees.peek()
                        && matches!(punct.as_char(), ',' | ';')
                    {
                        end = Some(punct.as_char());
                        trees.next();
                    }
                    break;
                }
                other => entry.push(other),
            }
        }
        let mut suffix = String::new();
        if body.is_some() {
            suffix.push_str(if entry.is_empty() { "{" } else { " {" });
        }
        let end = end.map(String::from).unwrap_or_default();
        if body.is_none() {
            suffix.push_str(&end);
        }
        pad(indent, text);
        wrap(&entry, indent, &suffix, text);
        text.push('\n');
        if let Some(body) = body {
            block(body, indent + STEP, text);
            pad(indent, text);
            text.push('}');
            text.push_str(&end);
            text.push('\n');
        }
    }
}

fn pad(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}

/// Takes an attribute, if one comes next.
fn attribute(trees: &mut Peekable<IntoIter>) -> Option<Group> {
    match trees.peek() {
        Some(TokenTree::Punct(punct)) if punct.as_char() == '#' => {}
        _ => return None,
    }
    trees.next();
    match trees.next() {
        Some(TokenTree::Group(group)) => Some(group),
        _ => None,
    }
}

fn write_attribute(attribute: &Group, indent: usize, text: &mut String) {
    pad(indent, text);
    if let Some(line) = doc(attribute) {
        text.push_str(format!("///{line}").trim_end());
    } else {
        let inner: Vec<TokenTree> = attribute.stream().into_iter().collect();
        text.push_str("#[");
        wrap(&inner, indent, "]", text);
    }
    text.push('\n');
}

/// Returns the line of documentation that an attribute holds.
fn doc(attribute: &Group) -> Option<String> {
    let mut trees = attribute.stream().into_iter();
    match (trees.next(), trees.next(), trees.next()) {
        (Some(TokenTree::Ident(name)), Some(TokenTree::Punct(_)), Some(TokenTree::Literal(line))) if name == "doc" => {
            match Lit::new(line) {
                Lit::Str(line) => Some(line.value()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Writes tokens and what follows them: in one line if they fit, else with the last group that can be broken in lines
/// of its own.
fn wrap(trees: &[TokenTree], indent: usize, suffix: &str, text: &mut String) {
    let start = text.rfind('\n').map_or(0, |end| end + 1);
    let before = text[start..].chars().count();
    let line = flat_trees(trees);
    if before + line.chars().count() + suffix.chars().count() <= WIDTH {
        text.push_str(&line);
        text.push_str(suffix);
        return;
    }
    let is_breakable = |tree: &TokenTree| matches!(tree, TokenTree::Group(group) if !group.stream().is_empty());
    let Some(index) = trees.iter().rposition(is_breakable) else {
        text.push_str(&line);
        text.push_str(suffix);
        return;
    };
    let (head, rest) = trees.split_at(index);
    let (Some(TokenTree::Group(group)), tail) = (rest.first(), rest.get(1..).unwrap_or_default()) else {
        return;
    };
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace | Delimiter::None => ("{", "}"),
    };
    let mut printer = Printer::default();
    for tree in head {
        printer.tree(tree);
    }
    if printer.wants_space_before(&rest[0]) {
        printer.text.push(' ');
    }
    text.push_str(&printer.text);
    text.push_str(open);
    let elements = elements(group.stream());
    // A group of one element that is a group itself needs no level of its own.
    if let [only] = elements.as_slice()
        && matches!(only.last(), Some(TokenTree::Group(_)))
    {
        wrap(only, indent, close, text);
    } else {
        text.push('\n');
        for element in &elements {
            pad(indent + STEP, text);
            wrap(element, indent + STEP, ",\n", text);
        }
        pad(indent, text);
        text.push_str(close);
    }
    let tail = flat_trees(tail);
    text.push_str(&tail);
    text.push_str(suffix);
}

/// Splits tokens at their commas.
fn elements(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut elements = vec![Vec::new()];
    for tree in tokens {
        match (tree, elements.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => elements.push(Vec::new()),
            (tree, Some(last)) => last.push(tree),
            (_, None) => {}
        }
    }
    elements.retain(|element| !element.is_empty());
    elements
}

/// Returns tokens in one line.
fn flat(tokens: TokenStream) -> String {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    flat_trees(&trees)
}

fn flat_trees(trees: &[TokenTree]) -> String {
    let mut printer = Printer::default();
    for tree in trees {
        printer.tree(tree);
    }
    printer.text
}

/// What was written last, as far as the next space depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Last {
    /// Nothing yet, or what a token follows without a space.
    #[default]
    Open,
    /// An identifier, a literal or a group.
    Word,
    /// The start of an operator of several characters.
    Joint(char),
    /// A sign that a space follows.
    Spaced,
    /// The `>` that ends the arguments of a type.
    Arguments,
}

/// Writes tokens with the spaces that rustfmt would write between them.
#[derive(Debug, Default)]
struct Printer {
    text: String,
    last: Last,
    /// Whether the last token is an identifier, after which a group is called or indexed.
    is_ident: bool,
}

impl Printer {
    fn wants_space_before(&self, tree: &TokenTree) -> bool {
        match (self.last, tree) {
            (Last::Open | Last::Joint(_), _) => false,
            (Last::Spaced, _) => true,
            (_, TokenTree::Group(group)) => match group.delimiter() {
                Delimiter::Brace => true,
                _ => self.last == Last::Word && !self.is_ident,
            },
            (_, TokenTree::Punct(punct)) => matches!(
                (punct.as_char(), punct.spacing()),
                ('=' | '|' | '&' | '+' | '#', _) | ('-', Spacing::Joint)
            ),
            _ => true,
        }
    }

    fn tree(&mut self, tree: &TokenTree) {
        if self.wants_space_before(tree) {
            self.text.push(' ');
        }
        match tree {
            TokenTree::Group(group) => self.group(group),
            TokenTree::Punct(punct) => self.punct(punct.as_char(), punct.spacing()),
            TokenTree::Ident(name) => {
                self.text.push_str(&name.to_string());
                self.last = Last::Word;
                self.is_ident = true;
            }
            TokenTree::Literal(literal) => {
                self.text.push_str(&literal.to_string());
                self.last = Last::Word;
                self.is_ident = false;
            }
        }
    }

    fn punct(&mut self, sign: char, spacing: Spacing) {
        self.text.push(sign);
        self.last = match (self.last, sign, spacing) {
            // After `::`, `..` and `..=` comes no space.
            (Last::Joint('.'), '.', Spacing::Joint) => Last::Joint('.'),
            (Last::Joint(':'), ':', _) | (Last::Joint('.'), '.' | '=', _) => Last::Open,
            // `=>` and `->`.
            (Last::Joint('=' | '-'), '>', _) => Last::Spaced,
            (_, ':' | '.' | '=' | '-' | '\'', Spacing::Joint) => Last::Joint(sign),
            (_, '<' | '&' | '!' | '#' | '.' | '-' | '\'' | '?' | '*', _) => Last::Open,
            (_, '>', _) => Last::Arguments,
            _ => Last::Spaced,
        };
        self.is_ident = false;
    }

    fn group(&mut self, group: &Group) {
        let inner = flat(group.stream());
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace if inner.is_empty() => ("{", "}"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        self.text.extend([open, &inner, close]);
        self.last = Last::Word;
        self.is_ident = true;
    }
}

#[cfg(test)]
mod tests {
    use syn::{Item, parse_quote};

    use super::declaration;

    #[test]
    fn each_field_is_a_line_under_its_documentation() {
        let mut item: Item = parse_quote! {
            codegen::object! {
                /// An item.
                ///
                /// Of a list.
                #[derive(Debug, Clone)]
                pub struct Item: ITEM[Keyword::OBJECT] {
                    /// The name.
                    pub name: Required<Option<Box<crate::a::Name>>> = into("the name", &NAME),
                    #[deprecated(note = "use `name`")]
                    pub r#type: Option<u64> = value("type", &Schema(&[Keyword::Type(Types::INTEGER.or(Types::NULL)), Keyword::Minimum("-1"), Keyword::Contains { schema: &A, max: None }])),
                    pub one: Option<Vec<String>> = value("one", &Schema(&[Keyword::Reference(&A_STATIC_WITH_QUITE_A_LONG_NAME_OF_THE_SCHEMA)])),
                    ..unknown_fields, value if not an object
                }
                200 | 201..=204 => json -> S<'static>,
                [-1, 2];
            }
        };
        let expected = r#"codegen::object! {
    /// An item.
    ///
    /// Of a list.
    #[derive(Debug, Clone)]
    pub struct Item: ITEM[Keyword::OBJECT] {
        /// The name.
        pub name: Required<Option<Box<crate::a::Name>>> = into("the name", &NAME),
        #[deprecated(note = "use `name`")]
        pub r#type: Option<u64> = value(
            "type",
            &Schema(&[
                Keyword::Type(Types::INTEGER.or(Types::NULL)),
                Keyword::Minimum("-1"),
                Keyword::Contains { schema: &A, max: None },
            ]),
        ),
        pub one: Option<Vec<String>> = value(
            "one",
            &Schema(&[Keyword::Reference(&A_STATIC_WITH_QUITE_A_LONG_NAME_OF_THE_SCHEMA)]),
        ),
        ..unknown_fields,
        value if not an object
    }
    200 | 201..=204 => json -> S<'static>,
    [-1, 2];
}
"#;
        let text = declaration(&mut item).unwrap();
        assert_eq!(text, expected, "{text}");
    }
}
