//! Which devices a data operation is about.
//!
//! A device is chosen if its id is among `deviceIds`, or it has one of `deviceTags`, or `deviceQuery` is true of it. Where
//! none of the three is given, all devices are.

use rusqlite::types::Value as Sql;
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::filter::{self, Condition, Field, Fields, Kind};

/// The three properties of a body that choose devices.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Selector<'s>(pub(crate) &'s Map<String, Value>);

/// The fields of the schema `advancedDeviceQuery`.
struct Devices;

impl Selector<'_> {
    /// Returns the condition that chooses.
    pub(crate) fn condition(self) -> Result<Condition, Failure> {
        let mut conditions = Vec::new();
        if let Some(Value::Array(ids)) = self.0.get("deviceIds") {
            let ids = ids.iter().filter_map(Value::as_str);
            let ids: Vec<Sql> = ids.map(|id| id.to_ascii_lowercase().into()).collect();
            let marks = vec!["?"; ids.len()].join(", ");
            conditions.push(Condition::new(format!(r#"("id" IN ({marks}))"#), ids));
        }
        if let Some(Value::Array(tags)) = self.0.get("deviceTags") {
            let one = |tag: &Value| {
                let part = |name: &str| tag.get(name).map(|value| part(name, value));
                tagged([part("key"), part("value")].into_iter().flatten().collect())
            };
            conditions.push(Condition::any(tags.iter().map(one).collect()));
        }
        if let Some(Value::Object(query)) = self.0.get("deviceQuery") {
            conditions.push(filter::query(&Devices, query)?);
        }
        if conditions.is_empty() {
            Ok(Condition::constant(true))
        } else {
            Ok(Condition::any(conditions))
        }
    }
}

impl Fields for Devices {
    fn field(&self, name: &str) -> Result<Field, Failure> {
        let kind = match name {
            "creationDate" | "lastUpdated" | "deletedAt" | "connectedAt" | "disconnectedAt" => Kind::Date,
            _ => Kind::Text,
        };
        let sql = format!(r#""devices"."{name}""#);
        Ok(Field { kind, sql })
    }

    fn test(&self, name: &str, test: &Value) -> Result<Condition, Failure> {
        match name {
            "tags" => Ok(tags(test)),
            "attributeName" | "ancestorId" | "experienceUserId" | "experienceGroupId" => Ok(several(name, test)),
            _ => Ok(filter::value(&self.field(name)?, test)),
        }
    }
}

/// Returns the condition on a field that a device has any number of: `$ne` and `$nin` are true where no value is equal,
/// `null` is where there is no value, every other test where it is true of one value.
fn several(name: &str, test: &Value) -> Condition {
    let rows = match name {
        "attributeName" => {
            r#"(SELECT "name" AS "value" FROM "device_attributes" WHERE "deviceId" = "devices"."id")"#.to_owned()
        }
        _ => {
            format!(r#"(SELECT "value" FROM "device_values" WHERE "deviceId" = "devices"."id" AND "field" = '{name}')"#)
        }
    };
    let field = Field {
        kind: Kind::Text,
        sql: r#""value""#.to_owned(),
    };
    let exists = |condition: Condition| {
        let sql = format!("EXISTS (SELECT 1 FROM {rows} WHERE {})", condition.sql);
        Condition::new(sql, condition.values)
    };
    let equal = |operand: &Value, ci: &Value| match operand {
        Value::Null => exists(Condition::constant(true)).not(),
        _ => exists(filter::value(&field, &serde_json::json!({"$eq": operand, "$ci": ci}))),
    };
    let Some(operators) = test.as_object() else {
        return equal(test, &Value::Bool(false));
    };
    let ci = operators.get("$ci").cloned().unwrap_or(Value::Bool(false));
    let one = |(operator, operand): (&String, &Value)| match operator.as_str() {
        "$ci" => Condition::constant(true),
        "$eq" => equal(operand, &ci),
        "$ne" => equal(operand, &ci).not(),
        "$nin" => exists(filter::value(&field, &serde_json::json!({"$in": operand, "$ci": ci}))).not(),
        "$gte" | "$lte" if operand.is_null() => equal(operand, &ci),
        _ => exists(filter::value(
            &field,
            &serde_json::json!({operator: operand, "$ci": ci}),
        )),
    };
    Condition::all(operators.iter().map(one).collect())
}

/// Returns the condition that `test`, a value of the schema `advancedTagQueryWithOps`, makes of the tags.
///
/// A device has to have a tag that passes all of `$tagKey` and `$tagValue`, or, for each other key, a tag of that key
/// whose value passes. `null` asks for the lack of a tag that passes the rest.
fn tags(test: &Value) -> Condition {
    let Some(properties) = test.as_object() else {
        return tagged(Vec::new()).not();
    };
    if let Some(test) = properties.get("$eq") {
        return tags(test);
    }
    if let Some(test) = properties.get("$ne") {
        return tags(test).not();
    }
    if properties.contains_key("$tagKey") || properties.contains_key("$tagValue") {
        let given = [("key", "$tagKey"), ("value", "$tagValue")];
        let given = given
            .into_iter()
            .filter_map(|(column, name)| Some((column, properties.get(name)?)));
        return one_tag(given.collect());
    }
    let by_key = |(key, test): (&String, &Value)| one_tag(vec![("key", &Value::from(key.as_str())), ("value", test)]);
    Condition::all(properties.iter().map(by_key).collect())
}

fn one_tag(tests: Vec<(&str, &Value)>) -> Condition {
    let lacks = tests.iter().any(|(_, test)| test.is_null());
    let tests = tests.into_iter().filter(|(_, test)| !test.is_null());
    let found = tagged(tests.map(|(column, test)| part(column, test)).collect());
    if lacks { found.not() } else { found }
}

/// Returns whether a device has a tag that meets all of `parts`.
fn tagged(parts: Vec<Condition>) -> Condition {
    let all = Condition::all(parts);
    let sql = format!(
        r#"EXISTS (SELECT 1 FROM "device_tags" WHERE "deviceId" = "devices"."id" AND {})"#,
        all.sql
    );
    Condition::new(sql, all.values)
}

fn part(column: &str, test: &Value) -> Condition {
    let field = Field {
        kind: Kind::Text,
        sql: format!(r#""device_tags"."{column}""#),
    };
    filter::value(&field, test)
}
