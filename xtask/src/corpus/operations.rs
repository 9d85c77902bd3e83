//! The operations that a document has: counted in its tree, before anything is made of it.

use std::fs;
use std::path::Path;

use ::tests::METHODS;
use anyhow::{Context as _, Result, anyhow};
use generator::unstable::read_document;
use generator::{Diagnostics, Sources};
use serde_json::Value;

/// Counts the operations below `paths`; those of path items in other files, too.
pub(super) fn count(document: &Path) -> Result<usize> {
    let tree = read(document)?;
    let Some(Value::Object(paths)) = tree.get("paths") else {
        return Ok(0);
    };
    let mut operations = 0;
    for (path, item) in paths {
        if path.starts_with('/') {
            operations += of_item(document, &tree, item);
        }
    }
    Ok(operations)
}

/// Returns how many operations ours says that a crate has: `99 operations, 217 types; …`.
pub(super) fn emitted(said: &str) -> Option<usize> {
    let counts = said.lines().filter_map(|line| line.split_once(" operation"));
    counts.filter_map(|(count, _)| count.parse().ok()).next_back()
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
    let is_operation = |method: &&&str| item.get(**method).is_some_and(Value::is_object);
    let additional = item.get("additionalOperations").and_then(Value::as_object);
    METHODS.iter().filter(is_operation).count() + additional.map_or(0, serde_json::Map::len)
}

/// Returns what a fragment of a URI points at ([RFC 6901 §6](https://www.rfc-editor.org/rfc/rfc6901#section-6)).
fn find<'tree>(tree: &'tree Value, fragment: &str) -> Option<&'tree Value> {
    tree.pointer(&percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?)
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path.to_string_lossy();
    let tree = read_document(&mut Sources::default(), &name, &text, &mut Diagnostics::default());
    let tree = tree.ok_or_else(|| anyhow!("{} is neither YAML nor JSON", path.display()))?;
    Ok(tree.to_json())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_crate_is_read() {
        let said =
            "warning: 3 operations are odd\n99 operations, 217 types; 1 file written, 3 kept\nledger: 0 degraded";
        assert_eq!(emitted(said), Some(99));
        assert_eq!(emitted("1 operation, 1 type; 1 file written"), Some(1));
        assert_eq!(emitted("error[x]: no"), None);
    }

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
