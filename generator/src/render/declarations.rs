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

use super::tokens::{Angles, Printer, flat, flat_trees};

/// How many characters a line takes.
pub(super) const WIDTH: usize = 100;

/// How many characters a level is indented by.
pub(super) const STEP: usize = 4;

/// Returns the text of a declaration or a static, or none if the item is another. It takes the tokens of the item.
pub(super) fn declaration(item: &mut Item) -> Option<String> {
    let mut text = String::new();
    match item {
        Item::Verbatim(tokens) if !tokens.is_empty() => block(mem::take(tokens), 0, &mut text),
        Item::Static(item) => block(item.to_token_stream(), 0, &mut text),
        Item::Macro(item) if matches!(item.mac.delimiter, syn::MacroDelimiter::Brace(_)) => {
            for attribute in mem::take(&mut item.attrs) {
                self::attribute(attribute.into_token_stream(), &mut text);
            }
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
        if let Some(attribute) = next_attribute(&mut trees) {
            write_attribute(&attribute, indent, text);
            continue;
        }
        let mut entry: Vec<TokenTree> = Vec::new();
        let mut body = None;
        let mut end = None;
        let mut angles = Angles::default();
        while let Some(tree) = trees.next() {
            angles.take(&tree);
            match tree {
                TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';') && angles.are_closed() => {
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
        let end = end.map(String::from).unwrap_or_default();
        pad(indent, text);
        if body.is_some() {
            head(&entry, indent, text);
        } else {
            wrap(&entry, indent, &end, text);
        }
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

pub(super) fn pad(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}

/// Writes the tokens of an attribute.
pub(super) fn attribute(tokens: TokenStream, text: &mut String) {
    block(tokens, 0, text);
}

/// Takes an attribute, if one comes next.
fn next_attribute(trees: &mut Peekable<IntoIter>) -> Option<Group> {
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

/// Writes what stands before a block. What stands behind the name of a type has a line of its own if it fits in one, or if
/// not even its start fits behind the name.
fn head(trees: &[TokenTree], indent: usize, text: &mut String) {
    let brace = if trees.is_empty() { "{" } else { " {" };
    let is_type = |tree: &TokenTree| is_word(tree, "struct") || is_word(tree, "enum");
    let is_colon = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ':');
    let colon = trees.iter().position(is_colon).filter(|_| trees.iter().any(is_type));
    let is_long = |text: &str, line: &str| column(text) + line.chars().count() > WIDTH;
    if let Some(colon) = colon.filter(|_| is_long(text, &[&flat_trees(trees), brace].concat())) {
        let (name, rest) = trees.split_at(colon + 1);
        let fits = indent + STEP + flat_trees(rest).chars().count() <= WIDTH;
        if fits || is_long(text, &up_to_last_group(trees)) {
            wrap(name, indent, "", text);
            // The end of a name that takes several lines has room for what follows.
            let line = format!(" {}{brace}", flat_trees(rest));
            if is_long(text, &line) {
                text.push('\n');
                pad(indent + STEP, text);
                wrap(rest, indent + STEP, "", text);
                text.push('\n');
                pad(indent, text);
                return text.push('{');
            }
            return text.push_str(&line);
        }
    }
    wrap(trees, indent, brace, text);
}

/// Returns how many characters the last line has.
fn column(text: &str) -> usize {
    text[text.rfind('\n').map_or(0, |end| end + 1)..].chars().count()
}

/// Writes tokens and what follows them: in one line if they fit, else with the last group that can be broken in lines
/// of its own.
fn wrap(trees: &[TokenTree], indent: usize, suffix: &str, text: &mut String) {
    let room = WIDTH.saturating_sub(suffix.trim_end().chars().count());
    let before = column(text);
    let line = flat_trees(trees);
    if before + line.chars().count() <= room {
        return text.extend([&line, suffix]);
    }
    if let Some((name, value)) = at_equals_sign(trees)
        && wrap_value(name, value, indent, suffix, text)
    {
        return;
    }
    let Some(index) = trees.iter().rposition(is_breakable) else {
        // A result stands under the function, the name of an operation under its path.
        let (end, indent) = match (arrow(trees), trees.iter().position(|tree| is_word(tree, "as"))) {
            (Some(0), _) => return wrap_arguments(trees, &[], indent, suffix, text),
            (Some(arrow), _) => (arrow, indent),
            (None, place) => (place.unwrap_or(trees.len()), indent + STEP),
        };
        let (line, rest) = trees.split_at(end);
        text.push_str(&flat_trees(line));
        if !rest.is_empty() {
            text.push('\n');
            pad(indent, text);
            text.push_str(&flat_trees(rest));
        }
        return text.push_str(suffix);
    };
    let (start, rest) = trees.split_at(index);
    if let (Some(TokenTree::Group(group)), tail) = (rest.first(), rest.get(1..).unwrap_or_default()) {
        let mut printer = Printer::default();
        for tree in start {
            printer.tree(tree);
        }
        let length = printer.text().len();
        printer.space_before(&rest[0]);
        let (open, close) = signs(group);
        let open = format!("{}{open}", &printer.text()[length..]);
        wrap(start, indent, &open, text);
        let mut printer = Printer::behind_group();
        for tree in tail {
            printer.tree(tree);
        }
        break_group(group, &[close, printer.text(), suffix].concat(), indent, text);
    }
}

/// Writes a name and its value, which are too long for a line. Returns false if the value is to be broken behind the name.
fn wrap_value(name: &[TokenTree], value: &[TokenTree], indent: usize, suffix: &str, text: &mut String) -> bool {
    let room = WIDTH.saturating_sub(suffix.trim_end().chars().count());
    let (before, name_line) = (column(text), flat_trees(name));
    if before + name_line.chars().count() > WIDTH {
        // What converts into a variant stands under it.
        match name.iter().position(|tree| is_word(tree, "from")) {
            Some(from) => {
                let (variant, rest) = name.split_at(from);
                wrap(variant, indent, "", text);
                text.push('\n');
                pad(indent + STEP, text);
                wrap(&[rest, value].concat(), indent + STEP, suffix, text);
            }
            None => wrap_arguments(name, value, indent, suffix, text),
        }
        return true;
    }
    let fits = indent + STEP + flat_trees(value).chars().count() <= room;
    if let Some((given, constant)) = at_constant(value).filter(|_| !fits)
        && let (given, constant) = (flat_trees(given), flat_trees(constant))
        && indent + STEP + given.chars().count() <= WIDTH
        && indent + 2 * STEP + constant.chars().count() <= room
    {
        text.extend([&name_line, "\n"]);
        pad(indent + STEP, text);
        text.extend([&given, "\n"]);
        pad(indent + 2 * STEP, text);
        text.extend([&constant, suffix]);
        return true;
    }
    let is_beside = before + up_to_last_group(&[name, value].concat()).chars().count() <= WIDTH;
    if fits || !is_beside {
        text.extend([&name_line, "\n"]);
        pad(indent + STEP, text);
        wrap(value, indent + STEP, suffix, text);
    }
    fits || !is_beside
}

fn is_word(tree: &TokenTree, word: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == word)
}

fn is_breakable(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group) if !group.stream().is_empty())
}

/// Returns the signs around the tokens of a group.
fn signs(group: &Group) -> (&'static str, &'static str) {
    match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace | Delimiter::None => ("{", "}"),
    }
}

/// Returns the line that ends with the sign by which the last group opens, with those of groups that it only holds.
fn up_to_last_group(trees: &[TokenTree]) -> String {
    let mut printer = Printer::default();
    let last = trees.iter().rposition(is_breakable).unwrap_or(trees.len());
    for tree in &trees[..last] {
        printer.tree(tree);
    }
    let Some(TokenTree::Group(group)) = trees.get(last) else {
        return printer.text().to_owned();
    };
    printer.space_before(&trees[last]);
    let line = [printer.text(), signs(group).0].concat();
    match elements(group.stream()).as_slice() {
        [(only, _)] if only.last().is_some_and(is_breakable) => line + &up_to_last_group(only),
        _ => line,
    }
}

/// Writes a type that is too long for a line, with each of its arguments in a line of its own, and its value.
fn wrap_arguments(type_: &[TokenTree], value: &[TokenTree], indent: usize, suffix: &str, text: &mut String) {
    let is = |tree: &TokenTree, sign: char| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == sign);
    let open = type_.iter().position(|tree| is(tree, '<'));
    // An arrow ends with the sign too.
    let is_close = |pair: &[TokenTree]| is(&pair[1], '>') && !is(&pair[0], '=') && !is(&pair[0], '-');
    let close = type_.windows(2).rposition(is_close).map(|index| index + 1);
    let (Some(open), Some(close)) = (open, close.filter(|close| open.is_some_and(|open| open < *close))) else {
        text.push_str(&flat_trees(type_));
        if !value.is_empty() {
            text.push('\n');
            pad(indent + STEP, text);
        }
        return wrap(value, indent + STEP, suffix, text);
    };
    text.push_str(&flat_trees(&type_[..=open]));
    text.push('\n');
    for (argument, end) in elements(type_[open + 1..close].iter().cloned()) {
        pad(indent + STEP, text);
        wrap(&argument, indent + STEP, end, text);
    }
    pad(indent, text);
    text.push('>');
    let sign = flat_trees(&type_[close + 1..]);
    if !sign.is_empty() {
        text.extend([" ", &sign]);
    }
    if !value.is_empty() {
        text.push(' ');
    }
    wrap(value, indent, suffix, text);
}

