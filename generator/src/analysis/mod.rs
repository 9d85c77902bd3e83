//! Decides what depends on the types as a whole: which properties are boxed, which traits are implemented, which types
//! callers build, which assertions are evaluated only once.
//!
//! The order matters: the size of a type depends on which properties are boxed already.

mod constants;
mod inputs;
mod recursion;
mod reference_cycles;
mod required;
mod size;
mod statics;

use crate::model::{Api, Shape, Type, TypeId};

/// Decides every fact of `api` that does not follow from a single schema.
pub(crate) fn analyse(api: &mut Api) {
    reference_cycles::guard(api);
    inputs::mark(api);
    constants::mark(api);
    required::settle(api);
    recursion::box_cycles(api);
    size::box_large_branches(api);
    derive_eq(api);
    statics::mark(api);
    for named in &mut api.types {
        named.is_default = match &named.shape {
            Shape::Object(object) => object.properties.iter().all(|property| !property.is_there_by_default()),
            Shape::Tuple(tuple) => tuple.elements.iter().all(|element| !element.is_there_by_default()),
            Shape::Wrapper(type_) => !matches!(
                type_,
                Type::Decimal | Type::DateTime | Type::Date | Type::Scalar | Type::Named(_) | Type::Boxed(_)
            ),
            _ => false,
        };
    }
}

/// Marks types that hold no `f64`, directly or through others.
fn derive_eq(api: &mut Api) {
    let mut partial: Vec<bool> = api
        .types
        .iter()
        .map(|named| named.shape.types().iter().any(|type_| has_float(type_)))
        .collect();
    loop {
        let holds_partial = |named: &crate::model::Named| {
            named
                .shape
                .types()
                .into_iter()
                .any(|type_| all_ids(type_).into_iter().any(|id| partial[id.index()]))
        };
        let next: Vec<bool> = api
            .types
            .iter()
            .zip(&partial)
            .map(|(named, is)| *is || holds_partial(named))
            .collect();
        if next == partial {
            break;
        }
        partial = next;
    }
    for (named, partial) in api.types.iter_mut().zip(partial) {
        named.is_eq = !partial;
    }
}

fn has_float(type_: &Type) -> bool {
    match type_ {
        Type::Number => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => has_float(inner),
        _ => false,
    }
}

/// Returns the named types in `type_`.
fn all_ids(type_: &Type) -> Vec<TypeId> {
    match type_ {
        Type::Named(id) => vec![*id],
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => all_ids(inner),
        _ => Vec::new(),
    }
}
