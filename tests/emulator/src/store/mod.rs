//! The SQLite file: one table for each data table, and a few that describe them.

mod columns;
mod functions;
pub(crate) mod rows;
pub(crate) mod tables;

use std::cell::Cell;
use std::path::Path;

use rusqlite::{Connection, Params, Row, TransactionBehavior};

pub(crate) use self::columns::{Column, Constraint, DataType, number};
use crate::clock;
use crate::data;
use crate::failure::Failure;

/// What every file has. `counter` is the number that the next id is made of, `now` the time in milliseconds since 1970.
const SCHEMA: &str = r#"
    CREATE TABLE "emulator" ("counter" INTEGER NOT NULL, "now" INTEGER NOT NULL);
    CREATE TABLE "applications" ("id" TEXT PRIMARY KEY NOT NULL);
    CREATE TABLE "tables" (
        "id" TEXT PRIMARY KEY NOT NULL,
        "applicationId" TEXT NOT NULL REFERENCES "applications" ("id"),
        "name" TEXT NOT NULL,
        "description" TEXT,
        "creationDate" TEXT NOT NULL,
        "lastUpdated" TEXT NOT NULL
    );
    CREATE TABLE "columns" (
        "dataTableId" TEXT NOT NULL REFERENCES "tables" ("id") ON DELETE CASCADE,
        "position" INTEGER NOT NULL,
        "name" TEXT NOT NULL,
        "dataType" TEXT NOT NULL,
        "constraint" TEXT NOT NULL,
        "defaultValue",
        "sql" TEXT NOT NULL,
        PRIMARY KEY ("dataTableId", "position"),
        UNIQUE ("dataTableId", "name")
    );
    CREATE TABLE "jobs" (
        "id" TEXT PRIMARY KEY NOT NULL,
        "operation" TEXT NOT NULL,
        "request" TEXT NOT NULL,
        "files" TEXT NOT NULL
    );
"#;

/// How many statements are kept ready.
const STATEMENTS: usize = 100;

/// An open file.
#[derive(Debug)]
pub(crate) struct Store {
    connection: Connection,
}

/// One request's view of the file: all of it happens, or nothing.
#[derive(Debug)]
pub(crate) struct Session<'s> {
    /// The transaction.
    pub(crate) sql: rusqlite::Transaction<'s>,
    /// The time, in milliseconds since 1970.
    pub(crate) now: i64,
    counter: Cell<i64>,
}

impl Store {
    /// Opens a file, and makes it unless it is there, with the devices of the first application.
    pub(crate) fn open(path: &Path, applications: &[String], start: i64) -> rusqlite::Result<Self> {
        let mut connection = Connection::open(path)?;
        functions::register(&connection)?;
        // To read a statement takes longer than to carry it out.
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // What a test or a first step has written need not survive a loss of power.
        connection
            .execute_batch("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF; PRAGMA journal_mode = TRUNCATE;")?;
        let transaction = connection.transaction()?;
        let is_made: bool = transaction.query_row(
            "SELECT count(*) > 0 FROM sqlite_master WHERE name = 'emulator'",
            [],
            |row| row.get(0),
        )?;
        if !is_made {
            transaction.execute_batch(SCHEMA)?;
            transaction.execute(r#"INSERT INTO "emulator" VALUES (1, ?)"#, [start])?;
        }
        for application in applications {
            transaction.execute(r#"INSERT OR IGNORE INTO "applications" VALUES (?)"#, [application])?;
        }
        if let (false, Some(first)) = (is_made, applications.first()) {
            data::seed(&transaction, first, start)?;
        }
        transaction.commit()?;
        Ok(Self { connection })
    }

    /// Runs `operation` in a transaction, with all that it did, the time and the ids kept if it succeeds.
    pub(crate) fn session<T>(
        &mut self,
        operation: impl FnOnce(&Session<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let behavior = TransactionBehavior::Immediate;
        let mut session = Session {
            sql: self.connection.transaction_with_behavior(behavior)?,
            now: 0,
            counter: Cell::default(),
        };
        let sql = r#"SELECT "now" + 1, "counter" FROM "emulator""#;
        let (now, counter) = session.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        session.now = now;
        session.counter.set(counter);
        let outcome = operation(&session)?;
        let sql = r#"UPDATE "emulator" SET "now" = ?, "counter" = ?"#;
        session.execute(sql, [session.now, session.counter.get()])?;
        session.sql.commit()?;
        Ok(outcome)
    }
}

impl Session<'_> {
    /// Returns what the only row of a query gives.
    pub(crate) fn query_row<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        self.sql.prepare_cached(sql)?.query_row(values, read)
    }

    /// Carries out a statement, and returns how many rows it changed.
    pub(crate) fn execute(&self, sql: &str, values: impl Params) -> rusqlite::Result<usize> {
        self.sql.prepare_cached(sql)?.execute(values)
    }

    /// Returns a number that no other id has.
    fn next(&self) -> i64 {
        let number = self.counter.get();
        self.counter.set(number + 1);
        number
    }

    /// Returns a new id. Ids made later are greater.
    pub(crate) fn new_id(&self) -> String {
        format!("65920080{:016x}", self.next())
    }

    /// Returns the id of a new job, which is no longer than the schema `jobEnqueuedResult` has it.
    pub(crate) fn new_job(&self) -> String {
        format!("job-{:08}", self.next())
    }

    /// Returns the time of this request as a date of the document.
    pub(crate) fn date(&self) -> String {
        clock::date(self.now)
    }

    /// Fails unless there is an application of this id.
    pub(crate) fn application(&self, id: &str) -> Result<(), Failure> {
        let sql = r#"SELECT count(*) > 0 FROM "applications" WHERE "id" = ?"#;
        if self.query_row(sql, [id], |row| row.get(0))? {
            Ok(())
        } else {
            Err(Failure::not_found("Application"))
        }
    }
}

/// Returns `name` as an identifier of SQL.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
