//! The resource `dataTableRows`.

use serde_json::{Map, Value, json};

use super::Context;
use crate::call::whole_number;
use crate::failure::Failure;
use crate::filter::{self, Condition};
use crate::jobs::{self, csv_cell};
use crate::response::EmulatorResponse;
use crate::store::rows::Selection;
use crate::store::tables::Table;

/// How many ids the response to an insert has room for.
const IDS: usize = 1000;

/// `GET …/rows` and `POST …/rows/query`, which takes a query besides.
pub(super) fn query(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let Context { call, session, .. } = context;
    let table = context.table()?;
    let query = call.properties();
    let (sort, direction) = (call.text("sortColumn").unwrap_or("id"), call.text("sortDirection"));
    let (limit, offset) = (call.count("limit")?, call.count("offset")?);
    let selection = Selection {
        condition: filter::query(&table, &query)?,
        sort: table.sql_name(sort)?.to_owned(),
        is_descending: direction == Some("desc"),
        offset,
        limit,
    };
    let included = included(&table, call.text("includeFields"))?;
    let (mut items, total) = session.rows(&table, &selection)?;
    if let Some(included) = included {
        for item in &mut items {
            item.retain(|name, _| included.contains(name));
        }
    }
    Ok(EmulatorResponse::ok(json!({
        "applicationId": table.application,
        "count": items.len(),
        "dataTableId": table.id,
        "items": items,
        "limit": limit,
        "offset": offset,
        "query": query,
        "sortColumn": sort,
        "sortDirection": direction.unwrap_or("asc"),
        "totalCount": total,
    })))
}

/// Returns the fields that a list with commas names; fails where the table lacks one.
fn included(table: &Table, list: Option<&str>) -> Result<Option<Vec<String>>, Failure> {
    let Some(list) = list else { return Ok(None) };
    let names: Vec<String> = list.split(',').map(|name| name.trim().to_owned()).collect();
    names.iter().try_for_each(|name| table.sql_name(name).map(drop))?;
    Ok(Some(names))
}

/// `POST …/rows`: all of the rows are inserted, or none.
pub(super) fn post(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let Context { call, session, .. } = context;
    let table = context.table()?;
    let Some(Value::Array(rows)) = &call.body else {
        let ids = session.insert_rows(&table, &[&call.properties()])?;
        let row = session.row(&table, &ids[0])?;
        return Ok(EmulatorResponse::created(Value::Object(row)));
    };
    if rows.len() > IDS {
        return Err(Failure::invalid(format!("at most {IDS} rows are inserted at a time")));
    }
    let rows: Vec<&Map<String, Value>> = rows.iter().filter_map(Value::as_object).collect();
    let ids = session.insert_rows(&table, &rows)?;
    Ok(EmulatorResponse::created(json!({
        "count": ids.len(),
        "createdAt": session.date(),
        "rowIds": ids,
    })))
}

/// `POST …/rows/delete`
pub(super) fn delete(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let table = context.table()?;
    let condition = filter::query(&table, &context.call.properties())?;
    let removed = context
        .session
        .delete_rows(&table, &condition, context.call.count("limit")?)?;
    Ok(EmulatorResponse::ok(json!({"removed": removed})))
}

/// `POST …/rows/truncate`
pub(super) fn truncate(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let table = context.table()?;
    context.session.delete_rows(&table, &Condition::constant(true), -1)?;
    Ok(EmulatorResponse::success())
}

/// `POST …/rows/export`: a file with a line for each row, the names of the columns first.
pub(super) fn export(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let table = context.table()?;
    let body = context.call.properties();
    let none = Map::new();
    let property = |name: &str| body.get(name).and_then(Value::as_object).unwrap_or(&none);
    let (query, options) = (property("query"), property("queryOptions"));
    let direction = options.get("sortDirection").and_then(Value::as_str).unwrap_or_default();
    let sort = options.get("sortColumn").and_then(Value::as_str);
    let selection = Selection {
        condition: filter::query(&table, query)?,
        sort: table
            .sql_name(sort.filter(|sort| !sort.is_empty()).unwrap_or("id"))?
            .to_owned(),
        is_descending: direction.eq_ignore_ascii_case("desc"),
        offset: count(options, "offset")?.unwrap_or(0),
        // To SQLite, a negative limit is none.
        limit: count(options, "limit")?.unwrap_or(-1),
    };
    let job = context.session.new_job();
    let name = format!("{job}.csv");
    let mut file = jobs::create(context, &name)?;
    file.write_record(table.names())?;
    context.session.cells(&table, &selection, |cells| {
        Ok(file.write_record(cells.iter().map(csv_cell))?)
    })?;
    jobs::finish(context, &job, vec![(name, file)])
}

/// Returns an option that the document calls a number and means as a count.
fn count(options: &Map<String, Value>, name: &str) -> Result<Option<i64>, Failure> {
    let Some(value) = options.get(name) else {
        return Ok(None);
    };
    match whole_number(value).filter(|count| *count >= 0) {
        Some(count) => Ok(Some(count)),
        None => Err(Failure::invalid(format!("{name} is no count: {value}"))),
    }
}
