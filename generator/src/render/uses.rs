//! The layout of `use` items, as that of rustfmt: what does not fit in a line is filled into lines under a brace.

use quote::ToTokens;
use syn::{ItemUse, UseTree};

use super::declarations::{STEP, WIDTH, attribute, pad};
use super::tokens::flat;

/// Writes a `use` item.
pub(super) fn write(item: ItemUse, text: &mut String) {
    for attr in item.attrs {
        attribute(attr.into_token_stream(), text);
    }
    let visibility = flat(item.vis.into_token_stream());
    if !visibility.is_empty() {
        text.extend([&visibility, " "]);
    }
    text.push_str("use ");
    if item.leading_colon.is_some() {
        text.push_str("::");
    }
    let before = text.len() - text.rfind('\n').map_or(0, |end| end + 1);
    tree(&item.tree, 0, before, text);
    text.push_str(";\n");
}

/// Writes a tree behind `before` characters of a line that is indented by `indent`.
fn tree(tree: &UseTree, indent: usize, before: usize, text: &mut String) {
    let mut prefix = String::new();
    let mut rest = tree;
    while let UseTree::Path(path) = rest {
        prefix.extend([&path.ident.to_string(), "::"]);
        rest = &path.tree;
    }
    text.push_str(&prefix);
    let UseTree::Group(group) = rest else {
        return text.push_str(&flat(rest.to_token_stream()));
    };
    let is_nested = group.items.iter().any(ends_in_group);
    let elements = group.items.iter().map(one_line);
    let line = format!("{{{}}}", elements.collect::<Vec<_>>().join(", "));
    // Behind a tree comes a sign, and rustfmt leaves one more character free in a group.
    let end = if indent == 0 { 1 } else { 2 };
    if !is_nested && before + prefix.len() + line.len() + end <= WIDTH {
        return text.push_str(&line);
    }
    text.push('{');
    let inner = indent + STEP;
    let mut length = WIDTH;
    for element in &group.items {
        let words = one_line(element).len() + ",".len();
        let is_alone = is_nested && matches!(element, UseTree::Path(_));
        if is_alone || length + 1 + words > WIDTH {
            text.push('\n');
            pad(inner, text);
            length = inner;
        } else {
            text.push(' ');
            length += 1;
        }
        self::tree(element, inner, length, text);
        text.push(',');
        length += words;
        if is_alone {
            length = WIDTH;
        }
    }
    text.push('\n');
    pad(indent, text);
    text.push('}');
}

fn ends_in_group(tree: &UseTree) -> bool {
    match tree {
        UseTree::Path(path) => ends_in_group(&path.tree),
        UseTree::Group(_) => true,
        _ => false,
    }
}

/// Returns a tree in one line.
fn one_line(tree: &UseTree) -> String {
    match tree {
        UseTree::Path(path) => format!("{}::{}", path.ident, one_line(&path.tree)),
        UseTree::Group(group) => {
            let items: Vec<String> = group.items.iter().map(one_line).collect();
            format!("{{{}}}", items.join(", "))
        }
        other => flat(other.to_token_stream()),
    }
}

#[cfg(test)]
mod tests {
    use syn::{ItemUse, parse_quote};

    use super::write;

    fn written(item: ItemUse) -> String {
        let mut text = String::new();
        write(item, &mut text);
        text
    }

    #[test]
    fn names_fill_lines() {
        let short = written(parse_quote!(
            pub(crate) use self::a::{A, r#type as B, c::C};
        ));
        assert_eq!(short, "pub(crate) use self::a::{A, r#type as B, c::C};\n");
        let long = written(parse_quote! {
            use super::{A_NAME_OF_FORTY_CHARACTERS_FROM_HERE_ON_, A_NAME_OF_FIFTY_THREE_CHARACTERS_AND_SO_NO_LONGER_ONE, C};
        });
        let expected = "use super::{
    A_NAME_OF_FORTY_CHARACTERS_FROM_HERE_ON_, A_NAME_OF_FIFTY_THREE_CHARACTERS_AND_SO_NO_LONGER_ONE,
    C,
};
";
        assert_eq!(long, expected);
    }

    #[test]
    fn trees_with_groups_have_a_line_each() {
        let nested = written(parse_quote! {
            #[cfg(feature = "a")]
            pub use self::{B, C, a::A, b::{D, E}, c::{A_NAME_OF_FORTY_CHARACTERS_FROM_HERE_ON_, ANOTHER_NAME_OF_FORTY_EIGHT_CHARACTERS_FROM_HERE}};
        });
        let expected = "#[cfg(feature = \"a\")]
pub use self::{
    B, C,
    a::A,
    b::{D, E},
    c::{
        A_NAME_OF_FORTY_CHARACTERS_FROM_HERE_ON_, ANOTHER_NAME_OF_FORTY_EIGHT_CHARACTERS_FROM_HERE,
    },
};
";
        assert_eq!(nested, expected);
    }
}
