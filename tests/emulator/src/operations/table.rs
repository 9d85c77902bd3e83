//! The resource `dataTable`.

use serde_json::{Map, Value, json};

use super::Context;
use crate::failure::Failure;
use crate::response::EmulatorResponse;
use crate::store::Column;
use crate::store::tables::Table;

/// How many columns the schema `dataTable` has room for.
const COLUMNS: usize = 50;

/// `GET …/data-tables/{dataTableId}`
pub(super) fn get(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let table = context.table()?;
    Ok(EmulatorResponse::ok(json(context, &table)?))
}

/// `PATCH …/data-tables/{dataTableId}`
pub(super) fn patch(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let mut table = context.table()?;
    let body = context.call.properties();
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    table.name = text("name").unwrap_or(table.name);
    table.description = text("description").or(table.description);
    changed(context, table)
}

/// `DELETE …/data-tables/{dataTableId}`
pub(super) fn delete(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    context.session.delete_table(&context.table()?)?;
    Ok(EmulatorResponse::success())
}

/// `POST …/data-tables/{dataTableId}/column`
pub(super) fn add_column(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let mut table = context.table()?;
    if table.columns.len() == COLUMNS {
        return Err(Failure::invalid(format!("a table has at most {COLUMNS} columns")));
    }
    let body = Value::Object(context.call.properties());
    let column = Column::new(&body, &table.columns)?;
    context.session.insert_column(&table, &column)?;
    table.columns.push(column);
    changed(context, table)
}

/// `DELETE …/data-tables/{dataTableId}/column`
pub(super) fn remove_column(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let mut table = context.table()?;
    let name = context.call.text("columnName").unwrap_or_default();
    let column = table.column(name)?.clone();
    context.session.delete_column(&table, &column)?;
    table.columns.retain(|other| other.name != name);
    changed(context, table)
}

/// Writes that a table has changed, and returns it.
fn changed(context: &Context<'_>, mut table: Table) -> Result<EmulatorResponse, Failure> {
    table.updated = context.session.date();
    context.session.update_table(&table)?;
    Ok(EmulatorResponse::ok(json(context, &table)?))
}

/// Returns a table as the schema `dataTable` has it, with properties that Losant adds to it.
pub(super) fn json(context: &Context<'_>, table: &Table) -> Result<Value, Failure> {
    let columns: Vec<Value> = table.columns.iter().map(Column::to_json).collect();
    let mut properties = Map::new();
    let mut set = |name: &str, value: Value| properties.insert(name.to_owned(), value);
    set("_type", "dataTable".into());
    set("id", table.id.as_str().into());
    set("dataTableId", table.id.as_str().into());
    set("applicationId", table.application.as_str().into());
    set("creationDate", table.created.as_str().into());
    set("lastUpdated", table.updated.as_str().into());
    set("name", table.name.as_str().into());
    if let Some(description) = &table.description {
        set("description", description.as_str().into());
    }
    set("columns", columns.into());
    set("summary", json!({"count": context.session.count_rows(table)?}));
    if context.call.text("_links") == Some("true") {
        let href = format!("/applications/{}/data-tables/{}", table.application, table.id);
        set("_links", json!({"self": {"href": href}}));
    }
    Ok(Value::Object(properties))
}
