//! The operations that a document has: counted in its text, without the generator.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_yaml::Value;

/// The methods that a path item has operations for (OpenAPI 3.2 §4.9.1; `query` since then).
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Counts the operations below `paths`; those of path items in other files, too.
pub(super) fn count(document: &Path) -> Result<usize> {
    let tree = read(document)?;
    let Some(Value::Mapping(paths)) = tree.get("paths") else {
        return Ok(0);
    };
    let mut operations = 0;
    for (path, item) in paths {
        if path.as_str().is_some_and(|path| path.starts_with('/')) {
            operations += of_item(document, &tree, item);
        }
    }
    Ok(operations)
}

/// Counts the operations of a path item, and of the one that it refers to.
fn of_item(document: &Path, tree: &Value, item: &Value) -> usize {
    let Some(reference) = item.get("$ref").and_then(Value::as_str) else {
        return own(item);
    };
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let of_target = if file.is_empty() {
        find(tree, fragment).map_or(0, own)
    } else {
        // A file that cannot be read has no operations.
        let target = read(&document.parent().unwrap_or(document).join(file));
        target.map_or(0, |tree| find(&tree, fragment).map_or(0, own))
    };
    own(item) + of_target
}

/// Counts the operations that stand in a path item itself.
fn own(item: &Value) -> usize {
    let is_operation = |method: &&&str| item.get(**method).is_some_and(Value::is_mapping);
    let additional = item.get("additionalOperations").and_then(Value::as_mapping);
    METHODS.iter().filter(is_operation).count() + additional.map_or(0, serde_yaml::Mapping::len)
}

/// Returns what a JSON Pointer points at (RFC 6901), in the form for fragments of URIs.
fn find<'tree>(tree: &'tree Value, fragment: &str) -> Option<&'tree Value> {
    let mut found = tree;
    for token in fragment.split('/').skip(1) {
        let token = percent_encoding::percent_decode_str(token).decode_utf8().ok()?;
        found = found.get(token.replace("~1", "/").replace("~0", "~").as_str())?;
    }
    Some(found)
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_yaml::from_str(&text).with_context(|| format!("{} is no YAML", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_of_other_files_count() {
        let folder = ::tests::command::Scratch::new("corpus-operations");
        let document = folder.path().join("openapi.yaml");
        let text = "paths:\n  /a:\n    get: {}\n    parameters: []\n    additionalOperations: {COPY: {}}\n  \
                    /b: {$ref: 'b.yaml#/x~1y'}\n  /c: {$ref: '#/components/pathItems/c'}\n  /d: {$ref: gone.yaml}\n  \
                    x-none: {get: {}}\ncomponents: {pathItems: {c: {put: {}}}}\n";
        fs::write(&document, text).unwrap();
        fs::write(folder.path().join("b.yaml"), "x/y: {post: {}, query: {}}\n").unwrap();
        assert_eq!(count(&document).unwrap(), 5);
    }
}
