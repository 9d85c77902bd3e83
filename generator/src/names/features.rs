//! Names of Cargo features.

use super::Namespace;

/// The feature of what webhooks and callbacks refer to.
pub(crate) const WEBHOOKS: &str = "webhooks";

/// The feature of what nothing refers to.
pub(crate) const UNREFERENCED: &str = "unreferenced";

/// Names that no resource gives to its feature: those of the runtime's features, which not every crate has, and those
/// of Cargo and of the document as a whole.
const RESERVED_FEATURES: [&str; 13] = [
    "async",
    "blocking",
    "chrono",
    "client",
    "default",
    "jiff",
    "mock",
    "reqwest",
    "serde",
    "time",
    "tracing",
    UNREFERENCED,
    WEBHOOKS,
];

/// Returns the names of the features for resources, whose modules have the names `modules`.
///
/// A feature has the name of the module. Where that is reserved, it says that the feature is for operations
/// (`client_operations`); other features do not give way to it.
pub(crate) fn feature_names<'name>(modules: impl Iterator<Item = &'name str> + Clone) -> Vec<String> {
    let mut taken = Namespace::default();
    for module in modules.clone().filter(|module| !is_reserved(module)) {
        taken.reserve(module);
    }
    let feature = |module: &str| {
        if is_reserved(module) {
            taken.take(&format!("{}_operations", unmarked(module)), module)
        } else {
            module.to_owned()
        }
    };
    modules.map(feature).collect()
}

fn is_reserved(module: &str) -> bool {
    RESERVED_FEATURES.contains(&unmarked(module))
}

/// Returns the name without the underscore that keeps it from being a keyword.
fn unmarked(module: &str) -> &str {
    module.trim_end_matches('_')
}

#[cfg(test)]
mod tests {
    use super::feature_names;

    #[test]
    fn names_of_the_runtime_are_left_to_it() {
        let modules = ["async_", "client", "client_operations", "pets", "type_", "webhooks"];
        let expected = [
            "async_operations",
            "client_operations_",
            "client_operations",
            "pets",
            "type_",
            "webhooks_operations",
        ];
        assert_eq!(feature_names(modules.into_iter()), expected);
    }
}
