//! Jobs. Each is done before it is said to be queued, so that nobody has to wait for its files.

use std::fs::File;
use std::io::Write as _;

use csv::Writer;
use rusqlite::params;
use serde_json::Value;

use crate::failure::Failure;
use crate::operations::Context;
use crate::response::EmulatorResponse;

/// Makes a file beside the database.
pub(crate) fn create(context: &Context<'_>, name: &str) -> Result<Writer<File>, Failure> {
    Ok(Writer::from_path(context.folder.join(name))?)
}

/// Writes down a job and the files that it has written.
pub(crate) fn finish(
    context: &Context<'_>,
    job: &str,
    files: Vec<(String, Writer<File>)>,
) -> Result<EmulatorResponse, Failure> {
    let mut names = Vec::new();
    for (name, file) in files {
        let mut file = file
            .into_inner()
            .map_err(|error| csv::Error::from(error.into_error()))?;
        file.flush().map_err(csv::Error::from)?;
        names.push(name);
    }
    let request = context.call.body.as_ref().map(Value::to_string);
    context.session.execute(
        r#"INSERT INTO "jobs" ("id", "operation", "request", "files") VALUES (?, ?, ?, ?)"#,
        params![job, context.call.operation, request, names.join("\n")],
    )?;
    Ok(EmulatorResponse::enqueued(job))
}

/// Returns a value as CSV has it.
pub(crate) fn csv_cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
