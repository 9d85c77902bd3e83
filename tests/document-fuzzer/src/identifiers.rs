//! Names that stand for two items: what a parser accepts, and the compiler does not.

use std::collections::BTreeSet;

use syn::{Fields, ImplItem, Item, TraitItem};

/// Returns the first name that a module, a type, an `impl` or a signature has twice.
#[must_use]
pub fn repeated(file: &syn::File) -> Option<String> {
    in_module(&file.items)
}

/// Returns the modules that a file declares and does not hold.
#[must_use]
pub fn modules(file: &syn::File) -> Vec<String> {
    let declared = file.items.iter().filter_map(|item| match item {
        Item::Mod(module) if module.content.is_none() => Some(module.ident.to_string()),
        _ => None,
    });
    declared.collect()
}

/// Takes names, and says which one comes again.
#[derive(Default)]
struct Names(BTreeSet<(&'static str, String)>);

impl Names {
    fn take(&mut self, space: &'static str, name: &str) -> Result<(), String> {
        if self.0.insert((space, name.to_owned())) {
            Ok(())
        } else {
            Err(format!("{space} twice: `{name}`"))
        }
    }
}

fn in_module(items: &[Item]) -> Option<String> {
    let mut names = Names::default();
    // Methods of one type, whichever of its `impl` blocks has them.
    let mut methods = Names::default();
    items
        .iter()
        .find_map(|item| of_item(item, &mut names, &mut methods).err())
}

/// Items under different `cfg` may have one name; those without stand for all.
fn is_conditional(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg"))
}

fn of_item(item: &Item, names: &mut Names, methods: &mut Names) -> Result<(), String> {
    match item {
        Item::Struct(item) if !is_conditional(&item.attrs) => {
            names.take("type", &item.ident.to_string())?;
            if !matches!(item.fields, Fields::Named(_)) {
                names.take("value", &item.ident.to_string())?;
            }
            of_fields(&item.fields)
        }
        Item::Enum(item) if !is_conditional(&item.attrs) => {
            names.take("type", &item.ident.to_string())?;
            let mut variants = Names::default();
            for variant in &item.variants {
                variants.take("variant", &variant.ident.to_string())?;
                of_fields(&variant.fields)?;
            }
            Ok(())
        }
        Item::Type(item) if !is_conditional(&item.attrs) => names.take("type", &item.ident.to_string()),
        Item::Trait(item) if !is_conditional(&item.attrs) => {
            let mut inner = Names::default();
            for item in &item.items {
                if let TraitItem::Fn(function) = item {
                    inner.take("method", &function.sig.ident.to_string())?;
                    of_signature(&function.sig)?;
                }
            }
            names.take("type", &item.ident.to_string())
        }
        Item::Mod(item) if !is_conditional(&item.attrs) => {
            names.take("type", &item.ident.to_string())?;
            let inner = item.content.as_ref().and_then(|(_, items)| in_module(items));
            inner.map_or(Ok(()), Err)
        }
        Item::Fn(item) if !is_conditional(&item.attrs) => {
            names.take("value", &item.sig.ident.to_string())?;
            of_signature(&item.sig)
        }
        Item::Const(item) if item.ident != "_" => names.take("value", &item.ident.to_string()),
        Item::Static(item) => names.take("value", &item.ident.to_string()),
        Item::Use(item) if !is_conditional(&item.attrs) => of_use(&item.tree, names),
        Item::Impl(item) => of_impl(item, methods),
        _ => Ok(()),
    }
}

fn of_fields(fields: &Fields) -> Result<(), String> {
    let mut names = Names::default();
    let idents = fields.iter().filter_map(|field| field.ident.as_ref());
    for ident in idents {
        names.take("field", &ident.to_string())?;
    }
    Ok(())
}

fn of_impl(item: &syn::ItemImpl, methods: &mut Names) -> Result<(), String> {
    let mut own = Names::default();
    let owner = match &*item.self_ty {
        syn::Type::Path(path) if path.path.segments.len() == 1 && item.trait_.is_none() => {
            let segment = &path.path.segments[0];
            // Different arguments are different types.
            segment.arguments.is_empty().then(|| segment.ident.to_string())
        }
        _ => None,
    };
    for associated in &item.items {
        let ImplItem::Fn(function) = associated else { continue };
        if is_conditional(&function.attrs) || is_conditional(&item.attrs) {
            continue;
        }
        of_signature(&function.sig)?;
        let name = function.sig.ident.to_string();
        match &owner {
            Some(owner) => methods.take("method", &format!("{owner}::{name}"))?,
            None => own.take("method", &name)?,
        }
    }
    Ok(())
}

fn of_signature(signature: &syn::Signature) -> Result<(), String> {
    let mut names = Names::default();
    for argument in &signature.inputs {
        if let syn::FnArg::Typed(argument) = argument
            && let syn::Pat::Ident(pattern) = &*argument.pat
        {
            names.take("argument", &pattern.ident.to_string())?;
        }
    }
    Ok(())
}

/// A `use` brings a name into every namespace that its target is in; which these are is not known here.
fn of_use(tree: &syn::UseTree, names: &mut Names) -> Result<(), String> {
    match tree {
        syn::UseTree::Path(path) => of_use(&path.tree, names),
        syn::UseTree::Group(group) => group.items.iter().try_for_each(|tree| of_use(tree, names)),
        syn::UseTree::Name(name) if name.ident != "self" => of_imported(&name.ident, names),
        syn::UseTree::Rename(rename) if rename.rename != "_" => of_imported(&rename.rename, names),
        _ => Ok(()),
    }
}

fn of_imported(ident: &syn::Ident, names: &mut Names) -> Result<(), String> {
    let name = ident.to_string();
    // By the spelling that the generator keeps to.
    let is_type = name.starts_with(char::is_uppercase) && !name.chars().all(|letter| !letter.is_lowercase());
    names.take(if is_type { "type" } else { "imported" }, &name)
}
