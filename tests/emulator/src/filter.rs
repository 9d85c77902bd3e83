//! The schema `advancedQuery`, as a condition of SQL.
//!
//! A value compares with values of its own type alone: a test with a value of another type is as false as one with a
//! value that no row has, so `$ne` and `$nin` are true of it. Null is a type of one value, so `$gte: null` and
//! `$lte: null` are true of null, `$gt: null` and `$lt: null` of nothing, and null is neither less nor greater than
//! anything. With `$ci: true`, texts are put into lower case (as Unicode has it) before any test of the same object.
//! Texts compare by code points. All properties of an object have to be true; an empty list in `$and` or `$nor` is true, in `$or` false.

use rusqlite::types::Value as Sql;
use serde_json::{Map, Value};

use crate::clock;
use crate::failure::Failure;
use crate::store::DataType;

/// How deep `$and`, `$or` and `$nor` may lie in each other, so that SQLite is not asked for too much.
const DEPTH: usize = 20;

/// A condition of SQL, with the values of its `?` in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition {
    /// The text, which never is null and binds as tightly as a term.
    pub(crate) sql: String,
    /// The values.
    pub(crate) values: Vec<Sql>,
}

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Texts.
    Text,
    /// Texts that are dates, all written alike.
    Date,
    /// Numbers.
    Number,
    /// 0 and 1.
    Boolean,
}

/// A field that a query may name.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// What its values are.
    pub(crate) kind: Kind,
    /// An expression of SQL for the value.
    pub(crate) sql: String,
}

/// The fields of what is queried.
pub(crate) trait Fields {
    /// Returns the field of a name; fails where there is none.
    fn field(&self, name: &str) -> Result<Field, Failure>;

    /// Returns the condition that `test`, a value of the schema `advancedValueQuery`, makes of a field.
    fn test(&self, name: &str, test: &Value) -> Result<Condition, Failure> {
        Ok(value(&self.field(name)?, test))
    }
}

impl Kind {
    /// Returns the kind of the values of a column.
    pub(crate) fn of(data_type: DataType) -> Self {
        match data_type {
            DataType::String => Self::Text,
            DataType::Number => Self::Number,
            DataType::Boolean => Self::Boolean,
        }
    }

    fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Date)
    }

    /// Returns a value that one of this kind may be equal to; `None` where it is of another type.
    fn operand(self, value: &Value) -> Option<Sql> {
        match self {
            Self::Text => DataType::String.to_sql(value),
            Self::Date => {
                let text = value.as_str()?;
                Some(clock::canonical(text).unwrap_or_else(|| text.to_owned()).into())
            }
            Self::Number => DataType::Number.to_sql(value),
            Self::Boolean => DataType::Boolean.to_sql(value),
        }
    }
}

impl Condition {
    /// Returns a condition that is the same of everything.
    pub(crate) fn constant(is_true: bool) -> Self {
        let sql = if is_true { "1" } else { "0" };
        Self::new(sql.to_owned(), Vec::new())
    }

    /// Returns a condition; `sql` has to bind as tightly as a term.
    pub(crate) fn new(sql: String, values: Vec<Sql>) -> Self {
        Self { sql, values }
    }

    /// Returns the opposite.
    #[must_use]
    pub(crate) fn not(self) -> Self {
        Self::new(format!("(NOT {})", self.sql), self.values)
    }

    /// Returns whether all of them are true.
    pub(crate) fn all(conditions: Vec<Self>) -> Self {
        Self::joined(conditions, "AND", true)
    }

    /// Returns whether one of them is true.
    pub(crate) fn any(conditions: Vec<Self>) -> Self {
        Self::joined(conditions, "OR", false)
    }

    /// Joins conditions by halves: SQLite takes a tree of a thousand levels, and a list of them would be a level each.
    fn joined(mut conditions: Vec<Self>, operator: &str, empty: bool) -> Self {
        match conditions.len() {
            0 => Self::constant(empty),
            1 => conditions.remove(0),
            count => {
                let right = Self::joined(conditions.split_off(count / 2), operator, empty);
                let left = Self::joined(conditions, operator, empty);
                let mut values = left.values;
                values.extend(right.values);
                Self::new(format!("({} {operator} {})", left.sql, right.sql), values)
            }
        }
    }
}

/// Returns the condition that a query makes.
pub(crate) fn query(fields: &dyn Fields, query: &Map<String, Value>) -> Result<Condition, Failure> {
    nested(fields, query, DEPTH)
}

