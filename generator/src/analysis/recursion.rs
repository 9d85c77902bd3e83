//! Boxes members through which a type would hold itself.

use crate::model::{Api, Shape, Type, TypeId};

/// Boxes as few members as break every cycle of types that hold one another by value.
pub(super) fn box_cycles(api: &mut Api) {
    for index in 0..api.types.len() {
        let id = TypeId::new(index);
        let targets = by_value(&api.types[index].shape);
        for target in targets {
            if reaches(api, target, id) {
                box_member(&mut api.types[index].shape, target);
            }
        }
    }
}

/// Returns the types that a value of the shape holds by value.
pub(super) fn by_value(shape: &Shape) -> Vec<TypeId> {
    super::types_in(shape).into_iter().filter_map(held).collect()
}

/// Returns the type that `type_` holds by value; arrays, maps and boxes hold theirs elsewhere.
fn held(type_: &Type) -> Option<TypeId> {
    match type_ {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => held(inner),
        _ => None,
    }
}

fn reaches(api: &Api, from: TypeId, to: TypeId) -> bool {
    let mut seen = vec![false; api.types.len()];
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        if !std::mem::replace(&mut seen[id.index()], true) {
            open.extend(by_value(&api.types[id.index()].shape));
        }
    }
    false
}

fn box_member(shape: &mut Shape, target: TypeId) {
    let wrap = |type_: &mut Type| {
        if held(type_) == Some(target) {
            box_type(type_);
        }
    };
    match shape {
        Shape::Object(object) => object.properties.iter_mut().map(|property| &mut property.type_).for_each(wrap),
        Shape::Union(union) => union.branches.iter_mut().map(|branch| &mut branch.type_).for_each(wrap),
        // A name for a type cannot be boxed; what it stands for is, further along the cycle.
        _ => {}
    }
}

/// Boxes `type_`, within its `null` if it has one.
pub(super) fn box_type(type_: &mut Type) {
    match type_ {
        Type::Nullable(inner) => box_type(inner),
        other => {
            let inner = std::mem::replace(other, Type::Json);
            *other = Type::Boxed(Box::new(inner));
        }
    }
}
