//! Data tables: their descriptions, and the tables of SQL that hold their rows.

use rusqlite::{OptionalExtension as _, Row, params};

use super::{Column, Constraint, DataType, Session, quoted};
use crate::failure::Failure;

/// A data table without its rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// Its id.
    pub(crate) id: String,
    /// The id of its application.
    pub(crate) application: String,
    /// Its name.
    pub(crate) name: String,
    /// Its description, if it has one.
    pub(crate) description: Option<String>,
    /// When it was made.
    pub(crate) created: String,
    /// When it was last changed.
    pub(crate) updated: String,
    /// The columns that somebody gave it.
    pub(crate) columns: Vec<Column>,
}

/// Which tables are asked for, and in which order.
#[derive(Debug)]
pub(crate) struct Listing<'l> {
    /// The application.
    pub(crate) application: &'l str,
    /// A pattern of names: `*` stands for any text, `?` for any character.
    pub(crate) names: Option<&'l str>,
    /// A column of SQL.
    pub(crate) sort: &'l str,
    /// Whether the greatest comes first.
    pub(crate) is_descending: bool,
    /// The number of skipped items at the start.
    pub(crate) offset: i64,
    /// How many are given at most.
    pub(crate) limit: i64,
}

const FIELDS: &str = r#""id", "applicationId", "name", "description", "creationDate", "lastUpdated""#;

impl Table {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            application: row.get(1)?,
            name: row.get(2)?,
            description: row.get(3)?,
            created: row.get(4)?,
            updated: row.get(5)?,
            columns: Vec::new(),
        })
    }

    /// Returns the name of the table of SQL that holds the rows.
    pub(crate) fn rows(&self) -> String {
        quoted(&format!("rows_{}", self.id))
    }

    fn index(&self, column: &Column) -> String {
        quoted(&format!("unique_{}_{}", self.id, column.sql))
    }

    /// Returns the statement that keeps the values of a unique column apart.
    fn unique(&self, column: &Column) -> String {
        let (index, rows, name) = (self.index(column), self.rows(), quoted(&column.sql));
        format!("CREATE UNIQUE INDEX {index} ON {rows} ({name})")
    }
}

