//! Rows of a data table.

use rusqlite::types::Value as Sql;
use rusqlite::{ErrorCode, OptionalExtension as _, Row, params_from_iter};
use serde_json::{Map, Value};

use super::tables::Table;
use super::{Column, Session, quoted};
use crate::failure::Failure;
use crate::filter::{Condition, Field, Fields, Kind};

/// Which rows are asked for, and in which order.
#[derive(Debug)]
pub(crate) struct Selection {
    /// What the rows have to be.
    pub(crate) condition: Condition,
    /// The column of SQL to sort by.
    pub(crate) sort: String,
    /// Whether the greatest comes first.
    pub(crate) is_descending: bool,
    /// The number of skipped items at the start.
    pub(crate) offset: i64,
    /// How many are given at most; none is negative.
    pub(crate) limit: i64,
}

impl Fields for Table {
    fn field(&self, name: &str) -> Result<Field, Failure> {
        let kind = match name {
            "id" => Kind::Text,
            "createdAt" | "updatedAt" => Kind::Date,
            _ => Kind::of(self.column(name)?.data_type),
        };
        let sql = self.sql_name(name)?;
        Ok(Field { kind, sql: quoted(sql) })
    }
}

impl Table {
    /// Returns the column of this name that somebody gave the table.
    pub(crate) fn column(&self, name: &str) -> Result<&Column, Failure> {
        let column = self.columns.iter().find(|column| column.name == name);
        column.ok_or_else(|| Failure::invalid(format!("the table has no column {name:?}")))
    }

    /// Returns the name in SQL of any column.
    pub(crate) fn sql_name(&self, name: &str) -> Result<&str, Failure> {
        let fixed = Column::FIXED.iter().find(|fixed| **fixed == name);
        fixed.map_or_else(
            || self.column(name).map(|column| column.sql.as_str()),
            |fixed| Ok(*fixed),
        )
    }

    /// Returns the names of all columns in the order in which they are written out.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let own = self.columns.iter().map(|column| column.name.as_str());
        Column::FIXED.into_iter().chain(own)
    }

    /// Returns the columns of SQL in the order of [`Table::names`], for a `SELECT`.
    fn selected(&self) -> String {
        let own = self.columns.iter().map(|column| column.sql.as_str());
        let names: Vec<String> = Column::FIXED.into_iter().chain(own).map(quoted).collect();
        names.join(", ")
    }

    /// Returns the row as the schema `dataTableRow` has it.
    fn properties(&self, row: &Row<'_>) -> rusqlite::Result<Map<String, Value>> {
        let mut properties = Map::new();
        for (index, name) in self.names().enumerate() {
            let cell = row.get_ref(index)?;
            let own = index.checked_sub(Column::FIXED.len());
            let value = match own {
                Some(own) => self.columns[own].data_type.to_json(cell),
                None => Value::from(cell.as_str()?),
            };
            properties.insert(name.to_owned(), value);
        }
        Ok(properties)
    }

    /// Says of an error whether it is the caller's: a value that a unique column has already.
    fn refusal(&self, error: rusqlite::Error) -> Failure {
        let rusqlite::Error::SqliteFailure(code, Some(message)) = &error else {
            return error.into();
        };
        // "UNIQUE constraint failed: rows_….name"
        let name = message.rsplit('.').next().unwrap_or_default();
        let column = self.columns.iter().find(|column| column.sql == name);
        match (code.code, column) {
            (ErrorCode::ConstraintViolation, Some(column)) => {
                Failure::invalid(format!("{:?} is unique, and another row has this value", column.name))
            }
            _ => error.into(),
        }
    }
}

