//! Former names: paths that types and operations had in an earlier version of the crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{At, Diagnostic};
use crate::lock;
use crate::model::{Alias, AliasTarget, Api, FormerName, ModulePath, Operation, TypeId};
use crate::names;

const HELP: &str = "in the table [aliases] of the names lock stand former paths, each with the path of the item that has \
                    it now; mend the line, or remove it";

/// Adds the former names of a lock to the model. Returns a diagnostic for each that stands for nothing.
pub(in crate::lower) fn declare(api: &mut Api, aliases: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (former, path) in aliases {
        let path = current(aliases, path);
        if let Err(message) = declare_one(api, former, path) {
            let message = format!("the former name `{former}` of `{path}` is left out: {message}");
            faults.push(Diagnostic::warning_at("names-lock-alias", At::Nowhere, message).with_help(HELP));
        }
    }
    for resource in &mut api.resources {
        let mut taken: BTreeSet<String> = resource
            .operations
            .iter()
            .flat_map(Operation::type_names)
            .map(str::to_owned)
            .collect();
        resource.aliases.retain(|alias| taken.insert(alias.name.clone()));
    }
    faults
}

/// Follows a path through later renames to the one of today.
fn current<'lock>(aliases: &'lock BTreeMap<String, String>, path: &'lock str) -> &'lock str {
    let mut path = path;
    // As many steps as there are aliases: a longer way would lead in a circle.
    for _ in aliases {
        let Some(next) = aliases.get(path) else { break };
        path = next;
    }
    path
}

fn declare_one(api: &mut Api, former: &str, path: &str) -> Result<(), String> {
    let missing = || format!("the crate has no `{path}`");
    let (module, name) = lock::split(former).ok_or_else(|| "it is no path".to_owned())?;
    let (of, target) = lock::split(path).ok_or_else(missing)?;
    let type_ = find_type(api, of, target);
    if find_type(api, module, name).is_some() || find_in_operations(api, module, name).is_some() {
        return Err("the crate has another item of this name".to_owned());
    }
    if let Some(id) = type_
        && module == of
        && !module.starts_with("operations::")
    {
        let former = FormerName {
            name: name.to_owned(),
            required: names::required_name(name),
        };
        api.types[id.index()].former.push(former);
        return Ok(());
    }
    let in_operations = find_in_operations(api, of, target);
    if type_.is_none() && in_operations.is_none() {
        return Err(missing());
    }
    let resource = module.strip_prefix("operations::").and_then(|module| {
        let mut resources = api.resources.iter_mut();
        resources.find(|resource| resource.module == module)
    });
    let resource = resource.ok_or_else(|| format!("the crate has no module `{module}` for it"))?;
    let target = match (type_, in_operations) {
        (Some(id), _) => AliasTarget::Type(id),
        (None, Some(local)) if of == module => local,
        (None, Some(_)) => return Err("items of operations have former names in their own module alone".to_owned()),
        (None, None) => return Err(missing()),
    };
    let mut operations = resource.operations.iter();
    let operation = match &target {
        AliasTarget::Local(local) => operations.find(|operation| operation.request_type == *local),
        _ => None,
    };
    if let Some(operation) = operation {
        // What is named after a request, such as its errors, has a former name too.
        let named_after = operation.type_names().filter_map(|own| {
            let rest = own.strip_prefix(operation.request_type.as_str())?;
            (!rest.is_empty()).then(|| Alias {
                name: format!("{name}{rest}"),
                target: AliasTarget::Local(own.to_owned()),
            })
        });
        let named_after: Vec<Alias> = named_after.collect();
        resource.aliases.extend(named_after);
    }
    resource.aliases.push(Alias {
        name: name.to_owned(),
        target,
    });
    Ok(())
}

fn find_type(api: &Api, module: &str, name: &str) -> Option<TypeId> {
    let is_same = |id: &TypeId| {
        let named = api.named(*id);
        named.name == name && named.module.rust_path() == module
    };
    (0..api.types.len()).map(TypeId::new).find(is_same)
}

/// Finds a function of an operation, or a type that is written with it.
fn find_in_operations(api: &Api, module: &str, name: &str) -> Option<AliasTarget> {
    let is_module =
        |resource: &&crate::model::Resource| ModulePath::Operations(resource.module.clone()).rust_path() == module;
    let resource = api.resources.iter().find(is_module)?;
    let mut operations = resource.operations.iter();
    operations.find_map(|operation| {
        if operation.function == name {
            return Some(AliasTarget::Function(name.to_owned()));
        }
        let mut types = operation.type_names();
        let found = types.find(|type_| *type_ == name)?;
        Some(AliasTarget::Local(found.to_owned()))
    })
}
