//! Boxes properties through which a type would hold itself.

use crate::model::{Api, Shape, Type, TypeId};

/// Boxes properties so that no type holds itself by value.
///
/// A walk over the types, in their order, boxes each property that leads back to a
/// type which the walk has not left yet: those close the cycles, and no other does.
pub(super) fn box_cycles(api: &mut Api) {
    let mut marks = vec![Mark::New; api.types.len()];
    for index in 0..api.types.len() {
        visit(api, TypeId::new(index), &mut marks);
    }
}

/// How far the walk has come with a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Left,
}

/// Walks from `start`; the stack is a list, for chains of types may be long.
fn visit(api: &mut Api, start: TypeId, marks: &mut [Mark]) {
    if marks[start.index()] != Mark::New {
        return;
    }
    marks[start.index()] = Mark::Open;
    let mut stack = vec![(start, by_value(&api.types[start.index()].shape))];
    while let Some((id, targets)) = stack.last_mut() {
        let id = *id;
        let Some(target) = targets.pop() else {
            marks[id.index()] = Mark::Left;
            stack.pop();
            continue;
        };
        match marks[target.index()] {
            Mark::Left => {}
            Mark::New => {
                marks[target.index()] = Mark::Open;
                stack.push((target, by_value(&api.types[target.index()].shape)));
            }
            Mark::Open => {
                // The name of a type cannot be boxed; the last type before it on the way can.
                let way = stack
                    .iter()
                    .rev()
                    .map(|(id, _)| *id)
                    .take_while(|id| *id != target)
                    .chain([target]);
                let pairs: Vec<(TypeId, TypeId)> = way
                    .scan(target, |next, id| Some((id, std::mem::replace(next, id))))
                    .collect();
                let boxable = |pair: &&(TypeId, TypeId)| !matches!(api.types[pair.0.index()].shape, Shape::Alias(_));
                if let Some((holder, held)) = pairs.iter().find(boxable).copied() {
                    box_property(&mut api.types[holder.index()].shape, held);
                }
            }
        }
    }
}

/// Returns the types that a value of the shape holds by value.
pub(super) fn by_value(shape: &Shape) -> Vec<TypeId> {
    shape.types().into_iter().filter_map(held).collect()
}

/// Returns the type that `type_` holds by value; arrays, maps and boxes hold theirs elsewhere.
fn held(type_: &Type) -> Option<TypeId> {
    match type_ {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => held(inner),
        _ => None,
    }
}

fn box_property(shape: &mut Shape, target: TypeId) {
    let wrap = |type_: &mut Type| {
        if held(type_) == Some(target) {
            box_type(type_);
        }
    };
    match shape {
        Shape::Object(object) => object
            .properties
            .iter_mut()
            .map(|property| &mut property.type_)
            .for_each(wrap),
        Shape::Union(union) => union
            .variants
            .iter_mut()
            .map(|variant| &mut variant.type_)
            .for_each(wrap),
        Shape::Tuple(tuple) => tuple
            .elements
            .iter_mut()
            .map(|element| &mut element.type_)
            .for_each(wrap),
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
