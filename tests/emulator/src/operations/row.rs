//! The resource `dataTableRow`.

use serde_json::Value;

use super::Context;
use crate::failure::Failure;
use crate::response::EmulatorResponse;

/// `GET …/rows/{rowId}`
pub(super) fn get(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let row = context.session.row(&context.table()?, &context.call.id("rowId"))?;
    Ok(EmulatorResponse::ok(Value::Object(row)))
}

/// `PATCH …/rows/{rowId}`
pub(super) fn patch(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let (table, id) = (context.table()?, context.call.id("rowId"));
    context.session.update_row(&table, &id, &context.call.properties())?;
    let row = context.session.row(&table, &id)?;
    Ok(EmulatorResponse::ok(Value::Object(row)))
}

/// `DELETE …/rows/{rowId}`
pub(super) fn delete(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    context
        .session
        .delete_row(&context.table()?, &context.call.id("rowId"))?;
    Ok(EmulatorResponse::success())
}
