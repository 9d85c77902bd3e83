//! What a device reported.

use rusqlite::{OptionalExtension as _, params};
use serde_json::Value;

use crate::failure::Failure;
use crate::store::{DataType, Session};

/// A value at a time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Point {
    /// When it was reported, in milliseconds since 1970.
    pub(crate) time: i64,
    /// What was reported.
    pub(crate) value: Value,
}

impl Session<'_> {
    /// Returns the points of an attribute from `start` on and before `end`, the oldest first.
    pub(crate) fn points(
        &self,
        device: &str,
        (attribute, data_type): (&str, DataType),
        (start, end): (i64, i64),
    ) -> Result<Vec<Point>, Failure> {
        let mut statement = self.sql.prepare_cached(
            r#"SELECT "time", "value" FROM "points"
                WHERE "deviceId" = ? AND "attribute" = ? AND "time" >= ? AND "time" < ? ORDER BY "time""#,
        )?;
        let points = statement.query_map(params![device, attribute, start, end], |row| {
            Ok(Point {
                time: row.get(0)?,
                value: data_type.to_json(row.get_ref(1)?),
            })
        })?;
        Ok(points.collect::<Result<_, _>>()?)
    }

    /// Returns the last point of an attribute before `end`.
    pub(crate) fn last_point(
        &self,
        device: &str,
        (attribute, data_type): (&str, DataType),
        end: i64,
    ) -> Result<Option<Point>, Failure> {
        let mut statement = self.sql.prepare_cached(
            r#"SELECT "time", "value" FROM "points"
                WHERE "deviceId" = ? AND "attribute" = ? AND "time" < ? ORDER BY "time" DESC LIMIT 1"#,
        )?;
        let point = statement.query_row(params![device, attribute, end], |row| {
            Ok(Point {
                time: row.get(0)?,
                value: data_type.to_json(row.get_ref(1)?),
            })
        });
        Ok(point.optional()?)
    }
}
