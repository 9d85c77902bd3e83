//! The resource `dataTables`.

use serde_json::{Value, json};

use super::{Context, table};
use crate::failure::Failure;
use crate::response::EmulatorResponse;
use crate::store::Column;
use crate::store::tables::{Listing, Table};

/// `GET …/data-tables`
pub(super) fn get(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let Context { call, session, .. } = context;
    let application = context.application()?;
    let (page, per_page) = (call.count("page")?, call.count("perPage")?);
    let (sort, direction) = (call.text("sortField"), call.text("sortDirection"));
    let (field, filter) = (call.text("filterField"), call.text("filter"));
    let listing = Listing {
        application: &application,
        names: filter.filter(|_| field.is_some()),
        sort: sort.unwrap_or("name"),
        is_descending: direction == Some("desc"),
        offset: page.saturating_mul(per_page),
        limit: per_page,
    };
    let (found, total) = session.tables(&listing)?;
    let items: Result<Vec<Value>, Failure> = found.iter().map(|table| table::json(context, table)).collect();
    let items = items?;
    let mut body = json!({
        "_type": "dataTables",
        "applicationId": application,
        "count": items.len(),
        "items": items,
        "page": page,
        "perPage": per_page,
        "sortDirection": direction.unwrap_or("asc"),
        "sortField": listing.sort,
        "totalCount": total,
    });
    for (name, value) in [("filterField", field), ("filter", filter)] {
        if let Some(value) = value {
            body[name] = value.into();
        }
    }
    if call.text("_links") == Some("true") {
        body["_links"] = json!({"self": {"href": format!("/applications/{application}/data-tables")}});
    }
    Ok(EmulatorResponse::ok(body))
}

/// `POST …/data-tables`
pub(super) fn post(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let session = context.session;
    let application = context.application()?;
    let body = context.call.properties();
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut table = Table {
        id: session.new_id(),
        application,
        name: text("name").unwrap_or_default(),
        description: text("description"),
        created: session.date(),
        updated: session.date(),
        columns: Vec::new(),
    };
    for column in body.get("columns").and_then(Value::as_array).into_iter().flatten() {
        let column = Column::new(column, &table.columns)?;
        table.columns.push(column);
    }
    session.insert_table(&table)?;
    Ok(EmulatorResponse::created(table::json(context, &table)?))
}