impl Session<'_> {
    /// Writes a new table.
    pub(crate) fn insert_table(&self, table: &Table) -> Result<(), Failure> {
        let Table {
            id,
            application,
            name,
            description,
            created,
            updated,
            ..
        } = table;
        self.execute(
            &format!(r#"INSERT INTO "tables" ({FIELDS}) VALUES (?, ?, ?, ?, ?, ?)"#),
            params![id, application, name, description, created, updated],
        )?;
        self.sql.execute_batch(&format!(
            r#"CREATE TABLE {} ("id" TEXT PRIMARY KEY NOT NULL, "createdAt" TEXT NOT NULL, "updatedAt" TEXT NOT NULL)"#,
            table.rows()
        ))?;
        table
            .columns
            .iter()
            .try_for_each(|column| self.insert_column(table, column))
    }

    /// Adds a column behind those that `table` has in the file. Rows that are there have null in it.
    pub(crate) fn insert_column(&self, table: &Table, column: &Column) -> Result<(), Failure> {
        self.execute(
            r#"INSERT INTO "columns" SELECT ?1, ifnull(max("position"), 0) + 1, ?2, ?3, ?4, ?5, ?6
                FROM "columns" WHERE "dataTableId" = ?1"#,
            params![
                table.id,
                column.name,
                column.data_type.name(),
                column.constraint.name(),
                column.default,
                column.sql
            ],
        )?;
        let (rows, name) = (table.rows(), quoted(&column.sql));
        let declared = column.data_type.declared();
        self.sql
            .execute_batch(&format!("ALTER TABLE {rows} ADD COLUMN {name} {declared}"))?;
        if column.constraint == Constraint::Unique {
            self.sql.execute_batch(&table.unique(column))?;
        }
        Ok(())
    }

    /// Removes a column, with all that its cells held.
    pub(crate) fn delete_column(&self, table: &Table, column: &Column) -> Result<(), Failure> {
        self.execute(
            r#"DELETE FROM "columns" WHERE "dataTableId" = ? AND "name" = ?"#,
            [&table.id, &column.name],
        )?;
        if column.constraint == Constraint::Unique {
            self.sql.execute_batch(&format!("DROP INDEX {}", table.index(column)))?;
        }
        let (rows, name) = (table.rows(), quoted(&column.sql));
        Ok(self
            .sql
            .execute_batch(&format!("ALTER TABLE {rows} DROP COLUMN {name}"))?)
    }

    /// Writes what may change of a table besides its columns.
    pub(crate) fn update_table(&self, table: &Table) -> Result<(), Failure> {
        self.execute(
            r#"UPDATE "tables" SET "name" = ?, "description" = ?, "lastUpdated" = ? WHERE "id" = ?"#,
            params![table.name, table.description, table.updated, table.id],
        )?;
        Ok(())
    }

    /// Removes a table and its rows.
    pub(crate) fn delete_table(&self, table: &Table) -> Result<(), Failure> {
        self.execute(r#"DELETE FROM "tables" WHERE "id" = ?"#, [&table.id])?;
        Ok(self.sql.execute_batch(&format!("DROP TABLE {}", table.rows()))?)
    }

    /// Returns the table of this id, if the application has it.
    pub(crate) fn table(&self, application: &str, id: &str) -> Result<Table, Failure> {
        self.application(application)?;
        let sql = format!(r#"SELECT {FIELDS} FROM "tables" WHERE "id" = ? AND "applicationId" = ?"#);
        let found = self.query_row(&sql, [id, application], Table::read).optional()?;
        let mut table = found.ok_or_else(|| Failure::not_found("Data table"))?;
        table.columns = self.columns(id)?;
        Ok(table)
    }

    fn columns(&self, table: &str) -> Result<Vec<Column>, Failure> {
        let mut statement = self.sql.prepare_cached(
            r#"SELECT "name", "dataType", "constraint", "defaultValue", "sql" FROM "columns"
                WHERE "dataTableId" = ? ORDER BY "position""#,
        )?;
        let columns = statement.query_map([table], |row| {
            let data_type: String = row.get(1)?;
            let constraint: String = row.get(2)?;
            Ok(Column {
                name: row.get(0)?,
                data_type: DataType::named(&data_type),
                constraint: Constraint::named(&constraint),
                default: row.get(3)?,
                sql: row.get(4)?,
            })
        })?;
        Ok(columns.collect::<Result<_, _>>()?)
    }

    /// Returns the tables that are asked for, and how many there would be without `offset` and `limit`.
    pub(crate) fn tables(&self, listing: &Listing<'_>) -> Result<(Vec<Table>, i64), Failure> {
        // To SQLite, brackets stand for a set of characters; to Losant, they stand for themselves.
        let names = listing.names.unwrap_or("*").replace('[', "[[]");
        let direction = if listing.is_descending { "DESC" } else { "ASC" };
        let matching = r#"FROM "tables" WHERE "applicationId" = ?1 AND "name" GLOB ?2"#;
        let total = format!("SELECT count(*) {matching}");
        let total = self.query_row(&total, [listing.application, &names], |row| row.get(0))?;
        let sql = format!(
            r#"SELECT {FIELDS} {matching} ORDER BY {} {direction}, "id" {direction} LIMIT ?3 OFFSET ?4"#,
            quoted(listing.sort)
        );
        let mut statement = self.sql.prepare_cached(&sql)?;
        let parameters = params![listing.application, names, listing.limit, listing.offset];
        let found = statement.query_map(parameters, Table::read)?;
        let mut tables = found.collect::<Result<Vec<_>, _>>()?;
        for table in &mut tables {
            table.columns = self.columns(&table.id)?;
        }
        Ok((tables, total))
    }

    /// Returns how many rows a table has.
    pub(crate) fn count_rows(&self, table: &Table) -> Result<i64, Failure> {
        let sql = format!("SELECT count(*) FROM {}", table.rows());
        Ok(self.query_row(&sql, [], |row| row.get(0))?)
    }
}