fn nested(fields: &dyn Fields, query: &Map<String, Value>, depth: usize) -> Result<Condition, Failure> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(Failure::invalid(format!("the query is more than {DEPTH} levels deep")));
    };
    let list = |value: &Value| {
        let queries = value.as_array().into_iter().flatten().filter_map(Value::as_object);
        queries
            .map(|query| nested(fields, query, depth))
            .collect::<Result<Vec<_>, _>>()
    };
    let condition = |(name, value): (&String, &Value)| match name.as_str() {
        "$and" => Ok(Condition::all(list(value)?)),
        "$or" => Ok(Condition::any(list(value)?)),
        "$nor" => Ok(Condition::any(list(value)?).not()),
        name => fields.test(name, value),
    };
    let conditions: Result<Vec<_>, Failure> = query.iter().map(condition).collect();
    Ok(Condition::all(conditions?))
}

/// Returns the condition that `test`, a value of the schema `advancedValueQuery`, makes of a field.
pub(crate) fn value(field: &Field, test: &Value) -> Condition {
    let Some(operators) = test.as_object() else {
        return equal(field, test, false);
    };
    let is_folded = operators.get("$ci") == Some(&Value::Bool(true));
    let operators = operators.iter().filter(|(operator, _)| *operator != "$ci");
    let conditions = operators.map(|(operator, operand)| one(field, operator, operand, is_folded));
    Condition::all(conditions.collect())
}

fn one(field: &Field, operator: &str, operand: &Value, is_folded: bool) -> Condition {
    match operator {
        "$eq" => equal(field, operand, is_folded),
        "$ne" => equal(field, operand, is_folded).not(),
        "$in" => among(field, operand, is_folded),
        "$nin" => among(field, operand, is_folded).not(),
        "$gt" => ordered(field, ">", operand, is_folded),
        "$lt" => ordered(field, "<", operand, is_folded),
        "$gte" => ordered(field, ">=", operand, is_folded),
        "$lte" => ordered(field, "<=", operand, is_folded),
        "$startsWith" => text(field, "starts_with", operand, is_folded),
        "$endsWith" => text(field, "ends_with", operand, is_folded),
        "$contains" => text(field, "contains", operand, is_folded),
        // The schema has no others.
        _ => Condition::constant(false),
    }
}

fn equal(field: &Field, operand: &Value, is_folded: bool) -> Condition {
    if operand.is_null() {
        return Condition::new(format!("({} IS NULL)", field.sql), Vec::new());
    }
    compared(field, "=", operand, is_folded)
}

fn ordered(field: &Field, operator: &str, operand: &Value, is_folded: bool) -> Condition {
    match (operand, operator) {
        (Value::Null, ">=" | "<=") => equal(field, operand, is_folded),
        (Value::Null, _) => Condition::constant(false),
        _ => compared(field, operator, operand, is_folded),
    }
}

fn compared(field: &Field, operator: &str, operand: &Value, is_folded: bool) -> Condition {
    let (sql, is_folded) = folded(field, is_folded);
    match operand_of(field.kind, operand, is_folded) {
        Some(value) => Condition::new(format!("ifnull({sql} {operator} ?, 0)"), vec![value]),
        None => Condition::constant(false),
    }
}

fn among(field: &Field, operands: &Value, is_folded: bool) -> Condition {
    let (sql, is_folded) = folded(field, is_folded);
    let operands = operands.as_array().into_iter().flatten();
    let values = operands.filter_map(|operand| operand_of(field.kind, operand, is_folded));
    let values: Vec<Sql> = values.collect();
    let marks = vec!["?"; values.len()].join(", ");
    Condition::new(format!("ifnull({sql} IN ({marks}), 0)"), values)
}

fn text(field: &Field, function: &str, operand: &Value, is_folded: bool) -> Condition {
    let (sql, is_folded) = folded(field, is_folded);
    let part = operand.as_str().filter(|_| field.kind.is_text());
    let Some(part) = part else {
        return Condition::constant(false);
    };
    let part = if is_folded {
        part.to_lowercase()
    } else {
        part.to_owned()
    };
    Condition::new(format!("{function}({sql}, ?)"), vec![part.into()])
}

/// Returns the expression for the value, in lower case where that is asked for and can be.
fn folded(field: &Field, is_folded: bool) -> (String, bool) {
    if is_folded && field.kind.is_text() {
        (format!("fold({})", field.sql), true)
    } else {
        (field.sql.clone(), false)
    }
}

fn operand_of(kind: Kind, operand: &Value, is_folded: bool) -> Option<Sql> {
    match kind.operand(operand)? {
        Sql::Text(text) if is_folded => Some(text.to_lowercase().into()),
        other => Some(other),
    }
}
