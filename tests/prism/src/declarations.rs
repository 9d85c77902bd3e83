//! Reads the operations of an emitted crate: what its functions take, and which parameters and parts that becomes.
//!
//! They are read from the source of the crate, as a user sees it, and not from the model of the generator.

mod form;
mod request;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use syn::{FnArg, Item, Pat, Signature, Type};

pub(crate) use self::form::Form;
pub(crate) use self::request::{Request, body_key, parameter_key};

/// The operations of one resource.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The module below `operations`.
    pub(crate) module: String,
    /// The functions that make requests.
    pub(crate) requests: Vec<Request>,
    /// The types of bodies that are sent as parts.
    pub(crate) forms: Vec<Form>,
    /// Structs that hold what a function requires.
    pub(crate) structs: Vec<Struct>,
}

/// A struct with its fields and their types.
#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) name: String,
    pub(crate) fields: Vec<(String, Type)>,
}

/// Reads the resources of the crate in `folder`, in the order of their names.
pub(crate) fn read(folder: &Path) -> Result<Vec<Resource>> {
    let folder = folder.join("src/operations");
    let mut resources = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        let module = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if module != "mod" {
            let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            resources.push(resource(module, &text).with_context(|| format!("{} is not understood", path.display()))?);
        }
    }
    resources.sort_by(|a, b| a.module.cmp(&b.module));
    Ok(resources)
}

fn resource(module: String, text: &str) -> Result<Resource> {
    let file = syn::parse_file(text)?;
    let mut requests = Vec::new();
    for item in &file.items {
        if let Item::Macro(item) = item
            && item
                .mac
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "request")
        {
            requests.push(syn::parse2::<Request>(item.mac.tokens.clone())?);
        }
    }
    let structs: Vec<Struct> = file.items.iter().filter_map(structure).collect();
    let forms = form::all(&file.items, &structs);
    Ok(Resource {
        module,
        requests,
        forms,
        structs,
    })
}

fn structure(item: &Item) -> Option<Struct> {
    let Item::Struct(item) = item else { return None };
    let fields = item
        .fields
        .iter()
        .filter_map(|field| Some((field.ident.as_ref()?.to_string(), field.ty.clone())));
    Some(Struct {
        name: item.ident.to_string(),
        fields: fields.collect(),
    })
}

/// Returns the arguments of a function: their names, and their types where these are not `impl Into`.
fn arguments(signature: &Signature) -> Vec<(String, Type)> {
    let named = |argument: &FnArg| match argument {
        FnArg::Typed(typed) => match typed.pat.as_ref() {
            Pat::Ident(name) => Some((name.ident.to_string(), typed.ty.as_ref().clone())),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    };
    signature.inputs.iter().filter_map(named).collect()
}

impl Resource {
    /// Returns the struct of this name.
    pub(crate) fn structure(&self, name: &str) -> Option<&Struct> {
        self.structs.iter().find(|structure| structure.name == name)
    }
}