/// Writes the elements of an open group, each in lines of its own, and the end of the group.
fn break_group(group: &Group, close: &str, indent: usize, text: &mut String) {
    let elements = elements(group.stream());
    // A group of one element that is a group itself needs no level of its own.
    if let [(only, _)] = elements.as_slice()
        && matches!(only.last(), Some(TokenTree::Group(_)))
    {
        return wrap(only, indent, close, text);
    }
    text.push('\n');
    for (element, end) in &elements {
        pad(indent + STEP, text);
        wrap(element, indent + STEP, end, text);
    }
    pad(indent, text);
    text.push_str(close);
}

/// Splits the value of a property before `is`, behind which its constant stands.
fn at_constant(value: &[TokenTree]) -> Option<(&[TokenTree], &[TokenTree])> {
    let is = value.iter().position(|tree| is_word(tree, "is"))?;
    Some(value.split_at(is))
}

/// Returns where `->` stands.
fn arrow(trees: &[TokenTree]) -> Option<usize> {
    let is = |tree: &TokenTree, sign: char| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == sign);
    trees.windows(2).position(|pair| is(&pair[0], '-') && is(&pair[1], '>'))
}

/// Splits tokens behind their first `=` or `=>`, if it is no part of another sign.
fn at_equals_sign(trees: &[TokenTree]) -> Option<(&[TokenTree], &[TokenTree])> {
    let is = |tree: &TokenTree, sign: char, spacing: Spacing| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == sign && punct.spacing() == spacing);
    let is_alone = |tree: &TokenTree| is(tree, '=', Spacing::Alone);
    let is_arrow = |trees: &[TokenTree]| is(&trees[0], '=', Spacing::Joint) && is(&trees[1], '>', Spacing::Alone);
    let arrow = trees.windows(2).position(is_arrow).map(|index| index + 1);
    let index = trees.iter().position(is_alone).or(arrow)?;
    Some(trees.split_at(index + 1)).filter(|(_, value)| !value.is_empty())
}

/// Splits tokens at their commas and semicolons, each with what ends its line.
fn elements(tokens: impl IntoIterator<Item = TokenTree>) -> Vec<(Vec<TokenTree>, &'static str)> {
    let mut elements = Vec::new();
    let mut element = Vec::new();
    let mut angles = Angles::default();
    for tree in tokens {
        angles.take(&tree);
        let end = match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' && angles.are_closed() => ",\n",
            TokenTree::Punct(punct) if punct.as_char() == ';' => ";\n",
            _ => {
                element.push(tree);
                continue;
            }
        };
        elements.push((std::mem::take(&mut element), end));
    }
    elements.push((element, ",\n"));
    elements.retain(|(element, _)| !element.is_empty());
    elements
}
