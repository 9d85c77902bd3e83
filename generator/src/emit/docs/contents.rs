//! The table of a resource's operations.

use crate::emit::docs::markdown::{self, NO_BREAK};
use crate::model::{Operation, Resource};

/// Returns the table: a link to the function of each operation, its method and path, and what it does in one line.
pub(in crate::emit) fn table(resource: &Resource) -> String {
    let mut lines = vec![
        "| operation | request | what it does |".to_owned(),
        "| --- | --- | --- |".to_owned(),
    ];
    lines.extend(resource.operations.iter().map(row));
    lines.join("\n")
}

fn row(operation: &Operation) -> String {
    let request = format!("{} {}", operation.method, operation.path);
    let request = markdown::code_span(&request, true).replace(NO_BREAK, " ");
    let docs = &operation.docs;
    let words = if docs.title.is_empty() { &docs.text } else { &docs.title };
    let deprecated = if docs.deprecated { "Deprecated. " } else { "" };
    let words = format!("{deprecated}{}", markdown::cell(words));
    format!("| [`{}()`] | {request} | {} |", operation.function, words.trim_end())
}
