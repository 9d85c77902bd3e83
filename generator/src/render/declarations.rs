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
            for attribute in mem::take(&mut item.attrs) {
                block(attribute.into_token_stream(), 0, &mut text);
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
        if let Some(attribute) = attribute(&mut trees) {
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
    if let Some((head, value)) = at_equals_sign(trees) {
        let (head, value) = (flat_trees(head), flat_trees(value));
        let is_short = |indent: usize, text: &str| indent + text.chars().count() <= WIDTH;
        if is_short(before, &head) && is_short(indent + STEP + suffix.chars().count(), &value) {
            text.push_str(&head);
            text.push('\n');
            pad(indent + STEP, text);
            text.push_str(&value);
            text.push_str(suffix);
            return;
        }
    }
    let is_breakable = |tree: &TokenTree| matches!(tree, TokenTree::Group(group) if !group.stream().is_empty());
    let Some(index) = trees.iter().rposition(is_breakable) else {
        let is_as = |tree: &TokenTree| matches!(tree, TokenTree::Ident(word) if word == "as");
        let (head, name) = trees.split_at(trees.iter().position(is_as).unwrap_or(trees.len()));
        text.push_str(&flat_trees(head));
        if !name.is_empty() {
            text.push('\n');
            pad(indent + STEP, text);
            text.push_str(&flat_trees(name));
        }
        text.push_str(suffix);
        return;
    };
    let (head, rest) = trees.split_at(index);
    if let (Some(TokenTree::Group(group)), tail) = (rest.first(), rest.get(1..).unwrap_or_default()) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace | Delimiter::None => ("{", "}"),
        };
        let mut printer = Printer::default();
        for tree in head {
            printer.tree(tree);
        }
        let length = printer.text().len();
        printer.space_before(&rest[0]);
        let open = format!("{}{open}", &printer.text()[length..]);
        wrap(head, indent, &open, text);
        break_group(group, close, indent, text);
        let mut printer = Printer::behind_group();
        for tree in tail {
            printer.tree(tree);
        }
        text.push_str(printer.text());
        text.push_str(suffix);
    }
}

/// Writes the elements of an open group, each in lines of its own, and the end of the group.
fn break_group(group: &Group, close: &str, indent: usize, text: &mut String) {
    let elements = elements(group.stream());
    // A group of one element that is a group itself needs no level of its own.
    if let [(only, _)] = elements.as_slice()
        && matches!(only.last(), Some(TokenTree::Group(_)))
    {
        wrap(only, indent, close, text);
        return;
    }
    text.push('\n');
    for (element, end) in &elements {
        pad(indent + STEP, text);
        wrap(element, indent + STEP, end, text);
    }
    pad(indent, text);
    text.push_str(close);
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
fn elements(tokens: TokenStream) -> Vec<(Vec<TokenTree>, &'static str)> {
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

    #[test]
    fn an_operation_reads_as_a_function_and_what_it_sends() {
        let mut item: Item = parse_quote! {
            codegen::request! {
                pub fn get_data_table(application_id: impl Into<ids::ApplicationId>, rows: Map<String, Vec<String>>) -> Get {
                    application_id: Required<ids::ApplicationId> = into path("applicationId", &ids::APPLICATION_ID),
                    rows: Option<Map<String, Json>> = value query("rows", &Schema::STRING).style(Style::Form, false),
                }
                GET "/a/{b}" as "get";
                GET "/v1/anti-affinity-groups/{anti_affinity_group}/members/instance/{instance}" as "group_member_view";
                -> Result<Map<String, Json>, GetError> = json(200 | 201..=204).only("a/b", &[]) text(206);
            }
        };
        let expected = r#"codegen::request! {
    pub fn get_data_table(
        application_id: impl Into<ids::ApplicationId>,
        rows: Map<String, Vec<String>>,
    ) -> Get {
        application_id: Required<ids::ApplicationId> =
            into path("applicationId", &ids::APPLICATION_ID),
        rows: Option<Map<String, Json>> =
            value query("rows", &Schema::STRING).style(Style::Form, false),
    }
    GET "/a/{b}" as "get";
    GET "/v1/anti-affinity-groups/{anti_affinity_group}/members/instance/{instance}"
        as "group_member_view";
    -> Result<Map<String, Json>, GetError> = json(200 | 201..=204).only("a/b", &[]) text(206);
}
"#;
        let text = declaration(&mut item).unwrap();
        assert_eq!(text, expected, "{text}");
    }
}