impl Session<'_> {
    /// Inserts rows, and returns their ids.
    pub(crate) fn insert_rows(&self, table: &Table, rows: &[&Map<String, Value>]) -> Result<Vec<String>, Failure> {
        let count = Column::FIXED.len() + table.columns.len();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            table.rows(),
            table.selected(),
            vec!["?"; count].join(", ")
        );
        let mut statement = self.sql.prepare_cached(&sql)?;
        let date = self.date();
        let mut ids = Vec::with_capacity(rows.len());
        for row in rows {
            let id = self.new_id();
            let mut cells: Vec<Sql> = vec![id.clone().into(), date.clone().into(), date.clone().into()];
            for column in &table.columns {
                let given = row.get(&column.name);
                cells.push(given.map_or_else(|| column.empty_cell(), |value| column.cell(value))?);
            }
            let inserted = statement.execute(params_from_iter(cells));
            inserted.map_err(|error| table.refusal(error))?;
            ids.push(id);
        }
        Ok(ids)
    }

    /// Returns a row.
    pub(crate) fn row(&self, table: &Table, id: &str) -> Result<Map<String, Value>, Failure> {
        let sql = format!(r#"SELECT {} FROM {} WHERE "id" = ?"#, table.selected(), table.rows());
        let found = self.query_row(&sql, [id], |row| table.properties(row)).optional()?;
        found.ok_or_else(|| Failure::not_found("Data table row"))
    }

    /// Changes the cells of a row that `changes` mentions.
    pub(crate) fn update_row(&self, table: &Table, id: &str, changes: &Map<String, Value>) -> Result<(), Failure> {
        let mut names = vec![quoted("updatedAt")];
        let mut cells: Vec<Sql> = vec![self.date().into()];
        for column in &table.columns {
            if let Some(value) = changes.get(&column.name) {
                names.push(quoted(&column.sql));
                cells.push(column.cell(value)?);
            }
        }
        cells.push(id.to_owned().into());
        let set: Vec<String> = names.iter().map(|name| format!("{name} = ?")).collect();
        let sql = format!(r#"UPDATE {} SET {} WHERE "id" = ?"#, table.rows(), set.join(", "));
        match self.execute(&sql, params_from_iter(cells)) {
            Ok(0) => Err(Failure::not_found("Data table row")),
            Ok(_) => Ok(()),
            Err(error) => Err(table.refusal(error)),
        }
    }

    /// Removes a row.
    pub(crate) fn delete_row(&self, table: &Table, id: &str) -> Result<(), Failure> {
        let sql = format!(r#"DELETE FROM {} WHERE "id" = ?"#, table.rows());
        match self.execute(&sql, [id])? {
            0 => Err(Failure::not_found("Data table row")),
            _ => Ok(()),
        }
    }

    /// Returns the rows of a selection, and how many there would be without its offset and limit.
    pub(crate) fn rows(&self, table: &Table, selection: &Selection) -> Result<(Vec<Map<String, Value>>, i64), Failure> {
        let Condition { sql: condition, values } = &selection.condition;
        let sql = format!("SELECT count(*) FROM {} WHERE {condition}", table.rows());
        let total = self.query_row(&sql, params_from_iter(values), |row| row.get(0))?;
        let mut rows = Vec::new();
        self.each(table, selection, |row| {
            rows.push(table.properties(row)?);
            Ok(())
        })?;
        Ok((rows, total))
    }

    /// Hands out the cells of a selection, row by row, in the order of [`Table::names`].
    pub(crate) fn cells(
        &self,
        table: &Table,
        selection: &Selection,
        mut take: impl FnMut(&[Value]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.each(table, selection, |row| {
            let properties = table.properties(row)?;
            let cells: Vec<Value> = table.names().map(|name| properties[name].clone()).collect();
            take(&cells)
        })
    }

    fn each(
        &self,
        table: &Table,
        selection: &Selection,
        mut take: impl FnMut(&Row<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let Condition { sql: condition, values } = &selection.condition;
        let direction = if selection.is_descending { "DESC" } else { "ASC" };
        // Rows that are alike in the column come in the order of their ids, so that pages neither share nor miss one.
        let sql = format!(
            r#"SELECT {} FROM {} WHERE {condition} ORDER BY {} {direction}, "id" {direction} LIMIT ? OFFSET ?"#,
            table.selected(),
            table.rows(),
            quoted(&selection.sort)
        );
        let mut values = values.clone();
        values.extend([selection.limit.into(), selection.offset.into()]);
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            take(row)?;
        }
        Ok(())
    }

    /// Removes the first `limit` rows that meet a condition, and returns how many there were.
    pub(crate) fn delete_rows(&self, table: &Table, condition: &Condition, limit: i64) -> Result<usize, Failure> {
        let rows = table.rows();
        let sql = format!(
            r#"DELETE FROM {rows} WHERE "id" IN (SELECT "id" FROM {rows} WHERE {} ORDER BY "id" LIMIT ?)"#,
            condition.sql
        );
        let mut values = condition.values.clone();
        values.push(limit.into());
        Ok(self.execute(&sql, params_from_iter(values))?)
    }
}
