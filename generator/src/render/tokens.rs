//! Tokens in one line, with the spaces that rustfmt would write between them.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// Counts the angle brackets of types that are open.
#[derive(Debug, Default)]
pub(super) struct Angles {
    open: usize,
    /// Whether the token before is the start of `->` or `=>`.
    is_arrow: bool,
}

impl Angles {
    /// Takes the next token.
    pub(super) fn take(&mut self, tree: &TokenTree) {
        let TokenTree::Punct(punct) = tree else {
            self.is_arrow = false;
            return;
        };
        match punct.as_char() {
            '<' => self.open += 1,
            '>' if !self.is_arrow => self.open = self.open.saturating_sub(1),
            _ => {}
        }
        self.is_arrow = matches!(punct.as_char(), '-' | '=') && punct.spacing() == Spacing::Joint;
    }

    /// Returns whether none is open.
    pub(super) fn are_closed(&self) -> bool {
        self.open == 0
    }
}

/// Returns tokens in one line.
pub(super) fn flat(tokens: TokenStream) -> String {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    flat_trees(&trees)
}

/// Returns token trees in one line.
pub(super) fn flat_trees(trees: &[TokenTree]) -> String {
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
pub(super) struct Printer {
    text: String,
    last: Last,
    /// Whether the last token is an identifier, after which a group is called or indexed.
    is_ident: bool,
}

impl Printer {
    /// Goes on behind a group.
    pub(super) fn behind_group() -> Self {
        Self {
            last: Last::Word,
            is_ident: true,
            ..Self::default()
        }
    }

    /// Returns what was written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Writes the space before a token, if one belongs there.
    pub(super) fn space_before(&mut self, tree: &TokenTree) {
        if self.wants_space_before(tree) {
            self.text.push(' ');
        }
    }

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

    /// Writes a token.
    pub(super) fn tree(&mut self, tree: &TokenTree) {
        self.space_before(tree);
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
        match group.delimiter() {
            Delimiter::Parenthesis => self.text.extend(["(", &inner, ")"]),
            Delimiter::Bracket => self.text.extend(["[", &inner, "]"]),
            Delimiter::Brace if inner.is_empty() => self.text.push_str("{}"),
            Delimiter::Brace => self.text.extend(["{ ", &inner, " }"]),
            Delimiter::None => self.text.push_str(&inner),
        }
        self.last = Last::Word;
        self.is_ident = true;
    }
}
