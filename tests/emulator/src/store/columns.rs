//! Columns of a data table, and their values in SQL and in JSON.

use rusqlite::types::{Value as Sql, ValueRef};
use serde_json::{Map, Number, Value};

use crate::failure::Failure;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DataType {
    /// Texts.
    String,
    /// Numbers.
    Number,
    /// `true` and `false`, which are 1 and 0 in SQL.
    Boolean,
}

/// What the cells of a column have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Constraint {
    /// Present, and no two alike.
    Unique,
    /// Present.
    Required,
    /// Nothing: a cell may be null.
    Optional,
}

/// A column that somebody gave a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    /// Its name.
    pub(crate) name: String,
    /// What its values are.
    pub(crate) data_type: DataType,
    /// What its cells have to be.
    pub(crate) constraint: Constraint,
    /// The value of a new row that does not mention the column.
    pub(crate) default: Option<Sql>,
    /// Its name in SQL, where case does not tell names apart.
    pub(crate) sql: String,
}

impl DataType {
    const NAMES: [(&'static str, Self); 3] = [
        ("string", Self::String),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
    ];

    /// Returns the type of this name; the schema knows no others.
    pub(crate) fn named(name: &str) -> Self {
        let known = Self::NAMES.iter().find(|(other, _)| *other == name);
        known.map_or(Self::String, |(_, data_type)| *data_type)
    }

    /// Returns its name.
    pub(crate) fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, other)| *other == self);
        known.map_or("", |(name, _)| name)
    }

    /// Returns the type that SQL declares the column of.
    pub(crate) fn declared(self) -> &'static str {
        match self {
            Self::String => "TEXT",
            Self::Number => "NUMERIC",
            Self::Boolean => "BOOLEAN",
        }
    }

    /// Returns a value of this type as SQL has it; `None` where it is of another type.
    pub(crate) fn to_sql(self, value: &Value) -> Option<Sql> {
        match (self, value) {
            (Self::String, Value::String(text)) => Some(Sql::Text(text.clone())),
            (Self::Boolean, Value::Bool(value)) => Some(Sql::Integer(i64::from(*value))),
            (Self::Number, Value::Number(number)) => {
                let real = || number.as_f64().map(Sql::Real);
                number.as_i64().map(Sql::Integer).or_else(real)
            }
            _ => None,
        }
    }

    /// Returns a cell as JSON has it.
    pub(crate) fn to_json(self, cell: ValueRef<'_>) -> Value {
        match (self, cell) {
            (Self::Boolean, ValueRef::Integer(value)) => Value::Bool(value != 0),
            (_, ValueRef::Integer(value)) => Value::from(value),
            (_, ValueRef::Real(value)) => number(value),
            (_, ValueRef::Text(text)) => Value::from(String::from_utf8_lossy(text)),
            (_, ValueRef::Null | ValueRef::Blob(_)) => Value::Null,
        }
    }
}

impl Constraint {
    const NAMES: [(&'static str, Self); 3] = [
        ("unique", Self::Unique),
        ("required", Self::Required),
        ("optional", Self::Optional),
    ];

    /// Returns the constraint of this name; the schema knows no others.
    pub(crate) fn named(name: &str) -> Self {
        let known = Self::NAMES.iter().find(|(other, _)| *other == name);
        known.map_or(Self::Optional, |(_, constraint)| *constraint)
    }

    /// Returns its name.
    pub(crate) fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, other)| *other == self);
        known.map_or("", |(name, _)| name)
    }
}

impl Column {
    /// The columns that every table has, as its rows have them.
    pub(crate) const FIXED: [&'static str; 3] = ["id", "createdAt", "updatedAt"];

    /// Makes a column of a value of the schema `dataTableColumn`, beside `others`.
    pub(crate) fn new(value: &Value, others: &[Self]) -> Result<Self, Failure> {
        let text = |name: &str| value[name].as_str().unwrap_or_default();
        let name = text("name").to_owned();
        if Self::FIXED.contains(&name.as_str()) {
            return Err(Failure::invalid(format!("every table has a column {name:?} already")));
        }
        if others.iter().any(|other| other.name == name) {
            return Err(Failure::invalid(format!("the table has two columns {name:?}")));
        }
        let data_type = DataType::named(text("dataType"));
        let constraint = Constraint::named(text("constraint"));
        let default = match value.get("defaultValue") {
            None => None,
            Some(_) if constraint != Constraint::Optional => {
                return Err(Failure::invalid(format!(
                    "{name:?} is not optional, so it has no default"
                )));
            }
            Some(value) => match data_type.to_sql(value) {
                Some(value) => Some(value),
                None => return Err(wrong_type(&name, data_type)),
            },
        };
        let sql = sql_name(&name, others);
        Ok(Self {
            name,
            data_type,
            constraint,
            default,
            sql,
        })
    }

    /// Returns the column as a value of the schema `dataTableColumn`.
    pub(crate) fn to_json(&self) -> Value {
        let mut properties = Map::new();
        properties.insert("name".to_owned(), self.name.as_str().into());
        properties.insert("dataType".to_owned(), self.data_type.name().into());
        properties.insert("constraint".to_owned(), self.constraint.name().into());
        if let Some(default) = &self.default {
            properties.insert("defaultValue".to_owned(), self.data_type.to_json(default.into()));
        }
        Value::Object(properties)
    }

    /// Returns the cell that `value` gives.
    pub(crate) fn cell(&self, value: &Value) -> Result<Sql, Failure> {
        if let Some(cell) = self.data_type.to_sql(value) {
            return Ok(cell);
        }
        match (value, self.constraint) {
            (Value::Null, Constraint::Optional) => Ok(Sql::Null),
            (Value::Null, _) => Err(Failure::invalid(format!("{:?} has to have a value", self.name))),
            _ => Err(wrong_type(&self.name, self.data_type)),
        }
    }

    /// Returns the cell of a new row that does not mention the column.
    pub(crate) fn empty_cell(&self) -> Result<Sql, Failure> {
        match &self.default {
            Some(default) => Ok(default.clone()),
            None => self.cell(&Value::Null),
        }
    }
}

/// Returns a number as Losant writes it, which is JavaScript's way: a whole one without a point.
pub(crate) fn number(value: f64) -> Value {
    /// Beyond 2^53, not every whole number is one of `f64`.
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    let whole = value.to_string().parse::<i64>().ok();
    match whole.filter(|_| value.abs() <= WHOLE) {
        Some(whole) => whole.into(),
        None => Number::from_f64(value).map_or(Value::Null, Value::Number),
    }
}

fn wrong_type(name: &str, data_type: DataType) -> Failure {
    Failure::invalid(format!("{name:?} takes a {} alone", data_type.name()))
}

/// Returns the name itself, or with a number after a `~`, which no name of a column holds, where SQLite would take it
/// for another of the table.
fn sql_name(name: &str, others: &[Column]) -> String {
    let others = others.iter().map(|other| other.sql.as_str());
    let taken: Vec<&str> = others.chain(Column::FIXED).collect();
    let is_free = |name: &String| taken.iter().all(|other| !other.eq_ignore_ascii_case(name));
    let numbered = (2..).map(|number| format!("{name}~{number}"));
    let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
    candidates.find(is_free).unwrap_or_default()
}
