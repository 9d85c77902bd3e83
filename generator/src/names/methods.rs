//! Methods that setters must not hide.

use super::Namespace;

/// The methods of traits that the structs of the crate implement, or that Rust implements for every type, and of those
/// that callers most often bring into scope. A setter of that name would be called in place of the method.
///
/// `lt`, `max` and the like are none of them, for no struct with properties has an order; nor is `from`, which is no
/// method of a value.
const TRAIT_METHODS: [&str; 23] = [
    "as_mut",
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "drop",
    "eq",
    "fmt",
    "hash",
    "into",
    "into_iter",
    "ne",
    "partial_cmp",
    "to_owned",
    "to_string",
    "try_into",
    "type_id",
];

/// Returns a namespace for fields and their setters, in which the methods of traits and the `own` methods of the struct
/// are reserved: a property with such a name gets an underscore behind it, as one with the name of a keyword does.
#[must_use]
pub(crate) fn fields_beside(own: &[&str]) -> Namespace {
    let mut fields = Namespace::default();
    for method in TRAIT_METHODS.iter().chain(own) {
        fields.reserve(method);
    }
    fields
}
