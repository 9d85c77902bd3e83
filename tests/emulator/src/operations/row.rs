//! The resource `dataTableRow`.

use serde_json::Value;

use super::Context;
use crate::failure::Failure;
use crate::reply::Reply;

/// `GET …/rows/{rowId}`
pub(super) fn get(context: &Context<'_>) -> Result<Reply, Failure> {
    let row = context.session.row(&context.table()?, &context.call.id("rowId"))?;
    Ok(Reply::ok(Value::Object(row)))
}

/// `PATCH …/rows/{rowId}`
pub(super) fn patch(context: &Context<'_>) -> Result<Reply, Failure> {
    let (table, id) = (context.table()?, context.call.id("rowId"));
    context.session.update_row(&table, &id, &context.call.members())?;
    let row = context.session.row(&table, &id)?;
    Ok(Reply::ok(Value::Object(row)))
}

/// `DELETE …/rows/{rowId}`
pub(super) fn delete(context: &Context<'_>) -> Result<Reply, Failure> {
    context
        .session
        .delete_row(&context.table()?, &context.call.id("rowId"))?;
    Ok(Reply::success())
}
