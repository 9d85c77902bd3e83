//! The Cargo features by which callers of an emitted crate choose parts of its API.

use toml::{Table, Value};

/// Returns the features of resources, of webhooks and of what nothing refers to. They are those that turn on no other
/// feature and no dependency.
///
/// # Panics
///
/// If the manifest has no table of features.
#[must_use]
pub fn api_features(manifest: &str) -> Vec<String> {
    let manifest: Table = manifest.parse().unwrap_or_else(|error| panic!("{error}\n{manifest}"));
    let features = manifest.get("features").and_then(Value::as_table);
    let features = features.unwrap_or_else(|| panic!("no features in\n{manifest}"));
    let is_part = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    let parts = features.iter().filter(|(_, value)| is_part(value));
    parts.map(|(name, _)| name.clone()).collect()
}
