//! Decides what depends on the types as a whole: which properties are boxed, which traits are implemented, which types
//! callers build, which Cargo features they need, which assertions are evaluated only once.
//!
//! The order matters: the size of a type depends on which properties are boxed already.

mod constants;
mod conversions;
mod defaults;
mod derives;
mod environment;
mod features;
mod inputs;
mod needs;
mod recursion;
mod reference_cycles;
mod required;
mod shared_sets;
mod size;
mod statics;

use crate::model::{Api, Type, TypeId};

/// Decides every fact of `api` that does not follow from a single schema.
///
/// `environment` is the prefix of the environment variables that the crate reads, if it reads any.
pub(crate) fn analyse(api: &mut Api, environment: Option<&str>) {
    environment::settle(api, environment);
    reference_cycles::guard(api);
    inputs::mark(api);
    constants::mark(api);
    required::settle(api);
    recursion::box_cycles(api);
    size::box_large_branches(api);
    defaults::settle(api);
    derives::settle(api);
    conversions::settle(api);
    features::settle(api);
    statics::mark(api);
    shared_sets::settle(api);
    needs::settle(api);
}

/// Returns the named types in `type_`.
fn all_ids(type_: &Type) -> Vec<TypeId> {
    match type_ {
        Type::Named(id) => vec![*id],
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => all_ids(inner),
        _ => Vec::new(),
    }
}
