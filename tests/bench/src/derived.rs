//! What somebody writes by hand who has serde at hand.

#![allow(
    clippy::disallowed_types,
    reason = "the map that comes to hand; its order decides nothing here"
)]

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// A value of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Scalar {
    /// `true` or `false`
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// `null`
    Null,
}

/// A row of a data table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
    #[serde(flatten)]
    columns: HashMap<String, Scalar>,
}

/// The direction of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// `asc`
    Asc,
    /// `desc`
    Desc,
}

/// A page of rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rows {
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<Row>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort_column: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort_direction: Option<Direction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_table_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    application_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<serde_json::Map<String, serde_json::Value>>,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DataType {
    /// `string`
    String,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
}

/// What a column asks of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Constraint {
    /// `unique`
    Unique,
    /// `required`
    Required,
    /// `optional`
    Optional,
}

/// A column of a data table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Column {
    name: String,
    data_type: DataType,
    constraint: Constraint,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_value: Option<Scalar>,
}

/// The description of a data table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_table_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    application_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creation_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<Vec<Column>>,
}

/// The response that says that a job was queued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    #[serde(rename = "jobQueued", skip_serializing_if = "Option::is_none")]
    queued: Option<bool>,
    #[serde(rename = "jobId", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    success: Option<bool>,
}

/// The response that says what went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Error {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// A point of a time series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    time: String,
    data: HashMap<String, Scalar>,
}

/// A device of a time series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Device {
    name: String,
    tags: HashMap<String, Vec<String>>,
    points: Vec<Point>,
}

/// The response to a time-series query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    start: String,
    end: String,
    resolution: Option<f64>,
    aggregation: String,
    limit: Option<f64>,
    order: Direction,
    devices: HashMap<String, Device>,
}

/// What a query asks of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Condition {
    /// To be this value.
    Value(Scalar),
    /// To stand in these relations.
    Relations(Relations),
}

/// Relations to values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relations {
    #[serde(rename = "$eq", skip_serializing_if = "Option::is_none")]
    equal: Option<Scalar>,
    #[serde(rename = "$ne", skip_serializing_if = "Option::is_none")]
    unequal: Option<Scalar>,
    #[serde(rename = "$gt", skip_serializing_if = "Option::is_none")]
    above: Option<Scalar>,
    #[serde(rename = "$lt", skip_serializing_if = "Option::is_none")]
    below: Option<Scalar>,
    #[serde(rename = "$gte", skip_serializing_if = "Option::is_none")]
    at_least: Option<Scalar>,
    #[serde(rename = "$lte", skip_serializing_if = "Option::is_none")]
    at_most: Option<Scalar>,
    #[serde(rename = "$in", skip_serializing_if = "Option::is_none")]
    among: Option<Vec<Scalar>>,
    #[serde(rename = "$nin", skip_serializing_if = "Option::is_none")]
    not_among: Option<Vec<Scalar>>,
}

/// A query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Query {
    #[serde(rename = "$and", skip_serializing_if = "Option::is_none")]
    all: Option<Vec<Query>>,
    #[serde(rename = "$or", skip_serializing_if = "Option::is_none")]
    any: Option<Vec<Query>>,
    #[serde(rename = "$nor", skip_serializing_if = "Option::is_none")]
    none: Option<Vec<Query>>,
    #[serde(flatten)]
    columns: HashMap<String, Condition>,
}
