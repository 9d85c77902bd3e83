//! Ways through the objects of a document, by the grammar.

use crate::document::FieldContent::{List, Map, One, Plain, SchemaOrList};
use crate::document::{Kind, Node, Value};

/// Calls `visit` with the objects that `node`, of the kind `kind`, holds
/// directly: the path to each, its kind, and the object.
pub(crate) fn children<'node>(kind: Kind, node: &'node Node, mut visit: impl FnMut(&[&str], Kind, &'node Node)) {
    let Some(members) = node.as_object() else { return };
    for (name, value) in members {
        match kind.field(name) {
            Some((One(child), _)) => visit(&[name], child, value),
            Some((Map(child), _)) => {
                for (key, value) in value.as_object().into_iter().flatten() {
                    visit(&[name, key], child, value);
                }
            }
            Some((List(child), _)) => visit_list(name, child, value, &mut visit),
            Some((SchemaOrList, _)) if value.as_array().is_some() => {
                visit_list(name, Kind::Schema, value, &mut visit);
            }
            Some((SchemaOrList, _)) => visit(&[name], Kind::Schema, value),
            Some((Plain, _)) | None => {}
        }
    }
}

fn visit_list<'node>(name: &str, kind: Kind, list: &'node Node, visit: &mut impl FnMut(&[&str], Kind, &'node Node)) {
    for (index, value) in list.as_array().into_iter().flatten().enumerate() {
        visit(&[name, &index.to_string()], kind, value);
    }
}

/// Calls `visit` with the objects that `node` holds directly, as [`children`] does, to change them.
pub(in crate::document) fn children_mut(kind: Kind, node: &mut Node, mut visit: impl FnMut(&[&str], Kind, &mut Node)) {
    let Some(members) = node.as_object_mut() else { return };
    for (name, value) in members {
        let (child, is_list) = match kind.field(name) {
            Some((One(child), _)) => {
                visit(&[name], child, value);
                continue;
            }
            Some((Map(child), _)) => (child, false),
            Some((List(child), _)) => (child, true),
            Some((SchemaOrList, _)) if value.as_array().is_some() => (Kind::Schema, true),
            Some((SchemaOrList, _)) => {
                visit(&[name], Kind::Schema, value);
                continue;
            }
            Some((Plain, _)) | None => continue,
        };
        match &mut value.value {
            Value::Array(elements) if is_list => {
                for (index, element) in elements.iter_mut().enumerate() {
                    visit(&[name, &index.to_string()], child, element);
                }
            }
            Value::Object(members) if !is_list => {
                for (key, member) in members {
                    visit(&[name, key], child, member);
                }
            }
            _ => {}
        }
    }
}

/// Calls `change` with every object of the specification at or below `node`,
/// the inner ones first.
pub(in crate::document) fn for_each_mut(kind: Kind, node: &mut Node, change: &mut impl FnMut(Kind, &mut Node)) {
    children_mut(kind, node, |_, kind, child| for_each_mut(kind, child, change));
    change(kind, node);
}
