//! Keeps the selected operations, and what they lead to. All names were decided by the whole document, so that a
//! selection changes none.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AliasTarget, Api, Assertion, ModulePath, Operation, Resource, Shape, TypeId, TypeIds};

/// The operations that are kept: the module and the function of each.
pub(in crate::lower) type Kept = BTreeSet<(String, String)>;

/// Removes the other operations, all webhooks and callbacks, and the types, sets of responses, security schemes and
/// servers that none of the operations that are left needs.
pub(in crate::lower) fn keep(api: &mut Api, kept: &Kept) {
    let own = own_servers(api);
    for resource in &mut api.resources {
        let module = &resource.module;
        let is_kept = |operation: &Operation| kept.contains(&(module.clone(), operation.function.clone()));
        resource.operations.retain(is_kept);
    }
    api.resources.retain(|resource| !resource.operations.is_empty());
    api.webhooks.clear();
    api.webhook_types.clear();
    let left = own_servers(api);
    api.servers.retain(|server| {
        let is_own = |urls: &BTreeSet<String>| server.own.as_ref().is_some_and(|own| urls.contains(own));
        !is_own(&own) || is_own(&left)
    });
    let sets: BTreeSet<String> = api.operations().flat_map(Operation::response_sets).cloned().collect();
    api.response_sets.retain(|set| sets.contains(&set.name));
    let sets: BTreeSet<String> = api.operations().filter_map(Operation::header_set).cloned().collect();
    api.header_sets.retain(|set| sets.contains(&set.name));
    let schemes: BTreeSet<&String> = api
        .operations()
        .flat_map(|operation| operation.security.iter().flatten())
        .collect();
    let schemes: BTreeSet<String> = schemes.into_iter().cloned().collect();
    api.schemes.retain(|scheme| schemes.contains(&scheme.static_name));
    keep_types(api);
}

/// Returns the URLs of the servers that operations have of their own.
fn own_servers(api: &Api) -> BTreeSet<String> {
    api.operations()
        .filter_map(|operation| operation.server.clone())
        .collect()
}

/// Removes the types that no operation leads to. The others keep their order.
fn keep_types(api: &mut Api) {
    take_constraints(api);
    let mut open = Vec::new();
    each_id_of_operations(api, &mut |id| open.push(*id));
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            let named = &mut api.types[id.index()];
            // What an id can be made from is not what it is made of.
            if let Shape::CheckedString { .. } = named.shape {
                named.constraints.each_id(&mut |id| open.push(*id));
            } else {
                named.each_id(&mut |id| open.push(*id));
            }
        }
    }
    for named in &mut api.types {
        if let Shape::CheckedString { from } = &mut named.shape {
            from.retain(|id| reached.contains(id));
        }
    }
    let mut ids = vec![TypeId::new(0); api.types.len()];
    for (place, id) in reached.iter().enumerate() {
        ids[id.index()] = TypeId::new(place);
    }
    let mut index = 0;
    api.types.retain(|_| {
        index += 1;
        reached.contains(&TypeId::new(index - 1))
    });
    let mut replace = |id: &mut TypeId| *id = ids[id.index()];
    for resource in &mut api.resources {
        keep_aliases(resource, &reached);
    }
    each_id_of_operations(api, &mut replace);
    each_id_of_aliases(api, &mut replace);
    api.types.iter_mut().for_each(|named| named.each_id(&mut replace));
    let resources = &api.resources;
    api.modules.retain_mut(|module| {
        module.types.retain(|id| reached.contains(id));
        module.types.iter_mut().for_each(&mut replace);
        match &module.path {
            ModulePath::Operations(name) => resources.iter().any(|resource| resource.module == *name),
            _ => !module.types.is_empty(),
        }
    });
}

/// Removes the former names of what is not kept.
fn keep_aliases(resource: &mut Resource, reached: &BTreeSet<TypeId>) {
    let operations = &resource.operations;
    resource.aliases.retain(|alias| match &alias.target {
        AliasTarget::Type(id) => reached.contains(id),
        AliasTarget::Local(name) => operations
            .iter()
            .any(|operation| operation.type_names().any(|own| own == name)),
        AliasTarget::Function(name) => operations.iter().any(|operation| operation.function == *name),
    });
}

/// Gives types the constraints that they share with a type of an operation that is not kept: equal schemas of several
/// operations have theirs with one of them.
fn take_constraints(api: &mut Api) {
    let mut open = Vec::new();
    each_id_of_operations(api, &mut |id| open.push(*id));
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            let types = api.types[id.index()].shape.types();
            types
                .into_iter()
                .cloned()
                .for_each(|mut type_| type_.each_id(&mut |id| open.push(*id)));
        }
    }
    let mut taken = BTreeMap::new();
    for id in reached.iter().copied() {
        while let [Assertion::Reference(other)] = api.named(id).constraints.0.as_slice() {
            let other = *other;
            let is_of_operation = matches!(api.named(other).module, ModulePath::Operations(_));
            if !is_of_operation || reached.contains(&other) || taken.contains_key(&other) {
                break;
            }
            api.types[id.index()].constraints = api.named(other).constraints.clone();
            taken.insert(other, id);
        }
    }
    let mut replace = |id: &mut TypeId| *id = taken.get(id).copied().unwrap_or(*id);
    each_id_of_operations(api, &mut replace);
    each_id_of_aliases(api, &mut replace);
    for id in reached {
        api.types[id.index()].each_id(&mut replace);
    }
}

fn each_id_of_operations(api: &mut Api, replace: &mut dyn FnMut(&mut TypeId)) {
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        operation.each_id(replace);
    }
    for case in api.response_sets.iter_mut().flat_map(|set| &mut set.cases) {
        case.each_id(replace);
    }
    for header in api.header_sets.iter_mut().flat_map(|set| &mut set.headers) {
        header.type_.each_id(replace);
    }
}

/// Calls `replace` with the types that have former names in the modules of operations. These keep no type.
fn each_id_of_aliases(api: &mut Api, replace: &mut dyn FnMut(&mut TypeId)) {
    for alias in api.resources.iter_mut().flat_map(|resource| &mut resource.aliases) {
        if let AliasTarget::Type(id) = &mut alias.target {
            replace(id);
        }
    }
}
