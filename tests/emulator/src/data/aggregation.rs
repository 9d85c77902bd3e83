//! The schema `aggregation`: many points become one value.

use serde_json::Value;

use super::Point;
use crate::store;

/// How the points of a bucket become one value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Aggregation {
    /// They do not: every point is given.
    None,
    /// By one of the named methods.
    Named(String),
    /// For how many milliseconds the attribute had this value.
    TimeAtValue(Value),
}

/// A part of the time that is asked about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bucket<'p> {
    /// When it starts, in milliseconds since 1970.
    pub(crate) start: i64,
    /// When it is over.
    pub(crate) end: i64,
    /// What was the last to be reported before it.
    pub(crate) before: Option<&'p Point>,
    /// What was reported in it, the oldest first.
    pub(crate) points: &'p [Point],
}

impl Aggregation {
    /// Reads a value of the schema.
    pub(crate) fn read(value: &Value) -> Self {
        let name = value.as_str().or_else(|| value["type"].as_str()).unwrap_or_default();
        match name {
            "NONE" => Self::None,
            "TIMEATVALUE" => Self::TimeAtValue(value["options"]["value"].clone()),
            name => Self::Named(name.to_owned()),
        }
    }

    /// Returns the value of a bucket; `None` where its points have none.
    pub(crate) fn of(&self, bucket: Bucket<'_>) -> Option<Value> {
        match self {
            Self::None => None,
            Self::Named(name) => named(name, bucket.points),
            Self::TimeAtValue(value) => time_at_value(value, bucket),
        }
    }
}

fn named(name: &str, points: &[Point]) -> Option<Value> {
    let values = || points.iter().map(|point| &point.value);
    // Texts and booleans can be counted, and nothing else.
    let mut numbers: Vec<f64> = values().filter_map(Value::as_f64).collect();
    let count = as_f64(numbers.len());
    let sum: f64 = numbers.iter().sum();
    let number = match name {
        "FIRST" => return values().next().cloned(),
        "LAST" => return values().next_back().cloned(),
        "COUNT" if points.is_empty() => return None,
        "COUNT" => return Some(points.len().into()),
        _ if numbers.is_empty() => return None,
        "MAX" => numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        "MIN" => numbers.iter().copied().fold(f64::INFINITY, f64::min),
        "SUM" => sum,
        "MEAN" => sum / count,
        "MEDIAN" => {
            numbers.sort_by(f64::total_cmp);
            let middle = numbers.len() / 2;
            match numbers.len() % 2 {
                0 => f64::midpoint(numbers[middle - 1], numbers[middle]),
                _ => numbers[middle],
            }
        }
        "STD_DEV" => {
            let mean = sum / count;
            let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
            (squares / count).sqrt()
        }
        // The schema has no others.
        _ => return None,
    };
    Some(store::number(number))
}

/// Returns for how long the attribute had `value`: a point holds until the next one.
fn time_at_value(value: &Value, bucket: Bucket<'_>) -> Option<Value> {
    let before = bucket.before.map(|point| (bucket.start, &point.value));
    let points = bucket.points.iter().map(|point| (point.time, &point.value));
    let held: Vec<(i64, &Value)> = before.into_iter().chain(points).collect();
    if held.is_empty() {
        return None;
    }
    let ends = held.iter().skip(1).map(|(time, _)| *time).chain([bucket.end]);
    let spans = held.iter().zip(ends).filter(|((_, held), _)| is_same(held, value));
    let total: i64 = spans.map(|((start, _), end)| end - start).sum();
    Some(total.into())
}

/// Returns whether two values are equal; `5` and `5.0` are.
fn is_same(left: &Value, right: &Value) -> bool {
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => left.total_cmp(&right).is_eq(),
        _ => left == right,
    }
}

/// Returns a count as a number; counts beyond 32 bits do not fit in memory here.
fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
